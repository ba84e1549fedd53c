"""Hands-free commands: an open palm held still in a top corner of the picture; both palms stop everything."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from coach.parameters.gestures import (
    CORNER_HEIGHT_SHARE,
    CORNER_WIDTH_SHARE,
    FINISH_SIGN_S,
    SIGN_GAP_S,
    SIGN_REST_S,
    SIGN_S,
    SIGN_STILL_SHARE,
    STOP_SIGN_S,
)
from coach.tutor.state import Corner, Deed, Gesture, Palm, Phase, Seeing, Sign


@dataclass(slots=True)
class Gestures:
    """Follows open palms from frame to frame."""

    _corner: Corner | None = None
    _since_s: float = 0.0
    _last_s: float = -1e9
    _anchor: tuple[Palm, ...] = ()
    _rest_until_s: float = -1e9
    _raised_s: float = -1e9  # when a palm was in a corner last
    _answering: bool = False  # one that is up gave an answer, or would have
    shown: Gesture | None = field(default=None)

    def see(
        self,
        seeing: Seeing,
        phase: Phase,
        may_start: bool = True,
        *,
        may_repeat: bool = True,
        free: bool = True,
        asked: bool = False,
    ) -> Deed | None:
        """Takes one frame; returns what is asked for once a ring is full.

        :param may_start: False before the back is marked, or marked anew in a pause: then a palm can only stop
        :param may_repeat: False where no step is asked for; the same palm then ends the practice, out of a pause
        :param free: False while the trainee is busy with something else: then palms can only pause and stop
        :param asked: a palm answers something: then and until it was lowered, both can stop and one alone does nothing
        """
        now_s = seeing.now_s
        corner, palms = where(seeing.palms)
        corner = corner if self._means(corner, now_s, asked) else None
        if corner is not None and now_s >= self._rest_until_s:
            if corner != self._corner or not still(palms, self._anchor) or now_s - self._last_s > SIGN_GAP_S:
                self._corner, self._since_s, self._anchor = corner, now_s, palms
            self._last_s = now_s
        elif now_s - self._last_s > SIGN_GAP_S:
            self._corner = None
        starts = may_start and free
        barred = () if starts else ("start", "resume", "repeat", "finish")
        return self._progress(
            now_s, None if self._corner is None else _meaning(self._corner, phase, may_repeat), barred
        )

    def _means(self, corner: Corner | None, now_s: float, asked: bool) -> bool:
        """Whether palms there are a sign, and no answer."""
        if corner is None:
            self._answering = self._answering and now_s - self._raised_s <= SIGN_GAP_S
            return False
        self._raised_s = now_s
        self._answering = asked or self._answering
        return corner == "both" or not self._answering

    def _progress(self, now_s: float, kind: Sign | None, barred: Collection[str]) -> Deed | None:
        if kind in barred:  # a palm that is up already counts from when it may ask
            kind = self._corner = None
        if self._corner is None or kind is None:
            self.shown = None
            return None
        lasts = {"stop": STOP_SIGN_S, "finish": FINISH_SIGN_S}.get(kind, SIGN_S)
        share = min(1.0, (self._last_s - self._since_s) / lasts)
        self.shown = Gesture(kind, self._corner, round(share, 2))
        if share < 1.0:
            return None
        self._corner, self._rest_until_s = None, now_s + SIGN_REST_S
        return kind


def where(palms: Sequence[Palm]) -> tuple[Corner | None, tuple[Palm, ...]]:
    """Which corners palms are in, and which palms those are."""
    left = [p for p in palms if p.x <= CORNER_WIDTH_SHARE and p.y <= CORNER_HEIGHT_SHARE]
    right = [p for p in palms if p.x >= 1.0 - CORNER_WIDTH_SHARE and p.y <= CORNER_HEIGHT_SHARE]
    if left and right:
        return "both", (left[0], right[0])
    if left:
        return "top_left", (left[0],)
    return ("top_right", (right[0],)) if right else (None, ())


def still(palms: Sequence[Palm], anchor: Sequence[Palm]) -> bool:
    """Whether they are where they were."""
    if len(palms) != len(anchor):
        return False
    return all(
        abs(p.x - a.x) <= SIGN_STILL_SHARE and abs(p.y - a.y) <= SIGN_STILL_SHARE
        for p, a in zip(palms, anchor, strict=True)
    )


def _meaning(corner: Corner, phase: Phase, may_repeat: bool) -> Sign | None:
    if corner == "both":
        return "stop" if phase in ("ready", "practising", "paused") else None
    if corner == "top_left":
        if may_repeat:
            return "repeat" if phase in ("practising", "paused") else None
        return "finish" if phase == "paused" else None
    meanings: dict[Phase, Sign] = {"ready": "start", "practising": "pause", "paused": "resume"}
    return meanings.get(phase)
