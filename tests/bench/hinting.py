"""Which hint a planted mistake asks for, and from when on anybody could know it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any, TypeAlias

from coach.protocol import Protocol
from coach.tutor import Hint
from samples.renderer.checklist import KIND_OF

Json: TypeAlias = dict[str, Any]

IN_TIME_S = 3.0
LEAVES_S = 4.0  # hands that do nothing for so long have stopped; so long is a rest inside a step
MISSED_S = 3.0  # since the last press: there comes no further one
AT_POINT_S = 1.2  # at a point that is not the next one
MOST = 6  # hearts; where there are fewer, the first drawings with both hands may be more of them
PROMPTS = {"hint_begin"}  # say nothing about a mistake
AT_IT_S = 1.0  # who has been at a step for so long is not to be told to begin it

ANSWERS: dict[str, set[str]] = {
    "too_few": {"hint_more", "hint_more_before"},
    "very_few": {"hint_more", "hint_more_before", "hint_step_first"},
    "partial": {"hint_whole", "hint_to_the_end", "hint_more"},
    "too_fast": {"hint_slower"},
    "one_side": {"hint_both_hands", "hint_in_turn"},
    "asymmetric": {"hint_same_size", "hint_together"},
    "asymmetric_size": {"hint_same_size", "hint_together"},
    "asymmetric_lag": {"hint_together", "hint_same_size"},
    "no_alternation": {"hint_in_turn"},
    "right_then_left": {"hint_in_turn"},
    "swapped_hand": {"hint_use_hand"},
    "too_high": {"hint_to_the_end"},
    "wrong_direction": {"hint_direction"},
    "missing_point": {"hint_missing_point", "hint_point_first"},
    "wrong_point": {"hint_point_instead", "hint_point_first", "hint_missing_point"},
    "short_hold": {"hint_hold_longer"},
    "wrong_sequence": {"hint_point_first", "hint_order"},
    "wrong_order": {"hint_step_first"},
}
ASKS = ("hint_missing_point", "hint_point_first")  # name a point
# What else a hint may rightly say of a step with that mistake.
ALSO: dict[str, set[str]] = {
    "partial": {"hint_shape"},
    "one_side": {"hint_more", "hint_together"},
    "asymmetric": {"hint_to_the_end", "hint_whole", "hint_both_hands"},
    "asymmetric_size": {"hint_to_the_end", "hint_whole", "hint_both_hands"},
    "asymmetric_lag": {"hint_both_hands"},
    "no_alternation": {"hint_slower", "hint_together"},
    "right_then_left": {"hint_more", "hint_both_hands"},
    "wrong_direction": {"hint_slower"},
    "too_high": {"hint_whole"},
    "short_hold": {"hint_missing_point"},
    "wrong_sequence": {"hint_point_instead"},
}
# After how many repetitions a mistake that all of them share can be known.
AFTER = {"too_fast": 2, "one_side": 2, "swapped_hand": 2, "too_high": 2}


@dataclass(slots=True)
class Hinting:
    """Hints against mistakes, in one session or, added up, in many."""

    planted: int = 0
    in_time: int = 0
    ever: int = 0  # the right hint, however late
    found: int = 0  # mistakes that cost points in the review, which sees what comes later too
    found_in_time: int = 0  # of them those with the right hint in time
    delays_s: list[float] = field(default_factory=list)  # of the right hints
    clean: int = 0  # segments without a mistake
    quiet: int = 0  # of them those without a hint
    given: int = 0
    right: int = 0
    missed: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)
    by_mistake: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))

    def add(self, other: Hinting) -> None:
        for name in ("planted", "in_time", "ever", "found", "found_in_time", "clean", "quiet", "given", "right"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in ("delays_s", "missed", "false"):
            getattr(self, name).extend(getattr(other, name))
        for mistake, found in other.by_mistake.items():
            self.by_mistake[mistake] += found


def compare(
    hints: Sequence[tuple[float, Hint]],
    truth: Json,
    name: str = "",
    protocol: Protocol | None = None,
    lost: Collection[tuple[str | None, str]] = (),
) -> Hinting:
    """:param hints: when each appeared, s
    :param protocol: what it allows is no mistake, though it was meant as one
    :param lost: the items, by segment and kind, that have not all points in the review
    """
    out = Hinting()
    segments: list[Json] = truth["segments"]
    right: set[int] = set()
    for k, segment in enumerate(segments):
        own = {n for n, (t, h) in enumerate(hints) if _about(t, h, segment, segments)}
        untrue = {n for n in own if _untrue(*hints[n], segment, protocol)}
        faults = [f for f in (f.partition(":")[0] for f in segment["faults"]) if not _allowed(f, segment, protocol)]
        if not faults:
            wrong = [n for n in own if not _prompts(*hints[n], segment) and not _rightly_first(n, hints, truth)]
            out.clean += 1
            out.quiet += not wrong
            out.false += [f"{name} {segment['id']} {hints[n][0]:.1f} s {hints[n][1].key}" for n in wrong]
            continue
        out.false += [f"{name} {segment['id']} {hints[n][0]:.1f} s {hints[n][1].key}, untrue" for n in sorted(untrue)]
        for fault in faults:
            answers = ANSWERS[fault]
            also = answers | ALSO.get(fault, set()) | {"hint_step_first"}
            right |= {n for n in own - untrue if hints[n][1].key in also}
            knowable_s = _knowable(fault, k, segments, protocol)
            if knowable_s <= truth.get("duration_s", float("inf")):  # else the film is over before anybody knows
                seen = (segment["id"], KIND_OF[fault]) in lost
                _one(out, fault, knowable_s, [hints[n] for n in sorted(own - untrue)], name, segment, seen=seen)
    relevant = [n for n, (_, h) in enumerate(hints) if h.key not in PROMPTS]
    out.given = len(relevant)
    out.right = sum(n in right or _rightly_first(n, hints, truth) for n in relevant)
    return out


def _allowed(fault: str, segment: Json, protocol: Protocol | None) -> bool:
    """Whether the repetitions of somebody who was to be too fast are slow enough all the same."""
    tempo = protocol.segment(segment["id"]).tempo if protocol is not None else None
    took_s = [_took(r) for r in segment["repetitions"]]
    return fault == "too_fast" and tempo is not None and bool(took_s) and median(took_s) >= tempo.shortest_s


def _one(
    out: Hinting,
    fault: str,
    knowable_s: float,
    own: Sequence[tuple[float, Hint]],
    name: str,
    segment: Json,
    *,
    seen: bool,
) -> None:
    answers = ANSWERS[fault]
    times = sorted(t for t, h in own if h.key in answers)
    if fault == "wrong_order" and not times:
        return  # told as the step that was left out, which the trainee then did after all
    out.planted += 1
    out.ever += bool(times)
    timely = bool(times) and times[0] <= knowable_s + IN_TIME_S
    out.in_time += timely
    out.found += seen
    out.found_in_time += seen and timely
    out.by_mistake[fault].append(timely)
    if times:
        out.delays_s.append(times[0] - knowable_s)
    if not timely:
        late = f"late by {times[0] - knowable_s:.1f} s" if times else "never"
        late += "" if seen else ", not found in the review either"
        out.missed.append(f"{name} {segment['id']} {fault}: {late}; said {[h.key for _, h in own]}")


def _about(time_s: float, hint: Hint, segment: Json, segments: Sequence[Json]) -> bool:
    """Whether a hint speaks of this segment; one about a step that was not done, of what was done meanwhile."""
    if hint.segment == segment["id"]:
        return True
    done = any(hint.segment == other["id"] for other in segments)
    return not done and bool(segment["start_s"] <= time_s < segment["end_s"])


def _untrue(time_s: float, hint: Hint, segment: Json, protocol: Protocol | None) -> bool:
    """Whether a hint asks for a point that was pressed, long enough, before."""
    rule = protocol.segment(segment["id"]).hold if protocol is not None else None
    if rule is None or hint.key not in ASKS or hint.segment != segment["id"]:
        return False
    done = (h for h in segment["holds"] if h["point"] == hint.values["point"] and h["end_s"] <= time_s)
    return any(h["end_s"] - h["start_s"] >= rule.long_enough_s for h in done)


def _prompts(time_s: float, hint: Hint, segment: Json) -> bool:
    """Whether it only says what is to be done, to somebody who does nothing of it yet."""
    at_it = segment["start_s"] + AT_IT_S < time_s < segment["end_s"]
    return hint.key in PROMPTS and not at_it


def _rightly_first(number: int, hints: Sequence[tuple[float, Hint]], truth: Json) -> bool:
    """A step was really left out, or comes too late; of one that is never done, no point is pressed either."""
    time_s, hint = hints[number]
    started = [s["start_s"] for s in truth["segments"] if s["id"] == hint.segment]
    if hint.key == "hint_missing_point":
        return not started
    return hint.key == "hint_step_first" and (not started or started[0] > time_s - IN_TIME_S)


def _knowable(fault: str, k: int, segments: Sequence[Json], protocol: Protocol | None = None) -> float:
    """When anybody who watches could know it; the README argues why then.

    :param protocol: tells which repetitions are too fast; without it, all of somebody's who is
    """
    segment = segments[k]
    start_s, end_s = float(segment["start_s"]), float(segment["end_s"])
    done = [_over(r) for r in _with_it(fault, segment, protocol)] or [end_s]
    stops_s = min(_gone_on(k, segments), end_s + LEAVES_S + 1.6 * (end_s - start_s) / len(done))
    shortest = min(segment["holds"], key=lambda h: h["end_s"] - h["start_s"], default=segment)
    after = AFTER.get(fault, 4 if segment["id"] == "love" else 3)
    known = {
        "too_few": stops_s,
        "very_few": stops_s,
        "missing_point": end_s + MISSED_S,
        "short_hold": float(shortest["end_s"]) + 1.0,
        "wrong_point": end_s,
        "wrong_sequence": end_s,
        "wrong_order": _second(segment),
        "partial": _broken_off(segment, stops_s),
        "no_alternation": _at_once(k, segments),
    }
    return known.get(fault, done[min(after, len(done)) - 1])


def _with_it(fault: str, segment: Json, protocol: Protocol | None) -> list[Json]:
    """The repetitions that have the mistake: who is too fast may be slow enough now and then."""
    every: list[Json] = segment["repetitions"]
    tempo = protocol.segment(segment["id"]).tempo if protocol is not None else None
    if fault != "too_fast" or tempo is None:
        return every
    return [r for r in every if _took(r) < tempo.shortest_s]


def _broken_off(segment: Json, stops_s: float) -> float:
    """When the stroke after a broken-off one is over, and one has been whole; where none follows, she has stopped."""
    whole = [_over(r) for r in segment["repetitions"]]
    broken = [_over(r) for r in segment.get("partial", ())]
    every = sorted((*whole, *broken))
    later = [t for t in every if whole and broken and t > broken[0] and t >= whole[0]]
    return later[0] if later else stops_s


def _at_once(k: int, segments: Sequence[Json]) -> float:
    """When two drawings with both hands are over that cannot be the heart before, which may have as many as six."""
    ends = sorted({_over(r) for r in segments[k]["repetitions"]}) or [float(segments[k]["end_s"])]
    before = segments[k - 1] if k else None
    hearts = len(before["repetitions"]) if before is not None and before["id"] == "heart" else MOST
    return ends[min(1 + max(0, MOST - hearts), len(ends) - 1)]


def _over(repetition: Json) -> float:
    return float(repetition.get("returned_s") or repetition["end_s"])


def _took(repetition: Json) -> float:
    return _over(repetition) - float(repetition["start_s"])


def _gone_on(k: int, segments: Sequence[Json]) -> float:
    return _second(segments[k + 1]) if k + 1 < len(segments) else float("inf")


def _second(segment: Json) -> float:
    """When its second repetition, or press, is over."""
    parts = [*segment["repetitions"], *segment["holds"]]
    return float(parts[min(1, len(parts) - 1)]["end_s"]) if parts else float(segment["end_s"])
