"""Sessions of the store as papers and files: the same for the command line and for the trainer's pages."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

from coach import archive
from coach.domain import InputError
from coach.messages import Catalogue
from coach.protocol import Protocol
from coach.store import Filter, Store, StoredSession

# The makers of papers are imported late: typst has 40 MB, and few commands print.


def chosen(store: Store, ids: Sequence[str], asked: Filter) -> list[str]:
    """The sessions named by the beginnings of their ids, or all that the filter lets pass, oldest first.

    :raises InputError: session_missing, session_several, paper_nothing
    """
    finished = replace(asked, state=asked.state or "finished")  # one that goes on has nothing to print yet
    found = [store.find(beginning) for beginning in ids] if ids else store.ids(finished)
    if not found:
        raise InputError("paper_nothing")
    return found


def rules_of(store: Store, ids: Sequence[str]) -> Protocol:
    """The rules of the newest session: a table has the columns of one protocol.

    :raises InputError: session_missing, session_no_result
    """
    found = store.protocol(store.record(ids[-1])["protocol_digest"])
    if found is None:
        raise InputError("session_no_result", id=ids[-1])
    return found


def sheets(store: Store, ids: Sequence[str], catalogue: Catalogue) -> bytes:
    """A page for each session of the first one's protocol.

    :raises InputError: paper_many, session_no_result
    """
    from coach.summary.sheet_pdf import MOST, sheet_pdf  # noqa: PLC0415

    if len(ids) > MOST:
        raise InputError("paper_many", count=len(ids), most=MOST)
    names, rules, filled = archive.names(store), None, []
    for session in ids:
        stored = store.session(session)
        corrected, own = archive.stands(store, stored)
        if rules is None or own.id == rules.id:
            rules = rules or own
            filled.append((archive.occasion(stored, corrected, names), corrected))
    assert rules is not None
    return sheet_pdf(filled, rules, catalogue)


def report(store: Store, session: str, catalogue: Catalogue) -> bytes:
    """:raises InputError: session_missing, session_no_result"""
    from coach.summary.report_pdf import report_pdf  # noqa: PLC0415

    stored = store.session(session)
    corrected, rules = archive.stands(store, stored)
    tracks = archive.tracks(store, stored)
    return report_pdf(archive.occasion(stored, corrected, archive.names(store)), corrected, rules, catalogue, tracks)


def recap(store: Store, ids: Sequence[str], catalogue: Catalogue, place: str = "") -> bytes:
    from coach.summary.recap_pdf import recap_pdf  # noqa: PLC0415
    from coach.summary.sheet_xlsx import standing  # noqa: PLC0415

    standings = [standing(entry) for entry in archive.entries(store, ids) if entry.counts]
    return recap_pdf(standings, rules_of(store, ids), catalogue, archive.names(store), place)


def agreement(store: Store, ids: Sequence[str], catalogue: Catalogue) -> bytes:
    """:raises InputError: agreement_nothing"""
    from coach.summary.agreement_pdf import agreement_pdf  # noqa: PLC0415

    rules = rules_of(store, ids)
    found = archive.agreement(store, ids, rules)
    if not found.coach_trainer.total.sessions and not found.trainer_trainer.total.sessions:
        raise InputError("agreement_nothing")
    return agreement_pdf(found, rules, catalogue)


def csv(store: Store, ids: Sequence[str], catalogue: Catalogue, separator: Literal[";", ","] = ";") -> bytes:
    from coach.summary.sheet_csv import sheet_csv  # noqa: PLC0415

    return sheet_csv(list(archive.entries(store, ids)), rules_of(store, ids), catalogue, separator)


def xlsx(store: Store, ids: Sequence[str], catalogue: Catalogue) -> bytes:
    from coach.summary.sheet_xlsx import sheet_xlsx  # noqa: PLC0415

    return sheet_xlsx(list(archive.entries(store, ids)), rules_of(store, ids), catalogue, archive.names(store))


def reports(store: Store, ids: Sequence[str]) -> bytes:
    """The corrected results, in the schema that ``coach paper schema`` writes."""
    from coach.summary.report import report as written  # noqa: PLC0415

    def standing(stored: StoredSession) -> Mapping[str, Any]:
        if stored.results and not stored.corrections:
            return stored.results[-1].report
        return written(archive.stands(store, stored)[0].session)

    about = ((s, {"session": s.row.id, "corrected": s.row.corrected}) for s in store.several(ids))
    return as_json({**standing(stored), **more} for stored, more in about)


def fhir(store: Store, ids: Sequence[str], catalogue: Catalogue) -> bytes:
    from coach.summary import fhir as written  # noqa: PLC0415

    rules, entries = rules_of(store, ids), [""]
    for stored in store.several(ids):
        corrected, own = archive.stands(store, stored)
        if own.id == rules.id:
            occasion = archive.occasion(stored, corrected, {})
            made = [written.response(occasion, corrected, own, catalogue)]
            made += written.observations(occasion, own, catalogue)
            entries += [_line(written.entry(one)) for one in made]
    form, _, end = _line(written.bundle([], rules)).rpartition("]")
    return (form + ",\n".join(entries) + "]" + end + "\n").encode("utf-8")


def labels(store: Store, ids: Sequence[str]) -> bytes:
    """Corrected sessions as labelled data for the bench."""
    return as_json(archive.labels(stored, archive.stands(store, stored)[0]) for stored in store.several(ids))


def as_json(value: Any) -> bytes:
    """Of several values each has a line and is let go once it is written: 1,000 sessions as objects fill a memory."""
    if isinstance(value, list | Iterator):
        return ("[\n" + ",\n".join(map(_line, value)) + "\n]\n").encode("utf-8")
    return (_line(value) + "\n").encode("utf-8")


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
