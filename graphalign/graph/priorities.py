"""How alike two partners weigh the goals that both commit to: Kendall's tau-b of all pairs of partners at once."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl
from numpy.typing import NDArray

# So many commitments matched at a time: 200 partners that all commit to the same thousands of goals stay in memory.
ROWS_AT_ONCE = 5_000_000
PAIR = ["partner", "other"]


def rank_agreement(weights: pl.DataFrame, least: int = 3) -> pl.DataFrame:
    """Return Kendall's tau-b of each two partners' weights over the goals that both weigh.

    Goals are never compared with goals pair by pair: n goals of two partners cost n log n (Knight 1966).

    Parameters
    ----------
    weights
        (partner, goal, weight), each partner and goal once, no weight null.
    least
        How many goals both must weigh.

    Returns
    -------
    polars.DataFrame
        (partner, other, count, tau, first, second): the smaller partner first, how many goals both weigh, tau-b (NaN
        where one weighs all alike), the goal that the first partner ranks highest against the other's rank, and the one
        that the other does; of several the smallest.

    References
    ----------
    Kendall 1945, The treatment of ties in ranking problems; Knight 1966, A computer method for calculating Kendall's
    tau with ungrouped data.

    Examples
    --------
    >>> rows = [(1, 7, 3.0), (1, 8, 2.0), (1, 9, 1.0), (2, 7, 1.0), (2, 8, 2.0), (2, 9, 3.0)]
    >>> rank_agreement(pl.DataFrame(rows, schema=["partner", "goal", "weight"], orient="row")).row(0)
    (1, 2, 3, -1.0, 7, 9)
    """
    parts = [_tau(part) for part in _matched(weights, least)]
    return pl.concat(parts).sort(PAIR)


def _matched(weights: pl.DataFrame, least: int) -> Iterator[pl.DataFrame]:
    """Yield (partner, other, goal, a, b): the weights of two partners on each goal of both, some partners at a time."""
    others = weights.rename({"partner": "other", "weight": "b"})
    size = weights.join(weights.group_by("goal").len("here"), on="goal").group_by("partner").agg(pl.col("here").sum())
    chunk = (pl.col("here").cast(pl.Int64).cum_sum() // ROWS_AT_ONCE).alias("chunk")
    numbered = weights.rename({"weight": "a"}).join(size.sort("partner").select("partner", chunk), on="partner")
    for part in numbered.partition_by("chunk", maintain_order=True) or [numbered]:
        both = part.drop("chunk").join(others, on="goal").filter(pl.col("partner") < pl.col("other"))
        yield both.filter(pl.len().over(PAIR) >= least)


def _tau(both: pl.DataFrame) -> pl.DataFrame:
    both = both.sort(*PAIR, "b")
    at = _starts(both, *PAIR)
    if not len(at):
        return both.select(*PAIR, count=pl.lit(0, pl.Int64), tau=pl.lit(0.0), first="goal", second="goal")
    count = np.diff(np.r_[at, both.height])
    runs = _starts(both, *PAIR, "b")
    nth = np.repeat(np.arange(len(runs)), np.diff(np.r_[runs, both.height]))
    ties_b = _tied(runs, at, both.height)
    both = both.with_columns(
        pl.Series("rank_b", _ranks(runs, both.height)), pl.Series("nth", nth - np.repeat(nth[at], count))
    ).sort(*PAIR, "a", "b", "goal")
    ties_a, ties = (_tied(_starts(both, *PAIR, *c), at, both.height) for c in (("a",), ("a", "b")))
    ahead = _ranks(_starts(both, *PAIR, "a"), both.height) - both["rank_b"].to_numpy()
    whole = count * (count - 1) // 2
    opposed = np.add.reduceat(_inversions(at, both["nth"].to_numpy()), at)
    alike = whole - ties_a - ties_b + ties - opposed
    with np.errstate(invalid="ignore"):
        tau = (alike - opposed) / np.sqrt((whole - ties_a).astype(np.float64) * (whole - ties_b))
    goal = both["goal"].to_numpy()
    return both[at].select(
        *PAIR,
        pl.Series("count", count, dtype=pl.Int64),
        pl.Series("tau", tau),
        pl.Series("first", _least_where_most(goal, ahead, at, count)),
        pl.Series("second", _least_where_most(goal, -ahead, at, count)),
    )


def _starts(frame: pl.DataFrame, *columns: str) -> NDArray[np.intp]:
    """Where each run of equal values in sorted columns starts."""
    change = np.zeros(frame.height, dtype=np.bool_)
    change[:1] = True
    for column in columns:
        values = frame[column].to_numpy()
        change[1:] |= values[1:] != values[:-1]
    return np.flatnonzero(change)


def _ranks(runs: NDArray[np.intp], height: int) -> NDArray[np.float64]:
    """Return the average rank of each row, given where runs of equal values start."""
    sizes = np.diff(np.r_[runs, height])
    return np.repeat(runs + (sizes - 1) / 2, sizes)


def _tied(runs: NDArray[np.intp], at: NDArray[np.intp], height: int) -> NDArray[np.int64]:
    """How many two of each group that starts `at` are equal, given where runs of equal values start."""
    sizes = np.diff(np.r_[runs, height])
    return np.add.reduceat(sizes * (sizes - 1) // 2, np.searchsorted(runs, at))


def _least_where_most(
    goal: NDArray[np.uint32], value: NDArray[np.float64], at: NDArray[np.intp], count: NDArray[np.intp]
) -> NDArray[np.uint32]:
    """Return the smallest goal of each group among those of the greatest value."""
    most = np.repeat(np.maximum.reduceat(value, at), count)
    return np.minimum.reduceat(np.where(value == most, goal, goal.max()), at)


def _inversions(at: NDArray[np.intp], value: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return for each element how many before it in its group are greater; groups start `at`.

    Bit by bit from the highest: among the elements of a group that agree in all higher bits, every 0 counts the 1s
    before it; then the 0s go before the 1s, each in their order, and are groups of their own.
    """
    found = np.zeros(len(value), dtype=np.int64)
    order = np.arange(len(value))
    for bit in reversed(range(int(value.max()).bit_length())):
        sizes = np.diff(np.r_[at, len(value)])
        ones = (value[order] >> bit) & 1
        zeros = sizes - np.add.reduceat(ones, at)
        before = np.cumsum(ones) - ones
        before -= np.repeat(before[at], sizes)
        found[order] += np.where(ones == 0, before, 0)
        start = np.repeat(at, sizes)
        to = np.where(ones == 0, np.arange(len(value)) - before, start + np.repeat(zeros, sizes) + before)
        moved = np.empty_like(order)
        moved[to] = order
        order = moved
        at = np.unique(np.r_[at, (at + zeros)[zeros < sizes]])
    return found
