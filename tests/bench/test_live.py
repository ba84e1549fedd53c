"""The live bench itself: hints against planted mistakes, labels that never change again."""

from __future__ import annotations

from typing import Any

import pytest

from coach.domain import ItemScore, Reason, Span, Status
from coach.tutor import Hint
from tests.bench import hinting
from tests.bench.live import lags, lost, most, quantile, wanted
from tests.fakes.protocols import shipped
from tests.tutor.labels import EACH_S, Label, labelled
from tests.tutor.rehearsal import Moment, Rehearsal


def segment(name: str, start_s: float, faults: tuple[str, ...] = (), count: int = 5) -> dict[str, Any]:
    done = [{"start_s": start_s + 4.0 * k, "end_s": start_s + 4.0 * k + 3.0, "hand": "both"} for k in range(count)]
    return {
        "id": name,
        "start_s": start_s,
        "end_s": start_s + 4.0 * count,
        "faults": list(faults),
        "repetitions": done,
        "holds": [],
    }


TRUTH = {"segments": [segment("spine_strokes", 10.0), segment("heart", 40.0, ("too_fast",)), segment("love", 70.0)]}


def given(*hints: tuple[float, str, str]) -> hinting.Hinting:
    return hinting.compare([(t, Hint(key, {}, name)) for t, name, key in hints], TRUTH)


def test_the_right_hint_in_time() -> None:
    found = given((48.0, "heart", "hint_slower"))
    assert (found.planted, found.in_time, found.ever) == (1, 1, 1)
    assert (found.clean, found.quiet) == (2, 2)
    assert (found.given, found.right) == (1, 1)
    assert found.delays_s == [pytest.approx(1.0)]


def test_a_late_hint_is_no_hint_in_time() -> None:
    found = given((58.0, "heart", "hint_slower"))
    assert (found.in_time, found.ever) == (0, 1)


def test_another_hint_does_not_tell_of_the_mistake() -> None:
    found = given((48.0, "heart", "hint_shape"))
    assert (found.in_time, found.right) == (0, 0)


def test_a_hint_where_nothing_is_wrong_is_counted_and_a_prompt_is_not() -> None:
    found = given((15.0, "spine_strokes", "hint_slower"), (70.5, "love", "hint_begin"))
    assert (found.clean, found.quiet, found.given, found.right) == (2, 1, 1, 0)


@pytest.mark.parametrize(("time_s", "quiet"), [(9.0, 2), (10.5, 2), (12.0, 1), (29.0, 1), (30.5, 2)])
def test_who_is_at_a_step_is_not_to_be_asked_to_begin_it(time_s: float, quiet: int) -> None:
    assert given((time_s, "spine_strokes", "hint_begin")).quiet == quiet


def test_a_step_that_was_left_out_may_be_asked_for() -> None:
    found = given((16.0, "neck_stroke", "hint_step_first"))
    assert (found.quiet, found.right) == (2, 1)
    assert given((16.0, "neck_stroke", "hint_slower")).quiet == 1


def test_of_a_step_that_is_never_done_no_point_is_pressed() -> None:
    found = given((16.0, "neck_points", "hint_missing_point"))
    assert (found.quiet, found.right) == (2, 1)
    assert given((5.0, "love", "hint_missing_point")).quiet == 1


def test_too_few_is_known_once_the_next_segment_is_on_its_way_or_nothing_comes() -> None:
    near = {"segments": [segment("spine_strokes", 10.0, ("too_few",), 3), segment("heart", 24.0)]}
    alone = {"segments": [segment("spine_strokes", 10.0, ("too_few",), 3)]}
    more = Hint("hint_more", {}, "spine_strokes")
    assert hinting.compare([(33.0, more)], near).in_time == 1
    assert hinting.compare([(40.0, more)], near).in_time == 0
    assert hinting.compare([(34.0, more)], alone).in_time == 1


def broken(*whole: int) -> dict[str, Any]:
    """Five strokes of 3 s every 4 s from 10 s on, of which only some are whole."""
    out = segment("spine_strokes", 10.0, ("partial",))
    every = out["repetitions"]
    return out | {
        "repetitions": [every[k] for k in whole],
        "partial": [r for k, r in enumerate(every) if k not in whole],
    }


@pytest.mark.parametrize(
    ("whole", "knowable_s"),
    [((0, 2, 3, 4), 21.0), ((0, 3, 4), 21.0), ((1, 2, 3, 4), 17.0), ((0, 1, 2), 29.0)],
)
def test_a_stroke_broken_off_is_known_once_the_next_is_over(whole: tuple[int, ...], knowable_s: float) -> None:
    assert hinting._knowable("partial", 0, [broken(*whole)]) == knowable_s


def test_the_last_one_broken_off_is_known_when_nothing_follows() -> None:
    assert hinting._knowable("partial", 0, [broken(0, 1, 2, 3)]) == 30.0 + 4.0 + 1.6 * 5.0


