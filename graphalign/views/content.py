"""What the page knows, as one document: the report, the graph in columns, places on the map, the tabs' tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from importlib.resources import files
from itertools import chain
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from graphalign.document import as_dict
from graphalign.model import SEVERITIES
from graphalign.tables import PROVENANCE
from graphalign.views.layout import layout
from graphalign.views.only import of_contact, part_of
from graphalign.views.places import layout_content
from graphalign.views.tabs import tab_content
from graphalign.vocabulary import TYPES

if TYPE_CHECKING:
    from graphalign.graph import AlignmentGraph
    from graphalign.report import Report

SCHEMA = "urn:graphalign:view:1"
# A page holds all findings of a report up to so many; of a larger one so many of each rule and severity.
MOST_FINDINGS, MOST_ALIKE = 8_000, 250
# Above so many nodes the page holds their names and relationships, but no further properties and no places.
MOST_DETAILED = 20_000
# Above so many relationships it holds none.
MOST_EDGES = 800_000
# What the layout says of each node, which the page holds beside its name.
BY_NODE = ("home", "more", "kind")


def content(
    report: Report,
    *,
    title: str = "",
    document: Mapping[str, Any] | None = None,
    made: Mapping[str, Any] | None = None,
    only: str | None = None,
) -> dict[str, Any]:
    """Return what the page knows.

    Parameters
    ----------
    report
        What a check found, with its graph.
    title
        What the page is called; default the name of the file that was read.
    document
        The report as JSON holds it, where it was read from there.
    made
        What else there is to say of how the page was made, such as `pseudonymised`.
    only
        The id or name of the partner to which the page is confined.

    Returns
    -------
    dict
        The keys are told in docs/guide/view-data.md; a node is its index everywhere, and what is too large for a page
        is left out and said in `left_out`.

    Examples
    --------
    >>> import graphalign as ga
    >>> data = content(ga.check(ga.from_networkx(ga.example()), as_of="2026-06-30"), title="harbour")
    >>> data["made"]["as_of"], data["nodes"]["name"][:2], data["left_out"]
    ('2026-06-30', ['Ana', 'Ben'], [])
    """
    title = title or _title(report, document)
    part = None if only is None else part_of(report, only)
    if part is not None:
        report = part.report
        document = document and _of_part(document, report)
    graph = report.graph
    told, kept = _report(report, document)
    placed = layout(graph, report)
    places = layout_content(placed, report)
    by_node = {name: places.pop(name) for name in BY_NODE}
    left_out = [
        *told.pop("left_out", []),
        *([part.told] if part else []),
        *places.pop("left_out"),
        *_left_out(graph, kept),
    ]
    tabs = tab_content(graph, report, placed.where)
    if part is not None:
        tabs |= {"alignment": part.pairs, "contact": of_contact(tabs["contact"], part.node)}
    labels, types = (_words(column) for column in (graph.nodes["label"], graph.edges["type"]))
    return {
        "schema": SCHEMA,
        "title": title,
        "made": {
            "version": told["version"],
            "as_of": report.as_of.isoformat(),
            "only": part.partner if part else "",
            **(made or {}),
        },
        "left_out": left_out,
        "report": told,
        "labels": labels,
        "types": types,
        "typeWords": {t: TYPES[t].verb if t in TYPES else t.lower().replace("_", " ") for t in types},
        "nodes": {**_nodes(graph, labels), **by_node},
        "edges": _edges(graph, types),
        **places,
        **tabs,
        "cypher": _twins(told["findings"]),
    }


def _title(report: Report, document: Mapping[str, Any] | None) -> str:
    """Return the name of the file that was read, or of the folder of the files."""
    inputs = (
        [source.path for source in report.data.inputs] if document is None else [i["path"] for i in document["inputs"]]
    )
    paths = [Path(path) for path in inputs]
    if len(paths) == 1:
        return paths[0].stem
    folders = {path.parent.name for path in paths}
    return folders.pop() if len(folders) == 1 and all(folders) else "Alliance"


def _of_part(document: Mapping[str, Any], report: Report) -> dict[str, Any]:
    """Return a document with the findings of a part of its report."""
    ids = set(report.ids["id"])
    waived = [held for held in document["waived"] if held["finding"]["id"] in ids]
    return {**document, "findings": [f for f in document["findings"] if f["id"] in ids], "waived": waived}


def _report(report: Report, document: Mapping[str, Any] | None) -> tuple[dict[str, Any], pl.Series]:
    """Return the report as the page holds it, and by position which of its findings that are."""
    found = report.roots
    if found.height <= MOST_FINDINGS:
        return as_dict(report) if document is None else dict(document), pl.repeat(True, found.height, eager=True)
    rank = pl.int_range(pl.len()).over("rule", "severity")
    kept = found.select(rank < MOST_ALIKE).to_series()
    if document is not None:
        return {**document, "findings": [f for f, keep in zip(document["findings"], kept, strict=True) if keep]}, kept
    some = (report.of_rule(code, MOST_ALIKE, severity=s) for s in SEVERITIES for code in sorted(report.tables))
    return as_dict(report, chain.from_iterable(some)), kept


def _left_out(graph: AlignmentGraph, kept: pl.Series) -> list[str]:
    result = []
    if not kept.all():
        result.append(
            f"Of the {len(kept):,} findings {kept.sum():,} are here: of each rule and severity the first {MOST_ALIKE}; "
            "graphalign check --format json holds all."
        )
    if graph.nodes.height > MOST_DETAILED:
        result.append(
            f"The properties and places of the {graph.nodes.height:,} nodes are not here; --only PARTNER shows one "
            "partner with all of it."
        )
    if graph.edges.height > MOST_EDGES:
        result.append(f"The {graph.edges.height:,} relationships are not here.")
    return result


def _words(column: pl.Series) -> list[str]:
    return column.cast(pl.String).fill_null("").unique().sort().to_list()


def _nodes(graph: AlignmentGraph, labels: list[str]) -> dict[str, Any]:
    detailed = graph.nodes.height <= MOST_DETAILED
    return {
        "id": graph.ids.to_list(),
        "name": graph.names.to_list(),
        "label": _codes(graph.nodes["label"], labels),
        "properties": list(_properties(graph.nodes, ("id", "label", "name"))) if detailed else [],
        "place": _places(graph.nodes) if detailed else [],
    }


def _edges(graph: AlignmentGraph, types: list[str]) -> dict[str, Any]:
    edges = graph.edges if graph.edges.height <= MOST_EDGES else graph.edges.clear()
    detailed = graph.nodes.height <= MOST_DETAILED
    return {
        "type": _codes(edges["type"], types),
        "source": edges["source"].to_list(),
        "target": edges["target"].to_list(),
        "properties": [p or 0 for p in _properties(edges, ("type", "source", "target"))] if detailed else [],
        "place": _places(edges) if detailed else [],
    }


def _codes(column: pl.Series, words: list[str]) -> list[int]:
    return column.cast(pl.String).fill_null("").cast(pl.Enum(words)).to_physical().to_list()


def _properties(frame: pl.DataFrame, known: Sequence[str]) -> Iterable[dict[str, Any]]:
    kept = [c for c in frame.columns if c not in (*known, *PROVENANCE) and frame[c].null_count() < frame.height]
    if not kept:
        return ({} for _ in range(frame.height))
    return (
        {name: _plain(value) for name, value in zip(kept, row, strict=True) if value is not None}
        for row in frame.select(kept).iter_rows()
    )


def _plain(value: object) -> object:
    """Return a value as JSON holds it: whole numbers without a point, days in ISO form."""
    if isinstance(value, float):
        return int(value) if value.is_integer() else value if isfinite(value) else str(value)
    return (
        value
        if isinstance(value, bool | int | str | list)
        else value.isoformat()
        if isinstance(value, date)
        else str(value)
    )


def _places(frame: pl.DataFrame) -> list[tuple[Any, ...] | None]:
    """Return where each row was said (file, sheet, row, key); None where nobody recorded it."""
    if "_file" not in frame.columns:
        return [None] * frame.height
    columns = [pl.col(c) if c in frame.columns else pl.lit(None).alias(c) for c in PROVENANCE]
    texts = [pl.col(c).cast(pl.String) for c in ("_file", "_sheet", "_key")]
    return [row if row[0] else None for row in frame.select(columns).with_columns(texts).iter_rows()]


def _twins(findings: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return the Cypher of the rules that have findings, by code, as far as there is such."""
    rules = files("graphalign.queries") / "rules"
    names: dict[str, str] = {}
    waiting = list(findings)
    while waiting:
        finding = waiting.pop()
        names[finding["rule"]] = finding["name"]
        waiting += finding["folded"]
    held = {code: rules / f"{name}.cypher" for code, name in sorted(names.items()) if name.replace("-", "").isalnum()}
    return {code: file.read_text("utf-8") for code, file in held.items() if file.is_file()}
