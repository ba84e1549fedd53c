"""How quick the store, the papers and the exports are: ``python -m tests.bench.archive [--sessions N] [--list N]``.

A store with as many real reports is made in a folder that goes away afterwards; every figure is the median of five.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from coach import archive
from coach.correct.fold import Corrected
from coach.messages import Catalogue
from coach.store import Filter, Store, open_store
from coach.summary import fhir
from coach.summary.occasion import Occasion
from coach.summary.recap_pdf import recap_pdf
from coach.summary.report import report
from coach.summary.report_pdf import report_pdf
from coach.summary.sheet_csv import sheet_csv
from coach.summary.sheet_pdf import MOST, sheet_pdf
from coach.summary.sheet_xlsx import sheet_xlsx, standing
from coach.trainer.sights import Sights
from tests.store.made import chunk, new, protocol, result
from tests.store.test_size import filled
from tests.trainer.made import Side, reviewed, side

TIMES = 5
MINUTES = 30


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.archive", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--sessions", type=int, default=1000, help="in the exports (default 1000)")
    parser.add_argument("--list", type=int, default=10_000, help="in the list (default 10000)")
    given = parser.parse_args(arguments)
    table = Table("what", "seconds", "limit", box=SIMPLE)
    with tempfile.TemporaryDirectory() as folder:
        with open_store(Path(folder) / "list") as store:
            filled(store, given.list)
            listing(store, given.list, table)
        with open_store(Path(folder) / "exports") as store:
            recording(store, table)
            for k in range(given.sessions):
                store.add(new(kader=f"K{k % 150:03}"), result())
            exports(store, given.sessions, Path(folder), table)
        with side(Path(folder) / "list") as office:
            pages(office, given.list, table)
        with side(Path(folder) / "exports") as office:
            downloads(office, given.sessions, table)
    Console().print(table)
    return 0


def row(table: Table, what: str, work: Callable[[], object], limit: str = "", times: int = TIMES) -> None:
    took = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        took.append(time.perf_counter() - began)
    table.add_row(what, f"{statistics.median(took):.3f}", limit)


def listing(store: Store, number: int, table: Table) -> None:
    row(table, f"list of {number}: first page", store.sessions, "0.3")
    row(table, f"list of {number}: last page", lambda: store.sessions(offset=number - 50), "0.3")
    row(table, f"list of {number}: by kader", lambda: store.sessions(Filter(kader="K007")), "0.3")
    row(table, f"list of {number}: by text", lambda: store.sessions(Filter(text="k01")), "0.3")
    row(table, f"list of {number}: passed", lambda: store.sessions(Filter(verdict="passed")), "0.3")
    row(table, "a kader's history", lambda: store.history("K007", "oxytocin"))


def recording(store: Store, table: Table) -> None:
    with store.recording(new()) as one:
        row(table, "append half a second of tracks", lambda: one.append(chunk(1)), times=40)
        one.finish(result())
    tick = {"do": "tick_item", "item": "oil", "points": 2}
    row(table, "a correction with its score", lambda: store.correct(one.id, tick, "T1"))


def pages(office: Side, number: int, table: Table) -> None:
    """What the trainer's pages ask, with the server's own part of it."""
    ask = office.client.get
    row(table, f"page: list of {number}", lambda: ask("/api/sessions"), "0.3")
    row(table, f"page: list of {number}, by text", lambda: ask("/api/sessions", params={"text": "k01"}), "0.3")
    row(table, "page: what it is told at its start", lambda: ask("/api/trainer"), "0.3")
    row(table, f"page: progress over {number}", lambda: ask("/api/progress"), "", 1)
    name = long_session(office.store)
    row(table, f"page: {MINUTES} minutes folded for the first time", lambda: Sights(office.store).of(name), "", 1)
    row(table, f"page: view of {MINUTES} minutes", lambda: ask(f"/api/sessions/{name}"), "1")
    row(table, f"page: tracks of {MINUTES} minutes", lambda: ask(f"/api/sessions/{name}/tracks"), "1")
    row(table, f"page: tracks of {MINUTES} minutes, from the disk", lambda: Sights(office.store).of(name).bytes(), "1")
    segment = office.get(f"/api/sessions/{name}")["stands"]["segments"][0]["id"]
    row(table, f"page: back diagram of {MINUTES} minutes", lambda: ask(f"/api/sessions/{name}/back/{segment}"), "1")
    tick = {"event": {"do": "tick_item", "item": "oil", "points": 2}, "author": "T1"}
    row(table, "page: a correction", lambda: office.post(f"/api/sessions/{name}/events", tick), "1")


def long_session(store: Store) -> str:
    """A session of half an hour: one of a minute again and again."""
    kept, session = reviewed()
    length_s = session.video.duration_s + 0.1
    again = range(round(60 * MINUTES / length_s))
    tracks = (replace(one, time_s=one.time_s + k * length_s) for k in again for one in kept.chunks)
    about = {"video": report(session)["video"] | {"duration_s": 60.0 * MINUTES}}
    return store.add(new(), report(session) | about, tracks=tracks)


def downloads(office: Side, number: int, table: Table) -> None:
    for kind in ("csv", "xlsx", "json", "fhir", "labels", "recap"):
        path = f"/api/papers/{kind}"
        row(table, f"download: {number} sessions as {kind}", partial(office.client.get, path), "10", 1)


def exports(store: Store, number: int, folder: Path, table: Table) -> None:
    catalogue, rules, ids = Catalogue("id"), protocol(), store.ids()
    entries = list(archive.entries(store, ids))

    def stands(session: str) -> tuple[Occasion, Corrected]:
        stored = store.session(session)
        corrected, _ = archive.stands(store, stored)
        return archive.occasion(stored, corrected, {}), corrected

    def bundle() -> str:
        return json.dumps(fhir.bundle([fhir.response(*stands(s), rules, catalogue) for s in ids], rules))

    one = stands(ids[-1])
    row(table, "one sheet (PDF)", lambda: sheet_pdf([one], rules, catalogue))
    row(table, "one report (PDF)", lambda: report_pdf(*one, rules, catalogue))
    row(table, f"{number} sessions read for a table", lambda: list(archive.entries(store, ids)), "10", 3)
    row(table, f"{number} sessions as CSV", lambda: sheet_csv(entries, rules, catalogue), "10", 3)
    row(table, f"{number} sessions as XLSX", lambda: sheet_xlsx(entries, rules, catalogue), "10", 3)
    standings = [standing(e) for e in entries]
    row(table, f"{number} sessions as recap (PDF)", lambda: recap_pdf(standings, rules, catalogue, {}), "10", 3)
    row(table, f"{number} sessions as FHIR", bundle, "10", 1)
    some = [stands(s) for s in ids[:MOST]]
    row(table, f"{MOST} sheets in one PDF", lambda: sheet_pdf(some, rules, catalogue), "", 1)
    row(table, "one session out and in again", lambda: store.export(ids[0], folder / "one.zip"))


if __name__ == "__main__":
    raise SystemExit(main())
