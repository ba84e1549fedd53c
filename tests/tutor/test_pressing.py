"""What is said about presses, from frames and from readings made by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import numpy as np
import pytest

from coach.domain import HANDS, Hand, Hold, ItemScore, Reason, Repetition, SegmentMatch, Span
from coach.moves.candidate import Candidate
from coach.score.evidence import Sight
from coach.tutor import Hint, Reading
from coach.tutor.practised import Practised, recognised
from coach.tutor.pressing import pressing
from coach.tutor.window import Past
from coach.tutor.wishes import unasked, wishes
from tests.fakes.hands import Path, staying, visiting
from tests.fakes.protocols import shipped
from tests.tutor import seen

PROTOCOL = shipped("oxytocin")
CLEAR = Sight(np.arange(0.0, 60.0, 0.05), {hand: np.ones(1200, dtype=np.bool_) for hand in HANDS})
EAR: dict[Hand, tuple[float, float]] = {"left": (0.42, -0.25), "right": (0.58, -0.25)}
AWAY: tuple[float, float] = (0.5, 0.75)


def hold(point: str, start_s: float, end_s: float, off: float = 0.02) -> Hold:
    return Hold(point, Span(start_s, end_s), "left" if point.endswith("left") else "right", off)


def reading(at_s: float, name: str, holds: Sequence[Hold], *others: SegmentMatch) -> Reading:
    rank = PROTOCOL.rank[name]
    own = tuple(Candidate(rank, h.span, 0.8, frozenset((h.hand,)), holds=(h,)) for h in holds)
    return Reading(at_s, others, (), CLEAR, Past.none(0.0), since=own)


def strokes(name: str, start_s: float, count: int, lasts_s: float = 3.0) -> SegmentMatch:
    done = [Repetition(Span(start_s + lasts_s * k, start_s + lasts_s * (k + 1)), "both") for k in range(count)]
    return SegmentMatch(name, Span(start_s, start_s + lasts_s * count), 0.9, tuple(done))


def step(
    name: str, at_s: float, holds: Sequence[Hold] = (), *others: SegmentMatch, hands: dict[Hand, Path] | None = None
) -> Practised:
    """A step that began at 0 s, as it is known at a time."""
    out = Practised(PROTOCOL.segment(name), 0.0, fresh=True)
    for seeing in seen.pressing(hands or dict.fromkeys(HANDS, staying(AWAY)), at_s):
        out.see(seeing)
    out.read(reading(at_s, name, holds, *others), PROTOCOL, ())
    return out


def keys(hints: Sequence[Hint]) -> list[tuple[str, object]]:
    return [(h.key, h.values.get("point")) for h in hints]


def said(at: Practised, now_s: float) -> list[tuple[str, object]]:
    return keys(list(pressing(at, now_s)))


LEFT_OUT = ("hint_missing_point", "ear_right")


# ------------------------------------------------------------------ left out
def test_a_side_left_out_is_told_once_the_other_hand_had_time_to_follow() -> None:
    long = [hold("ear_left", 1.0, 4.0)]
    assert said(step("neck_points", 5.4, long), 5.4) == []
    assert said(step("neck_points", 6.0, long), 6.0) == [LEFT_OUT]


def test_a_hand_that_rests_where_it_pressed_hides_nothing() -> None:
    long = [hold("ear_left", 1.0, 4.0)]
    hands: dict[Hand, Path] = {"left": visiting([(AWAY, 0.5), (EAR["left"], 8.0)]), "right": staying(AWAY)}
    at = step("neck_points", 7.0, long, hands=hands)
    assert at.holding is not None
    assert [p.point for p in at.holding.running] == ["ear_left"]
    assert said(at, 7.0) == [LEFT_OUT]


def test_a_hand_that_halts_at_the_edge_of_the_missing_point_hides_nothing() -> None:
    long = [hold("ear_left", 1.0, 4.0)]
    hands: dict[Hand, Path] = {"left": staying(AWAY), "right": visiting([(AWAY, 4.2), ((0.58, -0.09), 9.0)])}
    assert said(step("neck_points", 7.0, long, hands=hands), 7.0) == [LEFT_OUT]


def test_a_press_that_goes_on_is_waited_for() -> None:
    long = [hold("ear_left", 1.0, 4.0)]
    hands: dict[Hand, Path] = {"left": staying(AWAY), "right": visiting([(AWAY, 4.5), (EAR["right"], 4.0)])}
    assert said(step("neck_points", 6.5, long, hands=hands), 6.5) == []
    assert said(step("neck_points", 6.0, [*long, hold("ear_right", 5.2, 6.0, 0.17)]), 6.0) == []


def test_a_halt_at_the_edge_of_a_point_is_no_press_of_it() -> None:
    long = [hold("ear_left", 1.0, 4.0)]
    assert said(step("neck_points", 6.0, [*long, hold("ear_right", 1.0, 2.0, 0.17)]), 6.0) == [LEFT_OUT]
    assert said(step("neck_points", 6.0, [*long, hold("ear_right", 1.0, 4.0, 0.17)]), 6.0) == []  # long, so it counts


def test_a_hand_that_rests_while_the_other_does_the_next_step_presses_nothing() -> None:
    hands: dict[Hand, Path] = {"left": staying(AWAY), "right": visiting([(AWAY, 0.5), ((0.75, -0.02), 9.0)])}
    circles = strokes("scapula_left_circles", 2.0, 2)
    assert step("shoulder_c_grip", 8.0, hands=hands).pressed == {"c_right"}
    assert step("shoulder_c_grip", 8.0, (), circles, hands=hands).pressed == frozenset()


def c_grip(start_s: float, end_s: float, off: float = 0.02) -> Candidate:
    held = (hold("c_left", start_s, end_s, off), hold("c_right", start_s, end_s, off))
    rank = PROTOCOL.rank["shoulder_c_grip"]
    return Candidate(rank, Span(start_s, end_s), 0.8, frozenset(HANDS), holds=held)


@pytest.mark.parametrize(
    ("first", "later", "points"),
    [
        ((1.0, 3.6), c_grip(5.0, 8.0, 0.01), ()),  # one hollow was pressed, then both hands go on to the grip
        ((1.0, 3.6), c_grip(5.0, 8.0, 0.06), ("hollow_left", "hollow_right")),  # nearer to the hollows
        (None, c_grip(5.0, 8.0, 0.01), ("hollow_left", "hollow_right")),  # nothing was pressed before: a hollow, beside
    ],
)
def test_a_press_nearer_to_the_next_step_s_point_is_that_step_s_once_an_own_one_was_seen(
    first: tuple[float, float] | None, later: Candidate, points: tuple[str, ...]
) -> None:
    grip = PROTOCOL.segment("shoulder_c_grip").hold
    assert grip is not None
    own = [hold("hollow_left", 5.0, 8.0, 0.04), hold("hollow_right", 5.0, 8.0, 0.04)]
    if first is not None:
        own.append(hold("hollow_right", *first))
    now = reading(10.0, "shoulder_points", own)
    at = Practised(PROTOCOL.segment("shoulder_points"), 0.0, fresh=True, beyond=grip.points)
    at.read(replace(now, since=(*now.since, later)), PROTOCOL, ())
    assert at.points() == (points if points or first is None else ("hollow_right",))


@pytest.mark.parametrize(("confidence", "points"), [(0.5, ("hollow_left", "hollow_right")), (0.3, ("hollow_left",))])
def test_a_press_nearer_to_the_next_step_s_point_is_this_step_s_where_the_whole_reading_is_sure(
    confidence: float, points: tuple[str, ...]
) -> None:
    """It knows how far the hands are apart."""
    grip = PROTOCOL.segment("shoulder_c_grip").hold
    assert grip is not None
    own = [hold("hollow_left", 5.0, 8.0, 0.02), hold("hollow_right", 5.0, 8.0, 0.04)]
    match = SegmentMatch("shoulder_points", Span(5.0, 8.0), confidence, holds=tuple(own))
    now = reading(10.0, "shoulder_points", [hold("hollow_left", 1.0, 1.5), *own], match)
    at = Practised(PROTOCOL.segment("shoulder_points"), 0.0, fresh=True, beyond=grip.points)
    right = replace(c_grip(5.0, 8.0, 0.01), holds=(hold("c_right", 5.0, 8.0, 0.01),))
    at.read(replace(now, since=(*now.since, right)), PROTOCOL, ())
    assert at.points() == points


def test_a_point_left_out_is_told_when_the_hands_press_for_the_next_step() -> None:
    """The reading still takes their press for one of this step's."""
    grip = PROTOCOL.segment("shoulder_c_grip").hold
    assert grip is not None
    at = Practised(PROTOCOL.segment("shoulder_points"), 0.0, fresh=True, beyond=grip.points)
    hands: dict[Hand, Path] = {
        "left": visiting([(AWAY, 5.0), ((0.245, -0.02), 9.0)]),
        "right": visiting([(AWAY, 0.5), ((0.71, -0.02), 3.0), ((0.755, -0.02), 9.0)]),
    }
    for seeing in seen.pressing(hands, 8.0):
        at.see(seeing)
    at.read(reading(8.0, "shoulder_points", [hold("hollow_left", 6.5, 8.0, 0.03)]), PROTOCOL, ())
    assert at.holding is not None
    assert {p.point for p in at.holding.gone_on} == {"c_left", "c_right"}
    assert ("hint_missing_point", "hollow_left") in said(at, 8.0)


