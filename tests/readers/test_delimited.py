"""CSV: delimiters, encodings, quotes, ragged and blank rows; the fast path and the exact one say the same."""

from __future__ import annotations

import csv
import io
import re
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import graphalign as ga
from graphalign.errors import InputError
from graphalign.graph.nodes import CONTROL
from graphalign.readers import delimited, read_tables

DATA = Path(__file__).parents[2] / ".." / "shared" / "data"


def rows(data: bytes) -> list[tuple[object, ...]]:
    return delimited.read_delimited(data, "t.csv", "t")[0].frame.rows()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found_in_the_heading_outside_quotes(delimiter: str) -> None:
    other = ",;\t".replace(delimiter, "") * 3
    data = f'"id{other}"{delimiter}name\na{delimiter}b\n'.encode()
    table, _, _ = delimited.read_delimited(data, "t.csv", "t")
    assert table.frame.columns == [f"id{other}".strip(), "name", "_row"]
    assert table.frame.rows() == [("a", "b", 2)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_utf_8_and_utf_16_are_read(encoding: str) -> None:
    assert rows("id,name\ng1,Zürich ⚓\n".encode(encoding)) == [("g1", "Zürich ⚓", 2)]


@pytest.mark.parametrize("text", ["id,name\ng1,Zürich\n", "id,Nämé\ng1,x\n", 'id,name\ng1,"Zürich"\n\n\ng2,y\n'])
def test_latin_1_is_refused_with_the_way_out(text: str) -> None:
    with pytest.raises(InputError, match=r"neither UTF-8 nor UTF-16.*save it as CSV UTF-8"):
        rows(text.encode("latin-1"))


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32"])
def test_wide_encodings_without_their_mark_are_refused(encoding: str) -> None:
    with pytest.raises(InputError, match="UTF-16"):
        rows("id,name\ng1,x\n".encode(encoding))


@pytest.mark.parametrize("data", [b"", b"\n\n", b"  \r\n", b"\xef\xbb\xbf", b",,\n,,\n"])
def test_a_file_without_headings_is_refused(data: bytes) -> None:
    with pytest.raises(InputError):
        rows(data)


def test_headings_without_rows_are_an_empty_table() -> None:
    table, refusals, _ = delimited.read_delimited(b"id,name", "t.csv", "t")
    assert table.frame.columns == ["id", "name", "_row"]
    assert table.frame.height == 0
    assert refusals == []


def test_cells_are_trimmed_and_empty_ones_are_null() -> None:
    assert rows(b'id,name,x\n g1\t,"",\n"g2 ",  ,"a\nb"\n') == [("g1", None, None, 2), ("g2", None, "a\nb", 3)]


def test_ids_stay_text() -> None:
    assert rows(b"id,name\n007,1.0\n1e5,true\n") == [("007", "1.0", 2), ("1e5", "true", 3)]


def test_a_quoted_line_break_is_no_row_and_a_blank_line_is_one() -> None:
    data = b'id,name\ng1,"a\n\nb"\n\ng2,c\n'
    table, refusals, notes = delimited.read_delimited(data, "t.csv", "t")
    assert table.frame.rows() == [("g1", "a\n\nb", 2), ("g2", "c", 4)]
    assert refusals == []
    assert [(n.text, n.count) for n in notes] == [("blank rows were passed over", 1)]


def test_a_row_with_too_many_cells_is_refused_with_its_place() -> None:
    table, refusals, _ = delimited.read_delimited(b"id,name\ng1,a,b\ng2,c,\ng3\n", "t.csv", "t")
    assert table.frame.rows() == [("g2", "c", 3), ("g3", None, 4)]
    assert [(r.what, r.place.row, r.text) for r in refusals] == [("row", 2, "g1,a,b")]
    assert "quote cells" in refusals[0].reason


@pytest.mark.parametrize("after", [b"g2,b\ng3,c\n", b'g2,b\ng3,"c"\n', b'g2,b\ng3,c\n"g4",d\n'])
def test_an_unclosed_quote_costs_one_row(after: bytes) -> None:
    table, refusals, _ = delimited.read_delimited(b'id,name\ng1,"a\n' + after, "t.csv", "t")
    assert [r.place.row for r in refusals] == [2]
    assert table.frame["id"].to_list() == ["g2", "g3", "g4"][: after.count(b"\n")]
    assert table.frame["_row"].to_list() == [3, 4, 5][: after.count(b"\n")]


def test_a_quote_inside_a_cell_is_text() -> None:
    assert rows(b'id,name\ng1,12" pipe\n') == [("g1", '12" pipe', 2)]


def test_a_row_with_a_nul_is_refused() -> None:
    table, refusals, _ = delimited.read_delimited(b"id,name\ng1,a\0b\ng2,c\n", "t.csv", "t")
    assert table.frame.rows() == [("g2", "c", 3)]
    assert [(r.what, r.place.row) for r in refusals] == [("row", 2)]


def test_hostile_text_is_kept_as_it_is() -> None:
    odd = ["=cmd|' /C calc'!A0", "\u202eevil", "a" * 10_000, "<script>", 'say "hi"', "{x}"]
    out = io.StringIO()
    csv.writer(out).writerows([["id", "name"], *[[str(i), text] for i, text in enumerate(odd)]])
    assert [row[1] for row in rows(out.getvalue().encode())] == odd


def test_repeated_and_empty_headings_are_told_apart_and_said() -> None:
    table, _, notes = delimited.read_delimited(b"id,name,name,,_row\na,b,c,d,e\n", "t.csv", "t")
    assert table.frame.columns == ["id", "name", "name (2)", "column 4", "row", "_row"]
    assert any("more than once" in n.text for n in notes)
    assert any("column 4" in n.text for n in notes)


def test_more_columns_than_any_table_has_are_refused() -> None:
    with pytest.raises(InputError, match="columns"):
        rows(b",".join(b"c%d" % i for i in range(5_000)) + b"\n1\n")


@pytest.mark.parametrize("name", ["cpython-experts", "rust-goals-2025h2"])
def test_real_files_are_read_as_the_csv_module_reads_them(name: str) -> None:
    for table in read_tables(DATA / name).tables:
        with (DATA / name / table.file).open(encoding="utf-8", newline="") as file:
            expected = [[cell.strip() or None for cell in row] for row in csv.reader(file)][1:]
        assert [list(row) for row in table.frame.drop("_row").rows()] == expected


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=6)


