"""Every call of the trainer's pages and who answers it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from coach.trainer import asking, backups, changes, diagram, films, listing, marks, phases, protocols, tables, view
from coach.trainer.imports import Imports
from coach.trainer.office import Office
from coach.trainer.papers import Papers
from coach.trainer.programme.calls import programme_calls
from coach.trainer.programme.stick import Stick
from coach.web.calls import Answer, Asked, Call, Content

ONE = "/api/sessions/{id}"


def calls(office: Office, imports: Imports, stick: Stick) -> list[Call]:
    papers = Papers(office, imports.scratch)
    return [
        *_lists(office),
        *_session(office),
        *_changes(office),
        *_imports(imports),
        *_tables(office, papers),
        *programme_calls(stick.desk, stick),
    ]


def _tables(office: Office, papers: Papers) -> list[Call]:
    return [
        Call("GET", "/api/progress", lambda asked: tables.progress(office, asked.query)),
        Call("GET", "/api/backup", lambda _: backups.about(office)),
        Call("POST", "/api/backup", lambda asked: backups.make(office, asked.body)),
        Call("GET", "/api/agreement", lambda asked: tables.agreement(office, asked.query)),
        Call("GET", "/api/agreement/picture", lambda asked: tables.picture(office, asked.query)),
        Call("GET", "/api/protocols", lambda _: office.shelf.listed()),
        Call("GET", "/api/protocols/{id}/text", lambda asked: protocols.text(office, asked.path["id"])),
        Call("GET", "/api/protocols/{id}/numbers", lambda asked: protocols.numbers(office, asked.path["id"])),
        Call("POST", "/api/protocols/check", lambda asked: protocols.checked(asked.body), protocols.LARGEST),
        Call("POST", "/api/protocols/save", lambda asked: protocols.save(office, asked.body), protocols.LARGEST),
        Call("POST", "/api/demonstrate", lambda asked: protocols.demonstrate(office, asked.body)),
        Call("GET", "/api/papers/{kind}", lambda asked: papers.paper(asked.path["kind"], asked.query)),
    ]


def _imports(imports: Imports) -> list[Call]:
    one = "/api/imports/{id}"

    def picture(asked: Asked) -> Answer:
        return imports.picture(asked.path["id"], asking.second(asked.query, "at_s") or 0.0)

    return [
        Call("GET", "/api/imports", lambda _: imports.listed()),
        Call("GET", one + "/picture", picture),
        Call("GET", one + "/guess", lambda asked: imports.guess(asked.path["id"])),
        Call("POST", one, lambda asked: imports.start(asked.path["id"], asked.body)),
        Call("DELETE", one, lambda asked: imports.cancel(asked.path["id"])),
    ]


def _lists(office: Office) -> list[Call]:
    return [
        Call("GET", "/api/trainer", lambda _: listing.about(office)),
        Call("GET", "/api/sessions", lambda asked: listing.sessions(office, asked.query)),
        Call("GET", "/api/people", lambda _: listing.people(office)),
        Call("PUT", "/api/people/{code}", lambda asked: listing.put_person(office, asked.path["code"], asked.body)),
    ]


def _session(office: Office) -> list[Call]:
    store = office.store

    def one(asked: Asked) -> Answer:
        rater = asking.word(asked.query, "rater")
        return view.whole(store, asked.path["id"], rater, asked.query.get("blind") == "1")

    def tracks(asked: Asked) -> Answer:
        return Content(office.sights.of(asked.path["id"]).bytes(), "application/octet-stream")

    def frame(asked: Asked) -> Answer:
        return films.frame(store, asked.path["id"], asking.second(asked.query, "at_s") or 0.0)

    return [
        Call("GET", ONE, one),
        Call("GET", ONE + "/revision", lambda asked: {"revision": store.revision(asked.path["id"])}),
        Call("GET", ONE + "/tracks", tracks),
        Call("GET", ONE + "/video", lambda asked: films.film(store, asked.path["id"])),
        Call("GET", ONE + "/frames", lambda asked: films.frames(store, asked.path["id"])),
        Call("GET", ONE + "/frame", frame),
        Call("GET", ONE + "/back/{segment}", lambda a: diagram.back(office, a.path["id"], a.path["segment"])),
        Call("GET", ONE + "/align", lambda asked: phases.align(office, asked.path["id"], asked.query)),
    ]


def _changes(office: Office) -> list[Call]:
    def with_body(work: Callable[[Office, str, Any], Answer]) -> Callable[[Asked], Answer]:
        return lambda asked: work(office, asked.path["id"], asked.body)

    def without(work: Callable[[Office, str], Answer]) -> Callable[[Asked], Answer]:
        return lambda asked: work(office, asked.path["id"])

    return [
        Call("POST", ONE + "/events", with_body(changes.correct)),
        Call("POST", ONE + "/ratings", with_body(changes.rate)),
        Call("POST", ONE + "/consent", with_body(changes.consent)),
        Call("POST", ONE + "/rescore", with_body(changes.rescore)),
        Call("GET", ONE + "/marks", lambda asked: marks.marks(office, asked.path["id"], asked.query)),
        Call("GET", ONE + "/marks/far", lambda asked: office.looking.far(asked.path["id"])),
        Call("POST", ONE + "/marks", with_body(marks.mark_anew)),
        Call("DELETE", ONE + "/marks", lambda asked: marks.take_mark_away(office, asked.path["id"], asked.query)),
        Call("PUT", ONE + "/belongs", with_body(changes.belongs)),
        Call("PUT", ONE + "/about", with_body(changes.describe)),
        Call("DELETE", ONE, without(changes.delete)),
        Call("DELETE", ONE + "/video", without(changes.delete_video)),
    ]
