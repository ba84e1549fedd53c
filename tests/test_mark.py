"""Marking the back with the mouse: the geometry, and the window driven through a stand-in for tkinter."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from coach.commands.mark import Marking, mark
from coach.domain import Floats, InputError
from coach.locate.marks import corners_of
from coach.locate.turn import turned, turned_back
from coach.messages import Catalogue

CLICKS = [(300, 70), (160, 115), (440, 105), (310, 400)]  # neck, both shoulders, waist
CORNERS = corners_of(np.array(CLICKS, dtype=np.float64), (640, 480))


class Widget:
    """Takes every call that the window makes, and remembers bindings, texts and drawings."""

    def __init__(self, toolkit: Toolkit, **options: Any) -> None:
        self.toolkit = toolkit
        toolkit.texts.append(options.get("text", ""))

    def bind(self, event: str, action: Callable[[Any], None]) -> None:
        self.toolkit.bound[event] = action

    def config(self, text: str = "", wraplength: int = 0, **size: int) -> None:
        self.toolkit.texts.append(text)
        self.toolkit.wrapped = wraplength or self.toolkit.wrapped
        if size:
            self.toolkit.sizes.append((size["width"], size["height"]))

    def delete(self, _tag: str) -> None:
        self.toolkit.drawn.clear()

    def __getattr__(self, name: str) -> Callable[..., None]:
        if not name.startswith("create_") and name not in ("pack", "title"):
            raise AttributeError(name)
        return lambda *places, **_: self.toolkit.drawn.append((name, *places))


class Toolkit:
    """Stands in for tkinter: its main loop plays the given events."""

    TclError = RuntimeError

    def __init__(self, events: list[Any], display: bool = True) -> None:
        self.events, self.display = events, display
        self.bound: dict[str, Callable[[Any], None]] = {}
        self.texts: list[str] = []
        self.drawn: list[tuple[Any, ...]] = []
        self.sizes: list[tuple[int, int]] = []  # of the canvas
        self.wrapped = 0  # px after which the sentence goes on in its next line
        self.open = True

    def Tk(self) -> Any:
        if not self.display:
            raise self.TclError("no display name and no $DISPLAY environment variable")
        root = Widget(self)
        root.winfo_screenwidth, root.winfo_screenheight = (lambda: 1366), (lambda: 768)  # type: ignore[attr-defined]
        root.mainloop, root.destroy = self._play, self._close  # type: ignore[attr-defined]
        return root

    def _close(self) -> None:
        self.open = False

    def _play(self) -> None:
        for event in self.events:
            if not self.open:
                return
            if isinstance(event, str):
                self.bound[event](None)
            else:
                self.bound["<Button-1>"](SimpleNamespace(x=event[0], y=event[1]))

    def Label(self, _root: Any, **options: Any) -> Widget:
        return Widget(self, **options)

    def Canvas(self, _root: Any, **options: Any) -> Widget:
        return Widget(self, **options)

    def PhotoImage(self, data: bytes, **_options: Any) -> bytes:
        return data


def marked(toolkit: Toolkit, height: int = 480, width: int = 640) -> Floats:
    return mark(np.zeros((height, width, 3), np.uint8), "title", Catalogue("id"), toolkit)


def test_four_clicks_and_enter_give_the_corners() -> None:
    toolkit = Toolkit([*CLICKS, "<Return>"])
    np.testing.assert_allclose(marked(toolkit), CORNERS)
    prompts = [text[:3] for text in toolkit.texts if text[1:3] == "/4"]
    assert prompts == ["1/4", "2/4", "3/4", "4/4"]


def test_the_last_point_can_be_taken_back_and_a_fifth_is_ignored() -> None:
    events = [CLICKS[0], (5, 5), "<BackSpace>", *CLICKS[1:], (7, 7), "<Control-z>", CLICKS[3], "<Return>"]
    np.testing.assert_allclose(marked(Toolkit(events)), CORNERS)
    np.testing.assert_allclose(marked(Toolkit(["<BackSpace>", *CLICKS, "<KP_Enter>"])), CORNERS)


@pytest.mark.parametrize("events", [[*CLICKS, "<Escape>", "<Return>"], CLICKS, [*CLICKS[:3], "<Return>"]])
def test_escape_a_closed_window_or_too_few_points_keep_nothing(events: list[Any]) -> None:
    with pytest.raises(InputError) as caught:
        marked(Toolkit(events))
    assert caught.value.key == "mark_cancelled"


def test_without_a_display_it_says_so() -> None:
    with pytest.raises(InputError) as caught:
        marked(Toolkit([], display=False))
    assert caught.value.key == "mark_no_display"


def test_the_finished_back_is_drawn_with_its_spine_and_labels() -> None:
    toolkit = Toolkit([*CLICKS])
    with pytest.raises(InputError):
        marked(toolkit)
    assert ("create_line", CLICKS[0], CLICKS[3]) in toolkit.drawn
    (frame,) = [np.array(shape[1:]) for shape in toolkit.drawn if shape[0] == "create_line" and len(shape) > 3]
    np.testing.assert_allclose(frame, [*CORNERS, CORNERS[0]])
    assert [shape[0] for shape in toolkit.drawn].count("create_text") == 4
    assert toolkit.wrapped == 640  # no sentence is wider than the picture, which would move it


@pytest.mark.parametrize(
    ("size", "shrink"),
    [((480, 640), 1.0), ((640, 480), 1.32), ((1080, 1920), 2.22), ((2160, 3840), 4.44), ((3840, 2160), 7.89)],
)
def test_a_large_picture_is_shown_smaller_and_its_corners_are_those_of_the_whole(
    size: tuple[int, int], shrink: float
) -> None:
    image = np.arange(size[0] * size[1] * 3, dtype=np.uint32).astype(np.uint8).reshape(*size, 3)
    marking = Marking(image, (1366, 768))
    assert marking.shrink == pytest.approx(shrink, abs=0.01)
    assert marking.size[0] <= 1366 - 160
    assert marking.size[1] <= 768 - 160
    assert marking.size[1] >= 1.2 * marking.shown.shape[0]
    places = np.array([[60, 10], [40, 20], [80, 20], [60, 70]])
    for x, y in places.tolist():
        marking.click(x, y)
    np.testing.assert_allclose(marking.places(), places * marking.shrink)
    np.testing.assert_allclose(marking.corners(), corners_of(places * marking.shrink, (size[1], size[0])))
    for x, y in places.tolist():  # what is seen at a place is what is there in the whole picture
        left, top = (int((v + 0.5) * marking.shrink) for v in (x, y))
        np.testing.assert_array_equal(marking.shown[y, x], image[top, left])
    height, width = marking.shown.shape[:2]
    assert marking.ppm() == f"P6 {width} {height} 255\n".encode() + marking.shown.tobytes()


def test_a_back_that_lies_turned_is_marked_and_then_shown_with_its_neck_above() -> None:
    for turn in (1, 2, 3):
        height, width = (480, 640) if turn % 2 == 0 else (640, 480)
        lying = turned_back(np.array(CLICKS, dtype=np.float64), turn, (width, height))
        shrink = Marking(np.zeros((height, width, 3), np.uint8), (1366, 768)).shrink
        toolkit = Toolkit([*(lying / shrink).tolist(), "<Return>"])
        corners = marked(toolkit, height, width)
        np.testing.assert_allclose(turned(corners, turn, (width, height)), CORNERS, atol=1e-6)
        assert toolkit.sizes[-1] == (640, 600)
        (spine,) = [shape[1:] for shape in toolkit.drawn if shape[0] == "create_line" and len(shape) == 3]
        np.testing.assert_allclose(spine, [CLICKS[0], CLICKS[3]], atol=1e-6)


def test_a_key_turns_the_picture_and_the_points_go_with_it() -> None:
    image = np.arange(480 * 640 * 3, dtype=np.uint32).astype(np.uint8).reshape(480, 640, 3)
    marking = Marking(image, (1366, 768))
    marking.click(600, 30)
    marking.turn_to(1)
    assert marking.shown.shape == (486, 364, 3)
    np.testing.assert_array_equal(marking.shown[0, 0], image[0, -1])
    np.testing.assert_allclose(marking.points, [np.array([30, 40]) / marking.shrink])
    np.testing.assert_allclose(marking.places(), [(600, 30)])
    events = [CLICKS[0], "r", "R", "r", "r", *CLICKS[1:], "<Return>"]
    np.testing.assert_allclose(marked(Toolkit(events)), CORNERS)
