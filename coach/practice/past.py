"""What is long past in a session: its pauses are cut out, and of a very long one the beginning is let go."""

from __future__ import annotations

import dataclasses
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from coach.domain import Hand, HandTrack
from coach.locate.tracklets import Tracker


@dataclass(frozen=True, slots=True)
class Cut:
    """The end of a pause."""

    from_s: float  # of the practice's time
    total_s: float  # that is to be taken from the times from here on


def cut_s(cuts: Sequence[Cut], time_s: float) -> float:
    """How long all pauses were that had ended by a time of the practice."""
    return next((cut.total_s for cut in reversed(cuts) if cut.from_s <= time_s), 0.0)


def without_pauses(tracks: dict[Hand, HandTrack], cuts: Sequence[Cut]) -> dict[Hand, HandTrack]:
    """The tracks with times that begin at 0 and know no pauses, as the recording's do."""
    time_s = tracks["left"].time_s
    totals = np.array([0.0, *(cut.total_s for cut in cuts)])
    moved = time_s - time_s[0] - totals[np.searchsorted([cut.from_s for cut in cuts], time_s, side="right")]
    return {hand: dataclasses.replace(track, time_s=moved) for hand, track in tracks.items()}


def forget(tracker: Tracker, first: int) -> None:
    """Takes from the tracker what was before a frame."""
    tracker.done = [tracklet for tracklet in tracker.done if tracklet.frames[-1] >= first]
    for tracklet in tracker.live:
        at = min(bisect_left(tracklet.frames, first), len(tracklet.frames) - 2)  # the last two tell how it moves
        if at > 0:
            for values in (tracklet.frames, tracklet.time_s, tracklet.landmarks, tracklet.bridged):
                del values[:at]
