"""What is probable of readings that explain less than the best one."""

from __future__ import annotations

from typing import Final

# Seconds of perfectly fitting motion: the margin that makes a reading exp(-1) times as probable. Measured: by maximum
# likelihood over all kinds of items of 60 simulated sessions (seeds 90000-90059) and 10 rendered films it is 0.50; of a
# kind 0.25 (count) to 0.9 (hands).
MARGIN_SCALE_S: Final = 0.5

# Seconds of perfectly fitting motion: a margin beyond which no reading is looked for. Chosen: ten times MARGIN_SCALE_S,
# where nothing is probable.
DEEPEST_MARGIN_S: Final = 5.0
