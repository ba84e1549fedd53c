"""What is said about presses, from frames and from readings made by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from coach.domain import HANDS, Hand, Hold, Repetition, SegmentMatch, Span
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


def test_free_practice_tells_what_was_broken_off() -> None:
    match = strokes("spine_strokes", 1.0, 4)
    at = recognised(match, PROTOCOL.segment("spine_strokes"), 14.0)
    plain = reading(14.0, "spine_strokes", (), match)
    broken = Reading(14.0, (match,), (), CLEAR, Past.none(0.0), broken=(Span(7.0, 9.0),))
    assert "hint_whole" not in [h.key for h in unasked(at, plain, PROTOCOL)]
    assert "hint_whole" in [h.key for h in unasked(at, broken, PROTOCOL)]
