"""The bench of the trainer's pages still asks what they ask."""

from __future__ import annotations

import pytest

from tests.bench.pages import calls, main


def test_every_page_answers(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--sessions", "12", "--times", "1"])
    told = capsys.readouterr().out
    assert "12 sessions" in told
    assert all(name in told for name in calls(["x"]))
