"""Evidence: the rows of the input that say what findings claim, looked up at once for all that are kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import polars as pl

from graphalign.graph import AlignmentGraph
from graphalign.graph.alignment_graph import spoken_name
from graphalign.graph.pairs import LOW, SHIFT, distinct, packed, put, unlisted
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


def look_up(graph: AlignmentGraph, parts: Sequence[tuple[Rule, pl.DataFrame]]) -> list[list[Evidence]]:
    """Return what the input says about findings, those of several rules at once.

    Parameters
    ----------
    graph
        The graph that the findings are about.
    parts
        Rules, whose `evidence` says what to quote, each with findings of it, one a row, nodes as ids.

    Returns
    -------
    list of list of Evidence
        For each finding, part after part: the relationships its rule names, in order of file, sheet and row, then its
        subjects.
    """
    asked: list[_Asked] = []
    before = 0
    for rule, findings in parts:
        quoted = {e.column for e in rule.evidence if isinstance(e, Says)}
        nodes = [s for s in rule.subjects if s not in rule.words]
        silent = [Says(s) for s in nodes if s not in quoted and findings.schema[s] in (pl.String, pl.List(pl.String))]
        asked.append(_Asked((*rule.evidence, *silent), findings, before))
        before += findings.height
    ends = _ends(graph, asked)
    specs = [(n, spec) for n, part in enumerate(asked) for spec in part.specs]
    ties = [(order, spec, ends[n]) for order, (n, spec) in enumerate(specs) if isinstance(spec, Tie)]
    says = [(order, spec, ends[n]) for order, (n, spec) in enumerate(specs) if isinstance(spec, Says)]
    result: list[dict[Evidence, None]] = [{} for _ in range(before)]
    for _, at, line in sorted((*_tied(graph, ties), *_said(graph, says)), key=itemgetter(0)):
        result[at].setdefault(line)
    return [list(lines) for lines in result]


class _Asked(NamedTuple):
    """Findings of a rule: what is to be quoted of them, in order, and how many findings stand before them."""

    specs: Sequence[Says | Tie]
    findings: pl.DataFrame
    before: int


class _Hits(NamedTuple):
    """Findings (their numbers) with nodes or relationships of the graph, pair by pair."""

    at: NDArray[np.uint32]
    what: NDArray[np.uint32]


def _ends(graph: AlignmentGraph, asked: Sequence[_Asked]) -> list[dict[str, _Hits]]:
    """Return for each rule, by column of its findings, the nodes that are there: all looked up at once."""
    # numpy from here on: a report of few findings is made of many small steps, which frames are slow at.
    held: list[tuple[int, str, NDArray[np.uint32], pl.Series]] = []
    for n, (specs, findings, before) in enumerate(asked):
        rows = np.arange(before, before + findings.height, dtype=np.uint32)
        named = (c for s in specs for c in ((s.source, s.target) if isinstance(s, Tie) else (s.column,)))
        for column in dict.fromkeys(c for c in named if c):
            ids, at = findings[column], rows
            if ids.dtype == pl.List(pl.String):
                each = unlisted(ids)
                at, ids = rows[each["row"].to_numpy()], each["value"]
            held.append((n, column, at, ids))
    result: list[dict[str, _Hits]] = [{} for _ in asked]
    if not held:
        return result
    found = graph.at(pl.concat([ids.alias("id") for *_, ids in held]))
    known, nodes = found.is_not_null().to_numpy(), found.fill_null(0).to_numpy()
    start = 0
    for n, column, at, _ in held:
        part = slice(start, start + len(at))
        start += len(at)
        result[n][column] = _Hits(at[known[part]], nodes[part][known[part]])
    return result


def _tied(
    graph: AlignmentGraph, ties: Sequence[tuple[int, Tie, Mapping[str, _Hits]]]
) -> Iterator[tuple[int, int, Evidence]]:
    """Yield what relationships say: the place of its evidence in the order, the finding's number, and the line."""
    parts = [_hits(graph, tie, ends) for _, tie, ends in ties]
    if not any(len(hits.at) for hits in parts):
        return
    edge = np.concatenate([hits.what for hits in parts])
    rows = graph.edges[edge]
    rows = put(
        rows,
        _repeated([order for order, *_ in ties], [len(hits.at) for hits in parts]),
        pl.Series("at", np.concatenate([hits.at for hits in parts])),
        graph.spoken[rows["source"]].alias("_a"),
        graph.spoken[rows["target"]].alias("_b"),
    )
    for row in _in_order(rows, "type", "_a", "_b").iter_rows(named=True):
        kind = row["type"]
        verb = TYPES[kind].verb if kind in TYPES else kind.lower().replace("_", " ")
        known = TYPES[kind].properties if kind in TYPES else ()
        told = Evidence(f"{row['_a']} {verb} {row['_b']}{_properties(row, known)}", _place(row))
        yield row["_order"], row["at"], told


def _hits(graph: AlignmentGraph, tie: Tie, ends: Mapping[str, _Hits]) -> _Hits:
    """Return the relationships that a tie quotes for each finding, each once."""
    source, target = (ends[c] if c else None for c in (tie.source, tie.target))
    n = len(graph.ids)
    parts = []
    if tie.through and source and target:
        parts = _by_way(graph, tie, source, target)
    for kind in tie.types if not tie.through else ():
        edges = _of_type(graph, kind)
        parts.append(_between(edges, source, target, n))
        if kind in TYPES and TYPES[kind].both_ways:
            parts.append(_between(edges, target, source, n))
    keys = distinct(np.concatenate([packed(hits.at, hits.what) for hits in parts]))
    return _Hits((keys >> SHIFT).astype(np.uint32), (keys & LOW).astype(np.uint32))


