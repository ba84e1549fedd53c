"""Sessions that are kept: a database with each session's tracks and video beside it."""

from coach.store.model import (
    Consent,
    Correction,
    Filter,
    Imported,
    NewSession,
    Page,
    Person,
    Rating,
    Result,
    Score,
    SessionRow,
    StoredSession,
    Verdict,
)
from coach.store.opening import data_folder, open_store
from coach.store.recording import Recording
from coach.store.repair import repair
from coach.store.store import Store

__all__ = [
    "Consent",
    "Correction",
    "Filter",
    "Imported",
    "NewSession",
    "Page",
    "Person",
    "Rating",
    "Recording",
    "Result",
    "Score",
    "SessionRow",
    "Store",
    "StoredSession",
    "Verdict",
    "data_folder",
    "open_store",
    "repair",
]
