"""The sample session from the file to the checklist, on the real tracker."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from coach.protocol.files import load
from tests.bench.accuracy import compare
from tests.capture.clips import make, make_sound
from tests.footage import BACK, SAMPLE, coach, cut, film, read

TRUTH = read(SAMPLE.with_suffix(".truth.json"))
Refused = subprocess.CompletedProcess[str]


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A review by the command line: what it printed, and its report's text."""

    done: subprocess.CompletedProcess[str]
    text: str

    @property
    def report(self) -> dict[str, Any]:
        loaded: dict[str, Any] = json.loads(self.text)
        return loaded


def review(path: Path, report: Path, lang: str, *more: str | Path) -> Reviewed:
    done = coach("review", path, "--back", BACK, "--lang", lang, "--json", report, *more)
    assert done.returncode == 0, done.stderr
    return Reviewed(done, report.read_text("utf-8"))


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> Reviewed:
    """The whole sample, plainly, in Indonesian."""
    return review(SAMPLE, tmp_path_factory.mktemp("review") / "1.json", "id")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With the sample's first sixteen seconds, two circles by the right hand alone."""
    made = tmp_path_factory.mktemp("short")
    cut(SAMPLE, made / "short.mp4", frames=240)
    return made


@pytest.fixture(scope="module")
def english(folder: Path) -> Reviewed:
    """These seconds in English, with an overlay."""
    return review(folder / "short.mp4", folder / "1.json", "en", "--overlay", folder / "overlay.mp4")


def test_finds_the_segments_with_their_repetitions(reviewed: Reviewed) -> None:
    found = reviewed.report["segments"]
    assert [s["id"] for s in found] == [s["id"] for s in TRUTH["segments"]]
    for ours, true in zip(found, TRUTH["segments"], strict=True):
        assert ours["start_s"] == pytest.approx(true["start_s"], abs=0.5)
        assert ours["end_s"] == pytest.approx(true["end_s"], abs=0.9)
        assert ours["count"] == len(ours["repetitions"]) == len(true["repetitions"])
        assert [r["hand"] for r in ours["repetitions"]] == [r["hand"] for r in true["repetitions"]]
        assert 0 < ours["confidence"] <= 1


def test_the_hand_that_was_forgotten_costs_its_item_and_no_other(reviewed: Reviewed) -> None:
    done = {s["id"] for s in TRUTH["segments"]}
    rated = {i["id"]: i["points"] for i in reviewed.report["items"] if i["segment"] in done}
    assert {name for name, points in rated.items() if points != 2} == {"spine_circles.hands"}
    item = next(i for i in reviewed.report["items"] if i["id"] == "spine_circles.hands")
    assert (item["points"], item["reason"]["key"], item["reason"]["values"]["hand"]) == (1, "hands_one_side", "right")
    span = TRUTH["segments"][0]
    assert all(span["start_s"] - 1 < e["start_s"] < e["end_s"] < span["end_s"] + 1 for e in item["evidence"])
    assert item["evidence"]


def test_what_was_left_out_has_no_points(reviewed: Reviewed) -> None:
    done = {s["id"] for s in TRUTH["segments"]} | {None}
    left_out = [i for i in reviewed.report["items"] if i["segment"] not in done]
    assert len({i["segment"] for i in left_out}) == 11
    assert {(i["points"], i["status"], i["reason"]["key"]) for i in left_out} == {(0, "scored", "not_done")}


def test_agrees_with_the_truth_as_the_bench_measures_it(reviewed: Reviewed) -> None:
    measured = compare(reviewed.report, TRUTH)
    assert measured.f1(0.5) == 1.0
    assert (measured.sets_exact, measured.sets) == (2, 2)
    assert measured.kappa() == 1.0
    assert measured.decoy_s < 0.5


def test_the_report_keeps_its_contract(reviewed: Reviewed) -> None:
    report = reviewed.report
    assert report["schema"] == "coach.report/1"
    contract = {
        "video": {"path", "frames", "duration_s"},
        "protocol": {"id", "version", "digest"},
        "back": {"source", "corners_px"},
        "tracking": {"frames", "frames_0_hands", "frames_1_hand", "frames_2_hands", "unseen_s"},
        "score": {"points", "max_points", "percent", "passed", "left_out"},
    }
    for name, keys in contract.items():
        assert keys <= set(report[name])
    for segment in report["segments"]:
        assert {"id", "start_s", "end_s", "confidence", "count", "repetitions", "holds"} <= set(segment)
        assert all({"start_s", "end_s", "hand"} <= set(r) for r in segment["repetitions"])
    statuses = {"scored", "not_visible", "manual", "not_applicable"}
    for item in report["items"]:
        keys = {"id", "segment", "kind", "points", "max_points", "status", "evidence", "reason"}
        assert keys <= set(item)
        assert item["status"] in statuses
        assert set(item["reason"]) == {"key", "values"}
        assert all(set(e) == {"start_s", "end_s"} for e in item["evidence"])


