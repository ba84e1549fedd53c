"""One session from its start to its result: the tutor is shown every picture, and everything is kept and read."""

from __future__ import annotations

import dataclasses
from bisect import bisect_left
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from coach.detect.back import BackFollower
from coach.detect.flow import OpticalFlow
from coach.domain import BackInfo, BackMark, Floats, Frame, HandObservation, Moved, PracticeInfo, Span
from coach.learn.lessons import Done, Planned
from coach.learn.states import Stage
from coach.locate.following import Following
from coach.pipeline import LiveHand, Watching
from coach.ports import HandFinder
from coach.practice import result
from coach.practice.keeping import Keeping
from coach.practice.past import Cut, cut_s, forget, without_pauses
from coach.practice.reader import Reader
from coach.protocol import Protocol
from coach.recording import Recorder
from coach.summary.report import report
from coach.tutor import Command, Deed, Phase, Tutor, TutorState, WindowReading, see

STEP_S = 1 / 15  # stands where a pause was: the time between two pictures
# Up to so long all of a session is kept in memory, and its result is there at once; of a longer one only the last
# minutes, and at its end the store's recording is read. The tutor looks back by less than a minute.
LONG_S, RECENT_S = 1200.0, 300.0
LEAST_HANDS = 0.1  # of the pictures: fewer that show a hand, none of which could be followed, show none
CHUNK_S = 0.9  # of tracks go to the disk at once: no more than a second is lost, however the program ends


