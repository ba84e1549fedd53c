"""Hands-free commands, and none of them by chance."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence

import av
import numpy as np
import pytest

from coach.detect.hands import MediaPipeHands
from coach.domain import Floats, Frame, HandObservation
from coach.locate.plane import homography
from coach.protocol.files import load
from coach.tutor import Command, Tutor, see
from coach.tutor.answers import Answers
from coach.tutor.gestures import Gestures
from coach.tutor.palms import is_open
from coach.tutor.state import Mode, Palm, Phase
from tests.fakes.hands import observation
from tests.fakes.simulated import played
from tests.footage import FOOTAGE, ROOT, needs_footage
from tests.simulator import d01_like, random_script
from tests.tutor.seen import CORNERS, SIZE, fist, open_palm, seeing

LEFT, RIGHT = Palm(0.1, 0.2), Palm(0.9, 0.2)
Frames = Iterable[tuple[float, Sequence[Floats]]]


def asked(palms: Sequence[tuple[Palm, ...]], phase: Phase = "practising", fps: float = 15.0) -> list[tuple[float, str]]:
    gestures, out = Gestures(), list[tuple[float, str]]()
    for k, shown in enumerate(palms):
        deed = gestures.see(seeing(k / fps, palms=shown), phase)
        if deed is not None:
            out.append((k / fps, deed))
    return out


@pytest.mark.parametrize(
    ("palms", "phase", "deed"),
    [
        ((RIGHT,), "ready", "start"),
        ((RIGHT,), "practising", "pause"),
        ((RIGHT,), "paused", "resume"),
        ((LEFT,), "practising", "repeat"),
        ((LEFT, RIGHT), "practising", "stop"),
        ((LEFT, RIGHT), "paused", "stop"),
        ((LEFT, RIGHT), "ready", "stop"),
    ],
)
def test_a_palm_held_still_in_a_corner_asks_for_something(palms: tuple[Palm, ...], phase: Phase, deed: str) -> None:
    assert [d for _, d in asked([palms] * 25, phase)] == [deed]


def test_where_no_step_is_asked_for_none_is_repeated() -> None:
    tutor = Tutor(load("oxytocin"), "free")
    tutor.command(Command("start"), 0.0)
    assert [tutor.see(seeing(k / 15, palms=(LEFT,))) for k in range(30)] == [None] * 30
    assert tutor.state.gesture is None
    assert "pause" in [tutor.see(seeing(4.0 + k / 15, palms=(RIGHT,))) for k in range(25)]


@pytest.mark.parametrize("mode", ["free", "exam"])
def test_where_no_step_is_asked_for_the_same_palm_ends_a_paused_practice(mode: Mode) -> None:
    tutor = Tutor(load("oxytocin"), mode)
    tutor.command(Command("start"), 0.0)
    tutor.command(Command("pause"), 1.0)
    deeds = [tutor.see(seeing(2.0 + k / 15, palms=(LEFT,))) for k in range(40)]
    assert [deed for deed in deeds if deed] == ["finish"]
    assert 1.9 <= deeds.index("finish") / 15 <= 2.2  # longer than others: it cannot be taken back
    assert tutor.phase == "finished"


def test_where_steps_are_asked_for_no_palm_ends_the_practice() -> None:
    tutor = Tutor(load("oxytocin"), "guided")
    tutor.command(Command("start"), 0.0)
    tutor.command(Command("pause"), 1.0)
    deeds = [tutor.see(seeing(2.0 + k / 15, palms=(LEFT,))) for k in range(40)]
    assert "finish" not in deeds
    assert "repeat" in deeds


@pytest.mark.parametrize("barred", [{"may_start": False}, {"free": False}])
def test_a_palm_ends_nothing_while_the_back_is_marked_or_she_is_busy(barred: dict[str, bool]) -> None:
    gestures = Gestures()
    deeds = [gestures.see(seeing(k / 15, palms=(LEFT,)), "paused", may_repeat=False, **barred) for k in range(40)]
    assert deeds == [None] * 40
    assert gestures.shown is None


def test_before_the_back_is_marked_a_palm_can_only_stop() -> None:
    gestures = Gestures()
    assert [gestures.see(seeing(k / 15, palms=(RIGHT,)), "ready", may_start=False) for k in range(30)] == [None] * 30
    assert gestures.shown is None
    stops = [gestures.see(seeing(3.0 + k / 15, palms=(LEFT, RIGHT)), "ready", may_start=False) for k in range(14)]
    assert stops.count("stop") == 1


@pytest.mark.parametrize(("palms", "phase"), [((RIGHT,), "ready"), ((RIGHT,), "paused"), ((LEFT,), "paused")])
def test_while_the_trainee_is_busy_with_something_else_no_palm_goes_on(palms: tuple[Palm, ...], phase: Phase) -> None:
    gestures = Gestures()
    for k in range(30):
        assert gestures.see(seeing(k / 15, palms=palms), phase, free=False) is None
        assert gestures.shown is None
    deeds = [gestures.see(seeing(2.0 + k / 15, palms=palms), phase) for k in range(25)]
    assert [deed is not None for deed in deeds].index(True) / 15 > 1.1  # counted from when she was free


@pytest.mark.parametrize(("palms", "deed"), [((RIGHT,), "pause"), ((LEFT, RIGHT), "stop")])
def test_palms_still_pause_and_stop_while_the_trainee_is_busy(palms: tuple[Palm, ...], deed: str) -> None:
    gestures = Gestures()
    assert deed in [gestures.see(seeing(k / 15, palms=palms), "practising", free=False) for k in range(25)]


@pytest.mark.parametrize("palm", [LEFT, RIGHT])
def test_while_the_back_is_marked_anew_in_a_pause_a_palm_can_only_stop(palm: Palm) -> None:
    gestures = Gestures()
    asked = [gestures.see(seeing(k / 15, palms=(palm,)), "paused", may_start=False) for k in range(30)]
    assert asked == [None] * 30
    assert gestures.shown is None
    assert any(gestures.see(seeing(4.0 + k / 15, palms=(palm,)), "paused") for k in range(30))


def test_the_ring_fills_in_just_over_a_second_and_a_stop_sooner() -> None:
    assert 1.1 <= asked([(RIGHT,)] * 30)[0][0] <= 1.4
    assert 0.7 <= asked([(LEFT, RIGHT)] * 30)[0][0] <= 1.0


@pytest.mark.parametrize(
    "palms",
    [
        [(Palm(0.5, 0.2),)] * 40,  # in the middle
        [(Palm(0.9, 0.8),)] * 40,  # low
        [(RIGHT,)] * 14 + [()] * 20,  # too short
        [(Palm(0.75 + 0.005 * k, 0.2),) for k in range(40)],  # passing by
        ([(RIGHT,)] * 10 + [()] * 6) * 5,  # now and then
    ],
)
def test_nothing_else_asks_for_anything(palms: list[tuple[Palm, ...]]) -> None:
    assert asked(palms) == []


def test_a_palm_that_is_lost_for_two_frames_goes_on() -> None:
    shown: tuple[Palm, ...] = (RIGHT,)
    palms = [shown] * 10 + [shown[1:]] * 2 + [shown] * 12
    assert [deed for _, deed in asked(palms)] == ["pause"]


def test_one_long_palm_asks_once_and_again_only_after_a_rest() -> None:
    times = [t for t, _ in asked([(RIGHT,)] * 75, "practising")]
    assert len(times) == 2
    assert times[1] - times[0] >= 1.5 + 1.1


def test_both_palms_that_rise_one_after_the_other_stop_and_do_not_pause() -> None:
    assert [d for _, d in asked([(RIGHT,)] * 10 + [(LEFT, RIGHT)] * 14)] == ["stop"]


def test_an_open_hand_is_told_from_a_fist_and_from_one_that_hangs() -> None:
    palm = open_palm((560.0, 90.0))
    assert is_open(palm)
    assert not is_open(fist((560.0, 90.0)))
    assert not is_open(palm * (1.0, -1.0) + (0.0, 480.0))


def test_a_palm_over_the_back_is_no_sign() -> None:
    plane = homography(CORNERS)
    beside, over = (HandObservation(0.0, open_palm(at), 0.9) for at in ((590.0, 90.0), (330.0, 250.0)))
    assert len(see(0.0, (), (beside,), SIZE, plane).palms) == 1
    assert see(0.0, (), (over,), SIZE, plane).palms == ()
    assert see(0.0, (), (observation(0.0, (330.0, 250.0)),), SIZE, plane).palms == ()


# ------------------------------------------------------------------ none during a massage
def commands(frames: Frames, size: tuple[int, int], corners: Floats | None) -> list[tuple[float, str]]:
    plane = None if corners is None else homography(corners)
    out = []
    for phase in ("ready", "practising"):
        gestures = Gestures()
        for time_s, hands in frames:
            found = [HandObservation(time_s, marks, 0.9) for marks in hands]
            deed = gestures.see(see(time_s, (), found, size, plane), "ready" if phase == "ready" else "practising")
            if deed is not None:
                out.append((time_s, str(deed)))
    answers = Answers("no_fever")  # nor an answer, though nobody has marked the back yet
    for time_s, hands in frames:
        found = [HandObservation(time_s, marks, 0.9) for marks in hands]
        side = answers.see(time_s, see(time_s, (), found, size, None).palms)
        out += [] if side is None else [(time_s, f"answer {side}")]
    return out


@pytest.mark.parametrize("seed", range(4))
def test_no_simulated_massage_makes_a_sign(seed: int) -> None:
    script = d01_like() if seed == 0 else random_script(np.random.default_rng(seed), 2, hard=True, decoys=True)
    session = played(script, seed)
    frames = [(t, [o.landmarks for o in found]) for t, found in session.observations]
    assert commands(frames, script.camera.size, session.corners_px) == []


def test_the_sample_makes_no_sign() -> None:
    truth = json.loads((ROOT / "samples" / "d03.truth.json").read_text("utf-8"))
    frames = [(f["t"], [np.array(m, dtype=float) for m in f["hands"].values() if m]) for f in truth["frames"]]
    assert commands(frames, tuple(truth["size"]), np.array(truth["back_frame_px"], dtype=float)) == []


@needs_footage
@pytest.mark.parametrize(
    ("name", "size"), [("face_massage", (480, 848)), ("back_side_view", (480, 752)), ("ghost_on_back", (1088, 1920))]
)
def test_no_real_massage_makes_a_sign(name: str, size: tuple[int, int]) -> None:
    with (FOOTAGE / "real_landmarks" / f"{name}.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    frames: dict[float, list[Floats]] = {}
    for row in rows:
        marks = np.array([[float(row[f"x{k}"]) * size[0], float(row[f"y{k}"]) * size[1]] for k in range(21)])
        frames.setdefault(float(row["t_ms"]) / 1000.0, []).append(marks)
    assert len(frames) > 50
    assert commands(sorted(frames.items(), key=lambda f: f[0]), size, None) == []


# ------------------------------------------------------------------ real hands, real tracker
@needs_footage
def test_real_palms_repeat_and_both_stop() -> None:
    """A man at a table holds up one hand, then both; cut so that they are in the picture's upper corners."""
    with av.open(str(FOOTAGE / "real" / "victordibia_hand2.gif")) as film:
        pictures = [frame.to_ndarray(format="rgb24") for frame in film.decode(video=0)]
    left, right = (round(share * pictures[0].shape[1]) for share in (0.05, 0.85))
    size = (right - left, pictures[0].shape[0])
    gestures, asked = Gestures(), []
    with MediaPipeHands() as finder:
        for k, picture in enumerate(pictures):
            found = finder.find(Frame(k, k / 10, np.ascontiguousarray(picture[:, left:right])))
            deed = gestures.see(see(k / 10, (), found, size, None), "practising")
            if deed is not None:
                asked.append((deed, k / 10))
    assert [deed for deed, _ in asked] == ["repeat", "stop"]
    assert asked[0][1] < 2.5  # up from 0.4 s on, still from about 1 s on
    assert 3.3 < asked[1][1] < 4.4  # both are up from 3.3 to 4.3 s
