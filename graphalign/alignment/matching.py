"""Redundancy of contact: the fewest people whose leaving ends all contact, for all pairs of partners at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from graphalign.graph import plain

if TYPE_CHECKING:
    from numpy.typing import NDArray


def redundancy(ties: pl.DataFrame) -> pl.DataFrame:
    """Return the size of a maximum matching of each pair's contact graph.

    In a bipartite graph it equals the least vertex cover (König 1931): the fewest people whose leaving ends all
    contact. One run of Hopcroft & Karp (1973) over the disjoint union of all pairs' graphs answers for all of them.

    Parameters
    ----------
    ties
        (a, b, person, other): people of `a` and of `b` in contact, members of both left out.

    Returns
    -------
    polars.DataFrame
        (a, b, k): `k` as Int64.

    >>> ties = pl.DataFrame(
    ...     {"a": [1, 1], "b": [2, 2], "person": [5, 5], "other": [7, 8]},
    ...     schema_overrides={"a": pl.UInt32, "b": pl.UInt32},
    ... )
    >>> redundancy(ties).rows()
    [(1, 2, 1)]
    """
    ranked = ties.unique().with_columns(
        (pl.struct("a", "b", "person").rank("dense") - 1).alias("left"),
        (pl.struct("a", "b", "other").rank("dense") - 1).alias("right"),
    )
    if ranked.is_empty():
        return pl.DataFrame(schema={"a": pl.UInt32, "b": pl.UInt32, "k": pl.Int64})
    left, right = ranked["left"].to_numpy(), ranked["right"].to_numpy()
    matched = plain.matched(left, right) if plain.few(len(left)) else _matched(left, right)
    people = ranked.select("a", "b", "left").unique("left").sort("left")
    return (
        people.with_columns(pl.Series("matched", matched))
        .group_by("a", "b")
        .agg(pl.col("matched").sum().cast(pl.Int64).alias("k"))
        .sort("a", "b")
    )


def _matched(left: NDArray[np.uint32], right: NDArray[np.uint32]) -> NDArray[np.bool_]:
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import maximum_bipartite_matching

    graph = csr_array((np.ones(len(left), dtype=np.bool_), (left, right)))
    found: NDArray[np.bool_] = maximum_bipartite_matching(graph, perm_type="column") >= 0
    return found
