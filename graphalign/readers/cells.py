"""Cells that name others: one name or several, each one statement."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import polars as pl

BLANKS = ("-", "--", "–", "—", "")


@dataclass(frozen=True)
class Known:
    """The ids and names that tables declare, as they are compared: what a cell is first tried as, whole."""

    frames: list[pl.DataFrame]

    @cached_property
    def names(self) -> pl.Series:
        """The ids and names with a comma or another separator in them: only these need to be known."""
        parts = [pl.Series("names", [], dtype=pl.String)]
        for frame in self.frames:
            for column in ("id", "name"):
                if column in frame.columns and frame[column].dtype == pl.String:
                    held = frame[column].drop_nulls()
                    parts.append(same(held.filter(held.str.contains(r"[,;\n|]"))).alias("names"))
        return pl.concat(parts).unique()


def same(names: pl.Series) -> pl.Series:
    """Return names in lower case, runs of blanks as one."""
    return names.str.to_lowercase().str.replace_all(r"\s+", " ").str.strip_chars()


def names_in(cells: pl.DataFrame, column: str, known: Known) -> pl.DataFrame:
    """Return one row a name for what is in `column`, the other columns beside it.

    A cell, or what stands between line breaks, semicolons and bars, is one name if it is a known one, even with a
    comma in it ("Silva, Ana"); otherwise commas part names too.

    >>> frame = pl.DataFrame({"who": ["Silva, Ana; Ben", "Ada, Cleo", "-"], "row": [2, 3, 4]})
    >>> names_in(frame, "who", Known([pl.DataFrame({"name": ["Silva, Ana"]})])).rows()
    [('Silva, Ana', 2), ('Ben', 2), ('Ada', 3), ('Cleo', 3)]
    """
    frame = cells.filter(pl.col(column).is_not_null())
    for pattern in (r"[;\n\r|]+", r"[,;\n\r|]+"):
        cut = frame[column].str.contains(pattern)
        if len(known.names) and cut.any():
            cut &= ~same(frame[column]).is_in(known.names.implode())
        if cut.any():
            parted = (
                pl.when(pl.Series(cut)).then(pl.col(column).str.replace_all(pattern, "\n")).otherwise(pl.col(column))
            )
            lists = pl.when(pl.Series(cut)).then(parted.str.split("\n")).otherwise(pl.concat_list(pl.col(column)))
            frame = frame.with_columns(lists.alias(column)).explode(column)
    frame = frame.with_columns(pl.col(column).str.strip_chars())
    return frame.filter(~pl.col(column).is_in(BLANKS))
