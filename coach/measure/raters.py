"""Agreement of two raters on points beside kappa, which falls where nearly everything is right: Gwet's AC1."""

from __future__ import annotations

from collections.abc import Sequence


def ac1(pairs: Sequence[tuple[int, int]], grades: Sequence[int]) -> float:
    """Gwet's (2008) AC1 of two raters; NaN of no pairs or of one grade alone.

    :param pairs: (one rater's grade, the other's)
    :param grades: all that may be given
    """
    n, q = len(pairs), len(grades)
    if n == 0 or q < 2:
        return float("nan")
    same = sum(a == b for a, b in pairs) / n
    shares = [sum((a == grade) + (b == grade) for a, b in pairs) / (2 * n) for grade in grades]
    chance = sum(share * (1 - share) for share in shares) / (q - 1)
    return (same - chance) / (1 - chance)
