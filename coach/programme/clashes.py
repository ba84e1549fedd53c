"""What contradicts itself in a state: each is shown to a person, both sides stay until one is chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias, TypeVar

from coach.programme.bodies import Body, Certificate, Consent, KnowledgeTest, Laptop, Mother, Person, Revoked, Visit
from coach.programme.places import puskesmas_of
from coach.programme.state import Held, State

Kind: TypeAlias = Literal["corrected_twice", "code", "visit", "number", "test_version", "withdrawn", "laptop"]
B = TypeVar("B", bound=Body)


@dataclass(frozen=True, slots=True)
class Clash:
    kind: Kind
    what: str  # the code, number, date or kind that is there twice
    entries: tuple[str, ...]  # ids; of corrections the one that counts now comes first


def clashes(state: State) -> list[Clash]:
    """All of them, those of corrections first."""
    found = [Clash("corrected_twice", rivals[0].kind, tuple(one.id for one in rivals)) for rivals in state.rivals]
    found += _twice("code", state.all(Person).values(), _code(state))
    found += _twice("code", state.all(Mother).values(), _mothers_code(state))
    found += _twice("visit", state.all(Visit).values(), _visit)
    revoked = {held.body.certificate for held in state.all(Revoked).values()}
    standing = [held for held in state.all(Certificate).values() if held.id not in revoked]
    found += _twice("number", standing, lambda held: held.body.number)
    found += _twice("laptop", state.all(Laptop).values(), lambda held: held.body.letter)
    return [*found, *_versions(state), *_withdrawn(state)]


def _twice(kind: Kind, held: Iterable[Held[B]], key: Callable[[Held[B]], object]) -> Iterator[Clash]:
    groups: dict[object, list[Held[B]]] = {}
    for one in held:
        if (of := key(one)) is not None:
            groups.setdefault(of, []).append(one)
    for of, group in groups.items():
        if len(group) > 1:
            what = of if isinstance(of, str) else str(of[-1]) if isinstance(of, tuple) else str(of)
            yield Clash(kind, what, tuple(sorted(one.entry.id for one in group)))


def _code(state: State) -> Callable[[Held[Person]], object]:
    return lambda held: (puskesmas_of(state, held.body.place), held.body.code.upper())


def _mothers_code(state: State) -> Callable[[Held[Mother]], object]:
    return lambda held: (puskesmas_of(state, held.body.place), held.body.code.upper())


def _visit(held: Held[Visit]) -> object:
    return (held.body.kader, held.body.mother, held.body.date)


def _versions(state: State) -> Iterator[Clash]:
    """A person's first and last test of one event that were answered on different sheets."""
    groups: dict[tuple[str, str], list[Held[KnowledgeTest]]] = {}
    for one in state.all(KnowledgeTest).values():
        if one.body.occasion in ("first", "last"):
            groups.setdefault((one.body.event, one.body.person), []).append(one)
    for group in groups.values():
        if len({one.body.instrument for one in group}) > 1:
            dates = " / ".join(sorted(one.body.date for one in group))
            yield Clash("test_version", dates, tuple(sorted(one.entry.id for one in group)))


def _withdrawn(state: State) -> Iterator[Clash]:
    """What was written of somebody after she had taken her consent back."""
    back = {held.body.giver: held.entry for held in state.all(Consent).values() if held.body.withdrawn}
    if not back:
        return
    for model, name in ((KnowledgeTest, "person"), (Visit, "mother")):
        for held in state.all(model).values():
            gone = back.get(getattr(held.body, name))
            if gone is not None and held.entry.made > gone.made:
                yield Clash("withdrawn", held.entry.kind, (gone.id, held.entry.id))
