"""Whether a person has marked one place of the body for another: told by how the four lie to each other.

However the picture is turned, C7 lies between the shoulders and nearer to them than L5, and her left is at the left of
the way down.
"""

from __future__ import annotations

import numpy as np

from coach.domain import Floats


def exchanged(body: Floats) -> str | None:
    """The key of what is exchanged (mark_ends, mark_crossed, mark_mirrored), or None.

    :param body: (4, 2) px of C7, the left and the right shoulder point and L5
    """
    neck, left, right, waist = body
    down, across, middle = waist - neck, right - left, (left + right) / 2
    if np.hypot(*(waist - middle)) < np.hypot(*(neck - middle)):
        return "mark_ends"
    along = float((neck - left) @ across) / max(float(across @ across), 1e-9)
    if not 0.0 < along < 1.0:
        return "mark_crossed"
    return "mark_mirrored" if across[0] * down[1] - across[1] * down[0] < 0 else None
