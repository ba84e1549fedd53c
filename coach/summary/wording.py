"""Reasons and problems in people's words: keys become sentences, ids become the titles of the protocol file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import zip_longest
from math import inf

from coach.domain import InputError, ItemScore, PracticeInfo, Reason, Session, Span, Value, Verdict
from coach.messages import Catalogue
from coach.protocol import Protocol, Segment, Title
from coach.protocol.check import Problem, ProtocolError
from coach.score.scope import OUT
from coach.score.step import UNTOLD
from coach.summary.feedback import Advice

_POINTS = ("point", "instead", "points", "seen", "expected")  # values that may be points of a hold
_STATUS = {
    "unjudged_damaged": "status_unjudged",
    "unjudged_other_motion": "status_unjudged",
    "not_reached": "status_not_reached",
    OUT: "status_out_of_scope",
}
_SEGMENTS = ("before", "strokes", "other")


def title(text: Title, catalogue: Catalogue) -> str:
    """A title in the catalogue's language."""
    return text.en if catalogue.lang == "en" else text.id


def time(seconds: float) -> str:
    """A time of the video as m:ss, rounded down as players show it."""
    whole = max(0, int(seconds))
    return f"{whole // 60}:{whole % 60:02d}"


def span(stretch: Span) -> str:
    return f"{time(stretch.start_s)}–{time(stretch.end_s)}"


def moved(session: Session, catalogue: Catalogue) -> list[str]:
    """That the camera was moved, and where the back was marked anew, as sentences in order of time."""
    return [text for _, _, text in moved_at(session, catalogue)]


def moved_at(session: Session, catalogue: Catalogue) -> list[tuple[float, bool, str]]:
    """The same: when, in s; whether nobody knows where the back was from then on; the sentence."""
    marks, cameras = list(session.back.later), session.video.moved
    told: list[tuple[float, bool, str]] = []
    for one, then in zip_longest(cameras, cameras[1:]):
        at_s, until_s = one.span.start_s, inf if then is None else then.span.start_s
        since = next((mark for mark in marks if at_s <= mark.from_s < until_s), None)
        if since is None:
            key = "sheet_moved_followed" if one.followed else "sheet_moved"
            told.append((at_s, not one.followed, catalogue.text(key, at=time(at_s))))
        else:
            marks.remove(since)
            values = {"at": time(at_s), "since": time(since.from_s)}
            told.append((at_s, False, catalogue.text("sheet_moved_marked", **values)))
    told += [(mark.from_s, False, catalogue.text("sheet_marked", since=time(mark.from_s))) for mark in marks]
    return sorted(told)


def status(item: ItemScore) -> str:
    """The catalogue's key for why an item has no points: not seen, not to be told apart, not come to, or another."""
    return "status_either" if item.reason.key in UNTOLD else _STATUS.get(item.reason.key, f"status_{item.status}")


def state(found: str, catalogue: Catalogue) -> str:
    """A verdict's state in a word or two; empty for none."""
    return catalogue.text(f"verdict_state_{found}") if found else ""


def why(verdict: Verdict, protocol: Protocol, catalogue: Catalogue) -> str:
    """Why a session has its verdict, as a sentence."""
    values: dict[str, Value] = {}
    for name, value in verdict.reason.values.items():
        if name == "parts":
            values[name] = parts(str(value).split(", "), protocol, catalogue)
        elif name == "what":
            values[name] = _named(str(value), protocol, catalogue)
        elif name == "kind":
            values[name] = catalogue.text(f"kind_{value}")
        elif name in ("start_s", "end_s", "at_s") and not isinstance(value, str):
            values[name.removesuffix("_s")] = time(value)
        else:
            values[name] = value
    return catalogue.text(verdict.reason.key if verdict.reason.key in catalogue else "verdict_older", **values)


def parts(ids: Iterable[str], protocol: Protocol, catalogue: Catalogue) -> str:
    """The titles of some parts."""
    titles = {part.id: title(part.title, catalogue) for part in protocol.parts}
    return ", ".join(titles.get(part, part) for part in ids)


def rated_parts(session: Session, protocol: Protocol, catalogue: Catalogue) -> str:
    """Which parts alone are rated, as a sentence; empty where all are."""
    if not session.scope or session.scope == protocol.part_ids:
        return ""
    return catalogue.text("scope_line", parts=parts(session.scope, protocol, catalogue))


def _named(item: str, protocol: Protocol, catalogue: Catalogue) -> str:
    """A segment or a manual item by its title."""
    titles = {s.id: s.title for s in protocol.segments} | {m.id: m.title for m in protocol.manual}
    return title(titles[item], catalogue) if item in titles else item


