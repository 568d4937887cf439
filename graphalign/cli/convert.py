"""graphalign convert: one form of input into another."""

from __future__ import annotations

from pathlib import Path

import click

from graphalign.cli.options import PATH, config_option, open_graph, pseudonym_options, without_names
from graphalign.cli.progress import progress
from graphalign.errors import UsageError

FORMS = ("csv", "zip", "workbook", "yaml", "json", "node-link", "parquet")


@click.command()
@click.argument("in", type=PATH)
@click.argument("out", type=PATH)
@click.option("--to", "form", type=click.Choice(FORMS), help="The form of OUT; default by its ending.")
@pseudonym_options
@config_option
def convert(
    out: Path,
    form: str | None,
    config: Path | None,
    pseudonymise: bool,  # noqa: FBT001
    pseudonym_key: Path | None,
    **given: Path,
) -> None:
    """Write an input in another form: the same graph.

    OUT ends in .xlsx, .yaml, .json (for people), .zip or .parquet; a name without an ending is a folder of CSV.
    What is there is replaced when all is written.
    """
    from graphalign.writers import write_graph

    source = given["in"]
    if out.exists() and source.exists() and out.samefile(source):
        raise UsageError("IN and OUT are the same", where=str(out), way_out="name another OUT")
    with progress() as told:
        graph, settings = open_graph(source, config, told)
        graph, _ = without_names(graph, settings, wanted=pseudonymise, key_file=pseudonym_key)
        if told:
            told(f"writing {out.name}")
        write_graph(graph, out, form)
    refused = len(graph.data.refusals)
    lost = f"; {refused:,} refused while reading are not in it, graphalign check says which" if refused else ""
    click.echo(f"{out}: {graph.nodes.height:,} nodes, {graph.edges.height:,} relationships{lost}", err=True)
