"""Spreadsheets, forms and FHIR: opened again by other programs, with what was put in."""

from __future__ import annotations

import csv
import io
import json
import re
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fhir.resources.R4B.bundle import Bundle
from fhir.resources.R4B.observation import Observation
from fhir.resources.R4B.questionnaire import Questionnaire
from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse
from openpyxl import load_workbook
from pyxform.xls2xform import convert

from coach import reports
from coach.correct.fold import corrected
from coach.domain import PracticeInfo
from coach.messages import LANGS, Catalogue
from coach.progress import by_item, by_kader, by_segment
from coach.protocol import Protocol, files
from coach.score.scope import narrowed
from coach.summary import fhir
from coach.summary.columns import columns
from coach.summary.recap_pdf import recap_pdf
from coach.summary.report import report
from coach.summary.sheet_csv import sheet_csv
from coach.summary.sheet_xlsx import sheet_xlsx, standing
from coach.summary.xlsform import xlsform
from tests.summary.example import hardly_seen, session
from tests.summary.made import OCCASION, entries, other, stands

LIMIT_S = 10.0


@pytest.fixture(scope="module", params=files.names())
def protocol(request: pytest.FixtureRequest) -> Protocol:
    return files.load(request.param)


@pytest.fixture(scope="module")
def oxytocin() -> Protocol:
    return files.load("oxytocin")


def lines(data: bytes, separator: str) -> list[dict[str, str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=separator))


@pytest.mark.parametrize("separator", [";", ","])
def test_csv_has_a_line_for_each_session_with_its_points(protocol: Protocol, separator: Any) -> None:
    made = entries(protocol, 7)
    read = lines(sheet_csv(made, protocol, Catalogue("id"), separator), separator)
    assert [row["kader"] for row in read] == [e.kader for e in made]
    decimal = "," if separator == ";" else "."
    assert [float(row["percent"].replace(decimal, ".")) for row in read] == [e.percent for e in made]
    for column in columns(protocol):
        if column.kind == "points":
            wanted = [e.items[column.item] for e in made]
            assert [None if row[column.name] == "" else int(row[column.name]) for row in read] == wanted


def test_csv_survives_what_people_write_and_runs_nothing(oxytocin: Protocol) -> None:
    nasty = ['=HYPERLINK("http://x")', "+1", "-1", "@x", 'a;b,"c"\nd', "Ibu Ani"]
    made = [other(e, posyandu=name) for e, name in zip(entries(oxytocin, 6), nasty, strict=True)]
    read = lines(sheet_csv(made, oxytocin, Catalogue("id")), ";")
    assert [row["posyandu"].lstrip("'") for row in read] == nasty
    assert [row["posyandu"][0] for row in read[:4]] == ["'"] * 4


@pytest.mark.parametrize("lang", LANGS)
def test_xlsx_opens_with_points_progress_and_key(protocol: Protocol, lang: Any, tmp_path: Path) -> None:
    made = entries(protocol, 40, kaders=8)
    made[0] = other(made[0], posyandu="=1+1")
    file = tmp_path / "sessions.xlsx"
    file.write_bytes(sheet_xlsx(made, protocol, Catalogue(lang), {"K03": "Ibu Dewi"}))
    book = load_workbook(file)
    catalogue = Catalogue(lang)
    assert book.sheetnames == [catalogue.text(f"table_sheet_{n}") for n in ("sessions", "kaders", "steps", "key")]
    sessions = book.worksheets[0]
    names = [cell.value for cell in sessions[2]]
    assert names == [column.name for column in columns(protocol)]
    assert sessions.max_row == 42
    first = dict(zip(names, (cell.value for cell in sessions[3]), strict=True))
    assert (first["kader"], first["percent"], first["when"].year) == ("K00", made[0].percent, 2026)
    assert sessions.cell(3, names.index("posyandu") + 1).data_type == "s"
    people = {row[0].value: [cell.value for cell in row] for row in book.worksheets[1].iter_rows(min_row=2)}
    assert len(people) == 8
    assert people["K03"][1] == "Ibu Dewi"
    assert people["K03"][3] == 5
    steps = book.worksheets[2]
    assert steps.max_row == 1 + len(protocol.segments) + sum(len(s.items) for s in protocol.segments)


def test_the_form_is_one_that_kobo_and_odk_take_and_has_our_columns(protocol: Protocol, tmp_path: Path) -> None:
    file = tmp_path / "form.xlsx"
    file.write_bytes(xlsform(protocol))
    made = convert(file, validate=False)
    asked = set(re.findall(r'nodeset="/[^"]*/([A-Za-z0-9_]+)"', made.xform))
    known_here = {"origin", "duration_s", "left_out", "corrected", "mode", "stopped", "verdict", "scope"}
    known_here |= {"occasion", "visit", "mother"}
    ours = {c.name for c in columns(protocol)} - known_here
    assert ours - asked == set()
    assert [w for w in made.warnings if "label" in w.lower()] == []
    for title in (protocol.segments[0].title.id, protocol.segments[0].title.en):
        assert title in made.xform


