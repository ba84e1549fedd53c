"""Was the segment done at all?"""

from __future__ import annotations

from coach.score.evidence import Evidence, Verdict, not_visible, reason

MOSTLY = 0.65  # of the time between its neighbours: hidden for two thirds of it, a segment may have been there
HASTY = 0.5  # of the shortest time in which it is done rightly: in less, nobody does it at all


def performed(seen: Evidence) -> Verdict:
    """2 for done, 0 for not done; not visible where the hands were hidden long enough to have done it."""
    if seen.matches:
        done = len(seen.whole) if seen.segment.hold is None else len({h.point for h in seen.holds})
        return Verdict(2, reason("done", repetitions=done), seen.spans)
    return absent(seen)


def absent(seen: Evidence) -> Verdict:
    """The verdict on every item of a segment that was not found."""
    where = seen.where_missing()
    unseen_s = seen.sight.unseen_s(where, seen.segment)
    hasty_s = HASTY * seen.least_s()
    if unseen_s >= hasty_s or (where.duration_s >= hasty_s and unseen_s >= MOSTLY * where.duration_s):
        return not_visible(unseen_s, where)
    return Verdict(0, reason("not_done"))
