"""Videos and session files on their way in: uploaded, marked, reviewed one after the other, and then gone.

A video lies in the scratch folder as long as its import lasts, and not a moment longer. What was marked and agreed to
goes on after a new start (:mod:`coach.trainer.tickets`).
"""

from __future__ import annotations

import contextlib
import threading
import time
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from coach import wiring
from coach.domain import InputError
from coach.locate.marks import body_of
from coach.score.scope import chosen
from coach.store.scratch import Scratch
from coach.summary import wording
from coach.trainer import asking, changes, session_files, tickets, worker
from coach.trainer.job import Job, Json, Uploading, corners_of, named
from coach.trainer.office import Office
from coach.trainer.sights import LONG_S
from coach.trainer.words import refusal
from coach.web.calls import Content

MOST = 200  # imports that are remembered
_ZIP = b"PK\x03\x04"
_PREVIEW = 1280  # px


class Imports:
    """Threads may share it. Close it when the server ends."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.scratch = Scratch(office.folder)
        self._jobs: dict[str, Job] = {}
        self._lock = threading.RLock()
        self._news = threading.Condition(self._lock)
        self._process: worker.Process | None = None
        self._keeping = self._over = False
        self._take_up()
        self._thread = threading.Thread(target=self._work, name="imports", daemon=True)
        self._thread.start()

    def _take_up(self) -> None:
        """What waited when a program ended, however it ended, waits again, in the order in which it came."""
        found = [(place, tickets.read(place, self.office.store)) for place in self.scratch.left()]
        for place, job in sorted(found, key=_came):
            if job is not None:
                self._jobs[job.id] = job
                if tickets.kept_already(job, self.office.store):
                    self._end(job, ("done", job.id))
                elif job.begun >= tickets.MOST_BEGUN:
                    self._end(job, ("ended", ""))
            else:
                self.scratch.erase(place)

    # ------------------------------------------------------------------ coming in

    def upload(self, name: str) -> Uploading:
        """:raises InputError: import_many, store_…"""
        with self._lock:
            if len(self._jobs) >= MOST:
                self._jobs = {k: job for k, job in self._jobs.items() if job.state not in ("done", "failed")}
            if len(self._jobs) >= MOST:
                raise InputError("import_many", most=MOST)
            number = str(uuid.uuid4())
            plain = wording.line(name.replace("\\", "/").rpartition("/")[2]) or "video"
            job = Job(number, plain, self.scratch.place(number))
            self._jobs[number] = job
        return Uploading(job, self.arrived, self.drop)

    def arrived(self, job: Job) -> Json:
        """Looks at a file that is here: a session file is merged unless a trainer has to be asked, a video is marked.

        :raises InputError: video_…, import_…
        """
        with job.file.open("rb") as stream:
            begins = stream.read(len(_ZIP))
        try:
            if begins == _ZIP:
                session_files.arrived(self.office.store, job)
                if job.state == "done":
                    self.scratch.erase(job.folder)
            else:
                job.size, job.duration_s, job.made = wiring.film_facts(str(job.file))
                job.state = "marking"
        except InputError as error:
            raise named(error, job.name) from error
        return job.told()

    def drop(self, job: Job) -> None:
        with self._lock:
            self._jobs.pop(job.id, None)
        self.scratch.erase(job.folder)

    # ------------------------------------------------------------------ looking and marking

    def listed(self) -> list[Json]:
        with self._lock:
            return [job.told() for job in self._jobs.values()]

    def _job(self, number: str) -> Job:
        with self._lock:
            job = self._jobs.get(number)
        if job is None:
            raise InputError("import_job_missing")
        return job

    def _marking(self, number: str) -> Job:
        job = self._job(number)
        if job.state != "marking":
            raise InputError("import_busy", name=job.name)
        return job

    def picture(self, number: str, at_s: float) -> Content:
        """The picture to mark, at most 1280 px. Raises InputError import_job_missing, import_busy, video_…"""
        job = self._marking(number)
        return Content(wiring.shown_picture(str(job.file), at_s, _PREVIEW)[0], "image/jpeg")

    def guess(self, number: str) -> Json:
        """{body: (4, 2) px of C7, both shoulder points and L5 or None, size: px of the picture they are in}.

        :raises InputError: import_job_missing, import_busy
        """
        job = self._marking(number)
        if job.guessed is None:
            process = worker.Process(worker.guess, str(job.file))
            heard = process.hear()
            process.close()
            corners, size = heard[1] if heard is not None and heard[0] == "guess" else (None, job.size)
            body = None if corners is None else np.round(body_of(corners, size), 1).tolist()
            job.guessed = {"body": body, "size": list(size)}
        return job.guessed

    def start(self, number: str, body: Any) -> Json:
        """Takes the marks, whose session it is and the consent; the review begins when its turn comes.

        :raises InputError: import_job_missing, import_busy, back_…, protocol_…, part_missing, about_bad, query_bad,
            body_bad
        """
        given = asking.fields(body)
        if self._job(number).state == "asking":
            return self._settled(self._job(number), given)
        job = self._marking(number)
        name = asking.word(given, "protocol") or self.office.protocol
        parts = asking.names(given, "parts")
        chosen(parts, self.office.shelf.rules(name))
        consent = changes.consent_of(given.get("consent") or {})
        task = worker.Task(
            video=str(job.file),
            name=job.name,
            corners=corners_of(given, job.size),
            protocol_file=self.office.shelf.text(name),
            folder=self.office.folder,
            url=self.office.store.url,
            kader=asking.word(given, "kader"),
            posyandu=asking.word(given, "posyandu"),
            consent=consent,
            session=job.id,
            parts=parts,
            about=changes.about_of(given.get("about") or {}),
        )
        with self._news:
            if self._marking(number).state == "marking":
                job.task = task
                tickets.write(job)
                job.state = "waiting"
                self._news.notify_all()
        return job.told()

    def _settled(self, job: Job, given: Mapping[str, Any]) -> Json:
        """Takes a session file in as a trainer has settled it. Raises InputError; it then waits on."""
        try:
            session_files.settle(self.office.store, job, given)
        except InputError as error:
            raise named(error, job.name) from error
        self.scratch.erase(job.folder)
        return job.told()

    def cancel(self, number: str) -> Json:
        """Ends an import, wherever it is; what it had kept already is taken away. Raises InputError."""
        with self._news:
            job = self._job(number)
            if job.state == "uploading":
                raise InputError("import_busy", name=job.name)
            reviewing = job.state == "reviewing"
            if reviewing and self._process is not None and not self._keeping:
                self._process.end()
            while job.state == "reviewing":
                self._news.wait()
            if reviewing and job.session:
                changes.delete(self.office, job.session)
        self.drop(job)
        return {"id": number}

    # ------------------------------------------------------------------ the reviews, one after the other

    def _work(self) -> None:
        while (job := self._next()) is not None:
            said = self._reviewed(job)
            with self._news:
                self._process = None
                if self._over and said[0] == "ended":
                    self._note_begun(job, -1)  # ended on purpose: it goes on at the next start
                else:
                    self._end(job, said)
                self._news.notify_all()
            if job.session and job.done_s >= LONG_S:
                self.office.sights.prepare(job.session)

    def _next(self) -> Job | None:
        with self._news:
            while not self._over:
                for job in self._jobs.values():
                    if job.state == "waiting":
                        job.state, job.began, self._keeping = "reviewing", time.monotonic(), False
                        self._note_begun(job, 1)
                        self._process = worker.Process(worker.review, job.task)
                        return job
                self._news.wait()
        return None

    @staticmethod
    def _note_begun(job: Job, by: int) -> None:
        with contextlib.suppress(InputError):  # on a full disk the count is lost, not the work
            tickets.begun(job, by)

    def _reviewed(self, job: Job) -> worker.Told:
        process = self._process
        assert process is not None
        said: worker.Told | None = None
        while (heard := process.hear()) is not None:
            said = heard
            with self._lock:
                if heard[0] == "keeping":
                    self._keeping = True
                    process.go_on()
                if heard[0] == "progress":
                    job.began = job.began if job.done_s else time.monotonic()
                    job.done_s, job.duration_s = heard[1][0], heard[1][1] or job.duration_s
        process.close()
        return said if said is not None and said[0] not in ("progress", "keeping") else ("ended", "")

    def _end(self, job: Job, said: worker.Told) -> None:
        what, value = said
        if what == "done":
            job.state, job.session, job.done_s = "done", value, job.duration_s or job.done_s
        else:
            error = named(value, job.name) if what == "refused" else InputError("import_ended", name=job.name)
            job.state, job.error = "failed", refusal(error if what != "fault" else RuntimeError(value))
        self.scratch.erase(job.folder)

    def close(self) -> None:
        with self._news:
            self._over = True
            if self._process is not None and not self._keeping:
                self._process.end()
            self._news.notify_all()
        self._thread.join()
        self.scratch.close()


def _came(left: tuple[Path, Job | None]) -> int:
    """When a film that was left arrived (ns); first those whose film is kept already."""
    file = None if left[1] is None else left[1].file
    return 0 if file is None or not file.is_file() else file.stat().st_mtime_ns
