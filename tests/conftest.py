"""In which order the tests run, and how often garbage is looked for meanwhile."""

from __future__ import annotations

import gc

import pytest

# Files that take longest: begun last, one of them keeps a worker busy while the others have nothing left to do.
LONG = (
    "tests/test_review.py",
    "tests/tutor/test_tutor.py",
    "tests/test_sessions.py",
    "tests/practice/test_live.py",
    "tests/page/trainer/test_axe.py",
    "tests/page/trainer/test_list.py",
    "tests/page/trainer/test_import.py",
    "tests/detect/test_back.py",
    "tests/test_memory.py",
    "tests/test_simulator.py",
    "tests/test_properties.py",
    "tests/test_wheel.py",
    "tests/test_real_footage.py",
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
