"""Circles: half turns, runs of them, and the turns they make."""

from __future__ import annotations

from typing import Final

# ------------------------------------------------------------------ half turns
# Share of its height by which a half turn bulges to the side, at least. Measured: a described circle's bulges by about
# 0.37, a stroke and the way back of a half heart by less than 0.05; on how much footage is not recorded.
HALF_TURN_BULGE: Final = 0.12

# The same of one among USUAL_HALF_TURNS good ones, which trembled or was cut flat by the tracker. Chosen: more than a
# way back has.
FLAT_HALF_TURN_BULGE: Final = 0.06

# Half turns that tell what is usual in a run. Chosen: not measured.
USUAL_HALF_TURNS: Final = 3

# Share of a half turn's height: a turning point that lies so much farther out than the others is one of travel. Chosen:
# not measured.
TRAVEL_OVERSHOOT: Final = 0.25

# ------------------------------------------------------------------ runs
# Times the radius of the run's own ellipse: nearer to its centre the hand is on its way to or from the circle. Chosen:
# not measured.
LEAST_RADIUS: Final = 0.45

# The same, farther out. Chosen: not measured.
MOST_RADIUS: Final = 1.8

# Share of the run's own pace below which the hand rests. Chosen: not measured.
CIRCLE_REST_PACE: Final = 0.2

# The same below which it comes to a rest, or goes on from one. Chosen: not measured.
CIRCLE_EASE_PACE: Final = 0.5

# Share of a half turn: the phase of one that is so much off went astray. Chosen: so that only a whole turn more or less
# is put right; not measured.
PHASE_ASTRAY: Final = 0.5

# Turns, each from half a turn after the one before, that tell where a drifting run goes. Chosen: not measured.
DRIFT_TURNS: Final = 4

# Share of the variance of their middles that the drift explains, at least. Chosen: so that one wide turn is none; not
# measured.
DRIFT_EXPLAINS: Final = 0.75

# Times the height of its circles: a run that goes so far on goes on elsewhere. Chosen: not measured.
OTHER_PLACE_HEIGHTS: Final = 1.25

# Half turns on either side of that in which it goes there, at least. Chosen: a whole turn.
OTHER_PLACE_HALF_TURNS: Final = 2

# ------------------------------------------------------------------ turns
# Turn from which on it counts as a whole one. Chosen: not measured.
WHOLE_TURN: Final = 0.75

# Turn from which on a part of one is worth telling. Chosen: not measured.
PART_TURN: Final = 0.35

# Turn by which a hand trembles that does not go on round. Chosen: not measured.
TREMBLE_TURN: Final = 0.02

# Turn: a hand that goes no farther than this where one turn ends and the next begins rests there. Chosen: not measured.
REST_TURN: Final = 0.1
