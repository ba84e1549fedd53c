"""Two reports side by side: what a change gained and lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from rich.box import SIMPLE
from rich.table import Table

Json: TypeAlias = dict[str, Any]
NOTHING = 1e-9


def changes(old: Json, new: Json) -> Iterator[Json]:
    """Each figure that differs, for the groups that both have: its old and new value, and whether it is better."""
    for question, table in new["tables"].items():
        before = old["tables"].get(question)
        if before is None:
            continue
        known = {(r["group"], r["value"]): r["cells"] for r in before["rows"]}
        names = [c["name"] for c in before["columns"]]
        for row in table["rows"]:
            cells = known.get((row["group"], row["value"]))
            if cells is None:
                continue
            for column, cell in zip(table["columns"], row["cells"], strict=True):
                if column["name"] not in names:
                    continue
                was, now = cells[names.index(column["name"])]["value"], cell["value"]
                if was is None or now is None or abs(was - now) < NOTHING:
                    continue
                gained = (now > was) == (column["better"] == "more")
                group = {"question": question, "group": row["group"], "value": row["value"], "figure": column["name"]}
                yield group | {"was": was, "now": now, "gained": gained}


def items(old: Json, new: Json) -> tuple[list[str], list[str]]:
    """What no longer goes wrong, and what newly does, session by session; only of sessions that both have."""
    before = {s["name"]: set(s["troubles"]) for s in old["sessions"]}
    mended, broken = [], []
    for session in new["sessions"]:
        if session["name"] not in before:
            continue
        was, now = before[session["name"]], set(session["troubles"])
        named = {_short(t) for t in was} & {_short(t) for t in now}
        mended += [f"{session['name']}: {t}" for t in sorted(was - now) if _short(t) not in named]
        broken += [f"{session['name']}: {t}" for t in sorted(now - was) if _short(t) not in named]
    return mended, broken


def _short(trouble: str) -> str:
    """Without the measured values, which change with everything."""
    return trouble.split(", ", maxsplit=1)[0]


def sessions_apart(old: Json, new: Json) -> tuple[list[str], list[str]]:
    """The sessions that only the new report has, and those that only the old one has."""
    names = [{s["name"] for s in report["sessions"]} for report in (new, old)]
    return sorted(names[0] - names[1]), sorted(names[1] - names[0])


def shown(old: Json, new: Json, everything: bool = False) -> Table:
    """The figures of all sessions that changed; those of every group as well if asked."""
    out = Table(title="Against the older report", title_justify="left", box=SIMPLE, padding=(0, 1, 0, 0))
    for heading in ("", "figure", "was", "now", ""):
        out.add_column(heading)
    for c in changes(old, new):
        if everything or c["group"] == "all":
            name = c["question"] if c["group"] == "all" else f"{c['question']}, {c['group']}: {c['value']}"
            out.add_row(name, c["figure"], f"{c['was']:.2f}", f"{c['now']:.2f}", "gained" if c["gained"] else "lost")
    return out
