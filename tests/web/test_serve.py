"""The whole program, as a person starts and ends it."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest
import uvicorn
from websockets.sync.client import connect

from coach.domain import InputError
from coach.web import serve
from coach.web.serve import USUAL_PORT, Server, listening
from tests.fakes.live import FakeLive
from tests.footage import SAMPLE
from tests.web.site import TOKEN, make_app, site

PROGRAM = "from coach.cli import main; main()"


@contextmanager
def practise(
    folder: Path, *arguments: str, camera: str = str(SAMPLE), files: int | None = None
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """``coach practise``, and the address it prints.

    :param files: that it may have open at once
    """
    command = ["practise", "--camera", camera, "--no-browser", "--data", str(folder), *arguments]
    limited = "" if files is None else f"import resource as r; r.setrlimit(r.RLIMIT_NOFILE, ({files}, {files})); "
    program = subprocess.Popen(
        [sys.executable, "-c", limited + PROGRAM, *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        assert program.stdout is not None
        line = program.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+/\?token=\S+", line)
        assert found, (line, program.stderr.read() if program.stderr and not line else "")
        yield program, found[0]
    finally:
        program.kill()
        program.communicate()


def ended(program: subprocess.Popen[str]) -> tuple[str, str, int]:
    out, err = program.communicate(timeout=20)
    return out, err, program.returncode


def test_one_line_one_page_and_ctrl_c(tmp_path: Path) -> None:
    with practise(tmp_path, "--port", "0", "--lang", "id") as (program, address):
        page = urllib.request.urlopen(address.replace("/?", "/practise?"), timeout=20).read().decode()
        assert "<html" in page
        time.sleep(1.5)  # the tracker may be loading
        began = time.monotonic()
        program.send_signal(signal.SIGINT)
        assert ended(program) == ("", "", 0)
        assert time.monotonic() - began < 8


@pytest.fixture(scope="module")
def idling(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A program without a camera that may have 256 files, as a Mac lets one, and its address: looked at from all sides
    before it is told to end."""
    with practise(tmp_path_factory.mktemp("idling"), "--port", "0", camera="63", files=256) as (program, address):
        yield program, address
        program.terminate()
        assert ended(program)[0] == ""


@pytest.fixture
def running(idling: tuple[subprocess.Popen[str], str]) -> str:
    """Its address."""
    return idling[1]


def test_it_listens_on_this_machine_alone(running: str) -> None:
    urllib.request.urlopen(running.replace("/?", "/practise?"), timeout=20).close()
    port = int(running.split(":")[2].split("/", maxsplit=1)[0])
    table = Path("/proc/net/tcp").read_text("utf-8").splitlines()[1:]
    listeners = {row.split()[1] for row in table if row.split()[3] == "0A"}
    assert f"0100007F:{port:04X}" in listeners
    assert f"00000000:{port:04X}" not in listeners


