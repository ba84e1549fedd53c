"""Which tracklet is the practitioner's left hand, and which the right.

The detector's own label is noise on hands on skin (both hands carry the same one in 46 % of frames), so it is never
asked. The practitioner sits behind the receiver and faces the same way: her left forearm comes into the picture from
the left, and her left hand is left of her right one except where they cross. Both are averaged over the whole
tracklet, so that a crossing does not exchange the hands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from coach.domain import HANDS, Bools, Floats, Hand, Span

FOREARM = 1.0  # weight of the side the forearm comes from
BESIDE = 3.0  # weight of lying left or right of the other hand
PLACE = 0.6  # weight of lying on the left or right half of the back
FOLLOWS = 1.0  # weight of taking up where a tracklet of that hand ended
FOLLOW_S = 3.0
# Odds that the hand is named rightly grow so with what speaks for it. A lone hand of 90 simulated sessions is, up to
# 0.25, in 10 of 13 pieces, from 0.25 to 0.5 in 16 of 17, above in 141 of 141; this doubts a little more.
TRUST = 6.0
# Back units between the middles of the palms: side by side, and met. A palm is about 0.26 long and 0.2 wide.
APART, MET = 0.10, 0.20
HARDLY = 0.5  # of a piece: carried by flow in more of its frames, it may be a ghost
OVERLAP_S = 0.15  # two tracklets of one hand may overlap by so much


@dataclass(frozen=True, slots=True)
class Piece:
    """A tracklet in back coordinates."""

    frames: NDArray[np.int64]  # (n,) which frames of the session
    time_s: Floats  # (n,)
    landmarks: Floats  # (n, 21, 2) back coordinates
    bridged: Bools  # (n,)

    @property
    def palm(self) -> Floats:
        middle: Floats = (self.landmarks[:, 0] + self.landmarks[:, 9]) / 2.0
        return middle

    @property
    def hardly(self) -> bool:
        """Whether it was detected in so few of its frames that it may be a ghost that flow kept."""
        return bool(self.bridged.mean() > HARDLY)

    @property
    def span(self) -> Span:
        """While it was followed."""
        return Span(float(self.time_s[0]), float(self.time_s[-1]))

    @property
    def detected(self) -> Span:
        """From its first detection to its last: flow may carry a lost hand on while it is detected anew already."""
        times = self.time_s if self.bridged.all() else self.time_s[~self.bridged]
        return Span(float(times[0]), float(times[-1]))


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose a piece is, and how sure that is."""

    hand: Hand
    sure: float  # 0-1, the probability


def owners(pieces: Sequence[Piece]) -> list[Owner | None]:
    """A hand for each piece, or None for one that both hands leave no room for (a second person's)."""
    spans = _spans(pieces)
    beside = [[j for j in _within(FOLLOW_S, spans, k) if j != k] for k in range(len(pieces))]
    # On which side of a hand a ghost is, tells nothing of the hand.
    firm = [[pieces[j] for j in near if not pieces[j].hardly] for near in beside]
    leaning = [_leaning(piece, others) for piece, others in zip(pieces, firm, strict=True)]
    given: list[Owner | None] = [None] * len(pieces)
    surest_first = sorted(range(len(pieces)), key=lambda k: (pieces[k].hardly, -len(pieces[k].frames)))
    for k in surest_first:
        known = [(pieces[j], owner) for j in beside[k] if (owner := given[j]) is not None]
        lean = leaning[k] + _follows(pieces[k], known)
        wanted: Hand = "left" if lean < 0 else "right"
        for hand in (wanted, "right" if wanted == "left" else "left"):
            if not any(whose.hand == hand and _both_there(pieces[k], other) for other, whose in known):
                given[k] = Owner(hand, _sure(hand, leaning[k] + _follows(pieces[k], known, by_trust=True)))
                break
    return given


def _sure(hand: Hand, lean: float) -> float:
    return float(1.0 / (1.0 + np.exp(TRUST * (lean if hand == "left" else -lean))))


def _spans(pieces: Sequence[Piece]) -> Floats:
    """(n, 2) from when to when each was followed, s."""
    return np.array([(piece.time_s[0], piece.time_s[-1]) for piece in pieces]).reshape(-1, 2)


def _within(reach_s: float, spans: Floats, k: int) -> list[int]:
    """Which pieces stand at a piece's time, or so shortly before or after it."""
    start_s, end_s = spans[k]
    near: list[int] = np.flatnonzero((spans[:, 0] <= end_s + reach_s) & (spans[:, 1] >= start_s - reach_s)).tolist()
    return near


