"""Was it done in the protocol's order?"""

from __future__ import annotations

from coach.domain import Hold, SegmentMatch
from coach.parameters.rating import HALT_SHARE_OF_PRESS, POINT_HIDDEN_S
from coach.parse.unclaimed import Unclaimed
from coach.protocol import Protocol
from coach.score.evidence import Evidence, Judged, not_visible, reason, rested


def order(evidence: Evidence) -> Judged:
    """1 for a segment done too early, for presses before the strokes of their part, for points in another order."""
    segment = evidence.segment
    early = too_early(evidence.rated, evidence.protocol)
    if segment.id in early:
        return Judged(1, reason("order_early", before=early[segment.id]), (evidence.spans[0],))
    strokes = [m for m in evidence.session if m.segment_id == segment.press_after]
    if strokes and evidence.spans[0].start_s < strokes[0].span.start_s:
        again = [m for m in evidence.rests if m.span.start_s > strokes[0].span.start_s]
        if again:  # either of them was a rest
            return Judged(None, rested(again), (evidence.spans[0], *(m.span for m in again)))
        return Judged(1, reason("order_press_first", strokes=segment.press_after or ""), (evidence.spans[0],))
    return _points(evidence)


def _points(evidence: Evidence) -> Judged:
    rule = evidence.segment.hold
    if rule is not None and rule.sequence == "in_order":
        asked = [p.id for p in rule.points]
        first = _pressed(evidence.holds, asked)
        if not within([p for p in asked if p in first], first):
            lost_s = evidence.lost_s(0.0)
            if lost_s >= POINT_HIDDEN_S:
                return not_visible(lost_s, *evidence.spans)
            return Judged(
                1,
                reason("order_points", seen=", ".join(dict.fromkeys(first)), expected=", ".join(asked)),
                (evidence.spans[0],),
            )
        if perhaps := _perhaps_before(evidence, asked):
            return Judged(None, reason("hold_unclear", point=perhaps[0].point), tuple(g.span for g in perhaps))
    return Judged(2, reason("order_right"), evidence.spans)


def _perhaps_before(evidence: Evidence, asked: list[str]) -> list[Unclaimed]:
    """Presses that were perhaps seen of points that are missing, if with them the order is wrong; else none."""
    perhaps = evidence.possible_presses()
    presses = [(h.span.start_s, h.point) for h in evidence.holds] + [(g.span.start_s, g.point) for g in perhaps]
    order = [point for _, point in sorted(presses) if point in asked]
    return [] if within([p for p in asked if p in order], order) else perhaps


def _pressed(holds: tuple[Hold, ...], asked: list[str]) -> list[str]:
    """The points that were asked for, in the order of their presses.

    On its way a hand may halt at a point for a moment: next to a true press of the same point that is none.
    """
    longest = {point: max(h.span.duration_s for h in holds if h.point == point) for point in {h.point for h in holds}}
    true = [h for h in holds if h.point in asked and h.span.duration_s >= HALT_SHARE_OF_PRESS * longest[h.point]]
    return [h.point for h in sorted(true, key=lambda h: h.span.start_s)]


def within(wanted: list[str], order: list[str]) -> bool:
    """Whether the wanted points come in their order among the pressed ones; a point may be pressed once more."""
    ahead = iter(order)
    return all(point in ahead for point in wanted)


def too_early(session: tuple[SegmentMatch, ...], protocol: Protocol) -> dict[str, str]:
    """The segments that were done before a part that comes first: id → id of what should have come before.

    Stretches of one part are moved as a whole. The fewest stretches that must be taken out for the rest to be in
    order are at fault (the complement of a longest non-decreasing subsequence); among equals those that came too
    early. A stretch is charged once, at its first segment.
    """
    parts = {part.id: k for k, part in enumerate(protocol.parts)}
    rank_of = {s.id: parts[s.part] for s in protocol.segments}
    stretches = _stretches(session, rank_of)
    kept = _longest_in_order([rank for rank, _ in stretches])
    blamed: dict[str, str] = {}
    for k, (rank, first) in enumerate(stretches):
        if k not in kept:
            later = [other for other in stretches[k + 1 :] if other[0] < rank]
            earlier = [other for other in stretches[:k] if other[0] > rank]
            rival = later[0] if later else earlier[-1]
            blamed.setdefault(first, rival[1])
    return blamed


def _stretches(session: tuple[SegmentMatch, ...], rank_of: dict[str, int]) -> list[tuple[int, str]]:
    """Neighbouring segments of one part, as (rank of the part, id of the first); a part taken up again is not new."""
    out: list[tuple[int, str]] = []
    met: set[str] = set()
    for match in session:
        if match.segment_id in met:
            continue
        met.add(match.segment_id)
        rank = rank_of[match.segment_id]
        if not out or out[-1][0] != rank:
            out.append((rank, match.segment_id))
    return out


def _longest_in_order(ranks: list[int]) -> set[int]:
    """Indices of a longest non-decreasing subsequence; among equals the one that keeps the later elements."""
    best: list[tuple[int, ...]] = [()] * len(ranks)
    for k in range(len(ranks) - 1, -1, -1):
        tails = [best[j] for j in range(k + 1, len(ranks)) if ranks[j] >= ranks[k]]
        longest = max((len(t) for t in tails), default=0)
        latest = max((t for t in tails if len(t) == longest), default=())
        best[k] = (k, *latest)
    longest = max((len(t) for t in best), default=0)
    return set(max((t for t in best if len(t) == longest), default=()))
