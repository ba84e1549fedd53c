"""What was noted of a practice, and its checklist, joined to tries."""

from __future__ import annotations

from datetime import date

import pydantic
import pytest

from coach.learn.lessons import Done, Entry, Held, Planned, entry, tries, unfinished

DAY = date(2026, 12, 1)
RIGHT = {"heart.performed": 2, "heart.count": 2, "love.performed": 2, "love.count": 1, "neck.performed": 0, "oil": None}


def test_the_checklist_tells_how_each_step_went() -> None:
    found = tries([Held(DAY, "exam", RIGHT)])
    assert [(t.segment, t.right, t.stage) for t in found] == [("heart", True, "prove"), ("love", False, "prove")]


def test_it_knows_better_than_what_was_noted_and_the_help_comes_from_there() -> None:
    noted: tuple[Entry, ...] = (
        Planned(steps=("heart",), stage="alone"),
        Done(segment="heart", stage="alone", right=False, flaw="hint_slower"),
    )
    [one] = tries([Held(DAY, "again", {"heart.performed": 2}, noted)])
    assert (one.right, one.stage) == (True, "alone")


def test_what_was_noted_is_there_though_the_practice_was_cut_short_or_the_camera_saw_too_little() -> None:
    noted = (Done(segment="heart", stage="trace", right=True), Done(segment="love", stage="trace", right=False))
    found = tries([Held(DAY, "guided", {"heart.performed": 0}, noted, rated=False)])
    assert [(t.segment, t.right) for t in found] == [("heart", True), ("love", False)]
    [one] = tries([Held(DAY, "again", {"heart.performed": None}, noted[:1])])
    assert one.right


def test_a_plan_that_was_begun_is_gone_on_with_where_it_stopped() -> None:
    plan = Planned(steps=("neck", "heart", "love"), stage="alone")
    done = Done(segment="neck", stage="alone", right=True)
    assert unfinished(Held(DAY, "again", {}, (plan, done))) == (("heart", "love"), "alone")
    assert unfinished(Held(DAY, "again", {}, (plan,))) is None  # nothing of it was begun
    assert unfinished(Held(DAY, "exam", {})) is None
    every: tuple[Entry, ...] = (plan, *(Done(segment=s, stage="alone", right=True) for s in plan.steps))
    assert unfinished(Held(DAY, "again", {}, every)) is None


def test_entries_are_what_they_say_or_refused() -> None:
    done = Done(segment="heart", stage="trace", right=True)
    assert entry(done.model_dump()) == done
    for bad in (
        {},
        {"do": "else"},
        {"do": "step", "segment": "x", "stage": "show", "right": True},
        done.model_dump() | {"x": 1},
    ):
        with pytest.raises(pydantic.ValidationError):
            entry(bad)
