"""The programme's entries in SQLite and in PostgreSQL, in the journal, and gone when they are erased."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from coach.domain import InputError
from coach.programme import fold
from coach.programme.bodies import Name, Person
from coach.register import Register
from coach.store import Store, open_store, repair
from coach.store.entries import JOURNAL
from coach.store.laptop import identity
from tests.programme.made import Writer, paper, uid
from tests.store.made import new, result


def test_a_register_reads_what_was_written(store: Store) -> None:
    register = Register(store)
    rina = register.add(Person(code="K01"), "T1")
    register.change(Person(code="K02"), "T1", rina.subject)
    state = register.state()
    assert [held.body.code for held in state.all(Person).values()] == ["K02"]
    assert register.state() is state  # nothing was added
    assert Register(store).state() == state
    assert {one.laptop for one in state.entries.values()} == {register.laptop.letter}


def test_joining_twice_adds_once(store: Store) -> None:
    register = Register(store)
    entries = paper().entries
    assert (register.join(entries).new, register.join(entries).new) == (len(entries), 0)
    assert register.state() == fold(entries)
    assert register.join(reversed(entries)).known == len(entries)


def test_an_erased_person_is_in_no_file_and_no_older_entry_brings_her_back(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        register = Register(store)
        entries = [*paper().entries, Writer("B").write(Name(name="Sari Dewi"), uid("kader", 3))]
        register.join(entries)
        assert b"Sari Dewi" in (tmp_path / JOURNAL).read_bytes()
        assert register.erase(uid("kader", 3), "T1") == 6  # person, name, two attendances, two tests
        register.join(entries)
        assert uid("kader", 3) not in register.state().all(Person)
        for file in tmp_path.rglob("*"):
            assert not file.is_file() or b"Sari Dewi" not in file.read_bytes(), file


def test_the_database_is_had_again_from_the_journal(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        register = Register(store)
        register.join(paper().entries)
        register.add(Name(name='"tab\t\nline'), " T\t1 ", uid("kader", 1))
        register.erase(uid("kader", 0), "T1")
        before = register.state()
    with (tmp_path / JOURNAL).open("ab") as stream:
        stream.write(b"0badcafe torn")
    (tmp_path / "coach.db").write_bytes(b"no database")
    for file in tmp_path.glob("coach.db-*"):
        file.unlink()
    repair(tmp_path)
    with open_store(tmp_path) as store:
        assert Register(store).state() == before


def test_a_journal_that_missed_something_is_written_anew(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        Register(store).join(paper().entries)
        (tmp_path / JOURNAL).unlink()
        Register(store).add(Person(code="K99"), "T1")
        assert (tmp_path / JOURNAL).read_bytes().count(b"\n") == len(Register(store).state().entries)


def test_a_laptop_keeps_its_id_and_may_change_its_letter(tmp_path: Path) -> None:
    first = identity(tmp_path)
    assert identity(tmp_path) == first
    with open_store(tmp_path) as store:
        register = Register(store)
        register.rename_laptop("b", "T1")
        assert (register.laptop.id, register.laptop.letter) == (first.id, "B")
        assert {e.laptop for e in register.state().entries.values()} == {"B"}
        with pytest.raises(InputError) as refused:
            register.rename_laptop("beta5", "T1")
    assert refused.value.key == "programme_letter_bad"


def test_who_writes_must_be_known(store: Store) -> None:
    with pytest.raises(InputError) as refused:
        Register(store).add(Person(code="K01"), " ")
    assert refused.value.key == "programme_no_author"
    assert Register(store).state().entries == {}


def test_the_rosters_people_are_those_of_the_sessions(store: Store) -> None:
    register = Register(store)
    session = store.add(replace(new(), kader="K07", mode="exam"), result())
    (unlisted,) = register.unlisted()
    assert unlisted.code == "K07"
    register.add(Person(code="K07"), "T1", unlisted.id)
    register.add(Name(name="Rina"), "T1", unlisted.id)
    assert register.unlisted() == []
    register.change(Person(code="MEL-01E"), "T1", unlisted.id)
    assert [(person.code, person.name, person.id) for person in store.people()] == [("MEL-01E", "Rina", unlisted.id)]
    (practised,) = register.practised()
    assert (practised.session, practised.person, practised.exam) == (session, unlisted.id, True)
    other = register.add(Person(code="MEL-02C"), "T1")
    store.add(replace(new(), kader="MEL-02C"), result())
    assert [p.person for p in register.practised()] == [unlisted.id, other.subject]
    register.erase(unlisted.id, "T1")
    assert "Rina" not in {person.name for person in store.people()}
