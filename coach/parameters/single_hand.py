"""A press by itself, or one hand's strokes, while they are done."""

from __future__ import annotations

from typing import Final

# Fit of a press by itself that is named before the reading does. Measured: of 135 rendered sessions, in eleven a
# reading knew such a press only when she was past it, and in as many hands at rest were named so.
PLAIN_PRESS_FIT: Final = 0.7

# Times what is long enough that it lasts. Measured: with the fit above.
LONG_PRESS_RATIO: Final = 1.5

# Share of its fit that a press of another step by the other hand has meanwhile: nobody knows which of them only rests.
# Chosen: not measured.
OTHER_AS_PLAIN_SHARE: Final = 0.8

# Times what is long enough, from which a hand rests. Measured: of the eleven sessions of 151 in which one stayed so
# long, in ten it pressed nothing there.
RESTING_PRESS_RATIO: Final = 2.5

# Fit of shape and place of one hand's strokes where both are asked for. Chosen: not measured.
SINGLE_HAND_STROKE_FIT: Final = 0.9

# How many of them. Chosen: the least that is more than one.
SINGLE_HAND_STROKES: Final = 2

# Seconds for which they are over. Chosen: not measured.
SINGLE_HAND_OVER_S: Final = 0.3

# Share of its time that another motion shares with one and is the same. Chosen: half of it; not measured.
SAME_MOTION_SHARE: Final = 0.5

# Confidence of a segment below which one hand's strokes may have begun before it. Chosen: not measured.
READ_BY_CHANCE: Final = 0.1
