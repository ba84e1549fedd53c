"""The practice itself: one thread that looks, coaches, tells the page, and obeys it."""

from __future__ import annotations

import json
import queue
import threading
import time
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeAlias

from coach.capture.jpeg import resized
from coach.domain import Floats, Frame, HandObservation, Image, InputError
from coach.messages import Lang
from coach.pipeline import LiveHand
from coach.practice.eyes import Eyes, Shot
from coach.practice.finding import Finding
from coach.practice.lesson import Lesson
from coach.practice.memory import Memory
from coach.practice.orders import Orders
from coach.practice.preview import Encoded, Preview, Rate, header, scale
from coach.practice.reader import Reader
from coach.practice.settings import SAMPLE_NAME, Agreed, Settings
from coach.practice.setup import SetUp
from coach.practice.setup_check import load_limits
from coach.practice.speech import Speech
from coach.practice.state import shown
from coach.web.framing import pack
from coach.web.live import Listener
from coach.web.said import Occupied, Said

Stage: TypeAlias = Literal["welcome", "consent", "setup", "lesson"]
TURN_S = 0.1  # so often at least everything but pictures is seen to
STATE_S, QUIET_S = 0.1, 1.0  # between two states that differ, and between two that do not
LIGHT_S = 0.5  # between two looks at the light
ALONE_S = 5.0  # a page that is loaded anew is back by then; one that was closed is not, and the practice pauses
WARM_UP_S = 1.0  # before MediaPipe loads, unless a page is there: importing it and the browser's start compete


