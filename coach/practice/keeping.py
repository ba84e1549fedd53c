"""Keeps a session while it is going on, in a thread of its own: tracks at once, pictures only where consent says so."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from coach.capture.writer import VideoWriter
from coach.domain import Image, InputError, TrackChunk
from coach.store import NewSession
from coach.store.recording import Recording

Deed: TypeAlias = Callable[[], None]
MOST_PICTURES = 60  # waiting to be written; more are left out, for a slow disk must not fill the memory


class Keeping:
    """One session in the store. What goes wrong with the disk is kept in :attr:`problem`; the practice goes on."""

    def __init__(
        self,
        start: Callable[[NewSession], Recording],
        tracks: Callable[[str], Iterable[TrackChunk]],
        new: NewSession,
    ) -> None:
        """:param start: begins a session in the store; :param tracks: gives what is kept of one"""
        self._tracks = tracks
        self._unsaved: list[TrackChunk] = []
        self.problem: InputError | None = None
        self.session = ""
        self._video = new.consent is not None and new.consent.video
        self._size = new.size
        self._recording: Recording | None = None
        self._writer: VideoWriter | None = None
        self._rated = False  # there is a result, which the video outlasts
        self._deeds: queue.SimpleQueue[Deed | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="coach-keeping", daemon=True)
        self._deeds.put(lambda: self._begin(start, new))
        self._thread.start()

    def _begin(self, start: Callable[[NewSession], Recording], new: NewSession) -> None:
        self._recording = start(new)
        self.session = self._recording.id
        if self._video:
            self._writer = VideoWriter(self._recording.video_path, self._size)

    @property
    def video(self) -> bool:
        """Whether the pictures are kept too."""
        return self._video

    # ------------------------------------------------------------------ from the coaching thread
    def chunk(self, chunk: TrackChunk) -> None:
        self._unsaved.append(chunk)
        self._deeds.put(self._append)

    def whole(self) -> list[TrackChunk]:
        """All chunks from the first, once those on their way are kept; what the disk refused is still in memory."""
        flushed = threading.Event()
        self._deeds.put(flushed.set)
        flushed.wait()
        return [*(self._tracks(self.session) if self.session else ()), *self._unsaved]

    def picture(self, image: Image, time_s: float) -> None:
        """Keeps a picture (height, width, 3) RGB; nothing happens without consent."""
        if self._video and self._deeds.qsize() < MOST_PICTURES:
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
        while (deed := self._deeds.get()) is not None:
            self._try(deed)
        self._try(self._end_video)
        if self._recording is not None:
            self._recording.__exit__(None, None, None)

    def _try(self, deed: Deed) -> None:
        """Whatever goes wrong with the disk, the practice goes on, and nobody waits for this thread in vain."""
        try:
            deed()
        except InputError as error:
            self.problem = error
        except Exception as error:
            self.problem = InputError("fault", what=f"{type(error).__name__}: {error}")

    def _append(self) -> None:
        """Keeps the oldest chunk that is not kept yet. After a refusal none any more: a gap would be a lie."""
        if self._recording is not None and self.problem is None and self._unsaved:
            self._recording.append(self._unsaved[0])
            del self._unsaved[0]

    def _write(self, image: Image, time_s: float) -> None:
        if self._writer is not None and (image.shape[1], image.shape[0]) == self._size:
            self._writer.write(image, time_s)

    def _finish(self, report: dict[str, Any], feedback: dict[str, Any], over: bool) -> None:
        if over:
            self._end_video()
        if self._recording is not None:
            self._recording.finish(report, feedback)
            self._rated = True

    def _discard(self) -> None:
        self._end_video()
        if self._recording is not None:
            recording, self._recording, self.session = self._recording, None, ""
            recording.discard()

    def _end_video(self) -> None:
        if self._writer is not None:
            writer, self._writer = self._writer, None
            writer.__exit__(None, None, None)
            if self._rated and self._recording is not None:
                self._recording.filmed()
