"""Where the trainee is ahead of the coach: steps that were gone past, and those that may have been done unseen."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import pytest

from coach.domain import HANDS, Hand, Hold, ItemScore, Reason, SegmentMatch, Span
from coach.moves.candidate import Candidate
from coach.score.evidence import Visibility
from coach.tutor import Command, Hint, Tutor, WindowReading
from coach.tutor.course import Course
from coach.tutor.doubt import perhaps_done
from coach.tutor.guided_hints import guided_hints
from coach.tutor.practised import Practised
from coach.tutor.window import Past, Step
from tests.fakes.hands import Path, visiting
from tests.tutor import seen
from tests.tutor.made import several
from tests.tutor.presses import AWAY, GRIP, by_left
from tests.tutor.readings import CLEAR, PROTOCOL, hidden, hold, reading, strokes
from tests.tutor.strokes import given


def item(segment: str, key: str, points: Literal[0, 1, 2] | None = 1, **values: int | float | str) -> ItemScore:
    status: Literal["scored", "not_visible"] = "not_visible" if points is None else "scored"
    return ItemScore(f"{segment}.{key}", segment, "performed", points, 2, status, (), Reason(key, values))


# ------------------------------------------------------------------ what was gone past
@pytest.mark.parametrize(
    ("scored", "told"),
    [
        (item("shoulder_stroke", "count_few", count=2, low=5, high=6), "hint_more_before"),
        (item("shoulder_stroke", "hold_short", point="x", held_s=1.1, needed_s=2.0), "hint_hold_longer"),
        (item("shoulder_stroke", "hold_missing", point="x"), "hint_missing_point"),
        (item("shoulder_stroke", "order_points", seen="6, 3", expected="3, 6"), "hint_order"),
        (item("shoulder_stroke", "not_visible", None, unseen_s=3), ""),
        (item("neck_stroke", "count_few", count=2, low=5, high=6), ""),  # the coach was at that one
    ],
)
def test_what_is_missing_of_a_step_that_was_gone_past_is_told(scored: ItemScore, told: str) -> None:
    match = strokes("spine_strokes", 30.0, 2)
    at = Practised(PROTOCOL.segment("spine_strokes"), 29.0, skipped=("shoulder_stroke",))
    now = replace(given(match, 36.2), items=(scored,))
    at.read(now, PROTOCOL, ())
    hints = [h for h in guided_hints(at, now, PROTOCOL) if h.segment != "spine_strokes"]
    assert [h.key for h in hints] == ([told] if told else [])
    assert all(h.segment == "shoulder_stroke" for h in hints)


@pytest.mark.parametrize(
    ("scored", "at_s", "told"),
    [
        (item("shoulder_points", "hold_short", point="x", held_s=1.5, needed_s=2.0), 28.9, ["hint_hold_longer"]),
        (item("shoulder_points", "hold_short", point="x", held_s=1.5, needed_s=2.0), 29.1, []),  # long past
        (item("shoulder_points", "hold_short", point="x", held_s=1.9, needed_s=2.0), 28.9, []),  # perhaps not
        (item("shoulder_points", "hold_missing", point="x"), 28.9, []),  # the frames have told that, or know better
        (item("shoulder_stroke", "hold_short", point="x", held_s=1.5, needed_s=2.0), 28.9, []),  # not the one before
    ],
)
def test_a_press_that_was_too_short_after_all_is_told_in_the_next_step(
    scored: ItemScore, at_s: float, told: list[str]
) -> None:
    at = Practised(PROTOCOL.segment("shoulder_c_grip"), 24.0, left="shoulder_points")
    before = SegmentMatch(scored.segment_id or "", Span(22.0, 23.5), 0.9)
    now = replace(reading(at_s, "shoulder_c_grip", (), before), items=(scored,))
    at.read(now, PROTOCOL, ())
    assert [h.key for h in guided_hints(at, now, PROTOCOL)] == told


@pytest.mark.parametrize(("ended_s", "told"), [(27.8, ["hint_hold_longer"]), (28.0, []), (28.9, [])])
def test_a_press_of_the_step_before_that_goes_on_still_is_not_called_short(ended_s: float, told: list[str]) -> None:
    at = Practised(PROTOCOL.segment("shoulder_c_grip"), 26.0, left="shoulder_points")
    before = SegmentMatch("shoulder_points", Span(26.2, ended_s), 0.3)
    scored = item("shoulder_points", "hold_short", point="x", held_s=1.5, needed_s=2.0)
    now = replace(reading(28.9, "shoulder_c_grip", (), before), items=(scored,))
    at.read(now, PROTOCOL, ())
    assert [h.key for h in guided_hints(at, now, PROTOCOL)] == told


@pytest.mark.parametrize(
    ("fit", "sides", "told"),
    [
        (None, HANDS, True),
        (0.3, HANDS, True),
        (0.4, HANDS, False),  # near enough to what is asked for
        (0.4, HANDS[:1], True),  # one hand alone
    ],
)
def test_what_is_asked_for_is_not_asked_for_first_where_it_may_be_what_is_pressed(
    fit: float | None, sides: tuple[Hand, ...], told: bool
) -> None:
    """After a stroke both hands press and go on pressing, seemingly at the next step's points."""
    at = Practised(PROTOCOL.segment("shoulder_points"), 0.0, fresh=True, beyond=GRIP.points)
    hollows, hands = {"left": (0.29, -0.02), "right": (0.71, -0.02)}, dict[Hand, Path]()
    for point in GRIP.points:
        assert point.hand is not None
        hands[point.hand] = visiting([(AWAY, 1.0), (hollows[point.hand], 1.5), (point.at, 9.0)])
    for seeing in seen.pressing(hands, 8.0):
        at.see(seeing)
    span, before = Span(5.0, 7.9), strokes("shoulder_stroke", 0.0, 1, 4.0)
    other = SegmentMatch("shoulder_c_grip", span, 0.6, holds=tuple(Hold(f"c_{s}", span, s, 0.02) for s in HANDS))
    holds = tuple(Hold(f"hollow_{side}", span, side, 0.05) for side in sides)
    rank = PROTOCOL.rank["shoulder_points"]
    since = () if fit is None else (Candidate(rank, span, fit, frozenset(sides), holds=holds),)
    keys = set[str]()
    for at_s in (7.9, 8.0):
        now = replace(reading(at_s, "shoulder_points", (), before, other), since=since)
        at.read(now, PROTOCOL, ())
        assert at.known.pressed == frozenset()
        keys |= {h.key for h in guided_hints(at, now, PROTOCOL)}
    assert ("hint_step_first" in keys) is told