# ------------------------------------------------------------------ too short
def test_a_short_press_is_told_by_the_reading_though_the_frames_missed_it() -> None:
    both = [hold("ear_left", 1.0, 2.2), hold("ear_right", 1.0, 4.0)]
    assert said(step("neck_points", 3.5, both[:1]), 3.5) == [("hint_hold_longer", "ear_left")]
    assert said(step("neck_points", 6.5, both), 6.5) == [("hint_hold_longer", "ear_left")]


def test_a_press_that_was_perhaps_long_enough_is_not_called_short() -> None:
    assert said(step("neck_points", 4.5, [hold("ear_left", 1.0, 2.9)]), 4.5) == []


def test_a_press_that_goes_on_long_enough_by_the_reading_is_not_called_short() -> None:
    grip = PROTOCOL.segment("shoulder_c_grip").hold
    assert grip is not None
    at = Practised(PROTOCOL.segment("shoulder_points"), 0.0, fresh=True, beyond=grip.points)
    slid = [(AWAY, 0.5), ((0.71, -0.02), 0.9), ((0.755, -0.02), 9.0)]
    for seeing in seen.pressing({"right": visiting(slid), "left": staying(AWAY)}, 4.0):
        at.see(seeing)
    assert said(at, 4.0) == [("hint_hold_longer", "hollow_right"), ("hint_missing_point", "hollow_left")]
    at.read(reading(4.0, "shoulder_points", [hold("hollow_right", 1.2, 3.4)]), PROTOCOL, ())
    assert said(at, 4.0) == [("hint_missing_point", "hollow_left")]


