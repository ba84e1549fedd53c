"""The report ``coach.report/1`` read back: its schema, and a report as the domain's nouns.

:mod:`coach.summary.report` writes reports; this module is what other programs may rely on, and what checks a report
that came from elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeAlias

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from coach.domain import (
    BackInfo,
    BackMark,
    Hold,
    ItemScore,
    Moved,
    PracticeInfo,
    Reason,
    Repetition,
    SegmentMatch,
    Session,
    Span,
    State,
    Total,
    TrackingInfo,
    Verdict,
    VideoInfo,
)

SCHEMA_URL = "https://json-schema.org/draft/2020-12/schema"

Time: TypeAlias = Annotated[float, Field(ge=-1e6, le=1e6, allow_inf_nan=False, description="seconds of the video")]
Share: TypeAlias = Annotated[float, Field(allow_inf_nan=False)]
Number: TypeAlias = Annotated[float, Field(allow_inf_nan=False)]
Count: TypeAlias = Annotated[int, Field(ge=0, le=10**9)]
Name: TypeAlias = Annotated[str, Field(max_length=300)]
Value: TypeAlias = str | int | Number | None


class _Open(BaseModel):
    """Later versions may add fields; those named here stay."""

    model_config = ConfigDict(frozen=True, extra="allow")


class SpanPart(_Open):
    start_s: Time
    end_s: Time


class MovedPart(SpanPart):
    """From when the camera was moved until it was moved again, the back was marked anew, or the end."""

    followed: Annotated[bool, Field(description="the back was surely found again")] = False


class VideoPart(_Open):
    path: Annotated[str, Field(max_length=5000)]
    frames: Count
    duration_s: Time | None
    truncated: bool = False
    damaged: Annotated[list[SpanPart], Field(max_length=1000, description="of which no picture could be read")] = []
    moved: Annotated[list[MovedPart], Field(max_length=1000, description="when the camera was moved")] = []


class ProtocolPart(_Open):
    id: Name
    version: Name
    digest: Annotated[str, Field(max_length=64, description="sha256 of the protocol file")]


Corners: TypeAlias = Annotated[
    list[tuple[Number, Number]],
    Field(min_length=4, max_length=4, description="px of back coordinates (0,0), (1,0), (1,1), (0,1)"),
]


class BackMarkPart(_Open):
    """The back, marked anew."""

    from_s: Annotated[Time, Field(description="from when on it holds")]
    corners_px: Corners


class BackPart(_Open):
    source: Name
    corners_px: Corners
    later: Annotated[list[BackMarkPart], Field(max_length=1000, description="where it was marked anew since")] = []


class TrackingPart(_Open):
    frames: Count
    frames_0_hands: Count
    frames_1_hand: Count
    frames_2_hands: Count
    unseen_s: Number | None


class RepetitionPart(SpanPart):
    hand: Literal["left", "right", "both"]
    whole: bool = True
    returned_s: Time | None = Field(None, description="when the hand is back at the start")
    fit: Share = Field(1.0, description="0-1, how well the path fits the described one")
    reach: Share = Field(1.0, description="length over the described one")
    balance: Share = Field(1.0, description="two hands: the shorter path over the longer")
    sync: Share = Field(1.0, description="two hands: time both move over time either does")


class HoldPart(SpanPart):
    point: Name
    hand: Literal["left", "right"] = "right"
    off: Share | None = Field(0.0, description="distance from the point, back units")
    perhaps: Name | None = Field(None, description="a point that is asked for and about as near")
    perhaps_s: Time | None = Field(None, description="how long the palm lay still, where that is long enough")
    neighbour: Name | None = Field(None, description="a point that is not asked for and hardly farther")


class SegmentPart(SpanPart):
    id: Name
    confidence: Share | None
    count: Annotated[Count, Field(description="whole repetitions")]
    repetitions: Annotated[list[RepetitionPart], Field(max_length=10_000)]
    partial: Annotated[list[RepetitionPart], Field(max_length=10_000)] = []
    holds: Annotated[list[HoldPart], Field(max_length=10_000)]
    rivals: Annotated[list[Name], Field(max_length=100, description="segments not found that it might as well be")] = []
    rest: Annotated[bool, Field(description="whether the hands may only have rested there")] = False


class ReasonPart(_Open):
    key: Name
    values: dict[str, Value]


class ItemPart(_Open):
    id: Name
    segment: Name | None
    kind: Name
    points: Annotated[int, Field(ge=0, le=100)] | None
    max_points: Annotated[int, Field(ge=1, le=100)]
    status: Literal["scored", "not_visible", "manual", "not_applicable"]
    evidence: Annotated[list[SpanPart], Field(max_length=10_000)]
    reason: ReasonPart


class ScorePart(_Open):
    points: Count
    max_points: Count
    percent: Number | None
    passed: bool | None
    left_out: Count


class VerdictPart(_Open):
    state: Literal["passed", "not_passed", "provisional", "undecided", "other_motion", "damaged"]
    reason: ReasonPart


class PracticePart(_Open):
    mode: Annotated[Name, Field(description="guided, free, exam; again: one segment alone")]
    segment: Annotated[Name | None, Field(description="the only one that was practised")] = None
    pauses: Annotated[Count, Field(description="stops for pain that were taken back are among them")] = 0
    paused_s: Time | None = Field(0.0, description="all pauses together, s")
    pain: Annotated[
        Literal["", "over", "ended"],
        Field(description="stopped for it: never; and gone on; and that was the end, so that percent is null"),
    ] = ""


class Report(_Open):
    """A session as coach.report/1."""

    schema_: Annotated[Literal["coach.report/1"], Field(alias="schema")]
    software: Name
    video: VideoPart
    protocol: ProtocolPart
    back: BackPart
    tracking: TrackingPart
    segments: Annotated[list[SegmentPart], Field(max_length=5_000)]
    items: Annotated[list[ItemPart], Field(max_length=5_000)]
    score: ScorePart
    verdict: Annotated[VerdictPart | None, Field(description="percent and passed are null in the last three")] = None
    scope: Annotated[list[Name] | None, Field(description="ids of the parts that are rated", max_length=100)] = None
    scope_named: Annotated[bool, Field(description="whether a person named those parts")] = False
    practice: Annotated[PracticePart | None, Field(description="of live practice")] = None


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a report."""
    return {"$schema": SCHEMA_URL, "$id": "coach.report/1", **Report.model_json_schema(by_alias=True)}


