"""Node-link JSON, as `networkx.node_link_data` gives it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphalign.writers.plain import edge_table, node_table

if TYPE_CHECKING:
    import polars as pl

    from graphalign.graph import AlignmentGraph


def write(graph: AlignmentGraph, path: Path) -> None:
    """Write a JSON file that networkx and other programs read."""
    from graphalign.output import write as put

    document = {
        "directed": True,
        "multigraph": True,
        "graph": {},
        "nodes": list(_rows(node_table(graph))),
        "edges": list(_rows(edge_table(graph))),
    }
    put(json.dumps(document, ensure_ascii=False, indent=1, default=str) + "\n", path)


def _rows(frame: pl.DataFrame) -> Iterator[dict[str, Any]]:
    for row in frame.iter_rows(named=True):
        yield {name: value for name, value in row.items() if value is not None}
