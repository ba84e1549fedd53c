"""A bad protocol file: all its mistakes at once, each with its place; and never an exception."""

from __future__ import annotations

import copy
import json
import math
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.domain import InputError
from coach.messages import Catalogue
from coach.protocol import Protocol, parse
from coach.protocol.check import ProtocolError, check
from coach.protocol.files import find, load, names, protocols_dir
from coach.protocol.lines import lines
from coach.summary.wording import error as worded
from coach.summary.wording import problem as line_of

FILES = sorted(protocols_dir().glob("*.toml"))
GOOD = (protocols_dir() / "oxytocin.toml").read_bytes()
SMALL = (protocols_dir() / "shoulder_short.toml").read_bytes()

TWENTY = """
schema = "coach.protocol/1"
id = "Twenty Mistakes"
version = ""
title = { id = "Dua puluh" }

[scoring]
pass_mark = 120

[[parts]]
id = "neck"
title = { id = "Leher", en = "Neck" }
[[parts]]
id = "unused"
title = { id = "Lain", en = "Other" }
[[parts]]
id = "back"
title = { id = "Punggung", en = "Back" }

[[segments]]
id = "a"
part = "neck"
title = { id = "A", en = "A" }
primitive = "strok"
hands = "both"
contact = "palm"
path = [[0.5, 0.1], [0.5, 9]]
count = { target = [6, 5], partial_from = 3 }
items = ["performed", "tempo"]
press_after = "z"

[[segments]]
id = "b"
part = "back"
title = { id = "B", en = "B" }
primitive = "circle"
hands = "either"
contact = "palm"
corridr = 0.2
reach = [1.0, 1.0]
count = { target = [5, 6], partial_from = "three" }
tempo = { shortest_s = 9.0, longest_s = 2.0 }
items = ["count", "hands"]

[[segments]]
id = "b"
part = "neck"
title = { id = "C", en = "C" }
primitive = "hold"
hands = "either"
contact = "palm"
items = ["hold", "hold"]
[segments.hold]
sequence = "in_order"
long_enough_s = 1.0
short_from_s = 2.0
rest_from_s = 0.9
points = [
  { id = "3", at = [0.1, 0.1], tolerance = 0.1, title = { id = "3", en = "3" } },
  { id = "3", at = [0.1], tolerance = 0.1, title = { id = "3", en = "3" } },
]
"""

EXPECTED = [
    (3, "id", "protocol_id_form"),
    (4, "version", "protocol_text_empty"),
    (5, "title.en", "protocol_field_missing"),
    (8, "scoring.pass_mark", "protocol_at_most"),
    (13, 'parts[2] "unused"', "protocol_part_unused"),
    (24, 'segments[1] "a" → primitive', "protocol_not_one_of"),
    (25, 'segments[1] "a" → hands', "protocol_not_one_of"),
    (27, 'segments[1] "a" → path[2][2]', "protocol_at_most"),
    (28, 'segments[1] "a" → count.target', "protocol_low_high"),
    (29, 'segments[1] "a" → items[2]', "protocol_item_unscorable"),
    (30, 'segments[1] "a" → press_after', "protocol_press_unknown"),
    (32, 'segments[2] "b"', "protocol_table_missing"),
    (39, 'segments[2] "b" → corridr', "protocol_field_misspelt"),
    (40, 'segments[2] "b" → reach', "protocol_low_high"),
    (41, 'segments[2] "b" → count.partial_from', "protocol_type_whole"),
    (42, 'segments[2] "b" → tempo.shortest_s', "protocol_not_shorter"),
    (43, 'segments[2] "b" → items[2]', "protocol_item_either"),
    (46, 'segments[3] "b" → id', "protocol_duplicate"),
    (47, 'segments[3] "b" → part', "protocol_part_scattered"),
    (52, 'segments[3] "b" → items[2]', "protocol_item_twice"),
    (55, 'segments[3] "b" → hold.long_enough_s', "protocol_not_shorter"),
    (56, 'segments[3] "b" → hold.short_from_s', "protocol_not_shorter"),
    (60, 'segments[3] "b" → hold.points[2] "3" → at', "protocol_pair"),
    (60, 'segments[3] "b" → hold.points[2] "3" → id', "protocol_duplicate"),
]


def found(text: str) -> list[tuple[int | None, str, str]]:
    return [(problem.line, problem.place, problem.key) for problem in check(text.encode())]


def test_twenty_mistakes_are_all_told_each_with_its_place() -> None:
    assert len(EXPECTED) >= 20
    assert sorted(found(TWENTY), key=str) == sorted(EXPECTED, key=str)
    told = [line for line, _, _ in found(TWENTY) if line is not None]
    assert told == sorted(told)


