"""Plain tables as CSV or as a workbook, as spreadsheets of this world open them."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Literal

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_WIDEST = 48  # letters


def lines_csv(rows: Sequence[Sequence[str]], separator: Literal[";", ","] = ";") -> bytes:
    """UTF-8 with a byte order mark; a text that would be taken for a formula is shown as the text it is."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=separator, lineterminator="\r\n")
    for row in rows:
        writer.writerow([f"'{cell}" if cell.startswith(_STARTS_A_FORMULA) else cell for cell in row])
    return stream.getvalue().encode("utf-8-sig")


def lines_xlsx(sheets: Mapping[str, Sequence[Sequence[str | float | None]]]) -> bytes:
    """A sheet for each table; the first line is its head."""
    import xlsxwriter  # noqa: PLC0415  late: few commands need it

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(stream, options) as book:
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title[:31])
            sheet.freeze_panes(1, 0)
            for k in range(max((len(row) for row in rows), default=0)):
                longest = max((len(str(row[k])) for row in rows if k < len(row) and row[k] is not None), default=8)
                sheet.set_column(k, k, min(max(longest + 2, 8), _WIDEST))
            for line, row in enumerate(rows):
                for k, cell in enumerate(row):
                    if isinstance(cell, str):
                        sheet.write_string(line, k, cell, head if line == 0 else None)
                    elif cell is not None:
                        sheet.write_number(line, k, cell)
    return stream.getvalue()
