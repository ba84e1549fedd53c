"""A hand's track on an even grid of time, with its gaps bridged and its noise smoothed."""

from __future__ import annotations

from typing import Final

# Samples a second. Chosen: the fastest stroke is about 2 Hz: ten samples a cycle.
SAMPLE_RATE_HZ: Final = 20.0

# ------------------------------------------------------------------ noise
# Seconds, the standard deviation of the Gaussian that smooths a track. Chosen: it halves the detector's noise, and as
# it is centred it delays nothing.
SMOOTHING_S: Final = 0.07

# The same where small circles are counted. Chosen: SMOOTHING_S would halve one of 2.7 a second.
FINE_SMOOTHING_S: Final = 0.03

# ------------------------------------------------------------------ gaps
# Seconds: a shorter gap is interpolated. Chosen: the hand cannot do a stroke in it.
BRIDGED_GAP_S: Final = 0.4

# Seconds: a hand that is lost amid a motion and comes again on its way so soon has gone straight on. Chosen: a
# repetition that hides in it is one in a run, whose count it leaves as it is.
CARRIED_GAP_S: Final = 1.0

# Times the speed at which it was seen to go beside the gap: no faster did it go in it. Chosen: not measured.
CARRIED_SPEED: Final = 2.0

# Seconds before a gap and after it, over which its speed and its way are seen. Chosen: not measured.
BESIDE_GAP_S: Final = 0.25

# ------------------------------------------------------------------ off the back
# Back units: a palm so far beside the back does not touch it. Chosen: over it the hands come and go; not measured.
OFF_BACK_BESIDE: Final = 0.1

# The same above it, as a back coordinate: above the hair. Chosen: not measured.
OFF_BACK_ABOVE: Final = -0.45

# The same below it, at the waist. Chosen: below the lowest strokes, which end with the palm at 0.8.
OFF_BACK_BELOW: Final = 0.85

# Widths of a back: how far over the skin a fingertip's landmark lies. Chosen: half a fingertip.
OVER_SKIN: Final = 0.02
