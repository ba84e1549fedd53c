"""click in the language of the person: its help and its complaints come from the message catalogue.

A command's ``help`` and an option's ``help`` are keys of the catalogue. Every way a command can end becomes an
exit code here: 0 done, 2 bad arguments or input (one line on standard error), 1 a fault of ours.
"""

from __future__ import annotations

import importlib
import itertools
import os
import sys
import traceback
from collections.abc import Sequence
from typing import Any

import click

from coach.domain import InputError
from coach.messages import LANGS, Catalogue, Lang, default_lang
from coach.summary import wording

DONE, FAULT, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130


def words(ctx: click.Context | None = None) -> Catalogue:
    """The catalogue of the running command."""
    found = (ctx or click.get_current_context()).find_root().obj
    return found if isinstance(found, Catalogue) else Catalogue(default_lang())


def spoken(arguments: Sequence[str]) -> Lang:
    """The language that the arguments ask for, before they are parsed: a complaint about them needs it."""
    given = [b for a, b in itertools.pairwise(arguments) if a == "--lang"]
    given += [argument.removeprefix("--lang=") for argument in arguments if argument.startswith("--lang=")]
    return next((lang for lang in LANGS if lang in given), default_lang())


def say(text: str) -> None:
    """One line on standard error."""
    _tell(wording.line(text))


def _tell(text: str) -> None:
    """Not by click: on Windows it keeps the console's own handle, which is another one once libraries were silenced."""
    if sys.stderr is not None:
        sys.stderr.write(text + "\n")
        sys.stderr.flush()


def say_error(error: InputError, catalogue: Catalogue) -> None:
    say(catalogue.text("error_line", text=wording.error(error, catalogue)))


def say_fault(what: str, trace: str, catalogue: Catalogue) -> None:
    """One line about a fault of ours, and the traceback where COACH_DEBUG asks for it."""
    say(catalogue.text("error_line", text=catalogue.text("fault", what=what)))
    if os.environ.get("COACH_DEBUG") == "1":
        _tell(trace)


def described(error: BaseException) -> str:
    """An exception in a few words."""
    text = wording.line(f"{type(error).__name__}: {error}")
    return text if len(text) <= 200 else text[:199] + "…"


class Worded(click.Command):
    """A command whose help is in the catalogue's words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"options_metavar": "[--…]", **kwargs})

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=words(ctx).text("usage"))

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(words(ctx).text(self.help or "help_main"))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        records = []
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if record and isinstance(parameter, click.Option):
                key = str(parameter.help)  # only click's own --help has a sentence there
                records.append((record[0], words(ctx).text(key if key in words(ctx) else "help_option_help")))
        with formatter.section(words(ctx).text("options")):
            formatter.write_dl(records)


class WordedGroup(Worded, click.Group):
    """A group of commands in the catalogue's words."""

    command_class = Worded

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"subcommand_metavar": "…", **kwargs})
        self._put_off: dict[str, str] = {}

    def put_off(self, name: str, module: str) -> None:
        """Adds a command of that name in another module, which is loaded once somebody asks for it."""
        self._put_off[name] = module

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *self._put_off})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module = self._put_off.pop(cmd_name, None)
        if module is not None:
            self.add_command(getattr(importlib.import_module(module), cmd_name))
        return super().get_command(ctx, cmd_name)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        with formatter.section(words(ctx).text("commands")):
            formatter.write_dl([(name, words(ctx).text(str(c.help)).split("\n")[0]) for name, c in commands if c])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            raise InputError("usage_no_command", given=args[0], known=", ".join(self.list_commands(ctx)))
        return super().resolve_command(ctx, args)


WordedGroup.group_class = WordedGroup


class Program(WordedGroup):
    """The whole program: runs a command and turns every end of it into an exit code."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Runs the program; leaves it with the exit code, or returns that where ``standalone_mode`` is False."""
        arguments = list(sys.argv[1:] if args is None else args)
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="replace")  # a file's name may hold what the terminal cannot show
        extra |= {"prog_name": prog_name or "coach", "complete_var": complete_var}
        code = self._run(arguments, Catalogue(spoken(arguments)), extra)
        if standalone_mode:
            sys.exit(code)
        return code

    def _run(self, arguments: list[str], catalogue: Catalogue, extra: dict[str, Any]) -> int:
        try:
            code = super().main(arguments, standalone_mode=False, obj=catalogue, **extra)
        except click.UsageError as error:
            text = _complaint(error, catalogue)
            command = error.ctx.command_path if error.ctx else "coach"
            say(catalogue.text("error_line", text=catalogue.text("usage_hint", text=text, command=command)))
            return BAD_INPUT
        except InputError as error:
            say_error(error, catalogue)
            return BAD_INPUT
        except (click.Abort, KeyboardInterrupt):
            return INTERRUPTED
        except Exception as error:
            say_fault(described(error), traceback.format_exc(), catalogue)
            return FAULT
        return code if isinstance(code, int) else DONE

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # the reader of our output has left (coach review … | head): no fault of anyone
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return DONE


def _complaint(error: click.UsageError, catalogue: Catalogue) -> str:
    if isinstance(error, click.NoSuchOption):
        return catalogue.text("usage_no_option", given=error.option_name)
    if isinstance(error, click.BadOptionUsage):
        return catalogue.text("usage_value_missing", name=error.option_name)
    if isinstance(error, click.MissingParameter) and error.param is not None:
        return catalogue.text("usage_missing", name=(error.param.metavar or str(error.param.name)).removesuffix("..."))
    return catalogue.text("usage_general")
