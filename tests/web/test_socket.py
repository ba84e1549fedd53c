"""The socket of a real server: newest first, one page at a time, and no message does harm."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.types import Message
from starlette.websockets import WebSocket, WebSocketState
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from coach.web.framing import LARGEST, pack, unpack
from coach.web.live import Listener
from coach.web.said import Command
from coach.web.socket import TAKEN_OVER, PageSocket
from tests.fakes.live import FakeLive
from tests.web.site import JPEG, TOKEN, Site, site, until


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with site(tmp_path_factory.mktemp("site")) as running:
        yield running


@pytest.fixture
def page(server: Site) -> Iterator[ClientConnection]:
    """A page that has read its first state."""
    with connect(server.socket, max_size=None) as socket:
        assert json.loads(socket.recv(5)) == {"t": "state", "phase": "welcome"}
        yield socket


def listener(server: Site) -> Listener:
    found = server.live.listeners[-1]
    assert found is not None
    return found


def say(socket: ClientConnection, **said: Any) -> None:
    socket.send(json.dumps(said))


def heard(socket: ClientConnection, key: str) -> None:
    """Waits for a refusal."""
    while True:
        answer = socket.recv(5)
        if isinstance(answer, str) and json.loads(answer).get("key") == key:
            return


def goodbye(socket: ClientConnection, messages: Sequence[str | bytes] = ()) -> tuple[int, str]:
    """The code and the reason with which the server closes the socket, after these messages."""
    try:
        for message in messages:
            socket.send(message)
        while True:
            socket.recv(5)
    except ConnectionClosed as closed:
        return (closed.rcvd.code, closed.rcvd.reason) if closed.rcvd is not None else (0, "")


def number(message: str | bytes) -> int:
    assert isinstance(message, bytes)
    return int(unpack(message)[0]["n"])


def test_what_the_page_says_reaches_the_practice(server: Site, page: ClientConnection) -> None:
    say(page, t="start")
    page.send(pack({"t": "frame", "time_s": 2}, JPEG))
    until(lambda: server.live.pictures and server.live.said)
    assert server.live.said[-1] == Command(t="start")
    assert server.live.pictures[-1] == (2.0, JPEG)


def test_the_newest_picture_replaces_those_that_wait(server: Site, page: ClientConnection) -> None:
    told = listener(server)
    for n in range(1, 1001):
        told.frame(n, pack({"n": n}, b"x" * 20_000))
    seen = [number(page.recv(5))]
    while seen[-1] < 1000:
        seen.append(number(page.recv(5)))
    assert seen == sorted(set(seen))
    assert len(seen) < 1000


def test_no_more_than_two_pictures_are_on_their_way(server: Site, page: ClientConnection) -> None:
    told = listener(server)
    for n in (1, 2):
        assert told.wants_frame()
        told.frame(n, pack({"n": n}, b""))
        page.recv(5)
    assert not told.wants_frame()
    say(page, t="ack", n=2)
    until(told.wants_frame)


def test_a_page_that_draws_nothing_gets_a_picture_a_second(server: Site, page: ClientConnection) -> None:
    told = listener(server)
    for n in (1, 2):
        told.frame(n, pack({"n": n}, b""))
        page.recv(5)
    assert not told.wants_frame()
    until(told.wants_frame)


def test_an_answer_to_what_was_never_sent_counts_for_nothing(server: Site, page: ClientConnection) -> None:
    told = listener(server)
    for n in (1, 2):
        told.frame(n, pack({"n": n}, b""))
        page.recv(5)
    say(page, t="ack", n=99)
    say(page, t="nonsense")
    heard(page, "refused_malformed")
    assert not told.wants_frame()


def test_a_page_of_an_earlier_run_is_sent_away_and_takes_nothing_over(server: Site, page: ClientConnection) -> None:
    with connect(f"{server.socket}&run=another") as other:
        assert goodbye(other) == (4002, "page_elsewhere")
    listener(server).state('{"t":"state"}')
    assert page.recv(5) == '{"t":"state"}'


def test_the_page_that_comes_last_takes_over(server: Site, page: ClientConnection) -> None:
    before = len(server.live.listeners)
    with connect(server.socket) as other:
        assert json.loads(other.recv(5))["t"] == "state"
        assert goodbye(page) == (4001, "page_elsewhere")
        assert server.live.listeners[before:] == [server.live.listeners[-1]]
        say(other, t="stop")
        until(lambda: server.live.said[-1:] == [Command(t="stop")])
    until(lambda: server.live.listeners[-1] is None)


@pytest.mark.parametrize("change", ["wrong token", "no token", "origin", "host"])
def test_strangers_do_not_get_in(server: Site, change: str) -> None:
    address, headers, origin = server.socket, {}, None
    if change == "wrong token":
        address = address.replace("right", "wrong")
    elif change == "no token":
        address = address.split("?")[0]
    elif change == "origin":
        origin = Origin("http://evil.example")
    else:
        headers = {"Host": "evil.example"}
    before = len(server.live.listeners)
    with pytest.raises(InvalidStatus) as refused, connect(address, additional_headers=headers, origin=origin):
        pass
    assert refused.value.response.status_code in (400, 403)
    assert len(server.live.listeners) == before


def test_our_own_page_gets_in_with_the_cookie(server: Site) -> None:
    address, cookie = server.socket.split("?")[0], {"Cookie": f"other=1; coach_{server.port}={TOKEN}"}
    with connect(address, origin=Origin(server.origin), additional_headers=cookie) as socket:
        assert json.loads(socket.recv(5))["t"] == "state"


MESSAGES = (
    st.text(max_size=200)
    | st.binary(max_size=200)
    | st.sampled_from(
        ["{}", '{"t":"mark"}', "[" * 5000, '{"t":"ack","n":99999999}', "null", b"\xff\xff\xff\xff", b"\0\0\0\0" + JPEG]
    )
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(MESSAGES, max_size=5))
def test_no_message_does_harm(server: Site, messages: list[str | bytes]) -> None:
    with connect(server.socket) as socket:
        for message in messages:
            socket.send(message)
        say(socket, t="next")
        until(lambda: server.live.said[-1:] == [Command(t="next")])
    server.live.said.clear()


def test_a_huge_message_ends_the_socket_and_nothing_else(server: Site, page: ClientConnection) -> None:
    # Its beginning alone: while a client still sends, the server's goodbye may be lost with the connection.
    huge = b"\x82\xff" + (LARGEST + 1).to_bytes(8, "big") + bytes(4)  # binary, masked, by 64 bits so long
    page.socket.sendall(huge + bytes(1000))
    assert goodbye(page)[0] == 1009
    with connect(server.socket) as other:
        assert json.loads(other.recv(5))["t"] == "state"


def test_a_large_text_is_refused_and_the_page_stays(server: Site, page: ClientConnection) -> None:
    page.send('{"t":"hello","lang":"' + "x" * 100_000 + '"}')
    heard(page, "refused_malformed")
    say(page, t="pause")
    until(lambda: server.live.said[-1:] == [Command(t="pause")])


def test_a_flood_is_cut_off_and_the_next_page_is_served(server: Site, page: ClientConnection) -> None:
    began = len(server.live.said)
    assert goodbye(page, ['{"t":"start"}'] * 20_000) == (4008, "refused_flood")
    assert len(server.live.said) - began < 2500
    with connect(server.socket) as other:
        assert json.loads(other.recv(5))["t"] == "state"


def test_the_server_says_goodbye(tmp_path: Path) -> None:
    with ExitStack() as pages:
        with site(tmp_path) as running:
            page = pages.enter_context(connect(running.socket))
            page.recv(5)
            began = time.monotonic()
        assert time.monotonic() - began < 4
        assert goodbye(page) == (1001, "server_gone")


def test_what_a_page_says_after_another_has_taken_over_is_not_heard() -> None:
    live = FakeLive()

    async def late() -> None:
        async def receive() -> Message:
            if websocket.client_state == WebSocketState.CONNECTING:
                return {"type": "websocket.connect"}
            page.close(TAKEN_OVER, "page_elsewhere")
            return {"type": "websocket.receive", "text": '{"t":"start"}'}

        async def send(_message: Message) -> None:
            return

        websocket = WebSocket({"type": "websocket"}, receive, send)
        await websocket.accept()
        page = PageSocket(websocket, live)
        await asyncio.wait_for(page.run(), 5)

    with ThreadPoolExecutor(1) as beside:  # in the tests' own thread a browser may have its loop
        beside.submit(asyncio.run, late()).result()
    assert live.said == []
