"""How kaders get on: each one over time, and which steps the group still needs. Pure; lists and papers show it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from coach.points import pairs, sums
from coach.protocol import Protocol

MAX_POINTS = 2


@dataclass(frozen=True, slots=True)
class Standing:
    """A session as it stands, in short."""

    session: str
    when: datetime
    kader: str
    posyandu: str
    percent: float | None
    passed: bool | None
    items: Mapping[str, int | None]  # points by item id; None where it was not rated
    state: str = ""  # of the verdict
    scope: str = ""  # the parts that are rated; empty for all


@dataclass(frozen=True, slots=True)
class KaderProgress:
    """One kader's sessions, oldest first."""

    kader: str
    posyandu: str  # of the last session
    sessions: tuple[Standing, ...]
    needs: tuple[str, ...]  # segments that were not all right in the last session, the weakest first

    @property
    def scores(self) -> tuple[float, ...]:
        return tuple(s.percent for s in self.alike if s.percent is not None)

    @property
    def first(self) -> float | None:
        return self.scores[0] if self.scores else None

    @property
    def last(self) -> float | None:
        return self.scores[-1] if self.scores else None

    @property
    def passed(self) -> bool | None:
        return self.sessions[-1].passed

    @property
    def state(self) -> str:
        return self.sessions[-1].state

    @property
    def alike(self) -> tuple[Standing, ...]:
        """The sessions in which the same parts are rated as in the last: only these compare."""
        last = self.sessions[-1].scope
        return tuple(s for s in self.sessions if s.scope == last)


@dataclass(frozen=True, slots=True)
class SegmentProgress:
    """One step over a group, by the last session of each kader."""

    segment: str
    rated: int  # kaders for whom it could be rated
    share: float | None  # points over the most there could be, of those kaders together
    first_share: float | None  # the same by each one's first session
    kaders: tuple[str, ...]  # who need it


def by_kader(standings: Iterable[Standing], protocol: Protocol) -> list[KaderProgress]:
    """In the order of the codes; sessions without a code are left out."""
    sessions: dict[str, list[Standing]] = {}
    for one in sorted(standings, key=lambda s: s.when):
        if one.kader:
            sessions.setdefault(one.kader, []).append(one)
    return [
        KaderProgress(kader, own[-1].posyandu, tuple(own), _needs(own[-1], protocol))
        for kader, own in sorted(sessions.items())
    ]


def by_segment(kaders: Sequence[KaderProgress], protocol: Protocol) -> list[SegmentProgress]:
    """In the protocol's order."""
    found = []
    lasts = [shares(k.sessions[-1]) for k in kaders]
    firsts = [shares(k.sessions[0]) for k in kaders]
    for segment in protocol.segments:
        last = [one.get(segment.id) for one in lasts]
        first = [one.get(segment.id) for one in firsts]  # of one step: its share compares in any scope
        needing = tuple(k.kader for k in kaders if segment.id in k.needs)
        known = [s for s in last if s is not None]
        found.append(SegmentProgress(segment.id, len(known), _mean(last), _mean(first), needing))
    return found


def by_item(standings: Iterable[Standing], item_ids: Iterable[str]) -> dict[str, tuple[int, float | None]]:
    """How many sessions rated each item, and the mean of its points over the most there are."""
    added = sums(s.items for s in standings)
    found: dict[str, tuple[int, float | None]] = {}
    for item in item_ids:
        rated, points = added.get(item, (0, 0))
        found[item] = (rated, points / (MAX_POINTS * rated) if rated else None)
    return found


def shares(standing: Standing) -> dict[str, float]:
    """Of each segment's points in a session, over the most of its rated items; those of which none was are left out."""
    points: dict[str, list[int]] = {}
    for item, given in pairs(standing.items):
        segment, dot, _ = item.partition(".")
        if dot and given is not None:
            points.setdefault(segment, []).append(given)
    return {segment: sum(given) / (MAX_POINTS * len(given)) for segment, given in points.items()}


def _needs(standing: Standing, protocol: Protocol) -> tuple[str, ...]:
    known = shares(standing)
    weak = [(known[s.id], k, s.id) for k, s in enumerate(protocol.segments) if known.get(s.id, 1.0) < 1.0]
    return tuple(name for _, _, name in sorted(weak))


def _mean(values: Iterable[float | None]) -> float | None:
    known = [v for v in values if v is not None]
    return sum(known) / len(known) if known else None
