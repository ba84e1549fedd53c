"""The file for the USB stick: carried, looked into, taken in; no name without being asked, and locked where one is."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from coach.carry import carry, opened, take
from coach.domain import InputError
from coach.programme.bodies import Name, Person
from coach.register import Register
from coach.store import Person as StoredPerson
from coach.store import open_store
from coach.store.locked import lock, unlock
from tests.programme.made import paper, uid
from tests.store.made import new, result

PASSPHRASE = "melati putih di kebun"


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Register]:
    with open_store(tmp_path / "here") as store:
        register = Register(store)
        register.join(paper().entries)
        register.add(Name(name="Siti Rahmawati", telephone="0812-555"), "T1", uid("kader", 0))
        store.put_person(StoredPerson("T9", "Bidan Dewi Lestari", "trainer"))
        store.add(replace(new(), kader="K01"), result())
        yield register


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Register]:
    with open_store(tmp_path / "there") as store:
        yield Register(store)


def contents(file: Path) -> bytes:
    """All that is in a zip, the zips in it unpacked as well."""
    found = b""
    with zipfile.ZipFile(file) as zipped:
        for name in zipped.namelist():
            data = zipped.read(name)
            if name.endswith(".zip"):
                inner = file.with_name("inner.zip")
                inner.write_bytes(data)
                data = contents(inner)
            found += name.encode() + data
    return found


def test_no_name_is_in_the_file_unless_it_was_asked_for(here: Register, tmp_path: Path) -> None:
    file, named, plain = tmp_path / "a.zip", tmp_path / "b.zip", tmp_path / "plain.zip"
    ids = here.store.ids()
    carry(here, file, ids)
    data = contents(file)
    assert b"K01" in data
    assert len(ids) == 1
    for name in (b"Siti", b"Rahmawati", b"0812-555", b"Lestari"):
        assert name not in data
    carry(here, named, ids, names=True, passphrase=PASSPHRASE)
    assert b"Siti" not in named.read_bytes()
    unlock(named, plain, PASSPHRASE)
    assert b"Siti Rahmawati" in contents(plain)


def test_what_is_carried_is_shown_first_and_then_taken_in_once(here: Register, there: Register, tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    carry(here, file, here.store.ids())
    with opened(there, file) as found:
        assert (len(found.preview.new), found.preview.known) == (len(found.entries), 0)
        assert (found.plan.count("new"), found.preview.clashes) == (1, ())
        assert found.manifest.laptop == here.laptop.letter
        assert there.state().entries == {}  # nothing yet
        added, sessions = take(there, found)
    assert (added.new, sessions) == (len(found.entries), 1)
    with opened(there, file) as again:
        assert (again.preview.new, again.plan.count("known")) == ((), 1)
        assert (take(there, again)[0].new, take(there, again)[1]) == (0, 0)
    named = {one.id for one in here.state().entries.values() if one.kind == "name"}
    assert there.state().entries.keys() == here.state().entries.keys() - named
    assert [p.person for p in there.practised()] == [uid("kader", 0)]  # the same person on both


def test_a_tombstone_travels_and_an_older_file_brings_nobody_back(
    here: Register, there: Register, tmp_path: Path
) -> None:
    old, newer = tmp_path / "old.zip", tmp_path / "new.zip"
    carry(here, old)
    with opened(there, old) as found:
        take(there, found)
    here.erase(uid("kader", 3), "T1")
    carry(here, newer)
    for file in (newer, old):
        with opened(there, file) as found:
            take(there, found)
        assert uid("kader", 3) not in there.state().all(Person)
    with opened(there, old) as found:
        assert found.preview.obeyed == 5


def test_names_and_films_need_a_passphrase_that_is_long_enough(here: Register, tmp_path: Path) -> None:
    for names in (True, False):
        with pytest.raises(InputError) as refused:
            carry(here, tmp_path / "x.zip", names=names, films=not names)
        assert refused.value.key == "carry_unlocked"
    with pytest.raises(InputError) as short:
        carry(here, tmp_path / "x.zip", names=True, passphrase="melati")
    assert short.value.key == "lock_short"
    assert list(tmp_path.glob("x.zip*")) == []
    assert list(here.store.folder.glob(".import-*")) == []


def test_a_locked_file_opens_with_its_passphrase_alone(here: Register, there: Register, tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    carry(here, file, names=True, passphrase=PASSPHRASE)
    for passphrase, key in (("", "carry_locked"), (PASSPHRASE + "s", "lock_wrong")):
        with pytest.raises(InputError) as refused, opened(there, file, passphrase):
            pass
        assert refused.value.key == key
    with opened(there, file, PASSPHRASE) as found:
        take(there, found)
    assert there.state().get(Name, uid("kader", 0)) is not None


@pytest.mark.parametrize("size", [0, 1, (1 << 20) - 1, 1 << 20, (2 << 20) + 5])
def test_locking_keeps_every_byte_and_notices_what_is_missing(size: int, tmp_path: Path) -> None:
    plain, file, back = (tmp_path / name for name in ("plain", "locked", "back"))
    data = bytes(k % 251 for k in range(1009)) * (size // 1009 + 1)
    plain.write_bytes(data[:size])
    lock(plain, file, PASSPHRASE)
    unlock(file, back, PASSPHRASE)
    assert back.read_bytes() == data[:size]
    whole = file.read_bytes()
    cuts = [whole[:-1], whole[:60] + bytes([whole[60] ^ 1]) + whole[61:] if len(whole) > 60 else whole[:20], whole[:30]]
    if size > 1 << 20:
        cuts.append(whole[: 38 + (1 << 20) + 16])  # whole pieces, and the last one is missing
    for cut in cuts:
        file.write_bytes(cut)
        with pytest.raises(InputError) as refused:
            unlock(file, back, PASSPHRASE)
        assert refused.value.key == "lock_wrong"


@pytest.mark.parametrize("harm", ["no zip", "other zip", "entry", "extra", "cut"])
def test_a_harmed_file_is_refused_and_nothing_of_it_stays(
    harm: str, here: Register, there: Register, tmp_path: Path
) -> None:
    file, bad = tmp_path / "a.zip", tmp_path / "bad.zip"
    carry(here, file, here.store.ids())
    with zipfile.ZipFile(file) as zipped:
        parts = {name: zipped.read(name) for name in zipped.namelist()}
    if harm == "no zip":
        bad.write_bytes(b"hello")
    elif harm == "cut":
        bad.write_bytes(file.read_bytes()[:-200])
    else:
        if harm == "other zip":
            del parts["manifest.json"]
        elif harm == "entry":
            parts["entries.jsonl"] = parts["entries.jsonl"].replace(b"K02", b"K22")
        else:
            parts["../evil"] = b"x"
        with zipfile.ZipFile(bad, "w") as out:
            for name, data in parts.items():
                out.writestr(name, data)
    with pytest.raises(InputError) as refused, opened(there, bad):
        pass
    assert refused.value.key in ("carry_foreign", "carry_damaged")
    assert there.state().entries == {}
    assert list(there.store.folder.glob(".import-*")) == []


def test_an_entry_that_was_changed_is_named_by_its_line(here: Register, there: Register, tmp_path: Path) -> None:
    import hashlib  # noqa: PLC0415

    file, bad = tmp_path / "a.zip", tmp_path / "bad.zip"
    carry(here, file)
    with zipfile.ZipFile(file) as zipped:
        parts = {name: zipped.read(name) for name in zipped.namelist()}
    lines = parts["entries.jsonl"].splitlines(keepends=True)
    lines[4] = lines[4].replace(b"T1", b"T2")
    parts["entries.jsonl"] = b"".join(lines)
    manifest = json.loads(parts["manifest.json"])
    digest = hashlib.sha256(parts["entries.jsonl"]).hexdigest()
    manifest["files"] = [f | ({"sha256": digest} if f["name"] == "entries.jsonl" else {}) for f in manifest["files"]]
    parts["manifest.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(bad, "w") as out:
        for name, data in parts.items():
            out.writestr(name, data)
    with pytest.raises(InputError) as refused, opened(there, bad):
        pass
    assert (refused.value.key, refused.value.values["number"]) == ("programme_entry_bad", 5)
