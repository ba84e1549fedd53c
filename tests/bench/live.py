"""The live coach on labelled sessions: ``python -m tests.bench.live [--near N] [--modes guided free exam]``.

How much is lost because nobody can look ahead: segments and counts against the truth and against the review of the
same session; whether hints come in time, and only where something is wrong; what a reading costs in CPU time.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import ceil, inf, nan
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from joblib import Parallel, delayed
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from coach.domain import Floats, ItemScore, SegmentMatch
from coach.pipeline import Watching
from coach.protocol import Protocol
from coach.protocol.files import load
from coach.score.session import read
from coach.tutor import Mode
from tests import test_sessions
from tests.bench import hinting, judge, marks, recording
from tests.bench.accuracy import matched, middle
from tests.bench.hinting import Hinting
from tests.bench.run import CORES, FIRST_SEED, default_videos
from tests.bench.simulated import session
from tests.bench.statistics import f1_score
from tests.fakes.session import Recorded
from tests.simulator import Camera, SessionScript, SimulatedSession, simulate
from tests.tutor.labels import labelled
from tests.tutor.rehearsal import Moment, Rehearsal, rehearse

Json: TypeAlias = dict[str, Any]
MODES: tuple[Mode, ...] = ("guided", "free", "exam")
OVERLAP = 0.5
ENOUGH_S = 1.5  # after the last repetition that is needed


@dataclass
class Live:
    """One session, or many added up."""

    name: str
    true: int = 0
    found: dict[str, int] = field(default_factory=lambda: dict.fromkeys(("review", "live", "end"), 0))
    hits: dict[str, int] = field(default_factory=lambda: dict.fromkeys(("review", "live", "end"), 0))
    same: int = 0  # segments of the review that the last live reading has too, with a count at most one off
    reviewed: int = 0
    sets: int = 0
    exact: int = 0  # the count that was shown while it was done
    near: int = 0
    lags_s: list[float] = field(default_factory=list)  # from a repetition's end until it is counted; inf: never
    enough_s: list[float] = field(default_factory=list)  # from the last repetition needed until "enough"; inf: never
    hints: Hinting = field(default_factory=Hinting)
    readings_s: list[float] = field(default_factory=list)
    frames_s: list[float] = field(default_factory=list)

    def f1(self, which: str) -> float:
        found, hits = self.found[which], self.hits[which]
        return f1_score(hits / found if found else 1.0, hits / self.true if self.true else 1.0)

    def add(self, other: Live) -> None:
        for name in ("true", "same", "reviewed", "sets", "exact", "near"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for which in self.found:
            self.found[which] += other.found[which]
            self.hits[which] += other.hits[which]
        self.hints.add(other.hints)
        self.lags_s += other.lags_s
        self.enough_s += other.enough_s
        self.readings_s += other.readings_s
        self.frames_s += other.frames_s


def compared(name: str, played: Rehearsal, truth: Json, protocol: Protocol) -> Live:
    """Compares what was shown with the truth and with the review of the same tracks."""
    assert played.watching is not None
    reviewed, items, _ = read(played.watching.tracks(), protocol)
    return compared_with(name, played, as_json(reviewed), truth, protocol, lost(items))


def compared_with(
    name: str,
    played: Rehearsal,
    reviewed: list[Json],
    truth: Json,
    protocol: Protocol | None = None,
    missed: Collection[tuple[str | None, str]] = (),
) -> Live:
    """The same where the review's segments are known.

    :param missed: and its :func:`lost` items
    """
    assert played.last is not None
    true: list[Json] = truth["segments"]
    out = Live(name, len(true), readings_s=played.readings_s, frames_s=played.frames_s)
    told = {"review": reviewed, "live": labelled(played.labels.each), "end": as_json(played.last.segments)}
    for which, segments in told.items():
        out.found[which] = len(segments)
        out.hits[which] = len(matched(segments, true, OVERLAP))
    pairs = matched(told["end"], told["review"], OVERLAP)
    out.reviewed, out.same = len(reviewed), sum(abs(a["count"] - b["count"]) <= 1 for a, b in pairs)
    for segment in true:
        if segment["repetitions"]:
            off = abs(played.count_at(segment["end_s"] + 2.0, segment["id"]) - wanted(segment))
            out.sets, out.exact, out.near = out.sets + 1, out.exact + (off == 0), out.near + (off <= 1)
            out.lags_s += lags(played.moments, segment, most(segment["id"], protocol))
    if protocol is not None:
        out.enough_s = enough(played, true, protocol)
    out.hints = hinting.compare(played.hints, truth, name, protocol, missed)
    return out


def lags(moments: Iterable[Moment], segment: Json, limit: int) -> list[float]:
    """How long after the end of each repetition the page has counted so many; of each side's, where each is counted.

    :param limit: repetitions after which the coach goes on; those beyond are not asked for
    """
    sides = segment.get("per_side")
    ends = sorted(float(r["end_s"]) for r in segment["repetitions"])
    if sides and all(sides.values()):  # a pair is one
        each = [sorted(float(r["end_s"]) for r in segment["repetitions"] if r["hand"] == hand) for hand in sides]
        ends = [max(pair) for pair in zip(*each, strict=False)]
    shown = [m for m in moments if m.segment == segment["id"] and m.time_s >= segment["start_s"]]
    first = (next((m.time_s for m in shown if m.count >= k), inf) for k in range(1, len(ends) + 1))
    return [at_s - end_s for at_s, end_s in zip(first, ends[: min(limit, wanted(segment))], strict=False)]


def enough(played: Rehearsal, true: Sequence[Json], protocol: Protocol) -> list[float]:
    """How long after the last repetition, or press, that is needed it is said that it is enough.

    Of segments done without a mistake, for with one that lasts it is not enough; and not of one that comes too late.
    """
    out = []
    for segment in true:
        needed_s = _needed_s(segment, protocol)
        if needed_s is None or segment.get("faults"):
            continue
        said = (at_s for at_s, clip in played.said if clip.startswith("enough") and at_s >= needed_s - EARLY_S)
        first = next(said, inf)
        out.append(max(0.0, first - needed_s) if first < segment["end_s"] + LATE_S else inf)
    return out


EARLY_S, LATE_S = 2.0, 8.0  # a repetition is known a little before its truth ends; later, it is another step's


def _needed_s(segment: Json, protocol: Protocol) -> float | None:
    """When the last repetition that is needed has ended, or the last point was held long enough; None where never."""
    rules = protocol.segment(segment["id"])
    if rules.hold is not None:
        each = {p.id: [h for h in segment["holds"] if h["point"] == p.id] for p in rules.hold.points}
        long_s = rules.hold.long_enough_s
        ends = [
            min((h["start_s"] + long_s for h in held if h["end_s"] - h["start_s"] >= long_s), default=inf)
            for held in each.values()
        ]
        return max(ends) if max(ends) < inf else None
    low = rules.count.target[0] if rules.count is not None else 1
    if rules.count is not None and rules.count.per == "side":
        sides = [
            sorted(float(r["end_s"]) for r in segment["repetitions"] if r["hand"] == hand) for hand in ("left", "right")
        ]
        return max(side[low - 1] for side in sides) if all(len(side) >= low for side in sides) else None
    ends = sorted(float(r["end_s"]) for r in segment["repetitions"])
    return ends[low - 1] if len(ends) >= low else None


def most(segment_id: str, protocol: Protocol | None) -> int:
    """The repetitions after which the coach goes on."""
    rule = protocol.segment(segment_id).count if protocol is not None else None
    return sys.maxsize if rule is None else rule.target[1]


def lost(items: Iterable[ItemScore]) -> set[tuple[str | None, str]]:
    """The items, by segment and kind, that have not all points; those that nobody could rate are none of them."""
    return {(i.segment_id, i.kind) for i in items if i.points is not None and i.points < i.max_points}


def wanted(segment: Json) -> int:
    """The count a page ought to show in the end: for a pattern drawn in turn the smaller side's."""
    sides = segment.get("per_side")
    if sides and all(sides.values()):
        return int(min(sides.values()))
    return 0 if sides else len(segment["repetitions"])


