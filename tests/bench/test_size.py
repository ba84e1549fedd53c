"""Lines and constants of a room are counted as they stand there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.size import COACH, main, measured, origins


def test_numbers_named_in_capitals_are_constants(tmp_path: Path) -> None:
    lines = ["ONE = 1", "TWO, THREE = 2.0, 3", 'OF: dict[str, float] = {"a": 0.5}', 'WORD = "a"', "small = 4", ""]
    text = "\n".join([*lines, "def f():", "    INNER = 1", ""])
    (tmp_path / "a.py").write_text(text, "utf-8")
    assert measured([tmp_path / "a.py"]) == (8, 4)


def test_what_the_constants_rest_on_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    assert main() == 0
    told = capsys.readouterr().out.splitlines()
    known, number = origins(), measured((COACH / "parameters").glob("*.py"))[1]
    assert sum(known.values()) == number == int(told[0].split()[3])
    assert f"{known['chosen']} chosen" in told[-1]
