"""How long clips take to say, and may wait."""

from __future__ import annotations

from typing import Final

# Seconds that a clip of a change of phase takes where it is not listed, as of a trainer's own protocol. Chosen: not
# measured.
PHASE_CLIP_S: Final = 2.0

# Seconds that a clip of hands that are not seen takes where it is not listed, as of a trainer's own protocol. Chosen:
# not measured.
UNSEEN_CLIP_S: Final = 2.5

# Seconds that a clip of a hint takes where it is not listed, as of a trainer's own protocol. Chosen: not measured.
HINT_CLIP_S: Final = 2.5

# Seconds that a clip of a step's name takes where it is not listed, as of a trainer's own protocol. Chosen: not
# measured.
STEP_CLIP_S: Final = 2.0

# Seconds that a clip of a count takes where it is not listed, as of a trainer's own protocol. Chosen: not measured.
COUNT_CLIP_S: Final = 0.8

# Seconds that a clip of what comes next takes where it is not listed, as of a trainer's own protocol. Chosen: not
# measured.
NEXT_CLIP_S: Final = 3.0

# Seconds that a clip of how a step is done takes where it is not listed, as of a trainer's own protocol. Chosen: not
# measured.
HOW_CLIP_S: Final = 6.0

# Seconds for which a clip of a change of phase may wait for its turn. Chosen: not measured.
PHASE_CLIP_WAITS_S: Final = 4.0

# Seconds for which a clip of hands that are not seen may wait for its turn. Chosen: not measured.
UNSEEN_CLIP_WAITS_S: Final = 2.5

# Seconds for which a clip of a hint may wait for its turn. Chosen: not measured.
HINT_CLIP_WAITS_S: Final = 3.5

# Seconds for which a clip of a step's name may wait for its turn. Chosen: not measured.
STEP_CLIP_WAITS_S: Final = 5.0

# Seconds for which a clip of a count may wait for its turn. Chosen: a count that comes late is a wrong count.
COUNT_CLIP_WAITS_S: Final = 0.7

# Seconds for which a clip of what comes next may wait for its turn. Chosen: not measured.
NEXT_CLIP_WAITS_S: Final = 2.5

# Seconds for which a clip of how a step is done may wait for its turn. Chosen: not measured.
HOW_CLIP_WAITS_S: Final = 4.0
