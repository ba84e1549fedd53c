"""The giver's arm: hand laid on the back, fingers bent until they touch, elbow by two-bone IK, then skinned."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from samples.renderer import mesh, pose
from samples.renderer.back import Surface
from samples.renderer.human import Floats, Human, Ints

CHAIN = ("upperarm01", "upperarm02", "lowerarm01", "lowerarm02", "wrist")
LONG_FINGERS = (2, 3, 4, 5)
TIP = 0.0065  # m from a fingertip's joint to its skin
PALM = 0.015  # m from the knuckles' joints to the palm's skin
REACH = 0.95  # longest stretch of the arm; beyond it the truth would break silently
LEAN_FROM = 0.90  # stretch at which the giver leans forward instead
RAISED, STANDING = 0.45, 0.03  # rad and m: how much the heel and the knuckles are higher on the fingertips
# Corrections until the fingertips are where they are wanted, and the share of what is missing that each makes. Turned
# over, the hand answers so much more that whole corrections overshoot: after three of them it was up to 3.4 cm off.
PASSES, OVER_PASSES, OVER_SHARE = 3, 6, 0.5
POINTING = (0.40, 0.045)  # rad and m: the same for a hand of which the index finger alone touches
UPRIGHT = 0.6  # of the skin's slant such a hand does not follow
FLEX = np.linspace(-0.25, 1.25, 26)  # rad, tried bends of a finger
SHARES = np.array([0.55, 0.55, 0.35])  # how a bend spreads over a finger's joints
POINTED = np.array([0.75, 0.30, 0.15])  # the same for the finger that points
CURLED = (0.75, 1.0, 0.6)  # rad a joint: the other fingers then
FISTED = (1.15, 1.5, 0.9)  # rad a joint: the four fingers of a loose fist, of which the thumb alone touches
ON_FIST = (0.22, 0.030)  # rad and m: how much its heel and its knuckles are higher
THUMB, THUMBED = np.array([0.1, 0.15, 0.15]), np.array([0.6, 0.25, 0.15])  # rad at rest; how a bend spreads
CURLS = np.array([(0.45, 0.6, 0.4), (1.3, 1.6, 1.0)])  # rad a joint: backs of the fingers, fist


@dataclass(frozen=True, slots=True)
class HandPose:
    """What a hand is to do at one moment."""

    tips: Floats  # (2,) back coordinates of the middle between index and middle fingertip
    lift: float  # m over the skin
    inward: float  # rad, fingers turned towards the spine
    over: float = 0.0  # 0 the palm lies on the skin, 1 the back of the hand
    fist: float = 0.0  # when turned over: 0 fingers half bent, 1 a fist
    tip: float = 0.0  # 0 the hand lies flat, 1 it stands on its fingertips
    point: float = 0.0  # 1 the index finger alone touches, and `tips` is where it does
    thumb: float = 0.0  # 1 a fist of which the thumb, pointing forward, touches, and `tips` is where it does


@dataclass(frozen=True, slots=True)
class PosedArm:
    """One arm at one moment."""

    vertices: Floats  # (n, 3) m
    normals: Floats  # (n, 3)
    landmarks: Floats  # (21, 3) m, in MediaPipe's order
    shoulder: Floats  # (3,) m, the joint, where leaning has brought it


class Arm:
    """One arm of a person: made once, posed for each frame."""

    def __init__(self, human: Human, side: Literal["left", "right"], levels: int = 2) -> None:
        letter = "L" if side == "left" else "R"
        self.inward_sign = 1.0 if side == "left" else -1.0  # across-direction of "towards the spine"
        names = [f"{name}.{letter}" for name in CHAIN]
        names += [name for name in human.bones if name.startswith(("metacarpal", "finger")) and name.endswith(letter)]
        index = [human.bone(name) for name in names]
        share = human.weights[:, index]
        quads, used = mesh.subset(human.quads, share.sum(axis=1) > 0.5)
        self.control = human.vertices[used]
        self.weights = share[used] / share[used].sum(axis=1, keepdims=True)
        self.smooth = mesh.smooth(quads, len(used), levels)
        self.triangles: Ints = mesh.triangles(self.smooth.quads)
        self.place = {name[:-2]: k for k, name in enumerate(names)}
        self.heads, self.tails = human.heads[index], human.tails[index]
        rest = self.smooth.vertices(self.control)
        self.along = _fraction(rest, self.heads[self.place["upperarm01"]], self.heads[self.place["lowerarm01"]])
        self.down_forearm = _fraction(rest, self.heads[self.place["lowerarm01"]], self.heads[self.place["wrist"]])
        self.detail = self._detail(rest)
        self._measure()
        palm = self.smooth.normals(rest) @ self.rest_hand[:, 1]
        hand = _fraction(rest, self.wrist, self.knuckle) > -0.1
        self.palmar: Floats = np.clip(palm * 2.0, 0.0, 1.0) * hand  # (n,) how much each vertex is palm

    def _measure(self) -> None:
        head = {name: self.heads[k] for name, k in self.place.items()}
        self.shoulder, self.elbow, self.wrist = head["upperarm01"], head["lowerarm01"], head["wrist"]
        self.upper, self.fore = self.elbow - self.shoulder, self.wrist - self.elbow
        self.hinge = np.cross(self.upper, self.fore)
        self.knuckle = head["finger3-1"]
        across = head["finger2-1"] - head["finger5-1"]
        palmar = np.cross(self.knuckle - self.wrist, across) * self.inward_sign
        self.rest_hand = pose.frame(self.knuckle - self.wrist, palmar)
        self.palm_length = float(np.linalg.norm(self.knuckle - self.wrist))
        self.reach = float(np.linalg.norm(self.upper) + np.linalg.norm(self.fore))

    def _detail(self, rest: Floats) -> Floats:
        """(n, 2) how much nail and how much knuckle each vertex is."""
        nails, knuckles = np.zeros(len(rest)), np.zeros(len(rest))
        for finger in range(1, 6):
            bones = [self.place[f"finger{finger}-{k}"] for k in (1, 2, 3)]
            tip = self.tails[bones[2]]
            nails = np.maximum(nails, np.exp(-np.sum((rest - tip) ** 2, axis=1) / 0.006**2))
            for bone in bones[:2]:
                joint = self.tails[bone]
                knuckles = np.maximum(knuckles, np.exp(-np.sum((rest - joint) ** 2, axis=1) / 0.008**2))
        return np.stack([nails, knuckles], axis=1)

    def pose(self, want: HandPose, surface: Surface, shoulder: Floats, pole: Floats) -> PosedArm:
        """The arm with its fingertips where they are wanted; `shoulder` and `pole` (elbow's side) in space."""
        target = np.array([want.tips[0] * surface.frame.width, want.tips[1] * surface.frame.height])
        aimed = target.copy()
        passes, part = (OVER_PASSES, OVER_SHARE) if want.over else (PASSES, 1.0)
        for _ in range(passes):
            turn, wrist, bends = self._hand(want, surface, aimed)
            landmarks = self._landmarks(turn, wrist, bends)
            fingers = (0.5 + 0.5 * want.point) * landmarks[8] + (0.5 - 0.5 * want.point) * landmarks[12]
            place = surface.frame.of(fingers + want.thumb * (landmarks[4] - fingers))
            aimed += part * (target - place[:2] * np.array([surface.frame.width, surface.frame.height]))
        leaned = self._leaned(shoulder, wrist)
        moves = self._moves(turn, wrist, bends, leaned, pole)
        vertices = self.smooth.vertices(pose.skin(self.control, self.weights, moves))
        return PosedArm(vertices, self.smooth.normals(vertices), landmarks, leaned)

    def held(self, turn: Floats, wrist: Floats, shoulder: Floats, pole: Floats) -> PosedArm:
        """The arm with its hand open in the air: `turn` (3, 3) from the rest pose, the rest in space."""
        bends = np.zeros((5, 3))
        bends[0] = THUMB
        leaned = self._leaned(shoulder, wrist)
        moves = self._moves(turn, wrist, bends, leaned, pole)
        vertices = self.smooth.vertices(pose.skin(self.control, self.weights, moves))
        return PosedArm(vertices, self.smooth.normals(vertices), self._landmarks(turn, wrist, bends), leaned)

    # ------------------------------------------------------------------ the hand
    def _hand(self, want: HandPose, surface: Surface, tips: Floats) -> tuple[Floats, Floats, Floats]:
        """The hand's rotation (3, 3), the wrist (3,) m and the fingers' bends (5, 3) rad."""
        sine, cosine = math.sin(want.inward), math.cos(want.inward)
        flat = np.array([self.inward_sign * sine, -cosine])
        length = 0.062 - 0.017 * want.over - 0.05 * want.thumb
        knuckle = tips - flat * length
        middle = knuckle - flat * 0.35 * self.palm_length
        normal = surface.normal(float(middle[0]), float(middle[1]), 0.03)
        if want.point:
            normal = pose.unit(normal + UPRIGHT * want.point * (np.array([0.0, 0.0, 1.0]) - normal))
        fingers = np.array([flat[0], flat[1], 0.0])
        fingers = pose.unit(fingers - normal * float(fingers @ normal))
        pitch = (
            0.14 + 2.0 * min(want.lift, 0.05) + RAISED * want.tip + POINTING[0] * want.point + ON_FIST[0] * want.thumb
        )
        fingers = fingers * math.cos(pitch) - normal * math.sin(pitch)
        inward = np.cross(fingers, normal) * -self.inward_sign
        palmar = -normal * math.cos(math.pi * want.over) + inward * math.sin(math.pi * want.over)
        basis = np.stack([surface.frame.across, surface.frame.down, surface.frame.out], axis=1)
        turn = pose.turning(self.rest_hand, pose.frame(basis @ fingers, basis @ palmar))
        off = PALM + want.lift + 0.03 * math.sin(math.pi * want.over) + STANDING * want.tip + POINTING[1] * want.point
        off += ON_FIST[1] * want.thumb
        over = float(surface.height(knuckle[:1], knuckle[1:])[0]) + off
        knuckle3 = surface.frame.at(
            np.array(knuckle[0] / surface.frame.width), np.array(knuckle[1] / surface.frame.height), np.array(over)
        )
        wrist = knuckle3 - turn @ (self.knuckle - self.wrist)
        return turn, wrist, self._bends(want, surface, turn, wrist)

    def _bends(self, want: HandPose, surface: Surface, turn: Floats, wrist: Floats) -> Floats:
        bends = np.zeros((5, 3))
        bends[0] = THUMB
        if want.thumb:
            bends[0] += want.thumb * (self._touching(1, THUMBED, want, surface, turn, wrist) * THUMBED - THUMB)
        for finger in LONG_FINGERS:
            shares = SHARES + (want.point * (POINTED - SHARES) if finger == 2 else 0.0)
            bends[finger - 1] = min(self._touching(finger, shares, want, surface, turn, wrist), 0.85) * shares
            if finger > 2:
                bends[finger - 1] += want.point * (np.array(CURLED) - bends[finger - 1])
            bends[finger - 1] += want.thumb * (np.array(FISTED) - bends[finger - 1])
        curled = np.stack([np.full(3, 0.35), *[CURLS[0] + want.fist * (CURLS[1] - CURLS[0])] * 4])
        return bends + want.over * (curled - bends)

    def _touching(
        self, finger: int, shares: Floats, want: HandPose, surface: Surface, turn: Floats, wrist: Floats
    ) -> float:
        """rad: the bend at which a fingertip touches the skin, or is as far over it as the hand."""
        joints = np.multiply.outer(FLEX, shares)
        points = self._finger(finger, turn, wrist, joints)[:, -1]
        place = surface.frame.of(points)
        ground = surface.height(place[:, 0] * surface.frame.width, place[:, 1] * surface.frame.height)
        gap = place[:, 2] - ground - TIP - want.lift
        below = np.nonzero(gap <= 0)[0]
        if not below.size or below[0] == 0:
            return float(FLEX[int(np.argmin(np.abs(gap)))])
        k = int(below[0])
        return float(FLEX[k - 1] + (FLEX[k] - FLEX[k - 1]) * gap[k - 1] / (gap[k - 1] - gap[k]))

    def _finger(self, finger: int, turn: Floats, wrist: Floats, bends: Floats) -> Floats:
        """(n, 4, 3) m: a finger's joints for n bends (n, 3)."""
        directions = self._phalanges(finger, bends)
        lengths = self._lengths(finger)
        start = self.heads[self.place[f"finger{finger}-1"]] - self.wrist
        steps = np.cumsum(directions * lengths[None, :, None], axis=1)
        local = np.concatenate([np.zeros((len(bends), 1, 3)), steps], axis=1) + start
        return np.asarray(local @ turn.T + wrist)

    def _lengths(self, finger: int) -> Floats:
        bones = [self.place[f"finger{finger}-{k}"] for k in (1, 2, 3)]
        return np.asarray(np.linalg.norm(self.tails[bones] - self.heads[bones], axis=1))

    def _axes(self, finger: int) -> tuple[Floats, Floats]:
        """The straight finger's direction and the direction it bends to, both unit, in the rest pose."""
        along, palmar = self.rest_hand[:, 0], self.rest_hand[:, 1]
        side = np.cross(along, palmar)
        bones = [self.place[f"finger{finger}-{k}"] for k in (1, 3)]
        straight = pose.unit(self.tails[bones[1]] - self.heads[bones[0]])
        if finger == 1:
            flat = along * 0.80 + side * math.copysign(0.52, float(straight @ side)) + palmar * 0.22
        else:
            flat = along + side * float(straight @ side) * 0.9
        flat = pose.unit(flat)
        return flat, pose.unit(palmar - flat * float(palmar @ flat))

    def _phalanges(self, finger: int, bends: Floats) -> Floats:
        """(n, 3, 3) unit directions of a finger's bones in the rest pose's axes."""
        straight, palmar = self._axes(finger)
        angle = np.cumsum(bends, axis=1)[..., None]
        return np.asarray(np.cos(angle) * straight + np.sin(angle) * palmar)

    def _landmarks(self, turn: Floats, wrist: Floats, bends: Floats) -> Floats:
        fingers = [self._finger(k, turn, wrist, bends[k - 1 : k])[0] for k in range(1, 6)]
        return np.concatenate([wrist[None], *fingers])

    # ------------------------------------------------------------------ the arm
    def _moves(self, turn: Floats, wrist: Floats, bends: Floats, shoulder: Floats, pole: Floats) -> Floats:
        """(b, 3, 4) of the arm's bones."""
        elbow = self._elbow(shoulder, wrist, pole)
        hinge = np.cross(elbow - shoulder, wrist - elbow)
        upper = pose.turning(pose.frame(self.upper, self.hinge), pose.frame(elbow - shoulder, hinge))
        fore = pose.turning(pose.frame(self.fore, self.hinge), pose.frame(wrist - elbow, hinge))
        axis = pose.unit(wrist - elbow)
        twist = _twist(turn @ fore.T, axis)
        moves = np.zeros((len(self.place), 3, 4))
        for name, matrix, rest, now in (
            ("upperarm01", upper, self.shoulder, shoulder),
            ("upperarm02", upper, self.shoulder, shoulder),
            ("lowerarm01", pose.about(axis, 0.25 * twist) @ fore, self.elbow, elbow),
            ("lowerarm02", pose.about(axis, 0.75 * twist) @ fore, self.elbow, elbow),
        ):
            _set(moves, self.place[name], matrix, rest, now)
        for name, bone in self.place.items():
            if name.startswith(("wrist", "metacarpal")):
                _set(moves, bone, turn, self.wrist, wrist)
        for finger in range(1, 6):
            self._finger_moves(moves, finger, turn, wrist, bends[finger - 1])
        return moves

    def _finger_moves(self, moves: Floats, finger: int, turn: Floats, wrist: Floats, bends: Floats) -> None:
        joints = self._finger(finger, turn, wrist, bends[None])[0]
        directions = self._phalanges(finger, bends[None])[0]
        straight, palmar = self._axes(finger)
        side = np.cross(straight, palmar)
        for k in range(3):
            bone = self.place[f"finger{finger}-{k + 1}"]
            rest = self.tails[bone] - self.heads[bone]
            # the rest finger's own sideways axis, nearest to the hand's
            local = pose.turning(pose.frame(rest, side), pose.frame(directions[k], side))
            _set(moves, bone, turn @ local, self.heads[bone], joints[k])

    def _leaned(self, shoulder: Floats, wrist: Floats) -> Floats:
        """(3,) m: the shoulder, brought nearer by leaning where the hand would be too far away."""
        reach = wrist - shoulder
        distance = float(np.linalg.norm(reach))
        limit = LEAN_FROM * self.reach
        return np.asarray(shoulder + reach / distance * max(distance - limit, 0.0))

    def _elbow(self, shoulder: Floats, wrist: Floats, pole: Floats) -> Floats:
        upper, fore = float(np.linalg.norm(self.upper)), float(np.linalg.norm(self.fore))
        reach = wrist - shoulder
        distance = float(np.linalg.norm(reach))
        if distance > REACH * self.reach + 1e-6:
            raise ValueError(f"the hand is out of reach: {distance:.3f} m of {self.reach:.3f} m")
        distance = max(distance, abs(upper - fore) + 1e-3)
        towards = pose.unit(reach)
        foot = (upper**2 - fore**2 + distance**2) / (2.0 * distance)
        rise = math.sqrt(max(upper**2 - foot**2, 1e-8))
        return np.asarray(shoulder + towards * foot + pose.unit(pole - towards * float(pole @ towards)) * rise)


def _set(moves: Floats, bone: int, matrix: Floats, rest: Floats, now: Floats) -> None:
    moves[bone, :, :3] = matrix
    moves[bone, :, 3] = now - matrix @ rest


def _fraction(points: Floats, start: Floats, end: Floats) -> Floats:
    """(n,) how far along the line from start (0) to end (1) points lie."""
    line = end - start
    return np.asarray((points - start) @ line / float(line @ line))


def _twist(rotation: Floats, axis: Floats) -> float:
    """The part of a rotation (rad) about an axis."""
    skew = np.array([rotation[2, 1] - rotation[1, 2], rotation[0, 2] - rotation[2, 0], rotation[1, 0] - rotation[0, 1]])
    return math.atan2(float(skew @ axis), float(np.trace(rotation)) - float(axis @ rotation @ axis))
