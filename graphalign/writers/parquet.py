"""A folder of Parquet: nodes.parquet and relationships.parquet, every type as it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from graphalign.writers.folder import write_tables

if TYPE_CHECKING:
    from graphalign.graph import AlignmentGraph


def write(graph: AlignmentGraph, path: Path) -> None:
    """Write nodes.parquet and relationships.parquet into a folder, made if need be."""
    write_tables(graph, path, ".parquet", lambda frame, file: frame.write_parquet(file))
