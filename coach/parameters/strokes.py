"""Strokes, curves and passes along a described path: their legs, where these begin and end, and their shape."""

from __future__ import annotations

from typing import Final

# ------------------------------------------------------------------ turning points
# Share of the shortest whole repetition (of a circle: of its diameter) by which a hand must come back before it has
# turned. Chosen: not measured.
TURNING_POINT_SHARE: Final = 0.6

# Seconds: a turning point that takes longer is a rest, and the rest belongs to no repetition. Chosen: not measured.
TURNING_REST_S: Final = 0.6

# Share of a leg's length within which the hand is near its turning point. Chosen: not measured.
NEAR_TURNING_POINT: Final = 0.2

# The same on the way back: from here on it is nearly where it began. Chosen: not measured.
NEAR_HOME: Final = 0.35

# Share of a leg's length: from so near to where it began a half heart's next one may begin. Chosen: not measured.
HALF_HEART_HOME: Final = 0.03

# Seconds in which a hand rests at a leg's far end, in all: after more the way back is a new motion. Chosen: not
# measured.
LONG_REST_S: Final = 1.6

# Back units to the side of where the path is left: farther off, the hand is still travelling to it. Chosen: not
# measured.
BESIDE_PATH: Final = 0.09

# Back units: a swing to the side is no smaller. Measured: a circle of 1.5 cm radius swings 0.08, detector noise 0.01.
SIDE_SWING: Final = 0.03

# ------------------------------------------------------------------ rests
# Share of the usual speed amid a leg below which a hand rests: slow strokes are slow themselves. Chosen: not measured.
REST_SPEED_SHARE: Final = 0.4

# Back units a second: the least that this may be. Chosen: over the 0.03 that a still hand seems to move at; not
# measured otherwise.
LEAST_REST_SPEED: Final = 0.05

# Seconds before a leg and after it: what tells how fast the hand moves now. Chosen: not measured.
USUAL_SPEED_AROUND_S: Final = 10.0

# ------------------------------------------------------------------ legs cut by their neighbours
# Shape distance of a leg that is surely one. Chosen: below the 0.27 of a straight stroke from a half heart; not
# measured otherwise.
GOOD_SHAPE_DISTANCE: Final = 0.2

# Good legs that tell where another begins and ends. Measured: in simulated sessions, with fewer, strokes lose as many
# as they gain.
LEGS_TO_CUT_BY: Final = 3

# The same of half hearts, which come but every eight seconds when the hands take turns, and of a leg that goes much
# farther. Measured: in 540 simulated sessions 26 last half hearts of slow hands are counted that LEGS_TO_CUT_BY were
# needed for, and none is lost.
FEW_LEGS_TO_CUT_BY: Final = 2

# Times the others' length: a leg that goes so much farther has in it how the hand came along the very path. Chosen: not
# measured.
MUCH_FARTHER: Final = 1.6

# Seconds before a leg's end and after it: the legs that tell how it is cut. Chosen: slow strokes come every ten
# seconds; not measured otherwise.
CUT_AROUND_S: Final = 20.0

# Times the usual time: a leg that takes so long has travel in it. Chosen: not measured.
OVERLONG_LEG: Final = 1.4

# Share of a leg beyond its neighbours' ends that is surely travel. Chosen: not measured.
LEG_OVERRUN: Final = 0.15

# Back units: the least that this may be. Chosen: not measured.
LEAST_LEG_OVERRUN: Final = 0.04

# Back units: a hand that comes by its start twice is there as near as this. Chosen: the noise of a place; not measured
# otherwise.
SAME_START: Final = 0.025

# ------------------------------------------------------------------ shape
# Points of a path that is compared. Measured: enough for a half heart; twice as many change no shape distance by more
# than 0.005.
PATH_POINTS: Final = 24

# Back units: what noise adds to a path's shape, before its size is taken out. Derived: 0.015 of each smoothed place,
# over all PATH_POINTS.
SHAPE_NOISE: Final = 0.015 * PATH_POINTS**0.5
