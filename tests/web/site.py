"""A server on this machine for the tests, with a page of its own."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from starlette.types import ASGIApp

from coach.web.app import create_app
from coach.web.clips import Clips
from coach.web.desk import Desk
from coach.web.films import Films
from coach.web.guard import Door
from coach.web.live import Live
from coach.web.practise_routes import PractisePages
from coach.web.serve import Server, listening
from tests.fakes.live import FakeLive

TOKEN = "right-token"
JPEG = b"\xff\xd8\xff\xe0rest"


def make_app(folder: Path, live: Live, port: int = 8760) -> tuple[ASGIApp, Desk]:
    """The application with a fake page and fake clips in ``folder``."""
    page = folder / "page"
    page.mkdir(exist_ok=True)
    (page / "practise.html").write_text("<h1>practise</h1>", "utf-8")
    (page / "app.js").write_text("export {};", "utf-8")
    (folder / "secret.txt").write_text("secret", "utf-8")
    bank = folder / "bank" / "id"
    bank.mkdir(parents=True, exist_ok=True)
    (bank / "count_1.ogg").write_bytes(b"OggS bank")
    film = folder / "heart.webm"
    film.write_bytes(b"film")
    desk = Desk(live)
    clips = Clips(folder / "own", {"count_1"}, folder / "bank")
    pages = PractisePages(
        desk, lambda: {"software": "coach"}, clips, Films(folder / "films", {"heart"}, {"heart": film}), page
    )
    return create_app(Door(port, TOKEN, refusal="<h1>no token</h1>"), pages.routes(), page), desk


@dataclass(frozen=True, slots=True)
class Site:
    """A server that runs."""

    port: int
    live: FakeLive

    @property
    def socket(self) -> str:
        return f"ws://127.0.0.1:{self.port}/ws?token={TOKEN}"

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def site(folder: Path) -> Iterator[Site]:
    """A server with a fake practice, on a free port."""
    live = FakeLive()
    with listening(0) as listener:
        port = listener.getsockname()[1]
        app, desk = make_app(folder, live, port)
        server = Server(app, desk.close)
        thread = threading.Thread(target=server.run, args=(listener,))
        thread.start()
        try:
            yield Site(port, live)
        finally:
            server.stop()
            thread.join(10)
    assert not thread.is_alive()


def until(true: object, patience_s: float = 5.0) -> None:
    """Waits until a condition (a callable) holds."""
    assert callable(true)
    end = time.monotonic() + patience_s
    while not true():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.01)


def host(address: str) -> str:
    return urlsplit(address).netloc
