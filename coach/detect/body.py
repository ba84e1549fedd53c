"""Which part of the picture is the receiver's body: the rectangle of the back shows the room beside it too."""

from __future__ import annotations

import cv2
import numpy as np

from coach.domain import Floats, Image

SIZE = 160  # px of the picture that is cut
ROUNDS = 4
# In the rectangle, across (0 at its left edge, 1 at its right) and down: surely body; rather body than not; perhaps.
CORE = (0.33, 0.12, 0.67, 0.80)
LIKELY = (0.12, 0.08, 0.88, 0.95)
PERHAPS = (-0.15, -0.10, 1.15, 1.10)
AROUND = (-0.40, -0.30, 1.40, 1.30)  # what is looked at
LEAST = 0.3  # of the rectangle; where less is found the cut has failed
SEED = 0  # its mixtures of colours begin by lot


def body(image: Image, corners: Floats, hands: Image) -> Image:
    """Cuts the body out by its colours: GrabCut (Rother, Kolmogorov and Blake 2004).

    :param image: (h, w, 3) RGB
    :param corners: (4, 2) px of the back
    :param hands: (h, w) 0 where a hand or a forearm is
    :returns: (h, w) 255 where the body is; the back's rectangle where no body can be told from what is around it
    """
    height, width = image.shape[:2]
    scale = SIZE / width
    size = (SIZE, max(1, round(height * scale)))
    small = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    back = corners * scale
    x, y, across, down = cv2.boundingRect(_part(back, AROUND))
    left, top = max(0, x), max(0, y)
    part = (slice(top, min(size[1], y + down)), slice(left, min(size[0], x + across)))
    kinds = np.full(size[::-1], cv2.GC_BGD, dtype=np.uint8)
    for where, kind in ((PERHAPS, cv2.GC_PR_BGD), (LIKELY, cv2.GC_PR_FGD), (CORE, cv2.GC_FGD)):
        cv2.fillConvexPoly(kinds, _part(back, where), int(kind))
    kinds[(cv2.resize(hands, size, interpolation=cv2.INTER_NEAREST) == 0) & (kinds == cv2.GC_FGD)] = cv2.GC_PR_FGD
    rectangle = np.zeros_like(kinds)
    cv2.fillConvexPoly(rectangle, np.round(back).astype(np.int32), 1)
    cut = np.ascontiguousarray(kinds[part])
    found = np.zeros_like(kinds)
    if (cut == cv2.GC_FGD).any() and (cut == cv2.GC_BGD).any():
        cv2.setRNGSeed(SEED)
        models = np.zeros((1, 65)), np.zeros((1, 65))
        cv2.grabCut(np.ascontiguousarray(small[part]), cut, (0, 0, 1, 1), *models, ROUNDS, cv2.GC_INIT_WITH_MASK)
        found[part] = (cut == cv2.GC_FGD) | (cut == cv2.GC_PR_FGD)
    if (found & rectangle).sum() < LEAST * rectangle.sum():
        found = rectangle
    return np.asarray(cv2.resize(found * np.uint8(255), (width, height), interpolation=cv2.INTER_NEAREST))


def _part(corners: Floats, where: tuple[float, float, float, float]) -> Image:
    """(4, 2) px of a part of the rectangle."""
    left, top, right, bottom = where
    upper, lower = corners[:2], corners[3:1:-1]
    rows = [(1 - v) * upper + v * lower for v in (top, bottom)]
    places = [
        (1 - u) * row[0] + u * row[1]
        for row, ends in zip(rows, ((left, right), (right, left)), strict=True)
        for u in ends
    ]
    return np.round(np.array(places)).astype(np.int32)