def test_without_the_token_there_is_a_page_that_says_so(running: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(running.split("?", maxsplit=1)[0], timeout=20)
    assert refused.value.code == 403
    assert "coach" in refused.value.read().decode()
    refused.value.close()


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        command = [sys.executable, "-c", PROGRAM, "practise", "--camera", "0", "--no-browser", "--lang", "en"]
        done = subprocess.run(
            [*command, "--port", port, "--data", str(tmp_path)], capture_output=True, text=True, check=False, timeout=30
        )
    assert (done.returncode, done.stdout) == (2, "")
    assert port in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--camera", "nothing.mp4"], "nothing.mp4"),
        (["--camera", "1000"], "1000"),
        (["--camera", "00000000001000"], "1000"),
        (["--camera", "²"], "²"),
        (["--protocol", "nothing"], "nothing"),
        (["--port", "70000"], "70000"),
        (["--port", "-1"], "-1"),
    ],
)
def test_what_cannot_be_used_is_told_in_one_line(arguments: list[str], says: str, tmp_path: Path) -> None:
    command = [sys.executable, "-c", PROGRAM, "practise", "--no-browser", "--data", str(tmp_path), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_number_without_a_camera_still_has_its_page(idling: tuple[subprocess.Popen[str], str]) -> None:
    """It offers what to try."""
    program, _ = idling
    assert program.poll() is None


def test_the_usual_port_gives_way_to_the_next(tmp_path: Path) -> None:  # noqa: ARG001
    with listening(None) as first, listening(None) as second:
        ports = [s.getsockname()[1] for s in (first, second)]
        assert all(USUAL_PORT <= port < USUAL_PORT + 20 for port in ports)
        assert ports[0] != ports[1]
        with pytest.raises(InputError) as refused, listening(ports[0]):
            pass
        assert refused.value.key == "practise_port_taken"


def test_a_port_that_needs_rights_is_not_said_to_be_in_use(monkeypatch: pytest.MonkeyPatch) -> None:
    def kept(_self: socket.socket, _address: tuple[str, int]) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(socket.socket, "bind", kept)
    with pytest.raises(InputError) as refused, listening(80):
        pass
    assert (refused.value.key, refused.value.values["port"]) == ("practise_port_forbidden", 80)


def test_where_the_usual_ports_are_kept_from_programs_any_other_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    bind = socket.socket.bind

    def kept(self: socket.socket, address: tuple[str, int]) -> None:
        if address[1]:
            raise PermissionError(errno.EACCES, "forbidden by its access permissions")  # as by Windows, for its own
        bind(self, address)

    monkeypatch.setattr(socket.socket, "bind", kept)
    with listening(None) as found:
        assert found.getsockname()[1] > 0


def test_windows_serves_by_the_loop_that_goes_on_listening(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its usual one closes the door for good where a connection was given up before it was let in."""
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(asyncio, "ProactorEventLoop", type("ProactorEventLoop", (), {}), raising=False)
    ran: list[object] = []
    monkeypatch.setattr(uvicorn.Server, "run", lambda server, **_: ran.append(server.config.get_loop_factory()))
    app, desk = make_app(tmp_path, FakeLive())
    with listening(0) as listener:
        Server(app, desk.close).run(listener)
    assert ran == [asyncio.SelectorEventLoop]


BREAK = """
import signal, sys, threading
signal.SIGBREAK = signal.SIGUSR1
from coach import signals
signals.{listens}()
try:
    signal.raise_signal(signal.SIGBREAK)
except KeyboardInterrupt:
    print("as Ctrl-C")
print("here")
"""


@pytest.mark.parametrize(
    ("listens", "says"), [("end_as_ctrl_c", "as Ctrl-C\nhere\n"), ("leave_to_the_program", "here\n")]
)
def test_ctrl_break_of_windows_ends_as_ctrl_c_does(listens: str, says: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", BREAK.format(listens=listens)], capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.returncode) == (says, 0)


@contextmanager
def idle(port: int, count: int, sends: bytes = b"") -> Iterator[list[socket.socket]]:
    """Connections that are opened, and then ask for nothing."""
    with contextlib.ExitStack() as opened:
        held = [opened.enter_context(socket.create_connection(("127.0.0.1", port), timeout=20)) for _ in range(count)]
        for one in held:
            one.sendall(sends)
        yield held


def got(address: str, patience_s: float) -> bool:
    with urllib.request.urlopen(address, timeout=patience_s) as answer:
        return bool(answer.status == 200)


def test_two_hundred_idle_connections_keep_no_page_out(tmp_path: Path) -> None:
    with site(tmp_path) as server, idle(server.port, 200):
        assert got(f"{server.origin}/practise?token={TOKEN}", 2.0)


def test_not_even_more_than_the_program_may_have_files(running: str) -> None:
    with idle(int(running.split(":")[2].split("/", maxsplit=1)[0]), 300):
        assert got(running.replace("/?", "/practise?"), 30.0)


@pytest.mark.parametrize("sends", [b"", b"GET /practise HTTP/1.1\r\nHost:"])
def test_who_asks_for_nothing_is_sent_away(sends: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "_ASKS_S", 0.3)
    with site(tmp_path) as server, idle(server.port, 1, sends) as (one,):
        assert one.recv(1) == b""


def test_there_are_never_more_connections_than_windows_can_wait_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serve, "_MOST", 3)
    monkeypatch.setattr(serve, "_ASKS_S", 30.0)
    with site(tmp_path) as server, idle(server.port, 3) as first, contextlib.ExitStack() as opened:
        asks = f"GET /practise?token={TOKEN} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n\r\n".encode()
        for gone in first[:2]:  # who comes anew is answered; who has waited longest without a word makes room
            (one,) = opened.enter_context(idle(server.port, 1, asks))
            assert one.recv(12) == b"HTTP/1.1 200"
            with contextlib.suppress(ConnectionResetError):
                assert gone.recv(1) == b""
        first[2].sendall(asks)
        assert first[2].recv(12) == b"HTTP/1.1 200"


def test_who_has_asked_may_ask_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "_ASKS_S", 0.3)
    with site(tmp_path) as server, contextlib.closing(HTTPConnection("127.0.0.1", server.port, timeout=5)) as asker:
        asker.auto_open = 0  # else it would connect anew
        asker.connect()
        for wait_s in (0.6, 0.0):
            asker.request("GET", f"/practise?token={TOKEN}")
            assert asker.getresponse().read() == b"<h1>practise</h1>"
            time.sleep(wait_s)


def test_a_page_that_says_nothing_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "_ASKS_S", 0.3)
    with site(tmp_path) as server, connect(server.socket) as page:
        page.recv(5)
        with pytest.raises(TimeoutError):  # not ConnectionClosed
            page.recv(1.0)
