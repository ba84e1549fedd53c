"""Where the camera stands, how its picture is shown, and which camera it is."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from coach.capture.camera import CLOCK, Device, Pictures
from coach.capture.cameras import Found, Lineup, found
from coach.capture.jpeg import decode
from coach.domain import InputError
from coach.practice.eyes import Shot
from coach.practice.memory import Memory
from coach.practice.place import Place
from coach.practice.preview import Preview
from coach.practice.setup import SetUp
from coach.practice.setup_check import load_limits
from coach.practice.shown import Shown
from tests.fakes.protocols import shipped

BACK = np.array([[200.0, 100], [440, 110], [430, 400], [210, 390]])


@pytest.mark.parametrize("quarter", range(4))
@pytest.mark.parametrize("size", [(640, 480), (1280, 720)])
def test_what_is_shown_turned_is_dragged_where_it_lies(quarter: int, size: tuple[int, int]) -> None:
    shown = Shown(size, quarter)
    np.testing.assert_allclose(shown.own(np.array(shown.pixels(BACK), dtype=np.float64)), BACK, atol=1.01)


@pytest.mark.parametrize(("quarter", "mirrored"), [(0, False), (1, False), (2, True), (3, True)])
def test_the_preview_shows_the_picture_as_the_marks_lie(quarter: int, mirrored: bool) -> None:
    image = np.zeros((480, 1280, 3), dtype=np.uint8)
    image[90:110, 190:210] = 255
    place = Place(turn=quarter, mirrored=mirrored)
    (y, x) = np.argwhere(place.own(image)[..., 0] > 128).mean(axis=0)
    preview = Preview()
    try:
        picture = decode(preview.begin(Shot(image, None, 0.0), quarter, mirrored).result(5)[0])
    finally:
        preview.close()
    assert picture is not None
    bright = np.argwhere(picture[..., 0] > 128).mean(axis=0)[::-1]
    ((across, down),) = Shown((1280, 480), quarter).pixels(np.array([[x, y]]))
    np.testing.assert_allclose(bright, (across, down), atol=2.0)


def test_a_mark_with_left_and_right_exchanged_is_kept_for_the_question() -> None:
    setup = SetUp(load_limits())
    with pytest.raises(InputError) as caught:
        setup.drag(BACK[[1, 0, 3, 2]], "corners")
    assert caught.value.key == "mark_mirrored"
    assert setup.exchanged is not None
    flipped = setup.exchanged.copy()
    flipped[:, 0] = 640 - flipped[:, 0]
    setup.mark(flipped)
    assert setup.corners is not None


def test_what_will_not_be_seen_is_known_once_the_back_is_marked_and_by_where_the_camera_stands() -> None:
    setup = SetUp(load_limits(), shipped("oxytocin").segments)
    setup.layout = "behind"
    assert setup.unseen_steps() == ()
    from_her_right = np.array([[234.5, 104.9], [461.2, 182.9], [379.6, 423.9], [195.4, 345.4]])
    setup.mark(from_her_right)
    told = setup.unseen_steps()
    assert "scapula_left_circles" in told
    assert "scapula_right_circles" not in told
    setup.clear()
    assert setup.unseen_steps() == ()
    setup.layout = "above"
    setup.mark(from_her_right)
    assert setup.unseen_steps() == ()


def test_where_a_camera_stood_is_remembered_with_its_mark(tmp_path: Path) -> None:
    memory = Memory(tmp_path)
    assert memory.place("device 0") == (None, False)
    memory.keep("device 0", (640, 480), BACK, "far", True)
    assert Memory(tmp_path).place("device 0") == ("far", True)
    assert Memory(tmp_path).mark("device 0", (640, 480)) is not None


def test_from_the_side_a_touch_may_lie_by_any_turn() -> None:
    place = Place()
    place.choose("far")
    assert (place.turn, place.known_turn) == (2, 2)
    place.choose("beside")
    assert place.known_turn is None


class Coloured(Device):
    """A camera whose pictures are of one colour."""

    def pictures(self) -> Pictures:
        while True:
            yield np.full((48, 64, 3), 40 * (self.which + 1), dtype=np.uint8), CLOCK()
            time.sleep(0.01)


class Taken(Device):
    def pictures(self) -> Pictures:
        raise InputError("camera_none")
        yield


@pytest.fixture
def lineup() -> Iterator[Lineup]:
    listed = (Found(0, "own"), Found(1, "second"), Found(2, ""))
    made = Lineup(0, lambda: listed, lambda which: Taken(which) if which == 2 else Coloured(which))
    yield made
    made.close()


def test_each_camera_shows_a_small_picture(lineup: Lineup) -> None:
    lineup.show(np.full((48, 64, 3), 200, dtype=np.uint8))
    ends_s = time.monotonic() + 20.0
    while not (lineup.picture(1) and len(lineup.told()) == 2):
        assert time.monotonic() < ends_s
        time.sleep(0.02)
    own, second = (decode(lineup.picture(which)) for which in (0, 1))
    assert own is not None
    assert second is not None
    assert abs(own.mean() - 200) < 6
    assert abs(second.mean() - 80) < 6
    assert [(one["which"], one["used"]) for one in lineup.told()] == [(0, True), (1, False)]
    assert lineup.picture(9) == b""


def test_linux_lists_each_camera_once(tmp_path: Path) -> None:
    for number, index, name in ((0, "0", "Built in"), (1, "1", "Built in"), (12, "0", "On a cable")):
        folder = tmp_path / f"video{number}"
        folder.mkdir()
        (folder / "index").write_text(index)
        (folder / "name").write_text(name + "\n")
    assert found(tmp_path, "linux") == (Found(0, "Built in"), Found(12, "On a cable"))
    assert [one.which for one in found(tmp_path, "win32")] == [0, 1, 2, 3]
