"""Points left out, as the coach tells of them: from frames and from readings made by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import numpy as np
import pytest

from coach.domain import HANDS, Hand, Hold, ItemScore, Reason, Span
from coach.score.evidence import Visibility
from coach.tutor.practised import Practised
from coach.tutor.pressing import passed_over
from coach.tutor.state import At
from tests.fakes.hands import Path, staying, visiting
from tests.tutor import seen
from tests.tutor.presses import AWAY, EAR, GRIP, ONE, TWO, at_the_grip, by_left, said, step, wished
from tests.tutor.readings import CLEAR, PROTOCOL, hidden, hold, reading, strokes

LEFT_OUT = ("hint_missing_point", "ear_right")


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
    assert said(step("neck_points", 6.2, long, hands=hands), 6.2) == []  # it may still go to the point itself
    assert said(step("neck_points", 7.0, long, hands=hands), 7.0) == [LEFT_OUT]


def test_a_hand_that_has_left_the_back_hides_nothing() -> None:
    long, lost = [hold("hollow_left", 1.0, 4.0)], hidden("left", Span(4.2, 30.0))
    left = replace(lost, away={hand: ~lost.seen[hand] for hand in HANDS})
    told = [
        wished(step("shoulder_points", 7.0, long), replace(reading(7.0, "shoulder_points", long), sight=sight))
        for sight in (lost, left)
    ]
    assert told == [[], [("hint_missing_point", "hollow_right")]]


@pytest.mark.parametrize(
    ("hands", "until_s", "told"),
    [(HANDS, 2.9, True), (("left",), 2.9, True), (HANDS, 4.1, False)],
)
def test_what_was_hidden_before_one_hand_pressed_alone_hides_nothing(
    hands: tuple[Hand, ...], until_s: float, told: bool
) -> None:
    """One of two presses from 3 to 6 s; the hands came into sight shortly before."""
    long, lost = [hold("hollow_right", 3.0, 6.0)], hidden("left", Span(0.0, until_s))
    seen_ = {hand: lost.seen["left"] if hand in hands else CLEAR.seen[hand] for hand in HANDS}
    now = replace(reading(9.0, "shoulder_points", long), sight=replace(lost, seen=seen_))
    assert (("hint_missing_point", "hollow_left") in wished(step("shoulder_points", 9.0, long), now)) is told


def test_of_points_in_their_order_one_may_have_been_pressed_before_what_was_seen() -> None:
    own = by_left(hold("6", 5.0, 8.0), hold("8", 9.0, 12.0))
    for lost_s, told in ((0.0, True), (4.8, False)):
        now = replace(reading(15.2, "scapula_left_points", own), sight=hidden("left", Span(0.0, lost_s)))
        asked = wished(step("scapula_left_points", 15.2, own), now)
        assert (("hint_missing_point", "3") in asked) is told


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


def test_a_point_left_out_is_told_when_the_hands_press_for_the_next_step() -> None:
    """The reading still takes their press for one of this step's."""
    at = at_the_grip()
    at.read(reading(8.0, "shoulder_points", [hold("hollow_left", 6.5, 8.0, 0.03)]), PROTOCOL, ())
    assert at.holding is not None
    assert {p.point for p in at.holding.gone_on} == {"c_left", "c_right"}
    assert ("hint_missing_point", "hollow_left") in said(at, 8.0)


def test_the_next_step_does_not_begin_before_the_presses_of_this_one_were_over() -> None:
    """From the hollow to the grip a hand goes so slowly, and not far, that the frames take it for one press."""
    at = Practised(PROTOCOL.segment("shoulder_points"), 0.0, fresh=True, beyond=GRIP.points)
    for now_s in np.arange(0.0, 8.0, 1 / 15).tolist():
        gone = min(max((now_s - 3.0) / 1.5, 0.0), 1.0)
        places: dict[Hand, At] = {"left": (0.294 - 0.0275 * gone, -0.02), "right": (0.705 + 0.045 * gone, -0.02)}
        at.see(seen.seeing(now_s, hands=places))
    assert at.known.next_since_s is not None
    assert at.known.next_since_s < 2.0
    holds = [hold("hollow_left", 0.5, 3.1, 0.005), hold("hollow_right", 0.5, 3.3, 0.005)]
    at.read(reading(8.0, "shoulder_points", holds), PROTOCOL, ())
    assert at.known.next_since_s == 3.3


