"""What is missing on a machine is named with the package that brings it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools import check_libraries

ROOT = Path(__file__).resolve().parents[1]
TOOLS = ROOT / "tools"


def test_nothing_is_said_where_all_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert check_libraries.main(["--tests"]) == 0
    assert capsys.readouterr().err == ""


def test_a_library_that_does_not_load_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check_libraries, "LIBRARIES", {"libc.so.6": "libc6", "libEGL-none.so.1": "libegl1"})
    assert check_libraries.main([]) == 1
    said = capsys.readouterr().err
    assert "Not there: libEGL-none.so.1." in said
    assert "sudo apt install libegl1" in said
    assert "libc" not in said


def test_a_mac_is_not_asked_for_libraries_of_linux(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_libraries, "LIBRARIES", {"libEGL-none.so.1": "libegl1"})
    monkeypatch.setattr(sys, "platform", "darwin")
    assert check_libraries.main([]) == 0


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="no checkout")
def test_lines_end_alike_wherever_the_repository_is_checked_out() -> None:
    """A protocol's digest is that of its bytes: a trainer's laptop with Windows must not have another."""
    files = [*sorted((ROOT / "protocols").glob("*.toml")), TOOLS / "set_up.sh"]
    asked = [str(file.relative_to(ROOT)) for file in files]
    told = subprocess.run(
        ["git", "check-attr", "eol", *asked], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert len(told) == len(asked) > 2
    assert all(line.endswith(": eol: lf") for line in told)


def test_a_program_is_asked_for_only_where_the_tests_run(tmp_path: Path) -> None:
    script, path = [sys.executable, str(TOOLS / "check_libraries.py")], os.environ | {"PATH": str(tmp_path)}
    alone, tests = (
        subprocess.run([*script, *more], env=path, capture_output=True, text=True, check=False)
        for more in ([], ["--tests"])
    )
    assert (alone.returncode, alone.stderr) == (0, "")
    assert tests.returncode == 1
    assert "sudo apt install strace" in tests.stderr


def test_a_machine_without_a_fitting_python_is_told_what_to_install(tmp_path: Path) -> None:
    bin_folder = tmp_path / "bin"
    bin_folder.mkdir()
    bash = shutil.which("bash")
    assert bash
    old = bin_folder / "python3"
    old.write_text(f"#!{bash}\nexit 1\n", encoding="utf-8")  # says no to every question, as an old one does
    old.chmod(0o755)
    done = subprocess.run(
        [bash, str(TOOLS / "set_up.sh"), str(tmp_path / "venv")],
        env={"PATH": str(bin_folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "Python 3.11, 3.12 or 3.13" in done.stderr
    assert not (tmp_path / "venv").exists()
