"""A clip in pieces: an interrupted run goes on where it was, and the joined clip is as if it had never stopped."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from samples.renderer import load, play, reel, script, truth
from samples.renderer.checklist import protocol
from samples.renderer.progress import Progress

SHORT = load.parse(
    {
        "schema": script.SCHEMA,
        "name": "short",
        "seed": 1,
        "expected": "",
        "fps": 12,
        "size": [64, 48],
        "steps": [{"do": "heart"}],
    }
)


def _shots(numbers: range) -> Iterator[tuple[Any, dict[str, Any]]]:
    for number in numbers:
        yield np.full((48, 64, 3), 20 * number % 240, np.uint8), {"t": number / 12}


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(reel, "PIECE", 4)
    return 4


def test_joined_pieces_have_every_frame_at_its_time(tmp_path: Path, small: int) -> None:
    with reel.Reel(SHORT, tmp_path) as made:
        for piece in range(3):
            made.write(piece, _shots(range(piece * small, piece * small + (2 if piece == 2 else small))))
        made.join(3, tmp_path / "short.mp4")
        made.clear()
    with av.open(str(tmp_path / "short.mp4")) as container:
        frames = list(container.decode(video=0))
    assert [frame.pts * frame.time_base for frame in frames] == [Fraction(k, 12) for k in range(10)]
    assert [int(frame.to_ndarray(format="gray").mean()) for frame in frames] == pytest.approx(
        [20 * k % 240 for k in range(10)], abs=6
    )
    assert [path.name for path in tmp_path.iterdir()] == ["short.mp4"]


def test_a_piece_counts_once_it_is_complete_and_only_for_its_script(tmp_path: Path, small: int) -> None:
    def broken() -> Iterator[tuple[Any, dict[str, Any]]]:
        yield from _shots(range(2))
        raise KeyboardInterrupt

    with reel.Reel(SHORT, tmp_path) as made:
        made.write(0, _shots(range(small)))
        with pytest.raises(KeyboardInterrupt):
            made.write(1, broken())
    with reel.Reel(SHORT, tmp_path) as again:
        assert [entry["t"] for entry in again.entries(0) or []] == [k / 12 for k in range(4)]
        assert again.entries(1) is None
    with reel.Reel(replace(SHORT, seed=2), tmp_path) as other:
        assert other.entries(0) is None


def test_two_runs_do_not_render_the_same_clip(tmp_path: Path) -> None:
    with reel.Reel(SHORT, tmp_path), pytest.raises(reel.BusyError, match="another run"):
        reel.Reel(SHORT, tmp_path)
    reel.Reel(SHORT, tmp_path).lock.close()


def test_progress_tells_what_is_left() -> None:
    out = io.StringIO()
    progress = Progress({"a": 10, "b": 5}, 7, out)
    progress.shown -= 100.0
    tell = progress.of("a")
    tell(4, 10)  # of an earlier run
    progress.shown -= 100.0
    progress.began -= 240.0
    progress.rendered = 19
    tell(5, 10)
    tell(10, 10)
    lines = out.getvalue().splitlines()
    assert lines[0] == "a: 4/10 frames; 5 of 7 clips; time left unknown"
    assert lines[1] == "a: 5/10 frames; 5 of 7 clips; about 2 min left"
    assert lines[2] == "a: done; 6 of 7 clips"


def test_a_rendered_truth_is_told_anew_unless_the_script_has_changed() -> None:
    acted = play.act(SHORT)
    known = {"segments": [truth.rounded(s) for s in acted.segments], "faults": [], "frames": []}
    told = truth.retold(known, SHORT, acted, protocol())
    assert next(item for item in told["checklist"]["items"] if item["id"] == "heart.count")["points"] == [2]
    assert list(told)[-1] == "frames"
    assert truth.retold(json.loads(json.dumps(told)), SHORT, acted, protocol()) == json.loads(json.dumps(told))
    brighter = replace(SHORT, light=replace(SHORT.light, key=2.0))
    with pytest.raises(ValueError, match="render it with --again"):
        truth.retold(told, brighter, acted, protocol())
    slower = replace(SHORT, style=replace(SHORT.style, tempo=1.3))
    with pytest.raises(ValueError, match="render it with --again"):
        truth.retold(known, slower, play.act(slower), protocol())
