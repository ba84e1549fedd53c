"""The window of the last minutes that practice reads again and again."""

from __future__ import annotations

from typing import Final

# Seconds before what is settled. Chosen: the longest usual motion, a slow pass down the back, and its neighbours.
WINDOW_LEAD_S: Final = 16.0

# Seconds by which what is settled grows at once. Chosen: not measured.
WINDOW_ADVANCE_S: Final = 4.0

# Seconds since a candidate that no segment took, after which it is forgotten. Chosen: not measured.
CANDIDATE_KEPT_S: Final = 60.0

# Seconds since a segment: what came before is read no more, and what comes after without it. Chosen: not measured.
SEGMENT_CLOSED_S: Final = 300.0

# Seconds that no session lasts. Chosen: thirty years.
FOREVER_S: Final = 1e9

# Seconds: a repetition may have begun so long before it was known that its segment had. Chosen: not measured.
REPETITION_BEGAN_BEFORE_S: Final = 0.5

# Share of a palm's stay for which fingers that press are still. Chosen: not measured.
FINGERS_STILL_SHARE: Final = 0.6

# Fit of a repetition that is surely one. Chosen: not measured.
SURE_REPETITION_FIT: Final = 0.55

# What the two lowest bits of a settled moment's byte say of a hand: out of sight. Chosen: the order.
HIDDEN_CODE: Final = 0

# The same: seen. Chosen: the order.
SEEN_CODE: Final = 1

# The same: off the back. Chosen: the order.
AWAY_CODE: Final = 2

# The other six bits: how sure it is that it is that hand, in so many parts. Derived: what six bits hold.
WHOSE_PARTS: Final = 63
