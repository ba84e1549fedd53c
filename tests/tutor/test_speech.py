"""One clip at a time, and none whose moment has passed."""

from __future__ import annotations

import pytest

from coach.parameters.hints import CLIPS_KEPT
from coach.tutor.clip_lengths import CLIPS_S
from coach.tutor.speech import Speech


def heard(speech: Speech, from_s: float, to_s: float) -> list[tuple[float, str]]:
    out, known, now_s = [], {s.id for s in speech.said}, from_s
    while now_s < to_s:
        speech.tick(now_s)
        out += [(round(now_s, 2), s.clip) for s in speech.said if s.id not in known]
        known |= {s.id for s in speech.said}
        now_s += 0.05
    return out


@pytest.mark.parametrize("hint", ["hint_slower", "hint_in_turn"])
def test_the_next_clip_waits_until_the_last_is_said(hint: str) -> None:
    """As long as its recording takes, which is a second for the one, more than four for the other."""
    speech = Speech()
    speech.say(hint, "hint", 0.0)
    speech.say("segment_heart", "step", 0.0)
    said = heard(speech, 0.0, 6.0)
    assert [clip for _, clip in said] == [hint, "segment_heart"]
    assert said[1][0] - said[0][0] == pytest.approx(CLIPS_S[hint], abs=0.06)


def test_a_stop_waits_for_nothing_and_is_said_to_its_end() -> None:
    speech = Speech()
    speech.say("hint_in_turn", "hint", 0.0)
    speech.tick(0.0)
    speech.say("segment_heart", "step", 0.2)
    speech.say("phase_resumed", "phase", 0.3)
    speech.say("phase_stopped", "phase", 0.3)  # in place of the other, which would be cut short
    assert heard(speech, 0.3, 6.0) == [(0.3, "phase_stopped"), (pytest.approx(4.1, abs=0.06), "segment_heart")]


def test_a_count_is_said_at_once_or_never() -> None:
    speech = Speech()
    speech.say("count_1", "count", 0.0)
    assert heard(speech, 0.0, 1.0) == [(0.0, "count_1")]
    speech.say("hint_slower", "hint", 1.0)
    speech.tick(1.0)
    speech.say("count_2", "count", 1.1)
    assert "count_2" not in [clip for _, clip in heard(speech, 1.1, 6.0)]


def test_a_newer_count_takes_the_place_of_one_that_waits() -> None:
    speech = Speech()
    speech.say("count_1", "count", 0.0)
    speech.say("count_2", "count", 0.1)
    assert heard(speech, 0.1, 2.0) == [(0.1, "count_2")]


def test_ids_grow_and_the_last_few_stay() -> None:
    speech = Speech()
    for k in range(9):
        speech.say(f"phase_{k}", "phase", 3.0 * k)
        speech.tick(3.0 * k)
    ids = [s.id for s in speech.said]
    assert ids == sorted(ids)
    assert len(ids) == CLIPS_KEPT
    assert ids[-1] == 9


def test_what_is_no_longer_true_is_not_said() -> None:
    speech = Speech()
    speech.say("hint_slower", "hint", 0.0)
    speech.forget("hint")
    assert heard(speech, 0.0, 3.0) == []


def test_what_is_said_of_a_step_that_is_over_waits_for_no_one() -> None:
    """A hint that takes three seconds would keep "enough" from being said in time."""
    speech = Speech()
    speech.say("hint_more", "hint", 0.0)
    assert heard(speech, 0.0, 0.5) == [(0.0, "hint_more")]
    speech.drop("hint")
    speech.say("segment_heart", "step", 0.5)
    assert heard(speech, 0.5, 1.0) == [(0.5, "segment_heart")]
    speech.say("hint_slower", "hint", 3.0)
    assert heard(speech, 3.0, 3.5) == [(3.0, "hint_slower")]
    speech.say("enough_next+segment_love", "next", 3.5)
    assert heard(speech, 3.5, 4.0) == [(3.5, "enough_next+segment_love")]
