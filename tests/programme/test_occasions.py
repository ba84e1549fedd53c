"""What a session was for: a training day, or a home visit; a practice of one's own is for nothing."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.domain import InputError
from coach.occasions import Occasion, bind, code_for
from coach.programme.bodies import Event, Mother, Person, Practice, Visit
from coach.register import Register
from coach.store import open_store

SESSION = str(uuid.uuid4())


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with open_store(tmp_path) as store:
        yield Register(store)


def test_a_visit_has_its_session_and_is_still_to_be_filled_in(register: Register) -> None:
    kader = register.add(Person(code="MEL-02F"), "T01").subject
    mother = register.add(Mother(code="IBU-MEL-012"), "T01").subject
    visit = register.add(Visit(kader=kader, mother=mother, date="2026-11-02"), "T01").subject
    occasion = Occasion(visit=visit, by="T01")
    assert code_for(register, occasion) == "MEL-02F"
    bind(register, occasion, SESSION, "MEL-02F", exam=False)
    held = register.state().all(Visit)[visit]
    assert (held.body.session, held.body.form, held.body.state) == (SESSION, "live", "planned")
    register.change(held.body.model_copy(update={"screening": {"danger": True}}), "T01", visit)
    with pytest.raises(InputError) as refused:
        code_for(register, occasion)
    assert refused.value.key == "programme_stopped"


def test_what_is_unknown_here_binds_nothing(register: Register) -> None:
    event = register.add(Event(type="training", date="2026-11-02"), "T01").subject
    other = str(uuid.uuid4())
    for occasion in (Occasion(event=other), Occasion(visit=other), Occasion(event=event), Occasion()):
        bind(register, occasion, SESSION, "MEL-02F", exam=True)
    assert not register.state().all(Practice)
    for missing in (Occasion(event=event), Occasion(visit=other)):
        with pytest.raises(InputError):
            code_for(register, missing, other)
