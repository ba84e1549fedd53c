"""Points pressed in another order than theirs, as the coach tells of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import pytest

from coach.domain import Hold, ItemScore, Reason, SegmentMatch, Span, Value
from coach.tutor import WindowReading
from coach.tutor.free_practice_hints import free_practice_hints
from coach.tutor.guided_hints import guided_hints
from coach.tutor.hints import Hints
from coach.tutor.practised import Practised, recognised
from coach.tutor.state import Hint
from coach.tutor.unguided import Unguided
from tests.fakes.hands import staying, visiting
from tests.tutor import seen
from tests.tutor.presses import AWAY, GRIP, by_left, said, step
from tests.tutor.readings import PROTOCOL, hidden, hold, reading, strokes

NAME = "scapula_left_points"
THREE, SIX, EIGHT = by_left(hold("3", 5.0, 8.0), hold("6", 1.0, 4.0), hold("8", 9.0, 12.0))
ORDER: dict[str, Value] = {"expected": "3, 6, 8"}


def read(at_s: float, *holds: Hold) -> WindowReading:
    match = SegmentMatch(NAME, Span(holds[0].span.start_s, holds[-1].span.end_s), 0.9, holds=holds)
    return reading(at_s, NAME, holds, match)


def told(now: WindowReading) -> list[dict[str, Value]]:
    """The order as it is told in guided practice; in free practice likewise."""
    at = Practised(PROTOCOL.segment(NAME), 0.0, fresh=True)
    at.read(now, PROTOCOL, ())
    guided = [dict(h.values) for h in guided_hints(at, now, PROTOCOL) if h.key == "hint_order"]
    known = recognised(now.segments[-1], PROTOCOL.segment(NAME), now.at_s)
    assert [dict(h.values) for h in free_practice_hints(known, now, PROTOCOL) if h.key == "hint_order"] == guided
    return guided


def test_points_pressed_in_another_order_are_told_in_theirs() -> None:
    assert told(read(13.0, SIX, THREE, EIGHT)) == [ORDER]
    assert told(read(9.0, SIX, THREE)) == [ORDER]  # though one is not pressed yet
    assert told(read(5.0, SIX)) == []
    assert told(read(13.0, THREE, replace(EIGHT, span=Span(9.0, 12.0)))) == []


def test_a_halt_and_a_point_that_is_pressed_again_are_no_other_order() -> None:
    rested = replace(SIX, span=Span(1.0, 2.5))
    again = replace(SIX, span=Span(8.5, 11.0))
    assert told(read(13.0, rested, THREE)) == []
    assert told(read(13.0, SIX, THREE, again)) == []


@pytest.mark.parametrize(("points", "key", "is_told"), [(1, "order_points", True), (None, "not_visible", False)])
def test_what_the_checklist_says_of_the_order_is_told_once_each_point_was_pressed(
    points: Literal[1] | None, key: str, is_told: bool
) -> None:
    """However short: a press that was hidden at first is shorter than it was."""
    short = replace(SIX, span=Span(2.5, 4.0))
    scored: Literal["scored", "not_visible"] = "not_visible" if points is None else "scored"
    item = ItemScore(f"{NAME}.order", NAME, "order", points, 2, scored, (), Reason(key, {}))
    of_another = replace(item, segment_id="scapula_right_points")
    for items, order in (((item,), [ORDER] if is_told else []), ((of_another,), []), ((), [])):
        assert told(replace(read(13.0, short, THREE, EIGHT), items=items)) == order
    assert told(replace(read(9.0, short, THREE), items=(item,))) == []


def test_a_press_at_the_edge_of_its_point_tells_no_order() -> None:
    edge, beside = replace(SIX, off=0.085), replace(SIX, off=0.1)
    assert told(read(13.0, edge, THREE)) == []  # a hand may have rested there
    assert told(read(13.0, edge, THREE, EIGHT)) == [ORDER]  # unless each point was pressed once
    assert told(read(13.0, beside, THREE, EIGHT)) == []


def test_nothing_is_told_where_a_point_may_have_been_pressed_unseen() -> None:
    now = replace(read(13.0, SIX, THREE, EIGHT), sight=hidden("left", Span(4.0, 5.0)))
    assert told(now) == []


def test_points_without_an_order_have_none() -> None:
    ears = (hold("ear_right", 1.0, 4.0), hold("ear_left", 5.0, 8.0))
    match = SegmentMatch("neck_points", Span(1.0, 8.0), 0.9, holds=ears)
    now = reading(9.0, "neck_points", ears, match)
    at = Practised(PROTOCOL.segment("neck_points"), 0.0, fresh=True)
    at.read(now, PROTOCOL, ())
    assert [h.key for h in guided_hints(at, now, PROTOCOL)] == []


def test_an_order_that_was_told_in_time_is_not_told_once_more() -> None:
    first, order = Hint("hint_point_first", {"point": "3"}, NAME), Hint("hint_order", ORDER, NAME)
    shown = []
    for wanted in ((first, order), (order,)):
        hints = Hints()
        for k in range(60):
            hints.hear(wanted if k < 8 else (order,), 0.4 * k, 0.0, (NAME,))
            hints.tick(0.4 * k)
            shown += [hints.shown.key] if hints.shown is not None and hints.shown.key not in shown else []
    assert shown == ["hint_point_first", "hint_order"]


# ------------------------------------------------------------------ hands that rest before they begin
@pytest.mark.parametrize(
    ("pressed", "missing"),
    [
        ((hold("3", 4.0, 7.0), hold("8", 8.0, 11.0)), True),
        ((hold("3", 4.0, 7.0),), False),  # nobody knows yet where it began
        ((hold("3", 4.0, 7.0), hold("6", 7.5, 8.4), hold("8", 9.0, 11.0)), False),  # pressed, though too shortly
    ],
)
def test_a_point_where_a_hand_rested_before_the_first_press_was_not_pressed(
    pressed: tuple[Hold, ...], missing: bool
) -> None:
    """By the frames and by the candidates it was at 6 o'clock for a second."""
    own = tuple(by_left(*pressed))
    match = SegmentMatch(NAME, Span(4.0, 11.0), 0.9, holds=own)
    rested = visiting([(AWAY, 1.0), ((0.24, 0.4), 1.2), (AWAY, 30.0)])
    at = step(NAME, 14.0, [*by_left(hold("6", 1.2, 2.2)), *own], match, hands={"left": rested})
    assert ("6" not in at.known.pressed) == missing


