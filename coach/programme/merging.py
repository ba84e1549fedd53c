"""Two laptops' entries joined, and what a person should see before they are.

The joined set is the union by id without what an erasure of either takes: so the order of joining does not matter, nor
how often it is done.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from coach.programme.clashes import Clash, clashes
from coach.programme.entry import Entry
from coach.programme.erasing import standing
from coach.programme.state import fold


def merged(*given: Iterable[Entry]) -> dict[str, Entry]:
    """All entries by id. Of two under one id, which no coach writes, the one with the smaller digest stays."""
    found: dict[str, Entry] = {}
    for entries in given:
        for one in entries:
            if one.id not in found or one.digest < found[one.id].digest:
                found[one.id] = one
    return {one.id: one for one in standing(found.values())}


@dataclass(frozen=True, slots=True)
class Preview:
    """What joining would do."""

    new: tuple[Entry, ...]
    known: int
    obeyed: int  # of the file's entries, those that an erasure keeps out
    gone: tuple[str, ...]  # ids of entries here that the file's erasures take
    clashes: tuple[Clash, ...]  # that come with it
    last_seen: dict[str, str]  # the laptop's letter → its newest entry in the file


def preview(here: Iterable[Entry], file: Iterable[Entry]) -> Preview:
    own = {one.id: one for one in here}
    theirs = {one.id: one for one in file}
    after = merged(own.values(), theirs.values())
    before = set(clashes(fold(own.values())))
    new = tuple(one for one in theirs.values() if one.id in after and one.id not in own)
    seen: dict[str, str] = {}
    for one in theirs.values():
        seen[one.laptop] = max(one.made, seen.get(one.laptop, ""))
    return Preview(
        new=new,
        known=sum(id_ in own for id_ in theirs),
        obeyed=sum(id_ not in after and id_ not in own for id_ in theirs),
        gone=tuple(id_ for id_ in own if id_ not in after),
        clashes=tuple(clash for clash in clashes(fold(after.values())) if clash not in before),
        last_seen=dict(sorted(seen.items())),
    )
