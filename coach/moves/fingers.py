"""When fingers are not where the tracker draws them.

Of a hand on skin the tracker sees the back, and fingers that hair, cloth or the edge of a back hides it still draws:
too short, where they vanish. And where a thumb is hidden it may take the little finger for the index finger, as if the
hand showed its palm, which lies on the skin where it presses.

Of 358 presses in rendered films, 25 are by fingers that seem less than half as long as the way from the wrist to their
knuckles: their tips are drawn 0.10 of the back from their place (median), and 0.03 from the line on which they may lie.
Those of hands that seem turned are 0.07 off, all others 0.03 (`python -m tests.bench.fingers`).
"""

from __future__ import annotations

import numpy as np

from coach.domain import Floats, Hand
from coach.parameters.landmarks import (
    FINGER_OVER_PALM,
    INDEX_KNUCKLE,
    INDEX_TIP,
    LITTLE_KNUCKLE,
    MIDDLE_KNUCKLE,
    MIDDLE_TIP,
    SHORT_FINGER_OVER_PALM,
    WRIST,
)

# Of index and middle finger.
KNUCKLES, TIPS = (INDEX_KNUCKLE, MIDDLE_KNUCKLE), (INDEX_TIP, MIDDLE_TIP)


def reach(landmarks: Floats) -> Floats:
    """(n, 2) up to where the tips of index and middle finger (n, 21, 2) may lie: where they are drawn, or farther."""
    wrist, knuckles, tips = landmarks[:, WRIST], landmarks[:, KNUCKLES], landmarks[:, TIPS]
    fingers, palm = (
        np.hypot(*np.moveaxis(way, -1, 0)).sum(axis=1) for way in (tips - knuckles, knuckles - wrist[:, None])
    )
    knuckle = knuckles.mean(axis=1)
    farther = knuckle + FINGER_OVER_PALM * (knuckle - wrist)
    out: Floats = np.where((fingers < SHORT_FINGER_OVER_PALM * palm)[:, None], farther, tips.mean(axis=1))
    return out


def turned(landmarks: Floats, hand: Hand) -> Floats:
    """(n,) 1 where a hand (n, 21, 2) seems to show its palm, else 0."""
    to_index, to_little = (landmarks[:, k] - landmarks[:, WRIST] for k in (KNUCKLES[0], LITTLE_KNUCKLE))
    side = to_index[:, 0] * to_little[:, 1] - to_index[:, 1] * to_little[:, 0]
    out: Floats = ((side > 0.0) == (hand == "left")).astype(np.float64)
    return out
