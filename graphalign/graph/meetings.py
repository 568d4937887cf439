"""Who meets at a goal, or across a dependency: pairs made some at a time, so that memory follows the result."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from graphalign.graph import plain

if TYPE_CHECKING:
    from graphalign.graph.facts import Facts

# So many pairs at a time, however many share a goal.
PAIRS_AT_ONCE = 5_000_000


def in_parts(left: pl.DataFrame, sizes: pl.DataFrame, on: str) -> Iterator[pl.DataFrame]:
    """Yield the rows of a frame, in order, in parts that a join makes about `PAIRS_AT_ONCE` rows of.

    Parameters
    ----------
    left
        What is joined.
    sizes
        (`on`, size): with how many rows each value of `on` is joined; rows without such a value are left out.
    on
        The column it is joined on.

    Yields
    ------
    polars.DataFrame
        Rows of `left`, at least one part, which may be empty.
    """
    counted = left.join(sizes, on=on, maintain_order="left")
    counted = counted.with_columns(((pl.col("size").cum_sum() - pl.col("size")) // PAIRS_AT_ONCE).alias("part"))
    for part in counted.partition_by("part", maintain_order=True) or [counted]:
        yield part.select(left.columns)


def meetings(has: pl.DataFrame, steps: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Yield who meets whom over the steps between goals: the one has the goal, the other what it needs.

    Parameters
    ----------
    has
        (one, goal), each pair once: persons and their work, or partners and their goals.
    steps
        (goal, needed), each once; a goal with itself where those who share it meet.

    Yields
    ------
    polars.DataFrame
        (one, other, goal, needed), `one` the smaller. Two who both have both goals come twice.
    """
    right = has.select(pl.col("one").alias("other"), pl.col("goal").alias("needed"))
    sizes = right.group_by("needed").agg(pl.len().cast(pl.Int64).alias("size"))
    left = steps.join(has, on="goal").sort("goal", "needed", "one")
    itself = pl.col("goal") == pl.col("needed")
    for part in in_parts(left, sizes, "needed"):
        met = part.join(right, on="needed")
        met = met.filter((pl.col("one") < pl.col("other")) | (~itself & (pl.col("one") > pl.col("other"))))
        yield met.select(
            pl.min_horizontal("one", "other").alias("one"),
            pl.max_horizontal("one", "other").alias("other"),
            "goal",
            "needed",
        )


def with_somebody(has: pl.DataFrame, steps: pl.DataFrame) -> pl.Series:
    """Return everybody who meets somebody as in `meetings`, each once, without making the pairs."""
    ends = has.group_by("goal").agg(pl.col("one").min().alias("least"), pl.col("one").max().alias("most"))
    back = steps.select(pl.col("needed").alias("goal"), pl.col("goal").alias("needed"))
    both_ways = pl.concat([steps, back]).unique()
    there = has.join(both_ways, on="goal").join(ends.rename({"goal": "needed"}), on="needed")
    return there.filter((pl.col("least") != pl.col("one")) | (pl.col("most") != pl.col("one")))["one"].unique()


def working_pairs(facts: Facts) -> pl.DataFrame:
    """Return (partner, other), the smaller first: partners who work on an active goal in common."""
    works = facts.works_on.join(facts.active_goals, on="goal", how="semi")
    if plain.few(works.height):
        return _two_apart(works.join(works.rename({"partner": "other"}), on="goal"))
    return _pairs(facts, lambda matrix: _product(matrix(works), matrix(works).T))


def depending_pairs(facts: Facts) -> pl.DataFrame:
    """Return (partner, other), the smaller first: partners with a dependency between active goals of theirs."""
    needs = facts.dependencies
    held = facts.partners_of_goal.select("partner", "goal")
    if plain.few(held.height + needs.height):
        ends = needs.select("goal", "needed").join(held, on="goal")
        return _two_apart(ends.join(held.rename({"partner": "other", "goal": "needed"}), on="needed"))

    def product(matrix: Any) -> Any:  # noqa: ANN401 (sparse matrices, which scipy does not type)
        from scipy.sparse import csr_array

        goals = matrix(held)
        ends = needs["goal"].to_numpy(), needs["needed"].to_numpy()
        steps = csr_array((np.ones(needs.height, dtype=np.bool_), ends), shape=(facts.n, facts.n))
        return _product(goals, _product(steps, goals.T))

    return _pairs(facts, product)


def _two_apart(met: pl.DataFrame) -> pl.DataFrame:
    """(partner, other): each two different partners once, the smaller first."""
    a, b = pl.col("partner"), pl.col("other")
    apart = met.filter(a != b)
    return apart.select(pl.min_horizontal(a, b).alias("partner"), pl.max_horizontal(a, b).alias("other")).unique()


def _product(left: Any, right: Any) -> Any:  # noqa: ANN401
    return left.tocsr() @ right.tocsr()


def _pairs(facts: Facts, product: Any) -> pl.DataFrame:  # noqa: ANN401
    from scipy.sparse import csr_array

    partners = facts.partners["partner"].sort().to_numpy()

    def matrix(pairs: pl.DataFrame) -> Any:  # noqa: ANN401
        ends = np.searchsorted(partners, pairs["partner"].to_numpy()), pairs["goal"].to_numpy()
        return csr_array((np.ones(pairs.height, dtype=np.bool_), ends), shape=(len(partners), facts.n))

    met = product(matrix).tocoo()
    a, b = (partners[at].astype(np.uint32) for at in met.coords)
    return _two_apart(pl.DataFrame({"partner": a, "other": b}))


def recent_pairs(facts: Facts) -> pl.DataFrame:
    """Return (partner, other), the smaller first: partners in recent contact, or with a member in common."""
    talk = facts.partner_contact.filter(pl.col("recent") & (pl.col("partner") < pl.col("other")))
    return talk.select("partner", "other")
