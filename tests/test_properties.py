"""What must not change the reading: frame rate, place and size of the back, the order of the hands, left for right."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.domain import HANDS, Hand, HandObservation, Hands, Span
from coach.protocol import Protocol
from tests.fakes.protocols import shipped
from tests.fakes.session import Reading, Recorded, frames_of, tracks, watching
from tests.fakes.simulated import played
from tests.simulator import SEGMENTS, SessionScript, SimulatedSession, Step, Timing

SHORT = (Step("neck_stroke", 5), Step("scapula_left_circles", 5), Step("scapula_left_points"), Step("spine_strokes", 5))
OTHER: dict[Hand, Hand] = {"left": "right", "right": "left"}


@cache
def session(seed: int = 3) -> SimulatedSession:
    """One and a half minutes: strokes by one hand, circles, points, strokes by both."""
    return played(SessionScript(SHORT), seed)


@cache
def usual() -> Reading:
    return reading(session().observations)


def reading(recorded: Recorded, corners: Any = None, protocol: Protocol | None = None) -> Reading:
    there = session().corners_px if corners is None else corners
    return Reading(recorded, there, protocol or shipped("oxytocin"))


def changed(recorded: Recorded, change: Any) -> Recorded:
    """Every landmark of every hand through ``change``."""
    return [(t, tuple(replace(o, landmarks=change(o.landmarks)) for o in found)) for t, found in recorded]


def times(one: Reading) -> list[Span]:
    return [
        span for m in one.segments for span in (m.span, *(r.span for r in m.repetitions), *(h.span for h in m.holds))
    ]


def same_times(one: Reading, other: Reading, within_s: float) -> bool:
    pairs = list(zip(times(one), times(other), strict=True))
    return all(abs(a.start_s - b.start_s) <= within_s and abs(a.end_s - b.end_s) <= within_s for a, b in pairs)


def test_the_session_is_read_as_it_was_done() -> None:
    """Without this the properties below would hold of nothing at all."""
    assert usual().outline == [
        ("neck_stroke", 5, ()),
        ("scapula_left_circles", 5, ()),
        ("scapula_left_points", 0, ("3", "6", "8")),
        ("spine_strokes", 5, ()),
    ]


@pytest.mark.parametrize("seed", range(3, 7))
def test_the_frame_rate_changes_neither_segments_nor_counts(seed: int) -> None:
    outlines = []
    for fps in (15.0, 30.0, 60.0):
        made = played(SessionScript(SHORT, timing=Timing(fps)), seed)
        outlines.append(reading(made.observations, made.corners_px).outline)
    assert outlines[0] == outlines[1] == outlines[2]
    assert [name for name, _, _ in outlines[0]] == [step.segment_id for step in SHORT]
    assert [count for _, count, points in outlines[0] if not points] == [5, 5, 5]


@settings(max_examples=8, deadline=None)
@given(st.floats(0.25, 4.0), st.floats(-3000, 3000), st.floats(-3000, 3000))
def test_it_does_not_matter_where_and_how_large_the_back_is_in_the_picture(scale: float, x: float, y: float) -> None:
    moved = reading(
        changed(session().observations, lambda marks: marks * scale + (x, y)), session().corners_px * scale + (x, y)
    )
    assert moved.outline == usual().outline
    assert same_times(moved, usual(), 1e-3)
    points = [(key, item.points) for key, item in moved.items.items()]
    assert points == [(key, item.points) for key, item in usual().items.items()]


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_the_order_of_the_hands_in_a_frame_does_not_matter(seed: int) -> None:
    random = Random(seed)
    shuffled = [(t, tuple(random.sample(found, len(found)))) for t, found in session().observations]
    again = tracks(shuffled, session().corners_px)
    for hand in HANDS:
        assert np.array_equal(again[hand].landmarks, usual().tracks[hand].landmarks, equal_nan=True)
        assert np.array_equal(again[hand].seen, usual().tracks[hand].seen)


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_how_sure_the_detector_is_does_not_matter(seed: int) -> None:
    rng = np.random.default_rng(seed)
    unsure = [
        (t, tuple(replace(o, confidence=float(rng.uniform(0.5, 1.0))) for o in found))
        for t, found in session().observations
    ]
    assert reading(unsure).outline == usual().outline


def test_frames_one_at_a_time_and_tracks_looked_at_on_the_way_give_the_same() -> None:
    recorded = session().observations
    fold = watching(recorded, session().corners_px)
    for k, frame in enumerate(frames_of(recorded), 1):
        fold.step(frame)
        if k % 97 == 0:
            so_far = fold.tracks()
            assert all(len(so_far[hand].time_s) == k for hand in HANDS)
            assert fold.planes().shape == (k, 3, 3)
    for hand in HANDS:
        assert np.array_equal(fold.tracks()[hand].landmarks, usual().tracks[hand].landmarks, equal_nan=True)


def test_a_session_that_begins_later_by_the_clock_is_the_same() -> None:
    later = [
        (t + 1000.0, tuple(replace(o, time_s=o.time_s + 1000.0) for o in found)) for t, found in session().observations
    ]
    shifted = reading(later)
    assert shifted.outline == usual().outline
    assert shifted.segments[0].span.start_s == pytest.approx(usual().segments[0].span.start_s + 1000.0, abs=0.06)


# ------------------------------------------------------------------ left and right
def exchanged(hand: Hands) -> Hands:
    return "both" if hand == "both" else OTHER[hand]


def mirrored(protocol: Protocol) -> Protocol:
    """The protocol as its mirror image does it: hands exchanged, places on the other side.

    Paths stay: they are written for the right hand, and the left one's is their mirror image already.
    """
    raw = protocol.model_dump(by_alias=True)
    for segment in raw["segments"]:
        segment["hands"] = OTHER.get(segment["hands"], segment["hands"])
        if segment["circle"] and not segment["mirrored"]:
            x, y = segment["circle"]["centre"]
            segment["circle"]["centre"] = (1.0 - x, y)
        for point in (*(segment["hold"] or {"points": ()})["points"], *(segment["hold"] or {}).get("confusable", ())):
            point["at"] = (1.0 - point["at"][0], point["at"][1])
            point["hand"] = OTHER.get(point["hand"], point["hand"])
    return Protocol.model_validate(raw)


def test_a_mirrored_session_is_read_alike_by_a_mirrored_protocol() -> None:
    """All thirteen segments."""
    whole = played(SessionScript(tuple(Step(name, 5) for name in SEGMENTS)), 5)
    width = 640.0
    flipped = changed(whole.observations, lambda marks: np.stack([width - marks[:, 0], marks[:, 1]], axis=1))
    corners = np.stack([width - whole.corners_px[:, 0], whole.corners_px[:, 1]], axis=1)[[1, 0, 3, 2]]
    one = reading(whole.observations, whole.corners_px)
    other = reading(flipped, corners, mirrored(shipped("oxytocin")))
    assert [name for name, *_ in one.outline] == list(SEGMENTS)
    assert [(m.segment_id, len(m.whole)) for m in other.segments] == [
        (m.segment_id, len(m.whole)) for m in one.segments
    ]
    for a, b in zip(one.segments, other.segments, strict=True):
        assert [exchanged(r.hand) for r in a.repetitions] == [r.hand for r in b.repetitions]
        mine, its = {h.point: h for h in a.holds}, {h.point: h for h in b.holds}
        assert {point: exchanged(h.hand) for point, h in mine.items()} == {point: h.hand for point, h in its.items()}
        assert all(mine[point].span.start_s == pytest.approx(its[point].span.start_s, abs=0.11) for point in mine)
        assert (a.span.start_s, a.span.end_s) == pytest.approx((b.span.start_s, b.span.end_s), abs=0.11)
    assert [i.points for i in one.items.values()] == [i.points for i in other.items.values()]


def test_two_frames_of_the_same_hand_are_one_hand() -> None:
    """Each skeleton reported twice, a little apart, is what doubled detections look like; nothing changes."""
    doubled: list[tuple[float, tuple[HandObservation, ...]]] = [
        (t, (*found, *(replace(o, landmarks=o.landmarks + 1.0, confidence=o.confidence * 0.5) for o in found)))
        for t, found in session().observations
    ]
    assert reading(doubled).outline == usual().outline