class _Edges(NamedTuple):
    """Relationships: their rows in the graph's edges, and the nodes at their ends."""

    edge: NDArray[np.uint32]
    source: NDArray[np.uint32]
    target: NDArray[np.uint32]


def _of_type(graph: AlignmentGraph, kind: str) -> _Edges:
    start, n = graph.span(kind)
    source, target = (graph.edges[end].to_numpy()[start : start + n] for end in ("source", "target"))
    return _Edges(np.arange(start, start + n, dtype=np.uint32), source, target)


def _between(edges: _Edges, source: _Hits | None, target: _Hits | None, n: int) -> _Hits:
    """Return the relationships at these ends; a circle of many goals is not paired with itself."""
    # Most relationships have neither end here: a look into a mask is much cheaper than a join.
    held = np.ones(len(edges.edge), dtype=np.bool_)
    for end, nodes in ((source, edges.source), (target, edges.target)):
        if end is not None:
            mask = np.zeros(n, dtype=np.bool_)
            mask[end.what] = True
            held &= mask[nodes]
    which = np.flatnonzero(held)
    first, nodes = (source, edges.source) if source is not None else (target, edges.target)
    if first is None:
        return _Hits(which[:0].astype(np.uint32), which[:0].astype(np.uint32))
    at, pick = _matched(first, nodes[which])
    which = which[pick]
    if source is not None and target is not None:
        both = np.isin(packed(at, edges.target[which]), packed(target.at, target.what))
        at, which = at[both], which[both]
    return _Hits(at, edges.edge[which])


def _matched(end: _Hits, nodes: NDArray[np.uint32]) -> tuple[NDArray[np.uint32], NDArray[np.intp]]:
    """Return, for each of the nodes and each finding it stands in, the finding and the node's position."""
    order = np.argsort(end.what, kind="stable")
    held = end.what[order]
    start, stop = np.searchsorted(held, nodes, "left"), np.searchsorted(held, nodes, "right")
    many = stop - start
    pick = np.repeat(np.arange(len(nodes)), many)
    within = np.arange(len(pick)) - np.repeat(np.cumsum(many) - many, many)
    return end.at[order[np.repeat(start, many) + within]], pick


def _by_way(graph: AlignmentGraph, tie: Tie, source: _Hits, target: _Hits) -> list[_Hits]:
    """Return the relationships from the source to a node between, and those from there to the target."""
    n = len(graph.ids)
    onward = _of_type(graph, str(tie.through))
    second = _between(onward, None, target, n)
    parts = [_of_type(graph, kind) for kind in tie.types]
    edges = _Edges(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))
    first = _between(edges, source, None, n)
    ends = graph.edges[np.concatenate([first.what, second.what])]
    before = packed(first.at, ends["target"].to_numpy()[: len(first.at)])
    after = packed(second.at, ends["source"].to_numpy()[len(first.at) :])
    kept = np.isin(before, after), np.isin(after, before)
    return [_Hits(hits.at[k], hits.what[k]) for hits, k in zip((first, second), kept, strict=True)]


def _said(
    graph: AlignmentGraph, says: Sequence[tuple[int, Says, Mapping[str, _Hits]]]
) -> Iterator[tuple[int, int, Evidence]]:
    """Yield what nodes say: the place of its evidence in the order, the finding's number, and the line."""
    keys = [distinct(packed(ends[s.column].at, ends[s.column].what)) for _, s, ends in says]
    if not any(map(len, keys)):
        return
    key = np.concatenate(keys)
    node = (key & LOW).astype(np.uint32)
    rows = put(
        graph.nodes[node],
        _repeated([order for order, *_ in says], list(map(len, keys))),
        pl.Series("at", (key >> SHIFT).astype(np.uint32)),
        graph.spoken[node].alias("_a"),
    )
    told = {order: spec.properties for order, spec, _ in says}
    for row in _in_order(rows, "id").iter_rows(named=True):
        order = row["_order"]
        yield order, row["at"], Evidence(f"{row['label']} {row['_a']}{_properties(row, told[order])}", _place(row))


def _repeated(orders: Sequence[int], sizes: Sequence[int]) -> pl.Series:
    return pl.Series("_order", np.repeat(np.array(orders, dtype=np.uint32), sizes))


def _in_order(rows: pl.DataFrame, *then: str) -> pl.DataFrame:
    texts = [pl.col(c).cast(pl.String) for c in rows.columns if c in ("label", "type", "_file", "_sheet")]
    keys = [c for c in ("_order", "at", "_file", "_sheet", "_row", "_key", *then) if c in rows.columns]
    return rows.with_columns(texts).sort(keys, nulls_last=True)


def _properties(row: Mapping[str, Any], names: Sequence[str] | Mapping[str, Any]) -> str:
    said = [f"{n.replace('_', ' ')} {told(row[n])}" for n in names if row.get(n) is not None]
    return f" ({', '.join(said)})" if said else ""


def _place(row: Mapping[str, Any]) -> Place | None:
    if not row.get("_file"):
        return None
    return Place(row["_file"], row.get("_sheet") or None, row.get("_row"), row.get("_key") or None)
