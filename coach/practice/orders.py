"""What the page said → what the practice does. In the coaching thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.domain import InputError
from coach.occasions import Occasion
from coach.practice.lesson import Lesson
from coach.practice.mark_orders import MarkOrders
from coach.practice.place_orders import PlaceOrders
from coach.practice.reader import Reader
from coach.practice.settings import AGREED
from coach.store.model import NO_PERSON
from coach.tutor import Command as Deed
from coach.web.said import (
    Again,
    Asks,
    BrowserCamera,
    ChooseLang,
    ChooseLayout,
    ChooseMode,
    Command,
    Consent,
    Hello,
    Learner,
    Lineup,
    Mark,
    Mirrored,
    Mute,
    Occupied,
    Plan,
    Said,
    Turn,
    UseCamera,
)

if TYPE_CHECKING:
    from coach.practice.live import Practice


class Orders:
    """Obeys one message after the other.

    Every refusal is an InputError with a key of the catalogue.
    """

    def __init__(self, practice: Practice) -> None:
        self._practice = practice
        self._marking = MarkOrders(practice, self._practise_again)
        self._place = PlaceOrders(practice)

    def obey(self, said: Said) -> None:
        """Does what was said.

        :raises InputError: where it cannot be done now
        """
        match said:
            case Hello():
                return
            case ChooseLang() | Mute() | Occupied() | Asks():
                self._note(said)
            case ChooseMode():
                self._mode(said)
            case Consent():
                self._consent(said)
            case Mark():
                self._marking.obey(said)
            case ChooseLayout() | Lineup() | Mirrored() | Turn() | UseCamera():
                self._place.obey(said)
            case BrowserCamera():
                self._camera(said.on)
            case Again():
                self._again(said)
            case Plan() | Learner():
                self._prepare(said)
            case Command():
                self._command(said.t)
            case _:
                raise InputError("not_now")

    def _note(self, said: ChooseLang | Mute | Occupied | Asks) -> None:
        practice = self._practice
        match said:
            case ChooseLang():
                practice.lang = said.lang
            case Mute():
                practice.muted = said.on
            case Occupied():
                practice.occupied = said.on
            case Asks():
                practice.asking.ask(said.question)

    # ------------------------------------------------------------------ before the start
    def _prepare(self, said: Plan | Learner) -> None:
        if isinstance(said, Plan):
            self._plan(said)
        else:
            self._learner(said.code.strip(), Occasion(said.event, said.visit, said.by.strip()))

    def _learner(self, code: str, occasion: Occasion) -> None:
        """Who practises next; while somebody does, nobody else takes her place."""
        practice = self._practice
        if practice.stage in ("setup", "lesson"):
            raise InputError("not_now")
        practice.agreed.code, practice.agreed.occasion = code, occasion
        practice.learn()

    def _plan(self, said: Plan) -> None:
        practice = self._practice
        if practice.stage == "lesson":
            raise InputError("not_now")
        if set(said.steps) - set(practice.settings.protocol.rank):
            raise InputError("again_unknown")
        practice.agreed.steps, practice.agreed.stage = said.steps, said.stage
        if said.steps:
            practice.agreed.mode = "guided"
        if practice.stage == "setup":
            self._ready()

    def _mode(self, said: ChooseMode) -> None:
        practice = self._practice
        if practice.stage == "lesson":
            raise InputError("not_now")
        practice.agreed.mode = said.mode
        if practice.stage == "welcome":
            practice.stage = "consent"
        elif practice.stage == "setup":
            self._ready()

    def _consent(self, said: Consent) -> None:
        practice = self._practice
        if practice.stage == "lesson":
            raise InputError("not_now")
        asked = {*practice.settings.safety, *((AGREED,) if said.video else ())}
        if NO_PERSON not in said.checks and asked - set(said.checks):
            raise InputError("consent_missing")
        if said.code.strip() != practice.agreed.code:
            practice.agreed.occasion = Occasion()  # it was hers
        practice.agreed.checks, practice.agreed.video, practice.agreed.code = said.checks, said.video, said.code.strip()
        practice.stage = "setup"
        self._ready()

    def _ready(self) -> None:
        """A tutor for what was agreed."""
        practice = self._practice
        settings = practice.settings
        if practice.reader is None:
            practice.reader = Reader(settings.protocol)
        try:
            history = settings.history(practice.agreed.code)
        except InputError:  # a disk that cannot be read: the guidance fades less, and the massage goes on
            history = {}
        practice.speech.another_tutor()
        practice.lesson = Lesson(
            settings.protocol,
            practice.agreed.mode,
            history,
            practice.reader,
            lambda corners, size, segment: settings.keep(practice.agreed_now(), corners, size, segment),
            practice.agreed.steps,
            practice.agreed.stage,
            practice.agreed.pillow,
        )
        practice.learn()
        practice.remember()

    def _camera(self, browser: bool) -> None:
        """The page's own camera, or the machine's; where the page's is in use already, it may be about to send anew."""
        practice = self._practice
        if browser == practice.eyes.browser and (browser or practice.sampled is None):
            if browser and practice.eyes.state != "ok":
                practice.eyes.use_browser()
            return
        if practice.phase in ("practising", "paused") and practice.eyes.state == "ok":
            raise InputError("not_now")
        if practice.sampled is not None and practice.lesson is not None and practice.lesson.unfinished:
            raise InputError("not_now")  # what is kept as the sample's stays the sample's
        practice.sampled = None
        if browser:
            practice.eyes.use_browser()
        else:
            self._own_camera()
        if practice.stage != "lesson":
            practice.setup.clear()
            practice.remember()
            return
        if practice.phase == "practising":
            self.tell_tutor(Deed("pause"))
        if practice.whereabouts.anew is not None:  # what was marked of it was marked in the other's picture
            practice.mark_anew(practice.whereabouts.anew.segment)

    def _own_camera(self) -> None:
        """The machine's again, whatever was looked through meanwhile."""
        practice = self._practice
        source = practice.settings.source
        practice.sampled = None
        practice.eyes.use(source.film.anew() if source is not None and source.film is not None else source)

    def _sample(self) -> None:
        practice = self._practice
        if practice.settings.sample is None:
            raise InputError("sample_missing")
        if practice.stage == "lesson":
            raise InputError("not_now")
        film, practice.sampled = practice.settings.sample()
        practice.eyes.use(film)
        practice.setup.clear()
        practice.remember()

    def _back(self) -> None:
        """One step back, to what was ticked or typed by mistake: nothing is recorded yet. The mode stays."""
        practice = self._practice
        if practice.stage not in ("consent", "setup"):
            raise InputError("not_now")
        if practice.setup.way is not None:
            self._marking.unmark()
        if practice.eyes.browser:
            practice.eyes.use_browser()  # it is off until she has agreed
        practice.place.forget()
        practice.stage = "consent" if practice.stage == "setup" else "welcome"
        before = practice.agreed
        practice.lesson = None
        practice.agreed = type(before)(
            before.mode, code=before.code, occasion=before.occasion, steps=before.steps, stage=before.stage
        )

    # ------------------------------------------------------------------ from the start on
    def _command(self, word: str) -> None:
        practice = self._practice
        if word == "stop":
            practice.whereabouts.anew = None
        if word == "new":
            self._new()
        elif word == "sample":
            self._sample()
        elif word == "sheet":
            self._sheet()
        elif practice.halted:
            if word not in ("resume", "start"):
                raise InputError("not_now")
            practice.halted = False
        elif word == "stop" and practice.phase == "finished":
            practice.halt()
        elif word == "back":
            self._back()
        elif word == "start":
            self._start()
        elif practice.stage == "lesson":
            self.tell_tutor(Deed(word))  # type: ignore[arg-type]
        elif word == "stop":
            practice.halt()
        else:
            raise InputError("not_now")

    def _start(self) -> None:
        practice = self._practice
        if practice.stage == "lesson":
            self.tell_tutor(Deed("resume" if practice.phase in ("paused", "stopped") else "start"))
            return
        if practice.stage != "setup" or practice.lesson is None:
            raise InputError("consent_missing")
        if practice.setup.corners is None:
            raise InputError("start_unmarked")
        if practice.eyes.state != "ok":
            raise InputError("start_no_camera")
        if practice.finding.state == "failed":
            raise InputError("tracker_failed")
        if practice.finding.state != "ok":
            raise InputError("start_tracker")
        self.tell_tutor(Deed("start"))

    def tell_tutor(self, deed: Deed, at_s: float | None = None) -> None:
        """Gives the tutor an order, and sees to what follows.

        :param at_s: of the practice's time, when it is given; now where it is None
        :raises InputError: not_now
        """
        practice = self._practice
        if practice.lesson is None:
            raise InputError("not_now")
        before = practice.lesson.phase
        practice.lesson.command(deed, practice.eyes.now_s() if at_s is None else at_s)
        if deed.deed in ("resume", "finish") and practice.lesson.phase == before:
            raise InputError("not_now")
        again = deed.deed == "again"
        if again or practice.lesson.phase != before:
            practice.moved_on(before, again)

    def _again(self, said: Again) -> None:
        practice, segment = self._practice, said.segment
        if practice.lesson is None or practice.phase not in ("finished", "stopped"):
            raise InputError("not_now")
        self._may_leave()
        if set(segment.split(",")) - set(practice.settings.protocol.rank):
            raise InputError("again_unknown")
        practice.halted = False
        practice.agreed.stage = said.stage
        if practice.whereabouts.changed:  # its back is not where this picture has it
            practice.mark_anew(segment)
        else:
            self._practise_again(segment)

    def _practise_again(self, segment: str) -> None:
        practice = self._practice
        practice.agreed.mode = "guided"
        self.tell_tutor(Deed("again", segment, practice.agreed.stage))

    def _may_leave(self) -> None:
        """:raises InputError: result_busy, while the result is being made: it would be lost"""
        lesson = self._practice.lesson
        if lesson is not None and lesson.busy:
            raise InputError("result_busy")

    def _sheet(self) -> None:
        lesson = self._practice.lesson
        if lesson is None or not lesson.back_to_sheet():
            raise InputError("not_now")

    def _new(self) -> None:
        """Back to the welcome, for the next person; what was kept is kept."""
        practice = self._practice
        self._may_leave()
        if practice.lesson is not None:
            practice.lesson.end_keeping()
        practice.lesson = None
        practice.stage, practice.halted = "welcome", False
        practice.whereabouts.forget()
        practice.place.forget()
        practice.agreed = type(practice.agreed)()
        practice.learn()
        if practice.eyes.browser:
            practice.eyes.use_browser()  # it is off until she has agreed
        elif practice.sampled is not None or practice.eyes.film is not None:
            self._own_camera()
        practice.setup.clear()
        practice.remember()
