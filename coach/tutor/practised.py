"""One step while it is practised: how far it is, when it is done, and whether the trainee has gone on."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from coach.domain import Hand, Hold, SegmentMatch, Span
from coach.moves.candidate import Candidate
from coach.parse.lattice import IDLE_FIT
from coach.protocol import HoldRule, Point, Protocol, Segment
from coach.score.evidence import TRAVEL_S
from coach.score.hold import HASTY
from coach.tutor.holding import Holding, Press, may_be_meant
from coach.tutor.progress import EXPLAINED, SURE, Progress, progress, took_s
from coach.tutor.state import At, HoldState, Pace, Seeing, StepState, TempoState
from coach.tutor.window import Reading, Step

REST_S = 1.5  # hands still for so long after enough repetitions: the step is over
NEXT_FROM_S, NEXT_SHARE = 1.0, 1.6  # no further repetition within so long, and so many times the usual: over
MOVED, MOVED_S = 0.05, 0.5  # back units in so long: the hand moves
NOW_S = 0.3  # a press that ended so long ago goes on: the newest moments are smoothed
PLACES = 2  # points that were pressed: the hand has begun
RESTS = 2.0  # times what is long enough: a hand that stays so long before the first press rests
OVER_S = 2.0  # a press that ended so long ago is over: the reading knows better whether it was one
JUST_S = 1.0  # a press that ended so long ago may still go on: a reading looks back
SURE_S = 1.2  # at a point of the next step
LONG_S = 2.0  # a press of so long is no slow turn of a stroke
GONE_ON = {"repetitions": 3, "points": 2}  # of another segment: the trainee has gone on
SLOW = 0.8  # of the longest repetition
# A count that falls is shown once it has stayed so low for so long: in 40 rendered sessions it fell 23 times, and was
# as high again within 1.0 s in 20 of them.
FALLEN_S = 1.2


@dataclass(slots=True)
class Practised:
    """A step of the protocol since it began."""

    segment: Segment
    since_s: float
    fresh: bool = False  # the step before was no press: the hands come from another motion
    beyond: tuple[Point, ...] = ()  # of the next step, where it is a press
    skipped: tuple[str, ...] = ()  # the steps before it that the trainee went past before the coach was at them
    progress: Progress = field(default_factory=lambda: Progress(None, None))
    holding: Holding | None = None
    read_holds: tuple[Hold, ...] = ()  # at the points that are asked for, by the reading, and over
    read_going: tuple[Hold, ...] = ()  # the same that may still go on
    read_s: float = 0.0  # of that reading
    read_far: tuple[Hold, ...] = ()  # so far beside their points that nobody knows whether they were of them
    read_second: tuple[Hold, ...] = ()  # perhaps of these points, though nearer to others that are asked for
    read_before: tuple[Hold, ...] = ()  # of the step before: what pressed there has not pressed here
    strokes: tuple[Span, ...] = ()  # when others were stroked, by the reading: who strokes presses nothing
    _places: deque[tuple[float, dict[Hand, At]]] = field(default_factory=deque)
    _other: str = ""  # the other segment that the reading before told of
    _shown: tuple[int, float | None] = (0, None)  # the count, and since when it is lower in fact
    _moved_s: float = -1e9
    seen_s: float = -1e9

    def __post_init__(self) -> None:
        self._moved_s = self.seen_s = self.since_s
        if self.segment.hold is not None:
            self.holding = Holding(self.segment.hold, self.fresh, self.beyond)

    @property
    def watched(self) -> bool:
        """Whether it is followed frame by frame; else only the readings tell of it."""
        return bool(self._places)

    @property
    def step(self) -> Step:
        return Step(self.segment.id, self.since_s)

    # ------------------------------------------------------------------ what comes in
    def see(self, seeing: Seeing) -> None:
        """Takes one frame."""
        now_s = seeing.now_s
        if self.holding is not None:
            self.holding.see(seeing)
        self._places.append((now_s, dict(seeing.hands)))
        while now_s - self._places[0][0] > MOVED_S:
            self._places.popleft()
        before = self._places[0][1]
        if any(hand in before and _away(at, before[hand]) > MOVED for hand, at in seeing.hands.items()):
            self._moved_s = now_s
        if seeing.hands:
            self.seen_s = now_s

    def read(self, reading: Reading, protocol: Protocol, pauses: Iterable[Span]) -> None:
        """Takes one reading of this step."""
        self._other = self.progress.other.segment_id if self.progress.other is not None else ""
        self.progress = progress(reading, self.step, protocol, pauses).apart()
        self.show(self, reading.at_s)
        rule = self.segment.hold
        if rule is not None:
            asked = {p.id for p in rule.points}
            rank = protocol.rank[self.segment.id]
            told = self._told(reading, self.segment.id)
            holds, later = (self._holds(reading, k) for k in (rank, rank + 1))
            if self.beyond:
                holds = _before(holds, later, told)
            holds = [_as_told(h, told) for h in holds]
            self.strokes = tuple(m.span for m in reading.segments if m.segment_id != self.segment.id and m.repetitions)
            self.read_before = tuple(self._told(reading, protocol.segments[rank - 1].id)) if rank else ()
            mine = [h for h in holds if not any(_same(h, g) for g in self.read_before)]
            began_s = self._began_s(reading, rule)
            mine = [h for h in mine if h.span.end_s > began_s or h.span.duration_s >= rule.long_enough_s]
            asked_for = [h for h in mine if h.point in asked and not self.stroked(h.span)]
            self.take(asked_for, reading.at_s)
            self.doubt(c for c in reading.since if c.segment == rank)

    def _began_s(self, reading: Reading, rule: HoldRule) -> float:
        """When the step's first press began, once there were two: at what was touched before, a hand rested."""
        told = self._told(reading, self.segment.id)
        begun = len({h.point for h in told if h.span.duration_s >= rule.short_from_s}) >= PLACES
        return min(h.span.start_s for h in told) if begun else -1e9

    def _told(self, reading: Reading, segment_id: str) -> list[Hold]:
        """The presses that the whole reading is sure to belong to a step: it knows how far the hands are apart."""
        own = (m for m in reading.segments if m.segment_id == segment_id and m.span.end_s > self.since_s)
        return [h for m in own if m.confidence >= SURE for h in m.holds]

    @staticmethod
    def _holds(reading: Reading, rank: int) -> list[Hold]:
        own = (c for c in reading.since if c.segment == rank and c.fit >= IDLE_FIT and not c.second)
        return [_as_asked(h) for c in own for h in c.holds]

    def take(self, holds: Iterable[Hold], at_s: float) -> None:
        """Of a press that goes on, a reading does not know yet when it began: the frames know that better."""
        known, self.read_s = list(holds), at_s
        self.read_holds = tuple(h for h in known if h.span.end_s < at_s - JUST_S)
        self.read_going = tuple(h for h in known if h.span.end_s >= at_s - JUST_S)

    def doubt(self, own: Iterable[Candidate], told: Iterable[Hold] = ()) -> None:
        """Keeps what nobody knows the point of: far beside one, or nearly as near to another that is asked for.

        Presses at theirs are not rated for it.

        :param own: all that may have been presses of the step
        :param told: those that a reading tells of besides
        """
        rule, known = self.segment.hold, list(own)
        if rule is None or self.segment.hands == "together":
            return
        asked, least_s = {p.id for p in rule.points}, HASTY * rule.long_enough_s
        begun_s = min((h.span.start_s for h in (*self.read_long, *self.read_going)), default=float("inf"))

        def pressed(far: Hold) -> bool:
            """Not a halt on the way; before the first of the others, as long as a press and close to it: no rest."""
            amid, times = far.span.start_s >= begun_s, far.span.duration_s / rule.long_enough_s
            enough = times >= HASTY if amid else 1.0 <= times < RESTS and far.span.end_s >= begun_s - TRAVEL_S
            return enough and not may_be_meant(far, rule)

        every = (*told, *(h for c in known if c.fit > 0.0 and not c.second for h in c.holds))
        self.read_far = tuple(h for h in every if h.point in asked and pressed(h))
        self.read_second = tuple(h for c in known if c.second for h in c.holds if h.span.duration_s >= least_s)

    def show(self, before: Practised, at_s: float) -> None:
        """Settles the count that is shown now.

        :param before: what was shown of the step up to now
        """
        shown, fallen_s = before._shown
        since_s = at_s if fallen_s is None else fallen_s
        falls = self.count < shown and at_s - since_s < FALLEN_S
        self._shown = (shown, since_s) if falls else (self.count, None)

    # ------------------------------------------------------------------ how far it is
    @property
    def count(self) -> int:
        return self.progress.count(self.segment)

    def stroked(self, span: Span) -> bool:
        """Whether the hands did something else at that time: where they turned, they seemed to press."""
        return sum(s.overlap_s(span) for s in self.strokes) >= EXPLAINED * span.duration_s

    @property
    def frame_presses(self) -> tuple[Press, ...]:
        """The presses that the frames show, over or not, near enough to a point that is asked for to be meant."""
        if self.holding is None:
            return ()
        asked = {p.id for p in self.holding.rule.points}
        every = (p for p in (*self.holding.ended, *self.holding.running) if p.point in asked)
        own = (p for p in every if not self.stroked(p.span) and not any(_same(p, h) for h in self.read_before))
        return tuple(p for p in own if self.holding.counts(p) and self.holding.sure(p))

    @property
    def read_long(self) -> tuple[Hold, ...]:
        """The presses that were long enough, by the reading; where there are frames, those tell of such as go on."""
        rule, going = self.segment.hold, () if self.watched else self.read_going
        known = (*self.read_holds, *going)
        return () if rule is None else tuple(h for h in known if h.span.duration_s >= rule.long_enough_s)

    @property
    def read_pressed(self) -> tuple[Hold, ...]:
        """The presses by the reading, over or not, that the frames do not know to be the next step's already."""
        gone_on = self.holding is not None and bool(self.holding.gone_on)
        own = (h for h in self.read_going if not gone_on or h.span.end_s < self.read_s - NOW_S)
        return (*self.read_holds, *own)

    def points(self) -> tuple[str, ...]:
        """Pressed long enough, in the protocol's order."""
        if self.holding is None:
            return ()
        long = {p.point for p in self.frame_presses if self.holding.long_enough(p)}
        done = long | {h.point for h in self.read_long}
        return tuple(p.id for p in self.holding.rule.points if p.id in done)

    @property
    def full(self) -> bool:
        """There is nothing left to do in it."""
        rule = self.segment.count
        return self.done and (self.holding is not None or rule is None or self.count >= rule.target[1])

    @property
    def done(self) -> bool:
        """Nothing is missing any more."""
        if self.holding is not None:
            return len(self.points()) == len(self.holding.rule.points)
        return self._enough(self.count)

    def _enough(self, count: int) -> bool:
        return self.segment.count is None or count >= self.segment.count.target[0]

    def over_s(self, now_s: float) -> float | None:
        """When the step was over, or None while it goes on."""
        if not self.done:
            return None
        if self.holding is not None:
            return min(now_s, max(self._point_over_s(point, self.holding, now_s) for point in self.points()))
        last_s = self.progress.last_s()
        if last_s is None or self.segment.count is None:
            return None
        usual_s = self.progress.usual_s() or 0.0
        rests = now_s - max(self._moved_s, last_s) >= REST_S
        waits = now_s - last_s >= NEXT_FROM_S + NEXT_SHARE * usual_s
        gone = self.progress.next or self.progress.other is not None
        return last_s if self.full or rests or waits or gone else None

    def _point_over_s(self, point: str, holding: Holding, now_s: float) -> float:
        """When its first press that was long enough ended: what is pressed after may be the next step already."""
        long = [p for p in (*holding.ended, *holding.running) if p.held_s >= holding.rule.long_enough_s]
        read = [h.span.end_s for h in self.read_long if h.point == point]
        return min([p.last_s for p in long if p.point == point] + read, default=now_s)

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
        enough = perhaps_done or len(other.whole) >= GONE_ON["repetitions"] or self.pressed_on(other, now_s)
        return other if enough or self.done else None

    @property
    def next_since_s(self) -> float | None:
        """Since when a press of the next step goes on, where it surely does."""
        going = self.holding.gone_on if self.holding is not None else ()
        return min((p.start_s for p in going), default=None) if any(p.held_s >= SURE_S for p in going) else None

    @property
    def pressed(self) -> frozenset[str]:
        """The points that were pressed, long enough or not. A halt at the edge of one is no press."""
        if self.holding is None:
            return frozenset()
        told = {p.point for p in self.frame_presses if not self._gainsaid(p)}
        read = (h for h in self.read_pressed if h.span.duration_s >= self.holding.rule.short_from_s)
        told |= {h.point for h in read if may_be_meant(h, self.holding.rule)}
        return frozenset(told | {h.point for h in self.read_long})

    def _gainsaid(self, press: Press) -> bool:
        """Whether the reading knows nothing of a short press that is over: a hand that rested before it began."""
        short = self.holding is not None and press.held_s < self.holding.rule.long_enough_s
        return short and press.last_s < self.read_s - OVER_S and all(h.point != press.point for h in self.read_holds)

    @property
    def perhaps(self) -> frozenset[str]:
        """The points that may have been pressed."""
        return frozenset(h.point for h in (*self.read_far, *self.read_second))

    @property
    def places(self) -> frozenset[str]:
        """The points at which the hand pressed, one for each press, perhaps far beside it."""
        return self.pressed | {h.point for h in self.read_far}

    @property
    def begun(self) -> bool:
        """Whether the hand has pressed at several places: at a single one it may have rested before it begins."""
        return len(self.places) >= PLACES

    def pressed_on(self, other: SegmentMatch, now_s: float) -> bool:
        """Whether presses show that she has gone on: one after the other, or a long one that takes the step's time."""
        if len(in_turn(other.holds)) >= GONE_ON["points"]:
            return True
        last_s = self.progress.last_s()
        waited = last_s is None or now_s - last_s >= NEXT_FROM_S + (self.progress.usual_s() or 0.0)
        return waited and any(h.span.end_s >= now_s - JUST_S and h.span.duration_s >= LONG_S for h in other.holds)

    # ------------------------------------------------------------------ what is shown
    def state(self, index: int, of: int) -> StepState:
        rule = self.segment.count
        return StepState(
            segment=self.segment.id,
            index=index,
            of=of,
            hands=self.segment.hands,
            count=self._shown[0] if self.holding is None else len(self.points()),
            target=rule.target if rule is not None else None,
            side=self.progress.sides() if rule is not None and rule.per == "side" else None,
            tempo=self._tempo(),
            hold=self._hold(),
            done=self.done if self.holding is not None else self._enough(self._shown[0]),
        )

    def _tempo(self) -> TempoState | None:
        rule, done = self.segment.tempo, self.progress.whole
        if rule is None or not done:
            return None
        last_s = took_s(done[-1])
        pace: Pace = "fast" if last_s < rule.shortest_s else "slow" if last_s > SLOW * rule.longest_s else "ok"
        return TempoState(round(last_s, 1), rule.shortest_s, rule.longest_s, pace)

    def _hold(self) -> HoldState | None:
        if self.holding is None:
            return None
        rule, done = self.holding.rule, self.points()
        now = [p for p in self.holding.running if p.point not in done]
        waiting = [p.id for p in rule.points if p.id not in done]
        point = now[0].point if now else (waiting or [rule.points[-1].id])[0]
        held_s = min(p.held_s for p in now) if now else 0.0
        return HoldState(point, round(min(held_s, rule.long_enough_s), 2), rule.long_enough_s, done)


