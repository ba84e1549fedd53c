"""Free practice and exam: no step is asked for, so that the newest segment that is done is the step."""

from __future__ import annotations

from dataclasses import dataclass

from coach.protocol import Protocol
from coach.tutor.practised import Practised, recognised
from coach.tutor.window import Reading

RECENT_S = 5.0  # what ended so long ago is over


@dataclass(slots=True)
class Unguided:
    """Follows what is done from reading to reading."""

    protocol: Protocol
    _named: str = ""  # the newest segment of the last reading

    def done(self, reading: Reading) -> tuple[str, ...]:
        """The segments of which nothing is missing."""
        known = (recognised(m, self.protocol.segment(m.segment_id), reading.at_s) for m in reading.segments)
        return tuple(dict.fromkeys(p.segment.id for p in known if p.done))

    def newest(self, reading: Reading, at: Practised | None) -> Practised | None:
        """What is done now, None where nothing is; a single repetition, or press, must be read twice.

        :param at: what was done before, which it still is where the newest is not sure yet
        """
        found = [m for m in reading.segments if reading.at_s - m.span.end_s <= RECENT_S]
        named, self._named = self._named, found[-1].segment_id if found else ""
        if not found:
            return None
        single = len(found[-1].repetitions) + len(found[-1].holds) < 2
        if single and self._named not in (named, at.segment.id if at is not None else ""):
            return at
        return recognised(found[-1], self.protocol.segment(self._named), reading.at_s)
