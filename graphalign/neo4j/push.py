"""Push: a graph into a database, in batches, so that cut off at any moment it can be pushed again."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Any

import polars as pl

from graphalign.errors import StoreError, UsageError
from graphalign.neo4j.marker import Marker, graph_hash, read_marker, said_of
from graphalign.neo4j.statements import schema, statement

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

    from graphalign.graph import AlignmentGraph
    from graphalign.neo4j.connection import Connection

BATCH = 10_000
# Neo4j's own bounds: the bytes of a text that an index holds, the characters of a name.
LONGEST_ID = 8_000
LONGEST_NAME = 16_383


@dataclass(frozen=True)
class Pushed:
    """What a push did: how many nodes and relationships it wrote, in how many seconds, and the graph's hash."""

    nodes: int
    relationships: int
    seconds: float
    hash: str


@dataclass(frozen=True)
class Part:
    """Rows of one label or type, and the statement that writes them."""

    query: str
    parameters: Mapping[str, Any]
    rows: int
    what: str


def push(
    connection: Connection,
    graph: AlignmentGraph,
    *,
    replace: bool = False,
    progress: Callable[[str], None] | None = None,
    batch: int = BATCH,
) -> Pushed:
    """Write an alliance into a database.

    A node or relationship that the database holds already (by its id; by its type, ends and date) is brought up to
    date, all else there stays; with `replace` the database ends up holding exactly this graph. Pushing the same again
    changes nothing. A push that was cut off is mended by pushing again.

    Parameters
    ----------
    connection
        Where to; see `graphalign.neo4j.connection.connect`.
    graph
        The alliance; its places (file, sheet, row, key) go along.
    replace
        Take away all else that earlier pushes left.
    progress
        Called with what is being done.
    batch
        Rows a transaction.

    Returns
    -------
    Pushed
        What was written.

    Raises
    ------
    graphalign.errors.UsageError
        If the graph holds a name that Neo4j cannot have.
    graphalign.errors.StoreError
        If the database holds data that graphalign did not write or half of another alliance, another push takes over,
        or the server refuses.
    """
    began = monotonic()
    refuse_names(graph)
    sha256 = graph_hash(graph)
    marker = read_marker(connection)
    replace, empty = _allowed(connection, marker, sha256, replace=replace)
    token = secrets.token_hex(8)
    for command in schema():
        connection.write(command)
    connection.write(statement("begin"), {"marker": _marker(graph, sha256, token, replace=replace)})
    if replace and not empty:
        _clear(connection, progress)
    n = 0
    of = graph.nodes.height + graph.edges.height
    started = monotonic()
    for number, parts in enumerate(_batches(_parts(graph, batch, fresh=replace or empty), batch), start=1):
        _write(connection, parts, token, number)
        n += sum(part.rows for part in parts)
        if progress:
            rate = n / max(monotonic() - started, 1e-9)
            progress(f"pushing {parts[-1].what}: {n:,} of {of:,} ({100 * n // max(of, 1)} %), {rate:,.0f} rows/s")
    if not connection.write(statement("complete"), {"push": token}):
        raise _taken_over(connection)
    return Pushed(graph.nodes.height, graph.edges.height, monotonic() - began, sha256)


def _allowed(connection: Connection, marker: Marker | None, sha256: str, *, replace: bool) -> tuple[bool, bool]:
    """Return whether to replace, and whether there is nothing yet; refuse what is not ours to change."""
    held = bool(connection.read(statement("strangers"))[0]["held"])
    if marker is None:
        if held:
            raise StoreError(
                "the database holds data that graphalign did not write",
                where=connection.where,
                way_out="name an empty one (--database), or empty this one",
            )
        return replace, True
    if marker.state == "loading" and not replace:
        if marker.hash != sha256:
            raise StoreError(
                f"the database holds half of another alliance: a push of {said_of(marker)} was cut off",
                where=connection.where,
                way_out="push that again, or give --replace",
            )
        # What was begun with --replace is only right once all else is gone.
        replace = marker.replace
    return replace, not held


def _marker(graph: AlignmentGraph, sha256: str, token: str, *, replace: bool) -> dict[str, Any]:
    return {
        "hash": sha256,
        "push": token,
        "replace": replace,
        "nodes": graph.nodes.height,
        "relationships": graph.edges.height,
        "files": [source.path for source in graph.data.inputs],
        "sha256": [source.sha256 for source in graph.data.inputs],
    }


