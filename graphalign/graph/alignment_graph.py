"""AlignmentGraph: two frames, nodes and relationships, with ids interned once; immutable."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from graphalign.graph.runs import starts_of_runs
from graphalign.model import ImportReport, Place
from graphalign.vocabulary import LABELS, TYPES, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import networkx as nx
    from numpy.typing import NDArray

    from graphalign.model import Rule

PROVENANCE = ("_file", "_sheet", "_row", "_key")
POLARS: dict[Kind, pl.DataType] = {
    "text": pl.String(),
    "word": pl.String(),
    "number": pl.Float64(),
    "level": pl.Float64(),
    "integer": pl.Int64(),
    "boolean": pl.Boolean(),
    "date": pl.Date(),
}


@dataclass(frozen=True, eq=False, repr=False)
class AlignmentGraph:
    """The alliance as a graph: what every rule, report and view reads.

    Parameters
    ----------
    nodes
        One row a node, sorted by id: `id`, `label`, `name`, one column a property, and where it was said
        (`_file`, `_sheet`, `_row`, `_key`). A node's row number is its index in `edges`, so a smaller index is a
        smaller id.
    edges
        One row a relationship, sorted by type, then source, then target: `type`, `source`, `target` (UInt32 row
        numbers of `nodes`), one column a property, and where it was said. Of a type that is read both ways the
        source is the smaller.
    data
        What reading it found: the account, refusals, notes.
    """

    nodes: pl.DataFrame
    edges: pl.DataFrame
    data: ImportReport = field(default_factory=ImportReport)

    def __repr__(self) -> str:
        return f"<AlignmentGraph: {self.nodes.height} nodes, {self.edges.height} relationships>"

    def _repr_html_(self) -> str:
        # By name: a notebook asks the graph for its view, the graph knows no view.
        shown: str = import_module("graphalign.views.notebook").graph_html(self)
        return shown

    @cached_property
    def ids(self) -> pl.Series:
        """The id of each node, by index."""
        return self.nodes["id"]

    @cached_property
    def names(self) -> pl.Series:
        """The name of each node, by index: its id where it has none."""
        return self.nodes.select(pl.coalesce("name", "id").alias("name"))["name"]

    @cached_property
    def spoken(self) -> pl.Series:
        """The name of each node as a sentence has it: goals and work in quotes, as their names often are sentences."""
        return self.nodes.select(spoken_name().alias("name"))["name"]

    @cached_property
    def index(self) -> pl.DataFrame:
        """The nodes' ids with their indices (`id`, `node`)."""
        return self.nodes.select("id", pl.int_range(pl.len(), dtype=pl.UInt32).alias("node"))

    def at(self, ids: pl.Series) -> pl.Series:
        """Return the index of each node by its id (UInt32), null for an id that there is not.

        >>> import graphalign as ga
        >>> ga.from_networkx(ga.example()).at(pl.Series(["g2", "nobody"])).to_list()
        [4, None]
        """
        # Nodes are sorted by id: halving is a thousand times quicker than joining when few are asked for.
        asked = ids if ids.dtype == pl.String else ids.cast(pl.String)
        if not len(self.ids) or not len(asked):
            return pl.Series(ids.name, [None], dtype=pl.UInt32).new_from_index(0, len(asked))
        asked = asked.fill_null("") if asked.null_count() else asked
        found = np.minimum(self.ids.search_sorted(asked).to_numpy(), len(self.ids) - 1)
        at = pl.Series(ids.name, found, dtype=pl.UInt32)
        there = self.ids[at] == asked
        return at if there.all() else at.set(~there, None)

    @cached_property
    def named_alike(self) -> pl.Series:
        """Whether another node bears the same name, by index."""
        return self.nodes["name"].is_duplicated() & self.nodes["name"].is_not_null()

    @cached_property
    def _slices(self) -> dict[str, tuple[int, int]]:
        kind = self.edges["type"].cast(pl.Categorical)
        start = starts_of_runs(kind.to_physical())
        sizes = np.diff(start, append=len(kind)).tolist()
        names = kind.gather(start).cast(pl.String).to_list()
        return {str(t): at for t, at in zip(names, zip(start.tolist(), sizes, strict=True), strict=True)}

    def span(self, kind: str) -> tuple[int, int]:
        """Return the row of `edges` where the relationships of a type begin, and how many there are."""
        return self._slices.get(kind, (0, 0))

    def of_type(self, kind: str) -> pl.DataFrame:
        """Return the relationships of one type, with all properties that rules read of it present and typed.

        Parameters
        ----------
        kind
            A relationship type, such as `ACCOUNTABLE_FOR`; of one that is absent the frame is empty.

        Returns
        -------
        polars.DataFrame
            `edge` (its row number in `edges`), `source`, `target`, then the properties of the vocabulary.
        """
        start, n = self.span(kind)
        known = TYPES[kind].properties if kind in TYPES else {}
        part = self.edges.slice(start, n)
        at = pl.Series("edge", np.arange(start, start + n, dtype=np.uint32)).set_sorted()
        return pl.DataFrame([at, part["source"], part["target"], *(_typed(part, p, known[p].kind) for p in known)])

    def of_label(self, label: str) -> pl.DataFrame:
        """Return the nodes of one label, with all properties that rules read of it present and typed.

        Parameters
        ----------
        label
            A label, such as `Goal`.

        Returns
        -------
        polars.DataFrame
            `node` (its row number in `nodes`), then the properties of the vocabulary.
        """
        mask = self.is_label(label)
        rows, at = pl.Series(mask), pl.Series("node", np.flatnonzero(mask).astype(np.uint32)).set_sorted()
        known = LABELS.get(label, {})
        part = pl.DataFrame([at, *(self.nodes[p].filter(rows) for p in known if p in self.nodes.columns)])
        return pl.DataFrame([at, *(_typed(part, p, known[p].kind) for p in known)])

    def is_label(self, label: str) -> NDArray[np.bool_]:
        """Return, by index, whether each node has the label."""
        mask = self.nodes["label"] == label
        return (mask.fill_null(value=False) if mask.null_count() else mask).to_numpy()

    # --- for graphs that stay in a database: a part of the graph does for what is asked; here all is at hand -------

    @cached_property
    def kinds(self) -> tuple[dict[str, int], dict[str, int]]:
        """How many nodes there are of each label, and how many relationships of each type."""
        labels, types = (
            frame.select(pl.col(column).cast(pl.String)).group_by(column).len().sort(column, nulls_last=True)
            for frame, column in ((self.nodes, "label"), (self.edges, "type"))
        )
        return {name or "(none)": n for name, n in labels.iter_rows()}, dict(types.iter_rows())

    def about(self, parts: Sequence[tuple[Rule, pl.DataFrame]]) -> AlignmentGraph:  # noqa: ARG002
        """Return a graph that holds at least the nodes that findings name and the relationships that they quote.

        `parts` are rules, each with findings of it.
        """
        return self

    def named(self, ids: Iterable[str]) -> AlignmentGraph:  # noqa: ARG002
        """Return a graph that holds at least these nodes."""
        return self

    def around(self, ids: Iterable[str]) -> AlignmentGraph:  # noqa: ARG002
        """Return a graph that holds at least these nodes, all that have their names, and what they contribute to."""
        return self

    def place(self, frame: pl.DataFrame, at: int) -> Place | None:
        """Return where row `at` of `nodes` or `edges` was said, None when nobody recorded it."""
        row: dict[str, Any] = (
            frame.select([c for c in PROVENANCE if c in frame.columns])[at].to_dicts()[0] if frame.width else {}
        )
        if not row.get("_file"):
            return None
        return Place(str(row["_file"]), row.get("_sheet"), row.get("_row"), row.get("_key"))

    def equals(self, other: AlignmentGraph, *, provenance: bool = False) -> bool:
        """Return whether both hold the same nodes, relationships and properties.

        Parameters
        ----------
        other
            The graph to compare with.
        provenance
            Whether the places where things were said must be equal too.
        """
        pairs = ((self.nodes, other.nodes), (self.edges, other.edges))
        left, right = ([_comparable(pair[i], provenance=provenance) for pair in pairs] for i in (0, 1))
        return all(a.equals(b) for a, b in zip(left, right, strict=True))

    def to_networkx(self) -> nx.MultiDiGraph[str]:
        """Return the graph as a networkx `MultiDiGraph`; see `graphalign.graph.interchange`."""
        from graphalign.graph.interchange import to_networkx

        return to_networkx(self)


def spoken_name() -> pl.Expr:
    """Return a node's name as a sentence has it, from the columns `id`, `label` and `name`."""
    name = pl.coalesce("name", "id")
    quoted = pl.col("label").cast(pl.String).is_in(["Goal", "Responsibility", "Kpi"])
    return pl.when(quoted).then(pl.format("'{}'", name)).otherwise(name)


def _typed(frame: pl.DataFrame, name: str, kind: Kind) -> pl.Series:
    dtype = POLARS[kind]
    if name in frame.columns:
        return frame[name].cast(dtype)
    return pl.Series(name, [None], dtype=dtype).new_from_index(0, frame.height)


def _comparable(frame: pl.DataFrame, *, provenance: bool) -> pl.DataFrame:
    left_out = () if provenance else PROVENANCE
    kept = sorted(c for c in frame.columns if c not in left_out and frame[c].null_count() < frame.height)
    texts = [pl.col(c).cast(pl.String) for c in ("label", "type", "_file", "_sheet") if c in kept]
    return frame.select(kept).with_columns(texts).sort(kept) if kept else frame.select(kept)
