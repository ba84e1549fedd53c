"""The figures of the report: each from the sums or the values of sessions, with a bootstrap interval over sessions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from coach.domain import Floats
from tests.bench.accuracy import Agreement

DRAWS = 1000
SEED = 3
CONFIDENT = (2.5, 97.5)  # percentiles of the draws
GRADES = 3  # points: 0, 1, 2
Better: TypeAlias = Literal["more", "less"]
Weights: TypeAlias = NDArray[np.int64]  # (draws, sessions) how often each session was drawn


@dataclass(frozen=True, slots=True)
class Figure:
    """A value, the interval in which 95 % of the draws lie, and what it was measured on. NaN of nothing."""

    value: float
    low: float
    high: float
    count: int


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure of sums over sessions."""

    name: str
    better: Better
    parts: Callable[[Agreement], Sequence[float]]
    value: Callable[[Floats], Floats]  # (..., parts) sums → (...)
    counted: int = -1  # which part says how much there was to be right about
    percent: bool = True

    def figure(self, sessions: Sequence[Agreement], weights: Weights) -> Figure:
        parts = np.array([self.parts(one) for one in sessions], dtype=float)
        with np.errstate(divide="ignore", invalid="ignore"):
            value = float(self.value(parts.sum(axis=0)))
            draws = self.value(weights @ parts)
        return _figure(value, draws, int(parts.sum(axis=0)[self.counted]))


@dataclass(frozen=True, slots=True)
class Middle:
    """The median of values that sessions have several of."""

    name: str
    values: Callable[[Agreement], Sequence[float]]
    better: Better = "less"
    percent: bool = False

    def figure(self, sessions: Sequence[Agreement], weights: Weights) -> Figure:
        values = [np.asarray(self.values(one), dtype=float) for one in sessions]
        flat = np.concatenate(values) if values else np.empty(0)
        if not len(flat):
            return Figure(float("nan"), float("nan"), float("nan"), 0)
        owner = np.repeat(np.arange(len(values)), [len(v) for v in values])
        order = np.argsort(flat)
        ones = np.ones((1, len(values)), np.int64)
        value = _medians(flat[order], ones[:, owner[order]])
        return _figure(float(value[0]), _medians(flat[order], weights[:, owner[order]]), len(flat))


def _medians(values: Floats, weights: Weights) -> Floats:
    """(draws,) the lower median of sorted values for each draw's weights; NaN where it drew none."""
    heavy = np.cumsum(weights, axis=1)
    half = np.argmax(heavy >= heavy[:, -1:] / 2.0, axis=1)
    return np.where(heavy[:, -1] > 0, values[half], np.nan)


def _figure(value: float, draws: Floats, count: int) -> Figure:
    known = draws[np.isfinite(draws)]
    low, high = np.percentile(known, CONFIDENT) if len(known) else (float("nan"), float("nan"))
    return Figure(value, float(low), float(high), count)


def drawn(sessions: int) -> Weights:
    """How often each session is in each draw; the same every time."""
    draw = np.random.default_rng([SEED, sessions])
    weights: Weights = (
        draw.multinomial(sessions, np.full(sessions, 1.0 / sessions), DRAWS) if sessions else np.zeros((1, 0), np.int64)
    )
    return weights


# ------------------------------------------------------------------ the sums
def share(name: str, better: Better, right: Callable[[Agreement], float], of: Callable[[Agreement], float]) -> Measure:
    """A share of things, in percent."""
    return Measure(name, better, lambda a: (right(a), of(a)), lambda s: 100.0 * s[..., 0] / s[..., 1])


def f1(overlap: float) -> Measure:
    """Of the segments at an overlap: twice the hits over all that were found and all that are true."""
    return Measure(
        f"F1@{100 * overlap:.0f}",
        "more",
        lambda a: (a.hits[overlap], a.found, a.true),
        lambda s: 100.0 * 2.0 * s[..., 0] / (s[..., 1] + s[..., 2]),
    )


def kappa(name: str, pairs: Callable[[Agreement], Sequence[tuple[int, int]]]) -> Measure:
    """Linearly weighted, of the sums of the confusion matrix."""

    def parts(a: Agreement) -> list[float]:
        return [*confusion(pairs(a)).ravel().tolist(), float(len(pairs(a)))]

    return Measure(name, "more", parts, _kappa, percent=False)


def confusion(pairs: Sequence[tuple[int, int]]) -> Floats:
    """(3, 3) how often so many points were expected (row) and given (column)."""
    table = np.zeros((GRADES, GRADES))
    for wanted, given in pairs:
        table[wanted, given] += 1
    return table


