"""The checklist as FHIR R4: the protocol as a Questionnaire, a session as a QuestionnaireResponse.

What came of it for the mother is an Observation of her own.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any, get_args

from coach.correct.fold import Corrected
from coach.domain import ItemScore, State
from coach.messages import Catalogue, Lang
from coach.protocol import Protocol, Title
from coach.score.scope import by_part, listed
from coach.summary import wording
from coach.summary.occasion import Occasion

Resource = dict[str, Any]
_TRANSLATION = "http://hl7.org/fhir/StructureDefinition/translation"
_ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
POINTS = "urn:coach:points"  # code system: 0, 1, 2, and why there are none
OUTCOMES = "urn:coach:outcomes"  # code system: ids of a protocol's outcomes
VERDICTS = "urn:coach:verdicts"  # code system: coach.domain.State
_CODES = {
    "0": "form_0",
    "1": "form_1",
    "2": "form_2",
    "not_visible": "status_not_visible",
    "not_applicable": "status_not_applicable",
}


def questionnaire(protocol: Protocol) -> Resource:
    """The protocol as a form; Indonesian, with English as translations."""
    groups = [_manual_group(when, protocol) for when in ("before",)]
    for part in protocol.parts:
        segments = [
            _group(
                segment.id,
                segment.title,
                [_question(f"{segment.id}.{kind}", _kind_title(kind)) for kind in segment.items],
            )
            for segment in protocol.segments
            if segment.part == part.id
        ]
        groups.append(_group(f"part-{part.id}", part.title, segments))
    groups += [_manual_group(when, protocol) for when in ("during", "after")]
    score = [
        _item("score.percent", _title("paper_score_word"), "decimal") | {"readOnly": True},
        _item("score.passed", _title("paper_passed"), "boolean") | {"readOnly": True},
        _item("score.verdict", _title("table_verdict"), "choice")
        | {"readOnly": True, "answerOption": [{"valueCoding": _state(state, "id")} for state in get_args(State)]},
    ]
    return {
        "resourceType": "Questionnaire",
        "url": _canonical(protocol),
        "version": protocol.version,
        "name": "".join(word.capitalize() for word in protocol.id.split("_")),
        "title": protocol.title.id,
        "_title": _translated(protocol.title),
        "status": "active",
        "language": "id",
        "subjectType": ["Practitioner"],
        "item": [*(g for g in groups if g["item"]), *score],
    }


def response(occasion: Occasion, stands: Corrected, protocol: Protocol, catalogue: Catalogue) -> Resource:
    """A session as it stands. People are codes; no name leaves in it."""
    items = {item.item_id: item for item in stands.session.items}
    groups = [_answered_manual("before", protocol, items, catalogue)]
    for part, segments in by_part(listed(stands.session.items, protocol), protocol):
        inside = [
            {
                "linkId": segment.id,
                "text": wording.title(segment.title, catalogue),
                "item": [
                    _answer(items.get(f"{segment.id}.{kind}"), f"{segment.id}.{kind}", catalogue)
                    for kind in segment.items
                ],
            }
            for segment in segments
        ]
        groups.append({"linkId": f"part-{part.id}", "text": wording.title(part.title, catalogue), "item": inside})
    groups += [_answered_manual(when, protocol, items, catalogue) for when in ("during", "after")]
    found: Resource = {
        "resourceType": "QuestionnaireResponse",
        "identifier": {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{occasion.session}"},
        "questionnaire": f"{_canonical(protocol)}|{protocol.version}",
        "status": "amended" if occasion.corrected else "completed",
        "language": catalogue.lang,
        "authored": _moment(occasion),
        "item": [g for g in groups if g["item"]] + _score(stands, catalogue),
    }
    if occasion.kader:
        found["subject"] = _person("Practitioner", "urn:coach:kader", occasion.kader)
    if occasion.rater:
        found["author"] = _person("Practitioner", "urn:coach:trainer", occasion.rater)
    return found


def observations(occasion: Occasion, protocol: Protocol, catalogue: Catalogue) -> list[Resource]:
    """What was seen of the mother afterwards, such as her milk's flow: hers, and no part of what the kader can do."""
    when = _moment(occasion)
    return [
        {
            "resourceType": "Observation",
            "identifier": [{"system": OUTCOMES, "value": f"{occasion.session}.{one.id}"}],
            "status": "final",
            "code": {
                "coding": [{"system": OUTCOMES, "code": one.id, "display": wording.title(one.title, catalogue)}],
                "text": wording.title(one.title, catalogue),
            },
            "effectiveDateTime": when,
            "valueBoolean": yes,
            **({"subject": _person("Patient", "urn:coach:mother", occasion.mother)} if occasion.mother else {}),
            **({"performer": [_person("Practitioner", "urn:coach:trainer", occasion.rater)]} if occasion.rater else {}),
        }
        for one in protocol.outcomes
        if (yes := occasion.outcomes.get(one.id)) is not None
    ]


