"""A practice that shows the page whatever a test wants to see, behind the real server."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from coach.capture.video import VideoFile
from coach.domain import Floats
from coach.locate.marks import body_of
from coach.practice.checkup import cameras
from coach.practice.checkup_page import on_page
from coach.practice.result import shown
from coach.practice.setup_check import load_limits
from coach.protocol import Protocol
from coach.protocol.files import load
from coach.tutor.ghost import ghost
from coach.tutor.pace import pace
from coach.web import spoken
from coach.web.about import about
from coach.web.app import PAGE, create_app
from coach.web.clips import Clips
from coach.web.desk import Desk
from coach.web.films import Films
from coach.web.framing import pack
from coach.web.guard import Door, new_token
from coach.web.live import Listener
from coach.web.practise_routes import PractisePages, demonstrations
from coach.web.said import Mark, Said
from coach.web.serve import Server, listening
from tests.fakes.camera import Steady
from tests.fakes.hands import own_skeleton
from tests.summary import example

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "d03.mp4"
CORNERS = np.array([[154.4, 132.2], [413.8, 75.4], [471.0, 378.4], [242.8, 473.2]])  # of the sample's back
BODY = body_of(CORNERS, (640, 480)).round(1).tolist()
PERIOD_S = 1 / 15
PICTURES = 45
CHECKS = ("back", "hands", "light", "sharpness", "angle", "rate")


def pictures() -> list[bytes]:
    """The sample's first pictures as JPEGs."""
    video = VideoFile(SAMPLE)
    frames = [frame.image for _, frame in zip(range(PICTURES), video.frames(), strict=False)]
    return [cv2.imencode(".jpg", image[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 80])[1].tobytes() for image in frames]


