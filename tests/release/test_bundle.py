"""What the stick is made of: the right wheels by the lock, quoted paths, a set-up program that compiles."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name

from tests.footage import ROOT
from tools import bundle

WINDOWS = ROOT / "packaging" / "windows"
EXTRAS = {"psycopg", "psycopg_binary", "distributed"}  # what only health offices install
SCRIPTS = sorted(WINDOWS.glob("*.cmd"))


def names(platform: str, python: str = "3.12") -> dict[str, str]:
    lines = bundle.wanted(bundle.LOCK.read_text(encoding="utf-8"), platform, python)
    assert all("--hash=sha256:" in line for line in lines)
    found = [line.split()[0].split("==") for line in lines]
    assert len({name for name, _ in found}) == len(found)
    return dict(found)


def test_each_platform_gets_its_own() -> None:
    windows, linux = names("windows"), names("linux", "3.11")
    assert windows["numpy"] != linux["numpy"]  # the newest that each Python has
    assert "sounddevice" not in windows
    one, two = "one==1 ; sys_platform == 'win32'", "two==2 ; os_name == 'posix'"
    lock = "".join(f"{head} \\\n    --hash=sha256:a\n" for head in (one, two))
    assert [line.split()[0] for line in bundle.wanted(lock, "windows", "3.12")] == ["one==1"]
    assert [line.split()[0] for line in bundle.wanted(lock, "linux", "3.12")] == ["two==2"]


@pytest.mark.parametrize("platform", ["windows", "linux"])
def test_all_that_coach_imports_is_inside(platform: str) -> None:
    inside, owners = set(names(platform)), metadata.packages_distributions()
    lacking = set()
    for file in (ROOT / "coach").rglob("*.py"):
        for name in imported(file) - set(sys.stdlib_module_names) - {"coach"} - EXTRAS:
            if not {canonicalize_name(owner) for owner in owners.get(name, [])} & inside:
                lacking.add((str(file.relative_to(ROOT)), name))
    assert lacking == set()


def imported(file: Path) -> set[str]:
    """The first names of all that a module imports, early or late."""
    out = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            out |= {one.name.partition(".")[0] for one in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            out.add(node.module.partition(".")[0])
    return out


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_every_path_is_quoted(script: Path) -> None:
    """A user's name may have a blank in it, and so then has the folder of her programs."""
    for line in script.read_text(encoding="utf-8").splitlines():
        for found in re.finditer(r"%(HOME_|HERE|DATA|PY|TEMP|USERPROFILE|LOCALAPPDATA)%", line):
            told_only = line.lstrip().startswith(("rem", "echo"))
            assert told_only or line[: found.start()].count('"') % 2, f"{script.name}: {line}"


def test_starters_are_filled_in_with_lines_of_windows(tmp_path: Path) -> None:
    bundle.starters("windows", tmp_path, "3.12", "1.0.0")
    for script in SCRIPTS:
        data = (tmp_path / script.name).read_bytes()
        assert b"@PYTHON@" not in data
        assert data.count(b"\n") == data.count(b"\r\n") > 0
    copied = re.search(r"for %%F in \(([^)]*)\) do copy", (tmp_path / "install.cmd").read_text(encoding="utf-8"))
    assert copied is not None
    for name in re.findall(r'"([^"]+)"|(\S+)', copied[1]):
        assert (tmp_path / (name[0] or name[1])).is_file()


def test_the_runtime_that_is_another_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(WINDOWS, tmp_path / "windows")
    monkeypatch.setattr(bundle, "PACKAGING", tmp_path)
    assert bundle.runtime(tmp_path).startswith("without")
    (tmp_path / "windows" / "python").mkdir(exist_ok=True)
    (tmp_path / "windows" / "python" / "python-3.12.10-amd64.exe").write_bytes(b"other")
    with pytest.raises(SystemExit, match="is not the file"):
        bundle.runtime(tmp_path)


@pytest.mark.skipif(shutil.which("makensis") is None, reason="makensis is not there: sudo apt install nsis")
def test_the_setup_program_compiles(tmp_path: Path) -> None:
    source = tmp_path / "a folder"
    source.mkdir()
    bundle.starters("windows", source, "3.12", "1.0.0")
    out = tmp_path / "coach-1.0.0-setup.exe"
    defines = ["-DVERSION=1.0.0", f"-DSOURCE={source}", f"-DOUT={out}"]
    subprocess.run(["makensis", "-V2", "-WX", "-NOCD", *defines, str(WINDOWS / "coach.nsi")], check=True)
    assert out.read_bytes()[:2] == b"MZ"
