"""What is added to the store: sessions, what people add to them, and the people themselves."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from coach.domain import InputError, TrackChunk
from coach.protocol import parse
from coach.store import chunks, people, records, remains, standing, sweeping
from coach.store.database import Connection, insert, put, put_all, select
from coach.store.folder import VIDEO, is_id
from coach.store.model import (
    About,
    Consent,
    Correction,
    Json,
    MarkedAnew,
    NewSession,
    Person,
    Rating,
    Result,
    StoredSession,
)
from coach.store.recording import Recording, Sink
from coach.store.tables import (
    CONSENTS,
    CORRECTIONS,
    LESSONS,
    PEOPLE,
    PROTOCOLS,
    RATINGS,
    RESULTS,
    SESSIONS,
    STANDINGS,
    Record,
    Table,
    dumps,
)
from coach.store.taking import Taking
from coach.store.track_table import TableSink


class Adding(Taking):
    """The store as far as it grows."""

    def _prepare(self) -> None:
        """Finishes what was broken off; older databases have no standings."""
        super()._prepare()
        if self._sweeps:
            sweeping.sweep(self)
        sql = "SELECT id FROM sessions WHERE state = 'finished' AND id NOT IN (SELECT session FROM standings)"
        for row in self.connection.all(sql):
            with self.writing() as connection:
                self.stand(connection, self.record_of(connection, row["id"]))
        self._mark()

    def _mark(self) -> None:
        """Writes the short text of points where an older coach has written them in full alone."""
        waiting = self.connection.all("SELECT session, items, machine FROM standings WHERE sheet = ''")
        if waiting:
            with self.writing() as connection:
                put_all(connection, STANDINGS, waiting)

    # ------------------------------------------------------------------ recording and adding

    def recording(self, new: NewSession) -> Recording:
        """Begins a session; it is in the store from now on.

        :raises InputError: store_full, store_read_only, store_locked, …; then nothing of it is there
        """
        session = new.id or records.new_id()
        with contextlib.ExitStack() as undone:
            undone.callback(self._unmade, session)
            with self.writing() as connection:
                self._begin(connection, session, new)
                folder = self.files.make(session)
                sink = self.sink(session)
                undone.callback(sink.close)
            undone.pop_all()

        def finish(report: Json, feedback: Json, last_s: float) -> None:
            self.add_result(session, report, feedback, last_s)

        def filmed() -> None:
            with self.writing() as connection:
                self._note_video(connection, session, VIDEO if self.files.video(session) else "")

        def note(entry: Json) -> None:
            self.lesson(session, entry)

        return Recording(session, folder, sink, finish, lambda: remains.discard(self, session), filmed, note)

    def _unmade(self, session: str) -> None:
        with contextlib.suppress(InputError):
            self.files.erase(session)

    def add(
        self,
        new: NewSession,
        report: Json,
        feedback: Json | None = None,
        tracks: Iterable[TrackChunk] = (),
        video: Path | None = None,
    ) -> str:
        """Keeps a session that is over, whole or not at all; returns its id. One that has its id already is there.

        :param video: to be copied, where the consent allows it
        """
        session, last_s, chunked = new.id or records.new_id(), 0.0, []
        for chunk in tracks:
            chunked.append(chunks.encode(chunk))
            last_s = float(chunk.time_s[-1]) if len(chunk.time_s) else last_s
        agreed = video is not None and new.consent is not None and new.consent.video and not new.consent.withdrawn
        with self.incoming() as incoming:
            coming = incoming.tracks(chunked) if chunked else None
            film = incoming.copied(video) if agreed and video is not None else None
            with self.writing() as connection:
                if new.id and connection.all("SELECT id FROM sessions WHERE id = ?", new.id):
                    return new.id
                self._begin(connection, session, new)
                if coming is not None:
                    self.take_tracks(session, coming)
                if film is not None:
                    self.take_video(connection, session, film)
                self._result(connection, session, report, feedback, last_s, None)
        return session

    def sink(self, session: str) -> Sink:
        """Where the tracks of a session are appended."""
        return self.files.append_tracks(session) if self.url is None else TableSink(self, session)

    def _begin(self, connection: Connection, session: str, new: NewSession) -> None:
        person = people.enrolled(connection, new.kader, new.posyandu)
        kept = [
            (PROTOCOLS, records.protocol_record(new.protocol, new.protocol_file)),
            (SESSIONS, records.session_record(session, new, person)),
        ]
        if new.consent is not None:
            kept.append((CONSENTS, records.consent_record(session, new.consent)))
        for table, record in kept:
            insert(connection, table, record)
            self.note(session, table, record)
        self.note_people()

    def add_result(
        self,
        session: str,
        report: Json,
        feedback: Json | None = None,
        last_s: float = 0.0,
        rules_file: bytes | None = None,
        marked: MarkedAnew | None = None,
    ) -> Result:
        """Adds what the machine made of a session; older results stay, and the session shows the new one's score.

        :param last_s: the session's length where the report does not tell it
        :param rules_file: the protocol file of the report, where it is not the one the session began with
        :param marked: where the back was marked anew: it takes the place of what there was
        """
        chunked = () if marked is None else marked.chunks
        with self.incoming() as incoming:
            coming = incoming.tracks(chunked) if chunked else None
            with self.writing() as connection:
                if coming is not None:
                    self.replace_tracks(connection, session, coming)
                return self._result(connection, session, report, feedback, last_s, rules_file, marked)

    def _result(
        self,
        connection: Connection,
        session: str,
        report: Json,
        feedback: Json | None,
        last_s: float,
        rules_file: bytes | None,
        marked: MarkedAnew | None = None,
    ) -> Result:
        found = self.record_of(connection, session)
        if rules_file is not None:
            rules = records.protocol_record(parse(rules_file), rules_file)
            insert(connection, PROTOCOLS, rules)
            self.note(session, PROTOCOLS, rules)
            found |= {f"protocol_{name}": rules[name] for name in ("id", "version", "digest")}
        if marked is not None:
            found |= {"corners": dumps(records.places(marked.corners)), "later": records.marks(marked.later)}
        record = records.result_record(session, report, feedback or {}, found["software"], found["protocol_digest"])
        duration_s = float(report.get("video", {}).get("duration_s") or last_s or found["duration_s"])
        video = VIDEO if self.files.video(session) else found["video"]
        found |= {"state": "finished", "duration_s": duration_s, "video": video}
        self._add(connection, session, RESULTS, record)
        self.stand(connection, found)
        return records.result(record)

    # ------------------------------------------------------------------ what people add

    def correct(self, session: str, event: Json, author: str, result: str = "", id: str = "") -> Correction:
        """Appends a trainer's event (:mod:`coach.correct.events`) and sets the score that follows from all of them.

        :param result: id of the machine's result that the trainer looked at; the latest if empty
        :param id: a uuid that whoever asks has given the event, so that it can be sent again after a lost answer:
            where the session has it already nothing is added, and what is there is the answer. A new one if empty
        :raises InputError: session_missing, correction_bad
        """
        standing.check(event)
        if id and not is_id(id):
            raise InputError("correction_bad", field="id")
        with self.writing() as connection:
            found = self.record_of(connection, session)
            if id and (there := select(connection, CORRECTIONS, "id", [id])):
                if there[0]["session"] != session:
                    raise InputError("correction_bad", field="id")
                return records.correction(there[0])
            record = {
                "id": id or records.new_id(),
                "session": session,
                "result": result or self.latest(connection, session),
                "made": records.now(),
                "author": author,
                "event": dumps(event),
            }
            self._add(connection, session, CORRECTIONS, record)
            self.stand(connection, found)
        return records.correction(record)

    def rate(self, session: str, rater: str, items: Mapping[str, int | None], blind: bool) -> Rating:
        """Appends a person's own rating of the whole session."""
        record = {
            "id": records.new_id(),
            "session": session,
            "made": records.now(),
            "rater": rater,
            "blind": int(blind),
            "items": dumps(dict(items)),
        }
        self._append(session, RATINGS, record)
        return records.rating(record)

    def lesson(self, session: str, entry: Json) -> None:
        """Appends what is to be noted of a practice (:mod:`coach.learn.lessons`).

        :raises InputError: session_missing
        """
        made = {"id": records.new_id(), "session": session, "made": records.now(), "entry": dumps(entry)}
        self._append(session, LESSONS, made)

    def consent(self, session: str, consent: Consent) -> Consent:
        """Appends a record of consent. Where it forbids pictures, those that were kept are erased."""
        record = records.consent_record(session, consent)
        with self.writing() as connection:
            self.record_of(connection, session)
            self._add(connection, session, CONSENTS, record)
            if consent.withdrawn or not consent.video:
                self.drop_video(connection, session)
        return records.consent(record)

    # ------------------------------------------------------------------ people

    def belongs(self, session: str, kader: str, posyandu: str) -> None:
        """Says whose session it is; a kader who is not known yet is added.

        :raises InputError: session_missing
        """
        with self.writing() as connection:
            person = people.enrolled(connection, kader, posyandu)
            found = self.record_of(connection, session) | {"kader": kader, "posyandu": posyandu, "person": person}
            put(connection, SESSIONS, found)
            self.note_people()
            self.note(session, SESSIONS, found)

    def describe(self, session: str, about: About) -> None:
        """Says when a session was and on which occasion; what is None stays as it is.

        :raises InputError: session_missing, about_bad
        """
        changes = about.changes()
        with self.writing() as connection:
            found = self.record_of(connection, session) | changes
            put(connection, SESSIONS, found)
            self.note(session, SESSIONS, found)

    def enrol(self, code: str, posyandu: str = "") -> Person:
        """The person with this code, added as a kader where nobody has it yet."""
        with self.writing() as connection:
            number = people.enrolled(connection, code, posyandu)
            self.note_people()
            (found,) = select(connection, PEOPLE, "id", [number])
        return records.person(found)

    def put_person(self, person: Person) -> Person:
        """Adds a person, or takes the place of the one with this id, or without an id, of the one with this code.

        :raises InputError: person_code_taken where another has the code; person_missing for an id that nobody has
        """
        with self.writing() as connection:
            record, changed = people.kept(connection, person)
            self.note_people()
            for one in changed:
                self.note(one["id"], SESSIONS, one)
        return records.person(record)

    def _append(self, session: str, table: Table, record: Record) -> None:
        with self.writing() as connection:
            self.record_of(connection, session)
            self._add(connection, session, table, record)

    def _add(self, connection: Connection, session: str, table: Table, record: Record) -> None:
        """Appends a record to those that the session has in a table, and after them though the clock was set back."""
        newest = connection.all(f"SELECT MAX(made) AS made FROM {table.name} WHERE session = ?", session)[0]["made"]
        record["made"] = records.after(record["made"], newest)
        insert(connection, table, record)
        self.note(session, table, record)

    def stand(self, connection: Connection, record: Record) -> None:
        """Sets the score that lists show: it follows from the latest result and all corrections."""
        self.stand_all(connection, [record])

    def stand_all(
        self, connection: Connection, found: Sequence[Record], whole: Iterable[StoredSession] | None = None
    ) -> None:
        """The same for many sessions.

        :param whole: the same sessions with all that was added to them, where that is at hand
        """
        rows, points = [], []
        for record, session in zip(found, whole or self._joined(connection, list(found)), strict=True):
            score = standing.score(session, self.protocol)
            rows.append(record if score is None else records.scored(record, score))
            if score is not None:
                points.append({"session": record["id"], "items": dumps(dict(score.items)), "machine": score.machine})
        put_all(connection, SESSIONS, rows)
        put_all(connection, STANDINGS, points)
        self.note_all([(one["id"], SESSIONS, one) for one in rows])
        self.note_all([(one["session"], STANDINGS, one) for one in points])
