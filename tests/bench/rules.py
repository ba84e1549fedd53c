"""The rules of the reading that can be switched off, each by what stands in its place without it.

A rule is a function, or a number at which its branch is never taken. Of functions that several modules import, the
place is where it is asked.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from importlib import import_module
from math import inf
from typing import Any, TypeAlias
from unittest.mock import patch

import numpy as np

Anything: TypeAlias = Any  # what a rule takes and gives is each rule's own


@dataclass(frozen=True, slots=True)
class Rule:
    """Where a rule stands, and what stands there without it."""

    place: str  # module below coach, or module:Class
    name: str
    instead: Callable[..., Anything] | float

    def off(self) -> AbstractContextManager[Anything]:
        module, _, owner = self.place.partition(":")
        room = import_module(f"coach.{module}")
        return patch.object(getattr(room, owner) if owner else room, self.name, self.instead)


def _given(given: Anything, *_: Anything) -> Anything:
    return given


def _second(_: Anything, given: Anything, *__: Anything) -> Anything:
    return given


def _last(*given: Anything) -> Anything:
    return given[-1]


def _true(*_: Anything) -> bool:
    return True


def _false(*_: Anything) -> bool:
    return False


def _nothing(*_: Anything) -> None:
    return None


def _none(*_: Anything) -> list[Anything]:
    return []


def _nought(*_: Anything) -> float:
    return 0.0


def _one(*_: Anything) -> float:
    return 1.0


def _word(*_: Anything) -> str:
    return ""


RULES: dict[str, Rule] = {
    # ------------------------------------------------------------------ tracks to traces
    "carried over gaps": Rule("moves.trace:Trace", "carried", lambda trace, contact: trace.places[contact].copy()),
    "off the back": Rule("score.session", "away", lambda trace: np.zeros(len(trace.seen), dtype=np.bool_)),
    "on the skin": Rule("moves.trace", "on_skin", _given),
    "fingers seem too short": Rule("moves.fingers", "SHORT_FINGER_OVER_PALM", 0.0),
    # ------------------------------------------------------------------ strokes and curves
    "come from aside": Rule("moves.along:Along", "_from_aside", lambda *_: 0),
    "home before its lowest": Rule("moves.along:Along", "_level", lambda _, low, *__: low.value),
    "long rest at the far end": Rule("moves.along", "LONG_REST_S", inf),
    "slow strokes rest slower": Rule("moves.legs", "_resting", lambda _, __, way: np.full(len(way), 0.1)),
    "cut like the others": Rule("moves.legs", "_recut", lambda _, __, leg, ___: leg),
    "goes much farther": Rule("moves.legs", "MUCH_FARTHER", inf),
    "no more than it swings": Rule("moves.fit", "SWING_LOSS", 0.0),
    # ------------------------------------------------------------------ circles
    "flat among round ones": Rule("moves.circling", "FLAT_HALF_TURN_BULGE", inf),
    "flat ends": Rule("moves.circling", "_with_ends", _last),
    "no way to or from circles": Rule("moves.circling", "_bounded", _second),
    "circles elsewhere": Rule("moves.circling", "_in_place", lambda _, turns, __: [turns]),
    "phase gone astray": Rule("moves.circling", "_half_by_half", _given),
    "circles drift": Rule("moves.circling", "_drift", lambda place, _: np.zeros_like(place)),
    "comes round": Rule("moves.circling", "_comes_round", _second),
    "quickest whole turns": Rule("moves.circling", "_quickest", _nought),
    "rests between turns": Rule("moves.circling", "_slow", _none),
    "round both ways": Rule("moves.fit", "_roundness", _one),
    # ------------------------------------------------------------------ what two hands do
    "both do another segment": Rule("moves.candidates", "discounted_halves", _given),
    "a twitch takes no stroke": Rule("moves.candidates", "TWITCH_FIT", inf),
    "halves without a way back": Rule("moves.candidates", "NO_WAY_BACK_WORTH", 1.0),
    "uneven hands": Rule("moves.candidates", "UNEVEN_LOSS", 0.0),
    "other hand out of sight": Rule("moves.candidates", "_alone_worth", lambda *_: 0.62),
    # ------------------------------------------------------------------ presses
    "stills parted": Rule("moves.stills", "_split", lambda _, a, b, __: [(a, b)]),
    "slow strokes are no stills": Rule("moves.stills", "_creeps", _false),
    "stills merged": Rule("moves.stills", "_merge", lambda _, spans: list(spans)),
    "slow arrival": Rule("moves.stills", "_ease_s", _nought),
    "seen aslant": Rule("moves.stills", "slant", _nought),
    "flow carried it": Rule("moves.stills", "CARRIED_SHARE", inf),
    "joined": Rule("moves.staying", "joined", lambda found, *_: list(found)),
    "joined beside the other": Rule("moves.staying", "joined_beside", lambda found, *_: list(found)),
    "held on": Rule("moves.staying", "held_on", lambda found, *_: list(found)),
    "palm stayed": Rule("moves.joining", "_stayed", _false),
    "tips jumped": Rule("moves.joining", "_jumped", _false),
    "slid to the next pair": Rule("moves.staying", "parted", lambda _, found, *__: found),
    "without slides": Rule("moves.staying", "without_slides", lambda found, *_: list(found)),
    "rough places": Rule("moves.staying", "ROUGH_TOLERANCE", inf),
    "palm near": Rule("moves.staying:Staying", "palm_near_s", _nought),
    "how far hands are apart": Rule("moves.presses", "spread_fit", _one),
    "too far apart": Rule("moves.presses", "HANDS_APART_OFF", inf),
    "beside a pair": Rule("moves.presses", "_times_together", lambda *_: ([], [])),
    "waited for the other": Rule("moves.presses", "_waiting", _none),
    "plainly elsewhere": Rule("moves.candidates", "doubted_presses", lambda found, *_: list(found)),
    "one rests there": Rule("moves.staying:Staying", "rests", _false),
    "palm lay still": Rule("moves.staying:Staying", "palm_s", _nought),
    "hand seems turned": Rule("moves.stills", "TURNED_SHARE", inf),
    "too flat a view": Rule("moves.presses", "FLAT_VIEW_BLUR", inf),
    "as well as the better": Rule("moves.candidates", "_as_the_better", _given),
    "beyond the tolerance": Rule("moves.presses", "BESIDE_POINT", 1.0),
    "hardly farther": Rule("moves.presses", "_as_near", _none),
    "fingers reach farther": Rule("moves.presses", "_within_reach", _nothing),
    "neighbour hardly nearer": Rule("moves.presses", "_perhaps_meant", _word),
    "neighbour hardly farther": Rule("moves.presses", "_neighbour", _word),
    "supporting hand": Rule("moves.presses", "SUPPORTING_LOSS", 0.0),
    "longest press": Rule("moves.presses", "LONGEST_PRESS_RATIO", 1e3),
    # ------------------------------------------------------------------ runs and segments
    "in turn": Rule("parse.lattice", "following_strokes", lambda segments: [len(segments)] * (len(segments) + 1)),
    "next press": Rule("parse.lattice", "BEGIN_NEXT_PRESS_COST", 1.6),
    "both press": Rule("parse.lattice", "BEGIN_PRESS_BY_BOTH_COST", 1.6),
    "exchanged": Rule("parse.lattice", "EXCHANGED_COST", 0.78),
    "one repetition": Rule("parse.lattice", "ONE_REPETITION_COST", 0.0),
    "two repetitions": Rule("parse.lattice", "TWO_REPETITIONS_COST", 0.0),
    "one by both": Rule("parse.lattice", "ONE_BY_BOTH_COST", 0.0),
    "two by both": Rule("parse.lattice", "TWO_BY_BOTH_COST", 0.0),
    "one press of several": Rule("parse.lattice", "ONE_PRESS_COST", 0.0),
    "presses backwards": Rule("parse.lattice", "_backwards", _nought),
    "the same point again": Rule("parse.lattice", "SAME_POINT_COST", 0.0),
    "too many repetitions": Rule("parse.lattice", "EXTRA_REPETITION_WORTH", 1.0),
    "too many presses": Rule("parse.lattice", "EXTRA_PRESS_WORTH", 1.0),
    "hidden pauses": Rule("parse.lattice", "_hidden_s", _nought),
    "hand over hand": Rule("parse.lattice", "_hand_over_hand", _false),
    "trimmed": Rule("parse.segments", "_trimmed", _given),
    "much quicker": Rule("parse.segments", "OTHER_MOTION_LEAST_TIME", 0.0),
    "much slower": Rule("parse.segments", "OTHER_MOTION_MOST_TIME", inf),
    "whole like the others": Rule("parse.segments", "with_wholes_marked", lambda repetitions, _: tuple(repetitions)),
    "taken up again": Rule("parse.segments", "RESUMED_S", 0.0),
    "neighbouring pair": Rule("parse.rivals", "_pressed_too", _false),
    "perhaps the twin": Rule("parse.rivals", "possible_twins", lambda *_: set()),
    "perhaps a lagging hand": Rule("parse.twins", "_may_lag", _false),
    "rests": Rule("parse.segments", "with_rests_marked", lambda found, _: tuple(found)),
    "went on": Rule("score.session", "extended", _given),
    "unclaimed motions": Rule("score.session", "unclaimed_motions", lambda *_: ()),
    "unclaimed presses": Rule("parse.unclaimed", "_not_pressed", _none),
    "unclaimed repetitions": Rule("parse.unclaimed", "_not_counted", _none),
    # ------------------------------------------------------------------ items
    "out of the picture": Rule("score.evidence:Visibility", "framed", _one),
    "hidden steps": Rule("score.performed", "HASTY_SHARE", inf),
    "unclaimed steps": Rule("score.performed", "UNCLAIMED_MOTION_S", inf),
    "one step's time": Rule("score.performed", "LONGEST_GAP_OF_ONE_STEP_S", inf),
    "hidden repetitions": Rule("score.count", "_hidden", _nought),
    "hidden hands": Rule("score.hands", "HAND_UNSEEN_SHARE", inf),
    "hidden presses": Rule("score.hold", "PRESS_HIDDEN_S", inf),
    "hidden beside presses": Rule("score.evidence:Evidence", "hidden_s", _nought),
    "beside its point": Rule("score.hold", "_beside", _none),
    "perhaps a neighbour": Rule("score.hold", "_hardly_nearer", _none),
    "lain since strokes": Rule("score.hold", "_since_strokes", _none),
    "perhaps another point": Rule("score.hold", "_either", _none),
    "perhaps long": Rule("score.hold", "_perhaps_long", _none),
    "halts": Rule("score.order", "HALT_SHARE_OF_PRESS", 0.0),
    "perhaps pressed before": Rule("score.order", "_perhaps_before", _none),
    "backwards": Rule("score.path", "_backwards", _false),
}