def test_the_report_says_what_was_reviewed(reviewed: Reviewed) -> None:
    report = reviewed.report
    protocol = load("oxytocin")
    assert report["protocol"] == {"id": protocol.id, "version": protocol.version, "digest": protocol.digest}
    assert report["video"]["path"] == str(SAMPLE)
    assert report["video"]["frames"] == report["tracking"]["frames"] == len(TRUTH["frames"])
    assert report["video"]["duration_s"] == pytest.approx(TRUTH["duration_s"], abs=0.2)
    assert report["back"]["source"] == "given"
    np.testing.assert_allclose(report["back"]["corners_px"], TRUTH["back_frame_px"], atol=0.05)
    counted = sum(report["tracking"][key] for key in ("frames_0_hands", "frames_1_hand", "frames_2_hands"))
    assert counted == report["tracking"]["frames"]
    assert report["tracking"]["frames_2_hands"] > 0.97 * counted


def test_the_score_is_the_items_sum(reviewed: Reviewed) -> None:
    items, score = reviewed.report["items"], reviewed.report["score"]
    rated = [i for i in items if i["status"] == "scored"]
    assert score["points"] == sum(i["points"] for i in rated)
    assert score["max_points"] == 2 * len(rated)
    assert score["left_out"] == len(items) - len(rated)
    # The film shows one part alone, and nobody has said that the others are meant: no percentage stands for that.
    assert (score["percent"], score["passed"]) == (None, None)
    assert reviewed.report["verdict"]["state"] == "undecided"
    assert reviewed.report["verdict"]["reason"]["values"]["parts"] == "back"


def test_prints_the_checklist_in_both_languages(reviewed: Reviewed, english: Reviewed) -> None:
    for word in ("DAFTAR TILIK: Pijat oksitosin", "PUNGGUNG", "Perbaiki dulu:", "Hanya tangan kanan"):
        assert word in reviewed.done.stdout
    for word in ("CHECKLIST: Oxytocin massage", "BACK", "Only the right hand worked"):
        assert word in english.done.stdout
    assert len(reviewed.done.stderr.splitlines()) == 1
    assert "Traceback" not in english.done.stderr


def test_two_runs_give_the_same_report(folder: Path, english: Reviewed) -> None:
    """Whatever the language, and whether an overlay is drawn or not."""
    assert review(folder / "short.mp4", folder / "2.json", "id").text == english.text


def test_the_overlay_plays_and_shows_more_than_the_video(folder: Path, english: Reviewed) -> None:
    assert english.report["segments"]
    with av.open(str(folder / "overlay.mp4")) as drawn, av.open(str(folder / "short.mp4")) as bare:
        ours = [frame for number, frame in enumerate(drawn.decode(video=0)) if number % 100 == 0]
        theirs = [frame for number, frame in enumerate(bare.decode(video=0)) if number % 100 == 0]
        assert drawn.streams.video[0].codec_context.name == "h264"
        assert len(ours) == len(theirs)
        for a, b in zip(ours, theirs, strict=True):
            assert float(a.time or 0.0) == pytest.approx(float(b.time or 0.0), abs=0.002)
            off = np.abs(a.to_ndarray(format="rgb24").astype(int) - b.to_ndarray(format="rgb24")).max(axis=2)
            assert 0.002 < (off > 60).mean() < 0.5


# ------------------------------------------------------------------ what cannot be reviewed
def refused(done: Refused) -> str:
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.startswith("coach: ")
    return line


def test_a_video_without_light_is_refused(tmp_path: Path) -> None:
    black = film(tmp_path / "black.mp4", [np.zeros((240, 320, 3), np.uint8)] * 20)
    back = "100,50 220,50 220,180 100,180"
    done = coach("review", black, "--back", back, "--lang", "en", "--json", tmp_path / "r.json")
    assert "is all black" in refused(done)
    assert not (tmp_path / "r.json").exists()


def test_a_sound_and_a_single_picture_are_refused(tmp_path: Path) -> None:
    sound = make_sound(tmp_path / "sound.m4a")
    one = make(tmp_path / "one.mp4", (0.0,), (320, 240))
    for path in (sound, one):
        assert path.name in refused(coach("review", path, "--back", "100,50 220,50 220,180 100,180"))


def test_a_4k_video_is_reviewed_in_its_own_pixels(tmp_path: Path) -> None:
    noise = np.random.default_rng(0).integers(90, 160, (270, 480, 3), np.uint8)
    large = film(tmp_path / "large.mp4", [np.kron(noise, np.ones((8, 8, 1), np.uint8))] * 8)
    back = "1200,400 2600,400 2600,1900 1200,1900"
    done = coach("review", large, "--back", back, "--lang", "en", "--json", tmp_path / "r.json")
    assert done.returncode == 0, done.stderr
    report = read(tmp_path / "r.json")
    assert report["back"]["corners_px"] == [[1200, 400], [2600, 400], [2600, 1900], [1200, 1900]]
    assert (report["segments"], report["tracking"]["frames"]) == ([], 8)


def test_without_a_back_a_clip_that_shows_none_is_refused(tmp_path: Path) -> None:
    line = refused(coach("review", make(tmp_path / "none.mp4"), "--lang", "en", "--overlay", tmp_path / "o.mp4"))
    assert "--back" in line
    assert not (tmp_path / "o.mp4").exists()
