"""The bench's own arithmetic."""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from coach.protocol.files import load
from tests.bench import simulated
from tests.bench.accuracy import Agreement, compare, credited, decoys, iou, matched
from tests.bench.expected import expected_points, faults
from tests.bench.run import labelled, row
from tests.simulator.script import KIND_OF as SIMULATED_KINDS

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


def test_a_set_that_was_not_found_or_came_in_two_parts() -> None:
    truth = {"segments": [segment("a", 0, 10, 5), segment("b", 20, 30, 5)]}
    measured = compare(report(segment("b", 20, 24, 2), segment("b", 25, 30, 3)), truth)
    assert (measured.sets, measured.sets_exact, measured.sets_near) == (2, 1, 1)


def test_sides_are_counted_apart_where_both_are_asked() -> None:
    turns = [repetition(k, k + 1, ("right", "left")[k % 2]) for k in range(10)]
    true = segment("love", 0, 10) | {"repetitions": turns, "per_side": {"left": 5, "right": 5}}
    wrong = [*turns[:-1], repetition(9, 10, "right")]
    for done, exact in ((turns, 1), (wrong, 0)):
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
    assert decoys(gaps | {"decoys": [{"start_s": 10.5, "end_s": 11.5}]}) == [(10.5, 11.5)]


def test_what_is_credited_of_a_decoy_leaves_a_boundarys_error_out() -> None:
    spans = [(20.0, 30.0)]
    assert credited([segment("b", 12, 20.4)], spans) == (9.0, 0.0)
    assert credited([segment("b", 12, 23.5), segment("c", 29, 40)], spans) == (9.0, 3.5)


# ------------------------------------------------------------------ items
MAPPED = {
    "too_few": "count",
    "too_fast": "tempo",
    "wrong_order": "order",
    "one_side": "hands",
    "no_alternation": "hands",
    "asymmetric": "hands",
    "swapped_hand": "hands",
    "missing_point:4": "hold",
    "wrong_point:6": "hold",
    "short_hold": "hold",
    "too_high": "path",
    "wrong_direction": "path",
}


@pytest.mark.parametrize(("fault", "kind"), MAPPED.items())
def test_a_fault_costs_one_point_of_one_kind(fault: str, kind: str) -> None:
    truth = {"segments": [segment("a", 0, 10, 4, faults=[fault]), segment("b", 10, 20, 5, faults=[])]}
    for other in {*MAPPED.values(), "performed"}:
        assert expected_points("a", other, truth) == (1 if other == kind else 2)
        assert expected_points("b", other, truth) == 2
        assert expected_points("c", other, truth) == 0


@pytest.mark.parametrize(("count", "points"), [(2, 0), (3, 1), (4, 1)])
def test_far_too_few_repetitions_get_nothing(count: int, points: int) -> None:
    truth = {"segments": [segment("a", 0, 10, count, faults=["too_few"])]}
    assert expected_points("a", "count", truth) == points


def test_of_a_segment_that_is_counted_per_side_the_side_with_fewer_counts() -> None:
    for sides, points in (({"left": 2, "right": 5}, 0), ({"left": 3, "right": 3}, 1), ({"left": 0, "right": 4}, 1)):
        truth = {"segments": [segment("a", 0, 10, 8, faults=["too_few"], per_side=sides)]}
        assert expected_points("a", "count", truth) == points


def test_faults_are_read_from_the_segment_and_from_the_session() -> None:
    truth = {"segments": [segment("a", 0, 1, faults=["missing_point:4"])], "faults": ["too_fast:a", "skipped:b"]}
    assert faults("a", truth) == {"missing_point", "too_fast"}
    assert faults("b", truth) == set()
    with pytest.raises(KeyError):
        expected_points("a", "count", {"segments": [segment("a", 0, 1, faults=["unheard_of"])]})


def test_every_fault_of_the_simulator_is_known() -> None:
    for fault, kind in SIMULATED_KINDS.items():
        if fault not in ("skipped", "wrong_sequence"):  # the first is no segment's own, the second is scored as order
            truth = {"segments": [segment("a", 0, 10, 4, faults=[fault])]}
            assert expected_points("a", kind, truth) < 2


def test_items_are_compared_and_what_was_not_seen_is_left_out() -> None:
    truth = {"segments": [segment("a", 0, 10, 3, faults=["too_few"])]}
    items = (
        item("a", "performed", 2),
        item("a", "count", 1),
        item("a", "tempo", 1),
        item("b", "performed", 0),
        item("b", "count", None, "not_visible"),
        item(None, "manual", None, "manual"),
    )
    measured = compare(report(items=items), truth)
    assert measured.ratings == [(2, 2), (1, 1), (2, 1), (0, 0)]
    assert measured.agreement() == 0.75
    assert measured.not_visible == 1
    assert len(measured.wrong) == 1
    assert measured.wrong[0].startswith("a.tempo: 2 expected, 1 given")


# ------------------------------------------------------------------ many sessions
def test_sessions_add_up() -> None:
    truth = {"segments": [segment("a", 0, 10, 5), segment("b", 20, 30, 5)]}
    right = compare(report(*truth["segments"], items=(item("a", "count", 2),)), truth)
    half = compare(report(truth["segments"][0], items=(item("a", "count", 1),)), truth)
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
