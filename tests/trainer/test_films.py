"""Stepping through a kept film: its true times, and the very picture that a player shows."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from coach.capture import shown
from coach.capture.jpeg import decode
from coach.capture.video import open_video
from coach.capture.writer import VideoWriter
from tests.capture.clips import make, picture
from tests.trainer.made import Side, keep, stamps

SEED = np.random.default_rng(5)
JITTERED = tuple(np.round(np.cumsum(SEED.uniform(0.012, 0.09, 120)) - 0.012, 3))


def grey(image: np.ndarray) -> int:
    """The number that a tiny clip's picture shows, modulo ten."""
    height, width = image.shape[:2]
    corner = image[height * 5 // 8 : height * 7 // 8, width * 5 // 8 : width * 7 // 8]
    return round((float(corner.mean()) - 30) / 20) % 10


@pytest.fixture
def jittered(tmp_path: Path) -> Path:
    with VideoWriter(tmp_path / "film.mp4", (64, 48)) as sink:
        for k, time_s in enumerate(JITTERED):
            sink.write(picture(k), float(time_s))
    return tmp_path / "film.mp4"


def test_the_table_of_frames_is_that_of_the_decoder(jittered: Path) -> None:
    assert shown.times(jittered) == pytest.approx(np.array(stamps(jittered)) - stamps(jittered)[0], abs=1e-9)
    assert shown.times(jittered) == pytest.approx(np.array(JITTERED) - JITTERED[0], abs=1e-9)


@pytest.mark.parametrize("name", ["b.mp4", "b.mov", "b.mkv", "b.webm", "b.avi"])
def test_other_containers_have_their_own_times_too(tmp_path: Path, name: str) -> None:
    file = make(tmp_path / name, [k / 10 for k in range(12)])
    assert shown.times(file) == pytest.approx(np.array(stamps(file)) - stamps(file)[0], abs=1e-3)


def test_a_hundred_seeks_of_a_hundred_show_the_right_picture(jittered: Path) -> None:
    times = shown.times(jittered)
    for k in SEED.permutation(len(times) - 1)[:100]:
        between = (times[k] + times[k + 1]) / 2
        image, at_s = shown.picture_at(jittered, between)
        assert at_s == pytest.approx(times[k], abs=1e-6)
        assert grey(image) == k % 10
    assert shown.picture_at(jittered, times[7])[1] == pytest.approx(times[7])
    assert shown.picture_at(jittered, 1e6)[1] == pytest.approx(times[-1])
    assert shown.picture_at(jittered, 0.0)[1] == 0.0


def test_the_page_is_given_times_pictures_and_parts_of_the_file(office: Side, jittered: Path) -> None:
    made = keep(office.store, video=jittered)
    times = office.get(f"/api/sessions/{made}/frames")["time_s"]
    assert times == pytest.approx(np.array(stamps(jittered)), abs=1e-6)
    answer = office.client.get(f"/api/sessions/{made}/frame", params={"at_s": sum(times[3:5]) / 2})
    image = decode(answer.content)
    assert image is not None
    assert grey(image) == 3
    part = office.client.get(f"/api/sessions/{made}/video", headers={"range": "bytes=10-19"})
    assert (part.status_code, part.content) == (206, jittered.read_bytes()[10:20])
    assert part.headers["content-type"] == "video/mp4"
    told = office.delete(f"/api/sessions/{made}/video")
    assert told["video"] is None
    assert office.get(f"/api/sessions/{made}/frames", 404)["key"] == "film_missing"


def test_withdrawn_consent_takes_the_pictures_away_and_stays_provable(office: Side, jittered: Path) -> None:
    made = keep(office.store, video=jittered)
    folder = office.store.files.of(made)
    told = office.post(f"/api/sessions/{made}/consent", {"checks": ["agreed"], "withdrawn": True, "by": "T01"})
    assert told["video"] is None
    assert [(c["video"], c["withdrawn"]) for c in told["consents"]] == [(True, False), (False, True)]
    assert not list(folder.glob("*.mp4"))
    office.post(f"/api/sessions/{made}/consent", {"checks": "agreed"}, 400)
    office.post(f"/api/sessions/{made}/consent", {"video": "yes"}, 400)


def test_a_turned_phone_film_is_shown_upright(tmp_path: Path) -> None:
    file = make(tmp_path / "turned.mp4", turn=(90.0, False))
    image, _ = shown.picture_at(file, 0.35)
    with open_video(file) as video:
        upright = next(frame.image for frame in video.frames() if frame.index == 3)
    assert image.shape == upright.shape
    np.testing.assert_array_equal(image, upright)
    assert all(b > a for a, b in pairwise(shown.times(file)))