@pytest.mark.parametrize(("at_s", "key"), [(16.4, "hint_more_before"), (17.4, "hint_more")])
def test_who_is_followed_is_told_what_the_step_before_lacked_and_not_to_go_on(at_s: float, key: str) -> None:
    """After three strokes a long press at the next step's point; the coach does not follow once it is over."""
    first, name = PROTOCOL.segments[0].id, "shoulder_stroke"
    tutor = Tutor(PROTOCOL, "guided")
    tutor.command(Command("start"), 0.0)
    for _ in range(PROTOCOL.rank[name] - PROTOCOL.rank[first]):
        tutor.command(Command("next"), 0.0)
    few, pressed = strokes(name, 1.0, 3), hold("hollow_right", 14.0, 16.2)
    later = SegmentMatch("shoulder_points", pressed.span, 0.35, holds=(pressed,))
    for time_s in (at_s - 0.4, at_s):
        tutor.read(given(few, time_s, CLEAR, later))
    at, hint = tutor._course.at, tutor.state.hint
    assert at is not None
    assert hint is not None
    assert (at.segment.id, hint.key) == ("shoulder_points" if key == "hint_more_before" else name, key)
    if key == "hint_more_before":
        assert hint.values == {"segment": name, "count": 3, "low": 5}


def test_the_coach_knows_which_press_it_has_left() -> None:
    course = Course(PROTOCOL.segments)
    rank = PROTOCOL.rank
    assert course.go(rank["shoulder_stroke"], 0.0, joined=True).left == ""
    assert course.go(rank["shoulder_points"], 9.0, joined=True).left == ""  # no press
    assert course.go(rank["shoulder_c_grip"], 15.0, joined=True).left == "shoulder_points"
    assert course.go(rank["shoulder_c_grip"], 20.0, joined=True).left == ""
    assert course.go(rank["scapula_left_circles"], 25.0, joined=False).left == ""  # a command


def test_the_coach_knows_which_steps_were_gone_past() -> None:
    tutor = Tutor(PROTOCOL, "guided")
    tutor.command(Command("start"), 0.0)
    love = strokes("love", 1.0, 4)
    for at_s in (14.0, 14.4, 14.8):
        tutor.read(WindowReading(at_s, (love,), (), CLEAR, Past.none(0.0), Step("neck_stroke", 0.0)))
    at = tutor._course.at
    assert at is not None
    assert at.segment.id == "love"
    assert at.skipped == tuple(s.id for s in PROTOCOL.segments[1 : PROTOCOL.rank["love"]])


