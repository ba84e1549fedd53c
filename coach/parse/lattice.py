"""The best reading of a session: which candidates are runs of which segment.

A semi-Markov model whose observations are candidate repetitions instead of single frames: a state is a
segment, its duration is the run of repetitions with a prior on their number, and the transitions carry the
protocol's order softly. Time that no candidate takes is idle and worth nothing. The best path is found by
Viterbi's recursion over the candidates in order of time; after Murphy, "Hidden semi-Markov models" (2002).
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass, field

from coach.moves.candidate import Candidate
from coach.parameters.lattice import (
    BACK_COST,
    BACKWARDS_PRESS_COST,
    BEGIN_COST,
    BEGIN_IN_TURN_COST,
    BEGIN_NEXT_PRESS_COST,
    BEGIN_PRESS_BY_BOTH_COST,
    BEGIN_PRESS_BY_BOTH_IN_TURN_COST,
    EXCHANGED_COST,
    EXTRA_PRESS_WORTH,
    EXTRA_REPETITION_WORTH,
    GONE_THERE_S,
    HAND_OVER_HAND_SHARE,
    IDLE_FIT,
    LONG_BACKWARDS_PRESS_COST,
    LONGEST_HIDDEN_PAUSE_S,
    LONGEST_MOTION_S,
    LONGEST_PRESS_S,
    LOOK_BACK_S,
    MOST_REPETITIONS,
    MOST_SKIP_COST,
    MOST_TOUCH_S,
    ONE_BY_BOTH_COST,
    ONE_PRESS_COST,
    ONE_REPETITION_COST,
    PAUSE_COST,
    PRESS_AGAIN_COST,
    RESUME_COST,
    SAME_HAND_COST,
    SAME_POINT_COST,
    SKIP_COST,
    TOUCH_S,
    TOUCH_SHARE,
    TWO_BY_BOTH_COST,
    TWO_REPETITIONS_COST,
)
from coach.protocol import Protocol, Segment


@dataclass(slots=True)
class _Node:
    candidate: Candidate
    best: list[float] = field(default_factory=list)  # by number of repetitions in the run, from 1
    back: list[tuple[_Node, int] | None] = field(default_factory=list)
    final: float = -1e18
    final_count: int = 0


def best_runs(candidates: list[Candidate], protocol: Protocol) -> list[list[Candidate]]:
    """The runs of candidates that explain the session best, in order of time.

    :param candidates: in order of their start
    """
    top = _best(candidates, protocol)
    return [] if top is None else _trace_back(top)


def explained_s(candidates: list[Candidate], protocol: Protocol) -> float:
    """What the best reading of candidates is worth, in seconds of perfectly fitting motion; 0 where there is none.

    :param candidates: in order of their start
    """
    top = _best(candidates, protocol)
    return 0.0 if top is None else top.final


def _best(candidates: list[Candidate], protocol: Protocol) -> _Node | None:
    """The last candidate of the best reading; None where the time is better called idle."""
    segments = protocol.segments
    following = following_strokes(segments)
    ended: list[tuple[float, int, _Node]] = []  # not yet passed, by their end
    recent: list[list[_Node]] = [[] for _ in segments]
    passed: list[_Node | None] = [None] * len(segments)  # the best reading that ends in each segment
    top: _Node | None = None
    for number, candidate in enumerate(candidates):
        now = candidate.span.start_s + touch_s(candidate)
        while ended and ended[0][0] <= now:
            node = heapq.heappop(ended)[2]
            rival = passed[node.candidate.rank]
            if rival is None or node.final > rival.final:
                passed[node.candidate.rank] = node
        node = _Node(candidate)
        _enter(node, passed, following)
        _go_on(node, recent[candidate.rank], segments[candidate.rank], now)
        _finish(node, segments[candidate.rank])
        heapq.heappush(ended, (candidate.span.end_s, number, node))
        recent[candidate.rank].append(node)
        if top is None or node.final > top.final:
            top = node
    return top if top is not None and top.final > 0 else None


def touch_s(candidate: Candidate) -> float:
    lasts = candidate.span.duration_s
    return min(max(TOUCH_S, min(TOUCH_SHARE * lasts, MOST_TOUCH_S)), lasts / 3)


def worth(candidate: Candidate) -> float:
    longest = LONGEST_PRESS_S if candidate.holds else LONGEST_MOTION_S
    return (candidate.fit - IDLE_FIT) * min(candidate.span.duration_s, longest)


def following_strokes(segments: Sequence[Segment]) -> list[int]:
    """By rank, the first segment from there on that is no press; the number of segments where there is none."""
    out = [len(segments)] * (len(segments) + 1)
    for rank in range(len(segments) - 1, -1, -1):
        out[rank] = out[rank + 1] if segments[rank].hold is not None else rank
    return out


def _enter(node: _Node, passed: list[_Node | None], following: list[int]) -> None:
    candidate = node.candidate
    best, back = -enter_cost(None, candidate, following), None
    for before in passed:
        if before is None:
            continue
        value = before.final - enter_cost(before.candidate, candidate, following)
        if value > best:
            best, back = value, before
    node.best = [-1e18] * (MOST_REPETITIONS + 1)
    node.back = [None] * (MOST_REPETITIONS + 1)
    units = min(candidate.units, MOST_REPETITIONS)
    node.best[units] = best + worth(candidate)
    node.back[units] = None if back is None else (back, 0)


def enter_cost(before: Candidate | None, candidate: Candidate, following: list[int]) -> float:
    """What it costs to begin this candidate's segment after another, or as the first.

    :param following: by rank, the first segment from there on that is no press
    """
    last = -1 if before is None else before.rank
    exchanged = before is not None and bool(before.holds) and candidate.rank == last - 1
    order = EXCHANGED_COST if exchanged else _step(last, candidate.rank, bool(candidate.holds))
    in_turn = last < candidate.rank <= following[last + 1]
    if not candidate.holds:
        return (BEGIN_IN_TURN_COST if in_turn or exchanged else BEGIN_COST) + order
    if len(candidate.hands) == 2:
        went = before is not None and candidate.span.start_s - before.span.end_s >= GONE_THERE_S
        return (BEGIN_PRESS_BY_BOTH_IN_TURN_COST if went and in_turn else BEGIN_PRESS_BY_BOTH_COST) + order
    return (BEGIN_NEXT_PRESS_COST if candidate.rank == last + 1 else BEGIN_COST) + order


def _step(before: int, after: int, holds: bool) -> float:
    if after == before:
        return PRESS_AGAIN_COST if holds else RESUME_COST
    if after < before:
        return BACK_COST + SKIP_COST
    return min(SKIP_COST * (after - before - 1), MOST_SKIP_COST)


def _go_on(node: _Node, recent: list[_Node], segment: Segment, now: float) -> None:
    """Continues each run of the same segment that ended a pause ago at the most."""
    start, gain = node.candidate.span.start_s, worth(node.candidate)
    most, over = most_of(segment), EXTRA_PRESS_WORTH if segment.hold is not None else EXTRA_REPETITION_WORTH
    units = node.candidate.units
    # Candidates of one segment begin in order, so those too long ago come first.
    while recent and start - recent[0].candidate.span.end_s > segment.pause_s + LOOK_BACK_S:
        recent.pop(0)
    for before in recent:
        cost = go_on_cost(before.candidate, node.candidate, segment, now)
        if cost is None:
            continue
        for count in range(1, MOST_REPETITIONS + 1):
            if before.best[count] < -1e17:
                continue
            value = before.best[count] - cost + (gain * over if count + units > most else gain)
            after = min(count + units, MOST_REPETITIONS)
            if value > node.best[after]:
                node.best[after], node.back[after] = value, (before, count)


def go_on_cost(before: Candidate, after: Candidate, segment: Segment, now: float) -> float | None:
    """What it costs that a run goes on with another repetition; None where it cannot.

    :param now: by when the repetition before must have ended, s
    """
    rest, hidden = after.span.start_s - before.span.end_s, _hidden_s(before, after)
    late = before.span.end_s > now and not _hand_over_hand(before, after, segment)
    if late or rest - hidden > segment.pause_s or hidden > LONGEST_HIDDEN_PAUSE_S:
        return None
    return PAUSE_COST * max(0.0, rest - hidden) + repeat_cost(before, after, segment)


def _hand_over_hand(before: Candidate, after: Candidate, segment: Segment) -> bool:
    """Whether one hand strokes while the other has not ended its stroke, where either may."""
    if segment.hands != "either" or segment.primitive != "stroke" or not before.hands.isdisjoint(after.hands):
        return False
    shorter_s = min(before.span.duration_s, after.span.duration_s)
    return (
        before.span.start_s < after.span.start_s
        and before.span.overlap_s(after.span) <= HAND_OVER_HAND_SHARE * shorter_s
    )


def _hidden_s(before: Candidate, after: Candidate) -> float:
    """For how long, between two repetitions, a hand that does either was out of sight: that is no pause."""
    lost = [after.lost_s[0][h] - before.lost_s[1][h] for h in before.hands | after.hands if h in after.lost_s[0]]
    return max(0.0, *lost, 0.0)


def most_of(segment: Segment) -> int:
    """The repetitions, or presses, beyond which another one is worth less."""
    if segment.hold is not None:
        return len(segment.hold.points)
    return (segment.count.target[1] + 1) * _sides(segment) if segment.count else MOST_REPETITIONS


def _sides(segment: Segment) -> int:
    return 2 if segment.count is not None and segment.count.per == "side" else 1


def repeat_cost(before: Candidate, after: Candidate, segment: Segment) -> float:
    """The same hand twice where the hands should take turns; the same point twice where each is pressed once."""
    same_hand = segment.hands == "alternating" and after.hands == before.hands
    same_point = not {h.point for h in after.holds}.isdisjoint(h.point for h in before.holds)
    if same_hand and after.units == 1:
        return SAME_HAND_COST * min(after.span.duration_s, LONGEST_MOTION_S)
    if same_point:
        return SAME_POINT_COST + max(0.0, worth(after))
    return _backwards(before, after, segment)


def _backwards(before: Candidate, after: Candidate, segment: Segment) -> float:
    """What it costs that a press comes after one that the protocol asks for later; 0 where it does not."""
    rule = segment.hold
    if rule is None or rule.sequence == "any_order":
        return 0.0
    place = {point.id: k for k, point in enumerate(rule.points)}
    if place.get(after.holds[0].point, len(place)) >= place.get(before.holds[0].point, -1):
        return 0.0
    long = all(one.span.duration_s >= rule.long_enough_s for one in (before, after))
    return LONG_BACKWARDS_PRESS_COST if long else BACKWARDS_PRESS_COST


def _finish(node: _Node, segment: Segment) -> None:
    alone = alone_costs(node.candidate, segment)
    for count in range(1, MOST_REPETITIONS + 1):
        value = node.best[count] - alone.get(count, 0.0)
        if value > node.final:
            node.final, node.final_count = value, count


def alone_costs(candidate: Candidate, segment: Segment) -> dict[int, float]:
    """What a run of so few repetitions costs."""
    if segment.hold is not None:
        return {1: ONE_PRESS_COST} if segment.hands != "together" and len(segment.hold.points) > 1 else {}
    if segment.count is None or segment.count.target[0] == 1:
        return {}
    if len(candidate.hands) == 2:
        return {1: ONE_BY_BOTH_COST, 2: TWO_BY_BOTH_COST}
    return {1: ONE_REPETITION_COST, 2: TWO_REPETITIONS_COST}


def _trace_back(node: _Node) -> list[list[Candidate]]:
    runs: list[list[Candidate]] = []
    at: _Node | None = node
    while at is not None:
        run, count = [at.candidate], at.final_count
        step = at.back[count]
        while step is not None and step[1] > 0:
            at, count = step
            run.append(at.candidate)
            step = at.back[count]
        runs.append(run[::-1])
        at = step[0] if step is not None else None
    return runs[::-1]