def session(report: Mapping[str, Any]) -> Session:
    """A report as the session it was made from, as far as it tells.

    :raises pydantic.ValidationError: for what is no report
    """
    read = Report.model_validate(report)
    tracking = read.tracking
    return Session(
        video=_video(read.video),
        back=_back(read.back),
        tracking=TrackingInfo(
            tracking.frames,
            tracking.frames_0_hands,
            tracking.frames_1_hand,
            tracking.frames_2_hands,
            tracking.unseen_s or 0.0,
        ),
        protocol_id=read.protocol.id,
        protocol_version=read.protocol.version,
        protocol_digest=read.protocol.digest,
        software=read.software,
        segments=tuple(map(_segment, read.segments)),
        items=tuple(map(_item, read.items)),
        total=Total(**{name: getattr(read.score, name) for name in Total.__dataclass_fields__}),
        practice=None if read.practice is None else _practice(read.practice),
        verdict=_verdict(read),
        scope=tuple(read.scope or ()),
        named=read.scope_named,
    )


@dataclass(frozen=True, slots=True)
class Judged:
    """What a report says of how well it was done, without the motions themselves."""

    items: tuple[ItemScore, ...]  # without their evidence
    total: Total
    practice: PracticeInfo | None
    verdict: Verdict
    scope: tuple[str, ...]


def judged(report: Mapping[str, Any]) -> Judged:
    """What :func:`session` tells of it, many times as quick: of a report that was checked when it was kept.

    :raises KeyError: for what is no report
    """
    score, verdict, practice = report["score"], report.get("verdict"), report.get("practice")
    return Judged(
        items=tuple(map(_judged, report["items"])),
        total=Total(**{name: score[name] for name in Total.__dataclass_fields__}),
        practice=None if practice is None else _practice(PracticePart.model_validate(practice)),
        verdict=_older(score["passed"]) if verdict is None else Verdict(verdict["state"], _why(verdict["reason"])),
        scope=tuple(report.get("scope") or ()),
    )


def _judged(item: Mapping[str, Any]) -> ItemScore:
    points, most = item["points"], item["max_points"]
    return ItemScore(item["id"], item["segment"], item["kind"], points, most, item["status"], (), _why(item["reason"]))


def _why(reason: Mapping[str, Any]) -> Reason:
    return Reason(reason["key"], {name: value for name, value in reason["values"].items() if value is not None})


def _back(part: BackPart) -> BackInfo:
    later = tuple(BackMark(mark.from_s, np.array(mark.corners_px, dtype=np.float64)) for mark in part.later)
    return BackInfo(part.source, np.array(part.corners_px, dtype=np.float64), later)


def _video(part: VideoPart) -> VideoInfo:
    lost = tuple(map(_span, part.damaged))
    moved = tuple(Moved(_span(one), one.followed) for one in part.moved)
    return VideoInfo(part.path, part.frames, part.duration_s or 0.0, part.truncated, lost, moved)


def _verdict(read: Report) -> Verdict:
    """As it says; of an older coach, which had none, as far as its score tells."""
    if read.verdict is not None:
        return Verdict(read.verdict.state, _reason(read.verdict.reason))
    return _older(read.score.passed)


def _older(passed: bool | None) -> Verdict:
    states: dict[bool | None, State] = {True: "passed", False: "not_passed", None: "undecided"}
    return Verdict(states[passed], Reason("verdict_older"))


def _practice(part: PracticePart) -> PracticeInfo:
    return PracticeInfo(part.mode, part.segment, part.pauses, part.paused_s or 0.0, part.pain)


def _segment(part: SegmentPart) -> SegmentMatch:
    repetitions = sorted((*part.repetitions, *part.partial), key=lambda r: r.start_s)
    holds = map(_hold, part.holds)
    return SegmentMatch(
        part.id,
        _span(part),
        part.confidence or 0.0,
        tuple(map(_repetition, repetitions)),
        tuple(holds),
        tuple(part.rivals),
        part.rest,
    )


def _hold(part: HoldPart) -> Hold:
    doubts = part.perhaps or "", part.perhaps_s or 0.0, part.neighbour or ""
    return Hold(part.point, _span(part), part.hand, part.off or 0.0, *doubts)


def _repetition(part: RepetitionPart) -> Repetition:
    return Repetition(
        _span(part), part.hand, part.whole, part.returned_s, part.fit, part.reach, part.balance, part.sync
    )


def _item(part: ItemPart) -> ItemScore:
    return ItemScore(
        part.id,
        part.segment,
        part.kind,
        part.points,
        part.max_points,
        part.status,
        tuple(map(_span, part.evidence)),
        _reason(part.reason),
    )


def _reason(part: ReasonPart) -> Reason:
    return Reason(part.key, {name: value for name, value in part.values.items() if value is not None})


def _span(part: SpanPart) -> Span:
    return Span(part.start_s, part.end_s)
