"""Whether all that a view shows can be read and reached: nothing is cut, covered, or scrolled out of reach."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

LOOKS = Path(__file__).with_name("whole.js").read_text("utf-8")
# What is needed to go on.
AT_ONCE = (
    *("h1", ".answer", ".prepared li", ".asked .note", ".place", ".flaw .button", ".hold .now", ".count .big"),
    *(".voice p", ".lesson-film", ".how", ".foot .button", ".step-card", ".debrief .button", "#show-sheet"),
)
BUSY = (".now h1", ".now .hands", ".count .big", ".hold .now", ".fill-ring text", ".voice.hint p")
LEAST_PX = 40  # is read from two metres


def faults(page: Page) -> list[str]:
    """What cannot be read or reached in the view that is shown, even by scrolling."""
    return list(_look(page, "faults"))


def hidden(page: Page) -> list[str]:
    """What is needed to go on and is not in view without scrolling."""
    return list(_look(page, "hidden", ", ".join(AT_ONCE)))


def small(page: Page) -> list[str]:
    """What is read while the hands are busy, and is too small for that."""
    return [f"{which}: {size} px" for which, size in _look(page, "sizes", list(BUSY)) if size < LEAST_PX]


def _look(page: Page, which: str, given: Any = None) -> Any:
    return page.evaluate(f"(given) => ({LOOKS}).{which}(given)", given)
