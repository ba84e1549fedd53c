from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach import patience
from coach.capture import writer as writer_module
from coach.capture.video import open_video
from coach.capture.writer import VideoWriter, check_writable
from coach.domain import Frame, Image, InputError

from .clips import picture

ROOT = Path(__file__).resolve().parents[2]


def write(path: Path, times_s: list[float], size: tuple[int, int] = (64, 48)) -> None:
    with VideoWriter(path, size) as out:
        for number, time_s in enumerate(times_s):
            out.write(picture(number, size), time_s)


def noise(number: int) -> Image:
    return np.random.default_rng(number).integers(0, 256, (48, 64, 3), np.uint8)


def read(path: Path) -> list[Frame]:
    with open_video(path) as video:
        return list(video.frames())


def why(path: Path | str) -> object:
    with pytest.raises(InputError) as checked:
        check_writable(path)
    with pytest.raises(InputError) as opened:
        VideoWriter(path, (8, 8))
    assert checked.value.key == "output_unwritable"
    assert checked.value.values == opened.value.values
    assert checked.value.values["path"] == str(path)
    return checked.value.values["why"]


@pytest.mark.parametrize("size", [(64, 48), (63, 48), (64, 47), (33, 31), (1, 1)])
def test_what_is_written_is_read_again(tmp_path: Path, size: tuple[int, int]) -> None:
    times = [0.0, 0.033, 0.067, 0.5, 0.51, 3.0]
    write(tmp_path / "out.mp4", times, size)
    frames = read(tmp_path / "out.mp4")
    assert [f.time_s for f in frames] == pytest.approx(times, abs=1e-9)
    width, height = size
    for number, frame in enumerate(frames):
        assert frame.image.shape == (height + height % 2, width + width % 2, 3)
        difference = np.abs(frame.image[:height, :width].astype(int) - picture(number, size).astype(int))
        assert min(size) < 2 or difference.mean() < 12
    assert [p.name for p in tmp_path.iterdir()] == ["out.mp4"]


def test_a_file_that_another_program_looks_into_ends_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A virus scanner on Windows: nothing can be renamed or removed for a moment."""

    def first_refused(name: str) -> None:
        done = getattr(Path, name)

        def refused(file: Path, *more: Any, **others: Any) -> Any:
            if (name, file) not in known and file.exists():
                known.add((name, file))
                raise PermissionError(errno.EACCES, "in use")
            return done(file, *more, **others)

        monkeypatch.setattr(Path, name, refused)

    known: set[tuple[str, Path]] = set()
    for name in ("replace", "unlink"):
        first_refused(name)
    monkeypatch.setattr(patience, "REFUSES", True)
    monkeypatch.setattr(patience, "_WAIT_S", 0.0)
    check_writable(tmp_path / "out.mp4")
    write(tmp_path / "out.mp4", [0.0, 0.1])
    with pytest.raises(ZeroDivisionError), VideoWriter(tmp_path / "other.mp4", (64, 48)) as out:
        out.write(picture(0, (64, 48)), 1 / 0)
    assert [file.name for file in tmp_path.iterdir()] == ["out.mp4"]
    assert len(known) == 3


def test_the_file_is_what_browsers_play(tmp_path: Path) -> None:
    write(tmp_path / "out.mp4", [i / 30 for i in range(75)])
    with av.open(str(tmp_path / "out.mp4")) as container:
        stream = container.streams.video[0]
        assert (stream.codec_context.name, stream.codec_context.pix_fmt) == ("h264", "yuv420p")
        keys = [i for i, packet in enumerate(p for p in container.demux(stream) if p.size) if packet.is_keyframe]
    assert keys == [0, 30, 60]
    assert (tmp_path / "out.mp4").read_bytes().count(b"moof") >= 3
    assert (tmp_path / "out.mp4").stat().st_mode & 0o777 == 0o666 & ~_umask()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_a_piece_of_the_file_still_plays(tmp_path: Path) -> None:
    with VideoWriter(tmp_path / "out.mp4", (64, 48)) as out:
        for number in range(120):
            out.write(noise(number), number / 30)
    data = (tmp_path / "out.mp4").read_bytes()
    (tmp_path / "cut.mp4").write_bytes(data[: len(data) * 6 // 10])
    assert 30 <= len(read(tmp_path / "cut.mp4")) < 120


@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(0, 100), min_size=2, max_size=12))
def test_whatever_the_times_they_grow_by_a_millisecond_at_least(
    tmp_path_factory: pytest.TempPathFactory, times: list[float]
) -> None:
    path = tmp_path_factory.mktemp("out") / "out.mp4"
    write(path, times)
    got = np.array([f.time_s for f in read(path)])
    assert len(got) == len(times)
    assert (np.diff(got) > 0.0009).all()


def test_an_error_in_the_block_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "out.mp4").write_text("the one before")

    def use() -> None:
        with VideoWriter(tmp_path / "out.mp4", (64, 48)) as out:
            out.write(picture(0), 0.0)
            raise RuntimeError("the detector broke")

    with pytest.raises(RuntimeError, match="the detector broke"):
        use()
    assert [p.name for p in tmp_path.iterdir()] == ["out.mp4"]
    assert (tmp_path / "out.mp4").read_text() == "the one before"


def test_no_frames_leave_nothing(tmp_path: Path) -> None:
    write(tmp_path / "out.mp4", [])
    assert list(tmp_path.iterdir()) == []


def test_a_file_or_what_a_link_leads_to_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "real.mp4").write_text("the one before")
    (tmp_path / "link.mp4").symlink_to("real.mp4")
    write(tmp_path / "link.mp4", [0.0, 0.1])
    assert (tmp_path / "link.mp4").is_symlink()
    assert len(read(tmp_path / "real.mp4")) == 2


def test_check_writable_leaves_nothing(tmp_path: Path) -> None:
    check_writable(tmp_path / "out.mp4")
    check_writable(str(tmp_path / ("x" * 240 + ".mp4")))
    assert list(tmp_path.iterdir()) == []


KILLED = """
import sys, time
from coach.capture.writer import VideoWriter
from tests.capture.clips import picture
with VideoWriter(sys.argv[1], (64, 48)) as out:
    for number in range(64):
        out.write(picture(number), number / 30)
    print("written", flush=True)
    time.sleep(60)
