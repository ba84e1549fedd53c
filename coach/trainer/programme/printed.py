"""The programme's papers and its recap, as files to print or to take along."""

from __future__ import annotations

from collections.abc import Mapping

from coach import prints
from coach.domain import InputError
from coach.messages import Catalogue
from coach.programme.days import is_day
from coach.trainer.papers import PDF, XLSX
from coach.trainer.programme.desk import ProgrammeDesk, today
from coach.trainer.words import language
from coach.web.calls import Content

RECAP = {"recap": (prints.recap_pdf, PDF, "pdf"), "recap-table": (prints.recap_xlsx, XLSX, "xlsx")}


def paper(desk: ProgrammeDesk, kind: str, query: Mapping[str, str]) -> Content:
    """A paper of :data:`coach.prints.KINDS`, or the recap as PDF or as a table.

    :raises InputError: usage_lang, query_bad, paper_kind, paper_no_event, paper_no_certificate, paper_nothing,
        instrument_…
    """
    words = language(query.get("lang", desk.office.lang))
    asked = prints.Asked(
        event=query.get("event", ""),
        place=query.get("place", ""),
        person=query.get("person", ""),
        names=query.get("names") == "1",
    )
    if kind in RECAP:
        return _recap(desk, kind, asked, query, words)
    return Content(prints.printed(kind, desk.register, asked, words), PDF, f"coach-{kind}-{words.lang}.pdf")


def _recap(desk: ProgrammeDesk, kind: str, asked: prints.Asked, query: Mapping[str, str], words: Catalogue) -> Content:
    make, mime, suffix = RECAP[kind]
    since, until = _day(query, "since"), _day(query, "until")
    made = make(desk.register, asked, today(), words, since, until)
    return Content(made, mime, f"coach-recap-{today()}-{words.lang}.{suffix}")


def _day(query: Mapping[str, str], name: str) -> str:
    given = query.get(name, "")
    if given and not is_day(given):
        raise InputError("query_bad", name=name)
    return given
