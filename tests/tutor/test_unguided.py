"""Free practice and exam: what is done is recognised, and told by the readings alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import pytest

from coach.domain import HANDS, Hold, ItemScore, Reason, Repetition, SegmentMatch, Span
from coach.tutor import Command, Hint, Tutor, WindowReading
from coach.tutor.free_practice_hints import free_practice_hints
from coach.tutor.practised import recognised
from coach.tutor.state import Seeing
from coach.tutor.unguided import sure
from coach.tutor.window import Past
from tests.tutor.readings import CLEAR, PROTOCOL, hidden, hold, keys, reading, strokes


def free(name: str, now_s: float, *holds: Hold) -> list[tuple[str, object]]:
    match = SegmentMatch(name, Span(holds[0].span.start_s, holds[-1].span.end_s), 0.9, holds=holds)
    now = reading(now_s, name, (), match)
    return keys(list(free_practice_hints(recognised(match, PROTOCOL.segment(name), now_s), now, PROTOCOL)))


HOURS = "scapula_left_points"


def test_free_practice_tells_a_short_press_and_one_left_out() -> None:
    assert free(HOURS, 6.0, hold("3", 1.0, 4.0), hold("6", 4.5, 5.5)) == []  # it may go on
    assert free(HOURS, 7.5, hold("3", 1.0, 4.0), hold("6", 4.5, 5.5)) == [("hint_hold_longer", "6")]
    assert free(HOURS, 11.0, hold("3", 1.0, 4.0), hold("6", 4.5, 7.5)) == [("hint_missing_point", "8")]


def test_free_practice_tells_a_wrong_point_and_one_before_its_turn() -> None:
    assert free(HOURS, 6.5, hold("3", 1.0, 4.0), hold("12", 4.5, 6.4)) == [("hint_point_instead", "6")]
    assert free(HOURS, 6.5, hold("3", 1.0, 4.0), hold("8", 4.5, 6.4)) == [("hint_point_first", "6")]
    assert free(HOURS, 6.5, hold("3", 1.0, 4.0), hold("6", 4.5, 6.4)) == []


def test_free_practice_says_nothing_of_a_point_that_was_perhaps_pressed_too_far_beside() -> None:
    one, last = hold("3", 1.0, 4.0), hold("8", 8.0, 11.0)
    assert free(HOURS, 16.0, one, last)[0] == ("hint_point_first", "6")
    assert free(HOURS, 16.0, one, hold("6", 4.5, 7.5, 0.13), last) == []
    assert free(HOURS, 16.0, one, hold("6", 4.5, 5.8, 0.13), last) == []


def test_free_practice_has_nothing_to_say_when_every_point_was_pressed() -> None:
    assert free(HOURS, 20.0, hold("3", 1.0, 4.0), hold("6", 4.5, 7.5), hold("8", 8.0, 11.0)) == []


@pytest.mark.parametrize("ended_s", [5.0, 9.9])
def test_what_is_done_already_counts_while_it_goes_on(ended_s: float) -> None:
    match = SegmentMatch(HOURS, Span(1.0, ended_s), 0.9, holds=(hold("3", 1.0, ended_s),))
    assert recognised(match, PROTOCOL.segment(HOURS), 10.0).known.points() == ("3",)


def test_free_practice_takes_a_short_press_amid_strokes_for_a_rest() -> None:
    name, holds = "shoulder_points", (hold("hollow_left", 16.0, 16.9), hold("hollow_right", 16.0, 16.9))

    def told(count: int, confidence: float, gap_s: float = 0.0) -> list[str]:
        before = strokes("shoulder_stroke", 16.0 - 3.0 * count - gap_s, count)
        match = SegmentMatch(name, Span(16.0, 16.9), confidence, holds=holds)
        now = reading(19.0, name, (), before, match)
        return [h.key for h in free_practice_hints(recognised(match, PROTOCOL.segment(name), 19.0), now, PROTOCOL)]

    assert told(4, 0.24) == []
    assert told(5, 0.24) == ["hint_hold_longer"]  # all strokes are done
    assert told(2, 0.24, gap_s=3.9) == []
    assert told(2, 0.24, gap_s=4.1) == ["hint_hold_longer"]  # a further one would be over
    assert told(4, 0.6) == ["hint_hold_longer"]


SHORT = tuple(hold(f"hollow_{side}", 2.0, 3.1) for side in ("left", "right"))
PRESSED = SegmentMatch("shoulder_points", Span(2.0, 3.1), 0.25, holds=SHORT)
GRIPPED = SegmentMatch(
    "shoulder_c_grip", Span(4.5, 5.7), 0.2, holds=tuple(hold(f"c_{side}", 4.5, 5.7) for side in ("left", "right"))
)


def test_a_short_press_with_which_she_began_is_told_once_the_next_one_has_begun() -> None:
    """The next one may still be no more than a rest: that says nothing against the first."""
    now = reading(5.8, "shoulder_points", (), PRESSED, GRIPPED)
    assert sure(now, PROTOCOL) == (PRESSED,)
    assert keys(
        list(free_practice_hints(recognised(PRESSED, PROTOCOL.segment("shoulder_points"), 5.8), now, PROTOCOL))
    ) == [("hint_hold_longer", "hollow_left")]
    before = strokes("shoulder_stroke", 0.0, 1, 1.5)  # amid which it may have been a rest itself
    now = reading(5.8, "shoulder_points", (), before, PRESSED, GRIPPED)
    assert list(free_practice_hints(recognised(PRESSED, PROTOCOL.segment("shoulder_points"), 5.8), now, PROTOCOL)) == []


def test_a_short_press_that_was_read_before_is_told_by_the_first_reading_that_is_sure_of_it() -> None:
    """The next one may lose it again."""

    def shown(*before: WindowReading) -> Hint | None:
        tutor = Tutor(PROTOCOL, "free")
        tutor.command(Command("start"), 0.0)
        for now in (*before, reading(5.8, "shoulder_points", (), PRESSED, GRIPPED)):
            tutor.see(Seeing(now.at_s, {"left": (0.0, 0.0), "right": (0.5, 0.0)}))
            tutor.read(now)
        return tutor.state.hint

    told = shown(reading(5.4, "shoulder_points", (), PRESSED))
    assert told is not None
    assert keys([told]) == [("hint_hold_longer", "hollow_left")]
    assert shown(reading(5.4, "shoulder_points", ())) is None
    assert shown(reading(5.4, "shoulder_points", (), replace(PRESSED, segment_id="shoulder_c_grip"))) is None


@pytest.mark.parametrize(
    ("doubted", "told"), [(None, "ear_left"), ("ear_left", "ear_right"), ("ear_right", "ear_left")]
)
def test_a_short_press_by_both_hands_is_told_once_of_the_hand_that_is_sure(doubted: str | None, told: str) -> None:
    short = (hold(f"ear_{side}", 12.0, 13.0) for side in ("left", "right"))
    holds = tuple(replace(h, perhaps_s=2.5 if h.point == doubted else 0.0) for h in short)  # by its palm
    match = SegmentMatch("neck_points", Span(12.0, 13.0), 0.9, holds=holds)
    hints = free_practice_hints(
        recognised(match, PROTOCOL.segment("neck_points"), 15.0), reading(15.0, "neck_points", (), match), PROTOCOL
    )
    assert [point for key, point in keys(list(hints)) if key == "hint_hold_longer"] == [told]


@pytest.mark.parametrize(("at_s", "named"), [(19.9, False), (20.1, True)])
def test_free_practice_names_no_short_press_while_a_further_stroke_may_be_under_way(at_s: float, named: bool) -> None:
    """As many strokes as are asked for are done; a hand that has halted at their end may go on all the same."""
    holds = tuple(hold(f"c_{side}", 16.2, 16.9) for side in HANDS)
    match = SegmentMatch("shoulder_c_grip", Span(16.2, 16.9), 0.24, holds=holds)
    now = reading(at_s, "shoulder_c_grip", (), strokes("shoulder_stroke", 1.0, 5), match)
    assert (match in sure(now, PROTOCOL)) is named
    both = tuple(hold(f"hollow_{side}", 12.0, 15.0) for side in HANDS)
    pressed = SegmentMatch("shoulder_points", Span(12.0, 15.0), 0.8, holds=both)
    assert match in sure(reading(at_s, "shoulder_c_grip", (), pressed, match), PROTOCOL)  # no stroke goes on


def item(segment: str, points: Literal[0, 1, 2] | None, key: str, **values: int | str) -> ItemScore:
    scored: Literal["scored", "not_visible"] = "not_visible" if points is None else "scored"
    return ItemScore(f"{segment}.count", segment, "count", points, 2, scored, (), Reason(key, values))


@pytest.mark.parametrize(
    ("done", "scored", "told"),
    [
        (2, item("neck_stroke", 1, "count_few", count=3, low=5, high=6), ["hint_more_before"]),
        (1, item("neck_stroke", 1, "count_few", count=3, low=5, high=6), []),  # perhaps it was on its way
        (2, item("neck_stroke", None, "not_visible", unseen_s=3), []),
        (2, item("neck_stroke", 2, "count_right", count=5, low=5, high=6), []),
        (2, item("neck_stroke", 1, "hold_missing", point="x"), ["hint_missing_point"]),
        (2, item("heart", 1, "count_few", count=3, low=5, high=6), []),  # not the one before
    ],
)
def test_free_practice_tells_what_is_missing_of_the_step_before(done: int, scored: ItemScore, told: list[str]) -> None:
    before, match = strokes("neck_stroke", 1.0, 3), strokes("shoulder_stroke", 12.0, done)
    now_s = match.span.end_s + 0.5
    now = replace(reading(now_s, "shoulder_stroke", (), before, match), items=(scored,))
    at = recognised(match, PROTOCOL.segment("shoulder_stroke"), now_s)
    hints = list(free_practice_hints(at, now, PROTOCOL))
    assert [h.key for h in hints] == told
    assert all(h.segment == "neck_stroke" for h in hints)


def test_free_practice_tells_what_is_missing_of_the_step_before_though_hands_are_hidden_now() -> None:
    """The checklist has looked at what was hidden while that was done."""
    before, match = strokes("neck_stroke", 1.0, 3), strokes("shoulder_stroke", 12.0, 2)
    few = item("neck_stroke", 1, "count_few", count=3, low=5, high=6)
    now = replace(
        reading(18.5, "shoulder_stroke", (), before, match), items=(few,), sight=hidden("left", Span(12.0, 18.0))
    )
    hints = free_practice_hints(recognised(match, PROTOCOL.segment("shoulder_stroke"), 18.5), now, PROTOCOL)
    assert [h.key for h in hints] == ["hint_more_before"]


@pytest.mark.parametrize(("confidence", "told"), [(0.09, []), (0.11, ["hint_hold_longer"])])
def test_free_practice_says_nothing_of_a_step_before_that_was_hardly_read(confidence: float, told: list[str]) -> None:
    holds = tuple(hold(f"ear_{side}", 1.0, 1.9) for side in ("left", "right"))
    before = SegmentMatch("neck_points", Span(1.0, 1.9), confidence, holds=holds)
    match = strokes("shoulder_stroke", 3.0, 2)
    short = item("neck_points", 1, "hold_short", point="ear_left", held_s=1, needed_s=2)
    now = replace(reading(9.5, "shoulder_stroke", (), before, match), items=(short,))
    hints = free_practice_hints(recognised(match, PROTOCOL.segment("shoulder_stroke"), 9.5), now, PROTOCOL)
    assert [h.key for h in hints] == told


@pytest.mark.parametrize(
    ("confidence", "lasts_s", "told"), [(0.31, 2.1, True), (0.29, 2.1, False), (0.31, 1.9, False), (0.41, 1.9, False)]
)
def test_one_long_press_in_its_turn_is_enough_to_tell_what_is_missing_of_the_step_before(
    confidence: float, lasts_s: float, told: bool
) -> None:
    before = strokes("shoulder_stroke", 1.0, 3)
    pressed = hold("hollow_right", 14.0, 14.0 + lasts_s)
    match = SegmentMatch("shoulder_points", pressed.span, confidence, holds=(pressed,))
    few = item("shoulder_stroke", 1, "count_few", count=3, low=5, high=6)
    now = replace(reading(16.4, "shoulder_points", [pressed], before, match), items=(few,))
    hints = free_practice_hints(recognised(match, PROTOCOL.segment("shoulder_points"), 16.4), now, PROTOCOL)
    assert ("hint_more_before" in [h.key for h in hints]) is told


@pytest.mark.parametrize(
    ("confidence", "sides", "heard"),
    [
        (0.11, ("left", "right"), ["hint_more_before", "hint_hold_longer"]),
        (0.09, ("left", "right"), []),
        (0.11, ("left",), ["hint_missing_point"]),
    ],
)
def test_a_short_press_by_both_hands_where_they_do_not_rest_ends_the_step_before(
    confidence: float, sides: tuple[str, ...], heard: list[str]
) -> None:
    holds = tuple(hold(f"ear_{side}", 11.5, 12.4) for side in sides)
    match = SegmentMatch("neck_points", Span(11.5, 12.4), confidence, holds=holds)
    few = item("neck_stroke", 1, "count_few", count=3, low=5, high=6)
    now = replace(reading(14.2, "neck_points", holds, strokes("neck_stroke", 1.0, 3), match), items=(few,))
    hints = free_practice_hints(recognised(match, PROTOCOL.segment("neck_points"), 14.2), now, PROTOCOL)
    assert [h.key for h in hints] == heard


def test_short_presses_of_several_points_amid_circles_are_no_rest() -> None:
    def heard(*points: str) -> list[str]:
        holds = tuple(hold(p, 20.0 + 2.0 * k, 20.8 + 2.0 * k) for k, p in enumerate(points))
        match = SegmentMatch("scapula_right_points", Span(20.0, holds[-1].span.end_s), 0.34, holds=holds)
        at_s = match.span.end_s + 1.5
        now = reading(at_s, match.segment_id, (), strokes("scapula_right_circles", 7.0, 3), match)
        at = recognised(match, PROTOCOL.segment(match.segment_id), at_s)
        return [hint.key for hint in free_practice_hints(at, now, PROTOCOL)]

    assert "hint_hold_longer" in heard("9", "6")
    assert "hint_hold_longer" not in heard("9")
    assert "hint_hold_longer" not in heard("9", "9")


def test_free_practice_asks_for_more_once_there_comes_no_further_one() -> None:
    match = strokes("heart", 1.0, 3)
    at = recognised(match, PROTOCOL.segment("heart"), 20.0)
    told = {
        now_s: [h.key for h in free_practice_hints(at, reading(now_s, "heart", (), match), PROTOCOL)]
        for now_s in (12.0, 20.0)
    }
    assert told == {12.0: [], 20.0: ["hint_more"]}


def test_free_practice_says_nothing_of_a_stroke_that_goes_on() -> None:
    """Twice broken off at half its length, or not over yet."""
    whole, going = (
        Repetition(Span(1.0, 7.0), "both", reach=0.9),
        Repetition(Span(9.0, 12.0), "both", reach=0.4),
    )
    match = SegmentMatch("spine_circles", Span(1.0, 12.0), 0.8, (whole, going))
    at = recognised(match, PROTOCOL.segment("spine_circles"), 12.0)
    told = [
        [h.key for h in free_practice_hints(at, reading(s, "spine_circles", (), match), PROTOCOL)] for s in (12.2, 13.5)
    ]
    assert told == [[], ["hint_to_the_end"]]


def test_free_practice_tells_what_was_broken_off() -> None:
    match = strokes("spine_strokes", 1.0, 4)
    at = recognised(match, PROTOCOL.segment("spine_strokes"), 14.0)
    plain = reading(14.0, "spine_strokes", (), match)
    broken = WindowReading(14.0, (match,), (), CLEAR, Past.none(0.0), broken=(Span(7.0, 9.0),))
    assert "hint_whole" not in [h.key for h in free_practice_hints(at, plain, PROTOCOL)]
    assert "hint_whole" in [h.key for h in free_practice_hints(at, broken, PROTOCOL)]


@pytest.mark.parametrize(
    ("confidence", "lasts_s", "count", "named"),
    [
        (0.11, 0.5, 5, True),
        (0.09, 0.5, 5, False),  # read by chance
        (0.09, 2.1, 5, True),  # it is long
        (0.11, 0.5, 3, False),  # amid strokes that are not done yet
    ],
)
def test_a_moment_s_press_that_was_hardly_read_is_not_named(
    confidence: float, lasts_s: float, count: int, named: bool
) -> None:
    holds = tuple(hold(f"c_{side}", 21.0, 21.0 + lasts_s) for side in ("left", "right"))
    match = SegmentMatch("shoulder_c_grip", holds[0].span, confidence, holds=holds)
    now = reading(25.0, "shoulder_c_grip", (), strokes("shoulder_stroke", 20.5 - 3.0 * count, count), match)
    assert (match in sure(now, PROTOCOL)) is named


@pytest.mark.parametrize(
    ("before", "points", "confidence", "named"),
    [
        ("heart", ("hollow_left", "hollow_right"), 0.54, False),  # back to the shoulders
        ("heart", ("hollow_left", "hollow_right"), 0.61, True),
        ("neck_stroke", ("hollow_left", "hollow_right"), 0.54, False),  # three steps on
        ("neck_points", ("hollow_left", "hollow_right"), 0.3, True),
        ("shoulder_points", ("hollow_left", "hollow_right"), 0.3, True),  # once more
        ("shoulder_c_grip", ("hollow_left", "hollow_right"), 0.54, False),
        ("heart", ("3", "6"), 0.3, True),  # one after the other: no rest
        (None, ("hollow_left", "hollow_right"), 0.3, True),
    ],
)
def test_hands_that_wait_between_two_steps_press_nothing(
    before: str | None, points: tuple[str, ...], confidence: float, named: bool
) -> None:
    name = HOURS if "3" in points else "shoulder_points"
    apart_s = 4.0 if "3" in points else 0.0
    holds = tuple(hold(p, 20.0 + apart_s * k, 23.0 + apart_s * k) for k, p in enumerate(points))
    match = SegmentMatch(name, Span(20.0, holds[-1].span.end_s), confidence, holds=holds)
    found = (match,) if before is None else (strokes(before, 1.0, 6), match)
    now = reading(28.0, name, (), *found)
    assert (match in sure(now, PROTOCOL)) is named
    assert match in sure(reading(33.0, name, (), *found, strokes("love", 28.0, 2)), PROTOCOL)  # what follows tells
