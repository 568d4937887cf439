"""The marker: one node beside the alliance that says whether it is whole, and of which input."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import polars as pl

from graphalign.errors import StoreError
from graphalign.model import Source
from graphalign.neo4j.statements import statement

if TYPE_CHECKING:
    from graphalign.graph import AlignmentGraph
    from graphalign.neo4j.connection import Connection


@dataclass(frozen=True)
class Marker:
    """What the marker says.

    Parameters
    ----------
    state
        `loading` while a push is under way or was cut off, then `complete`.
    hash
        The SHA-256 of the graph that was pushed last: see `graph_hash`.
    replace
        Whether that push was told to take away all else.
    nodes, relationships
        How many it pushed.
    inputs
        The files that the graph was read from.
    """

    state: Literal["loading", "complete"]
    hash: str
    replace: bool
    nodes: int
    relationships: int
    inputs: tuple[Source, ...] = ()


def read_marker(connection: Connection) -> Marker | None:
    """Return what the marker says, None where nobody pushed to the database.

    Raises
    ------
    graphalign.errors.StoreError
        If the server does not answer.
    """
    rows = connection.read(statement("marker"))
    if not rows:
        return None
    held = rows[0]["marker"]
    files, hashes = held.get("files") or [], held.get("sha256") or []
    return Marker(
        "complete" if held.get("state") == "complete" else "loading",
        str(held.get("hash", "")),
        bool(held.get("replace")),
        int(held.get("nodes", 0)),
        int(held.get("relationships", 0)),
        tuple(Source(str(f), str(h)) for f, h in zip(files, hashes, strict=False)),
    )


def refuse_half_loaded(connection: Connection) -> Marker | None:
    """Return what the marker says, and refuse a database that holds half an alliance.

    Raises
    ------
    graphalign.errors.StoreError
        If a push to it is under way or was cut off.
    """
    marker = read_marker(connection)
    if marker is not None and marker.state == "loading":
        raise StoreError(
            f"the database holds half an alliance: a push of {said_of(marker)} is under way or was cut off",
            where=connection.where,
            way_out="wait for it, or run graphalign push again",
        )
    return marker


def said_of(marker: Marker) -> str:
    """Return what was pushed, in words."""
    files = [source.path for source in marker.inputs]
    more = f" and {len(files) - 1} more" if len(files) > 1 else ""
    return f"{files[0]}{more}" if files else f"{marker.nodes:,} nodes"


def graph_hash(graph: AlignmentGraph) -> str:
    """Return the SHA-256 of all that a graph says, its places included, whatever the order of its columns.

    >>> import graphalign as ga
    >>> graph = ga.from_networkx(ga.example())
    >>> graph_hash(graph) == graph_hash(ga.from_networkx(graph.to_networkx()))
    True
    """
    total = hashlib.sha256()
    for frame in (graph.nodes, graph.edges):
        held = sorted(c for c in frame.columns if frame[c].null_count() < frame.height)
        texts = frame.select(pl.col(c).cast(pl.String) if frame[c].dtype == pl.Categorical else pl.col(c) for c in held)
        total.update(repr([(c, str(texts[c].dtype)) for c in held]).encode("utf-8", "surrogatepass"))
        for part in texts.iter_slices(100_000):
            # Quoted, so that a text is never taken for a number or for nothing.
            total.update(part.write_csv(quote_style="non_numeric", null_value="").encode())
    return total.hexdigest()
