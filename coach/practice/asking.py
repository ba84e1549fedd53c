"""What the page asks, answered by palm: the page tells that it asks, and is told the side of the palm that answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from coach.domain import Floats, Frame, HandObservation
from coach.locate.plane import homography
from coach.tutor.answers import Answers
from coach.tutor.palms import see


@dataclass(slots=True)
class Asking:
    """The question that is shown now, and the newest answer that a palm gave."""

    _answers: Answers = field(default_factory=Answers)
    _given: dict[str, Any] | None = None  # JSON-ready; its number grows

    @property
    def question(self) -> str:
        """Empty where nothing is asked."""
        return self._answers.question

    def ask(self, question: str) -> None:
        """From now on palms answer this; nothing where it is empty."""
        if question != self._answers.question:
            self._answers = Answers(question)

    def see(self, frame: Frame, found: Sequence[HandObservation], back: Floats | None) -> None:
        """Takes a picture's hands.

        :param back: (4, 2) px; who massages there shows no palm
        """
        if not self.question:
            return
        size = (frame.image.shape[1], frame.image.shape[0])
        palms = see(frame.time_s, (), found, size, None if back is None else homography(back)).palms
        side = self._answers.see(frame.time_s, palms)
        if side is not None:
            number = 1 if self._given is None else self._given["n"] + 1
            self._given = {"n": number, "question": self.question, "side": side}

    def shown(self, gesture: dict[str, Any] | None) -> dict[str, Any]:
        """For the page.

        :param gesture: another palm's that is shown; a stop goes before
        """
        own = self._answers.shown
        ring = asdict(own) if own is not None and gesture is None else gesture
        return {"gesture": ring, "answer": self._given}
