"""What is written down of a film that waits to be scored: neither a crash nor a closed lid loses its marks and consent.

Only where somebody agreed to the scoring: a film without that does not outlive the program.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from coach.domain import InputError
from coach.store import About, Consent, Store
from coach.store.errors import told
from coach.store.scratch import TICKET
from coach.trainer.job import Job
from coach.trainer.worker import Task

MOST_BEGUN = 3  # a film that has ended the program so often is not tried again
_PLAIN = ("name", "kader", "posyandu")


def write(job: Job) -> None:
    """Before the work begins, and anew when it does; nothing where nobody agreed to it.

    :raises InputError: store_full, …
    """
    task = job.task
    if task is None or not task.agreed or task.consent is None:
        return
    kept: dict[str, Any] = {name: getattr(task, name) for name in _PLAIN} | {
        "corners": task.corners.tolist(),
        "protocol": task.protocol_file.decode("utf-8"),
        "consent": asdict(task.consent),
        "parts": task.parts,
        "about": asdict(task.about),
        "size": list(job.size),
        "duration_s": job.duration_s,
        "begun": job.begun,
    }
    file = job.folder / TICKET
    with told(str(file)):
        part = file.with_suffix(".part")
        with part.open("w", encoding="utf-8") as stream:
            json.dump(kept, stream)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(file)


def read(place: Path, store: Store) -> Job | None:
    """A film that waits, out of its place; None for one that cannot be made out."""
    try:
        kept = json.loads((place / TICKET).read_text("utf-8"))
        consent = kept["consent"]
        task = Task(
            video=str(place / "upload"),
            corners=np.array(kept["corners"], dtype=np.float64).reshape(4, 2),
            protocol_file=kept["protocol"].encode("utf-8"),
            folder=store.folder,
            url=store.url,
            consent=Consent(**(consent | {"checks": tuple(consent["checks"])})),
            session=place.name,
            parts=tuple(kept.get("parts", ())),
            about=About(**kept.get("about", {})),  # an older coach wrote neither
            **{name: kept[name] for name in _PLAIN},
        )
        job = Job(place.name, task.name, place, state="waiting", task=task, begun=int(kept["begun"]))
        job.size, job.duration_s = (int(kept["size"][0]), int(kept["size"][1])), kept["duration_s"]
    except (OSError, ValueError, TypeError, KeyError, IndexError, AttributeError):
        return None
    return job if task.agreed and job.file.is_file() else None


def kept_already(job: Job, store: Store) -> bool:
    """Whether the store has the session, for the program ended just after; half a session is taken away.

    :raises InputError: store_…
    """
    try:
        found = store.session(job.id)
    except InputError as error:
        if error.key == "session_missing":
            return False
        raise
    if found.row.state != "finished":
        store.discard(job.id)
        return False
    film = None if job.task is None or job.task.film is None else Path(job.task.film)
    if film is not None and film.is_file() and store.video(job.id) is None:
        store.keep_video(job.id, film)
    return True


def begun(job: Job, by: int) -> None:
    """Counts that the work was begun, or that it was ended on purpose."""
    job.begun = max(0, job.begun + by)
    write(job)
