"""Lucas-Kanade optical flow, there and back."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np

from coach.domain import Floats, Image

SOON = (cv2.TERM_CRITERIA_COUNT | cv2.TERM_CRITERIA_EPS, 8, 0.03)  # steps, and px: from a guess it is not far


def there_and_back(
    before: Image, now: Image, points: Floats, window: int, guess: Floats | None = None
) -> tuple[Floats, Floats, Floats]:
    """Follows points from one grey picture to the next and back again.

    :param points: (n, 2) px in ``before``
    :param window: px of the patch that is compared
    :param guess: (n, 2) px in ``now`` where to begin to look; where they were, if None
    :returns: (n, 2) px in ``now``; (n,) px by which the way back misses the start, inf where a point was lost;
        (n,) grey levels by which the patch differs
    """
    lucas_kanade: Any = cv2.calcOpticalFlowPyrLK  # its stubs want the output arrays that it allocates itself
    size = (window, window)
    start = points.astype(np.float32).reshape(-1, 1, 2)
    if guess is None:
        there, found, change = lucas_kanade(before, now, start, None, winSize=size, maxLevel=3)
        back, found_back, _ = lucas_kanade(now, before, there, None, winSize=size, maxLevel=3)
    else:
        first = guess.astype(np.float32).reshape(-1, 1, 2)
        known: dict[str, Any] = {
            "winSize": size,
            "maxLevel": 3,
            "flags": cv2.OPTFLOW_USE_INITIAL_FLOW,
            "criteria": SOON,
        }
        there, found, change = lucas_kanade(before, now, start, first, **known)
        back, found_back, _ = lucas_kanade(now, before, there, (there - first + start), **known)
    error = np.hypot(*(back - start).reshape(-1, 2).T).astype(float)
    error[(found.ravel() == 0) | (found_back.ravel() == 0)] = np.inf
    return there.reshape(-1, 2).astype(float), error, change.ravel().astype(float)
