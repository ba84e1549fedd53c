"""One second through the whole renderer; skipped where OpenGL or the bodies' data are missing."""

from __future__ import annotations

import importlib
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from samples.renderer import assets, script

pytest.importorskip("moderngl", reason="the renderer's extra (moderngl) is not installed")
if not (assets.cache_folder() / "complete").exists():
    pytest.skip(
        "the bodies' CC0 data is not in the cache: run python -m samples.renderer --fetch", allow_module_level=True
    )


def test_a_short_clip_has_as_many_frames_as_its_truth(tmp_path: Path) -> None:
    film = importlib.import_module("samples.renderer.film")  # needs OpenGL
    data = {"schema": script.SCHEMA, "name": "tiny", "seed": 3, "expected": "", "fps": 4, "size": [320, 240]}
    short = replace(script.parse(data), steps=(script.Step("shoulder_c_grip", hold_s=0.5, mistake="short_hold"),))
    clip = film.render(short, tmp_path)
    truth = json.loads((tmp_path / "tiny.truth.json").read_text())
    assert clip.stat().st_size > 1000
    assert [segment["id"] for segment in truth["segments"]] == ["shoulder_c_grip"]
    assert truth["faults"] == ["short_hold:shoulder_c_grip"]
    assert len(truth["frames"]) == int(truth["duration_s"] * 4)
    held = [frame for frame in truth["frames"] if frame["segment"]]
    tips = np.array([frame["back"]["left"]["fingertips"] for frame in held])
    assert np.abs(tips - [0.25, -0.035]).max() < 0.05
    assert not list(tmp_path.glob("*.part.mp4"))
