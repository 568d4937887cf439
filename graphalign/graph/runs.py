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
    numbers = days.cast(pl.Int32)
    return (numbers.fill_null(NEVER) if numbers.null_count() else numbers).to_numpy()


def days_of(numbers: NDArray[np.int32]) -> pl.Series:
    """Return the days that `numbers_of` made numbers of.

    >>> days_of(np.array([0, NEVER], dtype=np.int32)).to_list()
    [datetime.date(1970, 1, 1), None]
    """
    return pl.Series(numbers).set(pl.Series(numbers == NEVER), None).cast(pl.Date)
