"""What all answers of the trainer's side stand on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from coach.messages import Lang
from coach.store import Store
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

    @property
    def folder(self) -> Path:
        """Where files lie beside the sessions."""
        return self.store.folder
