"""The recorded session must be read as it was when the golden files were made."""

from __future__ import annotations

import json

from tests.golden.make import READING, TRACKS, load, reading


def test_the_recorded_session_is_read_exactly_as_before() -> None:
    """If the reading changed for the better: `python -m tests.golden.make`, and say why in the change."""
    assert reading(load()) == json.loads(READING.read_text(encoding="utf-8"))


def test_the_golden_reading_is_a_sensible_one() -> None:
    """What d02 is: five mistakes in eight segments, the right ones charged."""
    golden = json.loads(READING.read_text(encoding="utf-8"))
    assert [s["id"] for s in golden["segments"]] == [
        "neck_stroke",
        "shoulder_stroke",
        "scapula_right_circles",
        "scapula_right_points",
        "scapula_left_circles",
        "spine_strokes",
        "heart",
    ]
    done = {s["id"] for s in golden["segments"]}
    marked = {
        name for name, (_, points, _) in golden["items"].items() if points in (0, 1) and name.split(".")[0] in done
    }
    assert marked == {
        "shoulder_stroke.count",
        "scapula_right_circles.order",
        "scapula_right_points.hold",
        "spine_strokes.tempo",
        "heart.count",
    }


def test_the_golden_files_are_small() -> None:
    assert TRACKS.stat().st_size + READING.stat().st_size < 300_000
