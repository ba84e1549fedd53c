"""Progress, agreement and everything that can be printed or taken along."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from coach import archive
from coach.cli import main
from coach.messages import LANGS
from tests.store.made import new, protocol, result
from tests.trainer.made import Side, keep

BEGINS = {
    "blank": b"%PDF",
    "form": b"PK",
    "sheet": b"%PDF",
    "report": b"%PDF",
    "recap": b"%PDF",
    "agreement": b"%PDF",
    "xlsx": b"PK",
    "csv": b"\xef\xbb\xbf",
    "json": b"[",
    "fhir": b"{",
    "labels": b"[",
    "zip": b"PK",
}


@pytest.fixture(scope="module")
def rated(office: Side) -> list[str]:
    """Three sessions that two trainers rated blind."""
    made = [keep(office.store, f"K3{k}") for k in range(3)]
    seed = np.random.default_rng(1)
    for name in made:
        items = office.get(f"/api/sessions/{name}")["stands"]["items"]
        for rater in ("T01", "T02"):
            points = {i["id"]: int(np.clip((i["points"] or 0) + seed.choice([-1, 0, 0, 0, 1]), 0, 2)) for i in items}
            office.post(f"/api/sessions/{name}/ratings", {"rater": rater, "items": points, "blind": True})
    return made


@pytest.mark.parametrize("kind", BEGINS)
def test_every_paper_is_made(office: Side, rated: list[str], kind: str) -> None:
    lang = LANGS[len(kind) % 2]
    one = kind in ("report", "zip")
    named = rated[:1] if one else rated
    answer = office.client.get(f"/api/papers/{kind}", params={"sessions": ",".join(named), "lang": lang})
    assert answer.status_code == 200, answer.text
    assert answer.content.startswith(BEGINS[kind])
    assert answer.headers["content-disposition"].startswith('attachment; filename="')
    if kind == "zip":
        assert "manifest.json" in zipfile.ZipFile(io.BytesIO(answer.content)).namelist()


def test_a_paper_that_cannot_be_made_is_told(office: Side, rated: list[str]) -> None:
    assert office.get("/api/papers/nothing", 404)["key"] == "paper_missing"
    assert office.get("/api/papers/sheet", 400, kader="nobody")["key"] == "paper_nothing"
    assert office.get("/api/papers/report", 400)["key"] == "paper_one"
    assert office.get("/api/papers/sheet", 404, sessions="ffffffff")["key"] == "session_missing"
    assert office.get("/api/papers/sheet", 400, lang="nl")["key"] == "usage_lang"
    alone = keep(office.store, "K39")
    assert office.get("/api/papers/agreement", 400, sessions=alone)["key"] == "agreement_nothing"
    assert len(rated) == 3


def test_agreement_is_that_of_the_table(office: Side, rated: list[str]) -> None:
    told = office.get("/api/agreement")
    found = archive.agreement(office.store, list(rated), protocol())
    assert told["sessions"] == 3
    assert {one["id"] for one in told["items"]} == set(found.coach_trainer.items)
    assert told["total"]["coach"]["quadratic"][0] == pytest.approx(found.coach_trainer.total.quadratic.value, abs=1e-4)
    assert told["icc"]["trainers"][0] == pytest.approx(found.trainer_trainer.icc.value, abs=1e-4)
    drawn = told["blandaltman"]["coach"]
    scores = found.coach_trainer.scores
    assert scores is not None
    assert [drawn["mean"], drawn["low"], drawn["high"]] == pytest.approx([scores.bias, scores.low, scores.high])
    assert [p[1] for p in drawn["points"]] == pytest.approx(scores.differences.tolist(), abs=0.01)


@pytest.mark.parametrize("column", ["coach", "trainers"])
def test_the_picture_has_a_dot_for_each_session(office: Side, rated: list[str], column: str) -> None:
    picture = office.client.get("/api/agreement/picture", params={"column": column, "lang": "en"})
    assert picture.headers["content-type"] == "image/svg+xml"
    assert picture.text.count("<circle") == len(rated)
    assert "Mean of the two scores" in picture.text


def test_progress_of_each_kader_and_step(office: Side, rated: list[str]) -> None:
    told = office.get("/api/progress", posyandu="Mawar")
    kaders = {one["kader"]: one for one in told["kaders"]}
    assert {"K30", "K31", "K32"} <= set(kaders)
    assert (kaders["K30"]["count"], len(kaders["K30"]["scores"]), kaders["K30"]["sessions"]) == (1, 1, [])
    (alone,) = office.get("/api/progress", posyandu="Mawar", kader="K30")["kaders"]
    assert [s["session"] for s in alone["sessions"]] == rated[:1]  # each of them where she alone was asked for
    assert [one["segment"] for one in told["segments"]] == [s.id for s in protocol().segments]
    assert set(told["titles"]) == {s.id for s in protocol().segments}
    about = {"mode": "again", "segment": "heart", "pauses": 0, "paused_s": 0.0, "pain": ""}
    office.store.add(new("K30", mode="again", segment="heart"), result() | {"practice": about})
    office.store.add(new("K30", source="sample"), result())
    (again,) = [one for one in office.get("/api/progress", posyandu="Mawar")["kaders"] if one["kader"] == "K30"]
    assert again == kaders["K30"]  # one step again, and the sample, are no standing
    empty = office.get("/api/progress", kader="nobody")
    assert (empty["sessions"], empty["kaders"]) == (0, [])
    assert office.get("/api/agreement", kader="nobody")["items"] == []


@pytest.mark.parametrize("lang", LANGS)
def test_the_command_line_prints_agreement_too(office: Side, rated: list[str], tmp_path: Path, lang: str) -> None:
    out = tmp_path / "agreement.pdf"
    folder = str(office.store.folder)
    given = ["paper", "agreement", *rated, "--data", folder, "--out", str(out), "--lang", lang]
    done = CliRunner().invoke(main, given)
    assert done.exit_code == 0, done.output
    assert out.read_bytes().startswith(b"%PDF")
