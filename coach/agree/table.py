"""The table a sceptic asks for: coach against trainer beside trainer against trainer, by item and in total."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from coach.agree.bootstrap import draws, interval, interval_of
from coach.agree.kappa import Weighting, kappa_of_counts
from coach.agree.totals import BlandAltman, bland_altman, icc_2_1
from coach.domain import Floats

GRADES = 3  # points: 0, 1, 2
FEWEST = 2  # sessions below which an interval or an ICC says nothing

Points: TypeAlias = Mapping[str, int | None]  # item id → points; None where it was not rated
Pair: TypeAlias = tuple[Points, Points]  # of one session, by two raters


@dataclass(frozen=True, slots=True)
class Figure:
    """A value and between which 95 % of the bootstrap's draws lie; NaN where too little is known."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two raters agree on points."""

    ratings: int  # pairs of points
    sessions: int
    percent: Figure  # of equal points
    linear: Figure  # weighted kappa
    quadratic: Figure


@dataclass(frozen=True, slots=True)
class Comparison:
    """One column of the table: two raters over all sessions that both rated."""

    items: Mapping[str, Agreement]
    total: Agreement  # all items together
    icc: Figure  # of the nilai, over the items that both rated
    scores: BlandAltman | None  # None below two sessions


def compare(pairs: Sequence[Pair], item_ids: Sequence[str]) -> Comparison:
    """Two raters compared on the items that both rated.

    :param pairs: of each session, both raters' points
    :param item_ids: in the order of the table; items that nobody rated twice are left out
    """
    counts = np.array([[_count(pair, item) for item in item_ids] for pair in pairs])
    counts = counts.reshape(len(pairs), len(item_ids), GRADES, GRADES)
    chosen = draws(len(pairs))
    weights = np.array([np.bincount(draw, minlength=len(pairs)) for draw in chosen], dtype=float)
    items = {item: _agreement(counts[:, k], weights) for k, item in enumerate(item_ids) if counts[:, k].any()}
    scores = np.array([both for pair in pairs if (both := _nilai(pair)) is not None]).reshape(-1, 2)
    return Comparison(items, _agreement(counts.sum(axis=1), weights), _icc(scores), _differences(scores))


def _count(pair: Pair, item: str) -> Floats:
    """(3, 3) with a one where the two put the item; zeros where one did not rate it."""
    table = np.zeros((GRADES, GRADES))
    one, other = pair[0].get(item), pair[1].get(item)
    if one is not None and other is not None:
        table[one, other] = 1.0
    return table


def _agreement(counts: Floats, weights: Floats) -> Agreement:
    """:param counts: (sessions, 3, 3); ``weights``: (draws, sessions) how often each draw took each session"""
    rated = int((counts.sum(axis=(-2, -1)) > 0).sum())
    whole = counts.sum(axis=0)
    drawn = np.tensordot(weights, counts, axes=1) if rated >= FEWEST else np.zeros((0, GRADES, GRADES))
    return Agreement(
        int(whole.sum()),
        rated,
        _figure(_equal(whole[None]), _equal(drawn)),
        _kappa(whole, drawn, "linear"),
        _kappa(whole, drawn, "quadratic"),
    )


def _kappa(whole: Floats, drawn: Floats, weighting: Weighting) -> Figure:
    some = drawn[drawn.sum(axis=(-2, -1)) > 0]
    return _figure(kappa_of_counts(whole[None], weighting), kappa_of_counts(some, weighting))


def _equal(counts: Floats) -> Floats:
    """(...,) percent of equal points."""
    number = counts.sum(axis=(-2, -1))
    same = np.trace(counts, axis1=-2, axis2=-1)
    shares: Floats = np.divide(100.0 * same, number, out=np.full_like(number, np.nan), where=number > 0)
    return shares


def _figure(value: Floats, drawn: Floats) -> Figure:
    return Figure(float(value[0]), *interval(drawn))


def _nilai(pair: Pair) -> tuple[float, float] | None:
    """Both raters' score in percent, over the items that both rated."""
    both = [(a, b) for item, a in pair[0].items() if a is not None and (b := pair[1].get(item)) is not None]
    if not both:
        return None
    one, other = (100.0 * sum(column) / (2 * len(both)) for column in zip(*both, strict=True))
    return one, other


def _icc(scores: Floats) -> Figure:
    if len(scores) < FEWEST:
        return Figure(float("nan"), float("nan"), float("nan"))
    return Figure(icc_2_1(scores), *interval_of(lambda chosen: icc_2_1(scores[chosen]), len(scores)))


def _differences(scores: Floats) -> BlandAltman | None:
    return bland_altman(scores[:, 0], scores[:, 1]) if len(scores) >= FEWEST else None