def _kappa(sums: Floats) -> Floats:
    table = sums[..., :-1].reshape(*sums.shape[:-1], GRADES, GRADES)
    total = table.sum(axis=(-1, -2))
    away = np.abs(np.subtract.outer(np.arange(GRADES), np.arange(GRADES)))
    chance = (table.sum(axis=-1)[..., :, None] * table.sum(axis=-2)[..., None, :] * away).sum(axis=(-1, -2)) / total
    found: Floats = 1.0 - (table * away).sum(axis=(-1, -2)) / chance
    return np.where(chance > 0, found, np.where(total > 0, 1.0, np.nan))


def wrong(pairs: Sequence[tuple[int, int]]) -> int:
    return sum(a != b for a, b in pairs)


# ------------------------------------------------------------------ the questions
QUESTIONS: dict[str, tuple[str, tuple[Measure | Middle, ...]]] = {
    "segments": (
        "Which segment is when?",
        (
            f1(0.1),
            f1(0.25),
            f1(0.5),
            share("precision@50", "more", lambda a: a.hits[0.5], lambda a: a.found),
            share("recall@50", "more", lambda a: a.hits[0.5], lambda a: a.true),
            Measure("edit", "more", lambda a: (sum(a.edits), len(a.edits)), lambda s: s[..., 0] / s[..., 1]),
        ),
    ),
    "boundaries": (
        "How far are a segment's beginning and end off?",
        (
            Middle("median s", lambda a: a.boundaries_s),
            share(
                "within 0.5 s", "more", lambda a: sum(s <= 0.5 for s in a.boundaries_s), lambda a: len(a.boundaries_s)
            ),
        ),
    ),
    "sets": (
        "Are repetitions counted right?",
        (
            share("exact", "more", lambda a: a.sets_exact, lambda a: a.sets),
            share("exact or one off", "more", lambda a: a.sets_near, lambda a: a.sets),
            share("exact of rated", "more", lambda a: a.sets_rated_exact, lambda a: a.sets_rated),
            share("rated", "more", lambda a: a.sets_rated, lambda a: a.sets),
        ),
    ),
    "decoys": (
        "Is anything credited that is no massage?",
        (
            Measure(
                "false a minute",
                "less",
                lambda a: (a.decoy_counts, a.decoys_s),
                lambda s: 60.0 * s[..., 0] / s[..., 1],
                percent=False,
            ),
            share("time credited", "less", lambda a: a.decoy_s, lambda a: a.decoys_s),
        ),
    ),
    "holds": (
        "Are presses seen, and how long are they?",
        (
            share("seen", "more", lambda a: a.holds - a.holds_missed, lambda a: a.holds),
            share("made up", "less", lambda a: a.holds_extra, lambda a: a.holds),
            Middle("start s", lambda a: a.hold_starts_s),
            Middle("end s", lambda a: a.hold_ends_s),
            Middle("length s", lambda a: a.hold_lengths_s),
        ),
    ),
    "items": (
        "Do the checklist's items get the points they ought to?",
        (
            share("right", "more", lambda a: len(a.ratings) - wrong(a.ratings), lambda a: len(a.ratings)),
            kappa("weighted κ", lambda a: a.ratings),
            share(
                "right, of what was done",
                "more",
                lambda a: len(a.done_ratings) - wrong(a.done_ratings),
                lambda a: len(a.done_ratings),
            ),
            kappa("κ, of what was done", lambda a: a.done_ratings),
            share("coverage", "more", lambda a: len(a.ratings), lambda a: len(a.ratings) + a.not_visible),
            share("wrong", "less", lambda a: wrong(a.ratings), lambda a: len(a.ratings)),
        ),
    ),
}  # name → the question, its figures


HEADLINE: tuple[Measure | Middle, ...] = (
    f1(0.5),
    share("exact sets", "more", lambda a: a.sets_exact, lambda a: a.sets),
    QUESTIONS["decoys"][1][0],
    share("presses seen", "more", lambda a: a.holds - a.holds_missed, lambda a: a.holds),
    kappa("weighted κ", lambda a: a.ratings),
    kappa("κ, of what was done", lambda a: a.done_ratings),
    share("coverage", "more", lambda a: len(a.ratings), lambda a: len(a.ratings) + a.not_visible),
    share("wrong", "less", lambda a: wrong(a.ratings), lambda a: len(a.ratings)),
)  # where whole ways of doing it are compared
