"""``coach programme carry`` and ``take``: to another laptop on a USB stick."""

from __future__ import annotations

from pathlib import Path

import click

from coach import carry as carrying
from coach.commands.choosing import data_option, lang_option
from coach.commands.language import BAD_INPUT, DONE, say, words
from coach.commands.programme.group import programme
from coach.register import Register
from coach.store import Filter, open_store
from coach.store.days import midnight
from coach.store.identity import Settled as People
from coach.store.identity import label

_PASSPHRASE = click.option(
    "--passphrase", metavar="TEXT", default="", envvar="COACH_PASSPHRASE", help="help_option_passphrase"
)


@programme.command("carry", help="help_programme_carry")
@click.argument("out", metavar="FILE.zip")
@click.option("--names", is_flag=True, help="help_option_with_names")
@click.option("--video", is_flag=True, help="help_option_with_video")
@click.option("--no-tracks", is_flag=True, help="help_option_no_tracks")
@click.option("--no-sessions", is_flag=True, help="help_option_no_sessions")
@click.option("--since", metavar="YYYY-MM-DD", default="", help="help_option_since")
@_PASSPHRASE
@data_option
@lang_option
def carry(
    out: str,
    names: bool,
    video: bool,
    no_tracks: bool,
    no_sessions: bool,
    since: str,
    passphrase: str,
    data: str | None,
) -> int:
    with open_store(data) as store:
        asked = Filter(state="finished", since=midnight(since) if since else "")
        ids = [] if no_sessions else store.ids(asked)
        more = {"names": names, "films": video, "tracks": not no_tracks}
        made = carrying.carry(Register(store), Path(out), ids, passphrase=passphrase, **more)
    key = "carry_done_locked" if made.locked else "carry_done"
    say(words().text(key, path=out, entries=made.entries, sessions=made.sessions))
    return DONE


@programme.command("take", help="help_programme_take")
@click.argument("file", metavar="FILE.zip")
@click.option("--look", is_flag=True, help="help_option_look")
@click.option("--same", metavar="CODE", multiple=True, help="help_option_take_same")
@click.option("--theirs", metavar="CODE", multiple=True, help="help_option_take_theirs")
@_PASSPHRASE
@data_option
@lang_option
def take(
    file: str, look: bool, same: tuple[str, ...], theirs: tuple[str, ...], passphrase: str, data: str | None
) -> int:
    """Shows what the file would bring, then takes it in; with ``--look`` only shows."""
    settled = People(same=frozenset(same), theirs=frozenset(theirs))
    with open_store(data) as store:
        register = Register(store)
        with carrying.opened(register, Path(file), passphrase, settled) as found:
            _show(found)
            if look:
                return DONE
            if found.plan.clashes:
                say(words().text("take_unsettled", count=len(found.plan.clashes)))
                return BAD_INPUT
            added, sessions = carrying.take(register, found)
    say(words().text("take_done", new=added.new, known=added.known, gone=added.gone, sessions=sessions))
    return DONE


def _show(found: carrying.Opened) -> None:
    catalogue, shown = words(), found.preview
    counted = {"new": len(shown.new), "known": shown.known, "gone": len(shown.gone), "obeyed": shown.obeyed}
    click.echo(catalogue.text("take_entries", **counted))
    sessions = {state: found.plan.count(state) for state in ("new", "known", "deleted")}
    click.echo(catalogue.text("take_sessions", **sessions))
    for letter, made in shown.last_seen.items():
        click.echo(catalogue.text("programme_last_seen", letter=letter, day=made[:10]))
    for clash in shown.clashes:
        ids = ", ".join(id_[:8] for id_ in clash.entries)
        click.echo(catalogue.text(f"clash_{clash.kind}", what=clash.what, ids=ids))
    for person in found.plan.clashes:
        click.echo(catalogue.text("take_person", code=person.code, here=label(person.here), there=label(person.there)))