@pytest.mark.parametrize(
    ("own", "held_s", "begun"),
    [
        (False, 1.5, False),  # she strokes, and rests at the end
        (False, 2.1, True),
        (True, 1.0, False),
        (True, 1.5, True),
    ],
)
def test_the_next_step_begins_later_where_nothing_of_this_one_was_pressed(
    own: bool, held_s: float, begun: bool
) -> None:
    """What the frames took for a press of this one was a turn of the strokes before, where the reading knows those."""
    at = Practised(PROTOCOL.segment("shoulder_points"), 0.0, fresh=True, beyond=GRIP.points)
    hollows: dict[Hand, At] = {"left": (0.29, -0.02), "right": (0.71, -0.02)}
    hands: dict[Hand, Path] = {}
    for point in GRIP.points:
        assert point.hand is not None
        hands[point.hand] = visiting([(AWAY, 1.0), (hollows[point.hand], 1.5), (point.at, 9.0)])
    assert at.holding is not None
    before = [] if own else [strokes("shoulder_stroke", 0.0, 1, 4.0)]
    at.read(reading(4.1, "shoulder_points", (), *before), PROTOCOL, ())
    for seeing in seen.pressing(hands, 12.0):
        at.see(seeing)
        if at.holding.gone_on and max(p.held_s for p in at.holding.gone_on) >= held_s:
            break
    assert bool(at.known.pressed) is own
    assert (at.known.next_since_s is not None) is begun


def halted(known: bool, together: bool, lasts_s: float = 0.9) -> list[tuple[str, object]]:
    """The right hand, or both, at the hollow for a moment, by the frames.

    :param known: the reading tells of a press then
    """
    stops = [(AWAY, 0.5), ((0.71, -0.02), lasts_s), (AWAY, 9.0)]
    mirrored = [(AWAY, 0.5), ((0.29, -0.02), lasts_s), (AWAY, 9.0)]
    hands: dict[Hand, Path] = {"right": visiting(stops), "left": visiting(mirrored) if together else staying(AWAY)}
    return said(step("shoulder_points", 7.5, [hold("hollow_right", 1.3, 2.2)] if known else [], hands=hands), 7.5)


def test_a_halt_of_one_hand_that_the_readings_know_nothing_of_is_no_press() -> None:
    assert halted(known=False, together=False) == []
    assert ("hint_hold_longer", "hollow_right") in halted(known=True, together=False)
    assert "hint_hold_longer" in [key for key, _ in halted(known=False, together=True)]
    assert [key for key, _ in halted(known=False, together=False, lasts_s=2.4)] == ["hint_missing_point"]


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
    sight: Visibility, told: list[tuple[str, object]]
) -> None:
    name, now_s = "scapula_left_points", 26.0
    later = strokes("scapula_right_circles", 14.0, 3)
    now = replace(reading(now_s, name, by_left(ONE, TWO), later), sight=sight)
    at = Practised(PROTOCOL.segment(name), 0.0, fresh=True)
    at.read(now, PROTOCOL, ())
    assert [w for w in wished(at, now) if w[0] == "hint_missing_point"] == told


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("hold_unclear", False),
        ("hold_out_of_picture", False),
        ("out_of_picture", False),
        ("not_visible", True),
        ("hold_missing", True),
    ],
)
def test_a_point_that_the_checklist_takes_for_perhaps_pressed_is_not_called_missing(key: str, told: bool) -> None:
    name, now_s = "scapula_left_points", 26.0
    points: Literal[1] | None = 1 if key == "hold_missing" else None
    item = ItemScore(f"{name}.hold", name, "hold", points, 2, "scored", (), Reason(key, {"point": "8"}))
    other = replace(item, item_id="love.hold", segment_id="love", reason=Reason("hold_unclear", {"point": "8"}))
    now = replace(
        reading(now_s, name, by_left(ONE, TWO), strokes("scapula_right_circles", 14.0, 3)), items=(item, other)
    )
    at = Practised(PROTOCOL.segment(name), 0.0, fresh=True)
    at.read(now, PROTOCOL, ())
    assert (("hint_missing_point", "8") in wished(at, now)) is told


