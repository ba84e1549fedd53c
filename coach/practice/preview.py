"""The picture and what was seen in it, as the page gets them. Encoded beside the detector, which leaves a core free."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeAlias

from coach.capture.jpeg import encode, jpeg_size
from coach.domain import Floats, HandObservation
from coach.pipeline import LiveHand
from coach.practice.eyes import Shot
from coach.practice.shown import WIDTH, Shown, upright

Encoded: TypeAlias = Future[tuple[bytes, tuple[int, int]]]
RATE_OVER_S = 2.0
LOW_S = 5.0  # so long too few pictures a second are a hiccup


class Preview:
    """Makes the messages."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1, "coach-preview")

    def begin(self, shot: Shot, turn: int = 0, mirrored: bool = False) -> Encoded:
        """Starts to encode a picture.

        :param turn: quarter turns to the left by which it is shown
        :param mirrored: it is mirrored back first
        """
        return self._pool.submit(encoded, shot, turn, mirrored)

    def do(self, make: Callable[[], None]) -> Future[None]:
        """Makes something in the same thread, after what was begun before."""
        return self._pool.submit(make)

    def close(self) -> None:
        self._pool.shutdown(cancel_futures=True)


def encoded(shot: Shot, turn: int, mirrored: bool) -> tuple[bytes, tuple[int, int]]:
    """(JPEG, its (width, height) px) of a picture; see :meth:`Preview.begin`."""
    if shot.jpeg is not None and not turn and not mirrored:
        size = jpeg_size(shot.jpeg)
        if size is not None and size[0] <= WIDTH:  # the page has made it small enough itself
            return shot.jpeg, size
    picture = shot.picture()
    return (b"", (0, 0)) if picture is None else encode(upright(picture[:, ::-1] if mirrored else picture, turn), WIDTH)


def header(
    number: int,
    time_s: float,
    size: tuple[int, int],
    hands: Sequence[LiveHand | HandObservation],
    back: Floats | None,
    shown: Shown,
    fps: float,
) -> dict[str, Any]:
    """What was seen, in px of the preview.

    :param size: (width, height) px of the preview
    :param back: (4, 2) px of the picture
    """
    return {
        "t": "frame",
        "n": number,
        "time_s": round(time_s, 3),
        "w": size[0],
        "h": size[1],
        "hands": [_hand(hand, shown) for hand in hands],
        "back": None if back is None else shown.pixels(back),
        "fps": round(fps, 1),
    }


def _hand(hand: LiveHand | HandObservation, shown: Shown) -> dict[str, Any]:
    if isinstance(hand, LiveHand):
        return {"hand": hand.hand, "px": shown.pixels(hand.pixels), "bridged": bool(hand.bridged)}
    return {"hand": None, "px": shown.pixels(hand.landmarks), "bridged": False}


class Rate:
    """Pictures a second, over the last two."""

    def __init__(self, least: float = 0.0) -> None:
        """:param least: pictures a second, of which fewer are too few"""
        self._times: deque[float] = deque()
        self._least = least
        self._enough_s: float | None = None  # when there were enough last
        self._few_s: float | None = None  # when there were too few last
        self._told: int | None = None

    def tick(self, time_s: float) -> None:
        self._times.append(time_s)
        while time_s - self._times[0] > RATE_OVER_S:
            self._times.popleft()
        if self._enough_s is None or not self.known or self.fps >= self._least:
            self._enough_s = time_s
        else:
            self._few_s = time_s
        if self._told is None and time_s - self._enough_s >= LOW_S:
            self._told = round(self.fps)
        elif self._told is not None and self._few_s is not None and time_s - self._few_s >= LOW_S:
            self._told = None

    @property
    def slow(self) -> int | None:
        """Pictures a second where they have been too few for a while, as they were then; else None.

        It is told once: that stays until there have been enough for as long.
        """
        return self._told

    @property
    def fps(self) -> float:
        span = self._times[-1] - self._times[0] if len(self._times) > 1 else 0.0
        return (len(self._times) - 1) / span if span > 0 else 0.0

    @property
    def known(self) -> bool:
        """Whether enough pictures were counted."""
        return len(self._times) > 1 and self._times[-1] - self._times[0] > 0.6 * RATE_OVER_S
