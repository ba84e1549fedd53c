"""The numbers that the reading rests on stand in one place, say where they come from, and are used."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.bench.size import COACH, ORIGINS, constants

ROOMS = ("moves", "parse", "score", "tutor")
MEASURED = ("clip_lengths.py",)  # a table that a tool writes
PARAMETERS = sorted((COACH / "parameters").glob("*.py"))


def test_no_number_has_a_name_elsewhere() -> None:
    files = [file for room in ROOMS for file in (COACH / room).glob("*.py") if file.name not in MEASURED]
    assert [f"{file.parent.name}/{file.name}: {name}" for file in files for name, _ in constants(file)] == []


def test_each_says_what_it_rests_on() -> None:
    assert [
        f"{file.name}: {name}"
        for file in PARAMETERS
        for name, comment in constants(file)
        if sum(origin in comment for origin in ORIGINS) != 1
    ] == []


def test_each_is_one_number() -> None:
    assert [
        f"{file.name}:{statement.lineno}"
        for file in PARAMETERS
        for statement in ast.parse(file.read_text("utf-8")).body
        if isinstance(statement, ast.Assign)
        or (isinstance(statement, ast.AnnAssign) and isinstance(statement.value, ast.Tuple | ast.List | ast.Dict))
    ] == []


def test_each_is_used() -> None:
    used = {word for file in COACH.rglob("*.py") for word in _read(file)}
    assert [name for file in PARAMETERS for name, _ in constants(file) if name not in used] == []


def test_no_two_have_one_name() -> None:
    names = [name for file in PARAMETERS for name, _ in constants(file)]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def _read(file: Path) -> set[str]:
    """The names that a file reads; an import alone is no use."""
    text = file.read_text("utf-8")
    if "parameters" not in text and file.parent.name != "parameters":
        return set()
    words = (
        node.id for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    )
    return {word for word in words if re.fullmatch(r"_?[A-Z][A-Z0-9_]*", word)}
