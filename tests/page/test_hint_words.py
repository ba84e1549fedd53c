"""Every hint, with all that the tutor can put into it, as the page says it: a short sentence without a raw word."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

import coach
from coach.domain import HANDS, Value
from coach.messages import LANGS, Lang, page_texts, texts
from coach.protocol import Protocol, Segment, Title
from coach.protocol.files import load
from coach.web.about import about
from coach.web.clips import Clips
from coach.web.films import Films
from tests.page.conftest import Open
from tests.page.fake_practice import marking

# The line of the coach's voice has room for two lines of 34 px letters beside the stop. On a 14" laptop, 1366 px wide,
# their capitals are 5.5 mm high, twice what healthy eyes can just read at two metres; a third line would take height
# from the picture, and nobody reads three lines while her hands work.
LINES = 2
MOST = 80  # letters in these two lines, the end of the first not filled
ROOT = Path(coach.__file__).parents[1]
PROTOCOLS = [load(file.stem) for file in sorted((ROOT / "protocols").glob("*.toml"))]
TUTOR = "\n".join(file.read_text("utf-8") for file in sorted((ROOT / "coach" / "tutor").glob("*.py")))
GIVEN: dict[str, set[str]] = {  # what the tutor gives with each hint
    "hint_begin": {"segment"},
    "hint_slower": set(),
    "hint_both_hands": {"hand"},
    "hint_use_hand": {"hand"},
    "hint_together": set(),
    "hint_same_size": set(),
    "hint_in_turn": set(),
    "hint_to_the_end": set(),
    "hint_whole": set(),
    "hint_direction": set(),
    "hint_shape": set(),
    "hint_more": {"count", "low", "high"},
    "hint_more_before": {"segment", "count", "low"},
    "hint_longer": {"took_s", "low_s"},
    "hint_hold_longer": {"point", "held_s", "needed_s"},
    "hint_point_instead": {"point", "instead"},
    "hint_point_first": {"point"},
    "hint_missing_point": {"point"},
    "hint_order": {"expected"},
    "hint_step_first": {"segment"},
}
RAW = re.compile(r"[a-z0-9]_|[{}–]")  # an id of the protocol, and what stands where a value is not known

SAY = """async ([config, lang, hints, shown]) => {
  const { Words } = await import("/static/js/lib/words.js");
  const words = new Words(config, lang);
  return hints.map((hint) => shown.map((now) => words.hint(hint, now)));
}"""
LINES_SHOWN = """(text) => {
  const line = document.querySelector(".voice.hint [role=status]");
  line.textContent = text;
  const range = document.createRange();
  range.selectNodeContents(line);
  return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size;
}"""


def hints(protocol: Protocol) -> Iterator[dict[str, Any]]:
    """All that the tutor can say about a protocol's segments, as the page is told."""
    for segment in protocol.segments:
        for key, given in GIVEN.items():
            for values in _values(key, segment):
                assert set(values) == given, key
                yield {"key": key, "values": values, "segment": segment.id}


def _values(key: str, segment: Segment) -> Iterator[Mapping[str, Value]]:
    points = [point.id for point in segment.hold.points] if segment.hold else []
    if GIVEN[key] == {"segment"}:
        yield {"segment": segment.id}
    elif GIVEN[key] == {"hand"}:
        yield from ({"hand": hand} for hand in HANDS)
    elif GIVEN[key] == {"point"}:
        yield from ({"point": point} for point in points)
    elif key in ("hint_more", "hint_more_before") and segment.count is not None:
        low, high = segment.count.target
        for count in range(low):
            values: dict[str, Value] = {"segment": segment.id, "count": count, "low": low, "high": high}
            yield {name: values[name] for name in GIVEN[key]}
    elif key == "hint_hold_longer" and segment.hold is not None:
        for point in points:
            yield {"point": point, "held_s": 1.3, "needed_s": segment.hold.long_enough_s}
    elif key == "hint_point_instead" and segment.hold is not None:
        wrong = [point.id for point in segment.hold.confusable]
        yield from ({"point": point, "instead": instead} for point in points for instead in wrong)
    elif key == "hint_longer" and segment.duration is not None:
        yield {"took_s": 47, "low_s": 120}
    elif key == "hint_order" and segment.hold is not None and segment.hold.sequence == "in_order":
        yield {"expected": ", ".join(points)}
    elif not GIVEN[key]:
        yield {}


def possible(protocol: Protocol) -> set[str]:
    """The hints that its steps are enough for; points in an order are in one of the protocols alone."""
    counted = any(s.count is not None for s in protocol.segments)
    timed = any(s.duration is not None for s in protocol.segments)
    pressed = any(s.hold is not None for s in protocol.segments)
    never = {"hint_order"} | (set() if counted else {"hint_more", "hint_more_before"})
    never |= set() if timed else {"hint_longer"}
    never |= set() if pressed else {key for key, given in GIVEN.items() if "point" in given}
    return set(GIVEN) - never


