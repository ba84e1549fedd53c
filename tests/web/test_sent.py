"""Files on their way to a page: whole, in parts, and not held open while the page takes its time."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from coach.web.app import create_app
from coach.web.calls import Call, Desk, OnDisk
from coach.web.guard import Door
from coach.web.sent import Sent
from coach.web.serve import Server, listening
from coach.web.trainer_routes import TrainerPages
from tests.descriptors import TELLS, held
from tests.web.site import TOKEN

LONG = 64 * 1024 * 1024  # bytes: more than any system keeps for a page that does not read


@pytest.fixture
def film(tmp_path: Path) -> Path:
    made = tmp_path / "film.mp4"
    made.write_bytes(bytes(k * k % 251 for k in range(1_000_000)))
    return made


@pytest.mark.parametrize(
    ("asked", "begin", "end"),
    [(None, 0, 1_000_000), ("bytes=5-", 5, 1_000_000), ("bytes=300000-700000", 300_000, 700_001)],
)
def test_it_comes_whole_or_in_the_part_that_was_asked_for(film: Path, asked: str | None, begin: int, end: int) -> None:
    pages = TestClient(Starlette(routes=[Route("/film", lambda _: Sent(film, media_type="video/mp4"))]))
    answer = pages.get("/film", headers={} if asked is None else {"Range": asked})
    assert answer.content == film.read_bytes()[begin:end]
    assert answer.status_code == (200 if asked is None else 206)
    assert answer.headers["content-type"] == "video/mp4"


@contextmanager
def serving(film: Path) -> Iterator[int]:
    """The port of a server that gives the film as the trainer's side does."""
    call = Call("GET", "/api/film", lambda _: OnDisk(film, "video/mp4"))
    pages = TrainerPages(Desk([call], lambda _: pytest.fail("no upload"), lambda _: {"key": "fault"}))
    with listening(0) as listener:
        port = listener.getsockname()[1]
        server = Server(create_app(Door(port, TOKEN), pages.routes()), pages.close)
        thread = threading.Thread(target=server.run, args=(listener,))
        thread.start()
        try:
            yield port
        finally:
            server.stop()
            thread.join(10)


@pytest.mark.skipif(not TELLS, reason="nobody tells which files are open")
def test_it_is_not_open_while_a_player_has_fetched_enough(tmp_path: Path) -> None:
    film = tmp_path / "long.mp4"
    with film.open("wb") as made:
        made.truncate(LONG)
    with serving(film) as port, socket.create_connection(("127.0.0.1", port), timeout=20) as player:
        player.sendall(f"GET /api/film?token={TOKEN} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
        assert player.recv(12) == b"HTTP/1.1 200"
        seen = [str(film.resolve()) in held() for _ in range(200) if not threading.Event().wait(0.01)]
        assert not any(seen[-50:])  # it has stopped sending by then
