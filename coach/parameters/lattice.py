"""The best reading of a session: what candidates gain in it, and what it costs to put them together.

Gains and costs are in seconds of perfectly fitting motion; none of the costs was measured by itself, all of them
together by the bench's sessions.
"""

from __future__ import annotations

from typing import Final

# ------------------------------------------------------------------ what a candidate gains
# Fit of a candidate that is worth no more than calling its time idle. Chosen: not measured by itself.
IDLE_FIT: Final = 0.33

# Seconds: motion that lasts longer says no more than this. Chosen: not measured.
LONGEST_MOTION_S: Final = 6.0

# The same of a press, s. Chosen: not measured.
LONGEST_PRESS_S: Final = 4.0

# What a repetition beyond the most that are asked for is still worth. Chosen: half; not measured.
EXTRA_REPETITION_WORTH: Final = 0.5

# The same of a press. Chosen: nothing, as hands that rest at every turn of their strokes press no points.
EXTRA_PRESS_WORTH: Final = 0.0

# Repetitions in a run beyond which their number no longer matters to the reading. Chosen: above what any step asks for.
MOST_REPETITIONS: Final = 16

# ------------------------------------------------------------------ beginning a segment
# Cost to begin a segment: a run of it, not a chance resemblance. Chosen: not measured by itself.
BEGIN_COST: Final = 1.6

# The same where no strokes or circles that come before are left out. Chosen: less than BEGIN_COST; not measured.
BEGIN_IN_TURN_COST: Final = 1.1

# The same for one hand's press right after the segment that comes before it. Chosen: less than BEGIN_IN_TURN_COST; not
# measured.
BEGIN_NEXT_PRESS_COST: Final = 0.8

# The same for a press by both hands at once, each at its point. Chosen: hands at rest seldom do that; not measured.
BEGIN_PRESS_BY_BOTH_COST: Final = 0.45

# The same in turn, where the hands have gone there: a stroke's end is no press. Chosen: not measured.
BEGIN_PRESS_BY_BOTH_IN_TURN_COST: Final = 0.15

# Seconds after what came before, from which on the hands have gone there. Chosen: not measured.
GONE_THERE_S: Final = 0.3

# Cost of each segment that is left out. Chosen: not measured by itself.
SKIP_COST: Final = 0.08

# The most that the segments left out cost together. Chosen: not measured.
MOST_SKIP_COST: Final = 0.5

# Cost of going back in the order. Chosen: not measured.
BACK_COST: Final = 0.7

# The same of going back by one, from a press: the two are done in each other's place, and nothing is left out. Chosen:
# not measured.
EXCHANGED_COST: Final = 0.4

# Cost of taking up the same segment after an interruption. Chosen: not measured.
RESUME_COST: Final = 0.4

# The same of a press, which is not taken up, but repeated. Chosen: more than RESUME_COST; not measured.
PRESS_AGAIN_COST: Final = 1.2

# ------------------------------------------------------------------ going on with a run
# Cost of each second between two repetitions of a run. Chosen: not measured.
PAUSE_COST: Final = 0.12

# Cost of each second of a repetition by the same hand as the one before it, where the hands take turns. Chosen: more
# than a half of what perfectly fitting motion gains; not measured.
SAME_HAND_COST: Final = 0.38

# Cost of pressing a point again, which adds nothing. Chosen: not measured.
SAME_POINT_COST: Final = 0.3

# Cost of pressing points against their order: a hand that halts on its way presses nothing. Chosen: not measured.
BACKWARDS_PRESS_COST: Final = 0.6

# The same where both presses are long enough: a hand that stays so long presses. Chosen: less than
# BACKWARDS_PRESS_COST; not measured.
LONG_BACKWARDS_PRESS_COST: Final = 0.2

# Seconds by which neighbours may overlap: turning points are known no better. Chosen: not measured.
TOUCH_S: Final = 0.3

# Share of themselves by which they may, if that is more. Chosen: not measured.
TOUCH_SHARE: Final = 0.15

# Seconds by which they may at the most. Chosen: not measured.
MOST_TOUCH_S: Final = 0.8

# Share of the shorter of two strokes of one segment by which different hands may overlap: hand over hand, one begins
# before the other has ended. Chosen: what overlaps more is done by both at once; not measured.
HAND_OVER_HAND_SHARE: Final = 0.6

# Seconds: out of sight for no longer, a hand may have gone on with the same segment meanwhile. Chosen: not measured.
LONGEST_HIDDEN_PAUSE_S: Final = 4.5

# Seconds beyond a segment's own pause within which a run is looked for that may go on. Derived: from the longest motion
# that counts, five of which no hand does at once.
LOOK_BACK_S: Final = 5.0 * LONGEST_MOTION_S

# ------------------------------------------------------------------ runs that are too short
# Cost of a single repetition of a segment that is made of several, by one hand: idle hands draw a circle or a stroke by
# chance now and then. Chosen: not measured by itself.
ONE_REPETITION_COST: Final = 1.8

# The same of two, as idle hands seldom draw the same twice in a row. Chosen: not measured by itself.
TWO_REPETITIONS_COST: Final = 0.2

# The same of a single one by both hands at once, which idle hands seldom do. Chosen: not measured by itself.
ONE_BY_BOTH_COST: Final = 0.8

# The same of two by both hands. Chosen: not measured by itself.
TWO_BY_BOTH_COST: Final = 0.3

# The same of one press of several: a resting hand lies at some point or other. Chosen: not measured by itself.
ONE_PRESS_COST: Final = 1.2
