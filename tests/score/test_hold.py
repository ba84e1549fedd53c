from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from coach.domain import HANDS, Reason, Span
from coach.locate.framing import framing
from coach.parse.unclaimed import Unclaimed
from coach.score.evidence import Judged
from coach.score.hold import hold
from tests.fakes.evidence import evidence, holding, match, press, sight, strokes
from tests.fakes.protocols import CIRCLE, PRESS, STROKE, protocol, segment

MADE = protocol(STROKE, PRESS)  # upper, lower; right from 2.0 s
PAIR = segment(PRESS, hands="together")


def test_every_point_long_enough_is_right() -> None:
    verdict = hold(evidence(MADE, "points", holding("points", press("upper", 10.0), press("lower", 14.0, 2.1))))
    assert (verdict.points, verdict.reason.key, verdict.reason.values) == (2, "hold_right", {"points": 2})
    assert len(verdict.evidence) == 2


@pytest.mark.parametrize(("lasts_s", "points"), [(0.8, 1), (1.9, 1), (1.96, 1), (2.0, 2)])
def test_a_short_press_costs_and_is_told(lasts_s: float, points: int) -> None:
    verdict = hold(evidence(MADE, "points", holding("points", press("upper", 10.0), press("lower", 14.0, lasts_s))))
    assert verdict.points == points
    if points == 1:
        assert verdict.reason.key == "hold_short"
        assert verdict.reason.values == {"point": "lower", "held_s": min(lasts_s, 1.9), "needed_s": 2.0}
        assert [s.start_s for s in verdict.evidence] == [14.0]


def test_the_longest_press_of_a_point_counts() -> None:
    done = holding("points", press("upper", 10.0, 1.0), press("upper", 12.0), press("lower", 16.0))
    assert hold(evidence(MADE, "points", done)).points == 2


def test_a_missing_point_costs() -> None:
    verdict = hold(evidence(MADE, "points", holding("points", press("upper", 10.0))))
    assert (verdict.points, verdict.reason.key, verdict.reason.values) == (1, "hold_missing", {"point": "lower"})


@pytest.mark.parametrize(("bottom", "key"), [(0.7, "hold_missing"), (0.5, "hold_out_of_picture")])
def test_a_point_that_the_picture_does_not_show_is_not_called_missing(bottom: float, key: str) -> None:
    """The picture ends so far down the back, over the lower point or under it."""
    view = framing(480.0 / bottom * np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]]), (960, 480))
    done = holding("points", press("upper", 10.0))
    verdict = hold(evidence(MADE, "points", done, view=replace(sight(), view=view)))
    assert (verdict.points, verdict.reason.key) == (None if key != "hold_missing" else 1, key)
    assert verdict.reason.values == {"point": "lower"}
    other = hold(evidence(MADE, "points", holding("points", press("beside", 10.0)), view=replace(sight(), view=view)))
    assert (other.points, other.reason.values["point"]) == (0, "upper")  # which the picture does show
    short = holding("points", press("upper", 10.0), press("lower", 15.0, 1.0))
    assert hold(evidence(MADE, "points", short, view=replace(sight(), view=view))).reason.key == "hold_short"


def test_a_neighbour_pressed_instead_is_told() -> None:
    done = holding("points", press("upper", 10.0), press("beside", 14.0))
    verdict = hold(evidence(MADE, "points", done))
    assert (verdict.points, verdict.reason.key) == (1, "hold_wrong")
    assert verdict.reason.values == {"point": "lower", "instead": "beside"}
    assert [s.start_s for s in verdict.evidence] == [14.0]


def test_a_neighbour_that_was_hardly_nearer_is_not_rated() -> None:
    either = replace(press("beside", 14.0), perhaps="lower")
    verdict = hold(evidence(MADE, "points", holding("points", press("upper", 10.0), either)))
    assert (verdict.points, verdict.reason.key, verdict.reason.values) == (None, "hold_unclear", {"point": "lower"})
    assert [s.start_s for s in verdict.evidence] == [14.0]
    short = holding("points", press("upper", 10.0), press("lower", 14.0, 1.0), replace(either, span=Span(17.0, 20.0)))
    assert hold(evidence(MADE, "points", short)).reason.key == "hold_short"  # the point was pressed: that is rated
    once_more = holding("points", press("lower", 10.0), either)
    assert hold(evidence(MADE, "points", once_more)).points == 1  # the upper point was not pressed, whatever that was


