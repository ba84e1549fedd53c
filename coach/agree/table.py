"""The table a sceptic asks for: coach against trainer beside trainer against trainer, by item and in total."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from coach.agree.bootstrap import draws, interval, intervals
from coach.agree.kappa import Weighting, kappa_of_counts
from coach.agree.totals import BlandAltman, bland_altman, icc_2_1
from coach.domain import Floats
from coach.points import pairs as pairs_of

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
    counts = _counts(pairs, item_ids)
    weights = _taken(len(pairs))
    # All items at once, and last all together: (draws, items + 1, 3, 3). Whole numbers below 2^24, which float32 keeps.
    tables = np.concatenate([counts, counts.sum(axis=1, keepdims=True)], axis=1)
    drawn = np.tensordot(weights.astype(np.float32), tables.astype(np.float32), axes=1).astype(np.float64)
    found = _agreements(tables, drawn)
    items = {item: one for item, one in zip(item_ids, found, strict=False) if one.ratings}
    scores = _scores(pairs)
    return Comparison(items, found[-1], _icc(scores), _differences(scores))


def _taken(sessions: int) -> Floats:
    """(draws, sessions) how often each draw takes each."""
    return np.array([np.bincount(draw, minlength=sessions) for draw in draws(sessions)], dtype=np.float64)


def differences(pairs: Sequence[Pair]) -> BlandAltman | None:
    """How far two raters' scores lie apart; None below two sessions."""
    return _differences(_scores(pairs))


def _scores(pairs: Sequence[Pair]) -> Floats:
    """(sessions, 2) in percent, of the sessions of which both rated anything."""
    return np.array([both for pair in pairs if (both := _nilai(pair)) is not None]).reshape(-1, 2)


def _counts(pairs: Sequence[Pair], item_ids: Sequence[str]) -> Floats:
    """(sessions, items, 3, 3) with a one where the two put the item; zeros where one did not rate it."""
    counts = np.zeros((len(pairs), len(item_ids), GRADES, GRADES))
    at = {item: k for k, item in enumerate(item_ids)}
    for session, (ones, others) in enumerate(pairs):
        theirs = dict(pairs_of(others))
        for item, one in pairs_of(ones):
            other = theirs.get(item)
            if one is not None and other is not None and item in at:
                counts[session, at[item], one, other] = 1.0
    return counts


def _agreements(counts: Floats, drawn: Floats) -> list[Agreement]:
    """One for each item.

    :param counts: (sessions, items, 3, 3)
    :param drawn: (draws, items, 3, 3) of as many sessions, drawn again and again
    """
    whole = counts.sum(axis=0)
    sessions = counts.any(axis=(-2, -1)).sum(axis=0)
    figures = [_figures(of(whole), of(drawn), sessions) for of in (_equal, _linear, _quadratic)]
    ratings = whole.sum(axis=(-2, -1))
    return [Agreement(int(ratings[k]), int(sessions[k]), *(one[k] for one in figures)) for k in range(len(whole))]


def _figures(values: Floats, drawn: Floats, sessions: NDArray[np.int64]) -> list[Figure]:
    """:param values: (items,); ``drawn``: (draws, items); ``sessions``: (items,) that both rated"""
    low, high = intervals(np.where(sessions >= FEWEST, drawn, np.nan))
    return [Figure(*map(float, one)) for one in zip(values, low, high, strict=True)]


def _linear(counts: Floats) -> Floats:
    return _kappa(counts, "linear")


def _quadratic(counts: Floats) -> Floats:
    return _kappa(counts, "quadratic")


def _kappa(counts: Floats, weighting: Weighting) -> Floats:
    """(...,) the kappa of each table; NaN of those in which nothing was rated."""
    return np.where(_number(counts) > 0, kappa_of_counts(counts, weighting), np.nan)


def _equal(counts: Floats) -> Floats:
    """(...,) percent of equal points."""
    number, same = _number(counts), counts.reshape(*counts.shape[:-2], GRADES**2) @ np.eye(GRADES).ravel()
    shares: Floats = np.divide(100.0 * same, number, out=np.full_like(number, np.nan), where=number > 0)
    return shares


def _number(counts: Floats) -> Floats:
    """(...,) of pairs."""
    number: Floats = counts.reshape(*counts.shape[:-2], GRADES**2) @ np.ones(GRADES**2)
    return number


def _nilai(pair: Pair) -> tuple[float, float] | None:
    """Both raters' score in percent, over the items that both rated."""
    theirs = dict(pairs_of(pair[1]))
    both = [(a, b) for item, a in pairs_of(pair[0]) if a is not None and (b := theirs.get(item)) is not None]
    if not both:
        return None
    one, other = (100.0 * sum(column) / (2 * len(both)) for column in zip(*both, strict=True))
    return one, other


def _icc(scores: Floats) -> Figure:
    if len(scores) < FEWEST:
        return Figure(float("nan"), float("nan"), float("nan"))
    return Figure(float(icc_2_1(scores)), *interval(icc_2_1(scores, _taken(len(scores)))))


def _differences(scores: Floats) -> BlandAltman | None:
    return bland_altman(scores[:, 0], scores[:, 1]) if len(scores) >= FEWEST else None
