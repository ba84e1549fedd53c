"""Which ratings of a session are set against each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coach.agree.table import Comparison, Pair, Points, compare


@dataclass(frozen=True, slots=True)
class Rated:
    """A session with coach's own points and those of its raters, in the order in which they rated."""

    coach: Points
    raters: Sequence[tuple[str, Points]]  # (code, points) of blind ratings


@dataclass(frozen=True, slots=True)
class Agreements:
    coach_trainer: Comparison
    trainer_trainer: Comparison


def agreements(sessions: Iterable[Rated], item_ids: Sequence[str]) -> Agreements:
    """Coach compared with trainers, and trainers with each other."""
    with_coach, among_trainers = paired(sessions)
    return Agreements(compare(with_coach, item_ids), compare(among_trainers, item_ids))


def paired(sessions: Iterable[Rated]) -> tuple[list[Pair], list[Pair]]:
    """Each session gives one pair to each column: coach with its first rater, the first with the second.

    More raters of one session would weigh it more than others.
    """
    with_coach: list[Pair] = []
    among_trainers: list[Pair] = []
    for session in sessions:
        first_of: dict[str, Points] = {}
        for code, points in session.raters:
            first_of.setdefault(code, points)
        raters = list(first_of.values())
        if raters:
            with_coach.append((session.coach, raters[0]))
        if len(raters) > 1:
            among_trainers.append((raters[0], raters[1]))
    return with_coach, among_trainers
