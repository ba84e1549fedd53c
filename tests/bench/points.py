"""The points that each checklist item gets if a session is read one way and all of it was seen as it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias

import numpy as np

from coach.domain import HANDS, SegmentMatch, Span
from coach.moves.candidate import Candidate
from coach.parameters.runs import RESUMED_S
from coach.parse.segments import as_match
from coach.protocol import Protocol
from coach.reading.posterior import Reading
from coach.score.evidence import Evidence, Visibility
from coach.score.items import CRITERIA
from tests.bench.expected import Item

Points: TypeAlias = dict[Item, int | None]
ALL_SEEN = Visibility(np.array([0.0, 0.1]), {hand: np.ones(2, dtype=bool) for hand in HANDS})


def points(session: Sequence[SegmentMatch], protocol: Protocol, length: Span) -> Points:
    """By segment and kind; of what was not done 0, and None where a criterion has nothing to look at."""
    known = tuple(_without_doubt(match) for match in session)
    out: Points = {}
    for segment in protocol.segments:
        own = tuple(match for match in known if match.segment_id == segment.id)
        for kind in segment.items:
            beside = own if kind == "hold" else known  # whether strokes ended just before a press is a doubt, too
            seen = Evidence(segment, own, beside, protocol, ALL_SEEN, length)
            out[segment.id, kind] = CRITERIA[kind](seen).points if own else 0
    return out


def matches(reading: Reading, protocol: Protocol) -> tuple[SegmentMatch, ...]:
    """A reading as the segments that it says were done; the same one taken up again soon is one."""
    joined: list[list[Candidate]] = []
    for run in reading.runs:
        before = joined[-1] if joined else None
        if before and before[0].rank == run[0].rank and run[0].span.start_s - before[-1].span.end_s < RESUMED_S:
            before.extend(run)
        else:
            joined.append(list(run))
    return tuple(as_match(run, protocol.segments[run[0].rank]) for run in joined)


def _without_doubt(match: SegmentMatch) -> SegmentMatch:
    holds = tuple(replace(h, off=0.0, perhaps="", perhaps_s=0.0, neighbour="") for h in match.holds)
    return replace(match, rivals=(), rest=False, holds=holds)
