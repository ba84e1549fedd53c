"""From what on an item of the checklist has its points, and from what on it is not rated."""

from __future__ import annotations

from typing import Final

# Share of the time between its neighbours for which hands are hidden, from which a step may have been done there.
# Chosen: two thirds; not measured.
HIDDEN_SHARE_OF_GAP: Final = 0.65

# Share of a step's places: where no more are in the picture, nobody can tell whether it was done. Chosen: not measured.
FRAMED_SHARE: Final = 0.5

# Share of the shortest time in which a step is done rightly: in less, nobody does it at all. Chosen: not measured.
HASTY_SHARE: Final = 0.5

# Seconds of perfectly fitting motion that nothing else explains, from which a step is not called left out. Measured: on
# rendered and simulated sessions six in ten steps that were wrongly called left out had as much, and four of 694 that
# had been left out.
UNCLAIMED_MOTION_S: Final = 1.2

# The same of presses at two of its points or more, where chance seldom leads a hand, s. Measured: of 1,390 steps that
# had been left out in 149 rendered sessions, three had as much.
UNCLAIMED_POINTS_S: Final = 0.9

# The same of presses of a step for both hands where no hands rest; and where they do, of a press by both at once, or by
# one while the other is out of sight, s. Measured: of 15 steps of the first kind that had been left out none had any;
# of 1,390 of the second, two had as much and less than UNCLAIMED_MOTION_S.
UNCLAIMED_TOGETHER_S: Final = 0.5

# Share of a press for which a hand is out of sight, from which the press was not watched. Chosen: not measured.
UNWATCHED_SHARE_OF_PRESS: Final = 0.5

# Seconds between a missing step's neighbours: in a longer time hands do many things that look like one. Chosen: not
# measured.
LONGEST_GAP_OF_ONE_STEP_S: Final = 25.0

# Seconds by which an unclaimed motion may run into the neighbours of the gap that it is in. Chosen: not measured.
UNCLAIMED_OVERLAP_S: Final = 0.5

# Share of a repetition by which the next may begin before it is over. Chosen: not measured.
REPETITION_OVERLAP_SHARE: Final = 0.2

# Share of a repetition: a gap so long, at a turning point, costs a repetition its shape. Chosen: not measured.
HIDDEN_SHARE_OF_REPETITION: Final = 0.3

# Share of the repetitions that are to be by the hands as asked: most, with room for one that the tracker saw wrongly.
# Chosen: three of five; not measured.
RIGHT_HANDS_SHARE: Final = 0.6

# The shorter of two hands' paths over the longer, from which they are even. Chosen: two hands' paths differ by up to a
# fifth in sessions that trainers call even; the room beyond was not measured.
LEAST_BALANCE: Final = 0.62

# How much two hands move at the same time, 0 to 1, from which they move together. Chosen: not measured.
LEAST_SYNC: Final = 0.6

# Repetitions by one hand, beside others by both, from which one was left out: of a single one the tracker may not have
# seen the other hand. Chosen: the least that is more than one.
ONE_HANDED_REPETITIONS: Final = 2

# Probability, before anything is seen, that a hand is the one that is asked for. Of four hands that may be either,
# three at the least are: so much more has to speak for the other one before it is believed. Chosen: not measured.
ASKED_HAND_PRIOR: Final = 0.75

# Probability with which it must be known which hand it was; else it is not rated. Chosen: not measured.
HAND_CERTAINTY: Final = 0.95

# Share of a step's time: a hand out of sight for longer may have done its part there. Chosen: not measured.
HAND_UNSEEN_SHARE: Final = 0.12

# Seconds that the way from one press to the next takes, at the most. Chosen: not measured.
PRESS_TRAVEL_S: Final = 2.0

# Seconds: a hand out of sight for so long, during a press or near to it, hides its length. Chosen: not measured.
PRESS_HIDDEN_S: Final = 0.3

# Seconds before a press and after it that are near to it. Chosen: not measured.
PRESS_NEARBY_S: Final = 1.0

# Seconds after strokes within which hands that press may have lain there since the strokes ended. Measured: in 560
# simulated sessions 61 presses by both hands began so soon after strokes.
PRESS_AFTER_STROKES_S: Final = 0.35

# Seconds that hands may lie at a point before they press it, where strokes end beside it: nothing parts the one from
# the other. Measured: of the 11 of those 61 presses that seemed long enough by less than this, 8 had been too short,
# and none of the longer ones.
LYING_AFTER_STROKES_S: Final = 1.6

# Seconds by which the strokes' end and such a press may run into each other. Chosen: not measured.
STROKES_PRESS_OVERLAP_S: Final = 1.0

# Share of the longest press of a point: what is shorter was a halt on the way. Chosen: not measured.
HALT_SHARE_OF_PRESS: Final = 0.5

# Seconds: a hand out of sight for so long may have pressed a point there. Chosen: not measured.
POINT_HIDDEN_S: Final = 0.5

# Fit of a repetition's shape to the described one, 0 to 1, from which it is rated right. Measured: half of what the
# same motion scores when another person draws it, seen 30 degrees from the side; the halving was chosen.
LEAST_SHAPE_FIT: Final = 0.42

# A stroke's time over that of the way back, below which the two are exchanged: a working stroke is slower than the
# light way back. Chosen: not measured.
REVERSED_STROKE_RATIO: Final = 0.67

# Points of an item that is done rightly. Protocol: the checklist's items have 0, 1 or 2.
ITEM_MAX_POINTS: Final = 2

# Seconds of perfectly fitting motion by which a reading with another shape of the back is e times as likely. Chosen:
# the worth of one short press or stroke; not measured.
SHAPE_TEMPERATURE_S: Final = 2.0

# Of the probability of the readings with each shape of the back that rate an item, that of those which give it the same
# points; with less it is not rated. Chosen: nine in ten; not measured.
LEAST_AGREEMENT: Final = 0.9
