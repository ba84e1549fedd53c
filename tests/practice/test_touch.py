"""Marking by touch on the real tracker: the sample in which an index finger touches the four places."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest

from coach.capture.video import open_video
from coach.detect.hands import MediaPipeHands
from coach.domain import Floats, Frame, HandObservation
from coach.locate.marks import corners_of
from coach.practice.marking import POINTS
from coach.practice.setup import SetUp
from coach.practice.setup_check import load_limits
from coach.practice.shown import Shown
from tests.bench.marks import off, places, size_of
from tests.bench.touch import mistaken, touched
from tests.footage import ROOT, read
from tests.practice.test_marking import FPS, PLACES, hand

CLIP = ROOT / "samples" / "t03_touch_left_shirt.mp4"
MASSAGE = ROOT / "samples" / "r21_shoulders_left25.mp4"
SLACK_S = 0.2  # the finger slows down before the truth says that it has come


def watched(clip: Path, until: int | None = None, every: int = 1) -> list[tuple[float, list[Floats]]]:
    """When (s) the tracker sees which hands (21, 2) px in a clip, or in some of its pictures."""
    with open_video(clip) as video, MediaPipeHands() as finder:
        return [
            (frame.time_s, [found.landmarks for found in finder.find(frame)])
            for frame in itertools.islice(video.frames(), 0, until, every)
        ]


def test_the_four_places_are_taken_in_their_order_up_to_a_green_check() -> None:
    """The other hand lies open on the back meanwhile: it was taken for the waist."""
    truth = read(CLIP.with_suffix(".truth.json"))
    (touches,) = truth["touches"]
    assert [hold["point"] for hold in touches["holds"]] == list(POINTS)
    setup, seen, asked = SetUp(load_limits()), [], dict[str, float]()
    setup.begin("touch")
    corners = None
    with open_video(CLIP) as video, MediaPipeHands() as finder:
        for frame in video.frames():
            found = finder.find(frame)
            setup.see(frame, found, float(truth["fps"]))
            seen.append((frame.time_s, [hand.landmarks for hand in found]))
            if corners is None and setup.corners is not None:
                corners = setup.corners
            for clip in setup.say:
                asked.setdefault(clip, frame.time_s)
            setup.say.clear()
    assert list(asked) == [*(f"mark_{point}" for point in POINTS), "mark_done"]
    assert setup.refused is None
    taken = list(asked.values())[1:]
    for when, hold, (before, now) in zip(taken, touches["holds"], itertools.pairwise(asked.values()), strict=True):
        assert before < now
        assert hold["start_s"] - SLACK_S < when - 1.0 < hold["end_s"]
        assert when < hold["end_s"] + 1 / truth["fps"]
    made = touched(seen, truth)
    assert made.wrong == 0
    assert max(made.places) < 0.08
    assert max(made.exact) < 0.03
    assert max(made.corners) < 0.1
    assert corners is not None
    corners_off = np.hypot(*(corners - np.array(truth["back_frame_px"])).T) / made.width_px
    assert corners_off == pytest.approx(made.corners, abs=0.02)
    assert {check.id: check.state for check in setup.checks()} == dict.fromkeys(
        ("back", "hands", "light", "sharpness", "angle", "rate"), "ok"
    )


def test_every_third_picture_is_enough() -> None:
    made = touched(watched(CLIP, every=3), read(CLIP.with_suffix(".truth.json")))
    assert (len(made.places), made.wrong) == (4, 0)


def test_hands_that_massage_touch_nothing() -> None:
    seen = watched(MASSAGE, until=240)
    assert sum(len(hands) for _, hands in seen) > 300
    assert mistaken(seen) == 0


def test_exact_places_give_the_back_as_the_camera_sees_it() -> None:
    truth = read(CLIP.with_suffix(".truth.json"))
    assert off(corners_of(places(truth), size_of(truth)), truth).max() < 0.03


def test_the_places_on_the_body_stay_until_the_back_moves_or_is_marked_anew() -> None:
    """What changes is sent to the page with each picture."""
    setup = SetUp(load_limits())

    def told(corners: Floats, moved: float = 0.0) -> list[list[float]]:
        setup.moved = corners + moved
        return [list(place) for place in setup.marking(Shown())["body"]]

    corners = np.array([[120.0, 40.0], [520.0, 40.0], [500.0, 440.0], [140.0, 440.0]])
    setup.mark(corners)
    first = told(corners)
    assert told(corners, 2.0) == first
    assert told(corners, 10.0) != first
    body = np.array([[320.0, 40.0], [170.0, 110.0], [480.0, 90.0], [330.0, 430.0]])
    for beside in (0.0, 2.0):  # each mark is told, however little it differs
        setup.drag(body + beside, "body")
        assert setup.marking(Shown())["body"] == (body + beside).tolist()


def test_places_that_do_not_fit_together_are_touched_anew() -> None:
    """The neck was shown on the middle of the back, so that no place can be her right shoulder."""
    setup = SetUp(load_limits())
    setup.begin("touch")
    black, wanted, refused = np.zeros((480, 640, 3), np.uint8), [], []
    for k, tip in enumerate(x for at in ((320.0, 250.0), PLACES["left"], PLACES["right"]) for x in [at] * 4 * FPS):
        now_s = k / FPS
        setup.see(Frame(k, now_s, black), [HandObservation(now_s, hand(tip), 0.9)], float(FPS))
        wanted.append(setup.marking(Shown())["point"])
        if setup.refused:
            refused.append(setup.refused)
            setup.refused = None
    assert [point for point, _ in itertools.groupby(wanted)] == ["c7", "left", "right", "c7"]
    assert refused == ["mark_unlike"]
    assert setup.marking(Shown())["hand"] == "pointing"
    assert setup.say[-1] == "mark_c7"