def untangled(pieces: Sequence[Piece]) -> list[Piece]:
    """Cuts two pieces where their hands met and came apart the other way round: there the tracker exchanged them.

    Where the hands really crossed, the cut does no harm: the forearms tell them apart.
    """
    cuts: list[list[int]] = [[] for _ in pieces]
    spans = _spans(pieces)
    for k, one in enumerate(pieces):
        for j in (j for j in _within(0.0, spans, k) if j > k):
            for frame in _exchanges(one, pieces[j]):
                cuts[k].append(frame)
                cuts[j].append(frame)
    return [part for piece, at in zip(pieces, cuts, strict=True) for part in _cut(piece, at)]


def _exchanges(one: Piece, other: Piece) -> list[int]:
    """The frames at which two pieces of one time had met, where the one left of the other came out right of it."""
    _, mine, its = np.intersect1d(one.frames, other.frames, assume_unique=True, return_indices=True)
    step = one.palm[mine] - other.palm[its]
    apart = np.flatnonzero(np.abs(step[:, 0]) > APART)
    away = np.hypot(step[:, 0], step[:, 1])
    found = []
    for k in np.flatnonzero(np.diff(np.sign(step[apart, 0]))):
        between = away[apart[k] : apart[k + 1] + 1]
        if between.min() < MET:
            found.append(int(one.frames[mine[apart[k] + int(np.argmin(between))]]))
    return found


def _cut(piece: Piece, frames: list[int]) -> list[Piece]:
    at = sorted(set(np.searchsorted(piece.frames, frames).tolist()) - {0, len(piece.frames)})
    edges = [0, *at, len(piece.frames)]
    return [
        Piece(piece.frames[a:b], piece.time_s[a:b], piece.landmarks[a:b], piece.bridged[a:b])
        for a, b in pairwise(edges)
    ]


def _leaning(piece: Piece, others: Sequence[Piece]) -> float:
    """Negative for the left hand, positive for the right; about -1 to 1 for each kind of evidence."""
    toward = piece.landmarks[:, 0, 0] - piece.landmarks[:, 9, 0]  # wrist minus middle knuckle, along x
    length = np.hypot(*(piece.landmarks[:, 0] - piece.landmarks[:, 9]).transpose())
    forearm = float(np.clip(np.median(toward / np.maximum(length, 1e-6)) * 3.0, -1.0, 1.0))
    place = float(np.clip((np.median(piece.palm[:, 0]) - 0.5) * 3.0, -1.0, 1.0))
    return FOREARM * forearm + PLACE * place + BESIDE * _beside(piece, others)


def _beside(piece: Piece, others: Sequence[Piece]) -> float:
    """The share of the common time in which this hand is right of the other, from -1 to 1."""
    total, votes = 0, 0.0
    for other in others:
        if other.time_s[0] > piece.time_s[-1] or piece.time_s[0] > other.time_s[-1]:
            continue
        _, mine, its = np.intersect1d(piece.frames, other.frames, assume_unique=True, return_indices=True)
        step = piece.landmarks[mine][:, [0, 9], 0].mean(axis=1) - other.landmarks[its][:, [0, 9], 0].mean(axis=1)
        votes += float(np.clip(step * 5.0, -1.0, 1.0).sum())
        total += len(mine)
    return votes / len(piece.frames) if total else 0.0


def _follows(piece: Piece, known: Sequence[tuple[Piece, Owner]], by_trust: bool = False) -> float:
    """Leans towards the hand whose piece ended or begins near by, in place and time.

    :param by_trust: by less where it is not sure whose that piece is: guesses do not make each other sure
    """
    lean = 0.0
    for other, owner in known:
        before, after = (other, piece) if other.time_s[0] < piece.time_s[0] else (piece, other)
        gap = float(after.time_s[0] - before.time_s[-1])
        if -OVERLAP_S <= gap <= FOLLOW_S:
            away = float(np.hypot(*(after.palm[0] - before.palm[-1])))
            weight = FOLLOWS * max(2.0 * owner.sure - 1.0, 0.0) if by_trust else FOLLOWS
            lean += (-1.0 if owner.hand == HANDS[0] else 1.0) * weight * max(0.0, 1.0 - away / 0.4)
    return lean


def _both_there(one: Piece, other: Piece) -> bool:
    """Whether two pieces are two hands': at one time, unless flow carries one on where the other begins."""
    if one.span.overlap_s(other.span) <= OVERLAP_S:
        return False
    if one.detected.overlap_s(other.detected) > OVERLAP_S:
        return True
    _, mine, its = np.intersect1d(one.frames, other.frames, assume_unique=True, return_indices=True)
    return bool(np.median(np.hypot(*(one.palm[mine] - other.palm[its]).T)) > MET)
