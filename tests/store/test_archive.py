"""Reviewed videos in the store: kept with their tracks, scored again, printed; and recordings that were broken off."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

from coach import archive, exports, wiring
from coach.cli import main
from coach.domain import BackInfo, BackMark, InputError, TrackChunk, VideoInfo
from coach.marked import Marked
from coach.messages import Catalogue
from coach.pipeline import Watching
from coach.practice.program import recovered
from coach.progress import Standing
from coach.protocol import parse
from coach.recording import Recorder
from coach.score.session import read
from coach.store import NewSession, Store, open_store
from coach.summary.report import report
from tests.bench.statistics import levenshtein
from tests.fakes.finder import ReplayingFinder
from tests.fakes.mover import CarryingMover
from tests.fakes.session import SIZE, frames_of
from tests.fakes.simulated import played
from tests.fakes.watcher import DriftingWatcher
from tests.simulator.standard import d03_like
from tests.store import made
from tests.store.made import protocol, protocol_file
from tests.web.test_serve import practise

FRAMES = 330  # about 22 s: a segment and a half


@pytest.fixture(scope="module")
def reviewed() -> tuple[wiring.Kept, Any]:
    """What a review of a short simulated session keeps, and the session."""
    played_one = played(d03_like(), 3)
    observations = played_one.observations[:FRAMES]
    finder = ReplayingFinder([found for _, found in observations])
    recorder = Recorder(finder, CarryingMover((0.4, 0.2)), DriftingWatcher((0.0, 0.0)))
    watching = Watching(recorder, recorder, recorder, played_one.corners_px, SIZE)
    kept = wiring.Kept(played_one.corners_px, SIZE)
    for frame in frames_of(observations):
        watching.step(frame)
        if recorder.waiting_s >= wiring.CHUNK_S:
            kept.take(recorder)
    kept.take(recorder)
    tracks = watching.tracks()
    about = VideoInfo("film/satu.mp4", len(watching.time_s), watching.time_s[-1])
    back = BackInfo("given", played_one.corners_px)
    return kept, wiring.session(about, back, tracks, read(tracks, protocol()), protocol(), parts=("back",))


@pytest.fixture
def folder(tmp_path: Path, reviewed: tuple[wiring.Kept, Any]) -> Path:
    """A store with three sessions of two kaders."""
    kept, session = reviewed
    with open_store(tmp_path / "store") as store:
        for kader in ("K01", "K01", "K02"):
            whose = archive.Belongs(kader, "Mawar", "satu.mp4")
            archive.keep(store, session, kept, protocol(), protocol_file(), whose)
    return tmp_path / "store"


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    with open_store(folder) as opened:
        yield opened


def run(*arguments: str | Path, code: int = 0) -> str:
    done = CliRunner().invoke(main, [*map(str, arguments), "--lang", "id"])
    assert done.exit_code == code, done.output
    return done.output


def test_a_kept_review_can_be_read_again_with_the_same_result(store: Store, reviewed: tuple[wiring.Kept, Any]) -> None:
    session = store.ids()[0]
    before = store.session(session)
    assert before.row.origin == "satu.mp4"
    assert before.row.duration_s == pytest.approx(reviewed[1].video.duration_s, abs=0.001)
    archive.score_again(store, session)
    after = store.session(session)
    assert len(after.results) == 2
    old, new = (r.report for r in after.results)
    assert levenshtein([s["id"] for s in old["segments"]], [s["id"] for s in new["segments"]]) == 0
    assert [s["count"] for s in old["segments"]] == [s["count"] for s in new["segments"]]
    assert new["score"]["percent"] == pytest.approx(old["score"]["percent"], abs=2)
    assert new["back"] == old["back"]


def test_scoring_by_newer_rules_keeps_the_old_result_and_shows_the_new(store: Store) -> None:
    stricter = protocol_file().replace(b'version = "1.0"', b'version = "1.1"').replace(b"= true", b"= false")
    stricter = stricter.replace(b"pass_mark = 80", b"pass_mark = 1")
    rules = parse(stricter)
    session = store.ids()[0]
    archive.score_again(store, session, rules, stricter)
    found = store.session(session)
    assert [r.report["protocol"]["version"] for r in found.results] == [protocol().version, "1.1"]
    assert (found.row.protocol_version, found.row.verdict, found.row.passed) == ("1.1", "provisional", True)
    assert found.row.scope == "back"
    assert archive.stands(store, found)[1] == rules


def test_a_recording_that_was_broken_off_is_read_when_coach_starts_again(
    store: Store, reviewed: tuple[wiring.Kept, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = reviewed[0]
    new = NewSession(protocol(), protocol_file(), "coach", "live", kept.corners, kept.size, kader="K03")
    with store.recording(new) as recording:
        for chunk in kept.chunks[:-2]:
            recording.append(chunk)
    monkeypatch.setattr("coach.store.reading.time.time", lambda: 4e9)
    assert archive.recover(store) == [recording.id]
    found = store.session(recording.id)
    assert found.row.state == "finished"
    assert found.report is not None
    assert found.report["segments"]
    assert archive.recover(store) == []


def test_a_practice_that_begins_reads_what_an_earlier_one_left(
    store: Store, folder: Path, reviewed: tuple[wiring.Kept, Any]
) -> None:
    kept = reviewed[0]
    new = NewSession(protocol(), protocol_file(), "coach", "live", kept.corners, kept.size, kader="K04")
    with store.recording(new) as recording:
        for chunk in kept.chunks:
            recording.append(chunk)
    for file in (folder / "sessions" / recording.id).iterdir():
        os.utime(file, (0, 0))  # long ago
    with practise(folder, "--port", "0"):
        until = time.monotonic() + 20
        while store.session(recording.id).row.state != "finished" and time.monotonic() < until:
            time.sleep(0.1)
    assert store.session(recording.id).row.state == "finished"


def test_what_was_broken_off_waits_where_a_massage_begins_and_a_disk_that_refuses_ends_nothing(
    store: Store, reviewed: tuple[wiring.Kept, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    session = broken_off(store, reviewed[0], source="live")
    monkeypatch.setattr("coach.store.reading.time.time", lambda: 4e9)
    recovered(store, lambda: True)
    assert store.session(session).row.state == "recording"

    def refused(*_: object) -> list[str]:
        raise InputError("store_read_only", path="here")

    with monkeypatch.context() as patch:
        patch.setattr(Store, "interrupted", refused)
        recovered(store, lambda: False)
    recovered(store, lambda: False)
    assert store.session(session).row.state == "finished"


def test_an_empty_recording_stays_and_breaks_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    new = NewSession(protocol(), protocol_file(), "coach", "live", np.zeros((4, 2)), (640, 480))
    with store.recording(new):
        pass
    monkeypatch.setattr("coach.store.reading.time.time", lambda: 4e9)
    assert archive.recover(store) == []


def broken_off(store: Store, kept: wiring.Kept, **more: Any) -> str:
    new = NewSession(protocol(), protocol_file(), "coach", corners=kept.corners, size=kept.size, kader="K03", **more)
    with store.recording(new) as recording:
        for chunk in kept.chunks:
            recording.append(chunk)
    return recording.id


def test_one_segment_is_scored_again_alone(
    store: Store, reviewed: tuple[wiring.Kept, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    session = broken_off(store, reviewed[0], source="live", mode="again", segment="spine_circles")
    monkeypatch.setattr("coach.store.reading.time.time", lambda: 4e9)
    assert archive.recover(store) == [session]
    archive.score_again(store, session)
    found = store.session(session)
    for told in (result.report for result in found.results):
        assert {item["segment"] for item in told["items"]} == {"spine_circles"}
        assert {match["id"] for match in told["segments"]} == {"spine_circles"}
        assert told["practice"]["segment"] == "spine_circles"
    assert len(found.results) == 2
    assert 0 < found.row.max_points <= 12
    assert found.row.percent is None


def test_of_an_older_coachs_single_segment_the_first_result_tells_which_it_was(
    store: Store, reviewed: tuple[wiring.Kept, Any]
) -> None:
    session = broken_off(store, reviewed[0], source="live", mode="again")
    whole = report(reviewed[1])
    store.add_result(session, whole | {"items": [i for i in whole["items"] if i["segment"] == "spine_circles"]})
    archive.score_again(store, session)
    assert {item["segment"] for item in store.session(session).results[-1].report["items"]} == {"spine_circles"}


def test_scored_again_a_stop_for_pain_stays_one(store: Store, reviewed: tuple[wiring.Kept, Any]) -> None:
    session = broken_off(store, reviewed[0], source="live", mode="exam")
    about = {"mode": "exam", "segment": None, "pauses": 1, "paused_s": 3.0, "pain": "ended"}
    store.add_result(session, report(reviewed[1]) | {"practice": about})
    archive.score_again(store, session)
    found = store.session(session)
    assert found.results[-1].report["practice"] == about
    assert (found.row.stopped, found.row.passed) == (True, None)


def test_scored_again_a_stop_for_pain_after_which_it_went_on_was_not_the_end(
    store: Store, reviewed: tuple[wiring.Kept, Any]
) -> None:
    """The program ended before the result of the whole was made: that of the stop is the latest."""
    session = broken_off(store, reviewed[0], source="live", mode="exam")
    first = report(reviewed[1])
    about = {"mode": "exam", "segment": None, "pauses": 1, "paused_s": 3.0, "pain": "ended"}
    store.add_result(session, first | {"practice": about, "video": first["video"] | {"duration_s": 1.0}})
    archive.score_again(store, session)
    found = store.session(session)
    assert found.results[-1].report["practice"] == about | {"pain": "over"}
    assert (found.row.stopped, found.row.percent is None) == (False, False)


def test_a_recording_without_a_hand_is_not_rated(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    empty = made.chunk(0)
    none = TrackChunk(
        empty.time_s, empty.motions, empty.frame[:0], empty.landmarks[:0], empty.confidence[:0], empty.bridged[:0]
    )
    new = NewSession(protocol(), protocol_file(), "coach", "live", made.CORNERS, (640, 480), mode="exam")
    with store.recording(new) as recording:
        recording.append(none)
    monkeypatch.setattr("coach.store.reading.time.time", lambda: 4e9)
    assert archive.recover(store) == []
    assert store.session(recording.id).results == ()


def test_a_recap_counts_whole_massages_of_her_own(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = store.ids()
    result = dict(store.session(ids[0]).results[0].report)
    about = {"mode": "again", "segment": "heart", "pauses": 0, "paused_s": 0.0, "pain": ""}
    store.add(made.new("K01", mode="again", segment="heart"), result | {"practice": about})
    store.add(made.new("K09", source="sample"), result)
    standings: list[Standing] = []
    monkeypatch.setattr("coach.summary.recap_pdf.recap_pdf", lambda found, *_: standings.extend(found))
    exports.recap(store, store.ids(), Catalogue("id"))
    assert [one.kader for one in standings] == ["K01", "K01", "K02"]


def test_corrections_become_labels_for_the_bench(store: Store) -> None:
    session = store.ids()[0]
    first = store.session(session).results[0].report["segments"][0]
    store.correct(
        session,
        {
            "do": "move_segment",
            "segment": first["id"],
            "at_s": first["start_s"],
            "start_s": 0.5,
            "end_s": first["end_s"],
        },
        "T1",
    )
    stored = store.session(session)
    labels = archive.labels(stored, archive.stands(store, stored)[0])
    assert labels["by"] == ["T1"]
    assert labels["segments"][0]["start_s"] == 0.5
    assert {"id", "start_s", "end_s", "repetitions", "holds"} <= set(labels["segments"][0])
    assert len(labels["items"]) == len(protocol().manual) + sum(len(s.items) for s in protocol().segments)


def test_agreement_over_blind_ratings_only(store: Store) -> None:
    for session in store.ids():
        points = {
            i["id"]: i["points"] for i in store.session(session).results[0].report["items"] if i["points"] is not None
        }
        store.rate(session, "T1", points, blind=True)
        store.rate(session, "T2", dict.fromkeys(points, 0), blind=True)
        store.rate(session, "T0", dict.fromkeys(points, 1), blind=False)
    found = archive.agreement(store, store.ids(), protocol())
    assert found.coach_trainer.total.percent.value == 100.0
    assert found.coach_trainer.total.sessions == 3
    assert found.trainer_trainer.total.percent.value < 100.0


def test_the_list_and_what_is_shown_of_a_session(store: Store, folder: Path) -> None:
    listed = run("sessions", "list", "--data", folder)
    assert listed.count("K01") == 2
    assert "3 sesi" in listed
    assert run("sessions", "list", "--kader", "K02", "--data", folder).count("K0") == 1
    assert "0 sesi" in run("sessions", "list", "--until", "2020-01-01", "--data", folder)
    shown = run("sessions", "show", store.ids()[0], "--data", folder)
    assert "DAFTAR TILIK" in shown


def test_the_list_of_a_verdict(store: Store, folder: Path) -> None:
    store.add(made.new(kader="K44"), made.undecided_result())
    verdicts = ("--passed", "--not-passed", "--undecided")
    listed = [run("sessions", "list", verdict, "--data", folder) for verdict in verdicts]
    assert [found.count("K44") for found in listed] == [0, 0, 1]
    assert sum(found.count("K01") for found in listed) == 2
    assert "1 sesi" in listed[2]


@pytest.mark.parametrize(
    ("what", "arguments", "begins"),
    [
        ("sheet", ["--out", "x.pdf"], b"%PDF"),
        ("recap", ["--out", "x.pdf"], b"%PDF"),
        ("table", ["--out", "x.xlsx"], b"PK"),
        ("table", ["--out", "x.csv", "--kader", "K01"], b"\xef\xbb\xbfsession;"),
        ("table", ["--out", "x.csv", "--comma"], b"\xef\xbb\xbfsession,"),
        ("json", ["--out", "x.json"], b"["),
        ("fhir", ["--out", "x.json"], b"{"),
        ("labels", ["--out", "x.json"], b"["),
    ],
)
def test_papers_of_many_sessions(what: str, arguments: list[str], begins: bytes, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / arguments[1]
    run("paper", what, "--out", out, *arguments[2:], "--data", folder)
    assert out.read_bytes().startswith(begins)


def test_sheets_in_a_folder_are_a_file_each(folder: Path, tmp_path: Path) -> None:
    run("paper", "sheet", "--out", f"{tmp_path}/sheets/", "--data", folder)
    assert len(list((tmp_path / "sheets").glob("coach-*.pdf"))) == 3


def test_papers_of_one_session_and_of_none(store: Store, folder: Path, tmp_path: Path) -> None:
    run("paper", "report", store.ids()[0], "--out", tmp_path / "r.pdf", "--data", folder)
    run("paper", "blank", "--out", tmp_path / "b.pdf")
    run("paper", "form", "--out", tmp_path / "f.xlsx")
    run("paper", "form", "--out", tmp_path / "f.json")
    run("paper", "schema", "--out", tmp_path / "s.json")
    assert json.loads((tmp_path / "s.json").read_text("utf-8"))["$id"] == "coach.report/1"
    assert json.loads((tmp_path / "f.json").read_text("utf-8"))["resourceType"] == "Questionnaire"
    assert (tmp_path / "r.pdf").read_bytes().startswith(b"%PDF")


def test_a_folder_by_the_other_slash_is_one(
    store: Store, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "sep", "\\")  # as on Windows
    run("sessions", "export", store.ids()[0][:8], "--out", f"{tmp_path / 'made'}\\", "--data", folder)
    assert [file.suffix for file in (tmp_path / "made\\").iterdir()] == [".zip"]


def test_exported_imported_scored_again_and_deleted(store: Store, folder: Path, tmp_path: Path) -> None:
    session = store.ids()[0]
    other = tmp_path / "other"
    run("sessions", "export", session[:8], "--out", tmp_path / "s.zip", "--data", folder)
    assert "masuk" in run("sessions", "import", tmp_path / "s.zip", "--data", other)
    assert "tidak ada yang baru" in run("sessions", "import", tmp_path / "s.zip", "--data", other)
    assert "Hasil lama tetap ada" in run("sessions", "rescore", session[:8], "--data", other)
    assert "--yes" in run("sessions", "delete", session[:8], "--data", other, code=2)
    assert "tidak ada yang tertinggal" in run("sessions", "delete", session[:8], "--yes", "--data", other)
    assert "0 sesi" in run("sessions", "list", "--data", other)
    assert "1 sesi pernah dihapus" in run("sessions", "import", tmp_path / "s.zip", "--data", other)
    assert "0 sesi" in run("sessions", "list", "--data", other)
    assert "0 sesi" in run("sessions", "repair", "--data", other)
    assert "pernah dihapus" in run("sessions", "import", tmp_path / "s.zip", "--data", other)


def test_a_mark_is_taken_away_by_its_time(
    store: Store, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = store.ids()[0]
    stored, chunks = store.session(session), tuple(store.tracks(session))
    later = (BackMark(20.0, np.array(stored.corners) + 40.0),)
    archive.score_again(store, session, marked=Marked(np.array(stored.corners), later))
    assert "0:20" in run("sessions", "unmark", session[:8], "0:40", "--data", folder, code=2)
    assert "0:13" in run("sessions", "unmark", session[:8], "soon", "--data", folder, code=2)
    assert "tidak disimpan" in run("sessions", "unmark", session[:8], "0:20", "--data", folder, code=2)
    assert [mark.from_s for mark in store.session(session).later] == [20.0]
    film = tmp_path / "film.mp4"
    film.write_bytes(b"film")
    monkeypatch.setattr(Store, "video", lambda *_: film)
    monkeypatch.setattr(wiring, "look_again", lambda *_: (list(chunks), ()))
    assert "Hasil lama tetap ada" in run("sessions", "unmark", session[:8], "0:20", "--data", folder)
    after = store.session(session)
    assert after.later == ()
    assert after.row.percent == stored.row.percent
    assert len(after.results) == len(stored.results) + 2


def test_a_step_that_was_shown_becomes_a_protocol_file(store: Store, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "mine.toml"
    session = store.ids()[0]
    report = store.session(session).report
    assert report is not None
    shown = report["segments"][0]["id"]
    said = run("sessions", "learn", session, shown, "--out", out, "--version", "1.1", "--data", folder)
    assert "path =" in said
    assert "baik" in run("protocols", "check", out)
    made = parse(out.read_bytes())
    assert made.version == "1.1"
    assert made.segment(shown).path != protocol().segment(shown).path
    said = run("sessions", "learn", session, "nothing", "--out", out, "--data", folder, code=2)
    assert "spine_circles" in said


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["sessions", "show", "ffffffff"], "tidak ada"),
        (["sessions", "list", "--since", "kemarin"], "bukan tanggal"),
        (["sessions", "import", "nowhere.zip"], "tidak ada"),
        (["paper", "table", "--out", "x.ods"], ".xlsx atau .csv"),
        (["paper", "sheet", "--kader", "K99", "--out", "x.pdf"], "Tidak ada sesi"),
        (["paper", "sheet", "--out", "/nowhere/x.pdf"], "Tidak dapat menulis"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_line(arguments: list[str], says: str, folder: Path) -> None:
    said = run(*arguments, "--data", folder, code=2)
    assert says in said
    assert said.count("\n") == 1


def test_one_bad_file_does_not_keep_the_others_out(store: Store, tmp_path: Path) -> None:
    (tmp_path / "bad.zip").write_bytes(b"no zip")
    store.export(store.ids()[0], tmp_path / "good.zip")
    said = run("sessions", "import", tmp_path / "bad.zip", tmp_path / "good.zip", "--data", tmp_path / "other", code=2)
    assert "bukan berkas sesi" in said
    assert "masuk" in said


def test_the_report_of_a_stored_session_is_the_one_that_was_made(
    store: Store, reviewed: tuple[wiring.Kept, Any]
) -> None:
    assert store.session(store.ids()[0]).report == json.loads(json.dumps(report(reviewed[1])))
    chunks = list(store.tracks(store.ids()[0]))
    assert sum(len(c.time_s) for c in chunks) == sum(len(c.time_s) for c in reviewed[0].chunks)
    assert all(isinstance(c, TrackChunk) for c in chunks)
