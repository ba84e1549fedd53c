"""What is learned: features that are there, a model that is the same every time, and a blend that is a blend."""

from __future__ import annotations

import numpy as np

from coach.domain import HANDS, Hand, HandTrack
from coach.protocol.files import load
from coach.score import session
from tests.bench.features import IDLE, features, labels, moments, traces_of
from tests.bench.learned import Evidence, Scene, alone, blended, train
from tests.fakes.hands import absent, circling, frames, staying, track

NAME = "scapula_right_circles"


def scene(left: bool = True) -> Scene:
    """Circles of the right hand; the left one rests, or is never seen."""
    time_s = frames(16.0, 15.0)
    path = circling((0.73, 0.25), (0.11, 0.15), turns=5, turn_s=2.3, begin_s=2.0)
    truth = {"segments": [{"id": NAME, "start_s": 2.0, "end_s": 13.5, "repetitions": [], "holds": []}]}
    rests = track("left", time_s, staying((0.2, 0.5))(time_s)) if left else absent("left", time_s)
    tracks: dict[Hand, HandTrack] = {"left": rests, "right": track("right", time_s, path(time_s))}
    return Scene("one", tracks, truth, np.eye(4, 2))


def test_a_circle_is_swept_and_an_unseen_hand_is_nan() -> None:
    traces = traces_of(scene(left=False).tracks)
    table, times = features(traces), moments(traces)
    assert len(table) == len(times)
    unseen = np.isnan(table).all(axis=0)
    assert unseen.any()
    assert not unseen.all()
    assert labels(scene().truth, times).count(NAME) == int(np.sum((times >= 2.0) & (times < 13.5)))


def test_training_is_the_same_every_time_and_learns() -> None:
    one, again = (train([scene()] * 6) for _ in range(2))  # a leaf holds 20 moments at least
    traces = traces_of(scene().tracks)
    times, sure = one.probabilities(traces)
    np.testing.assert_array_equal(sure, again.probabilities(traces)[1])
    best = [one.names[k] for k in np.argmax(sure, axis=1)]
    assert np.mean([a == b for a, b in zip(best, labels(scene().truth, times), strict=True)]) > 0.9


def test_a_blend_is_between_the_two() -> None:
    traces, protocol = traces_of(scene().tracks), load("oxytocin")
    names = (IDLE, *(segment.id for segment in protocol.segments))
    times = moments(traces)
    sure = np.zeros((len(times), len(names)))
    sure[:, names.index(NAME)] = 1.0
    evidence = Evidence(times, sure, names)
    plain = {c.span: c for c in session.candidates(traces, protocol)}  # type: ignore[attr-defined]
    with blended(evidence, 0.5):
        mixed = session.candidates(traces, protocol)  # type: ignore[attr-defined]
    assert {hand for c in mixed for hand in c.hands} <= set(HANDS)
    for c in mixed:
        wanted = 1.0 if protocol.segments[c.rank].id == NAME else 0.0
        assert np.isclose(c.fit, (plain[c.span].fit + wanted) / 2) or c.rank != plain[c.span].rank
    made = alone(evidence)
    assert [s["id"] for s in made["segments"]] == [NAME]
