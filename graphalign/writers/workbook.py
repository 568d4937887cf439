"""An Excel workbook for people: a sheet a table, notes on the headings, lists to choose words from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from graphalign.errors import OutputError
from graphalign.reports.book import CONTROL, LONGEST_TEXT, SUSPECT, save, text_cell
from graphalign.writers.cells import Filled, filled

if TYPE_CHECKING:
    from openpyxl import Workbook

    from graphalign.graph import AlignmentGraph

MOST_ROWS = 1_048_575
# A list to choose from reaches this far below the last row.
ROOM = 1000


def write(graph: AlignmentGraph, path: Path) -> None:
    """Write a workbook with a sheet for each table that has rows.

    Raises
    ------
    graphalign.errors.OutputError
        If a table has more rows than a sheet, or a text is longer than a cell.
    """
    write_sheets(filled(graph, all_sheets=False), path)


def write_sheets(sheets: Iterable[Filled], path: Path) -> None:
    """Write sheets into a workbook; the same sheets give the same bytes."""
    import openpyxl

    held_sheets = list(sheets)
    for sheet in held_sheets:
        _refuse_what_does_not_fit(sheet, path)
    book = openpyxl.Workbook(write_only=True)
    for sheet in held_sheets:
        _add(book, sheet)
    if not book.worksheets:
        book.create_sheet("Partners").append(["Id", "Name"])
    save(book, path)


def _refuse_what_does_not_fit(sheet: Filled, path: Path) -> None:
    where = f"{path}, sheet {sheet.title}"
    if sheet.cells.height > MOST_ROWS:
        raise OutputError(
            f"{sheet.cells.height:,} rows do not fit in a sheet", where=where, way_out="write a folder of CSV"
        )
    for column in sheet.cells.iter_columns():
        if column.dtype != pl.String:
            continue
        longest = column.str.len_chars().max()
        if isinstance(longest, int) and longest > LONGEST_TEXT:
            raise OutputError(
                f"a text of {longest:,} characters does not fit in a cell", where=where, way_out="write YAML or CSV"
            )
        if column.str.contains(CONTROL).any():
            raise OutputError(
                "a text holds control characters, which no workbook can", where=where, way_out="write CSV"
            )


def _add(book: Workbook, sheet: Filled) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.comments import Comment
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter

    page: Any = book.create_sheet(sheet.title)
    page.freeze_panes = "C2" if sheet.columns[0].heading == "Id" else "A2"
    headings = []
    for at, column in enumerate(sheet.columns, 1):
        page.column_dimensions[get_column_letter(at)].width = column.width
        cell = WriteOnlyCell(page, column.heading)
        cell.data_type = "s"
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="DDE5EE")
        if column.about:
            note = column.about + (f" One of: {', '.join(column.words)}." if column.words else "")
            cell.comment = Comment(note, "graphalign", height=90, width=280)
        headings.append(cell)
        if column.words:
            _offer(page, get_column_letter(at), sheet.cells.height, column.words)
    page.append(headings)
    for row in sheet.cells.iter_rows():
        page.append(list(_cells(page, row)))


def _offer(page: Any, letter: str, rows: int, words: tuple[str, ...]) -> None:  # noqa: ANN401 (its stub lacks the lists)
    """Let a column's cells be chosen from a list; another word brings a warning, not a refusal."""
    from openpyxl.worksheet.datavalidation import DataValidation

    last = min(rows + ROOM, MOST_ROWS) + 1
    offered = DataValidation(
        type="list", formula1=f'"{",".join(words)}"', allow_blank=True, showErrorMessage=True, errorStyle="warning"
    )
    offered.error = f"The words known here are {', '.join(words)}."
    offered.add(f"{letter}2:{letter}{last}")
    page.data_validations.append(offered)


def _cells(page: Any, row: tuple[Any, ...]) -> Iterator[Any]:  # noqa: ANN401
    for value in row:
        yield text_cell(page, value) if isinstance(value, str) and value.startswith(SUSPECT) else value
