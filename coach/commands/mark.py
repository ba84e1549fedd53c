"""Marking the back on a picture with the mouse, by four places on it, in a window of the standard library's tkinter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coach.domain import Floats, Image, InputError
from coach.locate.turn import kept_turn, turned, turned_back
from coach.messages import Catalogue

PLACES = 4  # C7, the left and the right shoulder point, L5
_MARGIN_PX = 160  # of the screen, for the window's frame and the lines of text
_DOT_PX = 5
_BELOW = 0.25  # of the picture's height: room under it, for the waist may lie outside the picture
_LINES, _NARROWEST = 2, 480  # of the sentence above the picture: lines, and px that it may always have
_INK, _SPINE = "#ffd400", "#00e0ff"


class Marking:
    """The points set so far, on a picture that is shown no larger than the screen."""

    def __init__(self, image: Image, screen: tuple[int, int]) -> None:
        """:param image: (height, width, 3) RGB; :param screen: (width, height) px it must fit on, less a margin"""
        self._image = image
        self._room = (max(200, screen[0] - _MARGIN_PX), max(200, screen[1] - _MARGIN_PX))
        self.points: list[tuple[float, float]] = []  # px of the window
        self._show(0)

    def _show(self, turn: int) -> None:
        """:param turn: quarter turns to the left"""
        picture = np.rot90(self._image, turn)
        height, width = picture.shape[:2]
        self.turn = turn
        self.shrink = max(1.0, width / self._room[0], height * (1 + _BELOW) / self._room[1])
        rows, columns = (_kept(length, self.shrink) for length in (height, width))
        self.shown = np.ascontiguousarray(picture[rows][:, columns])  # (height, width, 3) RGB

    def turn_to(self, turn: int) -> None:
        """Shows the picture by another turn; the points go with it."""
        places = self.places()
        self._show(turn % 4)
        points = turned(places, self.turn, self._whole) / self.shrink
        self.points = [(x, y) for x, y in points.tolist()]

    @property
    def upright(self) -> int:
        """The turn by which the neck is above, by the points; as it is while they are not all there."""
        if not self.finished:
            return self.turn
        shoulders_and_waist = self.places()[[1, 2, 3, 3]]
        return kept_turn(self.turn, shoulders_and_waist)

    @property
    def _whole(self) -> tuple[int, int]:
        height, width = self._image.shape[:2]
        return width, height

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) px that the points may lie in: the shown picture and the room below it."""
        height, width = self.shown.shape[:2]
        return width, int(height * (1 + _BELOW))

    def click(self, x: float, y: float) -> None:
        if not self.finished:
            self.points.append((x, y))

    def undo(self) -> None:
        self.points = self.points[:-1]

    @property
    def finished(self) -> bool:
        return len(self.points) == PLACES

    def places(self) -> Floats:
        """The points in pixels of the whole picture, (n, 2)."""
        points: Floats = np.array(self.points, dtype=np.float64).reshape(-1, 2) * self.shrink
        return turned_back(points, self.turn, self._whole)

    def corners(self) -> Floats:
        """Of the back, (4, 2) px of the whole picture, where all places are marked."""
        from coach.locate.marks import corners_of  # noqa: PLC0415  late: other commands need not wait for SciPy

        return corners_of(self.places(), self._whole)

    def outline(self) -> Floats:
        """The same in px of the window."""
        outline: Floats = turned(self.corners(), self.turn, self._whole) / self.shrink
        return outline

    def ppm(self) -> bytes:
        """The shown picture in the form that tkinter reads without a codec."""
        height, width = self.shown.shape[:2]
        return b"P6 %d %d 255\n" % (width, height) + self.shown.tobytes()


def _kept(length: int, shrink: float) -> NDArray[np.int64]:
    """Which rows or columns are shown of so many."""
    return ((np.arange(int(length / shrink)) + 0.5) * shrink).astype(np.int64)


