"""The filled cells of a column: taken out and put back they are the column."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphalign.graph.filled import filled, spread

VALUES: dict[pl.DataType, st.SearchStrategy[Any]] = {
    pl.String(): st.text(max_size=20),
    pl.Float64(): st.floats(allow_nan=False),
    pl.Int64(): st.integers(-(2**40), 2**40),
    pl.Boolean(): st.booleans(),
    pl.Date(): st.dates(date(1000, 1, 1)),
}


@pytest.mark.parametrize("dtype", VALUES, ids=str)
@given(st.data())
def test_what_is_taken_out_and_put_back_is_the_column(dtype: pl.DataType, data: st.DataObject) -> None:
    values = data.draw(st.lists(st.none() | VALUES[dtype], max_size=12))
    pieces = data.draw(st.integers(0, len(values)))
    # As a reader leaves it: in pieces.
    column = pl.concat(
        [pl.Series("c", values[:pieces], dtype=dtype), pl.Series("c", values[pieces:], dtype=dtype)], rechunk=False
    )
    rows, cells = filled(column)
    assert rows.tolist() == [at for at, value in enumerate(values) if value is not None]
    assert cells.to_list() == [value for value in values if value is not None]
    assert spread(cells, rows, len(column)).to_list() == values