def hands(back: Floats, at: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Hands whose fingers are where the ghost is."""
    step = float(np.hypot(*(back[1] - back[0])))
    origin, across, down = back[0], back[1] - back[0], back[3] - back[0]
    found = []
    for hand in ("left", "right"):
        if (place := at.get(hand)) is not None:
            marks = own_skeleton(hand) * step * 0.75
            marks += origin + place[0] * across + place[1] * down - marks[9]
            found.append({"hand": hand, "px": marks.round(1).tolist(), "bridged": False})
    return found


def checked() -> dict[str, Any]:
    """What a check-up finds of two cameras, the second in the dark."""
    return on_page(cameras([Steady(30.0), Steady(20.0, level=20)], load_limits()))


class FakePractice:
    """A :class:`coach.web.live.Live` that a test steers.

    :meth:`show` changes what the page sees; :attr:`said` is what it said.
    """

    def __init__(self, protocol: Protocol) -> None:
        self.protocol = protocol
        self.said: list[Said] = []
        self.sent_pictures: list[tuple[float, bytes]] = []
        self.frames = True
        self.lang: Any = "id"
        self.state = fresh()
        self.result = shown(example.session(protocol), protocol)
        self._listener: Listener | None = None
        self._pictures = pictures()
        self._number = 0
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    # ------------------------------------------------------------------ what the server asks
    def listen(self, listener: Listener | None) -> None:
        self._listener = listener
        self.tell()

    def take(self, said: Said) -> None:
        self.said.append(said)
        kind = said.t
        if kind == "lang":
            self.show(lang=getattr(said, "lang", "id"))
        elif kind == "mode":
            self.show(mode=getattr(said, "mode", "guided"))
        elif kind == "consent":
            self.show(phase="setup")
        elif kind == "learner":
            kinds = [kind for kind in ("event", "visit") if getattr(said, kind, "")]
            self.show(code=getattr(said, "code", ""), occasion="".join(kinds))
        elif kind == "plan":
            self.show(plan={"steps": list(getattr(said, "steps", ())), "stage": getattr(said, "stage", "trace")})
        elif isinstance(said, Mark):
            self._mark(said)

    def _mark(self, said: Mark) -> None:
        """In the set-up what is dragged holds at once; where the back is marked anew, once it is accepted."""
        if said.way == "anew":
            self.show(marking=marking(anew=True, guess=CORNERS.tolist(), body=BODY))
        elif said.way == "clear":
            self.show(marking=marking(marked=True))
        elif said.way in ("drag", "accept"):
            dragged = said.way == "drag" and self.state["marking"].get("anew", False)
            self.show(marking=marking(marked=True, anew=dragged))

    def picture(self, time_s: float, jpeg: bytes) -> None:
        self.sent_pictures.append((time_s, jpeg))

    # ------------------------------------------------------------------ what a test does
    def show(self, **change: Any) -> None:
        """Changes the state and tells the page."""
        self.state = self.state | change
        self.tell()

    def step(self, segment: str, **more: Any) -> None:
        """Shows a step of a guided practice."""
        spec = self.protocol.segment(segment)
        target = None if spec.count is None else list(spec.count.target)
        step = {
            "segment": segment, "index": self.protocol.rank[segment], "of": len(self.protocol.segments),
            "hands": spec.hands, "count": 0, "target": target, "side": None, "tempo": None, "hold": None, "done": False,
        }  # fmt: skip
        before = [s.id for s in self.protocol.segments[: self.protocol.rank[segment]]]
        self.show(phase="practising", step=step | more, done_segments=before)

    def tell(self) -> None:
        listener, state = self._listener, self.state
        if listener is not None:
            agreed = state["phase"] not in ("welcome", "consent")
            listener.state(json.dumps({"agreed": agreed} | state | {"lang": state["lang"], "ghost": self._ghost()}))

    def refuse(self, key: str, **values: Any) -> None:
        if self._listener is not None:
            self._listener.refused(key, values)

    def heard(self, kind: str) -> list[Said]:
        return [said for said in self.said if said.t == kind]

    def close(self) -> None:
        self._ending.set()
        self._thread.join()

    # ------------------------------------------------------------------ pictures
    def _ghost(self) -> dict[str, Any] | None:
        step = self.state["step"]
        if step is None or self.state["phase"] != "practising" or self.state["mode"] != "guided":
            return None
        done = frozenset(step["hold"]["done"]) if step["hold"] else frozenset()
        told = ghost(self.protocol.segment(step["segment"]), time.monotonic(), pace(step["count"]), done)
        return asdict(told)

    def _run(self) -> None:
        while not self._ending.wait(PERIOD_S):
            self._number += 1
            listener = self._listener
            if listener is None or not self.frames or not listener.wants_frame():
                continue
            told = self._ghost()
            marked = self.state["marking"]["marked"]
            header = {
                "t": "frame", "n": self._number, "time_s": round(self._number * PERIOD_S, 3), "w": 640, "h": 480,
                "hands": hands(CORNERS, told["at"] if told else {}), "back": CORNERS.tolist() if marked else None,
                "fps": 15.0,
            }  # fmt: skip
            listener.frame(self._number, pack(header, self._pictures[self._number % PICTURES]))
            if self._number % 2 == 0:
                self.tell()


def marking(**change: Any) -> dict[str, Any]:
    """The part of the state that tells of the marking."""
    none: dict[str, Any] = {"way": None, "point": None, "progress": 0.0, "points": [], "guess": None, "body": None}
    return none | {"remembered": False, "marked": False} | change


def checks(**bad: str) -> list[dict[str, Any]]:
    """The set-up check: all good, but for those given with their key."""
    values = {"percent": 64.0, "px": 38.0, "fps": 7.0, "degrees": 41.0}
    return [
        {"id": name, "state": "bad" if name in bad else "ok", "key": bad.get(name), "values": values} for name in CHECKS
    ]


def fresh() -> dict[str, Any]:
    """The state at the start."""
    return {
        "t": "state", "phase": "welcome", "mode": "guided", "lang": "id", "muted": False,
        "camera": {"state": "ok", "key": None, "sample": True, "browser": False}, "tracker": "ok",
        "setup": checks(), "marking": marking(), "step": None, "done_segments": [], "hint": None, "unseen": None,
        "gesture": None, "say": [], "result": None, "saved": None, "fading": 0.0, "busy": False, "code": "",
        "plan": {"steps": [], "stage": "trace"}, "learned": {}, "learners": [], "stage": "trace", "steps": [],
        "flawed": [], "next": None,
    }  # fmt: skip


class Served:
    """The real server with a fake practice behind it."""

    def __init__(self, folder: Path) -> None:
        self.protocol = load("oxytocin")
        self.practice = FakePractice(self.protocol)
        self.clips = Clips(folder / "clips", spoken.names(self.protocol))
        self._listening = listening(0)
        self._listener = self._listening.__enter__()
        self.door = Door(
            self._listener.getsockname()[1], new_token(), refusal=(PAGE / "forbidden.html").read_text("utf-8")
        )
        self.desk = Desk(self.practice)
        self.films: dict[str, Path] = {}  # as the page is told
        self.served = Films(folder / "films", frozenset(self.protocol.rank), demonstrations())
        pages = PractisePages(self.desk, self._about, self.clips, self.served, check_up=checked)
        self._server = Server(create_app(self.door, pages.routes()), self.desk.close)
        self._thread = threading.Thread(target=self._server.run, args=(self._listener,), daemon=True)
        self._thread.start()

    def _about(self) -> dict[str, Any]:
        films = Films(self.served.own, self.served.steps, self.films)
        return about(self.protocol, self.practice.lang, self.clips, films)

    @property
    def address(self) -> str:
        return self.door.address

    def close(self) -> None:
        self._server.stop()
        self._thread.join()
        self.practice.close()
        self._listening.__exit__(None, None, None)


@contextlib.contextmanager
def served(folder: Path) -> Iterator[Served]:
    server = Served(folder)
    try:
        yield server
    finally:
        server.close()
