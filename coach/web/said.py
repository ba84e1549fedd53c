"""What a page may say: each kind of message with its fields, and nothing else."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from coach.messages import Lang
from coach.web.framing import LARGEST_TEXT

Word: TypeAlias = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
Code: TypeAlias = Annotated[str, Field(pattern=r"^[^\x00-\x1f\x7f]{0,64}$")]
Ref: TypeAlias = Annotated[str, Field(pattern=r"^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})?$")]
Pixel: TypeAlias = Annotated[float, Field(ge=-20_000, le=20_000, allow_inf_nan=False)]
Steps: TypeAlias = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_]{0,59}(,[a-z0-9][a-z0-9_]{0,59}){0,99}$")]
Stage: TypeAlias = Literal["trace", "alone", "prove"]
Mode: TypeAlias = Literal["guided", "free", "exam"]


class _Said(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Hello(_Said):
    """A page has opened."""

    t: Literal["hello"]
    lang: Lang = "id"


class ChooseLang(_Said):
    t: Literal["lang"]
    lang: Lang


class Consent(_Said):
    """The mother has agreed, and the safety list was gone through."""

    t: Literal["consent"]
    checks: Annotated[tuple[Word, ...], Field(max_length=40)]
    video: bool = False
    code: Code = ""


class ChooseMode(_Said):
    t: Literal["mode"]
    mode: Mode


class Mark(_Said):
    """How the back is marked. ``points``, px of the preview: C7, left and right shoulder, L5; or the four corners.

    "anew" begins to mark it anew in a pause, until "accept" or "clear".
    """

    t: Literal["mark"]
    way: Literal["drag", "touch", "pose", "accept", "clear", "anew"]
    points: tuple[tuple[Pixel, Pixel], tuple[Pixel, Pixel], tuple[Pixel, Pixel], tuple[Pixel, Pixel]] | None = None
    kind: Literal["body", "corners"] = "body"

    @model_validator(mode="after")
    def _dragged_points(self) -> Mark:
        if (self.way == "drag") != (self.points is not None):
            raise ValueError("points belong to dragging")
        return self


class Command(_Said):
    """One word."""

    t: Literal[
        "start", "pause", "resume", "repeat", "next", "previous", "finish", "stop", "new", "sample", "back", "sheet"
    ]


class Again(_Said):
    """Just these segments once more, joined by commas."""

    t: Literal["again"]
    segment: Steps
    stage: Stage = "trace"


class Plan(_Said):
    """What is to be practised: these steps, or all where there are none; and with how much help."""

    t: Literal["plan"]
    steps: Annotated[tuple[Word, ...], Field(max_length=100)] = ()
    stage: Stage = "trace"


class Learner(_Said):
    """Who practises: a code, or "" for nobody in particular; for which event or visit, and who says so."""

    t: Literal["learner"]
    code: Code
    event: Ref = ""
    visit: Ref = ""
    by: Code = ""


class BrowserCamera(_Said):
    """Whether the page sends the pictures of its own camera."""

    t: Literal["browser_camera"]
    on: bool


class ChooseLayout(_Said):
    """Where the camera stands; None: it is chosen anew."""

    t: Literal["layout"]
    layout: Literal["far", "beside", "behind", "above"] | None


class Turn(_Said):
    """The picture is shown turned by a quarter more, to the left."""

    t: Literal["turn"]


class Mirrored(_Said):
    """Whether the camera gives mirrored pictures."""

    t: Literal["mirrored"]
    on: bool


class Lineup(_Said):
    """Whether the machine's cameras are being looked through, to choose one."""

    t: Literal["cameras"]
    on: bool


class UseCamera(_Said):
    """This camera of the machine, by its number."""

    t: Literal["camera"]
    which: Annotated[int, Field(ge=0, le=999)]


class Occupied(_Said):
    """Whether the person is busy with something for which the page takes no start, such as dragging the four points."""

    t: Literal["occupied"]
    on: bool


class Asks(_Said):
    """Whether the page asks something that an open palm may answer: its name, or "" for nothing."""

    t: Literal["asks"]
    question: Annotated[str, Field(pattern=r"^([a-z][a-z0-9_]{0,63})?$")]


class Mute(_Said):
    t: Literal["mute"]
    on: bool


class Ack(_Said):
    """A frame was drawn."""

    t: Literal["ack"]
    n: Annotated[int, Field(ge=0, le=2**53)]


Said: TypeAlias = (
    Hello
    | ChooseLang
    | Consent
    | ChooseMode
    | Mark
    | Command
    | Again
    | Plan
    | Learner
    | BrowserCamera
    | ChooseLayout
    | Turn
    | Mirrored
    | Lineup
    | UseCamera
    | Occupied
    | Asks
    | Mute
    | Ack
)
_SAID: TypeAdapter[Said] = TypeAdapter(Annotated[Said, Field(discriminator="t")])


def parse(text: str) -> Said:
    """The message of a text.

    :raises ValueError: for anything else than one of the messages above
    """
    if len(text) > LARGEST_TEXT:
        raise ValueError("too large")
    try:
        return _SAID.validate_json(text)
    except ValidationError as error:
        raise ValueError(str(error)) from None
