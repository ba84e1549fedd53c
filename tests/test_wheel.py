"""What is built from the source distribution carries everything a review needs."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCES = (
    "coach",
    "models",
    "protocols",
    "instruments",
    "pyproject.toml",
    "setup.py",
    "MANIFEST.in",
    "README.md",
    "LICENSE",
)
LOOK = """
import coach
from coach import places
from coach.detect.models import model
from coach.messages import Catalogue
from coach.protocol.files import load, names
print(coach.__file__)
print(places.MODELS)
print(len(model("hand_landmarker")), len(model("pose_landmarker_full")))
print(*names())
print(len(load("oxytocin").segments))
"""


def run(*arguments: str | Path, cwd: Path) -> str:
    done = subprocess.run([sys.executable, *map(str, arguments)], cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built by way of a source distribution, from a copy of the tree, without the network."""
    folder = tmp_path_factory.mktemp("build")
    copy = folder / "copy"
    copy.mkdir()
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, copy)
    run("-W", "ignore", "-c", "from setuptools.build_meta import build_sdist; build_sdist('..')", cwd=copy)
    (sdist,) = folder.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        archive.extractall(folder / "sdist", filter="data")
    (unpacked,) = (folder / "sdist").iterdir()
    pip = ("-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", folder)
    run(*pip, unpacked, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_holds_the_data_once_and_nothing_of_the_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for kind, folder in ((n, ROOT / n) for n in ("models", "protocols", "instruments")):
        assert {n for n in names if n.startswith(f"coach/data/{kind}/")} == {
            f"coach/data/{kind}/{f.name}" for f in folder.iterdir()
        }
    assert {"coach/messages/id.toml", "coach/messages/en.toml", "coach/py.typed", "coach/cli.py"} <= set(names)
    assert {f"coach/messages/page.{lang}.toml" for lang in ("id", "en")} <= set(names)
    for laid in (
        "handbook",
        "page",
        "voices",
    ):  # with the third-party scripts that set-up laid there, so that no Node is needed
        there = (ROOT / "coach" / "web" / laid).rglob("*")
        assert {f"{file.relative_to(ROOT)}" for file in there if file.is_file()} == {
            n for n in names if n.startswith(f"coach/web/{laid}/")
        }
    assert "coach/web/page/vendor/preact.js" in names
    assert any(n.endswith("/LICENSE") for n in names)
    assert {n.split("/")[0].split("-")[0] for n in names} == {"coach"}


def test_an_installed_coach_finds_its_models_and_protocols(wheel: Path, tmp_path: Path) -> None:
    target = tmp_path / "installed"
    run("-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", target, wheel, cwd=tmp_path)
    code = f"import sys; sys.path.insert(0, {str(target)!r})\n{LOOK}"
    where, models, sizes, names, segments = run("-c", code, cwd=tmp_path).splitlines()
    assert where == str(target / "coach" / "__init__.py")
    assert models == str(target / "coach" / "data" / "models")
    assert sizes.split() == [
        str((ROOT / "models" / f"{n}.task").stat().st_size) for n in ("hand_landmarker", "pose_landmarker_full")
    ]
    assert names.split() == sorted(f.stem for f in (ROOT / "protocols").glob("*.toml"))
    assert int(segments) == 13
