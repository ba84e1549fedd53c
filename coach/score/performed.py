"""Was the segment done at all?"""

from __future__ import annotations

from collections.abc import Sequence

from coach.domain import HANDS
from coach.parameters.rating import (
    FRAMED_SHARE,
    HASTY_SHARE,
    HIDDEN_SHARE_OF_GAP,
    LONGEST_GAP_OF_ONE_STEP_S,
    UNCLAIMED_MOTION_S,
    UNCLAIMED_OVERLAP_S,
    UNCLAIMED_POINTS_S,
    UNCLAIMED_TOGETHER_S,
    UNWATCHED_SHARE_OF_PRESS,
)
from coach.parse.unclaimed import Unclaimed
from coach.protocol.places import places
from coach.score.evidence import Evidence, Judged, not_visible, reason


def performed(evidence: Evidence) -> Judged:
    """2 for done, 0 for not done; not visible where the hands were hidden long enough to have done it."""
    if evidence.matches:
        done = len(evidence.whole) if evidence.segment.hold is None else len({h.point for h in evidence.holds})
        return Judged(2, reason("done", repetitions=done), evidence.spans)
    return absent(evidence)


def absent(evidence: Evidence) -> Judged:
    """The verdict on every item of a segment that was not found.

    Not done, unless its place is not in the picture, or the hands were hidden long enough for it, or did something like
    it that nothing else explains.
    """
    if evidence.sight.framed(places(evidence.segment)) <= FRAMED_SHARE:
        return Judged(None, reason("out_of_picture"))
    where = evidence.where_missing()
    unseen_s = evidence.sight.unseen_s(where, evidence.segment)
    hasty_s = HASTY_SHARE * evidence.least_s()
    if unseen_s >= hasty_s or (where.duration_s >= hasty_s and unseen_s >= HIDDEN_SHARE_OF_GAP * where.duration_s):
        return not_visible(unseen_s, where)
    wider = where.wider(UNCLAIMED_OVERLAP_S)
    similar = [g for g in evidence.unclaimed if wider.start_s <= g.span.start_s and g.span.end_s <= wider.end_s]
    unclaimed_s = sum(motion.fit * motion.span.duration_s for motion in similar)
    if unclaimed_s >= _needed_s(similar, evidence) and where.duration_s <= LONGEST_GAP_OF_ONE_STEP_S:
        return Judged(None, reason("unclear"), tuple(motion.span for motion in similar))
    return Judged(0, reason("not_done"))


def _needed_s(similar: Sequence[Unclaimed], evidence: Evidence) -> float:
    """How much like it must have been seen to doubt that it was left out."""
    rule = evidence.segment.hold
    if rule is not None and evidence.segment.hands == "together":
        at_once = any(len(motion.pressed) > 1 for motion in similar)
        unwatched = any(
            evidence.sight.lost_s(g.span, HANDS) >= UNWATCHED_SHARE_OF_PRESS * g.span.duration_s for g in similar
        )
        if rule.rest_from_s is None or at_once or unwatched:
            return UNCLAIMED_TOGETHER_S
    return (
        UNCLAIMED_POINTS_S if len({point for motion in similar for point in motion.pressed}) > 1 else UNCLAIMED_MOTION_S
    )
