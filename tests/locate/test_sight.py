"""What a camera does not see from where it stands, against what rendered views show of each step."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from coach.locate.relief import eye
from coach.locate.sight import Blind, across_deg, hidden_steps
from coach.practice.setup_check import LAYOUTS, Layout, Measured, load_blind, unseen_steps
from tests.fakes.protocols import shipped

VIEWS: list[dict[str, Any]] = json.loads(
    (Path(__file__).resolve().parents[2] / "samples" / "sights.json").read_text("utf-8")
)
HIDDEN = 1.0 / 3.0  # of a step's moments
SEGMENTS = shipped("oxytocin").segments


def layout_of(view: dict[str, Any]) -> Layout:
    """As a person names it: there is one drawing for all that stands beside her."""
    return next((one for one in LAYOUTS if one == view["layout"]), "beside")


def told(view: dict[str, Any]) -> set[str]:
    size = (view["size"][0], view["size"][1])
    seen = Measured(size, corners=np.array(view["corners_px"]), layout=layout_of(view), segments=SEGMENTS)
    return set(unseen_steps(seen, load_blind()))


def hidden(view: dict[str, Any]) -> set[str]:
    return {step for step, hands in view["steps"].items() if any(hand["hidden"] >= HIDDEN for hand in hands.values())}


def of(*layouts: str) -> Iterator[dict[str, Any]]:
    return (view for view in VIEWS if view["layout"] in layouts)


@pytest.mark.parametrize("layout", ["behind", "aside"])
def test_what_is_told_is_hidden_and_most_of_what_is_hidden_is_told(layout: str) -> None:
    right = sum(len(told(view) & hidden(view)) for view in of(layout))
    assert right / sum(len(told(view)) for view in of(layout)) >= 0.9
    assert right / sum(len(hidden(view)) for view in of(layout)) >= 0.6


def test_where_all_is_seen_nothing_is_told() -> None:
    assert [told(view) for view in of("far", "above")] == [set()] * 7
    assert sum(len(told(view) - hidden(view)) for view in of("beside")) <= 2


def test_beyond_the_spine_is_on_the_other_side_of_the_camera() -> None:
    rule = Blind((10.0, 60.0), (0.08, 1.0), presses=False)
    right, left = np.array([1.2, 0.0, 1.5]), np.array([-0.2, 0.0, 1.5])
    assert across_deg(right) == pytest.approx(-across_deg(left))
    assert "scapula_left_circles" in hidden_steps(SEGMENTS, right, [rule])
    assert "scapula_right_circles" not in hidden_steps(SEGMENTS, right, [rule])
    assert "scapula_right_circles" in hidden_steps(SEGMENTS, left, [rule])
    straight = np.array([0.5, 0.0, 1.5])
    assert hidden_steps(SEGMENTS, straight, [rule]) == ()


def test_a_rule_for_presses_leaves_motions_alone() -> None:
    beside = np.array([2.6, -0.3, 1.2])
    presses = hidden_steps(SEGMENTS, beside, load_blind()["beside"])
    assert presses == ("neck_points", "scapula_left_points")


def test_no_back_is_marked_no_step_is_told() -> None:
    assert unseen_steps(Measured((640, 480), layout="behind", segments=SEGMENTS), load_blind()) == ()
    assert across_deg(eye(np.array(VIEWS[0]["corners_px"]), (640, 480))) == pytest.approx(0.0, abs=8.0)
