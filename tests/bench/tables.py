"""Judged sessions → one table per question, by condition and by segment, as JSON values and as text."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from rich.box import SIMPLE
from rich.table import Table

from tests.bench.accuracy import Agreement
from tests.bench.charts import PLAIN
from tests.bench.judge import Judged
from tests.bench.measures import QUESTIONS, Figure, Measure, Middle, confusion, drawn

Json: TypeAlias = dict[str, Any]
Group: TypeAlias = tuple[str, str]  # a condition and its value
ALL: Group = ("all", "all sessions")
SHOWN = 28  # characters of a group's name


def groups(sessions: Iterable[Judged]) -> dict[Group, list[Agreement]]:
    """The sessions' agreements: all of them, by condition, and by segment."""
    found: dict[Group, list[Agreement]] = {ALL: []}
    by_segment: dict[Group, list[Agreement]] = {}
    for one in sessions:
        found[ALL].append(one.whole)
        for name, values in one.conditions.items():
            for value in values:
                found.setdefault((name, value), []).append(one.whole)
        for segment, agreement in one.segments.items():
            by_segment.setdefault(("segment", segment), []).append(agreement)
    return dict(sorted(found.items(), key=lambda pair: (pair[0] != ALL, pair[0]))) | dict(sorted(by_segment.items()))


def table(asked: str, measures: Sequence[Measure | Middle], rows: Mapping[Group, Sequence[Agreement]]) -> Json:
    """A table as JSON values."""
    return {
        "question": asked,
        "columns": [{"name": m.name, "better": m.better, "percent": m.percent} for m in measures],
        "rows": [
            {"group": group[0], "value": group[1], "sessions": len(some), "cells": _cells(measures, some)}
            for group, some in rows.items()
        ],
    }


def _cells(measures: Sequence[Measure | Middle], sessions: Sequence[Agreement]) -> list[Json]:
    weights = drawn(len(sessions))
    return [_cell(measure.figure(sessions, weights)) for measure in measures]


def _cell(figure: Figure) -> Json:
    numbers = {"value": figure.value, "low": figure.low, "high": figure.high}
    return {name: round(v, 4) if math.isfinite(v) else None for name, v in numbers.items()} | {"of": figure.count}


def all_tables(rows: Mapping[Group, Sequence[Agreement]]) -> Json:
    return {name: table(asked, measures, rows) for name, (asked, measures) in QUESTIONS.items()}


def item_confusion(sessions: Iterable[Judged]) -> list[list[int]]:
    """How often so many points were expected (row) and given (column)."""
    pairs = [pair for one in sessions for pair in one.whole.ratings]
    return [[int(n) for n in row] for row in confusion(pairs)]


# ------------------------------------------------------------------ as text
def shown(name: str, value: Json) -> Table:
    """A table for people: values with their intervals, and what they were measured on."""
    out = Table(title=f"{name}: {value['question']}", title_justify="left", box=SIMPLE, padding=(0, 1, 0, 0))
    out.add_column("", no_wrap=True)
    out.add_column("n", justify="right")
    for column in value["columns"]:
        out.add_column(column["name"] + (" %" if column["percent"] else ""), justify="right", no_wrap=True)
    last = ALL[0]
    for row in value["rows"]:
        if row["group"] != last:
            out.add_section()
        last = row["group"]
        title = row["value"] if row["group"] in PLAIN else f"{row['group']}: {row['value']}"
        cells = [_text(cell, column) for cell, column in zip(row["cells"], value["columns"], strict=True)]
        out.add_row(title[:SHOWN], str(row["sessions"]), *cells)
    return out


def _text(cell: Json, column: Json) -> str:
    if cell["value"] is None:
        return "–"
    digits = 1 if column["percent"] or column["name"] == "edit" else 2
    interval = "" if cell["low"] is None else f" [{cell['low']:.{digits}f}–{cell['high']:.{digits}f}]"
    return f"{cell['value']:.{digits}f}{interval}"


def confusion_shown(counts: Sequence[Sequence[int]]) -> Table:
    out = Table(title="Points expected (rows) and given", title_justify="left", box=SIMPLE, padding=(0, 1, 0, 0))
    for heading in ("", "0", "1", "2"):
        out.add_column(heading, justify="right")
    for wanted, row in enumerate(counts):
        out.add_row(str(wanted), *map(str, row))
    return out
