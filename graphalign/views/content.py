"""What the page knows, as one document: the report, the graph in columns, places on the map, the tabs' tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from math import isfinite
from typing import TYPE_CHECKING, Any

import polars as pl

from graphalign.tables import PROVENANCE
from graphalign.views.layout import layout
from graphalign.views.places import layout_content
from graphalign.views.tabs import tab_content
from graphalign.vocabulary import TYPES

if TYPE_CHECKING:
    from graphalign.graph import AlignmentGraph
    from graphalign.report import Report

SCHEMA = "urn:graphalign:view:1"
BY_NODE = ("home", "more", "kind")


def content(report: Report, document: Mapping[str, Any], *, title: str, pseudonymised: bool = False) -> dict[str, Any]:
    """Return what the page knows.

    Parameters
    ----------
    report
        What a check found, with its graph.
    document
        The same report as JSON holds it.
    title
        What the page is called.
    pseudonymised
        Whether persons are shown by pseudonyms, for the page to say so.

    Returns
    -------
    dict
        The keys are those of docs/view.md; a node is its index everywhere.
    """
    graph = report.graph
    placed = layout(graph, report)
    places = layout_content(placed, report)
    by_node = {name: places.pop(name) for name in BY_NODE}
    left_out = places.pop("left_out")
    labels = graph.nodes["label"].cast(pl.String).fill_null("").unique().sort().to_list()
    types = graph.edges["type"].cast(pl.String).fill_null("").unique().sort().to_list()
    return {
        "schema": SCHEMA,
        "title": title,
        "made": {"version": report.version, "as_of": report.as_of.isoformat(), "pseudonymised": pseudonymised},
        "left_out": left_out,
        "report": document,
        "labels": labels,
        "types": types,
        "typeWords": {t: TYPES[t].verb if t in TYPES else t.lower().replace("_", " ") for t in types},
        "nodes": {**_nodes(graph, labels), **by_node},
        "edges": _edges(graph, types),
        **places,
        **tab_content(graph, report, placed.where),
    }


def _nodes(graph: AlignmentGraph, labels: list[str]) -> dict[str, Any]:
    return {
        "id": graph.ids.to_list(),
        "name": graph.names.to_list(),
        "label": _codes(graph.nodes["label"], labels),
        "properties": list(_properties(graph.nodes, ("id", "label", "name"))),
        "place": _places(graph.nodes),
    }


def _edges(graph: AlignmentGraph, types: list[str]) -> dict[str, Any]:
    return {
        "type": _codes(graph.edges["type"], types),
        "source": graph.edges["source"].to_list(),
        "target": graph.edges["target"].to_list(),
        "properties": [p or 0 for p in _properties(graph.edges, ("type", "source", "target"))],
        "place": _places(graph.edges),
    }


def _codes(column: pl.Series, words: list[str]) -> list[int]:
    return column.cast(pl.String).fill_null("").cast(pl.Enum(words)).to_physical().to_list()


def _properties(frame: pl.DataFrame, known: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    kept = [c for c in frame.columns if c not in (*known, *PROVENANCE) and frame[c].null_count() < frame.height]
    if not kept:
        yield from ({} for _ in range(frame.height))
        return
    for row in frame.select(kept).iter_rows():
        yield {name: _plain(value) for name, value in zip(kept, row, strict=True) if value is not None}


def _plain(value: object) -> object:
    """Return a value as JSON holds it: whole numbers without a point, days in ISO form."""
    if isinstance(value, float):
        return int(value) if value.is_integer() else value if isfinite(value) else str(value)
    return value.isoformat() if isinstance(value, date) else value


def _places(frame: pl.DataFrame) -> list[str]:
    """Return where each row was said, as people write it; empty where nobody recorded it."""
    held = [c for c in PROVENANCE if c in frame.columns]
    if "_file" not in held:
        return [""] * frame.height
    words = {"_file": "{}", "_sheet": "sheet {}", "_row": "row {}", "_key": "{}"}
    parts = [
        pl.when(pl.col(c).cast(pl.String).fill_null("") != "").then(pl.format(words[c], pl.col(c).cast(pl.String)))
        for c in held
    ]
    return frame.select(pl.concat_str(parts, separator=", ", ignore_nulls=True).fill_null("").alias("place"))[
        "place"
    ].to_list()