def test_a_press_taken_up_again_for_long_enough_is_not_called_short() -> None:
    twice = [hold("ear_left", 1.0, 2.0), hold("ear_left", 2.5, 5.0), hold("ear_right", 2.5, 5.0)]
    assert said(step("neck_points", 7.0, twice), 7.0) == []


def test_where_strokes_turn_nothing_was_pressed() -> None:
    turn = [hold("c_left", 3.6, 4.4), hold("c_right", 3.6, 4.4)]
    assert said(step("shoulder_c_grip", 6.0, turn), 6.0) == [("hint_hold_longer", "c_right")]
    assert said(step("shoulder_c_grip", 6.0, turn, strokes("shoulder_stroke", 1.0, 2)), 6.0) == []


# ------------------------------------------------------------------ with the other wishes
def wished(at: Practised, now: Reading) -> list[tuple[str, object]]:
    return keys(list(wishes(at, now, PROTOCOL)))


def test_who_went_back_to_an_earlier_step_left_no_point_out() -> None:
    name, holds = "shoulder_c_grip", [hold("c_left", 1.0, 4.0)]
    back, on = strokes("shoulder_stroke", 5.0, 2), strokes("scapula_left_circles", 5.0, 2)
    assert wished(step(name, 11.5, holds, back), reading(11.5, name, holds, back)) == []
    missing = ("hint_missing_point", "c_right")
    assert wished(step(name, 11.5, holds, on), reading(11.5, name, holds, on)) == [missing]


def hidden(hand: Hand, *spans: Span) -> Sight:
    seen = {h: CLEAR.seen[h].copy() for h in HANDS}
    for span in spans:
        seen[hand][(CLEAR.time_s >= span.start_s) & (CLEAR.time_s < span.end_s)] = False
    return Sight(CLEAR.time_s, seen)


ONE, TWO = hold("3", 1.0, 4.0), hold("6", 5.0, 8.0)


def by_left(*holds: Hold) -> list[Hold]:
    return [replace(h, hand="left") for h in holds]


@pytest.mark.parametrize(
    ("sight", "told"),
    [
        (CLEAR, [("hint_missing_point", "8")]),
        (hidden("left", Span(9.0, 11.0)), []),  # the point may have been pressed then
        (hidden("left", Span(9.0, 9.8)), [("hint_missing_point", "8")]),  # too short for a press
        (hidden("right", Span(0.0, 30.0)), [("hint_missing_point", "8")]),  # the hand that presses is seen
    ],
)
def test_a_point_that_may_have_been_pressed_out_of_sight_is_not_called_missing(
    sight: Sight, told: list[tuple[str, object]]
) -> None:
    name, now_s = "scapula_left_points", 26.0
    later = strokes("scapula_right_circles", 14.0, 3)
    now = replace(reading(now_s, name, by_left(ONE, TWO), later), sight=sight)
    at = Practised(PROTOCOL.segment(name), 0.0, fresh=True)
    at.read(now, PROTOCOL, ())
    assert [w for w in wished(at, now) if w[0] == "hint_missing_point"] == told


