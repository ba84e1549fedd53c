"""An hour of practice in less: ``python -m tests.bench.soak [--minutes 60] [--recorded]``.

The sample runs over and over, as fast as the tracker (or recorded hands) and the coach go, and memory is looked at.

The film's own times run, so that for the coach an hour passes. A page that only reads stands in for the browser. Every
picture carries its number as a barcode, which is read out of the JPEG: the overlay's header must belong to it at the
end as at the beginning.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from coach.capture.camera import Film
from coach.capture.jpeg import decode
from coach.commands.quiet import quiet_libraries
from coach.detect.hands import MediaPipeHands
from coach.domain import Value
from coach.practice.live import Practice
from coach.practice.program import keeper
from coach.practice.settings import Settings
from coach.protocol import files as protocol_files
from coach.store import open_store
from coach.web.framing import unpack
from coach.web.said import parse
from tests.bench.barcode import scan
from tests.bench.recorded import RecordedHands, barcoded
from tests.footage import sample_corners

FPS, FRAMES = 30, 4000
EVERY_S = 10.0  # between two looks at memory
DRIFT_S = 0.5 / FPS


@dataclass(slots=True)
class Reading:
    """A page that only reads: what it was told last, and how far picture and header ever were apart."""

    count: int = 0
    shifts: list[float] = field(default_factory=list)
    state: dict[str, object] = field(default_factory=dict)

    def wants_frame(self) -> bool:
        return True

    def frame(self, number: int, message: bytes) -> None:  # noqa: ARG002
        self.count += 1
        if self.count % 30 == 0:
            header, jpeg = unpack(message)
            image = decode(jpeg)
            if image is not None:
                self.shifts.append(header["time_s"] - scan(image) / FPS)

    def state_text(self, text: str) -> None:
        self.state = json.loads(text)

    def refused(self, key: str, values: Mapping[str, Value]) -> None:
        raise RuntimeError(f"{key} {values}")


class Page:
    """As a listener."""

    def __init__(self, reading: Reading) -> None:
        self.wants_frame, self.frame, self.refused = reading.wants_frame, reading.frame, reading.refused
        self.state = reading.state_text


def run(folder: Path, minutes: float, recorded: bool) -> None:
    """Practises so many minutes of the film's time and prints what memory does.

    :param recorded: with the sample's true hands instead of the tracker
    """
    clip = barcoded(folder / "clip.mp4", FRAMES, FPS)
    reading = Reading()
    file, protocol = protocol_files.read(protocol_files.find("oxytocin")), protocol_files.load("oxytocin")
    faults: list[str] = []
    film = Film(str(clip), pace=float("inf"), forever=True)
    with quiet_libraries(), open_store(folder) as store:
        practice = Practice(
            Settings(
                protocol,
                film,
                RecordedHands if recorded else MediaPipeHands,
                folder,
                (),
                keep=keeper(store, protocol, file),
                fault=lambda what, trace: faults.append(f"{what}\n{trace}"),
            )
        )
        practice.listen(Page(reading))
        try:
            begin(practice, reading)
            _watch(practice, reading, minutes, faults)
        finally:
            practice.close()
    if faults:
        raise RuntimeError(faults[0])


def begin(practice: Practice, reading: Reading) -> None:
    def say(**said: object) -> None:
        practice.take(parse(json.dumps(said)))

    def until(key: str, value: object) -> None:
        while reading.state.get(key) != value:
            time.sleep(0.05)

    until("tracker", "ok")
    say(t="mode", mode="free")
    say(t="consent", checks=[])
    until("phase", "setup")
    say(t="mark", way="drag", kind="corners", points=sample_corners().tolist())
    say(t="start")
    until("phase", "practising")


def _watch(practice: Practice, reading: Reading, minutes: float, faults: list[str]) -> None:
    began_s, first = time.monotonic(), practice.eyes.now_s()
    rows: list[tuple[float, float]] = []
    while not faults and practice.eyes.now_s() - first < 60 * minutes:
        time.sleep(EVERY_S)
        done = (practice.eyes.now_s() - first) / 60
        rows.append((done, resident_mb()))
        print(
            f"  {done:5.1f} min of practice: {rows[-1][1]:.0f} MB, {len(reading.shifts)} pictures checked", flush=True
        )
    passed_s = time.monotonic() - began_s
    settled = [row for row in rows if row[0] > 0.2 * rows[-1][0]] or rows
    at, memory = np.array(settled).T
    slope = float(np.polyfit(at, memory, 1)[0]) if len(settled) > 2 else float("nan")
    wraps = np.abs(np.diff(reading.shifts))
    print(f"{rows[-1][0]:.1f} minutes of practice in {passed_s / 60:.1f}: memory grows by {60 * slope:.0f} MB an hour")
    print(f"  picture and overlay: {int(np.sum((wraps > DRIFT_S) & (wraps < 1.0)))} of {len(wraps)} steps apart")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.soak", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--minutes", type=float, default=60.0, help="of practice, by the film's clock (default 60)")
    parser.add_argument("--recorded", action="store_true", help="with the sample's true hands: faster than the tracker")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        run(Path(name), given.minutes, given.recorded)
    return 0


def resident_mb() -> float:
    """The memory of this process now."""
    status = Path("/proc/self/status").read_text("utf-8")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))) / 1024


if __name__ == "__main__":
    sys.exit(main())
