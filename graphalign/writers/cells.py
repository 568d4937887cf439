"""The graph as the sheets of a workbook: frames of cells, each relationship in one place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from graphalign.vocabulary import RACI, TYPES
from graphalign.writers.plain import as_text, edge_table, node_table
from graphalign.writers.references import can_be_listed, handles, reads_back
from graphalign.writers.sheets import ANY_EDGES, ANY_NODES, BY_LABEL, BY_TYPE, SHEETS, Column, Sheet

if TYPE_CHECKING:
    from graphalign.graph import AlignmentGraph

# An Excel cell holds 32,767 characters: longer lists go to the sheet of relationships.
LONGEST_LIST = 30_000
LINKED = {column.link: sheet for sheet in SHEETS if sheet.label for column in sheet.columns if column.link}


@dataclass(frozen=True)
class Filled:
    """A sheet's title, its columns (heading and note; the words to choose from) and its cells."""

    title: str
    columns: tuple[Column, ...]
    cells: pl.DataFrame


def filled(graph: AlignmentGraph, *, all_sheets: bool) -> Iterator[Filled]:
    """Yield the sheets of a graph in order; with `all_sheets` the empty ones and their empty columns, too."""
    names = handles(graph)
    nodes = node_table(graph).with_columns(names.alias("_handle"), can_be_listed(names).alias("_listable"))
    flat = _flat_labels(nodes)
    edges = _placed(graph, nodes, flat)
    for sheet in SHEETS:
        if sheet.label:
            cells = _of_label(
                sheet, nodes.filter(label=sheet.label) if sheet.label not in flat else nodes.head(0), edges
            )
        elif sheet.type:
            part = edges.filter(place=sheet.title)
            cells = part.select(
                pl.col("_from").alias("source"), pl.col("_to").alias("target"), *_own(part, BY_TYPE[sheet.type])
            )
        else:
            cells = _raci(edges.filter(place=sheet.title))
        if cells.height or all_sheets:
            yield _filled(sheet, cells, all_sheets=all_sheets)
    yield from _others(nodes.filter(pl.col("label").is_in(sorted(flat))), edges.filter(place=ANY_EDGES))


def _flat_labels(nodes: pl.DataFrame) -> set[str]:
    """Return the labels that have no sheet of their own, or a property whose heading would be read as another."""
    result = set()
    for label in nodes["label"].unique():
        own = nodes.filter(label=label)
        known = {column.property for column in BY_LABEL[label].columns} if label in BY_LABEL else set()
        extras = [c for c in own.columns if not c.startswith("_") and c not in {*known, "id", "label", "name"}]
        if label not in BY_LABEL or not all(reads_back(c, label) for c in extras if own[c].null_count() < own.height):
            result.add(label)
    return result


def _placed(graph: AlignmentGraph, nodes: pl.DataFrame, flat: set[str]) -> pl.DataFrame:
    """Return the relationships with the title of the sheet each goes to (`place`) and how its ends are called there."""
    table = edge_table(graph)
    properties = [c for c in table.columns if c not in ("source", "type", "target")]
    by = graph.edges.select("source", "target")

    def of(end: str, column: str) -> pl.Series:
        return nodes[column].gather(by[end])

    frame = table.with_columns(
        of("source", "_handle").alias("_from"),
        of("target", "_handle").alias("_to"),
        (of("source", "_listable") & of("target", "_listable")).alias("_both"),
        of("source", "label").is_in(sorted(flat)).alias("_flat"),
    )
    bare = pl.all_horizontal([pl.col(p).is_null() for p in properties]) if properties else pl.lit(value=True)
    place = pl.lit(ANY_EDGES)
    for kind, sheet in BY_TYPE.items():
        foreign = [pl.col(p).is_null() for p in properties if p not in TYPES[kind].properties]
        fits = pl.all_horizontal(foreign) if foreign else pl.lit(value=True)
        place = pl.when((pl.col("type") == kind) & fits).then(pl.lit(sheet.title)).otherwise(place)
    for kind, sheet in LINKED.items():
        linked = (pl.col("type") == kind) & bare & pl.col("_both") & ~pl.col("_flat")
        place = pl.when(linked).then(pl.lit(sheet.title)).otherwise(place)
    place = pl.when(pl.col("type").is_in(RACI) & bare & pl.col("_both")).then(pl.lit("RACI")).otherwise(place)
    frame = frame.with_columns(place.alias("place"))
    # What would make a cell too long goes with the rest.
    listed = pl.col("place").is_in([s.title for s in LINKED.values()] + ["RACI"])
    for end, other in (("source", "_to"), ("target", "_from")):
        length = (pl.col(other).str.len_chars() + 2).sum().over("type", end)
        whose = pl.col("place") == "RACI" if end == "target" else pl.col("place") != "RACI"
        frame = frame.with_columns(
            pl.when(listed & whose & (length > LONGEST_LIST)).then(pl.lit(ANY_EDGES)).otherwise("place").alias("place")
        )
    return frame


