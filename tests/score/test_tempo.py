from __future__ import annotations

import pytest

from coach.score.tempo import tempo
from tests.fakes.evidence import evidence, match, strokes
from tests.fakes.protocols import PRESS, STROKE, protocol

MADE = protocol(STROKE, PRESS)  # not under 1.5 s


@pytest.mark.parametrize(("each_s", "points"), [(1.0, 1), (1.45, 1), (1.5, 2), (4.0, 2)])
def test_repetitions_shorter_than_the_shortest_are_too_fast(each_s: float, points: int) -> None:
    verdict = tempo(evidence(MADE, "down", match("down", *strokes(5, each_s=each_s))))
    assert verdict.points == points
    assert verdict.reason.key == ("tempo_right" if points == 2 else "tempo_fast")
    assert verdict.reason.values == {"median_s": pytest.approx(each_s, abs=0.06), "shortest_s": 1.5}


def test_what_is_hardly_too_fast_is_not_told_as_slow_enough() -> None:
    verdict = tempo(evidence(MADE, "down", match("down", *strokes(5, each_s=1.48))))
    assert (verdict.points, verdict.reason.values["median_s"]) == (1, 1.4)


def test_the_light_way_back_is_part_of_the_time() -> None:
    assert tempo(evidence(MADE, "down", match("down", *strokes(5, each_s=1.0, back_s=0.6)))).points == 2


def test_the_median_decides_and_the_fast_ones_are_the_evidence() -> None:
    done = (*strokes(3, each_s=2.0), *strokes(2, each_s=0.8, begin_s=20.0))
    assert tempo(evidence(MADE, "down", match("down", *done))).points == 2
    more = (*strokes(2, each_s=2.0), *strokes(3, each_s=0.8, begin_s=20.0))
    verdict = tempo(evidence(MADE, "down", match("down", *more)))
    assert verdict.points == 1
    assert verdict.evidence == tuple(r.span for r in more[2:])


def test_partial_repetitions_are_judged_only_where_no_whole_one_is() -> None:
    broken = strokes(3, each_s=0.5, whole=False, begin_s=30.0)
    assert tempo(evidence(MADE, "down", match("down", *strokes(2), *broken))).points == 2
    assert tempo(evidence(MADE, "down", match("down", *broken))).points == 1


def test_a_segment_without_a_tempo_has_none() -> None:
    with pytest.raises(ValueError, match="points has no tempo rule"):
        tempo(evidence(MADE, "points"))
