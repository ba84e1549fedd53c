"""Session scripts: small TOML files that say who, where, in which light and what is done, mistakes included.

Lengths are metres, angles degrees, times seconds, places back coordinates. `load` reads them.
"""

from __future__ import annotations

from dataclasses import dataclass, field

SCHEMA = "coach.session/1"
CIRCLES = ("scapula_left_circles", "scapula_right_circles")
HOLDS = {
    "neck_points": ("ear_left", "ear_right"),
    "shoulder_points": ("hollow_left", "hollow_right"),
    "shoulder_c_grip": ("c_left", "c_right"),
    "scapula_left_points": ("3", "6", "8"),
    "scapula_right_points": ("9", "6", "4"),
}
SEGMENTS = (
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
FISTS = "fist_circles"  # the short form: small circles by the thumbs of both fists
OTHERS = ("idle", "decoy", "fidget", "touch")
STROKES = ("neck_stroke", "shoulder_stroke", "spine_strokes")
DECOYS = ("wander", "wipe", "pat", "rub")
FIDGETS = ("scratch", "cloth", "oil")
PLACES = ("back", "shoulder", "out", "head")
TOUCHED = ("c7", "left", "right", "l5")  # the places by which the back is marked, in the order the page asks for
MISTAKES = (
    "too_few",
    "too_fast",
    "wrong_order",
    "one_side",
    "no_alternation",
    "asymmetric",
    "missing_point",
    "wrong_point",
    "wrong_sequence",
    "short_hold",
    "skipped",
    "too_high",
    "swapped_hand",
    "wrong_direction",
    "too_short",
    "on_spine",
)
BUILDS = ("average", "slim", "heavy", "muscular", "old", "stout")
JUDGED_BUILDS = ("petite", "broad", "pear", "tall", "hollow")  # of the judging world alone, from j25 on
HEADS = ("bun", "scarf", "loose_hair")
POSTURES = ("stool", "table", "pillow")
SKINS = ("light", "medium_light", "medium_brown", "dark", "deep")
OVER = ("backs", "fists")  # the hand is turned over
CONTACTS = ("palm", *OVER, "tips", "thumbs")


class ScriptError(ValueError):
    """A script that cannot be played; the message lists everything that needs work."""


@dataclass(frozen=True, slots=True)
class Person:
    """A body and what it wears."""

    build: str = "average"
    skin: str = "medium_brown"
    shirt: bool = False
    pattern: float = 0.0  # 0 plain – 1 batik
    shirt_rgb: tuple[int, int, int] = (150, 70, 70)
    lean_deg: float = 15.0
    bend_deg: float = 22.0
    sleeve: float = 0.75  # giver: 0.75 covers so much of the upper arm, 1.4 also 0.4 of the forearm
    bands: bool = False  # giver: a blue band at the left wrist, a green one at the right
    head: str = "bun"  # receiver: bun leaves the neck bare, scarf covers it, loose_hair hangs over it and the hands
    head_rgb: tuple[int, int, int] = (70, 90, 120)  # the scarf
    # receiver: stool sits upright, table leans on one with folded arms, pillow is none but a cushion on it
    posture: str = "stool"
    whole: bool = False  # giver: head and trunk are drawn too, and hide what a real one's hide


@dataclass(frozen=True, slots=True)
class View:
    """The camera: azimuth 0 straight behind, positive from her right, 180 from before her; elevation 90 overhead."""

    azimuth_deg: float = 3.0
    elevation_deg: float = 38.0
    distance_m: float = 0.82
    hfov_deg: float = 53.0
    roll_deg: float = 0.0
    aim: tuple[float, float] = (0.5, 0.38)  # back coordinates in the picture's middle
    nudge_s: float | None = None
    nudge_deg: float = 0.0


@dataclass(frozen=True, slots=True)
class Lamp:
    """Direction (as the camera's), strengths as factors, and how oily the skin shines."""

    azimuth_deg: float = 40.0
    elevation_deg: float = 50.0
    key: float = 1.0
    ambient: float = 1.0
    warmth: float = 0.0
    gloss: float = 0.10
    window: float = 0.0  # 0 none, 1 a bright window behind her: the camera darkens all else, its light spreads


@dataclass(frozen=True, slots=True)
class Picture:
    """What the camera and the encoder do to the picture."""

    noise_sd: float = 3.0
    blur_px: float = 0.6
    shutter: float = 0.5  # share of a frame's time the shutter is open
    crf: int = 23


@dataclass(frozen=True, slots=True)
class Sway:
    """How the receiver rocks; 0 for not at all."""

    angle_deg: float = 0.0
    period_s: float = 9.0


@dataclass(frozen=True, slots=True)
class Style:
    """How this giver moves."""

    tempo: float = 1.0  # factor on every duration
    size: float = 1.0
    jitter: float = 0.06  # sd of durations and sizes, relative
    drift: float = 0.006  # back units
    evenness: float = 0.6  # 0 cosine, 1 constant speed
    inward_deg: float = 12.0
    heart: str = "rendered"  # rendered, classic or round
    circles: int = 7  # small circles in one pass beside the spine
    circle_size: float = 1.0
    clockwise: bool = True  # the left blade's circles; the right blade's run the other way
    transition_s: float = 1.5
    lift_m: float = 0.035
    rest: str = "shoulder"  # where the hand stays that does nothing
    support: str = "shoulder"  # where the left hand is in the neck strokes: shoulder or head
    pause_s: float = 0.0  # stillness between repetitions
    wobble: float = 1.0  # factor on the slow turning of the hands


@dataclass(frozen=True, slots=True)
class Step:
    """One movement, idle stretch or decoy."""

    do: str
    repetitions: int = 6  # love: each side
    tempo: float = 1.0
    size: float = 1.0
    left_size: float = 1.0
    reach: float = 1.0  # share of a path that is gone down
    hands: str = "both"  # both, left, right; touch, both: her left shoulder with the left, the rest with the right
    turns: str = "alternating"  # love: alternating, together, right_then_left
    contact: str = "palm"
    points: tuple[str, ...] = ()  # holds: what is pressed, touch: what is touched, in order
    hold_s: float = 3.3
    seconds: float = 3.0  # idle, decoys and fidgeting
    kind: str = "wander"  # decoys; fidgeting: scratch, cloth or oil
    place: str = "back"  # idle; touch: where the other hand is
    mistake: str = ""
    detail: str = ""  # the point concerned
    early: bool = False  # comes before what ought to come first: costs its order, whatever else is the mistake
    upward: bool = False  # strokes: the working stroke goes from bottom to top
    leave_after: int = 0  # after so many repetitions the hands leave the picture ...
    leave_s: float = 0.0  # ... for so long, and go on
    inner: float = 0.0  # fist_circles: back units by which they come nearer to the spine


@dataclass(frozen=True, slots=True)
class Visit:
    """A hand that reaches into the picture and leaves it: another person's, or a palm that is held up to the camera."""

    at_s: float
    seconds: float = 4.0
    side: str = "right"  # of the receiver, where the person stands
    to: tuple[float, float] = (0.75, 0.6)  # how far the fingertips come
    lift_m: float = 0.07  # over the back
    skin: str = "medium_light"
    palm: bool = (
        False  # open, held up to the camera in the picture's upper corner at that side; `to` and `lift_m` mean nothing
    )


@dataclass(frozen=True, slots=True)
class Script:
    """One session."""

    name: str
    seed: int
    expected: str
    steps: tuple[Step, ...]
    fps: int = 15
    size: tuple[int, int] = (640, 480)
    receiver: Person = field(default_factory=Person)
    giver: Person = field(default_factory=Person)
    camera: View = field(default_factory=View)
    light: Lamp = field(default_factory=Lamp)
    picture: Picture = field(default_factory=Picture)
    sway: Sway = field(default_factory=Sway)
    style: Style = field(default_factory=Style)
    visits: tuple[Visit, ...] = ()
    protocol: str = "oxytocin"  # by which it is rated, the name of a file in protocols/
