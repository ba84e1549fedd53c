"""Steps of presses made by hand, from frames and from readings, and what is said of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from coach.domain import HANDS, Hand, Hold, SegmentMatch
from coach.tutor import WindowReading
from coach.tutor.guided_hints import guided_hints
from coach.tutor.practised import Practised
from coach.tutor.pressing import pressing
from tests.fakes.hands import Path, staying, visiting
from tests.tutor import seen
from tests.tutor.readings import PROTOCOL, hold, keys, reading

EAR: dict[Hand, tuple[float, float]] = {"left": (0.42, -0.25), "right": (0.58, -0.25)}
AWAY: tuple[float, float] = (0.5, 0.75)
_GRIP = PROTOCOL.segment("shoulder_c_grip").hold
assert _GRIP is not None
GRIP = _GRIP
ONE, TWO = hold("3", 1.0, 4.0), hold("6", 5.0, 8.0)


def step(
    name: str, at_s: float, holds: Sequence[Hold] = (), *others: SegmentMatch, hands: dict[Hand, Path] | None = None
) -> Practised:
    """A step that began at 0 s, as it is known at a time."""
    out = Practised(PROTOCOL.segment(name), 0.0, fresh=True)
    for seeing in seen.pressing(hands or dict.fromkeys(HANDS, staying(AWAY)), at_s):
        out.see(seeing)
    out.read(reading(at_s, name, holds, *others), PROTOCOL, ())
    return out


def at_the_grip() -> Practised:
    """At 8 s both hands press for the next step; the left one has pressed nothing before, by the frames."""
    at = Practised(PROTOCOL.segment("shoulder_points"), 0.0, fresh=True, beyond=GRIP.points)
    hands: dict[Hand, Path] = {
        "left": visiting([(AWAY, 5.0), ((0.245, -0.02), 9.0)]),
        "right": visiting([(AWAY, 0.5), ((0.71, -0.02), 3.0), ((0.755, -0.02), 9.0)]),
    }
    for seeing in seen.pressing(hands, 8.0):
        at.see(seeing)
    return at


def said(at: Practised, now_s: float) -> list[tuple[str, object]]:
    return keys(list(pressing(at, now_s)))


def wished(at: Practised, now: WindowReading) -> list[tuple[str, object]]:
    return keys(list(guided_hints(at, now, PROTOCOL)))


def by_left(*holds: Hold) -> list[Hold]:
    return [replace(h, hand="left") for h in holds]
