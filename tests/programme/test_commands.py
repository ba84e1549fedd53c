"""``coach programme``: a training day, visits, certificates and the stick, as typed."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from coach import prints
from coach.cli import main
from coach.instruments import TestSheet
from coach.instruments.files import load
from coach.programme.knowledge import ordered

ROSTER = """kode;nama;telepon;peran;posyandu;puskesmas
;Siti Aminah;0812;kader;Melati;Rumbai
;Rina;;kader;Melati;Rumbai
T1;Bidan Dince;;bidan, pelatih;;Rumbai
"""


def run(folder: Path, *arguments: str, code: int = 0) -> Result:
    done = CliRunner().invoke(main, ["programme", *arguments, "--data", str(folder), "--lang", "en"])
    assert done.exit_code == code, done.output
    assert "Traceback" not in done.output
    return done


def number(done: Result) -> str:
    found = re.search(r"\(([0-9a-f]{8})\)", done.output)
    assert found is not None, done.output
    return found[1]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    table = tmp_path / "roster.csv"
    table.write_text(ROSTER, "utf-8-sig")
    run(tmp_path / "data", "roster", "import", str(table), "--by", "T1")
    return tmp_path / "data"


def codes(data: Path) -> list[str]:
    return sorted(set(re.findall(r"MEL-\d\d[A-Z]", run(data, "roster", "list").output)))


def test_a_roster_comes_in_once_with_codes_and_goes_out_without_names(data: Path, tmp_path: Path) -> None:
    assert len(codes(data)) == 2
    again = run(data, "roster", "import", str(tmp_path / "roster.csv"), "--by", "T1")
    assert "new: 0, changed: 0, the same: 3" in again.output
    for name in ("out.csv", "out.xlsx"):
        run(data, "roster", "export", "--out", str(tmp_path / name))
        raw = (tmp_path / name).read_bytes()
        if name.endswith("xlsx"):
            with zipfile.ZipFile(tmp_path / name) as book:
                raw = b"".join(book.read(part) for part in book.namelist())
        assert b"MEL-" in raw
        assert b"Siti" not in raw
    run(data, "roster", "export", "--names", "--out", str(tmp_path / "named.xlsx"))
    run(tmp_path / "other", "roster", "import", str(tmp_path / "named.xlsx"), "--by", "T1")
    assert codes(tmp_path / "other") == codes(data)
    assert "Siti Aminah" in run(tmp_path / "other", "roster", "list").output


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("foo;bar\n1;2\n", "must name its columns"),
        ("kode;peran\nK9;raja\n", "Line 2: raja"),
        ("kode\nMEL-01A\n", "Line 2: MEL-01A"),
        ("kode\nK1\nK1\n", "Line 3: the code K1"),
        (
            "kode;peran\nK9;raja\n;\nMEL-01A;kader\nK9;kader\nK8;kader\n",
            "3 lines cannot be used (line: what is in it): 2: raja; 4: MEL-01A; 5: K9.",
        ),
        ("", "is empty"),
    ],
)
def test_a_bad_table_is_refused_whole_in_one_line(text: str, key: str, tmp_path: Path) -> None:
    table = tmp_path / "bad.csv"
    table.write_text(text)
    done = run(tmp_path / "data", "roster", "import", str(table), "--by", "T1", code=2)
    assert key in done.output
    assert done.output.count("\n") == 1


def test_a_training_day_to_the_certificate_and_to_another_laptop(data: Path, tmp_path: Path) -> None:
    one, other = codes(data)
    events = {
        kind: number(
            run(data, "event", kind, "--date", "2026-08-14", "--place", "melati", "--trainer", "T1", "--by", "T1")
        )
        for kind in ("counselling", "training")
    }
    for event in events.values():
        run(data, "attend", event, one, other, "--signed", "--by", "T1")
    sheet = load("oxytocin_knowledge")
    assert isinstance(sheet, TestSheet)
    right = "".join("B" if s.answer else "S" for s in ordered(sheet, "last"))
    run(data, "test", events["training"], "last", f"{one}={right}", f"{other}={'T' * 10}", "--by", "T1")
    short = run(data, "test", events["training"], "last", f"{one}=BS", "--by", "T1", code=2)
    assert "need 10 signs" in short.output
    shown = run(data, "ready").output
    assert shown.count("not ready yet") == 2
    assert "✓ last test 100/80" in shown
    refused = run(data, "certify", one, "--trainer", "T1", code=2)
    assert "Still missing" in refused.output
    stick = tmp_path / "stick.zip"
    run(data, "carry", str(stick))
    assert b"Siti" not in b"".join(zipfile.ZipFile(stick).read(n) for n in zipfile.ZipFile(stick).namelist())
    looked = run(tmp_path / "second", "take", str(stick), "--look")
    assert "known: 0" in looked.output
    assert "last seen from laptop" in looked.output
    run(tmp_path / "second", "take", str(stick))
    assert codes(tmp_path / "second") == [one, other]
    again = run(tmp_path / "second", "take", str(stick))
    assert "Taken: 0 entries" in again.output
    run(data, "carry", str(stick), "--names", code=2)
    run(data, "carry", str(stick), "--names", "--passphrase", "melati putih")
    assert "locked" in run(tmp_path / "second", "take", str(stick), code=2).output
    run(tmp_path / "second", "take", str(stick), "--passphrase", "melati putih")
    assert "Siti Aminah" in run(tmp_path / "second", "roster", "list").output


def test_visits_come_from_kobo_once_and_a_yes_opens_a_referral(data: Path, tmp_path: Path) -> None:
    one, _ = codes(data)
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["_uuid", "awal/kader", "ibu", "tanggal", "not_now", "danger", "g/neck_stroke", "g/heart", "oil"])
    sheet.append(["a1", one, "IBU-1", "2026-08-15", "no", "no", 2, 1, "na"])
    sheet.append(["a2", one, "IBU-2", "2026-08-15", "yes", "no", None, None, None])
    book.save(tmp_path / "kobo.xlsx")
    first = run(data, "visits", "import", str(tmp_path / "kobo.xlsx"), "--by", "T1")
    assert "Visits new: 2, known: 0, new mothers: 2, referrals opened: 1" in first.output
    assert "new: 0, known: 2" in run(data, "visits", "import", str(tmp_path / "kobo.xlsx"), "--by", "T1").output
    listed = run(data, "visits", "list", "--date", "2026-08-15").output
    assert "3/4" in listed
    assert "Referred" in listed
    sheet.append(["a3", "NOBODY", "IBU-2", "2026-08-15"])
    book.save(tmp_path / "kobo.xlsx")
    assert "Line 4: NOBODY" in run(data, "visits", "import", str(tmp_path / "kobo.xlsx"), "--by", "T1", code=2).output


def test_the_form_of_a_visit_asks_for_safety_first_and_its_answers_come_in(data: Path, tmp_path: Path) -> None:
    one, _ = codes(data)
    made = CliRunner().invoke(main, ["programme", "visits", "form", "--out", str(tmp_path / "form.xlsx")])
    assert made.exit_code == 0, made.output
    survey = openpyxl.load_workbook(tmp_path / "form.xlsx")["survey"]
    heads, *rows = ([str(cell or "") for cell in row] for row in survey.values)
    questions = [dict(zip(heads, row, strict=True)) for row in rows]
    names = [q["name"] for q in questions if q["name"]]
    assert names[:7] == ["kader", "mother", "date", "observer", "not_now", "danger", "stop"]
    assert questions[6]["relevant"] == "${not_now} = 'yes' or ${danger} = 'yes'"
    lines = [q for q in questions if q["type"] == "select_one rating"]
    assert len(lines) == 13 + 7
    answers = {"kader": one, "mother": "IBU-9", "date": "2026-08-16", "not_now": "no", "danger": "no", "minutes": "14"}
    answers |= {line["name"]: "2" for line in lines} | {"love": "na", "oil": "unseen"}
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in zip(*answers.items(), strict=True):
        book.active.append(list(row))
    book.save(tmp_path / "kobo.xlsx")
    brought = run(data, "visits", "import", str(tmp_path / "kobo.xlsx"), "--by", "T1").output
    assert "Visits new: 1" in brought
    assert "36/36" in run(data, "visits", "list", "--date", "2026-08-16").output


@pytest.mark.parametrize("kind", [k for k in prints.KINDS if k not in ("attendance", "certificate")])
def test_every_paper_is_printed(kind: str, data: Path, tmp_path: Path) -> None:
    out = tmp_path / "p.pdf"
    run(data, "paper", kind, "--out", str(out))
    assert out.read_bytes().startswith(b"%PDF")


def test_the_attendance_list_needs_its_event_and_the_recap_its_kind(data: Path, tmp_path: Path) -> None:
    out = str(tmp_path / "p.pdf")
    assert "needs its event" in run(data, "paper", "attendance", "--out", out, code=2).output
    event = number(run(data, "event", "training", "--by", "T1"))
    run(data, "paper", "attendance", "--event", event, "--out", out)
    run(data, "recap", "--out", out)
    run(data, "recap", "--out", str(tmp_path / "r.xlsx"))
    run(data, "recap", "--out", str(tmp_path / "r.txt"), code=2)


def test_a_draft_is_confirmed_by_a_midwife_alone(data: Path, tmp_path: Path) -> None:
    one, _ = codes(data)
    assert "Draft" in CliRunner().invoke(main, ["programme", "check", "oxytocin_knowledge", "--lang", "en"]).output
    run(data, "confirm", "oxytocin_knowledge", "--midwife", one, "--by", "T1", code=2)
    run(data, "confirm", "oxytocin_knowledge", "--midwife", "T1", "--by", "T1")
    bad = tmp_path / "bad.toml"
    bad.write_text('schema = "coach.instrument/1"\nkind = "test"\n')
    checked = CliRunner().invoke(main, ["programme", "check", str(bad), "--lang", "en"])
    assert (checked.exit_code, "is not there yet" in checked.output) == (2, True)


def test_an_unknown_certificate_is_not_taken_for_a_genuine_one(data: Path) -> None:
    unknown = f"COACH1|RUM/2026/001-A|MEL-01E|2026-08-18|2028-08-18|{'0' * 20}"
    assert "does not know" in run(data, "verify", unknown, code=2).output
    assert "not from the QR" in run(data, "verify", "hello", code=2).output


def test_the_milk_is_answered_a_referral_follows_and_what_came_of_it_is_kept(data: Path) -> None:
    kader, mother = codes(data)[0], "IBU-MEL-001A"
    run(data, "mother", "Melati", "--by", "T1")
    run(data, "visits", "plan", f"{kader}={mother}", "--from", "2026-11-02", "--by", "T1")
    visit = re.findall(r"^[0-9a-f]{8}", run(data, "visits", "list").output, re.MULTILINE)[0]
    assert "drip" in run(data, "flow", visit, "after", "drip=lots", "--by", "T1", code=2).output
    assert "cup_ml" in run(data, "flow", visit, "before", "cup_ml=1", "--by", "T1", code=2).output
    assert "Refer to bidan" in run(data, "flow", visit, "after", "drip=none", "pain=7", "--by", "T1").output
    (referral,) = re.findall(r"^[0-9a-f]{8}", run(data, "referrals").output, re.MULTILINE)
    run(data, "outcome", referral, "came", "--by", "T1")
    assert "The mother came" in run(data, "referrals").output
    run(data, "consent", mother, "--by", "T1", code=2)
    run(data, "consent", mother, "--scope", "visit", "--by", "T1")
    assert "taken back" in run(data, "consent", mother, "--withdrawn", "--by", "T1").output


def test_erasing_asks_first(data: Path) -> None:
    one, other = codes(data)
    run(data, "erase", one, "--by", "T1", code=2)
    run(data, "erase", one, "--yes", "--by", "T1")
    assert codes(data) == [other]
