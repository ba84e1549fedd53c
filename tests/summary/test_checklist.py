"""The daftar tilik on paper: everything on it, in both languages, and nothing that is not people's words."""

from __future__ import annotations

import dataclasses
import io
import re
from typing import Literal

import pytest

from coach.domain import BackMark, ItemScore, Moved, PracticeInfo, Reason, Span, Total
from coach.messages import LANGS, Catalogue, Lang
from coach.protocol.files import load
from coach.score.scope import narrowed
from coach.score.verdict import conclude
from coach.summary import wording
from coach.summary.checklist import WIDTH, plain, print_checklist
from tests.summary.example import hardly_seen, session

PROTOCOL = load("oxytocin")
SHORT = load("shoulder_short")


def sheet(lang: Lang = "id") -> str:
    return plain(session(PROTOCOL), PROTOCOL, Catalogue(lang))


def block(text: str, title: str) -> str:
    """The lines of one step."""
    return text[text.index(title) :].partition("\n\n")[0]


@pytest.mark.parametrize("lang", LANGS)
def test_names_every_part_step_and_manual_item_in_order(lang: Lang) -> None:
    text = re.sub(r"\s+", " ", sheet(lang))
    titles = [wording.title(segment.title, Catalogue(lang)) for segment in PROTOCOL.segments]
    places = [text.index(title) for title in titles]
    assert places == sorted(places)
    for named in (*(manual.title for manual in PROTOCOL.manual), *(outcome.title for outcome in PROTOCOL.outcomes)):
        assert wording.title(named, Catalogue(lang)) in text
    for part in PROTOCOL.parts:
        assert wording.title(part.title, Catalogue(lang)).upper() in text


def test_parts_that_are_not_rated_take_no_room() -> None:
    catalogue = Catalogue("id")
    made = session(PROTOCOL)
    made = dataclasses.replace(made, scope=("back",), items=narrowed(made.items, PROTOCOL, ("back",)))
    text = plain(made, PROTOCOL, catalogue)
    assert catalogue.text("left_out_not_applicable", count="").strip() not in text
    headings = {part.id: wording.title(part.title, catalogue).upper() for part in PROTOCOL.parts}
    assert [part for part, heading in headings.items() if heading in text.splitlines()] == ["back"]
    assert catalogue.text("scope_line", parts="Punggung") in text


@pytest.mark.parametrize("lang", LANGS)
def test_fits_the_page_and_leaves_nothing_of_the_program_s_own_words(lang: Lang) -> None:
    text = sheet(lang)
    assert max(map(len, text.splitlines())) <= WIDTH
    assert all(line == line.rstrip() for line in text.splitlines())
    assert "\x1b" not in text
    assert not re.search(r"[a-z]_[a-z]|\{|\}|\bNone\b|\bnan\b", text)


@pytest.mark.parametrize("pain", ["over", "ended"])
def test_a_stop_for_pain_is_no_failure_and_nothing_to_improve(pain: Literal["over", "ended"]) -> None:
    made, catalogue = session(PROTOCOL), Catalogue("id")
    practice = PracticeInfo("exam", None, pain=pain)
    total, verdict = conclude(made.items, PROTOCOL, practice=practice)
    stopped = dataclasses.replace(made, practice=practice, total=total, verdict=verdict)
    text = plain(stopped, PROTOCOL, catalogue)
    ended = pain == "ended"
    assert (catalogue.text("verdict_pain") in text, catalogue.text("improve_label") in text) == (ended, not ended)
    assert catalogue.text("score_none") not in text


def test_says_the_points_the_result_the_reason_and_where_to_look() -> None:
    lines = block(sheet(), "Usapan leher").splitlines()
    assert lines[0].split() == ["Usapan", "leher", "0:00–0:09"]
    assert lines[1].split() == ["Dilakukan", "2", "Benar", "Dilakukan", "6", "kali."]
    assert lines[4].split()[:4] == ["Kecepatan", "1", "Terlalu", "cepat"]
    assert lines[4].endswith("0:00–0:03")
    assert lines[6].strip() == "+1 lagi"


def test_a_skipped_step_says_so_once() -> None:
    text = block(sheet(), "Pola hati")
    assert text.count("Terlewat") == 6
    assert text.count("Langkah ini terlewat.") == 1
    assert not re.search(r"\d:\d\d", text)


def test_what_the_camera_missed_has_no_points() -> None:
    text = block(sheet(), "Huruf C")
    assert text.count("Tidak terlihat kamera") == 3
    assert [line.split()[1] for line in text.splitlines() if line.startswith("  Urutan")] == ["–"]


def test_ids_become_titles() -> None:
    text = re.sub(r"\s+", " ", sheet("en"))
    assert "the press landed on 12" in text
    assert "Press them after “Shoulder strokes”." in re.sub(r" \d:\d\d–\d:\d\d", "", text)
    assert "only the right hand" in text.lower()


def test_manual_items_have_boxes_and_outcomes_stand_apart() -> None:
    text = sheet()
    boxes = [line for line in text.splitlines() if "[ ] 0  [ ] 1  [ ] 2" in line]
    assert len(boxes) == len(PROTOCOL.manual)
    assert "ASI keluar lancar setelah pijat" in text[text.index("HASIL PADA IBU (TIDAK MASUK NILAI)") :]


