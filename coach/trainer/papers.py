"""Papers and files to download."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from coach import exports
from coach.domain import InputError
from coach.messages import Catalogue
from coach.store.scratch import Scratch
from coach.summary.sheet_pdf import blank_pdf
from coach.summary.xlsform import xlsform
from coach.trainer import asking
from coach.trainer.office import Office
from coach.trainer.words import language
from coach.web.calls import Answer, Content, OnDisk

PDF, JSON = "application/pdf", "application/json"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV, ZIP = "text/csv", "application/zip"
MOST = 10_000  # sessions named in an address
Query: TypeAlias = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Papers:
    """What can be printed and taken along."""

    office: Office
    scratch: Scratch  # where a session file lies while it is sent

    def paper(self, kind: str, query: Query) -> Answer:
        """A file of the kind: blank, form; sheet, report, recap, agreement, xlsx, csv, json, fhir, labels, zip.

        :raises InputError: paper_missing, paper_nothing, paper_many, usage_lang, protocol_missing, session_…
        """
        words = language(query.get("lang", self.office.lang))
        if kind in ("blank", "form"):
            return self._empty(kind, query, words)
        ids = self._ids(query)
        if kind == "zip":
            return self._zip(ids, query)
        if kind == "report" and len(ids) > 1:
            raise InputError("paper_one", count=len(ids))
        makers = self._makers(query, words)
        if kind not in makers:
            raise InputError("paper_missing", kind=kind[:20])
        mime, suffix, make = makers[kind]
        name = f"coach-{ids[0][:8]}" if len(ids) == 1 else "coach"
        return Content(make(ids), mime, f"{name}-{kind}.{suffix}")

    def _makers(self, query: Query, words: Catalogue) -> dict[str, tuple[str, str, Callable[[list[str]], bytes]]]:
        store = self.office.store
        separator: Literal[";", ","] = "," if query.get("sep") in (",", "comma") else ";"
        return {
            "sheet": (PDF, "pdf", lambda ids: exports.sheets(store, ids, words)),
            "report": (PDF, "pdf", lambda ids: exports.report(store, ids[0], words)),
            "recap": (PDF, "pdf", lambda ids: exports.recap(store, ids, words, query.get("posyandu", "")[:200])),
            "agreement": (PDF, "pdf", lambda ids: exports.agreement(store, ids, words)),
            "xlsx": (XLSX, "xlsx", lambda ids: exports.xlsx(store, ids, words)),
            "csv": (CSV, "csv", lambda ids: exports.csv(store, ids, words, separator)),
            "json": (JSON, "json", lambda ids: exports.reports(store, ids)),
            "fhir": (JSON, "json", lambda ids: exports.fhir(store, ids, words)),
            "labels": (JSON, "json", lambda ids: exports.labels(store, ids)),
        }

    def _ids(self, query: Query) -> list[str]:
        named = [one for one in query.get("sessions", "").split(",") if one]
        if len(named) > MOST:
            raise InputError("query_bad", name="sessions")
        return exports.chosen(self.office.store, named, asking.sessions_filter(query))

    def _empty(self, kind: str, query: Query, words: Catalogue) -> Content:
        rules = self.office.shelf.rules(asking.word(query, "protocol") or self.office.protocol)
        if kind == "blank":
            return Content(blank_pdf(rules, words), PDF, f"{rules.id}-blank.pdf")
        return Content(xlsform(rules), XLSX, f"{rules.id}-form.xlsx")

    def _zip(self, ids: list[str], query: Query) -> OnDisk:
        """One session as a file for another laptop."""
        if len(ids) > 1:
            raise InputError("paper_one", count=len(ids))
        place = self.scratch.place(uuid.uuid4().hex)
        file = place / "session.zip"
        try:
            video, names = query.get("video") == "1", query.get("names") == "1"
            self.office.store.export(ids[0], file, video=video, names=names)
        except BaseException:
            self.scratch.erase(place)
            raise
        return OnDisk(file, ZIP, f"coach-{ids[0][:8]}.zip", lambda: self.scratch.erase(place))
