"""What is so now: a fold over all entries, the same whatever their order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Generic, TypeAlias, TypeVar, cast

from coach.collecting import without_collection
from coach.programme.bodies import Body
from coach.programme.entry import Entry
from coach.programme.erasing import erased, standing

B = TypeVar("B", bound=Body)
T = TypeVar("T")
_Subjects: TypeAlias = Mapping[tuple[str, str], T]  # by kind and id


@dataclass(frozen=True, slots=True)
class Held(Generic[B]):
    """What is known of one subject, with the entry that says so."""

    entry: Entry
    body: B

    @property
    def id(self) -> str:
        """The subject's."""
        return self.entry.subject


@dataclass(frozen=True)
class State:
    """All that is known. Bodies are read only when they are asked for, and once."""

    entries: Mapping[str, Entry]  # by id, without what was erased
    heads: Mapping[str, Mapping[str, Entry]]  # kind → subject → the entry that counts
    rivals: tuple[tuple[Entry, ...], ...]  # entries that contradict each other, not settled; the one that counts first
    erased: frozenset[str]  # subjects
    _read: dict[type[Body], Mapping[str, Held[Any]]] = field(default_factory=dict, compare=False, repr=False)

    def all(self, model: type[B]) -> Mapping[str, Held[B]]:
        """Subject → what is known of it, in order of the time the entries were made."""
        if model not in self._read:
            found = sorted(self.heads.get(model.kind, {}).values(), key=_order)
            with without_collection():
                self._read[model] = {e.subject: Held(e, model.model_validate_json(e.text)) for e in found}
        return cast("Mapping[str, Held[B]]", self._read[model])

    def get(self, model: type[B], subject: str) -> B | None:
        held = self.all(model).get(subject)
        return None if held is None else held.body

    @cached_property
    def last_seen(self) -> Mapping[str, str]:
        """The laptop's letter → when the newest entry from it was made."""
        seen: dict[str, str] = {}
        for one in self.entries.values():
            if one.made > seen.get(one.laptop, ""):
                seen[one.laptop] = one.made
        return dict(sorted(seen.items()))


def fold(entries: Iterable[Entry]) -> State:
    """:param entries: in any order; the same one twice counts once"""
    given = {one.id: one for one in entries}
    kept = {one.id: one for one in standing(given.values())}
    replaced = {one.replaces for one in kept.values() if one.replaces}
    over = _settled(kept)
    heads: dict[str, dict[str, Entry]] = {}
    rivals = []
    alone, several = _by_subject(kept)
    for (kind, subject), one in alone.items():  # nearly all: whatever replaces or settles it, there is no other
        heads.setdefault(kind, {})[subject] = one
    for (kind, subject), group in several.items():
        open_ = [one for one in group if one.id not in replaced and one.id not in over]
        # Settlements that settle each other away, or corrections in a ring, must not make a subject vanish.
        ranked = sorted(open_ or group, key=_order, reverse=True)
        heads.setdefault(kind, {})[subject] = ranked[0]
        if len(open_) > 1 and kind not in _PLURAL:
            rivals.append(tuple(ranked))
    return State(kept, heads, tuple(sorted(rivals, key=lambda r: _order(r[0]))), frozenset(erased(kept.values())))


_PLURAL = ("settled", "erasure", "instrument", "confirmation")  # said twice it is the same, not a contradiction


def _by_subject(kept: Mapping[str, Entry]) -> tuple[_Subjects[Entry], _Subjects[list[Entry]]]:
    """Subjects with one entry of a kind, and with several: twenty thousand lists of one would take long to make."""
    alone: dict[tuple[str, str], Entry] = {}
    several: dict[tuple[str, str], list[Entry]] = {}
    for one in kept.values():
        key = (one.kind, one.subject)
        if (first := alone.setdefault(key, one)) is not one:
            several.setdefault(key, [first]).append(one)
    for key in several:
        del alone[key]
    return alone, several


def _settled(kept: Mapping[str, Entry]) -> set[str]:
    """The entries that a person has decided against, as the last word on each has it."""
    words = sorted((one for one in kept.values() if one.kind == "settled"), key=_order)
    over: dict[str, bool] = {}
    for one in words:
        fields = one.fields
        over |= dict.fromkeys(fields["over"], True) | {fields["chosen"]: False}
    return {id_ for id_, away in over.items() if away}


def _order(one: Entry) -> tuple[str, str]:
    return one.made, one.id
