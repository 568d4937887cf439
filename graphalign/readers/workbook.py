"""Workbooks: every sheet that holds a table; title rows, merged, hidden and error cells are coped with and said."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from graphalign.errors import InputError
from graphalign.model import Note, Place, Refusal
from graphalign.readers.archive import check_zip
from graphalign.readers.frames import framed, unique_headings
from graphalign.tables import Table

MOST_TITLE_ROWS = 30
LONGEST_HEADING = 60
MOST_PARTS = 5_000
MOST_CELLS = 100_000_000
FAR_CELL = re.compile(rb"""r=["'](?:([A-Z]{2,3})(\d{1,7})|([A-Z])(\d{6,7}))["']""")
NOT_A_WORKBOOK = "save it as .xlsx in Excel, LibreOffice or Google Sheets"


def read_workbook(data: bytes, file: str) -> tuple[list[Table], list[Refusal], list[Note]]:
    """Read every sheet of a workbook.

    Raises
    ------
    graphalign.errors.InputError
        If it is no workbook, has a password, or would unpack to too much.
    """
    import python_calamine as calamine

    _guard(data, file)
    try:
        book = calamine.load_workbook(io.BytesIO(data))
        sheets = [
            (m.name, m.visible != calamine.SheetVisibleEnum.Visible, book.get_sheet_by_name(m.name))
            for m in book.sheets_metadata
            if "WorkSheet" in str(m.typ)
        ]
        charts = [m.name for m in book.sheets_metadata if "WorkSheet" not in str(m.typ)]
        held = [
            (name, hidden, sheet.to_python(skip_empty_area=False), sheet.merged_cell_ranges or [])
            for name, hidden, sheet in sheets
        ]
    except BaseException as error:
        # The parser meets hostile files; whatever it says, the file is no workbook. Its panics are no Exception.
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        word = "has a password" if "password" in str(error).lower() else "is not a workbook"
        way_out = "save a copy without a password" if "password" in word else NOT_A_WORKBOOK
        raise InputError(word, where=file, way_out=way_out) from None
    broken = _broken_cells(data)
    tables: list[Table] = []
    refusals: list[Refusal] = []
    notes = [Note("the sheet holds no cells (a chart or macros) and was passed over", Place(file, n)) for n in charts]
    for name, hidden, rows, merged in held:
        place = Place(file, name)
        if hidden:
            notes.append(
                Note("the sheet is hidden and was read like the others", place, "delete it if it should not count")
            )
        table, said = _table(name, [[_text(c) for c in row] for row in rows], merged, file)
        notes += said
        if table is not None:
            tables.append(table)
            first = int(table.frame["_row"].min() or 0) if table.frame.height else 0  # type: ignore[arg-type]
            refusals += [
                Refusal("value", Place(file, name, row), text, why)
                for row, text, why in broken.get(name, [])
                if row >= first > 0
            ]
    return tables, refusals, notes


def _guard(data: bytes, file: str) -> None:
    if not data:
        raise InputError("is empty", where=file, way_out=NOT_A_WORKBOOK)
    if data.startswith(b"\xd0\xcf\x11\xe0") and "EncryptedPackage".encode("utf-16-le") in data:
        raise InputError("has a password", where=file, way_out="save a copy without a password")
    if data.startswith(b"PK"):
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                check_zip(archive, file, MOST_PARTS)
                _check_reach(archive, file)
        except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, RuntimeError, EOFError, OSError):
            raise InputError("is a damaged workbook", where=file, way_out=NOT_A_WORKBOOK) from None
    elif not data.startswith(b"\xd0\xcf\x11\xe0"):
        what = "a text file such as CSV" if b"\0" not in data[:4096] else "something else"
        raise InputError(
            f"is not a workbook, it seems to be {what}",
            where=file,
            way_out="give it its right ending, or " + NOT_A_WORKBOOK,
        )


def _check_reach(archive: zipfile.ZipFile, file: str) -> None:
    """Refuse a sheet whose last cell is so far out that the parser, which fills the whole grid, needs all memory."""
    for info in archive.infolist():
        # Unpacked here once, so that a part larger than it says is found out before the parser meets it.
        with archive.open(info) as part:
            data = part.read()
        if info.filename == "content.xml":
            _check_repeats(data, file)
        if not info.filename.lower().startswith("xl/worksheets/") or not info.filename.lower().endswith(".xml"):
            continue
        # Cells in columns A to Z above row 100,000 fill no memory: only the others are looked at.
        columns, rows = 26, 100_000
        for wide, at_wide, narrow, at_narrow in FAR_CELL.findall(data):
            number = 0
            for letter in wide or narrow:
                number = number * 26 + letter - 64
            columns, rows = max(columns, number), max(rows, int(at_wide or at_narrow))
        if columns * rows > MOST_CELLS:
            what = f"has a sheet that reaches {columns:,} columns and {rows:,} rows ({Path(info.filename).stem})"
            raise InputError(what, where=file, way_out="delete the stray cells far out, or give large tables as CSV")


