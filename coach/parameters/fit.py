"""How well a motion fits what a segment describes, each part of the judgement between 0 and 1."""

from __future__ import annotations

from math import pi
from typing import Final

# ------------------------------------------------------------------ widths of the Gaussians
# Shape distance. Measured: a straight stroke is 0.27 away from a half heart; the same motion repeated by one person
# differs by 0.03, by another or seen 30 degrees from the side by about 0.1; on how much footage is not recorded.
SHAPE_WIDTH: Final = 0.25

# Logarithm of the length over the described one, outside the described range. Chosen: not measured.
SIZE_WIDTH: Final = 0.35

# Share of the points' tolerance that the distance of two pressing hands may be off. Chosen: less than each hand's
# place, as what corners and camera shift they shift for both; not measured.
HANDS_APART_WIDTH: Final = 0.7

# ------------------------------------------------------------------ swings and bulges
# Logarithm lost for each swing to the side that a stroke or curve should not have. Chosen: not measured.
SWING_LOSS: Final = 0.35

# Swings that cost nothing. Chosen: a half heart has one, noise at a rest gives one more.
SWINGS_WITHOUT_LOSS: Final = 2

# What a half turn about an ellipse bulges, as a share of its height, for each unit of its width over its height.
# Derived: a half ellipse's mean is pi / 4 of its largest, and turns are measured by 1.5 times their mean.
HALF_ELLIPSE_BULGE: Final = 1.5 / pi

# Share of what the described circle bulges both ways, from which on a run is round. Measured: 99 % of 3,310 turns in
# 160 simulated sessions and 25 rendered ones had 0.54 and more; nine in ten half hearts, whose way back bulges too, had
# less than 0.52.
ROUND_SHARE: Final = 0.58

# ------------------------------------------------------------------ what a motion is worth
# Fit: a worse one can win against no motion at all neither alone nor in a run. Chosen: not measured.
LEAST_FIT_KEPT: Final = 0.12

# What a motion by the wrong hands is still worth: recognised as the segment, and told as a mistake. Chosen: not
# measured.
WRONG_HANDS_WORTH: Final = 0.62

# The same of one hand's press where both are asked for: sides are also pressed one after the other. Chosen: not
# measured.
ONE_BY_ONE_WORTH: Final = 0.78

# The same of one hand of two while the other is out of sight. Chosen: not measured.
HAND_UNSEEN_WORTH: Final = 0.85
