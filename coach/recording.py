"""What a session was made of, frame by frame, so that it can be kept and read again without its pictures.

A :class:`Recorder` stands between the edges and the fold and notes what passes; :func:`replay` folds that again, with
today's rules, into the same tracks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from coach.domain import BackMark, Floats, Frame, HandObservation, TrackChunk
from coach.locate.later_marks import Remarked
from coach.pipeline import Watching
from coach.ports import BackWatcher, HandFinder, PointMover

NO_PICTURE = np.empty((0, 0, 3), dtype=np.uint8)
# Flow moves a hand as a whole (:mod:`coach.detect.flow`), and landmarks are kept in eighths of a px: what differs in
# shape by more is the other hand, which flow could follow while it had lost this one.
SAME_SHAPE_PX = 0.5


@dataclass(slots=True)
class Recorder:
    """Passes everything on to the real finder, mover and watcher and notes what they answer.

    ``Watching(recorder, recorder, recorder, corners)`` then behaves as without it.
    """

    finder: HandFinder
    mover: PointMover
    watcher: BackWatcher
    _time_s: list[float] = field(default_factory=list)
    _motions: list[Floats] = field(default_factory=list)
    _seen: list[tuple[int, HandObservation]] = field(default_factory=list)

    def find(self, frame: Frame, back: Floats | None = None) -> tuple[HandObservation, ...]:
        return self.finder.find(frame, back)

    def watch(self, frame: Frame, hands: Sequence[HandObservation]) -> Floats:
        motion = self.watcher.watch(frame, hands)
        self._seen += [(len(self._time_s), hand) for hand in hands]
        self._time_s.append(frame.time_s)
        self._motions.append(motion)
        return motion

    def move(self, before: Frame, now: Frame, points: Floats) -> Floats | None:
        moved = self.mover.move(before, now, points)
        if moved is not None and self._time_s:
            self._seen.append((len(self._time_s) - 1, HandObservation(now.time_s, moved, 0.0, bridged=True)))
        return moved

    @property
    def waiting_s(self) -> float:
        """How much time has passed since the last chunk was taken."""
        return self._time_s[-1] - self._time_s[0] if self._time_s else 0.0

    def take(self) -> TrackChunk | None:
        """All that was noted since the last time; None where that is nothing."""
        if not self._time_s:
            return None
        chunk = TrackChunk(
            time_s=np.array(self._time_s),
            motions=np.array(self._motions, dtype=np.float64).reshape(-1, 3, 3),
            frame=np.array([k for k, _ in self._seen], dtype=np.int64),
            landmarks=np.array([hand.landmarks for _, hand in self._seen], dtype=np.float64).reshape(-1, 21, 2),
            confidence=np.array([hand.confidence for _, hand in self._seen], dtype=np.float64),
            bridged=np.array([hand.bridged for _, hand in self._seen], dtype=np.bool_),
        )
        self._time_s, self._motions, self._seen = [], [], []
        return chunk


@dataclass(slots=True)
class _Recorded:
    """The three edges, played from a recording."""

    motion: Floats = field(default_factory=lambda: np.eye(3))
    moved: list[Floats] = field(default_factory=list)

    def find(self, frame: Frame, back: Floats | None = None) -> tuple[HandObservation, ...]:
        raise NotImplementedError(frame, back)  # the fold is given the hands, it need not ask

    def watch(self, frame: Frame, hands: Sequence[HandObservation]) -> Floats:  # noqa: ARG002
        return self.motion

    def move(self, before: Frame, now: Frame, points: Floats) -> Floats | None:  # noqa: ARG002
        """Of what flow carried in this frame, the one that was here; today's rules may ask in another order."""
        steps = [there - points for there in self.moved]
        own = [k for k, step in enumerate(steps) if np.abs(step - np.median(step, axis=0)).max() <= SAME_SHAPE_PX]
        nearest = min(own, key=lambda k: float(np.abs(steps[k]).mean()), default=None)
        return None if nearest is None else self.moved.pop(nearest)


def replay(
    chunks: Iterable[TrackChunk],
    corners: Floats,
    size: tuple[int, int],
    flat: bool = False,
    later: Sequence[BackMark] = (),
) -> Watching:
    """The fold over a recording.

    :param corners: (4, 2) px of the back rectangle in the session's first picture
    :param size: px, width and height of the pictures
    :param flat: a pillow lay there
    :param later: all marks of the back since the first picture, px; none where they are those that it was watched by
    """
    edges, marked = _Recorded(), Remarked(corners, later)
    watching = Watching(edges, edges, edges, corners, size, flat)
    for number, (time_s, motion, hands) in enumerate(_frames(chunks)):
        edges.motion = marked.motion(time_s, motion)
        edges.moved = [hand.landmarks for hand in hands if hand.bridged]
        watching.observe(Frame(number, time_s, NO_PICTURE), tuple(hand for hand in hands if not hand.bridged))
    return watching


def before(chunks: Iterable[TrackChunk], at_s: float) -> Iterator[TrackChunk]:
    """What was recorded until a time."""
    for chunk in chunks:
        n = int(np.searchsorted(chunk.time_s, at_s))
        if n == len(chunk.time_s):
            yield chunk
            continue
        if n:
            of = chunk.frame < n
            hands = chunk.frame[of], chunk.landmarks[of], chunk.confidence[of], chunk.bridged[of]
            yield TrackChunk(chunk.time_s[:n], chunk.motions[:n], *hands)
        return


def _frames(chunks: Iterable[TrackChunk]) -> Iterator[tuple[float, Floats, list[HandObservation]]]:
    for chunk in chunks:
        hands: list[list[HandObservation]] = [[] for _ in chunk.time_s]
        for k, at in enumerate(chunk.frame):
            time_s, sure = float(chunk.time_s[at]), float(chunk.confidence[k])
            hands[at].append(HandObservation(time_s, chunk.landmarks[k], sure, bool(chunk.bridged[k])))
        for k, time_s in enumerate(chunk.time_s):
            yield float(time_s), chunk.motions[k], hands[k]
