"""The core reads no clock, no file and no device; who imports what is the import contracts' matter (pyproject.toml)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "coach"
CORE = (
    "locate",
    "moves",
    "parse",
    "reading",
    "score",
    "tutor",
    "domain.py",
    "pipeline.py",
    "ports.py",
    "protocol/schema.py",
)
FILES = sorted(f for name in CORE for f in ([PACKAGE / name] if "." in name else (PACKAGE / name).glob("**/*.py")))
MODULES = {
    *("time", "datetime", "os", "io", "pathlib", "shutil", "tempfile", "glob", "socket", "subprocess", "threading"),
    *("random", "secrets", "sys", "logging", "importlib", "urllib", "http", "multiprocessing", "asyncio"),
}
CALLS = {"open", "print", "input", "exec", "eval", "__import__", "breakpoint"}
OF_NUMPY = {"load", "save", "savez", "loadtxt", "savetxt", "genfromtxt", "fromfile", "tofile", "memmap", "random"}


def impure(source: str) -> Iterator[str]:
    """What the source imports or calls that reaches out of the program, as "line: what"."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
            yield f"{node.lineno}: {node.func.id}("
            continue
        elif isinstance(node, ast.Attribute) and node.attr in OF_NUMPY and _numpy(node.value):
            yield f"{node.lineno}: np.{node.attr}"
            continue
        else:
            continue
        yield from (f"{node.lineno}: import {name}" for name in names if name.split(".")[0] in MODULES)


def _numpy(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in ("np", "numpy")


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_reads_no_clock_and_no_file(file: Path) -> None:
    assert list(impure(file.read_text("utf-8"))) == []


def test_all_of_the_core_is_looked_at() -> None:
    assert {str(f.relative_to(PACKAGE)).split("/")[0] for f in FILES} == {name.split("/")[0] for name in CORE}
    assert len(FILES) > 20


@pytest.mark.parametrize(
    "source",
    [
        "import time",
        "import os.path as p",
        "from datetime import datetime",
        "from pathlib import Path",
        "def f(x):\n    return open(x).read()",
        "def f():\n    import random",
        "x = np.random.default_rng()",
        "y = np.load('a.npy')",
        "print(1)",
    ],
)
def test_the_look_finds_what_reaches_out(source: str) -> None:
    assert list(impure(source))


def test_the_look_lets_plain_work_pass() -> None:
    assert list(impure("import numpy as np\nfrom math import hypot\nx = np.median([1, 2])\nreopen(x)\n")) == []
