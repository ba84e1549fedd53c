"""The simulator's own truth must hold together before it may judge anything."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest

from coach.domain import HANDS, Floats, Hand
from tests.fakes.simulated import played
from tests.simulator import (
    HARD,
    SEGMENTS,
    Camera,
    Detector,
    Idle,
    Press,
    SessionScript,
    SimulatedSession,
    Step,
    Style,
    Timing,
    d01_like,
    d02_like,
    d03_like,
    random_script,
    simulate,
)
from tests.simulator import noise as detector_noise
from tests.simulator.curves import ASPECT
from tests.simulator.landmarks import projection, to_picture
from tests.simulator.mistakes import POSSIBLE, plant
from tests.simulator.script import KIND_OF, Mistake

RENDERED = Path(__file__).resolve().parents[2] / "shared" / "footage" / "rendered"
QUIET = Detector(slow_noise=0.0, white_noise=0.0, missed=0.0, wrist_shift=0.0)


def alone(*steps: Step) -> SimulatedSession:
    return simulate(SessionScript(steps), 5)


def acted(*steps: Step) -> SimulatedSession:
    """The same, where nobody looks at the single frames' truth."""
    return played(SessionScript(steps), 5)


def frames(truth: dict[str, Any], hand: Hand, what: str) -> tuple[Floats, Floats]:
    """Times (n,) and places (n, 2)."""
    time_s = np.array([frame["t"] for frame in truth["frames"]])
    return time_s, np.array([frame["back"][hand][what] for frame in truth["frames"]])


def working(truth: dict[str, Any], hand: Hand, segment: dict[str, Any], what: str = "fingertips") -> Floats:
    time_s, place = frames(truth, hand, what)
    chosen: Floats = place[(time_s >= segment["start_s"]) & (time_s < segment["end_s"])]
    return chosen


@cache
def drawn(seed: int) -> SimulatedSession:
    rng = np.random.default_rng(seed)
    script = random_script(rng, mistakes=seed % 5, hard=seed % 2 == 0, decoys=seed % 3 == 0)
    return simulate(script, seed)


@pytest.fixture(scope="module")
def whole() -> SimulatedSession:
    return simulate(d01_like(), 1)


def test_the_same_seed_gives_the_same_session_and_another_seed_another() -> None:
    first, again, other = (simulate(d02_like(), seed) for seed in (3, 3, 4))
    assert first.truth == again.truth
    assert first.expected == again.expected
    for (time_a, hands_a), (time_b, hands_b) in zip(first.observations, again.observations, strict=True):
        assert time_a == time_b
        assert len(hands_a) == len(hands_b)
        assert all(np.array_equal(a.landmarks, b.landmarks) for a, b in zip(hands_a, hands_b, strict=True))
    assert first.truth["segments"] != other.truth["segments"]


@pytest.mark.parametrize("seed", range(10))
def test_repetitions_and_holds_lie_in_order_inside_their_segments(seed: int) -> None:
    session = drawn(seed)
    ends = 0.0
    for segment in session.truth["segments"]:
        assert ends <= segment["start_s"] < segment["end_s"] <= session.truth["duration_s"]
        ends = segment["end_s"]
        for act in [*segment["repetitions"], *segment["holds"], *segment.get("partial", [])]:
            assert segment["start_s"] <= act["start_s"] < act["end_s"] <= segment["end_s"]
            assert act["end_s"] <= act.get("returned_s", act["end_s"]) <= segment["end_s"]
        assert bool(segment["repetitions"]) != bool(segment["holds"])


@pytest.mark.parametrize("seed", range(10))
def test_shapes_times_and_sizes_are_those_of_the_contracts(seed: int) -> None:
    session = drawn(seed)
    times = [time for time, _ in session.observations]
    assert all(a < b for a, b in pairwise(times))
    assert times == [frame["t"] for frame in session.truth["frames"]]
    for time, hands in session.observations:
        assert len(hands) <= session.script.detector.max_hands
        for hand in hands:
            assert hand.time_s == time
            assert hand.landmarks.shape == (21, 2)
            assert np.isfinite(hand.landmarks).all()
            assert 0.0 <= hand.confidence <= 1.0
    assert session.corners_px.shape == (4, 2)
    json.dumps(session.truth)


