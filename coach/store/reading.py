"""Reading the store: lists, sessions, tracks, people, protocols."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from coach.domain import InputError, TrackChunk
from coach.learn.lessons import Held, entry
from coach.protocol import Protocol, parse
from coach.store import chunks, course, listing, people, records, standing
from coach.store.base import Base
from coach.store.database import Connection, select
from coach.store.model import Filter, Page, Person, SessionRow, StoredSession
from coach.store.tables import CONSENTS, CORRECTIONS, LESSONS, RATINGS, RESULTS, SESSIONS, STANDINGS, Record, Table
from coach.store.track_table import last_written_s, table_chunks

WHOLE = 25  # sessions read together with all their results: each is 100 kB of objects
IDLE_S = 10.0  # a recording that has written nothing for so long is not going on any more


class Reading(Base):
    """The store's questions and answers."""

    def sessions(self, asked: Filter | None = None, limit: int = 50, offset: int = 0) -> Page:
        """A page of the session list, newest first."""
        with self.told_here():
            return listing.page(self.connection, asked or Filter(), limit, offset)

    def session(self, session: str) -> StoredSession:
        """:raises InputError: session_missing"""
        with self.told_here():
            return self.whole(self.connection, self.record_of(self.connection, session))

    def revision(self, session: str) -> str:
        """Another one whenever something was added to the session, or its own fields were changed.

        :raises InputError: session_missing
        """
        with self.told_here():
            found = self.record_of(self.connection, session)
            added = [self._count(table, session) for table in (CORRECTIONS, RATINGS, RESULTS, CONSENTS)]
        return hashlib.sha256(repr((sorted(found.items()), added)).encode()).hexdigest()[:16]

    def _count(self, table: Table, session: str) -> int:
        return int(self.connection.all(f"SELECT COUNT(*) AS n FROM {table.name} WHERE session = ?", session)[0]["n"])

    def each(self, asked: Filter | None = None) -> Iterator[StoredSession]:
        """All sessions that the filter lets pass, oldest first, with everything that was added to them."""
        yield from self.several(self.ids(asked))

    def several(self, ids: Sequence[str]) -> Iterator[StoredSession]:
        """Some sessions in their order; those that are not there are left out. Quicker than one by one."""
        with self.told_here():
            for lot in listing.in_lots(ids, WHOLE):
                yield from self._lot(self.connection, lot)

    def standings(self, asked: Filter | None = None) -> Iterator[tuple[SessionRow, dict[str, int | None]]]:
        """Each session with its points by item as they stand, oldest first; quicker than :meth:`each`."""
        with self.told_here():
            for lot in listing.in_lots(listing.ids(self.connection, asked or Filter())):
                rows = {r["id"]: r for r in select(self.connection, SESSIONS, "id", lot)}
                items = {s["session"]: s["items"] for s in select(self.connection, STANDINGS, "session", lot)}
                for session in lot:
                    if session in rows:
                        yield records.row(rows[session]), json.loads(items.get(session, "{}"))

    def tracks(self, session: str) -> Iterator[TrackChunk]:
        """The session's tracks, up to the first chunk that is torn or damaged."""
        for data in self.raw_tracks(session):
            try:
                yield chunks.decode(data)
            except ValueError:
                return

    def lines(self, ids: Sequence[str]) -> Iterator[tuple[SessionRow, dict[str, int | None], dict[str, bool | None]]]:
        """Of each session, in the given order: its row, its points by item, and its outcomes as ticked."""
        with self.told_here():
            for lot in listing.in_lots(ids):
                rows = {r["id"]: r for r in select(self.connection, SESSIONS, "id", lot)}
                items = {
                    s["session"]: json.loads(s["items"]) for s in select(self.connection, STANDINGS, "session", lot)
                }
                ticks: dict[str, list[Record]] = {}
                for record in select(self.connection, CORRECTIONS, "session", lot):
                    ticks.setdefault(record["session"], []).append(record)
                for session in (s for s in lot if s in rows):
                    made = [(r["id"], json.loads(r["event"])) for r in ticks.get(session, ())]
                    yield records.row(rows[session]), items.get(session, {}), standing.outcomes(made)

    def ids(self, asked: Filter | None = None) -> list[str]:
        """The ids of all sessions that the filter lets pass, oldest first."""
        with self.told_here():
            return listing.ids(self.connection, asked or Filter())

    def find(self, beginning: str) -> str:
        """The one session whose id begins so.

        :raises InputError: session_missing, session_several
        """
        with self.told_here():
            sql = "SELECT id FROM sessions WHERE id LIKE ? ESCAPE '\\' ORDER BY id LIMIT 2"
            found = self.connection.all(sql, listing.escaped(beginning.lower()) + "%") if beginning else []
        if len(found) > 1:
            raise InputError("session_several", id=beginning)
        if not found:
            raise InputError("session_missing", id=beginning[:60])
        return str(found[0]["id"])

    def raw_tracks(self, session: str) -> Iterator[bytes]:
        """The session's chunks as bytes."""
        self.check_id(session)
        return self.files.tracks(session) if self.url is None else table_chunks(self, session)

    def video(self, session: str) -> Path | None:
        """The session's video file, where one is kept."""
        self.check_id(session)
        return self.files.video(session)

    def choices(self) -> dict[str, list[str]]:
        """What there is to filter by: kader, posyandu, protocol."""
        columns = {"kader": "kader", "posyandu": "posyandu", "protocol": "protocol_id"}
        with self.told_here():
            return {name: listing.choices(self.connection, column) for name, column in columns.items()}

    def interrupted(self, idle_s: float = IDLE_S) -> list[str]:
        """Sessions whose recording was ended in the middle: their tracks wait to be read.

        In a pause nothing is written, however long it is: such a session is another program's, which has it open.
        """
        with self.told_here():
            waiting = listing.ids(self.connection, Filter(state="recording"))
            last = {s: self.files.last_written_s(s) if self.url is None else last_written_s(self, s) for s in waiting}
            there = {s for s in waiting if self.url is None and self.files.is_recorded(s)}
        now_s = time.time()  # it may have been set back since: then what was written lies ahead
        return [s for s in waiting if s not in there and not 0 <= now_s - last[s] < idle_s]

    def knows(self, session: str) -> bool:
        """Whether there is a session with this id."""
        with self.told_here():
            return bool(self.connection.all("SELECT id FROM sessions WHERE id = ?", session))

    def without_video(self) -> list[str]:
        """Sessions of which a video was agreed to once, and none is there: its recording may have been broken off."""
        sql = "SELECT id FROM sessions WHERE video = '' AND id IN (SELECT session FROM consents WHERE video = 1)"
        with self.told_here():
            return [row["id"] for row in self.connection.all(sql + " ORDER BY held, created, id")]

    def people(self) -> list[Person]:
        with self.told_here():
            return [records.person(r) for r in self.connection.all("SELECT * FROM people ORDER BY code")]

    def person(self, code: str) -> Person | None:
        """Whoever has this code."""
        with self.told_here():
            found = people.with_code(self.connection, code)
        return None if found is None else records.person(found)

    def person_of(self, id: str) -> Person | None:
        """Whom an id means, be it her own or one that another laptop made for her."""
        with self.told_here():
            found = people.with_id(self.connection, [id])
        return None if found is None else records.person(found)

    def last_author(self) -> str:
        """The code of whoever rated or corrected last; empty where nobody did."""
        found: list[Mapping[str, object]] = []
        with self.told_here():
            for table, column in (("ratings", "rater"), ("corrections", "author")):
                sql = f"SELECT made, {column} AS code FROM {table} WHERE {column} <> '' ORDER BY made DESC LIMIT 1"
                found += self.connection.all(sql)
        return str(max(found, key=lambda one: str(one["made"]))["code"]) if found else ""

    def newest(self, asked: Filter | None = None) -> str | None:
        """The id of the last session that the filter lets pass."""
        with self.told_here():
            return listing.newest(self.connection, asked or Filter())

    def counted(self, asked: Filter | None = None) -> list[course.Brief]:
        """The sessions that tell how kaders get on, oldest first, in short; quicker than :meth:`standings`."""
        with self.told_here():
            return course.counted(self.connection, asked or Filter())

    def rated_blind(self, ids: Sequence[str], protocol: str) -> list[course.RatedBlind]:
        """Those of a protocol's sessions that somebody rated without having seen coach's score, in their order."""
        with self.told_here():
            return list(course.rated_blind(self.connection, ids, protocol))

    def seen_by(self, rater: str, ids: Sequence[str]) -> set[str]:
        """Which of the sessions this person has rated or corrected."""
        found: set[str] = set()
        with self.told_here():
            for lot in listing.in_lots(ids):
                marks = ", ".join("?" * len(lot))
                for table, column in (("ratings", "rater"), ("corrections", "author")):
                    sql = f"SELECT DISTINCT session FROM {table} WHERE {column} = ? AND session IN ({marks})"
                    found |= {str(r["session"]) for r in self.connection.all(sql, rater, *lot)}
        return found

    def protocol_file(self, digest: str) -> bytes | None:
        """The protocol file with this sha256, as it was when a session was scored."""
        with self.told_here():
            found = self.connection.all("SELECT text FROM protocols WHERE digest = ?", digest)
        return found[0]["text"].encode("utf-8") if found else None

    def protocol(self, digest: str) -> Protocol | None:
        """The rules with this sha256; read once, for they never change."""
        if digest not in self._rules and (data := self.protocol_file(digest)) is not None:
            self._rules[digest] = parse(data)
        return self._rules.get(digest)

    def history(self, kader: str, protocol_id: str) -> dict[str, int]:
        """How many times in a row, up to the newest, a kader did each segment all right: id → sessions.

        All right is a segment of which every rated item had full points. The coach fades its help by it. A segment
        practised alone counts as well: its help fades by how she does it, whatever she does before. What was tried out
        with the sample, and what a stop for pain has cut short, says nothing of her.
        """
        counts: dict[str, int] = {}
        for row, items in self.standings(Filter(kader=kader, protocol=protocol_id)) if kader else ():
            rated: dict[str, list[int]] = {}
            for item, points in items.items():
                if points is not None and "." in item:
                    rated.setdefault(item.split(".")[0], []).append(points)
            # An older coach that scored one segment anew rated all the others too, as not done.
            alone = row.mode == "again" and set(rated) <= set(row.segment.split(",") if row.segment else [*rated][:1])
            if not (row.counts or (alone and row.source != "sample" and not row.stopped)):
                continue
            for segment, points_of in rated.items():
                counts[segment] = counts.get(segment, 0) + 1 if min(points_of) == 2 else 0
        return counts

    def practised(self, kader: str, protocol_id: str) -> Iterator[Held]:
        """What a kader has practised of a protocol, oldest first. What was tried out with the sample is left out."""
        for row, items in self.standings(Filter(kader=kader, protocol=protocol_id)) if kader else ():
            if row.source == "sample":
                continue
            with self.told_here():
                noted = select(self.connection, LESSONS, "session", [row.id])
            yield Held(
                day=datetime.fromisoformat(row.held).astimezone().date(),
                mode=row.mode,
                items=items,
                entries=tuple(entry(json.loads(one["entry"])) for one in noted),
                rated=not row.stopped and row.verdict not in ("other_motion", "damaged"),
            )

    def whole(self, connection: Connection, record: Record) -> StoredSession:
        return next(self._joined(connection, [record]))

    def _lot(self, connection: Connection, lot: Iterable[str]) -> Iterator[StoredSession]:
        wanted = list(lot)
        found = {r["id"]: r for r in select(connection, SESSIONS, "id", wanted)}
        yield from self._joined(connection, [found[s] for s in wanted if s in found])

    def _joined(self, connection: Connection, found: list[Record]) -> Iterator[StoredSession]:
        ids = [r["id"] for r in found]
        added: dict[str, dict[str, list[Record]]] = {}
        for table in (RESULTS, CORRECTIONS, RATINGS, CONSENTS):
            for record in select(connection, table, "session", ids):
                added.setdefault(record["session"], {}).setdefault(table.name, []).append(record)
        for record in found:
            yield records.stored(record, added.get(record["id"], {}))
