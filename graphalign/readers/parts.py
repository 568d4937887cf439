"""What is read of one table: frames of statements, with what was refused, noted and understood on the way."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

import polars as pl

from graphalign.model import Note, Place, Refusal
from graphalign.tables import PROVENANCE, Table


@dataclass
class Part:
    """Statements of one table: `frames`, all of nodes or all of relationships."""

    frames: list[pl.DataFrame] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    meanings: list[tuple[str, str, str]] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)

    def refuse(self, rows: pl.DataFrame, text: str, reason: str, what: Literal["row", "relationship"] = "row") -> None:
        """Enter rows as refused, the column `text` holding what the input says there."""
        for said, *place in rows.select(
            pl.col(text).cast(pl.String), *[pl.col(c).cast(d) for c, d in PROVENANCE.items()]
        ).iter_rows():
            self.refusals.append(Refusal(what, Place(place[0] or "", *place[1:]), said or "", reason))


def as_text(table: Table) -> Table:
    """Return a table with its categoricals written out."""
    frame = table.frame
    few = [pl.col(c).cast(pl.String) for c, dtype in frame.schema.items() if dtype == pl.Categorical]
    return replace(table, frame=frame.with_columns(few)) if few else table


def placed(table: Table) -> pl.DataFrame:
    """Return a table's frame with all four columns of provenance; file and sheet as one small number a row."""
    frame = table.frame
    # One value repeated as what it is: a literal text would be written out for each row before it became a number.
    ours = [
        pl.Series("_file", [table.file], dtype=pl.Categorical),
        pl.Series("_sheet", [table.sheet], dtype=pl.Categorical),
        *[pl.Series(c, [None], dtype=PROVENANCE[c]) for c in ("_row", "_key") if c not in frame.columns],
    ]
    return frame.with_columns(one.new_from_index(0, frame.height) for one in ours)


def where(table: Table) -> str:
    """Return a table's place as people write it."""
    return str(Place(table.file, table.sheet))


def categorical(column: pl.Series) -> pl.Series:
    """Return a column of words as one small number a row."""
    return column if column.dtype == pl.Categorical else column.cast(pl.String).cast(pl.Categorical)


def translated(column: pl.Series, meaning: dict[str, str]) -> pl.Series:
    """Return a column of words as a categorical, those with a meaning put in its place.

    >>> translated(pl.Series(["goal", "x", None]), {"goal": "Goal"}).to_list()
    ['Goal', 'x', None]
    """
    words = categorical(column)
    if not meaning:
        return words
    distinct = words.unique().drop_nulls()
    place = pl.DataFrame({"code": distinct.to_physical(), "word": distinct.cast(pl.String)}).with_columns(
        pl.col("word").replace(meaning)
    )
    codes = words.to_physical().alias("code").to_frame()
    # Few distinct words, many rows: the join is on small numbers.
    return codes.join(
        place.with_columns(pl.col("word").cast(pl.Categorical)), on="code", how="left", maintain_order="left"
    )["word"].alias(column.name)
