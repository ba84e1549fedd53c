"""The shipped hand detector with its left/right label kept, and the variants of it that are measured against it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Literal, Self, TypeAlias, cast
from unittest.mock import patch

import numpy as np

from coach.detect import hands as detector
from coach.domain import Floats, Frame, HandObservation, Image
from tests.bench.bands import Banded

Label: TypeAlias = Literal["left", "right", "unknown"]
LABELS: tuple[Label, ...] = ("left", "right", "unknown")


@dataclass(frozen=True, slots=True)
class Labelled(HandObservation):
    """What the detector said, its label included."""

    label: Label = "unknown"


WHOLE = 9.0  # heights of the back around it: no picture shows more


class Shipped:
    """The detector as the product uses it, or otherwise in one point; keeps the labels."""

    def __init__(
        self,
        confidence: float = detector.CONFIDENCE,
        equalised: bool = True,
        near: bool = True,
        around: float | None = None,
        still: bool = False,
        lost: bool = True,
    ) -> None:
        """Loads the detector.

        :param equalised: whether dark parts of the picture are made lighter first
        :param near: whether only the back and a little around it are looked at; the whole picture is not equalised
        :param around: how much around it to every side, of the back's height; as shipped if None
        :param still: for pictures that do not follow each other
        :param lost: whether a hand that is lost there is looked for in the whole picture
        """
        with patch.object(detector, "CONFIDENCE", confidence):
            self._finder = detector.MediaPipeHands(still)
        if not equalised:
            self._finder._equalised = as_it_comes  # type: ignore[method-assign]
        if not lost:
            self._finder._lost = lambda *_: []  # type: ignore[method-assign]
        self._near, self._around = near, around
        self._detect = self._finder._detect
        self._finder._detect = self._listening  # type: ignore[method-assign]
        self._look = self._finder._look
        self._finder._look = self._labelled  # type: ignore[method-assign]
        self._said: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._finder.close()

    def find(self, frame: Frame, back: Floats | None = None) -> tuple[Labelled, ...]:
        margins: dict[str, Any] = {
            name: self._around or getattr(detector, name) for name in ("ABOVE", "BESIDE", "BELOW")
        }
        with patch.multiple(detector, **margins):
            found = self._finder.find(frame, back if self._near else None)
        return cast(tuple[Labelled, ...], found)

    def _labelled(self, frame: Frame, box: detector.Box | None = None) -> tuple[Labelled, ...]:
        found = self._look(frame, box)
        return tuple(
            Labelled(h.time_s, h.landmarks, h.confidence, label=_label(s))
            for h, s in zip(found, self._said, strict=True)
        )

    def _listening(self, image: Image, time_s: float, near: bool) -> Any:
        result = self._detect(image, time_s, near)
        self._said = [side[0].category_name for side in result.handedness]
        return result


def as_it_comes(image: Image) -> Image:
    """The picture unchanged, in one piece, as MediaPipe wants it."""
    return np.ascontiguousarray(image)


def _label(said: str) -> Label:
    """MediaPipe names hands as a mirror shows them from the front; in a picture from behind that is her own side."""
    return "left" if said.lower() == "left" else "right" if said.lower() == "right" else "unknown"


@dataclass(slots=True)
class Recalled:
    """Gives the hands that were found before."""

    hands: Sequence[tuple[Labelled, ...]]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def find(self, frame: Frame, back: Floats | None = None) -> tuple[Labelled, ...]:  # noqa: ARG002
        return self.hands[frame.index]


@dataclass(slots=True)
class Retried:
    """Where fewer than two hands were found, asks a second finder."""

    first: Any
    second: Any
    asked: int = 0
    _stack: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> Self:
        self._stack.enter_context(self.first)
        self._stack.enter_context(self.second)
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def find(self, frame: Frame, back: Floats | None = None) -> tuple[Labelled, ...]:
        found: tuple[Labelled, ...] = self.first.find(frame, back)
        if len(found) == detector.HANDS:
            return found
        self.asked += 1
        more = [hand for hand in self.second.find(frame, back) if all(_apart(hand, other) for other in found)]
        return (*found, *more)[: detector.HANDS]


def _apart(a: HandObservation, b: HandObservation) -> bool:
    """Whether two skeletons lie on two hands: their middles are half a palm or more apart."""
    middles = [hand.landmarks[[0, 9]].mean(axis=0) for hand in (a, b)]
    palm = float(np.hypot(*(a.landmarks[0] - a.landmarks[9])))
    return float(np.hypot(*(middles[0] - middles[1]))) > 0.5 * palm


@dataclass(frozen=True, slots=True)
class Variant:
    """A way to find hands."""

    what: str
    build: Callable[[], Any]

    def make(self, known: Sequence[tuple[Labelled, ...]] | None) -> Any:
        """A finder to be used as a context manager; from memory where its hands are known."""
        return self.build() if known is None else Recalled(known)


FINDERS: dict[str, Variant] = {
    "shipped": Variant("as the product finds hands", Shipped),
    "bare": Variant("the whole picture as it comes", lambda: Shipped(near=False)),
    "cut": Variant("the back alone, equalised, also where a hand is lost", lambda: Shipped(lost=False)),
    "no equalising": Variant("the back alone, as it comes", lambda: Shipped(equalised=False, lost=False)),
    "no cut": Variant("the whole picture, equalised", lambda: Shipped(around=WHOLE, lost=False)),
    "wide cut": Variant("the back and a third of its height around it", lambda: Shipped(around=0.35, lost=False)),
    "0.3": Variant("all three thresholds at 0.3", lambda: Shipped(0.3, lost=False)),
    "0.7": Variant("all three thresholds at 0.7", lambda: Shipped(0.7, lost=False)),
    "two scales": Variant(
        "the back alone, and the whole picture, equalised, where a hand is missing",
        lambda: Retried(Shipped(lost=False), Shipped(around=WHOLE, lost=False)),
    ),
    "wristbands": Variant(
        "once more at a coloured band that has no hand",
        lambda: Banded(Shipped(lost=False), Shipped(near=False, still=True)),
    ),
    "retry 0.3": Variant(
        "once more at 0.3 where a hand is missing", lambda: Retried(Shipped(lost=False), Shipped(0.3, lost=False))
    ),
}
