"""Cells to frames: headings made unique, rows as String columns with their row numbers."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from graphalign.model import Note, Place


def unique_headings(marked: Sequence[str], file: str, sheet: str | None = None) -> tuple[list[str], list[Note]]:
    r"""Return headings that differ from each other, and what was done for it.

    An empty heading becomes "column N", a repeated one gets " (2)". What follows a NUL is a mark and is dropped.

    >>> unique_headings(["id", "name", "name", ""], "goals.csv")[0]
    ['id', 'name', 'name (2)', 'column 4']
    """
    result: list[str] = []
    notes: list[Note] = []
    place = Place(file, sheet)
    for number, raw in enumerate(marked, 1):
        heading = raw.split("\0")[0].strip() or f"column {number}"
        # Provenance columns are ours: a heading that looks like one must not become one.
        heading = heading.lstrip("_") or f"column {number}"
        named, again = heading, 1
        while named in result:
            again += 1
            named = f"{heading} ({again})"
        if again > 1:
            notes.append(
                Note(f"the heading {heading[:80]!r} stands more than once; the next is read as {named[:80]!r}", place)
            )
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
