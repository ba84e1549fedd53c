"""Models are used only if they are what the manifest promises."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from coach.cli import main
from coach.detect import hands
from coach.detect.models import model
from coach.domain import InputError
from coach.places import MODELS
from tests.footage import BACK, SAMPLE

NAME = "hand_landmarker"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a small model in place of the real one."""
    data = b"a model"
    (tmp_path / "hand_landmarker.task").write_bytes(data)
    digest = hashlib.sha256(data).hexdigest()
    (tmp_path / "manifest.toml").write_text(
        f'[{NAME}]\nfile = "hand_landmarker.task"\nsha256 = "{digest}"\n', encoding="utf-8"
    )
    return tmp_path


def flip(task: Path) -> None:
    data = bytearray(task.read_bytes())
    data[len(data) // 2] ^= 1
    task.write_bytes(data)


def replace_by_folder(task: Path) -> None:
    task.unlink()
    task.mkdir()


TASK, MANIFEST = "hand_landmarker.task", "manifest.toml"
SPOILT: dict[str, tuple[str, Callable[[Path], object], str]] = {
    "a bit turned over": (TASK, flip, "model_corrupt"),
    "cut short": (TASK, lambda f: f.write_bytes(f.read_bytes()[:-1]), "model_corrupt"),
    "empty": (TASK, lambda f: f.write_bytes(b""), "model_corrupt"),
    "missing": (TASK, Path.unlink, "model_missing"),
    "a folder": (TASK, replace_by_folder, "model_missing"),
    "another sum": (MANIFEST, lambda f: f.write_text(f.read_text().replace('256 = "', '256 = "0')), "model_corrupt"),
    "no TOML": (MANIFEST, lambda f: f.write_text("[[["), "model_corrupt"),
    "bytes": (MANIFEST, lambda f: f.write_bytes(b"\xff\xfe\x00"), "model_corrupt"),
    "nothing promised": (MANIFEST, lambda f: f.write_text(""), "model_missing"),
    "no manifest": (MANIFEST, Path.unlink, "model_missing"),
    "no sum": (MANIFEST, lambda f: f.write_text(f'[{NAME}]\nfile = "{TASK}"\n'), "model_corrupt"),
    "no file": (MANIFEST, lambda f: f.write_text(f'[{NAME}]\nsha256 = "00"\n'), "model_corrupt"),
    "no tables": (MANIFEST, lambda f: f.write_text(f"{NAME} = 3\n"), "model_corrupt"),
}


def test_a_good_model_is_read(folder: Path) -> None:
    assert model(NAME, folder) == b"a model"


@pytest.mark.parametrize(("file", "spoil", "key"), SPOILT.values(), ids=SPOILT)
def test_a_spoilt_model_is_refused(folder: Path, file: str, spoil: Callable[[Path], object], key: str) -> None:
    spoil(folder / file)
    with pytest.raises(InputError) as refusal:
        model(NAME, folder)
    assert refusal.value.key == key
    assert str(folder) in str(refusal.value.values["path"])


@pytest.mark.parametrize("how", SPOILT)
def test_the_command_line_says_so_in_one_line(folder: Path, how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    file, spoil, _ = SPOILT[how]
    spoil(folder / file)
    monkeypatch.setattr(hands, "model", lambda name: model(name, folder))
    report = folder / "report.json"
    done = CliRunner().invoke(main, ["review", str(SAMPLE), "--back", BACK, "--lang", "en", "--json", str(report)])
    assert done.exit_code == 2
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.startswith("coach: The model file ")
    assert "Install coach again." in line
    assert not report.exists()


def test_the_models_of_the_repository_are_whole_and_one_bit_less_is_not(tmp_path: Path) -> None:
    for name in ("hand_landmarker", "pose_landmarker_full"):
        assert len(model(name)) == (MODELS / f"{name}.task").stat().st_size
    shutil.copytree(MODELS, tmp_path / "models")
    task = tmp_path / "models" / "hand_landmarker.task"
    task.chmod(0o644)
    task.write_bytes(task.read_bytes()[:-1])
    with pytest.raises(InputError, match="model_corrupt"):
        model("hand_landmarker", tmp_path / "models")
