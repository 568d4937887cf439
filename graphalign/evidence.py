"""Evidence: the rows of the input that say what findings claim, looked up at once for all that are kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from graphalign.graph import AlignmentGraph
from graphalign.graph.alignment_graph import spoken_name
from graphalign.model import Evidence, Place, Rule, Says, Tie
from graphalign.vocabulary import TYPES

if TYPE_CHECKING:
    from numpy.typing import NDArray

PLACE = ("_file", "_sheet", "_row", "_key")


def names_of(graph: AlignmentGraph, ids: pl.Series) -> dict[str, str]:
    """Return the name of each node among `ids`: its id where it has none."""
    asked = ids.cast(pl.String).unique()
    return {i: n or i for i, n in zip(asked, graph.nodes["name"].gather(graph.at(asked)), strict=True)}


def spoken_names_of(graph: AlignmentGraph, ids: pl.Series) -> dict[str, str]:
    """Return the name of each node among `ids` as a sentence has it; see `AlignmentGraph.spoken`."""
    asked = ids.cast(pl.String).unique()
    at = graph.at(asked)
    found = pl.DataFrame([asked.alias("id"), *(graph.nodes[c].gather(at) for c in ("label", "name"))])
    return dict(found.select("id", spoken_name()).iter_rows())


def told(value: object) -> str:
    """Return a value as a sentence shows it.

    >>> from datetime import date
    >>> told(3.0), told(True), told(date(2026, 9, 1)), told(0.251)
    ('3', 'yes', '2026-09-01', '0.25')
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value == int(value) else f"{value:.2f}".rstrip("0")
    return str(value)


def look_up(graph: AlignmentGraph, rule: Rule, findings: pl.DataFrame) -> list[list[Evidence]]:
    """Return what the input says about each finding, in order.

    Parameters
    ----------
    graph
        The graph that the findings are about.
    rule
        Their rule, whose `evidence` says what to quote.
    findings
        One row a finding, nodes as ids.

    Returns
    -------
    list of list of Evidence
        For each row: the relationships its rule names, in order of file, sheet and row, then its subjects.
    """
    result: list[dict[Evidence, None]] = [{} for _ in range(findings.height)]
    quoted = {e.column for e in rule.evidence if isinstance(e, Says)}
    nodes = [s for s in rule.subjects if s not in rule.words]
    silent = [Says(s) for s in nodes if s not in quoted and findings.schema[s] in (pl.String, pl.List(pl.String))]
    for spec in (*rule.evidence, *silent):
        lines = _ties(graph, spec, findings) if isinstance(spec, Tie) else _says(graph, spec, findings)
        for at, line in lines:
            result[at].setdefault(line)
    return [list(lines) for lines in result]


def _ends(graph: AlignmentGraph, findings: pl.DataFrame, column: str, name: str) -> pl.DataFrame:
    """(at, name): the nodes in a column of each finding, by index."""
    part = findings.select(pl.int_range(pl.len(), dtype=pl.UInt32).alias("at"), pl.col(column).alias("id"))
    if part.schema["id"] == pl.List(pl.String):
        part = part.explode("id")
    return part.select("at", graph.at(part["id"]).alias(name)).drop_nulls()


def _ties(graph: AlignmentGraph, tie: Tie, findings: pl.DataFrame) -> list[tuple[int, Evidence]]:
    columns = {"source": tie.source, "target": tie.target}
    ends = {name: _ends(graph, findings, column, name).unique() for name, column in columns.items() if column}
    parts = _by_way(graph, tie, ends) if tie.through else []
    for kind in tie.types if not tie.through else ():
        edges = graph.of_type(kind)
        parts.append(_between(edges, ends, graph.nodes.height))
        if kind in TYPES and TYPES[kind].both_ways:
            parts.append(_between(edges.rename({"source": "target", "target": "source"}), ends, graph.nodes.height))
    hits = pl.concat(parts).unique()
    rows = graph.edges[hits["edge"]].with_columns(
        hits["at"],
        graph.spoken.gather(graph.edges["source"].gather(hits["edge"])).alias("_a"),
        graph.spoken.gather(graph.edges["target"].gather(hits["edge"])).alias("_b"),
    )
    lines = []
    for row in _in_order(rows, "type", "_a", "_b").iter_rows(named=True):
        kind = row["type"]
        verb = TYPES[kind].verb if kind in TYPES else kind.lower().replace("_", " ")
        known = TYPES[kind].properties if kind in TYPES else ()
        lines.append((row["at"], Evidence(f"{row['_a']} {verb} {row['_b']}{_properties(row, known)}", _place(row))))
    return lines


def _between(edges: pl.DataFrame, ends: Mapping[str, pl.DataFrame], n: int) -> pl.DataFrame:
    """(at, edge): the relationships at these ends; a circle of many goals is not paired with itself."""
    for name, frame in ends.items():
        # Most relationships have neither end here: a look into a mask is much cheaper than a join.
        edges = edges.filter(_mask(n, frame[name])[edges[name].to_numpy()])
    for name, frame in ends.items():
        edges = edges.join(frame, on=[name, "at"] if "at" in edges.columns else name)
    return edges.select("at", "edge")


def _mask(n: int, nodes: pl.Series) -> NDArray[np.bool_]:
    mask = np.zeros(n, dtype=np.bool_)
    mask[nodes.to_numpy()] = True
    return mask


def _by_way(graph: AlignmentGraph, tie: Tie, ends: Mapping[str, pl.DataFrame]) -> list[pl.DataFrame]:
    """(at, edge) of the relationships from the source to a node between, and of those from there to the target."""
    second = graph.of_type(str(tie.through))
    mask = _mask(graph.nodes.height, ends["target"]["target"])
    onward = second.filter(mask[second["target"].to_numpy()]).join(ends["target"], on="target")
    onward = onward.select("at", "edge", target="source")
    first = pl.concat([graph.of_type(kind).select("source", "target", "edge") for kind in tie.types])
    mask = _mask(graph.nodes.height, ends["source"]["source"])
    first = first.filter(mask[first["source"].to_numpy()]).join(ends["source"], on="source")
    on = ["at", "target"]
    return [a.join(b, on=on, how="semi").select("at", "edge") for a, b in ((first, onward), (onward, first))]


def _says(graph: AlignmentGraph, says: Says, findings: pl.DataFrame) -> list[tuple[int, Evidence]]:
    hits = _ends(graph, findings, says.column, "node").unique()
    rows = graph.nodes[hits["node"]].with_columns(hits["at"], graph.spoken.gather(hits["node"]).alias("_a"))
    return [
        (row["at"], Evidence(f"{row['label']} {row['_a']}{_properties(row, says.properties)}", _place(row)))
        for row in _in_order(rows, "id").iter_rows(named=True)
    ]


def _in_order(rows: pl.DataFrame, *then: str) -> pl.DataFrame:
    texts = [pl.col(c).cast(pl.String) for c in rows.columns if c in ("label", "type", "_file", "_sheet")]
    keys = [c for c in ("at", "_file", "_sheet", "_row", "_key", *then) if c in rows.columns]
    return rows.with_columns(texts).sort(keys, nulls_last=True)


def _properties(row: Mapping[str, Any], names: Sequence[str] | Mapping[str, Any]) -> str:
    said = [f"{n.replace('_', ' ')} {told(row[n])}" for n in names if row.get(n) is not None]
    return f" ({', '.join(said)})" if said else ""


def _place(row: Mapping[str, Any]) -> Place | None:
    if not row.get("_file"):
        return None
    return Place(row["_file"], row.get("_sheet") or None, row.get("_row"), row.get("_key") or None)
