"""A session's reading: tracks → segments and checklist items."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from coach.domain import HANDS, Hand, HandTrack, ItemScore, SegmentMatch, Span
from coach.locate.back_shape import SHAPES, USUAL, BackShape
from coach.locate.behind import is_behind
from coach.moves.candidates import candidates
from coach.moves.trace import away, trace
from coach.parse.extending import extended
from coach.parse.lattice import explained_s
from coach.parse.segments import segments
from coach.parse.unclaimed import unclaimed_motions
from coach.protocol import Protocol
from coach.score.agreed import ShapedReading, agreed, likeliest
from coach.score.evidence import Visibility
from coach.score.items import items


def read(
    tracks: dict[Hand, HandTrack], protocol: Protocol, parts: Sequence[str] = ()
) -> tuple[tuple[SegmentMatch, ...], tuple[ItemScore, ...], Visibility]:
    """The segments and the checklist items of a session, and when each hand was seen.

    :param parts: ids of those that are rated; all of them where none is named
    """
    readings = [_read(tracks, protocol, tuple(parts), shape) for shape in _shapes(tracks, protocol)]
    best = likeliest(readings)
    return best.segments, agreed(readings), best.sight


def _shapes(tracks: dict[Hand, HandTrack], protocol: Protocol) -> tuple[BackShape, ...]:
    """Those that her back may have, as far as they change what a camera sees of hands on it."""
    eyes = [track.eye for track in tracks.values() if track.eye is not None]
    aside = protocol.surface == "back" and any(not np.all(is_behind(eye)) for eye in eyes)
    return SHAPES if aside else (USUAL,)


def _read(tracks: dict[Hand, HandTrack], protocol: Protocol, parts: tuple[str, ...], shape: BackShape) -> ShapedReading:
    time_s = tracks["left"].time_s
    length = Span(float(time_s[0]), float(time_s[-1])) if len(time_s) else Span(0.0, 0.0)
    traces = {hand: trace(tracks[hand], length.start_s, length.end_s, protocol.surface, shape) for hand in HANDS}
    motions = candidates(traces, protocol)
    found = extended(segments(motions, protocol), motions, traces, protocol)
    seen, left = {h: traces[h].seen for h in HANDS}, {h: away(traces[h]) for h in HANDS}
    whose = {hand: sure for hand in HANDS if (sure := traces[hand].sure) is not None}
    sight = Visibility(traces["left"].time_s, seen, left, tracks["left"].view, whose)
    like = unclaimed_motions(motions, found, protocol)
    worth_s = explained_s([motion for motion in motions if not motion.doubted], protocol)
    return ShapedReading(found, items(found, protocol, sight, length, like, parts), sight, worth_s)
