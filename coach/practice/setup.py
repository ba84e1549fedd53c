"""The set-up of a practice: the back is marked, followed, and everything else checked."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import Any, Literal, TypeAlias

import numpy as np

from coach import back_argument
from coach.capture.look import Look, look
from coach.detect.back import BackFollower
from coach.domain import Floats, Frame, HandObservation, InputError
from coach.locate.marks import body_of, corners_of
from coach.locate.plane import to_back
from coach.practice.guessing import Guessing
from coach.practice.marking import Touching
from coach.practice.setup_check import SLANTING, Check, Layout, Limits, Measured, check, load_blind, unseen_steps
from coach.practice.shown import Shown
from coach.protocol import Segment

Way: TypeAlias = Literal["drag", "touch", "pose"]
LOOK_EVERY_S = 0.5
HANDS_OVER_S = 3.0
GUESS_AGAIN_S = 6.0  # after a guess in vain: so long it takes to move the laptop, or to lean forward
WRIST, KNUCKLE = 0, 9
STIR = 4.0  # px
USUAL = (640, 480)  # px of a picture before the first has come
AGAIN_S = 6.0  # between reminders of the place to touch


class SetUp:
    """Everything before the start. All but the guess runs in the coaching thread."""

    def __init__(self, limits: Limits, segments: tuple[Segment, ...] = ()) -> None:
        """:param segments: that are to be practised: their places must be in the picture"""
        self._limits, self._segments, self._blind = limits, segments, load_blind()
        self.layout: Layout = "behind"
        self.turn: int | None = 0  # after which the neck is above, as far as that is known before it is marked
        self.vain = False  # the last guess was none
        self.exchanged: Floats | None = None  # (4, 2) px that were refused, for left and right are exchanged in them
        self.corners: Floats | None = None  # (4, 2) px in the picture in which it was marked
        self.moved: Floats | None = None  # (4, 2) px now
        self._body: Floats | None = None  # (4, 2) px of the four places on the body now, where they were marked
        self._told: tuple[Floats, Floats] | None = None  # (4, 2) px, corners and the places on the body for them
        self._marked: Floats | None = None  # (4, 2) px of the four places on the body when they were marked
        self.way: Way | None = None
        self.guess: Floats | None = None  # (4, 2) px
        self.remembered = False  # the guess is from an earlier session
        self.say: list[str] = []  # clips, fetched by whoever speaks
        self.refused: str | None = None  # a key, fetched by whoever tells the page
        self._follower: BackFollower | None = None
        self._touching = Touching()
        self._palms: deque[tuple[float, float]] = deque()  # (s, px)
        self._look: Look | None = None
        self._looked_s = self._asked_s = -1e9
        self._guessing: Guessing | None = None
        self._guessed_s = -1e9
        self._checked: tuple[tuple[float, bool], tuple[Check, ...]] | None = None
        self._unseen: tuple[str, ...] = ()
        self._size = (0, 0)
        self._fps: float | None = None

    # ------------------------------------------------------------------ each picture
    def see(self, frame: Frame, found: Sequence[HandObservation], fps: float | None) -> None:
        """Takes a picture and the hands in it.

        :param fps: pictures a second; None while that is not known
        """
        self._size, self._fps = (frame.image.shape[1], frame.image.shape[0]), fps
        self.follow(frame, found)
        for hand in found:
            self._palms.append((frame.time_s, float(np.hypot(*(hand.landmarks[KNUCKLE] - hand.landmarks[WRIST])))))
        while self._palms and frame.time_s - self._palms[0][0] > HANDS_OVER_S:
            self._palms.popleft()
        if frame.time_s - self._looked_s >= LOOK_EVERY_S:
            self._look, self._looked_s = look(frame.image, self.moved), frame.time_s
        if self.way == "touch":
            self._touch(frame, found)
        elif self.way == "pose" or self._tries_again(frame.time_s):
            self._collect(frame, found)

    def follow(self, frame: Frame, found: Sequence[HandObservation]) -> None:
        """Follows the marked back."""
        if self.corners is None:
            return
        if self._follower is None:
            self._follower = BackFollower(self.corners)
        plane = self._follower.watch(frame, found)
        self.moved = to_back(self.corners, plane)
        if self._marked is not None:
            self._body = to_back(self._marked, plane)

    # ------------------------------------------------------------------ marking
    def mark(self, corners: Floats, body: Floats | None = None) -> None:
        """Marks the back, (4, 2) px of the picture.

        :param body: (4, 2) px of the places on the body where those were marked
        :raises InputError: mark_tiny, mark_crossed, mark_mirrored, mark_outside
        """
        try:
            back_argument.check_shape(corners)
            if min(self._size) > 0:
                back_argument.check_corners(corners, self._size)
        except InputError as error:
            self.exchanged = corners if error.key == "back_mirrored" else None
            raise InputError(back_argument.ON_A_PAGE[error.key]) from error
        self.corners = self.moved = corners
        self._marked = self._body = body
        self._told = None
        self._follower, self.way, self.guess, self.remembered, self.vain = None, None, None, False, False

    def drag(self, points: Floats, kind: str) -> None:
        """Marks the back by four dragged points (4, 2) px; see :meth:`mark`."""
        if kind == "body":
            self._mark_body(points)
        else:
            self.mark(points)

    def _mark_body(self, body: Floats) -> None:
        self.mark(corners_of(body, self._picture()), body)

    def _picture(self) -> tuple[int, int]:
        """(width, height) px."""
        return self._size if min(self._size) > 0 else USUAL

    def accept(self) -> None:
        """Marks the back as it was guessed.

        :raises InputError: mark_no_guess, and as :meth:`mark`
        """
        if self.guess is None:
            raise InputError("mark_no_guess")
        self.mark(self.guess)

    def begin(self, way: Way) -> None:
        """Starts to mark by touch, or by a guess from the pose."""
        self.clear()
        self.way = way
        self._touching, self._asked_s = Touching(self.turn, self.layout in SLANTING), -1e9

    def rest(self) -> None:
        """A stop for pain: whatever is being touched counts for nothing, and goes on with its place asked for anew."""
        self.say.clear()
        self._touching.lift()
        self._asked_s = -1e9

    def clear(self) -> None:
        """Takes the mark away."""
        self.corners = self.moved = self._marked = self._body = self._follower = self.way = self.guess = None
        self.remembered = self.vain = False
        self._guessing = None  # a guess that is being made is no longer wanted

    def suggest(self, corners: Floats, remembered: bool) -> None:
        """Offers a mark (4, 2) px, perhaps that of an earlier session."""
        self.guess, self.remembered = corners, remembered

    def _touch(self, frame: Frame, found: Sequence[HandObservation]) -> None:
        if self._touching.see(frame.time_s, [hand.landmarks for hand in found]):
            self._asked_s = -1e9
        if self._touching.vain:
            self.refused = "mark_unlike"
            self.begin("touch")
        wanted = self._touching.wanted
        if wanted is None:
            try:
                self._mark_body(np.array(self._touching.points))
                self.say.append("mark_done")
            except InputError as error:
                self.refused = error.key
                self.say.append("mark_again")
                self.begin("touch")
        elif frame.time_s - self._asked_s >= AGAIN_S:
            self._asked_s = frame.time_s
            self.say.append(f"mark_{wanted}")

    def _collect(self, frame: Frame, found: Sequence[HandObservation]) -> None:
        """Gathers pictures for the guess, and takes it once it is made."""
        self._guessing = self._guessing or Guessing()
        if not self._guessing.see(frame, found):
            return
        asked, self.guess = self.way == "pose", self._guessing.corners
        self._guessing, self.way, self._guessed_s = None, None, frame.time_s
        self.vain = self.guess is None
        if self.vain and asked:
            self.refused = "mark_no_guess"

    def _tries_again(self, time_s: float) -> bool:
        """Whether to guess again without being asked: by now she may sit as the outline shows."""
        waits = self.vain and self.way is None and self.guess is None and self.corners is None
        return waits and (self._guessing is not None or time_s - self._guessed_s >= GUESS_AGAIN_S)

    # ------------------------------------------------------------------ what the page is told
    def checks(self) -> tuple[Check, ...]:
        """The lines of the check, made anew with each look."""
        about = (self._looked_s, self.corners is None)
        if self._checked is None or self._checked[0] != about:
            self._checked = about, self._check()
        return self._checked[1]

    def unseen_steps(self) -> tuple[str, ...]:
        """The steps that will likely not be seen from where the camera stands, made anew with each look."""
        self.checks()
        return self._unseen

    def _check(self) -> tuple[Check, ...]:
        seen = self._look
        measured = Measured(
            size=self._picture(),
            corners=self.moved,
            palms_px=tuple(palm for _, palm in self._palms),
            light=None if seen is None else seen.light,
            glare=0.0 if seen is None else seen.glare,
            sharpness=None if seen is None else seen.sharpness,
            fps=self._fps,
            layout=self.layout,
            segments=self._segments,
        )
        self._unseen = unseen_steps(measured, self._blind)
        return check(measured, self._limits)

    def _body_seen(self) -> Floats | None:
        """(4, 2) px where the four places on the body are by the mark, else by the guess.

        They stay while the back hardly moves: what changes is sent to the page with each picture.
        """
        corners = self.guess if self.moved is None else self.moved
        if corners is None:
            return None
        if self._told is None or np.abs(self._told[0] - corners).max() > STIR:
            self._told = corners, body_of(corners, self._picture()) if self._body is None else self._body
        return self._told[1]

    def marking(self, shown: Shown) -> dict[str, Any]:
        """:param shown: how the picture lies in the preview"""
        touch = self.way == "touch"
        points = np.array(self._touching.points).reshape(-1, 2)
        return {
            "way": self.way,
            "point": self._touching.wanted if touch else None,
            "progress": round(self._touching.progress, 2) if touch else 0.0,
            "hand": self._touching.seen if touch else None,
            "points": shown.pixels(points) if touch else [],
            "guess": None if self.guess is None else shown.pixels(self.guess),
            "body": None if (body := self._body_seen()) is None else shown.pixels(body),
            "remembered": self.remembered,
            "marked": self.corners is not None,
            "vain": self.vain,
        }
