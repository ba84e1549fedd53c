"""Hand-made evidence against learned: ``python -m tests.bench.learned``.

Gradient boosting on windowed features of the hands' tracks says at each moment how probable each segment is. It is
trained on simulated and development sessions only, never on judging ones. Three ways are compared: the hand-made
evidence alone, blends of both (a candidate's fit and the probability of its segment over its time), and the learned
probabilities alone, read as segments. The blend's share is chosen on development scenes, each left out of training in
turn; the judging table then says what it is worth. Deterministic.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeAlias
from unittest.mock import patch

import numpy as np
from joblib import Parallel, delayed
from rich.console import Console

from coach.domain import Floats, Hand, HandTrack
from coach.moves.candidate import Candidate
from coach.moves.candidates import candidates as hand_made
from coach.moves.trace import Trace
from coach.protocol import Protocol
from coach.protocol.files import load
from coach.score import session
from tests.bench import judge, simulated, tables
from tests.bench.accuracy import Agreement, compare
from tests.bench.features import IDLE, features, labels, moments, traces_of
from tests.bench.measures import HEADLINE
from tests.bench.recording import Clip, watch
from tests.fakes.simulated import played

Json: TypeAlias = dict[str, Any]
FIRST_SEED, SIMULATED = 9000, 24  # far from the seeds of tests and of the other bench
SHARES = (0.0, 0.25, 0.5, 0.75)  # of the learned in a blend
ROUNDS, RATE, LEAVES, SEED = 60, 0.15, 24, 7  # of the boosting
THIN = 2  # of so many moments one is trained on: neighbours are much alike
SMOOTH_S, SHORTEST_S = 1.0, 2.0  # of probabilities read as segments
ASKED = "Hand-made or learned evidence?"


@dataclass(frozen=True, slots=True)
class Scene:
    """A labelled session as tracks."""

    name: str
    tracks: dict[Hand, HandTrack]
    truth: Json
    corners: Floats


@dataclass(frozen=True, slots=True)
class Learned:
    """The trained model."""

    model: Any
    names: tuple[str, ...]

    def probabilities(self, traces: Mapping[Hand, Trace]) -> tuple[Floats, Floats]:
        """The moments (m,) s and (m, names) how probable each is then."""
        from threadpoolctl import threadpool_limits  # noqa: PLC0415

        with threadpool_limits(1):
            found: Floats = self.model.predict_proba(features(traces))
        return moments(traces), found


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.learned", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--simulated", type=int, default=SIMULATED, help="sessions to train on")
    given = parser.parse_args(arguments)
    say = Console(width=190)
    made = simulations(range(FIRST_SEED, FIRST_SEED + given.simulated))
    filmed = [of_video(video) for video in judge.sessions("development")]
    say.print(
        f"{len(made)} simulated and {len(filmed)} rendered development scenes, each rendered one left out in turn:"
    )
    say.print(tables.shown("left out", left_out(made, filmed)))
    say.print("Trained on all of them, on the judging sessions:")
    say.print(tables.shown("judging", on(train([*made, *filmed]), [of_video(v) for v in judge.sessions("judging")])))
    return 0


# ------------------------------------------------------------------ scenes
def simulations(seeds: Sequence[int]) -> list[Scene]:
    found: list[Scene] = Parallel(n_jobs=judge.CORES)(delayed(_simulation)(seed) for seed in seeds)
    return found


def _simulation(seed: int) -> Scene:
    session = played(simulated.script(seed), seed)
    return Scene(f"simulated {seed}", simulated.watch(session).tracks(), session.truth, session.corners_px)


def of_video(video: Path) -> Scene:
    truth = judge.truth_of(video)
    corners = np.array(truth["back_frame_px"], dtype=np.float64)
    return Scene(video.stem, watch(Clip(video, corners)).watching.tracks(), truth, corners)


# ------------------------------------------------------------------ training
def train(scenes: Sequence[Scene]) -> Learned:
    """Fits the boosting to all moments of the scenes."""
    from sklearn.ensemble import HistGradientBoostingClassifier  # noqa: PLC0415  only this bench needs it
    from threadpoolctl import threadpool_limits  # noqa: PLC0415

    names = (IDLE, *(segment.id for segment in load("oxytocin").segments))
    rows, wanted = [], []
    for scene in scenes:
        traces = traces_of(scene.tracks)
        rows.append(features(traces)[::THIN])
        wanted += [names.index(label) for label in labels(scene.truth, moments(traces)[::THIN])]
    model = HistGradientBoostingClassifier(
        learning_rate=RATE, max_iter=ROUNDS, max_leaf_nodes=LEAVES, early_stopping=False, random_state=SEED
    )
    with threadpool_limits(1):  # its threads wait for each other by spinning, which a busy machine does not forgive
        model.fit(np.concatenate(rows), np.array(wanted))
    return Learned(model, tuple(names[k] for k in model.classes_))


def left_out(made: Sequence[Scene], filmed: Sequence[Scene]) -> Json:
    """Each rendered scene with what all the others taught."""
    rows: dict[tuple[str, str], list[Agreement]] = {}
    for scene in filmed:
        model = train([*made, *(other for other in filmed if other is not scene)])
        for name, agreement in _ways(model, scene).items():
            rows.setdefault(("evidence", name), []).append(agreement)
    return tables.table(ASKED, HEADLINE, rows)


def on(model: Learned, scenes: Sequence[Scene]) -> Json:
    """Scenes that taught nothing."""
    rows: dict[tuple[str, str], list[Agreement]] = {}
    for scene in scenes:
        for name, agreement in _ways(model, scene).items():
            rows.setdefault(("evidence", name), []).append(agreement)
    return tables.table(ASKED, HEADLINE, rows)


# ------------------------------------------------------------------ the ways
def _ways(model: Learned, scene: Scene) -> dict[str, Agreement]:
    protocol, found = load("oxytocin"), {}
    times, sure = model.probabilities(traces_of(scene.tracks))
    for share in SHARES:
        with blended(Evidence(times, sure, model.names), share):
            made = simulated.reported(scene.tracks, protocol, scene.name, scene.corners)
        found["hand-made" if share == 0.0 else f"{share:.0%} learned"] = compare(made, scene.truth)
    found["learned alone"] = compare(alone(Evidence(times, sure, model.names)), scene.truth)
    return found


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was learned says about a scene."""

    times: Floats  # (m,) s
    sure: Floats  # (m, names) probabilities
    names: tuple[str, ...]

    def over(self, candidate: Candidate, name: str) -> float:
        """The mean probability of a segment over a candidate's time; 0 for one that was never learned."""
        if name not in self.names:
            return 0.0
        first, last = np.searchsorted(self.times, [candidate.span.start_s, candidate.span.end_s])
        rows = slice(min(first, len(self.sure) - 1), max(last, first + 1))
        return float(self.sure[rows, self.names.index(name)].mean())