@pytest.mark.parametrize(
    ("palm", "told"),
    [
        (None, [("hint_hold_longer", "6")]),
        (Span(5.0, 8.2), []),  # the fingers were seen badly: nobody knows how long, or where
        (Span(1.0, 4.1), [("hint_hold_longer", "6")]),  # of a press that is known to be long
        (Span(20.0, 25.0), [("hint_hold_longer", "6")]),
    ],
)
def test_a_press_whose_fingers_were_seen_badly_is_not_called_short(
    palm: Span | None, told: list[tuple[str, object]]
) -> None:
    name, now_s = "scapula_left_points", 8.5
    now = reading(now_s, name, by_left(ONE, hold("6", 5.0, 5.9)))
    now = replace(now, unsteady=() if palm is None else (("left", palm),))
    at = Practised(PROTOCOL.segment(name), 0.0, fresh=True)
    at.read(now, PROTOCOL, ())
    assert [w for w in wished(at, now) if w[0] in ("hint_hold_longer", "hint_missing_point")] == told


def test_a_hand_that_presses_where_it_had_rested_at_the_edge_before_presses_now() -> None:
    name, place = "scapula_left_points", (0.24, 0.4)
    hands: dict[Hand, Path] = {"left": visiting([(AWAY, 4.5), (place, 9.0)])}
    at = Practised(PROTOCOL.segment(name), 0.0, fresh=True)
    for seeing in seen.pressing(hands, 8.0):
        at.see(seeing)
    at.read(reading(8.0, name, by_left(hold("6", 0.0, 1.0, 0.03), hold("3", 1.5, 4.0))), PROTOCOL, ())
    assert ("hint_missing_point", "8") not in said(at, 8.0)
    at.read(reading(8.0, name, by_left(hold("6", -4.0, 1.0, 0.095), hold("3", 1.5, 4.0))), PROTOCOL, ())
    assert ("hint_missing_point", "8") not in said(at, 8.0)  # at the edge, and long
    at.read(reading(8.0, name, by_left(hold("6", -4.0, 1.0, 0.03), hold("3", 1.5, 4.0))), PROTOCOL, ())
    assert ("hint_missing_point", "8") in said(at, 8.0)  # it comes back to where it pressed, and rests


@pytest.mark.parametrize(("off", "told"), [(0.085, []), (0.095, [("hint_missing_point", "6")])])
def test_a_press_as_far_beside_as_the_tracker_errs_is_not_called_missing(
    off: float, told: list[tuple[str, object]]
) -> None:
    name = "scapula_left_points"
    at = Practised(PROTOCOL.segment(name), 0.0, fresh=True)
    at.read(reading(12.0, name, by_left(ONE, hold("6", 5.0, 5.9, off), hold("8", 6.5, 9.0))), PROTOCOL, ())
    assert [w for w in said(at, 12.0) if w[0] == "hint_missing_point"] == told


@pytest.mark.parametrize(
    ("sight", "told"),
    [
        (CLEAR, {"hint_slower"}),
        (hidden("left", Span(2.0, 4.0)), {"hint_slower"}),  # before the newest two
        (hidden("left", Span(8.0, 10.0)), set()),  # in one of them: it may be a half
    ],
)
def test_repetitions_that_were_seen_through_are_too_fast_whatever_was_hidden_before(
    sight: Sight, told: set[str]
) -> None:
    """From 1.0 to 10.0 s, six hearts."""
    match = strokes("heart", 1.0, 6, 1.5)
    rank = PROTOCOL.rank["heart"]
    own = tuple(Candidate(rank, r.span, 0.9, frozenset(HANDS), r) for r in match.repetitions)
    now = Reading(12.5, (match,), (), sight, Past.none(0.0), since=own)
    at = Practised(PROTOCOL.segment("heart"), 0.0)
    at.read(now, PROTOCOL, ())
    assert {h.key for h in wishes(at, now, PROTOCOL)} == told
    free = recognised(match, PROTOCOL.segment("heart"), 12.5)
    assert {h.key for h in unasked(free, now, PROTOCOL)} == told


# ------------------------------------------------------------------ free practice: by the readings alone
def free(name: str, now_s: float, *holds: Hold) -> list[tuple[str, object]]:
    match = SegmentMatch(name, Span(holds[0].span.start_s, holds[-1].span.end_s), 0.9, holds=holds)
    now = reading(now_s, name, (), match)
    return keys(list(unasked(recognised(match, PROTOCOL.segment(name), now_s), now, PROTOCOL)))