@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_mistake_can_be_said(lang: Any) -> None:
    said = [line_of(problem, Catalogue(lang)) for problem in check(TWENTY.encode())]
    assert len(set(said)) == len(EXPECTED)
    assert all("\n" not in line and "{" not in line.replace("{ … }", "") for line in said)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_protocols_that_come_with_coach_are_good(file: Path) -> None:
    assert check(file.read_bytes()) == []
    assert check(file.read_bytes().replace(b"\n", b"\r\n")) == []
    assert load(file.stem).id == file.stem


def changed(old: str, new: str, of: bytes = SMALL) -> list[tuple[str, str]]:
    assert old.encode() in of
    return [(place, key) for _, place, key in found(of.decode().replace(old, new, 1))]


OTHER_PART = "protocol_press_other_part"
PALM, BLADE, PRESS = (
    f'segments[{k}] "{i}"' for k, i in enumerate(("palm_strokes", "blade_circles", "shoulder_press"), 1)
)
NECK = f"{PRESS} → hold.confusable[1]"


@pytest.mark.parametrize(
    ("old", "new", "place", "key"),
    [
        ('part = "upper_back"', 'part = "uper_back"', f"{PALM} → part", "protocol_part_unknown"),
        ("partial_from = 2", "partial_from = 4", f"{PALM} → count.partial_from", "protocol_partial_high"),
        ("path = [[0.63, 0.06], [0.63, 0.50]]", "path = [[1, 1], [1.0, 1]]", f"{PALM} → path", "protocol_path_zero"),
        ("contact =", "circles_per_pass = 3\ncontact =", f"{PALM} → circles_per_pass", "protocol_table_unused"),
        ('contact = "palm"', "contact = 3", f"{PALM} → contact", "protocol_not_one_of"),
        ('contact = "palm"', 'contact = "palm"\nmirrored = "yes"', f"{PALM} → mirrored", "protocol_type_bool"),
        ('contact = "palm"', 'contact = "palm"\nhold = 3', f"{PALM} → hold", "protocol_type_table"),
        ("contact =", 'press_after = "palm_strokes"\ncontact =', f"{PALM} → press_after", "protocol_press_self"),
        ("contact", 'press_after = "blade_circles"\ncontact', f"{PALM} → press_after", "protocol_press_later"),
        ("[segments.hold]", 'press_after = "palm_strokes"\n[segments.hold]', f"{PRESS} → press_after", OTHER_PART),
        ("[segments.hold]", "path = [[0, 0], [1, 1]]\n[segments.hold]", f"{PRESS} → path", "protocol_table_unused"),
        ('"order", "hold"]', '"order", "hold", "path"]', f"{PRESS} → items[4]", "protocol_item_unscorable"),
        ("at = [0.5, 0.0]", "at = [0.28, 0.01]", f'{NECK} "neck_base" → at', "protocol_points_close"),
        ('id = "neck_base"', 'id = "top_left"', f'{NECK} "top_left" → id', "protocol_duplicate"),
        ('id = "comfort"', 'id = "asked_first"', 'manual[2] "asked_first" → id', "protocol_duplicate"),
        ("pass_mark = 70", "pass_mark = nan", "scoring.pass_mark", "protocol_at_most"),
        ("pass_mark = 70", "pass_mark = 2026-01-02 03:04:05", "scoring.pass_mark", "protocol_type_number"),
        ("reach =", "full_reach = 0.4\nreach =", f"{PALM} → full_reach", "protocol_full_reach"),
        ("shortest_s = 1.0", "shortest_s = 0", f"{PALM} → tempo.shortest_s", "protocol_above"),
        ("corridor = 0.15", "corridor = inf", f"{PALM} → corridor", "protocol_not_finite"),
        ("target = [3, 4]", "target = [3]", f"{PALM} → count.target", "protocol_pair"),
        ("target = [3, 4]", "target = [3, 4, 5]", f"{PALM} → count.target", "protocol_list_long"),
        ("target = [3, 4]", "target = 3", f"{PALM} → count.target", "protocol_type_list"),
        ("target = [3, 4]", "target = [2.5, 4]", f"{PALM} → count.target[1]", "protocol_type_whole"),
        ("target = [3, 4]", 'target = ["3", "4"]', f"{PALM} → count.target[1]", "protocol_type_whole"),
        ('version = "1.0"', "version = 1.0", "version", "protocol_type_text"),
        ('version = "1.0"', 'version = "1.0"\ndigest = "x"', "digest", "protocol_field_unknown"),
        ('version = "1.0"', 'version = "1.0"\nwombat = 1', "wombat", "protocol_field_unknown"),
    ],
)  # fmt: skip
def test_one_mistake_is_told_at_its_place(old: str, new: str, place: str, key: str) -> None:
    assert (place, key) in changed(old, new)


