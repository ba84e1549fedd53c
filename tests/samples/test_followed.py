"""hands.json beside the films: it tells of all of each film, and of presses as long as the protocol wants them."""

from __future__ import annotations

import importlib
import json
from itertools import groupby
from typing import Any

import av
import numpy as np
import pytest

from coach.protocol.files import load as load_protocol
from tests.samples.test_demonstrations import FOLDER, NAMES

TOLD: dict[str, Any] = json.loads((FOLDER / "hands.json").read_text(encoding="utf-8"))
FLESH = 0.03  # of a wrist may be outside
HELD = {s.id: s.hold for s in load_protocol("oxytocin").segments if s.hold is not None}


def runs(tips: list[list[float]]) -> list[int]:
    """How many samples each press has."""
    return [len(list(run)) for presses, run in groupby(tips, key=lambda tip: tip[2]) if presses]


@pytest.mark.parametrize("name", NAMES)
def test_it_tells_of_the_whole_film_and_the_working_hands_are_in_the_picture(name: str) -> None:
    with av.open(str(FOLDER / f"{name}.mp4")) as film:
        assert film.duration is not None
        duration_s = film.duration / av.time_base
    for hand in TOLD[name]["hands"].values():
        assert len(hand["tips"]) == len(hand["boxes"]) == pytest.approx(duration_s * TOLD[name]["per_s"], abs=1)
        pressed = np.array([box for box, tip in zip(hand["boxes"], hand["tips"], strict=True) if tip[2]])
        assert pressed.size == 0 or (pressed.min() >= -FLESH and pressed.max() <= 1.0 + FLESH)
        for (x, y, _), (left, top, right, bottom) in zip(hand["tips"], hand["boxes"], strict=True):
            assert left < x < right
            assert top < y < bottom


@pytest.mark.parametrize("name", sorted(HELD))
def test_each_point_is_pressed_longer_than_it_must_be(name: str) -> None:
    told = TOLD[name]
    pressed = [run for hand in told["hands"].values() for run in runs(hand["tips"])]
    assert len(pressed) == len(HELD[name].points)
    assert min(pressed) / told["per_s"] >= HELD[name].long_enough_s


def test_a_stroke_presses_on_its_way_out_alone() -> None:
    for name in ("neck_stroke", "shoulder_stroke"):
        for hand in TOLD[name]["hands"].values():
            (pressed,) = runs(hand["tips"])
            assert 0.4 < pressed / len(hand["tips"]) < 0.65
            assert hand["tips"][0][2] == 1


def test_it_is_what_the_renderer_acts() -> None:
    pytest.importorskip("moderngl", reason="the renderer's extra (moderngl) is not installed")
    followed = importlib.import_module("samples.renderer.followed")
    assert followed.followed("shoulder_stroke") == TOLD["shoulder_stroke"]
