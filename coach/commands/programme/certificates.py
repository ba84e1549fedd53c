"""``coach programme ready``, ``certify``, ``verify``, ``revoke``, ``expiring``, ``idle``, ``chain``."""

from __future__ import annotations

from collections.abc import Sequence

import click

from coach.commands.choosing import data_option, lang_option
from coach.commands.language import BAD_INPUT, DONE, say, words
from coach.commands.programme import group
from coach.commands.programme.group import programme, rules_option
from coach.commands.programme.visits import load_form
from coach.domain import InputError
from coach.instruments import Rules, files
from coach.programme import certifying, chain
from coach.programme.bodies import Certificate, Instrument, Person, Revoked
from coach.programme.certifying import Condition
from coach.programme.knowledge import sheets
from coach.programme.people import code_of, shown
from coach.programme.proof import parse_proof, proof
from coach.register import Register
from coach.store import open_store


def conditions(register: Register, rules: Rules, person: str, since: str = "") -> list[Condition]:
    """The conditions of one person, with all that the register and the sessions know."""
    state = register.state()
    form = load_form(rules.instruments["visit"], register.own) if "visit" in rules.instruments else None
    mark = form.pass_mark if form else 80.0
    return certifying.conditions(state, rules, person, register.practised(), sheets(state), mark, since)


def told(found: Condition) -> str:
    """A condition in a few words."""
    catalogue = words()
    key = f"condition_{found.key}" + (f"_{found.what}" if found.key == "attended" else "")
    value = "–" if found.value is None else f"{found.value:.0f}"
    sign = "✓" if found.met else "·"
    return f"{sign} {catalogue.text(key, what=found.what)} {value}/{found.needed:.0f}"


@programme.command("ready", help="help_programme_ready")
@click.argument("codes", metavar="[CODE...]", nargs=-1)
@rules_option
@data_option
@lang_option
def ready(codes: tuple[str, ...], rules: str, data: str | None) -> int:
    with open_store(data) as store:
        register = Register(store)
        found = files.load_rules(rules, register.own)
        state = register.state()
        kader = [held.id for held in state.all(Person).values() if "kader" in held.body.roles]
        asked = [group.person(state, code) for code in codes] or kader
        for id_ in asked:
            own = conditions(register, found, id_)
            key = (
                "ready_whole" if certifying.is_whole(own) else "ready_yes" if certifying.is_ready(own) else "ready_not"
            )
            click.echo(f"{shown(state, id_)}: {words().text(key)}")
            click.echo("   " + "   ".join(map(told, own)))
    return DONE


@programme.command("certify", help="help_programme_certify")
@click.argument("codes", metavar="CODE...", nargs=-1, required=True)
@click.option("--trainer", metavar="CODE", required=True, help="help_option_signs")
@click.option("--date", "day", metavar="YYYY-MM-DD", default="", help="help_option_date")
@rules_option
@data_option
@lang_option
def certify(codes: tuple[str, ...], trainer: str, day: str, rules: str, data: str | None) -> int:
    """Writes the certificate down; the paper is printed with ``coach programme paper certificate``."""
    with open_store(data) as store:
        register = Register(store)
        found = files.load_rules(rules, register.own)
        register.instrument(files.read(rules, register.own).decode("utf-8"), found.digest, trainer)
        signer = group.person(register.state(), trainer)
        for code in codes:
            state = register.state()
            who = group.person(state, code)
            own = conditions(register, found, who, certifying.since(state, who))
            letter = register.laptop.letter
            body, before = certifying.signed(state, found, who, own, group.today(day), letter, signer)
            register.add(body, trainer, *((before.id, before.entry.id) if before is not None else ()))
            key = "certified_provisional" if body.provisional else "certified"
            say(words().text(key, code=code, number=body.number, expires=body.expires))
    return DONE


