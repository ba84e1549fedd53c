"""Who is who: an id that is made once, a code that is a label, and nobody taken for another silently."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from coach.domain import InputError
from coach.store import Filter, Person, Settled, Store, open_store, repair
from coach.store.folder import is_id
from tests.store.made import new, result


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Store]:
    """Another laptop."""
    with open_store(tmp_path / "other") as opened:
        yield opened


def sent(store: Store, folder: Path, kader: str = "K01", posyandu: str = "Mawar", names: bool = False) -> Path:
    """A file with a session of a kader of this store."""
    session = store.add(new(kader=kader, posyandu=posyandu), result())
    file = folder / f"{session}.zip"
    store.export(session, file, names=names)
    return file


def test_an_id_is_made_once_and_the_code_is_a_label(store: Store) -> None:
    first = store.session(store.add(new(kader="K01"), result())).row
    assert is_id(first.person)
    assert store.enrol("K01").id == first.person
    store.put_person(Person("K01", "Ibu Sari"))
    assert store.put_person(Person("K09", "Ibu Sari", id=first.person)).id == first.person
    assert [(p.code, p.name, p.id) for p in store.people()] == [("K09", "Ibu Sari", first.person)]
    assert store.session(first.id).row.kader == "K09"
    assert store.sessions(Filter(person=first.person)).total == store.sessions(Filter(kader="K09")).total == 1
    assert store.history("K09", "oxytocin")
    assert store.person("K01") is None
    second = store.enrol("K01")  # the code is free again
    assert second.id != first.person
    with pytest.raises(InputError) as refused:
        store.put_person(Person("K09", id=second.id))
    assert refused.value.key == "person_code_taken"
    with pytest.raises(InputError) as refused:
        store.put_person(Person("K10", id=first.id))
    assert refused.value.key == "person_missing"


def test_a_changed_code_outlives_the_database(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        session = store.add(new(kader="K01"), result())
        person = store.enrol("K01").id
        store.put_person(Person("K02", id=person))
        later = store.add(new(kader="K01"), result())
        before = store.people(), list(store.each())
    (tmp_path / "coach.db").write_bytes(b"damaged")
    assert repair(tmp_path) == 2
    with open_store(tmp_path) as store:
        assert (store.people(), list(store.each())) == before
        assert [store.session(one).row.kader for one in (session, later)] == ["K02", "K01"]


def test_the_same_code_of_another_person_is_never_taken_silently(store: Store, other: Store, tmp_path: Path) -> None:
    mine = store.session(store.add(new(kader="K01", posyandu="Mawar"), result())).row.person
    file = sent(other, tmp_path, "K01", "Melati")
    (theirs,) = other.people()
    plan = store.plan([file])
    assert plan.count("new") == 1
    assert [(c.kind, c.code, c.here.id, c.there.id) for c in plan.clashes] == [("code", "K01", mine, theirs.id)]
    with pytest.raises(InputError) as refused:
        store.import_(file)
    assert refused.value.key == "import_clash_code"
    assert (store.sessions().total, len(store.people())) == (1, 1)
    with pytest.raises(InputError) as refused:
        store.import_(file, Settled(other={"K01": "K01"}))
    assert refused.value.key == "person_code_taken"
    taken = store.import_(file, Settled(other={"K01": "K01B"}))
    row = store.session(taken.id).row
    assert (row.kader, row.person) == ("K01B", theirs.id)
    assert store.sessions(Filter(kader="K01")).total == 1
    again = sent(other, tmp_path, "K01", "Melati")  # it is known now who she is
    assert store.plan([again]).clashes == ()
    assert store.session(store.import_(again).id).row.kader == "K01B"


def test_one_person_with_an_id_on_each_laptop_is_asked_about_once(store: Store, other: Store, tmp_path: Path) -> None:
    store.put_person(Person("K01", "Ibu Sari", posyandu="Mawar"))
    mine = store.enrol("K01").id
    file = sent(other, tmp_path, "K01", "Melati")
    taken = store.import_(file, Settled(same=frozenset({"K01"})))
    assert store.session(taken.id).row.person == mine
    assert [(p.id, p.name, p.posyandu) for p in store.people()] == [(mine, "Ibu Sari", "Mawar")]
    assert store.person_of(other.enrol("K01").id) == store.person("K01")
    assert store.session(store.import_(sent(other, tmp_path, "K01", "Melati")).id).row.person == mine
    back = sent(store, tmp_path, "K01", "Mawar")  # it tells there too that both ids are hers
    assert [c.kind for c in other.plan([back]).clashes] == ["details"]
    other.import_(back, Settled(theirs=frozenset({"K01"})))
    assert [p.posyandu for p in other.people()] == ["Mawar"]
    assert len(other.people()) == 1


def test_another_name_of_a_known_person_is_asked_about(store: Store, other: Store, tmp_path: Path) -> None:
    other.put_person(Person("K01", "Ibu Sari", posyandu="Mawar"))
    store.import_(sent(other, tmp_path, names=True))
    assert store.people() == other.people()
    other.put_person(Person("K01", "Ibu Ratna", posyandu="Mawar"))
    file = sent(other, tmp_path, names=True)
    assert [(c.kind, c.here.name, c.there.name) for c in store.plan([file]).clashes] == [
        ("details", "Ibu Sari", "Ibu Ratna")
    ]
    with pytest.raises(InputError) as refused:
        store.import_(file)
    assert refused.value.key == "import_clash_details"
    store.import_(file, Settled(theirs=frozenset({"K01"})))
    assert [p.name for p in store.people()] == ["Ibu Ratna"]
    assert store.plan([sent(other, tmp_path)]).clashes == ()  # without names there is nothing to differ


def test_of_a_session_that_both_have_it_is_known_whose_it_is(store: Store, other: Store, tmp_path: Path) -> None:
    """As after an update of two laptops that had exchanged sessions when codes were all there was."""
    file = sent(other, tmp_path, "K01")
    store.import_(file)
    old = store.enrol("K01").id
    other.connection.run("UPDATE people SET id = ?", NEW)
    other.connection.run("UPDATE sessions SET person = ?", NEW)
    session = other.ids()[0]
    other.export(session, tmp_path / "again.zip")
    store.import_(tmp_path / "again.zip")
    assert store.session(store.import_(sent(other, tmp_path, "K01")).id).row.person == old
    assert len(store.people()) == 1


NEW = "51111111-2222-4333-8444-555555555555"


def of_an_older_coach(file: Path) -> Path:
    """The same session as a coach wrote it that had codes alone."""
    old = file.with_suffix(".old.zip")
    with zipfile.ZipFile(file) as whole, zipfile.ZipFile(old, "w") as out:
        manifest = json.loads(whole.read("manifest.json"))
        kept = {n: whole.read(n) for n in whole.namelist() if n not in ("manifest.json", "tombstones.json")}
        for name, lost in (("people.json", ("id", "also")), ("sessions.json", ("person",))):
            rows = [{k: v for k, v in row.items() if k not in lost} for row in json.loads(kept[name])]
            kept[name] = json.dumps(rows).encode()
        manifest["schema"] = "coach.session-file/1"
        manifest["files"] = [{"name": n, "bytes": len(d), "sha256": sha256(d).hexdigest()} for n, d in kept.items()]
        for name, data in (kept | {"manifest.json": json.dumps(manifest).encode()}).items():
            out.writestr(name, data)
    return old


def test_a_file_of_an_older_coach_says_not_who_its_codes_are(store: Store, other: Store, tmp_path: Path) -> None:
    first, second = (of_an_older_coach(sent(other, tmp_path, "K01")) for _ in range(2))
    plan = store.plan([first, second])
    assert ([p.code for p in plan.people], plan.clashes) == (["K01"], ())
    for file in (first, second):
        store.import_(file, plan.settled)
    assert len({row.person for row in store.sessions().rows}) == 1
    third = of_an_older_coach(sent(other, tmp_path, "K01"))
    assert [c.kind for c in store.plan([third]).clashes] == ["unsaid"]
    store.import_(third, Settled(other={"K01": "K31"}))
    assert sorted(p.code for p in store.people()) == ["K01", "K31"]


def test_two_laptops_that_clash_with_each_other(tmp_path: Path) -> None:
    files = []
    for name in ("one", "two"):
        with open_store(tmp_path / name) as store:
            files.append(sent(store, tmp_path, "K01"))
    with open_store(tmp_path / "office") as store:
        plan = store.plan(files)
        assert ([p.code for p in plan.people], [c.kind for c in plan.clashes]) == (["K01"], ["code"])
        settled = Settled(other={"K01": "K02"})
        for file in files:
            store.import_(file, settled)
        assert sorted(row.kader for row in store.sessions().rows) == ["K01", "K02"]


def test_a_trainer_of_another_laptop_keeps_her_corrections(store: Store, other: Store, tmp_path: Path) -> None:
    for one in (store, other):
        one.put_person(Person("T1", role="trainer"))
    session = other.add(new(kader="K05"), result())
    other.correct(session, {"do": "note", "at_s": 1, "text": "baik"}, "T1")
    other.rate(session, "T1", {"oil": 2}, blind=True)
    other.export(session, tmp_path / "t.zip")
    assert [c.code for c in store.plan([tmp_path / "t.zip"]).clashes] == ["T1"]
    store.import_(tmp_path / "t.zip", Settled(other={"T1": "T2"}))
    stored = store.session(session)
    assert (stored.corrections[0].author, stored.ratings[0].rater) == ("T2", "T2")