class Lesson:
    """From "ready" to "finished" or "stopped". All in the coaching thread.

    :param keep: begins to keep a session that starts with these corners (4, 2) px and pictures (width, height) px
    :param steps: that are practised; all where there are none
    :param stage: with how much help
    :param pillow: nobody lies there, but a pillow
    """

    def __init__(
        self,
        protocol: Protocol,
        mode: Any,
        history: dict[str, int],
        reader: Reader,
        keep: Callable[[Floats, tuple[int, int], str | None], Keeping | None],
        steps: tuple[str, ...] = (),
        stage: Stage = "trace",
        pillow: bool = False,
    ) -> None:
        self.tutor = Tutor(protocol, mode, history, steps=steps, stage=stage)
        self.result: dict[str, Any] | None = None
        self.sheet: dict[str, Any] | None = None  # the result of the whole, while one segment is practised again
        self.keeping: Keeping | None = None
        self._protocol, self._reader, self._keep = protocol, reader, keep
        self._pillow = pillow
        self._watching: Watching | None = None
        self._recorder: Recorder | None = None
        self._index = self._handed = 0  # pictures, and those with a hand
        self._following: Following | None = None
        self._cuts: list[Cut] = []
        self._resting = False
        self._segment = ",".join(steps) or None  # all that is practised, joined by commas; None where all is
        self._relieved = False  # it was stopped for pain and went on
        self._vain = False  # there was nothing to rate
        self._about = PracticeInfo("")
        self._began = ""  # local time, ISO
        self._whole: Callable[[], bool] | None = None  # asks for the reading of the whole, while that is wanted
        self._forgot = False  # the beginning, which the store still has
        self._refused: set[str] = set()  # what the disk refuses, as far as it was told

    @property
    def state(self) -> TutorState:
        return self.tutor.state

    @property
    def phase(self) -> Phase:
        return self.tutor.phase

    @property
    def going(self) -> bool:
        """Whether there is something under way that a person may pause or end."""
        return self.phase in ("practising", "paused")

    @property
    def kept(self) -> int:
        """How many results of this run the store has."""
        return 0 if self.keeping is None else self.keeping.kept

    @property
    def unfinished(self) -> bool:
        """Whether it has begun and is under way, or may go on after a stop."""
        return self._watching is not None and self.phase != "finished"

    @property
    def busy(self) -> bool:
        """Whether the result is being made; until it is there, nothing else may begin, or it would be lost."""
        return self._watching is not None and self.phase in ("finished", "stopped") and self.result is None

    # ------------------------------------------------------------------ commands
    def command(self, command: Command, now_s: float) -> None:
        self.tutor.command(command, now_s)
        self._segment = command.segment if command.deed == "again" else self._segment

    def begin(self, finder: HandFinder, corners: Floats, size: tuple[int, int]) -> None:
        """The tutor has started: from the next picture on all is watched and kept.

        :param corners: (4, 2) px of the back now
        """
        self._keep_sheet()
        self.end_keeping()
        self._following = Following(corners, BackFollower)
        self._recorder = Recorder(finder, OpticalFlow(), self._following)
        self._watching = Watching(self._recorder, self._recorder, self._recorder, corners, size, self._pillow)
        self.keeping = self._keep(corners, size, self._segment)
        if self.keeping is not None and self.tutor.mode == "guided":
            self.keeping.note(Planned(steps=self.tutor.state.steps, stage=self.tutor.stage).model_dump(mode="json"))
        self.result, self._whole, self._forgot = None, None, False
        self._index = self._handed = 0
        self._cuts, self._resting = [], False
        self._vain = self._relieved = False
        self._began = datetime.now().isoformat(timespec="seconds")

    def go_on(self, before: str) -> None:
        """After a pause or a stop: what was rated until then is rated anew at the end.

        :param before: the phase until now
        """
        self._keep_sheet()
        self.result = self._whole = None
        self._vain, self._relieved = False, self._relieved or before == "stopped"

    def _keep_sheet(self) -> None:
        """Where one segment is practised again, the result of the whole is kept beside it."""
        if self._segment is not None and self.result is not None and self.result.get("segment") is None:
            self.sheet = None if "error" in self.result else self.result

    def back_to_sheet(self) -> bool:
        """After one segment was practised again: shows the result of the whole again, where there is one."""
        if self.sheet is None or self.going or self.busy:
            return False
        self.result, self.sheet = self.sheet, None
        return True

    def mark(self, corners: Floats) -> None:
        """The back is here now, whatever was believed: in live practice and in every later reading, from here on.

        :param corners: (4, 2) px of the newest picture; the massage has begun
        """
        if self._following is not None:
            self._following.mark(corners)

    # ------------------------------------------------------------------ each picture
    def watch(self, frame: Frame, found: Sequence[HandObservation]) -> tuple[LiveHand, ...]:
        """Takes a picture and the hands in it; returns whose they are, () where nothing is under way."""
        if self._watching is None:
            return ()
        if self.phase != "practising":  # a pause is no part of the massage; only the back is followed on
            self._rest(self._watching, frame, found)
            return ()
        return self._watch(self._watching, frame, found)

    def _rest(self, watching: Watching, frame: Frame, found: Sequence[HandObservation]) -> None:
        if not self._resting:
            self._hand_over()
        self._resting = True
        if self._following is not None and watching.motions:
            self._following.watch(frame, found)

    def show(
        self, frame: Frame, hands: Sequence[LiveHand], found: Sequence[HandObservation], light: float | None
    ) -> Deed | None:
        """Shows the tutor what :meth:`watch` made of the same picture; returns what a raised palm asked for.

        :param light: 0–255, the picture's mean, where it is known
        """
        known = self._watching if hands else None
        plane = known.plane() if known is not None else None
        eye = known.eye() if known is not None and self.tutor.protocol.surface == "back" else None
        size = (frame.image.shape[1], frame.image.shape[0])
        return self.tutor.see(see(frame.time_s, tuple(hands), tuple(found), size, plane, light, eye))

    def _watch(self, watching: Watching, frame: Frame, found: Sequence[HandObservation]) -> tuple[LiveHand, ...]:
        if self._resting and watching.time_s:
            self._cuts.append(Cut(frame.time_s, self._cut_s + frame.time_s - watching.time_s[-1] - STEP_S))
        self._resting = False
        self._index += 1
        self._handed += bool(found)
        watching.observe(Frame(self._index, frame.time_s, frame.image), tuple(found))
        if self.keeping is not None:
            self.keeping.picture(frame.image, frame.time_s - watching.time_s[0] - self._cut_s)
        if self._recorder is not None and self._recorder.waiting_s >= CHUNK_S:
            self._hand_over()
        return watching.hands()

    @property
    def _cut_s(self) -> float:
        """How long all pauses so far were."""
        return self._cuts[-1].total_s if self._cuts else 0.0

    def _hand_over(self) -> None:
        """Gives what was noted to the store; it is forgotten where there is none."""
        chunk = self._recorder.take() if self._recorder is not None else None
        if chunk is not None and self.keeping is not None and self._watching is not None:
            start_s = self._watching.time_s[0] + self._cut_s
            self.keeping.chunk(dataclasses.replace(chunk, time_s=chunk.time_s - start_s))
            self._forget(self._watching)

    @property
    def back(self) -> Floats | None:
        """(4, 2) px of the back in the newest picture."""
        return None if self._following is None else self._following.back

    @property
    def astray(self) -> bool:
        """Whether the camera was moved since the back was marked, and nobody knows where the back is now."""
        return self._following is not None and self._following.astray

    def _moved(self) -> tuple[Moved, ...]:
        """When the camera was moved, in times that know no pauses, as the recording's do."""
        if self._following is None or self._watching is None or not self._watching.time_s:
            return ()
        spans = [(one.span.start_s, one.span.end_s, one.followed) for one in self._following.moved]
        return tuple(Moved(Span(self._kept_s(a), self._kept_s(b)), followed) for a, b, followed in spans)

    def _back(self, watching: Watching) -> BackInfo:
        later = tuple(BackMark(self._kept_s(mark.from_s), mark.corners) for mark in watching.later())
        return BackInfo("given", watching.corners, later)

    def _kept_s(self, at_s: float) -> float:
        """A time of the practice, as the recording has it."""
        start_s = self._watching.time_s[0] if self._watching is not None else 0.0
        return at_s - start_s - cut_s(self._cuts, at_s)

    # ------------------------------------------------------------------ readings
    def tick(self) -> None:
        """Fetches and asks for readings; called again and again."""
        self._note()
        self._fetch()
        watching = self._watching
        if watching is None:
            return
        over = self.phase in ("finished", "stopped")
        if not watching.time_s:
            if over and self.result is None:
                self._nothing()
        elif over:
            self._finish(watching)
        elif self.tutor.wants_reading and self._reader.idle:
            self._reader.ask(self.tutor.window(watching.tracks(self.tutor.since_s)))

    def _note(self) -> None:
        """Gives the store how each step went."""
        ended = self.tutor.ending.ended
        while ended:
            step = ended.pop(0)
            done = Done(segment=step.segment, stage=self.tutor.stage, right=step.right, flaw=step.flaw)
            if self.keeping is not None:
                self.keeping.note(done.model_dump(mode="json"))

    def _fetch(self) -> None:
        answer = self._reader.poll()
        if isinstance(answer, WindowReading):
            self.tutor.read(answer)
        elif answer is not None and self._whole is not None and self._watching is not None:
            self._whole = None
            back = self._back(self._watching)
            made = result.session(answer, self._protocol, back, self._about, self._moved())
            if not result.seen(made) and self._handed < LEAST_HANDS * self._index:
                self._nothing()
                return
            self.result = result.shown(made, self._protocol) | {"segment": self._segment, "began": self._began}
            if self.keeping is not None:
                self.keeping.finish(report(made), self.result["feedback"], over=self.phase == "finished")

    def _practised(self) -> PracticeInfo:
        pauses = self.tutor.pauses
        return PracticeInfo(
            mode="again" if self._segment is not None else self.tutor.mode,
            segment=self._segment,
            pauses=len(pauses),
            paused_s=sum(pause.duration_s for pause in pauses),
            pain="ended" if self.phase == "stopped" else "over" if self._relieved else "",
        )

    def _finish(self, watching: Watching) -> None:
        """Once it is over: the whole is read as a review reads it."""
        if self.result is not None or self._reader.asked in ("whole", "replay"):
            return
        if self._whole is None:
            self._hand_over()
            self._whole, self._about = self._question(watching), self._practised()
        self._whole()

    def _question(self, watching: Watching) -> Callable[[], bool]:
        size = watching.size
        if self._forgot and self.keeping is not None and size is not None:
            chunks = self.keeping.whole()
            return lambda: self._reader.ask_replay(chunks, watching.corners, size, watching.flat)
        tracks = without_pauses(watching.tracks(), self._cuts)
        return lambda: self._reader.ask_whole(tracks)

    def _forget(self, watching: Watching) -> None:
        """Lets go of the beginning of a very long session, once the store has it."""
        if self.keeping is None or self.keeping.problem is not None:
            return
        if watching.time_s[-1] - watching.time_s[0] > LONG_S:
            forget(watching.tracker, bisect_left(watching.time_s, watching.time_s[-1] - RECENT_S))
            self._forgot = True

    def _nothing(self) -> None:
        """It was over before a picture came, or no hand was in one: there is nothing to rate and nothing to keep."""
        pictures = self._watching is not None and bool(self._watching.time_s)
        self._vain = True
        self.result = {"error": "result_no_hands" if pictures else "result_nothing", "segment": self._segment}
        if self.keeping is not None and self.phase == "finished":  # after a stop it may go on
            self.keeping.discard()

    def refusal(self) -> str | None:
        """A key of the catalogue where the disk has begun to refuse something of the session; told once each."""
        keeping = self.keeping
        now = {
            "unsaved": keeping is not None and keeping.problem is not None,
            "unsaved_video": keeping is not None and bool(keeping.session) and keeping.video_lost,
        }
        fresh = [key for key, refused in now.items() if refused and key not in self._refused]
        self._refused = {key for key, refused in now.items() if refused}
        return fresh[0] if fresh else None

    def end_keeping(self) -> None:
        """All that was given to the store is on the disk afterwards."""
        if self.keeping is not None:
            self._hand_over()
            if self._vain:
                self.keeping.discard()
            self.keeping.close()
            self.keeping = None

    # ------------------------------------------------------------------ what the page is told
    def shown(self, state: TutorState) -> dict[str, Any]:
        """The tutor's part of the state, JSON-ready."""
        told = dataclasses.asdict(state)
        for name in ("say", "phase", "mode"):  # told elsewhere
            told.pop(name)
        return told
