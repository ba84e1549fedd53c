"""The tutor: one live session, from the first frame to the last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from coach.domain import Hand, HandTrack, Span
from coach.learn.states import Stage
from coach.parameters.hints import LEARNED_AFTER, STEP_DONE_SHOWN_S
from coach.parameters.live_steps import STEP_BEGAN_BEFORE_S
from coach.protocol import Protocol, Segment
from coach.tutor import window as windows
from coach.tutor.course import Course
from coach.tutor.doubt import perhaps_done
from coach.tutor.ending import Ending
from coach.tutor.free_practice_hints import free_practice_hints
from coach.tutor.gestures import Gestures
from coach.tutor.ghost import ghost
from coach.tutor.guided_hints import guided_hints, left_behind
from coach.tutor.practised import Practised
from coach.tutor.state import Command, Deed, Ghost, Hint, Mode, Phase, Seeing, StepState, TutorState
from coach.tutor.unguided import Unguided
from coach.tutor.unseen import Sight
from coach.tutor.voice import Voice
from coach.tutor.window import Past, Window, WindowReading


@dataclass(slots=True)
class Tutor:
    """Follows one session. Call from one thread: :meth:`see` for every frame, :meth:`read` for every reading.

    :param history: how many times in a row each segment was done right before
    """

    protocol: Protocol
    mode: Mode
    history: Mapping[str, int] = field(default_factory=dict)
    phase: Phase = "ready"
    marked: bool = True  # the back is: before, an open palm neither starts nor goes on
    steps: tuple[str, ...] = ()  # that are practised where steps are asked for; all by default
    stage: Stage = "trace"  # with how much help: the ghost, hints alone, or nothing until a step's end
    occupied: bool = False  # the trainee is, with something else: the same
    touching: bool = False  # the back, to mark it before a step is practised again: palms can only stop
    asked: bool = False  # something, which palms answer: the same
    _now_s: float = 0.0
    _course: Course = field(init=False)
    _past: Past = field(default_factory=lambda: Past.none(0.0))
    _pauses: list[Span] = field(default_factory=list)
    _paused_s: float | None = None
    _gestures: Gestures = field(default_factory=Gestures)
    _sight: Sight = field(default_factory=Sight)
    _voice: Voice = field(default_factory=Voice)
    _was_unseen: bool = False
    _blind: bool = False  # no pictures come
    _unguided: Unguided = field(init=False)
    ending: Ending = field(default_factory=Ending)

    def __post_init__(self) -> None:
        self._course, self._unguided = Course(self.protocol.segments), Unguided(self.protocol)

    # ------------------------------------------------------------------ commands
    def command(self, command: Command, now_s: float) -> None:
        """Does what is asked; what makes no sense in this phase is ignored."""
        self._now_s = max(self._now_s, now_s)
        match command.deed:
            case "start" if self.phase == "ready":
                self._begin(now_s)
                self._say_phase("phase_start")
            case "start" | "resume" if self.phase in ("paused", "stopped"):
                self._resume(now_s)
            case "pause" if self.phase == "practising":
                self._rest("paused", now_s)
            case "stop" if self.phase in ("practising", "paused"):
                self._rest("stopped", now_s)
            case "finish" if self.phase in ("practising", "paused", "stopped"):
                self._finish()
            case "again" if self.phase != "ready" and known(command.segment, self.protocol):
                self.stage = command.stage
                self._again(tuple((command.segment or "").split(",")), now_s)
            case "repeat" | "next" | "previous" if self.phase in ("practising", "paused") and self.mode == "guided":
                self._turn_to({"repeat": 0, "next": 1, "previous": -1}[command.deed], now_s)
            case _:
                pass
        self._voice.tick(self._now_s)

    def _begin(self, now_s: float) -> None:
        self.phase, self._pauses = "practising", []
        self._course.begin(self._planned)
        self.ending = Ending()
        self._paused_s = None
        self._past = Past.none(now_s)
        self._voice.begin()
        self._sight.reset()
        if self.mode == "guided":
            self._go(0, now_s, joined=False)

    @property
    def _planned(self) -> tuple[Segment, ...]:
        """The steps, in the protocol's order."""
        return tuple(s for s in self.protocol.segments if not self.steps or self.mode != "guided" or s.id in self.steps)

    def _again(self, steps: tuple[str, ...], now_s: float) -> None:
        """A run of just these segments, guided."""
        self.mode, self.steps = "guided", steps
        self._voice.hush()
        self._begin(now_s)

    def _rest(self, phase: Literal["paused", "stopped"], now_s: float) -> None:
        """A pause; a stop for pain is one too, in case it passes."""
        if self._paused_s is None:
            self._paused_s = now_s
        self.phase = phase
        self._voice.hush()
        self._say_phase(f"phase_{phase}")

    def _resume(self, now_s: float) -> None:
        self.phase = "practising"
        if self._paused_s is not None:
            self._pauses.append(Span(self._paused_s, now_s))
            self._paused_s = None
        self._sight.reset()
        if self._course.at is not None:
            self._course.at.missed_s = now_s
        self._say_phase("phase_resumed")

    def _turn_to(self, by: int, now_s: float) -> None:
        if self.phase == "paused":
            self._resume(now_s)
        self._voice.hide()
        self._leave(repeats=by == 0)
        if self._course.index + by >= len(self._course.steps):
            self._finish()
            return
        self._go(max(0, self._course.index + by), now_s, joined=False)
        if by == 0:
            self._say_phase("phase_repeat")

    def _leave(self, *, repeats: bool = False) -> None:
        """The step that a command ends; of one that was not begun there is nothing to note."""
        at = self._course.at
        if self.mode == "guided" and at is not None and (at.done or at.underway) and self._course.over is None:
            self.ending.close(at, right=at.done and self.ending.lasting(at) is None)
        if repeats:
            self.ending.again()

    def _finish(self) -> None:
        self._leave()
        self.phase, self._course.at = "finished", None
        self._voice.hush()
        self._say_phase("phase_finished")

    def _say_phase(self, clip: str) -> None:
        self._voice.phase(clip, self._now_s)

    def _go(self, index: int, since_s: float, joined: bool = True, *, enough: bool = False) -> None:
        self.ending.begin()
        at = self._course.go(index, since_s, joined)
        self._voice.step(at, self._now_s, how=self._teaches(at), enough=enough)

    def _left(self, at: Practised) -> bool:
        """The trainee has gone on by herself; returns whether it is still to be said that it was enough."""
        right = at.done and self.ending.lasting(at) is None
        if at.done or at.underway:
            self.ending.close(at, right=right)
        return right and not self._proves and not self._voice.told_enough(at)

    def _teaches(self, at: Practised) -> bool:
        """Whether it is told how the step goes: while it is new to her."""
        return self.mode == "guided" and self.stage == "trace" and self._fading(at) < 1.0

    @property
    def pauses(self) -> tuple[Span, ...]:
        """Those that are over, stops for pain that were taken back among them."""
        return tuple(self._pauses)

    # ------------------------------------------------------------------ frames
    def see(self, seeing: Seeing) -> Deed | None:
        """Takes one frame. Obeys gestures by itself; returns what a gesture asked for."""
        self._now_s, self._blind = max(self._now_s, seeing.now_s), False
        self._course.see(seeing)
        free, guided = not (self.occupied or self.touching or self.asked), self.mode == "guided"
        phase = "ready" if self.touching or self.asked else self.phase
        deed = self._gestures.see(seeing, phase, self.marked, may_repeat=guided, free=free, asked=self.asked)
        if deed is not None:
            self.command(Command(deed), seeing.now_s)
        if self.phase == "practising":
            self._watch(seeing)
        self._voice.tick(self._now_s, aloud=not self._proves)
        self.ending.show(self._voice.hint)
        return deed

    def _watch(self, seeing: Seeing) -> None:
        at = self._course.at if self.mode == "guided" else None
        rule, waits = (at.segment.hands, at.waits(self._now_s)) if at is not None else (None, False)
        self._sight.see(seeing, rule, waits=waits)
        unseen = self._sight.shown is not None
        if self._sight.shown is not None and not self._was_unseen:
            self._voice.unseen(self._sight.shown, self._now_s, aloud=self.mode != "exam")
        elif not unseen:
            self._voice.seen()
        self._was_unseen = unseen
        if at is None:
            return
        if unseen and not waits:
            at.missed_s = self._now_s
        at.see(seeing)
        if self._course.over is not None and not at.done:
            self._course.over = None  # a press that seemed long enough slid on to another point
        if at.holding is not None and at.done and self._course.over is None:
            over_s = at.over_s(self._now_s)
            self._end(at, self._now_s if over_s is None else over_s)
        if self._course.over is not None and self._now_s >= self._course.over[1]:
            self._advance(self._course.over[0])
        elif self.ending.over(self._now_s):
            self._end(at, at.over_s(self._now_s) or self._now_s, waits=False)

    def tick(self, now_s: float) -> None:
        """Lets time pass while no pictures come: what waits to be said is said."""
        self._voice.tick(max(self._now_s, now_s))

    def blind(self, now_s: float) -> None:
        """No pictures come any more: what was to be said of the last ones says nothing of what is done now."""
        self._now_s, self._blind = max(self._now_s, now_s), True
        self._voice.hush()

    # ------------------------------------------------------------------ readings
    @property
    def wants_reading(self) -> bool:
        return self.phase == "practising" and not self._blind

    @property
    def since_s(self) -> float:
        """From when on the next reading needs the tracks."""
        return windows.since(self._past)

    def window(self, tracks: Mapping[Hand, HandTrack]) -> Window:
        """What the next reading is made of.

        :param tracks: from :attr:`since_s` on
        """
        step = self._course.at.step if self._course.at is not None and self.mode == "guided" else None
        return windows.window(tracks, self._past, step)

    def read(self, reading: WindowReading) -> None:
        """Takes one reading; one of an earlier run, of a step that is over, or of a lost camera counts no more."""
        if not self.wants_reading or reading.past.start_s != self._past.start_s:
            return
        self._past = reading.past
        if self.mode != "guided":
            self._recognise(reading)
        elif self._course.at is not None and reading.step == self._course.at.step:
            self._guide(self._course.at, reading)

    def _guide(self, at: Practised, reading: WindowReading) -> None:
        if self._course.joins(reading):
            return
        instead = self._course.mistaken(reading)
        if instead is not None:
            self._voice.hide()
            self._course.back()
            self._follow(instead.segment_id, instead.span.start_s - STEP_BEGAN_BEFORE_S)
            return
        at.read(reading, self.protocol, self._pauses)
        self._announce(at, reading)
        over_s, next_s = at.over_s(reading.at_s), at.known.next_since_s
        gone_on = at.gone_on(reading.at_s, perhaps_done=perhaps_done(at, reading))
        goes_on = self._course.over is None
        if not self._was_unseen and not self._course.doubted:
            wanted = tuple(guided_hints(at, reading, self.protocol))
            self.ending.hear(wanted)
            follows = goes_on and over_s is None and gone_on is not None
            self._hear(map(left_behind, wanted) if follows else wanted, leaves=goes_on and next_s is not None)
            at.pace.count(at.count, right=not any(hint.segment == at.segment.id for hint in wanted))
        if not goes_on:
            return
        waiting = self.ending.flaw is not None
        if over_s is not None and not (waiting and gone_on is not None):
            self._end(at, over_s, waits=not (at.progress.next or next_s is not None))
        elif gone_on is not None:
            self._follow(gone_on.segment_id, gone_on.span.start_s - STEP_BEGAN_BEFORE_S)
        elif next_s is not None:
            self._go(self._course.index + 1, next_s - STEP_BEGAN_BEFORE_S, enough=self._left(at))

    def _recognise(self, reading: WindowReading) -> None:
        before = self._course.at
        newest = self._unguided.newest(reading, before)
        self._course.done = self._unguided.done(reading)
        if newest is None:
            self._course.at = None
            self._voice.hear((), self._now_s, 0.0, ())
        if newest is None or newest is before:
            return
        if before is None or before.segment.id != newest.segment.id:
            self._voice.recognised(newest)
        self._course.at, self._course.index = newest, self.protocol.rank[newest.segment.id]
        if self.mode == "free":
            self._voice.count(newest, reading.at_s, self._now_s)
            if not self._was_unseen:
                self._hear(free_practice_hints(newest, reading, self.protocol), leaves=self._unguided.steady)

    def _hear(self, wishes: Iterable[Hint], *, leaves: bool = False) -> None:
        here = self._course.at.being_done if self._course.at is not None else ()
        self._voice.hear(wishes, self._now_s, self._fading(), here, leaves=leaves)
        self.ending.show(self._voice.hint)

    def _announce(self, at: Practised, reading: WindowReading) -> None:
        """Says the count; with the last one that is needed, and no mistake, what comes next."""
        if at.done and self._course.over is None and self.ending.lasting(at) is None and self.stage != "prove":
            self._voice.enough(at, self._next(), self._now_s)
        if self.stage != "prove" or self.mode != "guided":
            self._voice.count(at, reading.at_s, self._now_s)

    # ------------------------------------------------------------------ from step to step
    def _end(self, at: Practised, ended_s: float, *, waits: bool = True) -> None:
        """The step is over: for a moment it is shown as done, unless the trainee is at the next one already.

        With a mistake that lasted it is asked whether she repeats it; who goes on is not held up.

        :param waits: for the answer
        """
        flaw = self.ending.lasting(at)
        if flaw is not None and waits:
            if self.ending.wait(at, flaw, self._now_s):
                self._voice.flawed(flaw, self._now_s)
            return
        self._course.over = ended_s, self._now_s + (STEP_DONE_SHOWN_S if at.full and flaw is None else 0.0)
        self.ending.close(at, right=flaw is None)
        if flaw is None:
            self._voice.enough(at, self._next(), self._now_s)

    def _advance(self, since_s: float) -> None:
        """The step is done: the next one began when it ended."""
        index = self._course.following()
        if index is None:
            self._finish()
        else:
            self._go(index, since_s)

    def _follow(self, segment_id: str, since_s: float) -> None:
        """The trainee has gone on to another step; what is missing has been said."""
        index, at = self._course.place(segment_id), self._course.at
        if index is None:
            return
        enough = at is not None and self._left(at)
        self.ending.begin()
        self._voice.step(self._course.follow(index, since_s), self._now_s, enough=enough)

    # ------------------------------------------------------------------ what is shown
    @property
    def state(self) -> TutorState:
        """All that a page shows now."""
        shown = self.phase == "practising"
        return TutorState(
            phase=self.phase,
            mode=self.mode,
            step=self._step() if self.phase in ("practising", "paused") else None,
            done_segments=self._course.done,
            ghost=self._ghost() if shown else None,
            hint=self._voice.hint if shown and self.mode != "exam" and not self._proves else None,
            unseen=self._sight.shown if shown else None,
            gesture=self._gestures.shown,
            say=self._voice.said,
            fading=round(self._fading(), 2),
            stage=self.stage,
            steps=tuple(step.id for step in self._planned),
            flawed=self.ending.flawed,
            next=self._next(),
        )

    @property
    def _proves(self) -> bool:
        """Whether nothing is told until a step's end."""
        return self.mode == "guided" and self.stage == "prove"

    def _next(self) -> str | None:
        index = self._course.following(ahead=True) if self.mode == "guided" and self._course.at is not None else None
        return None if index is None else self._course.steps[index].id

    def _step(self) -> StepState | None:
        if self._course.at is None:
            return None
        of = len(self._course.steps) if self.mode == "guided" else len(self.protocol.segments)
        return replace(self._course.at.state(self._course.index, of), flaw=self.ending.flaw)

    def _ghost(self) -> Ghost | None:
        if self.mode != "guided" or self.stage != "trace" or self._course.at is None or self._fading() >= 1.0:
            return None
        at = self._course.at
        return ghost(at.segment, at.pace.gone_s, at.pace.share, frozenset(at.known.points()))

    def _fading(self, at: Practised | None = None) -> float:
        """0 while a step is new, or needed a hint just now; 1 once it is learned."""
        at = at or self._course.at
        if at is None or at.segment.id in self._voice.hinted:
            return 0.0
        return min(1.0, self.history.get(at.segment.id, 0) / LEARNED_AFTER)


def known(steps: str | None, protocol: Protocol) -> bool:
    """Whether there are such steps, joined by commas."""
    return steps is not None and all(step in protocol.rank for step in steps.split(","))
