"""How far a step is, from candidates made by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coach.domain import Hands, Repetition, SegmentMatch, Span
from coach.moves.candidate import Candidate
from coach.parse.segments import as_match
from coach.tutor import WindowReading
from coach.tutor.faults import faults
from coach.tutor.free_practice_hints import free_practice_hints
from coach.tutor.practised import recognised
from coach.tutor.progress import progress
from coach.tutor.repetitions import chain, over
from coach.tutor.window import Past, Step
from tests.tutor.made import CLEAR, PROTOCOL, made, reading, several


def counted(at_s: float, candidates: list[Candidate], name: str = "heart") -> int:
    given = reading(at_s, candidates, name=name)
    return progress(given, Step(name, 9.0), PROTOCOL).count(PROTOCOL.segment(name))


def test_whole_repetitions_are_counted_as_they_end() -> None:
    done = several("heart", 5)
    assert [counted(at_s, [c for c in done if c.span.start_s < at_s]) for at_s in (12.9, 13.5, 18.2, 40.0)] == [
        0,
        1,
        2,
        5,
    ]


def test_one_that_goes_on_is_not_counted_yet() -> None:
    running = made("heart", 14.5, 1.4)
    assert counted(15.95, [*several("heart", 1), running]) == 1


@pytest.mark.parametrize(("reach", "count"), [(1.0, 2), (0.95, 1)])
def test_a_circle_counts_once_it_is_round_though_the_hand_goes_on(reach: float, count: int) -> None:
    """While a hand circles, the newest circle often ends now."""
    before, newest = (
        made("scapula_left_circles", at_s, 2.0, "left", reach=r) for at_s, r in ((10.0, 1.0), (12.0, reach))
    )
    assert counted(14.0, [before, newest], "scapula_left_circles") == count
    assert counted(14.4, [before, newest], "scapula_left_circles") == 2


@pytest.mark.parametrize(("reach", "ago_s", "count"), [(0.78, 0.4, 3), (0.74, 0.4, 2), (0.74, 1.0, 3), (0.78, 0.2, 2)])
def test_a_pass_that_came_as_far_as_those_before_counts_at_once(reach: float, ago_s: float, count: int) -> None:
    """The small circles of a pass halt it; one that is as long as usual does not go on after that."""
    done = [made("spine_circles", 10.0 + 5.0 * k, 4.0, reach=0.8) for k in range(2)]
    newest = made("spine_circles", 20.0, 4.0, reach=reach)
    assert counted(24.0 + ago_s, [*done, newest], "spine_circles") == count


@pytest.mark.parametrize("reach", [0.9, 0.7])
def test_what_is_like_the_others_counts_as_it_will_on_the_sheet(reach: float) -> None:
    """One that seems broken off, and came as far as she usually does: the sheet counts it."""
    done = several("heart", 5)
    short = made("heart", done[2].span.start_s, reach=reach)
    assert short.repetition
    done[2] = replace(short, repetition=replace(short.repetition, whole=False))
    sheet = as_match(done, PROTOCOL.segment("heart"))
    assert counted(40.0, done) == len(sheet.whole) == (5 if reach > 0.8 else 4)


def test_what_is_hardly_a_pass_does_not_tell_how_far_they_usually_go() -> None:
    """Two short movements of the hands on their way."""
    done = [
        made("spine_circles", 10.0, 4.0, reach=0.8),
        *(made("spine_circles", t, 2.0, fit=0.3, reach=0.4) for t in (15.0, 17.0)),
    ]
    newest = made("spine_circles", 20.0, 4.0, reach=0.5)
    assert [counted(at_s, [*done, newest], "spine_circles") for at_s in (24.5, 25.0)] == [1, 2]


def test_what_was_done_in_a_pause_does_not_tell_how_far_passes_usually_go() -> None:
    short = [made("spine_circles", t, 2.0, reach=0.4) for t in (12.0, 15.0)]
    newest = made("spine_circles", 20.0, 4.0, reach=0.45)
    given = reading(24.5, [*short, newest], name="spine_circles")
    found = [
        progress(given, Step("spine_circles", 9.0), PROTOCOL, pauses).count(PROTOCOL.segment("spine_circles"))
        for pauses in ((), (Span(11.0, 18.0),))
    ]
    assert found == [3, 0]


@pytest.mark.parametrize(("reach", "known"), [(1.0, 2), (0.9, 1)])
def test_a_segment_that_was_read_has_its_newest_circle_too_once_it_is_round(reach: float, known: int) -> None:
    turns = [Repetition(Span(10.0 + 2.0 * k, 12.0 + 2.0 * k), "left", reach=r) for k, r in enumerate((1.0, reach))]
    match = SegmentMatch("scapula_left_circles", Span(10.0, 14.0), 0.8, tuple(turns))
    assert len(over(match, PROTOCOL.segment("scapula_left_circles"), 14.1).repetitions) == known


def test_the_first_pass_counts_once_it_surely_does_not_go_on() -> None:
    first = [made("spine_circles", 10.0, 4.0, reach=0.8)]
    assert [counted(at_s, first, "spine_circles") for at_s in (14.8, 15.0)] == [0, 1]


def test_the_way_to_its_place_is_no_first_repetition() -> None:
    assert counted(30.0, [made("heart", 9.2, fit=0.4)]) == 0
    assert counted(40.0, [made("heart", 9.2, 0.7, fit=0.35), *several("heart", 4)]) == 4


@pytest.mark.parametrize(("hand", "fit", "count"), [("right", 0.52, 2), ("left", 0.52, 1), ("right", 0.49, 1)])
def test_what_is_much_like_a_good_one_by_the_same_hand_counts_too(hand: Hands, fit: float, count: int) -> None:
    """A heart by one hand alone is never worth much; the first was just good enough."""
    assert counted(20.0, [made("heart", 10.0, hand="right", fit=0.6), made("heart", 15.0, hand=hand, fit=fit)]) == count


@pytest.mark.parametrize(
    ("name", "fit", "count"), [("shoulder_stroke", 0.35, 2), ("shoulder_stroke", 0.34, 0), ("heart", 0.5, 0)]
)
def test_strokes_by_one_hand_of_two_count_where_they_are_well_drawn_but_for_that(
    name: str, fit: float, count: int
) -> None:
    """At best such a candidate fits 0.62; one that fits 0.35 is drawn as well as one of both hands that fits 0.56."""
    alone = [made(name, 10.0 + 5.0 * k, hand="left", fit=fit) for k in range(2)]
    assert counted(30.0, alone, name) == count
    assert counted(30.0, several(name, 2, fit=0.54), name) == 0
    assert counted(60.0, [*several(name, 4), made(name, 30.0, hand="left", fit=fit)], name) == 4  # on its way


def test_two_readings_of_one_motion_are_one() -> None:
    assert counted(30.0, [made("heart", 10.0, 3.0), made("heart", 10.4, 2.9, fit=0.8)]) == 1


def test_in_turn_the_smaller_side_counts() -> None:
    halves = [made("love", 10.0 + 2.5 * k, 2.0, "right" if k % 2 == 0 else "left") for k in range(7)]
    assert counted(40.0, halves, "love") == 3


@pytest.mark.parametrize(("worst", "count"), [(0.48, 5), (0.3, 4)])
def test_in_turn_a_hand_that_is_seen_worse_than_the_other_is_compared_with_itself(worst: float, count: int) -> None:
    """The hand that the camera sees aslant never fits as well as the other: what it draws counts all the same."""
    fits = [0.63, 1.0, 0.67, 1.0, 0.52, 1.0, worst, 1.0, 0.65, 1.0]
    halves = [made("love", 10.0 + 2.5 * k, 2.0, "left" if k % 2 else "right", fit) for k, fit in enumerate(fits)]
    assert counted(40.0, halves, "love") == count


def test_halves_drawn_by_both_hands_at_once_are_counted_though_the_hands_are_wrong() -> None:
    """At best such a candidate fits 0.62: its hands are not those that are asked for."""
    at_once = [made("love", 10.0 + 4.0 * k, fit=0.5) for k in range(2)]
    assert counted(30.0, at_once, "love") == 2
    assert counted(30.0, several("heart", 2, fit=0.5), "heart") == 0
    assert counted(30.0, [made("love", 10.0 + 4.0 * k, hand="right", fit=0.5) for k in range(2)], "love") == 0


def test_the_best_chain_is_the_one_worth_most() -> None:
    long, short = made("heart", 10.0, 6.0, fit=0.5), [made("heart", 10.0), made("heart", 14.0)]
    assert chain(sorted([long, *short], key=lambda c: c.span.start_s)) == short


def test_once_more_of_the_step_before_is_not_the_first_of_this_one() -> None:
    more = [made("spine_strokes", 10.0, 1.5, fit=0.95), made("heart", 10.0, 1.5, fit=0.7)]
    assert counted(30.0, more) == 0
    assert counted(30.0, more[1:]) == 1


def test_what_one_hand_draws_after_both_is_the_step_in_turn() -> None:
    halves = [made("heart", 21.0 + 2.5 * k, 2.0, "right" if k % 2 else "left", 0.6) for k in range(4)]
    assert counted(40.0, [*several("heart", 2), *halves]) == 2
    assert counted(40.0, halves) == 4


def test_what_was_done_in_a_pause_does_not_count() -> None:
    given = reading(40.0, several("heart", 4))
    assert len(progress(given, Step("heart", 9.0), PROTOCOL, [Span(9.0, 18.0)]).whole) == 2


# ------------------------------------------------------------------ what the newest repetitions are short of
def hints(name: str, done: list[Candidate], at_s: float = 60.0) -> list[str]:
    given = progress(reading(at_s, done, name=name), Step(name, 9.0), PROTOCOL)
    assert given.match is not None
    return [h.key for h in faults(given.match, PROTOCOL.segment(name), PROTOCOL, CLEAR, at_s)]


def test_right_repetitions_ask_for_no_hint() -> None:
    assert hints("heart", several("heart", 4)) == []
    assert hints("spine_strokes", several("spine_strokes", 4)) == []


@pytest.mark.parametrize(
    ("name", "of", "key"),
    [
        ("heart", {"lasts_s": 0.8, "every_s": 2.0}, "hint_slower"),
        ("heart", {"balance": 0.4}, "hint_same_size"),
        ("heart", {"sync": 0.4}, "hint_together"),
        ("spine_strokes", {"reach": 0.5}, "hint_to_the_end"),
    ],
)
def test_each_mistake_has_its_hint(name: str, of: dict[str, float], key: str) -> None:
    assert hints(name, several(name, 4, **of)) == [key]


@pytest.mark.parametrize("of", [{"sync": 0.595}, {"balance": 0.61}, {"sync": 0.545}, {"balance": 0.56}])
def test_what_is_not_plainly_uneven_is_told_after_four(of: dict[str, float]) -> None:
    """The tracker alone made even strokes that uneven, three times in a row."""
    key = "hint_together" if "sync" in of else "hint_same_size"
    assert [hints("heart", several("heart", count, **of)) for count in (3, 4)] == [[], [key]]
    plainly = dict.fromkeys(of, 0.5)
    assert hints("heart", several("heart", 2, **plainly)) == [key]
    of_three = [*several("heart", 1, **of), *several("heart", 3, **plainly)[1:]]
    assert [hints("heart", of_three[:count]) for count in (2, 3)] == [[], [key]]


@pytest.mark.parametrize(
    ("reaches", "told"),
    [
        ((0.66, 0.66), False),
        ((0.66, 0.66, 0.66), False),
        ((0.66, 0.66, 0.66, 0.66), True),
        ((0.66, 0.6), True),  # one is plainly short
        ((0.62, 0.62), True),
    ],
)
def test_strokes_that_are_barely_short_are_told_of_after_four(reaches: tuple[float, ...], told: bool) -> None:
    """They are whole from 0.7 on. The tracker alone made two that short, one after the other."""
    done = [made("spine_strokes", 10.0 + 4.5 * k, reach=reach) for k, reach in enumerate(reaches)]
    assert hints("spine_strokes", done) == (["hint_to_the_end"] if told else [])


@pytest.mark.parametrize(
    ("lasts_s", "told"),
    [
        ((2.8, 2.5, 2.65), False),
        ((2.5, 2.55), False),
        ((2.4, 2.45), True),  # plainly
        ((2.8, 2.5, 2.55), True),
        ((2.5, 2.55, 2.55), True),
    ],
)
def test_passes_that_are_barely_too_fast_are_told_of_after_three(lasts_s: tuple[float, ...], told: bool) -> None:
    """2.6 s are asked for, and a measured time is off by a tenth of a second."""
    done = [made("spine_circles", 10.0 + 4.5 * k, own_s) for k, own_s in enumerate(lasts_s)]
    assert hints("spine_circles", done) == (["hint_slower"] if told else [])


@pytest.mark.parametrize(
    ("fast", "one_hand", "told"),
    [([3], [3], False), ([3], [], True), ([2, 3], [2, 3], False), ([0, 1, 2, 3], [0, 1, 2, 3], True)],
)
def test_of_both_hands_those_by_both_tell_the_tempo(fast: list[int], one_hand: list[int], *, told: bool) -> None:
    """Passes of 3.0 s, and of 1.5 s, where 2.6 s are asked for."""
    done = [
        made("spine_circles", 10.0 + 4.5 * k, 1.5 if k in fast else 3.0, "right" if k in one_hand else "both")
        for k in range(4)
    ]
    segment = PROTOCOL.segment("spine_circles")
    heard = faults(as_match(done, segment), segment, PROTOCOL, CLEAR, 60.0)
    assert any(hint.key == "hint_slower" for hint in heard) is told


def test_hands_have_their_hints() -> None:
    assert hints("heart", [made("heart", 10.0 + 4.5 * k, hand="right") for k in range(3)]) == ["hint_both_hands"]
    assert hints("neck_stroke", [made("neck_stroke", 10.0 + 3.0 * k, 2.6, "left") for k in range(3)]) == [
        "hint_use_hand"
    ]
    assert hints("love", [made("love", 10.0 + 2.5 * k, 2.0, "right") for k in range(4)]) == ["hint_in_turn"]


def test_the_other_hand_at_another_time_is_to_come_together() -> None:
    passes = [made("spine_circles", 10.0 + 3.3 * k, 5.0, "left" if k % 2 else "right", 0.62) for k in range(5)]
    given = progress(reading(40.0, passes, name="spine_circles"), Step("spine_circles", 9.0), PROTOCOL)
    assert given.match is not None
    assert {r.hand for r in given.beside} == {"left"}
    segment = PROTOCOL.segment("spine_circles")
    assert [h.key for h in faults(given.match, segment, PROTOCOL, CLEAR, 40.0, given.beside)] == ["hint_together"]
    assert [h.key for h in faults(given.match, segment, PROTOCOL, CLEAR, 40.0)] == ["hint_both_hands"]


def test_both_hands_at_once_are_plain_after_two_where_turns_are_asked() -> None:
    assert hints("love", [made("love", 10.0 + 4.2 * k, 2.5) for k in range(2)]) == ["hint_in_turn"]
    assert hints("love", [made("love", 10.0 + 5.0 * k, 2.0, "right") for k in range(2)]) == []  # room for the other


def test_what_was_done_long_before_proves_nothing() -> None:
    fast = several("heart", 2, lasts_s=0.8, every_s=2.0)
    assert hints("heart", [*fast, made("heart", 40.0)]) == []


def test_a_single_repetition_proves_nothing() -> None:
    assert hints("heart", several("heart", 1, lasts_s=0.8)) == []


def test_only_the_newest_count() -> None:
    fast = several("heart", 3, lasts_s=0.8, every_s=2.0)
    slow = [made("heart", 18.0 + 4.5 * k) for k in range(4)]
    assert hints("heart", fast) == ["hint_slower"]
    assert hints("heart", [*fast, *slow]) == []


# ------------------------------------------------------------------ one hand alone, or not
def drawn(*hands: Hands) -> SegmentMatch:
    """Hearts of 3 s, one after the other from 10 s on."""
    done = tuple(Repetition(Span(10.0 + 4.5 * k, 13.0 + 4.5 * k), hand) for k, hand in enumerate(hands))
    return SegmentMatch("heart", Span(10.0, done[-1].span.end_s), 0.9, done)


@pytest.mark.parametrize(
    ("hands", "told"),
    [(("left", "left"), True), (("left", "both"), False), (("both", "left"), False), (("both", "left", "left"), True)],
)
def test_the_other_hand_is_asked_for_where_the_newest_two_are_by_one_alone(
    hands: tuple[Hands, ...], told: bool
) -> None:
    match = drawn(*hands)
    hints = faults(match, PROTOCOL.segment("heart"), PROTOCOL, CLEAR, match.span.end_s + 2.5)
    assert ("hint_both_hands" in [h.key for h in hints]) is told


@pytest.mark.parametrize(("late", "key"), [(False, "hint_both_hands"), (True, "hint_together")])
def test_free_practice_tells_a_hand_that_comes_late_from_one_that_does_nothing(late: bool, key: str) -> None:
    match = drawn("left", "left", "left")
    other = [made("heart", r.span.start_s + 1.5, hand="right") for r in match.repetitions] if late else []
    now_s = match.span.end_s + 2.5
    at = recognised(match, PROTOCOL.segment("heart"), now_s)
    now = WindowReading(now_s, (match,), (), CLEAR, Past.none(0.0), since=tuple(other))
    assert key in [h.key for h in free_practice_hints(at, now, PROTOCOL)]
