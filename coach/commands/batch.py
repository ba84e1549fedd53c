"""Reviewing videos one after the other or side by side; one that fails does not stop the others."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

from joblib import Parallel, delayed

from coach.commands.cluster import spread
from coach.commands.language import described
from coach.commands.progress import Bars
from coach.commands.quiet import quiet_libraries
from coach.commands.saving import Saving
from coach.domain import BackMark, Floats, InputError, Session
from coach.messages import Lang
from coach.protocol import Protocol

Progress: TypeAlias = Callable[[float, float | None], None]  # seconds of video done, its duration if known


@dataclass(frozen=True, slots=True)
class Job:
    """One video, and where its results go."""

    video: str
    json: str | None
    overlay: str | None
    parts: tuple[str, ...] = ()  # ids of those that are rated; all where none is named
    mirrored: bool = False  # the video shows a mirror's picture
    thorough: bool = False  # every picture is looked at
    pillow: bool = False  # nobody is massaged, but a pillow
    later: tuple[BackMark, ...] = ()  # where the back is from later times on


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job: a session, or what was wrong with the video, or a fault of ours."""

    job: Job
    session: Session | None = None
    refused: InputError | None = None
    fault: str | None = None
    trace: str = ""
    took_s: float = 0.0
    saved: str = ""  # the session's id in the store


def review_one(
    job: Job,
    protocol: Protocol,
    corners: Floats | None,
    lang: Lang,
    progress: Progress,
    saving: Saving | None = None,
) -> Outcome:
    """Reviews a video, and keeps the result where that was asked; never raises for what goes wrong with it."""
    began = time.monotonic()
    saved = ""
    try:
        with quiet_libraries():
            from coach import wiring  # noqa: PLC0415  late: MediaPipe takes a second, and only a review needs it

            kept = None if saving is None else wiring.Kept()
            told = job.video, protocol, corners, job.overlay, progress, lang, kept
            looked = job.parts, job.mirrored, job.thorough, job.pillow, job.later
            session = wiring.review(*told, None, *looked)
            if saving is not None and kept is not None:
                saved = saving.save(job.video, session, kept, protocol, job.pillow)
    except InputError as error:
        return Outcome(job, refused=error)
    except Exception as error:
        return Outcome(job, fault=described(error), trace=traceback.format_exc())
    return Outcome(job, session=session, took_s=time.monotonic() - began, saved=saved)


def outcomes(
    jobs: Sequence[Job],
    protocol: Protocol,
    corners: Floats | None,
    lang: Lang,
    workers: int,
    bars: Bars,
    saving: Saving | None = None,
    cluster: str | None = None,
) -> Iterator[Outcome]:
    """Reviews all the jobs and gives their outcomes in the jobs' order.

    :param corners: (4, 2) px, the same for all videos, or None
    :param cluster: the address of a Dask scheduler, whose workers then do it
    """
    if cluster is not None:
        one = partial(review_one, protocol=protocol, corners=corners, lang=lang, progress=_silent, saving=saving)
        yield from bars.several(len(jobs), spread(one, jobs, cluster))
        return
    if min(workers, len(jobs)) <= 1:
        for job in jobs:
            with bars.video(job.video) as progress:
                outcome = review_one(job, protocol, corners, lang, progress, saving)
            yield outcome
        return
    parallel = Parallel(n_jobs=min(workers, len(jobs)), return_as="generator")
    found = parallel(delayed(review_one)(job, protocol, corners, lang, _silent, saving) for job in jobs)
    yield from bars.several(len(jobs), found)


def _silent(done_s: float, duration_s: float | None) -> None:
    """In a process of its own there is nobody to tell."""
