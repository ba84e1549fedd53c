"""From what on a film, or a practice, tells nothing, or not all that is asked."""

from __future__ import annotations

from typing import Final

# Pictures a second below which a film is not judged: with fewer, a stroke of a second and a half is a handful of
# places. Chosen: not measured.
LEAST_PICTURE_RATE_HZ: Final = 8.0

# Seconds between two pictures from which some are missing: no camera and no converter waits so long. Chosen: not
# measured.
MISSING_PICTURES_S: Final = 1.0

# Share of a film: with more of it missing, whole steps may be. Chosen: not measured.
MISSING_SHARE_OF_FILM: Final = 0.05

# Seconds of moving hands from which it is said what it was that they did not do. Chosen: not measured.
OTHER_MOTION_FROM_S: Final = 8.0

# Share of the moving hands' time: with less of it in steps of the protocol, it is another massage or none. Chosen: not
# measured.
STEPS_SHARE_OF_MOTION: Final = 0.4

# Share of the steps: who did more of them did this massage, whatever else she did. Chosen: not measured.
STEPS_DONE_SHARE: Final = 0.25

# Seconds after the camera was moved: a step that ends sooner was done before, and none is done in less. Chosen: not
# measured.
UNSURE_PLACES_FROM_S: Final = 1.0
