"""A trainer's own voice in place of the bank's."""

from __future__ import annotations

import errno
import io
import os
import struct
from pathlib import Path

import av
import numpy as np
import pytest
from starlette.testclient import TestClient

from coach.messages import LANGS
from coach.protocol.files import load
from coach.web.clips import BANK, LARGEST, Clips
from coach.web.recorded import Samples, samples
from coach.web.spoken import names
from tests.fakes.live import FakeLive
from tests.web.site import TOKEN, make_app
from tools.make_voices import TAUGHT

BASE = "http://127.0.0.1:8760"
RATE = 48_000  # Hz
HOW = {"webm": "libopus", "ogg": "libopus", "mp4": "aac", "wav": "pcm_s16le"}  # as Chromium, Firefox, Safari, none


def hum(
    kind: str, length_s: float = 0.8, loud: float = 0.3, before_s: float = 0.0, after_s: float = 0.0, room: float = 0.0
) -> bytes:
    """As a browser records it, in a room in which something hisses."""
    out = io.BytesIO()
    before, length, after = (round(part_s * RATE) for part_s in (before_s, length_s, after_s))
    wave = np.random.default_rng(0).normal(0, room, before + length + after)
    wave[before : before + length] += loud * np.sin(2 * np.pi * 220 / RATE * np.arange(length))
    with av.open(out, "w", format=kind) as container:
        stream = container.add_stream(HOW[kind], rate=RATE, layout="mono")
        frame = av.AudioFrame.from_ndarray((wave * 32767).astype(np.int16)[None], format="s16", layout="mono")
        frame.sample_rate = RATE
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return out.getvalue()


WEBM = hum("webm")
SLOW = (
    b"RIFF\x24\x08\0\0WAVEfmt \x10\0\0\0\1\0\1\0"
    + struct.pack("<IIHH", 1, 2, 2, 16)
    + b"data\0\x08\0\0"
    + b"\x40" * 2048
)


def played(client: TestClient) -> Samples:
    """What a page hears of the clip."""
    return samples("audio/ogg", client.get("/clips/id/count_1.ogg").content, 20.0)


PUT = {"origin": BASE, "content-type": "audio/webm;codecs=opus"}


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    client = TestClient(make_app(tmp_path, FakeLive())[0], base_url=BASE, follow_redirects=False)
    client.get("/", params={"token": TOKEN})
    return client


def test_the_banks_clip_is_played_until_a_trainer_records_one(client: TestClient) -> None:
    assert client.get("/clips/id/count_1.ogg").content == b"OggS bank"
    assert client.put("/api/clips/id/count_1", content=WEBM, headers=PUT).status_code == 204
    own = client.get("/clips/id/count_1.ogg")
    assert own.headers["content-type"] == "audio/ogg"
    assert own.content != b"OggS bank"
    assert client.delete("/api/clips/id/count_1", headers={"origin": BASE}).status_code == 204
    assert client.get("/clips/id/count_1.ogg").content == b"OggS bank"


def test_a_new_recording_takes_the_place_of_an_older_one_of_another_kind(client: TestClient, tmp_path: Path) -> None:
    folder = tmp_path / "own" / "en"
    folder.mkdir(parents=True)
    (folder / "count_1.webm").write_bytes(WEBM)  # an older coach kept it as it came
    older = client.get("/clips/en/count_1.ogg")
    assert (older.content, older.headers["content-type"]) == (WEBM, "audio/webm")
    assert client.put("/api/clips/en/count_1", content=WEBM, headers=PUT).status_code == 204
    assert client.get("/clips/en/count_1.ogg").content != WEBM
    assert [file.name for file in folder.iterdir()] == ["count_1.ogg"]


@pytest.mark.parametrize(
    ("path", "headers", "sound", "status", "key"),
    [
        ("nl/count_1", PUT, WEBM, 404, "clip_unknown"),
        ("id/..%2Fx", PUT, WEBM, 404, None),
        ("id/whatever_junk", PUT, WEBM, 404, "clip_unknown"),
        ("id/Count", PUT, WEBM, 404, "clip_unknown"),
        ("id/count_1", PUT, WEBM + b"\0" * LARGEST, 413, "clip_large"),
        ("id/count_1", PUT, b"<html>", 415, "clip_not_sound"),
        ("id/count_1", PUT, WEBM[:4] + b" no more than that", 415, "clip_not_sound"),
        ("id/count_1", PUT | {"content-type": "audio/wav"}, SLOW, 415, "clip_not_sound"),
        ("id/count_1", PUT, b"", 422, "clip_silent"),
        ("id/count_1", PUT, WEBM[: WEBM.index(b"\x1f\x43\xb6\x75")], 422, "clip_silent"),  # ended at once
        ("id/count_1", PUT | {"content-type": ""}, b"", 422, "clip_silent"),
        ("id/count_1", PUT, hum("webm", 0.1), 422, "clip_silent"),
        ("id/count_1", PUT, hum("webm", loud=0.0), 422, "clip_silent"),
        ("id/count_1", PUT, hum("webm", loud=0.002), 422, "clip_silent"),
        ("id/count_1", PUT, hum("webm", 11.0), 413, "clip_large"),
        ("id/count_1", PUT | {"content-type": "text/html"}, WEBM, 415, "clip_not_sound"),
        ("id/count_1", PUT | {"content-type": "text/html"}, b"\0" + WEBM, 415, "clip_not_sound"),
        ("id/count_1", PUT | {"content-type": "audio/ogg"}, WEBM, 415, "clip_not_sound"),
    ],
)
def test_what_is_no_clip_is_refused(
    client: TestClient, tmp_path: Path, path: str, headers: dict[str, str], sound: bytes, status: int, key: str | None
) -> None:
    answer = client.put(f"/api/clips/{path}", content=sound, headers=headers)
    assert answer.status_code == status
    if key is not None:
        assert answer.json() == {"t": "refused", "key": key}
    assert not (tmp_path / "own").exists()