def _of_label(sheet: Sheet, nodes: pl.DataFrame, edges: pl.DataFrame) -> pl.DataFrame:
    frame = nodes.drop("label", "_handle", "_listable")
    for column in sheet.columns:
        if column.link:
            mine = edges.filter((pl.col("place") == sheet.title) & (pl.col("type") == column.link))
            lists = mine.group_by("source").agg(pl.col("_to").sort().str.join("; ").alias(column.link))
            frame = frame.join(lists, left_on="id", right_on="source", how="left", maintain_order="left")
    return frame


def _raci(edges: pl.DataFrame) -> pl.DataFrame:
    frame = edges.select("target", "_to").unique().sort("target")
    for kind in RACI:
        lists = edges.filter(type=kind).group_by("target").agg(pl.col("_from").sort().str.join("; ").alias(kind))
        frame = frame.join(lists, on="target", how="left", maintain_order="left")
    return frame.drop("target").rename({"_to": "target"})


def _own(part: pl.DataFrame, sheet: Sheet) -> list[str]:
    return [c.property for c in sheet.columns if c.property and c.property in part.columns]


def _filled(sheet: Sheet, cells: pl.DataFrame, *, all_sheets: bool) -> Filled:
    columns, kept = [], []
    for column in sheet.columns:
        source = column.property or column.link or column.end
        there = source in cells.columns and cells[source].null_count() < cells.height
        if there or all_sheets or column.end:
            columns.append(column)
            kept.append(
                cells[source].alias(column.heading)
                if source in cells.columns
                else pl.repeat(None, cells.height, eager=True).alias(column.heading)
            )
    known = {c.property or c.link or c.end for c in sheet.columns}
    for extra in (c for c in cells.columns if c not in known and not c.startswith("_")):
        if cells[extra].null_count() < cells.height:
            columns.append(Column(extra, "A column of your own: kept, and read by no rule."))
            kept.append(cells[extra])
    return Filled(sheet.title, tuple(columns), _worded(pl.DataFrame(kept), tuple(columns)))


def _worded(frame: pl.DataFrame, columns: tuple[Column, ...]) -> pl.DataFrame:
    """Return the cells as people write them: yes and no where a list offers these, whole numbers whole."""
    words = [
        pl.when(pl.col(c.heading)).then(pl.lit("yes")).when(~pl.col(c.heading)).then(pl.lit("no")).alias(c.heading)
        for c in columns
        if c.words == ("yes", "no") and frame[c.heading].dtype == pl.Boolean
    ]
    return as_text(frame.with_columns(words) if words else frame)


def _others(nodes: pl.DataFrame, edges: pl.DataFrame) -> Iterator[Filled]:
    if nodes.height:
        held = [
            c
            for c in nodes.columns
            if not c.startswith("_") and (nodes[c].null_count() < nodes.height or c in ("id", "label", "name"))
        ]
        yield _as_it_is(ANY_NODES, nodes.select(held))
    if edges.height:
        frame = edges.drop("source", "target", "_both", "_flat", "place")
        own = [c for c in frame.columns if c not in ("_from", "_to", "type") and frame[c].null_count() < frame.height]
        yield _as_it_is(
            ANY_EDGES, frame.select(pl.col("_from").alias("source"), "type", pl.col("_to").alias("target"), *own)
        )


def _as_it_is(title: str, frame: pl.DataFrame) -> Filled:
    return Filled(title, tuple(Column(c, "", width=24) for c in frame.columns), as_text(frame))
