"""The list, a session with all that was added to it, and taking it away."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from coach import archive, marked, wiring
from coach.domain import HANDS, BackInfo, BackMark, InputError, Moved, Span, State
from coach.store import Consent, Person, Store
from coach.trainer import sights
from coach.trainer.seen import BRIDGED, UNSEEN, Seen
from tests.store.made import judged, new, protocol, protocol_file
from tests.trainer.made import CORNERS, Side, clip, keep, reviewed

NEVER = "00000000-0000-0000-0000-000000000000"


def test_the_list_has_names_and_is_filtered(office: Side, session: str) -> None:
    office.store.put_person(Person("K01", "Siti Aminah"))
    told = office.get("/api/sessions", kader="K01")
    assert told["total"] >= 1
    row = next(row for row in told["rows"] if row["id"] == session)
    assert (row["name"], row["posyandu"], row["origin"]) == ("Siti Aminah", "Mawar", "satu.mp4")
    assert office.get("/api/sessions", kader="nobody") == {"total": 0, "rows": []}
    assert office.get("/api/sessions", text="aminah")["total"] == told["total"]
    assert office.get("/api/sessions", since="2999-01-01")["total"] == 0
    assert office.get("/api/sessions", limit="1", offset="1000")["rows"] == []


def test_the_list_is_filtered_by_the_verdict(office: Side) -> None:
    states: dict[str, tuple[State, ...]] = {
        "true": ("passed",),
        "false": ("not_passed",),
        "provisional": ("provisional",),
        "undecided": ("undecided",),
        "unjudged": ("damaged", "other_motion"),
    }
    kept = {state: office.store.add(new(kader="K44"), judged(state)) for of in states.values() for state in of}
    listed = {
        asked: [row["id"] for row in office.get("/api/sessions", passed=asked, kader="K44")["rows"]] for asked in states
    }
    rows = office.get("/api/sessions", kader="K44")["rows"]
    for made in kept.values():
        office.store.delete(made)
    assert {row["id"]: row["verdict"] for row in rows} == {made: state for state, made in kept.items()}
    assert {asked: sorted(found) for asked, found in listed.items()} == {
        asked: sorted(kept[state] for state in of) for asked, of in states.items()
    }


@pytest.mark.parametrize(
    ("name", "given"), [("since", "yesterday"), ("limit", "-1"), ("limit", "9999"), ("passed", "1"), ("state", "x")]
)
def test_a_strange_question_is_refused(office: Side, name: str, given: str) -> None:
    office.get("/api/sessions", 400, **{name: given})


def test_what_a_page_is_told_at_its_start(office: Side, session: str) -> None:  # noqa: ARG001
    told = office.get("/api/trainer")
    assert told["lang"] == "id"
    assert set(told["messages"]) == {"id", "en"}
    assert {"oxytocin", "shoulder_short"} <= {one["file"] for one in told["protocols"]}
    assert "K01" in told["choices"]["kader"]
    assert set(told["demonstrations"]) >= {"heart"}


def test_a_session_is_told_whole(office: Side, session: str) -> None:
    told = office.get(f"/api/sessions/{session}")
    assert told["machine"]["schema"] == told["stands"]["schema"] == "coach.report/1"
    assert told["machine"]["items"] == told["stands"]["items"]
    items = {item["id"] for item in told["stands"]["items"]}
    assert items <= set(told["item_titles"])
    assert items == {item for group in told["checklist"] for item in group["items"]}
    assert set(told["words"]) == items
    assert all(set(text) == {"id", "en"} for text in told["words"].values())
    assert told["protocol"]["digest"] == protocol().digest
    assert told["has_tracks"]
    assert told["video"] is None
    assert told["feedback"]["improve"]["id"]


def test_a_session_that_is_not_there(office: Side) -> None:
    for path in ("", "/tracks", "/video", "/frames", "/back/heart"):
        assert office.get(f"/api/sessions/{NEVER}{path}", 404)["key"] == "session_missing"
    assert office.delete(f"/api/sessions/{NEVER}", 404)["key"] == "session_missing"


def test_tracks_are_those_of_the_scoring(office: Side, session: str) -> None:
    answer = office.client.get(f"/api/sessions/{session}/tracks")
    seen = Seen.read(answer.content)
    assert seen is not None
    expected = archive.tracks(office.store, office.store.session(session))
    assert expected is not None
    got = seen.tracks()
    for hand in HANDS:
        np.testing.assert_array_equal(got[hand].seen, expected[hand].seen)
        np.testing.assert_array_equal(got[hand].bridged, expected[hand].bridged & expected[hand].seen)
        np.testing.assert_allclose(got[hand].landmarks, expected[hand].landmarks, atol=2e-5)
        camera = [(track.eye, track.view) for track in (got[hand], expected[hand])]
        for ours, theirs in zip(*camera, strict=True):
            assert ours is not None
            assert theirs is not None
            np.testing.assert_array_equal(ours, theirs)
        marks = seen.arrays[f"{hand}_seen"]
        assert set(np.unique(marks)) <= {UNSEEN, BRIDGED, 2}
        assert np.isnan(seen.arrays[f"{hand}_position"][marks == UNSEEN]).all()
        assert np.nanmax(seen.arrays[f"{hand}_speed"]) < 10
    np.testing.assert_allclose(seen.arrays["corners"][0], reviewed()[0].corners, atol=1.0)


def test_the_header_of_the_tracks_says_where_each_array_is(office: Side, session: str) -> None:
    data = office.client.get(f"/api/sessions/{session}/tracks").content
    length = int.from_bytes(data[:4], "little")
    header = json.loads(data[4 : 4 + length])
    start = -(-(4 + length) // 8) * 8
    for one in header["arrays"]:
        count = int(np.prod(one["shape"]))
        values = np.frombuffer(data, np.dtype(one["dtype"]), count, start + one["offset"])
        assert one["shape"][0] == header["n"] == len(values) // int(np.prod(one["shape"][1:], initial=1))
    names = {one["name"] for one in header["arrays"]}
    assert {"time_s", "corners", "distance", "left_landmarks", "right_speed"} <= names


def test_a_long_session_is_folded_once(office: Side, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sights, "LONG_S", 1.0)
    made = keep(office.store)
    first = office.client.get(f"/api/sessions/{made}/tracks").content
    file = office.store.files.of(made) / sights.FILE
    assert file.is_file()
    again = sights.Sights(office.store)
    monkeypatch.setattr(sights, "replay", None)  # it must not be asked
    assert again.of(made).bytes() == first
    file.write_bytes(file.read_bytes()[:-9])
    monkeypatch.undo()
    assert sights.Sights(office.store).of(made).bytes() == first
    assert office.delete(f"/api/sessions/{made}") == {"left": []}
    assert not file.exists()


def test_a_correction_changes_the_score_at_once_and_can_be_undone(office: Side) -> None:
    made = keep(office.store)
    before = office.get(f"/api/sessions/{made}")
    item = next(i for i in before["stands"]["items"] if i["points"] == 0)["id"]
    event = {"do": "override_item", "item": item, "points": 2, "reason": "terlihat jelas"}
    told = office.post(f"/api/sessions/{made}/events", {"event": event, "author": "T01"})
    assert told["stands"]["score"]["points"] == before["stands"]["score"]["points"] + 2
    assert told["machine"] == before["machine"]
    assert told["by_trainer"] == [item]
    assert told["words"][item]["id"].endswith("terlihat jelas")
    undo = {"do": "undo", "event": told["events"][-1]["id"]}
    told = office.post(f"/api/sessions/{made}/events", {"event": undo, "author": "T01"})
    assert told["stands"]["score"] == before["stands"]["score"]
    assert len(told["events"]) == 2


@pytest.mark.parametrize(
    "body",
    [
        *(None, [], {}, {"event": 3, "author": "T"}, {"event": {"do": "nothing"}, "author": "T"}),
        {"event": {"do": "undo", "event": "x"}, "author": "T"},
        {"event": {"do": "tick_item", "item": "oil", "points": 2}},  # of nobody
        {"event": {"do": "tick_item", "item": "oil", "points": 2}, "author": " "},
        {"event": {"do": "tick_item", "item": "oil", "points": 2}, "author": "T", "id": "1"},
    ],
)
def test_a_strange_correction_changes_nothing(office: Side, session: str, body: Any) -> None:
    office.post(f"/api/sessions/{session}/events", body, 400)
    assert office.store.session(session).corrections == ()


def test_a_correction_that_is_sent_twice_is_kept_once(office: Side) -> None:
    made = keep(office.store)
    segment = office.get(f"/api/sessions/{made}")["stands"]["segments"][0]
    start_s = segment["start_s"] + 0.1
    event = {"do": "add_repetition", "segment": segment["id"], "start_s": start_s, "end_s": start_s + 1, "hand": "both"}
    sent = {"id": str(uuid.uuid4()), "author": "T01", "event": event}
    told = [office.post(f"/api/sessions/{made}/events", sent) for _ in range(3)]
    assert [len(one["events"]) for one in told] == [1, 1, 1]
    assert len({one["stands"]["segments"][0]["count"] for one in told}) == 1
    office.post(f"/api/sessions/{keep(office.store)}/events", sent, 400)  # of another session


def test_a_session_has_another_revision_after_each_change(office: Side) -> None:
    made = keep(office.store)
    revisions = [office.get(f"/api/sessions/{made}/revision")["revision"] for _ in range(2)]
    tick = {"do": "tick_item", "item": "oil", "points": 2}
    changes: list[Callable[[], Any]] = [
        lambda: office.post(f"/api/sessions/{made}/events", {"event": tick, "author": "T01"}),
        lambda: office.put(f"/api/sessions/{made}/belongs", {"kader": "K02", "posyandu": "Melati"}),
        lambda: office.post(f"/api/sessions/{made}/rescore", {}),
        lambda: office.post(f"/api/sessions/{made}/consent", {"withdrawn": True, "by": "T01"}),
    ]
    for change in changes:
        change()
        revisions.append(office.get(f"/api/sessions/{made}/revision")["revision"])
    assert revisions[0] == revisions[1]
    assert office.get(f"/api/sessions/{made}")["revision"] == revisions[-1]
    assert len(set(revisions)) == 5


def test_scored_again_keeps_the_result_before(office: Side) -> None:
    made = keep(office.store)
    told = office.post(f"/api/sessions/{made}/rescore", {"protocol": "shoulder_short"})
    assert told["protocol_after"]
    assert any(change["after"] is None for change in told["changes"])
    view = office.get(f"/api/sessions/{made}")
    assert view["results"][0]["protocol_version"] == protocol().version
    assert len(view["results"]) == 2
    assert view["protocol"]["id"] != protocol().id
    assert office.post(f"/api/sessions/{made}/rescore", {"protocol": "nothing"}, 404)["key"] == "protocol_missing"


def test_scored_again_by_some_parts_which_are_remembered_and_so_are_all_where_they_were_named(office: Side) -> None:
    made = keep(office.store)
    office.post(f"/api/sessions/{made}/rescore", {"parts": ["nose"]}, 404)

    def anew(**body: Any) -> tuple[Any, ...]:
        office.post(f"/api/sessions/{made}/rescore", body)
        told = office.get(f"/api/sessions/{made}")
        stands = told["stands"]
        return told["row"]["scope"], stands["verdict"]["reason"]["key"], len(stands["scope"])

    back = anew(parts=["back"])
    assert (back[0], back[2]) == ("back", 1)
    assert anew() == back
    whole = anew(parts=list(protocol().part_ids))
    assert (whole[0], whole[2]) == ("", len(protocol().part_ids))
    assert anew() == whole
    assert whole[1] not in ("verdict_part_only", "verdict_other_part")  # all of it was asked for, and is rated


def test_whose_it_is(office: Side) -> None:
    made = keep(office.store)
    told = office.put(f"/api/sessions/{made}/belongs", {"kader": "K55", "posyandu": "Melati"})
    assert (told["row"]["kader"], told["row"]["posyandu"]) == ("K55", "Melati")
    assert "K55" in {person["code"] for person in office.get("/api/people")}
    assert office.put("/api/people/K55", {"name": "Dewi", "role": "kader", "posyandu": "Melati"})
    assert office.get(f"/api/sessions/{made}")["row"]["name"] == "Dewi"
    office.put("/api/people/K55", {"role": "queen"}, 400)


def test_deleted_it_leaves_nothing(office: Side) -> None:
    made = keep(office.store)
    office.get(f"/api/sessions/{made}/back/heart")
    assert office.delete(f"/api/sessions/{made}") == {"left": []}
    assert office.store.traces(made) == ()
    office.get(f"/api/sessions/{made}", 404)


def test_a_session_is_marked_anew_and_scored_again(office: Side, tmp_path: Path) -> None:
    made = keep(office.store, video=clip(tmp_path / "film.mp4", 5))
    before = office.get(f"/api/sessions/{made}")
    segment = before["stands"]["segments"][0]
    start_s = segment["start_s"] + 0.1
    event = {"do": "add_repetition", "segment": segment["id"], "start_s": start_s, "end_s": start_s + 1, "hand": "both"}
    office.post(f"/api/sessions/{made}/events", {"event": event, "author": "T01"})
    tracks = office.client.get(f"/api/sessions/{made}/tracks").content
    marks = office.get(f"/api/sessions/{made}/marks")
    assert (len(marks["body"]), marks["size"]) == (4, before["size"])
    corners = np.array(before["corners"])
    same = office.post(f"/api/sessions/{made}/marks", {"corners": before["corners"], "size": before["size"]})
    assert (same["changed"], same["missed"]) == (0, 0)
    away = ((corners - corners.mean(axis=0)) * 0.8 + corners.mean(axis=0) + [60, 40]).tolist()
    told = office.post(f"/api/sessions/{made}/marks", {"corners": away, "size": before["size"]})
    after = office.get(f"/api/sessions/{made}")
    np.testing.assert_allclose(after["corners"], away)
    np.testing.assert_allclose(after["machine"]["back"]["corners_px"], away, atol=0.1)
    assert told["changed"] > 0
    assert len(after["results"]) == 3
    assert told["missed"] == len(after["missed"])
    assert office.client.get(f"/api/sessions/{made}/tracks").content != tracks


def keep_short(store: Store, film: Path) -> str:
    """A session of less than three seconds, whose camera was moved, with its film."""
    kept, session = reviewed()
    video = replace(session.video, duration_s=2.6, moved=(Moved(Span(1.0, 2.6), followed=False),))
    consent = Consent(("agreed",), video=True, by="T01")
    short, whose = replace(kept, chunks=kept.chunks[:2]), archive.Belongs("K01", "Mawar", "satu.mp4", consent)
    made = archive.keep(store, replace(session, video=video), short, protocol(), protocol_file(), whose)
    store.keep_video(made, film)
    return made


def test_a_session_is_marked_anew_from_a_time_on_and_its_film_looked_at_again(office: Side, tmp_path: Path) -> None:
    made = keep_short(office.store, clip(tmp_path / "film.mp4"))
    at = f"/api/sessions/{made}"
    first = office.get(at)["corners"]
    (moved,) = office.get(at)["moved"]
    assert (moved["at_s"], moved["lost"]) == (1.0, True)
    assert "0:01" in moved["text"]["id"]
    corners_there = office.get(f"{at}/marks")["body"]
    office.post(f"{at}/marks", {"corners": CORNERS, "size": [640, 480], "from_s": 1.5})
    after = office.get(at)
    assert after["corners"] == first
    assert after["machine"]["back"]["later"] == [{"from_s": 1.5, "corners_px": CORNERS}]
    assert after["machine"]["video"]["moved"] == [{"start_s": 1.0, "end_s": 1.5, "followed": False}]
    assert [one["lost"] for one in after["moved"]] == [False]
    seen = Seen.read(office.client.get(f"{at}/tracks").content)
    assert seen is not None
    time_s, late = seen.arrays["time_s"], seen.arrays["time_s"] >= 1.5
    assert (np.diff(time_s) > 0).all()
    assert time_s[-1] > 2.5
    np.testing.assert_allclose(seen.arrays["corners"][~late][0], first, atol=0.1)
    np.testing.assert_allclose(seen.arrays["corners"][late], np.broadcast_to(CORNERS, (late.sum(), 4, 2)), atol=6.0)
    assert (seen.arrays["left_seen"][late] > UNSEEN).any()  # hands of the film, not those that were found before
    marks = office.get(f"{at}/marks", at_s=1.5)
    assert marks["later"] == [1.5]
    assert marks["body"] != corners_there == office.get(f"{at}/marks")["body"]
    assert office.get(f"{at}/marks/far") == {"done_s": None, "duration_s": None}
    office.post(f"{at}/marks", {"corners": first, "size": [640, 480]})  # the first mark anew: the later one stays
    assert office.get(at)["machine"]["back"]["later"] == [{"from_s": 1.5, "corners_px": CORNERS}]


def test_a_later_mark_is_taken_away_and_the_film_looked_at_again_without_it(office: Side, tmp_path: Path) -> None:
    made = keep_short(office.store, clip(tmp_path / "film.mp4"))
    at = f"/api/sessions/{made}"
    first = office.get(at)["corners"]
    office.post(f"{at}/marks", {"corners": CORNERS, "size": [640, 480], "from_s": 1.5})
    assert office.delete(f"{at}/marks?from_s=0.1", 400)["key"] == "mark_not_there"
    told = office.delete(f"{at}/marks?from_s=1.5")
    assert set(told) == {"before", "after", "changed", "missed"}
    after = office.get(at)
    assert "later" not in after["machine"]["back"]
    assert len(after["results"]) == 3
    assert office.get(f"{at}/marks")["later"] == []
    seen = Seen.read(office.client.get(f"{at}/tracks").content)
    assert seen is not None
    assert seen.arrays["time_s"][-1] > 2.5
    np.testing.assert_allclose(seen.arrays["corners"][0], first, atol=0.1)
    assert np.abs(seen.arrays["corners"] - np.array(first)).max() < 6.0  # the first mark holds to the end
    assert "0:01" in office.delete(f"{at}/marks?from_s=1.5", 400)["text"]["en"]  # there is none any more
    office.delete(f"{at}/marks", 400)


@pytest.mark.parametrize("away_s", [6.0, 9.0])
def test_without_a_mark_the_one_before_it_holds(
    office: Side, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, away_s: float
) -> None:
    kept, session = reviewed()
    there = np.array(CORNERS)
    later = tuple(BackMark(from_s, there + from_s) for from_s in (3.0, 6.0, 9.0))
    consent = Consent(("agreed",), video=True, by="T01")
    whose = archive.Belongs("K01", "Mawar", "satu.mp4", consent)
    made = archive.keep(office.store, session, replace(kept, later=later), protocol(), protocol_file(), whose)
    office.store.keep_video(made, clip(tmp_path / "film.mp4", 5))
    looked: list[tuple[BackInfo, float]] = []

    def look_again(_film: str, back: BackInfo, _size: Any, from_s: float, _progress: Any) -> Any:
        looked.append((back, from_s))
        return [chunk for chunk in kept.chunks if chunk.time_s[0] >= from_s], (Moved(Span(7.0, 8.0), followed=True),)

    monkeypatch.setattr(wiring, "look_again", look_again)
    found = marked.without_mark(office.store, made, away_s + 0.4, lambda *_: None)
    ((back, from_s),) = looked
    assert [mark.from_s for mark in back.later] == [mark.from_s for mark in found.later]
    assert [mark.from_s for mark in found.later] == [one for one in (3.0, 6.0, 9.0) if one != away_s]
    assert from_s == away_s - 3.0
    times = np.concatenate([chunk.time_s for chunk in found.seen])
    assert (np.diff(times) > 0).all()
    assert times[0] == kept.chunks[0].time_s[0]
    assert found.moved[-1].span.start_s == 7.0
    office.store.delete(made)


@pytest.mark.parametrize(("from_s", "key"), [(0.1, "film_short"), (50.0, "back_from_late")])
def test_a_film_that_is_too_short_to_be_looked_at_again_changes_nothing(
    office: Side, tmp_path: Path, from_s: float, key: str
) -> None:
    made = keep(office.store, video=clip(tmp_path / "film.mp4", 5))
    before = office.get(f"/api/sessions/{made}")
    with pytest.raises(InputError) as caught:
        marked.marked_from(office.store, made, np.array(CORNERS), from_s, lambda *_: None)
    assert caught.value.key == key
    assert office.get(f"/api/sessions/{made}") == before


@pytest.mark.parametrize(("order", "key"), [([1, 0, 3, 2], "mark_mirrored"), ([0, 2, 1, 3], "mark_crossed")])
def test_marks_that_make_no_sense_change_no_session(office: Side, tmp_path: Path, order: list[int], key: str) -> None:
    made = keep(office.store, video=clip(tmp_path / "film.mp4", 5))
    before = office.get(f"/api/sessions/{made}")
    body = {"corners": [before["corners"][k] for k in order], "size": before["size"]}
    told = office.post(f"/api/sessions/{made}/marks", body, 400)
    assert told["key"] == key
    assert not any("--" in text for text in told["text"].values())  # of the command line
    assert office.get(f"/api/sessions/{made}") == before


def test_when_a_session_was_and_on_which_occasion_is_changed(office: Side) -> None:
    made = keep(office.store)
    said = {"held": "2026-09-01T08:30:00+07:00", "visit": 2, "mother": "I07", "occasion": "visit"}
    row = office.put(f"/api/sessions/{made}/about", said)["row"]
    assert (row["held"][:16], row["visit"], row["mother"], row["occasion"]) == ("2026-09-01T01:30", 2, "I07", "visit")
    row = office.put(f"/api/sessions/{made}/about", {"visit": 3})["row"]
    assert (row["held"][:16], row["visit"], row["mother"], row["occasion"]) == ("2026-09-01T01:30", 3, "I07", "visit")
    strange: list[dict[str, Any]] = [{"visit": -1}, {"visit": "2"}, {"visit": True}, {"held": "x"}, {"occasion": "x"}]
    for one in strange:
        assert office.put(f"/api/sessions/{made}/about", one, 400)["key"] == "about_bad"
    assert office.get(f"/api/sessions/{made}")["row"] == row
