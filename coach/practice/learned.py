"""How far a kader is with each step, as the page is told it."""

from __future__ import annotations

from datetime import date
from typing import Any

from coach.learn.lessons import tries, unfinished
from coach.learn.states import Rules, Step, due, fold, next_stage
from coach.protocol import Protocol
from coach.store import Filter
from coach.store.store import Store

MOST = 12  # people that are offered by their code
LOOKED = 200  # newest sessions in which they are looked for


def learned(store: Store, protocol: Protocol, code: str, today: date) -> dict[str, Any]:
    """JSON-ready: each step's state, what is due today, and what of the last plan was not done any more.

    :raises InputError: where the store cannot be read
    """
    rules = Rules()
    held = list(store.practised(code, protocol.id))
    steps = {segment: step for segment, step in fold(tries(held), today, rules).items() if segment in protocol.rank}
    left = unfinished(held[-1]) if held and held[-1].day == today else None
    known = left is not None and set(left[0]) <= set(protocol.rank)
    return {
        "steps": {segment: _told(step, rules) for segment, step in steps.items()},
        "due": list(due(steps, protocol.rank)),
        "left": {"steps": list(left[0]), "stage": left[1]} if left is not None and known else None,
    }


def _told(step: Step, rules: Rules) -> dict[str, Any]:
    return {
        "state": step.state,
        "in_row": min(step.in_row, rules.in_row),
        "needed": rules.in_row,
        "stage": next_stage(step, rules),
        "due": None if step.due is None else step.due.isoformat(),
    }


def learners(store: Store) -> list[str]:
    """The codes of who practised here, the last first.

    :raises InputError: where the store cannot be read
    """
    rows = store.sessions(Filter(), limit=LOOKED).rows
    return list(dict.fromkeys(row.kader for row in rows if row.kader and row.source == "live"))[:MOST]
