"""What a page shows of a step beside its count: the pace of the last repetition, and the press that goes on."""

from __future__ import annotations

from coach.parameters.hints import SHOWN_SLOWLY_SHARE
from coach.protocol import Segment
from coach.tutor.holding import Holding
from coach.tutor.progress import Progress
from coach.tutor.repetitions import took_s
from coach.tutor.state import HoldState, Pace, TempoState
from coach.tutor.step_presses import StepPresses


def tempo_of(segment: Segment, progress: Progress) -> TempoState | None:
    """The pace of the last whole repetition; None where there is none, or none is asked for."""
    rule, done = segment.tempo, progress.whole
    if rule is None or not done:
        return None
    last_s = took_s(done[-1])
    pace: Pace = (
        "fast" if last_s < rule.shortest_s else "slow" if last_s > SHOWN_SLOWLY_SHARE * rule.longest_s else "ok"
    )
    return TempoState(round(last_s, 1), rule.shortest_s, rule.longest_s, pace)


def hold_of(holding: Holding, known: StepPresses) -> HoldState:
    """The point that is pressed now, or the next one."""
    rule, done = holding.rule, known.points()
    now = [p for p in holding.running if p.point not in done]
    waiting = [p.id for p in rule.points if p.id not in done]
    point = now[0].point if now else (waiting or [rule.points[-1].id])[0]
    held_s = min(p.held_s for p in now) if now else 0.0
    return HoldState(point, round(min(held_s, rule.long_enough_s), 2), rule.long_enough_s, done)
