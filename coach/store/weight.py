"""How large the files of sessions would be, told before they are written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coach.store import listing
from coach.store.folder import TRACKS
from coach.store.reading import Reading

# Of a session file without tracks, what is not its results: its zip's own pages, the protocol, whose it is.
_HULL = 7_500  # bytes; measured, and the protocol is most of it


@dataclass(frozen=True, slots=True)
class Weight:
    """Bytes, about."""

    results: int  # the sessions without what follows
    tracks: int
    films: int


def weight(store: Reading, sessions: Sequence[str]) -> Weight:
    """Of several sessions together; a deleted one weighs nothing.

    :raises InputError: store_…
    """
    results = 0
    with store.told_here():
        for lot in listing.in_lots(sessions):
            marks = ", ".join("?" * len(lot))
            packed = "COALESCE(SUM(LENGTH(report) + LENGTH(feedback)), 0)"
            sql = f"SELECT COUNT(DISTINCT session) AS n, {packed} AS bytes FROM results WHERE session IN ({marks})"
            (row,) = store.connection.all(sql, *lot)
            results += _HULL * int(row["n"]) + int(row["bytes"])
    films = sum(file.stat().st_size for one in sessions if (file := store.files.video(one)) is not None)
    return Weight(results, _tracks(store, sessions), films)


def _tracks(store: Reading, sessions: Sequence[str]) -> int:
    if store.url is None:
        files = (store.files.of(one) / TRACKS for one in sessions)
        return sum(file.stat().st_size for file in files if file.is_file())
    found = 0
    with store.told_here():
        for lot in listing.in_lots(sessions):
            sql = (
                f"SELECT COALESCE(SUM(LENGTH(data)), 0) AS n FROM chunks WHERE session IN ({', '.join('?' * len(lot))})"
            )
            found += int(store.connection.all(sql, *lot)[0]["n"])
    return found
