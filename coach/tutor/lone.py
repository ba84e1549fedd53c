"""A press by itself: to a reading no more than a hand that lies somewhere, until what follows tells that it was one.

In free practice that is too late: the press would be named, and what is wrong with it, when the trainee is past it.
"""

from __future__ import annotations

from collections.abc import Sequence

from coach.domain import SegmentMatch
from coach.moves.candidate import Candidate
from coach.parse.segments import matched
from coach.protocol import Protocol

# So near to its points, and times what is long enough: of the presses in 135 rendered sessions that a reading knew only
# when they were past eleven were such, and in as many sessions hands at rest. What is named so is likely, not sure.
PLAIN, LONG = 0.7, 1.5


def lone_press(known: Sequence[Candidate], found: Sequence[SegmentMatch], protocol: Protocol) -> SegmentMatch | None:
    """The plainest long press after all segments that were found, as a segment; None where there is none.

    :param known: all candidates
    """
    since_s = found[-1].span.end_s if found else float("-inf")
    own = [c for c in known if c.span.start_s >= since_s and _plain(c, protocol)]
    best = max(own, key=lambda c: c.fit * c.span.duration_s, default=None)
    return None if best is None else matched([best], protocol.segments[best.segment])


def _plain(one: Candidate, protocol: Protocol) -> bool:
    """Whether a candidate is a press so near to points that are asked for, and so long, that it is likely meant."""
    rule = protocol.segments[one.segment].hold
    if rule is None or one.second or one.doubted or one.fit < PLAIN:
        return False
    asked = {point.id for point in rule.points}
    return one.span.duration_s >= LONG * rule.long_enough_s and asked.issuperset(hold.point for hold in one.holds)
