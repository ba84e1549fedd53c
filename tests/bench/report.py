"""How good the coach is on labelled sessions: ``python -m tests.bench.report`` (``make accuracy``).

The videos go through the real tracker once; what it saw is kept in samples/cache/bench, so that a run after a change
in the core takes seconds. Writes report.json, report.txt and a picture for each question.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeAlias

from rich.console import Console

from tests.bench import against, charts, extras, judge, tables, targets, worst
from tests.bench.recording import detector_settings
from tests.bench.store import ROOT

Json: TypeAlias = dict[str, Any]
OUT = ROOT / "build" / "accuracy"
SCHEMA = "coach.accuracy/1"
WIDTH = 190


def main(arguments: Sequence[str] | None = None) -> int:
    given = _parser().parse_args(arguments)
    say = Console(width=WIDTH, record=True, file=io.StringIO() if given.quiet else None)
    videos = judge.selected(given)
    if not videos:
        print("No labelled sessions there. Render them: python -m samples.renderer", file=sys.stderr)
        return 2
    found = judge.all_judged([judge.Task(v, given.protocol, marked=given.marked) for v in videos], given.jobs)
    result = report(found, given.world)
    show(say, result, given.by)
    if given.wrong:
        show_wrong(say, found)
    given.out.mkdir(parents=True, exist_ok=True)
    result["tables"] |= extras.run(given, videos, say)
    result["circles"] = extras.circles(say)
    if given.against is not None:
        show_against(say, json.loads(given.against.read_text("utf-8")), result)
    write(result, say.export_text(clear=False), given.out)
    if given.overlays:
        named = {s["name"] for s in result["worst"]}
        worst.draw_overlays([v for v in videos if v.stem in named], given.out / "overlays", given.protocol, say.print)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.report", description=(__doc__ or "").split("\n")[0])
    judge.add_arguments(parser, "judging")
    parser.add_argument("--protocol", default="oxytocin")
    parser.add_argument("--wrong", action="store_true", help="name all that went wrong, session by session")
    parser.add_argument("--by", action="store_true", help="show the figures by condition and by segment as well")
    parser.add_argument("--against", type=Path, metavar="OLD.json", help="show what was gained and lost")
    parser.add_argument("--overlays", action="store_true", help="draw the worst sessions' overlays")
    parser.add_argument("--out", type=Path, default=OUT, help="where report.json, report.txt and the pictures go")
    parser.add_argument("--jobs", type=int, default=judge.CORES)
    parser.add_argument("--quiet", action="store_true", help="only write the files")
    extras.add_arguments(parser)
    return parser


def report(sessions: Sequence[judge.Judged], world: str) -> Json:
    """Everything that is known, as JSON values."""
    by_group = tables.all_tables(tables.groups(sessions))
    return {
        "schema": SCHEMA,
        "world": world,
        "detector": detector_settings(),
        "sessions": [
            {
                "name": s.name,
                "conditions": s.conditions,
                "agreement": _plain(asdict(s.whole)),
                "troubles": worst.troubles(s),
                "unseen": s.whole.unseen,
            }
            for s in sessions
        ],
        "tables": by_group,
        "targets": list(targets.checked(by_group)),
        "confusion": tables.item_confusion(sessions),
        "worst": worst.listed(worst.worst(sessions)),
    }


def _plain(agreement: Json) -> Json:
    return agreement | {"hits": {f"{overlap:g}": count for overlap, count in agreement["hits"].items()}}


def show(say: Console, result: Json, by: bool) -> None:
    say.print(f"{len(result['sessions'])} {result['world']} sessions; 95 % intervals by drawing sessions anew")
    for question, table in result["tables"].items():
        rows = table["rows"] if by else table["rows"][:1]
        say.print(tables.shown(question, table | {"rows": rows}))
    say.print(tables.confusion_shown(result["confusion"]))
    say.print(targets.shown(result["targets"]))
    say.print("The worst sessions (--overlays draws them):")
    for one in result["worst"]:
        say.print(f"  {one['name']} ({one['badness']:g}), {one['overlay']}", markup=False, highlight=False)
        for trouble in one["troubles"]:
            say.print(f"    {trouble}", markup=False, highlight=False)


def show_wrong(say: Console, sessions: Sequence[judge.Judged]) -> None:
    say.print("All that went wrong:")
    for one in sessions:
        say.print(f"{one.name}: {len(one.whole.wrong)} of {len(one.whole.ratings)} items", highlight=False)
        for trouble in (*worst.troubles(one), *(f"{item}: not visible" for item in one.whole.unseen)):
            say.print(f"    {trouble}", markup=False, highlight=False)


def show_against(say: Console, old: Json, new: Json) -> None:
    say.print(against.shown(old, new))
    for title, lines in zip(("Mended", "Broken"), against.items(old, new), strict=True):
        say.print(f"{title}: {len(lines)}")
        for line in lines:
            say.print(f"  {line}", markup=False, highlight=False)
    for title, names in zip(("Only now", "Only then"), against.sessions_apart(old, new), strict=True):
        if names:
            say.print(f"{title}: {', '.join(names)}", highlight=False)


def write(result: Json, text: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "report.json").write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", "utf-8")
    (folder / "report.txt").write_text(text, "utf-8")
    for question, table in result["tables"].items():
        (folder / f"{question}.svg").write_text(charts.dots(question, table), "utf-8")
    if "stress" in result["tables"]:
        (folder / "wrong_against_coverage.svg").write_text(charts.known_unknowns(result["tables"]["stress"]), "utf-8")


if __name__ == "__main__":
    sys.exit(main())
