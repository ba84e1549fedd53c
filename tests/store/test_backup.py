"""A backup holds all that the store holds, is read back, and is a store itself."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from coach.cli import main
from coach.domain import InputError
from coach.store import backup, open_store
from tests.store.made import new, result

NOW = datetime(2026, 12, 2, 9, 30, tzinfo=UTC)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with two sessions, and things beside them."""
    folder = tmp_path / "data"
    with open_store(folder) as store:
        for kader in ("K01", "K02"):
            with store.recording(new(kader)) as recording:
                recording.finish(result())
    (folder / "protocols").mkdir()
    (folder / "protocols" / "own.toml").write_text("own", encoding="utf-8")
    (folder / "clips").mkdir()
    (folder / "clips" / "voice.ogg").write_bytes(b"of this laptop")
    return folder


def test_a_backup_is_a_store_with_the_same_sessions(data: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    with open_store(data) as store:
        made = backup.back_up(store, stick, NOW)
        wanted = [row.id for row in store.sessions().rows]
    assert made.sessions == 2
    assert [one.name for one in stick.iterdir()] == ["coach-backup-2026-12-02-0930"]
    assert (made.folder / "protocols" / "own.toml").read_text(encoding="utf-8") == "own"
    assert not (made.folder / "clips").exists()
    with open_store(made.folder) as copy:
        assert [row.id for row in copy.sessions().rows] == wanted
    assert backup.last_backup(data) == NOW


def test_what_does_not_read_back_the_same_is_no_backup(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    prove = backup._prove

    def torn(part: Path, *rest: object) -> int:
        file = part / "protocols" / "own.toml"
        file.write_text("0wn", encoding="utf-8")  # as long, and other
        return prove(part, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(backup, "_prove", torn)
    with open_store(data) as store, pytest.raises(InputError) as refused:
        backup.back_up(store, stick, NOW)
    assert refused.value.key == "backup_broken"
    assert refused.value.values["name"] == "protocols/own.toml"
    assert list(stick.iterdir()) == []
    assert backup.last_backup(data) is None


@pytest.mark.parametrize(("place", "key"), [("data/inside", "backup_inside"), ("nowhere", "backup_missing")])
def test_a_place_that_cannot_be_is_refused(data: Path, tmp_path: Path, place: str, key: str) -> None:
    (data / "inside").mkdir()
    with open_store(data) as store, pytest.raises(InputError) as refused:
        backup.back_up(store, tmp_path / place, NOW)
    assert refused.value.key == key


def test_it_reminds_after_fourteen_days() -> None:
    assert not backup.is_due(NOW, None, NOW + timedelta(days=13))
    assert backup.is_due(NOW, None, NOW + timedelta(days=14))
    assert backup.is_due(None, NOW, NOW + timedelta(days=15))
    assert not backup.is_due(None, None, NOW)


def test_the_command_says_what_it_wrote(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["backup", str(tmp_path), "--data", str(data), "--lang", "en"], standalone_mode=False)
    said = capsys.readouterr().out
    assert code == 0
    assert "(2 sessions, " in said
    (made,) = tmp_path.glob("coach-backup-*")
    listed = json.loads((made / backup.MANIFEST).read_text(encoding="utf-8"))
    assert "coach.db" in {one["name"] for one in listed["files"]}
