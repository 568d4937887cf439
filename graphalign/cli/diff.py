"""graphalign diff: what came and went between two states of an alliance."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from graphalign.cli.options import PATH, Progress, config_option, open_graph, output_option, put
from graphalign.cli.progress import progress

if TYPE_CHECKING:
    from graphalign.baseline import Snapshot
    from graphalign.graph import AlignmentGraph


@click.command()
@click.argument("old", type=PATH)
@click.argument("new", type=PATH)
@click.option("--as-of", metavar="DATE", help="The day to judge on, as 2026-06-30; default today.")
@click.option("--as-of-old", metavar="DATE", help="The day to judge OLD on; default that of --as-of.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "md"]), default="text", show_default=True, help="The form."
)
@output_option
@click.option("--all", "show_all", is_flag=True, help="Show every finding and every change.")
@click.option(
    "--limit", type=click.IntRange(min=1), default=5, show_default=True, help="Findings to show, and changes of a kind."
)
@config_option
def diff(  # noqa: PLR0917 (click passes them by name)
    old: Path,
    new: Path,
    as_of: str | None,
    as_of_old: str | None,
    form: str,
    output: Path | None,
    show_all: bool,  # noqa: FBT001
    limit: int,
    config: Path | None,
) -> None:
    """Tell what came and went between two states of an alliance.

    OLD and NEW are two inputs, or reports that graphalign check --format json wrote. Of two inputs, both judged under
    the settings of NEW, the changes in the graph are told too, with the findings each may have brought about.
    """
    from graphalign.configure import load_settings, settings_beside
    from graphalign.diff import diff as compared
    from graphalign.model import as_day
    from graphalign.reports.differences import render

    days = {name: None if day is None else as_day(day) for name, day in (("as_of", as_of), ("as_of_old", as_of_old))}
    with progress() as told:
        before, after = (_side(path, config, told) for path in (old, new))
        settings = load_settings(config) if config else settings_beside(new)
        found = compared(before, after, settings=settings, **days)
        text = render(found, form, limit=None if show_all else limit)
    put(text, output)


def _side(path: Path, config: Path | None, told: Progress) -> AlignmentGraph | Snapshot:
    from graphalign.baseline import is_report, read_report

    return read_report(path) if is_report(path) else open_graph(path, config, told)[0]