@pytest.mark.parametrize("seed", range(20))
def test_mistakes_are_planted_once_a_segment_and_named_once(seed: int) -> None:
    script = random_script(np.random.default_rng(seed), mistakes=4)
    session = played(script, seed)
    assert len(session.truth["faults"]) == len(set(session.expected)) == 4
    assert len({name for name, _ in session.expected}) == 4
    assert not set(session.expected) & set(session.tolerated)
    assert set(session.present) | {name for name, kind in session.expected if kind == "performed"} == set(SEGMENTS)


@pytest.mark.parametrize("name", [name for name in SEGMENTS if not name.endswith(("points", "grip"))])
@pytest.mark.parametrize("count", [3, 5, 6])
def test_as_many_repetitions_as_asked(name: str, count: int) -> None:
    (segment,) = acted(Step(name, count)).truth["segments"]
    assert len(segment["repetitions"]) == (2 * count if name == "love" else count)


def test_every_possible_mistake_can_be_played() -> None:
    rng = np.random.default_rng(0)
    for name, mistakes in POSSIBLE.items():
        for mistake in set(mistakes) - {"skipped"}:
            session = acted(plant(rng, Step(name), mistake, Style()))
            assert (name, KIND_OF[mistake]) in session.expected
    assert {m for mistakes in POSSIBLE.values() for m in mistakes} | {"wrong_order"} == set(get_args(Mistake))


def test_partial_repetitions_are_listed_apart_and_are_short() -> None:
    session = alone(Step("spine_strokes", 6, partial=(1, 4)))
    (segment,) = session.truth["segments"]
    assert (len(segment["repetitions"]), len(segment["partial"])) == (4, 2)
    time_s, place = frames(session.truth, "right", "fingertips")
    for act, reached in [(segment["partial"][0], False), (segment["repetitions"][0], True)]:
        inside = (time_s >= act["start_s"]) & (time_s < act["returned_s"])
        assert (np.ptp(place[inside, 1]) > 0.5) == reached


def test_asymmetric_hands_and_the_forgotten_hand_can_be_told_from_right_ones() -> None:
    def spans(step: Step) -> tuple[float, float]:
        session = alone(step)
        (segment,) = session.truth["segments"]
        left, right = (float(np.ptp(working(session.truth, hand, segment)[:, 1])) for hand in HANDS)
        return left, right

    left, right = spans(Step("spine_strokes"))
    assert left == pytest.approx(right, rel=0.25)
    left, right = spans(Step("spine_strokes", left_size=0.45))
    assert left < 0.6 * right
    left, right = spans(Step("spine_strokes", work="right"))
    assert left < 0.1 * right


def test_strokes_go_down_unless_they_are_asked_to_go_up() -> None:
    for upward in (False, True):
        session = alone(Step("spine_strokes", upward=upward))
        (segment,) = session.truth["segments"]
        time_s, place = frames(session.truth, "right", "fingertips")
        for act in segment["repetitions"]:
            begin, end = np.searchsorted(time_s, [act["start_s"], act["end_s"]])
            assert (place[end, 1] < place[begin, 1]) == upward


def test_circles_turn_as_the_truth_says() -> None:
    for clockwise in (True, False):
        session = alone(Step("scapula_right_circles", 5, clockwise=clockwise))
        (segment,) = session.truth["segments"]
        around = working(session.truth, "right", segment) - working(session.truth, "right", segment).mean(axis=0)
        turned = float(np.sum(np.diff(np.unwrap(np.arctan2(around[:, 1], around[:, 0])))) / (2 * np.pi))
        assert segment["direction"] == ("cw" if clockwise else "ccw")
        assert turned == pytest.approx(5.0 if clockwise else -5.0, abs=0.2)


