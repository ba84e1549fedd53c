"""What is said about presses, from frames and from readings made by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from coach.domain import HANDS, Hand, Hold, Repetition, SegmentMatch, Span
from coach.moves.candidate import Candidate
from coach.score.evidence import Sight
from coach.tutor import Command, Reading, Tutor
from coach.tutor.practised import Practised, recognised
from coach.tutor.pressing import passed_over, pressing
from coach.tutor.progress import SURE
from coach.tutor.window import Step
from coach.tutor.wishes import wishes
from tests.fakes.hands import Path, staying, visiting
from tests.tutor import seen
from tests.tutor.readings import CLEAR, PROTOCOL, hidden, hold, keys, reading, strokes

EAR: dict[Hand, tuple[float, float]] = {"left": (0.42, -0.25), "right": (0.58, -0.25)}
AWAY: tuple[float, float] = (0.5, 0.75)


def step(
    name: str, at_s: float, holds: Sequence[Hold] = (), *others: SegmentMatch, hands: dict[Hand, Path] | None = None
) -> Practised:
    """A step that began at 0 s, as it is known at a time."""
    out = Practised(PROTOCOL.segment(name), 0.0, fresh=True)
    for seeing in seen.pressing(hands or dict.fromkeys(HANDS, staying(AWAY)), at_s):
        out.see(seeing)
    out.read(reading(at_s, name, holds, *others), PROTOCOL, ())
    return out


def said(at: Practised, now_s: float) -> list[tuple[str, object]]:
    return keys(list(pressing(at, now_s)))


_GRIP = PROTOCOL.segment("shoulder_c_grip").hold
assert _GRIP is not None
GRIP = _GRIP
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


def test_a_hand_that_was_at_a_later_point_only_may_have_rested_there_before_it_begins() -> None:
    for pressed, told in ((("6",), []), (("3",), ["6"]), (("6", "8"), ["3"])):
        own = by_left(*(hold(point, 1.0 + 4.0 * k, 4.0 + 4.0 * k) for k, point in enumerate(pressed)))
        assert [point for _, point in said(step("scapula_left_points", 16.0, own), 16.0)] == told


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


@pytest.mark.parametrize(("start_s", "told"), [(5.0, set()), (9.5, {"ear_right"})])
def test_a_rest_between_two_strokes_of_another_step_is_no_press(start_s: float, told: set[str]) -> None:
    two = [Repetition(Span(begin, begin + 3.0), "right") for begin in (2.0, 6.0)]
    stroked = SegmentMatch("neck_stroke", Span(2.0, 9.0), 0.9, tuple(two))
    at = step("neck_points", 14.0, [hold("ear_right", start_s, start_s + 1.0)], stroked)
    assert at.pressed == told


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
    own = [hold("hollow_left", 5.0, 8.0, 0.04), hold("hollow_right", 5.0, 8.0, 0.04)]
    if first is not None:
        own.append(hold("hollow_right", *first))
    now = reading(10.0, "shoulder_points", own)
    at = Practised(PROTOCOL.segment("shoulder_points"), 0.0, fresh=True, beyond=GRIP.points)
    at.read(replace(now, since=(*now.since, later)), PROTOCOL, ())
    assert at.points() == (points if points or first is None else ("hollow_right",))


@pytest.mark.parametrize(("confidence", "points"), [(0.5, ("hollow_left", "hollow_right")), (0.3, ("hollow_left",))])
def test_a_press_nearer_to_the_next_step_s_point_is_this_step_s_where_the_whole_reading_is_sure(
    confidence: float, points: tuple[str, ...]
) -> None:
    """It knows how far the hands are apart."""
    own = [hold("hollow_left", 5.0, 8.0, 0.02), hold("hollow_right", 5.0, 8.0, 0.04)]
    match = SegmentMatch("shoulder_points", Span(5.0, 8.0), confidence, holds=tuple(own))
    now = reading(10.0, "shoulder_points", [hold("hollow_left", 1.0, 1.5), *own], match)
    at = Practised(PROTOCOL.segment("shoulder_points"), 0.0, fresh=True, beyond=GRIP.points)
    right = replace(c_grip(5.0, 8.0, 0.01), holds=(hold("c_right", 5.0, 8.0, 0.01),))
    at.read(replace(now, since=(*now.since, right)), PROTOCOL, ())
    assert at.points() == points


def at_the_grip() -> Practised:
    """At 8 s both hands press for the next step; the left one has pressed nothing before, by the frames."""
    at = Practised(PROTOCOL.segment("shoulder_points"), 0.0, fresh=True, beyond=GRIP.points)
    hands: dict[Hand, Path] = {
        "left": visiting([(AWAY, 5.0), ((0.245, -0.02), 9.0)]),
        "right": visiting([(AWAY, 0.5), ((0.71, -0.02), 3.0), ((0.755, -0.02), 9.0)]),
    }
    for seeing in seen.pressing(hands, 8.0):
        at.see(seeing)
    return at


def test_a_point_left_out_is_told_when_the_hands_press_for_the_next_step() -> None:
    """The reading still takes their press for one of this step's."""
    at = at_the_grip()
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
    at = Practised(PROTOCOL.segment("shoulder_points"), 0.0, fresh=True, beyond=GRIP.points)
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


