"""What was put into the store comes out again, from SQLite as from PostgreSQL."""

from __future__ import annotations

import os
import threading
import time
import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from coach.domain import BackMark, InputError
from coach.store import About, Consent, Filter, Person, Store, Verdict, open_store, records, repair
from coach.store.tables import dumps
from tests.store.made import CORNERS, chunk, new, protocol, result, undecided_result

NOBODY = "00000000-0000-4000-8000-000000000000"


def test_a_recording_is_in_the_list_from_its_first_moment(store: Store) -> None:
    with store.recording(new()) as recording:
        recording.append(chunk(0))
        rows = store.sessions().rows
        assert [(row.id, row.state, row.kader, row.posyandu) for row in rows] == [
            (recording.id, "recording", "K07", "Mawar")
        ]
        recording.finish(result(), {"strength": {"key": "strength_none", "values": {}}})
    row = store.sessions().rows[0]
    assert (row.state, row.points, row.max_points, row.percent, row.passed) == ("finished", 90, 116, 77.6, False)
    assert row.duration_s == 183.04


def test_tracks_come_back_as_they_were(store: Store) -> None:
    session = store.add(new(), result(), tracks=[chunk(0), chunk(1)])
    back = list(store.tracks(session))
    assert [len(c.time_s) for c in back] == [15, 15]
    for k, found in enumerate(back):
        np.testing.assert_allclose(found.time_s, chunk(k).time_s)
        np.testing.assert_array_equal(found.landmarks, chunk(k).landmarks)
        np.testing.assert_array_equal(found.frame, chunk(k).frame)


def test_a_session_comes_back_with_everything(store: Store) -> None:
    session = store.add(
        new(consent=Consent(("pregnant_no",), video=False, by="T1")), result(), {"improve": {"key": "x"}}
    )
    found = store.session(session)
    assert found.report == result()
    assert found.results[0].feedback == {"improve": {"key": "x"}}
    assert found.consents[0].checks == ("pregnant_no",)
    assert (found.consents[0].by, found.consents[0].video) == ("T1", False)
    assert found.corners[0] == (180.0, 110.0)
    assert found.size == (640, 480)
    assert store.protocol(found.row.protocol_digest) == protocol()


def test_a_newer_result_is_added_and_the_older_one_stays(store: Store) -> None:
    session = store.add(new(), result())
    better = result()
    for item in better["items"]:
        if item["status"] == "scored":
            item["points"] = 2
    store.add_result(session, better)
    found = store.session(session)
    assert [r.report["items"][0]["points"] for r in found.results] == [result()["items"][0]["points"], 2]
    assert (found.row.percent, found.row.passed) == (100.0, True)


def test_a_correction_moves_the_score_at_once_and_leaves_the_machines_alone(store: Store) -> None:
    session = store.add(new(), result())
    tick = store.correct(session, {"do": "tick_item", "item": "consent", "points": 2}, "T1")
    assert store.session(session).row.points == 92
    store.correct(session, {"do": "override_item", "item": "heart.performed", "points": 2, "reason": "dilakukan"}, "T1")
    assert (store.session(session).row.points, store.session(session).row.corrected) == (94, True)
    store.correct(session, {"do": "undo", "event": tick.id}, "T1")
    found = store.session(session)
    assert found.row.points == 92
    assert found.report == result()
    assert [c.event["do"] for c in found.corrections] == ["tick_item", "override_item", "undo"]
    assert dict(next(iter(store.standings()))[1])["heart.performed"] == 2


@pytest.mark.parametrize(
    "event",
    [
        {},
        {"do": "rm -rf"},
        {"do": "tick_item", "item": "consent", "points": 3},
        {"do": "add_segment", "segment": "heart", "start_s": 5, "end_s": 4},
        {"do": "note", "at_s": float("nan"), "text": ""},
        {"do": "undo"},
    ],
)
def test_what_is_no_correction_is_refused_and_not_kept(store: Store, event: dict[str, object]) -> None:
    session = store.add(new(), result())
    with pytest.raises(InputError) as refused:
        store.correct(session, event, "T1")
    assert refused.value.key == "correction_bad"
    assert store.session(session).corrections == ()


