"""Presses too short, as the coach tells of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coach.domain import HANDS, Hand, ItemScore, Reason, Span
from coach.parameters.live_presses import LONG_ENOUGH_SURELY_S
from coach.tutor import Command, Tutor
from coach.tutor.practised import Practised
from coach.tutor.window import Step
from tests.fakes.hands import Path, staying, visiting
from tests.tutor import seen
from tests.tutor.presses import AWAY, GRIP, ONE, at_the_grip, by_left, said, step, wished
from tests.tutor.readings import PROTOCOL, hidden, hold, reading, strokes


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


@pytest.mark.parametrize(("lasts_s", "short"), [(0.4, False), (1.0, True)])
def test_what_the_reading_knows_as_a_touch_is_no_short_press_by_the_frames(lasts_s: float, short: bool) -> None:
    """A slow way past a point is a press, frame by frame."""
    rule = PROTOCOL.segment("scapula_left_points").hold
    assert rule is not None
    third, sixth = rule.points[0], rule.points[1]
    hand: Path = visiting([(AWAY, 0.8), (sixth.at, 0.9), (third.at, 9.0)])
    holds = [hold(sixth.id, 1.8, 1.8 + lasts_s), hold(third.id, 3.6, 5.0)]
    at = step("scapula_left_points", 6.4, holds, hands={"left": staying(AWAY), "right": hand})
    assert sixth.id in [p.point for p in at.known.framed]
    assert (("hint_hold_longer", sixth.id) in said(at, 6.4)) is short


@pytest.mark.parametrize(("ends_s", "short"), [((1.6, 1.6), True), ((1.6, 1.5), False), ((1.6,), False)])
def test_a_touch_by_both_hands_at_once_is_a_short_press(ends_s: tuple[float, ...], short: bool) -> None:
    """Slow arrival and departure are no part of it; one hand alone passes a point as slowly now and then."""
    touched = [hold(f"c_{side}", 1.0, end_s) for side, end_s in zip(HANDS, ends_s, strict=False)]
    assert (("hint_hold_longer", "c_left") in said(step("shoulder_c_grip", 4.0, touched), 4.0)) is short


@pytest.mark.parametrize(("key", "short"), [("out_of_picture", False), ("not_visible", True)])
def test_a_press_whose_place_the_picture_does_not_show_is_not_called_short(key: str, short: bool) -> None:
    name, now_s = "scapula_left_points", 12.0
    item = ItemScore(f"{name}.performed", name, "performed", None, 2, "not_visible", (), Reason(key, {}))
    other = replace(item, item_id="love.performed", segment_id="love", reason=Reason("out_of_picture", {}))
    now = replace(reading(now_s, name, by_left(ONE, hold("6", 5.0, 6.2))), items=(item, other))
    at = Practised(PROTOCOL.segment(name), 0.0, fresh=True)
    at.read(now, PROTOCOL, ())
    assert (("hint_hold_longer", "6") in wished(at, now)) is short


@pytest.mark.parametrize(("since_s", "short"), [(4.4, False), (2.0, True)])
def test_what_the_frames_took_for_a_press_before_the_step_began_is_no_short_one(since_s: float, short: bool) -> None:
    """By the reading, which tells of its first press only from later on."""
    hands: dict[Hand, Path] = {
        hand: visiting([(AWAY, 0.5), (p.at, 1.2), (AWAY, 9.0)]) for p in GRIP.points if (hand := p.hand) is not None
    }
    at = step("shoulder_c_grip", 7.0, [hold("c_left", since_s, 6.9)], hands=hands)
    assert {p.point for p in at.known.framed} == {"c_left", "c_right"}
    assert all(2.0 < p.last_s < 4.4 for p in at.known.framed)
    assert (("hint_hold_longer", "c_right") in said(at, 7.0)) is short


def test_a_press_taken_up_again_for_long_enough_is_not_called_short() -> None:
    twice = [hold("ear_left", 1.0, 2.0), hold("ear_left", 2.5, 5.0), hold("ear_right", 2.5, 5.0)]
    assert said(step("neck_points", 7.0, twice), 7.0) == []


def test_a_short_press_by_both_hands_is_one_hint() -> None:
    short = [hold("ear_left", 1.0, 2.0), hold("ear_right", 1.0, 2.0)]
    wanted = wished(step("neck_points", 6.0, short), reading(6.0, "neck_points", short))
    assert [point for key, point in wanted if key == "hint_hold_longer"] == ["ear_left"]


def test_where_strokes_turn_nothing_was_pressed() -> None:
    turn = [hold("c_left", 3.6, 4.4), hold("c_right", 3.6, 4.4)]
    both = [("hint_hold_longer", f"c_{side}") for side in ("left", "right")]
    assert said(step("shoulder_c_grip", 6.0, turn), 6.0) == both
    assert said(step("shoulder_c_grip", 6.0, turn, strokes("shoulder_stroke", 1.0, 2)), 6.0) == []


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


@pytest.mark.parametrize(
    ("hand", "stay", "is_told"),
    [
        ("right", Span(0.0, 8.2), True),  # from the step before on: what it presses here explains the rest
        ("right", Span(0.0, 11.0), False),  # long after
        ("left", Span(0.0, 8.2), False),
        ("left", Span(0.0, 4.9), True),  # before
    ],
)
def test_of_a_palm_that_stayed_since_the_step_before_only_the_time_of_this_one_is_doubted(
    hand: Hand, stay: Span, is_told: bool
) -> None:
    pressed = [hold("c_right", 5.0, 8.0)]
    now = replace(reading(11.0, "shoulder_c_grip", pressed), unsteady=((hand, stay),))
    at = Practised(PROTOCOL.segment("shoulder_c_grip"), 0.0, fresh=True)
    at.read(now, PROTOCOL, ())
    assert (("hint_missing_point", "c_left") in wished(at, now)) is is_told


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


@pytest.mark.parametrize(
    ("lost", "short"),
    [
        (Span(4.4, 5.0), True),  # with all of that it was still too short
        (Span(4.1, 5.0), False),  # it may have begun then
        (Span(6.2, 7.1), False),  # or have gone on
        (Span(2.0, 2.9), True),  # long before
    ],
)
def test_a_press_that_was_perhaps_long_enough_while_the_hand_was_hidden_beside_it_is_not_called_short(
    lost: Span, short: bool
) -> None:
    name, now_s = "scapula_left_points", 12.0
    now = replace(reading(now_s, name, by_left(ONE, hold("6", 5.0, 6.2))), sight=hidden("left", lost))
    at = Practised(PROTOCOL.segment(name), 0.0, fresh=True)
    at.read(now, PROTOCOL, ())
    assert (("hint_hold_longer", "6") in wished(at, now)) is short


@pytest.mark.parametrize(("hand", "short"), [("left", False), ("right", False), (None, True)])
def test_a_press_by_both_hands_was_perhaps_long_enough_where_either_was_hidden_beside_it(
    hand: Hand | None, short: bool
) -> None:
    """It lasts while both are seen: the hand that is seen all the while pressed no shorter than the other."""
    name, now_s = "shoulder_points", 12.0
    both = [replace(hold(f"hollow_{side}", 5.0, 6.2), hand=side) for side in HANDS]
    now = reading(now_s, name, both)
    if hand is not None:
        now = replace(now, sight=hidden(hand, Span(4.1, 5.0)))
    at = Practised(PROTOCOL.segment(name), 0.0, fresh=True)
    at.read(now, PROTOCOL, ())
    assert ("hint_hold_longer" in [key for key, _ in wished(at, now)]) is short


@pytest.mark.parametrize(
    ("lost", "short"),
    [
        ((Span(3.0, 3.9), Span(7.3, 8.2)), True),  # it was seen for more than a second before and after
        ((Span(3.0, 4.2), Span(7.3, 8.2)), True),  # a moment of that
        ((Span(3.0, 4.4), Span(7.3, 8.2)), False),
        ((Span(3.0, 3.9), Span(6.8, 8.2)), False),
    ],
)
def test_a_press_around_which_the_hand_was_in_sight_is_called_short(lost: tuple[Span, ...], short: bool) -> None:
    """So the checklist has it too."""
    name, now_s = "scapula_left_points", 12.0
    now = replace(reading(now_s, name, by_left(hold("6", 5.0, 6.2))), sight=hidden("left", *lost))
    at = Practised(PROTOCOL.segment(name), 0.0, fresh=True)
    at.read(now, PROTOCOL, ())
    assert (("hint_hold_longer", "6") in wished(at, now)) is short


@pytest.mark.parametrize(
    ("lost", "short"),
    [
        (Span(6.2, 7.5), False),  # it may go on still
        (Span(6.2, 7.2), True),  # it does not: the hand is seen again
    ],
)
def test_a_press_is_not_called_short_while_the_hand_is_out_of_sight(lost: Span, short: bool) -> None:
    name, now_s = "scapula_left_points", 7.5
    now = replace(reading(now_s, name, by_left(ONE, hold("6", 5.4, 6.2))), sight=hidden("left", lost))
    at = Practised(PROTOCOL.segment(name), 0.0, fresh=True)
    at.read(now, PROTOCOL, ())
    assert (("hint_hold_longer", "6") in wished(at, now)) is short


@pytest.mark.parametrize(("lasts_s", "short"), [(0.65, False), (0.75, True)])
def test_a_touch_before_the_hands_press_for_the_next_step_is_no_short_press(lasts_s: float, short: bool) -> None:
    """Both lie at the next step's points by now; the last reading tells of a moment at this step's."""
    at, touched = at_the_grip(), hold("hollow_left", 4.0, 4.0 + lasts_s)
    at.read(reading(8.0, "shoulder_points", [touched]), PROTOCOL, ())
    assert (("hint_hold_longer", "hollow_left") in said(at, 8.0)) is short


def test_a_slow_way_from_a_press_is_no_part_of_it_once_the_reading_knows() -> None:
    """Frame by frame the hands press for three seconds; they pressed for one, and then slid away."""
    at = Practised(PROTOCOL.segment("shoulder_c_grip"), 0.0, fresh=True)
    hands: dict[Hand, Path] = {
        hand: visiting([(AWAY, 0.5), (p.at, 3.2), (AWAY, 9.0)]) for p in GRIP.points if (hand := p.hand) is not None
    }
    for seeing in seen.pressing(hands, 7.5):
        at.see(seeing)
    assert at.known.points() == ("c_left", "c_right")
    at.read(reading(7.5, "shoulder_c_grip", [hold("c_left", 1.4, 2.8), hold("c_right", 1.4, 3.3)]), PROTOCOL, ())
    assert at.known.points() == ("c_right",)  # of that, nobody knows better
    assert ("hint_hold_longer", "c_left") in said(at, 7.5)


@pytest.mark.parametrize(("place", "told"), [((0.71, -0.02), False), ((0.675, -0.02), True)])
def test_a_hand_that_rests_at_the_edge_of_the_point_does_not_take_the_press_up_again(
    place: tuple[float, float], told: bool
) -> None:
    at = Practised(PROTOCOL.segment("shoulder_c_grip"), 0.0, fresh=True)
    hands: dict[Hand, Path] = {"left": staying(AWAY), "right": visiting([(AWAY, 3.0), (place, 9.0)])}
    for seeing in seen.pressing(hands, 6.5):
        at.see(seeing)
    at.read(reading(6.5, "shoulder_c_grip", [hold("c_right", 1.0, 2.2)]), PROTOCOL, ())
    assert (("hint_hold_longer", "c_right") in said(at, 6.5)) is told


@pytest.mark.parametrize(
    ("read_from_s", "done"),
    [(None, set()), (1.5, {"hollow_left", "hollow_right"}), (2.1, set())],
    ids=("not_read", "read_long_enough", "read_too_short"),
)
def test_a_press_is_long_enough_at_once_where_frames_and_reading_agree(
    read_from_s: float | None, done: set[str]
) -> None:
    """Each alone has to be sure: the frames half a second longer, and the reading only once it is over."""
    rule = PROTOCOL.segment("shoulder_points").hold
    assert rule is not None
    at = Practised(PROTOCOL.segment("shoulder_points"), 0.0, fresh=True)
    hands: dict[Hand, Path] = {
        hand: visiting([(AWAY, 0.8), (p.at, 9.0)]) for p in rule.points if (hand := p.hand) is not None
    }
    for seeing in seen.pressing(hands, 3.9):
        at.see(seeing)
    held_s = [p.held_s for p in at.known.framed]
    assert rule.long_enough_s <= min(held_s) <= max(held_s) < rule.long_enough_s + LONG_ENOUGH_SURELY_S
    holds = [] if read_from_s is None else [hold(p.id, read_from_s, 3.8) for p in rule.points]
    at.read(reading(3.9, "shoulder_points", holds), PROTOCOL, ())
    assert set(at.known.points()) == done


@pytest.mark.parametrize(("told_s", "done"), [(2.5, {"hollow_left", "hollow_right"}), (1.0, {"hollow_left"})])
def test_where_both_press_together_a_hand_that_hardly_moved_is_known_by_the_reading(
    told_s: float, done: set[str]
) -> None:
    """From a point to its neighbour: for the frames it rests there since the step before."""
    rule = PROTOCOL.segment("shoulder_points").hold
    assert rule is not None
    left, right = rule.points
    at = Practised(PROTOCOL.segment("shoulder_points"), 0.0)
    hands: dict[Hand, Path] = {"left": visiting([(AWAY, 0.8), (left.at, 9.0)]), "right": staying(right.at)}
    for seeing in seen.pressing(hands, 4.0):
        at.see(seeing)
    assert {p.point for p in at.known.framed} == {left.id}
    at.read(reading(4.0, "shoulder_points", [hold(left.id, 1.4, 3.9), hold(right.id, 3.9 - told_s, 3.9)]), PROTOCOL, ())
    assert set(at.known.points()) == done
