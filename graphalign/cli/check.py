"""graphalign check: run the rules on an alliance, in files or in a database, and print the gap report."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from graphalign.cli.options import PATH, config_option, open_graph, output_option, pseudonym_options, put, without_names
from graphalign.cli.progress import progress
from graphalign.cli.store import Where, store_options
from graphalign.errors import UsageError
from graphalign.model import SEVERITIES, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from graphalign.baseline import Snapshot
    from graphalign.check import Ended
    from graphalign.graph import AlignmentGraph
    from graphalign.neo4j.own import OwnRule
    from graphalign.settings import Settings

FINDINGS = 1
NARROWEST, WIDEST = 60, 120


@click.command()
@click.argument("input", type=PATH, required=False)
@click.option("--as-of", metavar="DATE", help="The day to judge on, as 2026-06-30; default today.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "md", "sarif", "junit", "csv", "xlsx"]),
    default="text",
    show_default=True,
    help="The report's form.",
)
@output_option
@click.option(
    "--fail-on",
    type=click.Choice([*SEVERITIES[:3], "never"]),
    default="never",
    show_default=True,
    help="End with exit code 1 when there are findings of this severity or a higher one.",
)
@click.option(
    "--baseline",
    type=PATH,
    metavar="REPORT",
    help="An earlier report (--format json): --fail-on counts only what is new since, and what is fixed is told.",
)
@click.option("--all", "show_all", is_flag=True, help="Show every finding of every rule.")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=5,
    show_default=True,
    help="Findings to show of a rule in each severity.",
)
@click.option("--explain-import", is_flag=True, help="Say which heading and word of the input became what.")
@click.option(
    "--annotate",
    type=PATH,
    metavar="OUT.xlsx",
    help="Write a copy of the workbook INPUT too, the rows that findings stand on marked and commented.",
)
@click.option("--with-graph", is_flag=True, help="Put the graph into the JSON, too, for graphalign view.")
@pseudonym_options
@config_option
@click.option(
    "--only", metavar="CODES", multiple=True, help="Run these rules only: codes or names, separated by commas."
)
@click.option("--color/--no-color", default=None, help="Colours; default on a terminal only.")
@click.option(
    "--rules-dir",
    type=PATH,
    metavar="DIR",
    help="Run your own rules too: CODE.cypher files, each with a header; see docs/neo4j.md.",
)
@store_options
def check(  # noqa: PLR0917 (click passes them by name)
    input: Path | None,  # noqa: A002 (its name in the help)
    as_of: str | None,
    form: str,
    output: Path | None,
    fail_on: str,
    baseline: Path | None,
    show_all: bool,  # noqa: FBT001
    limit: int,
    explain_import: bool,  # noqa: FBT001
    annotate: Path | None,
    with_graph: bool,  # noqa: FBT001
    pseudonymise: bool,  # noqa: FBT001
    pseudonym_key: Path | None,
    config: Path | None,
    only: tuple[str, ...],
    color: bool | None,  # noqa: FBT001
    rules_dir: Path | None,
    where: Where,
) -> None:
    """Read an alliance and report what is out of line in it.

    INPUT is a workbook, a CSV or Parquet folder, a zip of it, YAML or JSON. Without it the rules run inside the Neo4j
    database that --neo4j or NEO4J_URI names, which is only read; its settings are those of --config, else
    graphalign.toml in this folder.
    """
    # These take time to import: not for -h, and what only some checks need not for the others.
    from graphalign.check import check as run
    from graphalign.model import as_day
    from graphalign.reports import Shown, render

    if form == "xlsx" and output is None:
        raise UsageError("a workbook goes to a file", way_out="name it: -o report.xlsx")
    if with_graph and form != "json":
        raise UsageError("only JSON holds the graph", way_out="add --format json, or leave --with-graph out")
    if with_graph and input is None:
        raise UsageError(
            "a check in a database holds no graph",
            way_out="graphalign pull OUT, then graphalign check OUT --with-graph",
        )
    _refuse(input, where, pseudonymise=pseudonymise, annotate=annotate, baseline=baseline)
    day = None if as_of is None else as_day(as_of)
    wanted = [word.strip() for words in only for word in words.split(",") if word.strip()]
    earlier = None if baseline is None else _earlier(baseline)
    own = _own_rules(rules_dir)
    with contextlib.ExitStack() as stack:
        # The connection first: it may ask for a password. A report reads on in the database while it is written.
        connection = stack.enter_context(where.open()) if input is None else None
        told = stack.enter_context(progress())
        if connection is not None:
            from graphalign.neo4j.check import check as run_there

            chosen = _settings(config)
            report = run_there(connection, as_of=day, settings=chosen, only=wanted or None, own=own, progress=told)
        else:
            graph, settings = open_graph(cast("Path", input), config, told)
            graph, settings = without_names(graph, settings, wanted=pseudonymise, key_file=pseudonym_key)
            more = _in_memory(own, graph, day, settings, told)
            report = run(graph, as_of=day, settings=settings, only=wanted or None, progress=told, more=more)
        if earlier is not None:
            from graphalign.baseline import compare

            report = compare(report, earlier)
        shown = Shown(width_of(output), _colored(color, output), limit, show_all, explain_import)
        if annotate is not None and input is not None:
            from graphalign.reports.annotate import write as write_annotated

            write_annotated(report, input, annotate)
        if form == "xlsx" and output is not None:
            from graphalign.reports.excel import write as write_workbook

            write_workbook(report, output)
        elif with_graph:
            from graphalign.document import chunks

            put(chunks(report, with_graph=True), output)
        else:
            put(render(report, "terminal" if form == "text" else form, shown), output)
    if fail_on != "never" and report.worst(cast("Severity", fail_on)):
        click.get_current_context().exit(FINDINGS)


def _refuse(
    source: Path | None, where: Where, *, pseudonymise: bool, annotate: Path | None, baseline: Path | None
) -> None:
    """Refuse what does not go together, before anything is read."""
    if pseudonymise and (annotate or baseline):
        other = "--annotate" if annotate else "--baseline"
        raise UsageError(
            f"--pseudonymise does not go with {other}, which knows people by name", way_out="leave one out"
        )
    if source is not None:
        if where.uri is not None:
            raise UsageError("both INPUT and --neo4j say what to check", way_out="give one of them")
        if annotate is not None:
            from graphalign.reports.annotate import refuse as refuse_to_annotate

            refuse_to_annotate(source, annotate)
        return
    if where.address is None:
        raise UsageError("nothing says what to check", way_out="give INPUT, or --neo4j URI for a database")
    if pseudonymise:
        raise UsageError(
            "a check in a database knows people by name",
            way_out="graphalign pull OUT --pseudonymise, then graphalign check OUT",
        )
    if annotate is not None:
        raise UsageError("only a workbook can be annotated, and a database is none", way_out="leave --annotate out")


def _earlier(path: Path) -> Snapshot:
    """Return what an earlier report said."""
    from graphalign.baseline import read_report

    return read_report(path)


def _own_rules(folder: Path | None) -> list[OwnRule]:
    """Return the user's own rules; none where no folder is named."""
    if folder is None:
        return []
    from graphalign.neo4j.own import read_own_rules

    return read_own_rules(folder)


