"""Asking a database a question in Cypher: read only, in the time allowed, plain values back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graphalign.model import Answer
from graphalign.neo4j.connection import timed

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

    from graphalign.neo4j.connection import Connection

# An answer is for people and scripts: whoever wants more wants a file of the whole graph (pull).
MOST_ROWS = 1_000_000


@dataclass(frozen=True)
class Asked:
    """A database that is asked questions, as the engine in memory is (`graphalign.explore.Embedded`)."""

    connection: Connection

    def ask(self, query: str, parameters: Mapping[str, Any] | None = None, *, seconds: float | None = None) -> Answer:
        """Return the answer to a question; see `ask`."""
        return ask(self.connection, query, parameters, seconds=seconds)

    def read(
        self,
        query: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        seconds: float | None = None,
        columns: Sequence[str] = (),
    ) -> list[dict[str, Any]]:
        """Return the rows of a query."""
        return self.connection.read(query, parameters, seconds=seconds, columns=columns)


def ask(
    connection: Connection, query: str, parameters: Mapping[str, Any] | None = None, *, seconds: float | None = None
) -> Answer:
    """Ask a database a question.

    Parameters
    ----------
    connection
        The database.
    query
        Cypher that reads; the server refuses one that writes.
    parameters
        Its parameters.
    seconds
        How long it may take; None is the server's limit.

    Returns
    -------
    Answer
        The rows; nodes and relationships as mappings, paths as lists of them, days as dates.

    Raises
    ------
    graphalign.errors.StoreError
        If the query is wrong, writes, takes too long, or the server cannot be reached.
    """

    def work(transaction: ManagedTransaction) -> Answer:
        result = transaction.run(query, dict(parameters or {}))
        columns = tuple(result.keys())
        found = result.fetch(MOST_ROWS + 1)
        remarks = (f"only the first {MOST_ROWS:,} rows are shown",) if len(found) > MOST_ROWS else ()
        rows = tuple(tuple(_plain(value) for value in record.values()) for record in found[:MOST_ROWS])
        return Answer(columns, rows, remarks)

    with connection.session() as session:
        return session.execute_read(timed(work, seconds))


def _plain(value: object) -> Any:  # noqa: ANN401, PLR0911 (one line a type)
    from neo4j import graph, time

    if isinstance(value, graph.Path):
        ties = [*value.relationships, None]
        return [_plain(x) for pair in zip(value.nodes, ties, strict=True) for x in pair if x is not None]
    if isinstance(value, graph.Node):
        return {"labels": sorted(value.labels), "properties": _plain(dict(sorted(value.items())))}
    if isinstance(value, graph.Relationship):
        return {"type": value.type, "properties": _plain(dict(sorted(value.items())))}
    if isinstance(value, Mapping):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    if isinstance(value, time.Date | time.DateTime | time.Time):
        return value.to_native()
    return value if isinstance(value, bool | int | float | str) or value is None else str(value)
