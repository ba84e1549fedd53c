"""When hands were in sight."""

from __future__ import annotations

import numpy as np
import pytest

from coach.domain import Hands, Reason, Span
from coach.score.evidence import Visibility, not_visible
from tests.fakes.evidence import evidence, match, sight, strokes
from tests.fakes.protocols import PRESS, STROKE, protocol, segment

VIEW = sight(("left", 10.0, 14.0), ("right", 12.0, 18.0))


@pytest.mark.parametrize(
    ("asked", "unseen_s"), [("left", 4.0), ("right", 6.0), ("either", 8.0), ("together", 8.0), ("alternating", 8.0)]
)
def test_what_a_segment_asks_for_is_unseen(asked: str, unseen_s: float) -> None:
    """One named hand; any of two where either may do it or both must."""
    made = protocol(segment(STROKE, hands=asked)).segments[0]
    assert VIEW.unseen_s(Span(0.0, 50.0), made) == pytest.approx(unseen_s, abs=0.06)
    assert VIEW.unseen_s(Span(20.0, 50.0), made) == 0.0


def test_either_of_the_hands_lost() -> None:
    assert VIEW.lost_s(Span(0.0, 50.0), ("left", "right")) == pytest.approx(8.0, abs=0.06)
    assert VIEW.lost_s(Span(0.0, 50.0), ("left",)) == pytest.approx(4.0, abs=0.06)
    assert VIEW.lost_s(Span(0.0, 50.0), ()) == 0.0


@pytest.mark.parametrize(
    ("asked", "done", "working"),
    [
        ("right", "left", ("right",)),
        ("together", "left", ("left", "right")),
        ("alternating", "left", ("left", "right")),
        ("either", "left", ("left",)),
        ("either", "both", ("left", "right")),
    ],
)
def test_the_working_hands(asked: str, done: Hands, working: tuple[str, ...]) -> None:
    made = protocol(segment(STROKE, hands=asked))
    assert evidence(made, "down", match("down", *strokes(3, hand=done))).working() == working


def test_time_lost_around_the_matches_counts_where_it_is_asked_for() -> None:
    made = protocol(STROKE)
    seen = evidence(made, "down", match("down", *strokes(2, begin_s=8.0)), view=VIEW)  # 8 to 12 s
    assert seen.lost_s(0.0) == pytest.approx(0.0, abs=0.06)
    assert seen.lost_s(2.0) == pytest.approx(2.0, abs=0.06)


def test_a_session_without_pictures_has_seen_nothing() -> None:
    nothing = Visibility(np.empty(0), {"left": np.empty(0, dtype=np.bool_), "right": np.empty(0, dtype=np.bool_)})
    assert nothing.unseen_s(Span(0.0, 5.0), protocol(STROKE).segments[0]) == 5.0


def test_the_shortest_time_a_segment_takes_grows_with_what_it_asks() -> None:
    made = protocol(STROKE, PRESS, segment(PRESS, id="both", hands="together"))
    down, points, both = (evidence(made, name).least_s() for name in ("down", "points", "both"))
    assert down >= 1.5 * 3
    assert points == pytest.approx(2 * both)


@pytest.mark.parametrize(
    ("unseen_s", "said"),
    [(0.34, Reason("not_visible", {"unseen_s": 0.3})), (0.0, Reason("unclear")), (0.04, Reason("unclear"))],
)
def test_hands_that_were_in_sight_all_the_time_are_not_called_unseen(unseen_s: float, said: Reason) -> None:
    assert not_visible(unseen_s, Span(1.0, 2.0)).reason == said
