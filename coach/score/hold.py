"""Were the points pressed, each of them and long enough?"""

from __future__ import annotations

from math import floor, inf

from coach.domain import Hold, Reason, Span
from coach.parameters.rating import (
    HASTY_SHARE,
    LYING_AFTER_STROKES_S,
    PRESS_AFTER_STROKES_S,
    PRESS_HIDDEN_S,
    PRESS_NEARBY_S,
    PRESS_TRAVEL_S,
    STROKES_PRESS_OVERLAP_S,
)
from coach.protocol import HoldRule
from coach.score.evidence import Evidence, Judged, not_visible, reason

# A point that was not seen pressed may have been pressed by a hand that was hidden just before the others or after,
# behind the back's edge say: for so much of what is long enough, a press and the way to it from the nearest other.
MISSING = ("hold_missing", "hold_wrong")


def hold(evidence: Evidence) -> Judged:
    """2 for every point pressed long enough, 1 for some missed, short or beside, 0 for none pressed."""
    rule = evidence.segment.hold
    if rule is None:
        raise ValueError(f"segment {evidence.segment.id} has no hold rule")
    verdict = _verdict(evidence, rule)
    lost_s = evidence.lost_s(PRESS_NEARBY_S)
    if verdict.points != 2 and lost_s >= PRESS_HIDDEN_S:
        return not_visible(lost_s, *evidence.spans)
    if verdict.reason.key in MISSING and not evidence.sight.framed(_place(rule, verdict)):
        return Judged(None, reason("hold_out_of_picture", point=verdict.reason.values["point"]), evidence.spans)
    return _doubted(evidence, rule, verdict) or verdict


def _place(rule: HoldRule, verdict: Judged) -> list[tuple[float, float]]:
    """Of the point that the verdict names."""
    return [point.at for point in rule.points if point.id == verdict.reason.values["point"]]


def _doubted(evidence: Evidence, rule: HoldRule, verdict: Judged) -> Judged | None:
    """The same, not rated, where the camera cannot know it; None where it does."""
    if verdict.points == 2:
        return _perhaps_wrong(evidence, rule, verdict)
    unclear = [(h.point, h.span) for h in _beside(evidence, rule)] + _either(evidence)
    unclear += [(g.point, g.span) for g in evidence.possible_presses()]
    if verdict.reason.key in MISSING and unclear:
        return Judged(None, reason("hold_unclear", point=unclear[0][0]), tuple(span for _, span in unclear))
    if again := _again(evidence, rule):
        return _unrated(again, reason("rest", held_s=round(max(h.span.duration_s for h in again), 1)))
    if verdict.reason.key == "hold_short" and (long := _perhaps_long(evidence, verdict)):
        return _unrated(long, reason("hold_blurred", point=long[0].point))
    hidden_s = evidence.hidden_s(rule.long_enough_s + PRESS_TRAVEL_S)
    if verdict.reason.key in MISSING and hidden_s >= HASTY_SHARE * rule.long_enough_s:
        return not_visible(hidden_s, *evidence.spans)
    return None


def _perhaps_wrong(evidence: Evidence, rule: HoldRule, verdict: Judged) -> Judged | None:
    """The same of presses that seem right."""
    if near := _hardly_nearer(evidence, verdict):
        return _unrated(near, reason("hold_unclear", point=near[0].point))
    if lain := _since_strokes(evidence, rule, verdict):
        return _unrated(lain, reason("hold_since_strokes", point=lain[0].point))
    return None


def _unrated(holds: list[Hold], why: Reason) -> Judged:
    return Judged(None, why, tuple(dict.fromkeys(h.span for h in holds)))  # both hands' presses at once are one


