"""A session of recorded hands through the live coach, frame by frame, as a page would see it."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import numpy as np

from coach.domain import Floats, Frame, HandObservation, SegmentMatch, Span
from coach.locate.plane import homography
from coach.pipeline import Watching
from coach.practice.reader import EVERY_S
from coach.protocol import Protocol
from coach.tutor import Command, Hint, Mode, Reading, Tutor, TutorState, Unseen, read_window, see
from coach.tutor.unguided import goes_on_s, sure
from tests.fakes.session import NO_PICTURE, watching

LOOK_AHEAD_S = 4.0  # so long after a moment the page is asked what was done then
JOINED_S, LEAST_S = 2.5, 1.0  # shorter labels are none, and those of one segment parted by less are one segment
WHOLE = 0.5  # of a segment that is shorter itself; a label that is told for so much of it is one
READ_LATE_S = 0.1  # a reading is made in another process: its answer comes a little later


@dataclass(frozen=True)
class Moment:
    """What the page showed at a frame."""

    time_s: float
    segment: str | None
    count: int
    done: bool


@dataclass(frozen=True)
class Label:
    """What the page told of a moment that was over."""

    time_s: float
    segment: str | None
    span: Span | None = None  # of the whole segment, as it was told then


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
    labels: list[Label] = field(default_factory=list)  # what was done, LOOK_AHEAD_S before a reading
    last: Reading | None = None
    watching: Watching | None = None
    state: TutorState | None = None

    def count_at(self, time_s: float, segment: str) -> int:
        """The highest count that was shown for a segment up to then."""
        return max((m.count for m in self.moments if m.segment == segment and m.time_s <= time_s), default=0)

    def labelled(self) -> list[dict[str, Any]]:
        """The segments as a page told them a moment after they were done, never to change again."""
        runs: list[dict[str, Any]] = []
        for segment, group in groupby(self.labels, key=lambda label: label.segment):
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


def rehearse(
    recorded: Sequence[tuple[float, tuple[HandObservation, ...]]],
    corners: Floats,
    size: tuple[int, int],
    protocol: Protocol,
    mode: Mode = "guided",
    history: Mapping[str, int] | None = None,
    begin: str | None = None,
    fold: Watching | None = None,
) -> Rehearsal:
    """Plays the hands. The trainee does not listen: she does what was recorded, whatever the coach says.

    :param corners: (4, 2) px of the back
    :param size: (width, height) px of the picture
    :param begin: the segment to begin with in guided mode, the protocol's first by default
    :param fold: already stepped through the frames' edges; by default flow cannot follow and the back is still
    """
    fold = fold or watching(recorded, corners)
    tutor, out = Tutor(protocol, mode, history or {}), Rehearsal(watching=fold)
    tutor.command(Command("start"), recorded[0][0])
    for _ in range(protocol.rank[begin] if begin else 0):
        tutor.command(Command("next"), recorded[0][0])
    waiting: list[tuple[float, Reading]] = []
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
    out.last = _read(out, fold, tutor, protocol)
    for then_s in np.arange(out.labels[-1].time_s + EVERY_S, out.last.at_s, EVERY_S):
        _label(out, out.last, protocol, float(then_s), ended=True)
    out.state = tutor.state
    return out


def _read(out: Rehearsal, fold: Watching, tutor: Tutor, protocol: Protocol) -> Reading:
    began = time.process_time()
    window = tutor.window(fold.tracks(tutor.since_s))
    between = time.process_time()
    reading = read_window(window, protocol)
    out.tracks_s.append(between - began)
    out.readings_s.append(time.process_time() - between)
    _label(out, reading, protocol, reading.at_s - LOOK_AHEAD_S)
    return reading


def _label(out: Rehearsal, reading: Reading, protocol: Protocol, then_s: float, *, ended: bool = False) -> None:
    now = doing(reading, protocol, then_s, (out.labels[-1].segment or "") if out.labels else "", ended=ended)
    out.labels.append(Label(then_s, None) if now is None else Label(then_s, now.segment_id, now.span))


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


def _note(out: Rehearsal, state: TutorState, time_s: float, said: int) -> int:
    step = state.step
    out.moments.append(
        Moment(time_s, step.segment if step else None, step.count if step else 0, step.done if step else False)
    )
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