def test_both_hands_at_once_may_be_the_sixth_heart() -> None:
    love = segment("love", 70.0, ("no_alternation",))
    assert hinting._knowable("no_alternation", 1, [segment("heart", 40.0, count=6), love]) == 77.0
    assert hinting._knowable("no_alternation", 1, [segment("heart", 40.0, count=5), love]) == 81.0


def test_what_nobody_can_know_before_the_film_ends_is_not_asked_for() -> None:
    alone = {"segments": [segment("spine_strokes", 10.0, ("too_few",), 3)]}
    assert hinting.compare([], alone | {"duration_s": 25.0}).planted == 0
    assert hinting.compare([], alone | {"duration_s": 60.0}).planted == 1


def test_too_fast_is_known_once_two_repetitions_were() -> None:
    """Shoulder strokes may take 1.6 s."""
    lasts_s = (1.7, 1.5, 1.7, 1.5, 1.5)
    done = [{"start_s": 2.0 * k, "end_s": 2.0 * k + lasts} for k, lasts in enumerate(lasts_s)]
    one = {"id": "shoulder_stroke", "start_s": 0.0, "end_s": 9.5, "repetitions": done, "holds": []}
    assert hinting._knowable("too_fast", 0, [one], shipped("oxytocin")) == 7.5
    assert hinting._knowable("too_fast", 0, [one]) == 3.5


def test_what_the_protocol_allows_is_no_mistake_though_it_was_meant_as_one() -> None:
    """Shoulder strokes may take 1.6 s."""
    for lasts_s, planted in ((1.5, 1), (1.7, 0)):
        done = [{"start_s": 2.0 * k, "end_s": 2.0 * k + lasts_s} for k in range(5)]
        one = {
            "id": "shoulder_stroke",
            "start_s": 0.0,
            "end_s": 9.7,
            "repetitions": done,
            "holds": [],
            "faults": ["too_fast"],
        }
        slower = (6.0, Hint("hint_slower", {}, "shoulder_stroke"))
        found = hinting.compare([slower], {"segments": [one], "faults": []}, protocol=shipped("oxytocin"))
        assert (found.planted, found.in_time, found.clean, found.quiet) == (planted, planted, 1 - planted, 0)


@pytest.mark.parametrize(("point", "at_s", "true"), [("3", 9.0, True), ("3", 13.0, False), ("6", 9.0, False)])
def test_a_hint_that_asks_for_a_point_that_was_pressed_is_not_right(point: str, at_s: float, true: bool) -> None:
    name = "scapula_left_points"
    holds = [{"point": p, "start_s": s, "end_s": s + 3.0} for p, s in (("6", 5.0), ("3", 9.0), ("8", 13.0))]
    one = segment(name, 5.0, ("wrong_sequence",), 0) | {"end_s": 16.0, "holds": holds}
    first = (at_s, Hint("hint_point_first", {"point": point}, name))
    found = hinting.compare([first], {"segments": [one]}, protocol=shipped("oxytocin"))
    assert (found.planted, found.in_time, found.right, len(found.false)) == (1, true, true, not true)


@pytest.mark.parametrize(
    ("lost", "late_s", "found"),
    [
        (("heart", "tempo"), 0.0, (1, 1)),
        (("heart", "tempo"), 9.0, (1, 0)),
        (("heart", "count"), 0.0, (0, 0)),
        (("love", "tempo"), 0.0, (0, 0)),
    ],
)
def test_of_the_mistakes_that_cost_points_in_the_review_those_in_time_are_told(
    lost: tuple[str, str], late_s: float, found: tuple[int, int]
) -> None:
    hint = (48.0 + late_s, Hint("hint_slower", {}, "heart"))
    told = hinting.compare([hint], TRUTH, lost={lost})
    assert (told.found, told.found_in_time) == found
    assert ["not found in the review" in line for line in told.missed] == [found == (0, 0)] * (late_s > 0.0)
    twice = hinting.Hinting()
    twice.add(told)
    twice.add(told)
    assert (twice.found, twice.found_in_time) == (2 * found[0], 2 * found[1])


def test_what_could_not_be_rated_lost_no_points() -> None:
    def item(kind: str, points: int | None) -> ItemScore:
        status: Status = "not_visible" if points is None else "scored"
        return ItemScore(f"heart.{kind}", "heart", kind, points, 2, status, (), Reason("done", {}))

    assert lost([item("count", 2), item("tempo", 1), item("hands", 0), item("path", None)]) == {
        ("heart", "tempo"),
        ("heart", "hands"),
    }


def test_many_sessions_add_up() -> None:
    whole = hinting.Hinting()
    for _ in range(2):
        whole.add(given((48.0, "heart", "hint_slower")))
    assert (whole.planted, whole.in_time, whole.clean) == (2, 2, 4)
    assert whole.by_mistake == {"too_fast": [True, True]}


