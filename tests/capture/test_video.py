from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
import pytest

from coach.capture import container
from coach.capture.video import VideoFile, open_video
from coach.domain import Frame, Image, InputError
from tests.descriptors import held

from .clips import BLUE, CODECS, GREEN, RED, make, make_sound, picture, restamp


@pytest.fixture(autouse=True)
def _nothing_leaks(tmp_path: Path) -> Iterator[None]:
    before = threading.active_count()
    yield
    assert threading.active_count() == before
    assert not [name for name in held() if name.startswith(str(tmp_path))]


def read(path: Path) -> tuple[VideoFile, list[Frame]]:
    with open_video(path) as video:
        return video, list(video.frames())


def refusal(path: Path | str) -> str:
    with pytest.raises(InputError) as caught:
        open_video(path)
    assert caught.value.values["path"] == str(path)
    return caught.value.key


def colour(image: Image, x: float, y: float) -> tuple[int, ...]:
    height, width, _ = image.shape
    row, column = int(y * height), int(x * width)
    patch = image[max(0, row - 3) : row + 4, max(0, column - 3) : column + 4]  # GIF mixes its colours from dots
    return tuple(int(v) for v in patch.mean((0, 1)))


def near(seen: tuple[int, ...], wanted: tuple[int, ...]) -> bool:
    return max(abs(a - b) for a, b in zip(seen, wanted, strict=True)) < 45


@pytest.mark.parametrize("kind", CODECS)
def test_every_container_gives_its_pictures_in_rgb_with_their_times(tmp_path: Path, kind: str) -> None:
    video, frames = read(make(tmp_path / f"clip.{kind}"))
    assert [f.index for f in frames] == list(range(10))
    assert [f.time_s for f in frames] == pytest.approx([i / 10 for i in range(10)], abs=1e-6)
    assert (video.size, video.picture_size, video.scale) == ((64, 48), (64, 48), 1.0)
    assert video.duration_s == pytest.approx(1.0, abs=0.11)
    assert not video.truncated
    for frame in frames:
        assert frame.image.shape == (48, 64, 3)
        assert frame.image.dtype == np.uint8
        assert frame.image.flags.c_contiguous
        assert near(colour(frame.image, 0.25, 0.25), RED)
        assert near(colour(frame.image, 0.75, 0.25), GREEN)
        assert near(colour(frame.image, 0.25, 0.75), BLUE)
        assert near(colour(frame.image, 0.75, 0.75), colour(picture(frame.index), 0.75, 0.75))


@pytest.mark.parametrize("kind", ["mp4", "mov", "mkv", "webm", "gif"])
def test_a_variable_frame_rate_survives(tmp_path: Path, kind: str) -> None:
    times = [0.0, 0.04, 0.1, 0.13, 0.5, 0.52, 2.0, 2.04]
    _, frames = read(make(tmp_path / f"clip.{kind}", times))
    assert [f.time_s for f in frames] == pytest.approx(times, abs=1e-6)


def test_times_start_at_nothing(tmp_path: Path) -> None:
    _, frames = read(make(tmp_path / "clip.mkv", [3.0, 3.1, 3.3]))
    assert [f.time_s for f in frames] == pytest.approx([0.0, 0.1, 0.3])


def test_joined_clips_go_on_and_doubles_are_dropped(tmp_path: Path) -> None:
    source = make(tmp_path / "source.avi")
    clip = restamp(source, tmp_path / "clip.mkv", [0, 100, 100, 300, 400, *range(900_000, 900_500, 100)])
    _, frames = read(clip)
    assert [f.index for f in frames] == list(range(9))
    assert all(a.time_s < b.time_s for a, b in pairwise(frames))
    assert [f.time_s for f in frames] == pytest.approx(
        [0, 0.1, 0.3, 0.4, 0.4 + 0.4 / 3, *(0.1 * i + 0.4 + 0.4 / 3 for i in range(1, 5))]
    )


