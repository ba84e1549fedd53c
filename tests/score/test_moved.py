"""After the camera was moved and the back was not surely found again, nothing is rated by places."""

from __future__ import annotations

import pytest

from coach.domain import ItemScore, Moved, Reason, SegmentMatch, Span, Status
from coach.score.moved import unplaced

FOUND = (SegmentMatch("early", Span(5.0, 20.0), 1.0), SegmentMatch("late", Span(30.0, 45.0), 1.0))
ROWS: tuple[tuple[str, str, Status], ...] = (
    ("early", "count", "scored"), ("late", "count", "scored"), ("late", "path", "not_visible"),
    ("never", "performed", "scored"), ("never", "tempo", "not_applicable"), ("greets", "manual", "manual"),
)  # fmt: skip


def items() -> tuple[ItemScore, ...]:
    return tuple(
        ItemScore(f"{s}.{kind}", s, kind, 2 if status == "scored" else None, 2, status, (), Reason("done"))
        for s, kind, status in ROWS
    )


def not_rated(*moved: Moved) -> list[str]:
    return [item.item_id for item in unplaced(items(), FOUND, moved) if item.reason.key == "camera_moved"]


@pytest.mark.parametrize(
    ("span", "not_told"),
    [
        (Span(25.0, 60.0), ["late.count", "late.path", "never.performed"]),
        (Span(19.5, 60.0), ["late.count", "late.path", "never.performed"]),
        (Span(12.0, 25.0), ["early.count", "never.performed"]),  # marked anew at 25 s
        (Span(50.0, 60.0), ["never.performed"]),
        (Span(30.0, 30.9), []),  # marked anew at once
    ],
)
def test_what_was_or_may_have_been_done_then_is_not_rated(span: Span, not_told: list[str]) -> None:
    assert not_rated(Moved(span, followed=False)) == not_told
    assert not_rated(Moved(Span(1.0, 4.0), followed=True), Moved(span, followed=False)) == not_told


def test_the_time_is_told() -> None:
    last = unplaced(items(), FOUND, (Moved(Span(25.0, 60.0), followed=False),))[1]
    assert (last.points, last.status, last.reason.values) == (None, "not_visible", {"at_s": 25.0})


def test_a_back_that_was_found_again_is_rated_on() -> None:
    assert not_rated(Moved(Span(12.0, 60.0), followed=True)) == []
    assert unplaced(items(), FOUND, ()) == items()
