"""Hands out of sight, at rest elsewhere, and what is not sure for it."""

from __future__ import annotations

from typing import Final

# Seconds without any hand after which it is told. Chosen: not measured.
NO_HAND_S: Final = 1.5

# The same with one of two. Chosen: the detector alone loses the second hand for a second or two.
ONE_HAND_S: Final = 3.0

# Share of the picture: last seen so near to its edge, a hand went out. Chosen: not measured.
PICTURE_EDGE_SHARE: Final = 0.09

# Mean grey level, of 255, below which it is too dark. Chosen: below it the detector finds ever fewer hands.
DARK_LEVEL: Final = 45.0

# Pixels from wrist to knuckle below which palms are too small. Chosen: smaller ones are lost even where they rest.
SMALL_PALM_PX: Final = 32.0

# Seconds: a hand that has not been on the back for longer rests elsewhere. Chosen: not measured.
RESTS_ELSEWHERE_AFTER_S: Final = 15.0

# Back units: a hand that is no farther from where it came to lie is still there. Chosen: not measured.
STAYING_WITHIN: Final = 0.05

# Seconds that tell how well the hands are seen now. Chosen: not measured.
WATCHED_S: Final = 12.0

# Share of those out of sight, from which nothing is sure. Chosen: not measured.
HIDDEN_SHARE_LATELY: Final = 0.1

# Seconds: a hand that is out of sight for so long was hardly lost. Chosen: not measured.
HARDLY_LOST_S: Final = 0.1

# Seconds after a stroke's end within which the hand is seen to go back. Chosen: not measured.
GOES_BACK_WITHIN_S: Final = 0.5

# Share of a repetition: the rest of it would have been seen. Chosen: half of it; not measured.
REPETITION_UNSEEN_SHARE: Final = 0.5

# Repetitions from which they are not of the step before. Chosen: the least that is more than one.
STEP_BEFORE_REPETITIONS: Final = 2
