"""What happens in a simulated session: the practitioner's style, the steps, the camera and the detector.

Nothing here is random: `draw.random_script` chooses, `simulate` acts out. Places are back coordinates (see
`coach.domain`), lengths of the hand are widths of the back, times are seconds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from coach.domain import Hand

Point: TypeAlias = tuple[float, float]
Work: TypeAlias = Literal["left", "right", "both"]
Turns: TypeAlias = Literal["alternating", "together", "right_then_left"]
Rest: TypeAlias = Literal["shoulder", "back", "side", "lap", "hidden"]
DecoyKind: TypeAlias = Literal["wander", "wave", "fold", "wipe", "rub", "scratch"]
Mistake: TypeAlias = Literal[
    "too_few",
    "very_few",
    "too_fast",
    "wrong_order",
    "one_side",
    "no_alternation",
    "right_then_left",
    "asymmetric_size",
    "asymmetric_lag",
    "missing_point",
    "wrong_point",
    "short_hold",
    "wrong_sequence",
    "skipped",
    "swapped_hand",
    "partial",
    "too_high",
    "wrong_direction",
]

SEGMENTS: tuple[str, ...] = (
    "neck_stroke",
    "neck_points",
    "shoulder_stroke",
    "shoulder_points",
    "shoulder_c_grip",
    "scapula_left_circles",
    "scapula_left_points",
    "scapula_right_circles",
    "scapula_right_points",
    "spine_circles",
    "spine_strokes",
    "heart",
    "love",
)

KIND_OF: dict[Mistake, str] = {
    "too_few": "count",
    "very_few": "count",
    "partial": "count",
    "too_fast": "tempo",
    "wrong_order": "order",
    "one_side": "hands",
    "no_alternation": "hands",
    "right_then_left": "hands",
    "asymmetric_size": "hands",
    "asymmetric_lag": "hands",
    "swapped_hand": "hands",
    "missing_point": "hold",
    "wrong_point": "hold",
    "short_hold": "hold",
    "wrong_sequence": "order",
    "skipped": "performed",
    "too_high": "path",
    "wrong_direction": "path",
}  # the kind of item a mistake costs


@dataclass(frozen=True, slots=True)
class Press:
    """One hold: the name the trainee means, where it really goes (None: where it belongs) and for how long."""

    point: str
    hold_s: float | None = None  # None: the style's
    at: Point | None = None
    hand: Hand | None = None  # None: the side's own hand


@dataclass(frozen=True, slots=True)
class Step:
    """One segment, as it is really done. The defaults are the segment done right."""

    segment_id: str
    repetitions: int = 6  # love: per side
    pace: float = 1.0  # factor on every duration; 0.28 is d02's "too fast"
    size: float = 1.0  # factor on every amplitude
    work: Work | None = None  # None: the hands the segment is done with
    turns: Turns = "alternating"  # love only
    left_size: float = 1.0  # the left hand's amplitude over the right hand's
    left_lag: float = 0.0  # the left hand's delay, in cycles
    reach: float = 1.0  # part of the path that is gone in every repetition
    partial: tuple[int, ...] = ()  # repetitions broken off
    partial_reach: float = 0.3  # where they are broken off, as part of the path
    upward: bool = False  # strokes: working stroke from bottom to top
    clockwise: bool | None = None  # scapula: as seen in the picture; spine: the right hand's; None: as in d01
    presses: tuple[Press, ...] | None = None  # None: all the points, in the described order
    one_by_one: bool = False  # two-handed holds one after the other
    interrupt: tuple[int, float] | None = None  # (after so many repetitions, still for so long)
    mistake: Mistake | None = None
    detail: str = ""  # the point concerned


@dataclass(frozen=True, slots=True)
class Decoy:
    """Motion that is no step of the protocol."""

    kind: DecoyKind
    duration_s: float


@dataclass(frozen=True, slots=True)
class Idle:
    """Both hands go to their place of rest and stay, fidgeting."""

    duration_s: float
    fidget: float = 0.01  # back units
    place: Rest | None = None  # None: the style's place between segments


@dataclass(frozen=True, slots=True)
class Style:
    """How this practitioner moves. The defaults are those of the rendered sessions d01 to d03."""

    hand_size: float = 1.0  # 1: palm (wrist to middle knuckle) 0.25 back widths
    hand_turn_deg: float = 0.0  # added to fingers 10–15° inward
    tempo: float = 1.0  # factor on every duration
    jitter: float = 0.055  # sd of repetition durations, relative
    size_jitter: float = 0.05  # sd of repetition sizes, relative
    shift_jitter: float = 0.007  # sd of repetition places, back units
    drift: float = 0.007  # sd of slow drift, back units
    tremor: float = 0.001  # sd of fast drift, back units
    transition_s: float = 1.4
    lift: float = 0.12  # height over the back in transitions, back widths
    evenness: float = 0.5  # strokes: 0 cosine, 1 constant speed with short ramps
    pause_s: float = 0.0  # mean still time between repetitions
    resting_hand: Rest = "shoulder"  # where a hand stays while the other works
    between: Rest = "back"  # where both are before, after and in idle stretches
    support: Rest = "shoulder"  # where the left hand is in the neck strokes
    curve_anchor: Literal["fingertips", "palm"] = "fingertips"  # what draws heart and love
    backhand: bool = False  # heart and love with the backs of the hands
    curve_form: Literal["rendered", "classic"] = "rendered"
    scapula_hand: Literal["own", "left", "right"] = "own"
    first_in_love: Hand = "right"
    press_wobble: float = 0.0  # radius of thumb circles in a hold, back units
    neck_x: float = 0.462  # the right hand's fingertips
    neck_y: Point = (-0.21, -0.06)
    shoulder_from: Point = (0.735, -0.045)  # right hand, outside
    shoulder_to: Point = (0.565, -0.083)
    scapula_centre: Point = (0.667, 0.149)  # right hand's fingertips
    scapula_radii: Point = (0.095, 0.143)
    scapula_tilt_deg: float = 0.0
    circle_start: float = 0.0  # turns from the top
    lane: float = 0.11  # circles: distance of the fingertips from the middle
    lane_y: Point = (-0.035, 0.56)
    circles: int = 7
    circle_radii: Point = (0.053, 0.045)
    stroke_lane: float = 0.077
    stroke_y: Point = (-0.048, 0.625)
    curve_gap: float = 0.06
    curve_width: float = 0.205
    curve_y: Point = (-0.012, 0.58)
    point_error: float = 0.004  # sd of where presses land, back units
    times_s: dict[str, float] = field(
        default_factory=lambda: {
            "neck_stroke": 2.43,
            "shoulder_stroke": 3.27,
            "scapula_circles": 2.3,
            "spine_circles": 5.9,
            "spine_circles_up": 1.1,
            "spine_strokes": 3.0,
            "spine_strokes_up": 1.2,
            "heart": 3.1,
            "heart_up": 1.0,
            "love": 2.42,
            "love_up": 1.3,
            "hold": 3.3,
            "hop": 0.9,
        }
    )


@dataclass(frozen=True, slots=True)
class Camera:
    """A pinhole camera that looks at the back. Angles are from the back's normal."""

    size: tuple[int, int] = (640, 480)  # px
    azimuth_deg: float = 0.0  # positive: from the right
    elevation_deg: float = 8.0  # positive: from above
    roll_deg: float = 0.0
    hfov_deg: float = 54.0
    back_width: float = 0.4  # the back's width over the picture's
    centre: Point = (0.5, 0.545)  # where the middle of the back is in the picture, of its size
    mark_error: float = 0.0  # sd of the marked corners, of the back's width


