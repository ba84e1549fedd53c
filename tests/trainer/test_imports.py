"""Films and session files on their way in, with the real tracker; and that nothing of them stays where it must not."""

from __future__ import annotations

import contextlib
import json
import re
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import httpx2 as httpx
import numpy as np
import pytest

from coach.capture.shown import picture_at
from coach.capture.writer import VideoWriter
from coach.store.scratch import NAME, Scratch
from coach.trainer import job as jobs
from tests.trainer.made import CLIP, CORNERS, Side, clip, keep, side, stamps, turned

SIZE = [640, 480]
PATIENCE_S = 60.0


def files(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file()]


def uploads(folder: Path) -> list[Path]:
    return [file for file in files(folder / NAME) if ".lock" not in file.name]


def mark(office: Side, job: dict[str, Any], *, video: bool, **more: Any) -> dict[str, Any]:
    consent = {"video": video, "checks": ["agreed"], "by": "T01"}
    body = {"corners": CORNERS, "size": SIZE, "kader": "K20", "posyandu": "Mawar", "consent": consent} | more
    told: dict[str, Any] = office.post(f"/api/imports/{job['id']}", body)
    return told


def ended(office: Side, name: str) -> dict[str, Any]:
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        told: dict[str, Any] = next(job for job in office.get("/api/imports") if job["id"] == name)
        if told["state"] in ("done", "failed"):
            return told
        time.sleep(0.1)
    raise AssertionError("it never ended")


@pytest.fixture(scope="module")
def jittered(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[float]]:
    """Three seconds of a real session at an uneven rate, filmed by a phone held upright."""
    times_s = np.round(np.cumsum(np.random.default_rng(2).uniform(0.03, 0.11, 40)) - 0.03, 3)
    times_s -= times_s[0]
    folder = tmp_path_factory.mktemp("clip")
    upright = clip(folder / "upright.mp4", 40, times_s.tolist())
    return turned(upright, folder / "film saya.mp4"), times_s.tolist()


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return clip(tmp_path_factory.mktemp("short") / "short.mp4", 5).read_bytes()


def test_with_consent_the_film_is_kept_as_browsers_play_it_with_its_own_times(
    office: Side, jittered: tuple[Path, list[float]]
) -> None:
    file, times_s = jittered
    job = office.upload(file.read_bytes(), "C%3A%5Cfilm%20saya.mp4")
    assert (job["name"], job["state"], job["size"]) == ("film saya.mp4", "marking", SIZE)
    picture = office.client.get(f"/api/imports/{job['id']}/picture", params={"at_s": 1})
    assert picture.content[:3] == b"\xff\xd8\xff"
    mark(office, job, video=True)
    told = ended(office, job["id"])
    assert (told["state"], told["error"]) == ("done", None)
    view = office.get(f"/api/sessions/{told['session']}")
    assert view["machine"]["video"]["path"] == view["row"]["origin"] == "film saya.mp4"
    assert view["row"]["kader"] == "K20"
    assert [(c["video"], c["checks"], c["by"]) for c in view["consents"]] == [(True, ["agreed"], "T01")]
    kept = office.store.video(told["session"])
    assert kept is not None
    assert office.get(f"/api/sessions/{told['session']}/frames")["time_s"] == pytest.approx(times_s, abs=1e-3)
    assert stamps(kept) == pytest.approx(times_s, abs=1e-3)
    with av.open(str(kept)) as film:  # upright without a mark to turn it
        first = next(film.decode(video=0))
        assert [first.width, first.height, first.rotation] == [*SIZE, 0]
        apart = np.abs(first.to_ndarray(format="rgb24").astype(float) - picture_at(CLIP, 0.0)[0]).mean()
    assert apart < 12
    assert uploads(office.store.folder) == []


