"""Where the data that travels with the program lies."""

from __future__ import annotations

from pathlib import Path

# In a checkout and an editable install the data stand beside the package; a wheel carries them inside it.
_INSIDE = Path(__file__).parent / "data"
_ROOT = _INSIDE if _INSIDE.is_dir() else Path(__file__).parents[1]

MODELS = _ROOT / "models"
PROTOCOLS = _ROOT / "protocols"
INSTRUMENTS = _ROOT / "instruments"
SAMPLES = _ROOT / "samples"
