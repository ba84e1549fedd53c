"""Where the hands are in a picture of the film: in one that was looked at, or between two that were."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

import numpy as np

from coach.domain import Floats, Hand, HandTrack
from coach.locate.plane import to_back

Drawn: TypeAlias = tuple[Floats, bool]  # (21, 2) px, and whether flow carried it
NEAR_S = 0.15  # two pictures farther apart tell nothing of what is between them


def drawn(tracks: Mapping[Hand, HandTrack], planes: Floats, at_s: float) -> tuple[int, dict[Hand, Drawn]]:
    """The nearest picture that was looked at, and the hands then: a hand that both neighbours show is on its way.

    :param planes: (n, 3, 3) px to back coordinates, of each picture that was looked at
    """
    times = next(iter(tracks.values())).time_s
    near, other = neighbours(times, at_s)
    gap = abs(float(times[other] - times[near]))
    share = abs(at_s - float(times[near])) / gap if 0.0 < gap <= NEAR_S else 0.0
    here, there = (_hands(tracks, k, planes[k]) for k in (near, other))
    return near, {hand: (_on_its_way(one, there.get(hand), min(share, 1.0))) for hand, one in here.items()}


def neighbours(times: Floats, at_s: float) -> tuple[int, int]:
    """The nearest of (n,) growing times, and the one on the moment's other side; the same one at an end."""
    after = min(int(np.searchsorted(times, at_s)), len(times) - 1)
    before = after if times[after] <= at_s else max(after - 1, 0)
    return (before, after) if at_s - times[before] <= times[after] - at_s else (after, before)


def _on_its_way(one: Drawn, other: Drawn | None, share: float) -> Drawn:
    px, bridged = one
    return (px if other is None else px + share * (other[0] - px)), bridged


def _hands(tracks: Mapping[Hand, HandTrack], frame: int, plane: Floats) -> dict[Hand, Drawn]:
    """The hands seen in a picture that was looked at."""
    back = np.linalg.inv(plane).astype(float)
    return {
        hand: (to_back(track.landmarks[frame], back), bool(track.bridged[frame]))
        for hand, track in tracks.items()
        if track.seen[frame]
    }
