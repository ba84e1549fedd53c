"""What does not fit together in a script: a planted mistake must be what is really done."""

from __future__ import annotations

from samples.renderer.script import (
    BUILDS,
    CONTACTS,
    DECOYS,
    FIDGETS,
    FISTS,
    HEADS,
    HOLDS,
    JUDGED_BUILDS,
    MISTAKES,
    OTHERS,
    PLACES,
    POSTURES,
    SEGMENTS,
    SKINS,
    STROKES,
    TOUCHED,
    Script,
    Step,
    Visit,
)

_PERSON = (("build", BUILDS + JUDGED_BUILDS), ("skin", SKINS), ("head", HEADS), ("posture", POSTURES))
ARMS_ALONE_DEG = 40.0  # further aside arms without a trunk would be seen to hang in the air


def contradictions(script: Script) -> list[str]:
    """Everything in a script that cannot be played as it is written."""
    faults = [
        f"{who}.{name}: {getattr(person, name)!r} is none of {', '.join(allowed)}"
        for who, person in (("receiver", script.receiver), ("giver", script.giver))
        for name, allowed in _PERSON
        if getattr(person, name) not in allowed
    ]
    aside = abs(script.camera.azimuth_deg) > ARMS_ALONE_DEG and script.camera.elevation_deg < 80.0
    faults += ["camera.azimuth_deg: from there the giver is to be whole"] if aside and not script.giver.whole else []
    faults += ["giver.posture, receiver.whole: the other's"] if _exchanged(script) else []
    faults += [f"visits[{k}]: {fault}" for k, visit in enumerate(script.visits) for fault in _visit_faults(visit)]
    return faults + [
        f"steps[{number}] ({step.do}): {fault}"
        for number, step in enumerate(script.steps)
        for fault in _step_faults(step)
    ]


def _exchanged(script: Script) -> bool:
    """Whether what only one of the two can be is said of the other."""
    return script.receiver.whole or script.giver.posture != POSTURES[0]


def _visit_faults(visit: Visit) -> list[str]:
    checks = (
        (visit.side in ("left", "right"), "side is none of left, right"),
        (visit.skin in SKINS, f"skin is none of {', '.join(SKINS)}"),
        (visit.seconds >= 1.5, "under 1.5 s nobody reaches in and out"),
    )
    return [text for fine, text in checks if not fine]


def _step_faults(step: Step) -> list[str]:
    """What does not fit together in one step: a mistake must be what is really done."""
    checks = (
        (step.do in (*SEGMENTS, FISTS, *OTHERS), "unknown movement"),
        (step.do == "fidget" or step.kind in DECOYS, f"kind is none of {', '.join(DECOYS)}"),
        (step.do != "fidget" or step.kind in FIDGETS, f"kind is none of {', '.join(FIDGETS)}"),
        (step.place in PLACES, f"place is none of {', '.join(PLACES)}"),
        (step.contact in CONTACTS, f"contact is none of {', '.join(CONTACTS)}"),
        (not step.early or step.mistake not in ("wrong_order", "skipped"), "early is said twice, or of nothing"),
        (step.mistake in ("", *MISTAKES), f"mistake is none of {', '.join(MISTAKES)}"),
        (step.hands in ("both", "left", "right"), "hands is none of both, left, right"),
        (step.turns in ("alternating", "together", "right_then_left"), "unknown turns"),
        (step.mistake != "too_few" or step.repetitions < 5, "too_few with 5 repetitions or more"),
        (step.repetitions >= 5 or step.do == FISTS or step.mistake in ("too_few", "skipped"), "under 5 is too_few"),
        (step.mistake != "too_fast" or step.tempo <= 0.5, "too_fast needs a tempo of 0.5 or less"),
        (step.mistake != "no_alternation" or step.turns != "alternating", "no_alternation needs other turns"),
        (step.mistake != "one_side" or step.hands != "both", "one_side needs hands left or right"),
        (step.mistake != "asymmetric" or step.left_size < 0.6, "asymmetric needs left_size under 0.6"),
        (step.mistake != "short_hold" or step.hold_s < 2.0, "short_hold needs hold_s under 2"),
        (step.mistake != "missing_point" or _left_out(step), "missing_point needs points, and detail is none of them"),
        (not step.points or step.do in (*HOLDS, "touch"), "points without a hold"),
        (step.do != "touch" or set(step.points) <= set(TOUCHED), f"points are none of {', '.join(TOUCHED)}"),
        ((step.mistake == "wrong_direction") == step.upward, "wrong_direction and upward belong together"),
        (not step.upward or step.do in STROKES, "upward is for strokes"),
        ((step.mistake == "swapped_hand") == _other_hand(step), "swapped_hand is a neck_stroke with hands left"),
        (step.mistake not in ("too_short", "on_spine") or step.do == FISTS, f"{step.mistake} is for {FISTS}"),
        ((step.mistake == "on_spine") == (step.inner > 0.05), "on_spine and inner belong together"),
        (not step.leave_after or 0 < step.leave_after < step.repetitions, "leave_after is outside the repetitions"),
        (not step.leave_after or step.do not in (*HOLDS, *OTHERS, "love"), "leave_after is for cycles"),
        (bool(step.leave_after) == (step.leave_s > 0), "leave_after and leave_s belong together"),
    )
    return [text for fine, text in checks if not fine]


def _left_out(step: Step) -> bool:
    return bool(step.points) and step.detail not in step.points


def _other_hand(step: Step) -> bool:
    return step.do == "neck_stroke" and step.hands == "left"
