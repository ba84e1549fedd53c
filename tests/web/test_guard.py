"""Only this machine's browser, with the token, on a page of ours."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from coach.web.app import create_app
from coach.web.guard import Door, new_token
from tests.fakes.live import FakeLive
from tests.web.site import TOKEN, make_app

BASE, SOCKET = "http://127.0.0.1:8760", "ws://127.0.0.1:8760/ws"
PATHS = (
    "/practise",
    "/api/practise",
    "/api/back",
    "/static/app.js",
    "/static-0123/app.js",
    "/clips/id/count_1.ogg",
    "/demonstrations/heart.webm",
    "/nothing",
)


@pytest.fixture
def live() -> FakeLive:
    return FakeLive()


@pytest.fixture
def client(tmp_path: Path, live: FakeLive) -> TestClient:
    """Without the token."""
    return TestClient(make_app(tmp_path, live)[0], base_url=BASE, follow_redirects=False)


@pytest.fixture
def known(client: TestClient) -> TestClient:
    """With the token in its cookie."""
    assert client.get("/", params={"token": TOKEN}).status_code == 303
    return client


def test_the_address_with_the_token_leads_to_the_page_and_leaves_it_in_a_cookie(client: TestClient) -> None:
    answer = client.get("/", params={"token": TOKEN})
    assert (answer.status_code, answer.headers["location"]) == (303, "/practise")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert client.get("/practise").text == "<h1>practise</h1>"
    assert client.get("/").status_code == 303


@pytest.mark.parametrize("path", ["/", *PATHS])
def test_without_the_token_there_is_nothing_to_see(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.text) == (403, "<h1>no token</h1>")


@pytest.mark.parametrize("token", ["", "wrong", TOKEN + "x", TOKEN[:-1], "\ud800", "é"])
def test_another_token_is_no_token(client: TestClient, token: str) -> None:
    address = "/practise?token=" + token.encode("utf-8", "surrogatepass").hex("%") if token else "/practise?token="
    assert client.get(address.replace("token=", "token=%", 1) if token else address).status_code == 403


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1", "127.0.0.1:80", "localhost:8761", "127.0.0.1.evil:8760", ""]
)
def test_another_host_is_refused_even_with_the_token(known: TestClient, host: str) -> None:
    assert known.get("/practise", params={"token": TOKEN}, headers={"host": host}).status_code == 403


@pytest.mark.parametrize("host", ["localhost:8760", "[::1]:8760", "127.0.0.1:8760"])
def test_the_three_names_of_this_machine_serve(client: TestClient, host: str) -> None:
    assert client.get("/practise", params={"token": TOKEN}, headers={"host": host}).status_code == 200


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://127.0.0.1:8760", "http://localhost:8760"])
def test_another_pages_request_is_refused(known: TestClient, origin: str) -> None:
    assert known.get("/api/practise", headers={"origin": origin}).status_code == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_what_another_page_embeds_is_refused(known: TestClient, site: str) -> None:
    assert known.get("/static/app.js", headers={"sec-fetch-site": site}).status_code == 403
    assert known.get("/", headers={"sec-fetch-site": site}).status_code == 403
    assert known.get("/", params={"token": TOKEN}, headers={"sec-fetch-site": site}).status_code == 200


def test_another_page_of_ours_may_lead_to_a_person_and_what_for(known: TestClient) -> None:
    asked = {"token": TOKEN, "code": "MEL-02F", "mode": "exam"}
    assert known.get("/", params=asked).headers["location"] == "/practise?code=MEL-02F&mode=exam"
    led = known.get("/", params=asked, headers={"sec-fetch-site": "same-site"})
    assert led.headers["refresh"] == "0; url=/practise?code=MEL-02F&mode=exam"


def test_what_changes_something_must_say_where_it_comes_from(known: TestClient) -> None:
    assert known.delete("/api/clips/id/count_1").status_code == 403
    assert known.delete("/api/clips/id/count_1", headers={"origin": BASE}).status_code == 204


def test_every_answer_keeps_the_page_to_itself(known: TestClient) -> None:
    for answer in (known.get(path) for path in PATHS):
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'")
        assert "connect-src 'self' ws://127.0.0.1:8760" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert "access-control-allow-origin" not in answer.headers


def test_scripts_have_the_kind_that_browsers_ask_for(known: TestClient) -> None:
    assert known.get("/static/app.js").headers["content-type"].startswith("text/javascript")


@pytest.mark.parametrize(
    "path",
    [
        "/static/../secret.txt",
        "/static/%2e%2e/secret.txt",
        "/static/..%2fsecret.txt",
        "/static-0123/..%2fsecret.txt",
        "/static-..%2f../secret.txt",
        "/clips/..%2f..%2fsecret/x.ogg",
    ],
)
def test_nothing_outside_the_pages_folder_is_served(known: TestClient, path: str) -> None:
    answer = known.get(path)
    assert answer.status_code == 404
    assert "secret" not in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"host": "evil.example", "origin": "http://evil.example"},
        {"cookie": "coach_8760=wrong"},
        {"cookie": f"coach_8761={TOKEN}"},
    ],
)
def test_the_socket_is_closed_to_strangers(client: TestClient, live: FakeLive, headers: dict[str, str]) -> None:
    token = TOKEN if "origin" in headers else ""
    with pytest.raises(WebSocketDisconnect), client.websocket_connect(f"{SOCKET}?token={token}", headers=headers):
        pass
    assert live.listeners == []


def test_tokens_are_long_and_never_the_same() -> None:
    tokens = {new_token() for _ in range(100)}
    assert len(tokens) == 100
    assert min(map(len, tokens)) >= 32
    assert Door(1, "t").address == "http://127.0.0.1:1/?token=t"


def test_the_page_that_sends_away_has_its_own_style_and_nothing_else() -> None:
    style = "main { color: red; }"
    door = Door(8760, "right-token", refusal=f"<style>{style}</style><main>no</main>")
    with TestClient(create_app(door, []), base_url="http://127.0.0.1:8760") as client:
        answer = client.get("/import")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert (answer.status_code, "<main>no</main>" in answer.text) == (403, True)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert f"'sha256-{digest}'" in policy
