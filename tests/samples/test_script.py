"""Session scripts: read strictly, refuse what contradicts itself, and every shipped one can be played."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from samples.renderer import load, script
from samples.renderer.script import ScriptError

SHORT_FORM = {"too_short", "on_spine"}  # mistakes of the short form, which is in f* and k* alone
SCRIPTS = sorted(Path(script.__file__).resolve().parents[1].joinpath("scripts").glob("*.toml"))


def _data(**more: Any) -> dict[str, Any]:
    return {"schema": script.SCHEMA, "name": "x", "seed": 1, "expected": "all right"} | more


def test_the_least_script_has_the_defaults() -> None:
    parsed = load.parse(_data(steps=[{"do": "heart"}]))
    assert parsed.fps == 15
    assert parsed.steps[0].repetitions == 6
    assert parsed.receiver.skin == "medium_brown"


def test_all_faults_are_told_at_once() -> None:
    data = _data(camera={"zoom": 2}, steps=[{"do": "heart", "tempo": "slow"}], schema="other")
    with pytest.raises(ScriptError) as caught:
        load.parse(data)
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
        ({"do": "touch", "points": ["3"]}, "points are none of c7, left, right, l5"),
        ({"do": "shoulder_points", "mistake": "short_hold"}, "short_hold"),
        ({"do": "scapula_left_points", "mistake": "missing_point", "detail": "6"}, "missing_point"),
        (
            {"do": "scapula_left_points", "mistake": "missing_point", "detail": "6", "points": ["3", "6"]},
            "missing_point",
        ),
        ({"do": "spine_strokes", "mistake": "wrong_direction"}, "wrong_direction"),
        ({"do": "spine_strokes", "upward": True}, "wrong_direction"),
        ({"do": "heart", "upward": True, "mistake": "wrong_direction"}, "upward is for strokes"),
        ({"do": "neck_stroke", "mistake": "swapped_hand"}, "swapped_hand"),
        ({"do": "neck_stroke", "hands": "left"}, "swapped_hand"),
        ({"do": "fidget", "kind": "pat"}, "kind is none of scratch"),
        ({"do": "decoy", "kind": "oil"}, "kind is none of wander"),
        ({"do": "heart", "leave_after": 6, "leave_s": 1.0}, "outside the repetitions"),
        ({"do": "heart", "leave_after": 2}, "belong together"),
        ({"do": "love", "leave_after": 2, "leave_s": 1.0}, "leave_after is for cycles"),
        ({"do": "heart", "early": True, "mistake": "wrong_order"}, "early is said twice"),
    ],
)
def test_a_mistake_must_be_what_is_done(step: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ScriptError, match=complaint):
        load.parse(_data(steps=[step]))


def test_every_shipped_script_reads() -> None:
    read = {path: load.load(path) for path in SCRIPTS}
    assert [path.name for path, one in read.items() if one.name != path.stem] == []


def test_seeds_are_all_different() -> None:
    seeds = [load.load(path).seed for path in SCRIPTS]
    assert len(set(seeds)) == len(seeds)


def test_a_visit_is_checked_too() -> None:
    data = _data(steps=[{"do": "heart"}], visits=[{"at_s": 2.0, "side": "above"}, {"at_s": 3.0, "seconds": 0.5}])
    with pytest.raises(ScriptError, match=r"visits\[0\]: side .*visits\[1\]: under"):
        load.parse(data)


@pytest.mark.parametrize("part", ["receiver", "giver"])
def test_the_newer_judging_bodies_are_of_that_world_alone(part: str) -> None:
    for path in SCRIPTS:
        build = getattr(load.load(path), part).build
        later = path.stem[0] in "vk" or (path.stem[0] == "j" and int(path.stem[1:].partition("_")[0]) >= 25)
        assert (build in script.JUDGED_BUILDS) == later, path.stem


def test_the_worlds_share_no_camera_no_lamp_and_no_style() -> None:
    """Where a script says its own: views differ by a degree or more, lamps and styles in some value."""
    seen = {world: [load.load(path) for path in SCRIPTS if path.stem.startswith(world)] for world in "rj"}
    views = {
        world: {(round(one.camera.azimuth_deg), round(one.camera.elevation_deg)) for one in scripts}
        for world, scripts in seen.items()
    }
    assert not views["r"] & views["j"]
    default = script.Script("x", 1, "", ())
    assert {one.light for one in seen["r"]} & {one.light for one in seen["j"]} <= {default.light}
    assert not {one.style for one in seen["r"]} & {one.style for one in seen["j"]}


def test_every_mistake_and_every_other_motion_is_in_both_worlds() -> None:
    for world in "rj":
        scripts = [load.load(path) for path in SCRIPTS if path.stem.startswith(world)]
        steps = [step for one in scripts for step in one.steps]
        assert {step.do for step in steps} == {*script.SEGMENTS, *script.OTHERS} - {"touch"}, world  # in t* alone
        assert {step.mistake for step in steps if step.mistake} == set(script.MISTAKES) - SHORT_FORM, world
        assert {step.kind for step in steps if step.do == "fidget"} == set(script.FIDGETS), world
        assert {step.contact for step in steps} == set(script.CONTACTS) - {"thumbs"}, world  # in f* and k* alone
        assert {one.receiver.head for one in scripts} == set(script.HEADS), world
        assert any(one.visits for one in scripts), world
        assert any(one.light.window for one in scripts), world
        assert any(one.giver.bands for one in scripts), world
        assert any(step.leave_after for step in steps), world
