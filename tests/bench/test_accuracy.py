"""The bench's own arithmetic."""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from coach.protocol.files import load
from samples.renderer.checklist import KIND_OF
from tests.bench import simulated
from tests.bench.accuracy import Agreement, compare, counted_in, credited, decoys, iou, matched, only
from tests.bench.expected import expected, pair
from tests.bench.run import labelled, row

Json = dict[str, Any]


def repetition(start: float, end: float, hand: str = "both") -> Json:
    return {"start_s": start, "end_s": end, "hand": hand}


def segment(name: str, start: float, end: float, count: int = 0, **more: Any) -> Json:
    step = (end - start) / max(count, 1)
    done = [repetition(start + k * step, start + (k + 1) * step) for k in range(count)]
    return {"id": name, "start_s": start, "end_s": end, "count": count, "repetitions": done, "holds": [], **more}


def item(segment_id: str | None, kind: str, points: int | None, status: str = "scored") -> Json:
    reason = {"key": "k", "values": {}}
    return {"id": f"{segment_id}.{kind}", "segment": segment_id, "kind": kind, "points": points, "status": status} | {
        "reason": reason
    }


def report(*segments: Json, items: tuple[Json, ...] = ()) -> Json:
    return {"segments": list(segments), "items": list(items)}


# ------------------------------------------------------------------ segments
def test_iou() -> None:
    assert iou(segment("a", 0, 10), segment("a", 5, 15)) == pytest.approx(1 / 3)
    assert iou(segment("a", 0, 1), segment("a", 2, 3)) == 0.0


def test_each_true_segment_is_matched_once() -> None:
    true = [segment("a", 0, 10), segment("b", 20, 30)]
    found = [segment("a", 0, 6), segment("a", 6, 10), segment("b", 27, 37), segment("c", 20, 30)]
    assert [len(matched(found, true, o)) for o in (0.1, 0.25, 0.5)] == [2, 1, 1]
    measured = compare(report(*found), {"segments": true})
    assert (measured.precision(0.5), measured.recall(0.5)) == (0.25, 0.5)
    assert measured.f1(0.1) == pytest.approx(2 / 3)
    assert sorted(measured.boundaries_s) == [0, 4, 7, 7]


# ------------------------------------------------------------------ repetitions and holds
@pytest.mark.parametrize(("count", "exact", "near"), [(5, 1, 1), (6, 0, 1), (4, 0, 1), (3, 0, 0), (7, 0, 0)])
def test_a_set_is_exact_near_or_neither(count: int, exact: int, near: int) -> None:
    measured = compare(report(segment("a", 0, 10, count)), {"segments": [segment("a", 0, 10, 5)]})
    assert (measured.sets, measured.sets_exact, measured.sets_near) == (1, exact, near)


@pytest.mark.parametrize(("status", "rated"), [("scored", 1), ("not_visible", 0)])
@pytest.mark.parametrize(("count", "exact"), [(5, 1), (4, 0)])
def test_sets_whose_count_was_rated_are_told_apart(status: str, rated: int, count: int, exact: int) -> None:
    told = report(segment("heart", 0, 10, count), items=(item("heart", "count", 2, status),))
    measured = compare(told, {"segments": [segment("heart", 0, 10, 5)]})
    assert (measured.sets_rated, measured.sets_rated_exact) == (rated, rated * exact)


def test_a_set_that_was_not_found_or_came_in_two_parts() -> None:
    truth = {"segments": [segment("a", 0, 10, 5), segment("b", 20, 30, 5)]}
    measured = compare(report(segment("b", 20, 24, 2), segment("b", 25, 30, 3)), truth)
    assert (measured.sets, measured.sets_exact, measured.sets_near) == (2, 1, 1)