def expected(hint: dict[str, Any], segment: Segment, protocol: Protocol, lang: Lang) -> str:
    """The sentence about the step that is shown."""

    def name(title: Title) -> str:
        return title.en if lang == "en" else title.id

    points = [*segment.hold.points, *segment.hold.confusable] if segment.hold else []
    titles = {point.id: name(point.title) for point in points}
    named = dict(hint["values"])
    for value in set(named) & {"point", "instead", "expected"}:
        named[value] = ", ".join(titles[point] for point in named[value].split(", "))
    if "segment" in named:
        named["segment"] = name(protocol.segment(named["segment"]).title)
    if "hand" in named:
        named["hand"] = page_texts(lang)[f"hand_{named['hand']}"]
    sided = segment.count is not None and segment.count.per == "side" and "count" in named
    text = page_texts(lang)[hint["key"] + ("_side" if sided else "")].format(**named)
    return text[0].upper() + text[1:]


def blurred(hint: dict[str, Any], segment: Segment, protocol: Protocol) -> bool:
    """Whether it names a point by the name of another step's, such as the same hour of the other shoulder blade."""

    def titles(of: Segment) -> dict[str, str]:
        return {p.id: p.title.id for p in (*of.hold.points, *of.hold.confusable)} if of.hold else {}

    others = {title for other in protocol.segments if other is not segment for title in titles(other).values()}
    ids = [point for name in ("point", "instead", "expected") for point in hint["values"].get(name, "").split(", ")]
    return any(titles(segment).get(point) in others for point in ids)


def test_the_hints_here_are_those_of_the_tutor_and_of_the_catalogue() -> None:
    assert set(GIVEN) == set(re.findall(r'"(hint_[a-z_]+)"', TUTOR))
    for lang in LANGS:
        assert set(GIVEN) == {key for key in texts(lang) if key.startswith("hint_")}
    told = re.findall(r'Hint\("(hint_[a-z_]+)", \{([^}]*)\}', TUTOR)
    assert len(told) > 8
    assert {key: set(re.findall(r'"(\w+)":', values)) for key, values in told} == {key: GIVEN[key] for key, _ in told}


@pytest.mark.parametrize("lang", LANGS)
def test_a_hint_asks_for_nothing_that_the_tutor_does_not_give(lang: Lang) -> None:
    for key, given in GIVEN.items():
        names = {name for _, name, _, _ in string.Formatter().parse(texts(lang)[key]) if name}
        assert names <= given, key


def test_down_is_the_way_of_all_strokes_whose_direction_is_told() -> None:
    """As the hint says it."""
    scored = [s for protocol in PROTOCOLS for s in protocol.segments if s.stroke_direction == "scored"]
    assert len(scored) >= 2
    for segment in scored:
        assert segment.path is not None
        (x0, y0), (x1, y1) = segment.path[0], segment.path[-1]
        assert y1 - y0 > abs(x1 - x0), segment.id


@pytest.mark.parametrize("lang", LANGS)
def test_every_hint_is_a_short_sentence_about_every_segment_hand_and_point(
    visit: Open, lang: Lang, tmp_path: Path
) -> None:
    here = visit(marking=marking(marked=True), lang=lang)
    longest = ""
    for protocol in PROTOCOLS:
        config = about(protocol, lang, Clips(tmp_path, set()), Films(tmp_path, set(), {}))
        all_hints, shown = list(hints(protocol)), [*(s.id for s in protocol.segments), None]
        assert {hint["key"] for hint in all_hints} >= possible(protocol)
        for hint, told in zip(all_hints, here.page.evaluate(SAY, [config, lang, all_hints, shown]), strict=True):
            segment = protocol.segment(hint["segment"])
            title = segment.title.en if lang == "en" else segment.title.id
            own = expected(hint, segment, protocol, lang)
            by_step = dict(zip(shown, told, strict=True))
            assert by_step.pop(segment.id) == own
            elsewhere = f"{title}. {own}" if blurred(hint, segment, protocol) else own  # another step is shown
            assert set(by_step.values()) == {elsewhere}
            for text in {own, elsewhere}:
                assert not RAW.search(text), text
                assert 5 < len(text) <= MOST, (len(text), text)
            longest = max(longest, elsewhere, key=len)
    here.practice.step("spine_strokes", count=4)
    here.show(hint={"key": "hint_slower", "values": {}, "segment": "spine_strokes"})
    here.page.wait_for_selector(".voice.hint")
    for text in (longest, ("tekan dulu titik " * MOST)[:MOST]):  # MOST letters are still no more
        assert here.page.evaluate(LINES_SHOWN, text) <= LINES, text
