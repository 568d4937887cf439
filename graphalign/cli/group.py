"""A group of commands that are imported when called for, and whose errors are one line."""

from __future__ import annotations

import atexit
import gc
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, NoReturn

import click

from graphalign.cli.errors import CANNOT_RUN, guarded, say

# New objects before a search for garbage, in a process that ends soon: Python's 700 cost a twentieth of a check, and a
# fifth of a view, for what is hardly ever found.
ENOUGH = 200_000


class LazyGroup(click.Group):
    """A group whose commands live one in a module, each named as its module is.

    Parameters
    ----------
    commands_in
        The package of the modules.
    names
        The commands, in the order `--help` lists them.
    """

    def __init__(self, *args: Any, commands_in: str, names: Sequence[str], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self._package = commands_in
        self._names = list(names)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names of the commands."""
        return self._names

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return a command, imported now; None where there is none of that name."""
        if cmd_name not in self._names:
            return None
        command = getattr(import_module(f"{self._package}.{cmd_name}"), cmd_name)
        return command if isinstance(command, click.Command) else None

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401
        """Run the command; what goes wrong ends in one line on stderr and an exit code."""
        debug = bool(ctx.params.get("debug"))
        with guarded(debug=debug):
            return super().invoke(ctx)

    # click overloads it by standalone_mode.
    def main(  # type: ignore[override]
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        **extra: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        """Run the command line; a wrong word on it is one line, too."""
        gc.set_threshold(ENOUGH, *gc.get_threshold()[1:])
        # Nor is it looked for in the end, when all memory goes at once: that took a tenth of a short command.
        atexit.register(gc.freeze)
        for stream in (sys.stdout, sys.stderr):
            # A terminal that cannot show a name shows its escape.
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="backslashreplace")
        if not extra.pop("standalone_mode", True):
            return super().main(args, prog_name, standalone_mode=False, **extra)
        try:
            code = super().main(args, prog_name, standalone_mode=False, **extra)
        except click.exceptions.NoArgsIsHelpError as error:
            say_help(error)
        except click.UsageError as error:
            # On a line of its own, as all other errors; the help is one key away.
            path = error.ctx.command_path if error.ctx else "graphalign"
            say(f"{error.format_message().rstrip('.')}; see {path} -h")
            sys.exit(CANNOT_RUN)
        except click.ClickException as error:
            say(error.format_message())
            sys.exit(CANNOT_RUN)
        except click.Abort:
            sys.exit(130)
        sys.exit(code if isinstance(code, int) else 0)


def say_help(error: click.exceptions.NoArgsIsHelpError) -> NoReturn:
    """Show the help that stands in for missing arguments."""
    click.echo(error.format_message(), err=True)
    sys.exit(CANNOT_RUN)
