"""The trainer's side behind its guard, under strange requests, and as a whole program."""

from __future__ import annotations

import json
import os
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
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from coach.trainer import program
from coach.web.calls import JSON_BODY
from tests.store.made import new
from tests.trainer.made import BASE, CLIP, CORNERS, PORT, TOKEN, Side, clip, keep, reviewed, side
from tests.web.site import until

PROGRAM = "from coach.cli import main; main()"
READS = ("/sessions", "/import", "/sessions/x", "/api/trainer", "/api/sessions", "/api/imports", "/api/papers/blank")
WRITES = ("/api/sessions/x/events", "/api/imports", "/api/imports/x", "/api/protocols/save", "/api/demonstrate")
POSTS = (
    *("/api/sessions/{}/events", "/api/sessions/{}/ratings", "/api/sessions/{}/consent", "/api/sessions/{}/rescore"),
    *("/api/protocols/check", "/api/protocols/save", "/api/demonstrate", "/api/imports/x"),
)
PUTS = ("/api/sessions/{}/belongs", "/api/people/K01")
FIELDS = (
    "event",
    "author",
    "do",
    "rater",
    "items",
    "blind",
    "checks",
    "video",
    "by",
    "protocol",
    "text",
    "base",
    "changes",
)
MORE = ("session", "segment", "from_s", "to_s", "kader", "posyandu", "name", "role", "corners", "size", "withdrawn")
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from((*FIELDS, *MORE)), inner, max_size=6),
    max_leaves=12,
)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Side]:
    with side(tmp_path_factory.mktemp("data") / "store") as opened:
        yield opened


@pytest.fixture(scope="module")
def session(office: Side) -> str:
    return keep(office.store)


def stranger(office: Side, **headers: str) -> TestClient:
    return TestClient(office.client.app, base_url=BASE, headers=headers, follow_redirects=False)


@pytest.mark.parametrize("path", READS)
def test_without_the_token_there_is_nothing(office: Side, path: str) -> None:
    assert stranger(office).get(path).status_code == 403
    other = stranger(office, cookie=f"coach_{PORT}={TOKEN}", host="evil.example")
    assert other.get(path).status_code == 403


@pytest.mark.parametrize("path", WRITES)
@pytest.mark.parametrize("origin", [None, "http://evil.example", "null"])
def test_another_page_changes_nothing(office: Side, path: str, origin: str | None) -> None:
    headers = {"cookie": f"coach_{PORT}={TOKEN}"} | ({} if origin is None else {"origin": origin})
    assert stranger(office, **headers).post(path, content=b"{}").status_code == 403
    assert office.get("/api/imports") == []


def test_the_address_with_the_token_leads_to_the_sessions(office: Side) -> None:
    answer = stranger(office).get("/", params={"token": TOKEN})
    assert (answer.status_code, answer.headers["location"]) == (303, "/sessions")


def test_every_answer_is_sealed(office: Side, session: str) -> None:
    for path in (
        "/api/trainer",
        f"/api/sessions/{session}",
        f"/api/sessions/{session}/tracks",
        "/sessions",
        "/nothing",
    ):
        headers = office.client.get(path).headers
        assert headers["content-security-policy"].startswith("default-src 'none'")
        assert headers["cache-control"] == "no-store"
        assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize("name", ["../../coach.db", "..%2f..%2fcoach.db", "%2e%2e", "a/b", "x" * 300, "%00"])
def test_an_id_leads_nowhere_else(office: Side, name: str) -> None:
    for path in ("", "/tracks", "/video", "/frames", "/frame", "/back/heart", "/align"):
        answer = office.client.get(f"/api/sessions/{name}{path}")
        assert answer.status_code in (400, 404)
        assert b"SQLite" not in answer.content
    for path in (f"/demonstrations/{name}", f"/api/imports/{name}/picture", f"/api/papers/zip?sessions={name}"):
        assert office.client.get(path).status_code in (400, 404)
    assert office.client.delete(f"/api/sessions/{name}").status_code in (404, 405)


def test_a_body_is_read_no_farther_than_it_may_be_long(office: Side, session: str) -> None:
    path = f"/api/sessions/{session}/events"
    answer = office.client.post(path, content=b'"' + b"x" * (JSON_BODY + 1) + b'"')
    assert (answer.status_code, answer.json()["key"]) == (413, "body_large")
    for body in (b"{", b"\xff\xfe", b"[" * 100_000, b'{"a": NaN}', b"nul", b'{"event": 1e999}'):
        assert office.client.post(path, content=body).status_code == 400
    assert office.store.session(session).corrections == ()


@given(path=st.sampled_from(POSTS), body=VALUES)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_strange_bodies_are_refused_in_words_and_nothing_is_lost(
    office: Side, session: str, path: str, body: Any
) -> None:
    results = len(office.store.session(session).results)
    answer = office.client.post(path.format(session), json=body)
    assert answer.status_code < 500, answer.text
    assert answer.status_code == 200 or set(answer.json()["text"]) == {"id", "en"}
    assert len(office.store.session(session).results) >= results
    assert office.get(f"/api/sessions/{session}")["machine"] is not None