def _verdict(evidence: Evidence, rule: HoldRule) -> Judged:
    longest = _longest(evidence, rule)
    missing = [p.id for p in rule.points if p.id not in longest]
    missing.sort(key=lambda id_: evidence.sight.framed([p.at for p in rule.points if p.id == id_]), reverse=True)
    beside = [h for h in evidence.holds if h.point in {p.id for p in rule.confusable}]
    if len(missing) == len(rule.points):
        return Judged(0, reason("hold_missing", point=missing[0]), tuple(h.span for h in beside))
    if missing and beside:
        return Judged(1, reason("hold_wrong", point=missing[0], instead=beside[0].point), (beside[0].span,))
    if missing:
        if evidence.segment.hands == "together" and "hands" in evidence.segment.items:
            # The hand that was left out is the hands' fault and is told there; the press is judged by its length.
            return _long_enough(rule, longest)
        return Judged(1, reason("hold_missing", point=missing[0]), evidence.spans)
    return _long_enough(rule, longest)


def _beside(evidence: Evidence, rule: HoldRule) -> list[Hold]:
    """The presses of points so far from them that the tracker, or the hand, may be wrong."""
    most = {point.id: point.tolerance for point in rule.points}
    return [h for h in evidence.holds if h.off > most.get(h.point, inf)]


def _perhaps_long(evidence: Evidence, verdict: Judged) -> list[Hold]:
    """Of the presses that were too short by their fingers, those that were long enough by their palm."""
    return [h for h in evidence.holds if h.perhaps_s and h.span in verdict.evidence]


def _again(evidence: Evidence, rule: HoldRule) -> list[Hold]:
    """The presses long enough that may have made good what was wrong, or were no more than a rest."""
    return [h for m in evidence.rests for h in m.holds if h.span.duration_s >= rule.long_enough_s]


def _hardly_nearer(evidence: Evidence, verdict: Judged) -> list[Hold]:
    """Of the presses that count, those that may as well have been of a neighbour."""
    return [h for h in evidence.holds if h.neighbour and h.span in verdict.evidence]


def _since_strokes(evidence: Evidence, rule: HoldRule, verdict: Judged) -> list[Hold]:
    """Of the presses that count, those hardly long enough whose hands may have lain there since strokes ended."""
    strokes = [m for m in evidence.session if evidence.protocol.segment(m.segment_id).primitive == "stroke"]
    hardly = [
        h
        for h in evidence.holds
        if h.span in verdict.evidence and h.span.duration_s < rule.long_enough_s + LYING_AFTER_STROKES_S
    ]
    return [
        h
        for h in hardly
        if any(-STROKES_PRESS_OVERLAP_S <= h.span.start_s - m.span.end_s <= PRESS_AFTER_STROKES_S for m in strokes)
    ]


def _either(evidence: Evidence) -> list[tuple[str, Span]]:
    """Points that may have been pressed, and when: a neighbour was hardly nearer."""
    pressed = {h.point for h in evidence.holds}
    return [(h.perhaps, h.span) for h in evidence.holds if h.perhaps and h.perhaps not in pressed]


def _longest(evidence: Evidence, rule: HoldRule) -> dict[str, Span]:
    longest: dict[str, Span] = {}
    beside = _beside(evidence, rule)
    for press in (h for h in evidence.holds if h not in beside):
        if press.point not in longest or press.span.duration_s > longest[press.point].duration_s:
            longest[press.point] = press.span
    return longest


def _long_enough(rule: HoldRule, longest: dict[str, Span]) -> Judged:
    short = {k: s for k, s in longest.items() if s.duration_s < rule.long_enough_s}
    wanted = [p.id for p in rule.points if p.id in short]
    if wanted:
        worst = min(wanted, key=lambda k: short[k].duration_s)
        held_s = floor(10.0 * short[worst].duration_s + 1e-6) / 10.0  # "2.0 s of 2.0 s" would explain nothing
        values = {"held_s": held_s, "needed_s": rule.long_enough_s}
        return Judged(1, reason("hold_short", point=worst, **values), tuple(short[k] for k in wanted))
    return Judged(2, reason("hold_right", points=len(longest)), tuple(longest.values()))
