"""Was the segment done at all?"""

from __future__ import annotations

from collections.abc import Sequence

from coach.domain import HANDS
from coach.parameters.rating import (
    FRAMED_SHARE,
    GLIMPSE_OVERLAP_S,
    GLIMPSED_MOTION_S,
    GLIMPSED_POINTS_S,
    GLIMPSED_TOGETHER_S,
    HASTY_SHARE,
    HIDDEN_SHARE_OF_GAP,
    LONGEST_GAP_OF_ONE_STEP_S,
    UNWATCHED_SHARE_OF_PRESS,
)
from coach.parse.glimpses import Glimpse
from coach.protocol.places import places
from coach.score.evidence import Evidence, Judged, not_visible, reason


def performed(seen: Evidence) -> Judged:
    """2 for done, 0 for not done; not visible where the hands were hidden long enough to have done it."""
    if seen.matches:
        done = len(seen.whole) if seen.segment.hold is None else len({h.point for h in seen.holds})
        return Judged(2, reason("done", repetitions=done), seen.spans)
    return absent(seen)


def absent(seen: Evidence) -> Judged:
    """The verdict on every item of a segment that was not found.

    Not done, unless its place is not in the picture, or the hands were hidden long enough for it, or did something like
    it that nothing else explains.
    """
    if seen.sight.framed(places(seen.segment)) <= FRAMED_SHARE:
        return Judged(None, reason("out_of_picture"))
    where = seen.where_missing()
    unseen_s = seen.sight.unseen_s(where, seen.segment)
    hasty_s = HASTY_SHARE * seen.least_s()
    if unseen_s >= hasty_s or (where.duration_s >= hasty_s and unseen_s >= HIDDEN_SHARE_OF_GAP * where.duration_s):
        return not_visible(unseen_s, where)
    wider = where.wider(GLIMPSE_OVERLAP_S)
    like = [g for g in seen.glimpses if wider.start_s <= g.span.start_s and g.span.end_s <= wider.end_s]
    glimpsed_s = sum(glimpse.fit * glimpse.span.duration_s for glimpse in like)
    if glimpsed_s >= _needed_s(like, seen) and where.duration_s <= LONGEST_GAP_OF_ONE_STEP_S:
        return Judged(None, reason("unclear"), tuple(glimpse.span for glimpse in like))
    return Judged(0, reason("not_done"))


def _needed_s(like: Sequence[Glimpse], seen: Evidence) -> float:
    """How much like it must have been seen to doubt that it was left out."""
    rule = seen.segment.hold
    if rule is not None and seen.segment.hands == "together":
        at_once = any(len(glimpse.pressed) > 1 for glimpse in like)
        unwatched = any(seen.sight.lost_s(g.span, HANDS) >= UNWATCHED_SHARE_OF_PRESS * g.span.duration_s for g in like)
        if rule.rest_from_s is None or at_once or unwatched:
            return GLIMPSED_TOGETHER_S
    return GLIMPSED_POINTS_S if len({point for glimpse in like for point in glimpse.pressed}) > 1 else GLIMPSED_MOTION_S
