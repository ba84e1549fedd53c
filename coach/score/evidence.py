"""What every criterion looks at: one segment of the protocol and what was seen of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from coach.domain import HANDS, Bools, Floats, Hand, Hold, Reason, Repetition, SegmentMatch, Span, Value
from coach.locate.framing import framed
from coach.parameters.rating import PRESS_TRAVEL_S
from coach.parse.unclaimed import Unclaimed
from coach.protocol import Protocol, Segment
from coach.score.scope import inside


@dataclass(frozen=True, slots=True)
class Judged:
    """Points with their reason, or None where the camera could not see enough to judge."""

    points: Literal[0, 1, 2] | None
    reason: Reason
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Visibility:
    """When each hand was seen."""

    time_s: Floats  # (m,) an even grid
    seen: dict[Hand, Bools]  # each (m,)
    away: dict[Hand, Bools] = field(default_factory=dict)  # each (m,) when it was not, having left the back; if known
    view: Floats | None = None  # (3, 3) what is in the picture (:mod:`coach.locate.framing`), or (k, 3, 3); if known
    sure: dict[Hand, Floats] = field(default_factory=dict)  # each (m,) 0-1, that it is this hand; none: it is known

    def framed(self, places: Sequence[tuple[float, float]]) -> float:
        """0-1, how much of some places on the back is in the picture; all of it where nobody knows.

        Where the camera or the receiver came to stand elsewhere meanwhile, it is as much as in the worst picture: what
        was done then might have been done outside of it.
        """
        if self.view is None or not places:
            return 1.0
        return min(float(framed(np.array(places), view).mean()) for view in self.view.reshape(-1, 3, 3))

    def unseen_s(self, span: Span, segment: Segment) -> float:
        """How long, within the span, a hand that may or must take part was out of sight, and may have been on the back.

        One hidden hand of two is enough to doubt: what is seen of the other, of fists say, is often too little to find.
        """
        if len(self.time_s) < 2:
            return span.duration_s
        return self.hidden_s(span, (segment.hands,) if segment.hands in HANDS else HANDS)

    def hidden_s(self, span: Span, hands: Iterable[Hand]) -> float:
        """How long, within the span, at least one of the hands was out of sight, and may have been on the back."""
        hidden = [~self.seen[hand] & ~self.away.get(hand, np.zeros_like(self.seen[hand])) for hand in hands]
        lost = np.logical_or.reduce(hidden)
        inside = (self.time_s >= span.start_s) & (self.time_s < span.end_s)
        return float((lost & inside).sum()) * self.step_s

    def lost_s(self, span: Span, hands: Iterable[Hand]) -> float:
        """How long, within the span, at least one of the hands was out of sight."""
        inside = (self.time_s >= span.start_s) & (self.time_s < span.end_s)
        lost = np.logical_or.reduce([~self.seen[hand] for hand in hands])
        return float((lost & inside).sum()) * self.step_s

    def sure_of(self, hand: Hand, span: Span) -> float:
        """0-1, how probable it is that what was seen of a hand within the span is that hand's; 1 where it is known."""
        if hand not in self.sure:
            return 1.0
        there = (self.time_s >= span.start_s) & (self.time_s < span.end_s) & self.seen[hand]
        return float(self.sure[hand][there].mean()) if there.any() else 1.0

    @property
    def step_s(self) -> float:
        return float(self.time_s[1] - self.time_s[0]) if len(self.time_s) > 1 else 0.0

    def hand_unseen_share(self, span: Span, hand: Hand) -> float:
        inside = (self.time_s >= span.start_s) & (self.time_s < span.end_s)
        return float((~self.seen[hand][inside]).mean()) if inside.any() else 1.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """A segment of the protocol with its matches; all matches of the session beside it."""

    segment: Segment
    matches: tuple[SegmentMatch, ...]  # of this segment, in order of time
    session: tuple[SegmentMatch, ...]  # of all segments, in order of time
    protocol: Protocol
    sight: Visibility
    length: Span  # of the session
    rests: tuple[SegmentMatch, ...] = ()  # of this segment, or perhaps of it, that may be no more than a rest
    unclaimed: tuple[Unclaimed, ...] = ()  # of motions like this segment, that it was not found in
    scope: tuple[str, ...] = ()  # ids of the parts that are rated; all where there are none

    @property
    def rated(self) -> tuple[SegmentMatch, ...]:
        """The matches of the parts that are rated: what was done beside them is in nobody's order."""
        return inside(self.session, self.protocol, self.scope) if self.scope else self.session

    @property
    def repetitions(self) -> tuple[Repetition, ...]:
        return tuple(r for m in self.matches for r in m.repetitions)

    @property
    def whole(self) -> tuple[Repetition, ...]:
        return tuple(r for r in self.repetitions if r.whole)

    @property
    def holds(self) -> tuple[Hold, ...]:
        return tuple(h for m in self.matches for h in m.holds)

    @property
    def spans(self) -> tuple[Span, ...]:
        return tuple(m.span for m in self.matches)

    def rival(self) -> tuple[str, tuple[Span, ...]] | None:
        """The segment that the same motion might as well be, and when; None where it is known which one was done."""
        done = {m.segment_id for m in self.session}
        if not self.matches:
            claimed = [m for m in self.session if self.segment.id in m.rivals]
            return (claimed[0].segment_id, tuple(m.span for m in claimed)) if claimed else None
        others = [[rival for rival in m.rivals if rival not in done] for m in self.matches]
        return (others[0][0], self.spans) if all(others) else None

    def working(self) -> tuple[Hand, ...]:
        """The hands the segment asks for, or where it asks for either those that did it."""
        rule = self.segment.hands
        if rule in HANDS:
            return (rule,)
        if rule in ("together", "alternating"):
            return HANDS
        done = {r.hand for r in self.repetitions} | {h.hand for h in self.holds}
        return tuple(hand for hand in HANDS if hand in done or "both" in done)

    def lost_s(self, around_s: float) -> float:
        """How long a working hand was out of sight during the matches and so long before and after them."""
        wider = [s.wider(around_s) for s in self.spans]
        return sum(self.sight.lost_s(span, self.working()) for span in wider)

    def hidden_s(self, reach_s: float) -> float:
        """How long a working hand was hidden and may have been on the back, before the matches and after them.

        :param reach_s: how far from them; less where another segment is nearer
        """
        others = [m.span for m in self.session if m.segment_id != self.segment.id]
        around: list[Span] = []
        for s in self.spans:
            before = [o.end_s for o in others if o.end_s <= s.start_s]
            after = [o.start_s for o in others if o.start_s >= s.end_s]
            around.append(Span(max([s.start_s - reach_s, *before]), s.start_s))
            around.append(Span(s.end_s, min([s.end_s + reach_s, *after])))
        return sum(self.sight.hidden_s(span, self.working()) for span in around)

    def possible_presses(self) -> list[Unclaimed]:
        """What may have been further presses of it: amid the matches, or as soon before or after as one follows."""
        reach_s = self.segment.hold.long_enough_s + PRESS_TRAVEL_S if self.segment.hold is not None else 0.0
        wider = [s.wider(reach_s) for s in self.spans]
        return [g for g in self.unclaimed if g.point and any(g.span.overlap_s(s) > 0.0 for s in wider)]

    def where_missing(self) -> Span:
        """The stretch in which a segment that was not found would have been done.

        What the hands pressed at one time, before its own turn, does not end that: they may only have rested there.
        """
        rank = self.protocol.rank
        here = rank[self.segment.id]
        before = [m.span.end_s for m in self.session if rank[m.segment_id] < here]
        after: list[float] = []
        least = len(rank)  # of what came later
        for match in reversed(self.session):
            if here < rank[match.segment_id]:
                if rank[match.segment_id] <= least or not _at_one_time(match.holds):
                    after.append(match.span.start_s)
                least = min(least, rank[match.segment_id])
        start = max(before, default=self.length.start_s)
        later = [s for s in after if s >= start]
        return Span(start, min(later, default=self.length.end_s))

    def least_s(self) -> float:
        """The shortest time in which the segment can be done rightly."""
        return least_s(self.segment)


def _at_one_time(holds: Sequence[Hold]) -> bool:
    """Whether all of some presses went on at one moment; False where there are none."""
    return bool(holds) and max(h.span.start_s for h in holds) < min(h.span.end_s for h in holds)


def least_s(segment: Segment) -> float:
    """The shortest time in which a segment can be done rightly."""
    if segment.hold is not None:
        points = 1 if segment.hands == "together" else len(segment.hold.points)
        return segment.hold.long_enough_s * points
    shortest = segment.tempo.shortest_s if segment.tempo else 1.0
    return shortest * (segment.count.target[0] if segment.count else 1)


def reason(key: str, **values: Value) -> Reason:
    return Reason(key, values)


def rested(rests: Iterable[SegmentMatch]) -> Reason:
    """That nobody knows whether some presses were no more than a rest."""
    return reason("rest", held_s=round(max(h.span.duration_s for m in rests for h in m.holds), 1))


def not_visible(unseen_s: float, *evidence: Span) -> Judged:
    """Not rated: the hands were out of sight, or never so, and what they did could be read from nothing."""
    if unseen_s < 0.05:
        return Judged(None, reason("unclear"), evidence)
    return Judged(None, reason("not_visible", unseen_s=round(unseen_s, 1)), evidence)