def test_sides_are_counted_apart_where_both_are_asked() -> None:
    turns = [repetition(k, k + 1, ("right", "left")[k % 2]) for k in range(10)]
    true = segment("love", 0, 10) | {"repetitions": turns, "per_side": {"left": 5, "right": 5}}
    wrong = [*turns[:-1], repetition(9, 10, "right")]
    at_once = [repetition(2 * k, 2 * k + 2) for k in range(5)]  # both hands: one for each side
    for done, exact in ((turns, 1), (wrong, 0), (at_once, 1)):
        measured = compare(report(true | {"repetitions": done, "count": 10}), {"segments": [true]})
        assert (measured.sets_exact, measured.sets_near) == (exact, 1)


def test_holds_are_found_missed_or_too_many() -> None:
    def press(point: str, start: float, end: float) -> Json:
        return {"point": point, "start_s": start, "end_s": end}

    true = segment("p", 0, 12, holds=[press("3", 0, 3), press("6", 4, 7), press("8", 8, 11)])
    ours = segment("p", 0, 12, holds=[press("3", 0.2, 2.9), press("8", 4, 7), press("8", 8, 11.5)])
    measured = compare(report(ours), {"segments": [true]})
    assert (measured.holds, measured.holds_missed, measured.holds_extra) == (3, 1, 1)
    assert measured.hold_starts_s == pytest.approx([0.2, 0])
    assert measured.hold_ends_s == pytest.approx([0.1, 0.5])
    assert measured.hold_lengths_s == pytest.approx([0.3, 0.5])


# ------------------------------------------------------------------ decoys
def test_decoys_are_the_truths_own_or_its_long_gaps() -> None:
    gaps = {"segments": [segment("a", 0, 10), segment("b", 12, 20), segment("c", 30, 40)]}
    assert decoys(gaps) == [(20, 30)]
    assert decoys(gaps | {"duration_s": 50.0}) == [(20, 30), (40, 50.0)]
    assert decoys({"segments": [], "duration_s": 50.0}) == [(0.0, 50.0)]
    assert decoys(gaps | {"decoys": []}) == []
    assert decoys(gaps | {"decoys": [{"start_s": 10.5, "end_s": 11.5}]}) == [(10.5, 11.5)]


def test_what_is_credited_of_a_decoy_leaves_a_boundarys_error_out() -> None:
    spans = [(20.0, 30.0)]
    assert credited([segment("b", 12, 20.4)], spans) == (9.0, 0.0)
    assert credited([segment("b", 12, 23.5), segment("c", 29, 40)], spans) == (9.0, 3.5)


def test_repetitions_and_holds_inside_a_decoy_are_counted() -> None:
    found = [segment("b", 10, 24, 7), segment("p", 26, 29, holds=[{"point": "3", "start_s": 26, "end_s": 29}])]
    assert counted_in(found, [(20.0, 30.0)]) == 3
    assert counted_in(found, []) == 0


def test_one_segments_own_part() -> None:
    truth: Json = {"segments": [segment("heart", 0, 10, 5), segment("love", 20, 30, 5)], "duration_s": 31.0}
    items = [item("heart", "count", 2), item("love", "count", 2)]
    ours = {"segments": truth["segments"], "items": items}
    mine, its = only(ours, truth, "heart")
    assert [s["id"] for s in (*mine["segments"], *its["segments"])] == ["heart", "heart"]
    assert [i["segment"] for i in mine["items"]] == ["heart"]
    assert decoys(its) == decoys(truth)


# ------------------------------------------------------------------ items
@pytest.mark.parametrize("fault", sorted(KIND_OF))
def test_a_fault_costs_one_point_of_one_kind(fault: str) -> None:
    done = {**segment("love", 0, 10, 4, faults=[fault]), "per_side": {"left": 4, "right": 4}}
    points = {kind: p for (name, kind), p in expected({"segments": [done]}).items() if name == "love"}
    costs = {kind for kind, p in points.items() if p != (2,)}
    assert costs <= {KIND_OF[fault]}
    assert all(points[kind] == (1,) for kind in costs)


