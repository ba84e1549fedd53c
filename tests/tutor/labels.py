"""What the page told of each moment when it was first asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from math import floor
from typing import Any

from coach.domain import SegmentMatch, Span
from coach.protocol import Protocol
from coach.tutor import TutorState, WindowReading
from coach.tutor.other_step import perhaps_at_rest
from coach.tutor.state import HoldState
from coach.tutor.unguided import goes_on_s, sure

LOOK_AHEAD_S = 4.0  # so long after a moment the page is asked what was done then, with the first reading from there on
EACH_S = 0.1  # between such moments
LATE_S = 1.0  # an answer that comes so much later was none: the practice was paused, or over
JOINED_S, LEAST_S = 2.5, 1.0 - 1e-6  # shorter labels are none, and those of one segment parted by less are one segment
SAME_S = 0.2  # a hint and a reading a moment later tell of one press
WHOLE = 0.5  # of a segment that is shorter itself; a label that is told for so much of it is one


@dataclass(frozen=True)
class Label:
    """What the page told of a moment that was over."""

    time_s: float
    segment: str | None
    span: Span | None = None  # of the whole segment, or of the press, as it was told then
    press: bool = False  # the span is no more than that of its presses so far


@dataclass
class Rings:
    """The presses that the page of a guided step tells of: a ring fills while they go on.

    One counts once its point is ticked off, or once the hint says that it was too short. When the press was, of which a
    point is ticked off, the reading knows best.
    """

    told: list[Label] = field(default_factory=list)
    _read: Mapping[tuple[str, str], list[Span]] = field(default_factory=dict)  # presses that the newest reading knows
    _newest: dict[tuple[str, str], Span] = field(default_factory=dict)  # rings, of each segment's points
    _ticks: dict[tuple[str, str], int] = field(default_factory=dict)  # what was told of a point that is ticked off
    _fills: tuple[str, str] | None = None
    _ticked: dict[str, frozenset[str]] = field(default_factory=dict)
    _hint: object = None

    def show(self, state: TutorState, time_s: float) -> None:
        """Takes what the page shows at a frame."""
        step, hint = state.step, state.hint
        if state.mode != "guided":
            return
        if step is not None and step.hold is not None:
            self._fill(step.segment, step.hold, time_s)
            self._tick(step.segment, step.hold, time_s)
        if hint is not None and hint is not self._hint and hint.key == "hint_hold_longer":
            short = self._short(hint.segment, str(hint.values["point"]), float(str(hint.values["held_s"])))
            if short is not None:
                self.told.append(Label(time_s, hint.segment, short, press=True))
        self._hint = hint

    def _short(self, segment: str, point: str, held_s: float) -> Span | None:
        """The newest press that lasted so long by the reading, else the newest ring."""
        read = [s for s in self._read.get((segment, point), ()) if abs(s.duration_s - held_s) <= SAME_S]
        if read:
            return read[-1]
        own = [span for (other, _), span in self._newest.items() if other == segment]
        ring = self._newest.get((segment, point), own[-1] if own else None)
        # A slow way from a press fills the ring too; the hint knows better.
        return Span(ring.start_s, min(ring.start_s + held_s, ring.end_s)) if ring is not None else None

    def know(self, read: Mapping[tuple[str, str], list[Span]]) -> None:
        """Takes the presses of a reading, by segment and point; one that is ticked off may go on."""
        self._read = read
        for key, number in self._ticks.items():
            told = self.told[number].span
            same = [s for s in read.get(key, ()) if told is not None and abs(s.start_s - told.start_s) <= SAME_S]
            if same:
                self.told[number] = replace(self.told[number], span=same[-1])

    def _fill(self, segment: str, hold: HoldState, time_s: float) -> None:
        now = (segment, hold.point) if hold.held_s > 0.0 else None
        if now is not None:
            full = hold.held_s >= hold.needed_s and now == self._fills  # it tells no longer when it began
            start_s = self._newest[now].start_s if full else time_s - hold.held_s
            self._newest.pop(now, None)  # the newest is the last
            self._newest[now] = Span(start_s, time_s)
        self._fills = now

    def _tick(self, segment: str, hold: HoldState, time_s: float) -> None:
        done = frozenset(hold.done)
        for point in done - self._ticked.get(segment, frozenset()):
            ring, enough_s = self._newest.get((segment, point)), time_s - hold.needed_s
            going = ring is not None and time_s - ring.end_s <= JOINED_S
            ring_s = Span(min(ring.start_s, enough_s) if ring is not None and going else enough_s, time_s)
            own = (s for s in self._read.get((segment, point), ()) if s.duration_s >= hold.needed_s)
            own = (s for s in own if time_s - s.end_s <= JOINED_S)
            span = max(own, key=lambda s: s.end_s, default=ring_s)  # the newest that was long enough
            self._ticks[segment, point] = len(self.told)
            self.told.append(Label(time_s, segment, span, press=True))
        self._ticked[segment] = done

    def at(self, time_s: float) -> Label | None:
        """What is known to have been pressed at a moment."""
        known = (one for one in self.told if one.span is not None and one.span.start_s <= time_s <= one.span.end_s)
        return next(known, None)


@dataclass
class Labels:
    """All of them."""

    each: list[Label] = field(default_factory=list)  # of every moment, in order
    rings: Rings = field(default_factory=Rings)

    def read(self, reading: WindowReading, protocol: Protocol) -> None:
        """Asks the page with one reading."""
        read: dict[tuple[str, str], list[Span]] = {}
        for candidate in (*reading.ahead, *reading.since):
            for hold in candidate.holds if candidate.fit > 0.0 and not candidate.second else ():
                read.setdefault((protocol.segments[candidate.rank].id, hold.point), []).append(hold.span)
        self.rings.know(read)
        until_s = reading.at_s - LOOK_AHEAD_S
        for then_s in self._free_practice_hints(until_s) if self.each else (until_s,):
            self._ask(reading, protocol, then_s, late=until_s - then_s > LATE_S)

    def end(self, last: WindowReading, protocol: Protocol) -> None:
        """Asks what the last reading left unasked."""
        for then_s in self._free_practice_hints(last.at_s):
            self._ask(last, protocol, then_s, ended=True, late=last.at_s - LOOK_AHEAD_S - then_s > LATE_S)

    def _free_practice_hints(self, until_s: float) -> list[float]:
        """The moments since the last one, up to another."""
        last_s = self.each[-1].time_s
        return [last_s + EACH_S * k for k in range(1, floor((until_s - last_s) / EACH_S + 1e-6) + 1)]

    def _ask(
        self, reading: WindowReading, protocol: Protocol, then_s: float, *, ended: bool = False, late: bool = False
    ) -> None:
        told = (self.each[-1].segment or "") if self.each else ""
        if late:
            self.each.append(Label(then_s, None))
            return
        now = doing(reading, protocol, then_s, told, ended=ended)
        pressed = self.rings.at(then_s) if now is None else None
        if now is not None:
            self.each.append(Label(then_s, now.segment_id, now.span, now is reading.unconfirmed))
        elif pressed is not None:
            self.each.append(replace(pressed, time_s=then_s))
        else:
            self.each.append(Label(then_s, None))


@dataclass
class _Run:
    """Labels of one segment, one after the other."""

    segment: str
    start_s: float
    end_s: float
    first: Span | None  # of the whole segment, as it was told first
    last_s: float  # when it was over, or its last press, as it was told last

    def goes_on(self, other: _Run) -> bool:
        """Whether a later run is of the same: it follows closely, and was not told to begin after it."""
        second = other.first is not None and other.first.start_s >= self.last_s
        return self.segment == other.segment and not second and other.start_s - self.end_s <= JOINED_S


def labelled(labels: Sequence[Label]) -> list[dict[str, Any]]:
    """The segments as a page told them a moment after they were done."""
    found: list[_Run] = []
    for run in _runs(labels):
        if found and found[-1].goes_on(run):
            found[-1].end_s, found[-1].last_s = run.end_s, run.last_s
        else:
            found.append(run)
    return [{"id": run.segment, "start_s": run.start_s, "end_s": run.end_s} for run in found]


def _runs(labels: Sequence[Label]) -> Iterator[_Run]:
    """Those that are long enough to be one."""
    for _, group in groupby(zip(labels, _numbers(labels), strict=True), key=lambda pair: pair[1]):
        told = [label for label, _ in group]
        segment, spans = told[0].segment, [label.span for label in told if label.span is not None]
        start_s, until_s = told[0].time_s, told[-1].time_s + EACH_S
        whole_s = min((span.duration_s for span in spans), default=LEAST_S)
        if segment is not None and until_s - start_s >= (WHOLE * whole_s if whole_s < LEAST_S else LEAST_S):
            first = next((label.span for label in told if not label.press), None)
            yield _Run(segment, start_s, until_s, first, spans[-1].end_s if spans else until_s)


def _numbers(labels: Sequence[Label]) -> Iterator[int]:
    """The number of its run for each label: another begins with another segment, or the same begun anew."""
    number, last_s = 0, float("inf")
    for k, label in enumerate(labels):
        anew = label.span is not None and not label.press and label.span.start_s >= last_s
        if anew or (k > 0 and label.segment != labels[k - 1].segment):
            number, last_s = number + 1, float("inf")
        last_s = label.span.end_s if label.span is not None else last_s
        yield number


def doing(
    reading: WindowReading, protocol: Protocol, time_s: float, told: str = "", *, ended: bool = False
) -> SegmentMatch | None:
    """The segment that was done at a moment up to the reading's, None where none is known.

    A repetition is known when it is over. Until then the hands do what they did before, for as long as a further
    one of it may still be under way now.

    :param told: what was told of the moment before
    :param ended: the session is over: no further one is under way, and the last is as sure as it will ever be
    """
    before: SegmentMatch | None = None
    for match in reading.segments if ended else _told(reading, protocol, told):
        if match.span.start_s > time_s:
            return None  # the gap before it is known
        if time_s < match.span.end_s:
            return match
        before = match
    if before is None or ended:
        return None
    return before if reading.at_s - before.span.end_s <= goes_on_s(before, protocol) else None


def _told(reading: WindowReading, protocol: Protocol, told: str) -> tuple[SegmentMatch, ...]:
    """The segments that a page tells of: where one is asked for, hands at another's points may have begun nothing."""
    found, step = sure(reading, protocol, told), reading.step
    if step is None or len(found) != 1 or found[0].segment_id == step.segment_id:
        return found
    return () if perhaps_at_rest(found[0], step.segment_id, protocol) else found
