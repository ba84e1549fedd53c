"""Six states, each for its cause and with its reason; only three of them have a nilai."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import numpy as np
import pytest

from coach import wiring
from coach.correct.fold import corrected
from coach.domain import (
    HANDS,
    BackInfo,
    Hand,
    HandTrack,
    InputError,
    ItemScore,
    PracticeInfo,
    Reason,
    SegmentMatch,
    Session,
    Span,
    State,
    Status,
    Value,
    Verdict,
    VideoInfo,
)
from coach.messages import LANGS, Catalogue
from coach.protocol import files
from coach.reports import session as read_back
from coach.score import film, step
from coach.score.evidence import Visibility
from coach.score.scope import chosen, narrowed
from coach.score.verdict import conclude
from coach.summary import wording
from coach.summary.report import report
from tests.summary.example import hardly_seen, session

RULES = files.load("oxytocin")
RIGHT = session(RULES, {}, "", "").items
TICKED = tuple(replace(i, points=2, status="scored") if i.kind == "manual" else i for i in RIGHT)


def rated(items: tuple[ItemScore, ...], points: int | None, *ids: str) -> tuple[ItemScore, ...]:
    status: Status = "not_visible" if points is None else "scored"
    return tuple(replace(i, points=points, status=status) if i.item_id in ids else i for i in items)


def of_kind(kind: str) -> list[str]:
    return [i.item_id for i in RIGHT if i.kind == kind]


def test_all_right_and_ticked_passes_and_until_it_is_ticked_only_for_now() -> None:
    total, verdict = conclude(TICKED, RULES)
    assert (verdict.state, total.percent, total.passed) == ("passed", 100.0, True)
    total, verdict = conclude(RIGHT, RULES)
    assert (verdict.state, total.percent, total.passed) == ("provisional", 100.0, True)
    assert verdict.reason.values["open"] == len(RULES.manual)


@pytest.mark.parametrize("item", ["consent", "hands_washed", "love.performed", "neck_points.performed"])
def test_without_what_is_critical_nobody_passes_whatever_the_sum(item: str) -> None:
    total, verdict = conclude(rated(TICKED, 0, item), RULES)
    assert (verdict.state, verdict.reason.key, total.passed) == ("not_passed", "verdict_critical", False)
    assert verdict.reason.values["what"] == item.split(".", maxsplit=1)[0]
    assert total.percent is not None
    assert total.percent > 98
    assert conclude(rated(TICKED, 1, item), RULES)[1].state == "passed"


def test_a_critical_step_that_the_camera_lost_is_for_the_trainer() -> None:
    verdict = conclude(rated(TICKED, None, "heart.performed"), RULES)[1]
    assert (verdict.state, verdict.reason.values["open"]) == ("provisional", 1)


def test_below_the_mark_is_not_passed() -> None:
    total, verdict = conclude(tuple(replace(i, points=1) for i in TICKED), RULES)
    assert (verdict.state, total.percent, total.passed) == ("not_passed", 50.0, False)


@pytest.mark.parametrize("kind", ["count", "performed"])
def test_without_one_count_or_one_step_nothing_is_decided(kind: str) -> None:
    total, verdict = conclude(rated(TICKED, None, *of_kind(kind)), RULES)
    assert (verdict.state, total.percent, total.passed) == ("undecided", None, None)
    assert verdict.reason.key == "verdict_none_of_kind"
    assert conclude(rated(TICKED, None, *of_kind(kind)[1:]), RULES)[1].state != "undecided"


def test_where_too_little_was_rated_nothing_is_decided() -> None:
    made = hardly_seen(RULES)
    assert (made.verdict.state, made.verdict.reason.key) == ("undecided", "verdict_too_few")
    assert (made.total.percent, made.total.passed) == (None, None)


@pytest.mark.parametrize(("practice", "key"), [
    (PracticeInfo("exam", None, pain="ended"), "verdict_pain"),
    (PracticeInfo("again", "heart"), "verdict_one_step"),
])  # fmt: skip
def test_who_stops_for_pain_or_practises_one_step_is_not_judged(practice: PracticeInfo, key: str) -> None:
    total, verdict = conclude(TICKED, RULES, practice=practice)
    assert (verdict.state, verdict.reason.key, total.percent) == ("undecided", key, None)


def test_who_practises_a_whole_part_is_judged_by_that_part() -> None:
    back = ",".join(segment.id for segment in RULES.segments if segment.part == "back")

    def made(segment: str) -> Session:
        seen = Visibility(tracks(15.0, 60.0)["left"].time_s, {hand: np.ones(900, dtype=np.bool_) for hand in HANDS})
        hands: dict[Hand, HandTrack] = tracks(15.0, 60.0)  # type: ignore[assignment]
        told = VideoInfo("live", 900, 60.0), BackInfo("given", np.zeros((4, 2)))
        return wiring.session(*told, hands, ((), tuple(TICKED), seen), RULES, PracticeInfo("again", segment))

    whole = made(back)
    assert (whole.verdict.state, whole.scope, whole.named) == ("passed", ("back",), True)
    assert {item.segment_id for item in whole.items if item.points is not None} - {None} == set(back.split(","))
    step = made("heart")
    assert (step.verdict.reason.key, step.scope) == ("verdict_one_step", RULES.part_ids)


# ------------------------------------------------------------------ the film
def tracks(rate: float, lasts_s: float, moves: bool = True) -> dict[str, HandTrack]:
    time_s = np.arange(0.0, lasts_s, 1.0 / rate)
    x = 0.5 + (0.2 * np.sin(3.0 * time_s) if moves else 0.0 * time_s)
    landmarks = np.repeat(np.stack([x, 0.3 + 0.0 * x], axis=1)[:, None], 21, axis=1)
    seen = np.ones(len(time_s), dtype=np.bool_)
    return {hand: HandTrack(hand, time_s, landmarks, seen, ~seen) for hand in HANDS}


def judge(
    rate: float = 15.0,
    lasts_s: float = 150.0,
    done: tuple[tuple[str, float, float], ...] = (),
    truncated: bool = False,
    scope: tuple[str, ...] = RULES.part_ids,
    given: bool = False,
    live: bool = False,
    lost: tuple[Span, ...] = (),
) -> Verdict | None:
    found = tuple(SegmentMatch(name, Span(start, end), 1.0) for name, start, end in done)
    video = VideoInfo("x", 1, lasts_s, truncated, lost)
    filmed = film.Filmed(video, tracks(rate, lasts_s), found, live=live)  # type: ignore[arg-type]
    return film.flaw(filmed, RULES, scope, given=given)


ALL = tuple((s.id, 10.0 * k, 10.0 * k + 10.0) for k, s in enumerate(RULES.segments))


def test_a_whole_massage_has_no_flaw() -> None:
    assert judge(done=ALL) is None
    assert judge(done=ALL, rate=8.1) is None
    assert judge(done=ALL, truncated=True) is None  # what was cut off was not needed


@pytest.mark.parametrize(("live", "key"), [(True, "verdict_slow_laptop"), (False, "verdict_few_pictures")])
@pytest.mark.parametrize("rate", [2.0, 5.0, 7.5])
def test_with_too_few_pictures_a_second_nothing_is_rated(live: bool, key: str, rate: float) -> None:
    flaw = judge(rate=rate, done=ALL, live=live)
    assert flaw is not None
    assert (flaw.state, flaw.reason.key, flaw.reason.values["rate"]) == ("damaged", key, rate)
    items = film.unrated(RIGHT, flaw)
    total, verdict = conclude(items, RULES, flaw)
    assert (verdict, total.max_points, total.percent) == (flaw, 0, None)
    assert {i.status for i in items} == {"not_visible", "manual"}


def test_hands_that_do_something_else_show_no_massage() -> None:
    flaw = judge(done=(("heart", 10.0, 15.0),))
    assert flaw is not None
    assert (flaw.state, flaw.reason.key) == ("other_motion", "verdict_other_motion")
    assert (flaw := judge(done=())) is not None
    assert flaw.state == "other_motion"


def test_a_film_that_is_a_little_too_short_is_not_said_to_be_as_long_as_it_must_be() -> None:
    flaw = judge(lasts_s=20.0, done=ALL[:1], given=True)
    assert flaw is not None
    needed_s = flaw.reason.values["needed_s"]
    assert isinstance(needed_s, int)
    nearly = judge(lasts_s=needed_s - 1.2, done=ALL[:4], given=True)
    assert nearly is not None
    assert (nearly.reason.values["lasts_s"], nearly.reason.values["needed_s"]) == (needed_s - 2, needed_s)


def test_a_short_or_broken_film_is_told_as_such() -> None:
    for flaw, key in (
        (judge(lasts_s=1.0), "verdict_too_short"),
        (judge(lasts_s=20.0, done=ALL[:1], given=True), "verdict_too_short"),
        (judge(done=ALL[:7], truncated=True, lasts_s=75.0), "verdict_cut_off"),
        (judge(done=ALL, lost=(Span(22.0, 31.0),)), "verdict_holes"),
    ):
        assert flaw is not None
        assert (flaw.state, flaw.reason.key) == ("damaged", key)


def test_a_part_filmed_on_its_own_asks_for_its_parts_and_is_judged_once_they_are_chosen() -> None:
    back = tuple((name, start - 80.0, end - 80.0) for name, start, end in ALL if start >= 90.0)
    flaw = judge(lasts_s=55.0, done=back)
    assert flaw is not None
    assert (flaw.state, flaw.reason.values) == ("undecided", {"parts": "back"})
    assert conclude(TICKED, RULES, flaw)[0].percent is None
    assert judge(lasts_s=55.0, done=back, scope=("back",), given=True) is None
    # with room for the rest it was left out, and that is no question of the film
    assert judge(lasts_s=150.0, done=tuple((n, a + 80.0, b + 80.0) for n, a, b in back)) is None


def test_a_film_of_another_part_than_the_chosen_one_says_so() -> None:
    flaw = judge(lasts_s=60.0, done=ALL[:5], scope=("back",), given=True)
    assert flaw is not None
    assert (flaw.state, flaw.reason.key) == ("other_motion", "verdict_other_part")


def test_holes_are_where_no_picture_came() -> None:
    assert film.holes(np.array([0.0, 0.1, 0.2, 9.2, 9.3])) == (Span(0.2, 9.2),)
    assert film.rate(np.array([0.0, 0.1, 0.2, 9.2, 9.3])) == pytest.approx(10.0)


def test_what_is_not_asked_for_does_not_apply() -> None:
    items = narrowed(TICKED, RULES, ("back",))
    assert {i.status for i in items if (i.segment_id or "").startswith("neck")} == {"not_applicable"}
    assert conclude(rated(items, None, "x"), RULES)[1].state == "passed"
    assert chosen(("back", "neck"), RULES) == ("neck", "back")
    assert chosen((), RULES) == RULES.part_ids
    with pytest.raises(InputError) as refused:
        chosen(("punggung",), RULES)
    assert refused.value.key == "part_missing"


def test_a_trainer_who_rates_a_bad_film_herself_decides() -> None:
    flaw = Verdict("damaged", Reason("verdict_few_pictures", {"rate": 3.0, "least": 8.0}))
    made = replace(session(RULES), items=film.unrated(RIGHT, flaw), verdict=flaw)
    assert corrected(made, RULES, []).session.verdict == flaw
    assert conclude(TICKED, RULES, flaw)[1].state == "passed"


def test_a_report_keeps_the_verdict_and_an_older_one_has_what_its_score_tells() -> None:
    made = session(RULES)
    told = report(made)
    assert read_back(told).verdict == made.verdict
    assert read_back(told).scope == RULES.part_ids
    older = {name: value for name, value in told.items() if name not in ("verdict", "scope")}
    assert read_back(older).verdict.state == "not_passed"


def test_every_verdict_and_reason_is_a_sentence_in_both_languages() -> None:
    values: dict[str, Value] = {
        "percent": 81.0, "mark": 80.0, "open": 7, "what": "heart", "more": 0, "rated": 2, "of": 61, "least": 50.0,
        "kind": "count", "rate": 5.0, "parts": "neck, back", "start_s": 22.0, "end_s": 31.0, "at_s": 75.0,
        "lasts_s": 12.0, "needed_s": 45.0,
    }  # fmt: skip
    keys = {*film.FLAWS, "verdict_passed", "verdict_not_passed", "verdict_critical", "verdict_provisional_passed"}
    keys |= {"verdict_provisional_failed", "verdict_nothing", "verdict_too_few", "verdict_none_of_kind"}
    keys |= {"verdict_pain", "verdict_one_step", "verdict_older"}
    for lang in LANGS:
        for key in keys:
            text = wording.why(Verdict("undecided", Reason(key, values)), RULES, Catalogue(lang))
            assert text.endswith(".")
            assert not {"{", "_"} & set(text)
        assert len({wording.state(state, Catalogue(lang)) for state in get_args(State)}) == 6


@pytest.mark.parametrize(("points", "word"), [
    ((2, 2, 2, 2, 2, 2), "right"),
    ((2, 2, None, 2, 2, None), "partly_seen"),
    ((2, 1, None, 2, 2, 2), "improve"),
    ((0, 0, 0, 0, 0, 0), "skipped"),
    ((None,) * 6, "not_visible"),
])  # fmt: skip
def test_a_step_in_one_word(points: tuple[int | None, ...], word: str) -> None:
    of_heart = [i for i in RIGHT if i.segment_id == "heart"]
    made = [rated((item,), p, item.item_id)[0] for item, p in zip(of_heart, points, strict=True)]
    assert step.state(made) == word
    assert step.states(made) == {"heart": word}
    for lang in LANGS:
        assert f"status_{word}" in Catalogue(lang)


def test_a_step_of_a_bad_film_or_out_of_scope_is_not_rated() -> None:
    flaw = Verdict("damaged", Reason("verdict_few_pictures"))
    assert set(step.states(film.unrated(RIGHT, flaw)).values()) == {"unjudged"}
    assert step.states(narrowed(RIGHT, RULES, ("back",)))["neck_stroke"] == "out_of_scope"