@pytest.mark.parametrize("flip", [False, True])
@pytest.mark.parametrize("angle", [0, 90, 180, -90, 87])
def test_the_picture_is_turned_as_the_phone_says(tmp_path: Path, angle: int, flip: bool) -> None:
    video, frames = read(make(tmp_path / "clip.mp4", turn=(angle, flip)))
    wanted = picture(0)
    wanted = np.rot90(wanted, round(angle / 90))  # against the clock, as libav counts
    wanted = wanted[:, ::-1] if flip else wanted
    height, width, _ = wanted.shape
    assert video.size == video.picture_size == (width, height)
    assert frames[0].image.shape == wanted.shape
    assert frames[0].image.flags.c_contiguous
    for x, y in ((0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)):
        assert near(colour(frames[0].image, x, y), colour(wanted, x, y))


@pytest.mark.parametrize("angle", [0, 90, 180, -90])
def test_turns_agree_with_opencv(tmp_path: Path, angle: int) -> None:
    clip = make(tmp_path / "clip.mp4", turn=(angle, False))
    film = cv2.VideoCapture(str(clip))
    film.set(cv2.CAP_PROP_ORIENTATION_AUTO, 1)
    wanted = film.read()[1][:, :, ::-1]
    film.release()
    image = read(clip)[1][0].image
    assert image.shape == wanted.shape
    assert np.abs(image.astype(int) - wanted.astype(int)).mean() < 5


@pytest.mark.parametrize(("size", "small"), [((3840, 2160), (1280, 720)), ((1080, 1920), (720, 1280))])
def test_large_pictures_are_made_smaller(tmp_path: Path, size: tuple[int, int], small: tuple[int, int]) -> None:
    video, frames = read(make(tmp_path / "clip.mp4", [0.0, 0.1, 0.2], size, options={"preset": "ultrafast"}))
    assert (video.size, video.picture_size) == (small, size)
    assert video.scale == pytest.approx(small[0] / size[0])
    assert {f.image.shape for f in frames} == {(small[1], small[0], 3)}
    assert near(colour(frames[2].image, 0.25, 0.75), BLUE)


def test_a_large_turned_picture_is_small_and_upright(tmp_path: Path) -> None:
    video, frames = read(make(tmp_path / "clip.mp4", [0.0, 0.1], (2560, 1440), turn=(90, False)))
    assert (video.size, video.picture_size, video.scale) == ((720, 1280), (1440, 2560), 0.5)
    assert frames[0].image.shape == (1280, 720, 3)


def test_odd_sizes_and_extreme_shapes(tmp_path: Path) -> None:
    assert read(make(tmp_path / "odd.gif", size=(33, 17)))[1][0].image.shape == (17, 33, 3)
    assert read(make(tmp_path / "long.gif", [0.0, 0.1], (4000, 1)))[0].size == (1280, 1)


def test_pictures_that_change_their_size_keep_the_first(tmp_path: Path) -> None:
    clip = tmp_path / "clip.mkv"
    with av.open(str(clip), "w") as writer:
        stream: Any = None
        for number, size in enumerate([(64, 48), (128, 96)]):
            with av.open(str(make(tmp_path / f"{number}.webm", size=size))) as reader:
                film = reader.streams.video[0]
                stream = stream or writer.add_stream_from_template(film)
                for packet in (p for p in reader.demux(film) if p.size):
                    packet.pts = packet.dts = (packet.pts or 0) + 1000 * number
                    packet.stream = stream
                    writer.mux(packet)
    assert len(read(clip)[1]) == 20
    assert {f.image.shape for f in read(clip)[1]} == {(48, 64, 3)}


def test_can_be_read_again_and_left_early(tmp_path: Path) -> None:
    with open_video(make(tmp_path / "clip.mp4", [i / 30 for i in range(60)])) as video:
        first = [next(f for f in video.frames() if f.index == 7).time_s for _ in range(3)]
        both = list(zip(video.frames(), video.frames(), strict=True))
        left = video.frames()
        next(left)
    assert len(set(first)) == 1
    assert len(both) == 60
    assert list(left) == []
    with pytest.raises(ValueError, match="closed"):
        next(video.frames())


def test_an_error_of_the_reader_leaves_nothing_running(tmp_path: Path) -> None:
    def use() -> None:
        with open_video(make(tmp_path / "clip.mp4")) as video:
            for _ in video.frames():
                raise RuntimeError("the detector broke")

    with pytest.raises(RuntimeError, match="the detector broke"):
        use()


