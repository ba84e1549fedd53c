"""Whole runs with the tutor, and every command."""

from __future__ import annotations

import dataclasses
import json
from functools import cache

import numpy as np
import pytest

from coach.domain import Span
from coach.messages import LANGS, texts
from coach.tutor import Command, Hint, Mode, Tutor
from coach.tutor.state import Deed, Palm
from tests.fakes.protocols import shipped
from tests.fakes.simulated import played
from tests.simulator import SessionScript, SimulatedSession, Step
from tests.simulator.mistakes import plant
from tests.simulator.script import Mistake, Style
from tests.tutor.made import made, reading
from tests.tutor.rehearsal import Rehearsal, rehearse
from tests.tutor.seen import seeing

PROTOCOL = shipped("oxytocin")
LENGTH = len(PROTOCOL.segments)


# ------------------------------------------------------------------ commands
def practising(mode: Mode = "guided", history: dict[str, int] | None = None) -> Tutor:
    tutor = Tutor(PROTOCOL, mode, history or {})
    tutor.command(Command("start"), 0.0)
    return tutor


def at(tutor: Tutor) -> str | None:
    step = tutor.state.step
    return step.segment if step else None


def test_before_the_start_nothing_is_shown() -> None:
    tutor = Tutor(PROTOCOL, "guided")
    state = tutor.state
    assert (state.phase, state.step, state.ghost, state.hint) == ("ready", None, None, None)
    deeds: tuple[Deed, ...] = ("pause", "next", "finish", "stop", "repeat", "resume")
    for deed in deeds:
        tutor.command(Command(deed), 1.0)
        assert tutor.state.phase == "ready"


def test_the_steps_come_in_the_protocols_order_and_the_last_ends_the_run() -> None:
    tutor = practising()
    seen = []
    while tutor.phase == "practising":
        seen.append(at(tutor))
        tutor.command(Command("next"), float(len(seen)))
    assert seen == [s.id for s in PROTOCOL.segments]
    assert tutor.state.phase == "finished"
    assert tutor.state.done_segments == ()


def test_previous_goes_back_and_not_beyond_the_first() -> None:
    tutor = practising()
    turns: tuple[tuple[Deed, int], ...] = (("next", 1), ("previous", 0), ("previous", 0))
    for deed, index in turns:
        tutor.command(Command(deed), 1.0)
        assert tutor.state.step is not None
        assert tutor.state.step.index == index


def test_a_pause_hides_the_ghost_and_keeps_the_step() -> None:
    tutor = practising()
    tutor.command(Command("next"), 1.0)
    tutor.command(Command("pause"), 2.0)
    assert (tutor.phase, at(tutor), tutor.state.ghost) == ("paused", PROTOCOL.segments[1].id, None)
    assert not tutor.wants_reading
    tutor.command(Command("resume"), 3.0)
    assert (tutor.phase, at(tutor)) == ("practising", PROTOCOL.segments[1].id)


@pytest.mark.parametrize("before", ["start", "pause"])
def test_stop_ends_everything_at_once(before: Deed) -> None:
    tutor = practising()
    tutor.command(Command(before), 1.0)
    tutor.command(Command("stop"), 2.0)
    state = tutor.state
    assert (state.phase, state.step, state.ghost, state.hint) == ("stopped", None, None, None)
    assert state.say[-1].clip == "phase_stopped" or "phase_stopped" in _later(tutor)


@pytest.mark.parametrize("before", ["start", "pause"])
def test_a_stop_is_taken_back_like_a_pause_and_its_time_does_not_count(before: Deed) -> None:
    tutor = practising()
    tutor.command(Command("next"), 1.0)
    tutor.command(Command(before), 1.5)
    tutor.command(Command("stop"), 2.0)
    tutor.command(Command("resume"), 7.0)
    assert (tutor.phase, at(tutor)) == ("practising", PROTOCOL.segments[1].id)
    assert tutor._pauses == [Span(1.5 if before == "pause" else 2.0, 7.0)]
    tutor.command(Command("stop"), 8.0)
    tutor.command(Command("finish"), 9.0)
    assert tutor.phase == "finished"


def _later(tutor: Tutor) -> list[str]:
    for k in range(40):
        tutor.see(seeing(2.0 + 0.2 * k))
    return [s.clip for s in tutor.state.say]


def test_again_is_a_run_of_one_step() -> None:
    tutor = practising("exam")
    tutor.command(Command("finish"), 1.0)
    tutor.command(Command("again", "heart"), 2.0)
    step = tutor.state.step
    assert step is not None
    assert (tutor.phase, step.segment, step.of, tutor.state.mode) == ("practising", "heart", 1, "guided")
    tutor.command(Command("again", "no_such_step"), 3.0)
    assert at(tutor) == "heart"


