"""At most one hint at a time, sure, not too often."""

from __future__ import annotations

from coach.parameters.hints import HINT_AGAIN_S, HINT_SHOWN_MOST_S, HINT_SHOWN_S
from coach.tutor.hints import Hints
from coach.tutor.state import Hint

SLOWER, SHAPE = Hint("hint_slower", {}, "heart"), Hint("hint_shape", {}, "heart")
MORE = Hint("hint_more", {"count": 3, "low": 5, "high": 6}, "heart")


def run(
    heard: dict[float, tuple[Hint, ...]], until_s: float, fading: float = 0.0, here: tuple[str, ...] = ("heart",)
) -> list[tuple[float, str | None]]:
    """Readings every 0.4 s, each hearing what was last given; when the hint shown changes, and to which."""
    hints, out, wanted, now_s = Hints(), [], tuple[Hint, ...](), 0.0
    shown: str | None = None
    while now_s < until_s:
        wanted = heard.get(round(now_s, 1), wanted)
        hints.hear(wanted, now_s, fading, here)
        hints.tick(now_s)
        key = hints.shown.key if hints.shown is not None else None
        if key != shown:
            out.append((round(now_s, 1), key))
            shown = key
        now_s += 0.4
    return out


def test_two_readings_must_agree() -> None:
    assert run({0.0: (SLOWER,), 0.4: ()}, 4.0) == []
    assert run({0.0: (SLOWER,)}, 2.0) == [(0.4, "hint_slower")]


def test_what_is_plain_at_once_is_said_at_once() -> None:
    assert run({0.0: (MORE,)}, 2.0) == [(0.0, "hint_more")]


def test_a_hint_stays_to_be_read_and_goes_when_it_is_heeded() -> None:
    changes = run({0.0: (SLOWER,), 0.8: ()}, 8.0)
    assert [key for _, key in changes] == ["hint_slower", None]
    assert HINT_SHOWN_S <= changes[1][0] - changes[0][0] <= HINT_SHOWN_S + 0.5


def test_a_hint_that_is_not_heeded_goes_too_and_comes_back_later() -> None:
    changes = run({0.0: (SLOWER,)}, 30.0)
    assert changes[1][0] - changes[0][0] <= HINT_SHOWN_MOST_S + 0.5
    assert changes[2][0] - changes[0][0] >= HINT_AGAIN_S


def test_what_was_short_of_a_step_that_is_over_is_said_once() -> None:
    point = Hint("hint_missing_point", {"point": "4"}, "scapula_right_points")
    for before in (Hint("hint_more_before", {"count": 3, "low": 5}, "heart"), point):
        assert [key for _, key in run({0.0: (before,)}, 60.0, here=("love",))] == [before.key, None]
    assert [key for _, key in run({0.0: (point,)}, 20.0, here=("heart", point.segment))] == [point.key, None, point.key]


def test_another_point_of_a_step_that_is_over_is_told_all_the_same() -> None:
    first, other = (Hint("hint_missing_point", {"point": point}, "scapula_left_points") for point in ("3", "6"))
    hints = Hints()
    for now_s, hint, here in ((0.0, first, "scapula_left_points"), (20.0, other, "love"), (40.0, first, "love")):
        hints.hear((hint,), now_s, 0.0, (here,))
        assert (hints.shown is hint) is (now_s < 40.0)
        hints.hear((), now_s + 9.0, 0.0, (here,))
    hints.forget()
    hints.hear((first,), 60.0, 0.0, ("love",))
    assert hints.shown is first


def test_one_at_a_time_the_most_useful_first() -> None:
    changes = run({0.0: (SLOWER, SHAPE)}, 5.0)
    assert changes[0] == (0.4, "hint_slower")
    assert len([key for t, key in changes if t < HINT_SHOWN_S]) == 1


def test_with_learning_hints_wait_longer() -> None:
    assert run({0.0: (SLOWER,)}, 8.0, fading=1.0)[0][0] >= 3.0


def test_what_is_plain_waits_while_another_is_read_though_the_trainee_has_gone_on() -> None:
    changes = run({0.0: (SLOWER,), 0.8: (SLOWER, MORE), 1.2: ()}, 8.0)
    assert [key for _, key in changes][:2] == ["hint_slower", "hint_more"]
    assert changes[1][0] <= changes[0][0] + 2.0