def _clear(connection: Connection, progress: Callable[[str], None] | None) -> None:
    gone = 0
    for name in ("clear_relationships", "clear_nodes"):
        while n := int(connection.write(statement(name), {"limit": 2 * BATCH})[0]["gone"]):
            gone += n
            if progress:
                progress(f"taking away what was there: {gone:,}")


def _parts(graph: AlignmentGraph, size: int, *, fresh: bool) -> Iterator[Part]:
    way = "create" if fresh else "merge"
    query = statement(f"{way}_nodes")
    for label, part in _groups(graph.nodes, "label"):
        for rows in part.iter_slices(size):
            yield Part(query, {"label": label, "rows": rows.to_dicts()}, rows.height, f"nodes, {label}")
    query = statement(f"{way}_relationships")
    for kind, part in _groups(graph.edges, "type"):
        ends = [graph.ids.gather(part[end]).alias(end) for end in ("source", "target")]
        held = [c for c in part.columns if c not in ("source", "target")]
        for rows in pl.DataFrame([*ends, _structs(part, held)]).iter_slices(size):
            yield Part(query, {"type": kind, "rows": rows.to_dicts()}, rows.height, f"relationships, {kind}")


def _structs(frame: pl.DataFrame, names: list[str]) -> pl.Series:
    held = frame.select(names).to_struct("properties") if names else pl.Series([{}] * frame.height, dtype=pl.Struct({}))
    return held.alias("properties")


def _batches(parts: Iterator[Part], size: int) -> Iterator[list[Part]]:
    """Put parts together as long as they are small: a transaction costs more than some rows."""
    held: list[Part] = []
    for part in parts:
        if held and sum(p.rows for p in held) + part.rows > size:
            yield held
            held = []
        held.append(part)
    if held:
        yield held


def _groups(frame: pl.DataFrame, column: str) -> Iterator[tuple[str, pl.DataFrame]]:
    """Yield the rows of each label or type, without the columns that none of them fills; nulls become nothing there."""
    for value in sorted(frame[column].cast(pl.String).unique().to_list()):
        part = frame.filter(pl.col(column) == value).drop(column)
        part = part.select(c for c in part.columns if part[c].null_count() < part.height)
        yield (
            value,
            part.with_columns(pl.col(c).cast(pl.String) for c, dtype in part.schema.items() if dtype == pl.Categorical),
        )


def _write(connection: Connection, parts: list[Part], token: str, number: int) -> None:
    """Write a batch once, however often the driver has to try."""

    def work(transaction: ManagedTransaction) -> bool:
        turn = transaction.run(statement("turn"), push=token, batch=number).single()
        if turn is None:
            return False
        if not turn["done"]:
            for part in parts:
                transaction.run(part.query, part.parameters).consume()  # type: ignore[arg-type]
        return True

    with connection.session("WRITE") as session:
        mine = session.execute_write(work)
    if not mine:
        raise _taken_over(connection)


def _taken_over(connection: Connection) -> StoreError:
    return StoreError(
        "another push to this database took over", where=connection.where, way_out="push again when it is done"
    )


def refuse_names(graph: AlignmentGraph) -> None:
    """Refuse labels, types, properties and ids that Neo4j cannot hold, before anything is written.

    Raises
    ------
    graphalign.errors.UsageError
        If there is one.
    """
    labels, types = (frame[c].cast(pl.String).unique() for frame, c in ((graph.nodes, "label"), (graph.edges, "type")))
    named = [("label", labels), ("type", types)]
    named += [("property", pl.Series(frame.columns, dtype=pl.String)) for frame in (graph.nodes, graph.edges)]
    for what, names in named:
        bad = names.filter(
            (names == "") | names.str.contains("\0", literal=True) | (names.str.len_chars() > LONGEST_NAME)
        )
        if len(bad):
            raise UsageError(
                f"Neo4j cannot hold the {what} {bad[0][:80]!r}",
                way_out="rename it: a name has 1 to 16,383 characters, none of which is a NUL",
            )
    long = graph.ids.filter(graph.ids.str.len_bytes() > LONGEST_ID)
    if len(long):
        raise UsageError(
            f"Neo4j cannot index the id {long[0][:40]!r}..., which has {len(long[0].encode()):,} bytes",
            way_out=f"give it one of at most {LONGEST_ID:,}",
        )
