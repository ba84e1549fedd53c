"""Hands as a camera behind her would see them, from wherever a camera looks at them.

The protocol's paths are what such a camera sees on the back's plane, and hands lie over it, by the back's relief and
their own height: a camera beside her or before her sees them a tenth of the back elsewhere. Where the camera is, is
known (:func:`coach.locate.relief.eye`); so a hand is followed along its line of sight to where it lies on the back,
and from there along that of a camera behind her. In two layouts that were played without pictures, 45 to 75 degrees
aside, that halves the error of strokes and presses (0.07 to 0.04 back units; 0.02 where their heights are known).
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from coach.domain import Bools, Floats
from coach.locate.back_shape import USUAL, BackShape, surface
from coach.locate.relief import ASPECT, FIRST_X, FIRST_Y, MIDDLE, STEP, on_skin

# Where cameras behind her stand, in degrees over the back's middle: to either side, and from straight behind towards
# the head: of 19 rendered sessions filmed from there about half were filmed from within this. What such cameras see
# stays as it is.
ACROSS_DEG, TOWARD_DEG = 15.0, (5.0, 30.0)
# Widths of a back by which landmarks of a hand that works lie over the skin: fingertips, knuckles and joints, wrist.
# Means of all movements as the hands of samples/renderer do them.
TIPS, WRIST = (4, 8, 12, 16, 20), (0, 1)
OVER_TIP, OVER_JOINT, OVER_WRIST = 0.035, 0.06, 0.11
LANDMARKS = 21
# Along a line of sight: which heights are tried, and how far from the skin (sd) a hand may be. Where the line all but
# touches the skin, its place is the mean of where it may be.
LOWEST, HIGHEST, FINE, ROUGH = -0.3, 0.3, 0.02, 0.03
# The places, back units, for which it is worked out once for each camera; between them it is interpolated.
FROM, TO, PLACES = -1.0, 2.0, 61


def usual(camera: Floats) -> Floats:
    """(..., 3) the nearest camera behind her, as far away; the same where it is one.

    :param camera: (..., 3) of :func:`coach.locate.relief.eye`
    """
    away = camera[..., 2]
    across = np.arctan2(camera[..., 0] - MIDDLE[0], away)
    toward = np.arctan2((MIDDLE[1] - camera[..., 1]) * ASPECT, away)
    most = np.deg2rad(ACROSS_DEG)
    low, high = np.deg2rad(TOWARD_DEG)
    x = MIDDLE[0] + np.tan(np.clip(across, -most, most)) * away
    y = MIDDLE[1] - np.tan(np.clip(toward, low, high)) * away / ASPECT
    return np.stack((x, y, away), axis=-1)


def from_behind(landmarks: Floats, camera: Floats, *, skin: bool = False, shape: BackShape = USUAL) -> Floats:
    """(n, 21, 2) hands on the back's plane as a camera behind her sees them; NaN stays NaN.

    :param landmarks: (n, 21, 2) back coordinates as the camera sees them on the plane
    :param camera: (3,) of :func:`coach.locate.relief.eye`, or (n, 3) of each
    :param skin: not as such a camera sees them, but straight below them on the back
    :param shape: of the back that they lie on
    """
    out: Floats = np.array(landmarks, dtype=np.float64)
    joints = tuple(k for k in range(LANDMARKS) if k not in TIPS + WRIST)
    for marks, over in ((TIPS, OVER_TIP), (joints, OVER_JOINT), (WRIST, OVER_WRIST)):
        out[:, marks] = moved_behind(out[:, marks], camera, over, skin=skin, shape=shape)
    return out


def moved_behind(
    places: Floats, camera: Floats, over: float, *, skin: bool = False, shape: BackShape = USUAL
) -> Floats:
    """(n, ..., 2) the same of any places.

    :param places: (n, ..., 2) back coordinates on the plane
    :param over: widths by which the thing is over the skin
    :param skin: not as such a camera sees them, but straight below them on the back
    :param shape: of the back
    """
    if camera.ndim == 1:
        return _moved(places, camera, over, skin, shape)
    out: Floats = np.array(places, dtype=np.float64)
    for one in np.unique(camera, axis=0):
        its = (camera == one).all(axis=1)
        out[its] = _moved(out[its], one, over, skin, shape)
    return out


def is_behind(camera: Floats) -> Bools:
    """(...) whether cameras (..., 3) stand behind her."""
    behind: Bools = np.asarray(np.isclose(usual(camera), camera).all(axis=-1))
    return behind


def _moved(places: Floats, camera: Floats, over: float, skin: bool, shape: BackShape) -> Floats:
    if is_behind(camera):
        return on_skin(places.reshape(-1, 2), camera, over).reshape(places.shape) if skin else places
    from scipy.ndimage import map_coordinates  # noqa: PLC0415  late: a page at its start can do without SciPy

    at = np.nan_to_num((np.moveaxis(places, -1, 0) - FROM) / (TO - FROM) * (PLACES - 1))
    shifts = _shifts(tuple(camera.tolist()), over, skin, shape)
    moved: Floats = places + np.stack([map_coordinates(s, at, order=1, mode="nearest") for s in shifts], axis=-1)
    return moved


@lru_cache(maxsize=128)
def _shifts(camera: tuple[float, float, float], over: float, skin: bool, shape: BackShape) -> Floats:
    """(2, PLACES, PLACES) by how much what is seen at places on the plane is moved; by x, then y."""
    line = np.linspace(FROM, TO, PLACES)
    places = np.stack(np.meshgrid(line, line, indexing="ij"), axis=-1)
    eye = np.array(camera)
    seen, high = _met(places, eye, over, shape)
    if not skin:
        behind = usual(eye)
        seen = seen + (seen - behind[:2]) * (high / (behind[2] - high))[..., None]
    return np.moveaxis(seen - places, -1, 0)


def _met(places: Floats, camera: Floats, over: float, shape: BackShape) -> tuple[Floats, Floats]:
    """Where lines of sight to places (..., 2) on the plane meet the hand that lies there, and how high, in widths."""
    high = np.arange(LOWEST, HIGHEST, FINE).reshape((-1,) + (1,) * (places.ndim - 1))
    along = places + (camera[:2] - places) * (high / camera[2])[..., None]
    above = high - _height(along, shape)
    hidden = np.maximum.accumulate(np.maximum(-above, 0.0)[::-1], axis=0)[::-1]  # by what lies nearer to the camera
    near = np.exp(-0.5 * (((above - over) / ROUGH) ** 2 + (hidden / ROUGH) ** 2)) + 1e-9
    near /= near.sum(axis=0)
    return (along * near[..., None]).sum(axis=0), (high * near).sum(axis=0)


def _height(places: Floats, shape: BackShape) -> Floats:
    """(...) how high the back is at places (..., 2), in widths."""
    from scipy.ndimage import map_coordinates  # noqa: PLC0415  as above

    at = np.stack(((places[..., 1] - FIRST_Y) / STEP, (places[..., 0] - FIRST_X) / STEP))
    found: Floats = map_coordinates(surface(shape), at, order=1, mode="nearest")
    return found