def test_what_was_ready_while_another_was_read_is_said_next_though_it_holds_no_more() -> None:
    """The trainee has gone from one stroke to the next, and what it may be has changed."""
    hints, changes = Hints(), dict[str | None, float]()
    for now in range(100):  # a tenth of a second each; a reading every 0.4 s
        if now % 4 == 0:
            hints.hear((MORE, SLOWER) if now in (4, 8) else (MORE,), now / 10, 0.0, ("heart",))
        hints.tick(now / 10)
        changes.setdefault(hints.shown.key if hints.shown else None, now / 10)
    assert changes["hint_more"] == 0.0
    assert changes["hint_slower"] == HINT_SHOWN_S  # between two readings


def test_what_is_ready_again_is_owed_anew() -> None:
    """Behind two others, each of which is read for three seconds."""
    first = Hint("hint_point_first", {"point": "3"}, "heart")
    changes = run({0.0: (MORE,), 0.4: (MORE, SLOWER), 2.8: (first, SLOWER), 4.8: (first,)}, 7.0)
    assert [key for _, key in changes] == ["hint_more", "hint_point_first", "hint_slower"]
    assert changes[2][0] > 5.0


def test_what_was_ready_is_not_said_long_after() -> None:
    changes = run({0.0: (MORE,), 0.4: (MORE, SLOWER), 1.2: (MORE,), 2.0: ()}, 20.0)
    assert [key for _, key in changes][:2] == ["hint_more", "hint_slower"]
    quiet = run({0.0: (MORE,), 0.4: (MORE,), 1.2: (MORE, SLOWER), 1.6: (MORE,)}, 20.0)  # one reading only
    assert "hint_slower" not in [key for _, key in quiet]


def test_a_hint_that_holds_no_longer_makes_room_for_one_that_does() -> None:
    changes = run({0.0: (SLOWER,), 0.8: (SHAPE,)}, 3.2)
    assert [key for _, key in changes] == ["hint_slower", "hint_shape"]
    assert changes[1][0] < HINT_SHOWN_S


def test_a_hint_that_was_read_is_followed_at_once_by_one_that_holds() -> None:
    """Without a pause, which is for where there is nothing to say: that would take it past its time."""
    changes = run({0.0: (MORE,), 3.6: (SLOWER,)}, 6.0)
    assert changes == [(0.0, "hint_more"), (4.0, "hint_slower")]
    assert run({0.0: (MORE,), 3.6: (SLOWER,), 4.0: ()}, 6.0) == [(0.0, "hint_more"), (4.0, None)]
    learned = run({0.0: (MORE,), 8.0: (SLOWER,)}, 12.0, fading=1.0)  # what waits for longer keeps nothing in its place
    assert learned[:2] == [(3.2, "hint_more"), (8.0, None)]


def test_a_press_too_short_is_said_at_once_where_the_coach_goes_on() -> None:
    """There is no second reading of the step; a hint that comes of repetitions still waits for one."""
    longer = Hint("hint_hold_longer", {"point": "3"}, "scapula_left_points")
    for hint, leaves, shown in ((longer, True, longer), (longer, False, None), (SLOWER, True, None)):
        hints = Hints()
        hints.hear((hint,), 0.0, 0.0, (hint.segment,), leaves=leaves)
        assert hints.shown is shown


def test_a_press_too_short_waits_where_another_hint_is_read() -> None:
    longer, hints = Hint("hint_hold_longer", {"point": "3"}, "scapula_left_points"), Hints()
    hints.hear((MORE,), 0.0, 0.0, ("heart",))
    hints.hear((longer,), 0.4, 0.0, (longer.segment,), leaves=True)
    assert hints.shown is MORE
    hints.hear((), 2.0, 0.0, (longer.segment,))
    assert hints.shown is longer


def test_what_is_new_comes_before_what_was_said_already() -> None:
    """Both hold all the time: when the first would be repeated, the other has been waiting."""
    changes = run({0.0: (MORE,), HINT_AGAIN_S - 0.8: (MORE, SLOWER)}, HINT_AGAIN_S + 6.0)
    assert [key for _, key in changes if key][:2] == ["hint_more", "hint_slower"]


def test_too_few_is_not_said_once_more_when_the_step_is_over() -> None:
    before = Hint("hint_more_before", {"segment": "heart", "count": 3, "low": 5}, MORE.segment)
    changes = run({0.0: (MORE,), 0.8: (), 6.0: (before,)}, 12.0)
    assert [key for _, key in changes if key] == ["hint_more"]
    assert [key for _, key in run({6.0: (before,)}, 12.0) if key] == ["hint_more_before"]
