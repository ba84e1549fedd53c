"""Signs by palms: where, how long, and what a palm that is shown looks like."""

from __future__ import annotations

from typing import Final

# Seconds without a palm at a side before one counts as an answer: it would answer the question before, or be there by
# chance. Hands that lie open on a back which nobody has marked yet are palms as well, and in nobody's way. Chosen: not
# measured.
SIDE_FREE_BEFORE_S: Final = 0.5

# Seconds for which a palm is shown in one corner to be a sign. Chosen: not measured.
SIGN_S: Final = 1.2

# The same for the sign that ends the practice, which cannot be taken back. Chosen: longer than the others; not
# measured.
FINISH_SIGN_S: Final = 2.0

# The same for both palms, because something hurts. Chosen: sooner than the others; not measured.
STOP_SIGN_S: Final = 0.8

# Share of the picture's width that a corner takes. Chosen: not measured.
CORNER_WIDTH_SHARE: Final = 0.27

# Share of the picture's height that it takes. Chosen: not measured.
CORNER_HEIGHT_SHARE: Final = 0.45

# Share of the picture's width: a palm that moves on by more is no sign. Chosen: not measured.
SIGN_STILL_SHARE: Final = 0.05

# Seconds for which a palm may be lost. Chosen: not measured.
SIGN_GAP_S: Final = 0.25

# Seconds after a sign, before the next. Chosen: not measured.
SIGN_REST_S: Final = 1.5

# The way from knuckle to tip over that by the middle joint, from which a finger is straight. Chosen: a bent one has
# less; not measured.
STRAIGHT_FINGER_SHARE: Final = 0.92

# Palms from knuckle to tip, from which a finger is open: one that points at the camera looks shorter. Chosen: not
# measured.
OPEN_FINGER_OVER_PALM: Final = 0.7

# The little finger's share of that: a small hand's is short, and leans away where the palm is held high. Chosen: not
# measured.
LITTLE_FINGER_SHARE: Final = 0.65

# Palms from the index fingertip to the little one, from which fingers are spread. Chosen: side by side they have about
# 0.6; not measured.
SPREAD_OVER_PALM: Final = 0.85

# The cosine of the hand's slant, from which it points up in the picture. Chosen: 41 degrees; not measured.
UPRIGHT_COSINE: Final = 0.75

# Widths of a back beside the shoulders where a palm is off the back. Chosen: not measured.
SIGN_BESIDE_BACK: Final = 0.12

# Heights of a back, from its upper edge down, above which a palm is off it: over the ears. Chosen: not measured.
SIGN_ABOVE_BACK: Final = -0.45
