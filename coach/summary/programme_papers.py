"""The papers of a training day: who came, the tests and their key, cards with codes, certificates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coach.instruments import Rules, TestSheet
from coach.messages import Catalogue
from coach.programme import State
from coach.programme.bodies import Certificate, Event, Name, Person
from coach.programme.knowledge import code, ordered
from coach.programme.people import Listed, code_of, shown
from coach.programme.places import name_of, puskesmas_of
from coach.programme.proof import proof
from coach.programme.state import Held
from coach.summary import wording
from coach.summary.qr import qr_svg
from coach.summary.sheet_data import Data
from coach.summary.typeset import pdf

_SPARE = 2  # rows for those who came unannounced
_LARGE, _KEY = 14, 10  # points: the sheet is read by people of fifty without glasses
PERSON = "COACH-P"  # what the QR of a card begins with


@dataclass(frozen=True, slots=True)
class Look:
    """A catalogue with the words that a paper always needs."""

    catalogue: Catalogue

    def data(self, heading: str, words: Sequence[str], **more: object) -> Data:
        """:param words: keys of the catalogue without ``programme_``, by which the template knows them"""
        text = self.catalogue.text
        return {
            "lang": self.catalogue.lang,
            "title": heading,
            "heading": heading,
            "words": {"page": text("paper_page"), **{name: text(f"pp_{name}") for name in words}},
            "footer": "coach",
            "numbered": False,
            **more,
        }


def attendance_pdf(state: State, event: Held[Event], people: Sequence[Listed], catalogue: Catalogue) -> bytes:
    """:param people: who is expected"""
    look, text = Look(catalogue), catalogue.text
    rows: list[Data] = [{"code": p.code, "name": p.name, "posyandu": p.place} for p in people]
    rows += [{"code": "", "name": "", "posyandu": ""}] * _SPARE
    words = ("number", "code", "name", "posyandu", "present", "minutes", "signature", "trainer", "midwife")
    more = {"fields": _event_fields(state, event, catalogue), "rows": rows, "note": text("pp_attendance_note")}
    return pdf("attendance", look.data(text("pp_attendance"), words, **more))


def _event_fields(state: State, event: Held[Event] | None, catalogue: Catalogue) -> list[list[str]]:
    text = catalogue.text
    if event is None:
        return [
            [text("pp_event"), ""],
            [text("paper_field_date"), ""],
            [text("pp_place"), ""],
            [text("pp_trainer"), ""],
        ]
    trainers = ", ".join(shown(state, trainer) for trainer in event.body.trainers)
    return [
        [text("pp_event"), text(f"event_{event.body.type}")],
        [text("paper_field_date"), event.body.date],
        [text("pp_place"), name_of(state, event.body.place)],
        [text("pp_trainer"), trainers],
    ]


def knowledge_pdf(
    sheet: TestSheet, occasion: str, catalogue: Catalogue, *, key: bool = False, confirmed: bool = False
) -> bytes:
    """The sheet of one occasion, or its key with the reasons to read aloud.

    :param confirmed: a midwife stands by the draft
    """
    look, text, lang = Look(catalogue), catalogue.text, catalogue.lang
    rows = [
        {
            "text": getattr(statement.text, lang),
            "answer": str(statement.answer).lower() if key else "",
            "why": getattr(statement.why, lang) if key else "",
            "source": statement.source if key else "",
        }
        for statement in ordered(sheet, occasion)
    ]
    heading = text("pp_key" if key else "pp_test", occasion=text(f"pp_occasion_{occasion}"))
    fields = [] if key else [[text("paper_field_kader"), ""], [text("paper_field_posyandu"), ""]]
    return pdf(
        "knowledge",
        look.data(
            heading,
            ("true", "false", "unknown", "right"),
            subtitle=wording.title(sheet.title, catalogue),
            code=code(sheet, occasion),
            draft=text("instrument_draft") if sheet.draft and not confirmed else "",
            fields=fields,
            how=text("pp_key_how") if key else text("pp_test_how"),
            size=_KEY if key else _LARGE,
            rows=rows,
            key=key,
            footer=f"{sheet.id} {sheet.version} ({sheet.digest[:8]})",
        ),
    )


def cards_pdf(people: Sequence[Listed], catalogue: Catalogue, *, names: bool) -> bytes:
    """A card for each: the code in large letters, and a QR of the person's id."""
    text = catalogue.text
    pictures = {f"{k}.svg": qr_svg(f"{PERSON}|{p.code}|{p.id}") for k, p in enumerate(people)}
    rows = [
        {
            "file": f"{k}.svg",
            "alt": text("pp_qr_of", code=p.code),
            "code": p.code,
            "name": p.name if names else "",
            "place": p.place,
            "roles": ", ".join(text(f"role_{role}") for role in p.roles),
        }
        for k, p in enumerate(people)
    ]
    return pdf("cards", Look(catalogue).data(text("pp_cards"), (), rows=rows), pictures=pictures)


def certificates_pdf(
    state: State, certificates: Sequence[Held[Certificate]], rules: Rules, catalogue: Catalogue
) -> bytes:
    """A page each, ready to be signed: coach prints, the trainer certifies."""
    pictures: dict[str, str] = {}
    pages = [_certificate(state, held, rules, catalogue, pictures, k) for k, held in enumerate(certificates)]
    words = ("number", "given", "as", "verify")
    return pdf(
        "certificate",
        Look(catalogue).data(catalogue.text("pp_certificate"), words, certificates=pages),
        pictures=pictures,
    )


def _certificate(
    state: State,
    held: Held[Certificate],
    rules: Rules,
    catalogue: Catalogue,
    pictures: dict[str, str],
    k: int,
) -> Data:
    text, body = catalogue.text, held.body
    person, name = state.get(Person, body.person), state.get(Name, body.person)
    said = proof(state, held)
    pictures[f"{k}.svg"] = qr_svg(said.text)
    place = person.place if person else ""
    where = ", ".join(
        dict.fromkeys(n for n in (name_of(state, place), name_of(state, puskesmas_of(state, place))) if n)
    )
    facts = [[text("pp_issued"), body.issued], [text("pp_expires"), body.expires]]
    if body.hours:
        facts.append([text("pp_hours"), f"{body.hours:g}"])
    if body.score is not None:
        facts.append([text("pp_exam_score"), text("report_percent", percent=body.score)])
    return {
        "number": body.number,
        "name": name.name if name else code_of(state, body.person),
        "place": f"{code_of(state, body.person)} · {where}" if name else where,
        "title": wording.title(rules.certificate.title, catalogue),
        "provisional": text("pp_provisional") if body.provisional else "",
        "facts": facts,
        "not_judged": getattr(rules.certificate.not_judged, catalogue.lang),
        "file": f"{k}.svg",
        "alt": text("pp_qr_of", code=body.number),
        "proof": said.text,
        "signed": text("pp_signed"),
        "signer": shown(state, body.signed_by),
    }
