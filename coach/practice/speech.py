"""What is to be spoken: the tutor's prompts and the set-up's own, in one numbered row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from coach.tutor.state import Said

KEPT_S = 3.0  # so long a prompt is told to the page, which plays each number once


@dataclass(frozen=True, slots=True)
class _Prompt:
    id: int
    clip: str
    at_s: float


class Speech:
    """The prompts of the last seconds."""

    def __init__(self) -> None:
        self._prompts: list[_Prompt] = []
        self._next = 1
        self._heard = 0  # the newest id of the tutor's that was taken over

    def say(self, clip: str, now_s: float) -> None:
        self._prompts.append(_Prompt(self._next, clip, now_s))
        self._next += 1

    def relay(self, said: Sequence[Said], now_s: float) -> None:
        """Takes over what the tutor says, each once."""
        for prompt in said:
            if prompt.id > self._heard:
                self._heard = prompt.id
                self.say(prompt.clip, now_s)

    def another_tutor(self) -> None:
        self._heard = 0

    def shown(self, now_s: float) -> list[dict[str, Any]]:
        self._prompts = [prompt for prompt in self._prompts if now_s - prompt.at_s <= KEPT_S]
        return [{"id": prompt.id, "clip": prompt.clip} for prompt in self._prompts]
