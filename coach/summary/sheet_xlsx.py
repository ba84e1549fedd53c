"""Sessions as a workbook: one line each, each kader's progress, the steps, and what the columns mean."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from coach.messages import Catalogue
from coach.progress import KaderProgress, Standing, by_item, by_kader, by_segment
from coach.protocol import Protocol
from coach.summary import wording
from coach.summary.columns import Column, Entry, columns

_WIDTHS = {"text": 16, "time": 17, "number": 9, "points": 7, "yes_no": 8}


def sheet_xlsx(
    entries: Sequence[Entry], protocol: Protocol, catalogue: Catalogue, names: Mapping[str, str] | None = None
) -> bytes:
    """:param names: of kaders by code, where known"""
    import xlsxwriter  # noqa: PLC0415  late: few commands need it

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(stream, options) as book:
        formats = {
            "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
            "name": book.add_format({"font_color": "#777777", "font_size": 8}),
            "time": book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
            "number": book.add_format({"num_format": "0.0"}),
            "share": book.add_format({"num_format": "0%"}),
        }
        shown = columns(protocol)
        _sessions(book.add_worksheet(catalogue.text("table_sheet_sessions")), shown, entries, catalogue, formats)
        standings = [standing(entry) for entry in entries if entry.when is not None and entry.counts]
        kaders = by_kader(standings, protocol)
        _kaders(
            book.add_worksheet(catalogue.text("table_sheet_kaders")), kaders, protocol, catalogue, formats, names or {}
        )
        _steps(book.add_worksheet(catalogue.text("table_sheet_steps")), kaders, standings, protocol, catalogue, formats)
        _key(book.add_worksheet(catalogue.text("table_sheet_key")), shown, catalogue, formats)
    return stream.getvalue()


def standing(entry: Entry) -> Standing:
    when = entry.when or datetime.min
    figures = entry.percent, entry.passed, entry.items, entry.verdict, entry.scope
    return Standing(entry.session, when, entry.kader, entry.posyandu, *figures)


def _sessions(
    sheet: Any, shown: Sequence[Column], entries: Sequence[Entry], catalogue: Catalogue, formats: Mapping[str, Any]
) -> None:
    """The first line has what people read, the second the names for programs."""
    for k, column in enumerate(shown):
        sheet.set_column(k, k, _WIDTHS[column.kind])
        sheet.write_string(0, k, column.label(catalogue), formats["head"])
        sheet.write_string(1, k, column.name, formats["name"])
        for line, entry in enumerate(entries, start=2):
            value = column.value(entry)
            if isinstance(value, datetime):
                sheet.write_datetime(line, k, value.replace(tzinfo=None), formats["time"])
            elif isinstance(value, str):
                sheet.write_string(line, k, value)
            elif value is not None:
                sheet.write_number(line, k, value, formats["number"] if isinstance(value, float) else None)
    sheet.set_row(0, 60)
    sheet.freeze_panes(2, 4)
    sheet.autofilter(1, 0, max(1, len(entries) + 1), len(shown) - 1)


def _kaders(
    sheet: Any,
    kaders: Sequence[KaderProgress],
    protocol: Protocol,
    catalogue: Catalogue,
    formats: Mapping[str, Any],
    names: Mapping[str, str],
) -> None:
    keys = (
        "recap_kader",
        "table_name",
        "paper_field_posyandu",
        "recap_sessions",
        "recap_first",
        "recap_last",
        "column_result",
    )
    heads = [*map(catalogue.text, keys), catalogue.text("recap_needs")]
    _head(sheet, heads, (12, 24, 18, 8, 8, 8, 14, 60), formats)
    titles = {s.id: wording.title(s.title, catalogue) for s in protocol.segments}
    for line, one in enumerate(kaders, start=1):
        needs = ", ".join(titles[s] for s in one.needs)
        verdict = wording.state(one.state, catalogue)
        cells = (
            one.kader,
            names.get(one.kader, ""),
            one.posyandu,
            len(one.sessions),
            one.first,
            one.last,
            verdict,
            needs,
        )
        _line(sheet, line, cells, formats["number"])


def _steps(
    sheet: Any,
    kaders: Sequence[KaderProgress],
    standings: Sequence[Standing],
    protocol: Protocol,
    catalogue: Catalogue,
    formats: Mapping[str, Any],
) -> None:
    """Each step, and under it each of its items, over the group."""
    keys = ("column_step", "column_item", "table_rated", "recap_share_first", "recap_share_last", "recap_who")
    _head(sheet, list(map(catalogue.text, keys)), (32, 20, 9, 9, 9, 60), formats)
    ids = [f"{s.id}.{kind}" for s in protocol.segments for kind in s.items]
    shares = by_item(standings, ids)
    line = 1
    for one, segment in zip(by_segment(kaders, protocol), protocol.segments, strict=True):
        cells = (
            wording.title(segment.title, catalogue),
            "",
            one.rated,
            one.first_share,
            one.share,
            ", ".join(one.kaders),
        )
        _line(sheet, line, cells, formats["share"])
        line += 1
        for kind in segment.items:
            number, share = shares[f"{segment.id}.{kind}"]
            _line(sheet, line, ("", catalogue.text(f"kind_{kind}"), number, None, share, ""), formats["share"])
            line += 1


def _key(sheet: Any, shown: Sequence[Column], catalogue: Catalogue, formats: Mapping[str, Any]) -> None:
    heads = [catalogue.text(key) for key in ("table_column", "table_meaning", "table_values")]
    _head(sheet, heads, (34, 60, 50), formats)
    for line, column in enumerate(shown, start=1):
        values = catalogue.text(f"table_values_{column.kind}")
        _line(sheet, line, (column.name, column.label(catalogue), values), None)


def _head(sheet: Any, heads: Sequence[str], widths: Sequence[int], formats: Mapping[str, Any]) -> None:
    for k, (words, width) in enumerate(zip(heads, widths, strict=True)):
        sheet.set_column(k, k, width)
        sheet.write_string(0, k, words, formats["head"])
    sheet.freeze_panes(1, 1)


def _line(sheet: Any, line: int, cells: Sequence[str | float | None], of_floats: Any) -> None:
    for k, value in enumerate(cells):
        if isinstance(value, str):
            sheet.write_string(line, k, value)
        elif value is not None:
            sheet.write_number(line, k, value, of_floats if isinstance(value, float) else None)
