"""Two segments with one path, done by the hands in another way: where one ends and the other begins."""

from __future__ import annotations

from typing import Final

# ------------------------------------------------------------------ stops and lots
# Seconds that a rest between two segments lasts, at least. Chosen: less than the 1.5 s that labelled sessions rest
# there; not measured otherwise.
TWIN_REST_S: Final = 1.0

# Times the run's usual rest that it lasts, at least. Chosen: not measured.
TWIN_REST_RATIO: Final = 2.5

# Times as long as those beside it is a rest where the first of two segments would end. Chosen: less than
# TWIN_REST_RATIO, as the number of repetitions tells it too; not measured.
TWIN_REST_WHERE_ENOUGH_RATIO: Final = 1.5

# Seconds by which the twin's repetitions may begin earlier or end later. Chosen: not measured.
TWIN_EDGE_S: Final = 0.8

# Repetitions beyond the most that are asked for: one too many is no second segment, however she rests before it.
# Chosen: one.
SPARE_REPETITIONS: Final = 1

# Share of the repetitions on either side of where the hands change. Chosen: most, with room for one of five that the
# tracker saw wrongly.
MOST_OF_LOT: Final = 0.8

# Repetitions that tell how a lot is done. Chosen: the least that are more than one.
TELLING_REPETITIONS: Final = 2

# ------------------------------------------------------------------ a hand that lags
# Share of the time in which a hand draws, from which on the other one draws at once with it, so that one lags; hands
# that take turns do so for less than half of it. Chosen: among the 0.22-0.44 of six of nine lots of which one hand
# lagged, in 1,000 simulated sessions.
LAG_SHARE: Final = 0.25

# The same from which nobody knows whether one lagged. Measured: in 1,000 simulated sessions it was 0.22-0.44 of six of
# nine lots of which one hand lagged, and more than 0.2 of two of 775 in which they took turns, quickly.
PERHAPS_LAG_SHARE: Final = 0.2

# Share of the time that a repetition takes: a hand out of sight for longer may have done it as well. Chosen: half.
UNSEEN_BESIDE_SHARE: Final = 0.5
