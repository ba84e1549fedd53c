"""What covers the neck lies on the body, and hands lie on the scarf but under the hair."""

from __future__ import annotations

import numpy as np
import pytest

from samples.renderer import drape
from samples.renderer.back import CELL, MARGIN, BackFrame, Surface


def _hollow() -> Surface:
    """A flat back with a hollow, 4 cm deep, where the neck is."""
    axes = (np.array([-1.0, 0.0, 0.0]), np.array([0.0, -1.0, 0.0]), np.array([0.0, 0.0, -1.0]))
    frame = BackFrame(np.array([0.17, 0.45, 0.0]), *axes, width=0.34, height=0.42)
    rows, columns = (int((length + 2 * MARGIN) / CELL) for length in (frame.height, frame.width))
    flat = Surface(frame, np.zeros((rows, columns)))
    down, _ = flat.cells()
    return Surface(
        frame, np.broadcast_to(-0.04 * np.exp(-(((down + 0.1) / 0.06) ** 2))[:, None], (rows, columns)).copy()
    )


@pytest.mark.parametrize("head", sorted(drape.CUTS))
def test_a_drape_spans_hollows_and_never_goes_under_the_skin(head: str) -> None:
    surface = _hollow()
    hung = drape.hung(head, surface)
    x, y, out = surface.frame.of(hung.vertices).T
    assert (out > surface.height(x * surface.frame.width, y * surface.frame.height) - 1e-3).all()
    over_the_hollow = np.abs(y + 0.1) < 0.03
    assert over_the_hollow.sum() > 50
    assert (out[over_the_hollow] > -0.002).all()
    assert np.allclose(np.linalg.norm(hung.normals, axis=1), 1.0)
    assert (hung.normals @ surface.frame.out > 0).all()


def test_hands_lie_on_the_scarf_and_go_under_the_hair() -> None:
    surface = _hollow()
    place = np.array([0.5 * surface.frame.width]), np.array([-0.1 * surface.frame.height])
    bare = float(surface.height(*place)[0])
    assert float(drape.hung("scarf", surface).surface.height(*place)[0]) > bare + 0.03
    assert float(drape.hung("loose_hair", surface).surface.height(*place)[0]) == bare
    low = np.array([0.5 * surface.frame.width]), np.array([0.6 * surface.frame.height])
    assert float(drape.hung("scarf", surface).surface.height(*low)[0]) == float(surface.height(*low)[0])
