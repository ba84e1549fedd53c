"""Which steps a camera will likely not see from where it stands: what lies beyond the spine is hidden first.

By what it is hidden, a person's head, an arm, the back's own curve, no picture of a marked back tells; from where on it
happens, rendered views do. So a rule is a measured one, and says for which cameras, places and motions it holds.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import atan2, degrees

import numpy as np

from coach.domain import Floats
from coach.locate.relief import MIDDLE
from coach.protocol import Segment
from coach.protocol.places import places

MOST = 0.5  # of a step's places beyond the spine: so many hidden ones, and the step is not rated


@dataclass(frozen=True, slots=True)
class Blind:
    """Beyond the spine, hands are not seen at some places by cameras that stand so far aside."""

    across_deg: tuple[float, float]  # from, to
    y: tuple[float, float]  # back coordinates, from, to
    presses: bool  # presses alone, for of a hand that moves enough is seen

    def holds(self, across: float) -> bool:
        return self.across_deg[0] <= abs(across) < self.across_deg[1]


def across_deg(camera: Floats) -> float:
    """Degrees by which the camera stands to the right over the back: 0 over the spine, whatever its height on it.

    How far a back leans does not matter, as it does to :func:`coach.locate.relief.aside_deg`.

    :param camera: (3,) of :func:`coach.locate.relief.eye`
    """
    return degrees(atan2(float(camera[0] - MIDDLE[0]), float(camera[2])))


def hidden_steps(segments: Iterable[Segment], camera: Floats, blind: Iterable[Blind]) -> tuple[str, ...]:
    """The ids of the steps of which a hand will likely not be seen.

    :param camera: (3,) of :func:`coach.locate.relief.eye`
    """
    across = across_deg(camera)
    rules = tuple(rule for rule in blind if rule.holds(across))
    return tuple(segment.id for segment in segments if _hidden(segment, across, rules))


def _hidden(segment: Segment, across: float, rules: Iterable[Blind]) -> bool:
    x, y = np.array(places(segment)).T
    beyond = (x < MIDDLE[0]) if across > 0.0 else (x > MIDDLE[0])
    if not beyond.any():
        return False
    hidden = np.zeros(len(x), dtype=np.bool_)
    for rule in rules:
        if segment.hold is not None or not rule.presses:
            hidden |= (y >= rule.y[0]) & (y < rule.y[1])
    return float(hidden[beyond].mean()) >= MOST
