"""The tests, forms and rules on the page: read, changed as the laptop's own copies, confirmed by a midwife.

A version that was kept once is never lost: the register holds its text, and answers go on naming it by its digest.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import asdict
from typing import Any

from coach.domain import InputError
from coach.instruments import Instrument, Rules, VisitForm, edit, files, parse
from coach.instruments.check import check
from coach.instruments.files import InstrumentError
from coach.programme import State, bodies
from coach.programme.people import shown
from coach.protocol.edit import Change
from coach.trainer import asking
from coach.trainer.programme.desk import ProgrammeDesk
from coach.trainer.protocols import MOST_CHANGES, is_value
from coach.trainer.shelf import keep, withdraw
from coach.trainer.words import mistakes, title
from coach.web.calls import Content

Json = dict[str, Any]
LARGEST = 200_000  # characters of a file: what the register takes


def listed(desk: ProgrammeDesk) -> list[Json]:
    """Each file that counts on this laptop, with all its versions that are known here."""
    state = desk.state
    answers = _answers(state)
    return [_one(desk, state, name, answers) for name in files.names(desk.own)]


def _one(desk: ProgrammeDesk, state: State, name: str, answers: Counter[str]) -> Json:
    found = files.load(name, desk.own)
    kept = {digest: parse(held.body.text.encode()) for digest, held in state.all(bodies.Instrument).items()}
    versions = {found.digest: found} | {digest: one for digest, one in kept.items() if one.id == found.id}
    return {
        "name": name,
        "kind": found.kind,
        "title": title(found.title),
        "own": files.find(name, desk.own).parent == desk.own,
        "given": name in files.names(),
        "draft": found.draft and found.digest not in state.all(bodies.Confirmation),
        "versions": [_version(state, one, one.digest == found.digest, answers) for one in versions.values()],
    }


def _version(state: State, one: Instrument, now: bool, answers: Counter[str]) -> Json:
    word = state.all(bodies.Confirmation).get(one.digest)
    return {
        "digest": one.digest,
        "version": one.version,
        "now": now,
        "answers": answers[one.digest],
        "confirmed": None if word is None else {"by": shown(state, word.body.by), "made": word.entry.made},
    }


def _answers(state: State) -> Counter[str]:
    """How many answers name each digest."""
    given = [held.body.instrument for held in state.all(bodies.KnowledgeTest).values()]
    given += [held.body.instrument for held in state.all(bodies.Visit).values() if held.body.screening]
    given += [held.body.instrument for held in state.all(bodies.Flow).values()]
    return Counter(given + [held.body.rules for held in state.all(bodies.Certificate).values()])


def text(desk: ProgrammeDesk, name: str) -> Content:
    """:raises InputError: instrument_missing, protocol_unreadable"""
    return Content(files.read(name, desk.own), "text/plain; charset=utf-8")


def opened(desk: ProgrammeDesk, name: str) -> Json:
    """A file as it is to be changed. Raises InputError: instrument_missing, protocol_unreadable"""
    return _draft(files.read(name, desk.own))


def draft(body: Any) -> Json:
    """A text with changes, an added or a removed line; nothing is kept.

    :param body: {text, changes: [[place, value], …], add: list, remove: [list, id]}
    :returns: {text, fields (none where the text is no TOML), lists, choices (of which questions), mistakes}
    :raises InputError: body_bad, query_bad
    """
    return _draft(_drafted(asking.fields(body)))


def save(desk: ProgrammeDesk, name: str, body: Any) -> Json:
    """Keeps a changed file as the laptop's own copy, a draft until it is confirmed; what was answered stays as it is.

    :param body: {author, version, text, changes}
    :raises InputError: instrument_bad with all mistakes, instrument_other, instrument_unchanged, protocol_missing, …
    """
    given = asking.fields(body)
    author, version = asking.word(given, "author"), asking.word(given, "version")
    before = files.load(name, desk.own)
    data = _drafted(given)
    if problems := check(data):
        raise InstrumentError(name, problems)
    data = edit.kept(data, version or before.version)
    found = files.good(data, name)
    _fits(desk, before, found)
    _put(desk, name, data, found, author)
    return {"digest": found.digest, "version": found.version}


def use(desk: ProgrammeDesk, name: str, body: Any) -> None:
    """Makes a version that is known here the one that counts: an older one, or one from another laptop.

    :param body: {author, digest}; without a digest, the version that comes with coach
    :raises InputError: instrument_missing, instrument_other
    """
    given = asking.fields(body)
    author, digest = asking.word(given, "author"), asking.word(given, "digest")
    before = files.load(name, desk.own)
    if not digest:
        desk.register.instrument(files.read(name, desk.own).decode(), before.digest, author)
        files.load(name)  # there must be one that comes with coach
        withdraw(desk.own / f"{name}.toml")
        return
    held = desk.state.get(bodies.Instrument, digest)
    if held is None:
        raise InputError("instrument_missing", name=digest[:12], known=", ".join(files.names(desk.own)))
    data = held.text.encode()
    found = files.good(data, name)
    _fits(desk, before, found)
    _put(desk, name, data, found, author)


def confirm(desk: ProgrammeDesk, name: str, body: Any) -> None:
    """A midwife of the roster stands by the version that counts now.

    :param body: {author, by: her id, digest: what she has read}
    :raises InputError: programme_not_midwife, instrument_changed
    """
    given = asking.fields(body)
    author, found = asking.word(given, "author"), files.load(name, desk.own)
    if asking.word(given, "digest") != found.digest:
        raise InputError("instrument_changed")
    desk.keep(name, author)
    desk.register.confirm(found.digest, asking.word(given, "by"), author)


def _put(desk: ProgrammeDesk, name: str, data: bytes, found: Instrument, author: str) -> None:
    before = files.load(name, desk.own)
    desk.register.instrument(files.read(name, desk.own).decode(), before.digest, author)
    desk.register.instrument(data.decode(), found.digest, author)
    keep(desk.own / f"{name}.toml", data)


def _fits(desk: ProgrammeDesk, before: Instrument, found: Instrument) -> None:
    """Whether a file may stand in the place of another: what it names must be there.

    :raises InputError: instrument_other, instrument_unchanged, instrument_missing, instrument_kind,
        instrument_no_item, protocol_missing
    """
    if (before.id, before.kind) != (found.id, found.kind):
        raise InputError("instrument_other", id=before.id, kind=before.kind)
    if before.digest == found.digest:
        raise InputError("instrument_unchanged")
    if isinstance(found, VisitForm):
        desk.office.shelf.rules(found.protocol)
    if isinstance(found, Rules):
        items = [item.id for item in desk.office.shelf.rules(found.protocol).manual]
        if other := set(found.certificate.manual) - set(items):
            raise InputError("instrument_no_item", given=", ".join(sorted(other)), known=", ".join(items))
        desk.uses(found)


def _draft(data: bytes) -> Json:
    problems = check(data)
    told = mistakes(InstrumentError("", problems)) if problems else []
    try:
        found = [asdict(one) for one in edit.fields(data)]
        raw = tomllib.loads(data.decode())
    except (ValueError, RecursionError):  # no TOML: only the text can be mended
        return {"text": data.decode("utf-8", "replace"), "fields": None, "lists": [], "choices": [], "mistakes": told}
    lists = [name for name in edit.LISTS if isinstance(raw.get(name), list)]
    choices = edit.with_choices(raw)
    return {"text": data.decode(), "fields": found, "lists": lists, "choices": choices, "mistakes": told}


def _drafted(given: Any) -> bytes:
    whole = given.get("text")
    if not isinstance(whole, str) or len(whole) > LARGEST:
        raise InputError("body_bad")
    data = whole.encode("utf-8", "replace")
    changes, add, remove = _changes(given.get("changes") or []), asking.word(given, "add"), given.get("remove")
    if not (changes or add or remove):
        return data
    try:
        data = edit.changed(data, changes)
        if add:
            data = edit.added(data, add)
        if remove:
            data = edit.removed(data, *asking.names(given, "remove", 2))
    except (LookupError, TypeError, ValueError, StopIteration) as error:
        raise InputError("protocol_place") from error
    return data


def _changes(given: Any) -> list[Change]:
    """:raises InputError: query_bad"""
    fits = isinstance(given, list) and len(given) <= MOST_CHANGES
    if not fits or not all(isinstance(one, list) and len(one) == 2 and isinstance(one[0], list) for one in given):
        raise InputError("query_bad", name="changes")
    if not all(is_value(value) for _, value in given):
        raise InputError("query_bad", name="changes")
    return [(tuple(place), value) for place, value in given]
