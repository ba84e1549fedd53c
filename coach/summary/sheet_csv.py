"""Sessions as CSV, as spreadsheets of this world open it: UTF-8 with a byte order mark, by ";" or ","."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from coach.messages import Catalogue
from coach.protocol import Protocol
from coach.summary.columns import Entry, Value, columns

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def sheet_csv(
    entries: Iterable[Entry],
    protocol: Protocol,
    catalogue: Catalogue,
    separator: Literal[";", ","] = ";",
    labels: bool = False,
) -> bytes:
    """A line for each session.

    :param separator: with ";" numbers have the language's decimal sign, as Indonesian spreadsheets expect
    :param labels: a second line with what people read, under the columns' names
    """
    shown = columns(protocol)
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=separator, lineterminator="\r\n")
    writer.writerow([column.name for column in shown])
    if labels:
        writer.writerow([column.label(catalogue) for column in shown])
    decimal = catalogue.text("decimal_sign") if separator == ";" else "."
    for entry in entries:
        writer.writerow([_cell(column.value(entry), decimal) for column in shown])
    return stream.getvalue().encode("utf-8-sig")


def _cell(value: Value, decimal: str) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, float):
        return f"{round(value, 3):g}".replace(".", decimal)
    text = str(value)
    # A name that a spreadsheet would take for a formula is shown as the text it is.
    return f"'{text}" if isinstance(value, str) and text.startswith(_STARTS_A_FORMULA) else text
