"""Was it done with the right hands, together or in turn?"""

from __future__ import annotations

from itertools import pairwise
from statistics import median

from coach.domain import HANDS, Hand, Hands, Hold, Repetition, Span
from coach.parameters.rating import (
    ASKED_HAND_PRIOR,
    HAND_CERTAINTY,
    HAND_UNSEEN_SHARE,
    LEAST_BALANCE,
    LEAST_SYNC,
    ONE_HANDED_REPETITIONS,
    RIGHT_HANDS_SHARE,
)
from coach.score.evidence import Evidence, Judged, not_visible, reason


def hands(evidence: Evidence) -> Judged:
    """2 for the hands as asked, 1 for others."""
    rule = evidence.segment.hands
    if not (evidence.repetitions or evidence.holds):  # a trainer may mark a segment before anything in it
        return not_visible(evidence.lost_s(0.0), *evidence.spans)
    if rule in HANDS:
        return _one(evidence, rule)
    if rule == "either":
        return Judged(2, reason("hands_right"), evidence.spans)
    verdict = _alternating(evidence) if rule == "alternating" else _together(evidence)
    lost_s = evidence.lost_s(0.0)
    if verdict.points != 2 and lost_s > HAND_UNSEEN_SHARE * sum(span.duration_s for span in evidence.spans):
        return not_visible(lost_s, *evidence.spans)
    return verdict


def _one(evidence: Evidence, rule: Hand) -> Judged:
    done: tuple[Repetition | Hold, ...] = evidence.repetitions or evidence.holds
    asked = [_asked(evidence, rule, one.hand, one.span) for one in done]
    if sum(p >= HAND_CERTAINTY for p in asked) >= RIGHT_HANDS_SHARE * len(done):
        return Judged(2, reason("hands_right"), evidence.spans)
    wrong = tuple(one.span for one in done if one.hand != rule)
    if sum(p <= 1.0 - HAND_CERTAINTY for p in asked) > (1.0 - RIGHT_HANDS_SHARE) * len(done):
        other = next(one.hand for one in done if one.hand != rule)
        return Judged(1, reason("hands_wrong", expected=rule, seen=other), wrong)
    unsure = tuple(one.span for one, p in zip(done, asked, strict=True) if 1.0 - HAND_CERTAINTY < p < HAND_CERTAINTY)
    return not_visible(sum(evidence.sight.lost_s(span, HANDS) for span in unsure), *unsure)


def _asked(evidence: Evidence, rule: Hand, hand: Hands, span: Span) -> float:
    """The probability that the hand that is asked for did it; both together are not that hand alone."""
    if hand == "both":
        return 0.0
    sure = evidence.sight.sure_of(hand, span)
    of_rule = sure if hand == rule else 1.0 - sure
    return of_rule * ASKED_HAND_PRIOR / (of_rule * ASKED_HAND_PRIOR + (1.0 - of_rule) * (1.0 - ASKED_HAND_PRIOR))


def _together(evidence: Evidence) -> Judged:
    if evidence.segment.hold is not None:
        return _pressed_together(evidence)
    done = evidence.repetitions
    both = [r for r in done if r.hand == "both"]
    if len(both) < RIGHT_HANDS_SHARE * len(done) and (not both or len(done) - len(both) >= ONE_HANDED_REPETITIONS):
        return _not_both(done, evidence)
    ratio = min(median(r.balance for r in both) / LEAST_BALANCE, median(r.sync for r in both) / LEAST_SYNC)
    if ratio < 1.0:
        percent = round(100 * min(median(r.balance for r in both), median(r.sync for r in both)))
        return Judged(1, reason("hands_asymmetric", ratio_percent=percent), evidence.spans)
    return Judged(2, reason("hands_right"), evidence.spans)


def _not_both(done: tuple[Repetition, ...], evidence: Evidence) -> Judged:
    alone = [r for r in done if r.hand != "both"]
    left = sum(r.hand == "left" for r in alone)
    share = max(left, len(alone) - left) / len(alone)
    spans = tuple(r.span for r in alone)
    if share >= 0.75:
        hand = "left" if 2 * left > len(alone) else "right"
        percent = round(100 * len(alone) / len(done))
        return Judged(1, reason("hands_one_side", hand=hand, share_percent=percent), spans)
    percent = round(100 * (1 - len(alone) / len(done)))
    return Judged(1, reason("hands_not_together", share_percent=percent), spans or evidence.spans)


def _pressed_together(evidence: Evidence) -> Judged:
    used = {h.hand for h in evidence.holds}
    if used == set(HANDS) or "both" in used:
        return Judged(2, reason("hands_right"), evidence.spans)
    hand = next(iter(used))
    return Judged(1, reason("hands_one_side", hand=hand, share_percent=100), evidence.spans)


def _alternating(evidence: Evidence) -> Judged:
    done = evidence.repetitions
    if len(done) == 1:
        return Judged(1, reason("hands_not_alternating", turns=0, repetitions=1), evidence.spans)
    turns = sum(a.hand != b.hand and "both" not in (a.hand, b.hand) for a, b in pairwise(done))
    if turns >= RIGHT_HANDS_SHARE * (len(done) - 1):
        return Judged(2, reason("hands_right"), evidence.spans)
    return Judged(1, reason("hands_not_alternating", turns=turns, repetitions=len(done)), evidence.spans)
