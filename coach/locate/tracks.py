"""Tracklets and the back's plane → one track for each hand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from coach.domain import HANDS, Floats, Hand, HandTrack
from coach.locate.identity import Owner, Piece, owners, untangled
from coach.locate.plane import to_back
from coach.locate.tracklets import SPEED, STEP, Tracklet


def hand_tracks(
    tracklets: Sequence[Tracklet],
    time_s: Floats,
    planes: Floats,
    eye: Floats | None = None,
    view: Floats | None = None,
) -> dict[Hand, HandTrack]:
    """One track for each hand over all frames of the session; NaN where the hand was not seen.

    :param time_s: (n,) of all frames
    :param planes: (n, 3, 3) px to back coordinates, for each frame
    :param eye: (3,) where the camera is, or (n, 3) of each frame; see :class:`coach.domain.HandTrack`
    :param view: (3, 3) what is in the picture, or (k, 3, 3) of each mark
    """
    pieces = untangled([_piece(t, planes) for t in tracklets])
    owned = [(piece, owner) for piece, owner in zip(pieces, owners(pieces), strict=True) if owner is not None]
    own = {hand: _believed([(p, o) for p, o in owned if o.hand == hand]) for hand in HANDS}
    return {hand: _track(hand, own[hand], time_s, eye, view) for hand in HANDS}


def _piece(tracklet: Tracklet, planes: Floats) -> Piece:
    frames = np.array(tracklet.frames)
    landmarks = to_back(np.array(tracklet.landmarks), planes[frames])
    return Piece(frames, np.array(tracklet.time_s), landmarks, np.array(tracklet.bridged))


def _believed(pieces: Sequence[tuple[Piece, Owner]]) -> list[tuple[Piece, Owner]]:
    """In order of time, without ghosts: a hand is lost, and a moment later hardly seen a leap away from there."""
    kept: list[tuple[Piece, Owner]] = []
    for piece, owner in sorted(pieces, key=lambda p: float(p[0].time_s[0])):
        if not (kept and piece.hardly and _leapt(kept[-1][0], piece)):
            kept.append((piece, owner))
    return kept


def _leapt(before: Piece, after: Piece) -> bool:
    """Whether a hand cannot have got from where one piece ends to where the next begins."""
    gap_s = float(after.time_s[0] - before.time_s[-1])
    step = after.palm[0] - before.palm[-1]
    lengths = (float(np.hypot(*(p.landmarks[k, 0] - p.landmarks[k, 9]))) for p, k in ((before, -1), (after, 0)))
    return float(np.hypot(*step)) > max(STEP, SPEED * gap_s) * max(lengths)


def _track(
    hand: Hand, pieces: Sequence[tuple[Piece, Owner]], time_s: Floats, eye: Floats | None, view: Floats | None
) -> HandTrack:
    landmarks, sure = np.full((len(time_s), 21, 2), np.nan), np.zeros(len(time_s))
    seen, bridged = np.zeros(len(time_s), dtype=bool), np.zeros(len(time_s), dtype=bool)
    for piece, owner in pieces:
        landmarks[piece.frames] = piece.landmarks
        seen[piece.frames] = True
        bridged[piece.frames] = piece.bridged
        sure[piece.frames] = owner.sure
    return HandTrack(hand, time_s, landmarks, seen, bridged, eye, view, sure)
