"""Workbooks: titles, blank rows, merged, hidden, formula and error cells; hostile and damaged files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, time
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphalign.errors import InputError
from graphalign.model import Note, Refusal
from graphalign.readers.workbook import read_workbook
from graphalign.tables import Table

Read = tuple[list[Table], list[Refusal], list[Note]]


def book(fill: Callable[[Any], object]) -> bytes:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "Goals"
    fill(sheet)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def read(fill: Callable[[Any], object]) -> Read:
    return read_workbook(book(fill), "a.xlsx")


def rows(*cells: list[Any]) -> Callable[[Any], object]:
    return lambda sheet: [sheet.append(row) for row in cells]


def changed(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            held = before.read(name)
            if name == part:
                assert old in held
                held = held.replace(old, new)
            after.writestr(name, held)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def test_a_sheet_is_a_table_with_its_rows() -> None:
    (table,), refusals, notes = read(rows(["ID", "Name"], ["g1", "Dig"], [None, None], ["g2", None]))
    assert (table.name, table.file, table.sheet) == ("Goals", "a.xlsx", "Goals")
    assert table.frame.columns == ["ID", "Name", "_row"]
    assert table.frame.rows() == [("g1", "Dig", 2), ("g2", None, 4)]
    assert refusals == []
    assert [(n.text, n.count) for n in notes] == [("blank rows were passed over", 1)]


def test_title_rows_above_the_headings_are_passed_over_and_said() -> None:
    (table,), _, notes = read(
        rows(
            ["Our goals"], ["as of", "June"], [], ["ID", "Name", "Owner", "Due", "x"], ["g1", "Dig", "Ana", "2026", "1"]
        )
    )
    assert table.frame.columns == ["ID", "Name", "Owner", "Due", "x", "_row"]
    assert table.frame["_row"].to_list() == [5]
    assert any("2 title rows" in n.text for n in notes)


def test_cells_become_canonical_text() -> None:
    values = [
        5,
        5.0,
        0.85,
        0.1 + 0.2,
        1e-7,
        True,
        date(2026, 1, 2),
        datetime(2026, 1, 2, 3, 4),  # noqa: DTZ001 (a workbook knows no time zones)
        time(3, 4),
        "007",
        " x ",
    ]
    (table,), _, _ = read(rows(["h", "v"], *[["x", v] for v in values]))
    assert table.frame["v"].to_list() == [
        "5", "5", "0.85", "0.3", "0.0000001", "true", "2026-01-02", "2026-01-02 03:04:00", "03:04:00", "007", "x",
    ]  # fmt: skip


def test_a_sheet_without_a_table_is_passed_over_and_said() -> None:
    tables, _, notes = read(
        rows(["This workbook lists what the partners of the alliance agreed upon in the spring of 2026."])
    )
    assert tables == []
    assert ["holds no table" in n.text for n in notes] == [True]


def test_an_empty_sheet_is_said() -> None:
    tables, _, notes = read(lambda _: None)
    assert tables == []
    assert ["is empty" in n.text for n in notes] == [True]


def test_headings_alone_are_an_empty_table() -> None:
    (table,), _, _ = read(rows(["ID", "Name"]))
    assert table.frame.columns == ["ID", "Name", "_row"]
    assert table.frame.height == 0


def test_a_hidden_sheet_is_read_and_said() -> None:
    def fill(sheet: Any) -> None:
        rows(["ID", "Name"], ["g1", "Dig"])(sheet)
        sheet.parent.create_sheet("Cover").append(["x", "y"])
        sheet.sheet_state = "hidden"

    tables, _, notes = read(fill)
    assert [t.name for t in tables] == ["Goals", "Cover"]
    assert [n.place.sheet for n in notes if n.place and "hidden" in n.text] == ["Goals"]


def test_a_chart_sheet_is_passed_over_and_said() -> None:
    def fill(sheet: Any) -> None:
        rows(["ID", "Name"], ["g1", "Dig"])(sheet)
        sheet.parent.create_chartsheet("Chart")

    tables, _, notes = read(fill)
    assert [t.name for t in tables] == ["Goals"]
    assert [n.place.sheet for n in notes if n.place and "chart" in n.text] == ["Chart"]


def test_a_cell_merged_downwards_counts_for_every_row() -> None:
    def fill(sheet: Any) -> None:
        rows(["Partner", "Name"], ["Port", "Ana"], [None, "Ben"], [None, "Cleo"])(sheet)
        sheet.merge_cells("A2:A3")

    (table,), _, notes = read(fill)
    assert table.frame.rows() == [("Port", "Ana", 2), ("Port", "Ben", 3), (None, "Cleo", 4)]
    assert [n.count for n in notes if "merged" in n.text] == [1]


def test_an_error_cell_is_empty_and_refused_with_its_place() -> None:
    data = book(rows(["ID", "Name", "Power"], ["g1", "Dig", 77]))
    # An empty styled cell before it must not hide it.
    data = changed(data, SHEET, b'<c r="C2" t="n"><v>77</v></c>', b'<c r="D2" s="0"/><c r="C2" t="e"><v>#REF!</v></c>')
    (table,), refusals, _ = read_workbook(data, "a.xlsx")
    assert table.frame.rows() == [("g1", "Dig", None, 2)]
    assert [(r.what, r.place.sheet, r.place.row, r.text) for r in refusals] == [("value", "Goals", 2, "C2: #REF!")]


def test_a_formula_counts_by_its_last_value_and_one_without_is_refused() -> None:
    data = book(rows(["ID", "Name"], ["g1", "=1+1"], ["g2", 77], ["g3", 78]))
    data = changed(data, SHEET, b'<c r="B3" t="n"><v>77</v></c>', b'<c r="B3"><f>70+7</f><v>77</v></c>')
    data = changed(data, SHEET, b'<c r="B4" t="n"><v>78</v></c>', b'<c r="B4" t="str"><f>""</f><v></v></c>')
    (table,), refusals, _ = read_workbook(data, "a.xlsx")
    assert table.frame["Name"].to_list() == [None, "77", None]
    assert [(r.place.row, r.text) for r in refusals] == [(2, "B2: formula")]


def test_columns_without_headings_are_named_and_said() -> None:
    (table,), _, notes = read(rows(["ID", None, "Name", None], ["g1", "x", "Dig", None]))
    assert table.frame.columns == ["ID", "column 2", "Name", "_row"]
    assert any("column 2" in n.text for n in notes)


def test_a_stray_cell_at_the_end_of_the_grid_is_refused_before_it_takes_all_memory() -> None:
    def fill(sheet: Any) -> None:
        rows(["ID", "Name"], ["g1", "Dig"])(sheet)
        sheet["XFD1048576"] = "stray"

    with pytest.raises(InputError, match="16,384 columns and 1,048,576 rows"):
        read(fill)


def test_a_workbook_with_a_password_is_told_so() -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le") + bytes(500)
    with pytest.raises(InputError, match="has a password; save a copy without a password"):
        read_workbook(data, "a.xlsx")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "is empty"),
        (b"id,name\n", "such as CSV"),
        (b"PK\x03\x04", "damaged"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "not a workbook"),
    ],
)
def test_what_is_no_workbook_is_told_what_it_seems(data: bytes, what: str) -> None:
    with pytest.raises(InputError, match=what):
        read_workbook(data, "a.xlsx")


def test_a_workbook_that_explodes_is_refused() -> None:
    out = io.BytesIO(book(rows(["ID", "Name"])))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.png", bytes(60 << 20))
    with pytest.raises(InputError, match="would unpack to"):
        read_workbook(out.getvalue(), "a.xlsx")


def test_a_zip_that_is_no_workbook_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("goals.csv", "id\n")
    with pytest.raises(InputError, match="not a workbook"):
        read_workbook(out.getvalue(), "a.xlsx")


TEXT = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Z")), max_size=5)
CELL = st.none() | TEXT | st.integers(-5, 10**6) | st.booleans() | st.floats(allow_nan=False, allow_infinity=False)


@given(st.lists(st.lists(CELL, max_size=4), max_size=6))
def test_any_sheet_is_tables_and_every_filled_row_below_the_headings_is_kept(cells: list[list[Any]]) -> None:
    # A text that begins with = would be a formula to the writer.
    plain = [[None if isinstance(c, str) and c.startswith("=") else c for c in row] for row in cells]
    tables, _, _ = read(rows(*plain))
    for table in tables:
        kept = table.frame["_row"].to_list()
        filled = [i for i, r in enumerate(plain, 1) if any(c is not None and str(c).strip() for c in r)]
        assert kept == filled[len(filled) - len(kept) :]


GOOD = book(rows(["ID", "Name"], ["g1", "Dig"]))


@given(st.binary(max_size=50) | st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)))
def test_any_bytes_end_in_tables_or_an_input_error(data: bytes | tuple[int, int]) -> None:
    if isinstance(data, tuple):
        data = GOOD[: data[0]] + bytes([data[1]]) + GOOD[data[0] + 1 :]
    with suppress(InputError):
        read_workbook(data, "a.xlsx")
