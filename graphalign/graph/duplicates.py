"""Relationships that are said more than once: merged where they agree, refused where their weights do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from graphalign.graph.ledger import PLACE, Ledger

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graphalign.graph.relationships import TypeCodes


def without_duplicates(
    edges: pl.DataFrame,
    properties: list[pl.Series],
    codes: TypeCodes,
    keys: NDArray[np.uint64],
    order: NDArray[np.uint32],
    again: NDArray[np.intp],
    ledger: Ledger,
    bits: np.uint64,
) -> tuple[NDArray[np.uint64], NDArray[np.uint32], list[pl.DataFrame]]:
    """Put those between the same ends into an order of content, merge what says the same, refuse other weights.

    Parameters
    ----------
    edges, properties, codes
        Relationship statements, what is understood of their properties, and their types as numbers.
    keys
        Type, source and target of each that is kept, sorted, in one number; `bits` of it for each end.
    order
        The row of each of these in `edges`.
    again
        Where the next key is the same.
    ledger
        What is refused and said is entered here.
    bits
        How many bits of a key hold a node.

    Returns
    -------
    tuple
        The keys and rows that stay, and what is to be filled in of a merged one: frames of `at`, its place among these,
        and one property.
    """
    in_run = np.zeros(len(keys), dtype=np.bool_)
    in_run[again] = in_run[again + 1] = True
    at = np.flatnonzero(in_run)
    day = next((p for p in properties if p.name == "date"), None)
    if day is not None:
        order, at = _by_day(keys, order, at, day)
        if not len(at):
            return keys, order, []
    rows = pl.Series("row", order[at], dtype=pl.UInt32)
    names = [p.name for p in properties]
    part = pl.DataFrame([pl.Series("key", keys[at]), rows, *[p.gather(rows) for p in properties]])
    place = edges.select(PLACE)[rows].with_columns(pl.col("_file", "_sheet").cast(pl.String))
    part = part.hstack(place)
    rest = [c for c in names if c not in ("date", "weight")]
    first = [c for c in ("date", "weight") if c in names]
    part = part.sort("key", *first, *rest, *PLACE, nulls_last=True).with_columns(pl.Series("at", at, dtype=pl.UInt32))
    group = ["key", *[c for c in ("date",) if c in names]]
    other = pl.lit(value=False)
    if "weight" in names:
        other = pl.col("weight").is_not_null() & (pl.col("weight") != pl.col("weight").first().over(group))
    part = part.with_columns(other.fill_null(value=False).alias("_other"))
    bad = part.filter("_other")
    if bad.height:
        type_ = pl.Series(codes.names[(bad["key"].to_numpy() >> (bits + bits)).astype(np.int64)], dtype=pl.String)
        said = edges.select("source", "target")[bad["row"]]
        firsts = part.filter(~pl.col("_other")).unique(group, keep="first", maintain_order=True)
        bad = bad.join(
            firsts.select(*group, pl.col("_row").alias("_row_0"), pl.col("weight").alias("_weight_0")),
            on=group,
            how="left",
            nulls_equal=True,
            maintain_order="left",
        )
        text = pl.lit(said["source"]) + " " + pl.lit(type_) + " " + pl.lit(said["target"])
        why = pl.format(
            "weight {} contradicts weight {} of the same relationship{}; keep one",
            pl.col("weight"),
            pl.col("_weight_0"),
            pl.when(pl.col("_row_0").is_not_null())
            .then(pl.format(" in row {}", pl.col("_row_0")))
            .otherwise(pl.lit("")),
        )
        ledger.refuse("relationship", bad, text, why)
    good = part.filter(~pl.col("_other"))
    repeated = good.with_columns(pl.int_range(pl.len()).over(group).alias("_nth"))
    n = int((repeated["_nth"] > 0).sum())
    filled = []
    if n:
        differ = [c for c in [*rest, "weight"] if c in names]
        merged = repeated.group_by(group, maintain_order=True).agg(
            pl.col("at").first(),
            pl.col("row").first(),
            *[pl.col(c).first().alias(f"{c}_0") for c in differ],
            *[pl.col(c).drop_nulls().first() for c in differ],
        )
        ledger.note(
            f"{n} relationships say again what another of the same type, ends and date says; they were merged",
            "keep each once",
            n,
        )
        filled = [merged.filter(pl.col(f"{c}_0").is_null() & pl.col(c).is_not_null()).select("row", c) for c in differ]
    keep = repeated.filter(pl.col("_nth") == 0)
    order = order.copy()
    order[part["at"].to_numpy()] = part["row"].to_numpy()
    stays = np.ones(len(order), dtype=np.bool_)
    stays[at] = False
    stays[keep["at"].to_numpy()] = True
    keys, order = keys[stays], order[stays]
    # Where a merged one lacks a property that its twin has, it is put in once the rows have their final places.
    held = keep["at"].to_numpy()
    final = held - np.searchsorted(np.flatnonzero(~stays), held)
    places = pl.DataFrame({"row": keep["row"], "at": pl.Series(final, dtype=pl.UInt32)})
    fills = [places.join(f, on="row").select("at", f.columns[1]) for f in filled if f.height]
    return keys, order, fills


def _by_day(
    keys: NDArray[np.uint64], order: NDArray[np.uint32], at: NDArray[np.intp], days: pl.Series
) -> tuple[NDArray[np.uint32], NDArray[np.intp]]:
    """Put the rows at these places, between the same ends, in the order of their days; return which share theirs."""
    rows = order[at]
    number = days.gather(rows).cast(pl.Int32).cast(pl.Int64) + 2**31
    run = np.cumsum(np.diff(keys[at], prepend=keys[at[:1]]) > 0).astype(np.uint64)
    both = run << np.uint64(32) | number.fill_null(2**32 - 1).to_numpy().astype(np.uint64)
    sort = np.argsort(both)
    order, both = order.copy(), both[sort]
    order[at] = rows[sort]
    same = np.zeros(len(at) + 1, dtype=np.bool_)
    np.equal(both[1:], both[:-1], out=same[1:-1])
    return order, at[same[1:] | same[:-1]]
