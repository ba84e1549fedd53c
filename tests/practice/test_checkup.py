"""What the check-up of a laptop finds, and what its report leaves out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from coach.capture.camera import Film, Pictures
from coach.cli import main
from coach.domain import InputError, Value
from coach.messages import LANGS, Catalogue
from coach.practice import checkup
from coach.practice.setup_check import load_limits


class Fake:
    """A camera that gives so many pictures a second, each as light as is said; or none."""

    name, real_time = "fake", True
    film: Film | None = None

    def __init__(self, per_s: float, level: int = 120) -> None:
        self.per_s, self.level = per_s, level

    def pictures(self) -> Pictures:
        if not self.per_s:
            raise InputError("camera_none")
        for number in range(100):
            yield np.full((480, 640, 3), self.level, dtype=np.uint8), number / self.per_s


def found(*devices: Fake) -> list[tuple[str, str, Mapping[str, Value]]]:
    return [(one.id, one.state, one.values) for one in checkup.cameras(devices, load_limits())]


def test_each_camera_that_gives_pictures_is_told_with_its_light() -> None:
    lines = found(Fake(0), Fake(30.0), Fake(5.0, level=20))
    assert [(name, state) for name, state, _ in lines] == [
        ("camera", "ok"),
        ("light", "ok"),
        ("camera", "bad"),
        ("light", "bad"),
    ]
    assert lines[0][2]["per_s"] == pytest.approx(30.0)
    assert [values["number"] for _, _, values in lines] == [1, 1, 2, 2]


def test_no_camera_is_told_once() -> None:
    assert [(name, state) for name, state, _ in found(Fake(0), Fake(0))] == [("camera", "bad")]


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
