from __future__ import annotations

import pytest

from coach.domain import Hand, Span
from coach.parse.unclaimed import Unclaimed
from coach.score.duration import duration, lasting_s, stretches
from tests.fakes.evidence import at, evidence, match, sight, strokes
from tests.fakes.protocols import PRESS, STROKE, protocol, segment

RULE = {"target_s": [40.0, 60.0], "partial_from_s": 25.0, "bridge_s": 3.0}
TIMED = segment(STROKE, count=None, hands="together", returns="lifted", duration=RULE, items=["performed", "duration"])
MADE = protocol(TIMED, PRESS)


@pytest.mark.parametrize(
    ("passes", "points", "key"),
    [(4, 0, "duration_short"), (6, 1, "duration_short"), (9, 2, "duration_right"), (15, 2, "duration_long")],
)
def test_the_time_of_its_own_motion_is_rated(passes: int, points: int, key: str) -> None:
    verdict = duration(evidence(MADE, "down", match("down", *strokes(passes, hand="both", each_s=5.0))))
    assert (verdict.points, verdict.reason.key) == (points, key)
    assert verdict.reason.values == {"took_s": 5.0 * passes, "low_s": 40.0, "high_s": 60.0}
    assert verdict.evidence == (Span(10.0, 10.0 + 5.0 * passes),)


def test_a_short_pause_is_part_of_it_and_a_long_one_is_not() -> None:
    first, soon, late = (match("down", *strokes(4, hand="both", each_s=5.0, begin_s=s)) for s in (10.0, 32.9, 33.1))
    bridged, parted = duration(evidence(MADE, "down", first, soon)), duration(evidence(MADE, "down", first, late))
    assert (bridged.points, bridged.reason.values["took_s"]) == (2, 42.9)
    assert (parted.points, parted.reason.values["took_s"]) == (2, 40.0)
    assert len(bridged.evidence) == 1
    assert len(parted.evidence) == 2


def test_a_rest_of_half_a_minute_does_not_make_it_long_enough() -> None:
    done = [match("down", *strokes(3, hand="both", each_s=5.0, begin_s=s)) for s in (5.0, 60.0)]
    verdict = duration(evidence(MADE, "down", *done))
    assert (verdict.points, verdict.reason.values["took_s"]) == (1, 30.0)


def test_passes_that_overlap_are_counted_once() -> None:
    assert stretches([Span(5.0, 9.0), Span(0.0, 6.0), Span(20.0, 21.0)], 3.0) == (Span(0.0, 9.0), Span(20.0, 21.0))
    assert lasting_s(stretches([Span(0.0, 6.0), Span(5.0, 9.0)], 0.0)) == 9.0


def test_what_a_trainer_marked_without_repetitions_lasts_as_long_as_it_is_marked() -> None:
    assert duration(evidence(MADE, "down", at("down", 10.0, 52.0))).points == 2


def test_too_short_where_hidden_hands_may_have_gone_on_is_not_rated() -> None:
    done = match("down", *strokes(6, hand="both", each_s=5.0))
    assert duration(evidence(MADE, "down", done, view=sight(("left", 45.0, 60.0)))).points is None
    assert duration(evidence(MADE, "down", done, view=sight(("left", 45.0, 50.0)))).points == 1
    other = at("points", 44.0, 62.0)
    assert duration(evidence(MADE, "down", done, other, view=sight(("left", 45.0, 60.0)))).points == 1


def test_too_short_where_something_like_it_went_on_is_not_rated() -> None:
    done = match("down", *strokes(6, hand="both", each_s=5.0))
    hands: tuple[Hand, ...] = ("left", "right")
    like = Unclaimed("down", Span(41.0, 55.0), 0.5, hands=frozenset(hands))
    verdict = duration(evidence(MADE, "down", done, unclaimed=(like,)))
    assert (verdict.points, verdict.reason.key) == (None, "duration_unclear")
    assert verdict.reason.values == {"took_s": 30.0, "perhaps_s": 45.0}


def test_a_segment_without_a_time_has_none() -> None:
    with pytest.raises(ValueError, match="points has no duration rule"):
        duration(evidence(MADE, "points"))
