"""Who is to blame where the order is wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain import Reason, SegmentMatch, Span
from coach.parse.unclaimed import Unclaimed
from coach.score.order import order, too_early
from tests import naive
from tests.fakes.evidence import at, evidence, holding, press, sight
from tests.fakes.protocols import CIRCLE, PRESS, STROKE, protocol, segment

NAMES = "abcdef"
PARTS = ("one", "two", "three", "four", "five", "six")
EACH = protocol(*(segment(STROKE, id=name, part=part) for name, part in zip(NAMES, PARTS, strict=True)), parts=PARTS)
PAIRS = protocol(
    *(
        segment(STROKE, id=name, part=part)
        for name, part in zip(NAMES, ("one", "one", "two", "two", "three", "three"), strict=True)
    )
)
POINTS = protocol(STROKE | {"part": "two"}, CIRCLE | {"part": "two"}, PRESS | {"press_after": "down"})


def session(names: str) -> tuple[SegmentMatch, ...]:
    return tuple(at(name, 10.0 * k, 10.0 * k + 8.0) for k, name in enumerate(names))


@given(st.permutations(NAMES), st.integers(0, 6))
def test_the_fewest_are_blamed_and_of_equals_those_that_came_too_early(names: list[str], size: int) -> None:
    done = names[:size]
    kept = naive.longest_in_order([NAMES.index(name) for name in done])
    assert set(too_early(session("".join(done)), EACH)) == {name for k, name in enumerate(done) if k not in kept}


@pytest.mark.parametrize(
    ("names", "blamed"),
    [
        ("abcdef", {}),
        ("acef", {}),
        ("", {}),
        ("bacdef", {"b": "a"}),
        ("bcadef", {"a": "c"}),
        ("fabcde", {"f": "a"}),
        ("abdcef", {"d": "c"}),
        ("badcfe", {"b": "a", "d": "c", "f": "e"}),
    ],
)
def test_a_segment_done_before_its_time_is_blamed_and_what_should_have_come_first_is_named(
    names: str, blamed: dict[str, str]
) -> None:
    assert too_early(session(names), EACH) == blamed


def test_a_part_is_moved_as_a_whole_and_charged_once() -> None:
    assert too_early(session("cdabef"), PAIRS) == {"c": "a"}


def test_the_order_within_a_part_is_free() -> None:
    assert too_early(session("badcfe"), PAIRS) == {}


def test_a_segment_taken_up_again_is_judged_where_it_was_first_done() -> None:
    assert too_early(session("abcdefa"), EACH) == {}


def test_right_early_and_pressed_first() -> None:
    assert order(evidence(EACH, "a", *session("abc"))).points == 2
    early = order(evidence(EACH, "b", *session("bac")))
    assert (early.points, early.reason.key, early.reason.values) == (1, "order_early", {"before": "a"})
    assert early.evidence == (session("bac")[0].span,)
    assert order(evidence(EACH, "a", *session("bac"))).points == 2


def test_presses_come_after_the_strokes_of_their_part() -> None:
    pressed = holding("points", press("upper", 10.0), press("lower", 14.0))
    first = order(evidence(POINTS, "points", pressed, at("down", 30.0, 40.0)))
    assert (first.points, first.reason.key, first.reason.values) == (1, "order_press_first", {"strokes": "down"})
    assert order(evidence(POINTS, "points", pressed, at("down", 0.0, 8.0))).points == 2
    assert order(evidence(POINTS, "points", pressed, at("round", 30.0, 40.0))).points == 2
    assert order(evidence(POINTS, "points", pressed)).points == 2


def test_presses_that_may_have_been_a_rest_before_the_strokes_are_not_called_too_early() -> None:
    """Pressed before the strokes and after them: one of the two was a rest, and nobody knows which."""
    before, strokes = holding("points", press("upper", 2.0, 2.0)), at("down", 10.0, 20.0)
    again = replace(holding("points", press("upper", 24.0, 3.3)), rest=True)
    verdict = order(replace(evidence(POINTS, "points", before, strokes), rests=(again,)))
    assert (verdict.points, verdict.reason.key, verdict.reason.values) == (None, "rest", {"held_s": 3.3})
    assert verdict.evidence == (before.span, again.span)
    earlier = replace(holding("points", press("upper", 6.0, 3.3)), rest=True)
    verdict = order(replace(evidence(POINTS, "points", before, strokes), rests=(earlier,)))
    assert (verdict.points, verdict.reason.key) == (1, "order_press_first")


def test_points_come_in_their_own_order() -> None:
    turned = holding("points", press("lower", 10.0), press("upper", 14.0))
    verdict = order(evidence(POINTS, "points", turned))
    assert (verdict.points, verdict.reason.key) == (1, "order_points")
    assert verdict.reason.values == {"seen": "lower, upper", "expected": "upper, lower"}
    free = protocol(STROKE, segment(PRESS, hold=PRESS["hold"] | {"sequence": "any_order"}))
    assert order(evidence(free, "points", turned)).points == 2


def test_a_short_halt_on_the_way_does_not_turn_the_order() -> None:
    done = holding("points", press("lower", 10.0, 0.8), press("upper", 12.0), press("lower", 16.0))
    assert order(evidence(POINTS, "points", done)).points == 2


def test_a_short_halt_on_the_way_does_not_mend_the_order_either() -> None:
    turned = holding("points", press("lower", 5.0), press("upper", 10.0), press("lower", 14.0, 0.8))
    assert order(evidence(POINTS, "points", turned)).points == 1


def test_a_hand_that_waits_at_a_point_before_it_begins_does_not_turn_the_order() -> None:
    waited = holding("points", press("lower", 5.0, 4.0), press("upper", 10.0), press("lower", 14.0))
    assert order(evidence(POINTS, "points", waited)).points == 2


def test_a_point_that_was_missed_does_not_turn_the_order() -> None:
    assert order(evidence(POINTS, "points", holding("points", press("lower", 10.0)))).points == 2


def test_the_order_of_points_is_not_visible_where_the_hand_was_hidden() -> None:
    turned = holding("points", press("lower", 10.0), press("upper", 14.0))
    assert order(evidence(POINTS, "points", turned, view=sight(("left", 13.0, 14.0)))).points is None


@pytest.mark.parametrize(("start_s", "points"), [(5.0, None), (14.0, 2), (60.0, 2)])
def test_a_press_that_was_perhaps_seen_before_its_turn_leaves_the_order_open(
    start_s: float, points: int | None
) -> None:
    """The upper point is pressed at 10 s; the lower one perhaps before it, after it, or long after."""
    once = holding("points", press("upper", 10.0))
    like = Unclaimed("points", Span(start_s, start_s + 3.0), 0.2, "lower")
    verdict = order(evidence(POINTS, "points", once, unclaimed=(like,)))
    assert verdict.points == points
    if points is None:
        assert (verdict.reason, verdict.evidence) == (Reason("hold_unclear", {"point": "lower"}), (like.span,))
