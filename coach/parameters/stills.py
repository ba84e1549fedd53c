"""Stills: where a hand stays at one place, where one ends and the next begins, and how long a palm lay still."""

from __future__ import annotations

from typing import Final

# Back units a second: a slower hand is still. Measured: detector noise makes a still hand seem to move at 0.03 (0.08
# where hair hides the fingers), and the slowest travel between two points 0.11 apart in a second peaks at 0.17; on how
# much footage is not recorded.
STILL_SPEED: Final = 0.10

# Seconds over which that speed is seen. Chosen: not measured.
STILL_SPEED_OVER_S: Final = 0.3

# Seconds that a still lasts, at least. Chosen: not measured.
SHORTEST_STILL_S: Final = 0.4

# Back units: the tolerance of a point from which on stills may be less still. Chosen: that of points under hair, where
# the track trembles as much.
ROUGH_TOLERANCE: Final = 0.12

# ------------------------------------------------------------------ one still, or two
# Back units: two stills that are nearer to each other may be one. Chosen: not measured.
ONE_STILL: Final = 0.035

# Seconds: they are one where they are parted by less. Chosen: not measured.
ONE_STILL_GAP_S: Final = 0.5

# Seconds that a hand that crept from one place to another stays at each. Chosen: not measured.
CREPT_STAY_S: Final = 0.7

# Seconds that it takes from one to the other. Chosen: not measured.
CREPT_WAY_S: Final = 0.8

# Back units that it crept, at least. Chosen: not measured.
CREPT: Final = 0.028

# Times the median of the same distance along the still: what it crept, at least. Chosen: not measured.
CREPT_WOBBLES: Final = 2.5

# Seconds on either side of a cut that tell how the hand trembles there. Chosen: a hand that lay still before it slowly
# strokes on trembles less than it strokes; not measured.
CALM_S: Final = 1.5

# Back units, in those CREPT_WAY_S, for half the time of a still: its hand slowly strokes, which never exceeds
# STILL_SPEED either. Measured: of 417 stills of two seconds and more in 86 rendered sessions, 176 of them presses, one
# was over 0.045: a stroke.
CREEPING: Final = 2 * CREPT

# ------------------------------------------------------------------ what is known of a still
# What a place loses in exactness at a slant of 1. Derived: a back's height over its plane is known to 0.03 widths, a
# fingertip's over the skin hardly better; at such a slant the place is off by as much, which is a third of what a point
# allows.
SLANT_BLUR: Final = 0.35

# Share of a still in which its hand seems to show its palm, from which one finger was taken for another. Chosen: half.
TURNED_SHARE: Final = 0.5

# Share of a still in which its hand was not detected, from which flow alone tells its place. Chosen: not measured.
CARRIED_SHARE: Final = 0.8

# ------------------------------------------------------------------ arrival and departure
# Back units: nearer to the still's place than this, the hand seems to have arrived. Chosen: not measured.
ARRIVED: Final = 0.012

# Back units: a resting hand creeps on by up to so much in a press. Chosen: not measured.
CREEPS_ON: Final = 0.03

# Seconds after a moment: where the hand is then tells whether it had arrived, as a resting one creeps on. Chosen: not
# measured.
ARRIVAL_JUDGED_AFTER_S: Final = 0.15

# Seconds from then on: the mean place of so long a time tells it. Chosen: not measured.
ARRIVAL_JUDGED_FOR_S: Final = 0.5

# Times the last bit of the way to a still, which drowns in noise: the way before it, from which its time is judged.
# Derived: by the cosine law, by which the distance goes with the square of the time that is left, both take as long.
EASING_FROM: Final = 4.0

# Time of that last bit over that of the way before it. Measured: by the cosine law it is 1, by the minimum-jerk law
# (Flash & Hogan 1985) 1.7, but a smoothed track comes later than the hand; at 0.8 presses before the real tracker are
# measured 0.13 s too short, before a simulated one 0.15 s too long.
EASING_RATIO: Final = 0.8

# Seconds that it takes at the most. Chosen: not measured.
LONGEST_EASING_S: Final = 0.25

# ------------------------------------------------------------------ two stills that are one press
# Share of the point's tolerance: a press that slips farther is another one. Chosen: not measured.
SLIP_SHARE: Final = 0.2

# Seconds: two stills at the same point that are parted by less are one press that slipped a little. Chosen: not
# measured.
SLIP_GAP_S: Final = 0.6

# Back units by which a palm may wobble that lies still. Chosen: not measured.
PALM_WOBBLE: Final = 0.04

# Seconds between two stills of the fingers for which such a palm is believed. Chosen: not measured.
PALM_BELIEVED_S: Final = 2.0

# Seconds in which fingertips jump, at the most. Chosen: not measured.
TIPS_JUMP_S: Final = 0.4

# Seconds before such a jump and after it, over which the palm's mean places are compared. Chosen: not measured.
BESIDE_JUMP_S: Final = 0.5

# Share of the tips' way that the palm makes, from which the hand moved and took it along. Chosen: not measured.
PALM_ALONG_SHARE: Final = 0.65

# Back units: beside a hand that stays where it is, one that was seen no farther away has trembled, not left. Chosen:
# not measured.
TREMBLE: Final = 0.06

# Seconds for which it is believed to have trembled. Chosen: not measured.
TREMBLE_S: Final = 1.5

# Seconds for which a palm on its way to its place, or away from it, is as near to it as one that lies there. Chosen:
# not measured.
PALM_ARRIVING_S: Final = 0.5

# ------------------------------------------------------------------ how long a palm stayed
# Share of a press for which the palm lies still, at least. Chosen: most of it.
PALM_STILL_SHARE: Final = 0.5

# Back units: a palm that is seen badly, behind the back's edge say, trembles as far around its place. Measured: of
# presses by one hand that seemed shorter than 2 s in 121 rendered sessions, 30 of them marked by a hand too, it was so
# near for 2.5 s or more at nine of the twelve that were longer, and for 2.2 s at most at the eighteen that were not.
PALM_NEAR: Final = 0.05

# Seconds that arriving and departing take to pass as far. Chosen: not measured by itself.
PALM_PASSES_S: Final = 0.4

# Seconds for which a tracked hand seems to hop aside, and is back at the very place. Measured: in 145 rendered sessions
# one did so nine times while a point was pressed; hands that had left a point came again as soon once, not to press it.
HOP_ASIDE_S: Final = 0.8

# Seconds before a press and after it for which a palm is looked for. Chosen: not measured.
PALM_LOOKED_FOR_S: Final = 5.0

# Seconds that a hand lies where it is before the other comes beside it, and that it stays after that has left, from
# which it rests there. Measured: in 149 rendered sessions no hand of two that pressed at once did so (at most 1.9 s),
# and in 26 false presses one did.
RESTS_BESIDE_S: Final = 2.0

# ------------------------------------------------------------------ hands that work
# Back units a second from which a hand works. Measured: a stroke does 0.3 to 1, a tracked hand that is still under hair
# seems to do 0.08; on how much footage is not recorded.
WORKING_SPEED: Final = 0.25

# Seconds over which that speed is seen. Chosen: not measured.
WORKING_SPEED_OVER_S: Final = 0.3
