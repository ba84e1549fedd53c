"""What is acted is what the truth says: counts, times, hands, places."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from samples.renderer import chance, load, paths, play, script, stage, truth
from samples.renderer.checklist import KIND_OF, checklist, protocol

SCRIPTS = sorted(Path(script.__file__).resolve().parents[1].joinpath("scripts").glob("*.toml"))


def _acted(*steps: dict[str, Any], **parts: Any) -> play.Acted:
    head = {"schema": script.SCHEMA, "name": "x", "seed": 5, "expected": "", "steps": list(steps)}
    return play.act(load.parse(head | parts))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_a_shipped_script_is_acted_as_it_is_written(path: Path) -> None:
    """All of it in one test: acting a script takes longer than looking at what came of it."""
    loaded = load.load(path)
    acted = play.act(loaded)
    truth_is_in_order_and_inside(acted)
    hands_never_jump(acted)
    faults_are_those_of_the_script(loaded, acted)
    exactly_what_was_planted_is_lost(loaded, acted)


def truth_is_in_order_and_inside(acted: play.Acted) -> None:
    times = [time for segment in acted.segments for time in (segment["start_s"], segment["end_s"])]
    assert times == sorted(times)
    assert all(0.0 < time < acted.duration for time in times)
    for segment in acted.segments:
        parts = segment["repetitions"] + segment["holds"]
        assert parts
        assert parts[0]["start_s"] == segment["start_s"]
        assert all(part["start_s"] < part["end_s"] <= segment["end_s"] + 1e-9 for part in parts)


def hands_never_jump(acted: play.Acted) -> None:
    for side in stage.SIDES:
        pieces = acted.stage.pieces[side]
        assert pieces[0].start == 0.0
        for before, after in pairwise(pieces):
            assert after.start == pytest.approx(before.end)
            assert np.hypot(*(after.table[0] - before.table[-1])) < 0.02


def faults_are_those_of_the_script(loaded: script.Script, acted: play.Acted) -> None:
    planted = [(step.mistake, "wrong_order" if step.early else "") for step in loaded.steps]
    assert acted.faults == [f"{m}:{s.do}" for s, of in zip(loaded.steps, planted, strict=True) for m in of if m]
    done = {segment["id"] for segment in acted.segments}
    assert not {step.do for step in loaded.steps if step.mistake == "skipped"} & done


def exactly_what_was_planted_is_lost(loaded: script.Script, acted: play.Acted) -> None:
    """And where the count is right, so many repetitions are really there."""
    rated = checklist({"segments": acted.segments, "faults": acted.faults}, protocol(loaded.protocol))["items"]
    lost = {
        (i["segment"], i["kind"]) for i in rated if i["why"] not in ("right", "not_done", "skipped", "manual", "twin")
    }
    planted = [fault.split(":") for fault in acted.faults if not fault.startswith("skipped:")]
    assert lost == {(segment, KIND_OF[mistake]) for mistake, segment in planted}
    assert all(i["points"] == [2] and i["kind"] == "tempo" for i in rated if i["why"] == "allowed")
    numbers = {segment["id"]: len(segment["repetitions"]) for segment in acted.segments}
    for item in rated:
        if item["kind"] == "count" and item["why"] == "right":
            assert numbers[item["segment"]] >= 5


def test_counted_returns_belong_to_the_repetition_and_others_do_not() -> None:
    neck, strokes = _acted({"do": "neck_stroke", "repetitions": 5}, {"do": "spine_strokes"}).segments
    times = [(entry["start_s"], entry["end_s"]) for entry in neck["repetitions"]]
    assert all(end == start for (_, end), (start, _) in pairwise(times))
    assert neck["end_s"] == times[-1][1]
    assert len(strokes["repetitions"]) == 6
    for entry in strokes["repetitions"]:
        assert entry["end_s"] < entry["returned_s"]
    assert strokes["end_s"] == strokes["repetitions"][-1]["returned_s"]


@pytest.mark.parametrize(
    ("turns", "hands"),
    [
        ("alternating", ["right", "left"] * 5),
        ("right_then_left", ["right"] * 5 + ["left"] * 5),
        ("together", ["both"] * 5),
    ],
)
def test_love_takes_turns_as_written(turns: str, hands: list[str]) -> None:
    mistake = "" if turns == "alternating" else "no_alternation"
    (love,) = _acted({"do": "love", "repetitions": 5, "turns": turns, "mistake": mistake}).segments
    assert [entry["hand"] for entry in love["repetitions"]] == hands
    assert love["per_side"] == {"left": 5, "right": 5}


def test_only_the_working_hand_moves_when_one_side_is_forgotten() -> None:
    acted = _acted({"do": "heart", "hands": "right", "mistake": "one_side"})
    (heart,) = acted.segments
    moments = np.linspace(heart["start_s"], heart["end_s"], 60)
    spread = {
        side: np.ptp([stage.read(acted.stage.pieces[side], float(time)).tips[1] for time in moments])
        for side in stage.SIDES
    }
    assert spread["right"] > 0.5
    assert spread["left"] == 0.0


def test_a_press_is_where_its_name_says() -> None:
    acted = _acted({"do": "scapula_right_points", "points": ["9", "4"], "mistake": "missing_point", "detail": "6"})
    (points,) = acted.segments
    assert points["faults"] == ["missing_point:6"]
    for hold, place in zip(points["holds"], ((0.65, 0.25), (0.855, 0.325)), strict=True):
        tips = stage.read(acted.stage.pieces["right"], 0.5 * (hold["start_s"] + hold["end_s"])).tips
        assert np.hypot(*(tips - np.array(place))) < 0.04
    assert points["hand"] == "right"


def test_the_same_seed_acts_the_same() -> None:
    steps: list[dict[str, Any]] = [{"do": "heart"}, {"do": "decoy", "seconds": 8.0}]
    first, second = _acted(*steps), _acted(*steps)
    assert first.segments == second.segments
    assert first.duration == second.duration


def test_every_named_point_has_a_place() -> None:
    for segment, names in script.HOLDS.items():
        for name in names:
            side, (x, _) = paths.point(name, segment)
            assert (x < 0.5) == (side == "left")


@pytest.mark.parametrize("form", sorted(paths.HEARTS))
def test_half_hearts_start_at_the_notch_and_end_at_the_tip(form: str) -> None:
    table = paths.half_heart(form, 1.0, 1.0)
    assert table[0, 1] < 0.05
    assert table[-1, 1] > 0.5
    assert table[:, 0].max() > table[0, 0] + 0.1


def test_a_turned_hand_turns_gradually() -> None:
    acted = _acted({"do": "heart", "contact": "backs"})
    (heart,) = acted.segments
    pieces = acted.stage.pieces["left"]
    shares = [stage.share_of(pieces, ("backs",), time) for time in np.arange(0.0, heart["start_s"], 0.05)]
    assert shares[0] == 0.0
    assert shares[-1] == 1.0
    assert max(np.diff(shares)) < 0.3
    assert heart["contact"] == "backs"


def test_upward_strokes_work_upward_and_slide_back_down() -> None:
    acted = _acted({"do": "spine_strokes", "upward": True, "mistake": "wrong_direction"})
    for entry in acted.segments[0]["repetitions"]:
        times = (entry["start_s"], entry["end_s"], entry["returned_s"])
        start, end, returned = (float(stage.read(acted.stage.pieces["right"], t - 1e-6).tips[1]) for t in times)
        assert start - end > 0.5
        assert returned - end > 0.5
        assert entry["end_s"] - entry["start_s"] > 1.5 * (entry["returned_s"] - entry["end_s"])


def test_a_swapped_hand_strokes_while_the_right_one_rests() -> None:
    acted = _acted({"do": "neck_stroke", "hands": "left", "mistake": "swapped_hand"})
    (neck,) = acted.segments
    assert {entry["hand"] for entry in neck["repetitions"]} == {"left"}
    moments = np.linspace(neck["start_s"], neck["end_s"], 60)
    tips = {
        side: np.array([stage.read(acted.stage.pieces[side], float(t)).tips for t in moments]) for side in stage.SIDES
    }
    assert np.ptp(tips["left"][:, 1]) > 0.1
    assert np.ptp(tips["right"]) < 1.0
    assert np.ptp(tips["right"], axis=0).max() == 0.0
    assert (tips["left"][:, 0] > 0.45).all()


def test_hands_that_leave_in_the_middle_come_back_and_all_repetitions_are_done() -> None:
    acted = _acted({"do": "spine_strokes", "repetitions": 5, "leave_after": 2, "leave_s": 1.5})
    (strokes,) = acted.segments
    (away,) = strokes["away"]
    assert len(strokes["repetitions"]) == 5
    assert strokes["repetitions"][1]["returned_s"] <= away["start_s"]
    assert away["end_s"] <= strokes["repetitions"][2]["start_s"]
    middle = 0.5 * (away["start_s"] + away["end_s"])
    assert all(stage.read(acted.stage.pieces[side], middle).tips[1] > 1.2 for side in stage.SIDES)


@pytest.mark.parametrize("kind", script.FIDGETS)
def test_fidgeting_is_told_apart_from_segments_and_ends_on_the_skin(kind: str) -> None:
    acted = _acted({"do": "fidget", "kind": kind, "seconds": 5.0}, {"do": "heart"})
    (stretch,) = acted.others
    assert (stretch["do"], stretch["kind"]) == ("fidget", kind)
    assert 4.0 < stretch["end_s"] - stretch["start_s"] < 8.0
    assert stretch["end_s"] <= acted.segments[0]["start_s"]
    after = [stage.read(acted.stage.pieces[side], acted.segments[0]["start_s"] + 0.3) for side in stage.SIDES]
    assert all(moment.lift == 0.0 for moment in after)
    highest = max(
        stage.read(acted.stage.pieces["right"], float(t)).lift
        for t in np.arange(stretch["start_s"], stretch["end_s"], 0.05)
    )
    assert (highest > 0.07) == (kind != "cloth")


def test_without_chance_every_repetition_is_the_same() -> None:
    data: dict[str, Any] = {"schema": script.SCHEMA, "name": "x", "seed": 5, "expected": "", "steps": [{"do": "heart"}]}
    acted = play.act(load.parse(data), chance.Steady())
    lengths = np.diff([entry["start_s"] for entry in acted.segments[0]["repetitions"]])
    assert np.ptp(lengths) < 1e-9


@pytest.mark.parametrize(
    ("hands", "sides"),
    [("both", ["right", "left", "right", "right"]), ("left", ["left"] * 4), ("right", ["right"] * 4)],
)
def test_the_back_is_touched_in_the_order_of_the_page_and_nothing_is_done(hands: str, sides: list[str]) -> None:
    acted = _acted({"do": "touch", "hold_s": 1.6, "hands": hands, "place": "out"})
    assert acted.segments == []
    assert acted.faults == []
    (touches,) = acted.others
    holds = touches["holds"]
    assert [hold["point"] for hold in holds] == list(script.TOUCHED)
    assert [hold["hand"] for hold in holds] == sides
    for hold in holds:
        assert 1.5 < hold["end_s"] - hold["start_s"] < 1.8
        for time in np.linspace(hold["start_s"] + 1e-6, hold["end_s"] - 1e-6, 8):
            moment = stage.read(acted.stage.pieces[hold["hand"]], float(time))
            assert (moment.lift, moment.contact) == (0.0, "point")
            assert np.hypot(*(moment.tips - np.array(paths.TOUCHED[hold["point"]]))) < 0.04
            assert moment.tips.tolist() == pytest.approx(hold["at"])
            other = "left" if hold["hand"] == "right" else "right"
            assert stage.read(acted.stage.pieces[other], float(time)).contact == "palm"  # type: ignore[index]
    for before, after in pairwise(holds):
        middle = stage.read(acted.stage.pieces[after["hand"]], 0.5 * (before["end_s"] + after["start_s"]))
        assert middle.lift > 0.03


def test_touches_have_their_own_place_in_the_truth() -> None:
    def outside(*steps: dict[str, Any]) -> dict[str, Any]:
        loaded = load.parse({"schema": script.SCHEMA, "name": "x", "seed": 5, "expected": "", "steps": list(steps)})
        return truth.outside(loaded, play.act(loaded))

    told = outside({"do": "touch", "points": ["c7", "l5"]}, {"do": "decoy"})
    assert [touch["do"] for touch in told["touches"]] == ["touch"]
    assert [hold["point"] for hold in told["touches"][0]["holds"]] == ["c7", "l5"]
    assert [decoy["do"] for decoy in told["decoys"]] == ["decoy"]
    assert "touches" not in outside({"do": "heart"})  # truths of older clips stay as they are


def test_hands_come_from_outside_the_picture_only_to_touch() -> None:
    first = {do: _acted({"do": do}).stage.pieces["right"][0].table[0].tolist() for do in ("touch", "heart")}
    assert first == {"touch": list(paths.PLACES["out"]), "heart": list(paths.PLACES["back"])}
