"""How long a district's register takes to open and to join: ``python -m tests.bench.programme``.

40 posyandu with 8 kader each over three years: about 1,000 people and 20,000 entries, made up on two laptops.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from coach.programme import Body, Entry, entry
from coach.programme.bodies import Attendance, Event, KnowledgeTest, Mother, Person, Place, Visit
from coach.programme.people import roster
from coach.register import Register
from coach.store import open_store
from tests.programme.made import answers, sheet, uid

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


def took(what: Callable[[], object]) -> float:
    start = time.perf_counter()
    what()
    return time.perf_counter() - start


def main() -> None:
    entries = district()
    print(f"{len(entries)} entries")
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder)) as store:
        register = Register(store)
        half = [one for one in entries if one.laptop == "A"]
        print(f"join of {len(half)} into nothing: {took(lambda: register.join(half)):.2f} s")
        print(f"join of {len(entries)}, half known: {took(lambda: register.join(entries)):.2f} s")
        opened = [took(lambda: Register(store).state()) for _ in range(5)]
        print(f"open: {1000 * min(opened):.0f}-{1000 * max(opened):.0f} ms")
        state = Register(store).state()
        print(f"first roster of it: {1000 * took(lambda: roster(state)):.0f} ms")
        print(f"preview of all again: {took(lambda: register.preview(entries)):.2f} s")


if __name__ == "__main__":
    main()
