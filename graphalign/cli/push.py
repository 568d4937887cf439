"""graphalign push: an alliance from files into a Neo4j database."""

from __future__ import annotations

from pathlib import Path

import click

from graphalign.cli.options import PATH, config_option, open_graph, pseudonym_options, without_names
from graphalign.cli.progress import progress
from graphalign.cli.store import Where, store_options


@click.command()
@click.argument("input", type=PATH)
@click.option("--replace", is_flag=True, help="Take away all else, so that the database holds exactly this alliance.")
@pseudonym_options
@config_option
@store_options
def push(
    input: Path,  # noqa: A002 (its name in the help)
    replace: bool,  # noqa: FBT001
    pseudonymise: bool,  # noqa: FBT001
    pseudonym_key: Path | None,
    config: Path | None,
    where: Where,
) -> None:
    """Write an alliance into a Neo4j database.

    What the database holds already is brought up to date; pushing the same twice changes nothing. A push that was cut
    off is mended by pushing again.
    """
    from graphalign.neo4j.push import push as run

    with where.open() as connection, progress() as told:
        graph, settings = open_graph(input, config, told)
        graph, _ = without_names(graph, settings, wanted=pseudonymise, key_file=pseudonym_key)
        done = run(connection, graph, replace=replace, progress=told)
    rate = (done.nodes + done.relationships) / max(done.seconds, 1e-9)
    refused = len(graph.data.refusals)
    lost = f"; {refused:,} refused while reading are not in it, graphalign check says which" if refused else ""
    click.echo(
        f"{connection.where}: {done.nodes:,} nodes, {done.relationships:,} relationships "
        f"in {done.seconds:.1f} s ({rate:,.0f} rows/s){lost}",
        err=True,
    )
