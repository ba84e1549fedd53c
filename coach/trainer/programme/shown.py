"""What is so now, as the page shows it: JSON-ready."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import Any

from coach.programme import Entry, State
from coach.programme.bodies import (
    Attendance,
    Certificate,
    Confirmation,
    Event,
    Flow,
    KnowledgeTest,
    Mother,
    Person,
    Place,
    Referral,
    Visit,
)
from coach.programme.certifying import Practised, expiring, idle, standing
from coach.programme.chain import Branch, by_generation, chain, tree
from coach.programme.clashes import clashes
from coach.programme.milk import counts
from coach.programme.people import roster, shown
from coach.programme.places import name_of
from coach.programme.state import Held
from coach.programme.visiting import missed, rating, stops
from coach.trainer.programme.desk import ProgrammeDesk, today

Json = dict[str, Any]
WAITING = ("planned", "postponed")  # states of visits that are still to be made


def overview(desk: ProgrammeDesk) -> Json:
    """All that the page needs at its start. Who asks meanwhile waits, and does not read it all again."""
    with desk.reading:
        return _overview(desk)


def _overview(desk: ProgrammeDesk) -> Json:
    state, day = desk.state, today()
    practised, learned = desk.register.practised(), chain(state)
    used = tuple(one.digest for one in (desk.test, desk.form, desk.milk, desk.rules))
    return {
        **desk.kept("overview", state, (day, used), lambda: _standing(desk, state, day)),
        "lists": desk.kept("lists", state, (day, used), lambda: _lists(desk, state, day))
        | _idle(desk, state, practised, day),
        "generations": [asdict(scores) for scores in by_generation(learned, practised)],
        "instruments": instruments(desk, state),
    }


def _standing(desk: ProgrammeDesk, state: State, day: str) -> Json:
    """What hangs on the register alone, whatever was practised."""
    return {
        "today": day,
        "laptop": desk.register.laptop.letter,
        "last_seen": dict(state.last_seen),
        "places": [{"id": held.id, **held.body.model_dump()} for held in state.all(Place).values()],
        "people": [asdict(one) for one in roster(state)],
        "mothers": [
            {"id": held.id, "code": held.body.code, "place": name_of(state, held.body.place)}
            for held in state.all(Mother).values()
        ],
        "events": _events(state),
        "visits": visits(desk, state, day),
        "clashes": [_clash(state, clash.kind, clash.what, clash.entries) for clash in clashes(state)],
        "chain": [_branch(state, branch) for branch in tree(chain(state))],
        "milk": asdict(counts(state, desk.milk)),
    }


def instruments(desk: ProgrammeDesk, state: State) -> Json:
    """The statements without their answers: these are shown after the last test alone."""
    confirmed = state.all(Confirmation)
    protocol = desk.protocol
    return {
        "drafts": [
            f.id for f in (desk.test, desk.form, desk.milk, desk.rules) if f.draft and f.digest not in confirmed
        ],
        "test": {"title": desk.test.title.model_dump(), "pass_mark": desk.test.pass_mark},
        "visit": {
            "pass_mark": desk.form.pass_mark,
            "planned": desk.form.planned.model_dump(),
            "screening": [{"id": q.id, "text": q.text.model_dump()} for q in desk.form.screening],
            "refer_to": desk.form.refer_to,
            "observers": list(desk.form.observers),
            "movements": [{"id": s.id, "title": s.title.model_dump()} for s in protocol.segments],
            "manual": [{"id": m.id, "title": m.title.model_dump()} for m in protocol.manual],
        },
        "milk": [q.model_dump(mode="json") for q in desk.milk.questions],
        "manual": list(desk.rules.certificate.manual),
        "hours": desk.rules.hours,
    }


def _events(state: State) -> list[Json]:
    """The newest first."""
    counted = counts_of(state)
    return [event_row(state, held, *counted) for held in reversed(list(state.all(Event).values()))]


def counts_of(state: State) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    """By event who was there, and by event and occasion how many tests: counted once for all events."""
    there = (held.body for held in state.all(Attendance).values())
    present = Counter(one.event for one in there if one.state in ("present", "late"))
    return present, Counter((held.body.event, held.body.occasion) for held in state.all(KnowledgeTest).values())


def event_row(state: State, held: Held[Event], present: Counter[str], tests: Counter[tuple[str, str]]) -> Json:
    body = held.body
    return {
        "id": held.id,
        "type": body.type,
        "date": body.date,
        "title": body.title,
        "place": name_of(state, body.place),
        "place_id": body.place,
        "trainers": [shown(state, person) for person in body.trainers],
        "present": present[held.id],
        "first": tests[held.id, "first"],
        "last": tests[held.id, "last"],
    }


def visits(desk: ProgrammeDesk, state: State, day: str) -> Json:
    """Those that wait, and the latest of those that are over."""
    every = list(state.all(Visit).values())
    waiting = [h for h in every if h.body.state in WAITING]
    over = sorted((h for h in every if h.body.state not in WAITING), key=lambda h: h.body.date, reverse=True)
    late = missed(state, day)
    asked_again = {h.body.visit for h in state.all(Flow).values() if h.body.when == "next_day"}
    return {
        "today": [_visit(state, h) for h in waiting if h.body.date == day],
        "missed": [_visit(state, h) for h in late],
        "coming": [_visit(state, h) for h in sorted(waiting, key=lambda h: h.body.date) if h.body.date > day][:200],
        "over": [_visit(state, h) | {"next_day": h.id in asked_again} for h in over[:200]],
        "referrals": sum(1 for _ in state.all(Referral)),
        "pass_mark": desk.form.pass_mark,
    }


def _visit(state: State, held: Held[Visit]) -> Json:
    body = held.body
    mother = state.get(Mother, body.mother)
    return {
        "id": held.id,
        "kader": shown(state, body.kader),
        "mother": mother.code if mother else "?",
        "date": body.date,
        "ordinal": body.ordinal,
        "state": body.state,
        "percent": rating(body).percent if body.state == "done" else None,
        "stops": stops(body),
        "observer": shown(state, body.observer) if body.observer else "",
        "countersigned": bool(body.countersigned_by),
    }


def _idle(desk: ProgrammeDesk, state: State, practised: list[Practised], day: str) -> Json:
    days = desk.rules.certificate.idle_days
    found = idle(state, practised, day, days)
    return {"idle": [{"who": shown(state, person), "last": last} for person, last in found], "idle_days": days}


def _lists(desk: ProgrammeDesk, state: State, day: str) -> Json:
    rule = desk.rules.certificate
    return {
        "expiring": [
            {"who": shown(state, h.body.person), "number": h.body.number, "expires": h.body.expires}
            for h in expiring(state, day, rule.warn_days)
        ],
        "certificates": [
            {
                "id": h.id,
                "who": shown(state, h.body.person),
                "number": h.body.number,
                "issued": h.body.issued,
                "expires": h.body.expires,
                "standing": standing(state, h, day, rule.warn_days),
            }
            for h in state.all(Certificate).values()
        ],
    }


def _clash(state: State, kind: str, what: str, ids: tuple[str, ...]) -> Json:
    """The sides of a contradiction; a person is shown, an entry tells who wrote it, when and where."""
    found = [state.entries[id_] for id_ in ids if id_ in state.entries]
    sides = [
        {
            "entry": e.id,
            "subject": e.subject,
            "author": e.author,
            "laptop": e.laptop,
            "made": e.made,
            "says": _says(state, e),
        }
        for e in found
    ]
    return {"kind": kind, "what": what, "sides": sides}


def _says(state: State, one: Entry) -> Json:
    """What an entry says, with people, mothers and places by what they are called."""
    return {name: _called(state, value) for name, value in one.fields.items()}


def _called(state: State, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if value in state.all(Person):
        return shown(state, value)
    mother = state.get(Mother, value)
    return mother.code if mother is not None else name_of(state, value) or value


def _branch(state: State, branch: Branch) -> Json:
    return {
        "who": shown(state, branch.learned.person),
        "generation": branch.learned.generation,
        "day": branch.learned.day,
        "trainees": [_branch(state, one) for one in branch.trainees],
    }
