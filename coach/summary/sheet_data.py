"""The daftar tilik as values for its template: a row for each step, a column for each kind of item."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, get_args

from coach.correct.fold import Corrected
from coach.domain import ItemScore, Session
from coach.messages import Catalogue
from coach.protocol import Kind, Protocol, Segment
from coach.score.scope import by_part, listed
from coach.summary import wording
from coach.summary.feedback import improvement, strength
from coach.summary.occasion import Occasion, date
from coach.summary.wording import how

KINDS: tuple[Kind, ...] = get_args(Kind)
_LONGEST_REMARK = 92  # letters: three lines of the column
_SHORT = {"not_visible": "sheet_unseen_short", "not_applicable": "sheet_not_applicable_short"}

Data = dict[str, Any]


def sheet(protocol: Protocol, catalogue: Catalogue, occasion: Occasion, stands: Corrected | None) -> Data:
    """One sheet: filled in from a session as it stands, or blank without one."""
    session = None if stands is None else stands.session
    items = {} if session is None else {item.item_id: item for item in session.items}
    steps = protocol.segments if session is None else listed(session.items, protocol)
    kinds = [kind for kind in KINDS if any(kind in s.items for s in steps)]
    return {
        "heading": catalogue.text("paper_sheet"),
        "title": wording.title(protocol.title, catalogue),
        "blank": session is None,
        "fields": _fields(occasion, catalogue),
        "how": "" if session is None else _how(occasion, session, protocol, catalogue),
        "legend": catalogue.text("paper_legend" if session is not None else "paper_legend_blank"),
        "kinds": [catalogue.text(f"kind_{kind}") for kind in kinds],
        "rows": _rows(protocol, steps, kinds, items, catalogue, blank=session is None),
        **_score(session, protocol, catalogue),
        "outcomes": [
            {"title": wording.title(o.title, catalogue), "yes": occasion.outcomes.get(o.id)} for o in protocol.outcomes
        ],
        "advice": _advice(session, protocol, catalogue),
        "signatures": [
            {"label": catalogue.text("paper_kader"), "under": occasion.who},
            {"label": catalogue.text("paper_rater"), "under": occasion.rater},
            {"label": catalogue.text("paper_midwife"), "under": ""},
        ],
    }


def filled_footer(software: str, protocol: Protocol, catalogue: Catalogue) -> str:
    """Which program and which rules the points come from."""
    rules = {"id": protocol.id, "version": protocol.version, "digest": protocol.digest[:8]}
    return catalogue.text("paper_footer", software=software, **rules)


def blank_footer(protocol: Protocol, catalogue: Catalogue) -> str:
    rules = {"id": protocol.id, "version": protocol.version, "digest": protocol.digest[:8]}
    return catalogue.text("paper_footer_blank", **rules)


def _fields(occasion: Occasion, catalogue: Catalogue) -> list[list[str]]:
    values = {
        "paper_field_kader": occasion.who,
        "paper_field_date": date(occasion.when, catalogue),
        "paper_field_posyandu": occasion.posyandu,
        "paper_field_mother": occasion.mother,
        "paper_field_rater": occasion.rater,
        "paper_field_visit": str(occasion.visit or ""),
    }
    return [[catalogue.text(key), value] for key, value in values.items()]


def _how(occasion: Occasion, session: Session, protocol: Protocol, catalogue: Catalogue) -> str:
    """How it was practised, and of which parts alone the sheet tells: the others are not on it."""
    told = how(occasion.mode, session.practice, catalogue, sample=occasion.sample)
    told_of = (told, wording.rated_parts(session, protocol, catalogue), *wording.moved(session, catalogue))
    return " · ".join(filter(None, told_of))


def _rows(
    protocol: Protocol,
    steps: Sequence[Segment],
    kinds: list[Kind],
    items: Mapping[str, ItemScore],
    catalogue: Catalogue,
    *,
    blank: bool,
) -> list[Data]:
    rows: list[Data] = []

    def head(text: str) -> None:
        rows.append({"kind": "head", "title": text})

    def add(title: str, cells: list[Data | None], remark: str) -> None:
        number = 1 + sum(row["kind"] == "row" for row in rows)
        rows.append({"kind": "row", "number": number, "title": title, "cells": cells, "remark": remark})

    def manual(when: str) -> None:
        of_then = [m for m in protocol.manual if m.when == when]
        if of_then:
            head(catalogue.text(f"when_{when}"))
        for one in of_then:
            cells = [_cell(items.get(one.id), catalogue), *[None] * (len(kinds) - 1)]
            add(wording.title(one.title, catalogue), cells, _remark([items.get(one.id)], protocol, catalogue, blank))

    manual("before")
    for part, segments in by_part(steps, protocol):
        head(wording.title(part.title, catalogue))
        for segment in segments:
            found = {kind: items.get(f"{segment.id}.{kind}") for kind in segment.items}
            cells = [_cell(found[kind], catalogue) if kind in found else None for kind in kinds]
            remark = _target(segment, catalogue) if blank else _remark(found.values(), protocol, catalogue, blank)
            add(wording.title(segment.title, catalogue), cells, remark)
    manual("during")
    manual("after")
    return rows


def _cell(item: ItemScore | None, catalogue: Catalogue) -> Data:
    if item is None or item.status == "manual":
        return {"state": "open", "points": None}
    if item.status == "scored":
        return {"state": "given", "points": item.points}
    state = "unseen" if item.status == "not_visible" else item.status
    return {"state": state, "points": None, "label": catalogue.text(_SHORT[item.status])}


def _remark(items: Iterable[ItemScore | None], protocol: Protocol, catalogue: Catalogue, blank: bool) -> str:
    """What matters most about a step, in one remark: the first of the items with the fewest points."""
    flawed = [
        i for i in items if i is not None and (i.points or 0) < i.max_points and i.status in ("scored", "not_visible")
    ]
    told = [i for i in items if i is not None and i.reason.key in ("overridden", "not_reached")]
    if blank or not (flawed or told):
        return ""
    first = told[0] if told else min(flawed, key=lambda i: (i.points is None, i.points or 0))
    text = wording.reason(first, protocol, catalogue)
    return text if len(text) <= _LONGEST_REMARK else text[: _LONGEST_REMARK - 1].rstrip() + "…"


def _target(segment: Segment, catalogue: Catalogue) -> str:
    """On a blank sheet: what is asked for, in numbers."""
    if segment.count is not None:
        low, high = segment.count.target
        key = "paper_target_side" if segment.count.per == "side" else "paper_target"
        return catalogue.text(key, low=low, high=high)
    if segment.hold is not None:
        return catalogue.text("paper_target_hold", seconds=segment.hold.long_enough_s)
    return ""


def _score(session: Session | None, protocol: Protocol, catalogue: Catalogue) -> Data:
    mark = protocol.scoring.pass_mark
    rule = catalogue.text("paper_score_rule", mark=mark, least=protocol.scoring.least_rated)
    none = {"score_rule": rule, "score": "", "passed": None, "left_out": "", "state": ""}
    if session is None:
        return none
    total, word = session.total, wording.state(session.verdict.state, catalogue)
    facts = [wording.why(session.verdict, protocol, catalogue)]
    if total.percent is None:
        return none | {"state": word, "left_out": " ".join(filter(None, facts))}
    score = catalogue.text("paper_score", percent=total.percent, points=total.points, max_points=total.max_points)
    facts.append(catalogue.text("paper_left_out", count=total.left_out) if total.left_out else "")
    final = session.verdict.state != "provisional"  # only then is a box ticked
    told = {"score": score, "passed": total.passed if final else None, "state": "" if final else word}
    return none | told | {"left_out": " ".join(filter(None, facts))}


def _advice(session: Session | None, protocol: Protocol, catalogue: Catalogue) -> list[Data]:
    lines = []
    stopped = session is not None and session.practice is not None and session.practice.pain == "ended"
    told = (("strength_label", strength), ("improve_label", improvement))
    for label, about in told[:1] if stopped else told:
        text = "" if session is None else wording.advice(about(session.items, protocol), protocol, catalogue)
        lines.append({"label": catalogue.text(label), "text": text})
    return lines