def test_a_correction_that_is_sent_again_is_kept_once(store: Store) -> None:
    """After a lost answer, say: whoever sends it has given it its id."""
    session, other = store.add(new(), result()), store.add(new(), result())
    event, name = {"do": "tick_item", "item": "oil", "points": 2}, str(uuid.uuid4())
    first = store.correct(session, event, "T1", id=name)
    assert first.id == name
    assert store.correct(session, event, "T1", id=name) == first
    assert [c.id for c in store.session(session).corrections] == [name]
    for place, wrong in ((other, name), (session, "no id")):
        with pytest.raises(InputError) as refused:
            store.correct(place, event, "T1", id=wrong)
        assert refused.value.key == "correction_bad"
    assert store.session(other).corrections == ()


def test_ratings_of_several_raters_are_kept_apart(store: Store) -> None:
    session = store.add(new(), result())
    store.rate(session, "T1", {"heart.count": 1, "consent": None}, blind=True)
    store.rate(session, "T2", {"heart.count": 2}, blind=False)
    ratings = store.session(session).ratings
    assert [(r.rater, r.blind, dict(r.items)) for r in ratings] == [
        ("T1", True, {"heart.count": 1, "consent": None}),
        ("T2", False, {"heart.count": 2}),
    ]


def test_a_video_is_kept_only_with_consent_and_goes_when_it_is_withdrawn(store: Store, tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(b"film" * 1000)
    without = store.add(new(), result())
    with pytest.raises(InputError) as refused:
        store.keep_video(without, film)
    assert refused.value.key == "store_no_consent"
    session = store.add(new(consent=Consent(video=True)), result())
    store.keep_video(session, film)
    kept = store.video(session)
    assert kept is not None
    assert kept.read_bytes() == film.read_bytes()
    assert store.session(session).row.video == "video.mp4"
    store.consent(session, Consent(withdrawn=True, by="T1"))
    assert store.video(session) is None
    assert store.session(session).row.video == ""
    assert len(store.session(session).consents) == 2


def test_deleted_whole_and_shown_to_be_gone(store: Store, tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(b"film" * 1000)
    other = store.add(new(kader="K08"), result(), tracks=[chunk(3)])
    session = store.add(new(consent=Consent(video=True)), result(), tracks=[chunk(0)])
    store.keep_video(session, film)
    store.correct(session, {"do": "note", "at_s": 1, "text": "catatan"}, "T1")
    store.rate(session, "T1", {}, blind=True)
    assert len(store.traces(session)) >= 6
    store.delete(session)
    assert store.traces(session) == ()
    assert [row.id for row in store.sessions().rows] == [other]
    assert [person.code for person in store.people()] == ["K08"]
    assert len(list(store.tracks(other))) == 1
    with pytest.raises(InputError) as refused:
        store.delete(session)
    assert refused.value.key == "session_missing"


def test_discarded_recordings_leave_nothing(store: Store) -> None:
    with store.recording(new()) as recording:
        recording.append(chunk(0))
        recording.discard()
    assert store.traces(recording.id) == ()
    assert store.sessions().total == 0


def test_the_list_can_be_filtered_and_turned_over(store: Store) -> None:
    ids = [
        store.add(new(kader=f"K{k}", posyandu="Mawar" if k % 2 else "Melati", origin=f"film_{k}.mp4"), result())
        for k in range(5)
    ]
    store.put_person(Person("K3", "Ibu Sari"))
    with store.recording(new(kader="K9")):
        pass
    assert store.sessions(Filter(kader="K1")).total == 1
    assert [row.kader for row in store.sessions(Filter(posyandu="Melati")).rows] == ["K4", "K2", "K0"]
    assert store.sessions(Filter(verdict="failed")).total == 5
    assert store.sessions(Filter(verdict="passed")).total == 0
    assert store.sessions(Filter(state="recording")).rows[0].kader == "K9"
    assert store.sessions(Filter(protocol="oxytocin")).total == 6
    assert [row.kader for row in store.sessions(Filter(text="sari")).rows] == ["K3"]
    assert [row.kader for row in store.sessions(Filter(text="film_2")).rows] == ["K2"]
    assert store.sessions(Filter(text="%")).total == 0
    page = store.sessions(limit=2, offset=2)
    assert ([row.kader for row in page.rows], page.total) == (["K3", "K2"], 6)
    middle = store.session(ids[2]).row.created
    assert store.sessions(Filter(since=middle)).total == 4
    assert store.sessions(Filter(until=middle)).total == 2
    assert store.choices()["posyandu"] == ["Mawar", "Melati"]


def test_the_list_is_filtered_by_the_verdict(store: Store) -> None:
    made = {
        "failed": store.add(new(), result()),
        "undecided": store.add(new(), undecided_result()),
    }
    with store.recording(new()):
        pass  # nothing is known of it: not even that nothing can be decided
    verdicts: tuple[Verdict, ...] = ("passed", "failed", "undecided")
    found = {verdict: [row.id for row in store.sessions(Filter(verdict=verdict)).rows] for verdict in verdicts}
    assert found == {"passed": [], "failed": [made["failed"]], "undecided": [made["undecided"]]}
    assert store.sessions().total == 3


def test_what_a_result_says_of_the_verdict_is_judged_anew(store: Store) -> None:
    """An older coach called a session passed by the few items that it could rate."""
    old = undecided_result()
    assert old["verdict"]["state"] == "undecided"
    del old["verdict"]
    old["score"] = old["score"] | {"percent": 100.0, "passed": True}
    assert store.session(store.add(new(), old)).row.passed is None


def test_a_session_that_is_not_there_is_told(store: Store) -> None:
    for wrong in (NOBODY, "../../etc/passwd", ""):
        with pytest.raises(InputError) as refused:
            store.session(wrong)
        assert refused.value.key == "session_missing"


def test_history_counts_what_was_done_right(store: Store) -> None:
    for _ in range(3):
        store.add(new(), result())
    history = store.history("K07", "oxytocin")
    assert history["scapula_right_points"] == 3
    assert history["heart"] == 0
    assert store.history("", "oxytocin") == {}


def test_history_begins_anew_after_a_mistake(store: Store) -> None:
    wrong = result()
    wrong["items"] = [i | ({"points": 1} if i["segment"] == "scapula_right_points" else {}) for i in wrong["items"]]
    for made in (result(), result(), wrong, result()):
        store.add(new(), made)
    assert store.history("K07", "oxytocin")["scapula_right_points"] == 1


def test_what_was_broken_off_waits_to_be_read(store: Store) -> None:
    with store.recording(new()) as recording:
        recording.append(chunk(0))
    assert store.interrupted(idle_s=60) == []
    assert store.interrupted(idle_s=0) == [recording.id]
    store.add_result(recording.id, result())
    assert store.interrupted(idle_s=0) == []


def test_what_goes_on_after_a_pause_is_not_broken_off(tmp_path: Path) -> None:
    """An exam may be paused for longer than a program that was killed is waited for."""
    with open_store(tmp_path) as one, open_store(tmp_path) as other:
        with one.recording(new()) as recording:
            recording.append(chunk(0))
            assert other.interrupted(idle_s=0) == []
            assert other.interrupted(idle_s=0) == []  # to look takes nothing away
            recording.append(chunk(1))
        assert other.interrupted(idle_s=0) == [recording.id]


def test_what_was_broken_off_by_a_clock_that_was_set_back_is_read_too(tmp_path: Path) -> None:
    with open_store(tmp_path) as opened:
        with opened.recording(new()) as recording:
            recording.append(chunk(0))
        assert opened.interrupted(idle_s=60) == []
        ahead_s = time.time() + 3600
        os.utime(recording.folder / "tracks.bin", (ahead_s, ahead_s))
        assert opened.interrupted(idle_s=60) == [recording.id]


def test_what_is_added_is_the_newest_though_the_clock_was_set_back(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = store.add(new(consent=Consent(checks=(), video=True)), undecided_result())
    store.correct(session, {"do": "note", "at_s": 1.0, "text": "first"}, "T1")
    earlier = records.stamp(datetime.now(UTC) - timedelta(hours=1))
    monkeypatch.setattr(records, "now", lambda: earlier)
    store.add_result(session, result())
    store.correct(session, {"do": "note", "at_s": 1.0, "text": "second"}, "T1")
    store.consent(session, Consent(checks=(), video=False, withdrawn=True))
    stored = store.session(session)
    assert [made.report for made in stored.results] == [undecided_result(), result()]
    assert [made.event["text"] for made in stored.corrections] == ["first", "second"]
    assert [given.withdrawn for given in stored.consents] == [False, True]
    assert not store.video_agreed(store.connection, session)


def test_many_writers_at_once_lose_nothing(store: Store) -> None:
    session = store.add(new(), result())
    faults: list[BaseException] = []

    def write(writer: int) -> None:
        try:
            for k in range(8):
                store.correct(session, {"do": "note", "at_s": k, "text": f"{writer}.{k}"}, f"T{writer}")
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=write, args=(k,)) for k in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    texts = {c.event["text"] for c in store.session(session).corrections}
    assert texts == {f"{writer}.{k}" for writer in range(4) for k in range(8)}


def test_two_stores_are_joined_by_a_file_without_doubling(store: Store, tmp_path: Path) -> None:
    anew = BackMark(1.5, CORNERS + 3.25)
    session = store.add(new(consent=Consent(video=False), later=(anew,)), result(), tracks=[chunk(0), chunk(1)])
    store.correct(session, {"do": "tick_item", "item": "oil", "points": 2}, "T1")
    store.put_person(Person("K07", "Ibu Sari"))
    store.export(session, tmp_path / "one.zip")
    with open_store(tmp_path / "other") as other:
        assert other.import_(tmp_path / "one.zip").new
        assert other.session(session).row == store.session(session).row
        assert other.session(session).results == store.session(session).results
        (mark,) = other.session(session).later
        assert (mark.from_s, mark.corners.tolist()) == (anew.from_s, anew.corners.tolist())
        assert len(list(other.tracks(session))) == 2
        assert [p.name for p in other.people()] == [""]  # names stay where they are unless asked for
        other.correct(session, {"do": "tick_item", "item": "hands_washed", "points": 2}, "T2")
        other.export(session, tmp_path / "back.zip")
    assert store.import_(tmp_path / "back.zip").added == 1
    assert store.import_(tmp_path / "back.zip").added == 0
    found = store.session(session)
    assert [c.author for c in found.corrections] == ["T1", "T2"]
    assert (found.row.points, store.sessions().total) == (94, 1)
    assert [p.name for p in store.people() if p.code == "K07"] == ["Ibu Sari"]


def test_a_withdrawal_travels_with_the_file(store: Store, tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(b"film" * 1000)
    session = store.add(new(consent=Consent(video=True)), result())
    store.keep_video(session, film)
    store.export(session, tmp_path / "with.zip", video=True)
    with open_store(tmp_path / "other") as other:
        assert other.import_(tmp_path / "with.zip").video
        assert other.session(session).row.video == "video.mp4"
        other.consent(session, Consent(withdrawn=True))
        other.export(session, tmp_path / "withdrawn.zip", video=True)
    store.import_(tmp_path / "withdrawn.zip")
    assert store.video(session) is None
    assert store.session(session).row.video == ""


def test_it_is_there_after_closing(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        session = store.add(new(), result(), tracks=[chunk(0)])
    with open_store(tmp_path) as store:
        assert store.session(session).report == result()


def live(**practice: Any) -> dict[str, Any]:
    """A result of live practice."""
    about = {"mode": "guided", "segment": None, "pauses": 0, "paused_s": 0.0, "pain": ""} | practice
    return result() | {"practice": about}


def one_segment(segment: str) -> dict[str, Any]:
    whole = live(mode="again", segment=segment)
    return whole | {"items": [item for item in whole["items"] if item["segment"] == segment]}


def test_what_says_nothing_of_the_kader_counts_for_nothing(store: Store) -> None:
    right = "scapula_right_points"
    store.add(new(), live())
    for ignored in (
        store.add(new(source="sample"), live()),
        store.add(new(mode="exam"), live(pain="ended")),
        store.add(new(mode="again"), live(mode="again")),  # an older coach that scored it anew rated all steps
    ):
        assert store.history("K07", "oxytocin")[right] == 1
        assert not store.session(ignored).row.counts
    assert store.session(store.add(new(mode="exam"), live(pain="over"))).row.counts
    assert store.history("K07", "oxytocin")[right] == 2


def test_a_step_practised_again_tells_of_that_step_alone(store: Store) -> None:
    """Its help fades by it; it is no massage that a verdict could be of."""
    for segment in ("scapula_right_points", "heart"):
        session = store.add(new(mode="again", segment=segment), one_segment(segment))
        row = store.session(session).row
        assert (row.segment, row.mode, row.percent, row.passed, row.counts) == (segment, "again", None, None, False)
    assert store.history("K07", "oxytocin") == {"scapula_right_points": 1, "heart": 0}
    assert {row.segment for row in store.sessions().rows} == {"scapula_right_points", "heart"}


def test_a_stop_for_pain_is_no_failure_until_it_is_taken_back(store: Store) -> None:
    session = store.add(new(mode="exam"), live(pain="ended"))
    row = store.session(session).row
    assert (row.percent, row.passed, row.stopped) == (None, None, True)
    assert store.sessions(Filter(verdict="failed")).total == 0
    store.correct(session, {"do": "tick_item", "item": "oil", "points": 2}, "T1")  # nor does a correction judge it
    assert store.session(session).row.percent is None
    store.add_result(session, live(pain="over"))
    row = store.session(session).row
    assert (row.passed, row.stopped) == (False, False)
    assert row.percent is not None


def test_a_segment_goes_with_the_file_to_another_store(store: Store, tmp_path: Path) -> None:
    session = store.add(new(mode="again", segment="heart", source="sample"), one_segment("heart"))
    store.export(session, tmp_path / "one.zip")
    with open_store(tmp_path / "other") as other:
        other.import_(tmp_path / "one.zip")
        row = other.session(session).row
        assert (row.segment, row.source, row.mode, row.stopped) == ("heart", "sample", "again", False)


def test_journals_of_an_older_coach_are_read(tmp_path: Path) -> None:
    """They know nothing of segments and stops."""
    with open_store(tmp_path) as opened:
        session = opened.add(new(), result())
        notes = list(opened.files.journal(session))
        (tmp_path / "sessions" / session / "journal.jsonl").unlink()
        for table, record in notes:
            old = {name: value for name, value in record.items() if name not in ("segment", "stopped")}
            opened.files.append(session, [dumps([table, old])])
    assert repair(tmp_path) == 1
    with open_store(tmp_path) as opened:
        row = opened.session(session).row
        assert (row.segment, row.stopped, row.percent) == ("", False, 77.6)


def test_when_it_was_and_on_which_occasion_can_be_said_afterwards(store: Store) -> None:
    one = store.add(replace(new(), held="2026-09-01T08:00:00+07:00", visit=2, mother="I07"), result())
    ahead = store.add(replace(new(), held="2999-01-01T00:00:00+00:00"), result())
    found = store.session(one).row
    assert (found.held, found.visit, found.mother, found.occasion) == ("2026-09-01T01:00:00.000000Z", 2, "I07", "")
    assert store.session(ahead).row.held < "2999"
    store.describe(one, About(occasion="exam", held="2026-08-01T00:00:00Z"))
    found = store.session(one).row
    assert (found.held, found.visit, found.occasion) == ("2026-08-01T00:00:00.000000Z", 2, "exam")
    assert [row.id for row in store.sessions(Filter(until="2026-08-02")).rows] == [one]
    for wrong in (About(occasion="party"), About(held="yesterday"), About(visit=-1)):
        with pytest.raises(InputError) as refused:
            store.describe(one, wrong)
        assert refused.value.key == "about_bad"
