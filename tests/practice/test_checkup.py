"""What the check-up of a laptop finds, and what its report leaves out."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from coach.capture.jpeg import decode
from coach.cli import main
from coach.domain import Value
from coach.messages import LANGS, Catalogue
from coach.practice import checkup
from coach.practice.checkup_page import on_page
from coach.practice.setup_check import load_limits
from tests.fakes.camera import Steady


def found(*devices: Steady) -> list[tuple[str, str, Mapping[str, Value]]]:
    return [(one.id, one.state, one.values) for one in checkup.cameras(devices, load_limits())]


def test_each_camera_that_gives_pictures_is_told_with_its_light() -> None:
    lines = found(Steady(0), Steady(30.0), Steady(5.0, level=20))
    assert [(name, state) for name, state, _ in lines] == [
        ("camera", "ok"),
        ("light", "ok"),
        ("camera", "bad"),
        ("light", "bad"),
    ]
    assert lines[0][2]["per_s"] == pytest.approx(30.0)
    assert [values["number"] for _, _, values in lines] == [1, 1, 2, 2]


def test_no_camera_is_told_once() -> None:
    assert [(name, state) for name, state, _ in found(Steady(0), Steady(0))] == [("camera", "bad")]


@pytest.mark.parametrize(("seconds", "state"), [(0.02, "ok"), (0.07, "weak"), (0.5, "bad")])
def test_the_speed_is_that_of_looking_for_hands(seconds: float, state: str) -> None:
    now = iter(np.arange(0.0, 1000.0, seconds / 1.0))
    assert checkup.speed(load_limits(), lambda: float(next(now)), for_s=10 * seconds).state == state


def test_every_finding_has_its_sentence_and_the_report_nothing_personal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(checkup, "CAMERAS", 0)
    monkeypatch.setattr(checkup, "SPEED_S", 0.2)
    folder, report = tmp_path / "Ibu Siti", tmp_path / "report.json"
    code = main(["doctor", "--data", str(folder), "--report", str(report), "--lang", "en"], standalone_mode=False)
    said = capsys.readouterr().out
    assert code == 2  # no camera
    assert "✗ No camera gives pictures." in said
    assert "Ibu Siti" in said
    assert "Ibu Siti" not in report.read_text(encoding="utf-8")
    kept = json.loads(report.read_text(encoding="utf-8"))["findings"]
    assert {"camera", "speed", "disk", "memory", "browser", "voices", "data", "versions"} <= {one["id"] for one in kept}
    assert not folder.exists()


@pytest.mark.parametrize("lang", LANGS)
def test_the_words_are_there(lang: str) -> None:
    catalogue = Catalogue("id" if lang == "id" else "en")
    for key in ("doctor_light", "doctor_light_dark", "doctor_light_bright"):
        assert "50" in catalogue.text(key, number=0, light=50.0)


def test_the_page_says_it_in_both_languages_with_a_picture_of_each_camera() -> None:
    told = on_page(checkup.cameras([Steady(30.0), Steady(5.0, level=20)], load_limits()))
    assert told["state"] == "bad"
    assert told["text"] == {"id": Catalogue("id").text("doctor_bad"), "en": Catalogue("en").text("doctor_bad")}
    assert [one["state"] for one in told["findings"]] == ["ok", "ok", "bad", "bad"]
    pictures = [decode(base64.b64decode(one["picture"])) for one in told["findings"] if one["picture"]]
    assert [None if one is None else one.shape for one in pictures] == [(240, 320, 3)] * 2