@pytest.mark.parametrize(
    ("kind", "points", "told"),
    [("performed", 2, True), ("performed", None, True), ("performed", 0, False), ("hold", 1, True), ("hold", 2, False)],
)
def test_no_point_is_called_missing_of_a_step_that_the_checklist_finds_not_done_or_all_pressed(
    kind: str, points: Literal[0, 1, 2] | None, told: bool
) -> None:
    """Hands that wipe rest at a point for a while, and it is no press."""
    name, now_s = "scapula_left_points", 26.0
    status: Literal["scored", "not_visible"] = "not_visible" if points is None else "scored"
    item = ItemScore(f"{name}.{kind}", name, kind, points, 2, status, (), Reason("x"))
    other = replace(item, item_id="love.x", segment_id="love", points=0, status="scored")
    now = replace(
        reading(now_s, name, by_left(ONE, TWO), strokes("scapula_right_circles", 14.0, 3)), items=(item, other)
    )
    at = Practised(PROTOCOL.segment(name), 0.0, fresh=True)
    at.read(now, PROTOCOL, ())
    assert (("hint_missing_point", "8") in wished(at, now)) is told


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


@pytest.mark.parametrize(("perhaps", "told"), [("", True), ("8", False)])
def test_a_point_is_not_called_missing_that_may_be_meant_by_a_neighbour_s_press(perhaps: str, told: bool) -> None:
    """A press so far beside that no reading takes it for one; eight is hardly farther than nine."""
    name = "scapula_left_points"
    now = reading(16.0, name, by_left(ONE, TWO))
    far = replace(by_left(hold("9", 9.0, 12.0, 0.085))[0], perhaps=perhaps)
    beside = replace(now.since[-1], fit=0.26, span=far.span, holds=(far,))
    at = Practised(PROTOCOL.segment(name), 0.0, fresh=True)
    at.read(replace(now, since=(*now.since, beside)), PROTOCOL, ())
    assert (("hint_missing_point", "8") in said(at, 16.0)) is told


def test_a_point_passed_over_is_told_while_the_next_is_pressed_whatever_is_hidden_since() -> None:
    name = "scapula_left_points"
    holds = by_left(hold("3", 1.0, 4.0), hold("8", 5.0, 8.5))
    first = {("hint_point_first", "6")}

    def told(sight: Visibility, *pressed: Hold) -> set[tuple[str, object]]:
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


def test_a_hand_that_rests_at_the_edge_of_a_point_does_not_end_the_step() -> None:
    """However long: only the reading knows whether it pressed there."""
    for beside, points in ((0.03, ("ear_left", "ear_right")), (0.16, ("ear_left",))):
        place = EAR["right"][0], EAR["right"][1] + beside
        hands: dict[Hand, Path] = {"left": staying(AWAY), "right": visiting([(AWAY, 1.0), (place, 9.0)])}
        assert step("neck_points", 9.0, [hold("ear_left", 1.0, 4.0)], hands=hands).known.points() == points


@pytest.mark.parametrize(
    ("far", "told"),
    [
        (hold("6", 9.0, 12.0, 0.13), False),  # one too many of its point: it may have been of another one
        (hold("6", 9.0, 10.8, 0.13), True),  # too short for that
        (hold("6", 9.0, 12.0, 0.02), True),  # plainly the same point again
        (hold("6", 5.5, 7.9, 0.13), True),  # amid the other: the same press
    ],
)
def test_a_press_too_many_far_beside_may_be_of_the_point_that_seems_missing(far: Hold, told: bool) -> None:
    at = step("scapula_left_points", 16.0, by_left(ONE, TWO, far))
    assert (("hint_missing_point", "8") in said(at, 16.0)) is told
