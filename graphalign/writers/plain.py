"""The two plain tables that CSV, Parquet and node-link JSON hold: all there is, ids as ends, no places."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from graphalign.tables import PROVENANCE

if TYPE_CHECKING:
    from graphalign.graph import AlignmentGraph


def node_table(graph: AlignmentGraph) -> pl.DataFrame:
    """Return `id`, `label`, `name`, then every property that some node has."""
    frame = graph.nodes
    kept = ["id", "label", "name", *(c for c in _held(frame) if c not in ("id", "label", "name"))]
    return frame.select(kept).with_columns(pl.col("label").cast(pl.String))


def edge_table(graph: AlignmentGraph) -> pl.DataFrame:
    """Return `source`, `type`, `target` (ids), then every property that some relationship has."""
    frame = graph.edges
    ends = [graph.ids.gather(frame[end]).alias(end) for end in ("source", "target")]
    kept = [c for c in _held(frame) if c not in ("source", "type", "target")]
    return frame.select(ends[0], pl.col("type").cast(pl.String), ends[1], *kept)


def as_text(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a table whose whole numbers are written without a decimal point, as people write them."""
    whole = [pl.col(c).cast(pl.Int64) for c, dtype in frame.schema.items() if dtype.is_float() and _is_whole(frame[c])]
    return frame.with_columns(whole) if whole else frame


def _is_whole(column: pl.Series) -> bool:
    # 2**53: from there on whole numbers are not exact.
    return bool(((column == column.round(0)) & (column.abs() < 2**53)).all())


def _held(frame: pl.DataFrame) -> list[str]:
    return [c for c in frame.columns if c not in PROVENANCE and frame[c].null_count() < frame.height]
