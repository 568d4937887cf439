"""The filled cells of a column, and a column from what they mean: the empty ones, often most, are never looked into."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from numpy.typing import NDArray


def filled(column: pl.Series) -> tuple[NDArray[np.intp], pl.Series]:
    """Return the rows of a column that say something, and what they say.

    >>> rows, cells = filled(pl.Series(["7", None, "8"]))
    >>> rows.tolist(), cells.to_list()
    ([0, 2], ['7', '8'])
    """
    if not column.null_count():
        return np.arange(len(column)), column
    held = column.is_not_null()
    return np.flatnonzero(held.to_numpy()), column.filter(held)


def spread(values: pl.Series, rows: NDArray[np.intp], height: int) -> pl.Series:
    """Return a column of this height with these values in these rows, null elsewhere.

    >>> spread(pl.Series("power", [7.0, 8.0]), np.array([0, 2]), 3).to_list()
    [7.0, None, 8.0]
    """
    if len(rows) == height:
        return values
    if values.dtype == pl.String:  # texts are gathered sooner than put in their places
        place = pl.Series([None], dtype=pl.UInt32).new_from_index(0, height)
        at = place.scatter(rows, np.arange(len(rows), dtype=np.uint32))
        return values.gather(at)
    return values.clear(height).scatter(rows, values)
