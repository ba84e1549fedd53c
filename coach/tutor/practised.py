"""One step while it is practised: how far it is, when it is done, and whether the trainee has gone on."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import dist

from coach.domain import Hand, SegmentMatch, Span
from coach.moves.candidate import Candidate
from coach.parameters.live_presses import MAY_GO_ON_S
from coach.parameters.live_steps import (
    GONE_ON_POINTS,
    GONE_ON_REPETITIONS,
    GONE_ON_S,
    HAND_MOVES_BY,
    HAND_MOVES_WITHIN_S,
    HANDS_WAIT_S,
    MAY_PRESS_TOLERANCES,
    NO_TURN_S,
    NONE_FURTHER_RATIO,
    NONE_FURTHER_S,
    STEP_OVER_REST_S,
)
from coach.protocol import Point, Protocol, Segment
from coach.tutor.holding import Holding, in_turn
from coach.tutor.lasting import Lasting
from coach.tutor.pace import Pace
from coach.tutor.progress import Progress, progress
from coach.tutor.read_presses import ReadPresses, as_asked
from coach.tutor.resting_places import RestingPlaces
from coach.tutor.state import At, Seeing, StepState
from coach.tutor.steady import Counts
from coach.tutor.step_presses import StepPresses
from coach.tutor.step_shown import hold_of, tempo_of
from coach.tutor.window import Step, WindowReading


@dataclass(slots=True)
class Practised:
    """A step of the protocol since it began."""

    segment: Segment
    since_s: float
    fresh: bool = False  # the step before was no press: the hands come from another motion
    beyond: tuple[Point, ...] = ()  # of the next step, where it is a press
    left: str = ""  # the step that the coach came from, where that was a press
    skipped: tuple[str, ...] = ()  # the steps before it that the trainee went past before the coach was at them
    progress: Progress = field(default_factory=lambda: Progress(None, None))
    holding: Holding | None = None
    timed: Lasting | None = field(init=False)  # of a step that is to go on for some time
    presses: ReadPresses = field(init=False)  # by the readings
    pace: Pace = field(default_factory=Pace)  # of the ghost
    _stays: RestingPlaces = field(default_factory=RestingPlaces)
    _places: deque[tuple[float, dict[Hand, At]]] = field(default_factory=deque)
    _other: str = ""  # the other segment that the reading before told of
    _counts: Counts = field(default_factory=Counts)  # as they are shown
    _moved_s: float = -1e9
    seen_s: float = -1e9
    missed_s: float = -1e9  # when hands were missed last, or the practice paused

    def __post_init__(self) -> None:
        self._moved_s = self.seen_s = self.since_s
        self.presses = ReadPresses(self.segment)
        self.timed = Lasting.of(self.segment)
        if self.segment.hold is not None:
            self.holding = Holding(self.segment.hold, self.fresh, self.beyond)

    @property
    def watched(self) -> bool:
        """Whether it is followed frame by frame; else only the readings tell of it."""
        return bool(self._places)

    @property
    def known(self) -> StepPresses:
        """What is known of its presses."""
        return StepPresses(self.holding, self.presses, self.watched)

    @property
    def step(self) -> Step:
        return Step(self.segment.id, self.since_s)

    # ------------------------------------------------------------------ what comes in
    def see(self, seeing: Seeing) -> None:
        """Takes one frame."""
        now_s = seeing.now_s
        self.pace.see(now_s)
        if self.holding is not None:
            self.holding.see(seeing)
        if self.timed is not None:
            self.timed.see(seeing)
        self._stays.see(now_s, seeing.hands)
        self._places.append((now_s, dict(seeing.hands)))
        while now_s - self._places[0][0] > HAND_MOVES_WITHIN_S:
            self._places.popleft()
        before = self._places[0][1]
        if any(hand in before and dist(at, before[hand]) > HAND_MOVES_BY for hand, at in seeing.hands.items()):
            self._moved_s = now_s
        if seeing.hands:
            self.seen_s = now_s

    def read(self, reading: WindowReading, protocol: Protocol, pauses: Iterable[Span]) -> None:
        """Takes one reading of this step."""
        self._other = self.progress.other.segment_id if self.progress.other is not None else ""
        self.progress = progress(reading, self.step, protocol, pauses).apart()
        if self.timed is not None and self.progress.match is not None:
            self.timed.take(r.span for r in self.progress.match.repetitions)
        self.show(self, reading.at_s)
        self.presses.read(reading, protocol, self.since_s, beyond=bool(self.beyond))

    def show(self, before: Practised, at_s: float) -> None:
        """Settles the counts that are shown now.

        :param before: what was shown of the step up to now
        """
        self._counts = before._counts.then(self.count, self.sides, at_s)

    # ------------------------------------------------------------------ how far it is
    @property
    def count(self) -> int:
        return self.progress.count(self.segment)

    @property
    def sides(self) -> dict[Hand, int] | None:
        """The count of each side; None where they are counted together."""
        rule = self.segment.count
        return self.progress.sides() if rule is not None and rule.per == "side" else None

    @property
    def full(self) -> bool:
        """There is nothing left to do in it."""
        rule = self.segment.count
        if self.timed is not None:
            return self.timed.full
        return self.done and (self.holding is not None or rule is None or self.count >= rule.target[1])

    @property
    def done(self) -> bool:
        """Nothing is missing any more."""
        if self.holding is not None:
            return len(self.known.points()) == len(self.holding.rule.points)
        return self._enough(self.count)

    @property
    def missing(self) -> int:
        """How many repetitions are still to be done at least."""
        return 0 if self.segment.count is None else max(0, self.segment.count.target[0] - self.count)

    def _enough(self, count: int) -> bool:
        if self.timed is not None and not self.timed.enough:
            return False
        return self.segment.count is None or count >= self.segment.count.target[0]

    def over_s(self, now_s: float) -> float | None:
        """When the step was over, or None while it goes on."""
        if not self.done:
            return None
        if self.holding is not None:
            return self.known.over_s(now_s)
        last_s = self.progress.last_s()
        if last_s is None or (self.segment.count is None and self.timed is None):
            return None
        usual_s = self.progress.usual_s() or 0.0
        moved_s = self._moved_s if self.timed is None or self.timed.moved_s is None else self.timed.moved_s
        rests = now_s - max(moved_s, last_s) >= STEP_OVER_REST_S
        waits = self.timed is None and now_s - last_s >= NONE_FURTHER_S + NONE_FURTHER_RATIO * usual_s
        gone = self.progress.next or self.progress.other is not None
        return last_s if self.full or rests or waits or gone else None

    @property
    def underway(self) -> bool:
        """Whether anything is known of it, or of what is done in its place."""
        own, other = self.progress.last_s() is not None or self.known.pressed, self.progress.other
        return bool(own) or other is not None

    @property
    def being_done(self) -> frozenset[str]:
        """The step, and the other one that the trainee seems to have gone on to."""
        other = self.progress.other
        return frozenset((self.segment.id,) if other is None else (self.segment.id, other.segment_id))

    def waits(self, now_s: float) -> bool:
        """Whether nothing of it is known and the hands that are seen lie still, nowhere where they may press."""
        hands = self._places[-1][1] if self._places else {}
        points = self.segment.hold.points if self.segment.hold is not None else ()
        pressing = any(dist(at, p.at) <= MAY_PRESS_TOLERANCES * p.tolerance for at in hands.values() for p in points)
        if self.underway or pressing or not hands:
            return False
        still_s = self._stays.since_s
        return still_s is not None and now_s - still_s >= HANDS_WAIT_S

    @property
    def all_seen(self) -> bool:
        """Whether the newest frame shows all hands that were on the back of late."""
        return bool(self._places) and not self._stays.lacks(self._places[-1][0])

    @property
    def twice(self) -> bool:
        """Whether two readings in a row tell of the other segment."""
        return self.progress.other is not None and self.progress.other.segment_id == self._other

    def gone_on(self, now_s: float, *, perhaps_done: bool = False) -> SegmentMatch | None:
        """Another segment that the trainee has surely gone on to: two readings in a row say so.

        :param perhaps_done: whether what seems to be missing of this step may have been done unseen
        """
        other = self.progress.other
        if other is None or not self.twice:
            return None
        done_s = sum(r.span.duration_s for r in other.whole)
        repeated = len(other.whole) >= GONE_ON_REPETITIONS or done_s >= GONE_ON_S
        enough = self.done or perhaps_done or repeated or self.pressed_on(other, now_s)
        return other if enough else None

    def pressed_on(self, other: SegmentMatch, now_s: float) -> bool:
        """Whether presses show that she has gone on: one after the other, or a long one that takes the step's time."""
        if len(in_turn(other.holds)) >= GONE_ON_POINTS:
            return True
        last_s = self.progress.last_s()
        waited = last_s is None or now_s - last_s >= NONE_FURTHER_S + (self.progress.usual_s() or 0.0)
        return waited and any(
            h.span.end_s >= now_s - MAY_GO_ON_S and h.span.duration_s >= NO_TURN_S for h in other.holds
        )

    # ------------------------------------------------------------------ what is shown
    @property
    def shown(self) -> int:
        """The count, as it is shown: for a moment more than is known now, and never less."""
        return self._counts.shown

    def state(self, index: int, of: int) -> StepState:
        rule = self.segment.count
        return StepState(
            segment=self.segment.id,
            index=index,
            of=of,
            hands=self.segment.hands,
            count=self.shown if self.holding is None else len(self.known.points()),
            target=rule.target if rule is not None else None,
            side={hand: each.shown for hand, each in self._counts.sides.items()} or None,
            tempo=tempo_of(self.segment, self.progress),
            hold=None if self.holding is None else hold_of(self.holding, self.known),
            done=self.done if self.holding is not None else self._enough(self.shown),
            time=None if self.timed is None else self.timed.state,
        )


def recognised(match: SegmentMatch, segment: Segment, at_s: float, own: Iterable[Candidate] = ()) -> Practised:
    """A segment that the reading found, as if it had been the step.

    :param own: what else may have been presses of it, about the same time
    """
    out = Practised(segment, match.span.start_s, progress=Progress(match, None))
    out.presses.take(map(as_asked, match.holds), at_s)
    out.presses.doubt(own, match.holds)
    out.show(out, at_s)
    return out
