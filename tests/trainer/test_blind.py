"""Whoever rates blind is shown nothing that follows from what coach, or anybody else, thought of the session."""

from __future__ import annotations

import copy
import json
from typing import Any

from coach import archive
from coach.store import NewSession
from coach.summary.report import report
from tests.store.made import protocol, protocol_file
from tests.trainer.made import Side, keep, reviewed


def other_result(office: Side) -> str:
    """A session with the same tracks, of which coach thought the worst; a trainer corrected it, another rated it."""
    kept, session = reviewed()
    made = copy.deepcopy(report(session))
    made["segments"] = []
    for item in made["items"]:
        item |= {"points": 0, "status": "scored", "evidence": [], "reason": {"key": "not_done", "values": {}}}
    made["score"] = {"points": 0, "max_points": 999, "percent": 0.0, "passed": False, "left_out": 0}
    new = NewSession(
        protocol=protocol(),
        protocol_file=protocol_file(),
        software=archive.SOFTWARE,
        source="video",
        corners=kept.corners,
        size=kept.size,
        kader="K01",
        posyandu="Mawar",
        origin="satu.mp4",
    )
    name = office.store.add(new, made, tracks=kept.chunks)
    item = made["items"][0]["id"]
    office.store.correct(name, {"do": "override_item", "item": item, "points": 2, "reason": "x"}, "T02")
    office.store.correct(name, {"do": "tick_outcome", "outcome": protocol().outcomes[0].id, "yes": True}, "T02")
    office.store.correct(name, {"do": "note", "at_s": 1.0, "text": "bagus"}, "T02")
    office.store.rate(name, "T03", {item: 1}, blind=True)
    return name


def without_names(told: dict[str, Any], name: str) -> str:
    told = copy.deepcopy(told)
    told["consents"] = []
    told["row"]["created"] = told["row"]["held"] = ""
    return json.dumps(told).replace(name, "ID")


def test_two_sessions_that_differ_only_in_what_was_judged_look_the_same(office: Side, session: str) -> None:
    other = other_result(office)
    views = {name: office.get(f"/api/sessions/{name}", blind=1, rater="T01") for name in (session, other)}
    assert without_names(views[session], session) == without_names(views[other], other)
    seen = {name: office.get(f"/api/sessions/{name}") for name in (session, other)}
    assert without_names(seen[session], session) != without_names(seen[other], other)
    rows = office.get("/api/sessions", blind=1, rater="T01")["rows"]
    mine = [row | {"id": "", "created": "", "held": ""} for row in rows if row["id"] in (session, other)]
    assert mine[0] == mine[1]


def test_the_blind_sheet_has_every_item_without_points(office: Side, session: str) -> None:
    blind, seen = (office.get(f"/api/sessions/{session}", blind=b, rater="T01") for b in ("1", "0"))
    assert blind["blind_open"]
    assert set(blind) == set(seen)
    ids = [item["id"] for item in blind["stands"]["items"]]
    assert sorted(ids) == sorted(item["id"] for item in seen["stands"]["items"])
    assert {item["points"] for item in blind["stands"]["items"]} == {None}
    assert blind["machine"] is None


def test_after_rating_all_is_shown_and_a_second_rating_is_not_blind(office: Side) -> None:
    made = keep(office.store)
    sheet = office.get(f"/api/sessions/{made}", blind=1, rater="T01")["stands"]["items"]
    points = {item["id"]: 1 for item in sheet} | {sheet[0]["id"]: None}
    told = office.post(f"/api/sessions/{made}/ratings", {"rater": "T01", "items": points, "blind": True})
    assert told["stands"]["score"] is not None
    assert [(r["rater"], r["blind"], r["items"]) for r in told["ratings"]] == [("T01", True, points)]
    again = office.get(f"/api/sessions/{made}", blind=1, rater="T01")
    assert not again["blind_open"]
    assert again["machine"] is not None
    assert office.get(f"/api/sessions/{made}", blind=1, rater="T02")["ratings"] == []
    told = office.post(f"/api/sessions/{made}/ratings", {"rater": "T01", "items": points, "blind": True})
    assert [r["blind"] for r in told["ratings"]] == [True, False]


def test_whoever_corrected_it_has_seen_the_score(office: Side) -> None:
    made = keep(office.store)
    note = {"do": "note", "at_s": 1.0, "text": "di sini"}
    office.post(f"/api/sessions/{made}/events", {"event": note, "author": "T01"})
    assert office.get(f"/api/sessions/{made}", blind=1, rater="T01")["blind_open"]
    item = office.get(f"/api/sessions/{made}")["stands"]["items"][0]["id"]
    event = {"do": "override_item", "item": item, "points": 2, "reason": "x"}
    office.post(f"/api/sessions/{made}/events", {"event": event, "author": "T01"})
    assert not office.get(f"/api/sessions/{made}", blind=1, rater="T01")["blind_open"]
    told = office.post(f"/api/sessions/{made}/ratings", {"rater": "T01", "items": {item: 2}, "blind": True})
    assert [r["blind"] for r in told["ratings"]] == [False]


def test_points_that_are_none_are_refused(office: Side, session: str) -> None:
    item = office.get(f"/api/sessions/{session}")["stands"]["items"][0]["id"]
    strange: tuple[Any, ...] = ({}, [], None, {item: 3}, {item: True}, {item: "2"}, {"nothing.count": 1}, {item: 1.5})
    for items in strange:
        told = office.post(f"/api/sessions/{session}/ratings", {"rater": "T09", "items": items, "blind": True}, 400)
        assert told["key"] == "rating_bad"
    assert office.post(f"/api/sessions/{session}/ratings", {"items": {item: 1}}, 400)["key"] == "rating_no_rater"
    assert office.store.session(session).ratings == ()
