"""The one strength and the one thing to improve first are those a trainer would name."""

from __future__ import annotations

from coach.domain import ItemScore, Reason, Status
from coach.protocol.files import load
from coach.summary.feedback import improvement, strength

PROTOCOL = load("oxytocin")


def item(segment: str, kind: str, points: int | None = 2, key: str = "x", status: Status = "scored") -> ItemScore:
    return ItemScore(f"{segment}.{kind}", segment, kind, points, 2, status, (), Reason(key, {"low": 5}))


def test_a_skipped_step_comes_before_everything_else() -> None:
    items = [
        item("neck_stroke", "count", 0, "count_few"),
        item("neck_stroke", "order", 0, "order_early"),
        item("heart", "order", 0, "not_done"),
        item("heart", "performed", 0, "not_done"),
    ]
    first = improvement(items, PROTOCOL)
    assert first.key == "advice_not_done"
    assert first.item is not None
    assert first.item.segment_id == "heart"


def test_the_kinds_have_their_order() -> None:
    flaws = {"order": "order_early", "hold": "hold_short", "count": "count_few"}
    items = [item("neck_points", kind, 0, key) for kind, key in flaws.items()]
    assert improvement(items, PROTOCOL).key == "advice_count_few"
    assert improvement(items[:2], PROTOCOL).key == "advice_hold_short"
    assert improvement(items[:1], PROTOCOL).key == "advice_order_early"


def test_within_a_kind_fewest_points_and_then_the_earliest_step_come_first() -> None:
    items = [
        item("heart", "count", 1, "count_partial"),
        item("neck_stroke", "count", 1, "count_few"),
        item("love", "count", 0, "count_side"),
    ]
    assert improvement(items, PROTOCOL).key == "advice_count_side"
    assert improvement(items[:2], PROTOCOL).key == "advice_count_few"
    assert improvement(items[:2], PROTOCOL).reason.values == {"low": 5}


def test_what_the_camera_did_not_see_is_never_the_learner_s_flaw() -> None:
    unseen = item("heart", "count", None, "not_visible", "not_visible")
    assert improvement([item("neck_stroke", "count"), unseen], PROTOCOL).key == "improve_camera"
    either = item("heart", "count", None, "either", "not_visible")  # another place for the camera would not help
    assert improvement([item("neck_stroke", "count"), either], PROTOCOL).key == "improve_none"
    assert improvement([item("neck_stroke", "count")], PROTOCOL).key == "improve_none"
    manual = ItemScore("consent", None, "manual", None, 2, "manual", (), Reason("manual"))
    assert improvement([manual], PROTOCOL).key == "improve_none"


def test_the_strength_is_the_fullest_step_that_is_all_right() -> None:
    items = [
        item("neck_stroke", "count"),
        item("neck_stroke", "path", 1),
        item("shoulder_points", "hold"),
        item("heart", "count"),
        item("heart", "path"),
        item("love", "count"),
        item("love", "path"),
        item("love", "hands", None, "not_visible", "not_visible"),
    ]
    best = strength(items, PROTOCOL)
    assert best.key == "strength_segment"
    assert best.item is not None
    assert best.item.segment_id == "heart"


def test_without_such_a_step_a_single_item_is_named_and_without_any_a_kind_word() -> None:
    items = [item("heart", "count"), item("heart", "order"), item("heart", "path", 0)]
    best = strength(items, PROTOCOL)
    assert (best.key, best.item) == ("strength_item", items[1])
    assert strength([item("heart", "path", 1)], PROTOCOL).key == "strength_none"
