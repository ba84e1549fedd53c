"""Random work of a trainer: whatever the page offers, in whatever order, gives a sheet."""

from __future__ import annotations

import random
from typing import Any

import pytest

from coach.correct.events import event
from coach.correct.fold import Corrected, corrected
from coach.domain import Hold, Repetition, SegmentMatch
from coach.messages import Catalogue
from coach.protocol import files
from coach.reports import session as read_back
from coach.summary.checklist import plain
from coach.summary.report import report
from tests.summary.example import session as example

SEQUENCES, BLOCKS, LONGEST = 600, 6, 8
PROTOCOL = files.load("oxytocin")
STEPS = [segment.id for segment in PROTOCOL.segments]
PRESSED = {segment.id for segment in PROTOCOL.segments if segment.hold is not None}
MACHINE = example(PROTOCOL)
END_S = 140.0
HANDS = ("left", "right", "both")


def stretch(chance: random.Random) -> dict[str, float]:
    start = chance.uniform(0.0, END_S)
    return {"start_s": start, "end_s": start + chance.uniform(0.1, 12.0)}


def within(match: SegmentMatch, chance: random.Random) -> float:
    return chance.uniform(match.span.start_s, match.span.end_s)


def of_segment(match: SegmentMatch, chance: random.Random) -> dict[str, Any]:
    at = {"segment": match.segment_id, "at_s": within(match, chance)}
    return chance.choice(
        [
            {"do": "rename_segment", "to": chance.choice(STEPS)} | at,
            {"do": "move_segment"} | stretch(chance) | at,
            {"do": "split_segment", "cut_s": within(match, chance)} | at,
            {"do": "delete_segment"} | at,
            {"do": "add_repetition", "segment": match.segment_id, "hand": chance.choice(HANDS)} | stretch(chance),
            {"do": "add_hold", "segment": match.segment_id, "point": point(match.segment_id, chance), "hand": "left"}
            | stretch(chance),
        ]
    )


def point(step: str, chance: random.Random) -> str:
    rule = PROTOCOL.segment(step).hold
    return "3" if rule is None else chance.choice([*rule.points, *rule.confusable]).id


def of_repetition(match: SegmentMatch, one: Repetition, chance: random.Random) -> dict[str, Any]:
    at = {"segment": match.segment_id, "at_s": one.span.start_s}
    return chance.choice(
        [
            {"do": "move_repetition"} | stretch(chance) | at,
            {"do": "change_repetition", "hand": chance.choice(HANDS), "whole": chance.random() < 0.5} | at,
            {"do": "split_repetition", "cut_s": (one.span.start_s + one.span.end_s) / 2} | at,
            {"do": "delete_repetition"} | at,
        ]
    )


def of_hold(match: SegmentMatch, one: Hold, chance: random.Random) -> dict[str, Any]:
    at = {"segment": match.segment_id, "at_s": one.span.start_s, "point": one.point}
    return chance.choice(
        [
            {"do": "move_hold"} | stretch(chance) | at,
            {"do": "rename_hold", "to": point(match.segment_id, chance)} | at,
            {"do": "delete_hold"} | at,
        ]
    )


def offered(now: Corrected, done: int, chance: random.Random) -> dict[str, Any]:
    """One of the things that the page offers for what stands now."""
    choices = [{"do": "add_segment", "segment": chance.choice(STEPS)} | stretch(chance)]
    if done:
        choices.append({"do": "undo", "event": str(chance.randrange(done))})
    for match in chance.sample(now.session.segments, min(3, len(now.session.segments))):
        choices.append(of_segment(match, chance))
        choices += [of_repetition(match, one, chance) for one in match.repetitions[:2]]
        choices += [of_hold(match, one, chance) for one in match.holds[:2]]
    return chance.choice(choices)


def fold(events: list[dict[str, Any]]) -> Corrected:
    return corrected(MACHINE, PROTOCOL, [(str(k), event(one)) for k, one in enumerate(events)])


@pytest.mark.parametrize("block", range(BLOCKS))
def test_whatever_the_page_offers_gives_a_sheet(block: int) -> None:
    for number in range(block, SEQUENCES, BLOCKS):
        chance, events = random.Random(number), list[dict[str, Any]]()
        now = fold(events)
        for _ in range(chance.randint(1, LONGEST)):
            events.append(offered(now, len(events), chance))
            now = fold(events)
        assert [i.item_id for i in now.session.items] == [i.item_id for i in MACHINE.items], events
        assert all(not (m.repetitions if m.segment_id in PRESSED else m.holds) for m in now.session.segments), events
        assert read_back(report(now.session)).total == now.session.total, events
        if number % 20 == block % 20:  # the paper is slow to set
            assert plain(now.session, PROTOCOL, Catalogue("id")), events


@pytest.mark.parametrize("step", STEPS)
def test_every_step_may_be_renamed_to_every_other_and_back(step: str) -> None:
    match = next((m for m in MACHINE.segments if m.segment_id == step), None)
    if match is None:  # the example leaves two steps out
        added = {"do": "add_segment", "segment": step, "start_s": 150.0, "end_s": 159.0}
        at_s, before = 155.0, [added]
    else:
        at_s, before = match.span.start_s + 1.0, []
    for to in STEPS:
        there = {"do": "rename_segment", "segment": step, "at_s": at_s, "to": to}
        found = fold([*before, there])
        assert any(m.segment_id == to for m in found.session.segments)
        if to != step:
            back = fold([*before, there, {"do": "undo", "event": str(len(before))}])
            assert back.session == fold([*before]).session
