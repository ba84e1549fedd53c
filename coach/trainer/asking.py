"""What a page asks, out of an address's query: filters, numbers, lists; strange ones are refused."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from coach.domain import InputError
from coach.store import Filter, Verdict
from coach.store.days import midnight

LONGEST = 200  # characters of a text
MOST_SESSIONS = 10_000
_VERDICTS: Mapping[str, Verdict] = {
    **{"": "", "true": "passed", "false": "failed"},
    **{"provisional": "provisional", "undecided": "undecided", "unjudged": "unjudged"},
}
_STATES = ("", "recording", "finished")


def sessions_filter(query: Mapping[str, str]) -> Filter:
    """Days are those of this machine's own time, both included.

    :raises InputError: usage_day, query_bad
    """
    passed, state = query.get("passed", ""), query.get("state", "")
    if passed not in _VERDICTS or state not in _STATES:
        raise InputError("query_bad", name="passed" if passed not in _VERDICTS else "state")
    since, until = query.get("since", ""), query.get("until", "")
    return Filter(
        kader=word(query, "kader"),
        posyandu=word(query, "posyandu"),
        since=midnight(since) if since else "",
        until=midnight(until, 1) if until else "",
        protocol=word(query, "protocol"),
        verdict=_VERDICTS[passed],
        state=state,
        text=word(query, "text"),
    )


def word(query: Mapping[str, Any], name: str) -> str:
    """A short text; empty where there is none.

    :raises InputError: query_bad
    """
    given = query.get(name)
    if given is None:
        return ""
    if not isinstance(given, str) or len(given) > LONGEST or "\0" in given:
        raise InputError("query_bad", name=name)
    return given.strip()


def whole(query: Mapping[str, str], name: str, usual: int, most: int) -> int:
    """A whole number from 0 to the most. Raises InputError query_bad."""
    given = query.get(name, str(usual))
    if not (given.isascii() and given.isdigit() and int(given[:12]) <= most):
        raise InputError("query_bad", name=name)
    return int(given)


def second(query: Mapping[str, Any], name: str) -> float | None:
    """A time in s; None where there is none. Raises InputError query_bad."""
    given = query.get(name)
    if given is None or given == "":
        return None
    try:
        found = float(given)
    except (TypeError, ValueError):
        found = math.nan
    if isinstance(given, bool) or not 0 <= found < 1e7:
        raise InputError("query_bad", name=name)
    return found


def fields(body: Any) -> Mapping[str, Any]:
    """The fields of a JSON object. Raises InputError body_bad."""
    if not isinstance(body, dict):
        raise InputError("body_bad")
    return body


def flag(body: Mapping[str, Any], name: str) -> bool:
    """True or false; false where it is not there. Raises InputError query_bad."""
    given = body.get(name, False)
    if not isinstance(given, bool):
        raise InputError("query_bad", name=name)
    return given


def names(body: Mapping[str, Any], name: str, most: int = 50) -> tuple[str, ...]:
    """A list of short texts. Raises InputError query_bad."""
    given = body.get(name, [])
    if not isinstance(given, list) or len(given) > most:
        raise InputError("query_bad", name=name)
    return tuple(word({name: one}, name) for one in given)