def test_both_palms_in_the_corners_stop() -> None:
    tutor = practising()
    for k in range(20):
        tutor.see(seeing(k / 15, palms=(Palm(0.1, 0.2), Palm(0.9, 0.2))))
    assert tutor.phase == "stopped"


def test_an_open_palm_starts() -> None:
    tutor = Tutor(PROTOCOL, "guided")
    for k in range(25):
        tutor.see(seeing(k / 15, palms=(Palm(0.9, 0.2),)))
    assert tutor.phase == "practising"


@pytest.mark.parametrize("mode", ["free", "exam"])
def test_only_guided_practice_has_a_ghost_and_a_step_to_begin_with(mode: Mode) -> None:
    state = practising(mode).state
    assert (state.ghost, state.step) == (None, None)
    assert practising().state.ghost is not None


def test_guidance_fades_as_a_step_is_learned() -> None:
    states = [practising(history={"neck_stroke": times}).state for times in range(5)]
    assert [s.fading for s in states] == sorted(s.fading for s in states)
    assert states[0].fading == 0.0
    assert states[0].ghost is not None
    assert states[4].fading == 1.0
    assert states[4].ghost is None


def test_hands_that_are_not_seen_are_missed_and_nothing_is_hinted() -> None:
    tutor = practising()
    for k in range(45):
        tutor.see(seeing(k / 15, count=0))
    assert tutor.state.unseen is not None
    assert tutor.state.hint is None


def unseen_clip(tutor: Tutor, now_s: float) -> list[str]:
    """The warning that is said, once the hands have been out of sight until then."""
    for k in range(30):
        tutor.see(seeing(now_s - 2 + k / 15, count=0))
    return [said.clip for said in tutor.state.say if said.clip.startswith("unseen_")]


def test_a_warning_that_waits_is_forgotten_once_the_hands_are_back() -> None:
    waiting = practising()
    waiting._voice._speech._busy_until_s = 2.5  # something else is being said
    assert unseen_clip(waiting, 2.0) == []
    for k in range(30):
        waiting.see(seeing(2.0 + k / 15, count=2))
    assert waiting.state.unseen is None
    assert not [said for said in waiting.state.say if said.clip.startswith("unseen_")]
    said = practising()
    for k in range(30):
        said.see(seeing(k / 15, count=2))
    assert unseen_clip(said, 5.0) == ["unseen_covered"]


def test_after_a_stop_nothing_is_said_of_the_massage() -> None:
    tutor = practising()
    tutor.tick(2.0)
    assert [said.clip for said in tutor.state.say] == ["phase_start", "segment_neck_stroke"]
    at = tutor._course.at
    assert at is not None
    tutor._voice.count(at, 2.1, 2.1)
    tutor._voice.enough(at, "neck_points", 2.1)
    tutor._voice.step(at, 2.1)
    tutor.command(Command("stop"), 2.2)
    assert tutor.state.say[-1].clip == "phase_stopped"  # though the step's name takes longer than that
    for k in range(60):
        tutor.tick(2.2 + k / 10)
    assert tutor.state.say[-1].clip == "phase_stopped"


def test_a_hint_of_pictures_that_come_no_more_is_taken_back() -> None:
    tutor = practising()
    tutor._voice._hints.show(Hint("hint_begin", {}, "neck_stroke"), 1.0)
    assert tutor.state.hint is not None
    tutor.blind(1.5)
    assert tutor.state.hint is None
    assert not tutor.wants_reading
    strokes = [made("neck_stroke", 2.0 * k, 0.5, "right") for k in range(3)]
    late = reading(6.0, strokes, since_s=0.0, name="neck_stroke")
    for _ in range(3):
        tutor.read(late)
    assert tutor.state.hint is None
    tutor.see(seeing(6.1))
    for _ in range(3):
        tutor.read(late)
    assert tutor.state.hint is not None


def test_the_state_is_json() -> None:
    tutor = practising()
    tutor.see(seeing(0.1, hands={"left": (0.3, 0.2), "right": (0.7, 0.2)}))
    told = json.loads(json.dumps(dataclasses.asdict(tutor.state)))
    assert told["step"]["segment"] == "neck_stroke"
    assert told["step"]["target"] == [5, 6]
    assert set(told["ghost"]["at"]) == {"left", "right"}


# ------------------------------------------------------------------ whole runs
@cache
def acted(names: tuple[str, ...], mistake: Mistake | None = None) -> SimulatedSession:
    """These steps after each other, the first with the mistake, by someone who does not listen to the coach."""
    first, *others = (Step(name, 6) for name in names)
    if mistake is not None:
        first = plant(np.random.default_rng(3), first, mistake, Style())
    return played(SessionScript((first, *others), lead_out_s=5.0), 3)


