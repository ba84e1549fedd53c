"""Films that play as cameras, and cameras that come and go."""

from __future__ import annotations

import itertools
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from coach.capture import camera
from coach.capture.camera import Camera, Device, Film, Pictures
from coach.capture.look import look
from coach.capture.video import VideoFile
from coach.domain import Frame, Image, InputError
from tests.footage import film

GREY: Image = np.full((48, 64, 3), 90, dtype=np.uint8)
FRAMES, FPS = 12, 15.0


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Each picture is lighter than the one before."""
    images = [np.full((48, 64, 3), 30 + 15 * k, dtype=np.uint8) for k in range(FRAMES)]
    return film(tmp_path_factory.mktemp("film") / "film.mp4", images, FPS)


def waiting(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not true():
        assert time.monotonic() < end
        time.sleep(0.005)


def number(image: Image) -> int:
    return round((float(image.mean()) - 30) / 15)


def test_a_film_plays_at_its_own_pace_and_its_times_are_the_clocks(clip: Path) -> None:
    began = time.monotonic()
    with closing(Film(str(clip)).pictures()) as pictures:
        seen = [(number(image), time_s, time.monotonic()) for image, time_s in itertools.islice(pictures, 10)]
    assert [n for n, _, _ in seen] == list(range(10))
    times = [time_s for _, time_s, _ in seen]
    assert np.diff(times) == pytest.approx(1 / FPS, abs=0.002)
    assert times[0] >= began
    assert all(-0.001 <= now - time_s < 0.5 for _, time_s, now in seen)


# time.monotonic as on Windows up to Python 3.12, with a beginning of its own; then pictures every few milliseconds, and
# what looks at them asks for the time.
SELDOM = """
import time
exact = time.monotonic
time.monotonic = lambda: exact() // 0.0156 * 0.0156 + 1000.0
import numpy as np
from coach.capture.camera import read
from coach.practice.eyes import Eyes

class Steady:
    left = 8
    def read(self):
        time.sleep(0.004)
        self.left -= 1
        return self.left >= 0, np.zeros((48, 64, 3), np.uint8)

