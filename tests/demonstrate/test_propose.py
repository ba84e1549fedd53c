"""A demonstration becomes a segment of a protocol: near what was shown, accepted by the check, and recognised again."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from coach.demonstrate.cycles import circles, legs, simplified
from coach.demonstrate.proposal import Proposal
from coach.demonstrate.propose import propose
from coach.domain import Floats, Hand, HandTrack, InputError, Span
from coach.protocol import files, parse
from coach.protocol.check import ProtocolError, check
from coach.protocol.edit import changes_of, edited
from coach.score.session import read
from tests.fakes.session import Reading, read_recorded
from tests.fakes.simulated import played
from tests.simulator import SimulatedSession
from tests.simulator.script import SessionScript, Step

PROTOCOL = files.load("oxytocin")
FILE = files.read(files.find("oxytocin"))
SHOWN = ("neck_stroke", "shoulder_stroke", "scapula_left_circles", "scapula_left_points", "spine_strokes", "heart")


@cache
def session() -> tuple[SimulatedSession, Reading]:
    made = played(SessionScript(tuple(Step(name, 6) for name in SHOWN), name="demonstration"), 4)
    return made, read_recorded(made.observations, made.corners_px)


def span_of(name: str) -> Span:
    true = next(s for s in session()[0].truth["segments"] if s["id"] == name)
    return Span(true["start_s"] - 0.3, true["end_s"] + 0.3)


@cache
def proposal(name: str) -> Proposal:
    return propose(PROTOCOL.segment(name), session()[1].tracks, span_of(name))


def distance(path: Floats, other: Floats) -> float:
    """The mean over the path's points of how far the other, as a line, is away."""
    fine = np.concatenate([np.linspace(a, b, 50) for a, b in pairwise(other)])
    return float(np.mean([np.hypot(*(fine - point).T).min() for point in path]))


@pytest.mark.parametrize("name", ["neck_stroke", "shoulder_stroke", "spine_strokes", "heart"])
def test_a_path_is_near_the_one_that_was_performed(name: str) -> None:
    found = proposal(name)
    assert found.path is not None
    assert distance(np.array(found.path), np.array(PROTOCOL.segment(name).path)) < 0.09
    assert len(found.path) < 15
    true = next(s for s in session()[0].truth["segments"] if s["id"] == name)
    hands = 2 if PROTOCOL.segment(name).hands == "together" else 1
    assert abs(len(found.shown) - hands * len(true["repetitions"])) <= hands


def test_a_circle_has_its_centre_and_its_size() -> None:
    found, asked = proposal("scapula_left_circles"), PROTOCOL.segment("scapula_left_circles").circle
    assert asked is not None
    assert found.centre == pytest.approx(asked.centre, abs=0.08)
    assert found.radii == pytest.approx(asked.radii, rel=0.45)
    assert 5 <= len(found.shown) <= 6


def test_points_are_where_they_were_pressed_in_their_order() -> None:
    found = proposal("scapula_left_points")
    assert list(found.points) == ["3", "6", "8"]
    asked = {p.id: p.at for p in PROTOCOL.segment("scapula_left_points").hold.points}  # type: ignore[union-attr]
    for name, point in found.points.items():
        assert point.at == pytest.approx(asked[name], abs=0.08)
    assert found.long_enough_s is not None
    assert found.short_from_s is not None
    assert 0 < found.short_from_s < found.long_enough_s < 5


@pytest.mark.parametrize("name", SHOWN)
def test_the_file_passes_the_check_and_keeps_its_comments(name: str) -> None:
    made = edited(FILE, changes_of(proposal(name)))
    assert check(made) == []
    assert made != FILE

    def comments(data: bytes) -> list[str]:
        return [line.split("#", 1)[1] for line in data.decode("utf-8").splitlines() if "#" in line]

    assert comments(made) == comments(FILE)
    changed, before = parse(made), parse(FILE)
    others = [s.id for s in PROTOCOL.segments if s.id != name]
    assert [changed.segment(o) for o in others] == [before.segment(o) for o in others]
    assert changed.manual == before.manual


