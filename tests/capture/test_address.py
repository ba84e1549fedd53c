"""What stands behind an address: films that lie on a server play as films, and live streams are read as they come."""

from __future__ import annotations

import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from coach.capture import camera
from coach.capture.address import Address, without_credentials
from coach.capture.camera import Camera
from coach.capture.container import can_hold_films
from coach.capture.writer import VideoWriter
from coach.domain import Image, InputError
from tests.fakes.net_camera import server
from tests.footage import film

FRAMES, FPS = 12, 25.0
IMAGES = [np.full((48, 64, 3), 30 + 15 * k, dtype=np.uint8) for k in range(FRAMES)]


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """``film.mp4`` with its table of contents at the end, as phones write it; ``fragments.mp4`` without, as coach does.

    Each picture is lighter than the one before.
    """
    folder = tmp_path_factory.mktemp("films")
    film(folder / "film.mp4", IMAGES, FPS)
    with VideoWriter(folder / "fragments.mp4", (64, 48)) as writer:
        for number, image in enumerate(IMAGES):
            writer.write(image, number / FPS)
    return folder


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(camera, "RETRY_S", 0.01)


@dataclass(slots=True)
class Told:
    seen: list[tuple[int, float, float]] = field(default_factory=list)  # number, its time, when it came
    states: list[tuple[str, str]] = field(default_factory=list)

    def take(self, image: Image, time_s: float) -> None:
        self.seen.append((round((float(image.mean()) - 30) / 15), time_s, time.monotonic()))

    def tell(self, state: str, key: str) -> None:
        self.states.append((state, key))

    def until(self, count: int, states: int = 0) -> None:
        end = time.monotonic() + 10
        while len(self.seen) < count or len(self.states) < states:
            assert time.monotonic() < end, (self.states, len(self.seen))
            time.sleep(0.005)


def opened(address: str) -> tuple[Address, Told, Camera]:
    source, told = Address(address), Told()
    return source, told, Camera(source, told.take, told.tell)


@pytest.mark.parametrize(("name", "ranges"), [("film.mp4", True), ("fragments.mp4", True), ("fragments.mp4", False)])
def test_a_film_on_a_server_plays_at_its_own_pace_and_ends_as_a_film_does(films: Path, name: str, ranges: bool) -> None:
    with server(films, ranges) as running:
        source, told, playing = opened(running.address(name))
        told.until(FRAMES + 3)  # over and over
        assert source.film is not None
        turn = source.film.play_once()
        told.until(0, states=2)
        playing.close()
    assert told.states == [("ok", ""), ("lost", "camera_ended")]
    assert [number for number, _, _ in told.seen[: FRAMES + 3]] == [*range(FRAMES), 0, 1, 2]
    assert [number for number, _, _ in told.seen[-FRAMES:]] == list(range(FRAMES))
    assert source.film.turn == turn
    times, came = (np.array([seen[k] for seen in told.seen[:FRAMES]]) for k in (1, 2))
    assert np.diff(times) == pytest.approx(1 / FPS, abs=0.002)
    assert came[-1] - came[0] > 0.8 * (FRAMES - 1) / FPS


def test_a_film_behind_a_files_address_is_one_too(films: Path) -> None:
    source = Address(f"file://{films / 'film.mp4'}")
    with closing(source.pictures()) as pictures:
        next(pictures)
    assert source.film is not None
    assert source.film.name == source.name


def test_a_film_that_the_server_gives_only_as_a_whole_is_told(tmp_path: Path) -> None:
    """Its table of contents is at its end, and more before it than libav keeps in mind."""
    random = np.random.default_rng(1)
    film(tmp_path / "large.mp4", [random.integers(0, 255, (120, 160, 3)).astype(np.uint8) for _ in range(FRAMES)])
    with server(tmp_path, ranges=False) as running:
        _, told, playing = opened(running.address("large.mp4"))
        told.until(0, states=2)
        playing.close()
    assert told.states[:2] == [("none", "camera_film_unplayable")] * 2
    assert told.seen == []


def test_a_camera_is_read_as_it_comes_and_again_when_it_was_lost(films: Path) -> None:
    with server(films, images=IMAGES * 2, every_s=0.01) as running:
        source, told, reading = opened(running.address("camera"))
        told.until(0, states=4)
        reading.close()
        opened_again = running.asked.count("/camera")
    assert told.states[:4] == [("ok", ""), ("lost", "camera_lost")] * 2
    assert source.film is None
    assert len(told.seen) >= 4 * FRAMES - 4
    assert all(0 <= now - time_s < 0.5 for _, time_s, now in told.seen)
    assert opened_again <= told.states.count(("ok", "")) + 1  # never twice at a time: it may serve one reader alone


def test_a_film_that_is_sent_without_a_length_is_a_live_one(films: Path) -> None:
    """libav tells a length of it all the same: that of what has come so far."""
    with server(films) as running:
        source, told, reading = opened(running.address("live/fragments.mp4"))
        told.until(FRAMES, states=2)
        reading.close()
    assert source.film is None
    assert told.states[:2] == [("ok", ""), ("lost", "camera_lost")]


def test_a_server_that_does_not_answer_is_told(films: Path) -> None:
    with server(films) as running:
        address = running.address("nothing.mp4")
    for gone in (address, "file:///nothing.mp4", "rtsp://127.0.0.1:9/"):
        with pytest.raises(InputError) as refused, closing(Address(gone).pictures()) as pictures:
            next(pictures)
        assert refused.value.key == "camera_no_stream"


def test_protocols_of_live_streams_hold_no_films() -> None:
    assert [can_hold_films(f"{name}://camera/1") for name in ("rtsp", "rtmp", "udp", "HTTP", "https")] == [
        *(False, False, False),
        *(True, True),
    ]


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("rtsp://10.0.0.2:554/1", "rtsp://10.0.0.2:554/1"),
        ("http://camera/video?channel=1&size=2", "http://camera/video?channel=1&size=2"),
        ("rtsp://admin:s3cret@10.0.0.2:554/1", "rtsp://10.0.0.2:554/1"),
        ("rtsp://s3cret@10.0.0.2/1", "rtsp://10.0.0.2/1"),
        ("rtsp://admin:s3c@ret@10.0.0.2/1", "rtsp://10.0.0.2/1"),
        ("rtsp://admin:s3/c?r#et@10.0.0.2/1", "rtsp://10.0.0.2/1"),
        ("http://camera/video?user=s3cret&Password=s3cret&channel=1", "http://camera/video?user=&Password=&channel=1"),
        ("http://camera/video?loginuse=s3cret&loginpas=s3cret", "http://camera/video?loginuse=&loginpas="),
        ("rtsp://camera/user=s3cret&password=s3cret&channel=1.sdp", "rtsp://camera/user=&password=&channel=1.sdp"),
        ("https://camera/live.m3u8?access_token=s3/cr/et", "https://camera/live.m3u8?access_token="),
    ],
)
def test_an_address_is_named_without_what_opens_the_door(address: str, shown: str) -> None:
    assert without_credentials(address) == shown
    assert Address(address).name == f"stream {shown}"
