"""The build step that puts models and protocols inside the wheel; all else is in pyproject.toml."""

from __future__ import annotations

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

FOLDERS = ("models", "protocols")


class BuildWithData(build_py):
    """Copies the folders that stand beside the package to ``coach/data``, where an installed coach looks for them."""

    def run(self) -> None:
        super().run()
        if self.editable_mode:  # then coach finds them where they are
            return
        for folder in FOLDERS:
            target = Path(self.build_lib) / "coach" / "data" / folder
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree(folder, target)


setup(cmdclass={"build_py": BuildWithData})
