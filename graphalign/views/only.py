"""One partner of an alliance: what is its own, what that has to do with directly, and the findings about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from graphalign.alignment import alignment
from graphalign.graph import AlignmentGraph
from graphalign.views.homes import homes
from graphalign.views.pairs import alignment_pairs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graphalign.alignment import Alignment
    from graphalign.model import Rule
    from graphalign.report import Report

    Bools = NDArray[np.bool_]

# Groups within groups, and partners within partners, are followed so far.
MOST_STEPS = 6


@dataclass(frozen=True, eq=False)
class Part:
    """The part of a report that is about one partner.

    Parameters
    ----------
    report
        The report on the part of the graph, with the findings about the partner, judged in the whole.
    partner
        The partner's name.
    node
        The partner's node in the part.
    pairs
        The alignment of the partner with each other, valued in the whole.
    told
        A sentence on what is left out.
    """

    report: Report
    partner: str
    node: int
    pairs: dict[str, Any]
    told: str


def part_of(report: Report, word: str) -> Part:
    """Return the part of a report that is about one partner.

    Parameters
    ----------
    report
        What a check found.
    word
        The partner's id or name.

    Raises
    ------
    graphalign.errors.UsageError
        If there is no such partner; the nearest is named.
    """
    graph = report.graph
    matrix = alignment(graph, as_of=report.as_of, settings=report.settings)
    node = matrix.partner(word)
    mine = _own(matrix, node)
    tables = {code: _about(report.rules[code], table, graph, mine) for code, table in report.tables.items()}
    kept = _near(graph, mine)
    for code, table in tables.items():
        kept |= _subjects(report.rules[code], table, graph)
    kept = _up(graph, kept | graph.is_label("Partner"))
    small, now = _cut(graph, kept)
    shown = {code: _refolded(table, tables) for code, table in tables.items()}
    waived = {c: _about(report.rules[c], t, graph, mine) for c, t in report.waived_tables.items()}
    aside = {code: _refolded(table, waived) for code, table in waived.items()}
    results = tuple(
        replace(r, found=shown[r.rule.code].height, verdict=r.verdict if shown[r.rule.code].height else "clean")
        if r.rule.code in shown and r.verdict == "found"
        else r
        for r in report.results
    )
    name = str(graph.names[node])
    own = int(mine.sum())
    told = (
        f"Only {name} is here: {own:,} of its own, {small.nodes.height - own:,} that these have to do with, of "
        f"{graph.nodes.height:,} nodes; the findings about it were judged in the whole alliance, other partners are "
        "shown in part."
    )
    part = replace(report, graph=small, tables=shown, waived_tables=aside, results=results)
    return Part(part, name, int(now[node]), _pairs(matrix, node, now), told)


def of_contact(contact: Mapping[str, Any], node: int) -> dict[str, Any]:
    """Return the contact of pairs with one partner; that of others is shown in part, and would mislead."""
    kept = [at for at, pair in enumerate(contact["pairs"]) if node in pair[:2]]
    now = {at: n for n, at in enumerate(kept)}
    talks = [[now[at], *rest] for at, *rest in contact["talks"] if at in now]
    pairs = [contact["pairs"][at] for at in kept]
    return {**contact, "pairs": pairs, "talks": talks, "of": [len(pairs), len(talks), *contact["of"][2:]]}


def _own(matrix: Alignment, node: int) -> Bools:
    """Return which nodes are the partner's: its parts and people, its goals, what serves them, what it shares."""
    where, graph = homes(matrix.facts), matrix.graph
    mine = np.zeros(graph.nodes.height, dtype=np.bool_)
    mine[node] = True
    source, target = _belonging(graph)
    for _ in range(MOST_STEPS):
        mine[source[mine[target]]] = True
    parts = np.flatnonzero(mine[where.partners])
    mine |= np.isin(where.home, parts)
    mine[where.more[0][np.isin(where.more[1], parts)]] = True
    beside = np.flatnonzero(where.satellite_of >= 0)
    mine[beside[mine[where.satellite_of[beside]]]] = True
    return mine


