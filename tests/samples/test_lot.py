"""Scripts drawn by lot: the same again, playable, with all that can go wrong somewhere among them."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from samples.renderer import layouts, load, lot, script

NUMBERS = range(5000, 5300)
# One hand alone or another order are drawn with the movements; these are made up by hand (`r*`, `j01`–`j31`).
BY_HAND = {"wrong_order", "skipped", "too_high", "too_short", "on_spine"}


@pytest.fixture(scope="module")
def drawn() -> list[script.Script]:
    return [load.parse(lot.drawn(number)) for number in NUMBERS]


def test_the_same_number_draws_the_same_script_and_another_another(drawn: list[script.Script]) -> None:
    assert load.parse(lot.drawn(NUMBERS[0])) == drawn[0]
    assert len({(one.camera, one.light, one.style) for one in drawn}) == len(drawn)
    assert len({one.seed for one in drawn}) == len(drawn)


def test_every_movement_and_every_mistake_is_drawn_sometime(drawn: list[script.Script]) -> None:
    steps = [step for one in drawn for step in one.steps]
    assert {step.do for step in steps} == {*script.SEGMENTS, *script.OTHERS} - {"touch"}
    assert {step.mistake for step in steps if step.mistake} == set(script.MISTAKES) - BY_HAND
    assert all(1 <= sum(bool(step.mistake) for step in one.steps) <= 2 for one in drawn)


def test_movements_follow_each_other_as_in_the_protocol(drawn: list[script.Script]) -> None:
    for one in drawn:
        ranks = [script.SEGMENTS.index(step.do) for step in one.steps if step.do in script.SEGMENTS]
        assert ranks == list(range(ranks[0], ranks[0] + len(ranks))), one.name
        assert 2 <= len(ranks) <= 4


def test_a_view_of_the_other_world_is_drawn_anew() -> None:
    seen = lot.drawn(NUMBERS[0])["camera"]
    taken = (round(seen["azimuth_deg"]), round(seen["elevation_deg"]))
    again = lot.drawn(NUMBERS[0], [taken])["camera"]
    assert (round(again["azimuth_deg"]), round(again["elevation_deg"])) != taken


def test_what_is_written_reads_as_it_was_drawn(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert lot.main(["--first", "5000", "--count", "2", "--out", str(tmp_path)]) == 0
    names = capsys.readouterr().out.split()
    assert sorted(path.stem for path in tmp_path.iterdir()) == sorted(names)
    for number, name in zip((5000, 5001), names, strict=True):
        text = (tmp_path / f"{name}.toml").read_text("utf-8")
        assert tomllib.loads(text)["name"] == name
        assert load.load(tmp_path / f"{name}.toml").steps == load.parse(lot.drawn(number)).steps


@pytest.mark.parametrize("layout", list(layouts.LAYOUTS))
@pytest.mark.parametrize("world", list(lot.WORLDS))
def test_every_movement_is_drawn_from_every_layout_with_a_whole_giver(layout: str, world: str) -> None:
    drawn = [load.parse(lot.laid_out(number, layout, world)) for number in range(1, 6)]
    assert {step.do for one in drawn for step in one.steps} >= set(script.SEGMENTS)
    assert all(one.giver.whole and f"_{layout}_" in one.name for one in drawn)
    assert len({one.seed for one in drawn}) == len({one.camera for one in drawn}) == len(drawn)


def test_layouts_see_the_back_from_where_they_are_named() -> None:
    sides = {
        layout: [load.parse(lot.laid_out(number, layout)).camera for number in range(1, 40)]
        for layout in layouts.LAYOUTS
    }
    assert all(abs(abs(view.azimuth_deg) - 180) <= 18 for view in sides["far"])
    assert all(45 <= abs(view.azimuth_deg) <= 75 for view in sides["beside"])
    assert all(75 <= abs(view.azimuth_deg) <= 110 for view in sides["aside"])
    assert all(view.elevation_deg >= 80 for view in sides["above"])
    assert {view.azimuth_deg > 0 for view in sides["beside"]} == {True, False}


def test_arms_without_a_trunk_are_not_seen_from_aside() -> None:
    data = lot.laid_out(1, "beside")
    with pytest.raises(script.ScriptError, match="whole"):
        load.parse(data | {"giver": data["giver"] | {"whole": False}})
