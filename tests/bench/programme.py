"""How long a district takes to open, to carry and to join: ``python -m tests.bench.programme [--postgres]``.

40 posyandu with 8 kader each over three years: about 1,000 people, 20,000 entries and 10,000 sessions, made up on two
laptops. The sessions travel without the hands' tracks: those of 10,000 would fill no stick that anybody has.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from coach.carry import carry, opened, take
from coach.programme import Body, Entry, entry
from coach.programme.bodies import Attendance, Event, KnowledgeTest, Mother, Person, Place, Visit
from coach.programme.people import Listed, roster
from coach.register import Register
from coach.store import Store, merge, open_store, session_file
from coach.store.identity import NOTHING
from coach.store.merge import LOT
from coach.store.session_file import SessionFile
from tests.programme.made import answers, sheet, uid
from tests.store.made import new, result
from tests.store.postgres import running
from tests.trainer.made import side

T = TypeVar("T")

POSYANDU, KADER, ROUNDS, MOTHERS = 40, 8, 6, 17


def district() -> list[Entry]:
    """The same at every call."""
    found: list[Entry] = []

    def write(body: Body, subject: str) -> None:
        n = len(found)
        made = f"2026-{1 + n // 1700:02}-{1 + n // 60 % 28:02}T08:{n // 60 % 60:02}:{n % 60:02}.{n:06}Z"
        laptop = "A" if n % 2 else "B"
        found.append(entry(body, id=uid("e", n), subject=subject, made=made, author="T1", laptop=laptop))

    write(Place(type="puskesmas", name="Rumbai"), uid("office"))
    for p in range(POSYANDU):
        write(Place(type="posyandu", name=f"Melati {p}", within=uid("office")), uid("p", p))
        for r in range(ROUNDS):
            write(Event(type="training", date=f"2026-0{r + 1}-01", place=uid("p", p)), uid("event", p, r))
        for m in range(MOTHERS):
            write(Mother(code=f"IBU-{p}-{m}", place=uid("p", p)), uid("m", p, m))
        for k in range(KADER):
            person = uid("k", p, k)
            write(Person(code=f"K{p}-{k}", place=uid("p", p)), person)
            for r in range(ROUNDS):
                event = uid("event", p, r)
                write(Attendance(event=event, person=person, state="present"), uid("a", p, k, r))
                for occasion in ("first", "last"):
                    fields = {"person": person, "event": event, "instrument": sheet().digest, "occasion": occasion}
                    test = KnowledgeTest.model_validate(fields | {"date": "2026-01-01", "answers": answers(8, sheet())})
                    write(test, uid("t", p, k, r, occasion))
                for v in range(7):
                    visit = Visit(kader=person, mother=uid("m", p, v), date=f"2026-0{r + 1}-{v + 2:02}", state="done")
                    write(visit, uid("v", p, k, r, v))
    return found


def sessions(store: Store, number: int) -> None:
    """As many sessions of the district's kader, each with a whole report, made of one in the quickest way there is."""
    people = roster(Register(store).state(), "kader")
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "one") as single:
        single.export(single.add(new(), result()), Path(folder) / "one.zip")
        one = session_file.read(Path(folder) / "one.zip")
    for first in range(0, number, LOT):
        lot = [_copy(one, k, people[k % len(people)]) for k in range(first, min(first + LOT, number))]
        merge.merge(store, [merge.Coming(file, Path(folder)) for file in lot], NOTHING)


def _copy(one: SessionFile, k: int, person: Listed) -> SessionFile:
    session, day = uid("s", k), f"2026-{1 + k % 11:02}-{1 + k % 28:02}T08:00:00.{k:06}Z"
    own = {"id": session, "created": day, "held": day, "kader": person.code, "person": person.id, "posyandu": ""}
    records = {
        **one.records,
        "people": [{**one.records["people"][0], "id": person.id, "code": person.code, "posyandu": ""}],
        "sessions": [one.own | own],
        "results": [one.records["results"][0] | {"id": uid("r", k), "session": session}],
    }
    return SessionFile(one.path, session, records)


def told(name: str, limit_s: float, what: Callable[[], T]) -> T:
    """Prints how long something takes: of this process's own time, and by the clock."""
    cpu, clock = time.process_time(), time.perf_counter()
    found = what()
    cpu, clock = time.process_time() - cpu, time.perf_counter() - clock
    print(f"{name:<58}{cpu:>9.2f}{clock:>9.2f}{limit_s or '':>9}", flush=True)
    return found


def first_answers(folder: Path, url: str | None) -> None:
    """Until the programme's page has what it shows first: a program that was just started, and one that has run."""
    with side(folder, url) as office:
        office.get("/api/trainer")  # what every page of the trainer asks
        for name in ("the programme's page, the first time", "the same again", "the same once more"):
            told(name, 0.3, lambda: office.get("/api/programme"))


def carried(here: Store, there: Store, folder: Path) -> None:
    """From one laptop to another that has nothing yet, and again to the same."""
    file, ids = folder / "stick.coach", here.ids()
    told(f"export of {len(ids)} sessions and all entries", 30, lambda: carry(Register(here), file, ids, tracks=False))
    print(f"    {file.stat().st_size / 1e6:.0f} MB")
    for name in ("new", "all known"):
        taken(Register(there), file, name)
    assert there.ids() == ids
    assert Register(there).state().entries.keys() == Register(here).state().entries.keys()


def taken(register: Register, file: Path, name: str) -> None:
    with contextlib.ExitStack() as open_:
        found = told(f"preview, {name}", 30, lambda: open_.enter_context(opened(register, file)))
        told(f"merge, {name}", 30, lambda: take(register, found))


def measured(folder: Path, number: int, url: str | None = None, other: str | None = None) -> None:
    entries = district()
    with store_at(folder / "here", url) as here, store_at(folder / "there", other) as there:
        register = Register(here)
        half = [one for one in entries if one.laptop == "A"]
        told(f"join of {len(half)} entries into nothing", 30, lambda: register.join(half))
        told(f"join of {len(entries)}, half of them known", 30, lambda: register.join(entries))
        told("the register opened", 0.3, lambda: Register(here).state())
        state = Register(here).state()
        told("its first roster", 0.3, lambda: roster(state))
        told("preview of all entries again", 30, lambda: register.preview(entries))
        told(f"(made {number} sessions)", 0, lambda: sessions(here, number))
        carried(here, there, folder)
    first_answers(folder / "here", url)


def store_at(folder: Path, url: str | None) -> Store:
    return open_store(folder) if url is None else open_store(url, files=folder)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=10_000)
    parser.add_argument("--postgres", action="store_true", help="the rows on two servers; their time is the clock's")
    asked = parser.parse_args()
    with contextlib.ExitStack() as needed:
        folder = Path(needed.enter_context(tempfile.TemporaryDirectory()))
        url, other = (needed.enter_context(running()) if asked.postgres else None for _ in range(2))
        print(f"{f'load {os.getloadavg()[0]:.1f}':<58}{'cpu s':>9}{'clock s':>9}{'limit':>9}")
        measured(folder, asked.sessions, url, other)


if __name__ == "__main__":
    main()