@dataclass(slots=True)
class Practice:
    """A :class:`coach.web.live.Live`. Made, it runs; :meth:`close` ends it."""

    settings: Settings
    stage: Stage = "welcome"
    lang: Lang = "id"
    muted: bool = False
    halted: bool = False  # stopped for pain before the massage had begun, or after its end
    changed: bool = False  # another camera looks since the massage began
    occupied: bool = False  # with something else on the page, so that a palm starts nothing
    agreed: Agreed = field(default_factory=Agreed)
    lesson: Lesson | None = None
    shrink: float = 1.0  # px of the preview over px of the picture
    size: tuple[int, int] = (0, 0)  # px of the picture
    eyes: Eyes = field(init=False)
    finding: Finding = field(init=False)
    setup: SetUp = field(init=False)
    speech: Speech = field(default_factory=Speech)
    memory: Memory = field(init=False)
    reader: Reader | None = None
    _listener: Listener | None = None
    _left_s: float | None = None  # of the monotonic clock, when the page was closed
    _blind: bool = False  # the camera was lost while the massage was under way
    _mail: queue.SimpleQueue[Said] = field(default_factory=queue.SimpleQueue)
    _preview: Preview = field(default_factory=Preview)
    _rate: Rate = field(default_factory=Rate)
    pictures: int = 0  # looked at so far
    _light: float | None = None  # 0–255, the picture's mean
    _light_s: float = -1e9
    _told: str = ""
    _told_s: float = -1e9
    _ending: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread = field(init=False)

    def __post_init__(self) -> None:
        self.lang = self.settings.lang
        self.eyes = Eyes(self.settings.source)
        self.finding = Finding(self.settings.finder, self.eyes.wake)
        self.setup = SetUp(load_limits(), self.settings.protocol.segments)
        self.memory = Memory(self.settings.folder)
        self._thread = threading.Thread(target=self._run, name="coach-practice", daemon=True)
        self._thread.start()

    # ------------------------------------------------------------------ called by the server
    def listen(self, listener: Listener | None) -> None:
        self._listener, self._told = listener, ""
        self._left_s = time.monotonic() if listener is None else None
        self._mail.put(Occupied(t="occupied", on=False))  # after all that the page before has said
        self.finding.begin()
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
        began = time.monotonic()
        try:
            while not self._ending.is_set():
                if time.monotonic() - began > WARM_UP_S:
                    self.finding.begin()
                self._turn()
        except Exception as error:
            self.settings.fault(f"{type(error).__name__}: {error}", traceback.format_exc())
        finally:
            self._end()

    def _turn(self) -> None:
        shot = self.eyes.look(TURN_S)
        orders = Orders(self)
        while not self._mail.empty():
            try:
                orders.obey(self._mail.get_nowait())
            except InputError as error:
                self.refuse(error.key, error.values)
            self._told = ""
        if shot is not None and self.eyes.current(shot):  # an order may have let the film begin anew
            self._see(shot)
        elif self.lesson is not None:
            self.lesson.tutor.tick(self.eyes.now_s())
        if self.lesson is not None:
            self._mind(self.lesson, orders)
            self.lesson.tick()
        self._tell()

    def _mind(self, lesson: Lesson, orders: Orders) -> None:
        """Sees to what ends a practice or holds it up: the film's end, a page that was closed, a lost camera."""
        if self.eyes.ended and lesson.going:
            orders.end_of_film()
        left_s = self._left_s  # the server's thread sets it
        if left_s is not None and time.monotonic() - left_s > ALONE_S and lesson.phase == "practising":
            orders.nobody_there()
        over = self.eyes.key == "camera_ended"  # though its last picture may still be looked at
        blind = lesson.phase == "practising" and self.eyes.state in ("lost", "none") and not over
        if blind and not self._blind:
            lesson.tutor.blind(self.eyes.now_s())
            self.speech.say("phase_camera_lost", self.eyes.now_s())
        self._blind = blind

    def _end(self) -> None:
        if self.lesson is not None:
            self.lesson.end_keeping()
        self.eyes.close()
        self._preview.close()
        if self.reader is not None:
            self.reader.close()
        self.finding.close()

    # ------------------------------------------------------------------ a picture
    def _see(self, shot: Shot) -> None:
        listener = self._listener
        wanted = self._preview.begin(shot) if listener is not None and listener.wants_frame() else None
        image = shot.picture()
        if image is None:
            return
        time_s = self.eyes.session_s(shot)
        self._rate.tick(time_s)
        self.pictures += 1
        image = self._sized(image)
        if time_s - self._light_s >= LIGHT_S:
            self._light, self._light_s = float(image[::8, ::8].mean()), time_s
        frame = Frame(self.pictures, time_s, image)
        lesson = self.lesson if self.stage == "lesson" else None
        working = lesson is not None and lesson.phase == "practising"
        found = self.finding.find(frame, lesson.back if lesson is not None and working else None)
        if lesson is None:
            self._prepare(frame, found)
        hands = () if lesson is None else lesson.watch(frame, found)
        back = self.setup.moved if lesson is None else lesson.back
        if wanted is not None and listener is not None:  # first the page, then the coach's thoughts
            self._send(listener, wanted, time_s, hands or found, back)
        if self.lesson is not None and not self.halted:
            self._show(self.lesson, frame, hands, found)

    def _show(self, lesson: Lesson, frame: Frame, hands: Sequence[LiveHand], found: Sequence[HandObservation]) -> None:
        lesson.tutor.marked, lesson.tutor.occupied = self.setup.corners is not None, self.occupied
        before = lesson.phase
        asked = lesson.show(frame, hands, found, self._light)
        if asked == "stop" and self.stage != "lesson":
            self.halt()
        elif lesson.phase != before:  # a gesture, or the last step
            self.moved_on(before, again=False)

    def _sized(self, image: Image) -> Image:
        """Another camera, or another size: what was marked in the other's picture means nothing in this one.

        Once the massage has begun all pictures are made as large as the first: they follow each other.
        """
        size = (image.shape[1], image.shape[0])
        if size != self.size and self.stage == "lesson":
            return resized(image, self.size)
        if size != self.size:
            if self.size != (0, 0):
                self.setup.clear()
            self.size, self.shrink = size, scale(size[0])
            self.remember()
        return image

    def remember(self) -> None:
        """Offers the mark of the last session with this camera."""
        known = self.memory.mark(self.eyes.name, self.size)
        if known is not None and self.setup.corners is None:
            self.setup.suggest(known, remembered=True)

    def _prepare(self, frame: Frame, found: Any) -> None:
        fps = self._rate.fps if self._rate.known else None
        self.setup.see(frame, found, fps)
        now_s = frame.time_s
        while self.setup.say:
            self.speech.say(self.setup.say.pop(0), now_s)
            self._told = ""
        if self.setup.refused:
            self.refuse(self.setup.refused, {})
            self.setup.refused = None

    def moved_on(self, before: str, again: bool) -> None:
        """The lesson's phase has changed, or one of its segments is practised again."""
        if self.lesson is None:
            return
        if self.lesson.phase == "practising":
            if again or before == "ready":
                self.begin()
            else:
                self.lesson.go_on(before)
        self._told = ""

    def halt(self) -> None:
        """Stopped for pain before the massage began, by touch already, say; or after its end."""
        self.halted, self._told = True, ""
        self.speech.say("phase_stopped", self.eyes.now_s())

    def begin(self) -> None:
        """The massage begins with the next picture; a film begins anew."""
        if self.lesson is None or self.setup.corners is None or self.setup.moved is None:
            return
        anew = self.eyes.from_the_start()
        corners = (
            self.setup.corners if anew else (self.lesson.back if self.lesson.back is not None else self.setup.moved)
        )
        if not self.changed:
            self.memory.keep(self.eyes.name, self.size, corners)
        self.stage = "lesson"
        self.lesson.begin(self.finding, corners, self.size)

    def _send(self, listener: Listener, wanted: Encoded, time_s: float, hands: Any, back: Floats | None) -> None:
        jpeg, size = wanted.result()
        about = header(self.pictures, time_s, size, hands, back, self.shrink, self._rate.fps)
        listener.frame(self.pictures, pack(about, jpeg))

    @property
    def sampled(self) -> bool:
        """Whether the film that comes with coach is looked at, and nobody practises."""
        return self.eyes.film is not None and self.eyes.name.startswith(SAMPLE_NAME)

    def agreed_now(self) -> Agreed:
        """What was agreed, for a session that begins now."""
        return replace(self.agreed, sample=self.sampled)

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
    def phase(self) -> str:
        if self.halted:
            return "stopped"
        if self.stage == "lesson" and self.lesson is not None:
            phase = self.lesson.phase
            return "setup" if phase == "ready" else phase
        return self.stage
