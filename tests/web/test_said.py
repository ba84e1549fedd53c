"""What a page may say, and that nothing else is understood."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.web.framing import LARGEST_TEXT, pack, page_picture, unpack
from coach.web.said import Ack, Again, Command, Consent, Mark, parse

GOOD: list[dict[str, Any]] = [
    {"t": "hello", "lang": "id"},
    {"t": "lang", "lang": "en"},
    {"t": "consent", "checks": ["not_pregnant"], "video": True, "code": "K 07"},
    {"t": "mode", "mode": "exam"},
    {"t": "mark", "way": "drag", "points": [[1, 2], [3.5, 4], [5, 6], [7, 8]], "kind": "corners"},
    {"t": "mark", "way": "touch"},
    *({"t": "mark", "way": way} for way in ("accept", "clear", "anew")),
    *({"t": t} for t in ("start", "pause", "resume", "repeat", "next", "previous", "finish", "stop", "new", "sample")),
    {"t": "again", "segment": "heart"},
    {"t": "browser_camera", "on": True},
    {"t": "occupied", "on": True},
    {"t": "asks", "question": "no_fever"},
    {"t": "asks", "question": ""},
    {"t": "mute", "on": False},
    {"t": "ack", "n": 3},
]
BAD: list[Any] = [
    None,
    [],
    3,
    {},
    {"t": "open_door"},
    {"t": "hello", "lang": "nl"},
    {"t": "start", "more": 1},
    {"t": "ack", "n": -1},
    {"t": "ack", "n": "1"},
    {"t": "ack", "n": True},
    {"t": "again", "segment": "../x"},
    {"t": "mark", "way": "drag"},
    {"t": "mark", "way": "touch", "points": [[1, 2], [3, 4], [5, 6], [7, 8]]},
    {"t": "mark", "way": "drag", "points": [[1, 2], [3, 4], [5, 6]]},
    {"t": "mark", "way": "drag", "points": [[1, 2], [3, 4], [5, 6], [7, 1e300]]},
    {"t": "mark", "way": "drag", "points": [[1, 2], [3, 4], [5, 6], [7, "8"]]},
    {"t": "consent", "checks": ["A b"], "video": False},
    {"t": "consent", "checks": ["ok"] * 41},
    {"t": "consent", "checks": [], "code": "x" * 65},
    {"t": "consent", "checks": [], "code": "a\nb"},
    {"t": "consent", "checks": [], "video": 1},
    {"t": "mute", "on": "yes"},
    {"t": "occupied"},
    {"t": "asks", "question": "no fever"},
]


@pytest.mark.parametrize("said", GOOD, ids=lambda said: str(said["t"]))
def test_what_a_page_says_is_understood(said: dict[str, Any]) -> None:
    assert parse(json.dumps(said)).t == said["t"]


def test_what_was_understood_is_what_was_said() -> None:
    mark = parse(json.dumps({"t": "mark", "way": "drag", "points": [[1, 2], [3, 4], [5, 6], [7, 8]]}))
    assert isinstance(mark, Mark)
    assert mark.points == ((1, 2), (3, 4), (5, 6), (7, 8))
    assert parse('{"t":"ack","n":7}') == Ack(t="ack", n=7)
    assert parse('{"t":"again","segment":"love"}') == Again(t="again", segment="love")
    assert parse('{"t":"start"}') == Command(t="start")
    assert parse('{"t":"consent","checks":["a"]}') == Consent(t="consent", checks=("a",))


@pytest.mark.parametrize("said", BAD, ids=str)
def test_anything_else_is_not(said: Any) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  any of its kinds
        parse(json.dumps(said))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[" * 60_000,
        '{"t":' * 10_000,
        '{"t":"hello","lang":"id"}' + " " * LARGEST_TEXT,
        '{"t":"ack","n":1e999}',
        '{"t":"mark","way":"drag","points":[[NaN,0],[0,0],[0,0],[0,0]]}',
        '{"t":"hello","lang":"id","t":"stop"}',
        "\ud800",
        '{"t":"consent","checks":[],"code":"\ud800"}',
        '{"t":"ack","n":' + "9" * 5000 + "}",
    ],
    ids=range(11),
)
def test_no_text_does_harm(text: str) -> None:
    try:
        parse(text)
    except ValueError:
        return


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=10), inner, max_size=5),
    max_leaves=20,
)
KEYS = st.sampled_from(["t", "lang", "checks", "video", "code", "mode", "way", "points", "kind", "n", "on", "segment"])
WORDS = st.sampled_from(
    ["hello", "mark", "drag", "id", "consent", "ack", "start", "again", "guided", "mute", "corners"]
)


@settings(max_examples=40)
@given(st.text() | JSON.map(json.dumps) | st.dictionaries(KEYS, JSON | WORDS).map(json.dumps))
def test_what_is_understood_can_be_said_again(text: str) -> None:
    try:
        said = parse(text)
    except ValueError:
        return
    assert parse(said.model_dump_json()) == said


@given(st.dictionaries(st.text(max_size=9), st.integers() | st.text(max_size=9), max_size=5), st.binary(max_size=99))
def test_a_picture_and_what_was_seen_in_it_travel_together(header: dict[str, Any], jpeg: bytes) -> None:
    assert unpack(pack(header, jpeg)) == (header, jpeg)


def test_a_pages_picture_has_a_time_and_a_jpeg() -> None:
    assert page_picture(pack({"t": "frame", "time_s": 1.5}, b"\xff\xd8\xff!")) == (1.5, b"\xff\xd8\xff!")


@given(st.binary(max_size=200) | st.builds(pack, st.dictionaries(KEYS, st.integers() | st.text()), st.binary()))
def test_no_bytes_do_harm(message: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        page_picture(message)


@pytest.mark.parametrize(
    "header",
    [
        {"t": "frame"},
        {"t": "frame", "time_s": True},
        {"t": "frame", "time_s": -1},
        {"t": "frame", "time_s": 1e12},
        {"t": "frame", "time_s": "1"},
        {"t": "state", "time_s": 1},
    ],
    ids=str,
)
def test_a_picture_without_a_good_time_is_refused(header: dict[str, Any]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        page_picture(pack(header, b"\xff\xd8\xff!"))


def test_headers_that_lie_about_their_length_are_refused() -> None:
    for message in (b"", b"\1\0", b"\xff\xff\xff\x7f{}", b"\0\x10\0\0" + b"[" * 4096, b"\1\x10\0\0" + b" " * 5000):
        with pytest.raises(ValueError):  # noqa: PT011
            page_picture(message)
