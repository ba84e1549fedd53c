"""Posyandu, practices of midwives and villages, and the puskesmas that they belong to."""

from __future__ import annotations

from coach.programme.bodies import Place
from coach.programme.state import State

_DEEPEST = 8  # places within places; a ring of them must not hang a list


def puskesmas_of(state: State, place: str) -> str:
    """The id of the puskesmas that a place belongs to; "" where none is known."""
    places = state.all(Place)
    for _ in range(_DEEPEST):
        held = places.get(place)
        if held is None:
            return ""
        if held.body.type == "puskesmas":
            return place
        place = held.body.within
    return ""


def name_of(state: State, place: str) -> str:
    body = state.get(Place, place)
    return "" if body is None else body.name


def within(state: State, place: str) -> frozenset[str]:
    """The place and all that belong to it."""
    found = {place}
    for _ in range(_DEEPEST):
        found |= {held.id for held in state.all(Place).values() if held.body.within in found}
    return frozenset(found)
