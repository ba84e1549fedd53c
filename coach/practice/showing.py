"""The picture on the page, which goes on evenly while the detector is busy with an earlier one.

A picture that was looked at is shown with what was seen in it. Where looking takes so long that the page would stand
still, newer pictures are shown meanwhile, and flow carries the hands that were seen last into them. A picture is never
shown after a later one.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import TypeAlias

from coach.capture.camera import CLOCK
from coach.detect.flow import OpticalFlow
from coach.domain import Floats, Frame, HandObservation
from coach.pipeline import LiveHand
from coach.practice.eyes import Shot
from coach.practice.preview import Encoded, Preview, encoded, header
from coach.practice.shown import Shown
from coach.web.framing import pack
from coach.web.live import Listener

Hands: TypeAlias = Sequence[LiveHand | HandObservation]

STILL_S = 0.03  # without a new picture: then one is shown that nobody has looked at
SHARE = 0.2  # of the time at most goes into such pictures: the slower the machine is, the fewer there are
OLD_S = 0.6  # after which what was seen last says nothing of where the hands are


@dataclass(frozen=True, slots=True)
class KnownPicture:
    """A picture that was looked at, and what was seen in it."""

    shot: Shot
    frame: Frame  # the same picture, as it was looked at
    hands: Hands
    back: Floats | None  # (4, 2) px
    view: Shown
    mirrored: bool
    fps: float  # pictures a second that are looked at


class Showing:
    """Sends the pictures. The coaching thread and the camera's both call it."""

    def __init__(self) -> None:
        self._preview = Preview()
        self._sending = threading.Lock()
        self._number = 0
        self._shown_s = -1e9  # of the session: the newest picture's on the page
        self._next_s = -1e9  # of the clock: before that, no picture in between
        self._known: KnownPicture | None = None
        self._listener: Listener | None = None
        self._flow, self._index = OpticalFlow(), 0
        self._making: Future[None] | None = None  # the picture in between that is being made
        self.busy = False  # the detector is at work
        self._ahead = False  # the last picture that was shown is one that nobody has looked at

    # ------------------------------------------------------------------ pictures that are looked at
    def begin(self, shot: Shot, turn: int, mirrored: bool) -> Encoded | None:
        """Starts to encode a picture that is about to be looked at; None where it will hardly be the newest then."""
        return None if self._ahead else self._preview.begin(shot, turn, mirrored)

    def show(self, listener: Listener | None, known: KnownPicture, begun: Encoded | None) -> None:
        """Shows a picture that was looked at, unless a later one is on the page already.

        :param begun: it, where it was begun; else where it is to be encoded now
        """
        self._known, self._listener = known, listener
        if self._making is not None and self._making.done():
            self._making.result()  # what went wrong there is told here
        if listener is None or known.frame.time_s <= self._shown_s or not (begun or listener.wants_frame()):
            return
        begun = begun or self._preview.begin(known.shot, known.view.turn, known.mirrored)
        if self._send(listener, *begun.result(), known.frame.time_s, known, known.hands):
            self._ahead = False

    # ------------------------------------------------------------------ those in between
    def came(self, shot: Shot) -> None:
        """A picture has come. Where the detector is at work it is shown, if the page has stood still for long."""
        if self.busy:
            self.between(shot)

    def between(self, shot: Shot) -> None:
        """Shows a picture that will not be looked at, if the page has stood still for long."""
        known, listener = self._known, self._listener
        if known is None or listener is None or not 0.0 < shot.time_s - known.shot.time_s < OLD_S:
            return
        time_s = known.frame.time_s + shot.time_s - known.shot.time_s
        making = self._making is not None and not self._making.done()
        if (
            making
            or CLOCK() < self._next_s
            or shot.turn != known.shot.turn
            or time_s - self._shown_s < STILL_S
            or not listener.wants_frame()
        ):
            return
        self._making = self._preview.do(lambda: self._make(shot, time_s, known, listener))

    def _make(self, shot: Shot, time_s: float, known: KnownPicture, listener: Listener) -> None:
        began_s = CLOCK()
        image = shot.picture()
        if image is None:
            return
        image = image[:, ::-1] if known.mirrored else image
        if image.shape != known.frame.image.shape:
            return
        self._index += 1
        frame = Frame(known.frame.index + self._index, time_s, image)
        hands = [self._carried(hand, known.frame, frame) for hand in known.hands]
        jpeg, size = encoded(shot, known.view.turn, known.mirrored)
        self._ahead = self._send(listener, jpeg, size, time_s, known, hands) or self._ahead
        self._next_s = began_s + (CLOCK() - began_s) / SHARE

    def _carried(self, hand: LiveHand | HandObservation, before: Frame, now: Frame) -> LiveHand | HandObservation:
        """The hand in a later picture; where it was, if it cannot be followed."""
        if isinstance(hand, LiveHand):
            moved = self._flow.move(before, now, hand.pixels)
            return hand if moved is None else replace(hand, pixels=moved)
        moved = self._flow.move(before, now, hand.landmarks)
        return hand if moved is None else replace(hand, landmarks=moved)

    # ------------------------------------------------------------------ both
    def _send(
        self, listener: Listener, jpeg: bytes, size: tuple[int, int], time_s: float, known: KnownPicture, hands: Hands
    ) -> bool:
        with self._sending:
            if time_s <= self._shown_s:
                return False
            self._shown_s, self._number = time_s, self._number + 1
            about = header(self._number, time_s, size, hands, known.back, known.view, known.fps)
            listener.frame(self._number, pack(about, jpeg))
        return True

    def close(self) -> None:
        self._preview.close()
