"""States of steps: counted right in a row, asked for again after one, three and seven days."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from coach.learn.states import STAGES, Rules, Stage, Try, due, fold, next_stage

DAY = date(2026, 12, 1)
RULES = Rules()


def tried(*rights: bool, day: int = 0, stage: Stage = "alone", segment: str = "heart") -> list[Try]:
    return [Try(segment, DAY + timedelta(day), right, stage) for right in rights]


def state(tries: list[Try], day: int = 0) -> tuple[str, int, int | None]:
    step = fold(tries, DAY + timedelta(day))["heart"]
    return step.state, step.in_row, None if step.due is None else (step.due - DAY).days


def test_three_times_right_in_a_row_without_the_ghost_is_learned() -> None:
    assert state(tried(True, True)) == ("practised", 2, None)
    assert state(tried(True, True, True)) == ("mastered", 3, 1)
    assert state(tried(True, True, False, True, True)) == ("practised", 2, None)
    assert state(tried(True, True, True, stage="trace")) == ("practised", 0, None)


def test_what_is_learned_is_asked_again_after_one_three_and_seven_days() -> None:
    tries = tried(True, True, True)
    assert state(tries, 1)[0] == "repeat"
    tries += tried(True, day=1)
    assert state(tries, 1) == ("mastered", 4, 4)
    tries += tried(True, day=2)  # before its time: it is due as before
    assert state(tries, 3) == ("mastered", 5, 4)
    assert state(tries, 4)[0] == "repeat"
    tries += tried(True, day=4)
    assert state(tries, 4) == ("mastered", 6, 11)
    tries += tried(True, day=12)
    assert state(tries, 400) == ("mastered", 7, None)


def test_a_mistake_takes_what_was_learned_back_until_it_is_right_in_a_row_again() -> None:
    tries = tried(True, True, True) + tried(False, day=1)
    assert state(tries, 1) == ("repeat", 0, 1)
    assert state(tries + tried(True, True, day=1), 1) == ("repeat", 2, 1)
    assert state(tries + tried(True, True, True, day=1), 1) == ("mastered", 3, 2)


def test_help_becomes_less_from_stage_to_stage() -> None:
    stages = [
        next_stage(fold(tries, DAY).get("heart") or fold(tried(False), DAY)["heart"])
        for tries in ([], tried(True, stage="trace"), tried(True), tried(True, True))
    ]
    assert stages == ["trace", "alone", "alone", "prove"]


def test_what_is_due_comes_in_the_protocol_s_order() -> None:
    tries = tried(True, True, True) + tried(True, True, True, segment="love") + tried(True, segment="spine")
    assert due(fold(tries, DAY + timedelta(1)), ("love", "spine", "heart", "neck")) == ("love", "heart")


TRIES = st.lists(
    st.builds(
        Try,
        st.sampled_from(["heart", "love"]),
        st.integers(0, 30).map(lambda days: DAY + timedelta(days)),
        st.booleans(),
        st.sampled_from(STAGES),
    ),
    max_size=40,
).map(lambda tries: sorted(tries, key=lambda one: one.day))


@given(TRIES, st.integers(30, 60))
def test_a_state_says_what_the_newest_tries_say(tries: list[Try], later: int) -> None:
    today = DAY + timedelta(later)
    for segment, step in fold(tries, today).items():
        own = [one for one in tries if one.segment == segment]
        row = 0
        for one in reversed(own):
            if not one.right:
                break
            row += one.stage != "trace"
        assert step.times == len(own)
        assert step.in_row == row
        if step.state == "mastered":
            assert row >= RULES.in_row
            assert step.due is None or step.due > today
        if step.state == "repeat":
            assert step.due is not None
            assert step.due <= today
        if step.due is not None:
            assert step.due - own[-1].day <= timedelta(RULES.again_days[-1])


@given(TRIES, TRIES)
def test_steps_are_told_apart_whatever_else_is_practised(tries: list[Try], more: list[Try]) -> None:
    others = [Try("neck", one.day, one.right, one.stage) for one in more]
    mixed = sorted(tries + others, key=lambda one: one.day)
    alone = fold(tries, DAY + timedelta(40))
    assert {s: step for s, step in fold(mixed, DAY + timedelta(40)).items() if s != "neck"} == alone


@given(TRIES)
def test_one_more_right_try_never_makes_less_of_a_step(tries: list[Try]) -> None:
    today = DAY + timedelta(31)
    before = fold(tries, today)
    after = fold([*tries, Try("heart", today, True, "alone")], today)["heart"]
    if "heart" in before:
        assert after.in_row == before["heart"].in_row + 1
        assert before["heart"].state != "mastered" or after.state == "mastered"
