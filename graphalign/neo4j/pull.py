"""Pull: a database back into a graph, what graphalign pushed to the last property and place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from graphalign.graph.build import build
from graphalign.graph.interchange import frame_of, properties_of
from graphalign.neo4j.connection import timed
from graphalign.neo4j.marker import refuse_half_loaded
from graphalign.neo4j.statements import statement
from graphalign.tables import Statements
from graphalign.vocabulary import LABELS

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

    from graphalign.graph import AlignmentGraph
    from graphalign.neo4j.connection import Connection
    from graphalign.settings import Settings

EVERY = 50_000
NODE = ("id", "label", "name")
EDGE = ("source", "target", "type")


def pull(
    connection: Connection, settings: Settings | None = None, progress: Callable[[str], None] | None = None
) -> AlignmentGraph:
    """Read the alliance that a database holds.

    A database that nobody pushed to is read as well: a node is known by its property `id`, else by its name; of several
    labels the one of the vocabulary counts, then the first by name.

    Parameters
    ----------
    connection
        Where from; see `graphalign.neo4j.connection.connect`.
    settings
        Further words and scales; default none.
    progress
        Called with what is being done.

    Returns
    -------
    AlignmentGraph
        The graph; of one that was pushed an equal one. What cannot be kept is among `data.refusals`.

    Raises
    ------
    graphalign.errors.StoreError
        If the database holds half an alliance, or the server does not answer.
    """
    marker = refuse_half_loaded(connection)

    def work(transaction: ManagedTransaction) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        # The driver may try again: what a try began is not kept.
        handles: dict[str, str | None] = {}
        nodes = []
        for row in _told(transaction, "nodes", progress):
            element, labels, properties = row
            node = _native(properties)
            held = properties_of({k: v for k, v in node.items() if k not in ("id", "name")}, NODE)
            nodes.append({"id": node.get("id"), "label": label_of(labels), "name": node.get("name"), **held})
            handle = node.get("id", node.get("name"))
            handles[element] = None if handle is None else str(handle)
        edges = []
        for source, kind, target, properties in _told(transaction, "relationships", progress):
            held = _native(properties)
            odd = {f"{k}_": held.pop(k) for k in EDGE if k in held}
            edges.append(
                {
                    "source": handles.get(source),
                    "target": handles.get(target),
                    "type": kind,
                    **properties_of({**held, **odd}, EDGE),
                }
            )
        return nodes, edges

    with connection.session() as session:
        nodes, edges = session.execute_read(timed(work, None))
    if progress:
        progress("building the graph")
    inputs = marker.inputs if marker else ()
    return build(Statements(frame_of(nodes, NODE), frame_of(edges, EDGE), inputs), settings, keep_types=True)


def label_of(labels: list[str]) -> str | None:
    """Return the one label that counts.

    >>> label_of(["Entity", "Goal"]), label_of(["Ship", "Partner", "Boat"]), label_of(["Entity"]), label_of([])
    ('Goal', 'Partner', 'Entity', None)
    """
    own = sorted(set(labels) - {"Entity"}) or labels
    known = [label for label in LABELS if label in own]
    return next(iter(known or own), None)


def _told(transaction: ManagedTransaction, name: str, progress: Callable[[str], None] | None) -> Iterator[list[Any]]:
    for n, record in enumerate(transaction.run(statement(name))):
        if progress and n % EVERY == 0:
            progress(f"reading {name}: {n:,}")
        yield record.values()


def _native(properties: dict[str, Any]) -> dict[str, Any]:
    """Return properties with days as Python has them, other moments and spans in ISO form."""
    from neo4j import time

    return {
        key: value.to_native()
        if isinstance(value, time.Date)
        else value.iso_format()
        if isinstance(value, time.DateTime | time.Time | time.Duration)
        else value
        for key, value in properties.items()
    }