def test_a_point_that_was_perhaps_pressed_too_far_beside_is_not_called_missing() -> None:
    """As the checklist does not rate it: the tracker sees some fingers an eighth of the back beside what they press."""
    name, far = "scapula_left_points", by_left(hold("6", 5.0, 8.0, 0.13))

    def told(at_s: float, *pressed: Hold) -> list[tuple[str, object]]:
        at = Practised(PROTOCOL.segment(name), 0.0, fresh=True)
        at.read(reading(at_s, name, pressed), PROTOCOL, ())
        return wished(at, reading(at_s, name, pressed))

    first, last = by_left(ONE, hold("8", 9.0, 12.0))
    assert told(12.5, first, last)[0] == ("hint_point_first", "6")
    assert told(12.5, first, *far, last) == []
    assert told(8.5, first, *far) == []  # it goes on
    assert told(10.0, first, *far) == []  # the last point has its time
    assert told(12.0, first, *far) == [("hint_missing_point", "8")]
    assert told(16.0, *by_left(hold("6", -5.0, -2.0, 0.13)), first) == [("hint_missing_point", "6")]  # before it began
    assert told(16.0, first, *by_left(hold("6", 5.0, 5.9, 0.13))) == [("hint_missing_point", "6")]  # a halt on the way


# ------------------------------------------------------------------ passed over
def test_a_point_passed_over_is_told_while_the_next_is_pressed_whatever_is_hidden_since() -> None:
    name = "scapula_left_points"
    holds = by_left(hold("3", 1.0, 4.0), hold("8", 5.0, 8.5))
    first = {("hint_point_first", "6")}

    def told(sight: Sight, *pressed: Hold) -> set[tuple[str, object]]:
        at = Practised(PROTOCOL.segment(name), 0.0, fresh=True)
        now = replace(reading(11.5, name, pressed), sight=sight)
        at.read(now, PROTOCOL, ())
        return {w for w in wished(at, now) if w[0] == "hint_point_first"}

    assert told(CLEAR, *holds) == first
    assert told(hidden("left", Span(8.5, 11.5)), *holds) == first
    assert told(hidden("left", Span(3.7, 5.0)), *holds) == set()  # it may have been pressed then
    assert told(CLEAR, holds[0], *by_left(hold("6", 4.2, 4.9)), holds[1]) == set()  # pressed, though too shortly
    assert told(CLEAR, holds[0], *by_left(hold("8", 5.0, 6.0))) == set()  # not long enough to count
    rests = Practised(PROTOCOL.segment(name), 0.0, fresh=True)
    rests.read(reading(9.0, name, holds[1:]), PROTOCOL, ())
    assert passed_over(rests) is None  # before it begins


# ------------------------------------------------------------------ the step before, and the next
def test_a_press_that_goes_on_is_no_press_of_this_step_where_the_hands_are_at_the_next() -> None:
    """What the reading still takes for this step's ended before the hands went on, or is theirs there."""
    at = at_the_grip()
    for end_s, known in ((8.0, False), (7.4, True)):
        going = hold("hollow_left", 6.0, end_s)
        at.read(reading(8.0, "shoulder_points", [going]), PROTOCOL, ())
        assert (going in at.read_pressed) is known
        assert (("hint_hold_longer", "hollow_left") in said(at, 8.0)) is known
        assert ("hollow_left" in at.pressed) is known


def test_a_press_that_the_reading_gives_to_the_step_before_is_not_this_ones() -> None:
    own = [hold("c_left", 2.0, 5.5), hold("c_right", 2.0, 5.5)]
    hollows = tuple(hold(f"hollow_{side}", 2.0, 5.5, 0.01) for side in HANDS)
    for confidence, points in ((0.3, ("c_left", "c_right")), (0.6, ())):
        before = SegmentMatch("shoulder_points", Span(2.0, 5.5), confidence, holds=hollows)
        at = Practised(PROTOCOL.segment("shoulder_c_grip"), 1.0, fresh=True)
        at.read(reading(8.0, "shoulder_c_grip", own, before), PROTOCOL, ())
        assert at.points() == points


