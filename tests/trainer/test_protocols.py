"""Protocols in the page: their numbers, changes with the comments kept, and what a demonstration proposes."""

from __future__ import annotations

from typing import Any

import pytest

from coach.protocol import files, parse
from coach.protocol.edit import edited
from coach.protocol.numbers import numbers
from tests.trainer.made import Side

DATA = files.read(files.find("oxytocin"))
TEMPO = ["segments", "heart", "tempo", "shortest_s"]


def test_every_number_is_at_its_place_and_within_its_limits() -> None:
    found = numbers(DATA)
    assert len(found) > 100
    for one in found[::15]:  # each is a second's work for a hundred
        assert edited(DATA, [(tuple(one["place"]), one["value"])]), one
    for one in found:
        values = one["value"] if isinstance(one["value"], list) else [one["value"]]
        flat = [v for value in values for v in (value if isinstance(value, list) else [value])]
        assert all(one.get("min", -1e9) <= v <= one.get("max", 1e9) and v > one.get("above", -1e9) for v in flat), one
    assert next(one for one in found if one["place"] == TEMPO)["comment"] == "[+] down and back up"
    assert len({tuple(one["place"]) for one in found}) == len(found)


def test_a_changed_number_changes_nothing_else(office: Side) -> None:
    body = {"base": "oxytocin", "changes": [[TEMPO, 2.9]], "version": "1.2", "name": "mawar"}
    told = office.post("/api/protocols/save", body)
    assert (told["file"], told["version"], told["own"]) == ("mawar", "1.2", True)
    text = office.client.get("/api/protocols/mawar/text").text
    was = DATA.decode("utf-8").replace("shortest_s = 2.2, longest_s = 16.0 } # [+] down", "CHANGED")
    now = text.replace("shortest_s = 2.9, longest_s = 16.0 } # [+] down", "CHANGED")
    assert now.replace('version = "1.2"', 'version = "1.0"') == was
    assert "mawar" in {one["file"] for one in office.get("/api/trainer")["protocols"]}
    assert office.get("/api/protocols/mawar/numbers")


def test_without_a_name_it_is_called_by_its_version(office: Side) -> None:
    told = office.post("/api/protocols/save", {"base": "oxytocin", "version": "2.0 Bidan/Ratna"})
    assert told["file"] == "oxytocin-2-0-bidan-ratna"


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ([[TEMPO, -1]], "protocol_bad"),
        ([[TEMPO, "x"]], "protocol_bad"),
        ([[TEMPO, True]], "protocol_bad"),
        ([[["segments", "heart", "nothing"], 1]], "protocol_bad"),
        ([[["segments", "nothing", "corridor"], 1]], "protocol_place"),
        ([[["segments", 99, "corridor"], 1]], "protocol_place"),
        ([[["version", "x"], 1]], "protocol_place"),
        ([[[], 1]], "query_bad"),
        ([[TEMPO, None]], "query_bad"),
        ([[TEMPO]], "query_bad"),
        ({"a": 1}, "query_bad"),
    ],
)
def test_what_would_not_pass_the_check_is_not_kept(office: Side, changes: Any, key: str) -> None:
    before = office.get("/api/protocols")
    told = office.post("/api/protocols/save", {"base": "oxytocin", "changes": changes, "name": "x"}, 400)
    assert told["key"] == key
    assert (key == "protocol_bad") == bool(told.get("mistakes"))
    assert office.get("/api/protocols") == before


@pytest.mark.parametrize("name", ["../x", "X", "a b", "oxytocin", "x" * 61, ".x", "con", "nul", "com1"])
def test_a_name_leads_nowhere_else(office: Side, name: str) -> None:
    told = office.post("/api/protocols/save", {"base": "oxytocin", "name": name}, 400)
    assert told["key"] in ("protocol_name", "protocol_name_taken")
    for file in ("..%2f..%2fpyproject", "%2fetc%2fpasswd"):
        assert office.client.get(f"/api/protocols/{file}/text").status_code == 404


def test_a_text_is_checked_with_all_its_mistakes(office: Side) -> None:
    assert office.post("/api/protocols/check", {"text": DATA.decode("utf-8")}) == {"mistakes": []}
    bad = (
        DATA.decode("utf-8").replace("pass_mark = 80", "pass_mark = 800").replace("corridor = 0.14", "corridor = -1", 1)
    )
    told = office.post("/api/protocols/check", {"text": bad})["mistakes"]
    assert len(told) == 2
    assert all(set(one["text"]) == {"id", "en"} and one["line"] for one in told)
    office.post("/api/protocols/check", {"text": 3}, 400)


def test_a_demonstration_is_proposed_shown_and_kept(office: Side, session: str) -> None:
    stands = office.get(f"/api/sessions/{session}")["stands"]["segments"]
    shown = {s.id for s in parse(DATA).segments if s.primitive in ("stroke", "curve")}
    segment = next(s["id"] for s in stands if s["count"] >= 3 and s["id"] in shown)
    told = office.post("/api/demonstrate", {"session": session, "segment": segment})
    assert len(told["shown"]) >= 3
    assert told["preview"] != told["before"]
    assert {tuple(one["place"][:2]) for one in told["numbers"]} == {("segments", segment)}
    body = {"session": session, "changes": told["changes"], "version": "1.3", "name": "contoh"}
    assert office.post("/api/protocols/save", body)["version"] == "1.3"
    kept = parse(office.client.get("/api/protocols/contoh/text").content).segment(segment)
    proposed = next(value for place, value in told["changes"] if place == ["segments", segment, "path"])
    assert [list(place) for place in kept.path or ()] == proposed


def test_a_demonstration_of_nothing_is_refused(office: Side, session: str) -> None:
    body = {"session": session, "segment": "heart", "from_s": 1, "to_s": 2}
    assert office.post("/api/demonstrate", body, 400)["key"].startswith("demonstration_")
    assert office.post("/api/demonstrate", body | {"to_s": 0.5}, 400)["key"] == "usage_from_to"
    assert office.post("/api/demonstrate", body | {"segment": "nothing"}, 404)["key"] == "segment_missing"


@pytest.mark.parametrize("place", [["segments", -1, "id"], ["segments", "heart", "id"], ["segments", -1, "corridor"]])
def test_only_numbers_are_saved_and_none_counted_from_the_end(office: Side, place: list[str | int]) -> None:
    body = {"base": "oxytocin", "changes": [[place, 0.2]], "version": "9.9", "name": "counted"}
    assert office.post("/api/protocols/save", body, 400)["key"] == "query_bad"