@given(path=st.sampled_from(PUTS), body=VALUES)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_strange_people_are_refused(office: Side, session: str, path: str, body: Any) -> None:
    assert office.client.put(path.format(session), json=body).status_code in (200, 400)


@given(
    query=st.dictionaries(
        st.sampled_from(("limit", "offset", "since", "until", "text", "kader", "passed", "at_s")), st.text(max_size=8)
    )
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_strange_questions_are_answered_or_refused(office: Side, query: dict[str, str]) -> None:
    for path in ("/api/sessions", "/api/progress", "/api/agreement"):
        assert office.client.get(path, params=query).status_code in (200, 400)


def test_a_fault_of_ours_is_told_without_its_insides(office: Side, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office.store, "sessions", lambda *_: 1 / 0)
    told = office.get("/api/sessions", 500)
    assert told["key"] == "fault"
    assert "File" not in json.dumps(told)


# ---------------------------------------------------------------------- as a whole program


@contextmanager
def serve(folder: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """``coach serve``, and the address it prints."""
    command = ["serve", "--no-browser", "--port", "0", "--data", str(folder), *arguments]
    started = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        assert started.stdout is not None
        line = started.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+/\?token=\S+", line)
        assert found, (line, started.stderr.read() if started.stderr and not line else "")
        yield started, found[0]
    finally:
        started.kill()
        started.communicate()


def ask(address: str, path: str, data: bytes | None = None) -> Any:
    base, _, token = address.partition("/?token=")
    headers = {"Origin": base, "Cookie": f"coach_{base.rpartition(':')[2]}={token}"}
    request = urllib.request.Request(base + path, data, headers, method="GET" if data is None else "POST")
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.loads(answer.read())


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_ends_with_nothing_left_of_an_upload(tmp_path: Path, end: signal.Signals) -> None:
    film = clip(tmp_path / "film.mp4", 5).read_bytes()
    with serve(tmp_path / "store", "--lang", "id") as (started, address):
        assert ask(address, "/api/trainer")["lang"] == "id"
        assert ask(address, "/api/imports", film)["state"] == "marking"
        assert any((tmp_path / "store" / "imports").rglob("upload"))
        started.send_signal(end)
        out, err = started.communicate(timeout=20)
        assert (out, err, started.returncode) == ("", "", 0)
    assert not (tmp_path / "store" / "imports").exists()


def broken_off(address: str, piece: bytes) -> None:
    """An upload whose page goes away in the middle."""
    base, _, token = address.partition("/?token=")
    host = base.removeprefix("http://")
    head = f"POST /api/imports HTTP/1.1\r\nHost: {host}\r\nOrigin: {base}\r\nContent-Length: 1000000\r\n"
    head += f"Cookie: coach_{base.rpartition(':')[2]}={token}\r\n\r\n"
    with socket.create_connection((host.partition(":")[0], int(host.partition(":")[2]))) as page:
        page.sendall(head.encode() + piece)
        until(lambda: [one["state"] for one in ask(address, "/api/imports")] == ["uploading"])


def test_killed_in_the_middle_of_a_review_nothing_of_the_film_stays(tmp_path: Path) -> None:
    store = tmp_path / "store"
    with serve(store) as (started, address):
        broken_off(address, b"half a film")
        job = ask(address, "/api/imports", CLIP.read_bytes())
        until(lambda: [one["state"] for one in ask(address, "/api/imports")] == ["marking"])
        marks = {"corners": CORNERS, "size": job["size"], "consent": {"video": True}}
        ask(address, f"/api/imports/{job['id']}", json.dumps(marks).encode())
        until(lambda: ask(address, "/api/imports")[0]["done_s"] > 0, 60)
        assert any((store / "imports").rglob("*.part"))
        os.kill(started.pid, signal.SIGKILL)
        started.wait(10)
    assert any((store / "imports").rglob("upload"))
    until(lambda: not any((store / "imports").rglob("*.part")), 20)  # the worker has noticed
    with serve(store) as (_, address):
        assert ask(address, "/api/imports") == []
        assert not any((store / "imports").rglob("upload"))
        assert ask(address, "/api/sessions")["total"] == 0


@pytest.mark.parametrize(
    ("arguments", "says"), [(["--protocol", "nothing"], "nothing"), (["--port", "70000"], "70000")]
)
def test_what_cannot_be_used_is_told_in_one_line(arguments: list[str], says: str, tmp_path: Path) -> None:
    command = [sys.executable, "-c", PROGRAM, "serve", "--no-browser", "--data", str(tmp_path), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert says in done.stderr


def test_a_practice_that_was_broken_off_is_read_when_the_trainer_comes(tmp_path: Path) -> None:
    with side(tmp_path / "store") as office:
        with office.store.recording(new()) as recording:
            for chunk in reviewed()[0].chunks:
                recording.append(chunk)
        file = office.store.files.of(recording.id) / "tracks.bin"
        os.utime(file, (time.time() - 60, time.time() - 60))
        with program.opened(office.store, "oxytocin", "id"):  # read behind her while she is there
            until(lambda: office.get(f"/api/sessions/{recording.id}")["row"]["state"] == "finished", 20.0)
