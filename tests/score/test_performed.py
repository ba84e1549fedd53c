from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from coach.domain import HANDS, Span
from coach.locate.framing import framing
from coach.parse.unclaimed import Unclaimed
from coach.score.performed import absent, performed
from tests.fakes.evidence import at, evidence, holding, match, press, sight, strokes
from tests.fakes.protocols import CIRCLE, PRESS, STROKE, protocol

MADE = protocol(STROKE, CIRCLE, PRESS)
BEFORE, AFTER = at("down", 5.0, 20.0), at("points", 60.0, 70.0)
LEAST_S = evidence(MADE, "round").least_s()


def test_done_is_done() -> None:
    verdict = performed(evidence(MADE, "down", match("down", *strokes(5), *strokes(1, whole=False, begin_s=30.0))))
    assert (verdict.points, verdict.reason.key, verdict.reason.values) == (2, "done", {"repetitions": 5})
    pressed = performed(evidence(MADE, "points", holding("points", press("upper", 10.0), press("upper", 15.0))))
    assert pressed.reason.values == {"repetitions": 1}


def test_what_was_not_done_in_full_view_is_nought() -> None:
    for verdict in (performed(evidence(MADE, "round", BEFORE, AFTER)), absent(evidence(MADE, "round"))):
        assert (verdict.points, verdict.reason.key, verdict.evidence) == (0, "not_done", ())


def test_the_gap_in_which_it_would_have_been_done() -> None:
    assert evidence(MADE, "round", BEFORE, AFTER).where_missing() == Span(20.0, 60.0)
    assert evidence(MADE, "round", BEFORE).where_missing() == Span(20.0, 100.0)
    assert evidence(MADE, "round", AFTER).where_missing() == Span(0.0, 60.0)
    assert evidence(MADE, "round").where_missing() == Span(0.0, 100.0)


def test_what_came_before_its_own_turn_does_not_end_that_gap() -> None:
    """Hands that rest on the shoulders before they begin look like a later step, pressed first."""
    rest, again = holding("points", press("upper", 2.0)), holding("points", press("upper", 62.0))
    stroke, several = at("round", 40.0, 60.0), holding("points", press("upper", 2.0), press("lower", 8.0))
    assert evidence(MADE, "down", rest, stroke).where_missing() == Span(0.0, 40.0)
    assert evidence(MADE, "down", rest, stroke, again).where_missing() == Span(0.0, 40.0)
    assert evidence(MADE, "down", rest).where_missing() == Span(0.0, 2.0)
    assert evidence(MADE, "down", rest, again).where_missing() == Span(0.0, 2.0)
    assert evidence(MADE, "down", several, stroke).where_missing() == Span(0.0, 2.0)  # no rest
    later = holding("points", press("upper", 20.0), press("lower", 26.0))
    assert evidence(MADE, "down", rest, later, stroke).where_missing() == Span(0.0, 20.0)
    assert evidence(MADE, "down", at("points", 2.0, 6.0), stroke).where_missing() == Span(0.0, 2.0)


def test_hidden_long_enough_to_have_done_it_is_not_visible() -> None:
    """Either hand may do it, so one hidden hand is enough to doubt."""
    hidden = absent(evidence(MADE, "round", BEFORE, AFTER, view=sight(("right", 30.0, 30.5 + LEAST_S))))
    assert (hidden.points, hidden.reason.key) == (None, "not_visible")
    assert hidden.reason.values["unseen_s"] == pytest.approx(0.5 + LEAST_S, abs=0.11)
    assert hidden.evidence == (Span(20.0, 60.0),)


def test_hidden_for_half_as_long_as_it_takes_may_have_been_done_in_haste() -> None:
    view = sight(("right", 30.0, 30.1 + 0.5 * LEAST_S))
    assert absent(evidence(MADE, "round", BEFORE, AFTER, view=view)).points is None


def test_hands_that_left_the_back_did_nothing_there() -> None:
    view = sight(("right", 22.0, 58.0), ("left", 22.0, 58.0))
    gone = {hand: ~view.seen[hand] for hand in HANDS}
    assert absent(evidence(MADE, "round", BEFORE, AFTER, view=replace(view, away=gone))).points == 0
    view = replace(view, away={"left": gone["left"]})  # the other one may have done it, out of sight
    assert absent(evidence(MADE, "round", BEFORE, AFTER, view=view)).points is None


def test_hidden_too_short_or_elsewhere_is_nought() -> None:
    for hiding in ((30.0, 30.0 + 0.4 * LEAST_S), (61.0, 100.0), (0.0, 19.0)):
        view = sight(("right", *hiding), ("left", *hiding))
        assert absent(evidence(MADE, "round", BEFORE, AFTER, view=view)).points == 0


@pytest.mark.parametrize(
    ("spans", "fit", "points"),
    [
        (((25.0, 26.5),), 0.9, None),
        (((25.0, 26.0), (30.0, 31.0)), 0.7, None),
        (((25.0, 26.5),), 0.7, 0),  # too little of it
        (((19.6, 21.0),), 0.9, None),  # its beginning was taken for the way to it
        (((19.0, 21.0),), 0.9, 0),  # at another time
    ],
)
def test_something_like_it_that_nothing_else_explains_may_have_been_it(
    spans: tuple[tuple[float, float], ...], fit: float, points: int | None
) -> None:
    like = tuple(Unclaimed("round", Span(*span), fit) for span in spans)
    soon = at("points", 40.0, 50.0)
    verdict = absent(replace(evidence(MADE, "round", BEFORE, soon), unclaimed=like))
    assert verdict.points == points
    if points is None:
        assert (verdict.reason.key, verdict.evidence) == ("unclear", tuple(Span(*span) for span in spans))


