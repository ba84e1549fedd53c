"""The programme's register: the store's entries as a state, and the ways to add to them.

A register is cheap to make and keeps what it has read for as long as nobody has added anything; threads may share one.
"""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from coach.collecting import without_collection
from coach.domain import InputError
from coach.programme import Body, Entry, State, entry, fold
from coach.programme.bodies import Confirmation, Erasure, Instrument, Laptop, Mother, Name, Person, Practice, Settled
from coach.programme.certifying import Practised
from coach.programme.erasing import about
from coach.programme.merging import Preview, merged, preview
from coach.programme.places import name_of
from coach.store import Person as StoredPerson
from coach.store import Store, enrolling, entries, records
from coach.store.days import day_of
from coach.store.laptop import Identity, identity, rename

_OF_PEOPLE = (Person.kind, Name.kind)
_COLUMN = {"body": "text"}  # where the store's word differs from the core's


@dataclass(frozen=True, slots=True)
class Added:
    """What came of joining."""

    new: int
    known: int
    gone: int


class Register:
    """:param store: open, and the caller's to close"""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._lock = threading.Lock()
        self._read: tuple[tuple[int, str], State] | None = None

    @property
    def own(self) -> Path:
        """The folder of the laptop's own instruments: one of the name of coach's stands in its place."""
        return self.store.folder / "instruments"

    # ------------------------------------------------------------------ reading

    def state(self) -> State:
        """What is so now. Read anew only where something was added since."""
        with self._lock:
            now = entries.standing(self.store)
            if self._read is None or self._read[0] != now:
                with without_collection():
                    self._read = now, fold(Entry(*row) for row in entries.read(self.store))
            return self._read[1]

    @property
    def laptop(self) -> Identity:
        """This laptop's id and letter; made at the first call."""
        return identity(self.store.folder)

    def practised(self) -> list[Practised]:
        """The sessions of the roster's people, oldest first. An exam is one by its mode or by an entry."""
        with without_collection():
            return self._practised(self.state())

    def _practised(self, state: State) -> list[Practised]:
        known, links = state.all(Person), {held.body.session: held.body for held in state.all(Practice).values()}
        alias = {here: there for there, here in enrolling.ids_meant(self.store).items() if there in known}
        found = []
        for row in enrolling.practised(self.store):
            link = links.get(row.session)
            person = row.person if row.person in known else alias.get(row.person, row.person)
            found.append(
                Practised(
                    session=row.session,
                    person=link.person if link else person,
                    day=day_of(row.created),
                    exam=row.mode == "exam" or (link is not None and link.exam),
                    percent=row.percent,
                    passed=row.passed,
                    manual=row.items,
                )
            )
        return found

    def unlisted(self) -> list[StoredPerson]:
        """People of coach's sessions who are not in the roster: listed with their own ids they stay who they are."""
        known = self.state().all(Person)
        return [person for person in self.store.people() if person.id not in known]

    # ------------------------------------------------------------------ adding

    def add(self, body: Body, author: str, subject: str = "", replaces: str = "") -> Entry:
        """Writes one entry down.

        :param author: the code of who says so
        :param subject: whom or what it is about; a new one where empty
        :param replaces: id of the entry that this one corrects
        :raises InputError: programme_no_author, programme_replaces_missing, store_…
        """
        return self.add_all([(body, subject, replaces)], author)[0]

    def change(self, body: Body, author: str, subject: str) -> Entry:
        """Corrects what counts of a subject now; its first entry where there is none."""
        head = self.state().heads.get(body.kind, {}).get(subject)
        return self.add(body, author, subject, "" if head is None else head.id)

    def add_all(self, bodies: Sequence[tuple[Body, str, str]], author: str) -> list[Entry]:
        """Several (body, subject, replaces), all of them or none."""
        if not author.strip():
            raise InputError("programme_no_author")
        state = self.state()
        made, newest = records.now(), entries.standing(self.store)[1]
        found = [] if Laptop.kind in state.heads and self._is_known(state) else [self._own(author, made)]
        for body, subject, replaces in bodies:
            if replaces and replaces not in state.entries:
                raise InputError("programme_replaces_missing", id=replaces[:60])
            made = records.after(made, newest)
            found.append(self._entry(body, subject or str(uuid.uuid4()), made, author, replaces))
            newest = made
        entries.add(self.store, [_row(one) for one in found])
        self._enrol({one.subject for one in found if one.kind in _OF_PEOPLE})
        return found[len(found) - len(bodies) :]

    def _enrol(self, subjects: set[str]) -> None:
        """The roster's people are those of the sessions, under the same ids."""
        if not subjects:
            return
        state = self.state()
        listed = [(id_, state.get(Person, id_), state.get(Name, id_)) for id_ in sorted(subjects)]
        people = [
            StoredPerson(
                code=body.code,
                name=name.name if name else "",
                role="kader" if "kader" in body.roles else "trainer",
                posyandu=name_of(state, body.place),
                id=id_,
            )
            for id_, body, name in listed
            if body is not None
        ]
        enrolling.enrol(self.store, people)

    def _is_known(self, state: State) -> bool:
        own = self.laptop
        body = state.get(Laptop, own.id)
        return body is not None and body.letter == own.letter

    def _own(self, author: str, made: str) -> Entry:
        own = self.laptop
        head = self.state().heads.get(Laptop.kind, {}).get(own.id)
        return self._entry(Laptop(letter=own.letter), own.id, made, author, "" if head is None else head.id)

    def _entry(self, body: Body, subject: str, made: str, author: str, replaces: str) -> Entry:
        return entry(
            body,
            id=str(uuid.uuid4()),
            subject=subject,
            made=made,
            author=" ".join(author.split())[:60],
            laptop=self.laptop.letter,
            replaces=replaces,
        )

    def rename_laptop(self, letter: str, author: str) -> None:
        """Gives this laptop another letter; what it wrote before keeps the old one.

        :raises InputError: programme_letter_bad, programme_letter_taken
        """
        taken = {held.body.letter for held in self.state().all(Laptop).values() if held.id != self.laptop.id}
        if letter.upper() in taken:
            raise InputError("programme_letter_taken", letter=letter.upper())
        rename(self.store.folder, letter.upper())
        self.add_all([], author)

    def instrument(self, text: str, digest: str, author: str) -> None:
        """Keeps an instrument's file, so that answers can be read wherever they are carried."""
        if self.state().get(Instrument, digest) is None:
            self.add(Instrument(text=text), author, digest)

    def confirm(self, digest: str, by: str, author: str, note: str = "") -> Entry:
        """A midwife (id ``by``) stands by a draft.

        :raises InputError: programme_not_midwife
        """
        person = self.state().get(Person, by)
        if person is None or "midwife" not in person.roles:
            raise InputError("programme_not_midwife")
        return self.add(Confirmation(by=by, note=note), author, digest)

    # ------------------------------------------------------------------ settling, taking away, joining

    def settle(self, chosen: str, over: Iterable[str], author: str) -> Entry:
        """Of corrections that contradict each other one counts; the others stay to be read.

        :raises InputError: programme_replaces_missing
        """
        found = self.state().entries
        others = tuple(id_ for id_ in over if id_ != chosen)
        for id_ in (chosen, *others):
            if id_ not in found:
                raise InputError("programme_replaces_missing", id=id_[:60])
        return self.add(Settled(chosen=chosen, over=others), author, found[chosen].subject)

    def erase(self, subject: str, author: str, reason: str = "withdrawn") -> int:
        """Takes away all that is known of a subject, here at once and elsewhere at the next joining.

        :returns: how many entries went
        """
        state = self.state()
        gone = [one.id for one in state.entries.values() if one.kind != "erasure" and subject in about(one)]
        made = records.after(records.now(), entries.standing(self.store)[1])
        body = Erasure.model_validate({"reason": reason})
        # A tombstone has no content, and nobody's code either: the author may be who is erased.
        mark = self._entry(body, subject, made, "-", "")
        if not author.strip():
            raise InputError("programme_no_author")
        entries.add(self.store, [_row(mark)], gone)
        self._forget(state, subject)
        return len(gone)

    def _forget(self, before: State, subject: str) -> None:
        """What the sessions know of one who is erased goes too."""
        enrolling.forget(self.store, subject)
        if (mother := before.get(Mother, subject)) is not None:
            enrolling.forget_mother(self.store, mother.code, "-")

    def preview(self, given: Iterable[Entry]) -> Preview:
        """What joining with another laptop's entries would do; nothing is changed."""
        with without_collection():
            return preview(self.state().entries.values(), given)

    def join(self, given: Iterable[Entry]) -> Added:
        """Takes in another laptop's entries."""
        with without_collection():
            return self._join(given)

    def _join(self, given: Iterable[Entry]) -> Added:
        theirs = {one.id: one for one in given}
        state = self.state()
        here = state.entries
        after = merged(here.values(), theirs.values())
        new = [one for one in after.values() if one.id not in here]
        gone = [id_ for id_ in here if id_ not in after]
        entries.add(self.store, [_row(one) for one in new], gone)
        for one in new:
            if one.kind == "erasure":
                self._forget(state, one.subject)
        self._enrol({one.subject for one in new if one.kind in _OF_PEOPLE})
        return Added(len(new), sum(id_ in here for id_ in theirs), len(gone))


def _row(one: Entry) -> dict[str, str]:
    return {column: getattr(one, _COLUMN.get(column, column)) for column in entries.COLUMNS}
