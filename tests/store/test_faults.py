"""A full disk, a folder that may only be read, a lock, a damaged database: told plainly, and nothing is lost."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from coach import patience
from coach.domain import InputError
from coach.messages import LANGS, Catalogue
from coach.store import Consent, Person, database, open_store, repair, search
from coach.summary import wording
from tests.store.made import chunk, new, result

ROOT = Path(__file__).resolve().parents[2]


def refusal(code: str, *arguments: str) -> str:
    """The key of the InputError that a program of its own ends with; "" where it did not."""
    program = (
        "import sys\nfrom coach.domain import InputError\nfrom coach.store import open_store\n"
        "from tests.store.made import chunk, new, result\ntry:\n"
        + "".join(f"    {line}\n" for line in code.splitlines())
        + "except InputError as error:\n    print(error.key)\n"
    )
    command = [sys.executable, "-c", program, *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return str(done.stdout.strip())


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 1 MB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mounting a small disk is not allowed here; the limit on a file's size is tested below")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


FILL = """
with open_store(sys.argv[1]) as store:
    for number in range(2000):
        store.add(new(), result(), tracks=[chunk(number)])
"""


def until_full(write: Callable[[int], object]) -> int:
    """How often it could be done before the disk was full."""
    for number in range(3000):
        try:
            write(number)
        except InputError as error:
            if error.key != "store_full":
                raise
            return number
    raise AssertionError("the disk is larger than it should be")


def test_a_full_disk_is_told_and_what_was_there_stays(small_disk: Path) -> None:
    with open_store(small_disk) as store:
        first = store.add(new(), result(), tracks=[chunk(0)])
        with store.recording(new()) as recording:
            promised = until_full(lambda number: recording.append(chunk(number)))
        assert len(list(store.tracks(recording.id))) == promised
        until_full(lambda _: store.add(new(), result()))
        assert store.session(first).report == result()
        store.delete(recording.id)  # makes room, and can be done on a full disk
        assert store.traces(recording.id) == ()
    with open_store(small_disk) as store:
        assert store.session(first).report == result()
        store.add(new(), result())


def test_a_limit_on_the_files_size_is_a_full_disk(tmp_path: Path) -> None:
    limit = "import resource, signal\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
    limit += "resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))\n"
    assert refusal(limit + FILL, str(tmp_path)) == "store_full"
    with open_store(tmp_path) as store:
        for session in store.each():
            assert session.report in (None, result())
        store.add(new(), result())


@pytest.fixture
def for_all() -> Iterator[Path]:
    """A folder into which every user may look."""
    folder = Path(tempfile.mkdtemp(prefix="coach-"))
    folder.chmod(0o755)
    yield folder
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755)
    shutil.rmtree(folder)


def test_what_may_only_be_read_is_told(for_all: Path) -> None:
    with open_store(for_all) as store:
        store.add(new(), result())
    for path in (*for_all.rglob("*"), for_all):
        path.chmod(0o555 if path.is_dir() else 0o444)
    nobody = "import os\nos.geteuid() or os.setuid(65534)\n"  # root may write anywhere
    assert refusal(nobody + "open_store(sys.argv[1]).add(new(), result())", str(for_all)) == "store_read_only"
    assert refusal(nobody + "open_store(sys.argv[1] + '/new')", str(for_all)) == "store_read_only"


def test_a_lock_is_told_after_some_patience(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "PATIENCE_S", 0.1)
    with open_store(tmp_path) as store:
        session = store.add(new(), result())
        other = sqlite3.connect(tmp_path / "coach.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(InputError) as refused:
            store.add(new(), result())
        assert refused.value.key == "store_locked"
        assert store.session(session).report == result()  # reading goes on
        other.execute("ROLLBACK")
        other.close()
        store.add(new(), result())


def test_a_damaged_page_loses_nothing(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        sessions = [store.add(new(kader=f"K{k:02}"), result(), tracks=[chunk(k)]) for k in range(12)]
        store.correct(sessions[3], {"do": "tick_item", "item": "oil", "points": 2}, "T1")
        store.rate(sessions[4], "T1", {"oil": 2}, blind=True)
        store.put_person(Person("K03", "Ibu Sari"))
        gone = store.add(new(kader="K99"), result())
        store.delete(gone)
        before = list(store.each())
        people = store.people()
    file = tmp_path / "coach.db"
    data = bytearray(file.read_bytes())
    for page in range(4096, len(data) - 4096, 3 * 4096):
        data[page : page + 600] = b"\xa5" * 600
    file.write_bytes(data)
    with pytest.raises(InputError) as refused, open_store(tmp_path) as store:
        list(store.each())
    assert refused.value.key == "store_corrupt"
    assert repair(tmp_path) == 12
    with open_store(tmp_path) as store:
        assert list(store.each()) == before
        assert store.people() == people
        assert len(list(store.tracks(sessions[3]))) == 1
        assert store.traces(gone) == ()
    assert not list(tmp_path.glob("*damaged*"))


def test_a_database_that_a_program_has_open_is_not_set_aside(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        store.add(new(), result())
        with pytest.raises(InputError) as refused:
            repair(tmp_path)
        assert refused.value.key == "store_locked"
        store.add(new(), result())
    assert repair(tmp_path) == 2
    with open_store(tmp_path) as store:
        assert len(list(store.each())) == 2


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "coach.db").write_bytes(b"no database at all" * 1000)
    with pytest.raises(InputError) as refused:
        open_store(tmp_path)
    assert refused.value.key == "store_corrupt"


def test_a_torn_line_of_a_journal_takes_no_other_with_it(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        session = store.add(new(), result())
        journal = store.files.of(session) / "journal.jsonl"
        with journal.open("ab") as stream:
            stream.write(b'0123abcd ["corrections",{"id":"torn')
        store.correct(session, {"do": "note", "at_s": 1, "text": "after"}, "T1")
        before = list(store.each())
    repair(tmp_path)
    with open_store(tmp_path) as store:
        assert list(store.each()) == before


def test_a_server_that_is_not_there_is_told() -> None:
    with pytest.raises(InputError) as refused:
        open_store("postgresql://nobody@/nothing?host=/nowhere")
    assert refused.value.key == "store_unreachable"


def test_a_password_is_never_shown() -> None:
    with pytest.raises(InputError) as refused:
        open_store("postgresql://kader:rahasia@127.0.0.1:1/nothing")
    for lang in LANGS:
        assert "rahasia" not in wording.error(refused.value, Catalogue(lang))
    assert "rahasia" not in json.dumps(refused.value.values)


def test_what_is_written_after_looking_for_traces_is_seen_by_other_processes(tmp_path: Path) -> None:
    """As when a trainer deletes a session and then imports a video, which is kept by a process of its own."""
    with open_store(tmp_path) as store:
        for _ in range(2):
            last = store.add(new(), result())
        store.delete(last)
        assert store.traces(last) == ()
        assert refusal("with open_store(sys.argv[1]) as store:\n    store.add(new(), result())", str(tmp_path)) == ""
        store.add(new(), result())
        assert store.sessions().total == 3
        seen = "with open_store(sys.argv[1]) as store:\n    print(store.sessions().total)"
        assert refusal(seen, str(tmp_path)) == "3"
    with open_store(tmp_path) as store:
        assert store.sessions().total == 3


def test_bytes_are_looked_for_across_pieces_and_faults_are_told(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.write_bytes(b"-" * ((1 << 20) - 3) + b"wanted" + b"-" * 10)
    second.write_bytes(b"want" * 100)
    assert search.holding([first, second, tmp_path / "gone"], "wanted") == (first,)
    assert search.holding([], "wanted") == ()
    with pytest.raises(IsADirectoryError):
        search.holding([tmp_path], "wanted")


def open_elsewhere(file: str) -> PermissionError:
    """As Windows refuses what another program has open."""
    error = PermissionError(13, "The process cannot access the file", file)
    error.winerror = 32  # type: ignore[attr-defined]  # elsewhere there is none
    return error


@pytest.fixture
def looked_into(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Windows, and a virus scanner that opens a file just when it is to be moved or removed; told its name."""
    seen: list[str] = []
    known: set[tuple[str, str]] = set()

    def first_refused(module: object, name: str, all_but: str = "") -> None:
        done = getattr(module, name)

        def refused(file: Path, *more: object, **others: object) -> object:
            if (name, str(file)) not in known and not str(file).endswith(all_but or "\n"):
                known.add((name, str(file)))
                seen.append(Path(file).name)
                raise open_elsewhere(str(file))
            return done(file, *more, **others)

        monkeypatch.setattr(module, name, refused)

    first_refused(os, "replace")
    first_refused(shutil, "rmtree")
    first_refused(Path, "unlink", all_but=".part")  # where those cannot be removed, they wait for the next start
    monkeypatch.setattr(patience, "REFUSES", True)
    monkeypatch.setattr(patience, "_WAIT_S", 0.0)
    return seen


