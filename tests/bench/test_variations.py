"""Parts taken away from outside: something changes inside, and nothing stays changed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from coach.capture.look import look
from coach.domain import HANDS, HandObservation
from coach.locate import tracklets
from coach.moves import trace
from coach.parse import lattice, segments
from coach.protocol.files import load
from tests.bench import simulated
from tests.bench.detector import Finds
from tests.bench.finders import Labelled
from tests.bench.limits import limit
from tests.bench.recording import Watched
from tests.bench.steps import Step, grown
from tests.bench.variations import VARIATIONS
from tests.fakes.hands import observation
from tests.fakes.simulated import played
from tests.simulator import HARD, SimulatedSession, d01_like

STEPS = 7  # of the right ones, from the neck to the first shoulder blade


def short() -> SimulatedSession:
    """The beginning of a session before a bad camera."""
    script = d01_like()
    return played(replace(script, steps=script.steps[:STEPS], detector=HARD), 3)


@pytest.mark.parametrize("name", VARIATIONS)
def test_a_variation_leaves_no_trace(name: str) -> None:
    places = (
        (tracklets, "plausible"),
        (tracklets, "PROVEN"),
        (lattice, "BEGIN_COST"),
        (segments, "split_at_twins"),
        (trace, "CARRIED_GAP_S"),
    )
    before = [getattr(module, field) for module, field in places]
    with VARIATIONS[name].active():
        pass
    assert [getattr(module, field) for module, field in places] == before


def test_filters_and_the_duration_model_do_something() -> None:
    session, protocol = short(), load("oxytocin")
    made = {}
    for name in (name for name, variation in VARIATIONS.items() if variation.mover == "flow"):  # all need no film
        with VARIATIONS[name].active():
            tracks = simulated.watch(session).tracks()
            made[name] = simulated.reported(tracks, protocol, name, session.corners_px)
    assert made["no ghost filters"]["tracking"] != made["shipped"]["tracking"]
    assert len(made["no duration model"]["segments"]) > len(made["shipped"]["segments"])


def test_the_detectors_labels_make_the_tracks() -> None:
    watching = simulated.watch(short())
    frames = len(watching.time_s)
    one = observation(0.0, (300.0, 200.0))
    hand = Labelled(0.0, one.landmarks, 0.9, label="right")
    tracks = VARIATIONS["detector's labels"].tracks(Watched(watching, [(hand,)] + [()] * (frames - 1)))
    assert [int(tracks[hand].seen.sum()) for hand in HANDS] == [0, 1]
    assert np.isfinite(tracks["right"].landmarks[0]).all()


# ------------------------------------------------------------------ ways to find hands
def moved(hand: HandObservation, dx: float) -> HandObservation:
    return HandObservation(hand.time_s, hand.landmarks + np.array([dx, 0.0]), hand.confidence)


def test_finds_are_hands_missed_hands_and_false_ones() -> None:
    left, right = observation(0.0, (200.0, 200.0), hand="left"), observation(0.0, (400.0, 200.0))
    truth = {
        "hands": {"left": left.landmarks.tolist(), "right": right.landmarks.tolist()},
        "visible": {"left": 1.0, "right": 0.2},
    }
    result = Finds()
    result.add(truth, [left, moved(left, 3.0)])  # a twin on one hand
    result.add(truth, [right])  # hidden, found all the same: neither right nor wrong
    assert (result.frames, result.hands, result.found, result.ghosts, result.both) == (2, 2, 1, 1, 0)
    assert result.values() == {"hands found %": 50.0, "both found %": 0.0, "false per 100 frames": 50.0}


# ------------------------------------------------------------------ pictures made worse
def test_a_picture_that_is_farther_away_holds_the_same_hands() -> None:
    image = np.zeros((48, 64, 3), np.uint8)
    image[10:14, 40:44] = 255
    step = Step("palm_share", 0.5)
    small = step.of(image, 0)
    assert small.shape == image.shape
    place = np.argwhere(small[..., 0] > 128).mean(axis=0)[::-1] + 0.5
    hand = HandObservation(0.0, np.tile(place, (21, 1)), 0.9)
    np.testing.assert_allclose(grown(hand, step.shrunk, image).landmarks[0], (42.0, 12.0), atol=1.0)


def test_darker_is_darker_and_softer_is_softer() -> None:
    image = np.random.default_rng(2).integers(60, 200, (96, 128, 3)).astype(np.uint8)
    light = [look(Step("light", level).of(image, 0)).light for level in (1.0, 0.5, 0.25)]
    assert light == sorted(light, reverse=True)
    assert look(Step("sharpness", 0.02).of(image, 0)).sharpness < look(image).sharpness


def test_a_limit_is_the_last_value_before_hands_are_lost() -> None:
    rows = [{"light": light, "both": both} for light, both in ((20.0, 95.0), (90.0, 100.0), (50.0, 92.0), (40.0, 60.0))]
    assert limit(rows, "light") == 50.0
    assert limit(rows[3:], "light") is None
