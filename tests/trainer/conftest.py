"""One store and one browser for the tests of a module; each test makes the sessions that it changes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.trainer.made import Side, keep, side


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Side]:
    with side(tmp_path_factory.mktemp("data") / "store") as opened:
        yield opened


@pytest.fixture(scope="module")
def session(office: Side) -> str:
    """One that no test changes."""
    return keep(office.store)