"""


def leave_part(target: Path) -> Path:
    """What a program leaves that is killed while it writes; others' parts are there before."""
    before = parts(target.parent)
    command = [sys.executable, "-c", KILLED, str(target)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as program:
        try:
            assert program.stdout is not None
            assert program.stdout.readline() == "written\n"
            check_writable(target)  # it is written still
            (part,) = parts(target.parent) - before
        finally:
            program.kill()
    assert part.stat().st_size > 0
    return part


def parts(folder: Path) -> set[Path]:
    return set(folder.glob(".coach-*.part"))


def test_what_a_killed_program_left_of_the_same_file_is_removed_before_the_next_run(tmp_path: Path) -> None:
    same, other = leave_part(tmp_path / "out.mp4"), leave_part(tmp_path / "other.mp4")
    (tmp_path / "link.mp4").symlink_to("out.mp4")
    with VideoWriter(tmp_path / "out.mp4", (64, 48)) as out:
        (mine,) = parts(tmp_path) - {same, other}
        for number in range(2):
            out.write(picture(number), number / 30)
        check_writable(tmp_path / "link.mp4")
        assert parts(tmp_path) == {mine, other}
    assert parts(tmp_path) == {other}
    assert len(read(tmp_path / "out.mp4")) == 2


def test_a_part_that_was_begun_just_now_is_left_to_whoever_began_it(tmp_path: Path) -> None:
    part = leave_part(tmp_path / "out.mp4")
    part.write_bytes(b"")
    check_writable(tmp_path / "out.mp4")
    assert parts(tmp_path) == {part}
    long_ago_s = time.time() - 3600.0
    os.utime(part, (long_ago_s, long_ago_s))
    check_writable(tmp_path / "out.mp4")
    assert parts(tmp_path) == set()


def test_refusals(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "loop").symlink_to("loop")
    os.mkfifo(tmp_path / "pipe")
    assert why(tmp_path / "none" / "out.mp4") == "no_folder"
    assert why(tmp_path / "file" / "out.mp4") == "no_folder"
    assert why(tmp_path) == "is_directory"
    assert why(tmp_path / "pipe") == "not_a_file"
    assert why("/dev/null") == "not_a_file"
    assert why(tmp_path / ("x" * 300)) == "name_too_long"
    assert why(tmp_path / "nul\0") == "other"
    assert why(tmp_path / "loop") == "other"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["file", "loop", "pipe"]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_refusals_by_permission(tmp_path: Path) -> None:
    (tmp_path / "shut").mkdir(mode=0o555)
    (tmp_path / "kept.mp4").touch(mode=0o444)
    assert why(tmp_path / "shut" / "out.mp4") == "no_permission"
    assert why(tmp_path / "kept.mp4") == "no_permission"


class _SmallDisk:
    """A file on a disk that is full after so many bytes."""

    def __init__(self, file: Any, room: int) -> None:
        self._file, self._room = file, room

    def write(self, data: bytes) -> int:
        self._room -= len(data)
        if self._room < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        return int(self._file.write(data))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


@pytest.mark.parametrize("room", [0, 500, 20_000, 60_000])
def test_a_disk_that_fills_up_is_said_and_nothing_remains(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    whole = writer_module._open_part

    def small(path: str | Path) -> tuple[Path, Any]:
        part, file = whole(path)
        return part, _SmallDisk(file, room)

    monkeypatch.setattr(writer_module, "_open_part", small)

    def use() -> None:
        with VideoWriter(tmp_path / "out.mp4", (64, 48)) as out:
            for number in range(40):
                out.write(noise(number), number / 30)

    with pytest.raises(InputError) as caught:
        use()
    assert caught.value.values["why"] == "disk_full"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("image", [picture(0)[:, :-1], picture(0).astype(np.float32), picture(0)[:, :, 0]])
def test_a_picture_of_another_shape_or_kind_is_a_mistake(tmp_path: Path, image: Any) -> None:
    with (
        pytest.raises(ValueError, match=r"expected a picture \(48, 64, 3\) uint8, got"),
        VideoWriter(tmp_path / "out.mp4", (64, 48)) as out,
    ):
        out.write(image, 0.0)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("time_s", [float("nan"), float("inf"), -0.1])
def test_a_time_that_is_none_is_a_mistake(tmp_path: Path, time_s: float) -> None:
    with pytest.raises(ValueError, match="expected a time"), VideoWriter(tmp_path / "out.mp4", (64, 48)) as out:
        out.write(picture(0), time_s)


def test_a_size_of_nothing_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="size"):
        VideoWriter(tmp_path / "out.mp4", (0, 48))
    assert list(tmp_path.iterdir()) == []