def test_a_file_that_was_taken_away_is_refused(tmp_path: Path) -> None:
    clip = make(tmp_path / "clip.mp4")
    with open_video(clip) as video:
        clip.unlink()
        with pytest.raises(InputError, match="video_missing"):
            list(video.frames())


def test_names_are_names_and_never_addresses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("concat:a|b.mp4", "-i.mp4", "pijat %03d é ✓.mp4", "http:x.mp4"):
        clip = make(tmp_path / "clip.mp4").rename(tmp_path / name)
        assert len(read(Path(name))[1]) == 10
        clip.unlink()
    assert refusal("http://localhost:1/x.mp4") == "video_missing"


def test_the_sound_beside_the_pictures_is_no_trouble(tmp_path: Path) -> None:
    video, frames = read(make(tmp_path / "clip.mp4", sound=True))
    assert len(frames) == 10
    assert not video.truncated


def test_refusals_of_what_is_no_video(tmp_path: Path) -> None:
    (tmp_path / "empty.mp4").touch()
    (tmp_path / "text.mp4").write_text("Daftar tilik pijat oksitosin\n" * 200)
    (tmp_path / "zeros.mp4").write_bytes(bytes(5000))
    (tmp_path / "list.m3u8").write_text("#EXTM3U\n#EXTINF:9,\nhttp://localhost:1/a.ts\n#EXT-X-ENDLIST\n")
    (tmp_path / "join.txt").write_text("ffconcat version 1.0\nfile /etc/hostname\n")
    (tmp_path / "loop.mp4").symlink_to("loop.mp4")
    cv2.imwrite(str(tmp_path / "still.png"), picture(0))
    os.mkfifo(tmp_path / "pipe.mp4")
    assert refusal(tmp_path / "none.mp4") == "video_missing"
    assert refusal(tmp_path / "text.mp4" / "x.mp4") == "video_missing"
    assert refusal(tmp_path / "nul\0.mp4") == "video_missing"
    assert refusal(tmp_path) == "video_is_directory"
    assert refusal(tmp_path / "pipe.mp4") == "video_not_a_file"
    assert refusal(tmp_path / "empty.mp4") == "video_empty"
    for name in ("text.mp4", "zeros.mp4", "list.m3u8", "join.txt", "still.png", "loop.mp4", "x" * 300):
        assert refusal(tmp_path / name) == "video_unreadable"


def test_refusals_of_videos_without_pictures(tmp_path: Path) -> None:
    assert refusal(make_sound(tmp_path / "sound.mp4")) == "video_no_picture"
    assert refusal(make_sound(tmp_path / "sound.wav", "pcm_s16le")) == "video_no_picture"
    for kind in CODECS:
        assert refusal(make(tmp_path / f"one.{kind}", [0.0])) == "video_too_short"


def test_a_video_that_takes_no_time_is_too_short(tmp_path: Path) -> None:
    clip = restamp(make(tmp_path / "source.avi"), tmp_path / "clip.mkv", [0] * 10)
    assert refusal(clip) == "video_too_short"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_must_not_be_read_is_refused(tmp_path: Path) -> None:
    clip = make(tmp_path / "clip.mp4")
    clip.chmod(0)
    assert refusal(clip) == "video_forbidden"


def test_a_file_that_must_not_be_read_is_refused_to_root_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    clip = make(tmp_path / "clip.mp4")
    monkeypatch.setattr(container, "open", refuse, raising=False)
    assert refusal(clip) == "video_forbidden"


def test_libav_says_nothing_on_the_terminal(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    clip = make(tmp_path / "clip.mp4", [i / 30 for i in range(60)])
    data = bytearray(clip.read_bytes())
    data[200:1500:7] = bytes(len(data[200:1500:7]))
    clip.write_bytes(data)
    with suppress(InputError):
        read(clip)
    assert capfd.readouterr() == ("", "")


def test_a_mirrored_video_is_mirrored_back(tmp_path: Path) -> None:
    clip = make(tmp_path / "clip.mp4")
    with open_video(clip) as plain, open_video(clip, mirrored=True) as mirrored:
        one, other = next(plain.frames()).image, next(mirrored.frames()).image
    assert not np.array_equal(one, other)
    np.testing.assert_array_equal(one[:, ::-1], other)
