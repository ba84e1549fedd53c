"""The handbook is behind the pages' door, as they are."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from coach.web import assets
from coach.web.app import create_app
from coach.web.guard import Door


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    (tmp_path / "id").mkdir()
    (tmp_path / "id" / "kader.html").write_text("Untuk kader", encoding="utf-8")
    monkeypatch.setattr(assets, "HANDBOOK", tmp_path)
    return TestClient(create_app(Door(8000, "token"), []), base_url="http://127.0.0.1:8000")


def test_it_is_read_with_the_token_alone(client: TestClient) -> None:
    assert client.get("/handbook/id/kader.html").status_code == 403
    answer = client.get("/handbook/id/kader.html", headers={"cookie": "coach_8000=token"})
    assert (answer.status_code, answer.text) == (200, "Untuk kader")
    assert "script-src 'self'" in answer.headers["content-security-policy"]


def test_it_leads_to_no_other_file(client: TestClient) -> None:
    answer = client.get("/handbook/%2e%2e/guard.py", headers={"cookie": "coach_8000=token"})
    assert answer.status_code == 404
