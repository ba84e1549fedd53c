"""Were the points pressed, each of them and long enough?"""

from __future__ import annotations

from coach.domain import Span
from coach.protocol import HoldRule
from coach.score.evidence import Evidence, Verdict, not_visible, reason


def hold(seen: Evidence) -> Verdict:
    """2 for every point pressed long enough, 1 for some missed, short or beside, 0 for none pressed."""
    rule = seen.segment.hold
    if rule is None:
        raise ValueError(f"segment {seen.segment.id} has no hold rule")
    longest = _longest(seen)
    missing = [p.id for p in rule.points if p.id not in longest]
    beside = [h for h in seen.holds if h.point in {p.id for p in rule.confusable}]
    if len(missing) == len(rule.points):
        return Verdict(0, reason("hold_missing", point=missing[0]), tuple(h.span for h in beside))
    if missing and beside:
        return Verdict(1, reason("hold_wrong", point=missing[0], instead=beside[0].point), (beside[0].span,))
    if missing:
        return _missing(seen, missing[0], _both_asked(seen))
    return _long_enough(rule, longest)


def _both_asked(seen: Evidence) -> bool:
    return seen.segment.hands == "together"


def _longest(seen: Evidence) -> dict[str, Span]:
    longest: dict[str, Span] = {}
    for press in seen.holds:
        if press.point not in longest or press.span.duration_s > longest[press.point].duration_s:
            longest[press.point] = press.span
    return longest


def _missing(seen: Evidence, point: str, one_side: bool) -> Verdict:
    window = Span(seen.spans[0].start_s - 2.0, seen.spans[-1].end_s + 2.0)
    unseen_s = seen.sight.unseen_s(window, seen.segment)
    rule = seen.segment.hold
    if rule is not None and unseen_s >= rule.short_from_s:
        return not_visible(unseen_s, window)
    if one_side and rule is not None:
        # The hand that was left out is the hands' fault and is told there; the press itself is judged by its length.
        return _long_enough(rule, _longest(seen))
    return Verdict(1, reason("hold_missing", point=point), seen.spans)


def _long_enough(rule: HoldRule, longest: dict[str, Span]) -> Verdict:
    short = {k: s for k, s in longest.items() if s.duration_s < rule.long_enough_s}
    wanted = [p.id for p in rule.points if p.id in short]
    if wanted:
        worst = min(wanted, key=lambda k: short[k].duration_s)
        values = {"held_s": round(short[worst].duration_s, 1), "needed_s": rule.long_enough_s}
        return Verdict(1, reason("hold_short", point=worst, **values), tuple(short[k] for k in wanted))
    return Verdict(2, reason("hold_right", points=len(longest)), tuple(longest.values()))