def _belonging(graph: AlignmentGraph) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Return who belongs to what, as node indices."""
    held = pl.concat([graph.of_type(t).select("source", "target") for t in ("MEMBER_OF", "PART_OF")])
    return held["source"].to_numpy(), held["target"].to_numpy()


def _near(graph: AlignmentGraph, mine: Bools) -> Bools:
    source, target = graph.edges["source"].to_numpy(), graph.edges["target"].to_numpy()
    near = mine.copy()
    near[target[mine[source]]] = True
    near[source[mine[target]]] = True
    return near


def _up(graph: AlignmentGraph, kept: Bools) -> Bools:
    """Return the nodes with the groups and partners above them, without which nobody knows where they belong."""
    source, target = _belonging(graph)
    for _ in range(MOST_STEPS):
        kept[target[kept[source]]] = True
    return kept


def _ids(rule: Rule, table: pl.DataFrame) -> pl.DataFrame:
    """(at, id): the subjects of each finding."""
    parts = [pl.DataFrame(schema={"at": pl.UInt32, "id": pl.String})]
    numbered = table.with_row_index("at")
    for column in (s for s in rule.subjects if s not in rule.words):
        part = numbered.select("at", pl.col(column).alias("id"))
        parts.append(part.explode("id") if part.schema["id"] == pl.List(pl.String) else part)
    return pl.concat(parts).drop_nulls()


def _about(rule: Rule, table: pl.DataFrame, graph: AlignmentGraph, mine: Bools) -> pl.DataFrame:
    """Return the findings about one of these nodes, with `was`, the row each was."""
    own = graph.ids.filter(pl.Series(mine)).implode()
    at = _ids(rule, table).filter(pl.col("id").is_in(own))["at"].unique()
    return table.with_row_index("was").filter(pl.col("was").is_in(at.implode()))


def _subjects(rule: Rule, table: pl.DataFrame, graph: AlignmentGraph) -> Bools:
    nodes = _ids(rule, table).join(graph.index, on="id")["node"].unique().to_numpy()
    result = np.zeros(graph.nodes.height, dtype=np.bool_)
    result[nodes] = True
    return result


def _refolded(table: pl.DataFrame, tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Return findings beneath those that are left, by their rows now; what explains one may be about others only."""
    none = pl.DataFrame(schema={"under_code": pl.String, "under_at": pl.UInt32, "now": pl.UInt32})
    rows = [
        other.select(pl.lit(code).alias("under_code"), pl.col("was").alias("under_at")).with_row_index("now")
        for code, other in tables.items()
    ]
    found = table.join(
        pl.concat([none, *(r.select(none.columns) for r in rows)]),
        on=["under_code", "under_at"],
        how="left",
        maintain_order="left",
    )
    code = pl.when(pl.col("now").is_not_null()).then(pl.col("under_code"))
    found = found.with_columns(code.alias("under_code"), pl.col("now").alias("under_at"))
    return found.drop("was", "now")


def _cut(graph: AlignmentGraph, kept: Bools) -> tuple[AlignmentGraph, NDArray[np.int64]]:
    """Return the graph of these nodes, and by node what its index is there; -1 for those that are not."""
    now = np.where(kept, np.cumsum(kept) - 1, -1)
    source, target = (now[graph.edges[end].to_numpy()] for end in ("source", "target"))
    inside = pl.Series((source >= 0) & (target >= 0))
    edges = graph.edges.with_columns(
        pl.Series("source", np.maximum(source, 0), dtype=pl.UInt32),
        pl.Series("target", np.maximum(target, 0), dtype=pl.UInt32),
    ).filter(inside)
    return AlignmentGraph(graph.nodes.filter(pl.Series(kept)), edges, graph.data), now


def _pairs(matrix: Alignment, node: int, now: NDArray[np.int64]) -> dict[str, Any]:
    mine = (pl.col("a") == node) | (pl.col("b") == node)
    parts = {name: part.filter(mine) for name, part in matrix.parts.items()}
    told = alignment_pairs(replace(matrix, pairs=matrix.pairs.filter(mine), parts=parts))
    return {**told, "pairs": [{**p, "a": int(now[p["a"]]), "b": int(now[p["b"]])} for p in told["pairs"]]}