@pytest.mark.parametrize(
    ("top", "wanted", "key"),
    [
        (0.0, "points", "not_done"),
        (0.3, "points", "out_of_picture"),  # the picture begins between its two points
        (0.3, "down", "not_done"),  # the middle and the lower end of its path are in it
        (0.4, "down", "out_of_picture"),
        (0.28, "round", "not_done"),  # but for its highest place all of the circle is in it
        (0.31, "round", "out_of_picture"),
    ],
)
def test_what_the_picture_does_not_show_is_not_called_left_out(top: float, wanted: str, key: str) -> None:
    """The picture shows the back from so far down on."""
    back = np.array([[100.0, 0.0], [400.0, 0.0], [400.0, 400.0], [100.0, 400.0]])
    view = replace(sight(), view=framing(back - (0.0, 400.0 * top), (640, 480)))
    verdict = absent(evidence(MADE, wanted, view=view))
    assert (verdict.points, verdict.reason.key) == (None if key == "out_of_picture" else 0, key)


@pytest.mark.parametrize(
    ("hands", "rest_from_s", "at_once", "held_s", "points"),
    [
        ("together", None, False, 1.1, None),
        ("together", None, False, 0.9, 0),
        ("together", 4.2, False, 1.1, 0),  # hands rest there too
        ("together", 4.2, True, 1.1, None),  # but not one as soon as the other
        ("together", 4.2, True, 0.9, 0),
        ("together", 4.2, False, 2.5, None),
        ("either", None, False, 1.1, 0),
    ],
)
def test_a_little_of_a_press_by_both_hands_at_once_or_where_none_rest_may_have_been_it(
    hands: str, rest_from_s: float | None, at_once: bool, held_s: float, points: int | None
) -> None:
    rest = {} if rest_from_s is None else {"rest_from_s": rest_from_s}
    made = protocol(STROKE, CIRCLE, PRESS | {"hands": hands, "hold": PRESS["hold"] | rest})
    pressed = frozenset({"upper", "lower"} if at_once else {"upper"})
    like = (Unclaimed("points", Span(25.0, 25.0 + held_s), 0.5, pressed=pressed),)
    assert absent(replace(evidence(made, "points", BEFORE), length=Span(0.0, 40.0), unclaimed=like)).points == points


@pytest.mark.parametrize(("unseen_s", "points"), [(0.8, None), (0.4, 0)])
def test_a_little_of_a_press_by_one_of_both_hands_while_nobody_saw_the_other_may_have_been_it(
    unseen_s: float, points: int | None
) -> None:
    """Though that had left the back before: it may have come again unseen."""
    made = protocol(STROKE, CIRCLE, PRESS | {"hands": "together", "hold": PRESS["hold"] | {"rest_from_s": 4.2}})
    like = (Unclaimed("points", Span(25.0, 26.2), 0.5, pressed=frozenset({"upper"})),)
    view = sight(("right", 25.0, 25.0 + unseen_s))
    view = replace(view, away={"right": ~view.seen["right"]})
    seen = replace(evidence(made, "points", BEFORE, view=view), length=Span(0.0, 40.0), unclaimed=like)
    assert absent(seen).points == points


@pytest.mark.parametrize(
    ("second", "held_s", "points"), [("lower", 1.0, None), ("lower", 0.8, 0), ("upper", 1.0, 0), ("upper", 1.3, None)]
)
def test_presses_at_two_of_its_points_tell_more_than_at_one(second: str, held_s: float, points: int | None) -> None:
    starts = (25.0, 28.0)
    like = tuple(
        Unclaimed("points", Span(start_s, start_s + held_s), 0.5, pressed=frozenset({point}))
        for start_s, point in zip(starts, ("upper", second), strict=True)
    )
    assert absent(replace(evidence(MADE, "points", BEFORE), length=Span(0.0, 40.0), unclaimed=like)).points == points


def test_in_a_long_time_much_looks_like_a_step() -> None:
    like = (Unclaimed("round", Span(25.0, 28.0), 0.9),)
    assert absent(replace(evidence(MADE, "round", BEFORE, AFTER), unclaimed=like)).points == 0


def test_the_hand_that_is_asked_must_be_the_hidden_one() -> None:
    later = at("round", 60.0, 70.0)
    assert absent(evidence(MADE, "down", later, view=sight(("left", 0.0, 60.0)))).points == 0
    assert absent(evidence(MADE, "down", later, view=sight(("right", 0.0, 60.0)))).points is None


@pytest.mark.parametrize(("hidden", "points"), [(0.7, None), (0.5, 0)])
def test_hidden_for_most_of_a_gap_that_was_long_enough_is_not_visible(hidden: float, points: int | None) -> None:
    gap_s = 0.7 * LEAST_S
    here = (at("down", 5.0, 20.0), at("points", 20.0 + gap_s, 60.0))
    view = sight(("right", 20.0, 20.0 + hidden * gap_s))
    assert absent(evidence(MADE, "round", *here, view=view)).points == points


def test_a_gap_too_short_for_it_is_nought_even_where_it_was_hidden() -> None:
    here = (at("down", 5.0, 20.0), at("points", 20.0 + 0.4 * LEAST_S, 60.0))
    view = sight(("right", 20.0, 20.0 + 0.4 * LEAST_S))
    assert absent(evidence(MADE, "round", *here, view=view)).points == 0
