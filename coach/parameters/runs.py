"""Runs of a segment: what belongs to them, which of their repetitions are whole, and how sure they are."""

from __future__ import annotations

from typing import Final

# ------------------------------------------------------------------ whole repetitions
# Share of the run's usual length: a shorter repetition is a partial one. Chosen: not measured.
PARTIAL_REPETITION_SHARE: Final = 0.6

# The same from which on one is whole, where the usual one is. Chosen: not measured.
WHOLE_REPETITION_SHARE: Final = 0.8

# ------------------------------------------------------------------ what the ends of a run picked up
# Repetitions in a run: with fewer there is no usual one. Chosen: the least with a middle one.
USUAL_FROM_REPETITIONS: Final = 3

# Share of the run's median fit: what fits worse is another motion. Chosen: not measured.
OTHER_MOTION_FIT_SHARE: Final = 0.35

# The run's usual time, times: nobody's repetitions are so much quicker than each other. Chosen: not measured.
OTHER_MOTION_LEAST_TIME: Final = 0.45

# The same, so much slower. Chosen: not measured.
OTHER_MOTION_MOST_TIME: Final = 2.5

# Share of the run's median fit: what fits worse has one of the signs of another motion, of which it takes two. Chosen:
# not measured.
ODD_FIT_SHARE: Final = 0.9

# The run's usual time, times: what is quicker has one of the signs. Chosen: not measured.
ODD_LEAST_TIME: Final = 0.6

# The same of what is slower. Chosen: not measured.
ODD_MOST_TIME: Final = 1.8

# The run's usual length, times: what is shorter has one of the signs. Chosen: not measured.
ODD_LEAST_REACH: Final = 0.7

# The same of what is longer. Chosen: not measured.
ODD_MOST_REACH: Final = 1.4

# Seconds beyond ODD_PAUSES of the run's usual: what comes after a longer pause has one of the signs. Chosen: not
# measured.
ODD_PAUSE_S: Final = 1.5

# Usual pauses. Chosen: not measured.
ODD_PAUSES: Final = 2.0

# Share of the median fit, in a run by both hands: what one does alone and fits worse has one of the signs; what it does
# while the other is out of sight is worth more. Chosen: not measured.
ONE_HANDED_FIT_SHARE: Final = 0.8

# ------------------------------------------------------------------ what is one segment
# Seconds within which the same segment taken up again, with nothing between, is one segment. Chosen: not measured.
RESUMED_S: Final = 10.0

# Seconds of perfectly fitting motion that make a match 63 % sure. Chosen: not measured.
MATCH_SURE_S: Final = 2.5
