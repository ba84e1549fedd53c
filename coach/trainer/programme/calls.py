"""Every call of the programme's page."""

from __future__ import annotations

from coach.trainer.programme import (
    aloud,
    certificates,
    instruments,
    people,
    printed,
    shown,
    tables,
    training,
    visit,
    visits,
    written,
)
from coach.trainer.programme.desk import ProgrammeDesk
from coach.trainer.programme.stick import Stick
from coach.web.calls import Call

ROOT = "/api/programme"


def programme_calls(desk: ProgrammeDesk, stick: Stick) -> list[Call]:
    one, single = f"{ROOT}/events/{{id}}", f"{ROOT}/visits/{{id}}"
    return [
        *_instruments(desk),
        *_people(desk),
        *_certificates(desk),
        Call("GET", ROOT, lambda _: shown.overview(desk)),
        Call("GET", one, lambda asked: training.event(desk, asked.path["id"])),
        Call("GET", f"{ROOT}/papers/{{kind}}", lambda asked: printed.paper(desk, asked.path["kind"], asked.query)),
        Call("POST", f"{ROOT}/places", lambda asked: written.place(desk, asked.body)),
        Call("POST", f"{ROOT}/people", lambda asked: written.people(desk, asked.body)),
        Call("POST", f"{ROOT}/mothers", lambda asked: written.mothers(desk, asked.body)),
        Call("POST", f"{ROOT}/events", lambda asked: written.event(desk, asked.body)),
        Call("POST", f"{one}/attendance", lambda asked: written.attendance(desk, asked.path["id"], asked.body)),
        Call("GET", f"{ROOT}/aloud/{{lang}}/{{clip}}", lambda a: aloud.clip(desk, a.path["lang"], a.path["clip"])),
        Call("POST", f"{one}/sheet", lambda asked: written.sheet(desk, asked.path["id"], asked.body)),
        Call("POST", f"{one}/tests", lambda asked: written.tests(desk, asked.path["id"], asked.body)),
        Call("POST", f"{ROOT}/practice", lambda asked: visits.practise(desk, asked.body)),
        Call("POST", f"{ROOT}/verdicts", lambda asked: written.verdict(desk, asked.body)),
        Call("GET", f"{ROOT}/referrals", lambda _: visits.referred(desk)),
        Call("POST", f"{ROOT}/referrals/{{id}}", lambda asked: visits.outcome(desk, asked.path["id"], asked.body)),
        Call("POST", f"{ROOT}/laptop", lambda asked: written.letter(desk, asked.body)),
        Call("POST", f"{ROOT}/teachings", lambda asked: written.teaching(desk, asked.body)),
        Call("POST", f"{ROOT}/visits", lambda asked: visits.plan(desk, asked.body)),
        Call("POST", f"{ROOT}/visits-table", lambda asked: tables.visits(desk, asked.body), tables.LARGEST),
        Call("GET", f"{ROOT}/visits-form", lambda _: tables.form(desk)),
        Call("GET", single, lambda asked: visit.visit(desk, asked.path["id"])),
        Call("POST", single, lambda asked: visits.visit(desk, asked.path["id"], asked.body)),
        Call("POST", f"{single}/double", lambda asked: visits.double(desk, asked.path["id"], asked.body)),
        Call("POST", f"{single}/flow", lambda asked: visits.flow(desk, asked.path["id"], asked.body)),
        Call("GET", f"{ROOT}/carried", lambda _: stick.weight()),
        Call("POST", f"{ROOT}/carried", lambda asked: stick.out(asked.body)),
        Call("POST", f"{ROOT}/sticks/{{id}}", lambda asked: stick.look(asked.path["id"], asked.body)),
        Call("POST", f"{ROOT}/sticks/{{id}}/taken", lambda asked: stick.take(asked.path["id"], asked.body)),
        Call("DELETE", f"{ROOT}/sticks/{{id}}", lambda asked: stick.cancel(asked.path["id"])),
        Call("POST", f"{ROOT}/settled", lambda asked: written.settle(desk, asked.body)),
    ]


def _instruments(desk: ProgrammeDesk) -> list[Call]:
    every = f"{ROOT}/instruments"
    one, most = f"{every}/{{id}}", 2 * instruments.LARGEST
    return [
        Call("GET", every, lambda _: instruments.listed(desk)),
        Call("POST", every, lambda asked: instruments.draft(asked.body), most),
        Call("GET", one, lambda asked: instruments.opened(desk, asked.path["id"])),
        Call("POST", one, lambda asked: instruments.save(desk, asked.path["id"], asked.body), most),
        Call("GET", f"{one}/text", lambda asked: instruments.text(desk, asked.path["id"])),
        Call("POST", f"{one}/version", lambda asked: instruments.use(desk, asked.path["id"], asked.body)),
        Call("POST", f"{one}/confirmation", lambda asked: instruments.confirm(desk, asked.path["id"], asked.body)),
    ]


def _people(desk: ProgrammeDesk) -> list[Call]:
    single, tables_ = f"{ROOT}/people/{{id}}", f"{ROOT}/roster"
    return [
        Call("GET", single, lambda asked: people.one(desk, asked.path["id"])),
        Call("POST", single, lambda asked: people.change(desk, asked.path["id"], asked.body)),
        Call("POST", f"{single}/qualification", lambda asked: people.qualify(desk, asked.path["id"], asked.body)),
        Call("POST", f"{single}/consent", lambda asked: people.agree(desk, asked.path["id"], asked.body)),
        Call("POST", f"{single}/erased", lambda asked: people.erase(desk, asked.path["id"], asked.body)),
        Call("POST", tables_, lambda asked: people.table_in(desk, asked.body), people.LARGEST),
        Call("GET", f"{tables_}/{{kind}}", lambda asked: people.table_out(desk, asked.path["kind"], asked.query)),
    ]


def _certificates(desk: ProgrammeDesk) -> list[Call]:
    every = f"{ROOT}/certificates"
    return [
        Call("POST", every, lambda asked: certificates.sign(desk, asked.body)),
        Call("GET", every, lambda asked: certificates.verify(desk, asked.query.get("text", ""))),
        Call("POST", f"{every}/{{id}}/revoked", lambda asked: certificates.revoke(desk, asked.path["id"], asked.body)),
    ]
