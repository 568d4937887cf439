"""A folder of CSV: nodes.csv and relationships.csv, in UTF-8, every text as it is."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from graphalign.errors import OutputError
from graphalign.writers.plain import as_text, edge_table, node_table

if TYPE_CHECKING:
    import polars as pl

    from graphalign.graph import AlignmentGraph

NAMES = ("nodes", "relationships")


def write(graph: AlignmentGraph, path: Path) -> None:
    """Write nodes.csv and relationships.csv into a folder, made if need be."""
    write_tables(graph, path, ".csv", lambda frame, file: as_text(frame).write_csv(file))


def write_tables(
    graph: AlignmentGraph, path: Path, ending: str, write_one: Callable[[pl.DataFrame, Path], object]
) -> None:
    """Write both tables into a folder; neither takes its place before both are written.

    Raises
    ------
    graphalign.errors.OutputError
        If the folder holds other things, which would be read with the tables, or cannot be written.
    """
    from graphalign.output import replacing

    with _folder(path, ending):
        nodes, edges = (path / f"{name}{ending}" for name in NAMES)
        with replacing(nodes) as nodes_made, replacing(edges) as edges_made, told(path):
            write_one(node_table(graph), nodes_made)
            write_one(edge_table(graph), edges_made)


@contextlib.contextmanager
def told(path: Path) -> Iterator[None]:
    """Say of what the system refuses where it happened."""
    try:
        yield
    except OSError as error:
        raise OutputError(
            f"cannot be written ({error.strerror or error})", where=str(path), way_out="name another place"
        ) from None


@contextlib.contextmanager
def _folder(path: Path, ending: str) -> Iterator[None]:
    """Make the folder, and take it away again when the block fails."""
    made = False
    with told(path):
        if path.exists() and not path.is_dir():
            raise OutputError("is a file", where=str(path), way_out="name a folder")
        if path.is_dir():
            expected = {f"{name}{ending}" for name in NAMES} | {"graphalign.toml", "README.md"}
            others = sorted(p.name for p in path.iterdir() if p.name not in expected and not p.name.startswith("."))
            if others:
                raise OutputError(
                    f"holds other files ({others[0]})", where=str(path), way_out="name an empty or a new folder"
                )
        else:
            path.mkdir()
            made = True
    try:
        yield
    except BaseException:
        if made:
            with contextlib.suppress(OSError):
                path.rmdir()
        raise
