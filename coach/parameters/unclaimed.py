"""Motions like a segment that no segment took."""

from __future__ import annotations

from typing import Final

# Fit of a motion from which it is like the segment. Chosen: not measured.
LIKE_FIT: Final = 0.5

# The same where one follows another of the same hands. Chosen: less than LIKE_FIT; not measured.
LIKE_FIT_IN_A_ROW: Final = 0.3

# Share of a motion: so much of it in another segment's repetition or press, and it is that. Chosen: not measured.
TAKEN_SHARE: Final = 0.4

# Share of what is long enough: a shorter press was a halt on the way. Chosen: half.
HALT_SHARE: Final = 0.5

# ------------------------------------------------------------------ repetitions that were not counted
# The usual time of those that were counted, times: a repetition that was not takes so long at least. Measured: with the
# three below: in 720 simulated sessions there was one beside 11 of 20 counts that were too low by one or two, and
# beside two of 272 that were rightly low.
UNCOUNTED_LEAST_TIME: Final = 0.8

# The same at the most. Measured: as UNCOUNTED_LEAST_TIME.
UNCOUNTED_MOST_TIME: Final = 1.5

# Share of their usual length that it goes, at least. Measured: as UNCOUNTED_LEAST_TIME.
UNCOUNTED_REACH_SHARE: Final = 0.7

# Repetitions: it is no farther from them than so many would take. Measured: as UNCOUNTED_LEAST_TIME.
UNCOUNTED_BESIDE: Final = 2.0
