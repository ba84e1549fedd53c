"""Whether a hand moves or stays where it is."""

from __future__ import annotations

from typing import Final

# Back units: a hand that is so far from where it was MOVED_WITHIN_S ago works or travels. Chosen: not measured.
MOVED: Final = 0.05

# Seconds within which a hand that moves comes MOVED far. Chosen: not measured.
MOVED_WITHIN_S: Final = 0.5

# Back units: a hand goes on with small circles that is so far from where it was CIRCLED_WITHIN_S ago. Chosen: a small
# circle is twice as wide, and a hand that lies still seems to tremble by a third of it; not measured otherwise.
CIRCLED: Final = 0.03

# Seconds within which a hand that draws small circles comes CIRCLED far. Chosen: a slow one takes two seconds.
CIRCLED_WITHIN_S: Final = 1.0

# Seconds: moments of moving hands that are no farther apart tell of one motion. Chosen: not measured.
ONE_MOTION_GAP_S: Final = 0.5
