"""What a trainee is told and shown, when and for how long."""

from __future__ import annotations

from typing import Final

# Readings in a row that must say the same before a hint is given. Chosen: the least that is more than one.
HINT_READINGS: Final = 2

# Seconds for which a hint is shown at least, while it holds. Chosen: not measured.
HINT_SHOWN_S: Final = 3.0

# The same where it holds no longer and another does. Chosen: not measured.
HINT_SHOWN_SHORTLY_S: Final = 1.5

# Seconds for which it is shown at most: then it has been read, or does not help. Chosen: not measured.
HINT_SHOWN_MOST_S: Final = 8.0

# Seconds after a hint in whose place nothing was to be said. Chosen: not measured.
HINT_QUIET_S: Final = 1.5

# Seconds before the same hint is given again, about the step that is being done. Chosen: not measured.
HINT_AGAIN_S: Final = 12.0

# Seconds that a hint waits longer for a trainee who has learned a step: she corrects herself. Chosen: not measured.
HINT_FADED_S: Final = 3.0

# Seconds for which what could not be said, because something else was shown, is still worth saying. Chosen: not
# measured.
HINT_OWED_S: Final = 4.0

# Seconds for which it is asked whether to repeat the step; then the coach goes on. Chosen: not measured.
REPEAT_ASKED_S: Final = 10.0

# Seconds without a single repetition, while the hands wait, after which a trainee is told to begin. Chosen: not
# measured.
BEGIN_HINT_S: Final = 12.0

# The same while they do something that is none. Chosen: twice as long; not measured.
BEGIN_HINT_BUSY_S: Final = 24.0

# Seconds of a step for which it is told still what the one before was short of. Chosen: not measured.
STEP_LEFT_TOLD_S: Final = 5.0

# Seconds for which a step that is over is shown still: what it was short of is told then. Chosen: not measured.
STEP_OVER_SHOWN_S: Final = 5.0

# Seconds for which a step is shown as done. Chosen: not measured.
STEP_DONE_SHOWN_S: Final = 1.0

# Times right in a row after which nothing is shown any more. Chosen: not measured.
LEARNED_AFTER: Final = 3

# Seconds after a repetition's end within which its count is spoken. Chosen: not measured.
COUNT_LATE_S: Final = 1.5

# The highest count that there is a clip for. Derived: the clips in coach/web/page/voices.
HIGHEST_COUNT: Final = 12

# Clips that stay in the state, for a page that missed a message. Chosen: not measured.
CLIPS_KEPT: Final = 4

# Times the shortest repetition that is not too fast: the pace to learn. Chosen: not measured.
CALM_PACE: Final = 2.0

# Points around a circle of the ghost. Chosen: one for each ten degrees.
GHOST_CIRCLE_POINTS: Final = 36

# Back units: radius of the small circles in a pass. Chosen: two fingers' width; not measured.
GHOST_SMALL_RADIUS: Final = 0.04

# Share of the full pace, to begin with. Chosen: not measured.
FIRST_PACE: Final = 0.6

# Right repetitions after which the pace is full. Chosen: of the five that most steps ask for, the last is as it is to
# be.
FULL_PACE_AFTER: Final = 4

# Seconds between two frames: more of it was a pause, in which the ghost stands still. Chosen: not measured.
GHOST_FRAME_MOST_S: Final = 0.5

# Share of the longest right repetition in which a step is shown. Chosen: not measured.
SHOWN_SLOWLY_SHARE: Final = 0.8

# Repetitions of a step from which it was begun: a single one may have been the way to another. Chosen: the least that
# is more than one.
BEGUN_FROM_REPETITIONS: Final = 2

# Share of the ghost's period for the working way, where the way back counts as well. Chosen: not measured.
COUNTED_WAY_SHARE: Final = 0.55

# The same where the way back is stroked. Chosen: not measured.
STROKED_WAY_SHARE: Final = 0.7

# The same where the hand is lifted on the way back. Chosen: not measured.
LIFTED_WAY_SHARE: Final = 0.75
