"""A guess at where the back is, from MediaPipe's pose landmarker; None unless it is sure.

In massage framing pose often finds the practitioner, or a person where none is, with a visibility of 0.98 and more.
So its own confidence counts for nothing: a guess is sure only where the torso stays at one place over many pictures,
has a torso's proportions, and the hands are on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from coach.detect.hands import load_mediapipe
from coach.detect.models import model
from coach.domain import Floats, Frame, HandObservation
from coach.locate.marks import corners_of

SHOULDERS, HIPS = (11, 12), (23, 24)
LEAST_SHARE = 0.7  # of the pictures must agree
SPREAD = 0.12  # of the shoulders' distance: how far a joint may lie from its median
TALL = (0.7, 2.2)  # shoulders to hips, over the shoulders' distance
LEAN = 0.35  # how far the hips may lie to the side, over shoulders to hips
UPRIGHT = 0.35  # slope of the shoulder line; steeper is a person seen from the side or lying
HANDS_ON_BACK = 0.6  # share of the hands that must lie on the guessed back
# From the joints to the places on the body: the shoulder points lie outside the shoulder joints by 0.11 of their
# distance, C7 above their line by 0.15 of the torso, the waist above the hip joints by 0.05; read off rendered bodies.
OUTSIDE, ABOVE, WAIST = 0.11, 0.15, 0.05


def guess_back(frames: Sequence[Frame], hands: Sequence[HandObservation]) -> Floats | None:
    """The back rectangle's corners (4, 2) px, or None where the guess is not sure.

    :param frames: pictures spread over the first part of a session
    :param hands: the hands found in them
    """
    torsos = [torso for frame, torso in zip(frames, _torsos(frames), strict=True) if torso is not None]
    if len(torsos) < max(4, LEAST_SHARE * len(frames)):
        return None
    height, width = frames[0].image.shape[:2]
    middles = np.array([h.landmarks[9] for h in hands]).reshape(-1, 2)
    return agreed(np.array(torsos), len(frames), middles, (width, height))


def agreed(torsos: Floats, pictures: int, hands: Floats, size: tuple[int, int]) -> Floats | None:
    """The rectangle that most torsos agree on.

    :param torsos: (n, 4, 2) px: left and right shoulder in the picture, left and right hip in the picture
    :param pictures: of how many pictures
    :param hands: (m, 2) px, the middle of each hand found
    :param size: px, width and height of the pictures
    """
    middle = np.median(torsos, axis=0)
    width = float(np.hypot(*(middle[1] - middle[0])))
    off = np.hypot(*np.moveaxis(torsos - middle, -1, 0)).max(axis=1)
    near = off <= SPREAD * width
    if near.sum() < LEAST_SHARE * pictures or not _torso_like(middle, width):
        return None
    corners = corners_of(_body(np.median(torsos[near], axis=0)), size)
    return corners if _hands_on(corners, hands) else None


def _torso_like(torso: Floats, width: float) -> bool:
    across = torso[1] - torso[0]
    down = (torso[2] + torso[3] - torso[0] - torso[1]) / 2.0
    tall = float(down[1])
    if width <= 0 or tall <= 0 or across[0] <= 0:
        return False
    steep = abs(float(across[1] / across[0]))
    return TALL[0] <= tall / width <= TALL[1] and abs(float(down[0])) <= LEAN * tall and steep <= UPRIGHT


def _body(torso: Floats) -> Floats:
    """(4, 2) px: C7, both shoulder points and L5."""
    across, middle = torso[1] - torso[0], (torso[0] + torso[1]) / 2.0
    down = (torso[2] + torso[3]) / 2.0 - middle
    shoulders = torso[0] - OUTSIDE * across, torso[1] + OUTSIDE * across
    return np.array([middle - ABOVE * down, *shoulders, middle + (1.0 - WAIST) * down])


def _hands_on(corners: Floats, hands: Floats) -> bool:
    """Whether most hands lie within the rectangle, or a little above it where the neck is."""
    if len(hands) < 4:
        return False
    low, high = corners.min(axis=0), corners.max(axis=0)
    low = low - 0.2 * (high - low)
    inside = ((hands >= low) & (hands <= high)).all(axis=1)
    return bool(inside.mean() >= HANDS_ON_BACK)


def _torsos(frames: Sequence[Frame]) -> list[Floats | None]:
    data = model("pose_landmarker_full")
    mediapipe, vision, options = load_mediapipe()
    wanted = vision.PoseLandmarkerOptions(
        base_options=options(model_asset_buffer=data), running_mode=vision.RunningMode.IMAGE, num_poses=1
    )
    found: list[Floats | None] = []
    with vision.PoseLandmarker.create_from_options(wanted) as landmarker:
        for frame in frames:
            picture = mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=frame.image)
            poses = landmarker.detect(picture).pose_landmarks
            found.append(_torso(poses[0], frame.image.shape) if poses else None)
    return found


def _torso(pose: Sequence[Any], shape: tuple[int, ...]) -> Floats:
    """(4, 2) px; sorted by x, since pose takes a back for a front and exchanges left and right."""
    marks = np.array([(p.x * shape[1], p.y * shape[0]) for p in (pose[i] for i in (*SHOULDERS, *HIPS))])
    shoulders, hips = marks[:2], marks[2:]
    return np.concatenate((shoulders[np.argsort(shoulders[:, 0])], hips[np.argsort(hips[:, 0])]))
