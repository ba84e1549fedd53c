"""A session from a script: what the detector saw, what was true, which checklist items it costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from coach.domain import HANDS, Floats, Hand, HandObservation
from tests.simulator import landmarks, noise
from tests.simulator.decoys import play_decoy, play_idle
from tests.simulator.entrance import Segment
from tests.simulator.play import play
from tests.simulator.script import KIND_OF, SEGMENTS, Decoy, Idle, Mistake, SessionScript, Step, Timing
from tests.simulator.stage import RATE, HandMotion, Stage

Observations: TypeAlias = list[tuple[float, tuple[HandObservation, ...]]]


@dataclass(frozen=True, slots=True)
class Scene:
    """Both hands at the frames' times; the second axis is left, right."""

    time_s: Floats  # (n,)
    motions: dict[Hand, HandMotion]
    places: Floats  # (n, 2, 21, 3) back coordinates and height in back widths
    picture: Floats  # (n, 2, 21, 2) px
    visible: Floats  # (n, 2) share of the landmarks in the picture and not hidden


@dataclass(frozen=True, slots=True)
class SimulatedSession:
    """A labelled session without pixels."""

    script: SessionScript
    seed: int
    observations: Observations  # per frame: its time, and at most two hands in any order
    truth: dict[str, Any]  # as the footage's *.truth.json
    expected: tuple[tuple[str, str], ...]  # items that must lose points: (segment id, kind); absent segments too
    tolerated: tuple[tuple[str, str], ...]  # items a reasonable scorer might also mark down
    present: tuple[str, ...]  # segments that were done, in time order

    @property
    def corners_px(self) -> Floats:
        """(4, 2) the back's corners as `--back` takes them."""
        return np.asarray(self.truth["back_frame_px"], dtype=np.float64)


def simulate(script: SessionScript, seed: int) -> SimulatedSession:
    """Plays the script. The same script and seed give the same session."""
    rng = np.random.default_rng(seed)
    stage, segments, decoys = _perform(script, rng)
    end_s = stage.now + script.lead_out_s
    scene = _scene(script, stage, end_s, rng)
    corners = landmarks.corners(script.camera, rng)
    truth = _truth(script, seed, corners, end_s)
    truth["segments"], truth["decoys"] = [_rounded(s) for s in segments], decoys
    truth["faults"] = _faults(segments, script)
    truth["frames"] = _frames(scene, segments)
    observations = _observe(script, rng, scene, segments)
    expected, tolerated = expectations(script)
    present = tuple(segment["id"] for segment in segments)
    return SimulatedSession(script, seed, observations, truth, expected, tolerated, present)


def _scene(script: SessionScript, stage: Stage, end_s: float, rng: np.random.Generator) -> Scene:
    time_s = frame_times(script.timing, end_s, rng)
    motions = {hand: _at(stage.sample(hand, end_s), time_s) for hand in HANDS}
    places = np.stack([landmarks.on_back(h, motions[h], script.style.hand_size) for h in HANDS], axis=1)
    picture = landmarks.to_picture(landmarks.projection(script.camera), places)
    shares = [
        landmarks.visible(picture[:, i], script.camera.size) * ~motions[hand].hidden for i, hand in enumerate(HANDS)
    ]
    return Scene(time_s, motions, places, picture, np.stack(shares, axis=1))


def _perform(script: SessionScript, rng: np.random.Generator) -> tuple[Stage, list[Segment], list[dict[str, Any]]]:
    stage = Stage(script.style, rng)
    stage.begin()
    stage.now = script.lead_in_s
    segments: list[Segment] = []
    decoys: list[dict[str, Any]] = []
    for step in script.steps:
        if isinstance(step, Step):
            segments.append(play(stage, step))
        elif isinstance(step, Decoy):
            decoys.append(dict(play_decoy(stage, step)))
        else:
            play_idle(stage, step)
    play_idle(stage, Idle(0.2))
    return stage, segments, decoys


def frame_times(timing: Timing, end_s: float, rng: np.random.Generator) -> Floats:
    """(n,) strictly growing times of the frames, rounded to 0.1 ms."""
    count = int(end_s * timing.fps)
    steps = np.clip(rng.normal(1.0, timing.jitter, count), 0.3, 3.0) / timing.fps
    time_s = np.round(np.concatenate([[0.0], np.cumsum(steps)]), 4)
    kept = rng.random(len(time_s)) >= timing.dropped
    kept[0] = True
    chosen: Floats = time_s[kept & (time_s <= end_s)]
    return chosen


