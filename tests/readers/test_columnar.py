"""Parquet: types are kept, what cannot be a property is said."""

from __future__ import annotations

import io
from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphalign.errors import InputError
from graphalign.readers import columnar, read_tables


def parquet(frame: pl.DataFrame) -> bytes:
    out = io.BytesIO()
    frame.write_parquet(out)
    return out.getvalue()


def test_columns_keep_their_types() -> None:
    frame = pl.DataFrame(
        {
            "id": ["g1", " "],
            "power": [1, None],
            "weight": [0.5, float("nan")],
            "due": [date(2026, 1, 2), None],
            "shared": [True, None],
        }
    )
    (table,), _, notes = columnar.read_parquet(parquet(frame), "nodes.parquet")
    assert table.name == "nodes"
    assert table.frame.rows() == [("g1", 1, 0.5, date(2026, 1, 2), True, 1), (None, None, None, None, None, 2)]
    assert [(n.count, "NaN" in n.text) for n in notes] == [(1, True)]


def test_times_become_days_and_categories_text() -> None:
    frame = pl.DataFrame({"due": [datetime(2026, 1, 2)], "kind": pl.Series(["goal"], dtype=pl.Categorical)})  # noqa: DTZ001
    (table,), _, _ = columnar.read_parquet(parquet(frame), "nodes.parquet")
    assert table.frame.rows() == [(date(2026, 1, 2), "goal", 1)]


def test_lists_and_structures_are_passed_over_and_said() -> None:
    frame = pl.DataFrame({"id": ["g1"], "tags": [["a"]], "more": [{"a": 1}], "raw": [b"x"]})
    (table,), _, notes = columnar.read_parquet(parquet(frame), "nodes.parquet")
    assert table.frame.columns == ["id", "_row"]
    assert len(notes) == 3


def test_more_cells_than_memory_holds_are_refused_before_they_are_read() -> None:
    frame = pl.DataFrame({"id": pl.Series(["x"]).new_from_index(0, 1_000)})
    data = parquet(frame)
    columnar_most, columnar.MOST_CELLS = columnar.MOST_CELLS, 999
    try:
        with pytest.raises(InputError, match="1,000 cells"):
            columnar.read_parquet(data, "nodes.parquet")
    finally:
        columnar.MOST_CELLS = columnar_most


def test_a_folder_of_parquet_is_read(tmp_path: Path) -> None:
    (tmp_path / "nodes.parquet").write_bytes(parquet(pl.DataFrame({"id": ["a"], "label": ["Goal"]})))
    (tmp_path / "relationships.parquet").write_bytes(
        parquet(pl.DataFrame({"source": ["a"], "target": ["b"], "type": ["X"]}))
    )
    assert [t.name for t in read_tables(tmp_path).tables] == ["nodes", "relationships"]


GOOD = parquet(pl.DataFrame({"id": ["a", "b"], "n": [1, 2]}))


@given(st.binary(max_size=50) | st.integers(0, len(GOOD) - 1))
def test_bytes_that_are_no_parquet_end_in_an_input_error(data: bytes | int) -> None:
    with pytest.raises(InputError, match="not a Parquet file"):
        columnar.read_parquet(data if isinstance(data, bytes) else GOOD[:data], "nodes.parquet")
