"""How much code the reading of a session is, and on how many constants, from where: ``python -m tests.bench.size``."""

from __future__ import annotations

import ast
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOMS = ("parameters", "moves", "parse", "reading", "score", "tutor")
COACH = Path(__file__).parents[2] / "coach"
ORIGINS = ("Measured:", "Source:", "Protocol:", "Derived:", "Chosen:")  # what the comment over a constant says it is


def main() -> int:
    total = [0, 0]
    for room in ROOMS:
        size = measured((COACH / room).glob("*.py"))
        total = [sum(both) for both in zip(total, size, strict=True)]
        print(f"{room:10} {size[0]:6} lines {size[1]:4} constants")
    print(f"{'all':10} {total[0]:6} lines {total[1]:4} constants")
    print("of parameters:", ", ".join(f"{number} {origin}" for origin, number in origins().items()))
    return 0


def origins() -> dict[str, int]:
    """How many constants of the reading rest on what, by the word in the comment over each."""
    found: Counter[str] = Counter()
    for file in (COACH / "parameters").glob("*.py"):
        found.update(origin for _, comment in constants(file) for origin in ORIGINS if origin in comment)
    return {origin.rstrip(":").lower(): found[origin] for origin in ORIGINS}


def measured(files: Iterable[Path]) -> tuple[int, int]:
    """Lines, and numbers that have a name in capitals at a module's top."""
    lines = count = 0
    for file in files:
        lines += file.read_text("utf-8").count("\n")
        count += sum(1 for _ in constants(file))
    return lines, count


def constants(file: Path) -> Iterator[tuple[str, str]]:
    """The constants with numbers in them at a module's top, each with the comment that stands over it."""
    text = file.read_text("utf-8")
    lines = text.splitlines()
    for statement in ast.parse(text).body:
        for name in _named(statement):
            yield name, _comment(lines, statement.lineno - 1)


def _named(statement: ast.stmt) -> list[str]:
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


def _comment(lines: list[str], at: int) -> str:
    first = at
    while first and lines[first - 1].startswith("#"):
        first -= 1
    return " ".join(line.lstrip("# ") for line in lines[first:at])


if __name__ == "__main__":
    sys.exit(main())
