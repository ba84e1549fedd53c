"""Keeps a session while it is going on, in a thread of its own: tracks at once, pictures only where consent says so."""

from __future__ import annotations

import contextlib
import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeAlias

from coach.capture.writer import VideoWriter
from coach.domain import Image, InputError, TrackChunk
from coach.store import NewSession
from coach.store.recording import Recording

Deed: TypeAlias = Callable[[], None]
MOST_PICTURES = 60  # waiting to be written; more are left out, for a slow disk must not fill the memory
AGAIN_S = 3.0  # between two tries where the disk refuses and nothing else comes: somebody may have made room


class Keeping:
    """One session in the store. The practice goes on, whatever goes wrong with the disk.

    What the disk refuses stays in memory and is tried again, in its order. :attr:`problem` is why something is not kept
    yet, None once all is. A video that cannot be written is given up (:attr:`video_lost`): its room is for the rest.
    """

    def __init__(
        self,
        start: Callable[[NewSession], Recording],
        tracks: Callable[[str], Iterable[TrackChunk]],
        new: NewSession,
        leave: Deed = lambda: None,
        begun: Callable[[str], None] = lambda _session: None,
    ) -> None:
        """:param start: begins a session in the store; :param tracks: gives what is kept of one

        :param leave: gives back what the thread has of the store; the last that it does
        :param begun: told the session's id once it is in the store, anew until the disk takes what it writes
        """
        self._start, self._tracks, self._new, self._leave = start, tracks, new, leave
        self._begun, self._untold_of = begun, True
        self._moving = threading.Lock()  # of a chunk from memory to the disk
        self._unsaved: list[TrackChunk] = []
        self._unnoted: list[dict[str, Any]] = []
        self.kept = 0  # results
        self._unrated: tuple[dict[str, Any], dict[str, Any]] | None = None  # a result that is not kept yet
        self._discarded = False
        self.problem: InputError | None = None
        self.session = ""
        self._agreed = new.consent is not None and new.consent.video
        self.video_lost = False  # the disk has refused it
        self._size = new.size
        self._recording: Recording | None = None
        self._writer: VideoWriter | None = None
        self._rated = False  # there is a result, which the video outlasts
        self._untold = False  # the video is there, and the store does not know it yet
        self._deeds: queue.SimpleQueue[Deed | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="coach-keeping", daemon=True)
        self._deeds.put(self._begin)
        self._thread.start()

    @property
    def video(self) -> bool:
        """Whether the pictures are kept too."""
        return self._agreed and not self.video_lost

    # ------------------------------------------------------------------ from the coaching thread
    def chunk(self, chunk: TrackChunk) -> None:
        self._unsaved.append(chunk)
        self._deeds.put(self._catch_up)

    def note(self, entry: dict[str, Any]) -> None:
        """Keeps what is to be noted of the practice (:mod:`coach.learn.lessons`)."""
        self._unnoted.append(entry)
        self._deeds.put(self._catch_up)

    def whole(self) -> list[TrackChunk]:
        """All chunks from the first, once those on their way are kept; what the disk refused is still in memory."""
        flushed = threading.Event()
        self._deeds.put(flushed.set)
        flushed.wait()
        with self._moving:
            return [*(self._tracks(self.session) if self.session else ()), *self._unsaved]

    def picture(self, image: Image, time_s: float) -> None:
        """Keeps a picture (height, width, 3) RGB; nothing happens without consent."""
        if self.video and self._deeds.qsize() < MOST_PICTURES:
            self._deeds.put(lambda: self._write(image, time_s))

    def finish(self, report: dict[str, Any], feedback: dict[str, Any], *, over: bool) -> None:
        """Keeps the result.

        :param over: no more pictures come; else the practice was stopped, and may go on
        """
        self._deeds.put(lambda: self._finish(report, feedback, over))

    def discard(self) -> None:
        """Takes the session out of the store again."""
        self._deeds.put(self._discard)

    def close(self) -> None:
        """Ends it; all that was given is on the disk on return."""
        self._deeds.put(None)
        self._thread.join()

    # ------------------------------------------------------------------ in the thread of its own
    def _run(self) -> None:
        while (deed := self._next()) is not None:
            self._try(deed)
        self._end_video()
        self._try(self._catch_up)
        if self._recording is not None:
            self._try(self._recording.close)
        self._try(self._leave)

    def _next(self) -> Deed | None:
        """What is to be done next: what has been refused, where nothing else comes."""
        try:
            return self._deeds.get(timeout=AGAIN_S if self.problem is not None else None)
        except queue.Empty:
            return self._catch_up

    def _try(self, deed: Deed) -> None:
        """Whatever goes wrong with the disk, the practice goes on, and nobody waits for this thread in vain."""
        try:
            deed()
        except InputError as error:
            if self.problem is None or self.problem.key != error.key:  # told once, however often it is tried again
                self.problem = error
        except Exception as error:
            self.problem = InputError("fault", what=f"{type(error).__name__}: {error}")

    def _begin(self) -> None:
        try:
            self._catch_up()
        except BaseException:
            self.video_lost = self._agreed  # it would lack the session's beginning
            raise
        if self._agreed and self._recording is not None:
            with self._filming():
                self._writer = VideoWriter(self._recording.video_path, self._size)

    def _catch_up(self) -> None:
        """Keeps what is not kept yet, oldest first: a gap would be a lie."""
        if self._discarded:
            return
        if self._recording is None:
            self._recording = self._start(self._new)
            self.session = self._recording.id
        while self._unsaved:
            with self._moving:
                self._recording.append(self._unsaved[0])
                del self._unsaved[0]
        while self._unnoted:
            self._recording.note(self._unnoted[0])
            del self._unnoted[0]
        if self._unrated is not None:
            self._recording.finish(*self._unrated)
            self.kept += 1
            self._rated, self._unrated, self._untold = True, None, False  # it tells of a video that is there
        if self._untold:
            self._recording.filmed()
            self._untold = False
        if self._untold_of:
            self._begun(self.session)
            self._untold_of = False
        self.problem = None

    def _finish(self, report: dict[str, Any], feedback: dict[str, Any], over: bool) -> None:
        if over:
            self._end_video()
        self._unrated = report, feedback
        self._catch_up()

    def _discard(self) -> None:
        self._discarded = True
        self._end_video()
        if self._recording is not None:
            recording, self._recording, self.session = self._recording, None, ""
            recording.discard()

    # ------------------------------------------------------------------ the video
    @contextlib.contextmanager
    def _filming(self) -> Iterator[None]:
        """Whatever goes wrong with the video while inside, it alone is given up."""
        try:
            yield
        except Exception as error:
            writer, self._writer, self.video_lost = self._writer, None, True
            if writer is not None:
                with contextlib.suppress(OSError):  # a disk that can only be read
                    writer.__exit__(type(error), error, None)

    def _write(self, image: Image, time_s: float) -> None:
        if self._writer is not None and (image.shape[1], image.shape[0]) == self._size:
            with self._filming():
                self._writer.write(image, time_s)

    def _end_video(self) -> None:
        if self._writer is not None:
            with self._filming():
                writer, self._writer = self._writer, None
                writer.__exit__(None, None, None)
                self._untold = self._rated
