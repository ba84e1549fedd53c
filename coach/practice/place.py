"""Where the camera stands and which it is, as the person has said; and the cameras to choose from meanwhile."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from coach.capture.camera import Device
from coach.capture.cameras import Lineup
from coach.domain import Floats, Image
from coach.practice.eyes import Eyes
from coach.practice.setup_check import Layout

# Quarter turns to the left by which a picture from there is shown while the back is not marked.
TURNS: dict[Layout, int] = {"far": 2, "beside": 0, "behind": 0, "above": 0}


@dataclass(slots=True)
class Place:
    """In the coaching thread; only the lineup's pictures are asked for by others."""

    layout: Layout | None = None
    before: Layout | None = None  # where this camera stood the last time
    turn: int = 0  # quarter turns to the left by which the picture is shown, so that the neck is above
    turned: bool = False  # a person has turned it: nobody knows better
    mirrored: bool = False  # the camera gives mirrored pictures, which are mirrored back
    asks: Floats | None = None  # (4, 2) px of a mark with left and right exchanged: is the picture mirrored?
    lineup: Lineup | None = None

    def choose(self, layout: Layout) -> None:
        self.layout, self.turn, self.turned = layout, TURNS[layout], False

    def forget(self) -> None:
        """The next person begins."""
        self.layout, self.turned, self.asks = None, False, None
        self.line_up(None)

    @property
    def limits(self) -> Layout:
        """Whose limits the check goes by."""
        return self.layout or "behind"

    @property
    def known_turn(self) -> int | None:
        """The turn that a touched back must fit; None where only the touches tell it."""
        return None if self.layout == "beside" and not self.turned else self.turn

    def own(self, image: Image) -> Image:
        """The picture as the eye would see it."""
        return np.ascontiguousarray(image[:, ::-1]) if self.mirrored else image

    def line_up(self, eyes: Eyes | None) -> None:
        """Opens all cameras beside the one that is looked through; None closes them."""
        if self.lineup is not None:
            self.lineup.close()
            self.lineup = None
        if eyes is not None:
            self.lineup = Lineup(eyes.source.which if isinstance(eyes.source, Device) and not eyes.browser else None)

    def picture(self, which: int) -> bytes:
        """A small JPEG of a camera that may be chosen; empty where there is none. From any thread."""
        lineup = self.lineup
        return b"" if lineup is None else lineup.picture(which)
