"""In which order the tests run, how often garbage is looked for meanwhile, and that no example has a time limit."""

from __future__ import annotations

import gc

import hypothesis
import pytest

# A busy machine takes longer over an example: that is no fault of what is tested.
hypothesis.settings.register_profile("any_machine", deadline=None)
hypothesis.settings.load_profile("any_machine")

# Files that take longest, the longest first: begun last, one of them keeps a worker busy while the others have nothing
# left to do.
LONG = (
    "tests/tutor/test_tutor.py",
    "tests/test_review.py",
    "tests/practice/test_interruptions.py",
    "tests/test_sessions.py",
    "tests/practice/test_course.py",
    "tests/practice/test_other_camera.py",
    "tests/page/trainer/test_list.py",
    "tests/web/test_serve.py",
    "tests/practice/test_results.py",
    "tests/page/test_around.py",
    "tests/page/test_axe.py",
    "tests/page/review/test_sheet.py",
    "tests/web/test_trainer.py",
    "tests/page/trainer/test_axe.py",
    "tests/detect/test_back.py",
    "tests/page/test_setup.py",
    "tests/page/test_mark_anew.py",
    "tests/page/test_practice.py",
    "tests/practice/test_touch.py",
    "tests/practice/test_marked_anew.py",
    "tests/practice/test_end.py",
    "tests/practice/test_live.py",
    "tests/page/review/test_player.py",
    "tests/page/review/test_look.py",
    "tests/page/review/test_corrections.py",
    "tests/page/trainer/test_import.py",
    "tests/page/test_devices.py",
    "tests/page/test_ways_back.py",
    "tests/page/trainer/test_pages.py",
    "tests/test_real_footage.py",
    "tests/practice/test_parts.py",
    "tests/page/test_speaking.py",
    "tests/capture/test_usb.py",
    "tests/practice/test_following.py",
    "tests/test_simulator.py",
    "tests/test_memory.py",
    "tests/practice/test_ways_back.py",
    "tests/web/test_last_words.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Those of the long files first, in their order; the others keep theirs."""
    order = {name: number for number, name in enumerate(LONG)}
    items.sort(key=lambda item: order.get(item.nodeid.partition("::")[0], len(LONG)))


def pytest_collection_finish() -> None:
    """What is loaded now stays to the end, and simulated sessions are millions of numbers that stay long: garbage is
    looked for less often than Python does by itself, and not in what stays. A tenth of the tests' time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
