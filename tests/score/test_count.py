from __future__ import annotations

import pytest

from coach.domain import Hand, Reason, Span
from coach.parse.unclaimed import Unclaimed
from coach.score.count import count
from tests.fakes.evidence import evidence, match, sight, strokes
from tests.fakes.protocols import PRESS, STROKE, protocol, segment

MADE = protocol(STROKE, PRESS)
SIDES = protocol(segment(STROKE, hands="alternating", returns="lifted", count=STROKE["count"] | {"per": "side"}))


@pytest.mark.parametrize(
    ("times", "points", "key"),
    [
        (1, 0, "count_few"),
        (2, 0, "count_few"),
        (3, 1, "count_few"),
        (4, 1, "count_few"),
        (5, 2, "count_right"),
        (6, 2, "count_right"),
        (7, 2, "count_more"),
        (12, 2, "count_more"),
    ],
)
def test_five_or_six_are_right_fewer_cost_and_more_do_not(times: int, points: int, key: str) -> None:
    verdict = count(evidence(MADE, "down", match("down", *strokes(times))))
    assert (verdict.points, verdict.reason.key) == (points, key)
    assert dict(verdict.reason.values) == {"count": times, "low": 5, "high": 6}
    assert verdict.evidence


def test_partial_repetitions_do_not_count_and_are_told() -> None:
    done = (*strokes(4), *strokes(2, begin_s=20.0, whole=False))
    verdict = count(evidence(MADE, "down", match("down", *done)))
    assert (verdict.points, verdict.reason.key, verdict.reason.values["partial"]) == (1, "count_partial", 2)


def test_repetitions_of_all_matches_are_added() -> None:
    seen = evidence(MADE, "down", match("down", *strokes(3)), match("down", *strokes(3, begin_s=40.0)))
    assert count(seen).points == 2
    assert len(count(seen).evidence) == 2


def test_too_few_where_the_hand_was_hidden_for_one_is_not_visible() -> None:
    done = match("down", *strokes(4))
    assert count(evidence(MADE, "down", done, view=sight(("right", 12.0, 14.0)))).points is None
    assert count(evidence(MADE, "down", done, view=sight(("right", 12.0, 12.3)))).points == 1
    assert count(evidence(MADE, "down", done, view=sight(("left", 0.0, 100.0)))).points == 1


def test_one_that_begins_a_rest_before_the_first_may_be_hidden() -> None:
    done = match("down", *strokes(4, begin_s=20.0, each_s=2.0, back_s=1.0))
    assert count(evidence(MADE, "down", done, view=sight(("right", 10.0, 17.7)))).points is None
    assert count(evidence(MADE, "down", done, view=sight(("right", 10.0, 17.5)))).points == 1


def like(start_s: float, *hands: Hand, segment_id: str = "down") -> Unclaimed:
    return Unclaimed(segment_id, Span(start_s, start_s + 2.0), 0.6, hands=frozenset(hands))


@pytest.mark.parametrize(
    ("times", "unclaimed", "points", "perhaps"),
    [
        (4, [like(7.0, "right")], None, 1),
        (4, [like(7.0, "right"), like(19.0, "right")], None, 2),
        (4, [like(7.0, "right"), like(8.0, "left")], None, 1),  # at one time: a hand that lags
        (3, [like(7.0, "right")], 1, 0),  # with it they are too few as well
        (3, [like(7.0, "right"), like(19.0, "right")], None, 2),
        (2, [like(7.0, "right")], None, 1),
        (1, [like(7.0, "right")], 0, 0),
        (5, [like(7.0, "right")], 2, 0),
    ],
)
def test_too_few_with_one_more_like_them_beside_is_not_rated(
    times: int, unclaimed: list[Unclaimed], points: int | None, perhaps: int
) -> None:
    verdict = count(evidence(MADE, "down", match("down", *strokes(times)), unclaimed=tuple(unclaimed)))
    assert verdict.points == points
    if points is None:
        assert verdict.reason == Reason("count_unclear", {"count": times, "perhaps": perhaps})
        assert set(verdict.evidence) >= {unclaimed[0].span}


@pytest.mark.parametrize(
    ("right", "left", "hand", "points"),
    [(5, 4, "left", None), (5, 4, "right", 1), (4, 4, "left", 1), (4, 0, "right", None), (5, 0, "left", 2)],
)
def test_per_side_it_takes_one_more_on_the_side_that_lacks_it(
    right: int, left: int, hand: Hand, points: int | None
) -> None:
    done = (*strokes(right), *strokes(left, hand="left", begin_s=40.0))
    seen = evidence(SIDES, "down", match("down", *done), unclaimed=(like(36.0, hand),))
    assert count(seen).points == points


def test_hiding_takes_nothing_from_a_right_count() -> None:
    assert count(evidence(MADE, "down", match("down", *strokes(5)), view=sight(("right", 12.0, 14.0)))).points == 2


@pytest.mark.parametrize(("right", "left", "points"), [(5, 5, 2), (6, 4, 1), (5, 2, 0), (5, 0, 2), (2, 0, 0)])
def test_per_side_the_lesser_side_counts_unless_it_was_left_out(right: int, left: int, points: int) -> None:
    """A side that was left out is the hands' fault and is told there."""
    done = (*strokes(right), *strokes(left, hand="left", begin_s=40.0))
    assert count(evidence(SIDES, "down", match("down", *done))).points == points


def test_both_hands_at_once_count_for_each_side() -> None:
    assert count(evidence(SIDES, "down", match("down", *strokes(5, hand="both")))).reason.values["count"] == 5


def test_a_segment_without_a_count_has_none() -> None:
    with pytest.raises(ValueError, match="points has no count rule"):
        count(evidence(MADE, "points"))
