"""``coach programme flow``, ``referrals``, ``outcome``, ``consent``: the mothers' own, and what they agreed to."""

from __future__ import annotations

from typing import Any

import click
from pydantic import ValidationError

from coach.commands.choosing import data_option, lang_option
from coach.commands.language import DONE, say, words
from coach.commands.programme import group
from coach.commands.programme.group import by_option, programme
from coach.domain import InputError
from coach.instruments import Milk, files
from coach.programme.bodies import Consent, Flow, Mother, Outcome, Referral, Visit
from coach.programme.milk import answered, called_for, outcome_of
from coach.programme.people import code_of
from coach.register import Register
from coach.store import open_store

_FORM = click.option("--form", metavar="NAME|FILE", default="milk_flow", help="help_option_instrument")
_TIMES, _STATES = ("before", "after", "next_day"), ("came", "not_come", "unknown")
_SCOPES = ("test", "data", "photo", "video", "teaching", "publication", "visit")


@programme.command("flow", help="help_programme_flow")
@click.argument("visit", metavar="VISIT")
@click.argument("when", metavar="|".join(_TIMES), type=click.Choice(_TIMES))
@click.argument("answers", metavar="QUESTION=ANSWER...", nargs=-1, required=True)
@_FORM
@by_option
@data_option
@lang_option
def flow(visit: str, when: str, answers: tuple[str, ...], form: str, author: str, data: str | None) -> int:
    with open_store(data) as store:
        register = Register(store)
        state, found = register.state(), files.load(form, register.own)
        if not isinstance(found, Milk):
            raise InputError("instrument_kind", name=form, kind=found.kind, wanted="outcome")
        id_ = group.subject(state, Visit, visit)
        held = state.all(Visit)[id_].body
        given = {name: _answer(found, when, name, text) for name, text in group.pairs(answers)}
        fields = {"mother": held.mother, "visit": id_, "when": when, "date": group.today(), "answers": given}
        made = Flow.model_validate(fields | {"instrument": found.digest})
        before, called = answered(state, id_, made.when), called_for(state, made, found, words().lang)
        register.instrument(files.read(form, register.own).decode("utf-8"), found.digest, author)
        replaced = ("", "") if before is None else (before.id, before.entry.id)
        register.add_all([(made, *replaced), *((one, "", "") for one in called)], author)
        mother = state.get(Mother, held.mother)
    say(words().text("flow_kept", code=mother.code if mother else "?"))
    for one in called:
        click.echo(words().text("flow_refer", to=one.to, reason=one.reason))
    return DONE


def _answer(form: Milk, when: str, name: str, text: str) -> str | int | float:
    """:raises InputError: flow_question, flow_answer"""
    asked = {q.id: q for q in form.questions if when in q.when}
    if name not in asked:
        raise InputError("flow_question", given=name[:60], known=", ".join(asked))
    question = asked[name]
    if question.choices:
        choices = [choice.id for choice in question.choices]
        if text not in choices:
            raise InputError("flow_answer", question=name, given=text[:60], known=", ".join(choices))
        return text
    number = int(text) if text.isascii() and text.isdigit() else -1
    least, most = (question.scale.least, question.scale.most) if question.scale else (0, _most(question))
    if not least <= number <= most:
        raise InputError("flow_answer", question=name, given=text[:60], known=f"{least}–{most}")
    return number


def _most(question: Any) -> int:
    return int(question.number.most)


@programme.command("referrals", help="help_programme_referrals")
@data_option
@lang_option
def referrals(data: str | None) -> int:
    with open_store(data) as store:
        state = Register(store).state()
        rows = []
        for held in state.all(Referral).values():
            mother, came = state.get(Mother, held.body.mother), outcome_of(state, held.id)
            who = mother.code if mother else code_of(state, held.body.person)
            how = words().text(f"rc_referral_{came.body.state if came else 'open'}")
            rows.append((held.id[:8], held.body.date, who, held.body.to, held.body.reason, how))
    group.table(("roster_id", "list_when", "roster_mother", "referral_to", "referral_reason", "referral_outcome"), rows)
    return DONE


@programme.command("outcome", help="help_programme_outcome")
@click.argument("referral", metavar="REFERRAL")
@click.argument("came", metavar="|".join(_STATES), type=click.Choice(_STATES))
@by_option
@data_option
@lang_option
def outcome(referral: str, came: str, author: str, data: str | None) -> int:
    with open_store(data) as store:
        register = Register(store)
        state = register.state()
        id_ = group.subject(state, Referral, referral)
        body, before = state.all(Referral)[id_].body, outcome_of(state, id_)
        fields = {"referral": id_, "mother": body.mother, "person": body.person, "state": came}
        made = Outcome.model_validate(fields | {"date": group.today()})
        register.add(made, author, *(() if before is None else (before.id, before.entry.id)))
    say(words().text("outcome_kept", id=id_[:8]))
    return DONE


@programme.command("consent", help="help_programme_consent")
@click.argument("code", metavar="CODE")
@click.option("--scope", "scopes", multiple=True, type=click.Choice(_SCOPES), help="help_option_scope")
@click.option("--withdrawn", is_flag=True, help="help_option_withdrawn")
@click.option("--until", metavar="YYYY-MM-DD", default="", help="help_option_until_day")
@by_option
@data_option
@lang_option
def consent(code: str, scopes: tuple[str, ...], withdrawn: bool, until: str, author: str, data: str | None) -> int:
    """What a person or a mother signed, or took back by the slip."""
    if bool(scopes) == withdrawn:
        raise InputError("consent_scopes", known=", ".join(_SCOPES))
    with open_store(data) as store:
        register = Register(store)
        giver = group.anybody(register.state(), code)
        fields = {"giver": giver, "scopes": scopes, "until": until, "withdrawn": withdrawn}
        try:
            made = Consent.model_validate(fields)
        except ValidationError as error:
            raise InputError("usage_day", given=until[:40]) from error
        register.add(made, author)
    say(words().text("consent_back" if withdrawn else "consent_kept", code=code, scopes=", ".join(scopes)))
    return DONE
