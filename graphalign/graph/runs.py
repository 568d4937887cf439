"""Runs of equal rows in sorted frames, and the latest day of each run or node: grouping without hashing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Before any day: what no date is taken for.
NEVER = -(2**31)


def starts_of_runs(*columns: pl.Series) -> NDArray[np.intp]:
    """Return where each run of equal rows starts, given its columns.

    >>> starts_of_runs(pl.Series([1, 1, 1, 2]), pl.Series([5, 5, 6, 6])).tolist()
    [0, 2, 3]
    """
    new = np.zeros(len(columns[0]), dtype=np.bool_)
    new[:1] = True
    for column in columns:
        values = column.to_numpy()
        new[1:] |= values[1:] != values[:-1]
    return np.flatnonzero(new)


def latest_of_runs(days: pl.Series, starts: NDArray[np.intp]) -> pl.Series:
    """Return the latest day of each run, null where a run has none.

    >>> from datetime import date
    >>> days = pl.Series([date(2026, 1, 1), date(2026, 2, 1), None])
    >>> latest_of_runs(days, np.array([0, 2])).to_list()
    [datetime.date(2026, 2, 1), None]
    """
    numbers = numbers_of(days)
    return days_of(np.maximum.reduceat(numbers, starts) if len(starts) else numbers[:0])


def latest_by_node(nodes: NDArray[np.intp], numbers: NDArray[np.int32], n: int) -> NDArray[np.int32]:
    """Return, by index, the latest of the days beside each of n nodes, as a number.

    >>> latest_by_node(np.array([1, 1]), np.array([5, 7], dtype=np.int32), 2).tolist() == [NEVER, 7]
    True
    """
    latest = np.full(n, NEVER, dtype=np.int32)
    np.maximum.at(latest, nodes, numbers)
    return latest


def numbers_of(days: pl.Series) -> NDArray[np.int32]:
    """Return days as numbers that sort as they do, no day before any."""
    return days.cast(pl.Int32).fill_null(NEVER).to_numpy()


def days_of(numbers: NDArray[np.int32]) -> pl.Series:
    """Return the days that `numbers_of` made numbers of."""
    return pl.Series(numbers).replace(NEVER, None).cast(pl.Date)
