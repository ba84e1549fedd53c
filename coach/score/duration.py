"""Was it done for long enough?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Literal

from coach.domain import Span
from coach.protocol import DurationRule
from coach.score.evidence import Evidence, Judged, not_visible, reason


def duration(evidence: Evidence) -> Judged:
    """2 from the target's lower end on (longer is information, not a fault), 1 for somewhat less, 0 for less still.

    Not rated where hidden hands, or motions that are like the step's and were not found, may have made up for it.
    """
    rule = evidence.segment.duration
    if rule is None:
        raise ValueError(f"segment {evidence.segment.id} has no duration rule")
    low, high = rule.target_s
    done = stretches(worked(evidence), rule.bridge_s)
    took_s = lasting_s(done)
    values = {"took_s": round(took_s, 1), "low_s": low, "high_s": high}
    if took_s > high:
        return Judged(2, reason("duration_long", **values), done)
    points = worth(took_s, rule)
    if points == 2:
        return Judged(2, reason("duration_right", **values), done)
    free = _free(evidence, done)
    hidden_s = sum(evidence.sight.hidden_s(span, evidence.working()) for span in free)
    if worth(took_s + hidden_s, rule) > points:
        return not_visible(hidden_s, *done)
    like = [g.span for g in evidence.unclaimed if any(g.span.overlap_s(span) > 0.0 for span in free)]
    perhaps_s = lasting_s(stretches((*done, *like), rule.bridge_s))
    if worth(perhaps_s, rule) > points:
        return Judged(None, reason("duration_unclear", took_s=round(took_s, 1), perhaps_s=round(perhaps_s, 1)), done)
    return Judged(points, reason("duration_short", **values), done)


def worked(evidence: Evidence) -> list[Span]:
    """When the step's own motion went on: its repetitions, whole or not, or what a trainer marked without any.

    The first begins and the last ends where the step does: of these passes the outermost circles are not always found.
    """
    spans: list[Span] = []
    for match in evidence.matches:
        own = [Span(r.span.start_s, max(r.span.end_s, r.returned_s or 0.0)) for r in match.repetitions]
        ends = [Span(match.span.start_s, own[0].end_s), Span(own[-1].start_s, match.span.end_s)] if own else []
        spans += [*own, *ends] or [match.span]
    return spans


def stretches(spans: Iterable[Span], bridge_s: float) -> tuple[Span, ...]:
    """The same without overlaps, in order of time; of two no farther apart than ``bridge_s`` one is made.

    A hand that lifts, travels back to where the next pass begins, or takes oil for a moment does not stop massaging.
    """
    out: list[Span] = []
    for span in sorted(spans, key=lambda s: s.start_s):
        if out and span.start_s - out[-1].end_s <= bridge_s:
            out[-1] = Span(out[-1].start_s, max(out[-1].end_s, span.end_s))
        else:
            out.append(span)
    return tuple(out)


def lasting_s(spans: Iterable[Span]) -> float:
    """How long some spans are together, s; without overlaps."""
    return float(sum(span.duration_s for span in spans))


def worth(took_s: float, rule: DurationRule) -> Literal[0, 1, 2]:
    """The points that so many seconds of it bring."""
    if took_s >= rule.target_s[0]:
        return 2
    return 1 if took_s >= rule.partial_from_s else 0


def _free(evidence: Evidence, done: Sequence[Span]) -> list[Span]:
    """When nothing is known to have been done, neither this step nor another."""
    others = (m.span for m in evidence.session if m.segment_id != evidence.segment.id)
    taken = stretches((*done, *others), 0.0)
    start = Span(evidence.length.start_s, evidence.length.start_s)
    end = Span(evidence.length.end_s, evidence.length.end_s)
    gaps = (Span(a.end_s, b.start_s) for a, b in pairwise((start, *taken, end)) if b.start_s > a.end_s)
    return list(gaps)
