"""Models are used only if they are what the manifest promises."""

from __future__ import annotations

import hashlib
import shutil
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


def spoil(folder: Path, how: str) -> None:
    task, manifest = folder / "hand_landmarker.task", folder / "manifest.toml"
    match how:
        case "a bit turned over":
            data = bytearray(task.read_bytes())
            data[len(data) // 2] ^= 1
            task.write_bytes(data)
        case "cut short":
            task.write_bytes(task.read_bytes()[:-1])
        case "empty":
            task.write_bytes(b"")
        case "missing":
            task.unlink()
        case "a folder":
            task.unlink()
            task.mkdir()
        case "manifest with another sum":
            manifest.write_text(manifest.read_text("utf-8").replace('sha256 = "', 'sha256 = "0'), encoding="utf-8")
        case "manifest that is no TOML":
            manifest.write_text("[[[", encoding="utf-8")
        case "manifest of bytes":
            manifest.write_bytes(b"\xff\xfe\x00")
        case "manifest without the model":
            manifest.write_text("", encoding="utf-8")
        case "manifest missing":
            manifest.unlink()
        case "manifest without a sum":
            manifest.write_text(f'[{NAME}]\nfile = "hand_landmarker.task"\n', encoding="utf-8")
        case "manifest without a file":
            manifest.write_text(f'[{NAME}]\nsha256 = "00"\n', encoding="utf-8")
        case "manifest that is flat":
            manifest.write_text(f"{NAME} = 3\n", encoding="utf-8")


SPOILT = {
    "a bit turned over": "model_corrupt",
    "cut short": "model_corrupt",
    "empty": "model_corrupt",
    "missing": "model_missing",
    "a folder": "model_missing",
    "manifest with another sum": "model_corrupt",
    "manifest that is no TOML": "model_corrupt",
    "manifest of bytes": "model_corrupt",
    "manifest without the model": "model_missing",
    "manifest missing": "model_missing",
}
BROKEN_MANIFESTS = ("manifest without a sum", "manifest without a file", "manifest that is flat")


def test_a_good_model_is_read(folder: Path) -> None:
    assert model(NAME, folder) == b"a model"


@pytest.mark.parametrize(("how", "key"), SPOILT.items(), ids=SPOILT)
def test_a_spoilt_model_is_refused(folder: Path, how: str, key: str) -> None:
    spoil(folder, how)
    with pytest.raises(InputError) as refusal:
        model(NAME, folder)
    assert refusal.value.key == key
    assert str(folder) in str(refusal.value.values["path"])


@pytest.mark.parametrize("how", [*SPOILT, *BROKEN_MANIFESTS])
def test_the_command_line_says_so_in_one_line(folder: Path, how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    spoil(folder, how)
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