def _in_memory(
    own: list[OwnRule],
    graph: AlignmentGraph,
    day: date | None,
    settings: Settings,
    progress: Callable[[str], None] | None,
) -> Iterable[Ended]:
    """Return how the user's own rules end on a graph, asked in memory."""
    if not own:
        return ()
    from functools import partial

    from graphalign.check import day_of
    from graphalign.explore.embedded import ask_graph
    from graphalign.neo4j.own import run_own_rules

    seconds = float(settings.get("neo4j", "seconds"))
    return run_own_rules(
        own, partial(ask_graph, graph, seconds=seconds), graph.nodes.height, day_of(day), settings, progress
    )


def _settings(config: Path | None) -> Settings:
    """Return the settings of a check in a database: those named, else those of this folder."""
    from graphalign.configure import load_settings, settings_beside

    return load_settings(config) if config else settings_beside(Path.cwd())


def width_of(output: Path | None) -> int:
    """Return the terminal's width within reason; 80 in a pipe or a file, so that the bytes are the same everywhere."""
    if output is not None or not sys.stdout.isatty():
        return 80
    import shutil

    return min(max(shutil.get_terminal_size().columns, NARROWEST), WIDEST)


def _colored(color: bool | None, output: Path | None) -> bool:  # noqa: FBT001
    import os

    if color is not None:
        # click strips colour from what is no terminal unless told not to.
        click.get_current_context().color = color
        return color
    return output is None and sys.stdout.isatty() and not os.environ.get("NO_COLOR")