def test_a_rest_that_was_long_enough_is_a_press() -> None:
    own = tuple(by_left(hold("3", 4.0, 7.0), hold("8", 8.0, 11.0)))
    match = SegmentMatch(NAME, Span(4.0, 11.0), 0.9, holds=own)
    at = step(NAME, 14.0, [*by_left(hold("6", 0.5, 3.0)), *own], match)
    assert "6" in at.known.pressed


def test_a_step_of_strokes_has_no_points() -> None:
    match = strokes("heart", 1.0, 3)
    at = recognised(match, PROTOCOL.segment("heart"), 12.0)
    assert "hint_order" not in [h.key for h in free_practice_hints(at, reading(12.0, "heart", (), match), PROTOCOL)]


@pytest.mark.parametrize(
    ("start_s", "lasts_s", "missing"), [(1.0, 3.0, False), (1.0, 1.2, True), (-3.0, 3.0, True), (0.0, 4.5, True)]
)
def test_a_long_press_far_beside_before_the_first_was_perhaps_out_of_order(
    start_s: float, lasts_s: float, missing: bool
) -> None:
    """At six o'clock, 0.13 beside, before three at 5 s: a halt there, a long stay, and one long before, are a rest."""
    far = by_left(hold("6", start_s, start_s + lasts_s, 0.13))
    now = reading(16.0, NAME, [*far, *by_left(hold("3", 5.0, 8.0), hold("8", 9.0, 12.0))])
    at = Practised(PROTOCOL.segment(NAME), 0.0, fresh=True)
    at.read(now, PROTOCOL, ())
    told = {(h.key, h.values.get("point")) for h in guided_hints(at, now, PROTOCOL)}
    assert (("hint_missing_point", "6") in told) == missing == (("hint_point_first", "6") in told)

    own = tuple(h for c in now.since[1:] for h in c.holds)
    found = SegmentMatch(NAME, Span(5.0, 12.0), 0.9, holds=own)
    free = replace(now, segments=(found,), since=now.since[1:], ahead=now.since[:1])
    newest = Unguided(PROTOCOL).newest(free, None)
    assert newest is not None
    told = {(h.key, h.values.get("point")) for h in free_practice_hints(newest, free, PROTOCOL)}
    assert (("hint_missing_point", "6") in told) == missing == (("hint_point_first", "6") in told)


@pytest.mark.parametrize(
    ("lost", "told"),
    [
        (Span(0.0, 4.9), False),
        (Span(3.0, 4.9), True),  # too short for a press
        (Span(0.0, 2.9), True),  # too long before: nobody is so slow from one point to the next
    ],
)
def test_a_point_that_may_have_been_pressed_unseen_before_the_first_that_was_seen_is_not_passed_over(
    lost: Span, told: bool
) -> None:
    """Six from 5 s on, and eight."""
    pressed = by_left(hold("6", 5.0, 8.0), hold("8", 9.0, 11.5))
    now = replace(reading(12.0, NAME, pressed), sight=hidden("left", lost))
    at = Practised(PROTOCOL.segment(NAME), 0.0, fresh=True)
    at.read(now, PROTOCOL, ())
    hints = [(h.key, h.values.get("point")) for h in guided_hints(at, now, PROTOCOL)]
    assert (("hint_point_first", "3") in hints) is told


