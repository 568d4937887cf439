"""A zip of the CSV folder; the same graph gives the same bytes."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

from graphalign.reports.book import entry
from graphalign.writers.folder import NAMES, told
from graphalign.writers.plain import as_text, edge_table, node_table

if TYPE_CHECKING:
    from graphalign.graph import AlignmentGraph


def write(graph: AlignmentGraph, path: Path) -> None:
    """Write nodes.csv and relationships.csv into a zip file."""
    from graphalign.output import replacing

    with replacing(path) as made, told(path), ZipFile(made, "w") as archive:
        for name, frame in zip(NAMES, (node_table(graph), edge_table(graph)), strict=True):
            held = io.BytesIO()
            as_text(frame).write_csv(held)
            archive.writestr(entry(f"{name}.csv"), held.getvalue())
