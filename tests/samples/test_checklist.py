"""The expected checklist: every item of the protocol, in the report's terms, with the ratings that are right."""

from __future__ import annotations

from typing import Any

import pytest

from coach.protocol.files import load as load_protocol
from samples.renderer import load, play, script
from samples.renderer.checklist import KIND_OF, checklist, protocol, seen

RULES = protocol()


def _truth(*steps: dict[str, Any]) -> dict[str, Any]:
    data = {"schema": script.SCHEMA, "name": "x", "seed": 5, "expected": "", "steps": list(steps)}
    acted = play.act(load.parse(data))
    return {"segments": acted.segments, "faults": acted.faults}


def _rated(*steps: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {item["id"]: item for item in checklist(_truth(*steps), RULES)["items"]}


def test_items_are_those_of_a_report_in_its_order() -> None:
    ours = checklist(_truth({"do": "heart"}), RULES)
    theirs = load_protocol("oxytocin")
    ids = [
        *(m.id for m in theirs.manual if m.when == "before"),
        *(f"{segment.id}.{kind}" for segment in theirs.segments for kind in segment.items),
        *(m.id for when in ("during", "after") for m in theirs.manual if m.when == when),
    ]
    assert [item["id"] for item in ours["items"]] == ids
    assert ours["protocol"] == {"id": theirs.id, "version": theirs.version}


def test_what_is_done_right_has_all_points_and_what_is_not_done_none() -> None:
    rated = _rated({"do": "heart"}, {"do": "love", "mistake": "skipped"})
    assert all(item["points"] == [2] for item in rated.values() if item["segment"] == "heart")
    assert {item["why"] for item in rated.values() if item["segment"] == "love"} == {"skipped"}
    assert {item["why"] for item in rated.values() if item["segment"] == "neck_stroke"} == {"not_done"}
    assert all(item["points"] == [0] for item in rated.values() if item["segment"] in ("love", "neck_stroke"))
    assert [item["id"] for item in rated.values() if not item["points"]] == [m["id"] for m in RULES["manual"]]


def test_marking_the_back_is_no_step_of_the_massage() -> None:
    with_touch, without = _rated({"do": "touch"}, {"do": "heart"}), _rated({"do": "heart"})
    assert with_touch == without
    assert all(item["points"] in ([0], []) for item in _rated({"do": "touch"}).values())


@pytest.mark.parametrize(("repetitions", "points"), [(4, 1), (3, 1), (2, 0)])
def test_too_few_costs_the_count_alone(repetitions: int, points: int) -> None:
    rated = _rated({"do": "heart", "repetitions": repetitions, "mistake": "too_few"})
    assert rated["heart.count"] | {"points": [points], "why": "too_few"} == rated["heart.count"]
    assert all(
        item["points"] == [2] for name, item in rated.items() if item["segment"] == "heart" and "count" not in name
    )


@pytest.mark.parametrize(("tempo", "points", "why"), [(0.3, 1, "too_fast"), (0.5, 2, "allowed")])
def test_what_was_to_be_too_fast_and_is_slow_enough_costs_nothing(tempo: float, points: int, why: str) -> None:
    """A stroke to the shoulders may take 1.6 s; at half its tempo it does."""
    item = _rated({"do": "shoulder_stroke", "tempo": tempo, "mistake": "too_fast"})["shoulder_stroke.tempo"]
    assert (item["points"], item["why"]) == ([points], why)


def test_the_point_that_is_concerned_is_named() -> None:
    rated = _rated({"do": "scapula_left_points", "points": ["3", "8"], "mistake": "missing_point", "detail": "6"})
    assert rated["scapula_left_points.hold"]["detail"] == "6"
    assert rated["scapula_left_points.hold"]["points"] == [1]
    assert rated["scapula_left_points.order"]["points"] == [2]


def test_a_direction_costs_only_where_the_protocol_scores_it() -> None:
    step = {"upward": True, "mistake": "wrong_direction"}
    assert _rated({"do": "spine_strokes"} | step)["spine_strokes.path"]["points"] == [1]
    assert _rated({"do": "shoulder_stroke"} | step)["shoulder_stroke.path"]["points"] == [2]


def test_love_right_after_the_heart_with_both_hands_may_be_rated_either_way() -> None:
    love = {"do": "love", "turns": "together", "mistake": "no_alternation"}
    twins = _rated({"do": "heart", "repetitions": 3, "mistake": "too_few"}, love)
    assert twins["love.performed"]["points"] == [0, 2]
    assert twins["love.hands"]["points"] == [0, 1]
    assert twins["heart.count"]["points"] == [1, 2]
    apart = _rated({"do": "heart"}, {"do": "idle", "seconds": 6.0}, love)
    assert apart["love.performed"]["points"] == [2]
    assert apart["love.hands"]["points"] == [1]


def test_every_mistake_of_a_script_costs_something() -> None:
    assert set(script.MISTAKES) - {"skipped"} <= set(KIND_OF)
    with pytest.raises(KeyError):
        checklist({"segments": _truth({"do": "heart"})["segments"], "faults": ["sneezed:heart"]}, RULES)


def test_seen_counts_the_working_hands_only() -> None:
    part = {"repetitions": [{"hand": "right"}], "start_s": 0.0, "end_s": 1.0}
    frames = [{"t": k / 10, "visible": {"left": 0.0, "right": 1.0 if k < 4 else 0.2}} for k in range(10)]
    assert seen([part], {"frames": frames}) == 0.4
    assert seen([part | {"repetitions": [], "hand": "left"}], {"frames": frames}) == 0.0