def _check_repeats(data: bytes, file: str) -> None:
    """Refuse an .ods whose repeated cells or rows would fill all memory; empty repeats at the end are common."""
    # Rows of repeated cells with content; a repeat of empty cells is cut off by the parser.
    for row in re.finditer(rb"<table:table-row\b([^>]*)>(.*?)</table:table-row>", data, re.DOTALL):
        times = [int(n[:9]) for n in re.findall(rb'number-rows-repeated="(\d+)"', row[1])]
        cells = [int(n[:9]) for n in re.findall(rb'number-columns-repeated="(\d+)"', row[2])]
        if b"<text:p" in row[2] and max(times, default=1) * max(sum(cells), 1) > MOST_CELLS // 10:
            raise InputError("repeats cells too often", where=file, way_out="give large tables as CSV")


def _text(cell: object) -> str:  # noqa: PLR0911 (one line a type)
    """Return a cell as canonical text: 5.0 as 5, days in ISO form, truth as true and false."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else _decimal(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return "" if cell is None else str(cell)


def _decimal(cell: float) -> str:
    """Return a number with the 15 digits that Excel keeps, never in powers of ten.

    >>> _decimal(0.1 + 0.2), _decimal(1e-7), _decimal(85.25)
    ('0.3', '0.0000001', '85.25')
    """
    return format(Decimal(f"{cell:.15g}"), "f")


def _table(name: str, rows: list[list[str]], merged: list[Any], file: str) -> tuple[Table | None, list[Note]]:
    place = Place(file, name)
    notes: list[Note] = []
    at = _heading_row(rows)
    if at is None:
        what = "is empty" if not any(any(r) for r in rows) else "holds no table (no row of headings)"
        return None, [Note(f"the sheet {what} and was passed over", place)]
    titles = sum(any(r) for r in rows[:at])
    if titles:
        notes.append(
            Note(f"{titles} title row{'s' * (titles > 1)} above the headings in row {at + 1} passed over", place)
        )
    filled = 0
    for (top, left), (bottom, _) in merged:
        if at < top < len(rows) and left < len(rows[top]) and rows[top][left]:
            for row in range(top + 1, min(bottom, len(rows) - 1) + 1):
                rows[row][left] = rows[top][left]
                filled += 1
    if filled:
        notes.append(Note("merged cells were filled down", place, count=filled))
    headings = rows[at]
    used = [i for i in range(len(headings)) if headings[i] or any(r[i] for r in rows[at + 1 :])]
    kept = [(number, row) for number, row in enumerate(rows[at + 1 :], at + 2) if any(row)]
    blank = len(rows) - at - 1 - len(kept)
    if blank:
        notes.append(Note("blank rows were passed over", place, count=blank))
    unique, said = unique_headings([headings[i] for i in used], file, name)
    frame = framed(unique, [[row[i] for i in used] for _, row in kept], [number for number, _ in kept])
    return Table(name, frame, file, name), [*notes, *said]


def _heading_row(rows: list[list[str]]) -> int | None:
    """Return the first row that looks like headings: short, different words, as wide as what follows."""
    width = max((sum(map(bool, r)) for r in rows), default=0)
    least = 1 if width == 1 else 2
    for at, row in enumerate(rows[:MOST_TITLE_ROWS]):
        cells = [c for c in row if c]
        words = [c for c in cells if len(c) <= LONGEST_HEADING and not re.fullmatch(r"[-\d.,/: %]+", c)]
        below = next((sum(map(bool, r)) for r in rows[at + 1 :] if any(r)), 0)
        if (
            len(cells) >= least
            and len(words) * 2 > len(cells)
            and len(set(cells)) == len(cells)
            and len(cells) * 2 >= below
        ):
            return at
    return None


def _broken_cells(data: bytes) -> dict[str, list[tuple[int, str, str]]]:
    """Return by sheet the cells of an .xlsx that hold an error, or a formula that was never calculated.

    The parser gives them as empty cells; that must not pass in silence.
    """
    if not data.startswith(b"PK"):
        return {}
    from defusedxml import ElementTree

    main, rel = (
        "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}",
        "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}",
    )
    result: dict[str, list[tuple[int, str, str]]] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        try:
            targets = {
                r.get("Id"): r.get("Target", "")
                for r in ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
            }
            sheets = ElementTree.fromstring(archive.read("xl/workbook.xml")).iter(f"{main}sheet")
            named = [
                (s.get("name", ""), "xl/" + targets.get(s.get(f"{rel}id"), "").removeprefix("/xl/")) for s in sheets
            ]
        except (KeyError, SyntaxError, ValueError):
            return {}
        for name, part in named:
            if part not in archive.namelist():
                continue
            for cell in re.finditer(rb"<c ([^>]*[^/>])>(.*?)</c>", archive.read(part), re.DOTALL):
                said, inner = cell.groups()
                ref = re.search(rb'r="([A-Z]+)(\d+)"', said)
                if ref is None or (b't="e"' not in said and b"<f" not in inner):
                    continue
                where = (ref[1] + ref[2]).decode()
                if b't="e"' in said:
                    text = re.sub(rb"<[^>]*>", b"", inner).decode("utf-8", "replace")
                    result.setdefault(name, []).append(
                        (
                            int(ref[2]),
                            f"{where}: {text[-20:]}",
                            "the cell holds an error and is read as empty: mend its formula",
                        )
                    )
                elif b't="str"' not in said and not re.search(rb"<v>[^<]", inner):
                    why = (
                        "the formula was never calculated and is read as empty: open the workbook in Excel and save it"
                    )
                    result.setdefault(name, []).append((int(ref[2]), f"{where}: formula", why))
    return {sheet: cells for sheet, cells in result.items() if cells}
