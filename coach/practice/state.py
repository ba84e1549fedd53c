"""The whole visible state of a practice, as the page gets it; a page that is opened anew shows the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from coach.practice.live import Practice

_NO_LESSON: dict[str, Any] = {
    "step": None,
    "done_segments": [],
    "ghost": None,
    "hint": None,
    "unseen": None,
    "gesture": None,
    "fading": 0.0,
    "busy": False,
    "result": None,
    "saved": None,
    "sheet": False,
    "stage": "trace",
    "steps": [],
    "flawed": [],
    "next": None,
}


def shown(practice: Practice) -> dict[str, Any]:
    """JSON-ready."""
    now_s = practice.eyes.now_s()
    lesson = _lesson(practice, now_s)
    tracker, refused = practice.finding.state, practice.finding.refused
    return lesson | {
        "t": "state",
        "phase": practice.phase,
        "agreed": practice.stage in ("setup", "lesson"),
        "mode": practice.agreed.mode,
        "code": practice.agreed.code,
        "occasion": practice.agreed.occasion.kind or (practice.settings.usual.kind if practice.agreed.code else ""),
        "plan": {"steps": practice.agreed.steps, "stage": practice.agreed.stage},
        "learned": practice.learned,
        "learners": practice.learners,
        "lang": practice.lang,
        "muted": practice.muted,
        "camera": practice.eyes.shown() | _camera(practice),
        "slow": practice.slow,
        "tracker": "loading" if tracker == "waiting" else tracker,
        "tracker_refused": None if refused is None else {"key": refused.key, "values": refused.values},
        "setup": [
            {"id": c.id, "state": c.state, "key": c.key, "values": {k: _short(v) for k, v in c.values.items()}}
            for c in practice.setup.checks()
        ],
        "unseen_steps": _unseen_steps(practice),
        "marking": practice.marking.marking(practice.view) | {"anew": practice.whereabouts.anew is not None},
        "place": _place(practice),
        "say": practice.speech.shown(now_s),
        **practice.asking.shown(lesson["gesture"]),
    }


def _unseen_steps(practice: Practice) -> list[str]:
    """Of those to be practised, what the camera will likely not see; nothing where nobody has said where it stands."""
    wanted = practice.agreed.steps
    told = practice.setup.unseen_steps() if practice.place.layout is not None and practice.sampled is None else ()
    return [one for one in told if not wanted or one in wanted]


def _camera(practice: Practice) -> dict[str, bool | int]:
    return {
        "sample": practice.settings.sample is not None,
        "sampled": practice.sampled is not None,
        "changed": practice.whereabouts.changed,
        "moved": practice.whereabouts.astray,
        "turn": practice.place.turn,
        "mirrored": practice.place.mirrored,
    }


def _place(practice: Practice) -> dict[str, Any]:
    place = practice.place
    cameras = None if place.lineup is None else place.lineup.told()
    asks = place.asks is not None
    return {"layout": place.layout, "before": place.before, "asks_mirrored": asks, "cameras": cameras}


def _lesson(practice: Practice, now_s: float) -> dict[str, Any]:
    lesson = practice.lesson
    if lesson is None:
        return _NO_LESSON
    state = lesson.state
    practice.speech.relay(state.say, now_s)
    told = lesson.shown(state)
    sheet = lesson.sheet is not None
    return told | {"busy": lesson.busy, "result": lesson.result, "saved": _saved(practice), "sheet": sheet}


def _saved(practice: Practice) -> dict[str, Any] | None:
    keeping = practice.lesson.keeping if practice.lesson is not None else None
    if keeping is None:
        return None
    if keeping.problem is not None:
        return {"session": keeping.session or None, "key": keeping.problem.key, "values": dict(keeping.problem.values)}
    if not keeping.session:
        return None
    return {
        "session": keeping.session,
        "video": keeping.video,
        "video_lost": keeping.video_lost,
        "no_person": practice.agreed.no_person,
    }


def _short(value: Any) -> Any:
    return round(value, 1) if isinstance(value, float) else value
