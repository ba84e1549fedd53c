"""One step while it is practised: how far it is, when it is done, what there is to say about it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from coach.domain import HANDS, Hand, SegmentMatch, Span, Value
from coach.parse.lattice import IDLE_FIT
from coach.protocol import Protocol, Segment
from coach.score.evidence import Sight
from coach.tutor.faults import faults
from coach.tutor.holding import Holding
from coach.tutor.progress import Progress, progress, took_s
from coach.tutor.state import At, Hint, HoldState, Pace, Seeing, StepState, TempoState
from coach.tutor.window import Reading, Step

REST_S = 1.5  # hands still for so long after enough repetitions: the step is over
NEXT_FROM_S, NEXT_SHARE = 1.0, 1.6  # no further repetition within so long, and so many times the usual: over
MOVED, MOVED_S = 0.05, 0.5  # back units in so long: the hand moves
BEGIN_S = 12.0  # without a single repetition
LATE_S = 3.0  # since the last press, and a point is still missing
SHORT_S = 1.0  # since a press that was too short, and it is not taken up again
SURE_S = 1.2  # at a point that is not the next one
WATCHED_S, HIDDEN = 12.0, 0.1  # of the last seconds, such a share out of sight: nothing is sure
BEGUN_FROM = 2  # repetitions: a single one may have been the way to the other step
GONE_ON = {"repetitions": 3, "points": 2}  # of another segment: the trainee has gone on
SLOW = 0.8  # of the longest repetition


@dataclass(slots=True)
class Practised:
    """A step of the protocol since it began."""

    segment: Segment
    since_s: float
    progress: Progress = field(default_factory=lambda: Progress(None, None))
    holding: Holding | None = None
    read_points: frozenset[str] = frozenset()  # pressed long enough, by the reading
    _places: deque[tuple[float, dict[Hand, At]]] = field(default_factory=deque)
    _moved_s: float = -1e9
    _seen_s: float = -1e9

    def __post_init__(self) -> None:
        self._moved_s = self._seen_s = self.since_s
        if self.segment.hold is not None:
            self.holding = Holding(self.segment.hold)

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
            self._seen_s = now_s

    def read(self, reading: Reading, protocol: Protocol, pauses: Iterable[Span]) -> None:
        """Takes one reading of this step."""
        self.progress = progress(reading, self.step, protocol, pauses)
        rule = self.segment.hold
        if rule is not None:
            asked = {p.id for p in rule.points}
            own = (c for c in reading.since if c.segment == protocol.rank[self.segment.id] and c.fit >= IDLE_FIT)
            holds = (h for c in own for h in c.holds)
            self.read_points = frozenset(
                h.point for h in holds if h.point in asked and h.span.duration_s >= rule.long_enough_s
            )

    # ------------------------------------------------------------------ how far it is
    @property
    def count(self) -> int:
        return self.progress.count(self.segment)

    def points(self) -> tuple[str, ...]:
        """Pressed long enough, in the protocol's order."""
        if self.holding is None:
            return ()
        done = {*self.holding.done(), *self.read_points}
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
        return self.segment.count is None or self.count >= self.segment.count.target[0]

    def over_s(self, now_s: float) -> float | None:
        """When the step was over, or None while it goes on."""
        if not self.done:
            return None
        if self.holding is not None:
            return now_s
        last_s = self.progress.last_s()
        if last_s is None or self.segment.count is None:
            return None
        usual_s = self.progress.usual_s() or 0.0
        rests = now_s - max(self._moved_s, last_s) >= REST_S
        waits = now_s - last_s >= NEXT_FROM_S + NEXT_SHARE * usual_s
        gone = self.progress.next or self.progress.other is not None
        return last_s if self.full or rests or waits or gone else None

    def gone_on(self) -> SegmentMatch | None:
        """Another segment that the trainee has surely gone on to."""
        other = self.progress.other
        if other is None:
            return None
        points = len({h.point for h in other.holds})
        enough = len(other.whole) >= GONE_ON["repetitions"] or points >= GONE_ON["points"]
        return other if enough or self.done else None

    # ------------------------------------------------------------------ what there is to say
    def wishes(self, reading: Reading, protocol: Protocol) -> Iterator[Hint]:
        """The hints that hold now, the most useful first."""
        now_s = reading.at_s
        if self._hidden(reading.sight, now_s):
            return
        yield from self._presses(now_s)
        match = self.progress.match
        if match is not None and self.progress.other is None:
            yield from faults(match, self.segment, protocol, reading.sight, reading.at_s)
        yield from self.unfinished(protocol)
        last_s = self.progress.last_s()
        if self.holding is None and last_s is not None and not self.done:
            if now_s - last_s >= self.segment.pause_s + NEXT_SHARE * (self.progress.usual_s() or 0.0):
                yield from self._more()
        elif last_s is None and not self._pressed() and now_s - self.since_s >= BEGIN_S and self._seen_s > now_s - 1.0:
            yield Hint("hint_begin", {"segment": self.segment.id}, self.segment.id)

    def _hidden(self, sight: Sight, now_s: float) -> bool:
        """Whether the hands were out of sight too long to be sure of anything."""
        span = Span(max(self.since_s, now_s - WATCHED_S), now_s)
        if span.duration_s <= 0.0:
            return False
        if self.segment.hands in ("together", "alternating"):
            lost_s = sight.lost_s(span, HANDS)
        else:
            lost_s = min(sight.lost_s(span, (hand,)) for hand in HANDS)
        return lost_s > HIDDEN * span.duration_s

    def unfinished(self, protocol: Protocol) -> Iterator[Hint]:
        """What is missing, once the trainee has gone on."""
        other = self.progress.other
        if other is None or self.done:
            return
        if self.holding is not None and self._pressed():
            yield from self._missing()
        elif len(self.progress.whole) >= BEGUN_FROM:
            yield from self._more()
        elif protocol.rank[other.segment_id] > protocol.rank[self.segment.id]:
            yield Hint("hint_step_first", {"segment": self.segment.id}, self.segment.id)

    def _more(self) -> Iterator[Hint]:
        if self.segment.count is not None:
            low, high = self.segment.count.target
            yield Hint("hint_more", {"count": self.count, "low": low, "high": high}, self.segment.id)

    def _pressed(self) -> bool:
        return self.holding is not None and bool(self.holding.longest() or self.read_points)

    def _missing(self) -> Iterator[Hint]:
        if self.holding is not None:
            pressed = {*self.holding.longest(), *self.read_points}
            missing = [p.id for p in self.holding.rule.points if p.id not in pressed]
            if missing:
                yield Hint("hint_missing_point", {"point": missing[0]}, self.segment.id)

    def _presses(self, now_s: float) -> Iterator[Hint]:
        if self.holding is None or self.done:
            return
        yield from self._beside(self.holding)
        yield from self._short(self.holding, now_s)
        last_s = max((p.last_s for p in self.holding.ended), default=None)
        if last_s is not None and now_s - last_s >= LATE_S and not self.holding.running:
            yield from self._missing()

    def _beside(self, holding: Holding) -> Iterator[Hint]:
        """A press that goes on at a neighbour of the next point, or at a point before its turn."""
        rule = holding.rule
        pressed = {*holding.longest(), *self.read_points}
        for press in holding.running:
            if press.held_s < SURE_S or not holding.sure(press):
                continue
            waiting = [p.id for p in rule.points if p.id not in pressed - {press.point}]
            if press.point in {p.id for p in rule.confusable}:
                if waiting:
                    yield Hint("hint_point_instead", {"point": waiting[0], "instead": press.point}, self.segment.id)
            elif rule.sequence == "in_order" and waiting and waiting[0] != press.point and press.point in waiting:
                yield Hint("hint_point_first", {"point": waiting[0]}, self.segment.id)

    def _short(self, holding: Holding, now_s: float) -> Iterator[Hint]:
        rule, longest = holding.rule, holding.longest()
        running = {p.point for p in holding.running}
        asked = {p.id for p in rule.points} - set(self.points()) - running
        for press in reversed(holding.ended):
            brief = press.point in asked and holding.sure(press) and longest[press.point] < rule.long_enough_s
            if brief and now_s - press.last_s >= SHORT_S:
                values: dict[str, Value] = {
                    "point": press.point,
                    "held_s": round(press.held_s, 1),
                    "needed_s": rule.long_enough_s,
                }
                yield Hint("hint_hold_longer", values, self.segment.id)
                return

    # ------------------------------------------------------------------ what is shown
    def state(self, index: int, of: int) -> StepState:
        rule = self.segment.count
        return StepState(
            segment=self.segment.id,
            index=index,
            of=of,
            hands=self.segment.hands,
            count=self.count if self.holding is None else len(self.points()),
            target=rule.target if rule is not None else None,
            side=self.progress.sides() if rule is not None and rule.per == "side" else None,
            tempo=self._tempo(),
            hold=self._hold(),
            done=self.done,
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


def recognised(match: SegmentMatch, segment: Segment) -> Practised:
    """A segment that the reading found, as if it had been the step."""
    out = Practised(segment, match.span.start_s, Progress(match, None))
    rule = segment.hold
    if rule is not None:
        long = (h.point for h in match.holds if h.span.duration_s >= rule.long_enough_s)
        out.read_points = frozenset(long)
    return out


def _away(a: At, b: At) -> float:
    return float(((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5)
