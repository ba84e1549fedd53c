"""What a practice needs from outside, and what was agreed for a session of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from coach.capture.camera import Film, Source
from coach.domain import Floats
from coach.learn.states import Stage
from coach.messages import Lang
from coach.occasions import Occasion
from coach.practice.finding import Finder
from coach.practice.keeping import Keeping
from coach.protocol import Protocol
from coach.store.model import NO_PERSON, PILLOW
from coach.web.said import Mode

AGREED = "agreed"  # ticked besides the safety list where nobody says NO_PERSON: she agrees


@dataclass(slots=True)
class Agreed:
    """What was agreed for this session."""

    mode: Mode = "guided"
    checks: tuple[str, ...] = ()
    video: bool = False
    code: str = ""
    occasion: Occasion = field(default_factory=Occasion)  # what it is for, as long as she is the one who practises
    sample: bool = False  # the film that comes with coach is looked at
    steps: tuple[str, ...] = ()  # that are practised; all where there are none
    stage: Stage = "trace"  # with how much help

    @property
    def no_person(self) -> bool:
        return NO_PERSON in self.checks

    @property
    def pillow(self) -> bool:
        return PILLOW in self.checks


# Begins to keep a session of what was agreed: the back's corners (4, 2) px at its start, the pictures' (width, height)
# px, and the segment, where just one is practised.
Keep: TypeAlias = Callable[[Agreed, Floats, tuple[int, int], str | None], Keeping | None]


@dataclass(slots=True)
class Settings:
    """What a practice needs from outside."""

    protocol: Protocol
    source: Source | None
    finder: Callable[[], Finder]
    folder: Path  # for what is remembered
    safety: tuple[str, ...]  # what must be ticked
    sample: Callable[[], tuple[Film, Floats]] | None = None  # the sample session and its back (4, 2) px
    history: Callable[[str], dict[str, int]] = lambda _code: {}
    learned: Callable[[str], dict[str, Any]] = lambda _code: {}  # how far somebody is, JSON-ready
    learners: Callable[[], list[str]] = list  # codes of who practised here, the last first
    keep: Keep = lambda *_: None
    usual: Occasion = field(default_factory=Occasion)  # what everybody practises for who is sent for nothing else
    lang: Lang = "id"
    settles_s: float = 0.0  # after a page has come, before the tracker is loaded: until then the page itself loads
    fault: Callable[[str, str], None] = lambda _what, _trace: None  # told of a fault of ours