def as_json(found: Iterable[SegmentMatch]) -> list[Json]:
    return [
        {"id": m.segment_id, "start_s": m.span.start_s, "end_s": m.span.end_s, "count": len(m.whole)} for m in found
    ]


# ------------------------------------------------------------------ sessions
def simulated(seed: int, near: bool, protocol: str, mode: Mode) -> Live:
    """:param near: a practitioner much like the rendered ones, with three mistakes; else any, with no to five"""
    played = planted(seed) if near else session(seed)
    rules = load(protocol)
    size = (played.script.camera.size[0], played.script.camera.size[1])
    heard = rehearse(played.observations, played.corners_px, size, rules, mode)
    return compared(f"seed {seed}", heard, played.truth, rules)


def planted(seed: int) -> SimulatedSession:
    """All mistakes in turn, three in a session, never two in neighbouring segments."""
    rng = np.random.default_rng(seed)
    style = test_sessions.near_d01(rng)
    plan = list(test_sessions.plans())[seed % test_sessions.SESSIONS]
    steps = tuple(test_sessions.with_mistakes(rng, plan, style))
    return simulate(SessionScript(steps, style, Camera(azimuth_deg=float(rng.normal(0.0, 3.0)))), seed)


def filmed(path: Path, protocol: str, mode: Mode, way: marks.Way = "corners") -> Live:
    """A video through the real tracker, remembered from an earlier run where there was one.

    :param way: how the back is marked
    """
    truth = json.loads(path.with_suffix(".truth.json").read_text("utf-8"))
    rules = load(protocol)
    clip = recording.Clip(path, marks.marked(truth, way))
    recorded, fold, corners = _replayed(clip)
    begin = next((segment["id"] for segment in truth["segments"]), None)  # of decoys alone, none
    heard = rehearse(recorded, corners, tuple(truth["size"]), rules, mode, begin=begin, fold=fold)
    return compared(path.stem, heard, truth, rules)