def test_a_misspelt_name_is_one_mistake_and_comes_with_the_likely_one() -> None:
    text = SMALL.decode().replace("hands =", "hnads =", 1)
    (problem,) = check(text.encode())
    assert (problem.key, problem.values) == ("protocol_field_misspelt", {"field": "hnads", "nearest": "hands"})


def test_a_name_inside_a_table_is_compared_with_that_table_s_names() -> None:
    text = SMALL.decode().replace("long_enough_s", "long_enuf_s", 1)
    problems = {problem.key: problem for problem in check(text.encode())}
    assert problems["protocol_field_misspelt"].values["nearest"] == "long_enough_s"


def test_steps_that_wait_for_each_other_are_told_as_such() -> None:
    extra = ('contact = "palm"\npress_after = "blade_circles"', 'contact = "fingers"\npress_after = "palm_strokes"')
    text = SMALL.decode().replace('contact = "palm"', extra[0], 1).replace('contact = "fingers"', extra[1], 1)
    circular = [place for _, place, key in found(text) if key == "protocol_press_circular"]
    assert circular == [f"{PALM} → press_after", f"{BLADE} → press_after"]


@pytest.mark.parametrize(
    ("data", "line", "key"),
    [
        (b"id = 1\nx = \xff", 2, "protocol_not_utf8"),
        (b"id = 1\nid = 2", 2, "protocol_syntax"),
        (b"id = 'a'\n[[parts\n", 2, "protocol_syntax"),
        (b"id = 'a'\nx = [1,", 2, "protocol_syntax"),
        (b"x = " + b"9" * 5000, 1, "protocol_syntax"),
        (b"x = " + b"[" * 50000, 1, "protocol_syntax"),
        (b"\xef\xbb\xbfid = 1", 1, "protocol_syntax"),
    ],
)
def test_text_that_is_no_toml_is_told_with_its_line(data: bytes, line: int, key: str) -> None:
    (problem,) = check(data)
    assert (problem.line, problem.key) == (line, key)
    assert line_of(problem, Catalogue("id"))


def test_an_empty_file_lacks_everything() -> None:
    assert {place for _, place, _ in found("")} == {"schema", "id", "version", "title", "scoring", "parts", "segments"}


# ------------------------------------------------------------------ lines
def test_lines_are_those_of_the_file() -> None:
    text = (
        'a = 1\n"b c" = """\nx = 2\n"""  # [t]\n[t]\nd.e = [\n  1, # ]\n  { f = "}", g = 1979-05-27 07:32:00 },\n]\n'
        "[[u]]\nh = 'x'\n[u.v]\ni = 2\n[[u]]\nh = '''\n'''\n[[u.w]]\nj = true\n"
    )
    known = lines(text)
    assert known[("a",)] == 1
    assert known[("b c",)] == 2
    assert ("x",) not in known
    assert (known[("t",)], known[("t", "d", "e")]) == (5, 6)
    assert (known[("t", "d", "e", 0)], known[("t", "d", "e", 1)], known[("t", "d", "e", 1, "g")]) == (7, 8, 8)
    assert (known[("u",)], known[("u", 0, "h")], known[("u", 0, "v", "i")]) == (10, 11, 13)
    assert (known[("u", 1)], known[("u", 1, "h")], known[("u", 1, "w", 0, "j")]) == (14, 15, 18)


@given(st.text(alphabet="ab=[]{}\"'#.,\n 1\\", max_size=60))
def test_the_line_scanner_takes_any_text(text: str) -> None:
    assert all(1 <= line <= text.count("\n") + 1 for line in lines(text).values())


# ------------------------------------------------------------------ fuzz
def good_or_told(data: bytes) -> None:
    problems = check(data)
    if problems:
        assert all(line_of(problem, Catalogue("id")) for problem in problems)
    else:
        assert isinstance(parse(data), Protocol)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, len(SMALL)), st.integers(0, 12), st.binary(max_size=6)), min_size=1, max_size=4)
)
def test_a_file_with_damaged_bytes_is_good_or_told(damage: list[tuple[int, int, bytes]]) -> None:
    data = SMALL
    for at, length, put in damage:
        data = data[:at] + put + data[at + length :]
    good_or_told(data)


def test_a_file_cut_anywhere_is_good_or_told() -> None:
    for length in range(0, len(SMALL), 97):
        good_or_told(SMALL[:length])