def _person(kind: str, system: str, code: str) -> Resource:
    return {"type": kind, "identifier": {"system": system, "value": code}}


def _moment(occasion: Occasion) -> str:
    when = occasion.when or datetime(1970, 1, 1, tzinfo=UTC)
    return (when if when.tzinfo else when.astimezone()).isoformat(timespec="seconds")


def bundle(responses: list[Resource], protocol: Protocol) -> Resource:
    """Many sessions with their form, as one collection."""
    form = {"fullUrl": _canonical(protocol), "resource": questionnaire(protocol)}
    return {"resourceType": "Bundle", "type": "collection", "entry": [form, *map(entry, responses)]}


def entry(response: Resource) -> Resource:
    """A response, or an observation, as a bundle holds it."""
    if response["resourceType"] == "Observation":
        return {"fullUrl": f"urn:coach:observation:{response['identifier'][0]['value']}", "resource": response}
    return {"fullUrl": response["identifier"]["value"], "resource": response}


def _canonical(protocol: Protocol) -> str:
    return f"urn:coach:protocol:{protocol.id}"


def _title(key: str) -> Title:
    return Title(id=Catalogue("id").text(key), en=Catalogue("en").text(key))


def _kind_title(kind: str) -> Title:
    return _title(f"kind_{kind}")


def _translated(title: Title) -> Resource:
    content = [{"url": "lang", "valueCode": "en"}, {"url": "content", "valueString": title.en}]
    return {"extension": [{"url": _TRANSLATION, "extension": content}]}


def _item(link: str, title: Title, kind: str) -> Resource:
    return {"linkId": link, "text": title.id, "_text": _translated(title), "type": kind}


def _group(link: str, title: Title, inside: list[Resource]) -> Resource:
    return _item(link, title, "group") | {"item": inside}


def _question(link: str, title: Title) -> Resource:
    options = [{"valueCoding": _option(code)} for code in _CODES]
    return _item(link, title, "choice") | {"answerOption": options}


def _option(code: str) -> Resource:
    found: Resource = {"system": POINTS, "code": code, "display": _display(code, "id")}
    if code.isdigit():
        found["extension"] = [{"url": _ORDINAL, "valueDecimal": int(code)}]
    return found


def _manual_group(when: str, protocol: Protocol) -> Resource:
    inside = [_question(m.id, m.title) for m in protocol.manual if m.when == when]
    return _group(f"when-{when}", _title(f"when_{when}"), inside)


def _answered_manual(when: str, protocol: Protocol, items: Mapping[str, ItemScore], catalogue: Catalogue) -> Resource:
    inside = [_answer(items.get(m.id), m.id, catalogue) for m in protocol.manual if m.when == when]
    return {"linkId": f"when-{when}", "text": catalogue.text(f"when_{when}"), "item": inside}


@cache
def _display(code: str, lang: Lang) -> str:
    return Catalogue(lang).text(_CODES[code])


def _answer(item: ItemScore | None, link: str, catalogue: Catalogue) -> Resource:
    """A question that nobody has answered has no answer."""
    found: Resource = {"linkId": link}
    if item is None or item.status == "manual":
        return found
    code = str(item.points) if item.points is not None else item.status
    coding = {"system": POINTS, "code": code, "display": _display(code, catalogue.lang)}
    return found | {"answer": [{"valueCoding": coding}]}


def _state(state: str, lang: Lang) -> Resource:
    return {"system": VERDICTS, "code": state, "display": Catalogue(lang).text(f"verdict_state_{state}")}


def _score(stands: Corrected, catalogue: Catalogue) -> list[Resource]:
    total, verdict = stands.session.total, stands.session.verdict
    provisional = verdict.state == "provisional"
    known = (
        ("score.percent", "paper_score_word", "valueDecimal", total.percent),
        ("score.passed", "paper_passed", "valueBoolean", None if provisional else total.passed),
        ("score.verdict", "table_verdict", "valueCoding", _state(verdict.state, catalogue.lang)),
    )
    return [
        {"linkId": name, "text": catalogue.text(word), "answer": [{kind: value}]}
        for name, word, kind, value in known
        if value is not None
    ]
