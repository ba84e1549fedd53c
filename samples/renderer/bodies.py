"""The shapes of people: builds and skins as mixes of MakeHuman's shape targets."""

from __future__ import annotations

MACRO = "macrodetails/universal-female-{age}-{muscle}muscle-{weight}weight"
YOUNG, THIN, FAT, STRONG, AGED, FRAIL = (
    MACRO.format(age=age, muscle=muscle, weight=weight)
    for age, muscle, weight in (
        ("young", "average", "average"),
        ("young", "average", "min"),
        ("young", "average", "max"),
        ("young", "max", "average"),
        ("old", "min", "average"),
        ("old", "min", "min"),
    )
)
BUILDS: dict[str, dict[str, float]] = {
    "average": {},
    "slim": {THIN: 0.6},
    "heavy": {FAT: 0.75},
    "stout": {FAT: 0.45, "torso/torso-scale-horiz-incr": 0.4, "torso/measure-shoulder-dist-incr": 0.3},
    "muscular": {STRONG: 0.7, "torso/torso-vshape-incr": 0.4},
    "old": {AGED: 0.7},
    # of the judging world alone: other proportions and other hands
    "petite": {
        THIN: 0.25,
        "torso/measure-shoulder-dist-decr": 0.5,
        "torso/measure-napetowaist-dist-decr": 0.5,
        "hands/l-hand-scale-decr": 0.5,
        "hands/r-hand-scale-decr": 0.5,
    },
    "broad": {
        FAT: 0.15,
        STRONG: 0.3,
        "torso/measure-shoulder-dist-incr": 0.7,
        "torso/torso-scale-horiz-incr": 0.2,
        "hands/l-hand-scale-incr": 0.4,
        "hands/r-hand-scale-incr": 0.4,
    },
    "pear": {
        FAT: 0.3,
        "torso/torso-vshape-decr": 0.6,
        "torso/measure-hips-circ-incr": 0.7,
        "torso/measure-waist-circ-incr": 0.5,
        "hands/l-hand-fingers-length-decr": 0.5,
        "hands/r-hand-fingers-length-decr": 0.5,
    },
    "tall": {
        THIN: 0.15,
        "torso/measure-napetowaist-dist-incr": 0.6,
        "torso/torso-scale-vert-incr": 0.25,
        "hands/l-hand-fingers-length-incr": 0.5,
        "hands/r-hand-fingers-length-incr": 0.5,
    },
    "hollow": {
        FRAIL: 0.55,
        "torso/torso-muscle-dorsi-decr": 0.6,
        "torso/torso-scale-depth-decr": 0.3,
        "hands/l-hand-fingers-diameter-decr": 0.6,
        "hands/r-hand-fingers-diameter-decr": 0.6,
    },
}
RACE = {"light": "caucasian", "medium_light": "asian", "medium_brown": "asian", "dark": "african", "deep": "african"}


def targets(build: str, skin: str) -> dict[str, float]:
    """The shape targets of a build, with the base shape of adults."""
    base = {f"macrodetails/{RACE[skin]}-female-young": 1.0}
    shape = BUILDS[build]
    rest = 1.0 - sum(amount for name, amount in shape.items() if name.startswith("macrodetails/universal"))
    return base | {YOUNG: rest} | shape
