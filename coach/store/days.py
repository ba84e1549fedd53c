"""Days of this machine's own time as the store's moments."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

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
