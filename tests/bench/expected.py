"""The points that each checklist item ought to get: the truth's own checklist, or the one that its faults make."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeAlias

from samples.renderer.checklist import checklist, protocol

Json: TypeAlias = dict[str, Any]
Item: TypeAlias = tuple[str, str]  # segment and kind


def expected(truth: Json) -> dict[Item, tuple[int, ...]]:
    """The points that are right for each item that is rated; several where a trainer too could not tell.

    :raises KeyError: for a fault that is not known
    """
    listed = truth["checklist"] if "checklist" in truth else checklist(truth, _rules())
    return {(i["segment"], i["kind"]): tuple(i["points"]) for i in listed["items"] if i["points"]}


def pair(right: tuple[int, ...], given: int) -> tuple[int, int]:
    """(expected, given) points; of several that are right the one that was given, or the nearest to it."""
    return min(right, key=lambda points: abs(points - given)), given


@cache
def _rules() -> Any:
    return protocol()
