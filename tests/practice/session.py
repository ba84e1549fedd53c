"""A practice for the tests: a fake page that speaks, a film that loses no picture, and a store in a folder."""

from __future__ import annotations

import json
import multiprocessing
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

from coach.capture.camera import Film, Source
from coach.detect.hands import MediaPipeHands
from coach.domain import Floats, Frame, HandObservation
from coach.practice import reader
from coach.practice.finding import Finder
from coach.practice.learned import learned, learners
from coach.practice.live import Practice
from coach.practice.program import keeper
from coach.practice.settings import Settings
from coach.protocol import files as protocol_files
from coach.store import open_store
from coach.store.store import Store
from coach.web.framing import unpack
from coach.web.said import parse
from tests.fakes.hands import observation
from tests.fakes.live import FakePage

PROTOCOL = "oxytocin"
SAFETY = ("not_pregnant", "skin_well")

# A reader's process needs a second to load what it reads with. Here it is copied from one that has loaded that already
# and has none of the tracker's threads; in test_parts.py and where a test runs ``coach practise`` it starts as it does
# for trainees.
FORKS = sys.platform != "win32"
if FORKS:
    multiprocessing.set_forkserver_preload([reader.__name__])


class NoHands:
    """A finder that finds nothing, at once."""

    def find(self, frame: Frame, back: Floats | None = None) -> tuple[HandObservation, ...]:  # noqa: ARG002
        return ()

    def close(self) -> None:
        return


class OneHand(NoHands):
    """A finder that sees a hand that rests below the back, away from all that is massaged."""

    def find(self, frame: Frame, back: Floats | None = None) -> tuple[HandObservation, ...]:  # noqa: ARG002
        height, width = frame.image.shape[:2]
        return (observation(frame.time_s, (0.5 * width, 0.96 * height), scale=0.3 * width),)


@dataclass(slots=True)
class Room:
    """A practice with its page."""

    practice: Practice
    page: FakePage
    store: Store
    faults: list[str] = field(default_factory=list)

    def say(self, **said: Any) -> None:
        self.practice.take(parse(json.dumps(said)))

    @property
    def state(self) -> dict[str, Any]:
        """The newest state."""
        told: dict[str, Any] = json.loads(self.page.states[-1])
        return told

    def header(self) -> dict[str, Any]:
        """Of the newest picture."""
        return unpack(self.page.frames[-1][1])[0]

    def until(self, true: Callable[[], object], patience_s: float = 20.0) -> None:
        """Waits until something is so."""
        end = time.monotonic() + patience_s
        while not true():
            assert not self.faults, self.faults
            assert time.monotonic() < end, self.page.states[-1:]
            time.sleep(0.01)

    def phase(self, wanted: str, patience_s: float = 20.0) -> None:
        self.until(lambda: self.page.states and self.state["phase"] == wanted, patience_s)

    def refused(self, key: str) -> None:
        self.until(lambda: key in self.page.refusals)
        self.page.refusals.clear()

    def agree(self, **more: Any) -> None:
        """Through the consent, to the set-up."""
        self.say(t="consent", checks=[*SAFETY, "agreed"], **more)
        self.phase("setup")

    def mark(self, corners: Floats) -> None:
        """As a trainee would: in a picture that she sees."""
        self.until(lambda: self.page.frames)
        self.say(t="mark", way="drag", kind="corners", points=corners.tolist())
        self.until(lambda: self.state["marking"]["marked"])


@contextmanager
def room(
    folder: Path,
    source: Source | None,
    finder: Callable[[], Finder] = OneHand,
    sample: Callable[[], tuple[Film, Floats]] | None = None,
) -> Iterator[Room]:
    """A practice that runs."""
    faults: list[str] = []
    file, protocol = protocol_files.read(protocol_files.find(PROTOCOL)), protocol_files.load(PROTOCOL)
    context = multiprocessing.get_context("forkserver") if FORKS else reader.STARTING
    with patch.object(reader, "STARTING", context), open_store(folder) as store:
        practice = Practice(
            Settings(
                protocol=protocol,
                source=source,
                finder=finder,
                folder=folder,
                safety=SAFETY,
                sample=sample,
                history=lambda code: dict(store.history(code, PROTOCOL)) if code else {},
                keep=keeper(store, protocol, file),
                learned=lambda code: learned(store, protocol, code, date.today()),
                learners=lambda: learners(store),
                fault=lambda what, trace: faults.append(what + trace),
            )
        )
        page = FakePage()
        practice.listen(page)
        try:
            yield Room(practice, page, store, faults)
        finally:
            practice.close()
        assert not faults, faults


def real() -> Finder:
    """The real tracker."""
    return MediaPipeHands()