def test_fhir_form_and_answers_are_valid_and_fit_together(protocol: Protocol) -> None:
    form = Questionnaire.model_validate(fhir.questionnaire(protocol))
    filled = corrected(session(protocol), protocol, []) if protocol.id != "oxytocin" else stands(protocol)
    for lang in LANGS:
        answered = QuestionnaireResponse.model_validate(fhir.response(OCCASION, filled, protocol, Catalogue(lang)))
        assert answered.questionnaire == f"{form.url}|{form.version}"

    def links(items: Any) -> list[str]:
        return [link for item in items or [] for link in (item.linkId, *links(item.item))]

    asked, given = links(form.item), links(answered.item)
    assert len(asked) == len(set(asked))
    assert set(given) <= set(asked)
    assert {item.item_id for item in filled.session.items} <= set(asked)


def test_fhir_asks_nothing_of_parts_that_are_not_rated(oxytocin: Protocol) -> None:
    made = session(oxytocin)
    narrow = replace(made, scope=("back",), items=narrowed(made.items, oxytocin, ("back",)))
    found = fhir.response(OCCASION, corrected(narrow, oxytocin, []), oxytocin, Catalogue("id"))
    assert [group["linkId"] for group in found["item"] if group["linkId"].startswith("part-")] == ["part-back"]
    QuestionnaireResponse.model_validate(found)


def test_fhir_answers_are_the_points_and_say_why_there_are_none(oxytocin: Protocol) -> None:
    found = fhir.response(OCCASION, stands(oxytocin), oxytocin, Catalogue("id"))
    answers: dict[str, Any] = {}

    def collect(items: list[dict[str, Any]]) -> None:
        for item in items:
            answers[item["linkId"]] = item.get("answer", [{}])[0]
            collect(item.get("item", []))

    collect(found["item"])
    assert answers["oil"]["valueCoding"]["code"] == "2"
    assert answers["pressure"]["valueCoding"]["code"] == "not_applicable"
    assert answers["hands_washed"] == {}
    assert answers["heart.performed"]["valueCoding"]["code"] == "1"
    assert answers["shoulder_c_grip.hold"]["valueCoding"]["code"] == "not_visible"
    assert "outcome.milk_flow" not in answers
    (milk,) = fhir.observations(replace(OCCASION, mother="I07"), oxytocin, Catalogue("id"))
    read = Observation.model_validate(milk)
    assert (read.valueBoolean, read.subject.identifier.value, read.code.coding[0].code) == (True, "I07", "milk_flow")
    assert OCCASION.kader not in json.dumps(milk)
    assert "subject" not in fhir.observations(OCCASION, oxytocin, Catalogue("id"))[0]
    assert answers["score.percent"]["valueDecimal"] == stands(oxytocin).session.total.percent
    assert "Sari" not in json.dumps(found)  # codes, no names
    assert found["status"] == "amended"


def test_where_hardly_anything_was_seen_no_table_says_passed(oxytocin: Protocol, tmp_path: Path) -> None:
    made = hardly_seen(oxytocin)
    answers = fhir.response(OCCASION, corrected(made, oxytocin, []), oxytocin, Catalogue("id"))["item"]
    told = {item["linkId"]: item["answer"] for item in answers if item["linkId"].startswith("score.")}
    assert set(told) == {"score.verdict"}
    assert told["score.verdict"][0]["valueCoding"]["code"] == "undecided"
    few = [
        other(e, percent=None, passed=None, verdict="undecided", kader=f"K{k}")
        for k, e in enumerate(entries(oxytocin, 2))
    ]
    few[1] = other(few[1], verdict="")
    file = tmp_path / "sessions.xlsx"
    file.write_bytes(sheet_xlsx(few, oxytocin, Catalogue("id")))
    book = load_workbook(file)
    sessions, kaders = book.worksheets[:2]
    column = [c.value for c in sessions[2]].index("passed")
    assert [row[column].value for row in sessions.iter_rows(min_row=3)] == [None, None]
    assert [[cell.value for cell in row][6] or "" for row in kaders.iter_rows(min_row=2)] == [
        "Belum diputuskan",
        "",
    ]


@pytest.mark.parametrize(("rated", "passed"), [(2, ""), (29, ""), (31, 1), (61, 1)])
def test_the_form_does_not_let_pass_by_a_few_items(oxytocin: Protocol, rated: int, passed: object) -> None:
    """The form's own arithmetic, as a program that fills it in would do it."""
    movements = [c.name for c in columns(oxytocin) if c.segment is not None]
    assert len(movements) == 61
    given = {c.name: -1 for c in columns(oxytocin) if c.kind == "points"}
    given |= dict.fromkeys(movements[:rated], 2)
    assert filled_in(xlsform(oxytocin), given)["passed"] == passed


