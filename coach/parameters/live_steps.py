"""Which step is done, and whether the trainee has gone on."""

from __future__ import annotations

from typing import Final

# Seconds by which a repetition may have begun before the step did. Chosen: not measured.
BEGAN_BEFORE_S: Final = 0.5

# Fit of a first repetition of the next segment. Chosen: not measured.
NEXT_STEP_FIRST_FIT: Final = 0.6

# Confidence from which another segment is believed. Chosen: not measured.
OTHER_STEP_CONFIDENCE: Final = 0.4

# The same of the next step where it is one long press, or several; and of well drawn strokes soon in turn. Chosen: not
# measured.
NEXT_PRESS_CONFIDENCE: Final = 0.3

# The same of one long press by both hands, each at its point: hands that turn there seldom stay. Measured: in 155
# rendered sessions none was believed wrongly for it.
PRESS_BY_BOTH_CONFIDENCE: Final = 0.25

# The same of one before this step or more than FAR_STEP_AFTER after it: few go there, much looks so. Chosen: not
# measured.
FAR_STEP_CONFIDENCE: Final = 0.6

# Steps after this one. Chosen: not measured.
FAR_STEP_AFTER: Final = 2

# Fit of a shape that, so often by both hands at once, nobody draws by chance, however far ahead of its turn. Chosen:
# not measured.
WELL_DRAWN_FIT: Final = 0.85

# How often. Chosen: not measured.
WELL_DRAWN_REPETITIONS: Final = 3

# Confidence below which a segment was read by chance, and the next reading knows better. Chosen: not measured.
CHANCE_CONFIDENCE: Final = 0.1

# Repetitions of another segment from which it is done. Chosen: the least that is more than one.
OTHER_STEP_REPETITIONS: Final = 2

# Share of one hand's drawing during which the other draws too, from which they do not take turns. Chosen: not
# measured.
DRAW_AT_ONCE_SHARE: Final = 0.1

# Seconds for which hands are still after enough repetitions, and the step is over. Chosen: not measured.
STEP_OVER_REST_S: Final = 1.5

# Seconds within which no further repetition came, and it is over. Chosen: not measured.
NONE_FURTHER_S: Final = 1.0

# Times the usual time between them, as well. Chosen: not measured.
NONE_FURTHER_RATIO: Final = 1.6

# Back units in HAND_MOVES_WITHIN_S from which the hand moves. Chosen: not measured.
HAND_MOVES_BY: Final = 0.05

# Seconds. Chosen: not measured.
HAND_MOVES_WITHIN_S: Final = 0.5

# Seconds: a press of so long is no slow turn of a stroke. Chosen: not measured.
NO_TURN_S: Final = 2.0

# Seconds of another segment from which two slow repetitions are enough to have gone on. Chosen: not measured.
GONE_ON_S: Final = 10.0

# Seconds for which hands are still, where there is nothing to press, and wait for what is to be done. Chosen: not
# measured.
HANDS_WAIT_S: Final = 3.0

# Tolerances of a point: hands that lie so near may press it. Chosen: not measured.
MAY_PRESS_TOLERANCES: Final = 2.0

# Seconds of frames that are kept, for a step that turns out to have begun a while ago. Chosen: not measured.
FRAMES_KEPT_S: Final = 20.0

# Seconds: a step that was recognised began so long before its first repetition. Chosen: not measured.
STEP_BEGAN_BEFORE_S: Final = 0.3

# Repetitions of another segment from which the trainee has gone on. Chosen: not measured.
GONE_ON_REPETITIONS: Final = 3

# The same in points that were pressed. Chosen: not measured.
GONE_ON_POINTS: Final = 2
