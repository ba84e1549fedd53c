"""Was the segment done at all?"""

from __future__ import annotations

from coach.protocol.places import places
from coach.score.evidence import Evidence, Judged, not_visible, reason

FRAMED = 0.5  # of a segment's places: where no more are in the picture, nobody can tell whether it was done
HASTY = 0.5  # of the shortest time in which it is done rightly: in less, nobody does it at all
# Seconds of perfectly fitting motion that nothing else explains. On rendered and simulated sessions six in ten segments
# that were wrongly called left out had as much, and four of 694 that had been left out.
GLIMPSED_S = 1.2
ONE_STEP_S = 25.0  # between its neighbours; in a longer time hands do many things that look like one


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
    if unseen_s >= HASTY * seen.least_s():
        return not_visible(unseen_s, where)
    like = [g for g in seen.glimpses if where.start_s <= g.span.start_s and g.span.end_s <= where.end_s]
    glimpsed_s = sum(glimpse.fit * glimpse.span.duration_s for glimpse in like)
    if glimpsed_s >= GLIMPSED_S and where.duration_s <= ONE_STEP_S:
        return Judged(None, reason("unclear"), tuple(glimpse.span for glimpse in like))
    return Judged(0, reason("not_done"))
