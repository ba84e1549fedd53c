"""Presses that may be a rest: hands also lie on the shoulders while a person thinks, or waits.

From behind, fingers that press over the shoulder and fingers that lie there look the same. How long they stay tells,
and whether a step beside it was done, and neither for certain: so what stays as long as the protocol says, or comes
amid steps of other parts alone, is not rated, neither as done nor as left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import dropwhile
from statistics import median

from coach.domain import SegmentMatch
from coach.parameters.rests import HERS_FROM_PRESSES, LONGER_THAN_HERS, NEXT_PAIR_S, PALM_UNMOVED_SHARE
from coach.protocol import HoldRule, Protocol


def with_rests_marked(session: Sequence[SegmentMatch], protocol: Protocol) -> tuple[SegmentMatch, ...]:
    """The segments, in order of time, with those marked that may be a rest."""
    marked: list[SegmentMatch] = []
    for k, match in enumerate(session):
        rest = any(doubt(session, k, protocol) for doubt in (_may_rest, _waits, _stays)) or _taken_up(
            marked, match, protocol
        )
        marked.append(replace(match, rest=rest))
    return tuple(marked)


def without_repeats(session: Sequence[SegmentMatch], protocol: Protocol) -> tuple[SegmentMatch, ...]:
    """The segments, in order of time, without presses where hands rest too that were done rightly before.

    Who has pressed each point long enough and has gone on to other steps waits with her hands there; were it the same
    step again, the first time would count as well.
    """
    kept: list[SegmentMatch] = []
    before: list[SegmentMatch] = []  # without those in which her hands waited for what comes first
    for k, match in enumerate(session):
        if not _repeated(before, match, protocol):
            kept.append(match)
        if not _waits(session, k, protocol):
            before.append(match)
    return tuple(kept)


def _repeated(before: Sequence[SegmentMatch], match: SegmentMatch, protocol: Protocol) -> bool:
    rule = _rest_rule(match, protocol)
    if rule is None:
        return False
    return _came_back([m for m in before if m.segment_id != match.segment_id or _right(m, rule)], match)


def _waits(session: Sequence[SegmentMatch], k: int, protocol: Protocol) -> bool:
    """Whether the strokes that come before these presses follow, and then the presses: before, her hands waited.

    Of what she did first of all nobody knows, whether the presses follow or not.
    """
    match, strokes = session[k], protocol.segment(session[k].segment_id).press_after
    if strokes is None or _rest_rule(match, protocol) is None:
        return False
    before, after = ([m.segment_id for m in part] for part in (session[:k], session[k + 1 :]))
    begun = next((m.segment_id for m in session[k + 1 :] if _rest_rule(m, protocol) is None), None)
    if strokes in before or begun != strokes:
        return False
    return not before or match.segment_id in after[after.index(strokes) :]


def _stays(session: Sequence[SegmentMatch], k: int, protocol: Protocol) -> bool:
    """Whether both palms have not moved since the step before: nobody knows whether the fingers went on to this one."""
    match, before = session[k], session[k - 1 : k]
    if not before or not before[0].holds or not match.holds or _rest_rule(match, protocol) is None:
        return False
    since_s = min(hold.span.start_s for hold in before[0].holds)
    return all(hold.perhaps_s >= PALM_UNMOVED_SHARE * (hold.span.end_s - since_s) for hold in match.holds)


def _taken_up(before: Sequence[SegmentMatch], match: SegmentMatch, protocol: Protocol) -> bool:
    """Whether the same was surely pressed before, wrongly, and she came back to do it better, or to rest."""
    return _rest_rule(match, protocol) is not None and _came_back([m for m in before if not m.rest], match)


def _came_back(before: Sequence[SegmentMatch], match: SegmentMatch) -> bool:
    """Whether the same segment was done before, and then another one."""
    since = dropwhile(lambda other: other.segment_id != match.segment_id, before)
    return any(other.segment_id != match.segment_id for other in since)


def _right(match: SegmentMatch, rule: HoldRule) -> bool:
    """Whether each point was pressed long enough."""
    long = {hold.point for hold in match.holds if hold.span.duration_s >= rule.long_enough_s}
    return long >= {point.id for point in rule.points}


def _rest_rule(match: SegmentMatch, protocol: Protocol) -> HoldRule | None:
    """The rule of a press where hands rest too; None where it is none."""
    rule = protocol.segment(match.segment_id).hold
    return None if rule is None or rule.rest_from_s is None else rule


def _may_rest(session: Sequence[SegmentMatch], k: int, protocol: Protocol) -> bool:
    match, rule = session[k], _rest_rule(session[k], protocol)
    if rule is None or rule.rest_from_s is None or not match.holds:
        return False
    others = [[m for m in part if m.segment_id != match.segment_id] for part in (session[:k], session[k + 1 :])]
    around = (*others[0][-1:], *others[1][:1])  # beside itself, pressed once more, it is no less a rest
    if around and not _among_its_own(session, match, around, protocol):
        return True
    beside = [m for m in around if m.holds and _rest_rule(m, protocol) is not None and _gap_s(match, m) < NEXT_PAIR_S]
    others_s = [h.span.duration_s for other in session if other is not match for h in other.holds]
    hers_s = LONGER_THAN_HERS * median(others_s) if len(others_s) >= HERS_FROM_PRESSES else 0.0
    if beside and not all(_alone(m) for m in (match, *beside)):
        return False
    stayed_s = sum(max(h.span.duration_s for h in m.holds) for m in (match, *beside))
    return stayed_s > (1 + len(beside)) * max(rule.rest_from_s, hers_s)


def _among_its_own(
    session: Sequence[SegmentMatch], match: SegmentMatch, around: Sequence[SegmentMatch], protocol: Protocol
) -> bool:
    """Whether another step of its part was done, or right before or after it the one that comes there.

    Of the presses on the shoulders in 109 rendered sessions three of four that had neither were rests, as short as
    2.5 s; of the others five of 72.
    """
    part, rank = protocol.segment(match.segment_id).part, protocol.rank
    if any(abs(rank[m.segment_id] - rank[match.segment_id]) <= 1 for m in around):
        return True
    own = any(m.segment_id != match.segment_id and protocol.segment(m.segment_id).part == part for m in session)
    return own and not _out_of_turn(match, around, protocol)


def _out_of_turn(match: SegmentMatch, around: Sequence[SegmentMatch], protocol: Protocol) -> bool:
    """Whether a step of an earlier part comes next, or one of a later part came last: her hands wait to begin."""
    part, rank = protocol.segment(match.segment_id).part, protocol.rank
    others = (m for m in around if protocol.segment(m.segment_id).part != part)
    pairs = (sorted((m, match), key=lambda one: one.span.start_s) for m in others)
    return any(rank[first.segment_id] > rank[second.segment_id] for first, second in pairs)


def _alone(match: SegmentMatch) -> bool:
    """Whether one hand alone presses where both do: the other one does something else meanwhile."""
    return len({hold.hand for hold in match.holds}) == 1


def _gap_s(one: SegmentMatch, other: SegmentMatch) -> float:
    return max(one.span.start_s, other.span.start_s) - min(one.span.end_s, other.span.end_s)