def test_without_consent_nothing_of_the_film_is_on_the_disk(office: Side, jittered: tuple[Path, list[float]]) -> None:
    before = set(files(office.store.folder))
    job = office.upload(jittered[0].read_bytes())
    assert len(uploads(office.store.folder)) == 1
    # marked on a smaller picture: the corners are meant on the film
    mark(office, job, video=False, corners=[[x / 2, y / 2] for x, y in CORNERS], size=[320, 240])
    told = ended(office, job["id"])
    assert told["state"] == "done"
    view = office.get(f"/api/sessions/{told['session']}")
    assert (view["video"], view["corners"]) == (None, CORNERS)
    new = {file.name for file in set(files(office.store.folder)) - before}
    assert new <= {"tracks.bin", "journal.jsonl"}
    assert uploads(office.store.folder) == []
    office.delete(f"/api/imports/{job['id']}")
    assert job["id"] not in {one["id"] for one in office.get("/api/imports")}


def test_a_review_is_cancelled_at_once_and_leaves_nothing(office: Side) -> None:
    total = office.get("/api/sessions")["total"]
    job = office.upload(CLIP.read_bytes())
    mark(office, job, video=True)
    while office.get("/api/imports")[-1]["state"] != "reviewing":
        time.sleep(0.02)
    began = time.monotonic()
    office.delete(f"/api/imports/{job['id']}")
    assert time.monotonic() - began < 5
    assert uploads(office.store.folder) == []
    assert office.get("/api/sessions")["total"] == total
    office.delete(f"/api/imports/{job['id']}", 404)


def test_a_file_that_is_too_large_is_refused_and_goes(office: Side, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "LARGEST", 100_000)
    assert office.upload(CLIP.read_bytes(), status=413)["key"] == "body_large"
    assert uploads(office.store.folder) == []


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"", "video_empty"),
        (b"this is no film", "video_unreadable"),
        (CLIP.read_bytes()[:5000], "video_cut_off"),
        (b"PK\x03\x04 and no more", "import_no_zip"),
    ],
)
def test_what_is_no_film_is_refused_by_its_name_and_goes(office: Side, data: bytes, key: str) -> None:
    jobs = office.get("/api/imports")
    told = office.upload(data, "rusak.mp4", 400)
    assert told["key"] == key
    assert "rusak.mp4" in told["text"]["id"]
    assert str(office.store.folder) not in str(told)
    assert office.get("/api/imports") == jobs
    assert uploads(office.store.folder) == []


def test_a_film_that_nothing_can_be_made_of_fails_with_a_sentence(office: Side, tmp_path: Path) -> None:
    with VideoWriter(tmp_path / "black.mp4", (640, 480)) as sink:
        for k in range(8):
            sink.write(np.zeros((480, 640, 3), np.uint8), k / 10)
    job = office.upload((tmp_path / "black.mp4").read_bytes(), "hitam.mp4")
    mark(office, job, video=True)
    told = ended(office, job["id"])
    assert (told["state"], told["error"]["key"], told["session"]) == ("failed", "video_black", None)
    assert "hitam.mp4" in told["error"]["text"]["id"]
    assert uploads(office.store.folder) == []


@pytest.mark.parametrize(
    "marks",
    [
        {"corners": None},
        {"corners": [[0, 0]] * 4},
        {"corners": CORNERS[::-1]},
        {"corners": [[1e9, 0], [1e9, 1], [0, 1], [0, 0]]},
        {"corners": [["a", 0], [1, 1], [0, 1], [0, 0]]},
        {"size": [0, 0]},
        {"size": "big"},
        {"size": [64, 48]},
        {"protocol": "nothing"},
        {"kader": 3},
        {"consent": 3},
        {"consent": {"video": 1}},
    ],
)
def test_marks_that_make_no_sense_are_refused_and_can_be_made_again(
    office: Side, short: bytes, marks: dict[str, Any]
) -> None:
    job = office.upload(short)
    consent = {"video": False, "checks": []}
    answer = office.client.post(
        f"/api/imports/{job['id']}", json={"corners": CORNERS, "size": SIZE, "consent": consent} | marks
    )
    assert answer.status_code in (400, 404), answer.text
    assert next(one for one in office.get("/api/imports") if one["id"] == job["id"])["state"] == "marking"
    office.delete(f"/api/imports/{job['id']}")
    assert uploads(office.store.folder) == []