def how(mode: str, practice: PracticeInfo | None, catalogue: Catalogue, *, sample: bool = False) -> str:
    """How a live session was done and what held it up, on a line; empty for a video.

    :param mode: guided, free, exam, again
    """
    parts = [catalogue.text("how_sample")] if sample else []
    if f"how_{mode}" in catalogue:
        parts.append(catalogue.text(f"how_{mode}"))
    if practice is not None and practice.pauses:
        parts.append(catalogue.text("how_pauses", count=practice.pauses, seconds=practice.paused_s))
    if practice is not None and practice.pain:
        parts.append(catalogue.text(f"how_pain_{practice.pain}"))
    return " · ".join(parts)


def advised(practice: PracticeInfo | None) -> bool:
    """Whether it is told what to practise first: what a stop for pain has cut short is nothing to improve."""
    return practice is None or practice.pain != "ended"


def reason(item: ItemScore, protocol: Protocol, catalogue: Catalogue) -> str:
    """Why an item got its points, as a sentence."""
    key, values = item.reason.key, _values(item.reason, item.segment_id, protocol, catalogue)
    segment = _segment(item.segment_id, protocol)
    if key == "done" and segment is not None and segment.hold is not None:
        key, values = "done_presses", {"presses": values.get("presses", values.get("repetitions", 0))}
    return _sentence(catalogue.text(key, **values))


def advice(about: Advice, protocol: Protocol, catalogue: Catalogue) -> str:
    """A strength or an improvement, as a sentence."""
    if about.item is None:
        return catalogue.text(about.key)
    values = _values(about.reason, about.item.segment_id, protocol, catalogue)
    segment = _segment(about.item.segment_id, protocol)
    values["segment"] = title(segment.title, catalogue) if segment else str(about.item.segment_id)
    values["kind"] = catalogue.text(f"kind_{about.item.kind}")
    return _sentence(catalogue.text(about.key if about.key in catalogue else "advice_other", **values))


def problem(found: Problem, catalogue: Catalogue) -> str:
    """A mistake of a protocol file with its place, as one line."""
    text = catalogue.text(found.key, **found.values)
    if found.line is None:
        return catalogue.text("protocol_problem_no_line", place=found.place, text=text)
    if not found.place:
        return catalogue.text("protocol_problem_no_place", line=found.line, text=text)
    return catalogue.text("protocol_problem", line=found.line, place=found.place, text=text)


def error(refused: InputError, catalogue: Catalogue) -> str:
    """What is wrong with what a person gave, as one line."""
    values = dict(refused.values)
    if "why" in values:
        name = f"why_{values['why']}"
        values["why"] = catalogue.text(name if name in catalogue else "why_other")
    if isinstance(refused, ProtocolError):
        values["first"] = problem(refused.problems[0], catalogue)
    return line(catalogue.text(refused.key, **values))


def line(text: str) -> str:
    """A text as one line, without the control characters that a file's name may hold."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _values(why: Reason, segment_id: str | None, protocol: Protocol, catalogue: Catalogue) -> dict[str, Value]:
    """The reason's values with the ids of segments, points and hands replaced by their names."""
    segment = _segment(segment_id, protocol)
    points = _point_titles(segment, catalogue)
    values: dict[str, Value] = {}
    for name, value in why.values.items():
        if name == "at_s" and not isinstance(value, str):
            values["at"] = time(value)
        elif not isinstance(value, str):
            values[name] = value
        elif name in _SEGMENTS:
            other = _segment(value, protocol)
            values[name] = title(other.title, catalogue) if other else value
        elif name == "hand" or why.key == "hands_wrong":
            values[name] = catalogue.text(f"hand_{value}") if f"hand_{value}" in catalogue else value
        else:
            values[name] = _listed(value, points) if name in _POINTS else value
    return values


def _listed(ids: str, titles: Mapping[str, str]) -> str:
    return ", ".join(titles.get(name.strip(), name.strip()) for name in ids.split(",")) or "–"


def _point_titles(segment: Segment | None, catalogue: Catalogue) -> dict[str, str]:
    if segment is None or segment.hold is None:
        return {}
    return {point.id: title(point.title, catalogue) for point in (*segment.hold.points, *segment.hold.confusable)}


def _segment(segment_id: str | None, protocol: Protocol) -> Segment | None:
    return protocol.segment(segment_id) if segment_id in protocol.rank else None


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