LEAVES: list[Any] = [
    0,
    -1,
    10**30,
    1e308,
    float("nan"),
    float("inf"),
    True,
    "",
    "x" * 400,
    "neck",
    [],
    {},
    [[]],
    [1, 2],
    {"id": 1},
]


def dump(value: Any) -> str:
    """A value in TOML's inline form."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {dump(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(dump, value)) + "]"
    if isinstance(value, float) and math.isnan(value):
        return "nan"
    return "inf" if value == float("inf") else json.dumps(value)


def spots(value: Any) -> list[Callable[[Any], None]]:
    """For every place inside a value, the function that puts something else there."""
    pairs = list(value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ())
    setters = [lambda new, key=key: value.__setitem__(key, new) for key, _ in pairs]
    return setters + [setter for _, inner in pairs for setter in spots(inner)]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_file_with_strange_values_is_good_or_told(data: st.DataObject) -> None:
    raw = parse(SMALL).model_dump(mode="json", by_alias=True, exclude_none=True, exclude={"digest"})
    for _ in range(data.draw(st.integers(1, 5))):
        put = data.draw(st.sampled_from(spots(raw)))
        put(copy.deepcopy(data.draw(st.sampled_from(LEAVES))))
    good_or_told("\n".join(f"{json.dumps(key)} = {dump(value)}" for key, value in raw.items()).encode())


# ------------------------------------------------------------------ files
def test_a_protocol_is_found_by_name_or_by_file(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_bytes(SMALL)
    assert names(tmp_path) == ["mine"]
    assert load("mine", tmp_path) == load(str(tmp_path / "mine.toml"))
    assert find("oxytocin") == protocols_dir() / "oxytocin.toml"


def refusal(name: str) -> InputError:
    with pytest.raises(InputError) as caught:
        load(name)
    return caught.value


def test_a_file_as_windows_editors_write_it_is_good(tmp_path: Path) -> None:
    """With a mark before it that tells how it is written, and lines that end in their way."""
    file = tmp_path / "mine.toml"
    windows = SMALL.replace(b"\n", b"\r\n")
    file.write_bytes(b"\xef\xbb\xbf" + windows)
    assert load(str(file)).digest == parse(windows).digest
    file.write_bytes(b"\xef\xbb\xbf" + windows.replace(b"\r\n", b"\r\nx = 1\r\n", 1))
    with pytest.raises(ProtocolError) as refused:
        load(str(file))
    assert [problem.line for problem in refused.value.problems] == [2]


def test_a_protocol_that_cannot_be_read_is_refused_with_the_right_word(tmp_path: Path) -> None:
    assert refusal("nowhere").key == "protocol_missing"
    assert refusal("").key == "protocol_missing"
    assert refusal(str(tmp_path)).key == "protocol_unreadable"
    (tmp_path / "large.toml").write_bytes(b"#" * 1_000_001)
    assert refusal(str(tmp_path / "large.toml")).key == "protocol_large"


def test_a_bad_protocol_is_one_line_with_the_first_mistake_and_all_of_them_behind_it(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text(TWENTY, encoding="utf-8")
    error = refusal(str(tmp_path / "bad.toml"))
    assert isinstance(error, ProtocolError)
    assert len(error.problems) == error.values["count"] == len(EXPECTED)
    line = worded(error, Catalogue("en"))
    assert f"(places: {len(EXPECTED)})" in line
    assert "line 3: id: " in line
    assert pickle.loads(pickle.dumps(error)).problems == error.problems


@pytest.mark.parametrize(
    ("before", "after", "key"),
    [
        ("target_s = [120.0, 180.0]", "target_s = [180.0, 120.0]", "protocol_low_high"),
        ("partial_from_s = 75.0", "partial_from_s = 121.0", "protocol_partial_high"),
        ("bridge_s = 6.0", "bridge_s = 75.0", "protocol_not_shorter"),
        ("duration = {", "pause_s = 6.0 # duration = {", "protocol_item_unscorable"),
    ],
)
def test_what_is_wrong_with_a_time_is_named(before: str, after: str, key: str) -> None:
    text = (protocols_dir() / "back_massage_short.toml").read_text(encoding="utf-8")
    made = text.replace("pause_s = 6.0 ", "# ", 1) if "pause_s" in after else text
    assert key in {problem.key for problem in check(made.replace(before, after).encode())}
    assert check(text.encode()) == []


def test_a_press_has_a_time_of_its_own() -> None:
    pressed = GOOD.replace(
        b'press_after = "neck_stroke"', b"duration = { target_s = [9.0, 9.0], partial_from_s = 5.0 }"
    )
    assert [problem.key for problem in check(pressed)] == ["protocol_table_unused"]
