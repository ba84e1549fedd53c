"""A segment on the back, and two performances beside each other."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from coach.domain import Floats, Hold, Repetition, SegmentMatch, Span
from coach.protocol import Segment
from coach.trainer.diagram import LOST, NEAR, SECTORS, coverage, described, sectors
from coach.trainer.phases import pairs
from tests.store.made import protocol
from tests.trainer.made import Side


def beside(off: float) -> Floats:
    """The line, moved to the right."""
    moved: Floats = LINE + np.array([off, 0.0])
    return moved


LINE = np.column_stack((np.full(65, 0.6), np.linspace(0.0, 0.64, 65)))


def match(*starts_s: float, length_s: float = 1.0, segment: str = "heart") -> SegmentMatch:
    repetitions = tuple(Repetition(Span(s, s + length_s), "both") for s in starts_s)
    return SegmentMatch(segment, Span(starts_s[0], starts_s[-1] + length_s), 1.0, repetitions)


def test_a_line_that_was_followed_is_covered_and_nowhere_wrong() -> None:
    assert coverage(LINE, [LINE + 0.01], 0.1) == 1.0
    found = sectors(LINE, [beside(0.01)] * 3, 0.1)
    assert len(found) == SECTORS
    assert [one["off"] for one in found] == pytest.approx([0.01] * SECTORS)
    assert not any(one["wrong"] for one in found)


def test_what_stops_early_is_wrong_where_it_did_not_come() -> None:
    half = LINE[:33]
    assert coverage(LINE, [half], 0.05) == pytest.approx(0.5, abs=0.06)
    found = sectors(LINE, [half] * 2, 0.05)
    assert [one["wrong"] for one in found[:3]] == [False] * 3
    assert [one["wrong"] for one in found[5:]] == [True] * 3
    assert found[-1]["off"] is None


def test_the_median_speaks_one_bad_repetition_does_not() -> None:
    assert not any(one["wrong"] for one in sectors(LINE, [LINE, LINE, beside(0.5)], 0.1))
    assert all(one["wrong"] for one in sectors(LINE, [beside(NEAR * 0.1 + 0.01)] * 3, 0.1))
    assert all(one["off"] is None for one in sectors(LINE, [beside(LOST * 0.1 + 0.01)] * 3, 0.1))


def test_nothing_done_is_no_coverage() -> None:
    assert coverage(LINE, [], 0.1) is None
    assert sectors(LINE, [], 0.1) == []
    assert coverage(None, [LINE], 0.1) is None


def test_the_left_hand_has_the_mirror_image() -> None:
    for segment in protocol().segments:
        left, right = described(segment, "left"), described(segment, "right")
        assert (right is None) == (segment.path is None and segment.circle is None)
        if left is not None and right is not None:
            expected = right * (-1, 1) + (1, 0) if segment.mirrored else right
            np.testing.assert_allclose(left, expected)


@pytest.mark.parametrize("segment", protocol().segments, ids=lambda segment: str(segment.id))
def test_every_segment_has_its_picture(office: Side, session: str, segment: Segment) -> None:
    told = office.get(f"/api/sessions/{session}/back/{segment.id}")
    stands = office.get(f"/api/sessions/{session}")["stands"]["segments"]
    own = [one for one in stands if one["id"] == segment.id]
    holds = [hold for one in own for hold in one["holds"]]
    assert len(told["presses"]) == len(holds)
    whole = sum(r["hand"] in ("right", "both") for one in own for r in one["repetitions"])
    assert sum(one["whole"] for one in told["done"]["right"]) == whole
    for hand in ("left", "right"):
        assert bool(told["sectors"][hand]) == (told["coverage"][hand] is not None)
        assert (told["target"][hand] is None) == (segment.hands in ("left", "right") and segment.hands != hand)


def test_a_segment_that_the_protocol_does_not_have(office: Side, session: str) -> None:
    assert office.get(f"/api/sessions/{session}/back/nothing", 404)["key"] == "segment_missing"
    assert office.client.get(f"/api/sessions/{session}/back/..%2f..%2fx").status_code == 404


def test_repetitions_stand_beside_repetitions() -> None:
    found = pairs([match(1.0, 3.0, 5.0)], [match(10.0, 11.0, length_s=0.5)])
    assert found == [(1.0, 10.0), (2.0, 10.5), (3.0, 11.0), (4.0, 11.5)]
    assert pairs([], [match(1.0)]) == []


def test_both_times_grow() -> None:
    found = pairs([match(1.0, 2.0, 3.0)], [match(10.0, 10.5, 11.0, length_s=0.9)])
    assert all(b[0] > a[0] and b[1] > a[1] for a, b in pairwise(found))


def test_presses_stand_beside_presses_of_the_same_point() -> None:
    one = SegmentMatch("p", Span(0, 9), 1.0, (), (Hold("3", Span(1, 2), "right"), Hold("6", Span(4, 6), "right")))
    other = SegmentMatch("p", Span(0, 9), 1.0, (), (Hold("6", Span(1, 3), "right"), Hold("9", Span(4, 6), "right")))
    assert pairs([one], [other]) == [(4, 1), (6, 3)]


def test_a_session_beside_itself_runs_evenly(office: Side, session: str) -> None:
    segment = office.get(f"/api/sessions/{session}")["stands"]["segments"][0]["id"]
    told = office.get(f"/api/sessions/{session}/align", segment=segment, other=session)["pairs"]
    assert len(told) > 4
    assert all(a == b for a, b in told)
    office.get(f"/api/sessions/{session}/align", 404, segment="nothing", other=session)
    office.get(f"/api/sessions/{session}/align", 404, segment=segment, other="nothing")
