"""Each line of the set-up check: green, or one sentence what to change."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from coach.messages import Catalogue
from coach.practice.setup_check import CHECKS, SLANTING, Check, Layout, Measured, check, load_limits
from tests.fakes.protocols import shipped
from tests.locate.test_relief import SIZE, camera_of, corners_of

LIMITS = load_limits()
GOOD = Measured(
    size=(640, 480),
    corners=np.array([[185.0, 108], [444, 102], [448, 411], [199, 422]]),
    palms_px=(85.0, 92.0, 88.0),
    light=120.0,
    glare=0.01,
    sharpness=0.05,
    fps=14.8,
)


def moved(by: tuple[float, float] = (0, 0), times: tuple[float, float] = (1, 1), turned_deg: float = 0) -> Measured:
    assert GOOD.corners is not None
    middle = GOOD.corners.mean(axis=0)
    angle = np.deg2rad(turned_deg)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return replace(GOOD, corners=((GOOD.corners - middle) * times) @ turn.T + middle + by)


def seen_from(aside_deg: float, above_deg: float) -> Measured:
    """A camera that is turned by so much about the back's own upright, and above it."""
    return replace(GOOD, size=SIZE, corners=corners_of(camera_of((aside_deg, above_deg))))


def test_every_step_must_be_in_the_picture() -> None:
    """The points behind the ears lie above the marked back: of a picture that begins at the neck nothing tells that."""
    segments = shipped("oxytocin").segments
    assert check(replace(GOOD, segments=segments), LIMITS)[0].state == "ok"
    cut = check(replace(moved(by=(0, -75)), segments=segments), LIMITS)[0]
    assert (cut.state, cut.key, cut.values) == ("bad", "setup_back_cut", {"segment": "neck_points"})
    assert check(moved(by=(0, -75)), LIMITS)[0].state == "ok"


def test_a_good_set_up_is_all_green() -> None:
    lines = check(GOOD, LIMITS)
    assert [line.id for line in lines] == list(CHECKS)
    assert {line.state for line in lines} == {"ok"}


@pytest.mark.parametrize(
    ("measured", "id_", "state", "key"),
    [
        (replace(GOOD, corners=None), "back", "unknown", "setup_back_unmarked"),
        (moved(by=(0, 200)), "back", "bad", "setup_back_outside"),
        (moved(times=(0.4, 0.4)), "back", "bad", "setup_back_small"),
        (replace(GOOD, palms_px=()), "hands", "unknown", "setup_hands_unseen"),
        (replace(GOOD, palms_px=(20.0, 25.0, 90.0)), "hands", "bad", "setup_hands_small"),
        (replace(GOOD, light=15.0), "light", "bad", "setup_light_dark"),
        (replace(GOOD, light=60.0, sharpness=0.8), "light", "bad", "setup_light_dark"),  # a lamp far away, and grain
        (replace(GOOD, light=60.0, sharpness=0.2), "light", "ok", "setup_light_ok"),  # dark skin in good light
        (replace(GOOD, light=120.0, sharpness=0.8), "light", "ok", "setup_light_ok"),  # a shirt with a fine pattern
        (replace(GOOD, light=60.0, sharpness=None), "light", "ok", "setup_light_ok"),
        (replace(GOOD, light=240.0), "light", "bad", "setup_light_bright"),
        (replace(GOOD, glare=0.6), "light", "bad", "setup_light_bright"),
        (replace(GOOD, light=None), "light", "unknown", "setup_wait"),
        (replace(GOOD, sharpness=0.0001), "sharpness", "bad", "setup_sharpness_blurred"),
        (replace(GOOD, sharpness=None), "sharpness", "unknown", "setup_wait"),
        (moved(turned_deg=180), "angle", "ok", "setup_angle_ok"),
        (moved(turned_deg=75, times=(0.8, 0.8)), "angle", "ok", "setup_angle_ok"),
        (seen_from(76.0, 10.0), "angle", "bad", "setup_angle_behind"),
        (replace(seen_from(0.0, 76.0), layout="far"), "angle", "bad", "setup_angle_far"),
        (replace(seen_from(0.0, 70.0), layout="above"), "angle", "bad", "setup_angle_above"),
        (replace(seen_from(-76.0, 10.0), layout="beside"), "angle", "bad", "setup_angle_beside"),
        (replace(GOOD, fps=6.0), "rate", "bad", "setup_rate_slow"),
        (replace(GOOD, fps=None), "rate", "unknown", "setup_wait"),
    ],
)
def test_each_fault_is_named_and_nothing_else(measured: Measured, id_: str, state: str, key: str) -> None:
    (line,) = [line for line in check(measured, LIMITS) if line.id == id_]
    assert (line.state, line.key) == (state, key)
    for lang in ("id", "en"):
        assert Catalogue(lang).text(line.key, **line.values)


@pytest.mark.parametrize(
    ("layout", "back", "hands"),
    [
        ("far", "setup_back_outside_laptop", "setup_hands_small_laptop"),
        ("beside", "setup_back_outside_laptop", "setup_hands_small_laptop"),
        ("behind", "setup_back_outside", "setup_hands_small"),
        ("above", "setup_back_outside", "setup_hands_small_above"),
    ],
)
def test_a_refusal_says_what_to_do_there(layout: Layout, back: str, hands: str) -> None:
    segments = shipped("oxytocin").segments
    outside = replace(moved(by=(0, 200)), palms_px=(20.0,), layout=layout)
    small, cut = moved(times=(0.4, 0.4)), replace(moved(by=(0, -75)), segments=segments)
    lines = [*check(outside, LIMITS)[:2], *(check(replace(one, layout=layout), LIMITS)[0] for one in (small, cut))]
    assert [line.key for line in lines[:2]] == [back, hands]
    for lang in ("id", "en"):
        told = [Catalogue(lang).text(line.key, **line.values) for line in lines]
        assert ("laptop" in " ".join(told).lower()) == (layout in SLANTING)


def angle_from(aside_deg: float, layout: Layout = "beside") -> Check:
    seen = replace(seen_from(aside_deg, 18.0), layout=layout)
    return next(line for line in check(seen, LIMITS) if line.id == "angle")


@pytest.mark.parametrize("aside_deg", [-60.0, -45.0, 0.0, 25.0, 60.0])
def test_a_camera_that_sees_the_back_is_well_placed(aside_deg: float) -> None:
    assert angle_from(aside_deg).key == "setup_angle_ok"


TWO: tuple[Layout, Layout] = ("behind", "above")


def test_what_is_above_the_back_may_stand_less_far_off() -> None:
    assert [angle_from(60.0, layout).state for layout in TWO] == ["ok", "bad"]


@pytest.mark.parametrize("aside_deg", [-74.0, 74.0])
def test_a_camera_that_looks_along_the_back_is_refused_and_the_degrees_are_told(aside_deg: float) -> None:
    line = angle_from(aside_deg)
    assert (line.state, line.key) == ("bad", "setup_angle_beside")
    assert float(line.values["degrees"]) == pytest.approx(74.0, abs=6.0)
    for lang in ("id", "en"):
        assert f"{line.values['degrees']:.0f}°" in Catalogue(lang).text(line.key, **line.values)


def test_every_line_has_its_words() -> None:
    for measured in (GOOD, Measured(size=(640, 480))):
        for line in check(measured, LIMITS):
            assert Catalogue("id").text(line.key, **line.values)
