"""A session's report with pictures, for the talk between trainer and kader."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from coach.correct.fold import Corrected
from coach.domain import Hand, HandTrack, ItemScore, Session
from coach.messages import Catalogue
from coach.protocol import Protocol, Segment
from coach.score import step
from coach.score.scope import listed
from coach.summary import wording
from coach.summary.back_svg import back_svg
from coach.summary.feedback import improvement, strength
from coach.summary.occasion import Occasion, date_and_time
from coach.summary.sheet_data import Data, filled_footer
from coach.summary.timeline_svg import timeline_svg
from coach.summary.typeset import pdf

_WORDS = {
    "score": "paper_score_word",
    "timeline": "timeline_title",
    "timeline_alt": "timeline_alt",
    "timeline_legend": "timeline_legend",
    "pictures": "report_pictures",
    "pictures_legend": "report_pictures_legend",
    "items": "report_items",
    "step": "column_step",
    "item": "column_item",
    "points": "column_points",
    "result": "column_result",
    "remark": "column_remark",
    "look": "column_look",
    "notes": "report_notes",
    "limits": "report_limits",
    "page": "paper_page",
}
_MOST_TIMES = 2


def report_pdf(
    occasion: Occasion,
    stands: Corrected,
    protocol: Protocol,
    catalogue: Catalogue,
    tracks: Mapping[Hand, HandTrack] | None = None,
    made: datetime | None = None,
) -> bytes:
    """:param tracks: of the session, for the hands' paths; None where none are kept"""
    session = stands.session
    files = {"timeline.svg": timeline_svg(session, protocol, catalogue, tracks)}
    panels = []
    for segment in listed(session.items, protocol):
        name, title = f"{segment.id}.svg", wording.title(segment.title, catalogue)
        alt = catalogue.text("report_picture_alt", title=title)
        files[name] = back_svg(segment, [m for m in session.segments if m.segment_id == segment.id], tracks, alt)
        panels.append({"file": name, "alt": alt, "title": title, "result": _result(segment, session, catalogue)})
    data = {
        "lang": catalogue.lang,
        "title": catalogue.text("report_title", who=occasion.who or "–"),
        "heading": catalogue.text("report_heading"),
        "subtitle": wording.title(protocol.title, catalogue),
        "words": {name: catalogue.text(key) for name, key in _WORDS.items()},
        "footer": filled_footer(session.software, protocol, catalogue),
        "numbered": True,
        "fields": _fields(occasion, session, catalogue),
        **_score(occasion, session, protocol, catalogue),
        "panels": panels,
        "groups": _groups(session, protocol, catalogue),
        "notes": [{"time": wording.time(note.at_s), "text": note.text} for note in stands.notes if note.text],
    }
    return pdf("report", data, made, files)


def _fields(occasion: Occasion, session: Session, catalogue: Catalogue) -> list[list[str]]:
    values = {
        "paper_field_kader": occasion.who,
        "paper_field_date": date_and_time(occasion.when, catalogue),
        "paper_field_posyandu": occasion.posyandu,
        "paper_field_length": wording.time(session.video.duration_s),
        "paper_field_rater": occasion.rater,
        "paper_field_session": occasion.session[:8],
    }
    return [[catalogue.text(key), value] for key, value in values.items()]


def _score(occasion: Occasion, session: Session, protocol: Protocol, catalogue: Catalogue) -> Data:
    total = session.total
    advice = []
    for label, about in (("strength_label", strength), ("improve_label", improvement)):
        if about is improvement and not wording.advised(session.practice):
            continue
        text = wording.advice(about(session.items, protocol), protocol, catalogue)
        advice.append({"label": catalogue.text(label), "text": text})
    how = wording.how(occasion.mode, session.practice, catalogue, sample=occasion.sample)
    facts = [how] if how else []
    if total.left_out:
        facts.append(catalogue.text("paper_left_out", count=total.left_out))
    if session.tracking.unseen_s >= 0.5:
        facts.append(catalogue.text("sheet_unseen", unseen_s=session.tracking.unseen_s))
    facts[:0] = [wording.why(session.verdict, protocol, catalogue)]
    if only := wording.rated_parts(session, protocol, catalogue):
        facts.insert(1, only)
    word = wording.state(session.verdict.state, catalogue)
    if total.percent is None:
        return {"percent": "–", "verdict": word, "score_line": "", "advice": advice, "facts": facts}
    points = catalogue.text("report_points", points=total.points, max_points=total.max_points)
    return {
        "percent": catalogue.text("report_percent", percent=total.percent),
        "verdict": word,
        "score_line": f"{points}; {catalogue.text('score_mark', mark=protocol.scoring.pass_mark)}",
        "advice": advice,
        "facts": facts,
    }


def _result(segment: Segment, session: Session, catalogue: Catalogue) -> str:
    """In a word or two under the picture: how often, or that it was skipped."""
    matches = [m for m in session.segments if m.segment_id == segment.id]
    own = [i for i in session.items if i.segment_id == segment.id]
    word = catalogue.text(f"status_{step.state(own)}")
    if not matches or all(i.points is None for i in own):
        return word
    done = sum(len(m.holds) if segment.hold else len(m.whole) for m in matches)
    return f"{catalogue.text('report_times', count=done)} · {word}"


def _groups(session: Session, protocol: Protocol, catalogue: Catalogue) -> list[Data]:
    """The items by step; a remark is not said twice in a row."""
    groups: list[Data] = []
    for segment in listed(session.items, protocol):
        rows: list[Data] = []
        said = ""
        for item in (i for i in session.items if i.segment_id == segment.id):
            row = _row(catalogue.text(f"kind_{item.kind}"), item, protocol, catalogue)
            rows.append(row | ({"remark": ""} if row["remark"] == said else {}))
            said = row["remark"]
        groups.append({"title": wording.title(segment.title, catalogue), "rows": rows})
    manual = {m.id: wording.title(m.title, catalogue) for m in protocol.manual}
    ticked = [_row(manual[i.item_id], i, protocol, catalogue) for i in session.items if i.item_id in manual]
    groups.append({"title": catalogue.text("column_manual"), "rows": ticked})
    return [group for group in groups if group["rows"]]


def _row(title: str, item: ItemScore, protocol: Protocol, catalogue: Catalogue) -> Data:
    flawed = item.status == "not_visible" or (item.points is not None and item.points < item.max_points)
    word = wording.status(item) if item.status != "scored" else "status_improve" if flawed else "status_right"
    times = [wording.span(span) for span in item.evidence[:_MOST_TIMES]] if flawed else []
    return {
        "title": title,
        "points": "–" if item.points is None else str(item.points),
        "result": catalogue.text(word),
        "remark": "" if item.status == "manual" else wording.reason(item, protocol, catalogue),
        "times": ", ".join(times),
    }
