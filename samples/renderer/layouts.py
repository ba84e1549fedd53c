"""Where the laptop stands, by lot: far side, beside, behind with the giver in the picture, above.

A camera's elevation is over the horizon, and the back leans too: from the far side it is seen at elevation + lean
− 90°.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True, slots=True)
class Layout:
    """What a layout says of a script's camera and receiver."""

    camera: Mapping[str, Any]
    receiver: Mapping[str, Any]


def far(chance: np.random.Generator) -> Layout:
    """From before her, where the trainee sees the screen: the back is upside down in the picture."""
    pillow = happens(chance, 0.5)
    raised = between(chance, 30.0, 55.0)  # of the camera over the back itself
    lean = between(chance, 74.0, 88.0) if pillow else between(chance, 60.0, 72.0)
    return Layout(
        _camera(chance, 180.0 + between(chance, -18.0, 18.0), raised + 90.0 - lean), _leant(chance, lean, pillow)
    )


def beside(chance: np.random.Generator) -> Layout:
    """45 to 75° aside: the back is turned and foreshortened."""
    return _aside(chance, 45.0, 75.0)


def aside(chance: np.random.Generator) -> Layout:
    """75 to 110° aside: there much of it is hidden."""
    return _aside(chance, 75.0, 110.0)


def behind(chance: np.random.Generator) -> Layout:
    """Over the trainee's shoulder, so that her head comes into the picture."""
    lean = between(chance, 15.0, 35.0)
    azimuth = _side(chance) * between(chance, 14.0, 32.0)
    camera = _camera(chance, azimuth, between(chance, 46.0, 62.0), distance=(1.05, 1.25), hfov=(44.0, 52.0))
    return Layout(camera, _leant(chance, lean, False))


def above(chance: np.random.Generator) -> Layout:
    """On a shelf or an arm over her, whichever way round."""
    pillow = happens(chance, 0.4)
    lean = between(chance, 76.0, 90.0) if pillow else between(chance, 45.0, 72.0)
    return Layout(
        _camera(chance, between(chance, -180.0, 180.0), between(chance, 80.0, 89.0)), _leant(chance, lean, pillow)
    )


LAYOUTS: Mapping[str, Callable[[np.random.Generator], Layout]] = {
    "far": far,
    "beside": beside,
    "aside": aside,
    "behind": behind,
    "above": above,
}


def _aside(chance: np.random.Generator, least: float, most: float) -> Layout:
    azimuth = _side(chance) * between(chance, least, most)
    return Layout(
        _camera(chance, azimuth, between(chance, 34.0, 56.0)), _leant(chance, between(chance, 22.0, 45.0), False)
    )


def _camera(
    chance: np.random.Generator,
    azimuth: float,
    elevation: float,
    distance: tuple[float, float] = (0.92, 1.12),
    hfov: tuple[float, float] = (49.0, 58.0),
) -> Mapping[str, Any]:
    return {
        "azimuth_deg": round(azimuth, 2),
        "elevation_deg": round(elevation, 2),
        "distance_m": between(chance, *distance),
        "hfov_deg": between(chance, *hfov),
        "roll_deg": between(chance, -5.0, 5.0),
        "aim": [0.5, between(chance, 0.3, 0.42)],
    }


def _leant(chance: np.random.Generator, lean: float, pillow: bool) -> Mapping[str, Any]:
    posture = {"posture": "pillow", "shirt": True} if pillow else {"posture": "table"}
    return {"lean_deg": lean, "bend_deg": between(chance, 10.0, 24.0), **posture}


def _side(chance: np.random.Generator) -> float:
    return 1.0 if happens(chance, 0.5) else -1.0


def between(chance: np.random.Generator, low: float, high: float) -> float:
    """A number between two, with two decimals."""
    return round(float(chance.uniform(low, high)), 2)


def happens(chance: np.random.Generator, share: float) -> bool:
    """True in such a share of draws."""
    return bool(chance.uniform() < share)
