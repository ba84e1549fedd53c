"""Many session files taken in by the lot: the same comes of it as one by one, over SQLite and over PostgreSQL."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach.carry import carry, opened, take
from coach.domain import InputError
from coach.register import Register
from coach.store import Consent, Person, Store, enrolling, merge, open_store
from coach.store.identity import Settled
from tests.store.made import chunk, new, result


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Five sessions of two kader, one of them twice; in lots of two."""
    monkeypatch.setattr(merge, "LOT", 2)
    with open_store(tmp_path / "there") as there:
        ids = [there.add(new(kader=f"K{k % 2}"), result(), tracks=[chunk(k)]) for k in range(5)]
        there.correct(ids[1], {"do": "tick_item", "item": "oil", "points": 2}, "T1")
        there.rate(ids[2], "T1", {"oil": 1}, blind=True)
        there.consent(ids[3], Consent(video=True, by="T1"))
        paths = [tmp_path / f"{k}.zip" for k in range(5)]
        for session, path in zip(ids, paths, strict=True):
            there.export(session, path)
    return [*paths, paths[4]]


def whole(store: Store) -> list[object]:
    """All that is known of each session."""
    told: list[object] = []
    for one in store.several(sorted(store.ids())):
        tracks = list(store.raw_tracks(one.row.id))
        told.append((one.row, one.results, one.corrections, one.ratings, one.consents, tracks))
    return [*told, *((person.code, person.id) for person in store.people()), *(i for _, i in store.standings())]


def test_by_the_lot_comes_what_comes_one_by_one(files: list[Path], store: Store, tmp_path: Path) -> None:
    with open_store(tmp_path / "single") as single:
        alone = [single.import_(path) for path in files]
        lots = list(store.import_all(files))
        assert [(one.id, one.new, one.added) for one in lots] == [(one.id, one.new, one.added) for one in alone]
        assert [one.new for one in lots] == [True] * 5 + [False]
        assert whole(store) == whole(single)
        assert sum(one.added for one in store.import_all(files)) == 0
        assert whole(store) == whole(single)


def test_what_was_written_together_is_in_the_journals(files: list[Path], tmp_path: Path) -> None:
    with open_store(tmp_path / "here") as here:
        for _ in here.import_all(files):
            pass
        assert here.connection.all("SELECT * FROM owed") == []
        for session in here.ids():
            tables = [table for table, _ in here.files.journal(session)]
            assert {"sessions", "protocols", "results", "standings"} <= set(tables)
        assert list((here.folder / "incoming").glob("*")) == []


def test_a_lot_with_a_refused_file_is_not_taken_in(files: list[Path], store: Store) -> None:
    store.enrol("K1")  # somebody else here, so that the second file is refused
    with pytest.raises(InputError) as refused:
        list(store.import_all(files))
    assert refused.value.key == "import_clash_code"
    assert store.ids() == []
    assert len([one for one in store.import_all(files, Settled(same=frozenset({"K1"}))) if one.new]) == 5


def test_what_was_deleted_here_stays_out_of_a_lot_and_what_was_deleted_there_goes(
    files: list[Path], store: Store, tmp_path: Path
) -> None:
    ids = [one.id for one in store.import_all(files)]
    store.delete(ids[0])
    again = list(store.import_all(files))
    assert [bool(one.deleted) for one in again] == [True, False, False, False, False, False]
    with open_store(tmp_path / "there") as there:
        there.delete(ids[1])
        there.export(ids[2], tmp_path / "newer.zip")
    (newer,) = store.import_all([tmp_path / "newer.zip"])
    assert newer.erased == (ids[1],)
    assert sorted(store.ids()) == sorted(set(ids[2:]))


def test_a_file_for_the_stick_is_written_and_taken_where_no_folder_is_yet(
    files: list[Path], store: Store, tmp_path: Path
) -> None:
    carry(Register(store), tmp_path / "empty.coach")
    with open_store(tmp_path / "there") as there:
        carry(Register(there), tmp_path / "stick.coach", there.ids(), tracks=False)
    with opened(Register(store), tmp_path / "stick.coach") as found:
        assert take(Register(store), found)[1] == 5
    assert [list(store.raw_tracks(one)) for one in store.ids()] == [[]] * 5
    assert not any(one.new for one in store.import_all(files))
    assert all(list(store.raw_tracks(one)) for one in store.ids())  # they come with a fuller file


@pytest.mark.usefixtures("files")
def test_an_erased_name_comes_back_with_no_session_of_an_older_file(store: Store, tmp_path: Path) -> None:
    with open_store(tmp_path / "there") as there:
        there.put_person(Person("K0", "Siti Aminah", "kader", "Mawar"))
        named = [tmp_path / f"named{k}.zip" for k in range(2)]
        for session, path in zip([one.row.id for one in there.several(there.ids())][::2], named, strict=False):
            there.export(session, path, names=True)
    store.import_(named[0])
    person = store.person("K0")
    assert person is not None
    assert person.name == "Siti Aminah"
    enrolling.forget(store, person.id)
    for path in (named[1], named[0]):
        store.import_(path)
        again = store.person("K0")
        assert again is None or again.name == ""
