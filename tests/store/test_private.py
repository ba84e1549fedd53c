"""Whoever else uses the machine does not see into the data folder that coach makes."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.protocol import files as protocol_files
from coach.store import Store, open_store
from coach.store.scratch import Scratch
from coach.trainer.shelf import FOLDER, Shelf
from tests.store.made import chunk, new, result

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows keeps a user's folders to the user by itself")


@pytest.fixture(autouse=True)
def usual_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def mode(folder: Path) -> int:
    return stat.S_IMODE(folder.stat().st_mode)


def test_a_folder_that_is_made_is_its_owners_alone(store: Store) -> None:
    store.add(new(), result(), tracks=[chunk(0)])
    assert mode(store.folder) == 0o700


def test_so_it_is_whatever_is_kept_in_it_first(tmp_path: Path) -> None:
    with Scratch(tmp_path / "scratch"):
        assert mode(tmp_path / "scratch") == 0o700
    Shelf(tmp_path / "shelf" / FOLDER).save("ours", protocol_files.read(protocol_files.find("oxytocin")))
    assert mode(tmp_path / "shelf") == 0o700


def test_a_folder_that_was_there_keeps_its_mode(tmp_path: Path) -> None:
    tmp_path.chmod(0o750)
    with open_store(tmp_path) as store:
        store.add(new(), result(), tracks=[chunk(0)])
    assert mode(tmp_path) == 0o750