def _replayed(clip: recording.Clip) -> tuple[Recorded, Watching, Floats]:
    whole = recording.watch(clip)
    fold = whole.watching
    replay = recording.Replay(whole.hands, np.array(fold.motions))
    anew = Watching(replay, recording.Memory.of(clip), replay, fold.corners, fold.size)
    return list(zip(fold.time_s, whole.hands, strict=True)), anew, fold.corners


# ------------------------------------------------------------------ what is printed
COLUMNS = (
    "F1@50 review",
    "live",
    "at the end",
    "like review",
    "count",
    "±1",
    "after s",
    "90 %",
    "enough 95 %",
    "in 1.5 s",
    "hints in time",
    "in review",
    "ever",
    "delay s",
    "right",
    "quiet",
    "reading ms",
    "p95",
    "frame ms",
)


def quantile(lags_s: Sequence[float], share: float) -> float:
    """The smallest that so large a share do not exceed; infinite where too many are never counted."""
    return sorted(lags_s)[max(0, ceil(round(share * len(lags_s), 6)) - 1)] if lags_s else nan


def row(one: Live, speaks: bool = True) -> list[str]:
    """:param speaks: an exam gives no hints"""
    hints = one.hints
    said = [
        f"{hints.in_time}/{hints.planted}",
        f"{hints.found_in_time}/{hints.found}",
        f"{hints.ever}/{hints.planted}",
        f"{middle(hints.delays_s):.1f}",
        f"{hints.right}/{hints.given}",
    ]
    return [
        *(f"{100 * one.f1(which):.1f}" for which in ("review", "live", "end")),
        f"{one.same}/{one.reviewed}",
        f"{one.exact}/{one.sets}",
        f"{one.near}/{one.sets}",
        *(f"{quantile(one.lags_s, share):.1f}" for share in (0.5, 0.9)),
        f"{quantile(one.enough_s, 0.95):.1f}",
        f"{sum(lag <= ENOUGH_S for lag in one.enough_s)}/{len(one.enough_s)}",
        *(said if speaks else ["-"] * len(said)),
        f"{hints.quiet}/{hints.clean}",
        f"{1000 * float(np.mean(one.readings_s)):.0f}",
        f"{1000 * float(np.percentile(one.readings_s, 95)):.0f}",
        f"{1000 * float(np.mean(one.frames_s)):.2f}",
    ]


def show(console: Console, title: str, results: Sequence[Live], wrong: bool, speaks: bool = True) -> None:
    if not results:
        return
    whole = Live("all")
    table = Table(title=f"{title} ({len(results)})", title_justify="left", box=SIMPLE, padding=(0, 1, 0, 0))
    table.add_column("session", no_wrap=True)
    for column in COLUMNS:
        table.add_column(column, justify="right")
    for one in results:
        table.add_row(one.name, *row(one, speaks))
        whole.add(one)
    table.add_section()
    table.add_row("all", *row(whole, speaks))
    console.print(table)
    if not speaks:
        return
    for mistake, timely in sorted(whole.hints.by_mistake.items()):
        console.print(f"  {mistake}: {sum(timely)} of {len(timely)} in time", highlight=False)
    for line in (*whole.hints.missed, *whole.hints.false) if wrong else ():
        console.print(f"  {line}", markup=False, highlight=False)


def results(
    seeds: tuple[Sequence[int], Sequence[int]], videos: Sequence[Path], protocol: str, mode: Mode, way: marks.Way
) -> Iterator[list[Live]]:
    yield list(Parallel(n_jobs=CORES)(delayed(filmed)(path, protocol, mode, way) for path in videos))
    for near, some in ((True, seeds[0]), (False, seeds[1])):
        yield list(Parallel(n_jobs=CORES)(delayed(simulated)(seed, near, protocol, mode) for seed in some))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.live", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--near", type=int, default=40, help="how many sessions near the rendered ones (default 40)")
    parser.add_argument("--simulated", type=int, default=24, help="how many of any kind (default 24)")
    parser.add_argument("--first", type=int, default=0, help="seed of the first session near the rendered ones")
    parser.add_argument(
        "--modes", nargs="+", choices=MODES, default=["guided"], metavar="MODE", help="guided free exam"
    )
    parser.add_argument("--protocol", default="oxytocin")
    parser.add_argument("--no-videos", action="store_true")
    judge.add_arguments(parser, None)
    parser.add_argument("--wrong", action="store_true", help="name every hint that was missed or wrong")
    given = parser.parse_args(arguments)
    console = Console(width=None if sys.stdout.isatty() else 170)
    videos = judge.selected(given) if given.world else [] if given.no_videos else default_videos()
    seeds = range(given.first, given.first + given.near), range(FIRST_SEED, FIRST_SEED + given.simulated)
    titles = ("Videos on the real tracker", "Simulated near the rendered ones", "Simulated, any style and camera")
    for mode in given.modes:
        for title, found in zip(titles, results(seeds, videos, given.protocol, mode, given.marked), strict=True):
            show(console, f"{title}, {mode}", found, given.wrong, speaks=mode != "exam")
    return 0


if __name__ == "__main__":
    sys.exit(main())
