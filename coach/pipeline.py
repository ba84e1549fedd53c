"""The fold: frame after frame through finding, tracking and following.

Live practice and review run the same code: :meth:`Watching.step` takes one frame, :meth:`Watching.tracks` gives
the tracks so far, :func:`coach.score.session.read` turns tracks into segments and items. A review calls the latter two
once, at the end; live practice asks for the newest hands (:meth:`Watching.hands`) and for the last minute's tracks all
the time.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from coach.domain import BackMark, Floats, Frame, Hand, HandObservation, HandTrack
from coach.locate.framing import framing
from coach.locate.later_marks import Marks
from coach.locate.plane import homography, to_back
from coach.locate.recent import pack, since
from coach.locate.relief import eye
from coach.locate.scale import Scale, scale
from coach.locate.tracklets import Tracker, Tracklet
from coach.locate.tracks import hand_tracks
from coach.ports import BackWatcher, HandFinder, PointMover

SWAY_SMOOTH_S = 0.12  # sd; a body sways in seconds, and its motion is measured every tenth of one
PACK_EVERY = 256  # frames
LOOK_BACK_S = 20.0  # before a window: whose a hand is, is for its course to tell


@dataclass(frozen=True, slots=True)
class LiveHand:
    """A hand in the newest frame."""

    hand: Hand | None  # the practitioner's own; None while nobody can tell
    pixels: Floats  # (21, 2) px
    landmarks: Floats  # (21, 2) back coordinates
    bridged: bool  # carried by optical flow


@dataclass(slots=True)
class Watching:
    """What was seen so far."""

    finder: HandFinder
    mover: PointMover
    watcher: BackWatcher
    corners: Floats  # (4, 2) px of the back rectangle in the first picture
    size: tuple[int, int] | None = None  # px, of the pictures; None: that of the first that is one
    flat: bool = False  # a pillow lies there: what is marked is its surface, not a plane through a body
    tracker: Tracker = field(default_factory=Tracker)
    time_s: list[float] = field(default_factory=list)
    motions: list[Floats] = field(default_factory=list)  # each (3, 3) px, from the first picture to this one
    _marks: Marks = field(init=False)
    _eyes: list[Floats] = field(default_factory=list)  # of each mark
    _views: list[Floats] = field(default_factory=list)
    _before: Frame | None = None
    _back: Floats | None = None  # (4, 2) px, its corners in the newest picture
    _scale: Scale = field(init=False)  # by where the back was seen last; from the first picture on
    _moved: tuple[Floats, Floats] | None = None  # the last motion that a plane was asked for, and the plane
    _whose: dict[int, Hand] = field(default_factory=dict)  # by the tracklet's id(): live ones, so it stays theirs

    def __post_init__(self) -> None:
        self._marks = Marks(self.corners)

    def step(self, frame: Frame) -> tuple[HandObservation, ...]:
        """Takes one frame; returns the detector's raw hands in it."""
        found = self.finder.find(frame, self.back())
        self.observe(frame, found)
        return found

    def observe(self, frame: Frame, found: tuple[HandObservation, ...]) -> None:
        number = len(self.time_s)
        height, width = frame.image.shape[:2]
        if self.size is None and min(height, width) > 1:
            self.size = (width, height)
        motion = self.watcher.watch(frame, found)
        if self.motions and (motion == self.motions[-1]).all():
            motion = self.motions[-1]  # a back that stays still takes no memory
        else:
            self._back = to_back(self.corners, motion)
            self._scale = scale(self._back)
            if self._marks.see(number, motion, self._back):
                self.tracker.part()
        self.time_s.append(frame.time_s)
        self.motions.append(motion)
        lost = self.tracker.step(number, frame.time_s, found, self._scale)
        for tracklet in lost:
            moved = self.mover.move(self._before, frame, tracklet.landmarks[-1]) if self._before is not None else None
            if moved is not None:
                self.tracker.bridge(tracklet, number, frame.time_s, moved)
        self._before = frame
        if number % PACK_EVERY == PACK_EVERY - 1:
            pack(self.tracker)

    def later(self) -> tuple[BackMark, ...]:
        """The marks that were made since the first, px of the pictures."""
        frames, corners = self._marks.frames[1:], self._marks.corners[1:]
        return tuple(BackMark(self.time_s[at], there) for at, there in zip(frames, corners, strict=True))

    def back(self) -> Floats:
        """(4, 2) px where the back was seen last."""
        return self.corners if self._back is None else self._back

    def tracks(self, since_s: float | None = None) -> dict[Hand, HandTrack]:
        """One track for each hand, over all frames so far.

        :param since_s: only over the frames from then on; costs as much as the window is long, not the session
        """
        if since_s is None:
            return hand_tracks(self.tracker.tracklets(), np.array(self.time_s), self.planes(), *self._camera(0))
        first = bisect_left(self.time_s, since_s - LOOK_BACK_S)
        recent = since(self.tracker.tracklets(), first)
        tracks = hand_tracks(recent, np.array(self.time_s[first:]), self.planes(first), *self._camera(first))
        self._remember(tracks, first)
        return {hand: _from(track, since_s) for hand, track in tracks.items()}

    def eye(self) -> Floats | None:
        """(3,) where the camera is now (:mod:`coach.locate.relief`); None before the first picture and for a pillow."""
        return self.eyes()[-1] if self.size is not None and not self.flat else None

    def eyes(self) -> list[Floats]:
        """The same for each mark of the back; there must be a picture."""
        return self._of_marks(self._eyes, eye)

    def views(self) -> list[Floats]:
        """(3, 3) each, what is in the picture (:mod:`coach.locate.framing`) by each mark; there must be a picture."""
        return self._of_marks(self._views, framing)

    def _of_marks(self, known: list[Floats], of: Callable[[Floats, tuple[int, int]], Floats]) -> list[Floats]:
        size = self.size
        if size is None:
            raise ValueError("no picture yet")
        if not self._marks.corners:
            return [of(self.corners, size)]
        known += [of(corners, size) for corners in self._marks.corners[len(known) :]]
        return known

    def _camera(self, first: int) -> tuple[Floats | None, Floats | None]:
        """A track's eye and view, from a frame on."""
        if self.size is None:
            return None, None
        views = self.views()
        eyes = None if self.flat else self._marks.spread(self.eyes(), first, len(self.time_s))
        return eyes, views[0] if len(views) == 1 else np.array(views)

    def hands(self) -> tuple[LiveHand, ...]:
        """The hands in the newest frame; at most one left and one right."""
        if not self.motions:
            return ()
        newest = len(self.time_s) - 1
        plane = self.plane()
        here = [t for t in self.tracker.live if t.proven and t.frames[-1] == newest]
        places = [to_back(t.landmarks[-1], plane) for t in here]
        given = self._given(here, places)
        return tuple(
            LiveHand(hand, t.landmarks[-1], place, t.bridged[-1])
            for t, place, hand in zip(here, places, given, strict=True)
        )

    def plane(self) -> Floats:
        """(3, 3) px to back coordinates in the newest frame; there must be one."""
        return self._plane(self.motions[-1])

    def _plane(self, motion: Floats) -> Floats:
        """(3, 3) px to back coordinates, of a back that has moved so; a motion that stays is worked out once."""
        if self._moved is None or self._moved[0] is not motion:
            self._moved = motion, homography(self.corners) @ np.linalg.inv(motion)
        return self._moved[1]

    def _remember(self, tracks: dict[Hand, HandTrack], first: int) -> None:
        """Whose the live tracklets are, as the tracks of their whole course have it."""
        known: dict[int, Hand] = {}
        for tracklet in (t for t in self.tracker.live if t.proven):
            at = tracklet.frames[-1] - first
            plane = self._plane(self.motions[tracklet.frames[-1]])
            place = to_back(tracklet.landmarks[-1], plane)
            seen = [track for track in tracks.values() if track.seen[at]]
            if seen:
                known[id(tracklet)] = min(seen, key=lambda t: float(np.abs(t.landmarks[at] - place).mean())).hand
        self._whose = known

    def _given(self, here: list[Tracklet], places: list[Floats]) -> list[Hand | None]:
        """A hand for each; of two the one that nobody knows yet is the other, or lies on its own side of it."""
        given = [self._whose.get(id(t)) for t in here]
        if len(given) == 2 and given[0] == given[1]:
            left = 0 if places[0][[0, 9], 0].mean() <= places[1][[0, 9], 0].mean() else 1
            return ["left", "right"] if left == 0 else ["right", "left"]
        if len(given) == 2 and None in given:
            known = given[0] or given[1]
            return [hand or ("left" if known == "right" else "right") for hand in given]
        return given if len(given) <= 2 else [hand if given.count(hand) == 1 else None for hand in given]

    def planes(self, first: int = 0) -> Floats:
        """(n, 3, 3) px to back coordinates, for each frame so far, or from one on."""
        if not self.motions:
            return np.empty((0, 3, 3))
        motions = self._smooth_motions(first)
        planes: Floats = homography(self.corners) @ np.linalg.inv(motions)
        return np.broadcast_to(planes, (len(self.motions) - first, 3, 3))

    def _smooth_motions(self, first: int) -> Floats:
        """The back's motions without the steps in which they are measured; of a back that stays still, one for all."""
        motions = np.array(self.motions[first:])
        if (motions == motions[:1]).all():
            return motions[:1]
        if len(motions) < 3:
            return motions
        sd = SWAY_SMOOTH_S / float(np.median(np.diff(self.time_s[first:])))
        for mark in self._marks.stretches(first, len(self.motions)):  # from one mark to the next nothing moved
            from scipy.ndimage import gaussian_filter1d  # noqa: PLC0415  late: a page at its start can do without SciPy

            motions[mark] = gaussian_filter1d(motions[mark], sd, axis=0, mode="nearest")
        return motions


def _from(track: HandTrack, since_s: float) -> HandTrack:
    """A track from a moment on."""
    at = int(np.searchsorted(track.time_s, since_s))
    kept = track.landmarks[at:], track.seen[at:], track.bridged[at:]
    eye = track.eye if track.eye is None or track.eye.ndim == 1 else track.eye[at:]
    sure = None if track.sure is None else track.sure[at:]
    return HandTrack(track.hand, track.time_s[at:], *kept, eye, track.view, sure)
