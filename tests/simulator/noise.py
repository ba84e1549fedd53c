"""What a hand detector makes of true landmarks: noise, lost hands, duplicates, ghosts."""

from __future__ import annotations

import numpy as np
from scipy.signal import lfilter

from coach.domain import Bools, Floats, HandObservation
from tests.simulator.script import Detector

ENOUGH_VISIBLE = 0.65  # a hand with less of it in the picture is not found
SPEED_NOISE = 0.08  # more noise, per palm length a second (motion blur)
BODY_SIZED = (2.5, 4.5)  # a ghost's size over the hand's
GHOST_KINDS = 3  # on the forearm, on the hand itself, body-sized

Rng = np.random.Generator
Slot = tuple[Floats, float]


def palms(landmarks: Floats) -> Floats:
    """(…,) wrist to middle knuckle, px."""
    return np.asarray(np.linalg.norm(landmarks[..., 9, :] - landmarks[..., 0, :], axis=-1))


def jitter(rng: Rng, true: Floats, time_s: Floats, neck: Bools, detector: Detector) -> Floats:
    """(n, 21, 2) px: one hand's landmarks (n, 21, 2) as the detector gives them when it finds the hand."""
    count = len(time_s)
    keep = detector.lag_one ** (15.0 * float(np.median(np.diff(time_s)))) if count > 1 else 0.0
    # half of the slow noise moves the whole hand, half each landmark
    slow = (_ar1(rng, keep, (count, 1, 2)) + _ar1(rng, keep, (count, 21, 2))) * detector.slow_noise / np.sqrt(2.0)
    noise = slow + rng.normal(0.0, detector.white_noise, (count, 21, 2))
    palm = palms(true)[:, None, None]
    noise *= np.where(neck, detector.neck_factor, 1.0)[:, None, None] * _blur(true, time_s, palm)
    found: Floats = true + noise * palm
    found[:, 0] += detector.wrist_shift * (found[:, 9] - found[:, 0])
    return found


def _ar1(rng: Rng, keep: float, shape: tuple[int, int, int]) -> Floats:
    pushes = rng.normal(0.0, np.sqrt(1.0 - keep**2), shape)
    pushes[0] = rng.normal(0.0, 1.0, shape[1:])
    return np.asarray(lfilter([1.0], [1.0, -keep], pushes, axis=0), dtype=np.float64)


def _blur(true: Floats, time_s: Floats, palm: Floats) -> Floats:
    if len(time_s) < 2:
        return np.ones_like(palm)
    speed = np.linalg.norm(np.gradient(true[:, 9], time_s, axis=0), axis=1)[:, None, None] / palm
    blur: Floats = 1.0 + SPEED_NOISE * speed
    return blur


def runs(rng: Rng, count: int, part: float, mean_length: float, longest: int) -> Bools:
    """(count,) true in `part` of the frames (at most half), in runs of about `mean_length`, none over `longest`."""
    hit = np.zeros(count, dtype=np.bool_)
    wanted = min(round(part * count), count // 2)
    lengths: list[int] = []
    while (left := wanted - sum(lengths)) > 0:
        lengths.append(min(int(rng.geometric(1.0 / mean_length)), longest, left))
    if not lengths:
        return hit
    spare = count - wanted - (len(lengths) - 1)  # runs must not join into longer ones
    gaps = rng.multinomial(spare, rng.dirichlet(np.ones(len(lengths) + 1)))
    start = 0
    for gap, length in zip(gaps.tolist(), lengths, strict=False):
        start += gap
        hit[start : start + length] = True
        start += length + 1
    return hit


def observe(
    rng: Rng, time_s: Floats, found: Floats, seen: Bools, detector: Detector
) -> list[tuple[HandObservation, ...]]:
    """Per frame what the detector reports of hands (n, 2, 21, 2) px; `seen` (n, 2) is where they can be found."""
    count = len(time_s)
    mean_run = max(1.5, detector.longest_miss / 5.0)
    missed = runs(rng, count, detector.missed, mean_run, detector.longest_miss)
    doubled = np.zeros(count, dtype=np.bool_)
    doubled[~missed] = runs(rng, int((~missed).sum()), detector.duplicates, 4.0, 20)
    ghostly = runs(rng, count, detector.ghosts, 3.0, 12)
    loser = _loser(rng, missed | doubled)
    confidence = np.clip(rng.normal(0.93, 0.05, (count, 2)), 0.5, 0.999)
    order = rng.random(count) < 0.5
    both = seen[:, 0] & seen[:, 1]
    result: list[tuple[HandObservation, ...]] = []
    for i in range(count):
        present = [h for h in (0, 1) if seen[i, h] and not ((missed[i] or doubled[i]) and both[i] and h == loser[i])]
        slots: list[Slot] = [(found[i, h], float(confidence[i, h])) for h in present]
        if doubled[i] and both[i]:
            slots.append(_duplicate(rng, found[i, present[0]]))
        if ghostly[i] and len(slots) < detector.max_hands:
            slots.append(_ghost(rng, found[i, present[0] if present else 0]))
        if order[i]:
            slots.reverse()
        time = float(time_s[i])
        result.append(tuple(HandObservation(time, marks, trust) for marks, trust in slots))
    return result


def _loser(rng: Rng, lost: Bools) -> np.typing.NDArray[np.int64]:
    """(n,) which hand is lost: the same through a run."""
    begins = lost & ~np.concatenate([[False], lost[:-1]])
    hands: np.typing.NDArray[np.int64] = rng.integers(0, 2, int(begins.sum()) + 1)[np.cumsum(begins)]
    return hands


def _duplicate(rng: Rng, hand: Floats) -> Slot:
    palm = float(palms(hand))
    moved = hand + rng.normal(0.0, 0.12 * palm, 2) + rng.normal(0.0, 0.04 * palm, (21, 2))
    return moved, float(rng.uniform(0.5, 0.95))


def _ghost(rng: Rng, hand: Floats) -> Slot:
    palm, axis = float(palms(hand)), hand[9] - hand[0]
    centre = hand.mean(axis=0)
    kind = int(rng.integers(0, GHOST_KINDS))
    if kind == 0:
        ghost = hand - axis * rng.uniform(1.0, 1.8)
    elif kind == 1:
        angle = rng.uniform(-0.6, 0.6)
        turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        ghost = centre + (hand - centre) @ turn.T * rng.uniform(0.75, 1.2)
    else:
        ghost = centre + rng.normal(0.0, palm, 2) + (hand - centre) * rng.uniform(*BODY_SIZED)
    return ghost + rng.normal(0.0, 0.05 * palm, (21, 2)), float(rng.uniform(0.5, 0.9))
