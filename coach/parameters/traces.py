"""A hand's track on an even grid of time."""

from __future__ import annotations

from typing import Final

# Samples a second. Chosen: the fastest stroke is about 2 Hz: ten samples a cycle.
SAMPLE_RATE_HZ: Final = 20.0
