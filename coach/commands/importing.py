"""Taking session files in on the command line: first what it would do, then what it did."""

from __future__ import annotations

from coach.commands.language import say
from coach.domain import InputError
from coach.messages import Catalogue
from coach.store import Plan, Store
from coach.store.identity import label
from coach.store.plan import Planned

_NAMED = 10  # people that are told one by one


def say_plan(plan: Plan, catalogue: Catalogue) -> None:
    """New, known and deleted sessions, and who comes along."""
    counts = {state: plan.count(state) for state in ("new", "known", "deleted")}
    say(catalogue.text("import_plan", clashes=len(plan.clashes), **counts))
    if plan.people:
        names = ", ".join(label(person) for person in plan.people[:_NAMED])
        more = " …" if len(plan.people) > _NAMED else ""
        say(catalogue.text("import_plan_people", count=len(plan.people), people=names + more))


def take(store: Store, plan: Plan, catalogue: Catalogue) -> list[InputError]:
    """Takes the files in one by one; returns the refusals, which keep no other file out."""
    refused, out, erased = [], 0, 0
    for planned in plan.files:
        try:
            out, erased = _take(store, plan, planned, catalogue, out, erased)
        except InputError as error:
            refused.append(error)
    if out:
        say(catalogue.text("import_deleted", count=out))
    if erased:
        say(catalogue.text("import_erased", count=erased))
    return refused


def _take(store: Store, plan: Plan, planned: Planned, catalogue: Catalogue, out: int, erased: int) -> tuple[int, int]:
    taken = store.import_(planned.path, plan.settled)
    if not taken.deleted:
        key = "import_new" if taken.new else "import_added" if taken.added else "import_known"
        say(catalogue.text(key, path=str(planned.path), id=taken.id[:8], count=taken.added))
    return out + bool(taken.deleted), erased + len(taken.erased)