def test_a_point_to_which_a_neighbour_was_hardly_farther_is_not_called_right() -> None:
    either = replace(press("lower", 14.0), neighbour="beside")
    verdict = hold(evidence(MADE, "points", holding("points", press("upper", 10.0), either)))
    assert (verdict.points, verdict.reason.key, verdict.reason.values) == (None, "hold_unclear", {"point": "lower"})
    assert [s.start_s for s in verdict.evidence] == [14.0]
    plain = holding("points", press("upper", 10.0), replace(either, span=Span(14.0, 16.5)), press("lower", 20.0))
    assert hold(evidence(MADE, "points", plain)).points == 2  # the longer press counts, and it is plain
    short = holding("points", press("upper", 10.0, 1.0), either)
    assert hold(evidence(MADE, "points", short)).reason.key == "hold_short"  # wrong wherever the other was


@pytest.mark.parametrize(("lasts_s", "points"), [(2.1, None), (1.9, 1)])
def test_what_was_wrong_and_perhaps_made_good_is_not_rated(lasts_s: float, points: int | None) -> None:
    """Pressed again later, where the hands may only have rested."""
    done = holding("points", press("upper", 10.0), press("lower", 14.0, 1.0))
    both = [press("lower", 30.0, lasts_s, hand) for hand in HANDS]
    again = replace(holding("points", *both), rest=True)
    verdict = hold(replace(evidence(MADE, "points", done), rests=(again,)))
    assert verdict.points == points
    if points is None:
        assert (verdict.reason.key, verdict.reason.values) == ("rest", {"held_s": lasts_s})
        assert [s.start_s for s in verdict.evidence] == [30.0]  # both hands at once
    right = holding("points", press("upper", 10.0), press("lower", 14.0))
    assert hold(replace(evidence(MADE, "points", right), rests=(again,))).points == 2


def test_no_point_at_all_is_nothing() -> None:
    verdict = hold(evidence(MADE, "points", holding("points", press("beside", 14.0))))
    assert (verdict.points, verdict.reason.key) == (0, "hold_missing")


def test_the_side_left_out_is_charged_once_where_hands_are_an_item() -> None:
    charged = protocol(PAIR | {"items": ["performed", "hands", "hold"]})
    free = protocol(PAIR | {"items": ["performed", "hold"]})
    alone = holding("points", press("upper", 10.0))
    assert hold(evidence(charged, "points", alone)).points == 2
    assert hold(evidence(free, "points", alone)).points == 1
    short = holding("points", press("upper", 10.0, 1.0))
    assert hold(evidence(charged, "points", short)).reason.key == "hold_short"


@pytest.mark.parametrize("done", [("upper",), ("upper", "beside")])
def test_where_the_pressing_hand_was_hidden_a_fault_is_not_visible(done: tuple[str, ...]) -> None:
    made = holding("points", *(press(point, 10.0 + 4.0 * k) for k, point in enumerate(done)))
    assert hold(evidence(MADE, "points", made, view=sight(("left", 11.0, 12.0)))).points is None
    assert hold(evidence(MADE, "points", made, view=sight(("left", 30.0, 60.0)))).points == 1
    assert hold(evidence(MADE, "points", made, view=sight(("right", 0.0, 90.0)))).points == 1


@pytest.mark.parametrize("done", [("upper",), ("upper", "beside")])
def test_a_point_that_may_have_been_pressed_out_of_sight_is_not_called_missing(done: tuple[str, ...]) -> None:
    """A hand that presses behind the back's edge comes into sight again when it goes on to the next step."""
    made = holding("points", *(press(point, 10.0 + 4.0 * k) for k, point in enumerate(done)))
    end_s = made.span.end_s
    late = sight(("left", end_s + 1.1, end_s + 3.4))
    assert hold(evidence(MADE, "points", made, view=late)).reason.key == "not_visible"
    assert hold(evidence(MADE, "points", made, view=sight(("left", 6.5, 8.9)))).points is None  # before the others
    next_step = match("down", *strokes(3, begin_s=end_s + 1.2))
    assert hold(evidence(MADE, "points", made, next_step, view=late)).points == 1  # it did that, and was not seen then
    assert hold(evidence(MADE, "points", made, view=sight(("left", end_s + 1.1, end_s + 1.9)))).points == 1  # too soon
    assert hold(evidence(MADE, "points", made, view=sight(("left", end_s + 5.0, end_s + 9.0)))).points == 1  # too late
    gone = replace(late, away={"left": ~late.seen["left"]})
    assert hold(evidence(MADE, "points", made, view=gone)).points == 1  # it had left the back


