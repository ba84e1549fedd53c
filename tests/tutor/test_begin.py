"""Who has done nothing of a step yet: when she is asked to begin, and when a hand is missed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from coach.domain import HANDS, Hand
from coach.tutor import Command, Tutor, WindowReading
from coach.tutor.guided_hints import guided_hints
from coach.tutor.practised import Practised
from coach.tutor.state import At, Seeing, Sighted
from coach.tutor.window import Past
from tests.tutor.made import made
from tests.tutor.readings import CLEAR, PROTOCOL, hold, reading


def prompted(name: str, now_s: float, place: Callable[[float], At], missed_s: float = -1.0) -> bool:
    """Whether who has done nothing of a step since 0 s, but holds her hands somewhere, is asked to begin."""
    at = Practised(PROTOCOL.segment(name), 0.0, fresh=True)
    for k in range(round(now_s * 5)):
        at.see(Seeing(k / 5, {"left": place(k / 5)}))
    at.missed_s = missed_s
    nothing = WindowReading(now_s, (), (), CLEAR, Past.none(0.0), at.step)
    at.read(nothing, PROTOCOL, ())
    return "hint_begin" in [h.key for h in guided_hints(at, nothing, PROTOCOL)]


REST, HOLLOW = (0.5, 0.9), (0.29, -0.02)


@pytest.mark.parametrize(
    ("name", "place", "from_s"),
    [
        ("shoulder_stroke", lambda _: REST, 12.0),  # waits
        ("shoulder_points", lambda _: REST, 12.0),
        ("shoulder_stroke", lambda t: (0.5, 0.02 * (t % 30.0)), 24.0),  # a slow stroke, or something else
        ("shoulder_points", lambda t: (0.5, 0.4 + 0.1 * (t % 2.0)), 24.0),  # has not found the points yet
    ],
)
def test_who_waits_is_asked_to_begin_and_who_does_something_later(
    name: str, place: Callable[[float], At], from_s: float
) -> None:
    assert [prompted(name, now_s, place) for now_s in (from_s - 0.5, from_s + 0.5)] == [False, True]


def test_who_lies_where_a_point_is_may_press_it() -> None:
    """Beyond its tolerance, as the tracker may see it: inside it would be known as a press."""
    beside = (HOLLOW[0], HOLLOW[1] + 0.2)
    assert [prompted("shoulder_points", now_s, lambda _: beside) for now_s in (13.0, 23.5, 24.5)] == [
        False,
        False,
        True,
    ]


def test_hands_that_were_missed_have_as_long_again() -> None:
    assert [prompted("shoulder_stroke", now_s, lambda _: REST, missed_s=8.0) for now_s in (19.5, 20.5)] == [False, True]


def waiting(now: WindowReading, name: str) -> tuple[bool, bool]:
    """Whether hands that lie still for 30 s wait, and are asked to begin, where so much of the step is known."""
    at = Practised(PROTOCOL.segment(name), 0.0, fresh=True)
    for k in range(30 * 5):
        at.see(Seeing(k / 5, {"left": REST}))
    at.read(now, PROTOCOL, ())
    return at.waits(30.0), "hint_begin" in [h.key for h in guided_hints(at, now, PROTOCOL)]


def test_who_has_begun_and_rests_neither_waits_nor_is_asked_to_begin() -> None:
    nothing = reading(30.0, "spine_strokes", ())
    assert waiting(nothing, "spine_strokes") == (True, True)
    assert waiting(replace(nothing, since=(made("spine_strokes", 5.0),)), "spine_strokes") == (False, False)
    assert waiting(nothing, "scapula_left_points") == (True, True)
    pressed = reading(30.0, "scapula_left_points", (hold("3", 5.0, 8.0),))
    assert waiting(pressed, "scapula_left_points") == (False, False)


def test_hands_that_are_missed_now_are_remembered_as_missed() -> None:
    tutor = Tutor(PROTOCOL, "guided")
    tutor.command(Command("start"), 0.0)
    for k in range(60):
        tutor.see(Seeing(k / 15, {"left": REST} if k < 15 else {}, (Sighted(0.5, 0.5, 80.0),) if k < 15 else ()))
    at = tutor._course.at
    assert tutor.state.unseen is not None
    assert at is not None
    assert at.missed_s == pytest.approx(59 / 15)


@pytest.mark.parametrize(("alone_s", "key"), [(2.5, None), (3.5, "unseen_right_hand")])
def test_while_nothing_is_done_the_hand_that_is_out_of_sight_is_named(alone_s: float, key: str | None) -> None:
    tutor = practising("scapula_left_circles")
    lying(tutor, 0.0, 2.0, *HANDS)
    lying(tutor, 2.0, 2.0 + alone_s, "left")
    shown = tutor.state.unseen
    assert (shown.key if shown is not None else None) == key


def lying(tutor: Tutor, since_s: float, until_s: float, *hands: Hand) -> None:
    """Some hands lie still on the back, and are seen five times a second."""
    for k in range(round(since_s * 5), round(until_s * 5)):
        tutor.see(Seeing(k / 5, dict.fromkeys(hands, REST), (Sighted(0.5, 0.5, 80.0),) * len(hands)))


def begins(tutor: Tutor, now_s: float) -> bool:
    at = tutor._course.at
    assert at is not None
    now = replace(reading(now_s, at.segment.id, ()), step=at.step)
    return "hint_begin" in [h.key for h in guided_hints(at, now, PROTOCOL)]


def practising(name: str) -> Tutor:
    tutor = Tutor(PROTOCOL, "guided")
    tutor.command(Command("start"), 0.0)
    for _ in range(PROTOCOL.rank[name]):
        tutor.command(Command("next"), 0.0)
    return tutor


def test_a_pause_is_no_waiting() -> None:
    tutor = practising("scapula_left_circles")
    lying(tutor, 0.0, 2.0, *HANDS)
    tutor.command(Command("pause"), 2.0)
    tutor.command(Command("resume"), 22.0)
    lying(tutor, 22.0, 33.5, *HANDS)
    assert not begins(tutor, 33.5)
    lying(tutor, 33.5, 34.5, *HANDS)
    assert begins(tutor, 34.5)


def test_who_lays_a_hand_in_her_lap_is_asked_to_begin_once_that_is_no_longer_missed() -> None:
    tutor = practising("scapula_left_circles")
    lying(tutor, 0.0, 2.0, *HANDS)
    lying(tutor, 2.0, 6.0, "left")
    assert tutor.state.unseen is not None
    lying(tutor, 6.0, 16.0, "left")
    assert not begins(tutor, 16.0)
    lying(tutor, 16.0, 18.0, "left")
    assert tutor.state.unseen is None
    assert begins(tutor, 18.0)


def test_a_hand_that_is_lost_at_a_point_does_not_press_it_for_ever() -> None:
    """The other one rests: the lost one is missed."""
    tutor = practising("scapula_left_points")
    points = PROTOCOL.segment("scapula_left_points").hold
    assert points is not None
    tutor.see(Seeing(0.0, {"left": REST, "right": points.points[0].at}, (Sighted(0.5, 0.5, 80.0),) * 2))
    lying(tutor, 0.2, 4.0, "left")
    shown = tutor.state.unseen
    assert shown is not None
    assert shown.key == "unseen_right_hand"
