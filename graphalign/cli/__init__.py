"""The command line: the group, whose commands are imported when they are called for."""

from __future__ import annotations

import click

from graphalign.cli.group import LazyGroup

COMMANDS = (
    "check",
    "view",
    "alignment",
    "rules",
    "explain",
    "stats",
    "diff",
    "config",
    "waive",
    "query",
    "queries",
    "convert",
    "push",
    "pull",
    "export",
    "init",
    "sample",
    "completion",
)


def _show_version(context: click.Context, _parameter: click.Parameter, value: bool) -> None:  # noqa: FBT001 (click's call)
    if value and not context.resilient_parsing:
        from importlib.metadata import version

        click.echo(f"graphalign {version('graphalign')}")
        context.exit()


@click.group(
    cls=LazyGroup,
    commands_in="graphalign.cli",
    names=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option("--debug", is_flag=True, help="Show the whole traceback of an error.")
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version, help="Show the version."
)
@click.pass_context
def main(context: click.Context, debug: bool) -> None:  # noqa: FBT001
    """Find what is out of line in an alliance: goals, owners, stakeholders, contact.

    Exit codes: 0 done, 1 findings at or above --fail-on, 2 it could not run.
    """
    context.obj = debug
