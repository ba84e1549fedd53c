"""What an erasure takes with it: the subject's own entries, and those about it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from coach.programme.bodies import UUID
from coach.programme.entry import Entry

# A body is JSON of our own on one line: inside a text every quote has a backslash before it, so this finds fields only.
_ABOUT = re.compile(rf'"(?:person|mother|kader|giver)":"({UUID})"')


def about(entry: Entry) -> set[str]:
    """Whose entry it is: the subject, and the persons and mothers that it tells of."""
    return {entry.subject, *_ABOUT.findall(entry.text)}


def erased(entries: Iterable[Entry]) -> set[str]:
    """The subjects that are gone for ever."""
    return {one.subject for one in entries if one.kind == "erasure"}


def standing(entries: Iterable[Entry]) -> Iterator[Entry]:
    """The entries without those that an erasure takes; the erasures themselves stay, whatever was erased.

    What goes is told by each entry alone, never by way of another that may be gone already: else it would matter in
    which order laptops are joined.
    """
    found = list(entries)
    gone = erased(found)
    for one in found:
        if one.kind == "erasure" or not (gone and gone & about(one)):
            yield one