def in_turn(holds: Iterable[Hold]) -> list[Hold]:
    """The presses that follow each other; what both hands press at once is one."""
    found: list[Hold] = []
    for hold in sorted(holds, key=lambda h: h.span.start_s):
        if not found or hold.span.start_s >= found[-1].span.end_s:
            found.append(hold)
    return found


def _as_asked(hold: Hold) -> Hold:
    """Where nobody knows whether a neighbour was pressed, the trainee is not told so, and goes on."""
    return replace(hold, point=hold.perhaps) if hold.perhaps else hold


def _as_told(hold: Hold, told: list[Hold]) -> Hold:
    """The press as the whole reading has it, which knows what was pressed before and after."""
    return next((_as_asked(t) for t in told if (t.hand, t.span) == (hold.hand, hold.span)), hold)


def _before(holds: list[Hold], later: list[Hold], sure: list[Hold]) -> list[Hold]:
    """Without those that are nearer to a point of the next step, once there was one that is not.

    :param sure: of this step, however near to another point
    """
    nearer = [
        any(_same(h, g) and g.off < h.off for g in later) and not any(_same(s, h) and s.point == h.point for s in sure)
        for h in holds
    ]
    first_s = min((h.span.end_s for h, beyond in zip(holds, nearer, strict=True) if not beyond), default=float("inf"))
    return [h for h, beyond in zip(holds, nearer, strict=True) if not beyond or h.span.start_s < first_s]


def _same(one: Hold | Press, other: Hold) -> bool:
    """Whether they tell of one press."""
    return one.hand == other.hand and one.span.overlap_s(other.span) >= EXPLAINED * one.span.duration_s


def recognised(match: SegmentMatch, segment: Segment, at_s: float, own: Iterable[Candidate] = ()) -> Practised:
    """A segment that the reading found, as if it had been the step.

    :param own: what else may have been presses of it, about the same time
    """
    out = Practised(segment, match.span.start_s, progress=Progress(match, None))
    out.take(map(_as_asked, match.holds), at_s)
    out.doubt(own, match.holds)
    out.show(out, at_s)
    return out


def _away(a: At, b: At) -> float:
    return float(((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5)