def test_labels_become_segments() -> None:
    labels = [Label(0.5 * k, "heart" if 4 <= k < 14 and k != 8 else None) for k in range(20)]
    labels[18] = Label(9.0, "love")
    assert labelled(labels) == [{"id": "heart", "start_s": 2.0, "end_s": 6.5 + EACH_S}]
    labels[9] = Label(4.5, "love")  # for half a second, amid hearts
    labels[16:20] = [Label(0.5 * k, "love") for k in range(16, 20)]
    assert labelled(labels) == [
        {"id": "heart", "start_s": 2.0, "end_s": 6.5 + EACH_S},
        {"id": "love", "start_s": 8.0, "end_s": 9.5 + EACH_S},
    ]


def told(*stretches: tuple[float, float, Span | None], press: bool = False) -> list[tuple[float, float]]:
    """The segments of labels that tell in each stretch of a span; of none between them."""
    labels = [Label(EACH_S * k, None) for k in range(200)]
    for start_s, end_s, span in stretches:
        for k in range(round(start_s / EACH_S), round(end_s / EACH_S)):
            labels[k] = Label(EACH_S * k, "shoulder_points", span, press)
    return [(round(one["start_s"], 1), round(one["end_s"], 1)) for one in labelled(labels)]


@pytest.mark.parametrize(
    ("lasts_s", "for_s", "enough"), [(0.8, 0.4, True), (0.8, 0.3, False), (1.1, 0.9, False), (1.1, 1.0, True)]
)
def test_a_short_label_is_a_segment_where_it_is_half_of_one(lasts_s: float, for_s: float, enough: bool) -> None:
    """Of a short press a page tells for a moment only."""
    assert len(told((3.0, 3.0 + for_s, Span(3.0, 3.0 + lasts_s)))) == enough


def test_a_segment_that_is_told_to_begin_after_another_of_its_name_is_a_second_one() -> None:
    first, second = (2.0, 5.0, Span(2.0, 5.0)), (6.0, 9.0, Span(6.0, 9.0))
    assert told(first, second) == [(2.0, 5.0), (6.0, 9.0)]
    assert told(first, (5.0, 9.0, Span(5.0, 9.0))) == [(2.0, 5.0), (5.0, 9.0)]
    assert told(first, (6.0, 9.0, Span(2.0, 9.0))) == [(2.0, 9.0)]
    assert told(first, second, press=True) == [(2.0, 9.0)]  # two presses of one


def test_the_highest_count_that_was_shown() -> None:
    heard = Rehearsal(
        moments=[Moment(1.0, "heart", 1, False), Moment(2.0, "heart", 2, False), Moment(3.0, "love", 5, True)]
    )
    assert [heard.count_at(1.5, "heart"), heard.count_at(9.0, "heart"), heard.count_at(9.0, "neck")] == [1, 2, 0]
    assert wanted(segment("heart", 0.0)) == 5
    assert wanted(segment("love", 0.0) | {"per_side": {"left": 5, "right": 6}}) == 5


# ------------------------------------------------------------------ how late a repetition is counted
def counting(*shown: tuple[float, int]) -> list[Moment]:
    return [Moment(time_s, "spine_strokes", count, False) for time_s, count in shown]


def test_a_repetition_is_late_until_the_page_has_counted_so_many() -> None:
    moments = counting((9.0, 5), (13.5, 1), (17.8, 1), (18.0, 2), (26.0, 4))  # 9 s: of the run before
    assert lags(moments, segment("spine_strokes", 10.0, count=5), 9) == pytest.approx(
        [0.5, 1.0, 5.0, 1.0, float("inf")]
    )


def test_what_is_done_after_the_coach_has_gone_on_is_not_waited_for() -> None:
    assert len(lags(counting((13.5, 1)), segment("spine_strokes", 10.0, count=9), 6)) == 6
    assert most("spine_strokes", shipped("oxytocin")) == 6


def test_a_pair_in_turn_is_one() -> None:
    halves = segment("love", 10.0, count=4)
    for k, half in enumerate(halves["repetitions"]):
        half["hand"] = "left" if k % 2 else "right"
    moments = [Moment(18.0, "love", 1, False), Moment(25.5, "love", 2, False)]
    assert lags(moments, halves | {"per_side": {"left": 2, "right": 2}}, 9) == pytest.approx([1.0, 0.5])


def test_what_is_never_counted_is_later_than_all() -> None:
    late = [0.5, 0.4, float("inf"), 0.6]
    assert [quantile(late, share) for share in (0.0, 0.5, 0.75, 0.9)] == [0.4, 0.5, 0.6, float("inf")]
    assert quantile([0.1] * 9 + [float("inf")], 0.9) == 0.1


def test_where_one_side_of_two_was_done_nothing_is_waited_for() -> None:
    assert lags([], segment("love", 10.0, count=4) | {"per_side": {"left": 4, "right": 0}}, 9) == []
