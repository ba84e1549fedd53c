"""What is kept on the disk comes back as it was, or not at all."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.bench import store


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "FOLDER", tmp_path)


def test_arrays_come_back_as_they_were() -> None:
    arrays = {"a": np.array([[0.1, np.nan]]), "b": np.array(3, dtype=np.int8), "none": np.empty((0, 21, 2))}
    store.write("x", arrays)
    back = store.read("x")
    assert back is not None
    for name, array in arrays.items():
        assert back[name].dtype == array.dtype
        np.testing.assert_array_equal(back[name], array)


def test_what_is_not_there_or_was_cut_off_is_none(tmp_path: Path) -> None:
    store.write("x", {"a": np.arange(1000.0)})
    whole = (tmp_path / "x.npz").read_bytes()
    (tmp_path / "x.npz").write_bytes(whole[: len(whole) // 2])
    assert store.read("x") is None
    assert store.read("y") is None


def test_a_key_is_the_same_for_the_same_and_another_for_another() -> None:
    assert store.key("a", (1, 2.5), None) == store.key("a", (1, 2.5), None)
    assert len({store.key("a"), store.key("b"), store.key("a", "b"), store.key("ab"), store.key(("a", "b"))}) == 5


def test_the_source_of_a_folder_is_that_of_its_files() -> None:
    assert store.source_digest("coach/detect") == store.source_digest("coach/detect")
    assert store.source_digest("coach/detect") != store.source_digest("coach/detect/hands.py")