@cache
def run(names: tuple[str, ...], mode: Mode = "guided") -> Rehearsal:
    session = acted(names)
    size = session.script.camera.size
    return rehearse(session.observations, session.corners_px, size, PROTOCOL, mode, begin=names[0])


def is_hinted(key: str, mode: Mode, name: str, mistake: Mistake) -> bool:
    """Whether the step is told of so, in a run of it and the next one; what comes after the hint is not played."""

    def given(heard: Rehearsal) -> bool:
        return any(h.key == key and h.segment == name for _, h in heard.hints)

    names = (name, PROTOCOL.segments[(PROTOCOL.rank[name] + 1) % LENGTH].id)
    session = acted(names, mistake)
    size = session.script.camera.size
    return given(rehearse(session.observations, session.corners_px, size, PROTOCOL, mode, begin=names[0], until=given))


FIRST = ("neck_stroke", "neck_points", "shoulder_stroke")


def test_a_run_without_a_mistake_goes_on_by_itself_without_a_hint() -> None:
    heard = run(FIRST)
    shown = list(dict.fromkeys(m.segment for m in heard.moments))
    assert shown[:3] == list(FIRST)
    assert heard.hints == []
    assert heard.state is not None
    assert heard.state.done_segments == FIRST


def test_counts_are_shown_and_spoken_each_once_in_their_order() -> None:
    heard = run(FIRST)
    assert heard.count_at(1e9, "neck_stroke") == 6
    assert heard.count_at(1e9, "shoulder_stroke") == 6
    spoken = [clip for _, clip in heard.said if clip.startswith("count_")]
    assert spoken[:4] == [f"count_{k}" for k in range(1, 5)]
    assert next(clip for _, clip in heard.said if clip.startswith("enough")) == "enough_next+segment_neck_points"
    pieces = [piece for _, clip in heard.said for piece in clip.split("+")]
    names = [piece for piece in pieces if piece.startswith("segment_")]
    assert names[:3] == [f"segment_{name}" for name in FIRST]


def test_a_step_goes_on_soon_after_it_is_done() -> None:
    heard = run(FIRST)
    for name in FIRST[:2]:
        done = next(m.time_s for m in heard.moments if m.segment == name and m.done)
        left = next(m.time_s for m in heard.moments if m.time_s > done and m.segment != name)
        assert left - done < 8.0


@pytest.mark.parametrize(
    ("name", "mistake", "key"),
    [
        ("heart", "too_fast", "hint_slower"),
        ("heart", "one_side", "hint_both_hands"),
        ("heart", "too_few", "hint_more"),
        ("scapula_right_points", "short_hold", "hint_hold_longer"),
        ("scapula_right_points", "wrong_point", "hint_point_instead"),
        ("neck_stroke", "swapped_hand", "hint_use_hand"),
        ("neck_points", "missing_point", "hint_missing_point"),
        ("heart", "partial", "hint_whole"),
    ],
)
def test_a_planted_mistake_gets_its_hint(name: str, mistake: Mistake, key: str) -> None:
    assert is_hinted(key, "guided", name, mistake)


@pytest.mark.parametrize(
    ("name", "mistake", "key"),
    [
        ("scapula_right_points", "short_hold", "hint_hold_longer"),
        ("scapula_right_points", "wrong_point", "hint_point_instead"),
        ("spine_strokes", "partial", "hint_whole"),
    ],
)
def test_free_practice_tells_of_presses_and_of_what_was_broken_off(name: str, mistake: Mistake, key: str) -> None:
    assert is_hinted(key, "free", name, mistake)


def test_free_practice_without_a_mistake_has_nothing_to_say() -> None:
    assert run(FIRST, "free").hints == []


def test_an_exam_says_nothing() -> None:
    heard = run(FIRST, "exam")
    assert heard.hints == []
    assert {clip for _, clip in heard.said} == {"phase_start"}
    assert heard.last is not None
    assert [m.segment_id for m in heard.last.segments] == list(FIRST)


def test_free_practice_recognises_what_is_done() -> None:
    heard = run(FIRST, "free")
    assert [s for s in dict.fromkeys(m.segment for m in heard.moments) if s] == list(FIRST)
    assert heard.state is not None
    assert set(heard.state.done_segments) == set(FIRST)


def test_every_hint_and_every_cause_is_in_the_catalogues() -> None:
    for lang in LANGS:
        known = texts(lang)
        assert {key for key in known if key.startswith("hint_")} >= {"hint_more", "hint_slower"}
        assert "unseen_covered" in known
