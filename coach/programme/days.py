"""Days as text (YYYY-MM-DD), reckoned with; nothing here knows which day it is."""

from __future__ import annotations

import calendar
from datetime import date, timedelta


def is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def plus_months(day: str, months: int) -> str:
    """The same day of a later month, or its last one: 31 January and one month is 28 or 29 February."""
    start = date.fromisoformat(day)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1])).isoformat()


def plus_days(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def between(first: str, last: str) -> int:
    """Days from one to the other; negative where the second comes first."""
    return (date.fromisoformat(last) - date.fromisoformat(first)).days
