"""All that a page shows of a live session, as plain values: ``dataclasses.asdict`` makes JSON of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from coach.domain import HANDS, Hand, Value
from coach.learn.states import Stage
from coach.protocol import HandsRule

Mode: TypeAlias = Literal["guided", "free", "exam"]
Phase: TypeAlias = Literal["ready", "practising", "paused", "stopped", "finished"]
Deed: TypeAlias = Literal["start", "pause", "resume", "repeat", "next", "previous", "finish", "again", "stop"]
Pace: TypeAlias = Literal["ok", "fast", "slow"]
Sign: TypeAlias = Literal["start", "pause", "resume", "repeat", "finish", "stop"]
Corner: TypeAlias = Literal["top_left", "top_right", "both"]
At: TypeAlias = tuple[float, float]  # back coordinates


@dataclass(frozen=True, slots=True)
class Command:
    """What the trainee, or a gesture, asks of the coach."""

    deed: Deed
    segment: str | None = None  # of "again"; several are joined by commas
    stage: Stage = "trace"  # of "again": with how much help


@dataclass(frozen=True, slots=True)
class TempoState:
    last_s: float  # the last repetition
    shortest_s: float
    longest_s: float
    state: Pace | None


@dataclass(frozen=True, slots=True)
class HoldState:
    point: str  # the point that is pressed now, or the next one
    held_s: float
    needed_s: float
    done: tuple[str, ...]  # points pressed long enough


@dataclass(frozen=True, slots=True)
class TimeState:
    took_s: float  # how long the step has gone on
    low_s: float  # from here it is enough
    high_s: float
    rests: bool  # the hands are still for longer than is part of it


@dataclass(frozen=True, slots=True)
class Hint:
    key: str  # of the message catalogue
    values: Mapping[str, Value]
    segment: str


@dataclass(frozen=True, slots=True)
class StepState:
    segment: str
    index: int
    of: int
    hands: HandsRule
    count: int
    target: tuple[int, int] | None
    side: Mapping[Hand, int] | None  # where each side has its own count
    tempo: TempoState | None
    hold: HoldState | None
    done: bool
    flaw: Hint | None = None  # the mistake with which it has ended
    time: TimeState | None = None  # of a step that is to go on for some time


@dataclass(frozen=True, slots=True)
class Ended:
    """A step that is over."""

    segment: str
    right: bool
    flaw: str  # key of the mistake's hint; "" where there was none, or the step was left before its end


@dataclass(frozen=True, slots=True)
class Ghost:
    """Where the hands would be now, at the right pace. Back coordinates."""

    period_s: float
    phase: float  # 0–1
    paths: Mapping[Hand, tuple[At, ...] | None]
    at: Mapping[Hand, At | None]  # None while that hand waits or is on its way back
    pace: float = 1.0  # share of the full pace


@dataclass(frozen=True, slots=True)
class Unseen:
    key: str  # of the message catalogue: the likely cause, and what to do
    since_s: float  # for how long already


@dataclass(frozen=True, slots=True)
class Gesture:
    kind: Sign | Literal["answer"]  # to what the page asks
    corner: Corner
    progress: float  # 0–1


@dataclass(frozen=True, slots=True)
class Said:
    id: int  # growing
    clip: str


@dataclass(frozen=True, slots=True)
class TutorState:
    phase: Phase
    mode: Mode
    step: StepState | None
    done_segments: tuple[str, ...]
    ghost: Ghost | None
    hint: Hint | None
    unseen: Unseen | None
    gesture: Gesture | None
    say: tuple[Said, ...]  # the newest last; the page plays those that it has not played yet
    fading: float  # 0 full guidance, 1 none
    stage: Stage = "trace"
    steps: tuple[str, ...] = ()  # that are to be done, in their order
    flawed: tuple[str, ...] = ()  # of the done ones: those that ended with a mistake
    next: str | None = None  # the step after this one


def nobody() -> dict[Hand, int]:
    return dict.fromkeys(HANDS, 0)


@dataclass(frozen=True, slots=True)
class Palm:
    """An open hand held up, in the picture."""

    x: float  # share of the picture's width, the middle of the palm
    y: float  # share of its height


@dataclass(frozen=True, slots=True)
class Sighted:
    """A hand in the picture."""

    x: float  # share of the picture's width, the middle of the palm
    y: float  # share of its height
    palm_px: float


@dataclass(frozen=True, slots=True)
class Seeing:
    """What the newest frame shows."""

    now_s: float
    hands: Mapping[Hand, At] = field(default_factory=dict)  # fingertips of the hands on the back, back coordinates
    sighted: tuple[Sighted, ...] = ()
    palms: tuple[Palm, ...] = ()  # open and away from the back
    light: float | None = None  # 0–255, the picture's mean
