"""Was the segment done at all?"""

from __future__ import annotations

from collections.abc import Sequence

from coach.domain import HANDS
from coach.parse.glimpses import Glimpse
from coach.protocol.places import places
from coach.score.evidence import Evidence, Judged, not_visible, reason

MOSTLY = 0.65  # of the time between its neighbours: hidden for two thirds of it, a segment may have been there
FRAMED = 0.5  # of a segment's places: where no more are in the picture, nobody can tell whether it was done
HASTY = 0.5  # of the shortest time in which it is done rightly: in less, nobody does it at all
# Seconds of perfectly fitting motion that nothing else explains. On rendered and simulated sessions six in ten segments
# that were wrongly called left out had as much, and four of 694 that had been left out.
GLIMPSED_S = 1.2
# The same of presses at two of its points or more, where chance seldom leads a hand: of 1,390 segments that had been
# left out in 149 rendered sessions it did so in three.
SEVERAL_S = 0.9
# The same of presses of a step for both, where no hands rest: of 15 such steps that had been left out none had any. And
# where hands rest, of a press by both at once, or by one while the other is out of sight: of those 1,390 segments two
# had as much, and less than GLIMPSED_S.
PRESSED_S = 0.5
UNWATCHED = 0.5  # of a press
ONE_STEP_S = 25.0  # between its neighbours; in a longer time hands do many things that look like one
EDGE_S = 0.5  # by which such a motion may run into its neighbours


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
    if seen.sight.framed(places(seen.segment)) <= FRAMED:
        return Judged(None, reason("out_of_picture"))
    where = seen.where_missing()
    unseen_s = seen.sight.unseen_s(where, seen.segment)
    hasty_s = HASTY * seen.least_s()
    if unseen_s >= hasty_s or (where.duration_s >= hasty_s and unseen_s >= MOSTLY * where.duration_s):
        return not_visible(unseen_s, where)
    wider = where.wider(EDGE_S)
    like = [g for g in seen.glimpses if wider.start_s <= g.span.start_s and g.span.end_s <= wider.end_s]
    glimpsed_s = sum(glimpse.fit * glimpse.span.duration_s for glimpse in like)
    if glimpsed_s >= _needed_s(like, seen) and where.duration_s <= ONE_STEP_S:
        return Judged(None, reason("unclear"), tuple(glimpse.span for glimpse in like))
    return Judged(0, reason("not_done"))


def _needed_s(like: Sequence[Glimpse], seen: Evidence) -> float:
    """How much like it must have been seen to doubt that it was left out."""
    rule = seen.segment.hold
    if rule is not None and seen.segment.hands == "together":
        at_once = any(len(glimpse.pressed) > 1 for glimpse in like)
        unwatched = any(seen.sight.lost_s(g.span, HANDS) >= UNWATCHED * g.span.duration_s for g in like)
        if rule.rest_from_s is None or at_once or unwatched:
            return PRESSED_S
    return SEVERAL_S if len({point for glimpse in like for point in glimpse.pressed}) > 1 else GLIMPSED_S
