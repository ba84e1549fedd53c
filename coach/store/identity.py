"""The people of a session file against those who are known here: who is new, and what only a person can tell.

Nobody is taken for another silently: where a code is here already and means somebody else, or where a known person is
called otherwise, it is a clash, and nothing is taken in before somebody has settled it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from coach.domain import InputError
from coach.store import people, records, tombstones
from coach.store.database import Connection, insert, put
from coach.store.model import Person
from coach.store.tables import ALIASES, PEOPLE, Record

# code: the code is another person's here; details: the same person by another name or posyandu; unsaid: the file is an
# older coach's, which did not say who its codes are
Kind: TypeAlias = Literal["code", "details", "unsaid"]


@dataclass(frozen=True, slots=True)
class Clash:
    """What a person has to settle before a file is taken in."""

    kind: Kind
    here: Person
    there: Person  # as the file has her

    @property
    def code(self) -> str:
        """The file's."""
        return self.there.code


@dataclass(frozen=True, slots=True)
class Settled:
    """What a person says about clashes, by the file's codes."""

    same: frozenset[str] = frozenset()  # the person here who has this code; what is written of her here stays
    theirs: frozenset[str] = frozenset()  # she too, but her name and posyandu are as in the file from now on
    other: Mapping[str, str] = field(default_factory=dict)  # another person: code → the one that she gets here


NOTHING = Settled()


@dataclass(frozen=True, slots=True)
class Known:
    """Whom a record of the file means here."""

    record: Record  # as she is to be kept here; with her id
    alias: Record | None = None  # to be remembered of the file's id
    new: bool = False


def key(there: Record, session: Record | None) -> str:
    """The same for all files of which :func:`told` says the same."""
    whose = None if session is None else (session["kader"], session["person"])
    return repr((sorted(there.items()), whose))


def told(connection: Connection, there: Record, settled: Settled, session: Record | None = None) -> Known | Clash:
    """Whom a file's record means.

    :param there: with ``id``, empty in a file of an older coach, and ``also``, other ids of the same person
    :param session: the file's session as it is kept here already, of which she is the kader
    :raises InputError: person_code_taken where the code that she is to get is another's
    """
    ids = [one for one in (there["id"], *there["also"]) if one]
    mine, holder = people.with_id(connection, ids), people.with_code(connection, there["code"])
    if mine is None and session is not None and session["kader"] == there["code"]:
        mine = people.with_id(connection, [session["person"]])  # the same session is the same person's
        if mine is not None:
            return Known(_learned(mine, there), _alias(there, mine))
    if mine is not None:
        return _details(connection, mine, there, settled)
    if holder is None:
        return _added(there, there["code"])
    return _code(connection, holder, there, settled)


def _details(connection: Connection, mine: Record, there: Record, settled: Settled) -> Known | Clash:
    differs = any(there[name] and mine[name] and there[name] != mine[name] for name in ("name", "posyandu"))
    if not differs:
        return Known(_learned(mine, there))
    if there["code"] in settled.theirs:
        return Known(_theirs(mine, there), _alias(there, mine))
    known = [one for one in people.aliases(connection, mine["id"]) if one["id"] == there["id"]]
    as_before = bool(known) and all(there[name] in ("", known[0][name]) for name in ("name", "posyandu"))
    if as_before or there["code"] in settled.same:
        return Known(_learned(mine, there), None if as_before else _alias(there, mine))
    return Clash("details", person(mine), person(there))


def _code(connection: Connection, holder: Record, there: Record, settled: Settled) -> Known | Clash:
    code = there["code"]
    if code in settled.other:
        if people.with_code(connection, settled.other[code]) is not None:
            raise InputError("person_code_taken", code=settled.other[code])
        return _added(there, settled.other[code])
    if code in settled.theirs:
        return Known(_theirs(holder, there), _alias(there, holder))
    if code in settled.same:
        return Known(_learned(holder, there), _alias(there, holder))
    return Clash("code" if there["id"] else "unsaid", person(holder), person(there))


def _added(there: Record, code: str) -> Known:
    record = {name: there[name] for name in ("name", "role", "posyandu")}
    return Known(record | {"id": there["id"] or records.new_id(), "code": code}, new=True)


def _learned(mine: Record, there: Record) -> Record:
    """What is known here stays; what is not is learned."""
    return mine | {name: mine[name] or there[name] for name in ("name", "posyandu")}


def _theirs(mine: Record, there: Record) -> Record:
    return mine | {name: there[name] or mine[name] for name in ("name", "posyandu")}


def _alias(there: Record, mine: Record) -> Record | None:
    if not there["id"]:
        return None
    return {"id": there["id"], "person": mine["id"], "name": there["name"], "posyandu": there["posyandu"]}


def person(record: Record) -> Person:
    """A record of a file or of the store as a person."""
    return records.person({"id": ""} | record)


def taken(
    connection: Connection, theirs: Sequence[tuple[Record, Record | None]], settled: Settled
) -> Mapping[str, Record]:
    """Adds and updates the people of a file within the transaction that takes it in: the file's code → who she is here.

    :param theirs: each with the session as :func:`told` asks for it
    :raises InputError: import_clash for the first that is not settled, person_code_taken
    """
    by_code = {}
    for there, session in theirs:
        found = told(connection, there, settled, session)
        if isinstance(found, Clash):
            raise clash_error(found)
        record = found.record
        if tombstones.buried(connection, "person", [record["id"]]):
            here = None if found.new else people.with_id(connection, [record["id"]])
            record = record | {"name": here["name"] if here else ""}  # it was erased, and does not come back
        (insert if found.new else put)(connection, PEOPLE, record)
        for number in there["also"]:
            if found.new:
                insert(connection, ALIASES, {"id": number, "person": there["id"], "name": "", "posyandu": ""})
        if found.alias is not None:
            put(connection, ALIASES, found.alias)
        by_code[there["code"]] = record
    return by_code


def clash_error(clash: Clash) -> InputError:
    return InputError(f"import_clash_{clash.kind}", code=clash.code, here=label(clash.here), there=label(clash.there))


def label(person: Person) -> str:
    """A person in a few signs: her code, name and posyandu, as far as they are known."""
    more = ", ".join(part for part in (person.name, person.posyandu) if part)
    return f"{person.code} ({more})" if more else person.code


def decided(before: Settled, kind: str, code: str, new: str = "") -> Settled:
    """One decision more. Raises ValueError for a kind that is none."""
    if kind == "same":
        return replace(before, same=before.same | {code})
    if kind == "theirs":
        return replace(before, theirs=before.theirs | {code})
    if kind == "other":
        return replace(before, other={**before.other, code: new})
    raise ValueError(kind)
