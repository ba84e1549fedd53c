"""A palm answers what is asked: surely, once, and never the question before or after."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from coach.parameters.gestures import SIGN_S
from coach.protocol.files import load
from coach.tutor import Command, Tutor
from coach.tutor.answers import Answers
from coach.tutor.state import Palm
from tests.tutor.seen import seeing

LEFT, RIGHT = Palm(0.1, 0.2), Palm(0.9, 0.2)
NONE: tuple[Palm, ...] = ()
FPS = 15


def given(frames: Sequence[tuple[Palm, ...]], answers: Answers | None = None, from_s: float = 0.0) -> list[str]:
    answers = answers or Answers("no_fever")
    told = (answers.see(from_s + k / FPS, palms) for k, palms in enumerate(frames))
    return [side for side in told if side is not None]


@pytest.mark.parametrize(("palm", "side"), [(LEFT, "top_left"), (RIGHT, "top_right")])
def test_a_palm_held_at_one_side_answers_once(palm: Palm, side: str) -> None:
    assert given([NONE] * 10 + [(palm,)] * 60) == [side]


def test_one_that_was_up_when_the_question_came_counts_only_once_it_was_lowered() -> None:
    answers = Answers("no_fever")
    assert given([(RIGHT,)] * 60, answers) == []
    assert given([NONE] * 10 + [(RIGHT,)] * 25, answers, 4.0) == ["top_right"]


def test_hands_that_lie_open_on_the_back_are_in_no_answer_s_way() -> None:
    resting = Palm(0.45, 0.6)
    assert given([(resting,)] * 30 + [(resting, RIGHT)] * 25) == ["top_right"]


@pytest.mark.parametrize(
    "frames",
    [
        [(RIGHT,)] * int(0.9 * SIGN_S * FPS),
        [(LEFT, RIGHT)] * 60,  # both: a stop, or a stretch
        [(Palm(0.5, 0.2),)] * 60,
        [(Palm(0.75 + 0.006 * k, 0.2),) for k in range(40)],
        ([(RIGHT,)] * 10 + [(LEFT,)] * 10) * 3,
        ([(RIGHT,)] * 10 + [NONE] * 8) * 3,
    ],
    ids=["short", "both", "middle", "moves", "in turn", "again and again"],
)
def test_what_is_not_sure_is_no_answer(frames: list[tuple[Palm, ...]]) -> None:
    assert given([NONE] * 10 + frames) == []


def test_the_bar_fills_while_it_is_held() -> None:
    answers = Answers("no_fever")
    given([NONE] * 10 + [(LEFT,)] * 10, answers)
    assert answers.shown is not None
    assert (answers.shown.kind, answers.shown.corner) == ("answer", "top_left")
    assert 0.3 < answers.shown.progress < 0.7


def test_while_something_is_asked_a_palm_pauses_and_repeats_nothing_and_both_stop_all_the_same() -> None:
    tutor = Tutor(load("oxytocin"), "guided")
    tutor.command(Command("start"), 0.0)
    tutor.asked = True
    for k in range(60):
        assert tutor.see(seeing(k / FPS, palms=((RIGHT,) if k < 30 else (LEFT,)))) is None
    assert tutor.phase == "practising"
    deeds = [tutor.see(seeing(6.0 + k / FPS, palms=(LEFT, RIGHT))) for k in range(30)]
    assert [deed for deed in deeds if deed] == ["stop"]


def test_a_palm_that_has_answered_is_lowered_before_it_means_anything_else() -> None:
    tutor = Tutor(load("oxytocin"), "guided")
    tutor.command(Command("start"), 0.0)
    tutor.asked = True
    for k in range(20):
        tutor.see(seeing(k / FPS, palms=(RIGHT,)))
    tutor.asked = False  # the answer was taken; the palm is still up
    lost = {35, 36}  # frames in which it is not seen
    for k in range(20, 60):
        assert tutor.see(seeing(k / FPS, palms=NONE if k in lost else (RIGHT,))) is None
    for k in range(60, 70):
        tutor.see(seeing(k / FPS))
    deeds = [tutor.see(seeing(k / FPS, palms=(RIGHT,))) for k in range(70, 100)]
    assert [deed for deed in deeds if deed] == ["pause"]
