"""The numbers that the reading rests on stand in one place, say where they come from, and are used."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.bench.size import COACH, named

ROOMS = ("score",)
ORIGINS = ("Measured:", "Source:", "Protocol:", "Derived:", "Chosen:")
PARAMETERS = sorted((COACH / "parameters").glob("*.py"))


def test_no_number_has_a_name_elsewhere() -> None:
    files = [file for room in ROOMS for file in (COACH / room).glob("*.py")]
    assert [f"{file.parent.name}/{file.name}: {name}" for file in files for name, _ in _constants(file)] == []


def test_each_says_what_it_rests_on() -> None:
    assert [
        f"{file.name}: {name}"
        for file in PARAMETERS
        for name, comment in _constants(file)
        if sum(origin in comment for origin in ORIGINS) != 1
    ] == []


def test_each_is_used() -> None:
    used = {word for file in COACH.rglob("*.py") for word in _read(file)}
    assert [name for file in PARAMETERS for name, _ in _constants(file) if name not in used] == []


def test_no_two_have_one_name() -> None:
    names = [name for file in PARAMETERS for name, _ in _constants(file)]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def _constants(file: Path) -> Iterator[tuple[str, str]]:
    """Each with the comment that stands over it."""
    text = file.read_text("utf-8")
    lines = text.splitlines()
    for statement in ast.parse(text).body:
        for name in named(statement):
            yield name, _comment(lines, statement.lineno - 1)


def _comment(lines: list[str], at: int) -> str:
    first = at
    while first and lines[first - 1].startswith("#"):
        first -= 1
    return " ".join(line.lstrip("# ") for line in lines[first:at])


def _read(file: Path) -> set[str]:
    """The names that a file reads; an import alone is no use."""
    text = file.read_text("utf-8")
    if "parameters" not in text and file.parent.name != "parameters":
        return set()
    words = (
        node.id for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    )
    return {word for word in words if re.fullmatch(r"_?[A-Z][A-Z0-9_]*", word)}
