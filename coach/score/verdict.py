"""What a session comes to: passed, not yet, for now, or nothing that may be told, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from coach.domain import UNJUDGED, ItemScore, PracticeInfo, Reason, State, Total, Verdict
from coach.protocol import Protocol
from coach.score.items import total
from coach.score.scope import practised

STEP = "performed"  # the item that tells whether a step was done at all
ESSENCE = (STEP, "count", "duration")  # kinds of items of which nobody passes where none could be rated


def conclude(
    items: Sequence[ItemScore],
    protocol: Protocol,
    flaw: Verdict | None = None,
    practice: PracticeInfo | None = None,
) -> tuple[Total, Verdict]:
    """The nilai and the verdict of a session's items.

    :param flaw: what is wrong with the film (:mod:`coach.score.film`); it stands until so much is rated all the same,
        by a trainer, that the film need not tell
    """
    found = total(tuple(items), protocol.scoring)
    verdict = _verdict(items, protocol, found, flaw, practice)
    if not verdict.told:
        return replace(found, percent=None, passed=None), verdict
    passed = verdict.state == "passed" or verdict.reason.key == "verdict_provisional_passed"
    return replace(found, passed=passed), verdict


def _verdict(
    items: Sequence[ItemScore],
    protocol: Protocol,
    found: Total,
    flaw: Verdict | None,
    practice: PracticeInfo | None,
) -> Verdict:
    if practice is not None and practice.pain == "ended":
        return _undecided("verdict_pain")
    missing = _too_few(items, protocol)
    if flaw is not None and (missing or flaw.state == "undecided"):
        return flaw
    missing = missing or _one_step(practice, protocol)
    if missing or found.percent is None:
        return missing or UNJUDGED
    return _decided(items, protocol, found.percent)


def _decided(items: Sequence[ItemScore], protocol: Protocol, percent: float) -> Verdict:
    values = {"percent": percent, "mark": protocol.scoring.pass_mark}
    if failed := [item for item in critical(items, protocol) if item.points == 0]:
        of = failed[0].segment_id or failed[0].item_id
        return Verdict("not_passed", Reason("verdict_critical", {"what": of, "more": len(failed) - 1}))
    passed = percent >= protocol.scoring.pass_mark
    if waiting := _open(items, protocol):
        key = "verdict_provisional_passed" if passed else "verdict_provisional_failed"
        return Verdict("provisional", Reason(key, values | {"open": waiting}))
    state: State = "passed" if passed else "not_passed"
    return Verdict(state, Reason(f"verdict_{state}", values))


def _one_step(practice: PracticeInfo | None, protocol: Protocol) -> Verdict | None:
    judged = practice is None or practice.judged or practised(practice.segments, protocol)
    return None if judged else _undecided("verdict_one_step")


def _undecided(key: str) -> Verdict:
    return Verdict("undecided", Reason(key))


def _too_few(items: Sequence[ItemScore], protocol: Protocol) -> Verdict | None:
    """Where too little could be rated to tell: of all that a camera judges, or of its essence nothing at all."""
    judged = [item for item in items if item.kind != "manual" and item.status != "not_applicable"]
    rated = sum(item.points is not None for item in judged)
    least = protocol.scoring.least_rated
    if 100 * rated < least * len(judged):
        return Verdict("undecided", Reason("verdict_too_few", {"rated": rated, "of": len(judged), "least": least}))
    for kind in ESSENCE:
        alike = [item for item in judged if item.kind == kind]
        if alike and all(item.points is None for item in alike):
            return Verdict("undecided", Reason("verdict_none_of_kind", {"kind": kind, "of": len(alike)}))
    return None


def critical(items: Iterable[ItemScore], protocol: Protocol) -> list[ItemScore]:
    """Those without which nobody passes: of a critical step, whether it was done at all."""
    steps = {segment.id for segment in protocol.segments if segment.critical}
    manual = {one.id for one in protocol.manual if one.critical}
    return [i for i in items if i.item_id in manual or (i.kind == STEP and i.segment_id in steps)]


def _open(items: Sequence[ItemScore], protocol: Protocol) -> int:
    """How many items a person has still to rate: those that are hers, and critical steps that the camera lost."""
    unseen = sum(item.status == "not_visible" for item in critical(items, protocol))
    return sum(item.status == "manual" for item in items) + unseen
