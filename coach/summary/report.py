"""A session as the JSON report ``coach.report/1``, the contract other programs rely on."""

from __future__ import annotations

import contextlib
import json
import math
import os
import sys
import tempfile
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from coach.domain import BackInfo, Floats, Hold, InputError, ItemScore, Reason, Repetition, SegmentMatch, Session, Span
from coach.patience import patiently
from coach.why import why

Report: TypeAlias = dict[str, Any]
SCHEMA = "coach.report/1"


def report(session: Session) -> Report:
    """The report as JSON-ready values: times in seconds rounded to ms, never NaN, ``schema`` first."""
    video, back, tracking, total = session.video, session.back, session.tracking, session.total
    return {
        "schema": SCHEMA,
        "software": session.software,
        "video": {
            "path": video.path,
            "frames": video.frames,
            "duration_s": _number(video.duration_s),
            "truncated": video.truncated,
            "damaged": [_span(span) for span in video.damaged],
            **({"moved": [_span(one.span) | {"followed": one.followed} for one in video.moved]} if video.moved else {}),
        },
        "protocol": {
            "id": session.protocol_id,
            "version": session.protocol_version,
            "digest": session.protocol_digest,
        },
        "back": _back(back),
        "tracking": {
            "frames": tracking.frames,
            "frames_0_hands": tracking.frames_0_hands,
            "frames_1_hand": tracking.frames_1_hand,
            "frames_2_hands": tracking.frames_2_hands,
            "unseen_s": _number(tracking.unseen_s),
        },
        "segments": [_segment(match) for match in sorted(session.segments, key=lambda m: m.span.start_s)],
        "items": [_item(item) for item in session.items],
        "score": {
            "points": total.points,
            "max_points": total.max_points,
            "percent": _number(total.percent),
            "passed": total.passed,
            "left_out": total.left_out,
        },
        "verdict": {"state": session.verdict.state, "reason": _reason(session.verdict.reason)},
        "scope": list(session.scope),
        **({"scope_named": True} if session.named else {}),
        **_practice(session),
    }


def _back(back: BackInfo) -> Report:
    told: Report = {"source": back.source, "corners_px": _places(back.corners_px)}
    later = [{"from_s": _number(mark.from_s), "corners_px": _places(mark.corners)} for mark in back.later]
    return told | ({"later": later} if later else {})


def _places(corners: Floats) -> list[list[float | int | None]]:
    return [[_number(x), _number(y)] for x, y in corners]


def _practice(session: Session) -> Report:
    """How it was practised; nothing of a video."""
    about = session.practice
    if about is None:
        return {}
    told = {"mode": about.mode, "segment": about.segment, "pauses": about.pauses}
    return {"practice": told | {"paused_s": _number(about.paused_s), "pain": about.pain}}


def _segment(match: SegmentMatch) -> Report:
    """One segment; only whole repetitions count, those broken off are listed apart."""
    in_time = sorted(match.repetitions, key=lambda r: r.span.start_s)
    return {
        "id": match.segment_id,
        **_span(match.span),
        "confidence": _number(match.confidence),
        "count": len(match.whole),
        "repetitions": [_repetition(r) for r in in_time if r.whole],
        "partial": [_repetition(r) for r in in_time if not r.whole],
        "holds": [_hold(hold) for hold in sorted(match.holds, key=lambda h: h.span.start_s)],
        "rivals": list(match.rivals),
        "rest": match.rest,
    }


def _hold(hold: Hold) -> Report:
    perhaps: Report = {"perhaps": hold.perhaps} if hold.perhaps else {}
    perhaps |= {"perhaps_s": _number(hold.perhaps_s)} if hold.perhaps_s else {}
    perhaps |= {"neighbour": hold.neighbour} if hold.neighbour else {}
    return {"point": hold.point, **_span(hold.span), "hand": hold.hand, "off": _number(hold.off), **perhaps}


def _repetition(repetition: Repetition) -> Report:
    returned = {} if repetition.returned_s is None else {"returned_s": _number(repetition.returned_s)}
    quality = {name: _number(getattr(repetition, name)) for name in ("fit", "reach", "balance", "sync")}
    return {**_span(repetition.span), "hand": repetition.hand, "whole": repetition.whole, **returned, **quality}


def _item(item: ItemScore) -> Report:
    return {
        "id": item.item_id,
        "segment": item.segment_id,
        "kind": item.kind,
        "points": item.points,
        "max_points": item.max_points,
        "status": item.status,
        "evidence": [_span(span) for span in item.evidence],
        "reason": _reason(item.reason),
    }


def _reason(reason: Reason) -> Report:
    return {"key": reason.key, "values": _values(reason.values)}


def _span(span: Span) -> Report:
    return {"start_s": _number(span.start_s), "end_s": _number(span.end_s)}


def _values(values: Mapping[str, Any]) -> Report:
    return {name: value if isinstance(value, str) else _number(value) for name, value in values.items()}


def _number(value: Any) -> float | int | None:
    """A plain number, to three decimals; JSON has no word for those that are not finite."""
    if value is None or not math.isfinite(value):
        return None
    return int(value) if hasattr(value, "__index__") else round(float(value), 3)


def write_json(value: Report | Iterable[Report], path: str) -> None:
    """Writes a report, or several as an array, to a file or (``-``) to standard output.

    The file appears whole or not at all, and an older one stays until then.

    :raises InputError: output_unwritable
    """
    content = value if isinstance(value, dict) else list(value)
    text = json.dumps(content, ensure_ascii=path == "-", indent=1, allow_nan=False)
    if path == "-":
        sys.stdout.write(text + "\n")
        sys.stdout.flush()
        return
    try:
        _replace(path, text + "\n")
    except OSError as error:
        raise InputError("output_unwritable", path=path, why=why(error)) from error


def _replace(path: str, text: str) -> None:
    if os.path.exists(path) and not os.path.isfile(path):  # a device such as /dev/stdout: nothing to rename
        with open(path, "w", encoding="utf-8") as device:
            device.write(text)
        return
    handle, temporary = tempfile.mkstemp(prefix=".coach-", suffix=".json", dir=os.path.dirname(path) or ".")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as stream:
            stream.write(text)
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(temporary, 0o666 & ~umask)
        patiently(lambda: os.replace(temporary, path))
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
