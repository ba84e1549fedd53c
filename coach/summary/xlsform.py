"""The checklist as an XLSForm for Kobo and ODK, with the very columns of our own tables, so that both can be joined."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from coach.messages import LANGS, Catalogue, Lang
from coach.protocol import Protocol
from coach.summary import wording
from coach.summary.columns import Column, columns

LANGUAGES: Mapping[Lang, str] = {"id": "Bahasa Indonesia (id)", "en": "English (en)"}
# What is written in the field; the rest of the columns a form cannot know or works out by itself.
_ASKED = ("kader", "posyandu")
_HIDDEN = {"session": "concat('uuid:', uuid())", "when": "now()", "source": "'form'"}


def xlsform(protocol: Protocol) -> bytes:
    """A workbook with the sheets survey, choices and settings, in Indonesian and English."""
    return workbook({"survey": _survey(protocol), "choices": _choices(), "settings": _settings(protocol)})


def workbook(sheets: Mapping[str, list[dict[str, str]]]) -> bytes:
    """An XLSForm's sheets, each of rows with a cell for each head."""
    import xlsxwriter  # noqa: PLC0415  late: few commands need it

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False}) as book:
        for name, rows in sheets.items():
            _write(book.add_worksheet(name), rows)
    return stream.getvalue()


def _write(sheet: Any, rows: list[dict[str, str]]) -> None:
    heads = list(dict.fromkeys(key for row in rows for key in row))
    for k, head in enumerate(heads):
        sheet.set_column(k, k, 28)
        sheet.write_string(0, k, head)
        for line, row in enumerate(rows, start=1):
            if row.get(head):
                sheet.write_string(line, k, row[head])


def labels(words: Mapping[Lang, str]) -> dict[str, str]:
    """The cells of a question's text in each language."""
    return {f"label::{LANGUAGES[lang]}": text for lang, text in words.items()}


def _survey(protocol: Protocol) -> list[dict[str, str]]:
    shown = columns(protocol)
    rows = [_calculated(c, _HIDDEN[c.name]) for c in shown if c.name in _HIDDEN]
    rows.append(_calculated(Column("protocol", "text"), f"'{protocol.id} {protocol.version}'"))
    rows += [_asked(c) for c in shown if c.name in _ASKED]
    groups: dict[str, list[Column]] = {}
    for column in shown:
        if column.kind == "points":
            place = column.segment.part if column.segment else f"when_{column.manual.when}" if column.manual else ""
            groups.setdefault(place, []).append(column)
    for place, inside in groups.items():
        rows.append(
            {"type": "begin_group", "name": f"group_{place}", "appearance": "field-list"}
            | labels(_place(place, protocol))
        )
        rows += [_choice(column) for column in inside]
        rows.append({"type": "end_group"})
    rows += _sums([c for c in shown if c.kind == "points"], protocol)
    rows += [_yes_no(c) for c in shown if c.title is not None]
    return rows


def _place(place: str, protocol: Protocol) -> Mapping[Lang, str]:
    titles = {part.id: part.title for part in protocol.parts}
    if place in titles:
        return {"id": titles[place].id, "en": titles[place].en}
    return {lang: Catalogue(lang).text(place) for lang in LANGS}


def _calculated(column: Column, formula: str) -> dict[str, str]:
    return {"type": "calculate", "name": column.name, "calculation": formula}


def _named(column: Column) -> dict[str, str]:
    return labels({lang: column.label(Catalogue(lang)) for lang in LANGS})


def _asked(column: Column) -> dict[str, str]:
    return {"type": "text", "name": column.name, "required": "yes"} | _named(column)


def _choice(column: Column) -> dict[str, str]:
    return {"type": "select_one points", "name": column.name, "appearance": "horizontal"} | _named(column)


def _yes_no(column: Column) -> dict[str, str]:
    return {"type": "select_one yes_no", "name": column.name} | _named(column)


def _sums(items: list[Column], protocol: Protocol) -> list[dict[str, str]]:
    """The nilai as on paper: what is not rated leaves the denominator.

    Where too little is rated nobody passes, nor without what is critical.
    """
    points = " + ".join(f"if(${{{c.name}}} >= 0, ${{{c.name}}}, 0)" for c in items)
    rated = " + ".join(f"if(${{{c.name}}} >= 0, 2, 0)" for c in items)
    mark, least = f"{protocol.scoring.pass_mark:g}", f"{protocol.scoring.least_rated:g}"
    movements = [c.name for c in items if c.segment is not None]
    rated_movements = " + ".join(f"if(${{{name}}} >= 0, 1, 0)" for name in movements)
    critical = {m.id for m in protocol.manual if m.critical}
    critical |= {f"{s.id}.performed" for s in protocol.segments if s.critical}
    kept = "".join(f" and ${{{c.name}}} != 0" for c in items if c.item in critical)
    enough = f"100 * ${{rated_movements}} >= {least} * {len(movements)}"
    note = {lang: Catalogue(lang).text("form_score", percent="${percent}") for lang in LANGS}
    return [
        {"type": "calculate", "name": "points", "calculation": points},
        {"type": "calculate", "name": "max_points", "calculation": rated},
        {
            "type": "calculate",
            "name": "percent",
            "calculation": "if(${max_points} > 0, round(100 * ${points} div ${max_points}, 1), '')",
        },
        {"type": "calculate", "name": "rated_movements", "calculation": rated_movements},
        {
            "type": "calculate",
            "name": "passed",
            "calculation": f"if({enough}, if(${{percent}} >= {mark}{kept}, 1, 0), '')",
        },
        {"type": "note", "name": "score_note"} | labels(note),
    ]


def _choices() -> list[dict[str, str]]:
    rows = []
    for name, key in (("0", "form_0"), ("1", "form_1"), ("2", "form_2"), ("-1", "form_not_rated")):
        rows.append({"list_name": "points", "name": name} | labels({g: Catalogue(g).text(key) for g in LANGS}))
    for name, key in (("1", "paper_yes"), ("0", "paper_no")):
        rows.append({"list_name": "yes_no", "name": name} | labels({g: Catalogue(g).text(key) for g in LANGS}))
    return rows


def _settings(protocol: Protocol) -> list[dict[str, str]]:
    title = f"{Catalogue('id').text('paper_sheet')}: {wording.title(protocol.title, Catalogue('id'))}"
    return [
        {
            "form_title": title,
            "form_id": f"coach_{protocol.id}",
            "version": protocol.version,
            "default_language": LANGUAGES["id"],
        }
    ]
