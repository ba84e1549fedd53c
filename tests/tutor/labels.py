"""What the page told was being done, moment by moment, never to change again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from coach.domain import SegmentMatch, Span
from coach.practice.reader import EVERY_S
from coach.protocol import Protocol
from coach.tutor import Reading, TutorState
from coach.tutor.state import HoldState
from coach.tutor.unguided import goes_on_s, sure

LOOK_AHEAD_S = 4.0  # so long after a moment the page is asked what was done then
JOINED_S, LEAST_S = 2.5, 1.0  # shorter labels are none, and those of one segment parted by less are one segment
WHOLE = 0.5  # of a segment that is shorter itself; a label that is told for so much of it is one


@dataclass(frozen=True)
class Label:
    """What the page told of a moment that was over."""

    time_s: float
    segment: str | None
    span: Span | None = None  # of the whole segment, or of the press, as it was told then


@dataclass
class Rings:
    """The presses that the page of a guided step tells of: a ring fills while they go on.

    One counts once its point is ticked off, or once the hint says that it was too short.
    """

    told: list[Label] = field(default_factory=list)
    _newest: dict[tuple[str, str], Span] = field(default_factory=dict)  # of each segment's points
    _fills: tuple[str, str] | None = None
    _ticked: dict[str, frozenset[str]] = field(default_factory=dict)
    _hint: object = None

    def show(self, state: TutorState, time_s: float) -> None:
        """Takes what the page shows at a frame."""
        step, hint = state.step, state.hint
        if step is not None and step.hold is not None and state.mode == "guided":
            self._fill(step.segment, step.hold, time_s)
        if hint is not None and hint is not self._hint and hint.key == "hint_hold_longer":
            own = [span for (segment, _), span in self._newest.items() if segment == hint.segment]
            short = self._newest.get((hint.segment, str(hint.values["point"])), own[-1] if own else None)
            if short is not None:  # a slow way from a press fills the ring too; the hint knows better
                end_s = short.start_s + float(str(hint.values["held_s"]))
                self.told.append(Label(time_s, hint.segment, Span(short.start_s, min(end_s, short.end_s))))
        self._hint = hint

    def _fill(self, segment: str, hold: HoldState, time_s: float) -> None:
        now = (segment, hold.point) if hold.held_s > 0.0 else None
        if now is not None:
            start_s = self._newest[now].start_s if now == self._fills else time_s - hold.held_s
            self._newest.pop(now, None)  # the newest is the last
            self._newest[now] = Span(start_s, time_s)
        self._fills = now
        done = frozenset(hold.done)
        for point in done - self._ticked.get(segment, frozenset()):
            ring, enough_s = self._newest.get((segment, point)), time_s - hold.needed_s
            going = ring is not None and time_s - ring.end_s <= JOINED_S
            start_s = min(ring.start_s, enough_s) if ring is not None and going else enough_s
            self.told.append(Label(time_s, segment, Span(start_s, time_s)))
        self._ticked[segment] = done

    def at(self, time_s: float) -> Label | None:
        """What is known to have been pressed at a moment."""
        known = (one for one in self.told if one.span is not None and one.span.start_s <= time_s <= one.span.end_s)
        return next(known, None)


@dataclass
class Labels:
    """All of them."""

    each: list[Label] = field(default_factory=list)  # what was done LOOK_AHEAD_S before a reading
    rings: Rings = field(default_factory=Rings)

    def read(self, reading: Reading, protocol: Protocol) -> None:
        """Asks the page with one reading."""
        self._ask(reading, protocol, reading.at_s - LOOK_AHEAD_S)

    def end(self, last: Reading, protocol: Protocol) -> None:
        """Asks what the last reading left unasked."""
        then_s = self.each[-1].time_s + EVERY_S
        while then_s < last.at_s:
            self._ask(last, protocol, then_s, ended=True)
            then_s += EVERY_S

    def _ask(self, reading: Reading, protocol: Protocol, then_s: float, *, ended: bool = False) -> None:
        told = (self.each[-1].segment or "") if self.each else ""
        now = doing(reading, protocol, then_s, told, ended=ended)
        pressed = self.rings.at(then_s) if now is None else None
        if now is not None:
            self.each.append(Label(then_s, now.segment_id, now.span))
        elif pressed is not None:
            self.each.append(Label(then_s, pressed.segment, pressed.span))
        else:
            self.each.append(Label(then_s, None))


def labelled(labels: Sequence[Label]) -> list[dict[str, Any]]:
    """The segments as a page told them a moment after they were done."""
    runs: list[dict[str, Any]] = []
    for segment, group in groupby(labels, key=lambda label: label.segment):
        told = list(group)
        start_s, until_s = told[0].time_s, told[-1].time_s + EVERY_S  # it stands until the page is asked again
        whole_s = min((label.span.duration_s for label in told if label.span is not None), default=LEAST_S)
        if segment is not None and until_s - start_s >= (WHOLE * whole_s if whole_s < LEAST_S else LEAST_S):
            runs.append({"id": segment, "start_s": start_s, "end_s": until_s})
    found: list[dict[str, Any]] = []
    for run in runs:
        if found and found[-1]["id"] == run["id"] and run["start_s"] - found[-1]["end_s"] <= JOINED_S:
            found[-1]["end_s"] = run["end_s"]
        else:
            found.append(run)
    return found


def doing(
    reading: Reading, protocol: Protocol, time_s: float, told: str = "", *, ended: bool = False
) -> SegmentMatch | None:
    """The segment that was done at a moment up to the reading's, None where none is known.

    A repetition is known when it is over. Until then the hands do what they did before, for as long as a further
    one of it may still be under way now.

    :param told: what was told of the moment before
    :param ended: the session is over: no further one is under way, and the last is as sure as it will ever be
    """
    before: SegmentMatch | None = None
    for match in reading.segments if ended else sure(reading, protocol, told):
        if match.span.start_s > time_s:
            return None  # the gap before it is known
        if time_s < match.span.end_s:
            return match
        before = match
    if before is None or ended:
        return None
    return before if reading.at_s - before.span.end_s <= goes_on_s(before, protocol) else None
