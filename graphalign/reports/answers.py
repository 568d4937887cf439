"""Answers to questions in Cypher: a table for people, JSON and CSV for machines."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from graphalign.model import Answer
from graphalign.output import encodable
from graphalign.reports.table import FORMULA
from graphalign.reports.wording import shortened, visible
from graphalign.vocabulary import counted

WIDEST_CELL = 60


def render(answer: Answer, form: str, width: int = 80) -> str:
    """Return an answer as text.

    Parameters
    ----------
    answer
        Columns and rows.
    form
        `table`, `json` (a list of objects) or `csv`.
    width
        How wide a table may be, in characters; cells wrap where it is not enough.

    >>> print(render(Answer(("goal", "owners"), (("g1", ["Ana", "Ben"]), ("g2", []))), "csv"), end="")
    goal,owners
    g1,Ana; Ben
    g2,
    """
    return "".join({"table": _table, "json": _json, "csv": _csv}[form](answer, width))


def _table(answer: Answer, width: int) -> Iterator[str]:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    if not answer.rows:
        yield "no rows\n"
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for at, column in enumerate(answer.columns):
        numbers = all(isinstance(row[at], int | float | None) and not isinstance(row[at], bool) for row in answer.rows)
        table.add_column(Text(visible(column)), justify="right" if numbers else "left", overflow="fold")
    for row in answer.rows:
        table.add_row(*[Text(visible(shortened(_told(value), WIDEST_CELL * 4))) for value in row])
    out = io.StringIO()
    Console(file=out, width=width, color_system=None, highlight=False, markup=False).print(table)
    yield "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())
    yield f"{counted(len(answer.rows), 'row')}\n"


def _json(answer: Answer, _width: int) -> Iterator[str]:
    rows = [dict(zip(answer.columns, map(_plain, row), strict=True)) for row in answer.rows]
    yield encodable(json.dumps(rows, ensure_ascii=False, indent=1, allow_nan=False)) + "\n"


def _csv(answer: Answer, _width: int) -> Iterator[str]:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([_cell(c) for c in answer.columns])
    writer.writerows([_cell(v) for v in row] for row in answer.rows)
    yield encodable(out.getvalue())


def _cell(value: object) -> object:
    """Return a value as a cell that no spreadsheet takes for a formula."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    text = " ".join(_told(value).split("\n"))
    return f"'{text}" if text.startswith(FORMULA) else text


def _told(value: object) -> str:
    """Return a value in words: lists parted by semicolons, a node by its name or id."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:g}"
    if isinstance(value, Mapping):
        inner = value.get("properties", value)
        named = inner.get("name") or inner.get("id") if isinstance(inner, Mapping) else None
        return str(named) if named else json.dumps(_plain(value), ensure_ascii=False)
    if isinstance(value, list | tuple):
        return "; ".join(_told(v) for v in value)
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def _plain(value: object) -> Any:  # noqa: ANN401 (what JSON knows)
    """Return a value as JSON has it; a day in ISO form, what is no number as null."""
    if isinstance(value, bool | int | str) or value is None:
        return value
    if isinstance(value, float):
        return value if value - value == 0 else None
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
