"""Whether every page of the trainer's answers in 0.3 s over 10,000 sessions: ``python -m tests.bench.pages``.

A store of so many whole sessions of 300 kaders (reports, corrections, ratings, a roster) is made in a folder that goes
away afterwards. Of every call the median is shown, by the clock and in processor time: on a busy machine only the
latter tells of coach. What a page asks at its opening is its calls together.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from coach.programme.bodies import Event, Mother, Person, Place, Visit
from coach.register import Register
from coach.store import Store, open_store, records
from coach.store.database import insert
from coach.store.tables import CORRECTIONS, PEOPLE, PROTOCOLS, RATINGS, SESSIONS, STANDINGS, dumps, pack
from tests.store.made import new, result
from tests.trainer.made import Side, side

SESSIONS_MADE, TIMES, LIMIT_S = 10_000, 5, 0.3
KADERS, POSYANDU, RATED, EVERY = 300, 25, 200, 5  # RATED sessions by two people; every so many-th is corrected


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.pages", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--sessions", type=int, default=SESSIONS_MADE, help="in the store (default 10000)")
    parser.add_argument("--times", type=int, default=TIMES, help="each call is made (default 5)")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        with open_store(Path(folder)) as store:
            ids = filled(store, given.sessions)
            roster(store)
        with side(Path(folder)) as office:
            late = report(office, ids, given.times)
    return 1 if late else 0


def filled(store: Store, number: int) -> list[str]:
    """Puts whole sessions into the store, without going through the disk each time; their ids."""
    one, told = new(), result()
    report, feedback = pack(told), pack({})
    base = {i["id"]: i["points"] for i in told["items"]}
    with store.connection.writing():
        for k in range(KADERS):
            posyandu = f"Posyandu {k % POSYANDU}"
            person = {"id": str(uuid.uuid4()), "code": f"K{k:03}", "name": f"Ibu {k}", "role": "kader"}
            insert(store.connection, PEOPLE, person | {"posyandu": posyandu})
        insert(store.connection, PROTOCOLS, records.protocol_record(one.protocol, one.protocol_file))
        return [_session(store, one, k, base, report, feedback) for k in range(number)]


def _session(store: Store, one: Any, k: int, base: dict[str, int | None], report: bytes, feedback: bytes) -> str:
    session, when = records.new_id(), f"20{24 + k % 3}-{1 + k % 12:02}-{1 + k % 28:02}T08:{k % 60:02}:00.{k:06}Z"
    kader, posyandu, percent = f"K{k % KADERS:03}", f"Posyandu {k % POSYANDU}", float(k % 101)
    verdict = "passed" if percent >= 80 else "not_passed"
    connection = store.connection
    found = records.session_record(session, one) | {"created": when, "held": when, "kader": kader, "state": "finished"}
    found |= {"posyandu": posyandu, "percent": percent, "passed": int(percent >= 80), "verdict": verdict}
    insert(connection, SESSIONS, found | {"duration_s": 183.0, "points": 90, "max_points": 116, "left_out": 7})
    points = {item: None if p is None else (p, 1, 2)[(k + at) % 3] for at, (item, p) in enumerate(base.items())}
    insert(connection, STANDINGS, {"session": session, "items": dumps(points)})
    connection.run(
        "INSERT INTO results (id, session, made, software, protocol_digest, report, feedback) VALUES (?,?,?,?,?,?,?)",
        *(records.new_id(), session, when, "coach", found["protocol_digest"], report, feedback),
    )
    if k % EVERY == 0:
        event = dumps({"do": "tick_outcome", "outcome": "milk_flow", "yes": True})
        row = {"id": records.new_id(), "session": session, "result": "", "made": when, "author": "T01", "event": event}
        insert(connection, CORRECTIONS, row)
    for rater in ("T01", "T02") if k < RATED else ():
        made = {"id": records.new_id(), "session": session, "made": when, "rater": rater, "blind": 1}
        insert(connection, RATINGS, made | {"items": dumps({i: p and 1 for i, p in points.items()})})
    return session


def roster(store: Store) -> None:
    """The programme of these kaders: places, people, mothers, training days and visits."""
    register = Register(store)
    known = {person.code: person.id for person in store.people()}
    places = [str(uuid.uuid4()) for _ in range(POSYANDU)]
    mothers = [str(uuid.uuid4()) for _ in range(KADERS)]
    register.add_all([(Place(type="posyandu", name=f"Posyandu {k}"), id_, "") for k, id_ in enumerate(places)], "T01")
    people = [(Person(code=code, place=places[k % POSYANDU]), id_, "") for k, (code, id_) in enumerate(known.items())]
    register.add_all(people, "T01")
    born = [(Mother(code=f"I{k:03}", place=places[k % POSYANDU]), id_, "") for k, id_ in enumerate(mothers)]
    register.add_all(born, "T01")
    days = [Event(type="training", date=f"2026-{1 + k % 12:02}-01", place=places[k % POSYANDU]) for k in range(40)]
    register.add_all([(day, "", "") for day in days], "T01")
    kaders = list(known.values())
    visits = [
        Visit(kader=kaders[k % KADERS], mother=mothers[k % KADERS], date=f"2026-{1 + k % 12:02}-{1 + k % 28:02}")
        for k in range(2 * KADERS)
    ]
    register.add_all([(visit, "", "") for visit in visits], "T01")


def calls(ids: Sequence[str]) -> dict[str, list[tuple[str, dict[str, str]]]]:
    """What each page asks at its opening, and what a trainer asks there next."""
    one = f"/api/sessions/{ids[len(ids) // 2]}"
    last = {"limit": "100", "offset": str(max(len(ids) - 100, 0))}
    page = {"limit": "100", "offset": "0"}
    return {
        "every page": [("/api/trainer", {})],
        "sessions": [("/api/sessions", page)],
        "sessions, last page": [("/api/sessions", last)],
        "sessions, by text": [("/api/sessions", page | {"text": "ibu 1"})],
        "sessions, by verdict": [("/api/sessions", page | {"passed": "false"})],
        "sessions, blind": [("/api/sessions", page | {"blind": "1", "rater": "T01"})],
        "sessions, all of them": [("/api/sessions", {"limit": "500", "offset": "4000"})],
        "session": [(one, {"rater": "T01"})],
        "session, what is new": [(f"{one}/revision", {})],
        "progress": [("/api/progress", {})],
        "progress, one posyandu": [("/api/progress", {"posyandu": "Posyandu 3"})],
        "progress, one kader": [("/api/progress", {"kader": "K007"})],
        "agreement": [("/api/agreement", {})],
        "agreement, picture": [("/api/agreement/picture", {})],
        "people": [("/api/people", {})],
        "protocols": [("/api/protocols", {}), ("/api/protocols/oxytocin/numbers", {})],
        "import": [("/api/imports", {})],
        "papers": [("/api/backup", {})],
        "programme": [("/api/programme", {})],
        "programme, instruments": [("/api/programme/instruments", {})],
    }


def report(office: Side, ids: Sequence[str], times: int) -> list[str]:
    """Prints a line a page; returns those that took longer than the limit in processor time."""
    table, late = Table("page", "seconds", "of the processor", "the first time", "kB", box=SIMPLE), []
    for name, asked in calls(ids).items():
        sizes: list[int] = []

        def work(asked: list[tuple[str, dict[str, str]]] = asked, sizes: list[int] = sizes) -> None:
            answers = [office.client.get(path, params=query) for path, query in asked]
            assert all(answer.status_code == 200 for answer in answers), answers[0].text[:300]
            sizes.append(sum(len(answer.content) for answer in answers))

        first, took = timed(work), [timed(work) for _ in range(times)]
        wall, cpu = (statistics.median(one[k] for one in took) for k in (0, 1))
        late += [name] if cpu > LIMIT_S else []
        shown = f"{cpu:.3f}" + (" !" if cpu > LIMIT_S else "")
        table.add_row(name, f"{wall:.3f}", shown, f"{first[1]:.3f}", f"{sizes[-1] / 1000:.0f}")
    Console().print(table)
    print(f"{len(ids)} sessions, limit {LIMIT_S} s of the processor; too slow: {', '.join(late) or 'none'}")
    return late


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """In s: by the clock, and of the processor, of all threads."""
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - clock, time.process_time() - processor


if __name__ == "__main__":
    raise SystemExit(main())