@given(
    st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=6),
    st.sampled_from(",;\t"),
    st.sampled_from(["\n", "\r\n"]),
)
def test_what_is_written_is_read_with_its_row(table: list[list[str]], delimiter: str, end: str) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end)
    writer.writerows([["a", "b", "c"], *table])
    expected = [
        (*[c.strip(delimited.WHITE) or None for c in row], number)
        for number, row in enumerate(table, 2)
        if any(c.strip(delimited.WHITE) for c in row)
    ]
    assert rows(out.getvalue().encode()) == expected


PIECES = st.sampled_from(
    ["a", "é", ",", ";", '"', '""', "\n", "\r\n", "\r", " ", "\u00a0", "id", "\n\n", "_row", "\x01", "\x0b", "\x7f"]
)


@given(st.lists(PIECES, max_size=25))
def test_the_fast_path_says_what_the_exact_one_says(pieces: list[str]) -> None:
    data = "".join(["a,b\n", *pieces]).encode()
    fast, clean = delimited._fast(data, ",")
    if fast is not None:
        exact, refusals, _ = delimited._exact(data, ",", "t.csv", "t")
        assert refusals == []
        assert exact.frame["_row"].to_list() == list(range(2, fast.height + 2))
        assert exact.frame.drop("_row").rows() == fast.rows()
        cells = [cell for row in fast.rows() for cell in row if cell is not None]
        assert not clean or not [cell for cell in cells if re.search(CONTROL, cell) or cell != cell.strip()]


def test_a_file_without_controls_is_known_to_be_clean_and_one_with_them_is_not(tmp_path: Path) -> None:
    for text, clean in (
        ("Goal\nDig\n", True),
        ("Goal\n Dïg\n", True),
        ("Goal\nD\x01ig\n", False),
        ("Goal\nD\x7fïg\n", False),
    ):
        (tmp_path / "goals.csv").write_text(text)
        (table,) = read_tables(tmp_path).tables
        assert table.clean == clean
        assert ga.read(tmp_path).ids.to_list() == [text.split()[1].replace("\x01", "").replace("\x7f", "")]


@given(
    st.binary(max_size=60)
    | st.lists(st.sampled_from([b"a", b",", b'"', b"\n", b"\0", b"\xff", b"\r", b";"])).map(b"".join)
)
def test_any_bytes_end_in_a_table_or_an_input_error(data: bytes) -> None:
    with suppress(InputError):
        table, _, _ = delimited.read_delimited(data, "t.csv", "t")
        assert "_row" in table.frame.columns