def test_a_session_file_is_merged_at_once_and_never_doubled(office: Side, tmp_path: Path) -> None:
    with side(tmp_path / "other") as other:
        made = keep(other.store, "K77")
        data = other.client.get("/api/papers/zip", params={"sessions": made}).content
        assert uploads(other.store.folder) == []
    job = office.upload(data, "coach.zip")
    assert (job["kind"], job["state"], job["session"]) == ("session", "done", made)
    assert job["added"] > 0
    assert office.upload(data, "coach.zip")["added"] == 0
    assert office.get(f"/api/sessions/{made}")["row"]["kader"] == "K77"
    assert office.get("/api/sessions", kader="K77")["total"] == 1
    assert uploads(office.store.folder) == []


def test_who_is_who_is_asked_before_anything_is_taken_in(office: Side, tmp_path: Path) -> None:
    with side(tmp_path / "other") as other:
        made = keep(other.store, "K01")
        data = other.client.get("/api/papers/zip", params={"sessions": made}).content
    keep(office.store, "K01")
    job = office.upload(data, "coach.zip")
    assert (job["kind"], job["state"], job["session"]) == ("session", "asking", None)
    assert [(one["kind"], one["code"]) for one in job["plan"]["clashes"]] == [("code", "K01")]
    assert not office.store.knows(made)
    one = f"/api/imports/{job['id']}"
    for said in ({}, {"K01": {"as": "anyone"}}, {"K01": {"as": "other"}}, {"K01": {"as": "other", "new": "K01"}}):
        office.post(one, {"settled": said}, 400)
        assert not office.store.knows(made)
    job = office.post(one, {"settled": {"K01": {"as": "other", "new": "K01B"}}})
    assert (job["state"], job["session"], job["plan"]["people"]) == ("done", made, ["K01B (Mawar)"])
    assert office.get(f"/api/sessions/{made}")["row"]["kader"] == "K01B"
    assert uploads(office.store.folder) == []
    office.delete(f"/api/sessions/{made}")
    job = office.upload(data, "coach.zip")
    assert (job["state"], job["session"], job["plan"]["state"]) == ("done", None, "deleted")
    assert not office.store.knows(made)