@contextmanager
def blended(evidence: Evidence, share: float) -> Iterator[None]:
    """Inside, a candidate's fit is by such a share the probability of its segment."""

    def candidates(traces: dict[Hand, Trace], protocol: Protocol) -> list[Candidate]:
        found = hand_made(traces, protocol)
        names = [segment.id for segment in protocol.segments]
        return [replace(c, fit=(1 - share) * c.fit + share * evidence.over(c, names[c.rank])) for c in found]

    with patch.object(session, "candidates", candidates if share else hand_made):
        yield


def alone(evidence: Evidence) -> Json:
    """A report with the learned segments, without counts and items."""
    times = evidence.times
    half = round(SMOOTH_S / float(times[1] - times[0]))
    window = np.ones(2 * half + 1) / (2 * half + 1)
    smooth = np.column_stack([np.convolve(column, window, mode="same") for column in evidence.sure.T])
    best = np.argmax(smooth, axis=1)
    cuts = [0, *(np.flatnonzero(np.diff(best)) + 1).tolist(), len(best)]
    segments = [
        {"id": evidence.names[best[a]], "start_s": float(times[a]), "end_s": float(times[min(b, len(times) - 1)])}
        | {"count": 0, "repetitions": [], "holds": []}
        for a, b in pairwise(cuts)
        if best[a] and times[min(b, len(times) - 1)] - times[a] >= SHORTEST_S
    ]
    return {"segments": segments, "items": []}


if __name__ == "__main__":
    sys.exit(main())