def test_files_that_another_program_looks_into_are_moved_and_removed_all_the_same(
    tmp_path: Path, looked_into: list[str]
) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(b"pictures")
    with open_store(tmp_path / "store") as store:
        session = store.add(new(consent=Consent(video=True)), result(), tracks=[chunk(0)])
        store.keep_video(session, film)
        store.erase_video(session)
        assert store.video(session) is None
        store.export(session, tmp_path / "out.zip")
        store.delete(session)
        assert store.traces(session) == ()
    assert {"people.part", "tracks.bin", "video.mp4", "out.zip.part", session} <= set(looked_into)


def test_a_file_that_another_program_keeps_open_is_told_as_such(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def kept_open(file: Path, **_: object) -> None:
        raise open_elsewhere(str(file))

    film = tmp_path / "film.mp4"
    film.write_bytes(b"pictures")
    with open_store(tmp_path / "store") as store:
        session = store.add(new(consent=Consent(video=True)), result())
        store.keep_video(session, film)
        monkeypatch.setattr(Path, "unlink", kept_open)
        with pytest.raises(InputError) as refused:
            store.erase_video(session)
        monkeypatch.undo()
        assert refused.value.key == "store_locked"
        folder = store.files.of(session)
        assert store.video(session) is None  # out of sight at once
        assert len(list(folder.glob(".erased-*"))) == 1
        store.correct(session, {"do": "note", "at_s": 1, "text": "next"}, "T1")  # the next change sees to it
        assert list(folder.glob(".erased-*")) == []


def test_a_repair_that_may_not_set_all_aside_leaves_all_in_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_store(tmp_path) as store:
        session = store.add(new(), result())
    (tmp_path / "coach.db-wal~").write_bytes(b"of another program, which has it open")
    replace = Path.replace

    def kept_open(file: Path, target: Path) -> Path:
        if file.name.endswith("~"):
            raise open_elsewhere(str(file))
        return replace(file, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", kept_open)
        with pytest.raises(InputError) as refused:
            repair(tmp_path)
    assert refused.value.key == "store_locked"
    assert not list(tmp_path.glob("*damaged*"))
    with open_store(tmp_path) as store:
        assert store.ids() == [session]
