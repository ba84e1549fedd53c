"""What the page said of the back's mark: in the set-up, and where it is marked anew."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from coach.domain import InputError
from coach.practice.setup import SetUp
from coach.practice.whereabouts import Anew
from coach.web.said import Mark

if TYPE_CHECKING:
    from coach.practice.live import Practice


class MarkOrders:
    """Obeys one message after the other, as :class:`coach.practice.orders.Orders` does.

    :param again: practises a segment again, once its back is marked
    """

    def __init__(self, practice: Practice, again: Callable[[str], None]) -> None:
        self._practice, self._again = practice, again

    def obey(self, said: Mark) -> None:
        """Does what was said of the mark.

        :raises InputError: where it cannot be done now, or where the points are refused
        """
        practice = self._practice
        if practice.stage == "lesson":
            self._mark_anew(said)
        elif said.way == "clear":
            self.unmark()
        else:
            self._mark_in(practice.setup, said)

    def _mark_in(self, setup: SetUp, said: Mark) -> None:
        practice = self._practice
        if practice.size == (0, 0):
            raise InputError("mark_no_camera")
        if said.way == "accept":
            setup.accept()
        elif said.way == "drag":
            self._drag(setup, said)
        elif said.way in ("touch", "pose"):
            setup.begin(said.way)
        else:
            raise InputError("not_now")

    def _mark_anew(self, said: Mark) -> None:
        """In a pause, or before a segment is practised again; what was marked holds once it is accepted."""
        practice = self._practice
        anew = practice.whereabouts.anew
        if said.way == "anew" and anew is None and practice.phase == "paused":
            practice.mark_anew()
        elif anew is None or said.way == "anew":
            raise InputError("not_now")
        elif said.way == "clear" and anew.setup.way is not None:  # by touch; there is another way
            practice.mark_anew(anew.segment)
        elif said.way == "clear":
            practice.whereabouts.anew = None
        elif said.way == "accept":
            self._accept(anew)
        else:
            self._mark_in(anew.setup, said)

    def _accept(self, anew: Anew) -> None:
        if anew.setup.corners is None:
            anew.setup.accept()
        self._practice.take_mark()
        if anew.segment is not None:
            self._again(anew.segment)

    def _drag(self, setup: SetUp, said: Mark) -> None:
        practice = self._practice
        try:
            setup.drag(practice.view.own(np.array(said.points, dtype=np.float64)), said.kind)
        except InputError as error:  # else an earlier mark stayed in force, which is no longer the one that is shown
            anew = practice.whereabouts.anew
            if anew is None:
                self.unmark()
                practice.place.asks = setup.exchanged if error.key == "mark_mirrored" else None
            else:
                anew.setup.clear()
            raise

    def unmark(self) -> None:
        """Takes the mark away; what is known of this camera is offered again."""
        self._practice.setup.clear()
        self._practice.remember()
