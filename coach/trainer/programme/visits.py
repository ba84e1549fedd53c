"""Home visits as the page writes them down: planned, done or put off, the mother's milk, what came of a referral."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from pydantic import ValidationError

from coach.domain import InputError
from coach.occasions import Occasion, code_for, describe
from coach.programme import Body
from coach.programme.bodies import Flow, Mother, Outcome, Referral, Visit
from coach.programme.milk import answered, called_for, outcome_of
from coach.programme.people import code_of
from coach.programme.state import State
from coach.programme.visiting import is_screened, planned, stops
from coach.trainer import asking
from coach.trainer.programme.desk import ProgrammeDesk, today
from coach.trainer.programme.given import body_of, given_by, listed

Json = dict[str, Any]


def practise(desk: ProgrammeDesk, body: Any) -> Json:
    """The address of a practice or exam of one person for an event, or of a visit's kader; its result comes back there.

    :raises InputError: practise_not_started, programme_event_missing, programme_visit_missing, programme_stopped
    """
    given, author = given_by(body)
    occasion = Occasion(asking.word(given, "event"), asking.word(given, "visit"), author)
    if occasion.visit and "screening" in given:
        visit(desk, occasion.visit, {"author": author, "screening": given["screening"]})
    code = code_for(desk.register, occasion, asking.word(given, "person"))
    asked = {"code": code, "event": occasion.event, "visit": occasion.visit, "by": author}
    asked["mode"] = "exam" if asking.flag(given, "exam") else ""
    told = urlencode({name: value for name, value in asked.items() if value})
    return {"address": f"{desk.practise()}&{told}"}


def plan(desk: ProgrammeDesk, body: Any) -> Json:
    """Visits of each chosen kader to her mother, spread over the days that the form allows."""
    given, author = given_by(body)
    pairs = [(asking.word(p, "kader"), asking.word(p, "mother")) for p in map(asking.fields, listed(given, "pairs"))]
    try:
        made = planned(pairs, asking.word(given, "first"), desk.form)
    except (ValidationError, ValueError) as error:
        raise InputError("programme_field_bad", name="first") from error
    desk.register.add_all([(visit, "", "") for visit in made], author)
    return {"number": len(made)}


def visit(desk: ProgrammeDesk, id_: str, body: Any) -> Json:
    """What came of a visit. A safety question answered with yes makes a referral, and no massage is taken in.

    :raises InputError: programme_visit_missing, programme_not_screened, programme_stopped, programme_field_bad
    """
    given, author = given_by(body)
    held = desk.state.all(Visit).get(id_)
    if held is None:
        raise InputError("programme_visit_missing")
    names = (
        "state",
        "date",
        "form",
        "observer",
        "screening",
        "ratings",
        "manual",
        "minutes",
        "session",
        "countersigned_by",
    )
    changed = {name: given[name] for name in names if name in given}
    answered = {"screening", "ratings", "manual"} & given.keys()
    fields = held.body.model_dump() | changed | ({"instrument": desk.form.digest} if answered else {})
    made = body_of(Visit, fields)
    entries: list[tuple[Body, str, str]] = []
    if stops(made):
        if made.ratings or made.state == "done":
            raise InputError("programme_stopped")
        made = made.model_copy(update={"state": "referred"})
        reason = ", ".join(stops(made))
        refer = {"mother": made.mother, "visit": id_, "date": made.date, "reason": reason, "to": desk.form.refer_to}
        entries.append((body_of(Referral, refer), "", ""))
    elif made.state == "done" and not is_screened(made, desk.form):
        raise InputError("programme_not_screened")
    if answered:
        desk.keep(desk.rules.instruments["visit"], author)
    desk.register.add_all([(made, id_, held.entry.id), *entries], author)
    if given.get("session") and desk.office.store.knows(made.session):  # a film is not yet: it says so as it comes in
        describe(desk.register, made, made.session)
    return {"state": made.state}


def double(desk: ProgrammeDesk, id_: str, body: Any) -> None:
    """Takes away a visit that is there twice, here and on other laptops; the other one stays.

    :raises InputError: programme_visit_missing, programme_no_author
    """
    _, author = given_by(body)
    if id_ not in desk.state.all(Visit):
        raise InputError("programme_visit_missing")
    desk.register.erase(id_, author, "double")


def flow(desk: ProgrammeDesk, visit_id: str, body: Any) -> Json:
    """The mother's own answers, before, after or on the next day; they are nobody's score.

    :returns: why she is to be referred by the form's rules, as far as her answers call for it anew
    """
    given, author = given_by(body)
    held = desk.state.all(Visit).get(visit_id)
    if held is None:
        raise InputError("programme_visit_missing")
    fields = {"mother": held.body.mother, "visit": visit_id, "instrument": desk.milk.digest, "date": today()}
    known = {q.id for q in desk.milk.questions if given.get("when") in q.when}
    if set(asking.fields(given.get("answers"))) - known:
        raise InputError("programme_field_bad", name="answers")
    made = body_of(Flow, fields | {"when": given.get("when"), "answers": given["answers"]})
    called = called_for(desk.state, made, desk.milk, desk.office.lang)
    before = answered(desk.state, visit_id, made.when)
    desk.keep(desk.rules.instruments["outcome"], author)
    replaced = ("", "") if before is None else (before.id, before.entry.id)
    desk.register.add_all([(made, *replaced), *((one, "", "") for one in called)], author)
    return {"referrals": [{"to": one.to, "reason": one.reason} for one in called]}


def referred(desk: ProgrammeDesk) -> list[Json]:
    """All referrals, the newest first, with what came of each."""
    state = desk.state
    came = {held.body.referral: held.body.state for held in state.all(Outcome).values()}
    return [
        {
            "id": held.id,
            "date": held.body.date,
            "mother": _whose(state, held.body),
            "to": held.body.to,
            "reason": held.body.reason,
            "outcome": came.get(held.id, ""),
        }
        for held in reversed(list(state.all(Referral).values()))
    ]


def _whose(state: State, body: Referral) -> str:
    mother = state.get(Mother, body.mother)
    return mother.code if mother else code_of(state, body.person)


def outcome(desk: ProgrammeDesk, referral: str, body: Any) -> None:
    """What came of a referral; a later word takes the place of an earlier one.

    :param body: {author, state: came, not_come, unknown}
    :raises InputError: programme_referral_missing, programme_field_bad, programme_no_author
    """
    given, author = given_by(body)
    state = desk.state
    held = state.all(Referral).get(referral)
    if held is None:
        raise InputError("programme_referral_missing")
    fields = {"referral": referral, "mother": held.body.mother, "person": held.body.person, "date": today()}
    made, before = body_of(Outcome, fields | {"state": given.get("state")}), outcome_of(state, referral)
    desk.register.add(made, author, *(() if before is None else (before.id, before.entry.id)))