@pytest.mark.parametrize("kind", HOW)
def test_each_browser_records_in_its_own_way(client: TestClient, kind: str) -> None:
    for loud in (0.9, 0.02):  # near a microphone, and far from one
        headers = PUT | {"content-type": f"audio/{kind};codecs=x"}
        assert client.put("/api/clips/id/count_1", content=hum(kind, loud=loud), headers=headers).status_code == 204
        prompt = played(client)
        assert np.abs(prompt).max() == pytest.approx(loud, rel=0.2)
        assert len(prompt) / RATE == pytest.approx(0.8, abs=0.1)
        crossings = np.count_nonzero(np.diff(np.signbit(prompt[RATE // 4 : RATE // 2])))
        assert crossings == pytest.approx(2 * 220 / 4, abs=3)  # the hum, at its own pitch


def test_a_prompt_begins_where_the_trainer_begins_to_speak(client: TestClient) -> None:
    """She thinks before, and looks for the button afterwards; a room is never quite silent."""
    recording = hum("webm", before_s=1.5, after_s=1.0, room=0.003)
    assert client.put("/api/clips/id/count_1", content=recording, headers=PUT).status_code == 204
    prompt = np.abs(played(client))
    assert len(prompt) / RATE == pytest.approx(0.8, abs=0.35)
    assert prompt[: RATE // 4].max() > 0.2  # at once, as it is a count
    assert prompt[: RATE // 20].max() < 0.1  # but nothing of its beginning is lost


def test_what_coach_does_not_speak_is_not_taken_away_either(client: TestClient, tmp_path: Path) -> None:
    other = tmp_path / "own" / "id" / "segment_other.webm"  # a step of another protocol
    other.parent.mkdir(parents=True)
    other.write_bytes(WEBM)
    assert client.delete("/api/clips/id/segment_other", headers={"origin": BASE}).status_code == 404
    assert other.exists()


def test_a_recording_is_kept_of_whatever_coach_speaks(tmp_path: Path) -> None:
    protocol = load("oxytocin")
    clips = Clips(tmp_path, names(protocol))
    for clip in ("count_12", "hint_slower", "phase_stopped", "segment_heart", "unseen_dark"):
        clips.keep("id", clip, "audio/webm", WEBM)
        assert clips.recorded(clip) == ["id"]
    spoken = frozenset().union(*(names(load(name)) for name in TAUGHT))
    assert spoken == {file.stem for lang in LANGS for file in BANK.glob(f"{lang}/*.ogg")}


def test_a_folder_that_cannot_be_written_is_told(client: TestClient, tmp_path: Path) -> None:
    (tmp_path / "own").write_text("a file where the folder should be")
    answer = client.put("/api/clips/id/count_1", content=WEBM, headers=PUT)
    assert (answer.status_code, answer.json()["key"]) == (507, "clip_unwritable")


def test_a_recording_that_cannot_take_its_place_leaves_the_one_before(
    client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(errno.EACCES, "in use")  # as Windows does, while a page is sent the one before

    client.put("/api/clips/id/count_1", content=WEBM, headers=PUT)
    before = client.get("/clips/id/count_1.ogg").content
    mp4 = hum("mp4")
    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", refused)
        for sound, kind in ((hum("webm", 0.5), "audio/webm"), (mp4, "audio/mp4")):
            answer = client.put("/api/clips/id/count_1", content=sound, headers=PUT | {"content-type": kind})
            assert (answer.status_code, answer.json()["key"]) == (507, "clip_unwritable")
    assert [file.name for file in (tmp_path / "own" / "id").iterdir()] == ["count_1.ogg"]
    assert client.get("/clips/id/count_1.ogg").content == before


def test_films_are_served_in_pieces(client: TestClient) -> None:
    answer = client.get("/demonstrations/heart.webm", headers={"range": "bytes=1-2"})
    assert (answer.status_code, answer.content) == (206, b"il")
    assert client.get("/demonstrations/love.webm").status_code == 404
