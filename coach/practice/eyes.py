"""Where the pictures come from at the moment, on one time base that only grows, and what has become of the camera."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from coach.capture.camera import CLOCK, Camera, Film, Source, State
from coach.capture.jpeg import decode
from coach.domain import Image
from coach.practice.slot import Slot

SILENT_S = 2.0  # without a picture a camera counts as lost, whatever its driver says
FIRST_S = 8.0  # so long it may take to open
# The same picture again and again: a camera that hangs. A sensor has grain: no two of its pictures are the same.
FROZEN_S = 4.0
FROZEN_PAGE_S = 15.0  # the same of the page's camera: its browser sends new pictures, of whatever it takes for a camera
LEAST_STEP_S = 0.001
FAR_S = 2.0  # by which a page's clock may be off before it is set anew
BROWSER = "browser"


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture, decoded or as the page sent it."""

    image: Image | None
    jpeg: bytes | None
    time_s: float  # of the cameras' clock
    turn: int = 0  # how often a film had been started anew

    def picture(self) -> Image | None:
        """The picture, (height, width, 3) RGB; None where the page sent none."""
        return decode(self.jpeg) if self.image is None and self.jpeg is not None else self.image

    def repeats(self, before: Shot) -> bool:
        """Whether it is the same picture to the last pixel."""
        if self.image is None or before.image is None:
            return self.image is before.image and self.jpeg == before.jpeg
        return np.array_equal(self.image[::16, ::16], before.image[::16, ::16]) and np.array_equal(
            self.image, before.image
        )

    def plain(self) -> bool:
        """Whether all of it is of one colour: a lid before the lens, of which a camera may keep no grain."""
        image = self.picture()
        return image is None or bool((image == image[0, 0]).all())


class Eyes:
    """One source of pictures at a time."""

    def __init__(
        self,
        source: Source | None,
        clock: Callable[[], float] = CLOCK,
        came: Callable[[Shot], None] = lambda _shot: None,
    ) -> None:
        """:param came: told of each picture of a camera as it comes, in the thread in which it comes"""
        self._clock, self._came = clock, came
        self._slot: Slot[Shot] = Slot()
        self._camera: Camera | None = None
        self.source = source
        self.state: State = "none"
        self.key = "camera_none"
        self._since_s = self.start_s = clock()  # start_s: of the cameras' clock, when the session time began
        self.last_s = 0.0  # of the last picture, in the session's time base
        self._page_offset_s: float | None = None
        self._browser = False
        self._serial: object | None = None
        self._turn = 0
        self._new: tuple[Shot, float] | None = None  # the last picture unlike the one before, and when it came
        if source is not None:
            self.use(source)

    # ------------------------------------------------------------------ choosing
    def use(self, source: Source | None) -> None:
        """Looks through this source from now on; None where there is no camera."""
        self.close()
        self._browser, self.source, self._turn = False, source, 0
        if source is None:
            self._tell("none", "camera_none")
            return
        self._tell("opening", "camera_opening")
        wait = source.film is not None and source.film.pace == float("inf")
        serial = object()
        self._serial = serial

        def take(image: Image, time_s: float) -> None:
            if self._serial is serial:
                turn = source.film.turn if source.film is not None else 0
                shot = Shot(image, None, time_s, turn)
                if not wait:
                    self._came(shot)
                self._slot.put(shot, wait)

        def tell(state: State, key: str) -> None:
            if self._serial is serial:
                self._tell(state, key)

        self._camera = Camera(source, take, tell)

    def use_browser(self) -> None:
        """Looks through the page's own camera, which may be about to send anew."""
        self.close()
        self._browser, self._page_offset_s = True, None
        self._tell("opening", "camera_opening")

    @property
    def browser(self) -> bool:
        """Whether the pictures are those of the page's own camera."""
        return self._browser

    @property
    def name(self) -> str:
        """Of the set-up, for what is remembered of it."""
        return BROWSER if self._browser or self.source is None else self.source.name

    @property
    def film(self) -> Film | None:
        """The film that plays, where the source is one."""
        return None if self.source is None or self._browser else self.source.film

    @property
    def waits(self) -> bool:
        """Whether the pictures wait until they are looked at, as those of a film without a clock do."""
        return self.film is not None and self.film.pace == float("inf")

    # ------------------------------------------------------------------ pictures
    def picture(self, time_s: float, jpeg: bytes) -> None:
        """Takes a picture of the page's own camera, by the page's clock."""
        if not self._browser:
            return
        now = self._clock()
        if self._page_offset_s is None or abs(time_s + self._page_offset_s - now) > FAR_S:
            self._page_offset_s = now - time_s
        if self.state != "ok" and self.key != "camera_silent":  # there only a new picture tells: it may hang
            self._tell("ok", "")
        shot = Shot(None, jpeg, min(now, time_s + self._page_offset_s))
        self._came(shot)
        self._slot.put(shot)

    def from_the_start(self) -> bool:
        """Lets a film begin anew, to play once; the next picture is its first. False where there is no film."""
        if self.film is None:
            return False
        if self.key == "camera_ended":
            self.use(self.film.anew())
        self._turn = self.film.play_once()
        return True

    def look(self, timeout_s: float) -> Shot | None:
        """The newest picture; None where none came in time or :meth:`wake` was called."""
        shot = self._slot.take(timeout_s)
        now = self._clock()
        if shot is not None and not self.current(shot):
            return None
        if shot is not None and self._hangs(shot, now):
            shot = None
        if shot is not None:
            self._since_s = now
            if self.state == "lost" and self.key == "camera_silent":
                self._tell("ok", "")
        elif self.state == "ok" and now - self._since_s > SILENT_S and self.film is None:
            self._tell("lost", "camera_silent")
        elif self.state == "opening" and self._browser and now - self._since_s > FIRST_S:
            self._tell("none", "camera_browser_silent")
        return shot

    def _hangs(self, shot: Shot, now_s: float) -> bool:
        """Whether the camera gives the same picture for so long that it shows nothing of what is done."""
        if self.film is not None:
            return False
        if self._new is None or not shot.repeats(self._new[0]):
            self._new = shot, now_s
            return False
        long_s = FROZEN_PAGE_S if self._browser else FROZEN_S
        return now_s - self._new[1] > long_s and not shot.plain()

    def current(self, shot: Shot) -> bool:
        """False for a picture that a film gave before :meth:`from_the_start` was called."""
        return self.film is None or shot.turn >= self._turn

    @property
    def ended(self) -> bool:
        """Whether a film is over and its last picture was fetched too."""
        return self.key == "camera_ended" and self._slot.empty

    def wake(self) -> None:
        self._slot.wake()

    def session_s(self, shot: Shot) -> float:
        """The picture's time in s since the program began; grows with each picture, whatever source it comes from."""
        self.last_s = max(shot.time_s - self.start_s, self.last_s + LEAST_STEP_S)
        return self.last_s

    def now_s(self) -> float:
        """The time now, in the same count: that of the last picture and what has passed since it came."""
        film = self.film
        if film is not None and not film.real_time:
            return self.last_s
        return max(self.last_s, self._clock() - self.start_s)

    # ------------------------------------------------------------------ what the page is told
    def shown(self) -> dict[str, Any]:
        return {"state": self.state, "key": self.key or None, "browser": self._browser, "name": self.name}

    def _tell(self, state: State, key: str) -> None:
        self.state, self.key, self._since_s = state, key, self._clock()
        self._slot.wake()

    def close(self) -> None:
        """Gives the camera back."""
        self._serial = self._new = None
        if self._camera is not None:
            self._slot.close()
            self._camera.close()
            self._camera, self._slot = None, Slot()
