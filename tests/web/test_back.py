"""What a page asks about the back: the corners for four marks on the body."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from starlette.testclient import TestClient

from coach.locate.marks import corners_of
from tests.fakes.live import FakeLive
from tests.web.site import TOKEN, make_app

BODY = [[320.0, 50.0], [170.0, 110.0], [480.0, 90.0], [330.0, 430.0]]


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    client = TestClient(make_app(tmp_path, FakeLive())[0], base_url="http://127.0.0.1:8760", follow_redirects=False)
    client.get("/", params={"token": TOKEN})
    return client


def text(places: list[list[float]]) -> str:
    return ",".join(str(number) for place in places for number in place)


def test_the_corners_are_the_program_s_own(client: TestClient) -> None:
    answer = client.get("/api/back", params={"body": text(BODY), "size": "640,480"})
    assert answer.status_code == 200
    np.testing.assert_allclose(answer.json()["corners"], corners_of(np.array(BODY), (640, 480)), atol=0.01)


@pytest.mark.parametrize(
    ("body", "size"),
    [
        ("", ""),
        (text(BODY[:3]), "640,480"),
        (text([*BODY, [1.0, 2.0]]), "640,480"),
        (text(BODY), "640"),
        (text(BODY), "640,0"),
        (text(BODY), "nan,480"),
        (text(BODY).replace("50.0", "nan"), "640,480"),
        (text(BODY).replace("50.0", "inf"), "640,480"),
        (text(BODY).replace("50.0", "1e300"), "640,480"),
        (text(BODY).replace("50.0", "fifty"), "640,480"),
    ],
)
def test_what_is_no_marks_is_refused(client: TestClient, body: str, size: str) -> None:
    answer = client.get("/api/back", params={"body": body, "size": size})
    assert (answer.status_code, answer.json()["key"]) == (400, "query_bad")