def test_by_the_demonstrated_rules_the_demonstration_is_right() -> None:
    made = FILE
    for name in SHOWN:
        made = edited(made, changes_of(proposal(name)))
    found, items, _ = read(session()[1].tracks, parse(made))
    assert [m.segment_id for m in found] == [m.segment_id for m in session()[1].segments]
    scored = [i for i in items if i.segment_id in SHOWN and i.points is not None]
    assert len(scored) > 20
    lost = [i.item_id for i in scored if i.points != 2]
    assert len(lost) <= 2, lost


def test_a_quick_demonstration_makes_a_quick_tempo() -> None:
    slow = proposal("neck_stroke")
    tracks = session()[1].tracks
    fast = {hand: HandTrack(hand, t.time_s / 2, t.landmarks, t.seen, t.bridged) for hand, t in tracks.items()}
    span = span_of("neck_stroke")
    quick = propose(PROTOCOL.segment("neck_stroke"), fast, Span(span.start_s / 2, span.end_s / 2))
    assert quick.shortest_s is not None
    assert slow.shortest_s is not None
    assert quick.shortest_s == pytest.approx(slow.shortest_s / 2, abs=0.15)


def test_too_little_is_told() -> None:
    true = next(s for s in session()[0].truth["segments"] if s["id"] == "heart")
    short = Span(true["start_s"], true["start_s"] + 2.0)
    with pytest.raises(InputError) as few:
        propose(PROTOCOL.segment("heart"), session()[1].tracks, short)
    assert few.value.key == "demonstration_few"
    nothing: dict[Hand, HandTrack] = {
        hand: HandTrack(hand, t.time_s, np.full_like(t.landmarks, np.nan), np.zeros_like(t.seen), t.bridged)
        for hand, t in session()[1].tracks.items()
    }
    with pytest.raises(InputError) as unseen:
        propose(PROTOCOL.segment("heart"), nothing, span_of("heart"))
    assert unseen.value.key == "demonstration_no_hand"
    with pytest.raises(InputError) as points:
        propose(PROTOCOL.segment("scapula_left_points"), nothing, span_of("heart"))
    assert points.value.key == "demonstration_points"


def test_legs_and_circles_of_made_up_courses() -> None:
    t = np.linspace(0, 6, 600)
    down = np.column_stack((0.5 + 0.01 * np.sin(9 * t), 0.35 - 0.3 * np.cos(2 * np.pi * t)))
    assert len(legs(down, np.array([0.0, 1.0]))) == 6
    assert all(down[b, 1] > down[a, 1] for a, b in legs(down, np.array([0.0, 1.0])))
    assert all(down[b, 1] < down[a, 1] for a, b in legs(down, np.array([0.0, -1.0])))
    turning = np.column_stack((0.3 + 0.1 * np.cos(2 * np.pi * t), 0.3 + 0.15 * np.sin(2 * np.pi * t)))
    assert len(circles(turning)) == 6
    assert circles(turning[:3]) == []
    assert legs(np.full((50, 2), np.nan), np.array([0.0, 1.0])) == []


def test_simplified_keeps_within_the_tolerance() -> None:
    t = np.linspace(0, np.pi, 200)
    bow = np.column_stack((np.cos(t), np.sin(t)))
    few = simplified(bow, 0.01)
    assert len(few) < 25
    assert distance(bow, few) < 0.01
    assert len(simplified(np.array([[0.0, 0.0], [0.5, 0.001], [1.0, 0.0]]), 0.01)) == 2


def test_an_edit_that_would_break_the_file_is_refused() -> None:
    with pytest.raises(ProtocolError):
        edited(FILE, [(("segments", "heart", "tempo", "shortest_s"), 900.0)])
