"""graphalign query: ask an alliance a question in Cypher, in a Neo4j database or in the input itself."""

from __future__ import annotations

import contextlib
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graphalign.cli.options import PATH, config_option, open_graph, output_option, put
from graphalign.cli.progress import progress
from graphalign.cli.store import Where, store_options
from graphalign.errors import UsageError

if TYPE_CHECKING:
    from graphalign.explore import Embedded, Question
    from graphalign.neo4j.ask import Asked
    from graphalign.settings import Settings

NARROWEST, WIDEST = 80, 200


@click.command()
@click.argument("question")
@click.argument("input", type=PATH, required=False)
@click.option("-p", "--parameter", "given", metavar="NAME=VALUE", multiple=True, help="A parameter of the question.")
@click.option("--as-of", metavar="DATE", help="The day to judge on, as 2026-06-30; default today.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    show_default=True,
    help="The answer's form.",
)
@click.option(
    "--seconds", type=click.FloatRange(min=0.1), default=60.0, show_default=True, help="How long it may take."
)
@output_option
@config_option
@store_options
def query(  # noqa: PLR0917 (click passes them by name)
    question: str,
    input: Path | None,  # noqa: A002 (its name in the help)
    given: tuple[str, ...],
    as_of: str | None,
    form: str,
    seconds: float,
    output: Path | None,
    config: Path | None,
    where: Where,
) -> None:
    """Ask a question in Cypher, with a server or without.

    QUESTION is a name (see graphalign queries), a rule, a .cypher file, or Cypher itself. With an INPUT it is asked in
    memory, without a server; else in the Neo4j database of --neo4j or NEO4J_URI. Nothing is ever written.
    """
    # These take time to import: not for -h.
    from graphalign.check import day_of
    from graphalign.explore import find_question
    from graphalign.explore.library import filled, rule_parameters
    from graphalign.reports.answers import render

    asked = find_question(question)
    values = filled(asked, given, as_of)
    with _reader(asked, input, config, where) as (reader, settings):
        if asked.rule:
            values |= rule_parameters(asked.rule, reader, day_of(as_of), settings)
        answer = reader.ask(asked.text, values, seconds=seconds)
    for remark in answer.remarks:
        click.echo(f"graphalign: {remark}", err=True)
    put(render(answer, form, _width(output)), output)


@contextlib.contextmanager
def _reader(
    asked: Question, source: Path | None, config: Path | None, where: Where
) -> Iterator[tuple[Asked | Embedded, Settings]]:
    """Give who answers: the engine in memory for an input, else the database; and the settings."""
    from graphalign.configure import load_settings, settings_beside

    if source is not None:
        from graphalign.explore import embedded

        if where.uri is not None:
            raise UsageError("both INPUT and --neo4j say what to ask", way_out="give one of them")
        if asked.kglite:
            raise UsageError(
                f"{asked.name} needs a server: {asked.kglite}", way_out="push INPUT and give --neo4j URI instead"
            )
        with progress() as told:
            graph, settings = open_graph(source, config, told)
            yield embedded(graph), settings
        return
    if where.address is None:
        raise UsageError("nothing says what to ask", way_out="give INPUT, or --neo4j URI for a database")
    from graphalign.neo4j.ask import Asked
    from graphalign.neo4j.marker import refuse_half_loaded

    with where.open() as connection:
        refuse_half_loaded(connection)
        yield Asked(connection), load_settings(config) if config else settings_beside(Path.cwd())


def _width(output: Path | None) -> int:
    """Return how wide a table may be; the same in a pipe or a file everywhere."""
    if output is not None or not sys.stdout.isatty():
        return 120
    return min(max(shutil.get_terminal_size().columns, NARROWEST), WIDEST)
