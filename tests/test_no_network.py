"""A review opens no connection: the whole process is watched by strace while it works."""

from __future__ import annotations

import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.footage import BACK, SAMPLE, coach, cut

INTERNET = re.compile(r"\b(?:connect|sendto|sendmsg|sendmmsg|bind|listen)\(.*\bsa_family=AF_INET6?\b.*")
ADDRESS = re.compile(r'inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)"')
STRACE = ("strace", "-f", "-qq", "-e", "trace=network", "-o")


def talk(trace: str) -> list[str]:
    """The lines of an strace log in which something went, or was to go, to an address that is not this machine's."""
    return [line for line in trace.splitlines() if INTERNET.search(line) and not _loopback(line)]


def _loopback(line: str) -> bool:
    found = [a or b for a, b in ADDRESS.findall(line)]
    return bool(found) and all(address.startswith("127.") or address == "::1" for address in found)


def test_a_review_talks_to_nobody(tmp_path: Path) -> None:
    clip, log, report = cut(SAMPLE, tmp_path / "clip.mp4", frames=15), tmp_path / "trace", tmp_path / "report.json"
    done = coach("review", clip, "--back", BACK, "--json", report, prefix=(*STRACE, str(log)))
    assert done.returncode == 0, done.stderr
    assert report.exists()
    assert talk(log.read_text("utf-8")) == []


def test_a_guess_at_the_back_talks_to_nobody(tmp_path: Path) -> None:
    clip, log = cut(SAMPLE, tmp_path / "clip.mp4", frames=15), tmp_path / "trace"
    assert coach("review", clip, prefix=(*STRACE, str(log))).returncode in (0, 2)
    assert talk(log.read_text("utf-8")) == []


PROGRAMS = {
    "connect": 's = socket.socket(); s.settimeout(0.2); s.connect(("192.0.2.1", 9))',
    "connect from a thread": """
        def call():
            try:
                s = socket.socket(); s.settimeout(0.2); s.connect(("192.0.2.1", 9))
            except OSError:
                pass
        t = threading.Thread(target=call); t.start(); t.join()
        """,
    "send a datagram": 'socket.socket(type=socket.SOCK_DGRAM).sendto(b"x", ("192.0.2.1", 9))',
    "connect by IPv6": 'socket.socket(socket.AF_INET6).connect(("2001:db8::1", 9))',
    "ask a child to": """
        code = "import socket; s = socket.socket(); s.settimeout(0.2); s.connect(('192.0.2.1', 9))"
        subprocess.run([sys.executable, "-c", code], stderr=subprocess.DEVNULL)
        """,
}
QUIET = {
    "connect to itself": 'socket.socket().connect_ex(("127.0.0.1", 9))',
    "connect to a name on this machine": 'socket.socket(socket.AF_UNIX).connect_ex("/nowhere")',
}


def traced(program: str, log: Path) -> str:
    code = "import socket, subprocess, sys, threading\n" + textwrap.dedent(program)
    command = [*STRACE, str(log), sys.executable, "-W", "ignore", "-c", code]
    subprocess.run(command, check=False, capture_output=True, timeout=60)
    return log.read_text("utf-8")


@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS)
def test_the_watch_sees_a_program_that_talks(program: str, tmp_path: Path) -> None:
    assert talk(traced(program, tmp_path / "trace"))


@pytest.mark.parametrize("program", QUIET.values(), ids=QUIET)
def test_the_watch_lets_this_machine_talk_to_itself(program: str, tmp_path: Path) -> None:
    trace = traced(program, tmp_path / "trace")
    assert "connect(" in trace
    assert talk(trace) == []