def led_to_love() -> Tutor:
    """Asked for the first step, a trainee seems to draw the last one."""
    tutor = Tutor(PROTOCOL, "guided")
    tutor.command(Command("start"), 0.0)
    for at_s in (14.0, 14.4, 14.8):
        tutor.read(WindowReading(at_s, (strokes("love", 1.0, 4),), (), CLEAR, Past.none(0.0), Step("neck_stroke", 0.0)))
    assert tutor.state.step is not None
    assert tutor.state.step.segment == "love"
    return tutor


def shown(tutor: Tutor, at_s: float, *found: SegmentMatch) -> tuple[str, str | None]:
    """The step, and the hint, after a reading of it."""
    at = tutor._course.at
    assert at is not None
    tutor.read(WindowReading(at_s, found, (), CLEAR, Past.none(0.0), at.step))
    state = tutor.state
    assert state.step is not None
    return state.step.segment, state.hint.key if state.hint is not None else None


def test_who_was_led_too_far_is_led_back_once_two_readings_tell_what_was_done_instead() -> None:
    tutor, circles = led_to_love(), strokes("scapula_left_circles", 2.0, 3)
    assert shown(tutor, 15.2, circles)[0] == "love"
    assert shown(tutor, 15.6, circles) == ("scapula_left_circles", None)
    at = tutor._course.at
    assert at is not None
    assert at.since_s == pytest.approx(1.7)
    assert at.skipped == tuple(s.id for s in PROTOCOL.segments[1 : PROTOCOL.rank["scapula_left_circles"]])


@pytest.mark.parametrize("doubted", [False, True])
def test_nothing_is_said_of_a_step_to_which_she_may_have_been_led_wrongly(doubted: bool) -> None:
    tutor, keys = led_to_love(), set[str]()
    at = tutor._course.at
    assert at is not None
    hasty = tuple(several("love", 4, 1.2, 0.9, fit=0.6))  # which explain whatever is read there
    for k in range(40):
        found = strokes(("heart", "scapula_left_circles")[k % 2] if doubted else "love", 10.0, 4, 1.2)
        tutor.see(seen.seeing(30.0 + 0.4 * k, hands=dict.fromkeys(HANDS, (0.5, 0.5))))
        tutor.read(WindowReading(30.0 + 0.4 * k, (found,), (), CLEAR, Past.none(0.0), at.step, since=hasty))
        hint = tutor.state.hint
        keys |= {hint.key} if hint is not None else set()
    assert ("hint_slower" in keys) is not doubted


def test_who_was_led_past_steps_rightly_stays() -> None:
    circles, love = strokes("scapula_left_circles", 2.0, 3), strokes("love", 1.0, 4)
    tutor = led_to_love()
    told = [(circles,), (love,), (circles,), (), (circles,), (strokes("heart", 2.0, 3),)]  # never the same twice
    assert {shown(tutor, 15.2 + 0.4 * k, *found)[0] for k, found in enumerate(told)} == {"love"}
    unsure = replace(circles, confidence=0.39)
    assert [shown(tutor, 18.0 + 0.4 * k, unsure)[0] for k in range(3)] == ["love"] * 3
    long_ago = strokes("neck_stroke", 0.0, 1, 0.5)
    assert [shown(tutor, 20.0 + 0.4 * k, long_ago)[0] for k in range(3)] == ["love"] * 3


def test_who_went_to_the_next_step_or_to_the_one_before_is_not_led_back() -> None:
    course = Course(PROTOCOL.segments)
    course.begin(PROTOCOL.segments)
    course.go(0, 0.0, joined=False)
    circles = strokes("scapula_left_circles", 12.0, 3)
    for index, back in ((1, None), (3, circles), (2, None), (0, circles)):
        course.follow(index, 10.0)
        told = [course.mistaken(reading(22.0, PROTOCOL.segments[index].id, (), circles)) for _ in range(2)]
        assert told == [None, back]


def test_who_is_led_back_has_left_no_press_of_the_wrong_step() -> None:
    course, circles = Course(PROTOCOL.segments), strokes("scapula_left_circles", 12.0, 3)
    course.begin(PROTOCOL.segments)
    course.go(0, 0.0, joined=False)
    points = PROTOCOL.rank["scapula_right_points"]
    course.follow(points, 10.0)
    assert [course.mistaken(reading(22.0, "scapula_right_points", (), circles)) for _ in range(2)][1] is circles
    course.back()
    at = course.follow(PROTOCOL.rank["scapula_left_circles"], 11.0)
    assert at.left == ""
    assert at.skipped == tuple(s.id for s in PROTOCOL.segments[1 : PROTOCOL.rank["scapula_left_circles"]])


def test_what_was_said_in_one_run_may_be_said_again_in_the_next() -> None:
    tutor, point = Tutor(PROTOCOL, "guided"), Hint("hint_missing_point", {"point": "3"}, "scapula_left_points")
    tutor.command(Command("start"), 0.0)
    for at_s, again, heard in ((0.0, False, True), (20.0, False, False), (40.0, True, True)):
        if again:
            tutor.command(Command("again", "neck_stroke"), at_s)
        tutor._voice.hide()
        tutor._voice.hear((point,), at_s, 0.0, ())
        assert (tutor._voice.hint is point) is heard


