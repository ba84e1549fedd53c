"""A press by itself: to a reading no more than a hand that lies somewhere, until what follows tells that it was one.

In free practice that is too late: the press would be named, and what is wrong with it, when the trainee is past it.
"""

from __future__ import annotations

from collections.abc import Sequence

from coach.domain import SegmentMatch
from coach.moves.candidate import Candidate
from coach.parse.segments import matched
from coach.protocol import Protocol, Segment
from coach.score.evidence import TRAVEL_S
from coach.score.hold import HASTY

# So near to its points, and times what is long enough: of the presses in 135 rendered sessions that a reading knew only
# when they were past eleven were such, and in as many sessions hands at rest. What is named so is likely, not sure.
PLAIN, LONG = 0.7, 1.5
# One that stays longer rests: in ten of 152 rendered sessions one did; in an eleventh it had pressed there first.
LONGEST = 2.5


def lone_press(known: Sequence[Candidate], found: Sequence[SegmentMatch], protocol: Protocol) -> SegmentMatch | None:
    """The plainest long press after all segments that were found, as a segment; None where it is none, or a rest.

    What is pressed after it at other points of the same step is part of that, however far beside them.

    :param known: all candidates
    """
    since_s = found[-1].span.end_s if found else float("-inf")
    own = [c for c in known if c.span.start_s >= since_s and _plain(c, protocol)]
    best = max(own, key=lambda c: c.fit * c.span.duration_s, default=None)
    if best is None:
        return None
    segment = protocol.segments[best.segment]
    rests = segment.hold is not None and best.span.duration_s > LONGEST * segment.hold.long_enough_s
    return None if rests else matched(_one_after_the_other(best, known, segment), segment)


def _one_after_the_other(first: Candidate, known: Sequence[Candidate], segment: Segment) -> list[Candidate]:
    """A press and those that follow it soon, each at another point that is asked for, and not only for a moment."""
    rule, run = segment.hold, [first]
    asked = {point.id for point in rule.points} if rule is not None else set()
    left = asked - {hold.point for hold in first.holds}
    least_s = HASTY * rule.long_enough_s if rule is not None else 0.0
    own = [c for c in known if c.segment == first.segment and c.fit > 0.0 and not c.second and not c.doubted]
    for one in sorted((c for c in own if c.span.duration_s >= least_s), key=lambda c: c.span.start_s):
        points = {hold.point for hold in one.holds}
        if points <= left and 0.0 <= one.span.start_s - run[-1].span.end_s <= TRAVEL_S:
            run.append(one)
            left -= points
    return run


def _plain(one: Candidate, protocol: Protocol) -> bool:
    """Whether a candidate is a press so near to points that are asked for, and so long, that it is likely meant."""
    rule = protocol.segments[one.segment].hold
    if rule is None or one.second or one.doubted or one.fit < PLAIN:
        return False
    asked = {point.id for point in rule.points}
    return one.span.duration_s >= LONG * rule.long_enough_s and asked.issuperset(hold.point for hold in one.holds)
