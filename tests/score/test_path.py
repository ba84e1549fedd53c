from __future__ import annotations

import pytest

from coach.score.path import path
from tests.fakes.evidence import evidence, match, sight, strokes
from tests.fakes.protocols import CIRCLE, STROKE, protocol, segment

MADE = protocol(segment(STROKE, stroke_direction="scored", full_reach=0.7), CIRCLE)


def test_a_fitting_path_is_right() -> None:
    verdict = path(evidence(MADE, "down", match("down", *strokes(5, fit=0.9))))
    assert (verdict.points, verdict.reason.key) == (2, "path_right")


@pytest.mark.parametrize(("reach", "points"), [(0.5, 1), (0.69, 1), (0.71, 2), (1.3, 2)])
def test_strokes_that_stop_early_cost(reach: float, points: int) -> None:
    verdict = path(evidence(MADE, "down", match("down", *strokes(5, reach=reach))))
    assert verdict.points == points
    if points == 1:
        assert verdict.reason.key == "path_short"
        assert verdict.reason.values["reach_percent"] == round(100 * reach)


def test_a_turn_of_a_circle_cannot_stop_early() -> None:
    assert path(evidence(MADE, "round", match("round", *strokes(5, reach=0.6)))).points == 2


def test_only_the_short_ones_are_evidence() -> None:
    done = (*strokes(3, reach=0.5), *strokes(2, begin_s=30.0))
    assert path(evidence(MADE, "down", match("down", *done))).evidence == tuple(r.span for r in done[:3])


def test_a_working_stroke_quicker_than_the_way_back_goes_the_wrong_way() -> None:
    backwards = path(evidence(MADE, "down", match("down", *strokes(5, each_s=1.0, back_s=2.5))))
    assert (backwards.points, backwards.reason.key) == (1, "path_direction")
    assert path(evidence(MADE, "down", match("down", *strokes(5, each_s=2.5, back_s=1.0)))).points == 2


def test_direction_is_judged_only_where_the_protocol_says_so_and_more_than_once() -> None:
    shown = protocol(segment(STROKE, stroke_direction="shown"))
    assert path(evidence(shown, "down", match("down", *strokes(5, each_s=1.0, back_s=2.5)))).points == 2
    assert path(evidence(MADE, "down", match("down", *strokes(1, each_s=1.0, back_s=2.5)))).points == 2


def test_another_shape_costs() -> None:
    verdict = path(evidence(MADE, "down", match("down", *strokes(5, fit=0.3))))
    assert (verdict.points, verdict.reason.key, verdict.reason.values) == (1, "path_shape", {"fit_percent": 30})
    assert len(verdict.evidence) == 5


def test_the_median_decides() -> None:
    done = (*strokes(3, fit=0.9), *strokes(2, fit=0.2, begin_s=30.0))
    assert path(evidence(MADE, "down", match("down", *done))).points == 2


def test_without_a_single_repetition_nothing_can_be_said() -> None:
    match_ = match("down", *strokes(1))
    nothing = evidence(MADE, "down", match_.__class__("down", match_.span, 0.5), view=sight(("right", 10.0, 11.0)))
    assert path(nothing).points is None
