"""The JSON report is the contract, to the letter, and a file of it is whole or absent."""

from __future__ import annotations

import dataclasses
import json
import math
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from coach.domain import BackInfo, BackMark, InputError, Reason, Session, Total
from coach.protocol.files import load
from coach.reports import session as read_back
from coach.summary.report import report, write_json
from tests.summary.example import session


@pytest.fixture
def example() -> Session:
    return session(load("oxytocin"))


def strict(text: str) -> Any:
    def refuse(word: str) -> Any:
        raise AssertionError(word)

    return json.loads(text, parse_constant=refuse)


def test_has_the_fields_of_the_contract_and_the_schema_first(example: Session) -> None:
    made = report(example)
    assert next(iter(made.items())) == ("schema", "coach.report/1")
    assert set(made) == {
        "schema", "software", "video", "protocol", "back", "tracking", "segments", "items", "score", "verdict",
        "scope",
    }  # fmt: skip
    assert made["video"] == {
        "path": "rekaman/kader 07.mp4", "frames": 2745, "duration_s": 183.04, "truncated": True, "damaged": [],
    }  # fmt: skip
    assert set(made["protocol"]) == {"id", "version", "digest"}
    assert len(made["protocol"]["digest"]) == 64
    assert made["back"]["source"] == "given"
    assert made["back"]["corners_px"][1] == [439.2, 106.2]
    assert made["tracking"] == {
        "frames": 2745, "frames_0_hands": 120, "frames_1_hand": 700, "frames_2_hands": 1925, "unseen_s": 9.8,
    }  # fmt: skip
    assert set(made["score"]) == {"points", "max_points", "percent", "passed", "left_out"}
    assert made["score"]["passed"] is False
    assert made["verdict"] == {
        "state": "not_passed",
        "reason": {"key": "verdict_critical", "values": {"what": "heart", "more": 0}},
    }
    assert made["scope"] == ["neck", "shoulders", "scapula_left", "scapula_right", "back"]


def test_segments_stand_in_time_order_and_what_was_not_done_is_absent(example: Session) -> None:
    segments = report(example)["segments"]
    starts = [segment["start_s"] for segment in segments]
    assert starts == sorted(starts)
    assert [match.span.start_s for match in example.segments] != starts
    assert "heart" not in {segment["id"] for segment in segments}
    assert segments[0]["start_s"] == 0.123
    assert segments[0]["confidence"] == 0.912


def test_only_whole_repetitions_count(example: Session) -> None:
    first = report(example)["segments"][0]
    assert first["count"] == 2
    measured = {"fit": 1.0, "reach": 1.0, "balance": 1.0, "sync": 1.0}
    assert first["repetitions"] == [
        {"start_s": 1.0, "end_s": 2.0, "hand": "right", "whole": True, "returned_s": 2.5} | measured,
        {"start_s": 2.5, "end_s": 3.0, "hand": "right", "whole": True} | measured,
    ]
    partial = {"start_s": 3.0, "end_s": 4.0, "hand": "right", "whole": False}
    assert first["partial"] == [partial | measured | {"reach": 0.4}]
    assert first["holds"] == []


def test_holds_name_their_point(example: Session) -> None:
    holds = {segment["id"]: segment["holds"] for segment in report(example)["segments"]}["neck_points"]
    assert holds[1] == {"point": "ear_right", "start_s": 11.0, "end_s": 11.9, "hand": "right", "off": 0.012}


def test_a_press_that_may_be_of_another_point_keeps_it_when_it_is_read_back(example: Session) -> None:
    (ears,) = (m for m in example.segments if m.segment_id == "neck_points")
    either = dataclasses.replace(ears, holds=(dataclasses.replace(ears.holds[0], perhaps="ear_right"), *ears.holds[1:]))
    made = report(dataclasses.replace(example, segments=tuple(either if m is ears else m for m in example.segments)))
    told = {s["id"]: s["holds"] for s in made["segments"]}["neck_points"]
    assert [h.get("perhaps") for h in told] == ["ear_right", None]
    (back,) = (m for m in read_back(made).segments if m.segment_id == "neck_points")
    assert [h.perhaps for h in back.holds] == ["ear_right", ""]


def test_a_press_that_may_have_been_longer_keeps_that_when_it_is_read_back(example: Session) -> None:
    (ears,) = (m for m in example.segments if m.segment_id == "neck_points")
    longer = dataclasses.replace(ears, holds=(dataclasses.replace(ears.holds[0], perhaps_s=2.6), *ears.holds[1:]))
    made = report(dataclasses.replace(example, segments=tuple(longer if m is ears else m for m in example.segments)))
    told = {s["id"]: s["holds"] for s in made["segments"]}["neck_points"]
    assert [h.get("perhaps_s") for h in told] == [2.6, None]
    (back,) = (m for m in read_back(made).segments if m.segment_id == "neck_points")
    assert [h.perhaps_s for h in back.holds] == [2.6, 0.0]


