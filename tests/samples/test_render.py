"""A few seconds through the whole renderer; skipped where OpenGL or the bodies' data are missing."""

from __future__ import annotations

import importlib
import json
from pathlib import Path

import av
import numpy as np
import pytest

from samples.renderer import assets, load, play, script

pytest.importorskip("moderngl", reason="the renderer's extra (moderngl) is not installed")
if not (assets.cache_folder() / "complete").exists():
    pytest.skip(
        "the bodies' CC0 data is not in the cache: run python -m samples.renderer --fetch", allow_module_level=True
    )


def _everything() -> script.Script:
    """Scarf, window, another person's hand and bands in three pictures a second."""
    data = {"schema": script.SCHEMA, "name": "odd", "seed": 4, "expected": "", "fps": 3, "size": [160, 120]}
    people = {"receiver": {"head": "scarf", "build": "pear"}, "giver": {"bands": True, "build": "broad"}}
    light = {"light": {"window": 0.8, "azimuth_deg": 170.0, "elevation_deg": 25.0}}
    visits = {"visits": [{"at_s": 1.0, "seconds": 2.0}]}
    steps = {"steps": [{"do": "shoulder_c_grip", "hold_s": 0.4, "mistake": "short_hold"}]}
    return load.parse(data | people | light | visits | steps)


def test_an_interrupted_clip_goes_on_as_if_nothing_had_been(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    film = importlib.import_module("samples.renderer.film")
    for module in (film, importlib.import_module("samples.renderer.reel")):
        monkeypatch.setattr(module, "PIECE", 6)

    def stop(done: int, _: int) -> None:
        if done == 10:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        film.render(_everything(), tmp_path, stop)
    assert not (tmp_path / "odd.mp4").exists()
    told: list[int] = []
    clip = film.render(_everything(), tmp_path, lambda done, _: told.append(done))
    assert told == [6, *range(7, told[-1] + 1)]
    assert {path.name for path in tmp_path.iterdir()} == {"odd.mp4", "odd.truth.json"}
    truth = json.loads((tmp_path / "odd.truth.json").read_text())
    frames = truth["frames"]
    assert len(frames) == int(truth["duration_s"] * 3)
    assert truth["faults"] == ["short_hold:shoulder_c_grip"]
    tips = np.array([frame["back"]["left"]["fingertips"] for frame in frames if frame["segment"]])
    assert np.abs(tips - [0.25, -0.035]).max() < 0.05
    hold = next(item for item in truth["checklist"]["items"] if item["id"] == "shoulder_c_grip.hold")
    assert hold == hold | {"points": [1], "why": "short_hold", "seen": 1.0}
    with av.open(str(clip)) as container:
        pictures = [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]
    assert [bool(frame.get("others")) for frame in frames] == [1.0 <= frame["t"] <= 3.0 for frame in frames]

    acted = play.act(_everything())
    players = importlib.import_module("samples.renderer.cast").Cast(_everything(), acted)
    painter = importlib.import_module("samples.renderer.draw").Painter(_everything().size)
    painter.light(players.light(), players.centre)
    studio = film.Studio(_everything(), players, painter)
    for number in range(9):  # as if there had been no interruption
        picture, entry = studio.frame(number / 3)
        assert entry == frames[number]
        assert np.abs(picture.astype(float) - pictures[number]).mean() < 6.0  # the encoder's and the grain's
    assert len(pictures) == len(frames) == told[-1]


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_pointing_finger_touches_with_its_tip_and_the_others_are_bent(side: str) -> None:
    steps = [{"do": "touch", "hands": side, "place": "out"}]
    data = {"schema": script.SCHEMA, "name": "x", "seed": 4, "expected": "", "steps": steps}
    loaded = load.parse(data | {"style": {"drift": 0.0}})
    acted = play.act(loaded)
    players = importlib.import_module("samples.renderer.cast").Cast(loaded, acted)
    frame, surface = players.receiver.back, players.receiver.surface
    for hold in acted.others[0]["holds"]:
        landmarks = players.shot(0.5 * (hold["start_s"] + hold["end_s"])).arms[side].landmarks
        place = frame.of(landmarks[8])
        assert np.hypot(*((place[:2] - hold["at"]) * (frame.width, frame.height))) < 0.01  # m
        gap = place[2] - surface.height(*(np.array([v]) for v in place[:2] * (frame.width, frame.height)))[0]
        assert gap == pytest.approx(0.0065, abs=0.003)  # from the tip's joint to the skin
        for tip in (8, 12, 16, 20):
            bones = np.linalg.norm(np.diff(landmarks[tip - 3 : tip + 1], axis=0), axis=1)
            straight = float(np.linalg.norm(landmarks[tip] - landmarks[tip - 3]) / bones.sum())
            assert straight > 0.95 if tip == 8 else straight < 0.85


def test_a_whole_giver_hides_what_a_real_one_hides_and_a_pillow_is_massaged_too() -> None:
    lot, film, cast = (importlib.import_module(f"samples.renderer.{name}") for name in ("lot", "film", "cast"))
    draw = importlib.import_module("samples.renderer.draw")
    seen: dict[bool, float] = {}
    for whole in (True, False):
        data = {"schema": script.SCHEMA, "name": "x", "seed": 4, "expected": "", "size": [320, 240]}
        camera = {"azimuth_deg": -30.0, "elevation_deg": 60.0, "distance_m": 1.2, "hfov_deg": 46.0}
        people = {"receiver": {"posture": "table", "lean_deg": 30.0}, "giver": {"whole": whole}}
        loaded = load.parse(data | people | {"camera": camera, "steps": [{"do": "shoulder_stroke"}]})
        players = cast.Cast(loaded, play.act(loaded))
        painter = draw.Painter(loaded.size)
        painter.light(players.light(), players.centre)
        seen[whole] = film.Studio(loaded, players, painter).frame(4.0)[1]["visible"]["right"]
        painter.context.release()
    assert seen[True] < 0.7 < seen[False]  # her head is between the camera and her right hand

    pillows = [
        loaded for k in range(1, 9) if (loaded := load.parse(lot.laid_out(k, "far"))).receiver.posture == "pillow"
    ]
    players = cast.Cast(pillows[0], play.act(pillows[0]))
    corners = players.camera(0.0).pixels(players.receiver.back.corners())[:, :2]
    across, down = corners[1] - corners[0], corners[3] - corners[0]
    assert max(across[0], down[1]) < 0  # upside down,
    assert across[0] * down[1] - across[1] * down[0] > 0  # and not mirrored
