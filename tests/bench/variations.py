"""The core with one of its parts taken away, from outside: what each part earns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING
from unittest.mock import patch

import numpy as np

from coach.domain import HANDS, Floats, Hand, HandObservation, HandTrack
from coach.locate import hygiene, tracklets
from coach.locate.plane import to_back
from coach.locate.scale import Scale
from coach.moves import trace
from coach.parameters import lattice as prices
from coach.parse import lattice, segments

if TYPE_CHECKING:
    from tests.bench.recording import Watched

Tracks = dict[Hand, HandTrack]


@dataclass(frozen=True, slots=True)
class Variation:
    """A way to run the core."""

    what: str
    active: Callable[[], AbstractContextManager[object]] = nullcontext
    mover: str = "flow"
    tracks: Callable[[Watched], Tracks] = lambda watched: watched.watching.tracks()


def _all_hands(found: Sequence[HandObservation], back_width: Scale) -> list[hygiene.Seen]:  # noqa: ARG001
    """Every observation is believed, the surer first."""
    return [hygiene.look(o) for o in sorted(found, key=lambda o: -o.confidence)]


def _unproven() -> AbstractContextManager[object]:
    """Without the filters against ghosts and duplicates, and without the proof that a hand lasts."""
    stack = ExitStack()
    stack.enter_context(patch.object(tracklets, "plausible", _all_hands))
    stack.enter_context(patch.object(tracklets, "PROVEN", 1))
    return stack


@contextmanager
def _no_order_in_time() -> Iterator[None]:
    """Without the semi-Markov model: no prior on runs, order or pauses; only the fit of each repetition counts."""
    with ExitStack() as stack:
        for name in (name for name in vars(prices) if name.endswith("_COST")):
            stack.enter_context(patch.object(lattice, name, 0.0))
        stack.enter_context(patch.object(lattice, "EXTRA_REPETITION_WORTH", 1.0))
        yield


def _by_label(watched: Watched) -> Tracks:
    """Tracks by the detector's left and right: of two hands with one label the surer one."""
    planes, times = watched.watching.planes(), np.array(watched.watching.time_s)
    return {hand: _labelled(hand, watched, planes, times) for hand in HANDS}


def _labelled(hand: Hand, watched: Watched, planes: Floats, times: Floats) -> HandTrack:
    landmarks = np.full((len(times), 21, 2), np.nan)
    for number, found in enumerate(watched.hands):
        own = [h for h in found if h.label == hand]
        if own:
            landmarks[number] = to_back(max(own, key=lambda h: h.confidence).landmarks, planes[number])
    seen = np.isfinite(landmarks[:, 0, 0])
    return HandTrack(hand, times, landmarks, seen, np.zeros(len(times), dtype=bool))


VARIATIONS: dict[str, Variation] = {
    "shipped": Variation("as shipped"),
    "no bridging": Variation("without optical flow where a hand is lost", mover="none"),
    "no carrying": Variation(
        "without carrying strokes over short gaps", lambda: patch.object(trace, "CARRIED_GAP_S", 0.0)
    ),
    "no ghost filters": Variation("without the filters against ghosts and duplicates", _unproven),
    "no duration model": Variation("without priors on runs, order and pauses", _no_order_in_time),
    "no twins": Variation(
        "without telling heart and Love apart by a rest", lambda: patch.object(segments, "split_at_twins", _as_they_are)
    ),
    "no trimming": Variation(
        "without trimming a run's odd ends", lambda: patch.object(segments, "_trimmed", _as_they_are)
    ),
    "detector's labels": Variation("left and right as the detector says", mover="none", tracks=_by_label),
}


def _as_they_are(given: object, *_: object) -> object:
    return given
