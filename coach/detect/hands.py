"""MediaPipe's hand landmarker as a finder of hands."""

from __future__ import annotations

from types import TracebackType
from typing import Any, Self

import numpy as np

from coach.detect.models import model
from coach.domain import Frame, HandObservation, InputError

# MediaPipe's own default. At 0.3 it finds a second hand more often on some views (76 % → 84 % of massage frames) and
# far less often on others (a side view fell to 1.4 %).
CONFIDENCE = 0.5
HANDS = 2


class MediaPipeHands:
    """Finds up to two hands a frame. Use as a context manager: an unclosed landmarker raises at exit."""

    def __init__(self, still: bool = False) -> None:
        """:param still: for single pictures that do not follow each other"""
        data = model("hand_landmarker")
        mediapipe, vision, options = load_mediapipe()
        self._mediapipe = mediapipe
        self._landmarker: Any = vision.HandLandmarker.create_from_options(
            vision.HandLandmarkerOptions(
                base_options=options(model_asset_buffer=data),
                running_mode=vision.RunningMode.IMAGE if still else vision.RunningMode.VIDEO,
                num_hands=HANDS,
                min_hand_detection_confidence=CONFIDENCE,
                min_hand_presence_confidence=CONFIDENCE,
                min_tracking_confidence=CONFIDENCE,
            )
        )
        self._still = still
        self._last_ms = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._landmarker.close()

    def find(self, frame: Frame) -> tuple[HandObservation, ...]:
        """Hands in px of the frame's own picture, in no particular order."""
        height, width = frame.image.shape[:2]
        # MediaPipe wants strictly growing milliseconds.
        self._last_ms = max(int(frame.time_s * 1000.0), self._last_ms + 1)
        picture = self._mediapipe.Image(image_format=self._mediapipe.ImageFormat.SRGB, data=frame.image)
        result = (
            self._landmarker.detect(picture)
            if self._still
            else self._landmarker.detect_for_video(picture, self._last_ms)
        )
        size = np.array([width, height], dtype=float)
        return tuple(
            HandObservation(frame.time_s, np.array([(p.x, p.y) for p in hand]) * size, float(side[0].score))
            for hand, side in zip(result.hand_landmarks, result.handedness, strict=True)
        )


def load_mediapipe() -> tuple[Any, Any, Any]:
    """Imports MediaPipe, which takes about a second, only where it is used.

    :raises InputError: naming the system library that is missing and the package that brings it
    """
    try:
        import mediapipe  # noqa: PLC0415  late: it takes about a second
        from mediapipe.tasks.python import BaseOptions, vision  # noqa: PLC0415
    except (ImportError, OSError) as error:
        raise missing_library(error) from None
    return mediapipe, vision, BaseOptions


def missing_library(error: BaseException) -> InputError:
    """Names the Debian package behind a failed import."""
    packages = {"libEGL": "libegl1", "libGLESv2": "libgles2", "libGL.": "libgl1"}
    text = str(error)
    for library, package in packages.items():
        if library in text:
            return InputError("library_missing", library=library.rstrip("."), package=package)
    return InputError("library_missing", library=text[:200], package="libegl1 libgles2")
