"""The fold: stepwise, bridged, over a back that moves, with any protocol."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

import coach
from coach.domain import HANDS, Floats, Frame, Hand, HandObservation, HandTrack
from coach.locate.framing import framing
from coach.ports import BackWatcher, HandFinder, OverlaySink, PointMover
from coach.score.session import read
from tests.fakes import CarryingMover, DriftingWatcher, KeepingSink, ReplayingFinder
from tests.fakes.hands import absent, circling, frames, observation, shuttling, staying, track, visiting
from tests.fakes.protocols import FOLDER, STROKE, protocol, segment, shipped
from tests.fakes.session import Recorded, frames_of, tracks, watching

CORNERS = np.array([[100.0, 100.0], [500.0, 100.0], [500.0, 580.0], [100.0, 580.0]])
FPS = 30.0


def both_hands(count: int, lost: range = range(0)) -> Recorded:
    def hands(k: int) -> tuple[HandObservation, ...]:
        left = observation(k / FPS, (200.0, 300.0), hand="left")
        return (left,) if k in lost else (left, observation(k / FPS, (400.0, 300.0 + k)))

    return [(k / FPS, hands(k)) for k in range(count)]


def test_every_port_has_a_fake() -> None:
    finder: HandFinder = ReplayingFinder([])
    mover: PointMover = CarryingMover((1.0, 0.0))
    watcher: BackWatcher = DriftingWatcher()
    sink: OverlaySink = KeepingSink()
    assert {type(fake).__name__ for fake in (finder, mover, watcher, sink)} == {
        "ReplayingFinder",
        "CarryingMover",
        "DriftingWatcher",
        "KeepingSink",
    }


def test_a_step_gives_the_raw_hands() -> None:
    recorded = both_hands(3)
    fold = watching(recorded, CORNERS)
    assert [fold.step(frame) for frame in frames_of(recorded)] == [found for _, found in recorded]


def test_hands_are_looked_for_where_the_back_was_seen_last(monkeypatch: pytest.MonkeyPatch) -> None:
    """It drifts by (2, 1) px for each frame, and stays still at first."""
    recorded, drift = both_hands(4), (2.0, 1.0)
    fold = watching(recorded, CORNERS, drift=drift)
    asked: list[Floats] = []
    find = fold.finder.find

    def finding(frame: Frame, back: Floats) -> tuple[HandObservation, ...]:
        asked.append(back)
        return find(frame, back)

    monkeypatch.setattr(fold.finder, "find", finding)
    for frame in frames_of(recorded):
        fold.step(frame)
    moved = [CORNERS + np.array(drift) * max(0, k - 1) for k in range(4)]
    assert np.array(asked) == pytest.approx(np.array(moved))


def test_before_the_first_frame_there_is_nothing() -> None:
    fold = watching([], CORNERS)
    assert fold.planes().shape == (0, 3, 3)
    assert all(not t.seen.any() for t in fold.tracks().values())
    found, items, _ = read(fold.tracks(), shipped("oxytocin"))
    assert found == ()
    assert not any(item.points for item in items)


def test_tracks_tell_what_of_the_back_was_in_the_picture() -> None:
    recorded, size = both_hands(40), (640, 480)
    fold = watching(recorded, CORNERS, size=size)
    assert watching(recorded, CORNERS).tracks()["left"].view is None  # before the first picture
    for frame, (_, found) in zip(frames_of(recorded), recorded, strict=True):
        fold.observe(frame, found)
    for tracks_ in (fold.tracks(), fold.tracks(1.0)):
        view = tracks_["right"].view
        assert view is not None
        np.testing.assert_allclose(view, framing(CORNERS, size))
        waist = [(0.5, 0.9), (0.5, 0.75)]  # y 580 px is below the picture
        _, _, sight = read(tracks_, shipped("oxytocin"))
        assert [sight.framed([place]) for place in waist] == [0.0, 1.0]
        assert sight.framed(waist) == 0.5


def test_a_lost_hand_is_carried_on_by_flow_and_marked() -> None:
    recorded = both_hands(40, lost=range(20, 26))
    fold = watching(recorded, CORNERS, step=(0.0, 1.0))
    for frame in frames_of(recorded):
        fold.step(frame)
    right = fold.tracks()["right"]
    assert right.seen.all()
    assert np.flatnonzero(right.bridged).tolist() == list(range(20, 26))
    assert np.diff(right.landmarks[:, 0, 1]) == pytest.approx(1.0 / 480.0)
    assert isinstance(fold.mover, CarryingMover)
    assert fold.mover.asked == [(k - 1, k) for k in range(20, 26)]


def test_what_flow_cannot_follow_is_unseen() -> None:
    recorded = both_hands(40, lost=range(20, 26))
    assert np.flatnonzero(~tracks(recorded, CORNERS)["right"].seen).tolist() == list(range(20, 26))


def test_on_a_back_that_sways_hands_that_sway_with_it_stay() -> None:
    drift = (1.5, -0.5)

    def swaying(k: int) -> tuple[HandObservation, ...]:
        x, y = drift[0] * k, 300.0 + drift[1] * k
        return observation(k / FPS, (200.0 + x, y), hand="left"), observation(k / FPS, (400.0 + x, y))

    recorded = [(k / FPS, swaying(k)) for k in range(60)]
    fold = watching(recorded, CORNERS, drift=drift)
    for frame in frames_of(recorded):
        fold.step(frame)
    middle = slice(15, 45)  # the sway's own smoothing needs its surroundings
    for made in fold.tracks().values():
        assert np.ptp(made.landmarks[middle], axis=0).max() < 0.005
    still = watching(recorded, CORNERS)
    for frame in frames_of(recorded):
        still.step(frame)
    assert np.ptp(still.tracks()["left"].landmarks[middle], axis=0).max() > 0.1


def test_frames_one_at_a_time_are_the_same_as_all_at_once() -> None:
    """Looking at the tracks on the way changes nothing; what was seen so far only grows."""
    recorded = both_hands(50, lost=range(20, 40))
    fold, looked = watching(recorded, CORNERS), watching(recorded, CORNERS)
    for k, frame in enumerate(frames_of(recorded), 1):
        fold.step(frame)
        looked.step(frame)
        so_far = looked.tracks()
        assert all(len(so_far[hand].time_s) == k for hand in HANDS)
    for hand in HANDS:
        one, other = fold.tracks()[hand], looked.tracks()[hand]
        assert np.array_equal(one.landmarks, other.landmarks, equal_nan=True)
        assert np.array_equal(one.seen, other.seen)


# ------------------------------------------------------------------ reading
def hands(time_s: Floats, **paths: Floats) -> dict[Hand, HandTrack]:
    return {hand: track(hand, time_s, paths[hand]) if hand in paths else absent(hand, time_s) for hand in HANDS}


def test_strokes_are_found_counted_and_scored() -> None:
    time_s = frames(30.0)
    made = protocol(segment(STROKE, path=[[0.6, 0.1], [0.6, 0.6]]))
    done = hands(time_s, right=shuttling((0.6, 0.1), (0.6, 0.6), times=6)(time_s), left=staying((0.2, 0.3))(time_s))
    (match,), items, sight = read(done, made)
    assert (match.segment_id, len(match.whole)) == ("down", 6)
    assert match.span.start_s == pytest.approx(1.0, abs=0.2)
    assert match.span.end_s == pytest.approx(16.0, abs=0.3)
    assert {item.points for item in items} == {2}
    assert sight.seen["left"].all()


def test_a_second_protocol_runs_on_the_same_code() -> None:
    """Palm strokes in turn, circles with both hands, two presses: all of protocols/shoulder_short.toml."""
    made = shipped("shoulder_short")
    time_s = frames(75.0)
    palms = {
        "right": shuttling((0.63, 0.06), (0.63, 0.50), times=3, rest_s=2.5, begin_s=2.0),
        "left": shuttling((0.37, 0.06), (0.37, 0.50), times=3, rest_s=2.5, begin_s=4.5),
    }
    circles = {"right": (0.74, 0.26), "left": (0.26, 0.26)}
    done = {}
    for hand in HANDS:
        first = track(hand, time_s, palms[hand](time_s), "palm").landmarks
        way = circling(circles[hand], (0.1, 0.12), turns=5, begin_s=23.0, clockwise=hand == "left")
        second = track(hand, time_s, way(time_s), "fingers").landmarks
        both = np.where((time_s < 20.0)[:, None, None], first, second)
        presses = visiting([((1.2, 1.5), 37.0), ((0.26, -0.01), 2.5), ((0.74, -0.01), 2.5), ((1.2, 1.5), 20.0)])
        third = track(hand, time_s, presses(time_s), "fingertips").landmarks
        marks = np.where((time_s < 36.0)[:, None, None], both, third if hand == "right" else second)
        shown = np.ones(len(time_s), dtype=np.bool_)
        done[hand] = HandTrack(hand, time_s, marks, shown, ~shown)
    found, items, _ = read(done, made)
    assert [(m.segment_id, len(m.whole)) for m in found] == [
        ("palm_strokes", 6),
        ("blade_circles", 5),
        ("shoulder_press", 0),
    ]
    assert [h.point for h in found[2].holds] == ["top_left", "top_right"]
    assert [i.item_id for i in items if i.points not in (2, None)] == []


def test_no_segment_of_any_protocol_is_named_in_the_code() -> None:
    """Neither as a name nor in a text; comments and docstrings may speak of the massage."""
    ids = {s.id for path in FOLDER.glob("*.toml") for s in shipped(path.stem).segments}
    assert len(ids) >= 16
    for path in Path(coach.__file__).parent.rglob("*.py"):
        named = {word for text in _texts(path.read_text(encoding="utf-8")) for word in re.findall(r"\w+", text)} & ids
        assert not named, f"{path} names {named}"


def _texts(code: str) -> Iterator[str]:
    """All names and all texts of a module but its docstrings."""
    tree = ast.parse(code)
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(text)) if id(node) not in docstrings:
                yield text
            case ast.Name(id=text) | ast.Attribute(attr=text) | ast.arg(arg=text) | ast.keyword(arg=str(text)):
                yield text
            case ast.FunctionDef(name=text) | ast.ClassDef(name=text):
                yield text


def test_the_scan_finds_what_it_looks_for() -> None:
    code = """
def stroke(neck_points):
    'a docstring that speaks of the heart'
    return love == "spine_circles"
"""
    assert {"neck_points", "love", "spine_circles"} <= set(_texts(code))
    assert not any("heart" in text for text in _texts(code))
