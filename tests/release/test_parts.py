"""``make test`` runs every part, also behind one that failed, and says at its end how each ended."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.footage import ROOT


def ran(folder: Path, ends: dict[str, int]) -> tuple[int, str]:
    """The exit code and the last lines of a run in which each program ends as is said."""
    (folder / "tools").mkdir()
    (folder / "tests").mkdir()
    (folder / "tests" / "test_one.py").write_text("mark.alone", encoding="utf-8")
    (folder / "tools" / "test.sh").write_bytes((ROOT / "tools" / "test.sh").read_bytes())
    programs = folder / ".venv" / "bin"
    programs.mkdir(parents=True)
    for name in ("ruff", "mypy", "lint-imports", "python"):
        program = programs / name
        program.write_text(f'#!/bin/sh\necho "{name} $*"\nexit {ends.get(name, 0)}\n', encoding="utf-8")
        program.chmod(0o755)
    done = subprocess.run(["bash", "tools/test.sh"], cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def test_all_parts_pass(tmp_path: Path) -> None:
    code, said = ran(tmp_path, {})
    assert code == 0
    assert [line.split()[:2] for line in said.splitlines()[-5:]] == [
        [part, "passed"] for part in ("style", "types", "contracts", "tests", "alone")
    ]


@pytest.mark.parametrize(
    ("ends", "code", "failed"),
    [({"ruff": 3}, 3, {"style"}), ({"lint-imports": 4, "python": 5}, 4, {"contracts", "tests", "alone"})],
)
def test_a_part_that_fails_stops_none_behind_it(
    tmp_path: Path, ends: dict[str, int], code: int, failed: set[str]
) -> None:
    ended, said = ran(tmp_path, ends)
    assert ended == code
    assert {line.split()[0] for line in said.splitlines()[-5:] if "FAILED" in line} == failed
    assert "python -m pytest -m alone and not pages tests/test_one.py" in said
