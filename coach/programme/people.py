"""The roster: who is who, where, and by which name where one is known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from coach.programme.bodies import Mother, Name, Person
from coach.programme.codes import new
from coach.programme.places import name_of, puskesmas_of, within
from coach.programme.state import State


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the roster."""

    id: str
    code: str
    name: str  # "" where none is known here
    telephone: str
    roles: tuple[str, ...]
    place: str  # its name
    puskesmas: str  # its name
    place_id: str


def roster(state: State, role: str = "", place: str = "") -> list[Listed]:
    """In order of puskesmas, place and code.

    :param role: only those who have it
    :param place: id; only those of it and of what belongs to it
    """
    inside = within(state, place) if place else frozenset()
    names = state.all(Name)
    found = []
    for held in state.all(Person).values():
        body = held.body
        if (role and role not in body.roles) or (place and body.place not in inside):
            continue
        known = names.get(held.id)
        found.append(
            Listed(
                id=held.id,
                code=body.code,
                name=known.body.name if known else "",
                telephone=known.body.telephone if known else "",
                roles=body.roles,
                place=name_of(state, body.place),
                puskesmas=name_of(state, puskesmas_of(state, body.place)),
                place_id=body.place,
            )
        )
    return sorted(found, key=lambda one: (one.puskesmas, one.place, one.code))


def shown(state: State, person: str) -> str:
    """A person in one line: name and code, or what of them is known."""
    body, name = state.get(Person, person), state.get(Name, person)
    code = body.code if body else "?"
    return f"{name.name} ({code})" if name else code


def code_of(state: State, person: str) -> str:
    body = state.get(Person, person)
    return body.code if body else "?"


def with_code(state: State, code: str) -> list[str]:
    """The ids of those who have a code; more than one where laptops gave it twice."""
    wanted = code.strip().upper()
    return [held.id for held in state.all(Person).values() if held.body.code.upper() == wanted]


def codes(state: State, place: str = "") -> Iterable[str]:
    """The codes that are taken in the puskesmas of a place; everywhere where it belongs to none."""
    office = puskesmas_of(state, place)
    people = [(held.body.code, held.body.place) for held in state.all(Person).values()]
    people += [(held.body.code, held.body.place) for held in state.all(Mother).values()]
    return [code for code, at in people if not office or puskesmas_of(state, at) == office]


def new_code(state: State, place: str, given: Iterable[str] = ()) -> str:
    """The next free code of a place (id).

    :param given: codes that are about to be taken
    """
    return new(name_of(state, place), [*codes(state, place), *given])


def new_mothers_code(state: State, place: str, given: Iterable[str] = ()) -> str:
    return new(name_of(state, place), [*codes(state, place), *given], mother=True)