eyes = Eyes(None)
print(*(time_s - eyes.start_s for _, time_s in read(Steady())), eyes.now_s())
"""


def test_each_picture_has_its_own_time_where_the_monotonic_clock_ticks_seldom() -> None:
    done = subprocess.run([sys.executable, "-c", SELDOM], capture_output=True, text=True, check=True)
    *times, now = map(float, done.stdout.split())
    assert len(times) == 8
    assert np.diff(times).min() >= 0.004
    assert 0 < times[0] < times[-1] < now < times[-1] + 1  # all of one clock


def test_a_film_goes_on_over_and_over_until_it_is_to_play_once(clip: Path) -> None:
    playing = Film(str(clip), pace=float("inf"))
    pictures = playing.pictures()
    seen = [(number(image), time_s, playing.turn) for image, time_s in itertools.islice(pictures, 2 * FRAMES + 3)]
    assert [n for n, _, _ in seen] == [*range(FRAMES), *range(FRAMES), 0, 1, 2]
    assert (np.diff([time_s for _, time_s, _ in seen]) > 0).all()
    assert [turn for _, _, turn in seen] == [1] * FRAMES + [2] * FRAMES + [3] * 3
    turn = playing.play_once()
    rest = [(number(image), playing.turn) for image, _ in pictures]
    assert rest == [(n, turn) for n in range(FRAMES)]


def test_a_film_told_early_plays_once(clip: Path) -> None:
    playing = Film(str(clip), pace=float("inf"))
    assert playing.play_once() == 1
    assert len(list(playing.pictures())) == FRAMES
    assert len(list(itertools.islice(playing.anew().pictures(), 3 * FRAMES))) == 3 * FRAMES


class Stalls(VideoFile):
    """Behind a server that sends no more after some pictures."""

    after = FRAMES

    def frames(self) -> Iterator[Frame]:
        self.truncated = False
        yield from itertools.islice(super().frames(), self.after)
        self.truncated = self.after < FRAMES


def test_a_film_whose_server_stalls_goes_on_where_it_was(clip: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(camera, "RETRY_S", 0.01)
    seen: list[tuple[int, float]] = []
    told: list[str] = []
    after = iter((5, 9, FRAMES))

    def opened(path: str) -> VideoFile:
        found = Stalls(path)
        found.after = next(after)
        return found

    playing = Film(str(clip), opener=opened)
    playing.play_once()
    before = Camera(playing, lambda image, at_s: seen.append((number(image), at_s)), lambda _, key: told.append(key))
    waiting(lambda: told[-1:] == ["camera_ended"])
    before.close()
    assert [n for n, _ in seen] == list(range(FRAMES))
    assert (np.diff([at_s for _, at_s in seen]) > 0).all()
    assert told == ["", "camera_lost", "", "camera_lost", "", "camera_ended"]


def test_a_film_that_lacks_its_end_is_over_there(clip: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(camera, "RETRY_S", 0.01)
    monkeypatch.setattr(Stalls, "after", 5)
    seen: list[int] = []
    told: list[str] = []
    playing = Film(str(clip), opener=Stalls)
    playing.play_once()
    before = Camera(playing, lambda image, _: seen.append(number(image)), lambda _, key: told.append(key))
    waiting(lambda: told[-1:] == ["camera_ended"])
    before.close()
    assert seen == list(range(5))


@dataclass(slots=True)
class Flaky:
    """A source that fails as often as told, and is pulled out after a few pictures."""

    fails: int
    name: str = "flaky"
    real_time: bool = True
    film: Film | None = None
    opened: int = 0

    def pictures(self) -> Pictures:
        self.opened += 1
        if self.opened <= self.fails:
            raise InputError("camera_none")
        for _ in range(3):
            yield GREY, time.monotonic()


@dataclass(slots=True)
class Told:
    pictures: int = 0
    states: list[tuple[str, str]] = field(default_factory=list)

    def take(self, _image: Image, _time_s: float) -> None:
        self.pictures += 1

    def tell(self, state: str, key: str) -> None:
        self.states.append((state, key))


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(camera, "RETRY_S", 0.01)
    return iter([None])


def until(true: Callable[[], object]) -> None:
    end = time.monotonic() + 5
    while not true():
        assert time.monotonic() < end
        time.sleep(0.005)


@pytest.mark.usefixtures("quick")
def test_a_camera_that_comes_and_goes_is_opened_again_and_again() -> None:
    told, source = Told(), Flaky(fails=2)
    running = Camera(source, told.take, told.tell)
    until(lambda: told.pictures >= 9)
    running.close()
    assert told.states[:2] == [("none", "camera_none")] * 2
    assert told.states[2:6] == [("ok", ""), ("lost", "camera_lost"), ("ok", ""), ("lost", "camera_lost")]
    seen = told.pictures
    time.sleep(0.05)
    assert told.pictures == seen


@pytest.mark.usefixtures("quick")
def test_a_films_end_is_the_end(clip: Path) -> None:
    told, source = Told(), Film(str(clip), pace=float("inf"))
    source.play_once()
    running = Camera(source, told.take, told.tell)
    until(lambda: told.states[-1:] == [("lost", "camera_ended")])
    running.close()
    assert told.pictures == FRAMES


def test_closing_does_not_wait_for_a_driver_that_hangs() -> None:
    release, told = threading.Event(), Told()

    @dataclass(slots=True)
    class Hanging:
        name: str = "hanging"
        real_time: bool = True
        film: Film | None = None

        def pictures(self) -> Pictures:
            release.wait(10)
            yield GREY, 0.0

    running = Camera(Hanging(), told.take, told.tell)
    began = time.monotonic()
    running.close(wait_s=0.1)
    assert time.monotonic() - began < 1
    release.set()
    time.sleep(0.05)
    assert (told.pictures, told.states) == (0, [])


def test_a_device_that_is_not_there_is_told() -> None:
    with pytest.raises(InputError) as refused, closing(Device(97).pictures()) as pictures:
        next(pictures)
    assert refused.value.key == "camera_none"


def test_the_look_tells_dark_from_light_and_blurred_from_sharp() -> None:
    random = np.random.default_rng(1)
    sharp = random.integers(60, 200, (120, 160, 1)).repeat(3, axis=2).astype(np.uint8)
    import cv2  # noqa: PLC0415

    blurred = np.asarray(cv2.GaussianBlur(sharp, (0, 0), 4), dtype=np.uint8)
    assert look(sharp).sharpness > 10 * look(blurred).sharpness
    assert look((sharp // 4).astype(np.uint8)).light < look(sharp).light / 3
    half = sharp.copy()
    half[:, 80:] = 255
    assert look(half).glare == pytest.approx(0.5, abs=0.05)
    back = np.array([[5.0, 5], [70, 5], [70, 115], [5, 115]])
    assert look(half, back).glare < 0.05
    assert look(half, back - 1000).glare > 0.4
