"""The nouns of coach, once: what passes between the rooms.

Arrays are numpy, float64 unless said otherwise, with shape and unit beside each field and NaN where a
value was not seen. Times are seconds of the stream's own clock. *Back coordinates* are the rectangle a
person marks on the receiver's back: x 0 at her left shoulder point, 1 at the right; y 0 at C7, 1 at the
waist; the picture is unmirrored and seen from behind.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Bools: TypeAlias = NDArray[np.bool_]
Image: TypeAlias = NDArray[np.uint8]
Value: TypeAlias = str | int | float
Hand: TypeAlias = Literal["left", "right"]
Hands: TypeAlias = Literal["left", "right", "both"]
Status: TypeAlias = Literal["scored", "not_visible", "manual", "not_applicable"]
State: TypeAlias = Literal["passed", "not_passed", "provisional", "undecided", "other_motion", "damaged"]

HANDS: tuple[Hand, Hand] = ("left", "right")
OTHER: dict[Hand, Hand] = {"left": "right", "right": "left"}  # the other hand, of each


class InputError(Exception):
    """Something a person gave cannot be used.

    Carries a key of the message catalogue and the values for its placeholders, never a sentence:
    the command line turns it into one line that says what is wrong and what to do, and exit code 2.
    """

    def __init__(self, key: str, **values: Value) -> None:
        super().__init__(key, values)
        self.key = key
        self.values: dict[str, Value] = values

    def __reduce__(self) -> tuple[object, ...]:
        return (_input_error, (self.key, self.values))


def _input_error(key: str, values: Mapping[str, Value]) -> InputError:
    return InputError(key, **values)


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture of a stream."""

    index: int
    time_s: float  # from the stream, strictly growing; never index / fps
    image: Image  # (height, width, 3) RGB


@dataclass(frozen=True, slots=True)
class HandObservation:
    """One hand as the detector gave it. No left or right here: the detector's label is noise."""

    time_s: float
    landmarks: Floats  # (21, 2) px, MediaPipe's order
    confidence: float  # 0–1
    bridged: bool = False  # carried over by optical flow, not detected in this frame


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open interval of time [start_s, end_s)."""

    start_s: float
    end_s: float

    @property
    def duration_s(self) -> float:
        return self.end_s - self.start_s

    def overlap_s(self, other: Span) -> float:
        return max(0.0, min(self.end_s, other.end_s) - max(self.start_s, other.start_s))

    def wider(self, by_s: float) -> Span:
        """With so long before and after."""
        return Span(self.start_s - by_s, self.end_s + by_s)


@dataclass(frozen=True, slots=True)
class HandTrack:
    """One of the practitioner's hands through time, in back coordinates."""

    hand: Hand
    time_s: Floats  # (n,)
    landmarks: Floats  # (n, 21, 2) back coordinates, NaN where unseen
    seen: Bools  # (n,) detected or bridged
    bridged: Bools  # (n,) carried by optical flow
    # (3,) where the camera is, as coach.locate.relief has it; (n, 3) of each frame where the back was marked anew
    # meanwhile; None where nobody knows
    eye: Floats | None = None
    # (3, 3) what is in the picture, by coach.locate.framing; (k, 3, 3) of each mark where there are more
    view: Floats | None = None
    sure: Floats | None = None  # (n,) 0-1, how probable it is that it is this hand; 0 where unseen; None: it is known


@dataclass(frozen=True, slots=True)
class Repetition:
    """One repetition of a segment's motion: its working stroke, turn, pass or half curve."""

    span: Span
    hand: Hands
    whole: bool = True  # False: begun but not completed; does not count
    returned_s: float | None = None  # when the hand is back at the start, where that is a motion of its own
    fit: float = 1.0  # 0–1, how well the path fits the described one
    reach: float = 1.0  # length of the path over the described length; for a circle the share of a full turn
    balance: float = 1.0  # two hands: the shorter path over the longer
    sync: float = 1.0  # two hands: the time both move over the time either does


@dataclass(frozen=True, slots=True)
class Hold:
    """A still press at a named point."""

    point: str
    span: Span
    hand: Hand
    off: float = 0.0  # distance from the point, back units; less where a slant makes the place less certain
    perhaps: str = ""  # a point that is asked for and about as near, where the point is a neighbour of it
    perhaps_s: float = 0.0  # the palm lay still for so long, where that is long enough and the press is not
    neighbour: str = ""  # a point that is not asked for and hardly farther, where the point is one that is


