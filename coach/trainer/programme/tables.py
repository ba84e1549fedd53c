"""Visits out of a table of Kobo, ODK or a spreadsheet: each line is shown with what would become of it first."""

from __future__ import annotations

import base64
import binascii
from dataclasses import asdict
from typing import Any

from coach import tables_in, visits_in
from coach.domain import InputError
from coach.trainer import asking
from coach.trainer.papers import XLSX
from coach.trainer.programme.desk import ProgrammeDesk
from coach.visits_in import Looked
from coach.web.calls import Content

Json = dict[str, Any]
LARGEST = 8_000_000  # bytes of a call; the table in it is three quarters of that
MOST_SHOWN = 500  # lines


def visits(desk: ProgrammeDesk, body: Any) -> Json:
    """What a table would bring; where ``take`` is true its new lines are taken in, and those with mistakes stay out.

    :param body: {author, name: of the file, data: its bytes in base 64, take}
    :raises InputError: table_…, body_bad, programme_no_author
    """
    given = asking.fields(body)
    author, name, data = asking.word(given, "author"), asking.word(given, "name"), given.get("data")
    try:
        file = base64.b64decode(data, validate=True) if isinstance(data, str) else None
    except binascii.Error:
        file = None
    if file is None:
        raise InputError("body_bad")
    lines = tables_in.parsed(file, name or "–")
    looked = visits_in.look(desk.register, lines, desk.form, desk.protocol)
    taken = asking.flag(given, "take")
    if taken:
        if not author:
            raise InputError("programme_no_author")
        desk.keep(desk.rules.instruments["visit"], author)
        visits_in.take(desk.register, looked, author)
    return _shown(looked) | {"taken": taken}


def _shown(looked: Looked) -> Json:
    counts = {state: looked.count(state) for state in ("new", "known", "bad")}
    rows = [asdict(line) for line in sorted(looked.lines, key=lambda line: line.state != "bad")]
    return counts | {"mothers": looked.mothers, "referrals": looked.referrals, "lines": rows[:MOST_SHOWN]}


def form(desk: ProgrammeDesk) -> Content:
    """The visit's form for Kobo and ODK, whose answers come in here."""
    from coach.summary.visit_xlsform import visit_xlsform  # noqa: PLC0415  late: few ask for it

    return Content(visit_xlsform(desk.form, desk.protocol), XLSX, "coach-kunjungan.xlsx")
