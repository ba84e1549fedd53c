"""What a session's readings with different shapes of her back agree on.

From beside, where a hand lies depends on how round her back is, which nobody has measured
(:mod:`coach.locate.back_shape`). Each shape gives a reading; how much motion a reading explains tells how likely its
shape is. The likeliest reading is the session's; an item that likely readings rate otherwise is not rated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import exp

from coach.domain import ItemScore, Reason, SegmentMatch
from coach.parameters.rating import LEAST_AGREEMENT, SHAPE_TEMPERATURE_S
from coach.score.evidence import Visibility


@dataclass(frozen=True, slots=True)
class ShapedReading:
    """A session's reading where her back has one shape."""

    segments: tuple[SegmentMatch, ...]
    items: tuple[ItemScore, ...]  # in the protocol's order: the same items in every reading
    sight: Visibility
    explained_s: float  # seconds of perfectly fitting motion, by :func:`coach.parse.lattice.explained_s`


def likeliest(readings: Sequence[ShapedReading]) -> ShapedReading:
    """The reading that explains most; the first of several."""
    return max(readings, key=lambda reading: reading.explained_s)


def likelihoods(explained_s: Sequence[float]) -> list[float]:
    """The probability of each reading, of those that there are: a Boltzmann distribution of what they explain, s."""
    most = max(explained_s)
    weights = [exp((one - most) / SHAPE_TEMPERATURE_S) for one in explained_s]
    return [weight / sum(weights) for weight in weights]


def agreed(readings: Sequence[ShapedReading]) -> tuple[ItemScore, ...]:
    """The likeliest reading's items; what other likely readings do not bear out is not rated.

    A reading that cannot rate an item is no witness against it. But points are taken away only where likely readings
    see the fault as well: with another shape it might not have been there.
    """
    best = likeliest(readings)
    chances = likelihoods([reading.explained_s for reading in readings])
    out = []
    for k, item in enumerate(best.items):
        given = [(reading.items[k].points, chance) for reading, chance in zip(readings, chances, strict=True)]
        witnesses = given if item.points != item.max_points else [one for one in given if one[0] is not None]
        same = sum(chance for points, chance in witnesses if points == item.points)
        sure = item.points is None or same >= LEAST_AGREEMENT * sum(chance for _, chance in witnesses)
        out.append(item if sure else replace(item, points=None, status="not_visible", reason=Reason("back_shape")))
    return tuple(out)
