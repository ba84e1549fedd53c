"""Ways back before the massage begins: from the sample to one's own camera, to a mark, and to what was agreed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from coach.capture.camera import Film
from coach.capture.jpeg import encode
from coach.domain import Floats, InputError
from coach.practice.memory import Memory
from tests.footage import film
from tests.practice.session import NoHands, Room, room

BACK = np.array([[120.0, 40], [520, 40], [520, 440], [120, 440]])
SAMPLED = BACK + 7.0
TINY = [[0, 0], [5, 0], [5, 5], [0, 5]]


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    images = [np.full((480, 640, 3), 60 + k, dtype=np.uint8) for k in range(45)]
    return film(tmp_path_factory.mktemp("clip") / "clip.mp4", images)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    images = [np.full((240, 320, 3), 60 + k, dtype=np.uint8) for k in range(45)]
    return film(tmp_path_factory.mktemp("small") / "small.mp4", images)


def sample(path: Path) -> Callable[[], tuple[Film, Floats]]:
    return lambda: (Film(str(path), called="sample"), SAMPLED)


def looks(running: Room, name: str, sampled: bool) -> None:
    """Until these pictures come."""

    def true() -> bool:
        camera = running.state["camera"]
        return (camera["state"], camera["name"], camera["sampled"]) == ("ok", name, sampled)

    running.until(lambda: running.page.states and true())


def own(path: Path) -> Film:
    return Film(str(path), called="own")


@pytest.mark.parametrize("word", ["browser_camera", "new"])
def test_from_the_sample_there_is_a_way_back_to_ones_own_camera(clip: Path, tmp_path: Path, word: str) -> None:
    with room(tmp_path, own(clip), sample=sample(clip)) as running:
        running.agree()
        looks(running, "own", False)
        running.say(t="sample")
        looks(running, "sample", True)
        running.say(**({"t": "new"} if word == "new" else {"t": word, "on": False}))
        looks(running, "own", False)
        assert running.state["marking"]["guess"] is None


def test_where_there_is_no_camera_the_sample_is_left_all_the_same(clip: Path, tmp_path: Path) -> None:
    with room(tmp_path, None, sample=sample(clip)) as running:
        running.agree()
        running.say(t="sample")
        running.until(lambda: running.state["camera"]["state"] == "ok")
        running.say(t="browser_camera", on=False)
        running.until(lambda: running.state["camera"]["key"] == "camera_none")
        running.say(t="sample")
        running.until(lambda: running.state["camera"]["state"] == "ok")
        running.say(t="browser_camera", on=True)
        running.until(lambda: running.state["camera"]["browser"])
        assert not running.state["camera"]["sampled"]


def test_the_samples_mark_stays_where_its_pictures_are_of_another_size(clip: Path, small: Path, tmp_path: Path) -> None:
    with room(tmp_path, own(small), sample=sample(clip)) as running:
        running.agree()
        looks(running, "own", False)
        running.say(t="sample")
        running.until(lambda: running.practice.size == (640, 480))
        running.until(lambda: running.state["marking"]["guess"] == SAMPLED.astype(int).tolist())
        running.say(t="mark", way="touch")
        running.until(lambda: running.state["marking"]["way"] == "touch")
        running.say(t="mark", way="clear")
        running.until(lambda: running.state["marking"]["guess"] == SAMPLED.astype(int).tolist())


def remembered(running: Room) -> bool:
    marking = running.state["marking"]
    return bool(marking["remembered"]) and marking["guess"] == BACK.astype(int).tolist() and not marking["marked"]


@pytest.fixture
def knowing(tmp_path: Path) -> Path:
    """A folder in which a mark is remembered."""
    Memory(tmp_path).keep("own", (640, 480), BACK)
    return tmp_path


def test_another_way_to_mark_costs_no_remembered_mark(clip: Path, knowing: Path) -> None:
    with room(knowing, own(clip)) as running:
        running.agree()
        running.until(lambda: remembered(running))
        running.say(t="mark", way="touch")
        running.until(lambda: running.state["marking"]["guess"] is None)
        running.say(t="mark", way="clear")
        running.until(lambda: remembered(running))


def test_a_guess_in_vain_costs_no_remembered_mark(clip: Path, knowing: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coach.practice.guessing.guess_back", lambda *_: None)
    with room(knowing, own(clip)) as running:
        running.agree()
        running.until(lambda: remembered(running))
        running.say(t="mark", way="pose")
        running.until(lambda: running.state["marking"]["guess"] is None)
        running.refused("mark_no_guess")
        running.until(lambda: remembered(running))


def test_points_that_are_refused_leave_no_earlier_mark_in_force(clip: Path, knowing: Path) -> None:
    with room(knowing, own(clip)) as running:
        running.agree()
        running.mark(BACK + 20.0)
        running.say(t="mark", way="drag", kind="corners", points=TINY)
        running.refused("mark_tiny")
        running.until(lambda: remembered(running))
        running.say(t="start")
        running.refused("start_unmarked")


def test_what_was_agreed_by_mistake_is_taken_back(clip: Path, tmp_path: Path) -> None:
    with room(tmp_path, own(clip)) as running:
        running.until(lambda: running.page.frames)
        running.agree(code="K07", video=True)
        running.say(t="mode", mode="exam")
        running.until(lambda: running.state["code"])
        running.say(t="mark", way="touch")
        running.until(lambda: running.state["marking"]["way"] == "touch")
        running.say(t="back")
        running.phase("consent")
        assert (running.state["mode"], running.state["code"], running.state["marking"]["way"]) == (
            "exam",
            "K07",
            None,
        )  # who she is stays
        assert (running.practice.agreed.video, running.practice.agreed.checks) == (False, ())
        running.say(t="start")
        running.refused("consent_missing")
        running.say(t="back")
        running.phase("welcome")
        running.say(t="back")
        running.refused("not_now")
        running.agree(code="K08")
        running.mark(BACK)
        running.until(lambda: running.state["tracker"] == "ok" and running.state["camera"]["state"] == "ok")
        running.say(t="start")
        running.phase("practising")
        assert (running.practice.agreed.code, running.state["mode"]) == ("K08", "exam")
        running.say(t="back")
        running.refused("not_now")


@pytest.mark.parametrize(("word", "phase"), [("new", "welcome"), ("back", "consent")])
def test_the_browsers_camera_is_waited_for_anew_until_she_has_agreed(tmp_path: Path, word: str, phase: str) -> None:
    jpeg, _ = encode(np.full((240, 320, 3), 90, dtype=np.uint8), 640)
    with room(tmp_path, None) as running:
        running.agree()
        running.say(t="browser_camera", on=True)
        running.until(lambda: running.state["camera"]["state"] == "opening")
        running.practice.picture(0.1, jpeg)
        running.until(lambda: running.state["camera"]["state"] == "ok")
        running.say(t=word)
        running.phase(phase)
        running.until(lambda: running.state["camera"]["state"] == "opening")
        assert running.state["camera"]["browser"]
        assert not running.state["agreed"]
        running.say(t="stop")  # says nothing of what she agrees to
        running.phase("stopped")
        assert not running.state["agreed"]
        running.say(t="resume")
        running.phase(phase)
        running.practice.picture(0.2, jpeg)
        running.until(lambda: running.state["camera"]["state"] == "ok")


def test_the_samples_session_stays_the_samples(clip: Path, tmp_path: Path) -> None:
    with room(tmp_path, own(clip), sample=sample(clip)) as running:
        running.agree()
        running.say(t="sample")
        looks(running, "sample", True)
        running.mark(BACK)
        running.until(lambda: running.state["tracker"] == "ok")
        running.say(t="start")
        running.phase("practising")
        running.say(t="stop")
        running.phase("stopped")
        running.say(t="browser_camera", on=False)
        running.refused("not_now")
        assert running.state["camera"]["sampled"]


def test_without_its_tracker_the_coach_says_so_and_not_that_it_is_getting_ready(clip: Path, tmp_path: Path) -> None:
    def broken() -> NoHands:
        raise InputError("model_missing", path="x")

    with room(tmp_path, own(clip), broken) as running:
        running.agree()
        running.mark(BACK)
        running.until(lambda: running.state["tracker"] == "failed")
        running.say(t="start")
        running.refused("tracker_failed")
