"""Presses while they are done."""

from __future__ import annotations

from typing import Final

# Seconds: the mean place of one half of it is compared with that of the other. Chosen: not measured.
STILL_HALVES_S: Final = 0.4

# Times STILL_SPEED: single frames are noisier than smoothed tracks. Chosen: not measured.
LIVE_STILL_SPEED_RATIO: Final = 1.3

# Seconds for which a press may be lost. Chosen: not measured.
PRESS_BREAK_S: Final = 0.35

# Back units: farther from where it is now, it is another press. Chosen: not measured.
PRESS_SLIP: Final = 0.06

# Back units: a press begins where its place is so near to where it is pressed now, or PRESS_BEGINS_WOBBLES. A hand
# that arrives slowly is not pressing yet. Chosen: not measured.
PRESS_BEGINS_WITHIN: Final = 0.03

# The same in wobbles of the place where it is pressed. Chosen: not measured.
PRESS_BEGINS_WOBBLES: Final = 2.0

# Seconds that tell where it is pressed now. Chosen: not measured.
PRESS_PLACE_S: Final = 0.7

# Seconds of a press that are kept in detail. Chosen: not measured.
PRESS_KEPT_S: Final = 8.0

# Back units that a hand moves before a press belongs to a new step. Chosen: not measured.
FRESH_WAY: Final = 0.035

# Seconds for which it is in motion, instead. Chosen: not measured.
FRESH_MOTION_S: Final = 0.35

# Share of a point's tolerance within which a press is meant for it. Chosen: not measured.
MEANT_TOLERANCE_SHARE: Final = 0.6

# Back units beside its point within which a press is meant for it, whatever its tolerance. Measured: twice the error
# of the tracker's fingertips on the skin (rms 0.048, `tests.bench.relief`).
MISPLACED_BY: Final = 0.09

# Seconds beyond what is long enough: frame by frame, the beginning of a press is known no better. Chosen: not
# measured.
LONG_ENOUGH_SURELY_S: Final = 0.6

# Seconds since a press, by which the readings tell of it too. Chosen: not measured.
READ_AFTER_S: Final = 1.0

# Seconds: of a press that ended so long ago the reading knows better whether it was one. Chosen: not measured.
OVER_SINCE_S: Final = 2.0

# Seconds at a point of the next step, from which it is pressed there. Chosen: not measured.
AT_NEXT_STEP_S: Final = 1.2

# Seconds since the last press, and a point is still missing. Chosen: not measured.
POINT_MISSING_S: Final = 3.0

# The same where all points are pressed at once: a second hand that follows is there by then. Chosen: not measured.
SECOND_HAND_LATE_S: Final = 1.7

# Seconds for which a press goes on, of a point that is still missing. Chosen: not measured.
GOES_ON_S: Final = 0.5

# Seconds: a press that is no longer than this, beside its point, may still be going there. Chosen: not measured.
AIMING_S: Final = 1.5

# Seconds since a press that was too short, after which it is not taken up again. Chosen: not measured.
TOO_SHORT_SINCE_S: Final = 1.0

# Seconds at a point that is not the next one, from which it is pressed. Chosen: not measured.
AT_OTHER_POINT_S: Final = 1.2

# Seconds: a press that ended so long ago goes on; the newest moments are smoothed. Chosen: not measured.
GOES_ON_NOW_S: Final = 0.3

# Seconds: a press that ended so long ago may still go on; a reading looks back. Chosen: not measured.
MAY_GO_ON_S: Final = 1.0

# Points that were pressed, from which the hand has begun. Chosen: the least that is more than one.
BEGUN_FROM_POINTS: Final = 2

# Seconds: nobody knows better how long a press was, so one that was perhaps long enough is not called short. Chosen:
# not measured.
PRESS_LENGTH_ERROR_S: Final = 0.2

# Times what is long enough: a hand that stays so long before the first press rests. Chosen: not measured.
RESTS_BEFORE_FIRST: Final = 2.0
