"""The shipped hand detector with its left/right label kept, and the variants of it that are measured against it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import Any, Literal, Self, TypeAlias
from unittest.mock import patch

import numpy as np

from coach.detect import hands as detector
from coach.domain import Floats, Frame, HandObservation

Label: TypeAlias = Literal["left", "right", "unknown"]
LABELS: tuple[Label, ...] = ("left", "right", "unknown")
CROP_MARGIN = 0.35  # of the back's height around its rectangle: the neck is above it, forearms come from the side


@dataclass(frozen=True, slots=True)
class Labelled(HandObservation):
    """What the detector said, its label included."""

    label: Label = "unknown"


class Shipped:
    """The detector as the product uses it, at a confidence of one's choice; keeps the labels."""

    def __init__(self, confidence: float = detector.CONFIDENCE, still: bool = False) -> None:
        with patch.object(detector, "CONFIDENCE", confidence):
            self._finder = detector.MediaPipeHands(still)
        self._heard = _Heard(self._finder._landmarker)
        self._finder._landmarker = self._heard

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._finder.close()

    def find(self, frame: Frame) -> tuple[Labelled, ...]:
        found = self._finder.find(frame)
        said = self._heard.labels if len(self._heard.labels) == len(found) else ["unknown"] * len(found)
        return tuple(
            Labelled(h.time_s, h.landmarks, h.confidence, label=_label(s)) for h, s in zip(found, said, strict=True)
        )


class _Heard:
    """Passes everything on to the landmarker and keeps the labels of its last answer."""

    def __init__(self, landmarker: Any) -> None:
        self._landmarker = landmarker
        self.labels: list[str] = []

    def __getattr__(self, name: str) -> Any:
        asked = getattr(self._landmarker, name)
        return self._listening(asked) if name.startswith("detect") else asked

    def _listening(self, asked: Callable[..., Any]) -> Callable[..., Any]:
        def ask(*arguments: Any) -> Any:
            result = asked(*arguments)
            self.labels = [side[0].category_name for side in result.handedness]
            return result

        return ask


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

    def find(self, frame: Frame) -> tuple[Labelled, ...]:
        return self.hands[frame.index]


class Cropped:
    """Looks only at the back and what is around it, so that hands are larger in what the model sees."""

    def __init__(self, corners: Floats, margin: float = CROP_MARGIN) -> None:
        low, high = corners.min(axis=0), corners.max(axis=0)
        around = margin * float((high - low)[1])
        self._low, self._high = low - around, high + around
        self._inner = Shipped()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._inner.__exit__(None, None, None)

    def find(self, frame: Frame) -> tuple[Labelled, ...]:
        height, width = frame.image.shape[:2]
        x0, y0 = (max(0, int(v)) for v in self._low)
        x1, y1 = min(width, int(self._high[0])), min(height, int(self._high[1]))
        part = replace(frame, image=np.ascontiguousarray(frame.image[y0:y1, x0:x1]))
        moved = np.array([x0, y0], dtype=float)
        return tuple(replace(hand, landmarks=hand.landmarks + moved) for hand in self._inner.find(part))


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

    def find(self, frame: Frame) -> tuple[Labelled, ...]:
        found: tuple[Labelled, ...] = self.first.find(frame)
        if len(found) == detector.HANDS:
            return found
        self.asked += 1
        more = [hand for hand in self.second.find(frame) if all(_apart(hand, other) for other in found)]
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
    build: Callable[[Floats], Any]
    needs_back: bool = False

    def make(self, corners: Floats, known: Sequence[tuple[Labelled, ...]] | None) -> Any:
        """A finder to be used as a context manager; from memory where its hands are known."""
        return self.build(corners) if known is None else Recalled(known)


FINDERS: dict[str, Variant] = {
    "shipped": Variant("as the product finds hands", lambda _: Shipped()),
    "0.3": Variant("all three thresholds at 0.3", lambda _: Shipped(0.3)),
    "0.7": Variant("all three thresholds at 0.7", lambda _: Shipped(0.7)),
    "crop": Variant("cut to the back before detection", Cropped, needs_back=True),
    "two scales": Variant(
        "whole picture, and cut to the back where a hand is missing", lambda c: Retried(Shipped(), Cropped(c)), True
    ),
    "retry 0.3": Variant("once more at 0.3 where a hand is missing", lambda _: Retried(Shipped(), Shipped(0.3))),
}
