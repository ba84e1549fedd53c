"""A database of every earlier version opens, keeps what it had, and works like a new one."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from coach.domain import InputError
from coach.store import open_store
from coach.store.folder import is_id
from coach.store.migrate import steps
from tests.store.made import new, result
from tests.store.old.make import HERE, SESSION

VERSIONS = range(1, len(steps()) + 1)


def layout(file: Path) -> list[tuple[str, ...]]:
    """Tables with their columns, and indexes."""
    database = sqlite3.connect(file)
    names = [r[0] for r in database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    columns = [(name, *sorted(str(c[1:]) for c in database.execute(f"PRAGMA table_info({name})"))) for name in names]
    indexes = [
        (str(r[0]),) for r in database.execute("SELECT sql FROM sqlite_master WHERE type = 'index' ORDER BY name")
    ]
    database.close()
    return columns + indexes


@pytest.mark.parametrize("version", VERSIONS)
def test_an_old_database_of_every_version_opens_with_what_it_had(version: int, tmp_path: Path) -> None:
    shutil.copy(HERE / f"v{version}.db", tmp_path / "coach.db")
    with open_store(tmp_path) as store:
        found = store.session(SESSION)
        assert (found.row.kader, found.row.percent, found.row.corrected) == ("K01", 77.6, version >= 2)
        assert found.report is not None
        assert found.report["schema"] == "coach.report/1"
        assert [c.event["text"] for c in found.corrections] == ["lama"] * (version >= 2)
        (person,) = store.people()
        assert (person.code, person.name, person.id) == ("K01", "Ibu Lama", found.row.person)
        assert is_id(person.id)
        assert dict(next(iter(store.standings()))[1]) == {i["id"]: i["points"] for i in found.report["items"]}
        (brief,) = store.counted()
        assert dict(brief.items) == {i["id"]: i["points"] for i in found.report["items"]}
        store.correct(SESSION, {"do": "tick_item", "item": "oil", "points": 2}, "T1")
        assert store.counted()[0].items["oil"] == 2
        assert store.session(SESSION).row.points == 92
        store.add(new(), result())
        assert store.sessions().total == 2
    open_store(tmp_path / "new").close()
    assert layout(tmp_path / "coach.db") == layout(tmp_path / "new" / "coach.db")


def test_a_database_from_the_future_is_left_alone(tmp_path: Path) -> None:
    open_store(tmp_path).close()
    database = sqlite3.connect(tmp_path / "coach.db")
    database.execute(f"PRAGMA user_version={len(steps()) + 1}")
    database.close()
    before = (tmp_path / "coach.db").read_bytes()
    with pytest.raises(InputError) as refused:
        open_store(tmp_path)
    assert refused.value.key == "store_newer"
    assert (tmp_path / "coach.db").read_bytes() == before


def test_a_step_that_breaks_off_leaves_the_version_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(HERE / "v1.db", tmp_path / "coach.db")
    whole = steps()
    monkeypatch.setattr("coach.store.migrate.steps", lambda: (whole[0], whole[1] + "CREATE nonsense;"))
    with pytest.raises(sqlite3.OperationalError):
        open_store(tmp_path)
    monkeypatch.undo()
    assert layout(tmp_path / "coach.db") == layout(HERE / "v1.db")
    with open_store(tmp_path) as store:
        assert store.session(SESSION).row.kader == "K01"
