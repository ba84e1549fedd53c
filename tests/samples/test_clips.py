"""The clips that are committed: small enough, and their truth is that of the shipped scripts and protocol."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import av
import pytest

from coach.back_argument import parse
from samples.renderer import load, play, script, truth
from samples.renderer.checklist import checklist, protocol

FOLDER = Path(script.__file__).resolve().parents[1]
CLIPS = sorted(FOLDER.glob("*.mp4"))
LARGEST, ALL = 4_000_000, 25_000_000  # bytes
NEVER_COMMITTED = ("cache", "__pycache__")


def _truth(clip: Path) -> dict[str, Any]:
    known: dict[str, Any] = json.loads(clip.with_suffix(".truth.json").read_text("utf-8"))
    return known


def test_all_of_samples_is_small() -> None:
    files = [
        path
        for path in FOLDER.rglob("*")
        if path.is_file() and not set(NEVER_COMMITTED) & set(path.relative_to(FOLDER).parts)
    ]
    assert sum(path.stat().st_size for path in files) < ALL


@pytest.mark.parametrize("clip", CLIPS, ids=lambda clip: clip.stem)
def test_a_clip_its_truth_and_its_back_belong_together(clip: Path) -> None:
    known = _truth(clip)
    assert clip.stat().st_size <= LARGEST
    with av.open(str(clip)) as container:
        stream = container.streams.video[0]
        assert stream.frames == len(known["frames"])
        assert [stream.width, stream.height] == known["size"]
    corners = parse(clip.with_suffix(".back").read_text("utf-8").strip())
    assert corners.tolist() == [pytest.approx(corner, abs=0.1) for corner in known["back_frame_px"]]
    assert known["checklist"] == checklist(known, protocol())


@pytest.mark.parametrize("clip", [c for c in CLIPS if c.stem[0] in "prt"], ids=lambda clip: clip.stem)
def test_a_clip_is_of_its_script_as_it_is_shipped(clip: Path) -> None:
    shipped = load.load(FOLDER / "scripts" / f"{clip.stem}.toml")
    known = _truth(clip)
    assert truth.retold(known, shipped, play.act(shipped), protocol()) == known


def test_nothing_of_the_judging_world_is_committed() -> None:
    assert not [clip.stem for clip in CLIPS if clip.stem[0] == "j"]