def test_what_was_not_done_ought_to_get_nothing() -> None:
    points = expected({"segments": []})
    assert set(points.values()) == {(0,)}
    assert {name for name, _ in points} == {s.id for s in load("oxytocin").segments}


def test_the_truths_own_checklist_goes_first() -> None:
    manual: Json = {"segment": None, "kind": "manual", "points": []}
    own = {"items": [{"segment": "heart", "kind": "count", "points": [1, 2]}, manual]}
    assert expected({"segments": [], "checklist": own}) == {("heart", "count"): (1, 2)}


def test_of_several_right_points_the_nearest_is_expected() -> None:
    assert [pair((0, 2), given) for given in (0, 2)] == [(0, 0), (2, 2)]
    assert pair((1, 2), 0) == (1, 0)


def test_items_are_compared_and_what_was_not_seen_is_left_out() -> None:
    truth = {"segments": [segment("heart", 0, 10, 3, faults=["too_few"])]}
    items = (
        item("heart", "performed", 2),
        item("heart", "count", 1),
        item("heart", "tempo", 1),
        item("love", "performed", 0),
        item("love", "count", None, "not_visible"),
        item("love", "path", None, "not_applicable"),
        item(None, "manual", None, "manual"),
    )
    measured = compare(report(items=items), truth)
    assert measured.ratings == [(2, 2), (1, 1), (2, 1), (0, 0)]
    assert measured.done_ratings == [(2, 2), (1, 1), (2, 1)]
    assert measured.agreement() == 0.75
    assert (measured.not_visible, measured.unseen) == (1, ["love.count"])
    assert len(measured.wrong) == 1
    assert measured.wrong[0].startswith("heart.tempo: 2 expected, 1 given")


# ------------------------------------------------------------------ many sessions
def test_sessions_add_up() -> None:
    truth = {"segments": [segment("heart", 0, 10, 5), segment("b", 20, 30, 5)]}
    right = compare(report(*truth["segments"], items=(item("heart", "count", 2),)), truth)
    half = compare(report(truth["segments"][0], items=(item("heart", "count", 1),)), truth)
    whole = Agreement()
    for one in (right, half):
        whole.add(one)
    assert (whole.true, whole.found, whole.hits[0.5]) == (4, 3, 3)
    assert (whole.sets, whole.sets_exact) == (4, 3)
    assert whole.ratings == [(2, 2), (2, 1)]
    assert whole.edits == [100.0, 50.0]
    assert (right.true, half.true) == (2, 2)  # what is added stays as it was


def test_a_session_of_which_nothing_was_found_has_a_line_too() -> None:
    nothing = compare(report(), {"segments": [segment("a", 0, 10, 5)]})
    assert (nothing.f1(0.5), nothing.sets_exact, nothing.precision(0.5)) == (0.0, 0, 1.0)
    assert len(row(nothing)) == len(row(Agreement(edits=[100.0])))
    assert "nan" in row(nothing)


@cache
def reviewed(seed: int) -> tuple[Json, Json]:
    played = simulated.session(seed)
    return simulated.review(played, load("oxytocin")), played.truth


def test_a_simulated_session_goes_all_the_way() -> None:
    made, truth = reviewed(5014)
    measured = compare(made, truth)
    assert made["schema"] == "coach.report/1"
    assert len(measured.ratings) + measured.not_visible == sum(len(s.items) for s in load("oxytocin").segments)
    assert measured.f1(0.5) > 0.8
    assert measured.agreement() > 0.85
    assert math.isfinite(measured.kappa())


def test_videos_with_a_truth_are_found(tmp_path: Path) -> None:
    for name in ("b.mp4", "a.mp4", "a.truth.json", "b.truth.json", "c.mp4", "d.truth.json"):
        (tmp_path / name).touch()
    assert [v.name for v in labelled([tmp_path])] == ["a.mp4", "b.mp4"]
