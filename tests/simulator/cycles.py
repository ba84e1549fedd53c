"""A motion that repeats: out along a curve, back in a straight line (or round and round), never twice the same."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from coach.domain import Floats
from tests.simulator.curves import along, ease, minimum_jerk


@dataclass(slots=True)
class Schedule:
    """When the repetitions of one hand begin, end and are back; grows by `add`."""

    starts: list[float] = field(default_factory=list)
    ends: list[float] = field(default_factory=list)
    backs: list[float] = field(default_factory=list)
    reaches: list[float] = field(default_factory=list)

    def add(self, start_s: float, work_s: float, back_s: float, reach: float = 1.0) -> float:
        """One repetition; gives the time it is back."""
        self.starts.append(start_s)
        self.ends.append(start_s + work_s)
        self.backs.append(start_s + work_s + back_s)
        self.reaches.append(reach)
        return self.backs[-1]

    def delayed(self, by_s: float) -> Schedule:
        starts, ends, backs = ([t + by_s for t in times] for times in (self.starts, self.ends, self.backs))
        return Schedule(starts, ends, backs, list(self.reaches))


@dataclass(frozen=True, slots=True)
class Cycles:
    """The path of one hand through a schedule. Callable as a `stage.Path`."""

    schedule: Schedule
    table: Floats  # (m, 2) the working curve of this hand
    evenness: float | None  # None: turning evenly, without slowing down at the ends
    scale: Floats  # (n + 1,) sizes at the repetitions' borders
    shift: Floats  # (n + 1, 2) places at the repetitions' borders

    def __call__(self, time_s: Floats) -> Floats:
        plan = self.schedule
        starts = np.asarray(plan.starts)
        which = np.clip(np.searchsorted(starts, time_s, side="right") - 1, 0, len(starts) - 1)
        ends, backs, reach = (np.asarray(v)[which] for v in (plan.ends, plan.backs, plan.reaches))
        out = np.clip((time_s - starts[which]) / (ends - starts[which]), 0.0, 1.0)
        back = np.clip((time_s - ends) / np.maximum(backs - ends, 1e-9), 0.0, 1.0)
        progress = out if self.evenness is None else ease(out, self.evenness)
        place = along(self.table, progress * reach)
        place += (self.table[0] - place) * minimum_jerk(back)[:, None]
        return self._varied(time_s, place)

    def _varied(self, time_s: Floats, place: Floats) -> Floats:
        borders = np.asarray([*self.schedule.starts, self.schedule.backs[-1]])
        number = np.interp(time_s, borders, np.arange(len(borders)))
        index = np.arange(len(borders))
        scale = np.interp(number, index, self.scale)[:, None]
        shift = np.stack([np.interp(number, index, self.shift[:, i]) for i in (0, 1)], axis=1)
        pivot = self.table.mean(axis=0)
        varied: Floats = pivot + (place - pivot) * scale + shift
        return varied
