"""Session scripts: read strictly, refuse what contradicts itself, and every shipped one can be played."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from samples.renderer import script
from samples.renderer.script import ScriptError

SCRIPTS = sorted(Path(script.__file__).resolve().parents[1].joinpath("scripts").glob("*.toml"))


def _data(**more: Any) -> dict[str, Any]:
    return {"schema": script.SCHEMA, "name": "x", "seed": 1, "expected": "all right"} | more


def test_the_least_script_has_the_defaults() -> None:
    parsed = script.parse(_data(steps=[{"do": "heart"}]))
    assert parsed.fps == 15
    assert parsed.steps[0].repetitions == 6
    assert parsed.receiver.skin == "medium_brown"


def test_all_faults_are_told_at_once() -> None:
    data = _data(camera={"zoom": 2}, steps=[{"do": "heart", "tempo": "slow"}], schema="other")
    with pytest.raises(ScriptError) as caught:
        script.parse(data)
    for part in ("schema", "camera.zoom", "steps[0].tempo"):
        assert part in str(caught.value)


@pytest.mark.parametrize(
    ("step", "complaint"),
    [
        ({"do": "dance"}, "unknown movement"),
        ({"do": "heart", "mistake": "too_few"}, "too_few"),
        ({"do": "heart", "repetitions": 4}, "under 5"),
        ({"do": "heart", "mistake": "too_fast"}, "too_fast"),
        ({"do": "love", "mistake": "no_alternation"}, "no_alternation"),
        ({"do": "heart", "mistake": "one_side"}, "one_side"),
        ({"do": "heart", "points": ["3"]}, "points without a hold"),
        ({"do": "shoulder_points", "mistake": "short_hold"}, "short_hold"),
    ],
)
def test_a_mistake_must_be_what_is_done(step: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ScriptError, match=complaint):
        script.parse(_data(steps=[step]))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_every_shipped_script_reads(path: Path) -> None:
    assert script.load(path).name == path.stem


def test_seeds_are_all_different() -> None:
    seeds = [script.load(path).seed for path in SCRIPTS]
    assert len(set(seeds)) == len(seeds)
