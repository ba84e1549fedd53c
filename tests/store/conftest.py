"""The same tests over SQLite and over PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.store import Store, open_store
from tests.store.postgres import running


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with running() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    if request.param == "sqlite":
        with open_store(tmp_path / "store") as opened:
            yield opened
        return
    with open_store(request.getfixturevalue("server"), files=tmp_path / "files") as opened:
        opened.connection.run(
            "TRUNCATE entries, sessions, people, protocols, results, consents, corrections, ratings, chunks, tombstones"
            " CASCADE"
        )
        yield opened
