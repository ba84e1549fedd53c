"""Who practises, what she chose, how each step went, and what she is told of it the next time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from coach.capture.camera import Film
from coach.learn.lessons import Done, Planned
from coach.store import Filter
from tests.footage import film
from tests.practice.session import Room, room
from tests.store.made import new, result

BACK = np.array([[120.0, 40], [520, 40], [520, 440], [120, 440]])


@pytest.fixture
def practising(tmp_path: Path) -> Iterator[Room]:
    """At the welcome, before three seconds of a grey wall."""
    images = [np.full((480, 640, 3), 60 + k, dtype=np.uint8) for k in range(45)]
    with room(tmp_path, Film(str(film(tmp_path / "clip.mp4", images)))) as running:
        running.until(lambda: running.page.frames and running.state["tracker"] == "ok")
        yield running


def test_two_chosen_steps_are_practised_and_the_plan_is_kept(practising: Room) -> None:
    practising.say(t="plan", steps=["heart", "nowhere"])
    practising.refused("again_unknown")
    practising.say(t="learner", code="kartu-sun")
    practising.say(t="plan", steps=["heart", "love"], stage="alone")
    practising.until(lambda: practising.state["plan"] == {"steps": ["heart", "love"], "stage": "alone"})
    practising.agree(code="kartu-sun")
    practising.say(t="learner", code="K07")
    practising.refused("not_now")  # somebody is being massaged by her
    practising.mark(BACK)
    practising.until(lambda: practising.state["camera"]["state"] == "ok")
    practising.say(t="start")
    practising.phase("practising")
    state = practising.state
    assert (state["step"]["segment"], state["step"]["of"], state["steps"]) == ("heart", 2, ["heart", "love"])
    assert (state["stage"], state["ghost"], state["next"]) == ("alone", None, "love")
    practising.phase("finished")
    practising.until(lambda: practising.state["result"])
    practising.until(lambda: practising.store.sessions(Filter()).rows)
    [row] = practising.store.sessions(Filter()).rows
    assert (row.kader, row.mode, row.segment, row.percent) == ("kartu-sun", "again", "heart,love", None)
    [held] = practising.store.practised("kartu-sun", "oxytocin")
    assert held.entries == (Planned(steps=("heart", "love"), stage="alone"),)


def test_the_next_time_she_is_told_how_far_she_is_and_goes_on(practising: Room) -> None:
    session = practising.store.add(new(kader="K07"), result())
    for entry in (Planned(steps=("heart", "love"), stage="trace"), Done(segment="heart", stage="trace", right=True)):
        practising.store.lesson(session, entry.model_dump(mode="json"))
    practising.say(t="learner", code="K07")
    practising.until(lambda: practising.state["learned"])
    learned = practising.state["learned"]
    assert learned["steps"]["love"]["state"] == "practised"
    assert learned["left"] == {"steps": ["love"], "stage": "trace"}
    assert practising.state["learners"] == ["K07"]
    practising.say(t="learner", code="")
    practising.until(lambda: practising.state["learned"] == {})
