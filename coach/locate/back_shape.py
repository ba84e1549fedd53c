"""How round a back is and how high it lies: what its four corners do not tell.

Seen from beside, a hand is moved along its line of sight to where it lies on the back (:mod:`coach.locate.behind`),
so a back that is rounder than the usual one, or lies nearer to the camera than its corners, puts the hand elsewhere
than it is. Nobody measures the receiver; so a session is read with several shapes (:mod:`coach.score.agreed`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from coach.domain import Floats
from coach.locate.relief import HEIGHTS

# As :data:`coach.locate.relief.LEFT_HALF`, of the same women who lean on a table: their backs are rounder.
LEANING_LEFT_HALF: Floats = np.array(
    (
        (-0.29, -0.26, -0.26, -0.26, -0.27, -0.24, -0.21, -0.12, -0.09),
        (-0.30, -0.27, -0.26, -0.26, -0.26, -0.26, -0.22, -0.11, -0.08),
        (-0.30, -0.24, -0.20, -0.24, -0.25, -0.26, -0.24, -0.13, -0.09),
        (-0.35, -0.25, -0.13, -0.14, -0.25, -0.19, -0.17, -0.13, -0.07),
        (-0.40, -0.29, -0.18, -0.23, -0.14, -0.08, -0.03, -0.01, 0.00),
        (-0.42, -0.36, -0.23, -0.09, -0.01, 0.05, 0.08, 0.07, 0.05),
        (-0.42, -0.38, -0.16, -0.01, 0.05, 0.09, 0.11, 0.10, 0.08),
        (-0.42, -0.40, -0.33, -0.13, -0.01, 0.07, 0.11, 0.10, 0.09),
        (-0.40, -0.33, -0.39, -0.32, -0.13, 0.03, 0.08, 0.08, 0.06),
        (-0.40, -0.40, -0.38, -0.39, -0.27, -0.04, 0.03, 0.04, 0.02),
        (-0.38, -0.39, -0.37, -0.37, -0.31, -0.10, -0.01, 0.00, 0.00),
        (-0.34, -0.34, -0.34, -0.33, -0.25, -0.11, -0.03, -0.02, -0.02),
        (-0.31, -0.31, -0.31, -0.30, -0.20, -0.09, -0.04, -0.02, -0.03),
        (-0.29, -0.29, -0.29, -0.28, -0.17, -0.09, -0.03, -0.01, -0.01),
        (-0.28, -0.28, -0.28, -0.26, -0.17, -0.07, -0.02, 0.00, 0.00),
        (-0.28, -0.28, -0.27, -0.26, -0.18, -0.09, -0.04, -0.02, -0.02),
        (-0.27, -0.26, -0.26, -0.25, -0.23, -0.19, -0.13, -0.11, -0.11),
        (-0.26, -0.26, -0.25, -0.23, -0.22, -0.20, -0.17, -0.17, -0.19),
    )
)
LEANING: Floats = np.concatenate((LEANING_LEFT_HALF, LEANING_LEFT_HALF[:, -2::-1]), axis=1)
# Widths of a back by which it may lie higher or lower over the plane of its corners than those that were measured.
# Chosen: from 75 degrees aside it moves a hand by a tenth of the width; not measured.
LIFT = 0.03


@dataclass(frozen=True, slots=True)
class BackShape:
    """A back between that of a woman who sits upright and that of one who leans on a table."""

    rounded: float  # 0: as one who sits upright, 1: as one who leans on a table
    raised: float = 0.0  # widths of the back by which all of it lies nearer to the camera


USUAL = BackShape(0.5)  # who leans how far is not known: the mean of both
# What backs may be like, each way from the usual one.
SHAPES = (USUAL, BackShape(0.0), BackShape(1.0), BackShape(0.5, -LIFT), BackShape(0.5, LIFT))


@lru_cache(maxsize=len(SHAPES))
def surface(shape: BackShape) -> Floats:
    """(18, 17) heights over the plane of the corners, widths of the back; places as in coach.locate.relief."""
    heights: Floats = (1.0 - shape.rounded) * HEIGHTS + shape.rounded * LEANING + shape.raised
    return heights
