"""Columns outside the vocabulary: each in one of five types, the same from every form of input."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl


def as_extra(column: pl.Series) -> pl.Series:  # noqa: PLR0911 (one line a type)
    """Return a column outside the vocabulary: typed where every value is a canonical number, day, or true or false.

    So each form of an input (CSV, workbook, YAML, JSON) gives the identical graph. Numbers are always Float64.

    >>> as_extra(pl.Series(["1", "2.5", None])).to_list(), as_extra(pl.Series(["007", "1"])).to_list()
    ([1.0, 2.5, None], ['007', '1'])
    """
    if column.dtype.is_nested() or column.dtype == pl.Object:
        return pl.Series(column.name, [None if v is None else str(v) for v in column.to_list()], dtype=pl.String)
    if column.dtype.is_integer() and column.dtype != pl.UInt64:
        return column.cast(pl.Int64)
    if column.dtype.is_numeric():
        return column.cast(pl.Float64)
    if column.dtype in (pl.Boolean, pl.Date):
        return column
    if column.dtype != pl.String:
        return column.cast(pl.String, strict=False)
    forms: tuple[tuple[str, Callable[[pl.Expr], pl.Expr]], ...] = (
        (r"^-?(0|[1-9]\d{0,14})(\.\d{1,12})?$", lambda c: c.cast(pl.Float64)),
        (r"^[12]\d{3}-\d\d-\d\d$", lambda c: c.str.to_date("%Y-%m-%d", strict=False)),
        (r"^(true|false)$", lambda c: c == "true"),
    )
    some = column.drop_nulls().head(64)
    for pattern, convert in forms:
        if len(some) and some.str.contains(pattern).all() and column.str.contains(pattern).all():
            typed = column.to_frame("v").select(convert(pl.col("v")).alias(column.name)).to_series()
            if typed.null_count() == column.null_count():
                return typed
    return column
