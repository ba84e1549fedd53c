"""Neck strokes of which one hand only is seen: is it called the wrong one, and how sure is that?

``python -m tests.bench.lone_hand [--sessions 90] [--first 70000]`` plays simulated sessions of neck strokes, with the
right hand as asked and with the left one, the other hand never seen, and prints what the item of the hands comes to.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from joblib import Parallel, delayed

from coach.domain import HANDS, Hand
from coach.protocol.files import load
from tests.bench import simulated
from tests.simulator import SimulatedSession, simulate
from tests.simulator.draw import random_script
from tests.simulator.script import Step

STEP = "neck_stroke"
CORES = 2


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.lone_hand", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--sessions", type=int, default=90)
    parser.add_argument("--first", type=int, default=70_000, help="seed of the first session")
    given = parser.parse_args(arguments)
    seeds = range(given.first, given.first + given.sessions)
    for hand in HANDS:
        said = Counter(Parallel(n_jobs=CORES)(delayed(verdict)(seed, hand) for seed in seeds))
        print(f"{hand} hand alone:", ", ".join(f"{what} {count}" for what, count in said.most_common()))
    return 0


def verdict(seed: int, hand: Hand) -> str:
    """What is said of the hand in a session's neck strokes."""
    report = simulated.review(played(seed, hand), load("oxytocin"))
    item = next(i for i in report["items"] if i["segment"] == STEP and i["kind"] == "hands")
    points = "not rated" if item["status"] != "scored" else f"{item['points']} points"
    return f"{points} ({item['reason']['key']})"


def played(seed: int, hand: Hand) -> SimulatedSession:
    """Neck strokes by one hand, of which nothing else is seen."""
    script = random_script(np.random.default_rng(seed), hard=seed % simulated.HARD_EVERY == simulated.HARD_EVERY - 1)
    strokes = [step for step in script.steps if isinstance(step, Step) and step.segment_id == STEP]
    strokes = [replace(step, work=hand) for step in strokes]
    return alone(simulate(replace(script, steps=tuple(strokes)), seed), hand)


def alone(session: SimulatedSession, hand: Hand) -> SimulatedSession:
    """The session without what the detector saw of the other hand."""
    kept = []
    for (time_s, hands), frame in zip(session.observations, session.truth["frames"], strict=True):
        true = {whose: np.array(frame["hands"][whose]).mean(axis=0) for whose in HANDS}
        off = [{w: np.hypot(*(seen.landmarks.mean(axis=0) - true[w])) for w in HANDS} for seen in hands]
        kept.append(
            (time_s, tuple(h for h, o in zip(hands, off, strict=True) if min(HANDS, key=o.__getitem__) == hand))
        )
    return replace(session, observations=kept)


if __name__ == "__main__":
    sys.exit(main())