def test_a_press_seen_far_beside_its_point_is_neither_right_nor_missing() -> None:
    def pressed(upper: float, lower: float, also: str = "") -> Judged:
        done = [replace(press("upper", 10.0), off=upper), replace(press("lower", 14.0), off=lower)]
        done += [press(also, 18.0)] if also else []
        return hold(evidence(MADE, "points", holding("points", *done)))

    assert pressed(0.09, 0.1).points == 2
    unsure = pressed(0.02, 0.12)
    assert (unsure.points, unsure.reason) == (None, Reason("hold_unclear", {"point": "lower"}))
    assert unsure.evidence == (Span(14.0, 17.0),)
    assert pressed(0.12, 0.12).reason.key == "hold_unclear"
    assert pressed(0.02, 0.12, also="lower").points == 2  # pressed again, at its place
    assert pressed(0.02, 0.12, also="beside").reason.key == "hold_unclear"
    short = holding("points", press("upper", 10.0, 1.0), replace(press("lower", 14.0), off=0.12))
    assert hold(evidence(MADE, "points", short)).points is None


def test_a_short_press_is_short_whatever_was_hidden_later() -> None:
    short = holding("points", press("upper", 10.0), press("lower", 14.0, 1.0))
    assert hold(evidence(MADE, "points", short, view=sight(("left", 16.2, 18.0)))).reason.key == "hold_short"


def test_a_segment_without_points_cannot_be_held() -> None:
    with pytest.raises(ValueError, match="down has no hold rule"):
        hold(evidence(MADE, "down"))


@pytest.mark.parametrize(("start_s", "rated"), [(6.0, False), (14.0, False), (19.0, True), (1.0, True)])
def test_a_point_that_was_perhaps_pressed_near_by_is_not_called_missing(start_s: float, rated: bool) -> None:
    """From 10 to 13 s the upper point is pressed."""
    like = Unclaimed("points", Span(start_s, start_s + 3.0), 0.2, "lower")
    verdict = hold(evidence(MADE, "points", holding("points", press("upper", 10.0)), unclaimed=(like,)))
    assert verdict.reason == Reason("hold_missing" if rated else "hold_unclear", {"point": "lower"})
    assert verdict.points == (1 if rated else None)


def test_a_press_that_was_long_enough_by_its_palm_is_not_called_short() -> None:
    short, blurred = press("upper", 10.0, 1.0), replace(press("upper", 10.0, 1.0), perhaps_s=2.4)
    assert hold(evidence(MADE, "points", holding("points", short, press("lower", 14.0)))).reason.key == "hold_short"
    verdict = hold(evidence(MADE, "points", holding("points", blurred, press("lower", 14.0))))
    assert (verdict.points, verdict.reason) == (None, Reason("hold_blurred", {"point": "upper"}))
    assert verdict.evidence == (Span(10.0, 11.0),)


@pytest.mark.parametrize(
    ("since_s", "lasts_s", "rated"),
    [
        (0.2, 2.4, False),
        (-0.6, 2.9, False),
        (0.2, 3.5, False),
        (0.2, 3.7, True),
        (0.6, 2.4, True),
        (-1.5, 2.4, True),
        (0.2, 1.5, True),
    ],
)
def test_a_press_hardly_long_enough_that_begins_where_strokes_end_is_not_called_long(
    since_s: float, lasts_s: float, rated: bool
) -> None:
    """The hands may have lain there for a while; the strokes end at 20 s."""
    before = match("down", *strokes(5, begin_s=10.0))
    presses = press("upper", 20.0 + since_s, lasts_s), press("lower", 30.0)
    verdict = hold(evidence(MADE, "points", before, holding("points", *presses)))
    if rated:
        assert verdict.points == (1 if lasts_s < 2.0 else 2)
    else:
        assert (verdict.points, verdict.reason) == (None, Reason("hold_since_strokes", {"point": "upper"}))
        assert verdict.evidence == (presses[0].span,)


def test_a_press_right_after_another_press_is_as_long_as_it_is() -> None:
    """The hands went from point to point, not from strokes."""
    before, after = holding("points", press("lower", 17.0)), holding("points", press("upper", 20.2, 2.4))
    assert hold(evidence(MADE, "points", before, after)).points == 2


def test_where_circles_end_the_hands_lie_at_no_point() -> None:
    """They end where they began, and the words speak of strokes."""
    made = protocol(CIRCLE, PRESS)
    before, presses = match("round", *strokes(5, begin_s=10.0)), (press("upper", 20.2, 2.4), press("lower", 30.0))
    assert hold(evidence(made, "points", before, holding("points", *presses))).points == 2