@dataclass(frozen=True, slots=True)
class SegmentMatch:
    """A stretch of the session recognised as one segment of the protocol."""

    segment_id: str
    span: Span
    confidence: float  # 0–1
    repetitions: tuple[Repetition, ...] = ()
    holds: tuple[Hold, ...] = ()
    rivals: tuple[str, ...] = ()  # ids of segments that were not found and that this might as well be
    rest: bool = False  # whether the hands may only have rested there

    @property
    def whole(self) -> tuple[Repetition, ...]:
        return tuple(r for r in self.repetitions if r.whole)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an item got its points: a message key and measured values, never a sentence."""

    key: str
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ItemScore:
    """One line of the checklist."""

    item_id: str
    segment_id: str | None  # None for the manual items before and after
    kind: str
    points: int | None  # None unless status is "scored"
    max_points: int
    status: Status
    evidence: tuple[Span, ...]
    reason: Reason


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a session comes to, and why. Only the first three states have a nilai that may be told."""

    state: State
    reason: Reason

    @property
    def told(self) -> bool:
        """Whether a percentage, and passed or not, may stand beside it."""
        return self.state in ("passed", "not_passed", "provisional")


UNJUDGED = Verdict("undecided", Reason("verdict_nothing"))


@dataclass(frozen=True, slots=True)
class Total:
    """The nilai: points over twice the rated items, in percent."""

    points: int
    max_points: int
    percent: float | None  # None where nothing could be rated, or the verdict has none
    passed: bool | None  # None where the verdict has none; of a provisional one, as it stands so far
    left_out: int


@dataclass(frozen=True, slots=True)
class PracticeInfo:
    """How a live session was done, and what held it up."""

    mode: str  # guided, free, exam; again: one segment alone
    segment: str | None = None  # the only one that was practised, or all that were, joined by commas
    pauses: int = 0  # stops for pain that were taken back are among them
    paused_s: float = 0.0  # all of them together
    pain: Literal["", "over", "ended"] = ""  # stopped for it: never; and gone on; and that was the end

    @property
    def segments(self) -> tuple[str, ...]:
        """Those that were practised; () where all were."""
        return tuple(self.segment.split(",")) if self.segment is not None else ()

    @property
    def judged(self) -> bool:
        """Whether it has a nilai: one step alone is no massage, and who stops for pain does right."""
        return self.segment is None and self.pain != "ended"


@dataclass(frozen=True, slots=True)
class Moved:
    """The camera was moved."""

    span: Span  # from then until it was moved again, the back was marked anew, or the end
    followed: bool  # the back was surely found again: places are where they were


@dataclass(frozen=True, slots=True)
class VideoInfo:
    path: str
    frames: int
    duration_s: float
    truncated: bool = False
    damaged: tuple[Span, ...] = ()  # stretches of which no picture could be read
    moved: tuple[Moved, ...] = ()


@dataclass(frozen=True, slots=True)
class BackMark:
    """The back, marked anew amid a session: it holds from a time on."""

    from_s: float
    corners: Floats  # (4, 2) px: (0,0) (1,0) (1,1) (0,1)


@dataclass(frozen=True, slots=True)
class BackInfo:
    source: str  # "given" by a person, or "pose" where the guess was sure
    corners_px: Floats  # (4, 2) px of the original picture at the session's start: (0,0) (1,0) (1,1) (0,1)
    later: tuple[BackMark, ...] = ()  # in order of time; px of the original picture


@dataclass(frozen=True, slots=True)
class TrackingInfo:
    frames: int
    frames_0_hands: int
    frames_1_hand: int
    frames_2_hands: int
    unseen_s: float  # time in which a hand that had been seen was lost for longer than flow can bridge


@dataclass(frozen=True, slots=True)
class Session:
    """A reviewed session: everything a score rests on, so that it can be explained and recomputed."""

    video: VideoInfo
    back: BackInfo
    tracking: TrackingInfo
    protocol_id: str
    protocol_version: str
    protocol_digest: str
    software: str  # "coach 0.1.0"
    segments: tuple[SegmentMatch, ...]
    items: tuple[ItemScore, ...]
    total: Total
    practice: PracticeInfo | None = None  # of live practice
    verdict: Verdict = UNJUDGED
    scope: tuple[str, ...] = ()  # ids of the protocol's parts that are rated, in its order
    named: bool = False  # whether a person named those parts, all of them perhaps


@dataclass(frozen=True, slots=True)
class TrackChunk:
    """What the fold was given for a few frames in a row, raw: enough to fold them again, without the pictures."""

    time_s: Floats  # (n,) of the frames
    motions: Floats  # (n, 3, 3) px, the session's first picture to each frame; see coach.locate.later_marks
    frame: NDArray[np.int64]  # (k,) 0 to n - 1: in which of the frames each sighting was
    landmarks: Floats  # (k, 21, 2) px
    confidence: Floats  # (k,) 0-1
    bridged: Bools  # (k,) carried there by optical flow, not detected
