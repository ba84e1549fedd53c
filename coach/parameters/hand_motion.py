"""Whether a hand moves or stays where it is."""

from __future__ import annotations

from typing import Final

# Back units: a hand that is so far from where it was MOVED_WITHIN_S ago works or travels. Chosen: not measured.
MOVED: Final = 0.05

# Seconds within which a hand that moves comes MOVED far. Chosen: not measured.
MOVED_WITHIN_S: Final = 0.5
