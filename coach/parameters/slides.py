"""Slides: both hands go on to a neighbouring pair of points without a stop between the presses."""

from __future__ import annotations

from typing import Final

# Seconds that hands stay at each pair of points, at least. Chosen: not measured.
SLIDE_STAY_S: Final = 0.6

# Seconds that a slide takes from one to the other. Chosen: not measured.
SLIDE_S: Final = 0.8

# Back units: points that are farther apart are parted without help. Chosen: not measured.
NEIGHBOURS_APART: Final = 0.1

# Back units: points that are nearer to each other are never parted. Chosen: the tracker's noise; not measured.
SAME_PLACE: Final = 0.02

# Share of the way from pair to pair that hands make in a slide, in the mean of both. Chosen: more than half; not
# measured.
SLIDE_SHARE: Final = 0.55

# Times the median of the way that they seem to make where they stay: what they make in a slide. Chosen: not measured.
SLIDE_WOBBLES: Final = 2.5

# Seconds of such staying from which that median is known. Chosen: not measured.
SLIDE_WOBBLES_KNOWN_S: Final = 0.5

# Seconds between two stills that a slide parts, at the most. Chosen: not measured.
SLIDE_GAP_S: Final = 1.6

# Seconds of each of the two that are looked at. Chosen: not measured.
BESIDE_SLIDE_S: Final = 1.0

# Share of the way on either side of its middle half, by which a slide's time is judged. Derived: by the cosine law the
# middle half takes a third of the time.
SLIDE_EDGE_SHARE: Final = 0.25

# Seconds: who takes longer for the middle half of two centimetres has trembled. Chosen: not measured.
LONGEST_MIDDLE_HALF_S: Final = 0.6
