"""Sessions that are kept: a database with each session's tracks and video beside it."""

from coach.store.identity import Clash, Settled
from coach.store.model import (
    About,
    Consent,
    Correction,
    Filter,
    Imported,
    MarkedAnew,
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
from coach.store.plan import Plan
from coach.store.recording import Recording
from coach.store.repair import repair
from coach.store.store import Store

__all__ = [
    "About",
    "Clash",
    "Consent",
    "Correction",
    "Filter",
    "Imported",
    "MarkedAnew",
    "NewSession",
    "Page",
    "Person",
    "Plan",
    "Rating",
    "Recording",
    "Result",
    "Score",
    "SessionRow",
    "Settled",
    "Store",
    "StoredSession",
    "Verdict",
    "data_folder",
    "open_store",
    "repair",
]
