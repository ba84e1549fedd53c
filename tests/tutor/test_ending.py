"""How a step ends: right and on; or with what was wrong, to be repeated or left."""

from __future__ import annotations

from functools import cache

from coach.parameters.hints import REPEAT_ASKED_S
from coach.tutor import Command, Hint, Tutor
from coach.tutor.ending import Ending
from coach.tutor.practised import Practised
from coach.tutor.voice import spoken
from tests.fakes.protocols import shipped
from tests.tutor.rehearsal import Rehearsal, rehearse
from tests.tutor.test_tutor import acted

PROTOCOL = shipped("oxytocin")
ONE_HAND = Hint("hint_both_hands", {"hand": "left"}, "shoulder_stroke")


@cache
def one_handed() -> Rehearsal:
    """The strokes of the shoulder by one hand alone, and nothing after them."""
    made = acted(("shoulder_stroke",), "one_side")
    size = made.script.camera.size
    return rehearse(made.observations, made.corners_px, (size[0], size[1]), PROTOCOL, begin="shoulder_stroke")


def test_a_mistake_that_was_told_and_holds_to_the_end_is_the_step_s_end() -> None:
    at, ending = Practised(PROTOCOL.segment("shoulder_stroke"), 0.0), Ending()
    ending.hear([ONE_HAND])
    assert ending.lasting(at) is None  # it was never told
    ending.show(ONE_HAND)
    assert ending.lasting(at) == ONE_HAND
    ending.hear([])
    assert ending.lasting(at) is None  # she has mended it


def test_that_a_step_is_too_short_is_no_mistake_of_its_end() -> None:
    at, ending = Practised(PROTOCOL.segment("shoulder_stroke"), 0.0), Ending()
    more = Hint("hint_more", {"count": 3, "low": 5, "high": 6}, "shoulder_stroke")
    ending.hear([more])
    ending.show(more)
    assert ending.lasting(at) is None


def test_it_waits_for_an_answer_and_not_for_ever() -> None:
    at, ending = Practised(PROTOCOL.segment("shoulder_stroke"), 0.0), Ending()
    assert ending.wait(at, ONE_HAND, 10.0)
    assert not ending.wait(at, ONE_HAND, 12.0)
    assert not ending.over(10.0 + REPEAT_ASKED_S - 0.1)
    assert ending.over(10.0 + REPEAT_ASKED_S)
    ending.close(at, right=False)
    assert (ending.flawed, ending.flaw) == (("shoulder_stroke",), None)
    assert [(e.right, e.flaw) for e in ending.ended] == [(False, "hint_both_hands")]
    ending.close(at, right=True)  # repeated, and right
    assert ending.flawed == ()


def test_one_handed_strokes_never_end_green() -> None:
    heard = one_handed()
    clips = [clip for _, clip in heard.said]
    assert "name_left+hint_both_hands" in clips or "name_right+hint_both_hands" in clips
    assert any(clip.endswith("hint_both_hands+ask_repeat") for clip in clips)
    assert not [clip for clip in clips if clip.startswith("enough")]


def test_repeat_begins_the_step_anew_and_what_was_wrong_is_noted() -> None:
    tutor = Tutor(PROTOCOL, "guided", steps=("shoulder_stroke", "heart"), stage="alone")
    tutor.command(Command("start"), 0.0)
    state = tutor.state
    assert state.step is not None
    assert (state.step.segment, state.step.of, state.steps, state.next) == (
        "shoulder_stroke", 2, ("shoulder_stroke", "heart"), "heart",
    )  # fmt: skip
    assert state.ghost is None  # alone
    tutor.command(Command("next"), 1.0)
    assert tutor.state.next is None
    assert tutor.ending.ended == []  # nothing of it was begun
    tutor.command(Command("finish"), 2.0)
    tutor.command(Command("again", "heart,love", "trace"), 3.0)
    assert tutor.state.steps == ("heart", "love")
    assert tutor.state.ghost is not None


def test_a_test_of_a_step_shows_no_hint() -> None:
    tutor = Tutor(PROTOCOL, "guided", steps=("heart",), stage="prove")
    tutor.command(Command("start"), 0.0)
    tutor._voice._hints.show(Hint("hint_slower", {}, "heart"), 1.0)
    assert tutor.state.hint is None
    assert Tutor(PROTOCOL, "guided", steps=("heart",)).stage == "trace"


def test_hints_name_the_hand_and_the_points() -> None:
    blade = "scapula_left_points"
    assert spoken(ONE_HAND) == "name_left+hint_both_hands"
    assert spoken(Hint("hint_hold_longer", {"point": "8"}, blade)) == f"point_{blade}_8+hint_hold_longer"
    instead = Hint("hint_point_instead", {"point": "8", "instead": "12"}, blade)
    assert spoken(instead) == f"point_{blade}_8+not_that+point_{blade}_12"
    assert spoken(Hint("hint_slower", {}, "heart")) == "hint_slower"
