"""graphalign pull: an alliance from a Neo4j database into files."""

from __future__ import annotations

from pathlib import Path

import click

from graphalign.cli.convert import FORMS
from graphalign.cli.options import PATH, pseudonym_options, without_names
from graphalign.cli.progress import progress
from graphalign.cli.store import Where, store_options

SHOWN = 10


@click.command()
@click.argument("out", type=PATH)
@click.option("--to", "form", type=click.Choice(FORMS), help="The form of OUT; default by its ending.")
@click.option("--config", type=PATH, metavar="FILE", help="The settings; default none.")
@pseudonym_options
@store_options
def pull(
    out: Path,
    form: str | None,
    config: Path | None,
    pseudonymise: bool,  # noqa: FBT001
    pseudonym_key: Path | None,
    where: Where,
) -> None:
    """Write the alliance that a Neo4j database holds into files.

    OUT ends as with convert; a name without an ending is a folder of CSV.
    """
    from graphalign.configure import load_settings
    from graphalign.neo4j.pull import pull as run
    from graphalign.settings import Settings
    from graphalign.writers import write_graph

    settings = load_settings(config) if config else Settings()
    with where.open() as connection, progress() as told:
        graph = run(connection, settings, progress=told)
        graph, _ = without_names(graph, settings, wanted=pseudonymise, key_file=pseudonym_key)
        if told:
            told(f"writing {out.name}")
        write_graph(graph, out, form)
    click.echo(f"{out}: {graph.nodes.height:,} nodes, {graph.edges.height:,} relationships", err=True)
    for refusal in graph.data.refusals[:SHOWN]:
        click.echo(f"left out: {refusal.what} {refusal.text}: {refusal.reason}", err=True)
    if (more := len(graph.data.refusals) - SHOWN) > 0:
        click.echo(f"left out: {more:,} more", err=True)
