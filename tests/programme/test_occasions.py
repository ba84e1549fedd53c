"""What a session was for: a training day, or a home visit; a practice of one's own is for nothing."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.domain import InputError, State
from coach.instruments import VisitForm
from coach.instruments.files import load
from coach.occasions import Occasion, bind, code_for, present, training
from coach.practice.program import keeper
from coach.practice.settings import Agreed
from coach.programme.bodies import Attendance, Event, Mother, Person, Practice, Visit
from coach.protocol import files as protocol_files
from coach.register import Register
from coach.store import Consent, open_store
from coach.visits_in import look, take
from tests.store.made import CORNERS, judged, new, protocol_file

SESSION = str(uuid.uuid4())


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with open_store(tmp_path) as store:
        yield Register(store)


def test_a_visit_has_its_session_and_is_still_to_be_filled_in(register: Register) -> None:
    kader = register.add(Person(code="MEL-02F"), "T01").subject
    mother = register.add(Mother(code="IBU-MEL-012"), "T01").subject
    visit = register.add(Visit(kader=kader, mother=mother, date="2026-11-02", ordinal=3), "T01").subject
    session = register.store.add(new("MEL-02F", "", Consent(video=True)), judged("passed"))
    occasion = Occasion(visit=visit, by="T01")
    assert code_for(register, occasion) == "MEL-02F"
    bind(register, occasion, session, "MEL-02F", exam=False)
    held = register.state().all(Visit)[visit]
    assert (held.body.session, held.body.form, held.body.state) == (session, "live", "planned")
    row = register.store.session(session).row
    assert (row.mother, row.visit, row.occasion) == ("IBU-MEL-012", 3, "visit")
    register.change(held.body.model_copy(update={"screening": {"danger": True}}), "T01", visit)
    with pytest.raises(InputError) as refused:
        code_for(register, occasion)
    assert refused.value.key == "programme_stopped"
    register.erase(mother, "T01")
    stored = register.store.session(session)
    assert (stored.row.mother, stored.row.kader, stored.consents[-1].withdrawn) == ("", "MEL-02F", True)


@pytest.mark.parametrize("state", ["passed", "undecided", "damaged", "other_motion"])
def test_a_session_counts_as_practice_exactly_where_the_list_of_sessions_says_so(
    register: Register, state: State
) -> None:
    kader = register.add(Person(code="MEL-02F"), "T01").subject
    session = register.store.add(new("MEL-02F", ""), judged(state))
    counts = register.store.session(session).row.counts
    assert counts == (state == "passed")
    assert [one.person for one in register.practised()] == [kader] * counts


def test_who_is_there_is_offered_and_practises_for_the_training_day(register: Register) -> None:
    kader = register.add(Person(code="MEL-02F"), "T01").subject
    away = register.add(Person(code="MEL-03M"), "T01").subject
    event = register.add(Event(type="training", date="2026-11-02"), "T01").subject
    for person, state in ((kader, "late"), (away, "absent")):
        register.add(Attendance.model_validate({"event": event, "person": person, "state": state}), "T01")
    usual = training(register, event[:8], "T01")
    assert (usual, present(register, event)) == (Occasion(event=event, by="T01"), ["MEL-02F"])
    with pytest.raises(InputError):
        training(register, "ffffffff", "T01")
    keep = keeper(register.store, protocol_files.load("oxytocin"), protocol_file(), usual)
    keeping = keep(Agreed(mode="exam", code="MEL-02F"), CORNERS, (640, 480), None)
    assert keeping is not None
    keeping.close()
    (held,) = register.state().all(Practice).values()
    assert (held.body.person, held.body.event, held.body.exam) == (kader, event, True)
    assert register.store.session(held.body.session).row.occasion == "exam"


def test_what_is_unknown_here_binds_nothing(register: Register) -> None:
    event = register.add(Event(type="training", date="2026-11-02"), "T01").subject
    other = str(uuid.uuid4())
    for occasion in (Occasion(event=other), Occasion(visit=other), Occasion(event=event), Occasion()):
        bind(register, occasion, SESSION, "MEL-02F", exam=True)
    assert not register.state().all(Practice)
    for missing in (Occasion(event=event), Occasion(visit=other)):
        with pytest.raises(InputError):
            code_for(register, missing, other)


def test_a_table_s_lines_are_looked_at_first_and_fill_in_what_was_planned(register: Register) -> None:
    form, protocol = load("oxytocin_visit"), protocol_files.load("oxytocin")
    assert isinstance(form, VisitForm)
    kader = register.add(Person(code="MEL-02F"), "T01").subject
    mother = register.add(Mother(code="IBU-1"), "T01").subject
    register.add(Visit(kader=kader, mother=mother, date="2026-11-02", ordinal=2), "T01")
    safe = {"not_now": "no", "danger": "no"}
    lines = [
        {"kader": "MEL-02F", "ibu": "IBU-1", "tanggal": "2026-11-02", "_uuid": "a1", "g/heart": "2", **safe},
        {"kader": "NOBODY", "ibu": "", "tanggal": "2/11/2026", "heart": "7", "danger": "no"},
        {"kader": "MEL-02F", "ibu": "IBU-2", "tanggal": "2026-11-03", "not_now": "ya", "danger": "tidak", "heart": "1"},
        {"kader": "MEL-02F", "ibu": "IBU-2", "tanggal": "2026-11-03", "not_now": "ya", "danger": "tidak"},
    ]
    looked = look(register, lines, form, protocol)
    assert [(line.state, line.planned, line.referred) for line in looked.lines] == [
        *(("new", True, False), ("bad", False, False), ("bad", False, False), ("new", False, True)),
    ]
    assert [wrong.column for wrong in looked.lines[1].mistakes] == ["date", "kader", "mother", "not_now", "heart"]
    assert len(register.state().all(Visit)) == 1  # nothing is taken in by looking
    take(register, looked, "T01")
    visits = [held.body for held in register.state().all(Visit).values()]
    assert sorted((v.state, v.ordinal, dict(v.ratings)) for v in visits) == [
        *(("done", 2, {"heart": 2}), ("referred", None, {})),
    ]
    assert [line.state for line in look(register, lines, form, protocol).lines] == ["known", "bad", "bad", "known"]