def test_a_lock_that_another_program_looks_at_does_not_keep_this_one_from_ending(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlink = Path.unlink

    def refused(file: Path, missing_ok: bool = False) -> None:
        if file.suffix == ".lock":
            raise PermissionError(13, "in use")  # as Windows does
        unlink(file, missing_ok)

    monkeypatch.setattr(Path, "unlink", refused)
    with Scratch(tmp_path) as one:
        folder = one.place("film")
    assert not folder.exists()


def test_what_a_crash_left_goes_at_the_next_start_but_not_what_is_in_use(tmp_path: Path) -> None:
    left = tmp_path / NAME / "dead" / "job"
    left.mkdir(parents=True)
    (left / "upload").write_bytes(b"film" * 1000)
    with Scratch(tmp_path) as one:
        assert not left.exists()
        (one.place("a") / "upload").write_bytes(b"in use")
        with Scratch(tmp_path) as other:
            assert (one.folder / "a" / "upload").read_bytes() == b"in use"
            with pytest.raises(ValueError, match="is not in"):
                other.erase(one.folder)
    assert not (tmp_path / NAME).exists()


NOBODY_ASKED = {"consent": {"video": True, "checks": [], "by": "T01"}}


def test_a_server_that_ends_takes_along_what_nobody_agreed_to(tmp_path: Path, short: bytes) -> None:
    folder = tmp_path / "store"
    with side(folder) as office:
        office.upload(short, "unmarked.mp4")
        first = office.upload(CLIP.read_bytes(), "first.mp4")
        second = office.upload(short, "second.mp4")
        mark(office, first, video=True)
        mark(office, second, video=False)
        mark(office, office.upload(short, "nobody.mp4"), video=True, **NOBODY_ASKED)
    assert {file.parent.name for file in uploads(folder)} == {first["id"], second["id"]}
    with side(folder) as office:
        assert [job["name"] for job in office.get("/api/imports")] == ["first.mp4", "second.mp4"]
        office.delete(f"/api/imports/{first['id']}")
        told = ended(office, second["id"])
        assert (told["state"], told["session"]) == ("done", second["id"])
        assert office.get(f"/api/sessions/{second['id']}")["corners"] == CORNERS
    assert not (folder / NAME).exists()


def test_a_killed_server_is_followed_by_one_that_goes_on(tmp_path: Path, short: bytes) -> None:
    folder = tmp_path / "store"
    with served(folder) as (program, browser):
        jobs = [browser.post("/api/imports", content=short, headers={"X-Name": f"{k}.mp4"}).json() for k in range(3)]
        body = {"corners": CORNERS, "size": SIZE, "kader": "K20", "posyandu": "Mawar"}
        said: dict[str, Any] = {"about": {"visit": 2, "mother": "I07", "occasion": "visit"}, "parts": ["back"]}
        agreed = said | {"consent": {"video": True, "checks": ["agreed"], "by": "T01"}}
        for job, consent in zip(jobs, (agreed, NOBODY_ASKED), strict=False):
            assert browser.post(f"/api/imports/{job['id']}", json=body | consent).status_code == 200
        program.kill()
        program.wait()
    assert len(uploads(folder)) >= 3
    with side(folder) as office:
        assert {file.parent.name for file in uploads(folder)} <= {jobs[0]["id"]}
        told = ended(office, jobs[0]["id"])
        assert (told["state"], told["session"]) == ("done", jobs[0]["id"])
        view = office.get(f"/api/sessions/{told['session']}")
        assert (view["row"]["kader"], view["corners"]) == ("K20", CORNERS)
        assert {name: view["row"][name] for name in said["about"]} == said["about"]
        assert (view["machine"]["scope"], view["video"] is not None) == (["back"], True)
        assert uploads(folder) == []
    assert not (folder / NAME).exists()


@contextlib.contextmanager
def served(folder: Path) -> Iterator[tuple[subprocess.Popen[str], httpx.Client]]:
    """A server of its own, and a browser that it has let in."""
    words = ["serve", "--no-browser", "--port", "0", "--lang", "id", "--data", str(folder)]
    program = subprocess.Popen([Path(sys.executable).with_name("coach"), *words], stdout=subprocess.PIPE, text=True)
    try:
        assert program.stdout
        address = re.search(r"(http://[^/]+)/\S+", program.stdout.readline())
        assert address
        with httpx.Client(base_url=address[1], headers={"origin": address[1]}, timeout=PATIENCE_S) as browser:
            browser.get(address[0])
            yield program, browser
    finally:
        program.kill()
        program.wait()
        assert program.stdout
        program.stdout.close()


def waiting(folder: Path, name: str, begun: int = 0) -> Path:
    """A film that waits, as a program that was killed leaves it."""
    place = folder / NAME / "dead" / name
    place.mkdir(parents=True)
    (place / "upload").write_bytes(b"film")
    ticket = {"name": "film.mp4", "kader": "K20", "posyandu": "Mawar", "corners": CORNERS, "protocol": "", "size": SIZE}
    consent = {"checks": ["agreed"], "video": False, "withdrawn": False, "by": "T01", "made": ""}
    (place / "ticket.json").write_text(json.dumps(ticket | {"consent": consent, "duration_s": 2.0, "begun": begun}))
    return place


def test_a_session_that_was_kept_just_before_the_crash_is_not_kept_twice(tmp_path: Path) -> None:
    with side(tmp_path) as office:
        made = keep(office.store)
    waiting(tmp_path, made)
    with side(tmp_path) as office:
        assert [(job["state"], job["session"]) for job in office.get("/api/imports")] == [("done", made)]
        assert office.get("/api/sessions")["total"] == 1
        assert uploads(tmp_path) == []


def test_a_film_that_ended_the_program_again_and_again_is_given_up(tmp_path: Path) -> None:
    waiting(tmp_path, str(uuid.uuid4()), begun=3)
    with side(tmp_path) as office:
        (job,) = office.get("/api/imports")
        assert (job["state"], job["error"]["key"]) == ("failed", "import_ended")
        assert uploads(tmp_path) == []


@pytest.mark.parametrize("ticket", ["", "[]", "{}", '{"name": "x"}', "null", '{"consent": {"checks": 3}}'])
def test_a_film_whose_ticket_is_damaged_goes(tmp_path: Path, ticket: str) -> None:
    (waiting(tmp_path, str(uuid.uuid4())) / "ticket.json").write_text(ticket)
    with side(tmp_path) as office:
        assert office.get("/api/imports") == []
        assert uploads(tmp_path) == []
