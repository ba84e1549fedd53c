"""Session files from a USB stick: whatever is in them, nothing but a whole and honest session gets in."""

from __future__ import annotations

import hashlib
import io
import json
import random
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from coach.domain import InputError
from coach.store import Consent, Store, chunks, open_store
from tests.store.made import chunk, new, result

Files = dict[str, bytes]
KEYS = {"import_no_zip", "import_foreign", "import_damaged", "import_large", "import_bad"}


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A session file with everything in it."""
    folder = tmp_path_factory.mktemp("good")
    film = folder / "film.mp4"
    film.write_bytes(b"film" * 500)
    with open_store(folder / "store") as store:
        session = store.add(new(consent=Consent(("a",), video=True)), result(), tracks=[chunk(0)])
        store.keep_video(session, film)
        store.correct(session, {"do": "tick_item", "item": "oil", "points": 2}, "T1")
        store.rate(session, "T1", {"oil": 2}, blind=True)
        store.export(session, folder / "good.zip", video=True)
    return (folder / "good.zip").read_bytes()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "store") as store:
        yield store


def unpacked(data: bytes) -> Files:
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


def packed(files: Files, honest: bool = True) -> bytes:
    """:param honest: with a manifest that fits the files"""
    if honest:
        manifest = json.loads(files["manifest.json"])
        manifest["files"] = [
            {"name": name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in files.items()
            if name != "manifest.json"
        ]
        files = files | {"manifest.json": json.dumps(manifest).encode()}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in files.items():
            out.writestr(name, data)
    return stream.getvalue()


def refused(store: Store, data: bytes, tmp_path: Path) -> str:
    """The key of the refusal; the store and the disk are as before."""
    file = tmp_path / "in.zip"
    file.write_bytes(data)
    before = sorted(p for p in tmp_path.rglob("*") if "coach.db" not in p.name)
    with pytest.raises(InputError) as error:
        store.import_(file)
    assert sorted(p for p in tmp_path.rglob("*") if "coach.db" not in p.name) == before
    assert store.sessions().total == 0
    assert store.people() == []
    return error.value.key


def record(table: str, **change: Any) -> Callable[[Files], Files]:
    def with_change(files: Files) -> Files:
        rows = json.loads(files[f"{table}.json"])
        rows[0] |= change
        return files | {f"{table}.json": json.dumps(rows).encode()}

    return with_change


OTHER = "99999999-2222-4333-8444-555555555555"


def strangers(number: int) -> bytes:
    return json.dumps([PERSON | {"code": f"X{k}"} for k in range(number)]).encode()


def twice(people: bytes) -> bytes:
    return json.dumps(json.loads(people) * 2).encode()


PERSON = {"id": "", "code": "", "name": "", "role": "kader", "posyandu": ""}
FORGED: dict[str, Callable[[Files], Files]] = {
    "an id that leads out": record("sessions", id="../../../../tmp/owned"),
    "another session's id": record("sessions", id=OTHER),
    "a result of another session": record("results", session=OTHER),
    "a correction of another session": record("corrections", session=OTHER),
    "a field too many": record("sessions", admin=1),
    "a wrong type": record("sessions", duration_s="long"),
    "an endless number": record("sessions", duration_s=1e300),
    "a wrong time": record("sessions", created="yesterday"),
    "a day that is none": record("sessions", created="2026-02-30T10:00:00.000000Z"),
    "a time before all others": record("sessions", created="0001-01-01T00:00:00.000000Z"),
    "a time after all others": record("results", made="9999-12-31T23:59:59.000000Z"),
    "a report that is none": record("results", report={"schema": "coach.report/1"}),
    "an event that is none": record("corrections", event='{"do":"format"}'),
    "an event that is not JSON": record("corrections", event="{"),
    "points out of range": record("ratings", items='{"oil": 7}'),
    "corners that are none": record("sessions", corners="[[1,2]]"),
    "a protocol that is another": record("protocols", text="schema = 1"),
    "somebody whom the session does not speak of": lambda files: files | {"people.json": strangers(1)},
    "very many people": lambda files: files | {"people.json": strangers(100_000)},
    "the same person twice": lambda files: files | {"people.json": twice(files["people.json"])},
    "another's session": record("sessions", person=OTHER),
    "no protocol": lambda files: files | {"protocols.json": b"[]"},
    "no session": lambda files: files | {"sessions.json": b"[]"},
    "not a list": lambda files: files | {"results.json": b'{"a":1}'},
    "not JSON": lambda files: files | {"results.json": b"\xff\xfe"},
    "too deep": lambda files: files | {"results.json": b"[" * 100_000},
    "tracks that are none": lambda files: files | {"tracks.bin": b"MZ" * 100},
    "torn tracks": lambda files: files | {"tracks.bin": files["tracks.bin"][:-3]},
    "a chunk that is none": lambda files: files | {"tracks.bin": chunks.MAGIC + chunks.framed(b"no chunk")},
    "a file too many": lambda files: files | {"run.exe": b"MZ"},
    "a path that leads out": lambda files: files | {"../../owned": b"x"},
    "an absolute path": lambda files: files | {"/tmp/owned": b"x"},
    "no tracks": lambda files: {k: v for k, v in files.items() if k != "tracks.bin"},
    "no results": lambda files: {k: v for k, v in files.items() if k != "results.json"},
}


def test_the_good_one_is_taken_in(good: bytes, empty: Store, tmp_path: Path) -> None:
    file = tmp_path / "in.zip"
    file.write_bytes(packed(unpacked(good)))
    taken = empty.import_(file)
    assert (taken.new, taken.added, taken.video) == (True, 5, True)
    found = empty.session(taken.id)
    assert (found.row.points, len(found.ratings), len(list(empty.tracks(taken.id)))) == (92, 1, 1)


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_one_is_refused(name: str, good: bytes, empty: Store, tmp_path: Path) -> None:
    assert refused(empty, packed(FORGED[name](unpacked(good))), tmp_path) in KEYS


def test_a_manifest_that_does_not_fit_is_refused(good: bytes, empty: Store, tmp_path: Path) -> None:
    files = unpacked(good)
    for name in files:
        changed = files | {name: files[name][:-1] + b"?"}
        assert refused(empty, packed(changed, honest=False), tmp_path) in KEYS, name


@pytest.mark.parametrize("name", ["results.json", "tracks.bin", "video.mp4", "manifest.json"])
def test_a_bomb_fills_neither_disk_nor_memory(name: str, good: bytes, empty: Store, tmp_path: Path) -> None:
    bomb = unpacked(good) | {name: b"\0" * 80_000_000}
    honest = packed(bomb) if name != "manifest.json" else packed(bomb, honest=False)
    assert len(honest) < 300_000
    small = json.loads(unpacked(good)["manifest.json"])  # promises what the good one had
    lying = packed(bomb | {"manifest.json": json.dumps(small).encode()}, honest=False)
    if name != "video.mp4":  # a video may be as large as it says
        assert refused(empty, honest, tmp_path) in KEYS
    if name != "manifest.json":
        assert refused(empty, lying, tmp_path) == "import_damaged"


def test_the_same_name_twice_is_refused(good: bytes, empty: Store, tmp_path: Path) -> None:
    stream = io.BytesIO(good)
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(stream, "a") as out:
        out.writestr("sessions.json", "[]")
    assert refused(empty, stream.getvalue(), tmp_path) in KEYS


def test_cut_off_anywhere_it_is_refused(good: bytes, empty: Store, tmp_path: Path) -> None:
    for length in (0, 1, 30, len(good) // 3, len(good) // 2, len(good) - 30, len(good) - 1):
        assert refused(empty, good[:length], tmp_path) in KEYS


def test_random_damage_never_gets_in_and_never_breaks_us(good: bytes, empty: Store, tmp_path: Path) -> None:
    chance = random.Random(1)
    honest = unpacked(good)
    for _ in range(60):
        damaged = bytearray(good)
        for _ in range(chance.randint(1, 4)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        try:
            same = unpacked(bytes(damaged)) == honest
        except Exception:
            same = False
        if not same:  # where it only touched what a zip does not read, it is still the good one
            assert refused(empty, bytes(damaged), tmp_path) in KEYS


def test_parts_said_to_begin_before_the_file_are_damage_and_no_trouble_of_the_store(
    good: bytes, empty: Store, tmp_path: Path
) -> None:
    at = len(good) - 6  # in the last record: where the list of the parts begins
    begins = int.from_bytes(good[at : at + 4], "little")
    later = (begins + len(good)).to_bytes(4, "little")
    assert refused(empty, good[:at] + later + good[at + 4 :], tmp_path) == "import_damaged"


def test_no_file_and_no_folder_are_told(empty: Store, tmp_path: Path) -> None:
    for path in (tmp_path / "nothing.zip", tmp_path):
        with pytest.raises(InputError) as error:
            empty.import_(path)
        assert error.value.key == "import_missing"


def test_half_an_export_is_never_left(good: bytes, tmp_path: Path) -> None:
    with open_store(tmp_path / "store") as store:
        session = store.add(new(), result())
        with pytest.raises(InputError):
            store.export(session, tmp_path / "nowhere" / "x.zip")
        with pytest.raises(InputError):
            store.export(OTHER, tmp_path / "x.zip")
    assert good
    assert not list(tmp_path.glob("*.zip*"))
