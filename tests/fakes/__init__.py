"""One fake for each port of coach.ports, and hands made by hand."""

from tests.fakes.finder import ReplayingFinder
from tests.fakes.mover import CarryingMover
from tests.fakes.sink import KeepingSink
from tests.fakes.watcher import DriftingWatcher

__all__ = ["CarryingMover", "DriftingWatcher", "KeepingSink", "ReplayingFinder"]
