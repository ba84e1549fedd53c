"""Presses that may be a rest: hands also lie on the shoulders while a person thinks, or waits.

From behind, fingers that press over the shoulder and fingers that lie there look the same. How long they stay tells,
and not for certain: so what stays as long as the protocol says is not rated, neither as done nor as left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from coach.domain import SegmentMatch
from coach.protocol import HoldRule, Protocol

HERS, PRESSES = 1.3, 3  # or longer, if her own other presses, where there are so many, are longer: so many times these
NEXT_S = 2.0  # from one pair of points to the next


def doubtful(session: Sequence[SegmentMatch], protocol: Protocol) -> tuple[SegmentMatch, ...]:
    """The segments, in order of time, with those marked that may be a rest."""
    return tuple(replace(match, rest=_may_rest(session, k, protocol)) for k, match in enumerate(session))


def _rest_rule(match: SegmentMatch, protocol: Protocol) -> HoldRule | None:
    """The rule of a press where hands rest too; None where it is none."""
    rule = protocol.segment(match.segment_id).hold
    return None if rule is None or rule.rest_from_s is None else rule


def _may_rest(session: Sequence[SegmentMatch], k: int, protocol: Protocol) -> bool:
    match, rule = session[k], _rest_rule(session[k], protocol)
    if rule is None or rule.rest_from_s is None or not match.holds:
        return False
    others = [[m for m in part if m.segment_id != match.segment_id] for part in (session[:k], session[k + 1 :])]
    around = (*others[0][-1:], *others[1][:1])
    if any(m.holds and _rest_rule(m, protocol) is not None and _gap_s(match, m) < NEXT_S for m in around):
        return False  # hands that go from pair to pair do not rest
    others_s = [h.span.duration_s for other in session if other is not match for h in other.holds]
    hers_s = HERS * median(others_s) if len(others_s) >= PRESSES else 0.0
    return max(h.span.duration_s for h in match.holds) > max(rule.rest_from_s, hers_s)


def _gap_s(one: SegmentMatch, other: SegmentMatch) -> float:
    return max(one.span.start_s, other.span.start_s) - min(one.span.end_s, other.span.end_s)
