"""Papers for the mother's house: the visit's short form, the questions on milk, consent, referral, and the leaflet."""

from __future__ import annotations

from coach.instruments import Milk, VisitForm
from coach.instruments.schema import Question
from coach.messages import Catalogue, page_texts, safety_ids
from coach.protocol import Protocol, Segment
from coach.summary import wording
from coach.summary.back_svg import back_svg
from coach.summary.hand_svg import hand_svg
from coach.summary.programme_papers import Look
from coach.summary.sheet_data import Data
from coach.summary.svg import drawing, element
from coach.summary.typeset import pdf

SCOPES = ("test", "data", "photo", "video", "teaching", "publication", "visit")
_OF_CONTACT = {"fingertips": "fingertips", "fingers": "fingers", "palm": "palm", "thumbs": "thumb"}
_DROPS = (0, 1, 2, 4)  # drawn for each choice of the question on flow, in its order


def visit_pdf(form: VisitForm, protocol: Protocol, catalogue: Catalogue, *, confirmed: bool = False) -> bytes:
    """Two copies on a lying A4."""
    text, lang = catalogue.text, catalogue.lang
    titles = [wording.title(segment.title, catalogue) for segment in protocol.segments]
    titles += [wording.title(item.title, catalogue) for item in protocol.manual]
    fields = ("paper_field_kader", "paper_field_mother", "paper_field_date", "paper_field_visit")
    return pdf(
        "halves",
        Look(catalogue).data(
            wording.title(form.title, catalogue),
            ("step", "safety", "yes", "no", "after", "observer", "score"),
            kind="visit",
            draft=_draft(form.draft and not confirmed, catalogue),
            fields=[[text(key), ""] for key in fields],
            screening=[getattr(question.text, lang) for question in form.screening],
            rows=titles,
            answers=["0", "1", "2", text("pp_unseen"), text("pp_na")],
            footer=f"{form.id} {form.version} ({form.digest[:8]}) · {protocol.id} {protocol.version}",
        ),
    )


def _draft(draft: bool, catalogue: Catalogue) -> str:
    return catalogue.text("instrument_draft") if draft else ""


def flow_pdf(form: Milk, catalogue: Catalogue, *, confirmed: bool = False) -> bytes:
    """Two copies on a lying A4, in large letters, with pictures where milk is asked for; no kader is named."""
    pictures = {f"flow{k}.svg": _drops(count) for k, count in enumerate(_DROPS)}
    text = catalogue.text
    questions = [_question(question, form, catalogue) for question in form.questions]
    return pdf(
        "halves",
        Look(catalogue).data(
            wording.title(form.title, catalogue),
            ("yes", "no", "step", "safety", "after", "observer", "score"),
            kind="flow",
            draft=_draft(form.draft and not confirmed, catalogue),
            fields=[[text("paper_field_mother"), ""], [text("paper_field_date"), ""]],
            questions=questions,
            note=text("pp_flow_note"),
            answers=[],
            rows=[],
            screening=[],
            footer=f"{form.id} {form.version} ({form.digest[:8]})",
        ),
        pictures=pictures,
    )


def _question(question: Question, form: Milk, catalogue: Catalogue) -> Data:
    choices = [wording.title(choice.text, catalogue) for choice in question.choices or ()]
    drawn = question.id == form.flow and len(choices) == len(_DROPS)
    return {
        "text": getattr(question.text, catalogue.lang),
        "when": ", ".join(catalogue.text(f"flow_{when}") for when in question.when),
        "pictures": [{"file": f"flow{k}.svg", "alt": choice} for k, choice in enumerate(choices)] if drawn else [],
        "choices": choices if not drawn else [],
        "unit": _unit(question, catalogue),
    }


def _unit(question: Question, catalogue: Catalogue) -> str:
    """What stands behind the place for an answer."""
    if question.number is not None:
        return wording.title(question.number.unit, catalogue)
    return f"({question.scale.least}–{question.scale.most})" if question.scale is not None else ""


def _drops(count: int) -> str:
    """A breast from the side, and drops that come out of it."""
    side = "M6 4 C 22 8, 34 18, 34 27 C 34 36, 22 40, 6 42"
    parts = [element("path", d=side, fill="none", stroke="#000000", stroke_width=1.4)]
    parts.append(element("ellipse", cx=35.5, cy=28, rx=2.6, ry=2.2, fill="#000000"))
    at = ((44.0, 32.0), (52.0, 37.0), (46.0, 42.0), (56.0, 27.0))[:count]
    for x, y in at:
        d = f"M{x} {y - 5} C {x + 4} {y}, {x + 3} {y + 4}, {x} {y + 4} C {x - 3} {y + 4}, {x - 4} {y}, {x} {y - 5} Z"
        parts.append(
            element("path", d=d, fill="#ffffff" if count == 1 else "#000000", stroke="#000000", stroke_width=1.2)
        )
    return drawing(64, 48, parts, str(count))


