"""Risk against coverage, item kind by item kind: the rules' status beside the posterior over readings.

``python -m tests.bench.risk [--simulated 40] [--first 92000] [--films FOLDER …]`` rates every item of labelled sessions
twice: as shipped, rated or not; and by how probable it is, by the posterior, that the points are those. What a hand out
of sight, or out of the picture, leaves open is the rules' to tell in both: the posterior knows only what was seen.

It prints for each kind what is rated and what of it is wrong; the area under the generalised risk-coverage curve (AUGRC
in 1/10,000; Traub and others, arXiv 2407.01032; lower is better); the expected calibration error of the probability
(ECE, in ten bins); what would be wrong of as many as the rules rate, the most probable first; and rated/wrong from each
probability on.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from joblib import Parallel, delayed

from coach.commands.quiet import quiet_libraries
from coach.domain import HANDS, Hand, HandTrack, Span
from coach.moves.candidates import candidates
from coach.moves.trace import trace
from coach.parameters.posterior import MARGIN_SCALE_S
from coach.protocol.files import load
from coach.reading.posterior import Posterior
from coach.score.session import read
from tests.bench import simulated
from tests.bench.expected import expected
from tests.bench.judge import on_pillow
from tests.bench.points import Points, matches, points
from tests.bench.recording import Clip, watch
from tests.bench.statistics import augrc, calibration_error

Json: TypeAlias = dict[str, Any]
FIRST_SEED = 92_000
CORES = 2
KINDS = ("performed", "count", "order", "hands", "hold", "tempo", "path")
FROM = (0.6, 0.75, 0.9, 0.95)  # probabilities
UNSEEN = ("not_visible", "out_of_picture", "hold_out_of_picture", "hold_blurred")  # reasons, not of the reading


@dataclass(frozen=True, slots=True)
class Rated:
    """One item, by the rules and by the posterior."""

    kind: str
    rated: bool  # by the rules
    right: bool  # the points that the rules give, or would give without their doubts
    sure: float  # 0-1, the posterior's probability of those points; 0 where the hands were not seen


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.risk", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--simulated", type=int, default=40, help="how many sessions without pixels")
    parser.add_argument("--first", type=int, default=FIRST_SEED, help="the first one's seed")
    parser.add_argument("--films", nargs="*", type=Path, default=[], help="folders with *.mp4 and *.truth.json")
    given = parser.parse_args(arguments)
    films = [v for f in given.films for v in sorted(f.glob("*.mp4")) if v.with_suffix(".truth.json").exists()]
    jobs = Parallel(n_jobs=CORES)
    show("simulated", jobs(delayed(_simulated)(seed) for seed in range(given.first, given.first + given.simulated)))
    show("films", jobs(delayed(_film)(film) for film in films))
    return 0


def _simulated(seed: int) -> list[Rated]:
    played = simulated.session(seed)
    return rated(simulated.watch(played).tracks(), played.truth)


def _film(film: Path) -> list[Rated]:
    truth = json.loads(film.with_suffix(".truth.json").read_text("utf-8"))
    if "back_frame_px" not in truth:
        return []
    clip = Clip(film, np.array(truth["back_frame_px"], dtype=np.float64), pillow=on_pillow(truth))
    with quiet_libraries():
        tracks = watch(clip).watching.tracks()
    return rated(tracks, truth)


def rated(tracks: dict[Hand, HandTrack], truth: Json) -> list[Rated]:
    """Every item of a session of which the truth knows the points."""
    protocol = load("oxytocin")
    time_s = tracks["left"].time_s
    length = Span(float(time_s[0]), float(time_s[-1]))
    found, items, _ = read(tracks, protocol)
    traces = {hand: trace(tracks[hand], length.start_s, length.end_s, protocol.surface) for hand in HANDS}
    readings = Posterior.of(candidates(traces, protocol), protocol).readings
    under = [(reading.margin_s, points(matches(reading, protocol), protocol, length)) for reading in readings]
    plain, right = points(found, protocol, length), expected(truth)
    out = []
    for item in items:
        if item.segment_id is None or not (wanted := right.get((item.segment_id, item.kind))):
            continue
        given = plain[item.segment_id, item.kind] if item.points is None else item.points
        seen = item.points is not None or item.reason.key not in UNSEEN
        sure = probability(under, (item.segment_id, item.kind), given) if seen else 0.0
        out.append(Rated(item.kind, item.points is not None, given in wanted, sure))
    return out


def probability(under: Sequence[tuple[float, Points]], item: tuple[str, str], given: int | None) -> float:
    """Of some points for an item, where each reading, best first, has a margin and gives points."""
    margins: dict[int | None, float] = {}
    for margin_s, of in under:
        margins.setdefault(of[item], margin_s)
    weights = {told: exp(-margin_s / MARGIN_SCALE_S) for told, margin_s in margins.items()}
    return weights.get(given, 0.0) / sum(weights.values())


def show(title: str, sessions: Sequence[Sequence[Rated]]) -> None:
    known = [one for session in sessions for one in session]
    if not known:
        return
    heads = "".join(f"  from {p:<5}" for p in FROM)
    print(f"{title} ({sum(bool(s) for s in sessions)} sessions)\n{'':10}           rules     posterior")
    print(f"{'kind':10} items  rated wrong AUGRC  AUGRC   ECE  same number{heads}")
    for kind in (*KINDS, "all"):
        own = [one for one in known if kind in (one.kind, "all")]
        if own:
            print(row(kind, own))


def row(kind: str, own: Sequence[Rated]) -> str:
    wrong = np.array([not one.right for one in own])
    sure, by_rules = np.array([one.sure for one in own]), np.array([one.rated for one in own])
    most = np.argsort(-sure, kind="stable")[: by_rules.sum()]
    seen = sure > 0.0
    ece = calibration_error(sure[seen], ~wrong[seen])
    areas = [1e4 * augrc(each, wrong) for each in (by_rules.astype(float), sure)]
    from_each = "".join(f"  {f'{(sure >= p).sum()}/{wrong[sure >= p].sum()}':10}" for p in FROM)
    rules = f"{len(own):5} {by_rules.sum():6} {wrong[by_rules].sum():5} {areas[0]:5.1f}"
    return f"{kind:10} {rules} {areas[1]:6.1f} {ece:5.3f}  {wrong[most].sum():11}{from_each}"


if __name__ == "__main__":
    sys.exit(main())
