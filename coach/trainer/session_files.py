"""Session files on their way in: taken in at once, or first shown to a trainer who has to say who is who."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from coach.domain import InputError
from coach.store import Plan, Settled, Store
from coach.store.identity import clash_error, decided, label
from coach.trainer import asking
from coach.trainer.job import Job, Json

_WAYS = ("same", "theirs", "other")
_MOST = 100  # decisions of one file


def arrived(store: Store, job: Job) -> None:
    """Takes a session file in, unless somebody has to be asked before.

    :raises InputError: import_…, store_…
    """
    job.kind = "session"
    plan = _plan(store, job, Settled())
    if plan.clashes:
        job.state, job.plan = "asking", _told(plan)
    else:
        _take(store, job, plan)


def settle(store: Store, job: Job, given: Mapping[str, Any]) -> None:
    """Takes it in with what the trainer has said of each code.

    :param given: {"settled": {code: {"as": same, theirs or other, "new": the code of another}}}
    :raises InputError: query_bad, body_bad, person_code_taken, import_…
    """
    settled = Settled()
    said = asking.fields(given.get("settled"))
    if len(said) > _MOST:
        raise InputError("query_bad", name="settled")
    for code, one in said.items():
        way, new = asking.word(asking.fields(one), "as"), asking.word(one, "new")
        if way not in _WAYS or (way == "other" and not new):
            raise InputError("query_bad", name="settled")
        settled = decided(settled, way, code, new)
    plan = _plan(store, job, settled)
    if plan.clashes:
        raise clash_error(plan.clashes[0])
    _take(store, job, plan)


def _plan(store: Store, job: Job, settled: Settled) -> Plan:
    plan = store.plan([job.file], settled)
    if plan.refused:
        raise plan.refused[0]
    return plan


def _take(store: Store, job: Job, plan: Plan) -> None:
    taken = store.import_(job.file, plan.settled)
    job.state, job.session, job.added = "done", "" if taken.deleted else taken.id, taken.added
    job.plan = _told(plan)


def _told(plan: Plan) -> Json:
    (file,) = plan.files
    return {
        "state": file.state,  # new, known or deleted
        "people": [label(person) for person in plan.people],
        "erased": len(plan.erased),
        "clashes": [
            {"kind": one.kind, "code": one.code, "here": label(one.here), "there": label(one.there)}
            for one in plan.clashes
        ],
    }
