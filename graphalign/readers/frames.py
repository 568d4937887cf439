"""Cells to frames: headings made unique, rows as String columns with their row numbers."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from graphalign.errors import InputError
from graphalign.model import Note, Place

MOST_COLUMNS = 4_000


def unique_headings(marked: Sequence[str], file: str, sheet: str | None = None) -> tuple[list[str], list[Note]]:
    r"""Return headings that differ from each other, and what was done for it.

    An empty heading becomes "column N", a repeated one gets " (2)". What follows a NUL is a mark and is dropped.

    >>> unique_headings(["id", "name", "name", ""], "goals.csv")[0]
    ['id', 'name', 'name (2)', 'column 4']
    """
    if len(marked) > MOST_COLUMNS:
        what = f"has {len(marked):,} columns, {MOST_COLUMNS:,} are read at most"
        raise InputError(what, where=str(Place(file, sheet)), way_out="keep the columns that count")
    result: list[str] = []
    taken: set[str] = set()
    notes: list[Note] = []
    place = Place(file, sheet)
    for number, raw in enumerate(marked, 1):
        heading = raw.split("\0")[0].strip() or f"column {number}"
        # Provenance columns are ours: a heading that looks like one must not become one.
        heading = heading.lstrip("_") or f"column {number}"
        named, again = heading, 1
        while named in taken:
            again += 1
            named = f"{heading} ({again})"
        if again > 1:
            notes.append(
                Note(f"the heading {heading[:80]!r} stands more than once; the next is read as {named[:80]!r}", place)
            )
        if heading == f"column {number}" != raw.split("\0")[0].strip():
            notes.append(Note(f"a column without a heading is read as {named!r}", place, "give it a heading"))
        taken.add(named)
        result.append(named)
    return result, notes


def framed(headings: Sequence[str], rows: Sequence[Sequence[str | None]], numbers: Sequence[int]) -> pl.DataFrame:
    """Return rows as a frame of String columns, empty cells null, with `_row`.

    >>> framed(["id", "name"], [["g1", ""]], [2]).rows()
    [('g1', None, 2)]
    """
    columns = zip(*rows, strict=True) if rows else [()] * len(headings)
    data = {
        h: pl.Series(h, [c or None for c in column], dtype=pl.String)
        for h, column in zip(headings, columns, strict=True)
    }
    return pl.DataFrame(data).with_columns(pl.Series("_row", numbers, dtype=pl.UInt32))
