"""The backup of the trainer's page: made with one call, and asked for when it is time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from coach.domain import InputError
from coach.store import open_store
from coach.store.backup import LAST
from coach.trainer import backups, shelf
from coach.trainer.office import Office
from coach.trainer.sights import Sights
from tests.store.made import new, result


def test_it_is_made_and_asked_for_again_after_a_fortnight(tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    with open_store(tmp_path / "data") as store:
        office = Office(store, Sights(store), shelf.Shelf(store.folder / shelf.FOLDER, None), "id", "oxytocin")
        assert backups.about(office)["overdue_days"] is None  # nothing to lose yet
        with store.recording(new("K01")) as recording:
            recording.finish(result())
        made = backups.make(office, {"folder": f" {stick} "})
        assert made["sessions"] == 1
        assert Path(made["path"]).parent == stick
        assert backups.about(office)["overdue_days"] is None
        (store.folder / LAST).write_text((datetime.now(UTC) - timedelta(days=15)).isoformat(), encoding="utf-8")
        assert backups.about(office)["overdue_days"] == 15
        for body in (None, {}, {"folder": 3}, {"folder": " "}, {"folder": str(tmp_path / "nowhere")}):
            with pytest.raises(InputError, match="backup_missing"):
                backups.make(office, body)
