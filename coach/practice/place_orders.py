"""What the page said of where the camera stands, which it is, and how its picture lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.capture.camera import Device
from coach.domain import InputError
from coach.web.said import ChooseLayout, Lineup, Mirrored, Turn, UseCamera

if TYPE_CHECKING:
    from coach.practice.live import Practice


class PlaceOrders:
    """Obeys one message after the other, as :class:`coach.practice.orders.Orders` does. Only before the massage."""

    def __init__(self, practice: Practice) -> None:
        self._practice = practice

    def obey(self, said: ChooseLayout | Lineup | Mirrored | Turn | UseCamera) -> None:
        """:raises InputError: not_now"""
        practice, place = self._practice, self._practice.place
        if practice.stage != "setup":
            raise InputError("not_now")
        match said:
            case ChooseLayout():
                self._layout(said)
            case Turn():
                place.turn, place.turned = (place.turn + 1) % 4, True
            case Mirrored():
                self._mirrored(said.on)
            case Lineup():
                place.line_up(practice.eyes if said.on else None)
            case UseCamera():
                self._use(said.which)

    def _layout(self, said: ChooseLayout) -> None:
        """Where it stands: what is known of this camera is offered, else the back is guessed at once."""
        practice, place = self._practice, self._practice.place
        if said.layout is None:
            place.layout = None
            return
        if said.layout != place.layout:
            place.choose(said.layout)
        place.line_up(None)
        if practice.setup.corners is None and practice.setup.guess is None:
            practice.remember()
        if practice.setup.corners is None and practice.setup.guess is None:
            practice.setup.begin("pose")

    def _mirrored(self, on: bool) -> None:
        """Whether the camera mirrors; a mark that only a mirrored picture explains holds then."""
        practice, place = self._practice, self._practice.place
        asked, place.asks = place.asks, None
        if on == place.mirrored:
            return
        place.mirrored = on
        practice.setup.clear()
        if asked is not None:
            asked = asked.copy()
            asked[:, 0] = practice.size[0] - asked[:, 0]
            practice.setup.mark(asked)

    def _use(self, which: int) -> None:
        practice, place = self._practice, self._practice.place
        practice.settings.source = Device(which)
        practice.sampled = None
        place.line_up(None)
        practice.eyes.use(practice.settings.source)
        place.before, place.mirrored = practice.memory.place(practice.eyes.name)
        practice.setup.clear()
        practice.remember()
