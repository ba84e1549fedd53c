"""The way through the steps: which one is practised, since when, and which comes next."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from math import inf

from coach.domain import SegmentMatch
from coach.parameters.live_steps import FRAMES_KEPT_S, OTHER_STEP_CONFIDENCE, STEP_BEGAN_BEFORE_S
from coach.protocol import Segment
from coach.tutor.other_step import began_s
from coach.tutor.practised import Practised
from coach.tutor.state import Seeing
from coach.tutor.window import WindowReading


def _enough_s(before: Practised) -> float:
    """From when on the next step may have begun: then all was done that this one asks for.

    A reading may take what came before for the next step, as hearts by one hand for "Love". Of presses it knows better.
    """
    if before.holding is not None:
        return -inf
    if before.timed is not None:
        return inf
    low = before.segment.count.target[0] if before.segment.count is not None else 1
    enough = before.progress.whole[low - 1 : low]
    return enough[0].span.end_s if enough else inf


@dataclass(slots=True)
class Course:
    """One run through the steps."""

    steps: tuple[Segment, ...]
    index: int = 0
    at: Practised | None = None
    done: tuple[str, ...] = ()
    over: tuple[float, float] | None = None  # the step ended then, and the next one is shown from then on
    led_from: int | None = None  # the step from which the trainee seemed to go here, past another or back
    _instead: str = ""  # what the last reading told of in place of the step that she was led to
    _since_s: float = inf  # the step may have begun then, before the one before it was seen to be over
    _buffer: deque[Seeing] = field(default_factory=deque)

    def see(self, seeing: Seeing) -> None:
        """Keeps the last frames."""
        self._buffer.append(seeing)
        while seeing.now_s - self._buffer[0].now_s > FRAMES_KEPT_S:
            self._buffer.popleft()

    def begin(self, steps: tuple[Segment, ...]) -> None:
        """From the first step on; nothing is done yet."""
        self.steps, self.index, self.at, self.done, self.over = steps, 0, None, (), None
        self.led_from, self._instead, self._since_s = None, "", inf

    def go(self, index: int, since_s: float, joined: bool) -> Practised:
        """Goes to a step, which began at a time that may be past.

        :param joined: the trainee was there first; else a command began it
        """
        self.index, self.over, before = index, None, self.at
        self.led_from, self._instead = None, ""
        at = self.at = self._practised(index, since_s)
        if joined and before is not None and before.holding is not None and before.segment.id != at.segment.id:
            at.left = before.segment.id
        self._since_s = _enough_s(before) if joined and at.holding is None and before is not None else inf
        return at

    def _practised(self, index: int, since_s: float) -> Practised:
        before = self.steps[index - 1] if index else None
        after = self.steps[index + 1].hold if index + 1 < len(self.steps) else None
        at = Practised(
            self.steps[index],
            since_s,
            fresh=before is None or before.hold is None,
            beyond=after.points if after is not None else (),
        )
        for seeing in self._buffer:
            if seeing.now_s >= since_s:
                at.see(seeing)
        return at

    def joins(self, reading: WindowReading) -> bool:
        """Whether the step began before the one before it was seen to be over; then it is taken up from there."""
        before = self.at
        earlier_s = began_s(reading, before.step) if before is not None else None
        if before is None or earlier_s is None or earlier_s < self._since_s:
            return False
        self._since_s = inf
        at = self.at = self._practised(self.index, earlier_s - STEP_BEGAN_BEFORE_S)
        at.left, at.skipped = before.left, before.skipped
        return True

    def follow(self, index: int, since_s: float) -> Practised:
        """Goes to a step where the trainee is already, past those between."""
        before = self.index
        at = self.go(index, since_s, joined=True)
        at.skipped = tuple(step.id for step in self.steps[before + 1 : index])
        self.led_from = before if abs(index - before) > 1 else None
        return at

    def mistaken(self, reading: WindowReading) -> SegmentMatch | None:
        """What is done in place of a step that the trainee seemed to have gone to, past another or back; else None.

        Two readings in a row know nothing of that step, and tell the same instead.
        """
        at, before = self.at, self._instead
        self._instead = ""
        if at is None or self.led_from is None:
            return None
        found = [match for match in reading.segments if match.span.end_s > at.since_s]
        if (
            not found
            or found[0].confidence < OTHER_STEP_CONFIDENCE
            or any(match.segment_id == at.segment.id for match in found)
        ):
            return None
        self._instead = found[0].segment_id
        return found[0] if self._instead == before else None

    def back(self) -> None:
        """Takes back that the trainee went on: what she does is to be told from where she was."""
        if self.led_from is not None:
            self.index, self.at = self.led_from, None

    @property
    def doubted(self) -> bool:
        """Whether the last reading knew nothing of the step that the trainee seemed to have gone to."""
        return bool(self._instead)

    def following(self, *, ahead: bool = False) -> int | None:
        """The step is done: the place of the next one that is not done yet; None where there is none.

        :param ahead: it is only asked which one that will be
        """
        done = self.done
        if self.at is not None and self.at.segment.id not in done:
            done = (*done, self.at.segment.id)
        if not ahead:
            self.done = done
        later = [k for k in range(self.index + 1, len(self.steps)) if self.steps[k].id not in done]
        if later:
            return later[0]
        if self.index + 1 >= len(self.steps) or all(s.id in done for s in self.steps):
            return None
        return self.index + 1

    def place(self, segment_id: str) -> int | None:
        """Where a segment is among the steps."""
        names = [s.id for s in self.steps]
        return names.index(segment_id) if segment_id in names else None
