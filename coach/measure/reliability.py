"""How a test itself does: whether its statements measure one thing, and how each separates people."""

from __future__ import annotations

from coach.domain import Floats

FEWEST = 20  # people below which a reliability says nothing


def kr_20(right: Floats) -> float | None:
    """Kuder and Richardson's (1937) formula 20; None for too few people, or where all have the same score.

    :param right: (people, statements) 1 for a right answer, else 0
    """
    people, statements = right.shape
    if people < FEWEST or statements < 2:
        return None
    total = right.sum(axis=1).var()  # of this very group, as KR-20 is defined
    if total == 0:
        return None
    share = right.mean(axis=0)
    return float(statements / (statements - 1) * (1 - (share * (1 - share)).sum() / total))
