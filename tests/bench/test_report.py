"""The report from a labelled clip to its files, its tables and pictures, and the comparison with an older one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import av
import pytest

from samples.renderer import script as scripts
from tests.bench import against, charts, extras, store, tables, targets
from tests.bench.accuracy import Agreement, compare
from tests.bench.conditions import conditions, hand_share
from tests.bench.judge import Judged, Task
from tests.bench.measures import HEADLINE, QUESTIONS
from tests.bench.report import main, report
from tests.bench.variations import VARIATIONS
from tests.bench.worst import badness, draw_overlays, troubles, worst
from tests.footage import BACK, SAMPLE, cut

Json = dict[str, Any]
FRAMES = 45


def session(name: str, count: int, points: int, **conditions: str) -> Judged:
    """One in which a heart of five was done and ``count`` were seen."""
    span = {"id": "heart", "start_s": 0.0, "end_s": 10.0, "holds": []}
    parts = [{"start_s": 2.0 * k, "end_s": 2.0 * k + 2, "hand": "both"} for k in range(6)]
    item = {"id": "heart.count", "segment": "heart", "kind": "count", "points": points, "status": "scored"}
    made = {"segments": [span | {"count": count, "repetitions": parts[:count]}], "items": [item | REASON]}
    whole = compare(made, {"segments": [span | {"repetitions": parts[:5]}], "duration_s": 11.0})
    return Judged(name, whole, {"heart": whole}, {k: (v,) for k, v in conditions.items()})


REASON = {"reason": {"key": "count_right", "values": {}}}


# ------------------------------------------------------------------ tables
def test_sessions_are_grouped_by_condition_and_by_segment() -> None:
    rows = tables.groups([session("a", 5, 2, skin="dark"), session("b", 4, 2, skin="light"), session("c", 5, 2)])
    assert {group: len(some) for group, some in rows.items()} == {
        tables.ALL: 3,
        ("skin", "dark"): 1,
        ("skin", "light"): 1,
        ("segment", "heart"): 3,
    }
    sets = tables.all_tables(rows)["sets"]
    exact = {row["value"]: row["cells"][0]["value"] for row in sets["rows"]}
    assert exact == {
        "all sessions": pytest.approx(66.6667),
        "dark": 100.0,
        "light": 0.0,
        "heart": pytest.approx(66.6667),
    }


def test_the_worst_is_named_with_its_troubles() -> None:
    good, bad = session("good", 5, 2), session("bad", 4, 1)
    assert [s.name for s in worst([good, bad])] == ["bad"]
    assert badness(good) == 0
    told = troubles(bad)
    assert told[0] == "heart: 1 of 1 sets miscounted"
    assert told[1].startswith("heart.count: 2 expected, 1 given")


def test_every_table_is_a_picture_that_can_be_read() -> None:
    result = report([session("a", 5, 2, skin="dark"), session("b", 4, 0, skin="<odd>")], "judging")
    for name, table in result["tables"].items():
        root = ElementTree.fromstring(charts.dots(name, table))
        assert root.tag.endswith("svg")
        assert any("<odd>" in (element.text or "") for element in root.iter())
    json.dumps(result, allow_nan=False)


def test_wrong_scores_are_drawn_against_coverage() -> None:
    rows = {("picture", n): [session(n, 5, points).whole] for n, points in (("none", 2), ("dark", 1))}
    picture = charts.known_unknowns(tables.table("?", HEADLINE, rows))
    assert len([e for e in ElementTree.fromstring(picture).iter() if e.tag.endswith("circle")]) == 4


def test_promises_are_checked_overall_and_by_condition() -> None:
    result = report([session("a", 5, 2, skin="dark"), session("b", 4, 2, skin="light", unrest="sway")], "judging")
    exact = {(c["group"], c["value"]): c["kept"] for c in result["targets"] if c["figure"] == "exact"}
    assert exact == {("all", "all sessions"): False, ("skin", "dark"): True, ("skin", "light"): False}
    assert all(c["kept"] for c in result["targets"] if c["figure"] == "wrong")
    assert targets.shown(result["targets"]).row_count == 3


def test_a_group_of_nothing_has_empty_cells() -> None:
    table = tables.table("?", QUESTIONS["items"][1], {("all", "all sessions"): [Agreement()]})
    assert {cell["value"] for cell in table["rows"][0]["cells"]} == {None}
    assert ElementTree.fromstring(charts.dots("items", table)) is not None


# ------------------------------------------------------------------ two reports
def test_what_a_change_gained_and_lost() -> None:
    old = report([session("a", 4, 1), session("b", 5, 2)], "judging")
    new = report([session("a", 5, 2), session("b", 4, 2), session("c", 5, 2)], "judging")
    mended, broken = against.items(old, new)
    assert [line.split(", ", maxsplit=1)[0] for line in mended] == [
        "a: heart.count: 2 expected",
        "a: heart: 1 of 1 sets miscounted",
    ]
    assert broken == ["b: heart: 1 of 1 sets miscounted"]
    assert against.sessions_apart(old, new) == (["c"], [])
    found = {(c["question"], c["figure"]): c["gained"] for c in against.changes(old, new) if c["group"] == "all"}
    assert found["items", "right"] is True
    assert found["items", "wrong"] is True
    assert not list(against.changes(new, new))


# ------------------------------------------------------------------ conditions
def test_conditions_are_read_from_the_script_and_the_truth(tmp_path: Path) -> None:
    (tmp_path / "j99.toml").write_text(
        'schema = "x"\n[receiver]\nskin = "deep"\nshirt = true\n[camera]\nazimuth_deg = -30.0\n[light]\nkey = 0.6\n'
        "ambient = 0.9\n[style]\ntempo = 1.3\n[sway]\nangle_deg = 2.0\n",
        "utf-8",
    )
    hand = [[100.0, 100.0], [164.0, 130.0]]
    truth = {
        "fps": 12,
        "size": [640, 480],
        "segments": [],
        "faults": ["too_fast:heart"],
        "frames": [FRAME | {"hands": {"left": hand}}],
    }
    found = conditions("j99", truth, tmp_path)
    wanted = {"skin": "deep", "clothing": "shirt", "camera": "left", "light": "dim", "tempo": "slow", "unrest": "sway"}
    assert {name: found[name] for name in wanted} == {name: (value,) for name, value in wanted.items()}
    assert found["mistake"] == ("too_fast",)
    assert found["hard case"] == ("none",)
    assert found["place"] == ("as promised",)
    assert hand_share(truth) == pytest.approx(0.1)
    assert "skin" not in conditions("no script", truth, tmp_path)


@pytest.mark.parametrize(
    ("corners", "said"),
    [
        ([[185, 108], [444, 102], [448, 411], [199, 422]], "passed"),
        ([[303, 84], [345, 115], [341, 424], [305, 318]], "refused: angle"),  # from 80° aside
        ([[485, 108], [744, 102], [748, 411], [499, 422]], "refused: back"),
    ],
)
def test_what_the_set_up_check_says_is_a_condition(corners: list[list[float]], said: str, tmp_path: Path) -> None:
    truth = {"fps": 12, "size": [640, 480], "segments": [], "back_frame_px": corners}
    assert conditions("no script", truth, tmp_path)["set-up"] == (said,)


def test_what_is_hard_about_a_session_is_told(tmp_path: Path) -> None:
    (tmp_path / "j98.toml").write_text(
        'schema = "x"\n[receiver]\nhead = "scarf"\n[giver]\nsleeve = 1.7\n[camera]\nazimuth_deg = 33.0\n'
        '[[steps]]\ndo = "heart"\ncontact = "backs"\n[[steps]]\ndo = "love"\n',
        "utf-8",
    )
    found = conditions("j98", {"fps": 12, "size": [640, 480], "segments": []}, tmp_path)
    hard = {"backs of the hand", "far from the side", "sleeves to the wrist", "covered head"}
    assert set(found["hard case"]) == hard
    assert (found["camera"], found["place"]) == (("farther aside",), ("farther aside than is promised",))


FRAME: Json = {"t": 0.0}


def test_every_script_has_all_its_conditions() -> None:
    for path in sorted((store.ROOT / "samples" / "scripts").glob("*.toml")):
        found = conditions(path.stem, {"fps": 15, "size": [640, 480], "segments": []})
        assert {"skin", "clothing", "camera", "light", "tempo"} <= set(found), path.name
        assert found["skin"][0] in scripts.SKINS


# ------------------------------------------------------------------ all the way
def test_a_clip_goes_all_the_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(store, "FOLDER", tmp_path / "kept")
    clips, out = tmp_path / "clips", tmp_path / "out"
    clips.mkdir()
    cut(SAMPLE, clips / "d98.mp4", FRAMES)
    truth = json.loads(SAMPLE.with_suffix(".truth.json").read_text("utf-8"))
    truth |= {"segments": [], "faults": [], "frames": [], "duration_s": 3.0}
    truth["back_frame_px"] = [[float(v) for v in pair.split(",")] for pair in BACK.split()]
    truth.pop("checklist", None)
    (clips / "d98.truth.json").write_text(json.dumps(truth), "utf-8")
    given = ["--world", "development", "--sessions", str(clips), "--jobs", "1", "--out", str(out)]
    assert main([*given, "--wrong", "--by"]) == 0
    made = json.loads((out / "report.json").read_text("utf-8"))
    assert [s["name"] for s in made["sessions"]] == ["d98"]
    assert {p.stem for p in out.glob("*.svg")} == set(QUESTIONS)
    assert "d98" in (out / "report.txt").read_text("utf-8")
    capsys.readouterr()
    assert main([*given, "--against", str(out / "report.json")]) == 0
    assert "Mended: 0" in capsys.readouterr().out
    draw_overlays([clips / "d98.mp4"], out / "overlays", "oxytocin", lambda _: None)
    with av.open(str(out / "overlays" / "d98.mp4")) as overlay:
        assert sum(1 for _ in overlay.decode(video=0)) == FRAMES


def test_without_sessions_it_says_how_to_make_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--sessions", str(tmp_path)]) == 2
    assert "samples.renderer" in capsys.readouterr().err


# ------------------------------------------------------------------ the longer comparisons
def test_ways_are_compared_on_the_same_sessions(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, str]] = []

    def all_judged(tasks: list[Task], jobs: int) -> list[Judged]:
        asked.extend((task.video.stem, task.degradation) for task in tasks)
        return [session(task.video.stem, 5 if task.degradation == "none" else jobs, 2) for task in tasks]

    monkeypatch.setattr(extras, "all_judged", all_judged)
    ways = extras.some(extras.stresses(), ["blur"])
    table = extras.compared("?", "picture", ways, [Task(Path("a.mp4")), Task(Path("b.mp4"))], 4)
    assert asked == [("a", "none"), ("b", "none"), ("a", "blur"), ("b", "blur")]
    column = [c["name"] for c in table["columns"]].index("exact sets")
    assert {row["value"]: row["cells"][column]["value"] for row in table["rows"]} == {"none": 100.0, "blur": 0.0}


def test_the_first_way_is_always_there_and_all_are_without_a_name() -> None:
    assert list(extras.some(extras.finders(), ["no cut"])) == ["shipped", "no cut"]
    assert list(extras.some(extras.ablations(), [])) == list(VARIATIONS)
