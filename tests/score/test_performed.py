from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from coach.domain import HANDS, Span
from coach.locate.framing import framing
from coach.parse.glimpses import Glimpse
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
        (((19.0, 21.0),), 0.9, 0),  # at another time
    ],
)
def test_something_like_it_that_nothing_else_explains_may_have_been_it(
    spans: tuple[tuple[float, float], ...], fit: float, points: int | None
) -> None:
    like = tuple(Glimpse("round", Span(*span), fit) for span in spans)
    soon = at("points", 40.0, 50.0)
    verdict = absent(replace(evidence(MADE, "round", BEFORE, soon), glimpses=like))
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


def test_the_hand_that_is_asked_must_be_the_hidden_one() -> None:
    later = at("round", 60.0, 70.0)
    assert absent(evidence(MADE, "down", later, view=sight(("left", 0.0, 60.0)))).points == 0
    assert absent(evidence(MADE, "down", later, view=sight(("right", 0.0, 60.0)))).points is None


def test_in_a_long_time_much_looks_like_a_step() -> None:
    like = (Glimpse("round", Span(25.0, 28.0), 0.9),)
    assert absent(replace(evidence(MADE, "round", BEFORE, AFTER), glimpses=like)).points == 0
