"""Circles in real MediaPipe tracks of fingertips: ``python -m tests.bench.circle_tracks [CSV]``.

Each row of the file is a window of 16 points of one fingertip, labelled stop, clockwise, counter-clockwise or move.
Neighbouring rows overlap by 15 points, so they are joined to the tracks they were cut from, the core's own code looks
for circles there, and each row is asked which circle it is a part of. The gestures are quicker and smaller than a
massage, so they are played at the pace (a turn in 2.3 s) and the size of the circles that the protocol describes; the
figures at a webcam's pace stand beside them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from coach.domain import Floats, HandTrack
from coach.moves.circling import circle_turns
from coach.moves.trace import Trace, trace
from coach.protocol import Segment
from coach.protocol.files import load
from tests.bench.store import ROOT

Json: TypeAlias = dict[str, Any]
TRACKS = ROOT.parent / "shared" / "footage" / "tracks" / "mediapipe_point_history.csv"
SIZE = (960.0, 540.0)  # px of the picture by which the points were divided
# A turn takes 19 points and is 90 × 75 px (medians of the clockwise rows): 2.3 s and 0.22 × 0.30 back widths.
FPS, BACK_PX = 8.0, 320.0
AS_FILMED = 30.0  # a webcam's; the file does not tell
PART = 0.25  # of a row's time that circles take up at least where it is called a part of one
POINTS = 16
SAME = 2e-6  # in shares of the picture: the file's rounding
STOP, CLOCKWISE, COUNTER, MOVE = range(4)
WANTED = 97.0  # percent
SEGMENT = "scapula_right_circles"  # whose circle is looked for


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows that were cut from one track, joined again."""

    label: int
    rows: int
    place: Floats  # (rows + 15, 2) back widths


def stretches(table: Floats) -> Iterator[Stretch]:
    """The tracks of a table (n, 33): label, then x and y of 16 points."""
    labels, points = table[:, 0].astype(int), table[:, 1:].reshape(-1, POINTS, 2)
    steps = np.diff(points, axis=1)
    goes_on = np.abs(steps[1:, :-1] - steps[:-1, 1:]).max(axis=(1, 2)) < SAME
    cuts = np.flatnonzero(~goes_on | (labels[1:] != labels[:-1])) + 1
    for rows in np.split(np.arange(len(table)), cuts):
        first, last = steps[rows[0]], steps[rows[1:], -1]
        place = np.cumsum(np.concatenate((np.zeros((1, 2)), first, last)), axis=0)
        yield Stretch(int(labels[rows[0]]), len(rows), place * np.array(SIZE) / BACK_PX)


def answers(stretch: Stretch, segment: Segment, fps: float) -> Floats:
    """(rows,) for each row +1 clockwise, -1 counter-clockwise, 0 no circle."""
    time_s = np.arange(len(stretch.place)) / fps
    lasts = (POINTS - 1) / fps
    starts = time_s[: stretch.rows]
    ways = np.zeros((2, stretch.rows))  # seconds of circles counter-clockwise, clockwise
    for circle in circle_turns(_trace(time_s, stretch.place), segment):
        common = np.minimum(starts + lasts, circle.end_s) - np.maximum(starts, circle.start_s)
        ways[int(circle.turn > 0)] += np.clip(common, 0.0, None)
    return np.where(ways.sum(axis=0) >= PART * lasts, np.sign(ways[1] - ways[0]), 0.0)


def _trace(time_s: Floats, place: Floats) -> Trace:
    """A hand all of whose landmarks are the fingertip."""
    everywhere, seen = np.repeat(place[:, None, :], 21, axis=1), np.ones(len(place), dtype=bool)
    return trace(HandTrack("right", time_s, everywhere, seen, ~seen), 0.0, float(time_s[-1]))


def measured(tracks: Sequence[Stretch], fps: float = FPS) -> Json:
    """Percent right, and of how many rows."""
    segment = next(s for s in load("oxytocin").segments if s.id == SEGMENT)
    said = {label: np.concatenate([answers(s, segment, fps) for s in tracks if s.label == label]) for label in range(4)}
    turning = np.concatenate((said[CLOCKWISE], -said[COUNTER]))
    return {
        "direction right": _share(turning == 1),
        "direction right, of those called circles": _share(turning[turning != 0] == 1),
        "clockwise": _share(said[CLOCKWISE] == 1),
        "counter-clockwise": _share(said[COUNTER] == -1),
        "stop not called a circle": _share(said[STOP] == 0),
        "move not called a circle": _share(said[MOVE] == 0),
    }


def _share(right: Floats) -> Json:
    return {"percent": round(100.0 * float(np.mean(right)), 1), "of": len(right)}


def of_file(path: Path = TRACKS) -> Json | None:
    """The measurement on a file, at a massage's pace and as filmed, or None where it is not there."""
    if not path.exists():
        return None
    tracks = list(stretches(np.loadtxt(path, delimiter=",")))
    return {"wanted": WANTED, "at a massage's pace": measured(tracks), "as filmed": measured(tracks, AS_FILMED)}


def lines(result: Json) -> Iterator[str]:
    """The measurement for people."""
    yield f"Circles in real tracks of fingertips (wanted: {result['wanted']:g} %)"
    paces = [name for name in result if name != "wanted"]
    for name in result[paces[0]]:
        shares = (f"{result[p][name]['percent']:5.1f} % {p}" for p in paces)
        yield f"  {name:42} {', '.join(shares)}; {result[paces[0]][name]['of']} rows"


def main(arguments: Sequence[str]) -> int:
    result = of_file(Path(arguments[0]) if arguments else TRACKS)
    if result is None:
        print("The tracks are not there.", file=sys.stderr)
        return 2
    print("\n".join(lines(result)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
