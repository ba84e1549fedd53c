"""Repetitions while they are done: over, broken off, wrong."""

from __future__ import annotations

from typing import Final

# Share of the described path: a smaller swing is noise. Chosen: not measured.
SWING_SHARE: Final = 0.15

# The same in back units. Chosen: not measured.
LEAST_SWING: Final = 0.025

# Share of her usual way: so near to her usual turning point a hand has begun there, or is back. Chosen: not measured.
NEAR_USUAL_TURN: Final = 0.3

# Strokes: what was broken off before them and is not any more is no longer said. Chosen: the least that is more than
# one.
BROKEN_OFF_NEWEST: Final = 2

# Times her usual: a stroke that was broken off takes no longer than a whole one. Chosen: not measured.
BROKEN_OFF_LONGEST: Final = 1.2

# Share of the shorter for which two hands are out at the same time. Chosen: half of it; not measured.
OUT_TOGETHER_SHARE: Final = 0.5

# Repetitions: what was wrong before them and is right now is no longer said. Chosen: not measured.
FAULTS_NEWEST: Final = 4

# Share of what is still called even, below which hands are plainly uneven. Chosen: not measured.
PLAINLY_UNEVEN_SHARE: Final = 0.85

# Share of how far one goes at least: two that fall short by less may be the tracker's fault. Chosen: not measured.
BARELY_SHORT_SHARE: Final = 0.9

# Seconds by which a measured duration is off. Measured: by 0.05 (Love) to 0.18 (hearts) in 630 repetitions of 59
# rendered sessions.
DURATION_ERROR_S: Final = 0.15

# Share of a repetition: in less time there is none. Chosen: not measured.
ROOM_FOR_ONE_SHARE: Final = 0.85

# Seconds, or as long as one takes: what was done before so long a gap is no part of the step. Chosen: not measured.
NO_PART_AFTER_S: Final = 4.0

# Seconds since the hand is back. Chosen: not measured.
BACK_AGAIN_S: Final = 0.3

# Seconds since the stroke, where it does not come back. Chosen: not measured.
GONE_SINCE_STROKE_S: Final = 2.0

# Seconds after which a stroke is over: one that goes on looks like one that ends where the hand is now. Chosen: not
# measured.
STROKE_ENDED_S: Final = 0.3

# The same of a pass, whose small circles halt it. Chosen: not measured.
PASS_ENDED_S: Final = 0.9

# Share of the usual reach: a pass that came so far does not go on after a halt. Chosen: not measured.
PASS_COMPLETE_SHARE: Final = 0.95

# Turns: a circle is over once the hand has gone round, though it goes on. Chosen: one, but for what rounding takes.
CIRCLE_COMPLETE_TURNS: Final = 0.999

# Fit of the first repetitions of a step: travel to its place may look a little like one. Chosen: not measured.
FIRST_REPETITIONS_FIT: Final = 0.55

# Share of the median fit of those before, for later ones. Chosen: not measured.
LATER_FIT_SHARE: Final = 0.6

# Repetitions from which it is known how well they fit. Chosen: the least with a middle one.
FIT_KNOWN_FROM: Final = 3

# Share of the fit of a good one. Chosen: not measured.
AS_GOOD_FIT_SHARE: Final = 0.85

# Repetitions with both hands, after which those with one hand are another segment. Chosen: the least that is more than
# one.
BOTH_HANDS_FROM: Final = 2

# Fit by which the step before explains a motion better. Chosen: not measured.
STEP_BEFORE_BETTER_FIT: Final = 0.15

# Share of another segment's time that the step's own repetitions explain. Chosen: half of it; not measured.
EXPLAINED_SHARE: Final = 0.5

# Seconds for which a count that fell is still shown as it was. Measured: in 40 rendered sessions counts fell 23 times,
# and were as high again within 1.0 s in 20 of them.
COUNT_FALLEN_S: Final = 1.2

# Seconds of a pass that has not come to its end, where the protocol gives none. Chosen: not measured.
LONGEST_PASS_S: Final = 60.0

# Repetitions that it takes to be sure of a fault: a single one may be the tracker's. Chosen: the least that is more
# than one.
FAULT_SURE_AFTER: Final = 2

# The same of how two hands go together. Chosen: not measured.
FAULT_OF_TWO_HANDS_SURE_AFTER: Final = 3

# The same of shapes, and of hands that take turns. Chosen: not measured.
FAULT_OF_SHAPE_SURE_AFTER: Final = 4