# ------------------------------------------------------------------ perhaps done unseen
def followed(perhaps: bool, count: int, lasts_s: float = 3.0) -> str | None:
    at, other = Practised(PROTOCOL.segment("spine_strokes"), 0.0), strokes("heart", 1.0, count, lasts_s)
    for _ in range(2):
        at.read(reading(11.0, "spine_strokes", (), other), PROTOCOL, ())
    gone_on = at.gone_on(11.0, perhaps_done=perhaps)
    return gone_on.segment_id if gone_on is not None else None


def test_two_repetitions_of_another_step_are_enough_where_this_one_may_have_been_done_unseen() -> None:
    assert [followed(perhaps, count) for perhaps in (False, True) for count in (2, 3)] == [None, *["heart"] * 3]


def test_of_slow_repetitions_two_are_enough_in_any_case() -> None:
    slow = [followed(False, count, lasts_s) for count, lasts_s in ((2, 4.9), (2, 5.0), (1, 5.0))]
    assert slow == [None, "heart", None]


def test_a_step_that_the_checklist_does_not_rate_may_have_been_done() -> None:
    at = Practised(PROTOCOL.segment("heart"), 0.0)
    for points in (0, 2, None):
        scored = (item("heart", "x", points), item("love", "x", None))
        assert perhaps_done(at, replace(reading(9.0, "heart", ()), items=scored)) == (points is None)


@pytest.mark.parametrize(("sight", "perhaps"), [(CLEAR, False), (hidden("left", Span(12.0, 18.0)), True)])
def test_strokes_may_have_gone_on_unseen(sight: Visibility, perhaps: bool) -> None:
    match = strokes("heart", 1.0, 3)
    at, now = Practised(PROTOCOL.segment("heart"), 0.0), given(match, 20.0, sight)
    assert not perhaps_done(at, now)  # nothing was done yet
    at.read(now, PROTOCOL, ())
    assert perhaps_done(at, now) == perhaps


@pytest.mark.parametrize(("sight", "perhaps"), [(CLEAR, False), (hidden("left", Span(9.0, 11.0)), True)])
def test_a_press_may_have_been_where_none_was_seen(sight: Visibility, perhaps: bool) -> None:
    name, holds = "scapula_left_points", by_left(hold("3", 1.0, 4.0), hold("6", 5.0, 8.0))
    match = SegmentMatch(name, Span(1.0, 8.0), 0.9, holds=tuple(holds))
    at, now = (
        Practised(PROTOCOL.segment(name), 0.0, fresh=True),
        replace(reading(12.0, name, holds, match), sight=sight),
    )
    at.read(now, PROTOCOL, ())
    assert perhaps_done(at, now) == perhaps


# ------------------------------------------------------------------ a short press, though something was hidden
@pytest.mark.parametrize(
    ("hand", "until_s", "told"),
    [("left", 17.0, True), ("right", 17.0, True), ("left", 19.4, True), ("right", 19.4, False)],
)
def test_a_short_press_is_told_whatever_was_hidden_before_unless_it_may_have_been_longer(
    hand: Hand, until_s: float, told: bool
) -> None:
    """The right hand presses from 20.0 to 21.0 s, the left one on; before, one was hidden from 14 s on."""
    holds = [
        replace(hold(f"hollow_{side}", 20.0, end_s), hand=side) for side, end_s in zip(HANDS, (23.0, 21.0), strict=True)
    ]
    at = Practised(PROTOCOL.segment("shoulder_points"), 13.0)
    now = replace(reading(25.0, "shoulder_points", holds), sight=hidden(hand, Span(14.0, until_s)))
    at.read(now, PROTOCOL, ())
    hints = [h.values["point"] for h in guided_hints(at, now, PROTOCOL) if h.key == "hint_hold_longer"]
    assert hints == (["hollow_right"] if told else [])


def test_a_press_that_was_long_enough_by_its_palm_is_not_called_short() -> None:
    for palm_s in (0.0, 2.5):
        holds = [replace(hold(f"hollow_{hand}", 20.0, 21.0), hand=hand, perhaps_s=palm_s) for hand in HANDS]
        at = Practised(PROTOCOL.segment("shoulder_points"), 13.0)
        now = reading(23.0, "shoulder_points", holds)
        at.read(now, PROTOCOL, ())
        assert ("hint_hold_longer" in [h.key for h in guided_hints(at, now, PROTOCOL)]) == (not palm_s)
