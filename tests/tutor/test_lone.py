"""A press by itself, in free practice: told at once where it likely is one, long before what follows shows it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coach.domain import Hand, Hold, SegmentMatch, Span
from coach.moves.candidate import Candidate
from coach.tutor import Reading, read_window
from coach.tutor.lone import LONG, PLAIN, lone_press
from coach.tutor.practised import recognised
from coach.tutor.unasked import unasked
from coach.tutor.unguided import Unguided, sure
from coach.tutor.window import Past, Step, window
from tests.fakes.hands import Path, frames, track, visiting
from tests.tutor.labels import doing
from tests.tutor.readings import PROTOCOL, hold, keys, reading, strokes

EARS = "neck_points"
LONG_S = LONG * 2.0


def pressed(name: str, *holds: Hold, fit: float = PLAIN) -> Candidate:
    span = Span(min(h.span.start_s for h in holds), max(h.span.end_s for h in holds))
    return Candidate(PROTOCOL.rank[name], span, fit, frozenset(h.hand for h in holds), holds=holds)


EAR = pressed(EARS, hold("ear_left", 2.0, 2.0 + LONG_S))


def found(*known: Candidate, after: tuple[SegmentMatch, ...] = ()) -> SegmentMatch | None:
    return lone_press(known, after, PROTOCOL)


def test_a_long_press_near_its_point_is_one() -> None:
    match = found(EAR)
    assert match is not None
    assert (match.segment_id, match.span, match.holds) == (EARS, EAR.span, EAR.holds)
    assert 0.0 < match.confidence < 0.4  # no more than it is worth to a reading


@pytest.mark.parametrize(
    "other",
    [
        replace(EAR, fit=PLAIN - 0.01),
        pressed(EARS, hold("ear_left", 2.0, 1.9 + LONG_S)),
        replace(EAR, second=True),
        replace(EAR, doubted=True),
        pressed("scapula_left_points", hold("12", 2.0, 2.0 + LONG_S)),  # it is not asked for
    ],
)
def test_what_is_less_plain_may_be_a_hand_at_rest(other: Candidate) -> None:
    assert found(other) is None
    assert found(EAR, other) == found(EAR)


def test_of_several_it_is_the_plainest() -> None:
    better = pressed("shoulder_points", hold("hollow_left", 2.0, 2.0 + LONG_S), fit=0.9)
    match = found(EAR, better)
    assert match is not None
    assert match.segment_id == "shoulder_points"


def test_what_began_before_the_newest_segment_was_over_is_none() -> None:
    assert found(EAR, after=(strokes("neck_stroke", -10.0, 4),)) is not None  # until 2 s
    assert found(EAR, after=(strokes("neck_stroke", -9.9, 4),)) is None


def told(at_s: float, one: Candidate, *before: SegmentMatch) -> Reading:
    return replace(reading(at_s, EARS, (), *before), lone=found(one, after=before))


def test_free_practice_names_it_before_any_segment_is_known() -> None:
    now = told(6.0, EAR)
    assert [m.segment_id for m in sure(now, PROTOCOL)] == [EARS]
    assert [m.segment_id for m in sure(replace(now, lone=None), PROTOCOL)] == []
    label = doing(told(7.0, EAR), PROTOCOL, 3.0)
    assert label is not None
    assert label.segment_id == EARS
    tutor = Unguided(PROTOCOL)
    assert tutor.newest(told(5.6, EAR), None) is None  # read twice
    at = tutor.newest(told(6.0, EAR), None)
    assert at is not None
    assert (at.segment.id, at.known.points()) == (EARS, ("ear_left",))


def test_free_practice_names_it_after_the_segments_that_are_known() -> None:
    stroke = strokes("neck_stroke", -13.0, 5)
    now = told(6.0, EAR, stroke)
    assert [m.segment_id for m in sure(now, PROTOCOL)] == ["neck_stroke", EARS]


def hints(at_s: float, one: Candidate, *before: SegmentMatch) -> list[tuple[str, object]]:
    now = told(at_s, one, *before)
    assert now.lone is not None
    return keys(list(unasked(recognised(now.lone, PROTOCOL.segment(now.lone.segment_id), at_s), now, PROTOCOL)))


def test_that_the_other_hand_did_not_press_is_told_soon() -> None:
    assert hints(5.6, EAR) == []  # it may go on
    assert hints(7.0, EAR) == [("hint_missing_point", "ear_right")]


def test_of_points_pressed_one_after_the_other_nothing_is_missing_yet() -> None:
    assert hints(20.0, pressed("scapula_left_points", hold("6", 2.0, 2.0 + LONG_S), fit=0.9)) == []


def test_a_reading_tells_of_one_only_where_no_step_is_known() -> None:
    time_s = frames(8.0)
    path = visiting([((0.30, 0.6), 1.0), ((0.42, -0.25), 3.3), ((0.30, 0.6), 2.0)])
    aside = visiting([((0.8, 0.6), 8.0)])
    paths: dict[Hand, Path] = {"left": path, "right": aside}
    tracks = {hand: track(hand, time_s, one(time_s), "fingertips") for hand, one in paths.items()}
    free = read_window(window(tracks, Past.none(0.0)), PROTOCOL)
    guided = read_window(window(tracks, Past.none(0.0), Step(EARS, 0.0)), PROTOCOL)
    assert free.segments == guided.segments == ()
    assert free.lone is not None
    assert free.lone.segment_id == EARS
    assert guided.lone is None