@programme.command("verify", help="help_programme_verify")
@click.argument("text", metavar="TEXT")
@data_option
@lang_option
def verify(text: str, data: str | None) -> int:
    """What the QR of a certificate says, against what this laptop knows; no network."""
    given = parse_proof(text)
    with open_store(data) as store:
        state = Register(store).state()
        today = group.today()
        for held in state.all(Certificate).values():
            if held.body.number == given.number:
                if proof(state, held).digest != given.digest:
                    say(words().text("verify_differs", number=given.number))
                    return BAD_INPUT
                warn = 0 if state.get(Instrument, held.body.rules) is None else 60
                standing = certifying.standing(state, held, today, warn)
                who = code_of(state, held.body.person)
                click.echo(words().text(f"verify_{standing}", number=given.number, code=who, expires=held.body.expires))
                return BAD_INPUT if standing in ("revoked", "expired") else DONE
    say(words().text("verify_unknown", number=given.number))
    return BAD_INPUT


@programme.command("revoke", help="help_programme_revoke")
@click.argument("number", metavar="NUMBER")
@click.option("--why", metavar="TEXT", required=True, help="help_option_why")
@click.option("--trainer", metavar="CODE", required=True, help="help_option_signs")
@data_option
@lang_option
def revoke(number: str, why: str, trainer: str, data: str | None) -> int:
    with open_store(data) as store:
        register = Register(store)
        state = register.state()
        found = [held for held in state.all(Certificate).values() if held.body.number == number]
        if len(found) != 1:
            raise InputError("programme_several" if found else "programme_no_such", id=number[:60])
        by = group.person(state, trainer)
        register.add(Revoked(certificate=found[0].id, person=found[0].body.person, why=why, by=by), trainer)
    say(words().text("revoked", number=number))
    return DONE


@programme.command("expiring", help="help_programme_expiring")
@click.option("--date", "day", metavar="YYYY-MM-DD", default="", help="help_option_date")
@rules_option
@data_option
@lang_option
def expiring(day: str, rules: str, data: str | None) -> int:
    with open_store(data) as store:
        register = Register(store)
        warn = files.load_rules(rules, register.own).certificate.warn_days
        state = register.state()
        found = certifying.expiring(state, group.today(day), warn)
        rows = [(h.body.expires, h.body.number, shown(state, h.body.person)) for h in found]
    group.table(("certificate_until", "certificate_number", "roster_kader"), rows)
    return DONE


@programme.command("idle", help="help_programme_idle")
@click.option("--date", "day", metavar="YYYY-MM-DD", default="", help="help_option_date")
@rules_option
@data_option
@lang_option
def idle(day: str, rules: str, data: str | None) -> int:
    with open_store(data) as store:
        register = Register(store)
        days = files.load_rules(rules, register.own).certificate.idle_days
        state = register.state()
        found = certifying.idle(state, register.practised(), group.today(day), days)
        rows = [(shown(state, person), last or words().text("idle_never")) for person, last in found]
    group.table(("roster_kader", "idle_last"), rows)
    return DONE


@programme.command("chain", help="help_programme_chain")
@data_option
@lang_option
def chain_(data: str | None) -> int:
    with open_store(data) as store:
        register = Register(store)
        state = register.state()
        found = chain.chain(state)
        _draw(state_lines(register, chain.tree(found)))
        for one in chain.by_generation(found, register.practised()):
            mean = "–" if one.mean is None else words().text("report_percent", percent=one.mean)
            counted = {"people": one.people, "examined": one.examined, "passed": one.passed}
            click.echo(words().text("chain_generation", generation=one.generation, mean=mean, **counted))
    return DONE


def state_lines(register: Register, branches: Sequence[chain.Branch], deep: int = 0) -> list[str]:
    """The chain as indented lines."""
    state = register.state()
    found = []
    for branch in branches:
        found.append("   " * deep + f"{branch.learned.generation}  {shown(state, branch.learned.person)}")
        found += state_lines(register, branch.trainees, deep + 1)
    return found


def _draw(found: Sequence[str]) -> None:
    for one in found:
        click.echo(one)
