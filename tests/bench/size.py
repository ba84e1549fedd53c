"""How much code the reading of a session is, and how many constants it rests on: ``python -m tests.bench.size``."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable
from pathlib import Path

ROOMS = ("parameters", "moves", "parse", "reading", "score", "tutor")
COACH = Path(__file__).parents[2] / "coach"


def main() -> int:
    total = [0, 0]
    for room in ROOMS:
        size = measured((COACH / room).glob("*.py"))
        total = [sum(both) for both in zip(total, size, strict=True)]
        print(f"{room:10} {size[0]:6} lines {size[1]:4} constants")
    print(f"{'all':10} {total[0]:6} lines {total[1]:4} constants")
    return 0


def measured(files: Iterable[Path]) -> tuple[int, int]:
    """Lines, and numbers that have a name in capitals at a module's top."""
    lines = constants = 0
    for file in files:
        text = file.read_text("utf-8")
        lines += text.count("\n")
        constants += sum(len(named(statement)) for statement in ast.parse(text).body)
    return lines, constants


def named(statement: ast.stmt) -> list[str]:
    """The constants with numbers in them that a statement names; each of a tuple is one."""
    if isinstance(statement, ast.AnnAssign):
        targets: list[ast.expr] = [statement.target]
    elif isinstance(statement, ast.Assign):
        targets = statement.targets
    else:
        return []
    value = statement.value
    if value is None or not any(
        isinstance(n, ast.Constant) and isinstance(n.value, int | float) for n in ast.walk(value)
    ):
        return []
    names = [name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)]
    return [name for name in names if name.isupper()]


if __name__ == "__main__":
    sys.exit(main())
