"""Files that were cut off or damaged give the frames they have or an InputError, and nothing else."""

from __future__ import annotations

import tempfile
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from coach.capture.video import open_video
from coach.domain import Frame, InputError

from .clips import make

TIMES = tuple(i / 20 for i in range(60))
FRAGMENTS = {"movflags": "frag_keyframe+empty_moov+default_base_moof"}
KINDS: dict[str, dict[str, str]] = {
    "end.mp4": {},
    "start.mp4": {"movflags": "faststart"},
    "parts.mp4": FRAGMENTS,
    "a.mov": {},
    "a.webm": {},
    "a.avi": {},
    "a.gif": {},
}
CUT_KEYS = {"video_unreadable", "video_cut_off", "video_no_frames", "video_too_short", "video_no_picture"}


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("clips")
    return {
        name: make(folder / name, TIMES, (64, 48), options=options, rough=True).read_bytes()
        for name, options in KINDS.items()
    }


def outcome(path: Path) -> tuple[int, bool] | str:
    """(frames, truncated), or the key of the refusal."""
    try:
        with open_video(path) as video:
            frames = list(video.frames())
    except InputError as error:
        key = error.key
    else:
        check(video.size, frames)
        return len(frames), video.truncated
    assert key in CUT_KEYS
    return key


def check(size: tuple[int, int], frames: list[Frame]) -> None:
    assert [f.index for f in frames] == list(range(len(frames)))
    assert all(a.time_s < b.time_s for a, b in pairwise(frames))
    assert {f.image.shape for f in frames} <= {(size[1], size[0], 3)}


@pytest.mark.parametrize("name", KINDS)
def test_a_file_cut_at_every_kilobyte(tmp_path: Path, clips: dict[str, bytes], name: str) -> None:
    path, data = tmp_path / name, clips[name]
    path.write_bytes(data)
    assert outcome(path) == (60, False)
    got = 0
    for length in range(1, len(data), 1024):
        path.write_bytes(data[:length])
        seen = outcome(path)
        if not isinstance(seen, str):
            assert seen[0] >= got  # a longer piece never gives less
            got = seen[0]
    assert got > 0 or name in {"end.mp4", "a.mov"}  # their table of contents is at the end


def test_a_table_of_contents_that_was_never_written_is_named(tmp_path: Path, clips: dict[str, bytes]) -> None:
    for name in ("end.mp4", "start.mp4", "parts.mp4"):
        path = tmp_path / name
        path.write_bytes(clips[name][:900])
        assert outcome(path) == "video_cut_off"


@pytest.mark.parametrize("name", ["start.mp4", "a.webm", "a.avi", "a.gif", "parts.mp4"])
def test_a_cut_is_noticed(tmp_path: Path, clips: dict[str, bytes], name: str) -> None:
    path = tmp_path / name
    path.write_bytes(clips[name][: len(clips[name]) * 2 // 3])
    seen = outcome(path)
    assert not isinstance(seen, str)
    assert 10 <= seen[0] < 60
    assert seen[1]


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data(), st.sampled_from(sorted(KINDS)))
def test_corrupt_bytes(clips: dict[str, bytes], data: st.DataObject, name: str) -> None:
    content = bytearray(clips[name])
    for start in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=8)):
        noise = data.draw(st.binary(min_size=1, max_size=24))
        content[start : start + len(noise)] = noise
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        outcome(path)


@settings(max_examples=60, deadline=None)
@given(st.binary(min_size=1, max_size=400), st.sampled_from([b"", b"\0\0\0\x18ftypmp42", b"\x1aE\xdf\xa3", b"GIF89a"]))
@example(b"\0" * 8, b"\0\0\0\1ftyp")  # a box of no length, on which a careless walk turns for ever
@example(b"\0\0\0\0", b"\0\0\0\0ftyp")
def test_random_bytes(noise: bytes, start: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "noise.mp4"
        path.write_bytes(start + noise)
        outcome(path)
