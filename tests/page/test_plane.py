"""The page's map from back coordinates to the picture is the program's own."""

from __future__ import annotations

import numpy as np

from coach.locate.plane import homography
from tests.page.conftest import Open
from tests.page.fake_practice import CORNERS

MAP = """async ([corners, places]) => {
  const { toPicture } = await import("/static/js/lib/plane.js");
  return places.map(toPicture(corners));
}"""


def test_the_same_px(visit: Open) -> None:
    page = visit().page
    places = np.random.default_rng(4).uniform((-0.2, -0.4), (1.2, 1.2), (40, 2))
    mapped = np.array(page.evaluate(MAP, [CORNERS.tolist(), places.tolist()]))
    back = np.column_stack((mapped, np.ones(len(mapped)))) @ homography(CORNERS).T
    np.testing.assert_allclose(back[:, :2] / back[:, 2:], places, atol=1e-6)