def test_holds_are_still_at_their_point_and_as_long_as_asked() -> None:
    session = alone(Step("scapula_left_points", presses=(Press("3"), Press("12", hold_s=1.0), Press("8"))))
    (segment,) = session.truth["segments"]
    assert [hold["point"] for hold in segment["holds"]] == ["3", "12", "8"]
    assert segment["holds"][1]["end_s"] - segment["holds"][1]["start_s"] == pytest.approx(1.0, abs=0.01)
    time_s, place = frames(session.truth, "left", "fingertips")
    for hold, where in zip(segment["holds"], [(0.352, 0.25), (0.24, 0.078), (0.143, 0.336)], strict=True):
        inside = (time_s > hold["start_s"]) & (time_s < hold["end_s"])
        assert place[inside].std(axis=0).max() < 0.012
        assert np.abs(place[inside].mean(axis=0) - where).max() < 0.03


def test_half_hearts_come_in_turn_together_or_one_side_after_the_other() -> None:
    def order(step: Step) -> list[str]:
        (segment,) = acted(step).truth["segments"]
        return [half["hand"][0] for half in segment["repetitions"]]

    assert order(Step("love", 3)) == list("rlrlrl")
    assert order(Step("love", 3, turns="right_then_left")) == list("rrrlll")
    assert order(Step("love", 3, turns="together")) == list("lrlrlr")
    assert order(Step("love", 3, work="right")) == list("rrr")


def test_hands_keep_a_plausible_size_and_never_jump(whole: SimulatedSession) -> None:
    for hand in HANDS:
        time_s, tips = frames(whole.truth, hand, "fingertips")
        speed = np.hypot(*np.diff(tips, axis=0).T) / np.diff(time_s)
        assert speed.max() < 2.5  # back units a second
        marks = np.array([frame["hands"][hand] for frame in whole.truth["frames"]])
        width = np.linalg.norm(whole.corners_px[1] - whole.corners_px[0])
        palm = np.linalg.norm(marks[:, 9] - marks[:, 0], axis=1) / width
        assert 0.18 < palm.min() < palm.max() < 0.36


def test_the_corners_frame_the_truth(whole: SimulatedSession) -> None:
    matrix = projection(whole.script.camera)
    for hand in HANDS:
        _, centre = frames(whole.truth, hand, "centre")
        flat = np.concatenate([centre, np.zeros((len(centre), 1))], axis=1)
        marks = np.array([frame["hands"][hand] for frame in whole.truth["frames"]]).mean(axis=1)
        off = np.linalg.norm(to_picture(matrix, flat) - marks, axis=1)
        assert np.median(off) < 12.0  # px; what is left is the hand's height over the back


@pytest.mark.parametrize("camera", [Camera(), Camera(azimuth_deg=30.0), Camera(azimuth_deg=-30.0, roll_deg=5.0)])
def test_cameras_see_the_back_unmirrored(camera: Camera) -> None:
    corners = played(SessionScript((Idle(0.5),), camera=camera), 0).corners_px
    x, y = corners.T
    area = 0.5 * float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))
    assert area > 0  # clockwise in the picture: left shoulder, right shoulder, down
    width = float(np.linalg.norm(corners[1] - corners[0]))
    assert width == pytest.approx(camera.back_width * camera.size[0], rel=0.25)
    assert ASPECT > 1


# ------------------------------------------------------------------ the detector
def test_without_noise_the_detector_sees_the_truth() -> None:
    session = simulate(replace(d03_like(), detector=QUIET), 2)
    for (_, hands), frame in zip(session.observations, session.truth["frames"], strict=True):
        assert len(hands) == 2
        true = [np.asarray(frame["hands"][hand]) for hand in HANDS]
        for seen in hands:
            assert min(float(np.abs(seen.landmarks - marks).max()) for marks in true) < 0.1


