"""To networkx and back, each the exact inverse of the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import polars as pl

from graphalign.errors import InputError
from graphalign.graph.build import build
from graphalign.tables import PROVENANCE, Statements
from graphalign.vocabulary import LABELS, TYPES

if TYPE_CHECKING:
    import networkx as nx

    from graphalign.graph.alignment_graph import AlignmentGraph
    from graphalign.settings import Settings


def to_networkx(graph: AlignmentGraph) -> nx.MultiDiGraph[str]:
    """Return a graph as a networkx `MultiDiGraph`.

    Parameters
    ----------
    graph
        The graph.

    Returns
    -------
    networkx.MultiDiGraph
        Nodes by id with `label`, `name` and their properties; edges with `type` and their properties. What is unknown
        is left out. Where it was said is in `_file`, `_sheet`, `_row` and `_key`.

    >>> from graphalign.example import example
    >>> sorted(to_networkx(from_networkx(example())).edges(data="type"))[0]
    ('ana', 'g1', 'ACCOUNTABLE_FOR')
    """
    import networkx as nx

    result: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    ids = graph.nodes["id"].to_list()
    result.add_nodes_from(zip(ids, _records(graph.nodes.drop("id")), strict=True))
    source, target = graph.edges["source"].to_list(), graph.edges["target"].to_list()
    rows = _records(graph.edges.drop("source", "target"))
    result.add_edges_from((ids[a], ids[b], row) for a, b, row in zip(source, target, rows, strict=True))
    return result


def _records(frame: pl.DataFrame) -> Iterable[dict[str, Any]]:
    return ({k: v for k, v in row.items() if v is not None} for row in frame.iter_rows(named=True))


def from_networkx(graph: nx.Graph[Any], settings: Settings | None = None) -> AlignmentGraph:
    """Return the alliance that a networkx graph of any class holds.

    Parameters
    ----------
    graph
        Nodes with a `label` and edges with a `type` (or a text key) of the vocabulary or beyond it; all other
        attributes are properties.
    settings
        Further words and scales; default none.

    Returns
    -------
    AlignmentGraph
        The graph; what cannot be kept is among `data.refusals`.

    Raises
    ------
    graphalign.errors.InputError
        If it is no networkx graph, no node has a label, two nodes have the same id as text, or an undirected graph has
        relationships whose direction it cannot say.

    >>> from graphalign.example import example
    >>> from_networkx(example())
    <AlignmentGraph: 6 nodes, 5 relationships>
    """
    import networkx as nx

    if not isinstance(graph, nx.Graph):
        raise InputError(
            f"a {type(graph).__name__} is no networkx graph",
            way_out="give a networkx Graph, DiGraph, MultiGraph or MultiDiGraph",
        )
    ids = {node: str(node).encode("utf-8", "replace").decode() for node in graph.nodes}
    if len(set(ids.values())) < len(ids):
        raise InputError(
            "two nodes have the same id once written as text", way_out="give every node an id of its own, as text"
        )
    nodes = [
        {"id": ids[node], "label": data.get("label"), **properties_of(data, ("id", "label"))}
        for node, data in graph.nodes(data=True)
    ]
    if nodes and all(row["label"] is None for row in nodes):
        raise InputError("no node has a label", way_out=f"set the attribute label of each node: {', '.join(LABELS)}")
    label_of = {row["id"]: row["label"] for row in nodes}
    edges = []
    keyed = graph.is_multigraph()
    edge_view: Any = graph.edges
    said: Iterable[tuple[Any, ...]] = edge_view(keys=True, data=True) if keyed else edge_view(data=True)
    for source, target, *key, data in said:
        kind = data.get("type", key[0] if key and isinstance(key[0], str) else None)
        ends = ids[source], ids[target]
        if not graph.is_directed():
            ends = _directed(*ends, kind, label_of)
        edges.append(
            {"source": ends[0], "target": ends[1], "type": kind, **properties_of(data, ("source", "target", "type"))}
        )
    statements = Statements(frame_of(nodes, ("id", "label", "name")), frame_of(edges, ("source", "target", "type")))
    return build(statements, settings, keep_types=True)


def properties_of(data: Mapping[Any, Any], fixed: tuple[str, ...]) -> dict[str, Any]:
    """Return attributes as properties: none is named as a fixed column is, or as a place.

    >>> properties_of({"due": "soon", "id": 7, "_x": 1}, ("id",))
    {'due': 'soon', 'id_': 7, 'x_': 1}
    """
    held: dict[str, Any] = {}
    for key, value in data.items():
        name = str(key)
        if name in ("label", "type") and name in fixed:
            continue
        if name in fixed:
            name += "_"
        elif name.startswith("_") and name not in PROVENANCE:
            name = name.lstrip("_") + "_"
        held[name.encode("utf-8", "replace").decode()] = value
    return held


def _directed(a: str, b: str, kind: object, label_of: Mapping[str, object]) -> tuple[str, str]:
    """Return the two ends of an undirected edge as its type allows them."""
    if kind not in TYPES or TYPES[str(kind)].both_ways:
        return a, b
    rule = TYPES[str(kind)]
    there = label_of[a] in rule.source and label_of[b] in rule.target
    back = label_of[b] in rule.source and label_of[a] in rule.target
    if there and back:
        raise InputError(
            f"an undirected graph cannot say which way {kind} goes between {a!r} and {b!r}",
            way_out="use a DiGraph or MultiDiGraph",
        )
    return (b, a) if back else (a, b)


def frame_of(rows: list[dict[str, Any]], first: tuple[str, ...]) -> pl.DataFrame:
    """Return records as a frame of statements: a column of one type stays so, another becomes text.

    >>> frame_of([{"id": "a", "size": 1}, {"id": "b", "size": 2.5}], ("id",)).select("id", "size").rows()
    [('a', 1.0), ('b', 2.5)]
    """
    names = [*first, *dict.fromkeys(k for row in rows for k in row if k not in first and k not in PROVENANCE)]
    columns = [_series(name, [row.get(name) for row in rows], text=name in (*first, "label")) for name in names]
    place = [
        pl.Series(name, [_place(row.get(name), dtype) for row in rows], dtype=dtype)
        for name, dtype in PROVENANCE.items()
    ]
    return pl.DataFrame([*columns, *place])


def _place(value: object, dtype: pl.DataType) -> object:
    if dtype == pl.String():
        return None if value is None else str(value)
    return value if isinstance(value, int) and 0 <= value < 2**32 else None


def _series(name: str, values: list[Any], *, text: bool) -> pl.Series:
    """Return attributes as a column of the one type they have, else as text."""
    kinds = {type(v) for v in values if v is not None}
    if not text:
        for types, dtype in (
            ({bool}, pl.Boolean()),
            ({int}, pl.Int64()),
            ({int, float}, pl.Float64()),
            ({date}, pl.Date()),
        ):
            if (
                kinds
                and kinds <= types
                and (int not in types or all(not isinstance(v, int) or abs(v) < 2**63 for v in values))
            ):
                return pl.Series(name, values, dtype=dtype)
    return pl.Series(name, [_text(v) for v in values], dtype=pl.String)


def _text(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, str):  # half a surrogate pair is no text
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime | date):
        return value.isoformat()
    return repr(value) if isinstance(value, float) else str(value)
