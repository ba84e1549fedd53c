"""The loops of the movements: one for each, seamless, short, small, and of the kind that browsers play."""

from __future__ import annotations

import importlib
from pathlib import Path

import av
import numpy as np
import pytest

from coach.protocol.files import load as load_protocol
from samples.renderer import play, script, stage
from samples.renderer.chance import Steady

FOLDER = Path(script.__file__).resolve().parents[1] / "demonstrations"
LARGEST, ALL = 250_000, 3_000_000  # bytes
TAUGHT = ("oxytocin", "back_massage_short")
NAMES = [segment.id for name in TAUGHT for segment in load_protocol(name).segments]


def test_there_is_one_for_each_segment_and_all_are_small() -> None:
    clips = sorted(FOLDER.glob("*.mp4"))
    assert [clip.stem for clip in clips] == sorted(NAMES)
    assert max(clip.stat().st_size for clip in clips) <= LARGEST
    assert sum(clip.stat().st_size for clip in clips) <= ALL


@pytest.mark.parametrize("name", NAMES)
def test_it_plays_and_its_end_leads_into_its_beginning(name: str) -> None:
    """The step from the last picture to the first is no larger than those between the others."""
    with av.open(str(FOLDER / f"{name}.mp4")) as container:
        stream = container.streams.video[0]
        assert (stream.codec_context.name, stream.codec_context.pix_fmt) == ("h264", "yuv420p")
        assert stream.start_time == 0
        pictures = [frame.to_ndarray(format="gray").astype(float)[::4, ::4] for frame in container.decode(video=0)]
        assert stream.average_rate is not None
        assert 2.5 <= len(pictures) / float(stream.average_rate) <= 13.0  # presses last as long as they are to
    steps = [float(np.abs(a - b).mean()) for a, b in zip(pictures, pictures[1:] + pictures[:1], strict=True)]
    assert steps[-1] <= 1.2 * max(steps[:-1])
    assert max(steps) > 0.3  # something moves


@pytest.mark.parametrize("name", NAMES)
def test_both_hands_end_where_they_began(name: str) -> None:
    pytest.importorskip("moderngl", reason="the renderer's extra (moderngl) is not installed")
    demonstrations = importlib.import_module("samples.renderer.demonstrations")
    acted = play.act(demonstrations.script_of(name), Steady())
    start, end = demonstrations.loop(name, acted)
    for side in stage.SIDES:
        first, last = (stage.read(acted.stage.pieces[side], time) for time in (start, end))
        assert np.allclose(first.tips, last.tips, atol=1e-6)
        assert first.contact == last.contact
