"""Deleted stays deleted, on every laptop that learns of it; and of what is deleted nothing is left but that."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from coach.cli import main
from coach.domain import InputError
from coach.store import Consent, Store, open_store, repair, tombstones
from coach.store.migrate import steps
from coach.store.tables import dumps
from tests.store.made import chunk, new, result


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Store]:
    """Another laptop."""
    with open_store(tmp_path / "other") as opened:
        yield opened


def run(*arguments: str | Path, code: int = 0) -> str:
    done = CliRunner().invoke(main, [*map(str, arguments), "--lang", "en"])
    assert done.exit_code == code, done.output
    return done.output


def test_an_older_file_does_not_bring_it_back(store: Store, tmp_path: Path) -> None:
    session = store.add(new(), result(), tracks=[chunk(0)])
    store.export(session, tmp_path / "old.zip")
    store.delete(session)
    assert store.plan([tmp_path / "old.zip"]).count("deleted") == 1
    for _ in range(2):
        taken = store.import_(tmp_path / "old.zip")
        assert (taken.new, taken.added, taken.deleted != "") == (False, 0, True)
    assert (store.sessions().total, store.people(), store.traces(session)) == (0, [], ())


def test_another_laptop_learns_of_it_by_any_file_and_keeps_it_out_too(
    store: Store, other: Store, tmp_path: Path
) -> None:
    gone, stays = store.add(new(kader="K01"), result(), tracks=[chunk(0)]), store.add(new(kader="K02"), result())
    for session in (gone, stays):
        store.export(session, tmp_path / f"{session}.zip")
    other.import_(tmp_path / f"{gone}.zip")
    store.delete(gone)
    store.export(stays, tmp_path / "later.zip")
    assert other.plan([tmp_path / "later.zip"]).erased == (gone,)
    assert other.import_(tmp_path / "later.zip").erased == (gone,)
    assert other.ids() == [stays]
    assert other.traces(gone) == ()
    assert [person.code for person in other.people()] == ["K02"]
    assert other.import_(tmp_path / f"{gone}.zip").deleted
    third = tmp_path / "third"
    with open_store(third) as late:  # had it never, and does not take it when it comes
        other.export(stays, tmp_path / "on.zip")
        late.import_(tmp_path / "on.zip")
        assert late.import_(tmp_path / f"{gone}.zip").deleted


def test_that_it_was_deleted_outlives_the_database(tmp_path: Path) -> None:
    with open_store(tmp_path / "store") as store:
        session, other = store.add(new(), result()), store.add(new(), result())
        store.export(session, tmp_path / "old.zip")
        store.delete(session)
    (tmp_path / "store" / "coach.db").write_bytes(b"damaged")
    assert repair(tmp_path / "store") == 1
    with open_store(tmp_path / "store") as store:
        assert store.ids() == [other]
        assert store.import_(tmp_path / "old.zip").deleted


def test_a_tombstone_says_what_and_when_and_not_even_the_id(store: Store) -> None:
    session = store.add(new(), result())
    store.delete(session)
    (row,) = (dict(row) for row in store.connection.all("SELECT * FROM tombstones"))
    assert sorted(row) == ["kind", "made", "mark"]
    assert session not in str(row)
    assert tombstones.buried(store.connection, "session", [session]) == {session: row["made"]}
    assert tombstones.buried(store.connection, "person", [session]) == {}


def test_what_was_discarded_needs_none(store: Store) -> None:
    with store.recording(new()) as recording:
        recording.discard()
    assert store.connection.all("SELECT * FROM tombstones") == []


def test_files_without_a_row_are_shown_and_can_be_deleted(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        session, kept = (store.add(new(), result(), tracks=[chunk(0)]) for _ in range(2))
        store.connection.run("DELETE FROM sessions WHERE id = ?", session)  # as an older coach could leave it
    assert session[:8] in run("sessions", "list", "--data", tmp_path)
    assert "nothing is left" in run("sessions", "delete", session[:8], "--yes", "--data", tmp_path)
    with open_store(tmp_path) as store:
        assert store.strays() == []
        assert store.ids() == [kept]
        assert store.traces(session) == ()


def test_files_that_nobody_would_miss_go_at_the_start(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        session = store.add(new(), result(), tracks=[chunk(0)])
        for place in (".import-abc", "incoming/abc"):
            (tmp_path / place).mkdir(parents=True)
            (tmp_path / place / "video.mp4").write_bytes(b"of a stranger's back")
        begun = store.files.make("71111111-2222-4333-8444-555555555555")
        (begun / "tracks.bin").write_bytes(b"")
        waiting = store.incoming()
        (waiting.folder / "video.mp4").write_bytes(b"on its way")
        open_store(tmp_path).close()
        assert (waiting.folder / "video.mp4").is_file()  # whoever brings it is at work
        waiting.__exit__()
    assert sorted(file.name for file in tmp_path.rglob("*.mp4")) == []
    assert [folder.name for folder in (tmp_path / "sessions").iterdir()] == [session]


def test_a_server_s_video_that_another_laptop_has_deleted_goes_at_the_start(server: str, tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(b"pictures")
    with open_store(server, files=tmp_path / "mine") as mine, open_store(server, files=tmp_path / "other") as others:
        session = mine.add(new(consent=Consent(video=True)), result(), video=film)
        assert mine.video(session) is not None
        others.delete(session)
        assert mine.video(session) is not None  # the laptop was off
    open_store(server, files=tmp_path / "mine").close()
    assert list((tmp_path / "mine" / "sessions").iterdir()) == []


def test_a_server_needs_no_data_folder_yet(server: str, tmp_path: Path) -> None:
    with open_store(tmp_path / "here") as store:
        store.export(store.add(new(), result()), tmp_path / "in.zip")
    with open_store(server, files=tmp_path / "no" / "folder" / "yet") as remote:
        assert remote.import_(tmp_path / "in.zip").new


def test_a_newer_database_is_not_replaced_by_a_repair(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        store.add(new(), result())
        store.connection.run(f"PRAGMA user_version={len(steps()) + 1}")
    before = (tmp_path / "coach.db").read_bytes()
    with pytest.raises(InputError) as refused:
        repair(tmp_path)
    assert refused.value.key == "store_newer"
    assert (tmp_path / "coach.db").read_bytes() == before


def test_what_a_newer_coach_has_noted_stays_in_the_journal(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        session = store.add(new(), result())
        store.files.append(session, [dumps(["inventions", {"id": "1"}]), dumps(["ratings", {"id": "2"}])])
    (tmp_path / "coach.db").write_bytes(b"damaged")
    assert repair(tmp_path) == 1
    with open_store(tmp_path) as store:
        assert store.session(session).report == result()
        assert [table for table, _ in store.files.journal(session)][-2:] == ["inventions", "ratings"]


def test_a_correction_that_is_refused_is_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: object) -> None:
        raise InputError("store_full")

    with open_store(tmp_path) as store:
        session = store.add(new(), result())
        before = list(store.files.journal(session))
        with monkeypatch.context() as patched:
            patched.setattr("coach.store.standing.score", breaks)
            with pytest.raises(InputError):
                store.correct(session, {"do": "note", "at_s": 1, "text": "no"}, "T1")
        assert list(store.files.journal(session)) == before
    repair(tmp_path)
    with open_store(tmp_path) as store:
        assert store.session(session).corrections == ()


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps a user's files to the user by itself")
def test_files_are_their_owners_alone(tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(b"pictures")
    with open_store(tmp_path / "store") as store:
        session = store.add(new(consent=Consent(video=True)), result(), tracks=[chunk(0)], video=film)
        with store.recording(new()) as recording:
            recording.append(chunk(0))
        store.delete(session)
        store.add(new(consent=Consent(video=True)), result(), tracks=[chunk(0)], video=film)
        files = [file for file in (tmp_path / "store").rglob("*") if file.is_file()]
        assert {"coach.db", "people.json", "deleted.jsonl", "journal.jsonl", "tracks.bin", "video.mp4"} <= {
            file.name for file in files
        }
        assert {file.name: oct(stat.S_IMODE(file.stat().st_mode)) for file in files} == {
            file.name: "0o600" for file in files
        }


def test_an_import_on_the_command_line_says_first_what_it_would_do(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    with open_store(ours) as store:
        store.add(new(kader="K01", posyandu="Mawar"), result())
    with open_store(theirs) as store:
        for k, kader in enumerate(("K01", "K02")):
            store.export(store.add(new(kader=kader, posyandu="Melati"), result()), tmp_path / f"{k}.zip")
    given: list[str | Path] = [tmp_path / "0.zip", tmp_path / "1.zip", "--data", ours]
    said = run("sessions", "import", *given, code=2)
    assert "New sessions: 2, known: 0" in said
    assert "--same K01" in said
    assert "1 sessions" not in said
    with open_store(ours) as store:
        assert store.sessions().total == 1  # not even the one that nobody has to be asked about
    assert "such as K01=K01B" in run("sessions", "import", *given, "--other", "K01", code=2)
    run("sessions", "import", *given, "--other", "K01=K01B", "--plan")
    with open_store(ours) as store:
        assert store.sessions().total == 1
    run("sessions", "import", *given, "--other", "K01=K01B")
    with open_store(ours) as store:
        assert sorted(row.kader for row in store.sessions().rows) == ["K01", "K01B", "K02"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("sessions", "list", "--data", ""), "--data is empty"),
        (("sessions", "repair", "--data", ""), "--data is empty"),
        (("sessions", "repair", "--data", "postgresql://nobody@/x"), "server"),
        (("sessions", "export", "a", "b", "--out", "x.zip"), "folder"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    arguments: tuple[str, ...], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = run(*arguments, code=2)
    assert says in said
    assert said.count("\n") == 1
    assert list(tmp_path.iterdir()) == []
