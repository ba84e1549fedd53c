"""The practice itself: one thread that looks, coaches, tells the page, and obeys it."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import queue
import threading
import time
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import Any, Literal, TypeAlias

from coach.capture.camera import CLOCK
from coach.capture.jpeg import resized
from coach.domain import Floats, Frame, HandObservation, Image, InputError
from coach.locate.turn import kept_turn
from coach.messages import Lang
from coach.pipeline import LiveHand
from coach.practice.asking import Asking
from coach.practice.eyes import Eyes, Shot
from coach.practice.finding import Finding
from coach.practice.lesson import Lesson
from coach.practice.memory import Memory
from coach.practice.minding import Minding
from coach.practice.orders import Orders
from coach.practice.place import Place
from coach.practice.preview import Rate
from coach.practice.reader import Reader
from coach.practice.settings import Agreed, Settings
from coach.practice.setup import SetUp
from coach.practice.setup_check import load_limits
from coach.practice.showing import KnownPicture, Showing
from coach.practice.shown import Shown
from coach.practice.speech import Speech
from coach.practice.state import shown
from coach.practice.stride import Stride
from coach.practice.whereabouts import Whereabouts
from coach.web.live import Listener
from coach.web.said import Asks, Occupied, Said

Stage: TypeAlias = Literal["welcome", "consent", "setup", "lesson"]
TURN_S = 0.1  # so often at least everything but pictures is seen to
STATE_S, QUIET_S = 0.1, 1.0  # between two states that differ, and between two that do not
LIGHT_S = 0.5  # between two looks at the light
WARM_UP_S = 2.0  # before MediaPipe loads, unless a page is there: importing it and the browser's start compete


@dataclass(slots=True)
class Practice:
    """A :class:`coach.web.live.Live`. Made, it runs; :meth:`close` ends it."""

    settings: Settings
    stage: Stage = "welcome"
    lang: Lang = "id"
    muted: bool = False
    halted: bool = False  # stopped for pain before the massage had begun, or after its end
    sampled: Floats | None = None  # (4, 2) px of the back in the sample, while that is looked at instead of the camera
    occupied: bool = False  # with something else on the page, so that a palm starts nothing
    asking: Asking = field(default_factory=Asking)
    agreed: Agreed = field(default_factory=Agreed)
    lesson: Lesson | None = None
    place: Place = field(default_factory=Place)
    size: tuple[int, int] = (0, 0)  # px of the picture
    fits: bool = True  # the picture came as large as that
    eyes: Eyes = field(init=False)
    finding: Finding = field(init=False)
    setup: SetUp = field(init=False)
    speech: Speech = field(default_factory=Speech)
    memory: Memory = field(init=False)
    whereabouts: Whereabouts = field(init=False)
    reader: Reader | None = None
    learned: dict[str, Any] = field(default_factory=dict)  # how far the one who practises is, JSON-ready
    learners: list[str] = field(default_factory=list)
    _learned_from: int = -1  # how many results were kept then
    _listener: Listener | None = None
    _minding: Minding = field(init=False)
    _mail: queue.SimpleQueue[Said] = field(default_factory=queue.SimpleQueue)
    _showing: Showing = field(default_factory=Showing)
    _stride: Stride = field(default_factory=Stride)
    _passed: Shot | None = None  # the last picture, where it was let pass
    _rate: Rate = field(init=False)
    pictures: int = 0  # looked at so far
    _light: float | None = None  # 0–255, the picture's mean
    _light_s: float = -1e9
    _told: str = ""
    _told_s: float = -1e9
    _load_s: float = inf  # when the tracker is loaded at the latest
    _ending: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread = field(init=False)

    def __post_init__(self) -> None:
        self.lang = self.settings.lang
        self.eyes = Eyes(self.settings.source, came=self._came)
        self.finding = Finding(self.settings.finder, self.eyes.wake)
        limits = load_limits()
        self.setup, self._rate = SetUp(limits, self.settings.protocol.segments), Rate(limits.fps)
        self.memory = Memory(self.settings.folder)
        self.whereabouts = Whereabouts(self.eyes, self.memory, self.place)
        self._minding = Minding(self.eyes, self.speech)
        self.learn()
        self._thread = threading.Thread(target=self._run, name="coach-practice", daemon=True)
        self._thread.start()

    # ------------------------------------------------------------------ called by the server
    def listen(self, listener: Listener | None) -> None:
        self._listener, self._told = listener, ""
        self._minding.page(listener is not None)
        self._mail.put(Occupied(t="occupied", on=False))  # after all that the page before has said
        self._mail.put(Asks(t="asks", question=""))
        self._load_s = min(self._load_s, time.monotonic() + self.settings.settles_s)
        self.eyes.wake()

    def take(self, said: Said) -> None:
        self._mail.put(said)
        self.eyes.wake()

    def picture(self, time_s: float, jpeg: bytes) -> None:
        self.eyes.picture(time_s, jpeg)

    def close(self) -> None:
        """Ends the thread and gives everything back; what was kept is on the disk afterwards."""
        self._ending.set()
        self.eyes.wake()
        self._thread.join()

    # ------------------------------------------------------------------ the thread
    def _run(self) -> None:
        self._load_s = min(self._load_s, time.monotonic() + WARM_UP_S)
        try:
            while not self._ending.is_set():
                if time.monotonic() >= self._load_s:
                    self.finding.begin()
                self._turn()
        except Exception as error:
            self.settings.fault(f"{type(error).__name__}: {error}", traceback.format_exc())
        finally:
            self._end()

    def _turn(self) -> None:
        shot = self.eyes.look(TURN_S)
        orders = Orders(self)
        self._minding.wake(self.lesson, orders.tell_tutor)
        while not self._mail.empty():
            try:
                orders.obey(self._mail.get_nowait())
            except InputError as error:
                self.refuse(error.key, error.values)
            self._told = ""
        if shot is None and self.eyes.state == "ok":  # no newer one has come: the last is looked at after all
            shot = self._passed
        if shot is not None and self.eyes.current(shot):  # an order may have let the film begin anew
            self._look(shot)
        elif self.lesson is not None:
            self.lesson.tutor.tick(self.eyes.now_s())
        if self.lesson is not None:
            busy = self.whereabouts.anew is not None or self.whereabouts.changed
            self._minding.look(self.lesson, orders.tell_tutor, busy=busy)
            self.lesson.tick()
            refused = self.lesson.refusal()
            if refused is not None:
                self.refuse(refused, {})
            if self.lesson.kept != self._learned_from:
                self.learn()
        self._tell()

    def _end(self) -> None:
        if self.lesson is not None:
            self.lesson.end_keeping()
        self.place.line_up(None)
        self.eyes.close()
        self._showing.close()
        if self.reader is not None:
            self.reader.close()
        self.finding.close()

    def learn(self) -> None:
        """Asks the store anew how far the one who practises is; one that cannot be read costs only that."""
        self._learned_from = -1 if self.lesson is None else self.lesson.kept
        with contextlib.suppress(InputError):
            self.learned = self.settings.learned(self.agreed.code) if self.agreed.code else {}
            self.learners = self.settings.learners()

    # ------------------------------------------------------------------ a picture
    def _came(self, shot: Shot) -> None:
        """In the thread in which the pictures come."""
        self._stride.came(shot.time_s)
        self._showing.came(shot)

    def _look(self, shot: Shot) -> None:
        """Looks at a picture, or lets it pass where looking at each would be too much for this machine."""
        held, self._passed = self._passed is shot, None
        if not (held or self.eyes.waits or self._stride.due(shot.time_s)):
            self._showing.between(shot)
            self._passed = shot
            return
        began_s, self._showing.busy = CLOCK(), True
        try:
            self._see(shot)
        finally:
            self._showing.busy = False
        self._stride.looked(shot.time_s, CLOCK() - began_s)

    def _see(self, shot: Shot) -> None:
        listener, self.place.turn = self._listener, self._turn_now()
        shown = self.place.turn, self.place.mirrored
        begun = self._showing.begin(shot, *shown) if listener is not None and listener.wants_frame() else None
        image = shot.picture()
        if image is None:
            return
        if self.place.lineup is not None:
            self.place.lineup.show(image)
        image = self.place.own(image)
        time_s = self.eyes.session_s(shot)
        self._rate.tick(time_s)
        self.pictures += 1
        image = self._sized(image)
        if not self.fits:  # what is drawn over it lies in the picture that is worked with
            shot, begun, shown = dataclasses.replace(shot, image=image, jpeg=None), None, (shown[0], False)
        if time_s - self._light_s >= LIGHT_S:
            self._light, self._light_s = float(image[::8, ::8].mean()), time_s
        frame = Frame(self.pictures, time_s, image)
        lesson = self.lesson if self.stage == "lesson" else None
        working = lesson is not None and lesson.phase == "practising"
        found = self.finding.find(frame, lesson.back if lesson is not None and working else None)
        marking = None if lesson is not None and self.whereabouts.anew is None else self.marking
        if marking is not None and self.halted:
            marking.follow(frame, found)  # nobody is asked to touch a person in pain
        elif marking is not None:
            self._prepare(marking, frame, found)
        hands = () if lesson is None else lesson.watch(frame, found)
        self.whereabouts.astray = lesson is not None and lesson.astray
        back = marking.moved if marking is not None else lesson.back if lesson is not None else None
        known = KnownPicture(shot, frame, hands or found, back, self.view, shown[1], self._rate.fps)
        self._showing.show(listener, known, begun)  # first the page, then the coach's thoughts
        self.asking.see(frame, found, back)
        if self.lesson is not None and not self.halted:
            self._show(self.lesson, frame, hands, found)

    def _turn_now(self) -> int:
        """The turn by which the back lies upright on the page, where it is marked or guessed."""
        setup, lesson = self.marking, self.lesson
        working = self.stage == "lesson" and lesson is not None and self.whereabouts.anew is None
        back = lesson.back if working and lesson is not None else None
        back = next((one for one in (back, setup.corners, setup.guess) if one is not None), None)
        return self.place.turn if back is None else kept_turn(self.place.turn, back)

    def _show(self, lesson: Lesson, frame: Frame, hands: Sequence[LiveHand], found: Sequence[HandObservation]) -> None:
        lesson.tutor.marked, lesson.tutor.occupied = self.marking.corners is not None, self.occupied
        touching = self.whereabouts.anew is not None and not lesson.going  # her back, before a step is practised again
        lesson.tutor.touching, lesson.tutor.asked = touching, bool(self.asking.question)
        before = lesson.phase
        asked = lesson.show(frame, hands, found, self._light)
        if asked == "stop" and (self.stage != "lesson" or touching):
            self.halt()
        elif lesson.phase != before:  # a gesture, or the last step
            self.moved_on(before, again=False)

    def _sized(self, image: Image) -> Image:
        """Another camera, or another size: what was marked in the other's picture means nothing in this one.

        Once the massage has begun all pictures are made as large as the first: they follow each other.
        """
        size = (image.shape[1], image.shape[0])
        self.fits = size == self.size or self.stage != "lesson"
        if not self.fits:
            return resized(image, self.size)
        if size != self.size:
            if self.size != (0, 0):
                self.setup.clear()
            self.size = size
            self.place.before, self.place.mirrored = self.memory.place(self.eyes.name)
            self.remember()
        return image

    @property
    def view(self) -> Shown:
        """How the picture lies in the preview."""
        return Shown(self.size, self.place.turn)

    def remember(self) -> None:
        """Offers the mark of the last session with this camera, or that of the sample."""
        known = self.memory.mark(self.eyes.name, self.size) if self.sampled is None else self.sampled
        if known is not None and self.setup.corners is None:
            self.setup.suggest(known, remembered=self.sampled is None)

    @property
    def marking(self) -> SetUp:
        """Where the back is marked at the moment."""
        anew = self.whereabouts.anew
        return self.setup if anew is None else anew.setup

    def _prepare(self, setup: SetUp, frame: Frame, found: Any) -> None:
        setup.layout, setup.turn = self.place.limits, self.place.known_turn
        setup.see(frame, found, self._rate.fps if self._rate.known else None)
        while setup.say:
            self.speech.say(setup.say.pop(0), frame.time_s)
            self._told = ""
        if setup.refused:
            if setup.refused == "mark_mirrored" and setup is self.setup:
                self.place.asks = setup.exchanged
            self.refuse(setup.refused, {})
            setup.refused = None
            if setup is self.setup and setup.way is None:  # a guess in vain: what was offered before is offered again
                self.remember()

    def mark_anew(self, segment: str | None = None) -> None:
        """Begins to mark the back anew; :param segment: that is practised again afterwards."""
        if self.lesson is not None:
            self.whereabouts.mark(self.lesson, self.size, segment)

    def take_mark(self) -> None:
        """From here on the back is where it was marked anew."""
        if self.lesson is not None:
            self.whereabouts.take(self.lesson, self._own_size)

    @property
    def _own_size(self) -> tuple[int, int] | None:
        """(width, height) px of the camera's own pictures; None where those that are worked with are made of them."""
        return self.size if self.fits else None

    def moved_on(self, before: str, again: bool) -> None:
        """The lesson's phase has changed, or one of its segments is practised again."""
        if self.lesson is None:
            return
        if self.lesson.phase == "practising":
            if again or before == "ready":
                self.begin()
            else:
                self.take_mark()  # an open palm goes on once all is marked
                self.lesson.go_on(before)
        self.whereabouts.anew, self._told = None, ""

    def halt(self) -> None:
        """Stopped for pain before the massage began, by touch already, say; or after its end."""
        self.halted, self.whereabouts.anew, self._told = True, None, ""
        self.setup.rest()
        self.speech.say("phase_stopped", self.eyes.now_s())

    def begin(self) -> None:
        """The massage begins with the next picture; a film begins anew."""
        if self.lesson is None:
            return
        corners = self.whereabouts.begin(self.setup, self.lesson, self._own_size)
        if corners is not None:
            self.stage = "lesson"
            self.lesson.begin(self.finding, corners, self.size)

    def agreed_now(self) -> Agreed:
        """What was agreed, for a session that begins now."""
        return dataclasses.replace(self.agreed, sample=self.sampled is not None)

    # ------------------------------------------------------------------ what the page is told
    def refuse(self, key: str, values: Mapping[str, Any]) -> None:
        if self._listener is not None:
            self._listener.refused(key, values)

    def _tell(self) -> None:
        """Tells the page the whole state, if it changed or a second has passed."""
        listener, now = self._listener, time.monotonic()
        if listener is None or (self._told and now - self._told_s < STATE_S):
            return
        text = json.dumps(shown(self), separators=(",", ":"), allow_nan=False)
        if text != self._told or now - self._told_s >= QUIET_S:
            self._told, self._told_s = text, now
            listener.state(text)

    @property
    def slow(self) -> int | None:
        """Pictures a second where they have become too few while the massage goes on; before it, the check tells."""
        return self._rate.slow if self.phase == "practising" else None

    @property
    def phase(self) -> str:
        if self.halted:
            return "stopped"
        if self.stage == "lesson" and self.lesson is not None:
            phase = self.lesson.phase
            return "setup" if phase == "ready" else phase
        return self.stage
