"""What a picture is like, in numbers: how light and how sharp."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from coach.domain import Floats, Image

WIDTH = 320  # px of the small picture that is measured: sharpness must not depend on the camera's size


@dataclass(frozen=True, slots=True)
class Look:
    """The measures of one picture, or of the back in it."""

    light: float  # 0–255, mean
    glare: float  # 0–1, share of pixels that are plain white
    sharpness: float  # variance of the Laplacian, grey levels², over the light's variance so that it knows no contrast


def look(image: Image, back: Floats | None = None) -> Look:
    """Measures a picture (height, width, 3) RGB.

    :param back: (4, 2) px of the back in it, to which the look is confined where most of it is in the picture
    """
    scale = WIDTH / image.shape[1]
    small = cv2.resize(image, (WIDTH, max(1, round(image.shape[0] * scale))), interpolation=cv2.INTER_AREA)
    grey = np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    mask = np.zeros(grey.shape, dtype=np.uint8)
    if back is not None:
        cv2.fillConvexPoly(mask, np.round(back * scale).astype(np.int32), 1)
    if mask.sum() < 0.02 * mask.size:
        mask[:] = 1
    inside = mask > 0
    detail = cv2.Laplacian(grey, cv2.CV_64F)
    levels = grey[inside].astype(float)
    return Look(
        light=float(levels.mean()),
        glare=float((levels > 250).mean()),
        sharpness=float(detail[inside].var() / max(levels.var(), 1.0)),
    )
