"""The report as an Excel workbook, read back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import graphalign as ga
from graphalign.report import Report
from graphalign.reports import excel
from graphalign.reports.excel import COLOURS, write

HARBOUR = Path(__file__).parents[2] / "samples/harbour-alliance.xlsx"


def cells(book: Any) -> list[Any]:
    return [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]


@pytest.fixture(scope="module")
def harbour() -> Report:
    return ga.check(ga.read(HARBOUR), as_of="2026-06-30")


@pytest.fixture
def book(harbour: Report, tmp_path: Path) -> Any:
    write(harbour, tmp_path / "report.xlsx")
    return openpyxl.load_workbook(tmp_path / "report.xlsx")


def test_every_finding_is_a_row_and_what_is_folded_names_its_cause(book: Any, harbour: Report) -> None:
    rows = list(book["Findings"].iter_rows(min_row=2, values_only=True))
    roots = [r for r in rows if not str(r[7]).startswith("under ")]
    assert [r[-1] for r in roots] == [f.id for f in harbour.findings]
    folded = {(f"under {f.id}", below.id) for f in harbour.findings for below in f.folded}
    assert {(r[7], r[-1]) for r in rows if r not in roots} == folded
    assert folded


def test_every_sheet_has_a_filter_frozen_headings_and_widths(book: Any) -> None:
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert all(sheet.column_dimensions[c.column_letter].width >= 7 for c in sheet[1])


def test_severities_and_levels_are_coloured_and_said_in_words(book: Any) -> None:
    for sheet, column in (("Findings", "A"), ("Alignment", "F")):
        for cell in book[sheet][column][1:]:
            assert cell.fill.fgColor.rgb == f"00{COLOURS[cell.value]}"


def test_the_alignment_has_a_row_for_every_pair(book: Any, harbour: Report) -> None:
    matrix = ga.alignment(harbour.graph, as_of="2026-06-30")
    assert book["Alignment"].max_row == matrix.pairs.height + 1


def test_a_partner_has_a_sheet_of_the_findings_about_its_people_and_goals(book: Any, harbour: Report) -> None:
    pilots = {row[-1] for row in book["Skerry Pilots"].iter_rows(min_row=2, values_only=True)}
    assert pilots
    own = {f.id for f in harbour.findings if "pilots" in f.subjects.values()}
    assert own <= pilots
    named = {r[-1] for r in book["Findings"].iter_rows(min_row=2, values_only=True) if "Skerry Pilots" in str(r[6])}
    assert pilots == named - {r[-1] for r in book["Findings"].iter_rows(min_row=2, values_only=True) if r[7][0] == "u"}


def test_the_quality_of_the_data_tells_the_account_the_refusals_and_the_verdicts(story: Report, tmp_path: Path) -> None:
    write(story, tmp_path / "report.xlsx")
    rows = list(openpyxl.load_workbook(tmp_path / "report.xlsx")["Data quality"].iter_rows(min_row=2, values_only=True))
    assert ("file", "alliance.xlsx", "40 rows read = 38 kept + 2 refused", 40, None) in rows
    assert (
        "refused value",
        "alliance.xlsx, sheet Goals, row 4",
        "31.02.2026",
        1,
        "is no day; write it as 2026-02-28",
    ) in rows
    assert any(r[0] == "rule" and str(r[1]).startswith("ENG304") and "cannot judge" in str(r[2]) for r in rows)


def test_no_text_is_a_formula_and_hostile_titles_are_made_harmless(hostile: Report, tmp_path: Path) -> None:
    write(hostile, tmp_path / "report.xlsx")
    book = openpyxl.load_workbook(tmp_path / "report.xlsx")
    assert {c.data_type for c in cells(book)} <= {"s", "n"}
    assert any(str(c.value).startswith("-") for c in cells(book))


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "#REF!", "=HYPERLINK(1)"])
def test_a_name_that_looks_like_a_formula_stays_the_text_it_is(text: str, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/partners.csv").write_text(f'Id,Name\np1,"{text}"\np2,Port\n', encoding="utf-8")
    (tmp_path / "in/goals.csv").write_text(f'Id,Goal,Priority\n"{text}1","{text}",high\n', encoding="utf-8")
    (tmp_path / "in/commitments.csv").write_text(f'Partner,Goal\np1,"{text}1"\n', encoding="utf-8")
    report = ga.check(ga.read(tmp_path / "in"), as_of="2026-06-30")
    write(report, tmp_path / "report.xlsx")
    book = openpyxl.load_workbook(tmp_path / "report.xlsx")
    found = [c for c in cells(book) if str(c.value).startswith(text)]
    assert found
    assert {c.data_type for c in found} == {"s"}
    assert all(c.quotePrefix for c in found)


def test_the_same_report_gives_the_same_bytes(harbour: Report, tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        write(harbour, tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_of_many_partners_those_with_most_findings_have_sheets_and_it_is_said(
    harbour: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(excel, "MOST_PARTNERS", 3)
    write(harbour, tmp_path / "report.xlsx")
    book = openpyxl.load_workbook(tmp_path / "report.xlsx")
    assert len(book.sheetnames) == 6
    assert any(r[2] == "3 partners with a sheet, of 8" for r in book["Data quality"].iter_rows(values_only=True))


def test_a_report_without_partners_has_no_sheets_of_them(large: Callable[[int], Report], tmp_path: Path) -> None:
    write(large(50), tmp_path / "report.xlsx")
    book = openpyxl.load_workbook(tmp_path / "report.xlsx")
    assert book.sheetnames == ["Findings", "Alignment", "Data quality"]
    assert book["Findings"].max_row == 51
