"""From a path to a graph: readers, the meaning of tables, the build."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from graphalign.graph.build import build
from graphalign.readers.shapes import statements

if TYPE_CHECKING:
    from graphalign.graph import AlignmentGraph
    from graphalign.settings import Settings


def read(
    path: str | Path, settings: Settings | None = None, progress: Callable[[str], None] | None = None
) -> AlignmentGraph:
    r"""Read an alliance.

    Parameters
    ----------
    path
        A workbook, a CSV file, a folder or zip of them, YAML, JSON, or Parquet.
    settings
        Further words and scales; default none.
    progress
        Called with what is being done, before it is done.

    Returns
    -------
    AlignmentGraph
        The graph; `data` says what was read, kept, refused and understood.

    Raises
    ------
    graphalign.errors.InputError
        If the path cannot be read at all.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     _ = Path(folder, "goals.csv").write_text("Goal,Owner\nShore power,Ana\n")
    ...     read(folder)
    <AlignmentGraph: 2 nodes, 1 relationships>
    """
    from graphalign.readers import read_tables

    tables = read_tables(Path(path), progress=progress)
    said, inputs = statements(tables), tables.inputs
    del tables
    if progress:
        progress("building the graph")
    graph = build(said, settings)
    return replace(graph, data=replace(graph.data, inputs=tuple(file.result() for file in inputs)))