def test_ends_with_the_score_what_was_left_out_a_strength_and_one_thing_to_improve() -> None:
    made = session(PROTOCOL)
    lines = sheet().splitlines()[-6:]
    assert made.total.percent is not None
    percent = f"{made.total.percent:.1f}".replace(".", ",")
    score = f"NILAI: {percent} ({made.total.points} dari {made.total.max_points})"
    assert lines[0] == f"{score} – BELUM LULUS (batas lulus 80)"
    assert lines[1].startswith("Butir wajib belum dilakukan: Pola hati.")
    assert lines[2] == "Tidak ikut dinilai: 10 butir (7 diisi pelatih, 3 tidak dapat dinilai dari kamera)."
    assert lines[4].startswith("Sudah baik: “Putaran belikat kiri”")
    assert lines[5] == "Perbaiki dulu: Jangan lupa langkah “Pola hati”."


def test_a_faultless_session_passes_and_has_nothing_to_improve() -> None:
    made = session(SHORT, {}, "", "")
    text = plain(made, SHORT, Catalogue("en"))
    assert "SCORE: 100.0" in text
    assert " – FOR NOW (pass mark 70)" in text
    assert "the trainer has still to fill in" in text
    total, verdict = conclude([i for i in made.items if i.kind != "manual"], SHORT)
    ticked = plain(dataclasses.replace(made, total=total, verdict=verdict), SHORT, Catalogue("en"))
    assert " – PASSED (pass mark 70)" in ticked
    assert "Needs work" not in text
    assert text.rstrip().endswith("Improve first: Nothing. All that could be seen is right.")


def test_a_session_with_nothing_rated_has_no_score() -> None:
    made = session(PROTOCOL)
    items = tuple(i for i in made.items if i.points is None)
    total, verdict = conclude(items, PROTOCOL)
    text = plain(dataclasses.replace(made, items=items, total=total, verdict=verdict), PROTOCOL, Catalogue("id"))
    assert "BELUM DIPUTUSKAN" in text
    assert "LULUS" not in text
    assert made.total != Total(0, 0, None, None, 11)


@pytest.mark.parametrize(
    ("lang", "verdict", "why"),
    [
        ("id", "BELUM DIPUTUSKAN", "Hanya 2 dari 61 butir"),
        ("en", "NOT DECIDED", "Only 2 of 61 movement items"),
    ],
)
def test_where_hardly_anything_was_seen_nobody_passes_or_fails(lang: Lang, verdict: str, why: str) -> None:
    text = plain(hardly_seen(PROTOCOL), PROTOCOL, Catalogue(lang))
    assert not re.search(r"100[,.]0|NILAI:|SCORE:", text)
    assert verdict in text
    assert why in text
    assert not re.search(r"LULUS|PASSED", text)
    assert why not in plain(session(PROTOCOL), PROTOCOL, Catalogue(lang))


def test_an_item_that_does_not_apply_is_counted_as_such() -> None:
    made = session(PROTOCOL)
    first = dataclasses.replace(made.items[0], points=None, status="not_applicable", reason=Reason("manual"))
    text = plain(dataclasses.replace(made, items=(first, *made.items[1:])), PROTOCOL, Catalogue("id"))
    assert "1 tidak berlaku" in text
    assert "Tidak berlaku" in block(text, "Usapan leher")


def test_brackets_in_a_file_s_name_are_no_markup() -> None:
    made = session(PROTOCOL)
    video = dataclasses.replace(made.video, path="[red]ibu[/red] :smile:.mp4")
    assert "Video: [red]ibu[/red] :smile:.mp4\n" in plain(
        dataclasses.replace(made, video=video), PROTOCOL, Catalogue("id")
    )


def test_a_terminal_gets_colours() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    stream = Terminal()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TERM", "xterm")
        patch.delenv("NO_COLOR", raising=False)
        print_checklist(session(PROTOCOL), PROTOCOL, Catalogue("id"), stream)
    assert "\x1b[" in stream.getvalue()


@pytest.mark.parametrize(
    ("key", "values", "said"),
    [
        (
            "hands_wrong",
            {"expected": "right", "seen": "both"},
            "Done with both hands. It should be the right hand.",
        ),
        (
            "hands_one_side",
            {"hand": "left", "share_percent": 66.7},
            "Only the left hand worked in 67% of the movements.",
        ),
        ("order_early", {"before": "heart"}, "Done before “Heart”."),
        ("done", {"repetitions": 3}, "Presses: 3."),
        ("hold_missing", {"point": "nowhere"}, "Nowhere: not pressed yet."),
    ],
)
def test_reasons_are_said_in_names(key: str, values: dict[str, str | int | float], said: str) -> None:
    made = ItemScore("x", "scapula_left_points", "hands", 1, 2, "scored", (), Reason(key, values))
    assert wording.reason(made, PROTOCOL, Catalogue("en")).startswith(said)


@pytest.mark.parametrize(("lang", "words"), [("id", "ditandai lagi mulai 0:15"), ("en", "marked again from 0:15 on")])
def test_tells_when_the_camera_was_moved_and_from_when_on_the_back_was_marked_anew(lang: Lang, words: str) -> None:
    example, catalogue = session(PROTOCOL), Catalogue(lang)
    cameras = (14.0, False), (30.0, True), (50.0, False)
    moved = tuple(Moved(Span(at_s, at_s + 9.0), followed) for at_s, followed in cameras)
    marks = tuple(BackMark(at_s, example.back.corners_px) for at_s in (15.5, 70.0, 90.0))
    video, back = dataclasses.replace(example.video, moved=moved), dataclasses.replace(example.back, later=marks)
    example = dataclasses.replace(example, video=video, back=back)
    told = wording.moved(example, catalogue)
    assert re.findall(r"\d:\d\d", " ".join(told)) == ["0:14", "0:15", "0:30", "0:50", "1:10", "1:30"]
    assert words in told[0]
    assert told[0] in " ".join(plain(example, PROTOCOL, catalogue).split())