def test_noise_is_as_large_as_measured() -> None:
    rng = np.random.default_rng(0)
    time_s = np.arange(6000) / 15.0
    true = np.broadcast_to(np.random.default_rng(1).uniform(0, 100, (21, 2)), (6000, 21, 2))
    calm = np.zeros(6000, dtype=np.bool_)
    off = (detector_noise.jitter(rng, true, time_s, calm, Detector(wrist_shift=0.0)) - true) / detector_noise.palms(
        true
    )[:, None, None]
    assert off.std() == pytest.approx(np.hypot(0.03, 0.01), rel=0.1)
    assert np.corrcoef(off[:-1, 5, 0], off[1:, 5, 0])[0, 1] == pytest.approx(
        0.9 * 0.03**2 / (0.03**2 + 0.01**2), abs=0.05
    )
    worse = (detector_noise.jitter(rng, true, time_s, ~calm, Detector(wrist_shift=0.0)) - true) / detector_noise.palms(
        true
    )[:, None, None]
    assert worse.std() == pytest.approx(2.5 * off.std(), rel=0.1)


def rates(detector: Detector) -> tuple[float, float, int]:
    """Parts of frames with a hand missed and with both skeletons on one hand; the longest miss, frames."""
    script = replace(d01_like(), detector=replace(detector, ghosts=0.0), timing=Timing(fps=30.0))
    session = simulate(script, 7)
    missed, doubled = [], []
    for (_, hands), frame in zip(session.observations, session.truth["frames"], strict=True):
        missed.append(len(hands) < 2)
        left, right = (np.asarray(frame["hands"][hand]).mean(axis=0) for hand in HANDS)
        nearest = {
            bool(np.hypot(*(h.landmarks.mean(axis=0) - left)) < np.hypot(*(h.landmarks.mean(axis=0) - right)))
            for h in hands
        }
        doubled.append(len(hands) == 2 and len(nearest) == 1)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], np.asarray(missed, dtype=np.int64), [0]])))
    longest = int(np.max(edges[1::2] - edges[::2], initial=0))
    return float(np.mean(missed)), float(np.mean(doubled)), longest


def test_hands_are_lost_and_doubled_as_often_as_asked() -> None:
    missed, doubled, longest = rates(Detector(missed=0.01))
    assert missed == pytest.approx(0.01, abs=0.003)
    assert doubled == 0.0
    assert longest <= 4
    missed, doubled, longest = rates(HARD)
    assert missed == pytest.approx(0.2, abs=0.02)
    assert doubled / (1.0 - missed) == pytest.approx(0.17, abs=0.03)
    assert 12 < longest <= 36


def test_frames_come_at_the_rate_asked_with_jitter_and_losses() -> None:
    for fps in (10.0, 29.97, 60.0):
        script = SessionScript((Idle(60.0),), timing=Timing(fps, jitter=0.1, dropped=0.05))
        steps = np.diff([time for time, _ in played(script, 1).observations])
        assert np.median(steps) == pytest.approx(1 / fps, rel=0.03)
        assert np.mean(steps > 1.6 / fps) == pytest.approx(0.05, abs=0.03)


# ------------------------------------------------------------------ against the rendered sessions
@cache
def rendered() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((RENDERED / "d01.truth.json").read_text(encoding="utf-8"))
    return loaded


@pytest.mark.skipif(not RENDERED.is_dir(), reason="../shared/footage is not here")
@pytest.mark.parametrize("name", SEGMENTS)
def test_fingertips_go_where_the_rendered_sessions_go(whole: SimulatedSession, name: str) -> None:
    real = rendered()
    ours, theirs = (next(s for s in t["segments"] if s["id"] == name) for t in (whole.truth, real))
    assert ours["end_s"] - ours["start_s"] == pytest.approx(theirs["end_s"] - theirs["start_s"], rel=0.12)
    assert len(ours["repetitions"]) == len(theirs["repetitions"])
    assert [hold["point"] for hold in ours["holds"]] == [hold["point"] for hold in theirs["holds"]]
    for hand in HANDS:
        for what, near in (("fingertips", 0.04), ("centre", 0.05)):
            a, b = working(whole.truth, hand, ours, what), working(real, hand, theirs, what)
            levels = [5, 25, 75, 95]
            assert np.abs(np.percentile(a, levels, axis=0) - np.percentile(b, levels, axis=0)).max() < near
