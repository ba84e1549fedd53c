"""Presses: at which point, by which hand, for how long, and what speaks against them."""

from __future__ import annotations

from typing import Final

# ------------------------------------------------------------------ how far beside its point
# What a press at a neighbouring point is worth. Chosen: it belongs to a segment only among presses at the right ones;
# not measured.
NEIGHBOUR_WORTH: Final = 0.6

# Times the tolerance, up to where one of several points may have been pressed; such a press is worth less than nothing
# by itself, and is not rated. Measured: fingers before a camera that sees them along their length were 0.11 to 0.15
# from the point they pressed, at a tolerance of 0.1.
BESIDE_POINT: Final = 1.6

# Times the tolerance: as so far beside counts a press of which nobody knows that it was at its point, as where fingers
# seem too short that reach it if they end farther on. Chosen: so that it is not rated, and worth keeping.
UNSURE_BESIDE_POINT: Final = 1.35

# Back units by which two hands that press at once may be nearer to each other, or farther apart, than their points:
# where nothing lies beside the points, each may be far from its own. Measured: of 330 presses behind both ears in 480
# simulated sessions none was off by more than 0.103, and of 7 by one hand while the other lay near its ear none by less
# than 0.147.
HANDS_APART_OFF: Final = 0.13

# ------------------------------------------------------------------ which point
# Back units by which a neighbour must be nearer than a point that is asked for. Half of it is less than the tracker's
# error (rms 0.048, `tests.bench.relief`), and marks by hand are off by as much again. Measured: in 96 simulated
# sessions and 61 rendered films, 30 of them marked by a hand too, presses of neighbours were nearer by 0.1 at least,
# and what seemed nearer by less than this was the point that is asked for (4 of 4; in 135 rendered films 10 of 12).
NEIGHBOUR_NEARER: Final = 0.05

# The same of a hand that flow carried all the while: one detection, often amid the way there, tells where it pressed.
# Measured: of 16 such presses on the shoulder blades of 102 rendered sessions seven seemed at another point, six of
# these at most 0.15 beside their own.
NEIGHBOUR_NEARER_CARRIED: Final = 0.12

# Back units: where a neighbour is farther by less, nobody knows that it was not the one pressed. Measured: of the
# presses that seemed nearer to theirs by less, two of eleven were of the neighbour; with the tracker's error, across
# points 0.077 apart, it is one in ten, if one in five is wrong.
NEIGHBOUR_FARTHER: Final = 0.03

# ------------------------------------------------------------------ rests and the other hand
# Times the length that is long enough: a hand that stays longer rests there, before its press or after it. Chosen: not
# measured.
LONGEST_PRESS_RATIO: Final = 3.0

# What a press by both hands is worth where one lies there anyway: the other may have halted beside it. Chosen: not
# measured.
BESIDE_RESTING_HAND_WORTH: Final = 0.4

# What a hand's press is worth less where the other one works all the time: it supports, or rests. Chosen: not measured.
SUPPORTING_LOSS: Final = 0.7

# Fit of each hand's press from which two hands press together. Chosen: not measured.
TOGETHER_FIT: Final = 0.5

# Share of a press for which the other hand is seen, from which it is known to do nothing there. Chosen: not measured.
OTHER_HAND_SEEN_SHARE: Final = 0.5

# Fit by which presses of both hands are plainly another segment's. Chosen: not measured.
PLAINLY_BETTER_FIT: Final = 0.3

# Share of the shorter press that two share that are done at one time. Chosen: not measured.
ONE_TIME_SHARE: Final = 0.5

# ------------------------------------------------------------------ views and lengths
# How much less exactly a still's place is known than straight before the camera, from which neighbouring pairs of
# points are not told apart. Derived: at a slant of 1 a hand's height that is known to 0.03 widths shifts its place by
# as much, and by half of what tells such pairs apart how far two hands are from each other.
FLAT_VIEW_BLUR: Final = 1.35

# Share of a press that arriving, or departing, may take. Chosen: not measured.
EASING_SHARE: Final = 0.25
