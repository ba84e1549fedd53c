"""Days of this machine's own time as the store's moments."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from coach.domain import InputError

_OWN_TIME = range(1971, 3000)  # years of which every system knows this machine's own time; no session is of another


def midnight(day: str, later: int = 0) -> str:
    """When a day begins, or the one so many days later: UTC, as the store writes it.

    :param day: such as 2026-11-24
    :raises InputError: usage_day
    """
    try:
        found = date.fromisoformat(day) + timedelta(days=later)
        begins = datetime(found.year, found.month, found.day, tzinfo=None if found.year in _OWN_TIME else UTC)
        begins = begins.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise InputError("usage_day", given=day[:40]) from error
    return begins.isoformat(timespec="microseconds").replace("+00:00", "Z")


def day_of(stamp: str) -> str:
    """The day of this machine's own time on which a moment of the store's is; quick for ten thousand of few days."""
    day = stamp[:10]
    begins, ends = _bounds(day)
    if stamp >= ends:
        return (date.fromisoformat(day) + timedelta(days=1)).isoformat()
    return day if stamp >= begins else (date.fromisoformat(day) - timedelta(days=1)).isoformat()


@lru_cache(maxsize=4000)
def _bounds(day: str) -> tuple[str, str]:
    return midnight(day), midnight(day, 1)
