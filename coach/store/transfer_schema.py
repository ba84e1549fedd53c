"""What a session file may hold: it comes from a USB stick, and nothing in it is believed before it was checked."""

from __future__ import annotations

import json
from datetime import datetime
from functools import lru_cache
from itertools import pairwise
from typing import Annotated, Any, Literal, TypeAlias

import pydantic
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from coach import reports
from coach.correct.events import event
from coach.learn import lessons
from coach.protocol.check import check
from coach.protocol.schema import digest

SCHEMA = "coach.session-file/2"
MANIFEST, TRACKS, VIDEO = "manifest.json", "tracks.bin", "video.mp4"  # the parts beside the tables'

Uuid: TypeAlias = Annotated[
    str, StringConstraints(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")
]


def _moment(stamp: str) -> str:
    """One that every system can tell in its own time; raises ValueError for others."""
    if not 1970 <= datetime.fromisoformat(stamp).year < 3000:
        raise ValueError("no system was there")
    return stamp


Stamp: TypeAlias = Annotated[
    str, StringConstraints(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$"), AfterValidator(_moment)
]
Sha: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Short: TypeAlias = Annotated[str, Field(max_length=300)]
Flag: TypeAlias = Annotated[int, Field(ge=0, le=1)]
Whole: TypeAlias = Annotated[int, Field(ge=0, le=10**6)]
Finite: TypeAlias = Annotated[float, Field(ge=0, le=1e7, allow_inf_nan=False)]


_CORNERS = pydantic.TypeAdapter(list[tuple[float, float]])
_CHECKS = pydantic.TypeAdapter(list[Short])
_POINTS = pydantic.TypeAdapter(dict[Short, Annotated[int, Field(ge=0, le=2)] | None])


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class FilePart(_Strict):
    name: Short
    bytes: Annotated[int, Field(ge=0, le=16 * 10**9)]
    sha256: Sha


class Manifest(_Strict):
    schema_: Annotated[Literal["coach.session-file/2", "coach.session-file/1"], Field(alias="schema")]
    session: Uuid
    exported: Stamp
    software: Short
    files: Annotated[list[FilePart], Field(max_length=20)]


class PersonRecord(_Strict):
    id: Uuid | Literal[""] = ""
    also: Annotated[tuple[Uuid, ...], Field(max_length=100)] = ()  # her other ids
    code: Annotated[str, Field(min_length=1, max_length=300)]
    name: Short
    role: Literal["kader", "trainer"]
    posyandu: Short


class ProtocolRecord(_Strict):
    digest: Sha
    id: Short
    version: Short
    text: Annotated[str, Field(max_length=1_000_000)]

    @pydantic.model_validator(mode="after")
    def _is_itself(self) -> ProtocolRecord:
        if not _is_protocol(self.text, self.digest):
            raise ValueError("the protocol is not the one it says it is")
        return self


@lru_cache(maxsize=32)  # a thousand sessions bring the same one a thousand times
def _is_protocol(text: str, said: str) -> bool:
    data = text.encode("utf-8")
    return digest(data) == said and not check(data)


def _back(corners: list[tuple[float, float]]) -> None:
    if len(corners) != 4 or not all(-1e6 < value < 1e6 for corner in corners for value in corner):
        raise ValueError("a back has four corners")


class MarkPart(_Strict):
    from_s: Finite
    corners: list[tuple[float, float]]


_MARKS = pydantic.TypeAdapter(list[MarkPart])


class SessionRecord(_Strict):
    id: Uuid
    created: Stamp
    source: Literal["live", "video", "sample"]
    mode: Short
    segment: Short = ""  # files of older coaches say nothing of it
    origin: Annotated[str, Field(max_length=5000)]
    held: Stamp | Literal[""] = ""  # nor of this, and of the next three
    visit: Annotated[int, Field(ge=0, le=999)] = 0
    mother: Short = ""
    occasion: Literal["", "first", "last", "visit", "exam", "practice"] = ""
    kader: Short
    person: Uuid | Literal[""] = ""
    posyandu: Short
    protocol_id: Short
    protocol_version: Short
    protocol_digest: Sha
    software: Short
    state: Literal["recording", "finished"]
    duration_s: Finite
    width: Whole
    height: Whole
    corners: Annotated[str, Field(max_length=1000)]
    later: Annotated[str, Field(max_length=200_000)] = ""

    @pydantic.field_validator("corners")
    @classmethod
    def _four_corners(cls, text: str) -> str:
        _back(_CORNERS.validate_json(text))
        return text

    @pydantic.field_validator("later")
    @classmethod
    def _in_order_of_time(cls, text: str) -> str:
        marks = _MARKS.validate_json(text) if text else []
        for mark in marks:
            _back(mark.corners)
        times = [0.0, *(mark.from_s for mark in marks)]
        if any(one >= other for one, other in pairwise(times)):
            raise ValueError("marks are in order of time")
        return text


class ResultRecord(_Strict):
    id: Uuid
    session: Uuid
    made: Stamp
    software: Short
    protocol_digest: Sha
    report: dict[str, Any]
    feedback: dict[str, Any]

    @pydantic.field_validator("report")
    @classmethod
    def _is_report(cls, report: dict[str, Any]) -> dict[str, Any]:
        reports.Report.model_validate(report)
        return report


class ConsentRecord(_Strict):
    id: Uuid
    session: Uuid
    made: Stamp
    author: Short
    checks: Annotated[str, Field(max_length=10_000)]
    video: Flag
    withdrawn: Flag

    @pydantic.field_validator("checks")
    @classmethod
    def _is_list(cls, text: str) -> str:
        _CHECKS.validate_json(text)
        return text


class CorrectionRecord(_Strict):
    id: Uuid
    session: Uuid
    result: Annotated[str, Field(max_length=60)]
    made: Stamp
    author: Short
    event: Annotated[str, Field(max_length=1_000_000)]

    @pydantic.field_validator("event")
    @classmethod
    def _is_event(cls, text: str) -> str:
        event(json.loads(text))
        return text


class RatingRecord(_Strict):
    id: Uuid
    session: Uuid
    made: Stamp
    rater: Short
    blind: Flag
    items: Annotated[str, Field(max_length=100_000)]

    @pydantic.field_validator("items")
    @classmethod
    def _is_points(cls, text: str) -> str:
        _POINTS.validate_json(text)
        return text


class LessonRecord(_Strict):
    id: Uuid
    session: Uuid
    made: Stamp
    entry: Annotated[str, Field(max_length=10_000)]

    @pydantic.field_validator("entry")
    @classmethod
    def _is_entry(cls, text: str) -> str:
        lessons.entry(json.loads(text))
        return text


class TombstoneRecord(_Strict):
    mark: Sha
    kind: Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,20}$")]
    made: Stamp


RECORDS: dict[str, type[_Strict]] = {
    "people": PersonRecord,
    "protocols": ProtocolRecord,
    "sessions": SessionRecord,
    "results": ResultRecord,
    "consents": ConsentRecord,
    "corrections": CorrectionRecord,
    "ratings": RatingRecord,
    "lessons": LessonRecord,
    "tombstones": TombstoneRecord,
}
LATER = frozenset({"lessons", "tombstones"})  # tables that the files of older coaches lack
# Of a session file's parts: the most bytes and the most records. Beyond them it is no session's.
MOST: dict[str, tuple[int, int]] = {
    "people": (500_000, 1_000),
    "protocols": (64_000_000, 100),
    "sessions": (100_000, 1),
    "results": (64_000_000, 1_000),
    "consents": (1_000_000, 1_000),
    "corrections": (16_000_000, 20_000),
    "ratings": (16_000_000, 1_000),
    "lessons": (4_000_000, 20_000),
    "tombstones": (16_000_000, 100_000),
}
