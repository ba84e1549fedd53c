"""MediaPipe's hand landmarker as a finder of hands."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from math import inf
from types import TracebackType
from typing import Any, Self, TypeAlias

import cv2
import numpy as np

from coach.detect.models import model
from coach.domain import Floats, Frame, HandObservation, Image, InputError

Box: TypeAlias = tuple[int, int, int, int]

# MediaPipe's own default. At 0.3 it finds a second hand more often on some views (76 % → 84 % of massage frames) and
# far less often on others (a side view fell to 1.4 %).
CONFIDENCE = 0.5
HANDS = 2
# Contrast-limited adaptive histogram equalisation (Zuiderveld 1994) before the detector, with the numbers of OpenCV's
# documentation, of a cut to the back with so much of its height above it (the neck), beside and below it. On rendered
# development sessions with a hidden or badly lit hand the first alone finds 83 % of the hands, both find 91 % and fewer
# ghosts, and more around the back find less (`--detector` of the accuracy bench). Whole pictures, in which a raised
# palm or a pointing finger is looked for, stay as they come: equalised, real palms are found a little less often.
CLIP, TILES = 2.0, (8, 8)
ABOVE, BESIDE, BELOW = 0.3, 0.1, 0.1
SMALLEST = 32  # px of a cut; of a back that has left the picture nothing is left to look at, so all of it is
# Of the back's height, by which it may move before the cut follows: a new one costs the detector its tracks.
STAYS = 0.06
# A hand that is not found in the cut is often found in the whole picture as it comes, and the other way round. It is
# looked for there too once it has been lost for so long, and again every so often while that does not help.
LOST_S, AGAIN_S = 0.5, 0.2
# Of a hand's larger side: two whose middles are so far apart are not the same hand, seen twice. Palms that lie side by
# side with touching thumbs are nearer, 0.36-0.50, but their thumbs are on different sides; two skeletons with thumbs on
# different sides that are on one hand all but cover each other.
APART, MIRRORED = 0.5, 0.25


class MediaPipeHands:
    """Finds up to two hands a frame. Use as a context manager: an unclosed landmarker raises at exit."""

    def __init__(self, still: bool = False) -> None:
        """:param still: for single pictures that do not follow each other"""
        data = model("hand_landmarker")
        mediapipe, vision, options = load_mediapipe()
        self._mediapipe = mediapipe
        self._wanted = vision.HandLandmarkerOptions(
            base_options=options(model_asset_buffer=data),
            running_mode=vision.RunningMode.IMAGE if still else vision.RunningMode.VIDEO,
            num_hands=HANDS,
            min_hand_detection_confidence=CONFIDENCE,
            min_hand_presence_confidence=CONFIDENCE,
            min_tracking_confidence=CONFIDENCE,
        )
        self._make = vision.HandLandmarker.create_from_options
        # Whole pictures and cuts have each their own, which follows hands from picture to picture; the first is made
        # now, so that what is missing is said at once.
        self._spare: list[Any] = [self._make(self._wanted)]
        self._landmarkers: dict[bool, Any] = {}
        self._still = still
        self._equaliser = cv2.createCLAHE(CLIP, TILES)
        self._cut: Box | None = None
        self._all_s: float | None = None  # when the cut showed all hands last, or was looked at first
        self._missed_s = self._looked_s = -inf  # when one was lost there last, and the whole picture looked at too
        self._helps = False  # whether that showed a hand
        self._last_ms = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        with ExitStack() as closing:
            for landmarker in (*self._spare, *self._landmarkers.values()):
                closing.callback(landmarker.close)

    def find(self, frame: Frame, back: Floats | None = None) -> tuple[HandObservation, ...]:
        """Hands in px of the frame's own picture, in no particular order.

        :param back: (4, 2) px of the back; where it is given, only what lies on it or a little around it is looked at,
            and made lighter where it is dark; a hand that is lost there for a while is looked for in all of it as well
        """
        if back is None:
            return self._look(frame)
        box = self._around(back, frame.image)
        found = self._look(frame, box)
        return found if self._still else (*found, *self._lost(frame, box, found))

    def _look(self, frame: Frame, box: Box | None = None) -> tuple[HandObservation, ...]:
        """The hands in a part of the picture, which is made lighter; or in all of it as it comes."""
        image, corner = frame.image, np.zeros(2)
        if box is not None:
            x0, y0, x1, y1 = box
            image, corner = frame.image[y0:y1, x0:x1], np.array([x0, y0], dtype=float)
        result = self._detect(image, frame.time_s, near=box is not None)
        size = np.array([image.shape[1], image.shape[0]], dtype=float)
        return tuple(
            HandObservation(frame.time_s, np.array([(p.x, p.y) for p in hand]) * size + corner, float(side[0].score))
            for hand, side in zip(result.hand_landmarks, result.handedness, strict=True)
        )

    def _lost(self, frame: Frame, box: Box, found: Sequence[HandObservation]) -> list[HandObservation]:
        """Hands in the cut that are seen in the whole picture only, where some have been lost for a while."""
        now_s = frame.time_s
        if self._all_s is None:
            self._all_s = now_s
        if len(found) >= HANDS:  # all are back, perhaps for a single picture
            self._all_s, self._helps = now_s, self._helps and now_s - self._missed_s < LOST_S
            return []
        self._missed_s = now_s
        if not self._helps and (now_s - self._all_s < LOST_S or now_s - self._looked_s < AGAIN_S):
            return []
        self._looked_s = now_s
        others = [hand for hand in self._look(frame) if _inside(hand, box) and all(_apart(hand, f) for f in found)]
        self._helps = bool(others)
        return others[: HANDS - len(found)]

    def _detect(self, image: Image, time_s: float, near: bool) -> Any:
        """MediaPipe's own answer."""
        # MediaPipe wants strictly growing milliseconds.
        self._last_ms = max(int(time_s * 1000.0), self._last_ms + 1)
        if near not in self._landmarkers:
            self._landmarkers[near] = self._spare.pop() if self._spare else self._make(self._wanted)
        landmarker = self._landmarkers[near]
        data = self._equalised(image) if near else np.ascontiguousarray(image)
        picture = self._mediapipe.Image(image_format=self._mediapipe.ImageFormat.SRGB, data=data)
        return landmarker.detect(picture) if self._still else landmarker.detect_for_video(picture, self._last_ms)

    def _around(self, back: Floats, image: Image) -> Box:
        """What is looked at: left, top, right, bottom px; the same as before while the back all but stays there."""
        low, high = back.min(axis=0), back.max(axis=0)
        tall = float(high[1] - low[1])
        height, width = image.shape[:2]
        edges = (low[0] - BESIDE * tall, low[1] - ABOVE * tall, high[0] + BESIDE * tall, high[1] + BELOW * tall)
        left, top, right, bottom = (
            round(min(max(float(edge), 0.0), most)) for edge, most in zip(edges, (width, height) * 2, strict=True)
        )
        box = (left, top, right, bottom) if right - left >= SMALLEST <= bottom - top else (0, 0, width, height)
        if self._cut is None or max(abs(a - b) for a, b in zip(box, self._cut, strict=True)) > STAYS * tall:
            self._cut = box
        return self._cut

    def _equalised(self, image: Image) -> Image:
        """The picture with as much contrast in its dark parts as in its light ones; colours stay."""
        grey = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
        even = self._equaliser.apply(grey)
        lighter, darker = (cv2.cvtColor(cv2.subtract(*two), cv2.COLOR_GRAY2RGB) for two in ((even, grey), (grey, even)))
        return np.asarray(cv2.subtract(cv2.add(image, lighter), darker), dtype=np.uint8)


def _inside(hand: HandObservation, box: Box) -> bool:
    x, y = hand.landmarks.mean(axis=0)
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def _apart(hand: HandObservation, other: HandObservation) -> bool:
    """Whether two are not the same hand, seen twice."""
    away = float(np.hypot(*(hand.landmarks.mean(axis=0) - other.landmarks.mean(axis=0))))
    least = MIRRORED if _thumb_side(hand) * _thumb_side(other) < 0.0 else APART
    return away >= least * max(float(np.ptp(h.landmarks, axis=0).max()) for h in (hand, other))


def _thumb_side(hand: HandObservation) -> float:
    """On which side of the palm the thumb is in the picture: the sign differs between a left and a right hand."""
    wrist, index, little = hand.landmarks[[0, 5, 17]]
    (x, y), (u, v) = index - wrist, little - wrist
    return float(x * v - y * u)


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
