"""A guess at the back from a few pictures, made in a thread of its own: the camera's pictures do not wait for it."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import Future

from coach.detect.pose import guess_back
from coach.domain import Floats, Frame, HandObservation, InputError

POSE_PICTURES, POSE_EVERY_S = 8, 0.25  # what the guess at the back looks at


class Guessing:
    """Takes pictures until there are enough, then guesses. Who wants the answer no more forgets it."""

    def __init__(self) -> None:
        self._pictures: list[Frame] = []
        self._hands: list[HandObservation] = []
        self._answer: Future[Floats | None] | None = None

    def see(self, frame: Frame, found: Sequence[HandObservation]) -> bool:
        """Takes a picture and the hands in it; whether the guess is made."""
        if self._answer is not None:
            return self._answer.done()
        self._hands.extend(found)
        if not self._pictures or frame.time_s - self._pictures[-1].time_s >= POSE_EVERY_S:
            self._pictures.append(frame)
        if len(self._pictures) >= POSE_PICTURES:
            self._answer = Future()
            about = (self._answer, self._pictures, self._hands)
            threading.Thread(target=_guess, args=about, name="coach-guess", daemon=True).start()
        return False

    @property
    def corners(self) -> Floats | None:
        """(4, 2) px, once the guess is made; None where that is not sure."""
        return None if self._answer is None else self._answer.result()


def _guess(answer: Future[Floats | None], pictures: Sequence[Frame], hands: Sequence[HandObservation]) -> None:
    found: Floats | None = None
    try:
        found = guess_back(pictures, hands)
    except InputError:  # a model or a library that is missing: the other two ways need neither
        return
    finally:
        answer.set_result(found)
