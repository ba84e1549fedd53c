"""A home visit's short form as an XLSForm for Kobo and ODK, whose answers :mod:`coach.visits_in` reads."""

from __future__ import annotations

from collections.abc import Mapping

from coach.instruments import VisitForm
from coach.messages import LANGS, Catalogue, Lang
from coach.protocol import Protocol, Title
from coach.summary.xlsform import LANGUAGES, labels, workbook

_ANSWERS = (
    ("0", "form_0"),
    ("1", "form_1"),
    ("2", "form_2"),
    ("unseen", "status_not_visible"),
    ("na", "status_not_applicable"),
)
_ASKED = (
    ("kader", "text", "form_kader", True),
    ("mother", "text", "paper_field_mother", True),
    ("date", "date", "paper_field_date", True),
    ("observer", "text", "form_observer", False),
)


def visit_xlsform(form: VisitForm, protocol: Protocol) -> bytes:
    """A workbook with the sheets survey, choices and settings, in Indonesian and English.

    The safety questions come first. Where one is answered with yes, no line of the massage is asked, and it is told
    whom to send her to.
    """
    return workbook({"survey": _survey(form, protocol), "choices": _choices(), "settings": _settings(form)})


def _said(key: str, **values: str) -> dict[str, str]:
    return labels({lang: Catalogue(lang).text(key, **values) for lang in LANGS})


def _titled(title: Title) -> dict[str, str]:
    words: Mapping[Lang, str] = {"id": title.id, "en": title.en}
    return labels(words)


def _survey(form: VisitForm, protocol: Protocol) -> list[dict[str, str]]:
    asked = [
        {"type": kind, "name": name, "required": "yes" if needed else ""} | _said(key)
        for name, kind, key, needed in _ASKED
    ]
    safety = [
        {"type": "select_one yes_no", "name": question.id, "required": "yes"}
        | labels({"id": question.text.id, "en": question.text.en})
        for question in form.screening
    ]
    danger = " or ".join(f"${{{question.id}}} = 'yes'" for question in form.screening)
    safe = " and ".join(f"${{{question.id}}} = 'no'" for question in form.screening)
    stop = {"type": "note", "name": "stop", "relevant": danger} | _said("form_stop", to=form.refer_to)
    lines: list[dict[str, str]] = []
    for part in protocol.parts:
        own = [(s.id, s.title) for s in protocol.segments if s.part == part.id]
        lines += _group(f"part_{part.id}", part.title, own, safe)
    for when in ("before", "during", "after"):
        titles = {lang: Catalogue(lang).text(f"when_{when}") for lang in LANGS}
        own = [(m.id, m.title) for m in protocol.manual if m.when == when]
        lines += _group(f"when_{when}", Title(id=titles["id"], en=titles["en"]), own, safe)
    minutes = {"type": "integer", "name": "minutes", "relevant": safe} | _said("form_minutes")
    return [*asked, *safety, stop, *lines, minutes]


def _group(name: str, title: Title, lines: list[tuple[str, Title]], safe: str) -> list[dict[str, str]]:
    if not lines:
        return []
    begin = {"type": "begin_group", "name": f"group_{name}", "appearance": "field-list", "relevant": safe}
    rows = [{"type": "select_one rating", "name": item, "required": "yes"} | _titled(t) for item, t in lines]
    return [begin | _titled(title), *rows, {"type": "end_group"}]


def _choices() -> list[dict[str, str]]:
    rows = [{"list_name": "rating", "name": name} | _said(key) for name, key in _ANSWERS]
    return rows + [{"list_name": "yes_no", "name": n} | _said(f"paper_{n}") for n in ("yes", "no")]


def _settings(form: VisitForm) -> list[dict[str, str]]:
    named = {"form_title": form.title.id, "form_id": f"coach_{form.id}", "version": f"{form.version} {form.digest[:8]}"}
    return [named | {"default_language": LANGUAGES["id"]}]
