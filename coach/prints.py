"""The programme's papers out of the register: the same for the command line and for the trainer's pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coach.domain import InputError
from coach.instruments import Milk, Rules, TestSheet, VisitForm
from coach.instruments import files as instrument_files
from coach.messages import Catalogue
from coach.programme.bodies import Certificate, Confirmation, Event
from coach.programme.knowledge import sheet_of, sheets
from coach.programme.people import roster
from coach.programme.places import name_of
from coach.protocol import files as protocol_files
from coach.register import Register

if TYPE_CHECKING:
    from coach.programme.recap import Recap

KINDS = (
    *("attendance", "test-first", "test-last", "key-first", "key-last", "leaflet", "leaflet-folded", "visit", "flow"),
    *("test-later", "key-later"),
    *("consent-mother", "consent-kader", "referral", "certificate", "cards"),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a paper is to be about."""

    event: str = ""  # id
    place: str = ""  # id
    person: str = ""  # id
    names: bool = False  # on cards
    rules: str = instrument_files.DEFAULT
    form: str = ""  # of a visit, where it is not that of the rules: its leaflet and its checklist


def printed(kind: str, register: Register, asked: Asked, catalogue: Catalogue) -> bytes:
    """One paper as PDF.

    :param kind: one of :data:`KINDS`
    :raises InputError: paper_kind, paper_no_event, paper_no_certificate, paper_nothing, instrument_…
    """
    if kind not in KINDS:
        raise InputError("paper_kind", given=kind[:40], known=", ".join(KINDS))
    first, _, second = kind.partition("-")
    if first in ("attendance", "certificate", "cards"):
        return _of_people(first, register, asked, catalogue)
    return _form(first, second, register, asked, catalogue)


def _of_people(kind: str, register: Register, asked: Asked, catalogue: Catalogue) -> bytes:
    from coach.summary import programme_papers as papers  # noqa: PLC0415  late: typst has 40 MB

    state = register.state()
    people = [p for p in roster(state, place=asked.place) if not asked.person or p.id == asked.person]
    if kind == "attendance":
        event = state.all(Event).get(asked.event)
        if event is None:
            raise InputError("paper_no_event")
        return papers.attendance_pdf(state, event, [p for p in people if "kader" in p.roles], catalogue)
    if kind == "cards":
        if not people:
            raise InputError("paper_nothing")
        return papers.cards_pdf(people, catalogue, names=asked.names)
    wanted = {p.id for p in people}
    certificates = [held for held in state.all(Certificate).values() if held.body.person in wanted]
    if not certificates:
        raise InputError("paper_no_certificate")
    return papers.certificates_pdf(state, certificates, rules_of(register, asked), catalogue)


def _form(first: str, second: str, register: Register, asked: Asked, catalogue: Catalogue) -> bytes:
    from coach.summary import programme_forms as forms  # noqa: PLC0415
    from coach.summary import programme_papers as papers  # noqa: PLC0415

    if first == "consent":
        return forms.consent_pdf(second, catalogue)
    if first == "referral":
        return forms.referral_pdf(catalogue)
    rules = rules_of(register, asked)
    used: Mapping[str, str] = {str(use): name for use, name in rules.instruments.items()}
    test = f"{'last' if second == 'later' else second}_test"  # what was learned is asked again by the last one's sheet
    uses = {"test": test, "key": test, "flow": "outcome"}
    name = used.get(uses.get(first, "visit"), "")
    if asked.form and first in ("visit", "leaflet"):
        name = asked.form
    found = instrument_files.load(name, register.own)
    if isinstance(found, TestSheet) and asked.event:
        state = register.state()
        found = sheet_of(state, asked.event, sheets(state), found)
    confirmed = found.digest in register.state().all(Confirmation)
    if isinstance(found, TestSheet):
        return papers.knowledge_pdf(found, second, catalogue, key=first == "key", confirmed=confirmed)
    if isinstance(found, Milk):
        return forms.flow_pdf(found, catalogue, confirmed=confirmed)
    if isinstance(found, VisitForm):
        protocol = protocol_files.load(found.protocol)
        if first == "leaflet":
            return forms.leaflet_pdf(protocol, found, catalogue, folded=second == "folded")
        return forms.visit_pdf(found, protocol, catalogue, confirmed=confirmed)
    raise InputError("instrument_kind", name=name, kind=found.kind, wanted=first)


def rules_of(register: Register, asked: Asked) -> Rules:
    return instrument_files.load_rules(asked.rules, register.own)


def recap_of(register: Register, asked: Asked, today: str, since: str = "", until: str = "") -> Recap:
    """What the programme came to; :mod:`coach.summary.programme_recap` words it."""
    from coach.programme.recap import recap  # noqa: PLC0415  late: scipy takes a while

    rules = rules_of(register, asked)
    outcome = (
        instrument_files.load(rules.instruments["outcome"], register.own) if "outcome" in rules.instruments else None
    )
    return recap(
        register.state(),
        rules,
        register.practised(),
        today,
        form=outcome if isinstance(outcome, Milk) else None,
        place=asked.place,
        since=since,
        until=until or "9999-12-31",
    )


def recap_pdf(
    register: Register, asked: Asked, today: str, catalogue: Catalogue, since: str = "", until: str = ""
) -> bytes:
    from coach.summary.programme_recap import programme_recap_pdf  # noqa: PLC0415

    found = recap_of(register, asked, today, since, until)
    place = name_of(register.state(), asked.place)
    period = f"{since or '…'} – {until or today}"
    return programme_recap_pdf(found, catalogue, place=place, period=period, today=today)


def recap_xlsx(
    register: Register, asked: Asked, today: str, catalogue: Catalogue, since: str = "", until: str = ""
) -> bytes:
    from coach.summary.lists import lines_xlsx  # noqa: PLC0415
    from coach.summary.programme_recap import programme_recap_lines  # noqa: PLC0415

    return lines_xlsx(programme_recap_lines(recap_of(register, asked, today, since, until), catalogue))
