"""graphalign export: an alliance as the files that neo4j-admin imports, for graphs of millions."""

from __future__ import annotations

from pathlib import Path

import click

from graphalign.cli.options import PATH, config_option, open_graph, pseudonym_options, without_names
from graphalign.cli.progress import progress


@click.command()
@click.argument("input", type=PATH)
@click.option("--neo4j-import", "folder", type=PATH, required=True, metavar="DIR", help="Where to; made if need be.")
@click.option("--database", metavar="NAME", default="neo4j", show_default=True, help="The database of the command.")
@pseudonym_options
@config_option
def export(
    input: Path,  # noqa: A002 (its name in the help)
    folder: Path,
    database: str,
    pseudonymise: bool,  # noqa: FBT001
    pseudonym_key: Path | None,
    config: Path | None,
) -> None:
    """Write an alliance as CSV for neo4j-admin's import.

    The command that imports it is printed. It fills a database that is stopped or new, a million nodes in about a
    minute; for smaller ones push is simpler.
    """
    from graphalign.neo4j.bulk import export as run

    with progress() as told:
        graph, settings = open_graph(input, config, told)
        graph, _ = without_names(graph, settings, wanted=pseudonymise, key_file=pseudonym_key)
        commands = run(graph, folder, database)
    for command in commands:
        click.echo(command)
    click.echo(f"{folder}: {graph.nodes.height:,} nodes, {graph.edges.height:,} relationships", err=True)
