"""Strokes and circles by two hands: when they are done at once, and what they are worth then."""

from __future__ import annotations

from typing import Final

# Seconds: no hand does anything faster. Chosen: not measured.
SHORTEST_MOTION_S: Final = 0.3

# What a stroke is worth whose way back, a part of the repetition, was not made. Chosen: half.
NO_WAY_BACK_WORTH: Final = 0.5

# What a turn is worth that is only a part of one. Chosen: half.
PART_TURN_WORTH: Final = 0.5

# Share of their common time in which two hands move at once, from which it is one repetition by both. Chosen: not
# measured.
ONE_REPETITION_SHARE: Final = 0.35

# What two hands lose that agree in nothing. Chosen: not measured.
UNEVEN_LOSS: Final = 0.4

# Share of the longer leg, and of the time: a hand that goes so far as the other meanwhile does its part, however badly
# it is tracked on its way. Chosen: not measured.
GOES_ALONG_SHARE: Final = 0.8

# Share of the shorter leg: so much longer may the other hand's be. Chosen: what one does alone before or after is no
# part of the repetition; not measured.
ALONE_SHARE: Final = 0.5

# Fit that two hands may have less than one of them alone, where the other does nothing of it. Chosen: more than that,
# and the other only twitched; not measured.
TWITCH_FIT: Final = 0.15

# ------------------------------------------------------------------ while both do another segment
# Fit from which both hands plainly do another segment. Chosen: not measured.
PLAIN_FIT: Final = 0.8

# Share of one hand's motion for which they do. Chosen: not measured.
MEANWHILE_SHARE: Final = 0.7

# What that motion is still worth. Chosen: each of two hands that draw hearts circles as on a shoulder blade; not
# measured.
MEANWHILE_WORTH: Final = 0.92
