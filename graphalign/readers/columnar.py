"""Parquet: tables that keep the types of their columns."""

from __future__ import annotations

import io
from pathlib import Path

import polars as pl

from graphalign.errors import InputError
from graphalign.model import Note, Place, Refusal
from graphalign.readers.frames import unique_headings
from graphalign.tables import Table

PLAIN = (pl.Boolean, pl.Date)
# A few bytes of Parquet can say a million million times the same.
MOST_CELLS = 2_000_000_000


def read_parquet(data: bytes, file: str) -> tuple[list[Table], list[Refusal], list[Note]]:
    """Read a Parquet file; columns of lists, structures and bytes are passed over and said.

    Raises
    ------
    graphalign.errors.InputError
        If it is no Parquet file.
    """
    try:
        scan = pl.scan_parquet(io.BytesIO(data))
        width, height = len(scan.collect_schema()), scan.select(pl.len()).collect().item()
        if width * height > MOST_CELLS:
            raise InputError(
                f"holds {width * height:,} cells, {MOST_CELLS:,} are read at most",
                where=file,
                way_out="keep the rows and columns that count",
            )
        frame = scan.collect()
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError, ValueError):
        raise InputError("is not a Parquet file", where=file, way_out="write it again, or give CSV") from None
    notes: list[Note] = []
    columns: list[pl.Expr] = []
    for name, dtype in frame.schema.items():
        if name in ("_file", "_sheet", "_row", "_key"):
            continue
        if dtype == pl.String:
            text = pl.col(name).str.strip_chars()
            columns.append(pl.when(text.str.len_bytes() > 0).then(text).alias(name))
        elif dtype in (pl.Float32, pl.Float64):
            odd = frame[name].is_nan().sum()
            if odd:
                notes.append(
                    Note(f"cells of {name[:80]!r} are NaN and were read as empty", Place(file), count=int(odd))
                )
            columns.append(pl.col(name).fill_nan(None))
        elif dtype.is_numeric() or dtype in PLAIN:
            columns.append(pl.col(name))
        elif dtype == pl.Datetime:
            columns.append(pl.col(name).cast(pl.Date))
        elif dtype in (pl.Categorical, pl.Enum):
            columns.append(pl.col(name).cast(pl.String))
        elif dtype != pl.Null:
            notes.append(Note(f"the column {name[:80]!r} holds {dtype} and was passed over", Place(file)))
    frame = frame.select(columns)
    headings, said = unique_headings(frame.columns, file)
    frame.columns = headings
    rows = pl.int_range(1, frame.height + 1, dtype=pl.UInt32, eager=True).alias("_row")
    return [Table(Path(file).stem, frame.with_columns(rows), file)], [], [*notes, *said]
