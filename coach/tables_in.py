"""Tables that people bring: CSV as spreadsheets of this world write it, and XLSX; each line as text by column."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from coach.domain import InputError
from coach.why import why

LARGEST = 20_000_000  # bytes
_MOST = 100_000  # lines
_NAMED = 20  # lines with mistakes that are named one by one


class Line(dict[str, str]):
    """A line by its columns, and where it is in its file; the head is in line 1."""

    def __init__(self, cells: Iterable[tuple[str, str]], number: int) -> None:
        super().__init__(cells)
        self.number = number


def numbered(lines: Sequence[Mapping[str, str]]) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Lines with their numbers in their file, or as if none between them had been empty."""
    for k, line in enumerate(lines, start=2):
        yield (line.number if isinstance(line, Line) else k), line


def refuse(wrong: Sequence[InputError]) -> None:
    """Tells of all lines that cannot be used, not only of the first.

    :param wrong: each with the ``number`` of its line, and ``what`` or ``code``
    :raises InputError: the one there is, or table_lines
    """
    if len(wrong) == 1:
        raise wrong[0]
    if wrong:
        each = [f"{one.values['number']}: {one.values.get('what') or one.values.get('code')}" for one in wrong]
        more = [] if len(each) <= _NAMED else ["…"]
        raise InputError("table_lines", count=len(wrong), lines="; ".join([*each[:_NAMED], *more]))


def read(path: Path) -> list[Line]:
    """The lines under the head, by the head's words in small letters; empty lines are left out.

    :raises InputError: table_missing, table_unreadable, table_large, table_empty
    """
    try:
        data = path.read_bytes() if path.stat().st_size <= LARGEST else None
    except FileNotFoundError as error:
        raise InputError("table_missing", path=str(path)) from error
    except OSError as error:
        raise InputError("table_unreadable", path=str(path), why=why(error)) from error
    if data is None:
        raise InputError("table_large", path=str(path))
    return parsed(data, str(path))


def parsed(data: bytes, path: str) -> list[Line]:
    """The same of a table's bytes.

    :param path: how it is called where something is wrong with it
    """
    rows = _workbook(data, path) if data[:2] == b"PK" else _csv(data, path)
    filled = [(number, row) for number, row in enumerate(rows, start=1) if any(cell.strip() for cell in row)]
    if not filled:
        raise InputError("table_empty", path=path)
    if len(filled) > _MOST:
        raise InputError("table_large", path=path)
    head = [cell.strip().lower() for cell in filled[0][1]]
    return [
        Line(((name, cell.strip()) for name, cell in zip(head, row, strict=False) if name), number)
        for number, row in filled[1:]
    ]


def _csv(data: bytes, path: str) -> list[list[str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")  # what older Excel saves; names lose an accent at most
    first = text.partition("\n")[0]
    separator = max(";,\t", key=first.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise InputError("table_unreadable", path=path, why=str(error)) from error


def _workbook(data: bytes, path: str) -> list[list[str]]:
    import openpyxl  # noqa: PLC0415  late: few commands need it

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        return [[_text(cell) for cell in row] for row in sheet.iter_rows(values_only=True, max_row=_MOST + 1)]
    except (zipfile.BadZipFile, KeyError, ValueError, IndexError, OSError, EOFError) as error:
        raise InputError("table_unreadable", path=path, why=type(error).__name__) from error


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if hasattr(cell, "isoformat"):
        return str(cell.isoformat())[:10]
    return str(cell)
