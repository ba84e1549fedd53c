"""A session of recorded hands through the live coach, frame by frame, as a page would see it."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from coach.domain import Floats, Frame, HandObservation
from coach.locate.plane import homography
from coach.pipeline import Watching
from coach.practice.reader import EVERY_S
from coach.protocol import Protocol
from coach.tutor import Command, Hint, Mode, Tutor, TutorState, Unseen, WindowReading, read_window, see
from tests.fakes.session import NO_PICTURE, watching
from tests.tutor.labels import Labels

READ_LATE_S = 0.1  # a reading is made in another process: its answer comes a little later


@dataclass(frozen=True)
class Moment:
    """What the page showed at a frame."""

    time_s: float
    segment: str | None
    count: int
    done: bool


@dataclass
class Rehearsal:
    """All that was shown and said."""

    moments: list[Moment] = field(default_factory=list)
    hints: list[tuple[float, Hint]] = field(default_factory=list)  # when each appeared
    unseen: list[tuple[float, Unseen]] = field(default_factory=list)
    said: list[tuple[float, str]] = field(default_factory=list)
    gestures: int = 0  # frames in which a ring filled
    readings_s: list[float] = field(default_factory=list)  # what each cost
    tracks_s: list[float] = field(default_factory=list)
    frames_s: list[float] = field(default_factory=list)  # what the tutor's part of a frame cost
    labels: Labels = field(default_factory=Labels)
    last: WindowReading | None = None
    watching: Watching | None = None
    state: TutorState | None = None

    def count_at(self, time_s: float, segment: str) -> int:
        """The highest count that was shown for a segment up to then."""
        return max((m.count for m in self.moments if m.segment == segment and m.time_s <= time_s), default=0)


def rehearse(
    recorded: Sequence[tuple[float, tuple[HandObservation, ...]]],
    corners: Floats,
    size: tuple[int, int],
    protocol: Protocol,
    mode: Mode = "guided",
    history: Mapping[str, int] | None = None,
    begin: str | None = None,
    fold: Watching | None = None,
    until: Callable[[Rehearsal], bool] | None = None,
) -> Rehearsal:
    """Plays the hands. The trainee does not listen: she does what was recorded, whatever the coach says.

    :param corners: (4, 2) px of the back
    :param size: (width, height) px of the picture
    :param begin: the segment to begin with in guided mode, the protocol's first by default
    :param fold: already stepped through the frames' edges; by default flow cannot follow and the back is still
    :param until: asked after each frame; once it is so, the rest is not played
    """
    fold = fold or watching(recorded, corners)
    tutor, out = Tutor(protocol, mode, history or {}), Rehearsal(watching=fold)
    tutor.command(Command("start"), recorded[0][0])
    for _ in range(protocol.rank[begin] if begin else 0):
        tutor.command(Command("next"), recorded[0][0])
    waiting: list[tuple[float, WindowReading]] = []
    next_s, said = recorded[0][0] + EVERY_S, 0
    for number, (time_s, found) in enumerate(recorded):
        fold.observe(Frame(number, time_s, NO_PICTURE), found)
        began = time.process_time()
        plane = homography(fold.corners) @ np.linalg.inv(fold.motions[-1])
        eye = fold.eye() if protocol.surface == "back" else None
        tutor.see(see(time_s, fold.hands(), found, size, plane, eye=eye))
        out.frames_s.append(time.process_time() - began)
        while waiting and waiting[0][0] <= time_s:
            tutor.read(waiting.pop(0)[1])
        if time_s >= next_s and tutor.wants_reading:
            next_s = time_s + EVERY_S
            waiting.append((time_s + READ_LATE_S, _read(out, fold, tutor, protocol)))
        said = _note(out, tutor.state, time_s, said)
        if until is not None and until(out):
            break
    out.last = _read(out, fold, tutor, protocol)
    out.labels.end(out.last, protocol)
    out.state = tutor.state
    return out


def _read(out: Rehearsal, fold: Watching, tutor: Tutor, protocol: Protocol) -> WindowReading:
    began = time.process_time()
    window = tutor.window(fold.tracks(tutor.since_s))
    between = time.process_time()
    reading = read_window(window, protocol)
    out.tracks_s.append(between - began)
    out.readings_s.append(time.process_time() - between)
    out.labels.read(reading, protocol)
    return reading


def _note(out: Rehearsal, state: TutorState, time_s: float, said: int) -> int:
    step = state.step
    out.moments.append(
        Moment(time_s, step.segment if step else None, step.count if step else 0, step.done if step else False)
    )
    out.labels.rings.show(state, time_s)
    if state.hint is not None and (not out.hints or out.hints[-1][1] is not state.hint):
        out.hints.append((time_s, state.hint))
    if state.unseen is not None and (
        len(out.moments) < 2 or not out.unseen or out.unseen[-1][1].key != state.unseen.key
    ):
        out.unseen.append((time_s, state.unseen))
    out.gestures += state.gesture is not None
    for clip in state.say:
        if clip.id > said:
            out.said.append((time_s, clip.clip))
            said = clip.id
    return said
