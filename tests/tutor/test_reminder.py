"""A pause by chance: who goes on massaging hears that it is one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise

import pytest

from coach.domain import Hand
from coach.tutor import Command, Mode, Tutor
from coach.tutor.reminder import AGAIN_S, LOST_S, STILL_S, WORKS_S, Reminder
from coach.tutor.state import At, Deed, Seeing
from tests.fakes.protocols import shipped

FPS = 20
Hands = Callable[[float], dict[Hand, At]]


def stroking(time_s: float) -> dict[Hand, At]:
    """Both hands up and down beside the spine, at 0.08 of the back's width a second."""
    down = 0.08 * abs((time_s + 6.0) % 12.0 - 6.0)
    return {"left": (0.4, 0.2 + down), "right": (0.6, 0.2 + down)}


def pressing(time_s: float) -> dict[Hand, At]:
    """A point for three seconds, then the next one."""
    return {"left": (0.3, 0.2 + 0.1 * (int(time_s / 3.0) % 3))}


def resting(time_s: float) -> dict[Hand, At]:
    return {"left": (0.3 + 0.01 * (int(10 * time_s) % 3), 0.2), "right": (0.7, 0.2)}


def lost(hands: Hands, *gaps: tuple[float, float]) -> Hands:
    return lambda time_s: {} if any(a <= time_s < b for a, b in gaps) else hands(time_s)


def frames(hands: Hands, until_s: float, from_s: float = 0.0) -> Iterable[Seeing]:
    return (Seeing(k / FPS, hands(k / FPS)) for k in range(round(from_s * FPS), round(until_s * FPS)))


def told(hands: Hands, until_s: float = 60.0) -> list[float]:
    reminder = Reminder()
    return [seeing.now_s for seeing in frames(hands, until_s) if reminder.see(seeing)]


@pytest.mark.parametrize("hands", [stroking, pressing])
def test_who_goes_on_is_told_once_in_a_while(hands: Hands) -> None:
    said = told(hands)
    assert said[0] == pytest.approx(WORKS_S, abs=0.1)
    assert [b - a for a, b in pairwise(said)] == pytest.approx([AGAIN_S] * 2, abs=0.1)


def test_hands_that_rest_or_are_not_there_are_left_in_peace() -> None:
    assert told(resting) == []
    assert told(lambda _: {}) == []
    assert told(lost(stroking, (WORKS_S - 1.0, 60.0))) == []
    assert told(lambda s: stroking(s) if s < WORKS_S - STILL_S - 1.0 else stroking(0.0)) == []


def test_a_moment_out_of_sight_is_no_rest_and_a_longer_one_is() -> None:
    brief, long = ((4.0, 4.0 + LOST_S + by_s) for by_s in (-0.3, 0.3))
    assert told(lost(stroking, brief))[0] == pytest.approx(WORKS_S, abs=0.1)
    assert told(lost(stroking, long))[0] == pytest.approx(long[1] + WORKS_S, abs=0.1)


@pytest.mark.parametrize(
    ("mode", "deeds", "marked", "occupied", "touching", "says"),
    [
        ("guided", ("start", "pause"), True, False, False, True),
        ("free", ("start", "pause"), True, False, False, True),
        ("exam", ("start", "pause"), True, False, False, True),  # no hint: what she does would count for nothing
        ("guided", ("start",), True, False, False, False),
        ("guided", ("start", "stop"), True, False, False, False),
        ("guided", ("start", "pause"), False, False, False, False),  # the back is marked anew
        ("guided", ("start", "pause"), True, True, False, False),
        ("guided", ("start", "pause"), True, False, True, False),
    ],
)
def test_it_is_said_in_a_pause_alone(
    mode: Mode, deeds: tuple[Deed, ...], marked: bool, occupied: bool, touching: bool, says: bool
) -> None:
    tutor = Tutor(shipped("oxytocin"), mode)
    for deed in deeds:
        tutor.command(Command(deed), 0.0)
    tutor.marked, tutor.occupied, tutor.touching = marked, occupied, touching
    said = set()
    for seeing in frames(stroking, WORKS_S + 1.0):
        tutor.see(seeing)
        said |= {one.clip for one in tutor.state.say}
    assert ("phase_still_paused" in said) is says


def test_each_pause_is_one_of_its_own() -> None:
    tutor, heard = Tutor(shipped("oxytocin"), "guided"), set()
    tutor.command(Command("start"), 0.0)
    deeds: tuple[tuple[Deed, float], ...] = (("pause", 0.0), ("resume", 7.0), ("pause", 7.5))
    for deed, from_s in deeds:
        tutor.command(Command(deed), from_s)
        for seeing in frames(stroking, from_s + 7.0, from_s):
            tutor.see(seeing)
            heard |= {one.clip for one in tutor.state.say}
    assert "phase_still_paused" not in heard
    for seeing in frames(stroking, 16.0, 14.5):
        tutor.see(seeing)
    assert tutor.state.say[-1].clip == "phase_still_paused"
