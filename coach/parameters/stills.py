"""Stills: where a hand stays at one place."""

from __future__ import annotations

from typing import Final

# Back units a second: a slower hand is still. Measured: detector noise makes a still hand seem to move at 0.03 (0.08
# where hair hides the fingers), and the slowest travel between two points 0.11 apart in a second peaks at 0.17; on how
# much footage is not recorded.
STILL_SPEED: Final = 0.10
