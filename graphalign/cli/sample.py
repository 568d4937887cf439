"""graphalign sample: a made-up alliance of any size, for trials and benchmarks."""

from __future__ import annotations

from pathlib import Path

import click

from graphalign.cli.options import PATH
from graphalign.cli.progress import progress


@click.command()
@click.argument("out", type=PATH)
@click.option("--nodes", type=click.IntRange(10, 20_000_000), default=1000, show_default=True, help="How many nodes.")
@click.option(
    "--seed", type=click.IntRange(0, 2**63 - 1), default=1, show_default=True, help="The same seed: the same alliance."
)
def sample(out: Path, nodes: int, seed: int) -> None:
    """Write a made-up alliance of any size.

    About five relationships a node; judge it as of 2026-06-30.
    OUT is a folder for nodes.csv and relationships.csv, or ends as with convert.
    """
    from graphalign.generate import generate
    from graphalign.writers import write_graph

    with progress() as told:
        if told:
            told(f"making {nodes:,} nodes")
        graph = generate(nodes, seed)
        if told:
            told(f"writing {out.name}")
        write_graph(graph, out)
    click.echo(f"{out}: {graph.nodes.height:,} nodes, {graph.edges.height:,} relationships", err=True)
