"""Lines and constants of a room are counted as they stand there."""

from __future__ import annotations

from pathlib import Path

from tests.bench.size import measured


def test_numbers_named_in_capitals_are_constants(tmp_path: Path) -> None:
    lines = ["ONE = 1", "TWO, THREE = 2.0, 3", 'OF: dict[str, float] = {"a": 0.5}', 'WORD = "a"', "small = 4", ""]
    text = "\n".join([*lines, "def f():", "    INNER = 1", ""])
    (tmp_path / "a.py").write_text(text, "utf-8")
    assert measured([tmp_path / "a.py"]) == (8, 4)
