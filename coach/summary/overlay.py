"""Draws on a picture what coach saw in it."""

from __future__ import annotations

from collections.abc import Mapping

import cv2
import numpy as np

from coach.domain import Floats, Hand, Image, Session

# Hues that stay apart for the colour-blind; the hands are told by letters as well.
COLOURS: dict[Hand, tuple[int, int, int]] = {"left": (255, 176, 0), "right": (86, 180, 255)}
BRIDGED = (150, 150, 150)
BACK = (60, 220, 120)
BONES = ((0, 1, 2, 3, 4), (0, 5, 6, 7, 8), (5, 9, 10, 11, 12), (9, 13, 14, 15, 16), (13, 17, 18, 19, 20), (0, 17))
LETTERS: dict[Hand, str] = {"left": "L", "right": "R"}


def draw(image: Image, hands: Mapping[Hand, tuple[Floats, bool]], corners: Floats, caption: str) -> Image:
    """A copy of the picture with the back's rectangle, the hands' skeletons and a caption.

    :param hands: (21, 2) px and whether optical flow carried it, for each hand seen
    :param corners: (4, 2) px
    """
    out = image.copy()
    cv2.polylines(out, [_ints(corners)], True, BACK, 1, cv2.LINE_AA)
    spine = np.array([(corners[0] + corners[1]) / 2, (corners[2] + corners[3]) / 2])
    cv2.polylines(out, [_ints(spine)], False, BACK, 1, cv2.LINE_AA)
    for hand, (marks, bridged) in hands.items():
        _skeleton(out, marks, BRIDGED if bridged else COLOURS[hand], LETTERS[hand])
    cv2.rectangle(out, (0, 0), (out.shape[1], 26), (0, 0, 0), -1)
    cv2.putText(out, caption, (8, 19), cv2.FONT_HERSHEY_SIMPLEX, 0.55, (255, 255, 255), 1, cv2.LINE_AA)
    return out


def caption(session: Session, time_s: float, titles: Mapping[str, str]) -> str:
    """The segment at a time with its count so far; only the time where nothing was recognised."""
    clock = f"{int(time_s) // 60}:{time_s % 60:04.1f}"
    for match in session.segments:
        if match.span.start_s <= time_s < match.span.end_s:
            done = sum(r.span.end_s <= time_s for r in match.whole)
            holding = [h.point for h in match.holds if h.span.start_s <= time_s < h.span.end_s]
            count = f"{done}/{len(match.whole)}" if match.whole else " ".join(holding)
            return f"{clock}  {titles[match.segment_id]}  {count}"
    return clock


def _skeleton(out: Image, marks: Floats, colour: tuple[int, int, int], letter: str) -> None:
    for bone in BONES:
        cv2.polylines(out, [_ints(marks[list(bone)])], False, colour, 2, cv2.LINE_AA)
    x, y = (int(v) for v in np.clip(marks[0], -1e4, 1e4))
    cv2.putText(out, letter, (x - 6, y + 22), cv2.FONT_HERSHEY_SIMPLEX, 0.7, colour, 2, cv2.LINE_AA)


def _ints(points: Floats) -> np.typing.NDArray[np.int32]:
    return np.round(np.clip(points, -1e4, 1e4)).astype(np.int32)
