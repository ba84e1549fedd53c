"""Hands made by hand: skeletons, observations and tracks whose path a test knows exactly."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from coach.domain import Bools, Floats, Hand, HandObservation, HandTrack
from coach.moves.trace import CONTACT_LANDMARKS, Trace, trace
from coach.protocol import Contact

Path: TypeAlias = Callable[[Floats], Floats]  # times (n,) s → places (n, 2)

PALM = 0.25  # back units from the wrist to the middle knuckle
_FINGERS = ((-0.09, 0.6), (-0.045, 0.0), (0.0, 0.0), (0.045, 0.02), (0.09, 0.05))  # across, and how far it begins back


def skeleton() -> Floats:
    """(21, 2) a right hand in back units: the wrist at the origin, the fingers up and 10 degrees inward."""
    marks = [(0.0, 0.0)]
    for number, (across, back) in enumerate(_FINGERS):
        reach = (0.06, 0.10, 0.14, 0.17) if number == 0 else (PALM, 0.31, 0.36, 0.40)
        marks += [(across, -(y - back * (0.0 if number == 0 else 1.0))) for y in reach]
    marks[9] = (0.0, -PALM)
    turn = np.radians(-10.0)
    matrix = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    turned: Floats = np.array(marks) @ matrix.T
    return turned


def own_skeleton(hand: Hand) -> Floats:
    """(21, 2) the same for either hand; the left one's fingers lean the other way."""
    marks = skeleton()
    if hand == "left":
        marks[:, 0] = -marks[:, 0]
    return marks


def observation(
    time_s: float, at: tuple[float, float], *, hand: Hand = "right", scale: float = 400.0, confidence: float = 0.9
) -> HandObservation:
    """A hand whose palm (midway between wrist and middle knuckle) lies at a place of the picture.

    :param at: px
    :param scale: px for one back width
    """
    marks = own_skeleton(hand) * scale
    middle = (marks[0] + marks[9]) / 2.0
    return HandObservation(time_s, marks - middle + np.asarray(at), confidence)


def track(
    hand: Hand, time_s: Floats, place: Floats, contact: Contact = "fingers", seen: Bools | None = None
) -> HandTrack:
    """A hand whose contact is at ``place`` (n, 2) back coordinates at all times at which it is seen."""
    marks = own_skeleton(hand)
    touching = marks[list(CONTACT_LANDMARKS[contact])].mean(axis=0)
    landmarks = place[:, None, :] + (marks - touching)[None]
    visible = np.ones(len(time_s), dtype=np.bool_) if seen is None else seen
    landmarks[~visible] = np.nan
    return HandTrack(hand, time_s, landmarks, visible, np.zeros(len(time_s), dtype=np.bool_))


def absent(hand: Hand, time_s: Floats) -> HandTrack:
    """A hand that is never seen."""
    nothing = np.zeros(len(time_s), dtype=np.bool_)
    return track(hand, time_s, np.zeros((len(time_s), 2)), seen=nothing)


def frames(length_s: float, fps: float = 30.0) -> Floats:
    """(n,) times of a steady camera's frames."""
    times: Floats = np.arange(0.0, length_s, 1.0 / fps)
    return times


def traced(hand: Hand, path: Path, length_s: float, *, fps: float = 30.0, contact: Contact = "fingers") -> Trace:
    """The trace of a hand that follows a path from 0 to ``length_s``."""
    time_s = frames(length_s, fps)
    return trace(track(hand, time_s, path(time_s), contact), 0.0, float(time_s[-1]))


# ------------------------------------------------------------------ paths
def staying(at: tuple[float, float]) -> Path:
    def path(time_s: Floats) -> Floats:
        return np.tile(np.asarray(at, dtype=np.float64), (len(time_s), 1))

    return path


def circling(
    centre: tuple[float, float],
    radii: tuple[float, float],
    *,
    turns: float,
    turn_s: float = 2.0,
    begin_s: float = 1.0,
    start: float = 0.0,
    clockwise: bool = True,
) -> Path:
    """So many turns from ``begin_s`` on, beginning ``start`` turns after the top; still before and after."""

    def path(time_s: Floats) -> Floats:
        turned = np.clip((time_s - begin_s) / turn_s, 0.0, turns)
        angle = 2.0 * np.pi * (start + (turned if clockwise else -turned))
        return np.asarray(centre) + np.stack([radii[0] * np.sin(angle), -radii[1] * np.cos(angle)], axis=1)

    return path


def shuttling(
    start: tuple[float, float],
    end: tuple[float, float],
    *,
    times: int,
    out_s: float = 1.5,
    back_s: float = 1.0,
    rest_s: float = 0.0,
    begin_s: float = 1.0,
    reaches: tuple[float, ...] = (),
) -> Path:
    """Out along a line and back again, so many times, with a rest at the start between; still before and after.

    :param reaches: for each time how much of the line it goes; 1 where there is none
    """

    def path(time_s: Floats) -> Floats:
        part = np.zeros(len(time_s))
        for number in range(times):
            since = time_s - begin_s - number * (out_s + back_s + rest_s)
            out, back = np.clip(since / out_s, 0, 1), np.clip((since - out_s) / back_s, 0, 1)
            reach = reaches[number] if number < len(reaches) else 1.0
            part += reach * (0.5 - 0.5 * np.cos(np.pi * out) - (0.5 - 0.5 * np.cos(np.pi * back)))
        there: Floats = np.asarray(start) + part[:, None] * (np.asarray(end) - np.asarray(start))
        return there

    return path


def visiting(stops: list[tuple[tuple[float, float], float]], travel_s: float = 0.8) -> Path:
    """Stays at each place for its time and travels to the next, easing in and out as hands do (half a cosine wave)."""

    def path(time_s: Floats) -> Floats:
        knots_t, knots = [0.0], [np.asarray(stops[0][0])]
        for place, stay_s in stops:
            if knots_t[-1] > 0:
                knots_t.append(knots_t[-1] + travel_s)
                knots.append(np.asarray(place))
            knots_t.append(knots_t[-1] + stay_s)
            knots.append(np.asarray(place))
        passed = np.interp(time_s, knots_t, np.arange(len(knots)))  # 1.25: a quarter of the way from knot 1 to knot 2
        eased = np.floor(passed) + 0.5 - 0.5 * np.cos(np.pi * (passed % 1.0))
        return np.stack([np.interp(eased, np.arange(len(knots)), np.array(knots)[:, k]) for k in (0, 1)], axis=1)

    return path
