"""What the coach promises on judging sessions, and where it is kept: overall and in each condition."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from rich.box import SIMPLE
from rich.table import Table

Json: TypeAlias = dict[str, Any]
CONDITIONS = (
    "all",
    "camera",
    "skin",
    "clothing",
    "frames a second",
    "place",
    "set-up",
    "hard case",
)  # in which each promise holds


@dataclass(frozen=True, slots=True)
class Target:
    question: str
    figure: str
    at_least: float | None = None
    at_most: float | None = None

    def kept(self, value: float) -> bool:
        low, high = self.at_least, self.at_most
        return (low is None or value >= low) and (high is None or value <= high)

    @property
    def wanted(self) -> str:
        return f"≥ {self.at_least:g}" if self.at_least is not None else f"≤ {self.at_most:g}"


TARGETS = (
    Target("segments", "F1@50", at_least=95.0),
    Target("sets", "exact", at_least=95.0),
    Target("sets", "exact of rated", at_least=95.0),
    Target("sets", "rated", at_least=90.0),
    Target("items", "coverage", at_least=90.0),
    Target("items", "weighted κ", at_least=0.90),
    Target("items", "wrong", at_most=2.0),
    Target("decoys", "false a minute", at_most=0.0),
)


def checked(tables: Json) -> Iterator[Json]:
    """Each target in each condition: what was wanted, what it is, and whether that is kept."""
    for target in TARGETS:
        table = tables[target.question]
        column = [c["name"] for c in table["columns"]].index(target.figure)
        for row in table["rows"]:
            value = row["cells"][column]["value"]
            if row["group"] in CONDITIONS and value is not None:
                group = {"group": row["group"], "value": row["value"], "sessions": row["sessions"]}
                figure = {"figure": target.figure, "wanted": target.wanted, "is": value, "kept": target.kept(value)}
                yield group | figure


def shown(checks: list[Json]) -> Table:
    """A line for each condition, a column for each target; what is not kept is marked."""
    out = Table(
        title="What was promised (! where it is not kept)", title_justify="left", box=SIMPLE, padding=(0, 1, 0, 0)
    )
    out.add_column("", no_wrap=True)
    out.add_column("n", justify="right")
    for target in TARGETS:
        out.add_column(f"{target.figure} {target.wanted}", justify="right", no_wrap=True)
    for group, value, sessions in dict.fromkeys((c["group"], c["value"], c["sessions"]) for c in checks):
        own = {c["figure"]: c for c in checks if (c["group"], c["value"]) == (group, value)}
        cells = [_cell(own.get(target.figure)) for target in TARGETS]
        out.add_row(value if group == "all" else f"{group}: {value}", str(sessions), *cells)
    return out


def _cell(check: Json | None) -> str:
    if check is None:
        return "–"
    return f"{check['is']:.2f}" + ("  " if check["kept"] else " !")
