"""The checklist as a whole, and its nilai."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain import ItemScore, Reason, Span, Status
from coach.parameters.rating import ITEM_MAX_POINTS
from coach.parse.unclaimed import Unclaimed
from coach.protocol import Scoring
from coach.score.items import CRITERIA, items, total
from tests import naive
from tests.fakes.evidence import LENGTH, at, holding, match, press, sight, strokes
from tests.fakes.protocols import CIRCLE, PRESS, STROKE, protocol, shipped

MADE = protocol(
    STROKE,
    CIRCLE,
    PRESS,
    manual=[
        {"id": name, "when": when, "title": {"id": name, "en": name}}
        for name, when in (("tidy", "after"), ("talk", "during"), ("wash", "before"))
    ],
)

ALL = Scoring(pass_mark=80, least_rated=50)


def scored(points: int | None, status: Status = "scored") -> ItemScore:
    return ItemScore("i", "s", "count", points, ITEM_MAX_POINTS, status, (), Reason("k"))


def test_items_come_in_the_protocols_order_with_the_manual_ones_around_them() -> None:
    found = items((match("down", *strokes(5)),), MADE, sight(), LENGTH)
    expected = [f"{s.id}.{kind}" for s in MADE.segments for kind in s.items]
    assert [i.item_id for i in found] == ["wash", *expected, "talk", "tidy"]


def test_a_right_segment_has_all_points_and_an_absent_one_none() -> None:
    found = {i.item_id: i for i in items((match("down", *strokes(5)),), MADE, sight(), LENGTH)}
    for item in found.values():
        if item.segment_id is None:
            assert (item.points, item.status, item.kind) == (None, "manual", "manual")
        else:
            assert item.points == (2 if item.segment_id == "down" else 0)
            assert item.status == "scored"
            assert item.max_points == ITEM_MAX_POINTS
            assert item.reason.key != "not_done" or item.segment_id != "down"


def test_a_hidden_segment_is_left_out_and_not_nought() -> None:
    hidden = sight(("left", 0.0, 100.0), ("right", 0.0, 100.0))
    found = [i for i in items((), MADE, hidden, LENGTH) if i.segment_id is not None]
    assert {(i.points, i.status) for i in found} == {(None, "not_visible")}
    assert total(tuple(found), ALL).percent is None


def test_where_it_might_be_either_of_two_neither_is_rated() -> None:
    doubtful = replace(match("down", *strokes(5)), rivals=("round",))
    found = {i.item_id: i for i in items((doubtful,), MADE, sight(), LENGTH) if i.segment_id is not None}
    for item in found.values():
        told = item.segment_id != "points"
        assert (item.status == "not_visible") is told
        assert item.points == (None if told else 0)
        if told:
            other = "down" if item.segment_id == "round" else "round"
            assert item.reason == Reason("either", {"other": other})
            assert item.evidence == (doubtful.span,)


@pytest.mark.parametrize("known", ["round", "down"])
def test_a_sure_match_of_either_settles_what_was_done(known: str) -> None:
    doubtful, sure = replace(match("down", *strokes(5)), rivals=("round",)), at(known, 60.0, 80.0)
    found = {i.item_id: i for i in items((doubtful, sure), MADE, sight(), LENGTH)}
    assert found["down.performed"].points == 2
    assert found["round.performed"].points == (2 if known == "round" else None)


def test_a_press_that_may_be_a_rest_is_not_rated_and_makes_nothing_else_late() -> None:
    rest = replace(holding("points", press("upper", 5.0, 5.5)), rest=True)
    after = match("down", *strokes(5, begin_s=20.0))
    found = {i.item_id: i for i in items((rest, after), MADE, sight(), LENGTH) if i.segment_id is not None}
    for item in (i for i in found.values() if i.segment_id == "points"):
        assert (item.points, item.status, item.reason) == (None, "not_visible", Reason("rest", {"held_s": 5.5}))
        assert item.evidence == (rest.span,)
    assert found["down.order"].points == 2
    sure = holding("points", press("upper", 60.0))
    found = {i.item_id: i for i in items((rest, after, sure), MADE, sight(), LENGTH)}
    assert (found["points.performed"].points, found["points.order"].points) == (2, 2)


def test_of_two_segments_that_a_press_might_be_neither_is_called_left_out_where_it_may_be_a_rest() -> None:
    rest = replace(holding("points", press("upper", 5.0, 5.5)), rest=True, rivals=("round",))
    found = {i.item_id: i for i in items((rest,), MADE, sight(), LENGTH) if i.segment_id is not None}
    for item in (i for i in found.values() if i.segment_id != "down"):
        assert (item.status, item.reason) == ("not_visible", Reason("rest", {"held_s": 5.5}))
        assert item.evidence == (rest.span,)
    assert found["down.performed"].points == 0


def test_a_rest_does_not_end_the_stretch_in_which_a_step_may_have_been_hidden() -> None:
    rest = replace(holding("points", press("upper", 5.0, 5.5)), rest=True)
    hidden = sight(("left", 0.0, 60.0), ("right", 0.0, 60.0))
    found = {i.item_id: i for i in items((rest, at("points", 70.0, 80.0)), MADE, hidden, LENGTH)}
    assert found["down.performed"].status == "not_visible"


def test_an_unclaimed_motion_like_a_step_leaves_that_step_alone_unrated() -> None:
    like, after = (Unclaimed("round", Span(22.0, 25.0), 0.9),), at("points", 40.0, 50.0)
    found = {i.item_id: i for i in items((match("down", *strokes(5)), after), MADE, sight(), LENGTH, like)}
    for item in (i for i in found.values() if i.segment_id == "round"):
        assert (item.points, item.status, item.reason) == (None, "not_visible", Reason("unclear"))
        assert item.evidence == (Span(22.0, 25.0),)
    assert {found[f"{name}.performed"].points for name in ("points", "down")} == {2}


def test_every_kind_of_the_protocol_has_a_criterion() -> None:
    names = ("oxytocin", "shoulder_short", "back_massage_short")
    kinds = {kind for name in names for s in shipped(name).segments for kind in s.items}
    assert kinds == set(CRITERIA)


@given(st.lists(st.sampled_from([0, 1, 2, None])))
def test_nilai_is_points_over_twice_the_rated_items(points: list[int | None]) -> None:
    made = tuple(scored(p, "scored" if p is not None else "not_visible") for p in points)
    result = total(made, ALL)
    assert (result.points, result.max_points, result.percent) == naive.nilai(made)
    assert result.left_out == points.count(None)


@pytest.mark.parametrize(
    ("points", "percent", "passed"),
    [([2, 2, 2, 2, 0], 80.0, True), ([2, 2, 2, 1, 0], 70.0, False), ([2], 100.0, True), ([0], 0.0, False)],
)
def test_the_pass_mark_itself_passes(points: list[int], percent: float, passed: bool) -> None:
    result = total(tuple(scored(p) for p in points), ALL)
    assert (result.percent, result.passed) == (percent, passed)


def test_what_was_not_rated_leaves_the_denominator() -> None:
    left_out = [scored(None, status) for status in ("not_visible", "manual", "not_applicable")]
    result = total((scored(2), scored(1), *left_out), Scoring(pass_mark=75, least_rated=50))
    assert (result.points, result.max_points, result.percent, result.left_out) == (3, 4, 75.0, 3)


def test_nothing_rated_is_neither_passed_nor_failed() -> None:
    result = total((scored(None, "manual"),), ALL)
    assert (result.percent, result.passed, result.points, result.max_points) == (None, None, 0, 0)


@pytest.mark.parametrize(("seen", "passed"), [(4, None), (5, True), (10, True)])
def test_nobody_passes_by_a_few_items_that_happened_to_be_seen(seen: int, passed: bool | None) -> None:
    made = [scored(2)] * seen + [scored(None, "not_visible")] * (10 - seen)
    result = total(tuple(made), ALL)
    assert (result.percent, result.passed, result.left_out) == (100.0, passed, 10 - seen)
    failed = total(tuple(replace(item, points=item.points and 1) for item in made), ALL)
    assert (failed.percent, failed.passed) == (50.0, None if passed is None else False)


def test_neither_what_does_not_apply_nor_what_a_trainer_ticks_makes_it_too_few() -> None:
    by_hand = replace(scored(None, "manual"), kind="manual")
    ticked = replace(scored(2), kind="manual")
    made = (scored(2), scored(None, "not_visible"), *[scored(None, "not_applicable")] * 5, *[by_hand] * 5)
    assert total(made, ALL).passed is True
    assert total((*made, scored(None, "not_visible"), *[ticked] * 5), ALL).passed is None
    assert total((ticked,), ALL).passed is True


def test_how_much_must_be_rated_is_the_protocols() -> None:
    made = (scored(2), *[scored(None, "not_visible")] * 9)
    assert total(made, Scoring(pass_mark=80, least_rated=10)).passed is True
    assert total(made, Scoring(pass_mark=80)).passed is None