@dataclass(frozen=True, slots=True)
class Detector:
    """What the hand detector makes of it; see the project's renderer notes. Lengths in palm lengths."""

    slow_noise: float = 0.03  # AR(1)
    lag_one: float = 0.9  # of the AR(1), at 15 fps
    white_noise: float = 0.01
    neck_factor: float = 2.5
    missed: float = 0.005  # part of frames in which one of two hands is missed
    longest_miss: int = 4  # frames
    duplicates: float = 0.0  # part of frames in which both skeletons sit on one hand
    ghosts: float = 0.0  # part of frames with a false hand in a free slot
    wrist_shift: float = 0.135  # the detector's wrist is nearer the middle knuckle
    max_hands: int = 2


HARD = Detector(missed=0.2, longest_miss=36, duplicates=0.17, ghosts=0.05)


@dataclass(frozen=True, slots=True)
class Timing:
    """When the frames come."""

    fps: float = 15.0
    jitter: float = 0.0  # sd of a frame's interval, relative
    dropped: float = 0.0  # part of frames lost


@dataclass(frozen=True, slots=True)
class SessionScript:
    """A whole session."""

    steps: tuple[Step | Decoy | Idle, ...]
    style: Style = Style()
    camera: Camera = Camera()
    detector: Detector = Detector()
    timing: Timing = Timing()
    lead_in_s: float = 1.5
    lead_out_s: float = 1.0
    name: str = "simulated"