def _at(motion: HandMotion, time_s: Floats) -> HandMotion:
    """The motion at the frames' times."""
    index = np.clip(time_s * RATE, 0, len(motion.lift) - 1.001)
    low = index.astype(np.int64)
    part = index - low

    def between(values: Floats) -> Floats:
        share = part.reshape((-1,) + (1,) * (values.ndim - 1))
        mixed: Floats = values[low] * (1 - share) + values[low + 1] * share
        return mixed

    return HandMotion(
        between(motion.tips),
        between(motion.lift),
        between(motion.turn_deg),
        between(motion.poses),
        motion.hidden[low],
    )


def _observe(script: SessionScript, rng: np.random.Generator, scene: Scene, segments: list[Segment]) -> Observations:
    time_s = scene.time_s
    neck = np.zeros(len(time_s), dtype=np.bool_)
    for segment in segments:
        if segment["id"].startswith("neck"):
            neck |= (time_s >= segment["start_s"]) & (time_s < segment["end_s"])
    found = np.stack([noise.jitter(rng, scene.picture[:, i], time_s, neck, script.detector) for i in (0, 1)], axis=1)
    hands = noise.observe(rng, time_s, found, scene.visible >= noise.ENOUGH_VISIBLE, script.detector)
    return list(zip(time_s.tolist(), hands, strict=True))


# ------------------------------------------------------------------ the truth, as the footage writes it
def _truth(script: SessionScript, seed: int, corners: Floats, end_s: float) -> dict[str, Any]:
    return {
        "video": f"{script.name}.mp4",
        "fps": script.timing.fps,
        "size": list(script.camera.size),
        "seed": seed,
        "expected": "Simulated without pixels.",
        "duration_s": round(end_s, 3),
        "back_corners_px": np.round(corners, 1).tolist(),
        "back_frame_px": np.round(corners, 1).tolist(),
    }


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_rounded(inner) for inner in value]
    return round(value, 3) if isinstance(value, float) else value


def _faults(segments: list[Segment], script: SessionScript) -> list[str]:
    done = {segment["id"] for segment in segments}
    planted = [f"{step.mistake}:{step.segment_id}" for step in script.steps if isinstance(step, Step) and step.mistake]
    return planted + [f"skipped:{name}" for name in SEGMENTS if name not in done]


def _frames(scene: Scene, segments: list[Segment]) -> list[dict[str, Any]]:
    time_s = scene.time_s
    names: list[str | None] = [None] * len(time_s)
    for segment in segments:
        low, high = np.searchsorted(time_s, [segment["start_s"], segment["end_s"]])
        names[low:high] = [segment["id"]] * int(high - low)
    marks = np.round(scene.picture, 1).tolist()
    shares = np.round(scene.visible, 2).tolist()
    tips = {hand: np.round(scene.motions[hand].tips, 3).tolist() for hand in HANDS}
    centres = np.round(scene.places[..., :2].mean(axis=2), 3).tolist()
    return [
        {
            "t": time,
            "segment": names[i],
            "hands": dict(zip(HANDS, marks[i], strict=True)),
            "visible": dict(zip(HANDS, shares[i], strict=True)),
            "back": {hand: {"centre": centres[i][j], "fingertips": tips[hand][i]} for j, hand in enumerate(HANDS)},
        }
        for i, time in enumerate(time_s.tolist())
    ]


# ------------------------------------------------------------------ what it must cost
def expectations(script: SessionScript) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """Items that must lose points, and items that may lose points too."""
    steps = [step for step in script.steps if isinstance(step, Step)]
    done = [step.segment_id for step in steps]
    expected = [(name, "performed") for name in SEGMENTS if name not in done]
    tolerated: list[tuple[str, str]] = []
    for step in steps:
        if step.mistake is None:
            continue
        expected.append((step.segment_id, KIND_OF[step.mistake]))
        tolerated += _also(step, done)
    return tuple(expected), tuple(item for item in dict.fromkeys(tolerated) if item not in expected)


_ALSO: dict[Mistake, tuple[str, ...]] = {
    "partial": ("path",),
    "asymmetric_size": ("path", "count"),
    "asymmetric_lag": ("path", "count"),
    "one_side": ("count", "path"),
    "no_alternation": ("path", "tempo"),
    "right_then_left": ("path", "tempo"),
    "too_fast": ("path",),
    "wrong_direction": ("tempo",),
}  # kinds of items of the same segment that a mistake may cost as well


def _also(step: Step, done: list[str]) -> list[tuple[str, str]]:
    if step.mistake != "wrong_order":
        return [(step.segment_id, kind) for kind in _ALSO.get(step.mistake or "skipped", ())]
    # whose order is wrong, is a matter of view: all that stand after a later one or before an earlier one
    rank = [SEGMENTS.index(name) for name in done]
    return [
        (name, "order")
        for i, name in enumerate(done)
        if any(r > rank[i] for r in rank[:i]) or any(r < rank[i] for r in rank[i + 1 :])
    ]
