"""Presses that may be a rest, and presses that may be of a neighbouring pair of points."""

from __future__ import annotations

from typing import Final

# Times her own other presses: who stays longer may rest. Chosen: not measured.
LONGER_THAN_HERS: Final = 1.3

# Other presses from which it is known how long hers are. Chosen: the least with a middle one.
HERS_FROM_PRESSES: Final = 3

# Share of the time since the press before began, for which a palm lay where it was, from which nobody knows whether the
# fingers went on. Chosen: not measured.
PALM_UNMOVED_SHARE: Final = 0.9

# Seconds from one pair of points to the next: the tracks of both presses may run into one. Chosen: not measured.
NEXT_PAIR_S: Final = 2.0

# Share of what a press by both hands explains, from which one at a neighbouring pair of points explains it as well. The
# place alone tells them apart, and where fingertips are that reach over a shoulder, and where a person marks the
# corners, is known no better. Measured: over 159 rendered films and 240 simulated sessions five of eight exchanged ones
# lay between 0.28 and 0.5, two of 53 right ones.
NEIGHBOUR_AS_WELL_SHARE: Final = 0.3