def test_a_press_hardly_nearer_than_a_neighbour_keeps_that_when_it_is_read_back(example: Session) -> None:
    (ears,) = (m for m in example.segments if m.segment_id == "neck_points")
    near = dataclasses.replace(ears, holds=(dataclasses.replace(ears.holds[0], neighbour="nape"), *ears.holds[1:]))
    made = report(dataclasses.replace(example, segments=tuple(near if m is ears else m for m in example.segments)))
    told = {s["id"]: s["holds"] for s in made["segments"]}["neck_points"]
    assert [h.get("neighbour") for h in told] == ["nape", None]
    (back,) = (m for m in read_back(made).segments if m.segment_id == "neck_points")
    assert [h.neighbour for h in back.holds] == ["nape", ""]


def test_a_back_that_was_marked_anew_keeps_its_marks_when_it_is_read_back(example: Session) -> None:
    assert "later" not in report(example)["back"]
    mark = BackMark(13.25, example.back.corners_px + 7.5)
    made = report(dataclasses.replace(example, back=dataclasses.replace(example.back, later=(mark,))))
    assert made["back"]["corners_px"] == report(example)["back"]["corners_px"]  # as an older reader has it
    (again,) = read_back(made).back.later
    assert again.from_s == 13.25
    assert again.corners == pytest.approx(mark.corners, abs=1e-3)


def test_items_keep_the_reason_as_key_and_values(example: Session) -> None:
    items = {item["id"]: item for item in report(example)["items"]}
    assert items["neck_stroke.tempo"] == {
        "id": "neck_stroke.tempo",
        "segment": "neck_stroke",
        "kind": "tempo",
        "points": 1,
        "max_points": 2,
        "status": "scored",
        "evidence": [{"start_s": 0.0, "end_s": 3.2}, {"start_s": 5.0, "end_s": 7.0}, {"start_s": 8.0, "end_s": 9.0}],
        "reason": {"key": "tempo_fast", "values": {"median_s": 0.94, "shortest_s": 1.3}},
    }
    assert (items["shoulder_c_grip.hold"]["points"], items["shoulder_c_grip.hold"]["status"]) == (None, "not_visible")
    assert (items["consent"]["segment"], items["consent"]["status"]) == (None, "manual")


def test_is_never_nan_and_takes_numpy_s_numbers(example: Session) -> None:
    values: dict[str, Any] = {"a": math.nan, "b": np.int64(3), "c": np.float64(1.23456)}
    strange = dataclasses.replace(example.items[0], reason=Reason("x", values))
    broken = dataclasses.replace(
        example,
        items=(strange,),
        back=BackInfo("pose", np.full((4, 2), np.nan)),
        total=Total(0, 0, None, None, 71),
    )
    made = strict(json.dumps(report(broken), allow_nan=False))
    assert made["items"][0]["reason"]["values"] == {"a": None, "b": 3, "c": 1.235}
    assert made["back"]["corners_px"][0] == [None, None]
    assert (made["score"]["percent"], made["score"]["passed"]) == (None, None)


def test_a_written_report_reads_back_the_same(example: Session, tmp_path: Path) -> None:
    made, path = report(example), tmp_path / "laporan.json"
    path.write_text("older and longer" * 10000, encoding="utf-8")
    write_json(made, str(path))
    assert strict(path.read_text(encoding="utf-8")) == made
    assert os.listdir(tmp_path) == ["laporan.json"]
    assert path.stat().st_mode & 0o044 == 0o044 & ~os.umask(0o022)


def test_standard_output_gets_one_object_or_an_array(example: Session, capsys: pytest.CaptureFixture[str]) -> None:
    made = report(example)
    write_json(made, "-")
    assert strict(capsys.readouterr().out) == made
    write_json([made, made], "-")
    assert strict(capsys.readouterr().out) == [made, made]


def test_a_file_name_that_is_no_text_does_not_spoil_the_report(example: Session, tmp_path: Path) -> None:
    video = dataclasses.replace(example.video, path="v\udcff\u00e9.mp4")
    write_json(report(dataclasses.replace(example, video=video)), str(tmp_path / "r.json"))
    assert strict((tmp_path / "r.json").read_text(encoding="utf-8"))["video"]["path"] == "v\udcffé.mp4"


@pytest.mark.parametrize(
    ("place", "why"), [("", "is_directory"), ("none/r.json", "no_folder"), ("x" * 300, "name_too_long")]
)
def test_a_place_that_cannot_be_written_is_told_and_left_clean(tmp_path: Path, place: str, why: str) -> None:
    with pytest.raises(InputError) as caught:
        write_json({"a": 1}, str(tmp_path / place))
    assert (caught.value.key, caught.value.values["why"]) == ("output_unwritable", why)
    assert os.listdir(tmp_path) == []


def test_a_report_that_cannot_be_finished_leaves_the_older_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "r.json"
    path.write_text("old", encoding="utf-8")

    def full(_old: str, _new: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(InputError) as caught:
        write_json({"a": 1}, str(path))
    assert caught.value.values["why"] == "disk_full"
    assert (os.listdir(tmp_path), path.read_text(encoding="utf-8")) == (["r.json"], "old")
