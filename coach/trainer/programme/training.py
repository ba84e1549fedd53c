"""One training day as the page shows it: who was there, the tests, what was practised, and who is ready."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from coach.domain import InputError
from coach.instruments import TestSheet
from coach.programme import State
from coach.programme.bodies import Attendance, Event, KnowledgeTest, Practice
from coach.programme.certifying import conditions, is_ready, is_whole, latest, since, standing
from coach.programme.chain import may_teach
from coach.programme.knowledge import code, marked, ordered
from coach.programme.people import shown
from coach.programme.state import Held
from coach.trainer.programme.aloud import spoken
from coach.trainer.programme.desk import ProgrammeDesk, today
from coach.trainer.programme.shown import counts_of, event_row

Json = dict[str, Any]
OCCASIONS = ("first", "last", "later")


def event(desk: ProgrammeDesk, id_: str) -> Json:
    """One event with who was there, the answers given, and who is ready for the certificate.

    :raises InputError: programme_event_missing
    """
    state, day = desk.state, today()
    held = state.all(Event).get(id_)
    if held is None:
        raise InputError("programme_event_missing")
    attendance = {a.body.person: a.body.state for a in state.all(Attendance).values() if a.body.event == id_}
    sheets, meant = desk.sheets(state), desk.sheet_of(state, id_)
    tests: dict[str, dict[str, Json]] = {occasion: {} for occasion in OCCASIONS}
    for one in state.all(KnowledgeTest).values():
        if one.body.event == id_ and one.body.occasion in tests and one.body.instrument in sheets:
            score = marked(one.body, sheets[one.body.instrument])
            tests[one.body.occasion][one.body.person] = {"answers": dict(one.body.answers), "right": score.right}
    there = [p for p, how in attendance.items() if how != "absent"]
    return {
        **event_row(state, held, *counts_of(state)),
        "attendance": attendance,
        "tests": tests,
        "sheet": _sheet(desk, meant),
        "whys": _whys(meant, tests["last"], len(there)),
        "practices": _practices(desk, state, held, there),
        "ready": ready(desk, state, there, day),
    }


def _practices(desk: ProgrammeDesk, state: State, event: Held[Event], there: list[str]) -> list[Json]:
    """What was practised for this event, and besides on its day by those who were there; the last first.

    A session of this event that tells nothing of how she gets on (undecided, damaged, stopped) is shown, not counted.
    """
    bound = {held.body.session: held.body for held in state.all(Practice).values() if held.body.event == event.id}
    counted = [
        one
        for one in desk.register.practised()
        if one.session in bound or (one.person in there and one.day == event.body.date)
    ]
    known = {one.session for one in counted}
    rows = [row for row, _, _ in desk.office.store.lines([id_ for id_ in bound if id_ not in known])]
    beside = [(row, bound[row.id]) for row in rows if row.state == "finished"]
    return [
        *(
            _practice(r.id, link.person, r.percent, r.passed, exam=link.exam) | {"verdict": r.verdict}
            for r, link in beside
        ),
        *(
            _practice(one.session, one.person, one.percent, one.passed, exam=one.exam)
            | {"bound": one.session in bound, "counts": True}
            for one in reversed(counted)
        ),
    ]


def _practice(session: str, person: str, percent: float | None, passed: bool | None, *, exam: bool) -> Json:
    known = {"session": session, "person": person, "exam": exam, "percent": percent, "passed": passed}
    return known | {"bound": True, "counts": False, "verdict": ""}


def _sheet(desk: ProgrammeDesk, sheet: TestSheet) -> Json:
    """The statements without their answers, in the order of each occasion's sheet."""
    return {
        "version": sheet.version,
        "newest": None if sheet.digest == desk.test.digest else desk.test.version,
        "statements": {s.id: s.text.model_dump() for s in sheet.statements},
        "aloud": spoken(desk, sheet),
        "order": {occasion: [s.id for s in ordered(sheet, occasion)] for occasion in OCCASIONS},
        "code": {occasion: code(sheet, occasion) for occasion in OCCASIONS},
    }


def _whys(sheet: TestSheet, last: dict[str, Json], there: int) -> list[Json]:
    """Each statement's answer and why, the one that fewest knew first; only when the last test is through."""
    if not there or len(last) < there:
        return []
    known = {
        s.id: sum(t["answers"].get(s.id) == str(s.answer).lower() for t in last.values()) for s in sheet.statements
    }
    ranked = sorted(sheet.statements, key=lambda s: known[s.id])
    return [
        {"id": s.id, "answer": s.answer, "why": s.why.model_dump(), "right": known[s.id], "of": len(last)}
        for s in ranked
    ]


def ready(desk: ProgrammeDesk, state: State, people: list[str], day: str) -> list[Json]:
    """Who has what the certificate asks for, a row a person."""
    practised, sheets = desk.register.practised(), desk.sheets(state)
    rows = []
    for person in people:
        held = latest(state, person, day)
        how = None if held is None else standing(state, held, day, desk.rules.certificate.warn_days)
        # What she has a certificate for stays shown as done, until it is time to renew it.
        begin = since(state, person) if how in (None, "expiring") else ""
        found = conditions(state, desk.rules, person, practised, sheets, desk.form.pass_mark, begin)
        teaching = may_teach(state, desk.rules, person, day, desk.form.pass_mark)
        rows.append(
            {
                "person": person,
                "who": shown(state, person),
                "conditions": [asdict(c) | {"evidence": len(c.evidence)} for c in found],
                "ready": is_ready(found),
                "whole": is_whole(found),
                "certificate": None
                if held is None
                else {"number": held.body.number, "provisional": held.body.provisional, "standing": how},
                "may_teach": teaching.met,
            }
        )
    return rows
