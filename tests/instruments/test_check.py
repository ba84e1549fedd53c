"""Instruments as files: those that come with coach are good, and every mistake of a broken one is named."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

import coach
from coach.domain import InputError
from coach.instruments import edit
from coach.instruments.check import check
from coach.instruments.files import InstrumentError, find, load, load_rules, names, read
from coach.messages import texts
from coach.protocol import files as protocol_files


@pytest.mark.parametrize("name", names())
def test_those_that_come_with_coach_are_good_drafts(name: str) -> None:
    assert check(read(name)) == []
    assert load(name).draft


def test_they_fit_each_other_and_the_protocol() -> None:
    rules = load_rules()
    assert set(rules.instruments.values()) <= {load(name).id for name in names()}
    protocol = protocol_files.load(rules.protocol)
    assert set(rules.certificate.manual) <= {item.id for item in protocol.manual}


def changed(name: str, *swaps: tuple[str, str]) -> bytes:
    text = read(name).decode()
    for old, new in swaps:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text.encode()


def test_all_mistakes_of_a_test_are_named_at_once_with_their_places() -> None:
    data = changed(
        "oxytocin_knowledge",
        ("pass_mark = 80", "pass_mark = 180"),
        ("answer = false", 'answer = "no"'),
        ('id = "colostrum"', 'id = "hormone"'),
        ("shuffle", "shufle"),
        ('source = "Pitriani & Megasari 2024, Pendahuluan"', 'source = ""'),
    )
    found = {(problem.place, problem.key) for problem in check(data)}
    assert found == {
        ("pass_mark", "protocol_at_most"),
        ('statements[1] "where" → answer', "protocol_type_bool"),
        ('statements[1] "where" → source', "protocol_text_empty"),
        ('statements[3] "hormone" → id', "protocol_duplicate"),
        ("shufle", "protocol_field_misspelt"),
    }
    assert all(problem.line for problem in check(data))


@pytest.mark.parametrize(
    ("name", "old", "new", "key"),
    [
        ("milk_flow", "scale = { least = 1, most = 5 }", "", "instrument_one_answer"),
        ("milk_flow", "least = 1, most = 5", "least = 5, most = 1", "protocol_low_high"),
        ("milk_flow", 'question = "pain"', 'question = "pian"', "instrument_no_question"),
        ("milk_flow", 'when = "next_day", is', 'when = "after", is', "instrument_not_then"),
        ("milk_flow", 'is = ["none"]', 'is = ["never"]', "protocol_not_one_of"),
        ("milk_flow", ", at_least = 5", "", "instrument_one_sign"),
        ("milk_flow", 'flow = "drip"', 'flow = "pain"', "instrument_no_question"),
        ("oxytocin_programme", "{serial:03}", "", "instrument_number"),
        ("oxytocin_programme", "{laptop}", "{laptop.x}", "instrument_number"),
        ("oxytocin_programme", "{laptop}", "{", "instrument_number"),
        ("oxytocin_visit", 'observers = ["midwife", "trainer"]', "observers = []", "protocol_list_short"),
        ("oxytocin_visit", 'kind = "visit"', 'kind = "vist"', "protocol_not_one_of"),
        ("oxytocin_visit", 'kind = "visit"', "kind = 3", "protocol_not_one_of"),
    ],
)
def test_each_mistake_has_its_words(name: str, old: str, new: str, key: str) -> None:
    assert key in {problem.key for problem in check(changed(name, (old, new)))}


def test_every_complaint_is_in_the_catalogue() -> None:
    source = (Path(coach.__file__).parent / "instruments/check.py").read_text("utf-8")
    keys = set(re.findall(r'"((?:instrument|protocol)_[a-z_]+)"', source))
    assert len(keys) > 6
    assert keys <= set(texts("id"))


def test_a_file_of_ones_own_is_found_and_its_faults_are_one_error(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_bytes(changed("milk_flow", ('flow = "drip"', 'flow = "x"')))
    assert find(str(own)) == own
    with pytest.raises(InstrumentError) as refused:
        load(str(own))
    assert len(refused.value.problems) == 1
    with pytest.raises(InputError) as missing:
        load("nothing")
    assert missing.value.key == "instrument_missing"
    with pytest.raises(InputError) as other:
        load_rules("milk_flow")
    assert other.value.key == "instrument_kind"


def test_the_digest_follows_the_bytes() -> None:
    from coach.instruments import parse  # noqa: PLC0415

    data = read("milk_flow")
    assert parse(data).digest == load("milk_flow").digest != parse(data + b"\n").digest


def test_a_file_as_fields_is_changed_where_it_says_and_nowhere_else() -> None:
    data = read("oxytocin_knowledge")
    places = [one.place for one in edit.fields(data)]
    assert len(places) == 4 + 10 * 6
    assert not any(place[-1] in ("version", "draft", "schema") for place in places)
    made = edit.changed(data, [(("statements", "oil", "text", "en"), 'Oil "from" plants'), (("pass_mark",), 75)])
    lines = [(a, b) for a, b in zip(data.splitlines(), made.splitlines(), strict=True) if a != b]
    assert [b.split(b" = ")[0] for _, b in lines] == [b"pass_mark", b"text"]
    assert lines[0][1].endswith(b"# percent")
    assert check(made) == []
    with pytest.raises(LookupError):
        edit.changed(data, [(("statements", "oil", "id"), "water")])


@pytest.mark.parametrize(("name", "line"), [("oxytocin_knowledge", "statements"), ("milk_flow", "questions")])
def test_a_line_is_added_to_be_filled_in_and_taken_away(name: str, line: str) -> None:
    data = read(name)
    more = edit.added(data, line)
    assert {problem.key for problem in check(more)} == {"protocol_text_empty"}
    assert edit.removed(more, line, "new_1") == data
    with pytest.raises(LookupError):
        edit.added(data, "segments")
    with pytest.raises(LookupError):
        edit.removed(data, line, "none")


def test_choices_come_and_go_and_a_sign_asks_for_some_of_them() -> None:
    data = read("milk_flow")
    more = edit.added(data, "questions/drip/choices")
    assert {problem.key for problem in check(more)} == {"protocol_text_empty"}
    filled = edit.changed(
        more, [(("questions", "drip", "choices", "new_1", "text", lang), "much") for lang in ("id", "en")]
    )
    assert check(filled) == []
    assert check(edit.removed(filled, "questions/drip/choices", "new_1")) == []
    sign = next(one for one in edit.fields(filled) if one.place == ("referrals", 0, "signs", 0, "is"))
    assert (sign.kind, sign.value, sign.options[-1], sign.about["en"]) == (
        "some_of",
        ["none"],
        "new_1",
        "Does milk come out?",
    )
    other = edit.changed(filled, [(sign.place, ["none", "new_1"]), (("referrals", 1, "signs", 0, "at_least"), 7)])
    assert check(other) == []
    assert edit.with_choices(tomllib.loads(edit.added(data, "choice_questions").decode()))[-1] == "new_1"
    with pytest.raises(LookupError):
        edit.added(data, "questions/pain/choices")


def test_what_is_kept_anew_is_a_draft_and_stands_in_the_place_of_coachs(tmp_path: Path) -> None:
    confirmed = read("milk_flow").replace(b"draft = true\n", b"")
    (tmp_path / "milk_flow.toml").write_bytes(edit.kept(confirmed, "2"))
    own = load("milk_flow", tmp_path)
    assert (own.version, own.draft) == ("2", True)
    assert own.digest != load("milk_flow").digest
    assert names(tmp_path) == names()