def filled_in(form: bytes, given: dict[str, int]) -> dict[str, Any]:
    """What the form's calculations make of answers: XPath as far as the form needs it."""
    head, *rows = load_workbook(io.BytesIO(form))["survey"].iter_rows(values_only=True)
    known: dict[str, Any] = dict(given)
    means = {"choose": lambda c, a, b: a if c else b, "known": known, "round": round}

    def say(text: str) -> str:
        return re.sub(r"\$\{(\w+)\}", lambda m: f"known['{m[1]}']", text.replace(" div ", " / ").replace(" = ", " == "))

    for row in rows:
        line = dict(zip(head, row, strict=True))
        if line["type"] == "calculate" and "if(" in line["calculation"]:
            text = say(line["calculation"]).replace("if(", "choose(")
            known[line["name"]] = eval(text, means)
    return known


def test_progress_counts_each_kader_once(oxytocin: Protocol) -> None:
    standings = [standing(e) for e in entries(oxytocin, 60, kaders=12)]
    kaders = by_kader(standings, oxytocin)
    assert [len(k.sessions) for k in kaders] == [5] * 12
    assert all(k.first is not None and k.last is not None and k.last > k.first for k in kaders)
    steps = by_segment(kaders, oxytocin)
    assert [s.segment for s in steps] == [s.id for s in oxytocin.segments]
    assert all(s.rated == 12 and s.share is not None and s.first_share is not None for s in steps)
    one = next(s for s in steps if s.kaders)
    assert all(one.segment in next(k for k in kaders if k.kader == who).needs for who in one.kaders)
    number, share = by_item(standings, ["heart.count"])["heart.count"]
    assert number == 60
    assert share is not None
    assert 0.5 < share < 1.0


def test_a_thousand_sessions_in_ten_seconds(oxytocin: Protocol) -> None:
    made, filled, catalogue = entries(oxytocin, 1000, kaders=150), stands(oxytocin), Catalogue("id")

    def as_fhir() -> bytes:
        answers = [fhir.response(OCCASION, filled, oxytocin, catalogue) for _ in range(1000)]
        return json.dumps(fhir.bundle(answers, oxytocin)).encode()

    works: dict[str, Callable[[], bytes]] = {
        "csv": lambda: sheet_csv(made, oxytocin, catalogue),
        "xlsx": lambda: sheet_xlsx(made, oxytocin, catalogue),
        "recap": lambda: recap_pdf([standing(e) for e in made], oxytocin, catalogue, {}),
        "fhir": as_fhir,
    }
    for name, work in works.items():
        began = time.process_time()  # not of what else runs on this machine
        assert len(work()) > 10_000
        assert time.process_time() - began < LIMIT_S, name


def test_a_bundle_of_sessions_is_valid(oxytocin: Protocol) -> None:
    one = fhir.response(OCCASION, stands(oxytocin), oxytocin, Catalogue("id"))
    Bundle.model_validate(fhir.bundle([one], oxytocin))


def test_the_json_schema_describes_our_reports(oxytocin: Protocol) -> None:
    made = report(session(oxytocin))
    schema = reports.json_schema()
    assert schema["properties"]["schema"]["const"] == "coach.report/1"
    described = set(schema["properties"])
    assert set(made) == described - {"practice", "scope_named"}  # it was a video, and nobody named its parts
    live = report(replace(session(oxytocin), practice=PracticeInfo("exam", None, 2, 40.5, "over"), named=True))
    assert set(live) == described
    for told in (made, live):
        assert report(reports.session(told)) == told
    assert json.loads(json.dumps(schema)) == schema


def test_the_workbook_shows_all_sessions_and_counts_only_whole_ones(oxytocin: Protocol) -> None:
    made = [other(e, kader="K1") for e in entries(oxytocin, 2)]
    made[0] = other(made[0], percent=60.0, passed=False)
    made[1] = other(made[1], percent=100.0, passed=True, mode="again", counts=False)
    book = load_workbook(io.BytesIO(sheet_xlsx(made, oxytocin, Catalogue("id"))))
    sessions, kaders = book.worksheets[:2]
    assert sessions.max_row == 2 + 2
    (line,) = list(kaders.iter_rows(min_row=2, values_only=True))
    assert line[3:6] == (1, 60, 60)
    names = [cell.value for cell in sessions[2]]
    assert [row[names.index("mode")] for row in sessions.iter_rows(min_row=3, values_only=True)] == ["", "again"]