@pytest.mark.parametrize(("confidence", "pressed"), [(0.3, {"c_left", "c_right"}), (0.6, {"c_left"})])
def test_what_the_frames_show_of_the_step_before_s_press_is_none_of_this_ones(
    confidence: float, pressed: set[str]
) -> None:
    """Both hollows; the right hand there is near the grip's place too. Then the left hand takes the grip."""
    before = SegmentMatch(
        "shoulder_points", Span(1.0, 5.0), confidence, holds=tuple(hold(f"hollow_{h}", 1.0, 5.0) for h in HANDS)
    )
    hands: dict[Hand, Path] = {
        "left": visiting([(AWAY, 6.0), ((0.245, -0.02), 3.5), (AWAY, 4.0)]),
        "right": visiting([(AWAY, 1.0), ((0.74, -0.02), 4.0), (AWAY, 9.0)]),
    }
    own = [hold("c_left", 6.5, 9.5)]
    at = step("shoulder_c_grip", 14.0, own, before, hands=hands)
    assert at.pressed == pressed
    assert set(at.points()) == pressed
    left_out = [] if confidence < SURE else [("hint_missing_point", "c_right")]
    assert said(at, 14.0) == left_out


@pytest.mark.parametrize(
    ("nearer", "told"),
    [
        (0.02, []),  # to nine o'clock than to eight, back units
        (0.06, [("hint_point_instead", "8")]),
    ],
)
def test_a_press_hardly_nearer_to_a_neighbour_is_not_called_wrong(nearer: float, told: list[tuple[str, str]]) -> None:
    rule = PROTOCOL.segment("scapula_left_points").hold
    assert rule is not None
    (eight,), (nine,) = (
        [p.at for p in points if p.id == name] for points, name in ((rule.points, "8"), (rule.confusable, "9"))
    )
    apart = ((eight[0] - nine[0]) ** 2 + (eight[1] - nine[1]) ** 2) ** 0.5
    share = 0.5 + nearer / (2.0 * apart)
    between = eight[0] + share * (nine[0] - eight[0]), eight[1] + share * (nine[1] - eight[1])
    before = [hold(point, start_s, start_s + 3.0) for point, start_s in (("3", 1.0), ("6", 5.0))]
    hands: dict[Hand, Path] = {"left": visiting([(AWAY, 9.0), (between, 4.0)]), "right": staying(AWAY)}
    at = step("scapula_left_points", 12.5, by_left(*before), hands=hands)
    assert at.holding is not None
    assert [p.point for p in at.holding.running] == ["9" if told else "8"]
    assert said(at, 12.5) == told


def test_a_press_that_may_be_of_the_point_that_is_asked_for_is_taken_for_it() -> None:
    for perhaps, points in (("", ("3", "6")), ("8", ("3", "6", "8"))):
        last = replace(hold("9", 9.0, 12.0), perhaps=perhaps)
        own = by_left(hold("3", 1.0, 4.0), hold("6", 5.0, 8.0), last)
        assert step("scapula_left_points", 15.0, own).points() == points
        free = recognised(
            SegmentMatch("scapula_left_points", Span(1.0, 12.0), 0.9, holds=tuple(own)),
            PROTOCOL.segment("scapula_left_points"),
            15.0,
        )
        assert free.points() == points


def test_a_hand_that_rests_at_the_edge_of_a_point_does_not_end_the_step() -> None:
    """However long: only the reading knows whether it pressed there."""
    for beside, points in ((0.03, ("ear_left", "ear_right")), (0.16, ("ear_left",))):
        place = EAR["right"][0], EAR["right"][1] + beside
        hands: dict[Hand, Path] = {"left": staying(AWAY), "right": visiting([(AWAY, 1.0), (place, 9.0)])}
        assert step("neck_points", 9.0, [hold("ear_left", 1.0, 4.0)], hands=hands).points() == points


def test_the_coach_goes_on_with_the_hands_and_tells_of_the_short_press_before() -> None:
    name = "shoulder_points"
    tutor = Tutor(PROTOCOL, "guided", {})
    tutor.command(Command("start"), 0.0)
    for _ in range(PROTOCOL.rank[name]):
        tutor.command(Command("next"), 0.0)
    hands: dict[Hand, Path] = {
        "left": visiting([(AWAY, 4.0), ((0.29, -0.02), 0.9), ((0.245, -0.02), 9.0)]),
        "right": visiting([(AWAY, 4.0), ((0.71, -0.02), 0.9), ((0.755, -0.02), 9.0)]),
    }
    for seeing in seen.pressing(hands, 8.5):
        tutor.see(seeing)
    holds = [replace(hold(f"hollow_{side}", 4.8, 5.7), hand=side) for side in HANDS]
    tutor.read(replace(reading(8.5, name, holds), step=Step(name, 0.0)))
    assert tutor.state.step is not None
    assert tutor.state.hint is not None
    assert (tutor.state.step.segment, tutor.state.hint.key) == ("shoulder_c_grip", "hint_hold_longer")
