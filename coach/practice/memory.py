"""What is remembered between sessions of one set-up: where the back was."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from coach import back_argument
from coach.capture.address import without_credentials
from coach.domain import Floats, InputError
from coach.practice.setup_check import LAYOUTS, Layout

FILE = "cameras.json"
MOST = 50  # set-ups


class Memory:
    """The marks of the cameras used so far, in a small file; one that cannot be written costs only a convenience."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE

    def mark(self, camera: str, size: tuple[int, int]) -> Floats | None:
        """The back's corners (4, 2) px as they were last marked with a camera whose pictures are (width, height) px."""
        match self._all().get(camera):
            case {"size": [int(width), int(height)], "corners": list(given)} if (width, height) == size:
                return _corners(given, size)
        return None

    def place(self, camera: str) -> tuple[Layout | None, bool]:
        """Where a camera stood the last time, None where that is not known, and whether it gives mirrored pictures."""
        known = self._all().get(camera)
        known = known if isinstance(known, dict) else {}
        layout = next((one for one in LAYOUTS if one == known.get("layout")), None)
        return layout, known.get("mirrored") is True

    def keep(
        self, camera: str, size: tuple[int, int], corners: Floats, layout: Layout | None = None, mirrored: bool = False
    ) -> None:
        marks = {name: mark for name, mark in self._all().items() if name != camera}
        about = {"layout": layout, "mirrored": mirrored}
        marks[camera] = {"size": list(size), "corners": np.round(corners, 1).tolist()} | about
        kept = dict(list(marks.items())[-MOST:])
        with contextlib.suppress(OSError):
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, part = tempfile.mkstemp(prefix=".coach-", dir=self._file.parent)
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    json.dump(kept, file, indent=1)
                os.replace(part, self._file)
            finally:  # Windows replaces nothing that is read just now, and each try on a full disk would leave a file
                Path(part).unlink(missing_ok=True)

    def _all(self) -> Mapping[str, Any]:
        try:
            found = json.loads(self._file.read_text("utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        return {_clean(name): mark for name, mark in found.items()} if isinstance(found, dict) else {}


def _clean(camera: str) -> str:
    """Earlier versions kept a stream's address whole; with the next mark that is kept the file has no password more."""
    return without_credentials(camera) if camera.startswith("stream ") else camera


def _corners(given: list[object], size: tuple[int, int]) -> Floats | None:
    try:
        corners = np.array(given, dtype=np.float64)
        if corners.shape != (4, 2) or not np.isfinite(corners).all():
            return None
        back_argument.check_shape(corners)
        back_argument.check_corners(corners, size)
    except (InputError, ValueError, TypeError):
        return None
    return corners