HOURS = "scapula_left_points"


def test_free_practice_tells_a_short_press_and_one_left_out() -> None:
    assert free(HOURS, 6.0, hold("3", 1.0, 4.0), hold("6", 4.5, 5.5)) == []  # it may go on
    assert free(HOURS, 7.5, hold("3", 1.0, 4.0), hold("6", 4.5, 5.5)) == [("hint_hold_longer", "6")]
    assert free(HOURS, 11.0, hold("3", 1.0, 4.0), hold("6", 4.5, 7.5)) == [("hint_missing_point", "8")]


def test_free_practice_tells_a_wrong_point_and_one_before_its_turn() -> None:
    assert free(HOURS, 6.5, hold("3", 1.0, 4.0), hold("12", 4.5, 6.4)) == [("hint_point_instead", "6")]
    assert free(HOURS, 6.5, hold("3", 1.0, 4.0), hold("8", 4.5, 6.4)) == [("hint_point_first", "6")]
    assert free(HOURS, 6.5, hold("3", 1.0, 4.0), hold("6", 4.5, 6.4)) == []


def test_free_practice_has_nothing_to_say_when_every_point_was_pressed() -> None:
    assert free(HOURS, 20.0, hold("3", 1.0, 4.0), hold("6", 4.5, 7.5), hold("8", 8.0, 11.0)) == []


@pytest.mark.parametrize("ended_s", [5.0, 9.9])
def test_what_is_done_already_counts_while_it_goes_on(ended_s: float) -> None:
    match = SegmentMatch(HOURS, Span(1.0, ended_s), 0.9, holds=(hold("3", 1.0, ended_s),))
    assert recognised(match, PROTOCOL.segment(HOURS), 10.0).points() == ("3",)


def test_free_practice_takes_a_short_press_amid_strokes_for_a_rest() -> None:
    name, holds = "shoulder_points", (hold("hollow_left", 16.0, 16.9), hold("hollow_right", 16.0, 16.9))

    def told(count: int, confidence: float) -> list[str]:
        before = strokes("shoulder_stroke", 16.0 - 3.0 * count, count)
        match = SegmentMatch(name, Span(16.0, 16.9), confidence, holds=holds)
        now = reading(19.0, name, (), before, match)
        return [h.key for h in unasked(recognised(match, PROTOCOL.segment(name), 19.0), now, PROTOCOL)]

    assert told(4, 0.24) == []
    assert told(5, 0.24) == ["hint_hold_longer"]  # all strokes are done
    assert told(4, 0.6) == ["hint_hold_longer"]


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
    hints = list(unasked(at, now, PROTOCOL))
    assert [h.key for h in hints] == told
    assert all(h.segment == "neck_stroke" for h in hints)


def test_free_practice_asks_for_more_once_there_comes_no_further_one() -> None:
    match = strokes("heart", 1.0, 3)
    at = recognised(match, PROTOCOL.segment("heart"), 20.0)
    told = {now_s: [h.key for h in unasked(at, reading(now_s, "heart", (), match), PROTOCOL)] for now_s in (12.0, 20.0)}
    assert told == {12.0: [], 20.0: ["hint_more"]}


def test_free_practice_says_nothing_of_a_stroke_that_goes_on() -> None:
    """Twice broken off at half its length, or not over yet."""
    whole, going = (
        Repetition(Span(1.0, 7.0), "both", reach=0.9),
        Repetition(Span(9.0, 12.0), "both", reach=0.4),
    )
    match = SegmentMatch("spine_circles", Span(1.0, 12.0), 0.8, (whole, going))
    at = recognised(match, PROTOCOL.segment("spine_circles"), 12.0)
    told = [[h.key for h in unasked(at, reading(s, "spine_circles", (), match), PROTOCOL)] for s in (12.2, 13.5)]
    assert told == [[], ["hint_to_the_end"]]


def test_free_practice_tells_what_was_broken_off() -> None:
    match = strokes("spine_strokes", 1.0, 4)
    at = recognised(match, PROTOCOL.segment("spine_strokes"), 14.0)
    plain = reading(14.0, "spine_strokes", (), match)
    broken = Reading(14.0, (match,), (), CLEAR, Past.none(0.0), broken=(Span(7.0, 9.0),))
    assert "hint_whole" not in [h.key for h in unasked(at, plain, PROTOCOL)]
    assert "hint_whole" in [h.key for h in unasked(at, broken, PROTOCOL)]