def consent_pdf(giver: str, catalogue: Catalogue) -> bytes:
    """Each scope is agreed to on its own; the slip below takes it back.

    :param giver: "mother" or "kader"
    """
    text = catalogue.text
    who = [[text(f"pp_giver_{giver}"), ""], [text("paper_field_date"), ""]]
    scopes = [scope for scope in SCOPES if giver == "mother" or scope != "visit"]
    scopes = [scope for scope in scopes if giver == "kader" or scope != "test"]
    agreed = _part(
        catalogue,
        "pp_consent",
        "pp_consent_lead",
        who,
        boxes=[text(f"pp_scope_{scope}") for scope in scopes],
        note="pp_consent_note",
        signatures=(f"pp_giver_{giver}", "pp_witness"),
    )
    back = _part(
        catalogue,
        "pp_withdrawal",
        "pp_withdrawal_lead",
        who,
        boxes=[text("pp_withdraw_all"), text("pp_withdraw_part")],
        note="pp_withdrawal_note",
        signatures=(f"pp_giver_{giver}",),
    )
    return pdf("slips", Look(catalogue).data(text("pp_consent"), (), parts=[agreed, back]))


def referral_pdf(catalogue: Catalogue) -> bytes:
    """The upper half goes with the mother, the lower one comes back."""
    text = catalogue.text
    keys = ("paper_field_mother", "paper_field_date", "pp_referred_by", "pp_referred_to")
    sent = _part(
        catalogue,
        "pp_referral",
        "pp_referral_lead",
        [[text(key), ""] for key in keys],
        boxes=[text(f"pp_urgency_{urgency}") for urgency in ("now", "today", "soon")],
        lines=("pp_reason", "pp_seen"),
        signatures=("pp_referred_by",),
    )
    came = _part(
        catalogue,
        "pp_referral_back",
        "pp_referral_back_lead",
        [[text(key), ""] for key in keys[:2]],
        boxes=[text(f"pp_outcome_{outcome}") for outcome in ("came", "not_come")],
        lines=("pp_done", "pp_advice"),
        signatures=("pp_midwife",),
    )
    return pdf("slips", Look(catalogue).data(text("pp_referral"), (), parts=[sent, came]))


def _part(
    catalogue: Catalogue,
    heading: str,
    lead: str,
    fields: list[list[str]],
    *,
    boxes: list[str],
    lines: tuple[str, ...] = (),
    note: str = "",
    signatures: tuple[str, ...],
) -> Data:
    text = catalogue.text
    return {
        "heading": text(heading),
        "lead": text(lead),
        "fields": fields,
        "boxes": boxes,
        "lines": [text(key) for key in lines],
        "note": text(note) if note else "",
        "signatures": [text(key) for key in signatures],
    }


# ------------------------------------------------------------------ the leaflet


def leaflet_pdf(protocol: Protocol, form: VisitForm, catalogue: Catalogue, *, folded: bool = False) -> bytes:
    """The movements as the protocol has them; nothing is written twice.

    :param folded: lying, in three columns on two sides, to be folded twice
    """
    text, safety = catalogue.text, page_texts(catalogue.lang)
    pictures = {
        f"{segment.id}.svg": back_svg(segment, (), None, wording.title(segment.title, catalogue), taught=True)
        for segment in protocol.segments
    }
    for segment in protocol.segments:
        pictures[f"hand-{segment.id}.svg"] = hand_svg(*_shape(segment, form, catalogue))
    before = [wording.title(item.title, catalogue) for item in protocol.manual if item.when == "before"]
    return pdf(
        "leaflet",
        Look(catalogue).data(
            wording.title(protocol.title, catalogue),
            ("not_if", "pain", "danger", "before"),
            folded=folded,
            height=16.5 if folded else 22,
            hand=18 if folded else 22,
            lead=text("pp_leaflet_lead"),
            not_if=[text(f"pp_not_{name}") for name in safety_ids() if f"pp_not_{name}" in catalogue],
            danger=[getattr(question.text, catalogue.lang) for question in form.screening],
            prepare=before,
            fields=[[text("pp_midwife_phone"), ""], [text("pp_place"), ""]],
            rows=[_movement(segment, form, catalogue) for segment in protocol.segments],
            source=" ".join(
                [text("pp_leaflet_source", stop=safety["safety_stop_on_pain"])]
                + ([text("pp_leaflet_after", source=form.source)] if form.source else [])
            ),
            footer=f"{protocol.id} {protocol.version} ({protocol.digest[:8]})",
        ),
        pictures=pictures,
    )


def _shape(segment: Segment, form: VisitForm, catalogue: Catalogue) -> tuple[str, str]:
    """The hand's shape, and that in words."""
    shape = form.shapes.get(segment.id, _OF_CONTACT[segment.contact])
    return shape, catalogue.text(f"pp_shape_{shape}")


def _movement(segment: Segment, form: VisitForm, catalogue: Catalogue) -> Data:
    text, title = catalogue.text, wording.title(segment.title, catalogue)
    count = ""
    if segment.count is not None:
        low, high = segment.count.target
        count = text("pp_times", count=f"{low}–{high}" if low != high else f"{low}")
        if segment.count.per == "side":
            count = f"{count} {text('pp_per_side')}"
    elif segment.duration is not None:
        minutes = "–".join(f"{s / 60:g}" for s in segment.duration.target_s)
        count = text("pp_lasting", minutes=minutes)
    shape = _shape(segment, form, catalogue)[1]
    return {
        "file": f"{segment.id}.svg",
        "hand": f"hand-{segment.id}.svg",
        "alt": title,
        "shape": shape,
        "title": title,
        "with": text("pp_movement", hands=text(f"hand_{segment.hands}"), contact=shape),
        # How long a point is held is said where the protocol says how the step is done, and nowhere else.
        "how": "" if segment.how is None else wording.title(segment.how, catalogue),
        "count": count,
    }
