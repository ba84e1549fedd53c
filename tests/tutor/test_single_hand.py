"""A press by itself, in free practice: told at once where it likely is one, long before what follows shows it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from coach.domain import Hand, HandTrack, Hold, Repetition, SegmentMatch, Span
from coach.moves.candidate import Candidate
from coach.parameters.fit import WRONG_HANDS_WORTH
from coach.parameters.single_hand import (
    LONG_PRESS_RATIO,
    OTHER_AS_PLAIN_SHARE,
    PLAIN_PRESS_FIT,
    READ_BY_CHANCE,
    RESTING_PRESS_RATIO,
    SINGLE_HAND_OVER_S,
    SINGLE_HAND_STROKE_FIT,
)
from coach.tutor import WindowReading, read_window
from coach.tutor.free_practice_hints import free_practice_hints
from coach.tutor.guided_hints import guided_hints
from coach.tutor.practised import Practised, recognised
from coach.tutor.progress import progress
from coach.tutor.single_hand import single_hand_strokes, single_press
from coach.tutor.unguided import Unguided, sure
from coach.tutor.window import Past, Step, window
from tests.fakes.hands import Path, frames, shuttling, track, visiting
from tests.tutor.labels import doing
from tests.tutor.presses import by_left
from tests.tutor.readings import PROTOCOL, hold, keys, reading, strokes

EARS = "neck_points"
LONG_S = LONG_PRESS_RATIO * 2.0


def pressed(name: str, *holds: Hold, fit: float = PLAIN_PRESS_FIT) -> Candidate:
    span = Span(min(h.span.start_s for h in holds), max(h.span.end_s for h in holds))
    return Candidate(PROTOCOL.rank[name], span, fit, frozenset(h.hand for h in holds), holds=holds)


EAR = pressed(EARS, hold("ear_left", 2.0, 2.0 + LONG_S))


def found(*known: Candidate, after: tuple[SegmentMatch, ...] = ()) -> SegmentMatch | None:
    return single_press(known, after, PROTOCOL)


def test_a_long_press_near_its_point_is_one() -> None:
    match = found(EAR)
    assert match is not None
    assert (match.segment_id, match.span, match.holds) == (EARS, EAR.span, EAR.holds)
    assert 0.0 < match.confidence < 0.4  # no more than it is worth to a reading


@pytest.mark.parametrize(
    "other",
    [
        replace(EAR, fit=PLAIN_PRESS_FIT - 0.01),
        pressed(EARS, hold("ear_left", 2.0, 1.9 + LONG_S)),
        replace(EAR, second=True),
        replace(EAR, doubted=True),
        pressed("scapula_left_points", hold("12", 2.0, 2.0 + LONG_S)),  # it is not asked for
    ],
)
def test_what_is_less_plain_may_be_a_hand_at_rest(other: Candidate) -> None:
    assert found(other) is None
    assert found(EAR, other) == found(EAR)


HOLLOW = pressed("shoulder_points", hold("hollow_right", 2.2, 5.2), fit=OTHER_AS_PLAIN_SHARE * PLAIN_PRESS_FIT)


@pytest.mark.parametrize(
    ("other", "told"),
    [
        (HOLLOW, False),
        (replace(HOLLOW, span=Span(3.4, 6.5)), False),  # half its time
        (replace(HOLLOW, span=Span(3.6, 6.5)), True),
        (replace(HOLLOW, fit=OTHER_AS_PLAIN_SHARE * PLAIN_PRESS_FIT - 0.01), True),
        (replace(HOLLOW, hands=EAR.hands), True),  # the same hand, near a point of each
        (pressed(EARS, hold("ear_right", 2.2, 5.2), fit=OTHER_AS_PLAIN_SHARE * PLAIN_PRESS_FIT), True),
        (replace(HOLLOW, holds=()), True),  # it strokes
    ],
)
def test_of_two_hands_at_points_of_two_steps_nobody_knows_which_one_rests(other: Candidate, told: bool) -> None:
    for known in ((EAR, other), (other, EAR)):
        assert (found(*known) is not None) is told


def test_a_hand_that_stays_longer_rests() -> None:
    longest_s = RESTING_PRESS_RATIO * LONG_S / LONG_PRESS_RATIO
    assert found(pressed(EARS, hold("ear_left", 2.0, 2.0 + longest_s))) is not None
    assert found(replace(EAR, span=Span(1.0, 8.0))) is not None  # it came slowly, and left so
    rest = pressed(EARS, hold("ear_left", 2.0, 2.1 + longest_s))
    assert found(rest) is None
    assert found(rest, replace(EAR, fit=0.9)) is None  # a part of it
    later = pressed("shoulder_points", hold("hollow_left", 10.0, 10.0 + LONG_S))
    assert found(rest, later) == found(later)


def by(point: str, start_s: float, end_s: float, fit: float = 0.1) -> Candidate:
    return pressed("scapula_left_points", *by_left(hold(point, start_s, end_s)), fit=fit)


@pytest.mark.parametrize(
    ("others", "points"),
    [
        ((by("6", 6.0, 7.0), by("8", 8.0, 9.5)), ["3", "6", "8"]),
        ((by("8", 6.0, 7.0), by("6", 8.0, 9.5)), ["3", "8", "6"]),
        ((by("6", 6.0, 6.9),), ["3"]),  # a halt on the way
        ((by("6", 7.1, 9.0),), ["3"]),  # too late
        ((by("6", 6.0, 7.0), by("8", 9.1, 9.5)), ["3", "6"]),
        ((by("3", 6.0, 7.0),), ["3"]),  # the same point again
        ((by("12", 6.0, 7.0),), ["3"]),  # it is not asked for
        ((by("6", 4.6, 7.0),), ["3"]),  # another reading of the same press
        ((by("6", 4.8, 7.0),), ["3", "6"]),  # ends are known no better
        ((by("6", 6.0, 7.0), by("6", 7.5, 8.5)), ["3", "6"]),
        ((pressed("scapula_right_points", hold("6", 6.0, 7.0), fit=0.1),), ["3"]),  # of another step
        ((by("6", 6.0, 7.0, fit=0.0),), ["3"]),
        ((replace(by("6", 6.0, 7.0), second=True), replace(by("8", 6.0, 7.0), doubted=True)), ["3"]),
        ((by("6", 0.5, 1.9), by("8", -1.4, 0.2)), ["8", "6", "3"]),  # before it
        ((by("6", 0.5, 1.9), by("8", 6.0, 8.0)), ["6", "3", "8"]),
        ((by("6", -2.0, -0.1),), ["3"]),  # too long before it
    ],
)
def test_what_is_pressed_soon_before_or_after_at_other_points_is_part_of_it(
    others: tuple[Candidate, ...], points: list[str]
) -> None:
    plain = by("3", 2.0, 5.0, fit=PLAIN_PRESS_FIT)
    for known in ((plain, *others), (*others, plain)):
        match = found(*known)
        assert match is not None
        assert [h.point for h in match.holds] == points
        assert match.span.start_s == match.holds[0].span.start_s


def test_of_several_it_is_the_plainest() -> None:
    better = pressed("shoulder_points", hold("hollow_left", 2.0, 2.0 + LONG_S), fit=0.9)
    match = found(EAR, better)
    assert match is not None
    assert match.segment_id == "shoulder_points"


def test_what_began_before_the_newest_segment_was_over_is_none() -> None:
    assert found(EAR, after=(strokes("neck_stroke", -10.0, 4),)) is not None  # until 2 s
    assert found(EAR, after=(strokes("neck_stroke", -9.9, 4),)) is None


def told(at_s: float, one: Candidate, *before: SegmentMatch) -> WindowReading:
    return replace(reading(at_s, EARS, (), *before), unconfirmed=found(one, after=before))


def test_free_practice_names_it_before_any_segment_is_known() -> None:
    now = told(6.0, EAR)
    assert [m.segment_id for m in sure(now, PROTOCOL)] == [EARS]
    assert [m.segment_id for m in sure(replace(now, unconfirmed=None), PROTOCOL)] == []
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
    assert now.unconfirmed is not None
    return keys(
        list(
            free_practice_hints(
                recognised(now.unconfirmed, PROTOCOL.segment(now.unconfirmed.segment_id), at_s), now, PROTOCOL
            )
        )
    )


def test_that_the_other_hand_did_not_press_is_told_soon() -> None:
    assert hints(5.6, EAR) == []  # it may go on
    assert hints(7.0, EAR) == [("hint_missing_point", "ear_right")]


@pytest.mark.parametrize(("fit", "missing"), [(0.32, True), (0.34, False), (0.9, False)])
def test_who_presses_one_side_after_the_other_left_none_out(fit: float, missing: bool) -> None:
    """Far beside its point a hand may rest there, and one side alone was pressed."""
    lone = found(EAR, pressed(EARS, hold("ear_right", 6.0, 9.0), fit=fit))
    assert lone is not None
    now = replace(reading(13.0, EARS, ()), unconfirmed=lone)
    told = keys(list(free_practice_hints(recognised(lone, PROTOCOL.segment(EARS), 13.0), now, PROTOCOL)))
    assert told == [("hint_missing_point", "ear_right")] * missing


def test_of_points_pressed_one_after_the_other_nothing_is_missing_yet() -> None:
    assert hints(20.0, pressed("scapula_left_points", hold("6", 2.0, 2.0 + LONG_S), fit=0.9)) == []


def test_a_reading_tells_of_a_press_only_where_no_step_is_known() -> None:
    time_s = frames(8.0)
    path = visiting([((0.30, 0.6), 1.0), ((0.42, -0.25), 3.3), ((0.30, 0.6), 2.0)])
    aside = visiting([((0.8, 0.6), 8.0)])
    paths: dict[Hand, Path] = {"left": path, "right": aside}
    tracks = {hand: track(hand, time_s, one(time_s), "fingertips") for hand, one in paths.items()}
    free = read_window(window(tracks, Past.none(0.0)), PROTOCOL)
    guided = read_window(window(tracks, Past.none(0.0), Step(EARS, 0.0)), PROTOCOL)
    assert free.segments == guided.segments == ()
    assert free.unconfirmed is not None
    assert free.unconfirmed.segment_id == EARS
    assert guided.unconfirmed is None


# ------------------------------------------------------------------ strokes by one hand of two
def stroked(
    start_s: float, name: str = "shoulder_stroke", hand: Hand = "left", fit: float = 0.95, whole: bool = True
) -> Candidate:
    span = Span(start_s, start_s + 3.0)
    done = Repetition(span, hand, whole, fit=fit)
    return Candidate(PROTOCOL.rank[name], span, WRONG_HANDS_WORTH * fit, frozenset((hand,)), done)


TWO = stroked(2.0), stroked(5.2)


def read(*known: Candidate, after: tuple[SegmentMatch, ...] = (), at_s: float = 9.0) -> SegmentMatch | None:
    return single_hand_strokes(sorted(known, key=lambda c: c.span.start_s), after, PROTOCOL, at_s)


def test_two_good_strokes_by_one_hand_are_known_before_the_third() -> None:
    match = read(*TWO)
    assert match is not None
    assert (match.segment_id, match.span, len(match.whole)) == ("shoulder_stroke", Span(2.0, 8.2), 2)
    three = read(*TWO, stroked(8.4), at_s=12.0)
    assert three is not None
    assert len(three.whole) == 3


@pytest.mark.parametrize(
    "known",
    [
        (TWO[0],),
        (TWO[0], stroked(5.2, hand="right")),
        (TWO[0], stroked(13.0)),  # too late to be of the same
        (TWO[0], stroked(5.2, fit=SINGLE_HAND_STROKE_FIT - 0.01)),
        (TWO[0], stroked(5.2, whole=False)),
        (stroked(2.0, "neck_stroke", "right"), stroked(5.2, "neck_stroke", "right")),  # it asks for no other hand
        (stroked(2.0, "heart"), stroked(5.2, "heart")),  # which "Love" is as well
        (*TWO, replace(TWO[1], rank=0)),  # as good a neck stroke
    ],
)
def test_what_is_no_run_of_them_may_be_anything(known: tuple[Candidate, ...]) -> None:
    assert read(*known, at_s=18.0) is None


@pytest.mark.parametrize(
    "other",
    [
        replace(TWO[1], rank=0, doubted=True),
        replace(TWO[1], rank=0, fit=TWO[1].fit - 0.01),
        replace(TWO[1], rank=0, span=Span(7.0, 9.0)),  # amid the way back
    ],
)
def test_what_is_less_like_another_step_hides_none(other: Candidate) -> None:
    assert read(*TWO, other) == read(*TWO)


def test_a_stroke_that_may_still_go_on_does_not_count() -> None:
    assert read(*TWO, at_s=8.2 + SINGLE_HAND_OVER_S - 0.01) is None
    assert read(*TWO, at_s=8.2 + SINGLE_HAND_OVER_S + 0.01) is not None


def test_strokes_come_after_what_was_surely_found() -> None:
    before = strokes("neck_stroke", 0.0, 2, 2.0)
    found_before = replace(before, span=Span(0.0, 5.0), confidence=0.6)
    assert read(*TWO, after=(found_before,)) is None
    assert read(*TWO, after=(replace(found_before, confidence=READ_BY_CHANCE - 0.01),)) is not None
    assert read(*TWO, after=(replace(found_before, span=Span(0.0, 1.9)),)) is not None


def test_free_practice_asks_for_the_other_hand_after_two_strokes() -> None:
    """Before a tracker that saw one hand stroke and the other one lie."""
    path = np.array(PROTOCOL.segment("shoulder_stroke").path)
    outer, inner = ((1.0 - x, y) for x, y in path.tolist())
    time_s = frames(8.6, 15.0)
    moving = shuttling(outer, inner, times=2, out_s=2.0, back_s=1.2)(time_s)
    tracks: dict[Hand, HandTrack] = {
        "left": track("left", time_s, moving, "fingers"),
        "right": track("right", time_s, np.tile((0.72, 0.6), (len(time_s), 1)), "fingers"),
    }
    now = read_window(window(tracks, Past.none(0.0)), PROTOCOL)
    assert now.segments == ()
    assert now.unconfirmed is not None
    assert (now.unconfirmed.segment_id, len(now.unconfirmed.whole)) == ("shoulder_stroke", 2)
    at = Unguided(PROTOCOL).newest(now, None)
    assert at is not None
    assert [h.key for h in free_practice_hints(at, now, PROTOCOL)] == ["hint_both_hands"]
    asked = Practised(PROTOCOL.segment("neck_points"), 0.0)  # the coach has not seen that she is past it
    while_asked = read_window(window(tracks, Past.none(0.0), asked.step), PROTOCOL)
    asked.read(while_asked, PROTOCOL, ())
    assert asked.progress.other == while_asked.unconfirmed == now.unconfirmed
    assert "hint_both_hands" in [h.key for h in guided_hints(asked, while_asked, PROTOCOL)]


@pytest.mark.parametrize(
    ("step", "since_s", "noticed"),
    [
        ("neck_points", 0.0, True),
        ("neck_stroke", 0.0, True),  # two steps before
        ("shoulder_points", 0.0, False),  # she was asked for a later one
        ("shoulder_stroke", 0.0, False),  # for this one
        ("neck_points", 2.6, False),  # the first of them was before that
    ],
)
def test_one_hand_s_strokes_are_the_next_step_s_where_that_is_soon_in_turn(
    step: str, since_s: float, noticed: bool
) -> None:
    lone = read(*TWO)
    now = replace(reading(9.0, step, ()), unconfirmed=lone, step=Step(step, since_s))
    assert (progress(now, Step(step, since_s), PROTOCOL).other is lone) is noticed
    assert progress(now, Step(step, since_s), PROTOCOL, (Span(4.0, 6.0),)).other is None  # a pause


def test_one_hand_s_strokes_that_are_the_step_s_own_are_no_other() -> None:
    lone = read(*TWO)
    own = [stroked(2.0 + 3.2 * k, "neck_stroke", "right") for k in range(2)]
    now = replace(reading(9.0, "neck_stroke", ()), unconfirmed=lone, since=tuple(replace(c, fit=0.9) for c in own))
    found = progress(now, Step("neck_stroke", 0.0), PROTOCOL)
    assert (len(found.whole), found.other) == (2, None)


def test_for_one_hand_s_strokes_no_step_is_asked_for_first_before_two_readings_tell_of_them() -> None:
    at, lone = Practised(PROTOCOL.segment("neck_points"), 0.0), read(*TWO)
    told = []
    for at_s in (9.0, 9.4):
        now = replace(reading(at_s, "neck_points", ()), unconfirmed=lone)
        at.read(now, PROTOCOL, ())
        told.append("hint_step_first" in [h.key for h in guided_hints(at, now, PROTOCOL)])
    assert told == [False, True]
