"""What all answers of the trainer's side stand on."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from coach.messages import Lang
from coach.store import Store
from coach.trainer.looking import Looking
from coach.trainer.shelf import Shelf
from coach.trainer.sights import Sights


@dataclass(frozen=True, slots=True)
class Office:
    """Threads share it."""

    store: Store
    sights: Sights
    shelf: Shelf
    lang: Lang
    protocol: str  # the name of the one that is meant where none is given
    looking: Looking = field(default_factory=Looking)

    @property
    def folder(self) -> Path:
        """Where files lie beside the sessions."""
        return self.store.folder
