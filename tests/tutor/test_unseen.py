"""Hands that cannot be seen: since when, and why."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from coach.domain import HANDS, Hand
from coach.protocol import HandsRule
from coach.tutor.state import Seeing, Sighted, Unseen
from coach.tutor.unseen import Sight

MIDDLE = Sighted(0.5, 0.5, 80.0)


def watched(
    parts: Sequence[tuple[float, tuple[Sighted, ...]]], rule: HandsRule | None, light: float | None = 120.0
) -> tuple[Unseen | None, float | None]:
    """What is shown in the end, and when it was first shown; each part is (how long, what is seen)."""
    sight, now_s, first_s = Sight(), 0.0, None
    for lasts_s, hands in parts:
        for _ in range(round(lasts_s * 15)):
            sight.see(Seeing(now_s, {}, hands, (), light), rule)
            first_s = now_s if sight.shown is not None and first_s is None else first_s
            now_s += 1 / 15
    return sight.shown, first_s


def test_after_a_second_and_a_half_without_a_hand_it_is_said() -> None:
    shown, first_s = watched([(2.0, (MIDDLE, MIDDLE)), (4.0, ())], "right")
    assert shown is not None
    assert first_s == pytest.approx(3.5, abs=0.15)
    assert shown.since_s == pytest.approx(4.0, abs=0.15)


def test_a_hand_that_comes_back_is_no_longer_missed() -> None:
    assert watched([(2.0, (MIDDLE,)), (4.0, ()), (0.2, (MIDDLE,))], "right")[0] is None


def test_a_short_loss_is_not_worth_a_word() -> None:
    assert watched([(2.0, (MIDDLE,)), (1.2, ()), (1.0, (MIDDLE,)), (1.2, ())], "either")[1] is None


@pytest.mark.parametrize(
    ("last", "light", "key"),
    [
        (Sighted(0.03, 0.5, 80.0), 120.0, "unseen_out_of_picture"),
        (Sighted(0.5, 0.97, 80.0), None, "unseen_out_of_picture"),
        (Sighted(0.5, 0.5, 80.0), 20.0, "unseen_dark"),
        (Sighted(0.5, 0.5, 25.0), 120.0, "unseen_small"),
        (Sighted(0.5, 0.5, 80.0), 120.0, "unseen_covered"),
    ],
)
def test_the_likely_cause_is_told(last: Sighted, light: float | None, key: str) -> None:
    shown, _ = watched([(2.0, (last,)), (3.0, ())], None, light)
    assert shown is not None
    assert shown.key == key


def test_hands_that_never_came_have_no_known_cause() -> None:
    shown, _ = watched([(2.0, ())], None)
    assert shown is not None
    assert shown.key == "unseen_unknown"


@pytest.mark.parametrize(
    ("rule", "said"), [("together", True), ("alternating", True), ("right", False), ("either", False)]
)
def test_one_hand_of_two_is_missed_only_where_two_work(rule: HandsRule, said: bool) -> None:
    shown, _ = watched([(2.0, (MIDDLE, MIDDLE)), (4.0, (MIDDLE,))], rule)
    assert (shown is not None and shown.key == "unseen_one_hand") == said


PLACE = (0.3, 0.1)  # back coordinates


def missed(seen: Sequence[tuple[float, tuple[Hand, ...]]], rule: HandsRule | None, *, waits: bool) -> Unseen | None:
    """What is shown in the end; each part is (how long, which hands are on the back)."""
    sight, now_s = Sight(), 0.0
    for lasts_s, hands in seen:
        for _ in range(round(lasts_s * 15)):
            sight.see(Seeing(now_s, dict.fromkeys(hands, PLACE), (MIDDLE,) * len(hands)), rule, waits=waits)
            now_s += 1 / 15
    return sight.shown


@pytest.mark.parametrize(
    ("rests", "rule", "waits", "alone_s", "key"),
    [
        ("left", "either", True, 3.5, "unseen_right_hand"),
        ("right", "left", True, 3.5, "unseen_left_hand"),
        ("right", "right", True, 3.5, None),  # the other one has no part in it
        ("left", "either", True, 2.5, None),  # the detector may find it again
        ("left", "either", True, 15.5, None),  # it rests in the lap
        ("left", "either", False, 3.5, None),  # what is seen does the step
        ("left", None, True, 3.5, None),
        ("left", "together", True, 3.5, "unseen_one_hand"),
    ],
)
def test_the_hand_that_may_do_a_step_of_one_is_missed_while_the_other_rests(
    rests: Hand, rule: HandsRule | None, waits: bool, alone_s: float, key: str | None
) -> None:
    shown = missed([(2.0, ("left", "right")), (alone_s, (rests,))], rule, waits=waits)
    assert (shown.key if shown is not None else None) == key
    if key is not None:
        assert shown is not None
        assert shown.since_s == pytest.approx(alone_s, abs=0.15)


def test_a_hand_that_was_never_there_is_not_missed_where_one_is_enough() -> None:
    assert missed([(8.0, ("left",))], "either", waits=True) is None


def test_a_hand_that_only_the_detector_lost_is_not_missed() -> None:
    """It is followed by its picture for a while."""
    sight = Sight()
    for k in range(round(5.0 * 15)):
        now_s, followed = k / 15, k / 15 < 3.5
        on_back: tuple[Hand, ...] = ("left", "right") if followed else ("left",)
        found = (MIDDLE, MIDDLE) if now_s < 1.0 else (MIDDLE,)
        sight.see(Seeing(now_s, dict.fromkeys(on_back, PLACE), found), "either", waits=True)
    assert sight.shown is None


def test_after_a_pause_nobody_is_missed_yet() -> None:
    sight = Sight()
    sight.see(Seeing(0.0, dict.fromkeys(HANDS, PLACE), (MIDDLE, MIDDLE)), "either", waits=True)
    sight.reset()
    for k in range(8 * 15):
        sight.see(Seeing(5.0 + k / 15, {"left": PLACE}, (MIDDLE,)), "either", waits=True)
        assert sight.shown is None
