"""Certificates as the page has them: signed, made whole, renewed, taken back, and checked by what their QR says."""

from __future__ import annotations

from typing import Any

from coach.domain import InputError
from coach.instruments import files
from coach.programme.bodies import Certificate, Person, Revoked
from coach.programme.certifying import SIGNERS, conditions, signed, since, standing
from coach.programme.people import code_of
from coach.programme.proof import parse_proof, proof
from coach.trainer import asking
from coach.trainer.programme.desk import ProgrammeDesk, today
from coach.trainer.programme.given import body_of, given_by

Json = dict[str, Any]


def sign(desk: ProgrammeDesk, body: Any) -> Json:
    """The certificate of a person, signed by a trainer of the roster.

    :raises InputError: programme_not_trainer, programme_not_ready
    """
    given, author = given_by(body)
    person, trainer = asking.word(given, "person"), asking.word(given, "by")
    state = desk.state
    known = desk.register.practised(), desk.sheets(state), desk.form.pass_mark
    found = conditions(state, desk.rules, person, *known, since(state, person))
    made, before = signed(state, desk.rules, person, found, today(), desk.register.laptop.letter, trainer)
    desk.keep(files.DEFAULT, author)
    entry = desk.register.add(made, author, *((before.id, before.entry.id) if before is not None else ()))
    return {"id": entry.subject, "number": made.number, "provisional": made.provisional}


def revoke(desk: ProgrammeDesk, id_: str, body: Any) -> None:
    """Takes a certificate back; it stays readable, and counts no longer.

    :raises InputError: programme_certificate_missing, programme_not_trainer, programme_field_bad
    """
    given, author = given_by(body)
    held = desk.state.all(Certificate).get(id_)
    if held is None:
        raise InputError("programme_certificate_missing")
    signer = desk.state.get(Person, asking.word(given, "by"))
    if signer is None or not SIGNERS & set(signer.roles):
        raise InputError("programme_not_trainer")
    fields = {"certificate": id_, "person": held.body.person, "why": given.get("why"), "by": given.get("by")}
    desk.register.add(body_of(Revoked, fields), author)


def verify(desk: ProgrammeDesk, text: str) -> Json:
    """What a certificate's QR says against what this laptop knows; without any network.

    :raises InputError: verify_unreadable
    """
    given, state = parse_proof(text), desk.state
    for held in state.all(Certificate).values():
        if held.body.number == given.number and proof(state, held).digest == given.digest:
            how = standing(state, held, today(), desk.rules.certificate.warn_days)
            who = code_of(state, held.body.person)
            return {"standing": how, "number": given.number, "code": who, "expires": held.body.expires}
    known = any(held.body.number == given.number for held in state.all(Certificate).values())
    return {"standing": "differs" if known else "unknown", "number": given.number, "code": "", "expires": ""}
