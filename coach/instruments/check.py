"""What is wrong with an instrument's file: every mistake at once, each with its place, as with protocols."""

from __future__ import annotations

import itertools
import string
from collections.abc import Iterator
from typing import Any

from coach.instruments.schema import model_of
from coach.protocol import check as protocol_check
from coach.protocol.rules import Problem, Trouble, place

__all__ = ["Problem", "check"]

_LISTS = ("statements", "screening", "questions")
_NUMBER = {"puskesmas", "year", "serial", "laptop"}


def check(data: bytes) -> list[Problem]:
    """All mistakes of the file's bytes, in the file's order; an empty list for a good one."""
    return protocol_check.check_by(data, model_of, _troubles)


def _troubles(raw: dict[str, Any]) -> Iterator[Trouble]:
    for name in _LISTS:
        yield from _doubles(raw, name)
    for k, question in enumerate(_tables(raw, "questions")):
        given = [name for name in ("choices", "scale", "number") if name in question]
        if len(given) != 1:
            yield ("questions", k), "instrument_one_answer", {}
        scale = question.get("scale")
        if isinstance(scale, dict) and _is_downward(scale.get("least"), scale.get("most")):
            yield ("questions", k, "scale"), "protocol_low_high", {"low": scale["least"], "high": scale["most"]}
    yield from _signs(raw)
    yield from _number(raw)


def _tables(raw: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = raw.get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _doubles(raw: dict[str, Any], name: str) -> Iterator[Trouble]:
    for (a, one), (b, other) in itertools.combinations(enumerate(_tables(raw, name)), 2):
        if isinstance(one.get("id"), str) and one["id"] == other.get("id"):
            first = place((name, a), raw).split(" ")[0]
            yield (name, b, "id"), "protocol_duplicate", {"id": one["id"], "first": first}


def _is_downward(low: object, high: object) -> bool:
    return isinstance(low, int) and isinstance(high, int) and low >= high


def _signs(raw: dict[str, Any]) -> Iterator[Trouble]:
    """A referral's signs ask for answers that there are."""
    questions = {q["id"]: q for q in _tables(raw, "questions") if isinstance(q.get("id"), str)}
    flow = raw.get("flow")
    if isinstance(flow, str) and not isinstance(questions.get(flow, {}).get("choices"), list):
        yield ("flow",), "instrument_no_question", {"given": flow, "known": ", ".join(questions)}
    for k, rule in enumerate(_tables(raw, "referrals")):
        for n, sign in enumerate(_tables(rule, "signs")):
            where = ("referrals", k, "signs", n)
            question = questions.get(sign.get("question", ""))
            if question is None:
                given = str(sign.get("question"))
                yield (*where, "question"), "instrument_no_question", {"given": given, "known": ", ".join(questions)}
                continue
            times = question.get("when")
            if isinstance(times, list) and sign.get("when") not in times:
                yield (*where, "when"), "instrument_not_then", {"given": str(sign.get("when"))}
            known = [str(c.get("id")) for c in _tables(question, "choices")]
            for given in sign.get("is") or [] if isinstance(sign.get("is"), list) else []:
                if given not in known:
                    yield (*where, "is"), "protocol_not_one_of", {"given": str(given), "allowed": ", ".join(known)}
            if ("is" in sign) == ("at_least" in sign):
                yield where, "instrument_one_sign", {}


def _number(raw: dict[str, Any]) -> Iterator[Trouble]:
    """The certificate's number names what makes it the only one: the year, the serial and the laptop."""
    rule = raw.get("certificate")
    text = rule.get("number") if isinstance(rule, dict) else None
    if not isinstance(text, str):
        return
    try:
        named = [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]
        text.format(puskesmas="A", year=2026, serial=1, laptop="A")
    except (ValueError, KeyError, IndexError, AttributeError):
        named = []
    if not {"year", "serial", "laptop"} <= set(named) <= _NUMBER:
        yield ("certificate", "number"), "instrument_number", {"given": text}
