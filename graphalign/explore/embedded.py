"""Cypher without a server: the graph in kglite's memory, read only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import polars as pl

from graphalign.errors import UsageError
from graphalign.model import Answer

if TYPE_CHECKING:
    import kglite

    from graphalign.graph import AlignmentGraph

# The engine keeps every row of every step in memory; a question that needs more than this is one for a server.
MOST_WORK = 200_000_000
SECONDS = 60.0
INSTALL = "pip install 'graphalign[cypher]', or ask a Neo4j server (--neo4j)"


@dataclass(frozen=True)
class Embedded:
    """A graph in the engine's memory. Made with `embedded`."""

    store: kglite.KnowledgeGraph = field(repr=False)

    def ask(self, query: str, parameters: Mapping[str, Any] | None = None, *, seconds: float | None = None) -> Answer:
        """Return the answer to a question; see `ask_graph`."""
        import kglite

        limit = SECONDS if seconds is None else seconds
        try:
            found = self.store.cypher(
                query, params=dict(parameters or {}), timeout_ms=int(limit * 1000), max_work_units=MOST_WORK
            )
        except kglite.ReadOnlyError:
            raise UsageError(
                "the query writes, and only reading is allowed here",
                way_out="take out what writes (CREATE, MERGE, SET, DELETE, REMOVE)",
            ) from None
        except kglite.CypherTimeoutError:
            raise UsageError(
                f"the query took longer than {limit:g} s", way_out="ask for less, or ask a Neo4j server (--neo4j)"
            ) from None
        except (kglite.KgError, ValueError, TypeError, OverflowError, RecursionError) as error:
            said = " ".join(str(error).split())[:400]
            raise UsageError(
                f"the query cannot be run without a server: {said}", way_out="mend it, or ask a Neo4j server (--neo4j)"
            ) from None
        if isinstance(found, str):
            raise UsageError("FORMAT CSV is no Cypher", way_out="take it out, and give --format csv")
        rows = tuple(tuple(row[c] for c in found.columns) for row in found.to_list())
        return Answer(tuple(found.columns), rows, tuple(found.warnings))

    def read(
        self,
        query: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        seconds: float | None = None,
        columns: Sequence[str] = (),  # noqa: ARG002 (nothing is packed here)
    ) -> list[dict[str, Any]]:
        """Return the rows of a query, as a connection to a database does."""
        answer = self.ask(query, parameters, seconds=seconds)
        return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]


def ask_graph(
    graph: AlignmentGraph, query: str, parameters: Mapping[str, Any] | None = None, *, seconds: float | None = None
) -> Answer:
    """Ask a graph a question in Cypher, in memory.

    Parameters
    ----------
    graph
        The alliance.
    query
        Cypher that reads; one that writes is refused.
    parameters
        Its parameters.
    seconds
        How long it may take; default 60.

    Returns
    -------
    Answer
        The rows, and what the engine said of the query.

    Raises
    ------
    graphalign.errors.UsageError
        If kglite is not installed, the query is wrong, writes, or takes too long.

    >>> import graphalign as ga
    >>> graph = ga.from_networkx(ga.example())
    >>> ask_graph(graph, "MATCH (g:Goal) RETURN g.id AS goal ORDER BY goal").rows
    (('g1',), ('g2',))
    """
    return embedded(graph).ask(query, parameters, seconds=seconds)


def embedded(graph: AlignmentGraph) -> Embedded:
    """Return a graph in the engine's memory, which can be asked several times.

    Raises
    ------
    graphalign.errors.UsageError
        If kglite is not installed.
    """
    try:
        import kglite
    except ImportError:
        raise UsageError("Cypher without a server needs kglite", way_out=INSTALL) from None
    # What it has to say of a query goes into the answer, not past us to the terminal.
    kglite.set_query_warning_policy("silent")
    said = {"nodes": _nodes(graph), "connections": _relationships(graph)}
    store = kglite.from_records(said, on_missing_endpoint="error")
    store.read_only(True)
    return Embedded(store)


def _nodes(graph: AlignmentGraph) -> list[dict[str, Any]]:
    """Return the nodes by label, each with the properties that it has."""
    return [
        {"type": str(label), "id_field": "id", "records": _records(part.drop("label"))}
        for (label,), part in graph.nodes.group_by("label", maintain_order=True)
    ]


def _relationships(graph: AlignmentGraph) -> list[dict[str, Any]]:
    """Return the relationships by type and the labels at their ends."""
    labels = graph.nodes["label"].cast(pl.String)
    ends = {end: graph.edges[end] for end in ("source", "target")}
    named = graph.edges.with_columns(
        *[graph.ids.gather(index).alias(end) for end, index in ends.items()],
        *[labels.gather(index).alias(f"_{end}_label") for end, index in ends.items()],
    )
    keys = ["type", "_source_label", "_target_label"]
    return [
        {
            "type": str(kind),
            "source_type": source,
            "source_id_field": "source",
            "target_type": target,
            "target_id_field": "target",
            "records": _records(part.drop(keys)),
        }
        for (kind, source, target), part in named.group_by(keys, maintain_order=True)
    ]


def _records(frame: pl.DataFrame) -> list[dict[str, Any]]:
    said = [c for c in frame.columns if frame[c].null_count() < frame.height]
    return [{k: v for k, v in row.items() if v is not None} for row in frame.select(said).iter_rows(named=True)]
