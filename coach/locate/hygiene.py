"""Refuses what cannot be a hand: duplicates, ghosts, body-sized hands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

from coach.domain import HandObservation
from coach.locate.scale import Scale

# In lengths of the palm (wrist to middle knuckle), about 9.5 cm; a back is about 36 cm wide between the shoulder
# points, so a palm is 0.26 of it: twice that is a hand very near to the camera over a small back. The lower bound is
# for a wide table top marked instead of a back.
SMALLEST, USUAL, LARGEST = 0.05, 0.26, 0.52  # palm length over the back's width in the picture, seen straight on
EXTENT = 0.95  # the skeleton's diagonal over the back's width; a real hand's is about 0.55, a ghost on a body's 1.5
SAME_HAND = 0.5  # palms between the middles of two skeletons on one hand
REACH = 3.4  # the skeleton's diagonal in palms; 99 % of real hands on skin stay below 2.9
LIKE = 2.2  # two real hands in one picture differ by less in size


@dataclass(frozen=True, slots=True)
class Seen:
    """A hand reduced to what telling hands apart needs; plain floats, since this runs for every frame."""

    observation: HandObservation
    x: float  # px, the middle of the palm
    y: float
    palm: float  # px, wrist to middle knuckle, or across the knuckles where that is longer (seen along the palm)
    back_x: float  # wrist minus middle knuckle in palm lengths: where the forearm comes from
    back_y: float
    diagonal: float  # px, of the box around all landmarks


def look(observation: HandObservation) -> Seen:
    x, y = observation.landmarks.T.tolist()
    away_x, away_y = x[0] - x[9], y[0] - y[9]
    palm = max(hypot(away_x, away_y), hypot(x[5] - x[17], y[5] - y[17]), 1e-6)
    diagonal = hypot(max(x) - min(x), max(y) - min(y))
    return Seen(observation, (x[0] + x[9]) / 2, (y[0] + y[9]) / 2, palm, away_x / palm, away_y / palm, diagonal)


def plausible(found: Sequence[HandObservation], back_width: Scale) -> list[Seen]:
    """The observations of one frame that can be hands, without duplicates, the surer first.

    :param back_width: px between the shoulder points in this frame, seen straight on where the hand is
    """
    hands = [look(o) for o in sorted(found, key=lambda o: -o.confidence)]
    kept: list[Seen] = []
    for hand in hands:
        width = back_width(hand.x, hand.y)
        if not SMALLEST <= hand.palm / width <= LARGEST or not _in_one_piece(hand, width):
            continue
        if any(_same(hand, other) for other in kept):
            continue
        kept.append(hand)
    if len(kept) == 2 and max(kept[0].palm, kept[1].palm) > LIKE * min(kept[0].palm, kept[1].palm):
        kept.sort(key=lambda h: abs(h.palm / back_width(h.x, h.y) - USUAL))
        kept.pop()
    return kept


def _same(a: Seen, b: Seen) -> bool:
    return hypot(a.x - b.x, a.y - b.y) < SAME_HAND * min(a.palm, b.palm)


def _in_one_piece(hand: Seen, back_width: float) -> bool:
    """Whether all landmarks lie within the reach of one hand: a skeleton torn over a body does not."""
    return hand.diagonal < min(REACH * hand.palm, EXTENT * back_width)
