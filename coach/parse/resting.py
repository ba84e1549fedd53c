"""Presses that may be a rest: hands also lie on the shoulders while a person thinks, or waits.

From behind, fingers that press over the shoulder and fingers that lie there look the same. Only how long they stay
tells, and not for certain: so what stays as long as the protocol says is not rated, neither as done nor as left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from coach.domain import SegmentMatch
from coach.protocol import Protocol

HERS, PRESSES = 1.3, 3  # or longer, if her own other presses, where there are so many, are longer: so many times these
NEXT_S = 2.0  # from one pair of points to the next: the tracks of both presses may run into one


def doubtful(session: Sequence[SegmentMatch], protocol: Protocol) -> tuple[SegmentMatch, ...]:
    """The segments, in order of time, with those marked that may be a rest."""
    return tuple(replace(match, rest=_may_rest(session, k, protocol)) for k, match in enumerate(session))


def _may_rest(session: Sequence[SegmentMatch], k: int, protocol: Protocol) -> bool:
    match, rule = session[k], protocol.segment(session[k].segment_id).hold
    if rule is None or rule.rest_from_s is None or not match.holds:
        return False
    around = (*session[max(0, k - 1) : k], *session[k + 1 : k + 2])
    if any(_rests(other, protocol) and _gap_s(match, other) < NEXT_S for other in around):
        return False
    others_s = [h.span.duration_s for other in session if other is not match for h in other.holds]
    hers_s = HERS * median(others_s) if len(others_s) >= PRESSES else 0.0
    return max(h.span.duration_s for h in match.holds) > max(rule.rest_from_s, hers_s)


def _rests(match: SegmentMatch, protocol: Protocol) -> bool:
    """Whether it is a press where hands rest too."""
    rule = protocol.segment(match.segment_id).hold
    return rule is not None and rule.rest_from_s is not None


def _gap_s(one: SegmentMatch, other: SegmentMatch) -> float:
    return max(one.span.start_s, other.span.start_s) - min(one.span.end_s, other.span.end_s)