def test_a_point_that_was_perhaps_pressed_for_another_is_not_asked_for() -> None:
    """Three, and then what seems eight and may be six: nothing is missing before it is known."""
    now = read(9.0, *by_left(hold("3", 1.0, 4.0), hold("8", 5.0, 8.0, 0.055)))
    second = replace(now.since[-1], holds=tuple(by_left(hold("6", 5.0, 8.0, 0.07))), second=True)
    for others, first in (((), True), ((second,), False)):
        told = replace(now, since=(*now.since, *others))
        at = Practised(PROTOCOL.segment(NAME), 0.0, fresh=True)
        at.read(told, PROTOCOL, ())
        newest = Unguided(PROTOCOL).newest(told, None)
        assert newest is not None
        for hints in (guided_hints(at, told, PROTOCOL), free_practice_hints(newest, told, PROTOCOL)):
            assert ("hint_point_first" in [h.key for h in hints]) == first


@pytest.mark.parametrize(("ends_s", "perhaps"), [(9.8, True), (8.9, False)])
def test_what_may_be_a_press_of_another_point_counts_while_it_goes_on(ends_s: float, perhaps: bool) -> None:
    """Eight, by a hand that seems back at six: too short for a press so far, read at ten."""
    now = read(10.0, *by_left(hold("3", 1.0, 3.5), hold("6", 4.0, 6.5), hold("6", ends_s - 0.6, ends_s)))
    going = by_left(hold("8", ends_s - 0.6, ends_s, 0.1))
    second = replace(now.since[-1], span=going[0].span, holds=tuple(going), second=True)
    at = Practised(PROTOCOL.segment(NAME), 0.0, fresh=True)
    at.read(replace(now, since=(*now.since, second)), PROTOCOL, ())
    assert ("8" in at.presses.perhaps) is perhaps


def test_what_the_whole_reading_takes_a_press_for_it_is() -> None:
    """Six, though eight seems nearer: nothing is missing."""
    three, six, eight = by_left(hold("3", 1.0, 4.0), hold("6", 5.0, 8.0, 0.07), hold("8", 5.0, 8.0, 0.055))
    last = by_left(hold("8", 9.0, 12.0))
    match = SegmentMatch(NAME, Span(1.0, 12.0), 0.9, holds=(three, six, *last))
    now = reading(13.0, NAME, (three, eight, *last), match)
    at = Practised(PROTOCOL.segment(NAME), 0.0, fresh=True)
    at.read(now, PROTOCOL, ())
    assert at.done
    assert list(guided_hints(at, now, PROTOCOL)) == []


@pytest.mark.parametrize("lay", [True, False])
def test_presses_that_only_the_frames_know_are_not_faulted_while_a_palm_lay_still(lay: bool) -> None:
    """Fingers that are seen badly: the frames have a press of a second by both hands, the reading none."""
    at = Practised(PROTOCOL.segment("shoulder_c_grip"), 0.0, fresh=True)
    paths = {hand: visiting([(AWAY, 1.0), (p.at, 1.2), (AWAY, 30.0)]) for p in GRIP.points if (hand := p.hand)}
    for seeing in seen.pressing(paths, 6.0):
        at.see(seeing)
    now = replace(reading(6.0, "shoulder_c_grip", ()), unsteady=(("left", Span(1.0, 4.0)),) if lay else ())
    at.read(now, PROTOCOL, ())
    assert ("hint_hold_longer" in [h.key for h in guided_hints(at, now, PROTOCOL)]) == (not lay)


@pytest.mark.parametrize("other", ["3", "8"])
def test_a_rest_between_two_points_is_one_place(other: str) -> None:
    """Before she begins, at what seems six and may be another."""
    rested = by_left(hold("6", 1.0, 2.2, 0.055))
    now = reading(8.0, NAME, rested)
    second = replace(now.since[0], holds=tuple(by_left(hold(other, 1.0, 2.2, 0.07))), second=True)
    at = step(NAME, 8.0, hands={"left": staying(AWAY)})
    at.read(replace(now, since=(*now.since, second)), PROTOCOL, ())
    assert at.presses.perhaps == {other}
    assert not at.known.begun
    assert {h.key for h in guided_hints(at, now, PROTOCOL)} <= {"hint_hold_longer"}


@pytest.mark.parametrize(("beside", "told"), [((0.0, 0.0), True), ((0.03, 0.02), False)])
def test_a_press_between_two_points_is_of_the_one_whose_turn_it_is(beside: tuple[float, float], told: bool) -> None:
    """Eight, or a little towards six, which is then hardly farther."""
    at = Practised(PROTOCOL.segment(NAME), 0.0, fresh=True)
    x, y = 0.145 + beside[0], 0.325 + beside[1]
    hand = visiting([((0.35, 0.25), 3.5), ((x, y), 9.0)])
    for seeing in seen.pressing({"left": hand, "right": staying(AWAY)}, 5.5):
        at.see(seeing)
    assert [p.point for p in at.holding.running if p.hand == "left"] == ["8"] if at.holding else False
    at.read(read(5.5, *by_left(hold("3", 0.5, 3.4))), PROTOCOL, ())
    assert (("hint_point_first", "6") in said(at, 5.5)) is told
