"""The graph of a database as a report reads it: looked up by the nodes it is asked about, pulled only when all is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import polars as pl

from graphalign.graph import AlignmentGraph
from graphalign.graph.alignment_graph import POLARS, PROVENANCE
from graphalign.model import ImportReport, Rule, Source, Tie
from graphalign.neo4j.pull import label_of, pull
from graphalign.neo4j.statements import statement
from graphalign.vocabulary import LABELS, TYPES

if TYPE_CHECKING:
    from graphalign.neo4j.connection import Connection

PLACES: dict[str, pl.DataType] = {**dict.fromkeys(PROVENANCE, pl.String()), "_row": pl.UInt32()}
OF_NODES = {name: POLARS[p.kind] for properties in LABELS.values() for name, p in properties.items()}
OF_EDGES = {name: POLARS[p.kind] for kind in TYPES.values() for name, p in kind.properties.items()}
NODES = {**dict.fromkeys(("id", "label", "name"), pl.String()), **OF_NODES, **PLACES}
EDGES = {**dict.fromkeys(("type", "source", "target"), pl.String()), **OF_EDGES, **PLACES}
Row = Mapping[str, Any]


class StoredGraph(AlignmentGraph):
    """An AlignmentGraph that stays in a database: reports ask it for parts, and who reads it all gets it all, once.

    Parameters
    ----------
    connection
        The database, open as long as the graph is read.
    inputs
        The files that were pushed there.
    """

    def __init__(self, connection: Connection, inputs: Sequence[Source] = ()) -> None:
        # The fields of the frozen class that it is.
        self.__dict__.update(_connection=connection, data=ImportReport(tuple(inputs)))

    def __repr__(self) -> str:
        return f"<StoredGraph: {self._db.where}>"

    @property
    def _db(self) -> Connection:
        held: Connection = self.__dict__["_connection"]
        return held

    @cached_property
    def _whole(self) -> AlignmentGraph:
        return pull(self._db)

    @property
    def nodes(self) -> pl.DataFrame:
        """All nodes; see `AlignmentGraph`."""
        return self._whole.nodes

    @property
    def edges(self) -> pl.DataFrame:
        """All relationships; see `AlignmentGraph`."""
        return self._whole.edges

    @cached_property
    def kinds(self) -> tuple[dict[str, int], dict[str, int]]:
        """See `AlignmentGraph`."""
        labels: dict[str, int] = {}
        types: dict[str, int] = {}
        for row in self._db.read(statement("kinds")):
            if row["type"] is None:
                label = label_of(row["labels"]) or "(none)"
                labels[label] = labels.get(label, 0) + row["held"]
            else:
                types[row["type"]] = row["held"]
        return labels, types

    def about(self, parts: Sequence[tuple[Rule, pl.DataFrame]]) -> AlignmentGraph:
        """See `AlignmentGraph`: the nodes that the findings name, and the relationships that their evidence quotes."""
        named: set[str] = set()
        ties: list[Row] = []
        for rule, findings in parts:
            named.update(i for c in (*rule.subjects, *rule.also) if c not in rule.words for i in _ids(findings, c))
            ties += [row for tie in rule.evidence if isinstance(tie, Tie) for row in self._tied(tie, findings)]
        return self._part(named, ties)

    def named(self, ids: Iterable[str]) -> AlignmentGraph:
        """See `AlignmentGraph`: these nodes alone."""
        return self._part(set(ids), [])

    def around(self, ids: Iterable[str]) -> AlignmentGraph:
        """See `AlignmentGraph`: these nodes, all that have their names, and the goals that they contribute to."""
        asked = sorted(set(ids))
        parameters = {"ids": asked, "types": ["CONTRIBUTES_TO"], "way": "out", "others": None}
        ties = self._db.read(statement("ties"), parameters)
        held = self._db.read(statement("nodes_by_id"), {"ids": asked})
        names = sorted({str(n["properties"]["name"]) for n in held if n["properties"].get("name") is not None})
        return self._part(set(asked), ties, self._db.read(statement("namesakes"), {"names": names}))

    def _tied(self, tie: Tie, findings: pl.DataFrame) -> Sequence[Row]:
        source, target = (_ids(findings, c) if c else None for c in (tie.source, tie.target))
        if tie.through:
            parameters = {"ids": source, "types": list(tie.types), "through": tie.through, "others": target}
            return self._db.read(statement("ties_by_way"), parameters)
        rows: list[Row] = []
        for types, both in _by_direction(tie.types):
            ids, others, way = (source, target, "out") if source is not None else (target, None, "in")
            parameters = {"ids": ids, "types": types, "way": "both" if both else way, "others": others}
            rows += self._db.read(statement("ties"), parameters) if types else []
        return rows

    def _part(self, ids: set[str], ties: Sequence[Row], more: Sequence[Row] = ()) -> AlignmentGraph:
        wanted = sorted(ids | {row[end] for row in ties for end in ("source", "target") if row[end] is not None})
        rows = [*self._db.read(statement("nodes_by_id"), {"ids": wanted}), *more]
        nodes = _frame(({**r["properties"], "label": label_of(r["labels"])} for r in rows), NODES)
        nodes = nodes.unique("id", keep="first", maintain_order=True).sort("id")
        ends = ("source", "target", "type")
        edges = _frame(({**r["properties"], **{e: r[e] for e in ends}} for r in ties), EDGES)
        edges = edges.unique(maintain_order=True)
        at = nodes.select("id", pl.int_range(pl.len(), dtype=pl.UInt32).alias("at"))
        for end in ("source", "target"):
            edges = edges.join(at, left_on=end, right_on="id", maintain_order="left").drop(end).rename({"at": end})
        return AlignmentGraph(nodes, edges.sort("type", "source", "target", maintain_order=True), self.data)


def _by_direction(types: Sequence[str]) -> list[tuple[list[str], bool]]:
    """Return the types that are read one way, and those that are read both ways."""
    both = [kind for kind in types if kind in TYPES and TYPES[kind].both_ways]
    return [([kind for kind in types if kind not in both], False), (both, True)]


def _ids(findings: pl.DataFrame, column: str) -> list[str]:
    """Return the ids in a column of findings, each once; none where there is no such column."""
    if column not in findings.columns:
        return []
    part = findings[column]
    part = part.explode() if part.dtype == pl.List(pl.String) else part
    return sorted(part.cast(pl.String).drop_nulls().unique().to_list())


def _frame(rows: Iterable[Row], schema: Mapping[str, pl.DataType]) -> pl.DataFrame:
    """Return rows of properties as a frame of what rules and evidence read."""
    held = [[_native(row.get(name)) for name in schema] for row in rows]
    return pl.DataFrame(held, schema=dict(schema), orient="row", strict=False)


def _native(value: object) -> object:
    return value.to_native() if hasattr(value, "to_native") else value