def mark(image: Image, title: str, catalogue: Catalogue, toolkit: Any = None) -> Floats:
    """Asks a person for four places on the back.

    :param image: (height, width, 3) RGB
    :param toolkit: stands in for tkinter in tests
    :returns: the back's corners, (4, 2) px of the image
    :raises InputError: mark_no_display, mark_cancelled
    """
    if toolkit is None:
        try:
            import tkinter as toolkit  # noqa: PLC0415  late: some systems come without it
        except ImportError as error:
            raise InputError("mark_no_display") from error
    try:
        root = toolkit.Tk()
    except toolkit.TclError as error:
        raise InputError("mark_no_display") from error
    root.title(title)
    marking = Marking(image, (root.winfo_screenwidth(), root.winfo_screenheight()))
    window = _Window(toolkit, root, marking, catalogue)
    root.mainloop()
    if not window.kept:
        raise InputError("mark_cancelled")
    return marking.corners()


class _Window:
    """The picture, a line that says what to click, and the keys."""

    def __init__(self, toolkit: Any, root: Any, marking: Marking, catalogue: Catalogue) -> None:
        self.root, self.marking, self.catalogue, self.kept = root, marking, catalogue, False
        self.prompt = toolkit.Label(root, font=("TkDefaultFont", 16, "bold"), pady=6, height=_LINES)
        self.prompt.pack()
        self.toolkit = toolkit
        self.canvas = toolkit.Canvas(root, highlightthickness=0, cursor="crosshair")
        self.canvas.pack()
        toolkit.Label(root, text=catalogue.text("mark_keys"), pady=6).pack()
        self.canvas.bind("<Button-1>", lambda event: self.then(lambda: self.click(event.x, event.y)))
        root.bind("<BackSpace>", lambda _: self.then(marking.undo))
        root.bind("<Control-z>", lambda _: self.then(marking.undo))
        for key in ("r", "R"):
            root.bind(key, lambda _: self.turn_to(marking.turn + 1))
        root.bind("<Return>", lambda _: self.keep())
        root.bind("<KP_Enter>", lambda _: self.keep())
        root.bind("<Escape>", lambda _: root.destroy())
        self.turn_to(0)

    def click(self, x: float, y: float) -> None:
        """Sets a point; once the back is marked, its neck is above."""
        self.marking.click(x, y)
        if self.marking.upright != self.marking.turn:
            self.turn_to(self.marking.upright)

    def turn_to(self, turn: int) -> None:
        self.marking.turn_to(turn)
        width, height = self.marking.size
        self.picture = self.toolkit.PhotoImage(data=self.marking.ppm(), format="PPM", master=self.root)
        self.canvas.config(width=width, height=height)
        self.prompt.config(wraplength=max(width, _NARROWEST))  # else a longer sentence would move the picture
        self.canvas.delete("picture")
        self.canvas.create_image(0, 0, image=self.picture, anchor="nw", tags="picture")
        self.draw()

    def then(self, change: Callable[[], None]) -> None:
        change()
        self.draw()

    def keep(self) -> None:
        if self.marking.finished:
            self.kept = True
            self.root.destroy()

    def draw(self) -> None:
        points = self.marking.points
        key = "mark_finished" if self.marking.finished else f"mark_point_{len(points) + 1}"
        self.prompt.config(text=self.catalogue.text(key))
        self.canvas.delete("marks")
        if self.marking.finished:
            around = [(float(x), float(y)) for x, y in self.marking.outline()]
            self.canvas.create_line(*around, around[0], fill=_INK, width=2, tags="marks")
            self.canvas.create_line(points[0], points[-1], fill=_SPINE, width=2, dash=(6, 4), tags="marks")
        for k, (x, y) in enumerate(points):
            box = (x - _DOT_PX, y - _DOT_PX, x + _DOT_PX, y + _DOT_PX)
            self.canvas.create_oval(*box, fill=_INK, outline="black", tags="marks")
            label = self.catalogue.text(f"mark_label_{k + 1}")
            self.canvas.create_text(x, y - 14, text=label, fill=_INK, font=("TkDefaultFont", 12, "bold"), tags="marks")
