"""Films whose writing was broken off at any byte: what is whole plays, and nothing else is left."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from coach.capture.mend import mend
from coach.capture.video import open_video
from coach.capture.writer import VideoWriter
from coach.domain import Image

SIZE = (64, 48)
PICTURES, FPS = 75, 15
FRAGMENT = 30  # pictures at most that are lost


def image(number: int) -> Image:
    """Lighter with every picture; noisy, so that there is something to write."""
    noise = np.random.default_rng(number).integers(-20, 20, (48, 64, 3))
    return np.clip(noise + 40 + 2 * number, 0, 255).astype(np.uint8)


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    target = tmp_path_factory.mktemp("film") / "film.mp4"
    with VideoWriter(target, SIZE) as writer:
        for number in range(PICTURES):
            writer.write(image(number), number / FPS)
    return target.read_bytes()


def left(file: Path, data: bytes) -> Path:
    """A while ago."""
    file.write_bytes(data)
    os.utime(file, (0, 0))
    return file


def played(file: Path) -> list[int]:
    """The pictures' numbers by their times; they must be the right ones."""
    with open_video(file) as video:
        frames = list(video.frames())
        assert not video.truncated
    for frame in frames:
        assert frame.image.mean() == pytest.approx(image(round(frame.time_s * FPS)).mean(), abs=6)
    return [round(frame.time_s * FPS) for frame in frames]


@pytest.mark.parametrize("part", [0.0, 0.01, 0.1, 0.3, 0.45, 0.6, 0.75, 0.9, 0.99, 1.0])
def test_what_is_whole_plays(film: bytes, tmp_path: Path, part: float) -> None:
    file = left(tmp_path / ".coach-0.part", film[: round(part * len(film))])
    plays = mend(file)
    assert plays == (part >= 0.45)
    if plays:
        seen = played(file)
        assert seen == list(range(len(seen)))
        assert len(seen) >= part * PICTURES * 0.9 - FRAGMENT
        assert len(seen) % FRAGMENT == 0 or len(seen) == PICTURES


@pytest.mark.parametrize("data", [b"", b"no film at all, only words", bytes(5000)])
def test_what_is_no_film_does_not_play(tmp_path: Path, data: bytes) -> None:
    assert mend(left(tmp_path / ".coach-0.part", data)) is False


def test_zeros_that_a_power_cut_leaves_cost_only_what_they_stand_for(film: bytes, tmp_path: Path) -> None:
    file = left(tmp_path / ".coach-0.part", film[: len(film) // 2] + bytes(len(film) // 2))
    assert mend(file) is True
    with open_video(file) as video:
        assert sum(1 for _ in video.frames()) >= FRAGMENT


def test_what_is_being_written_is_left_alone(tmp_path: Path) -> None:
    with VideoWriter(tmp_path / "film.mp4", SIZE) as writer:
        for number in range(PICTURES):
            writer.write(image(number), number / FPS)
        (part,) = tmp_path.glob(".coach-*.part")
        before = part.read_bytes()
        assert mend(part) is None
        assert part.read_bytes() == before
    assert played(tmp_path / "film.mp4") == list(range(PICTURES))
