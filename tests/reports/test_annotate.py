"""A copy of the user's workbook with what was found in it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import graphalign as ga
from graphalign.errors import InputError, UsageError
from graphalign.reports.annotate import write

HARBOUR = Path(__file__).parents[2] / "samples/harbour-alliance.xlsx"


@pytest.fixture
def annotated(tmp_path: Path) -> Any:
    write(ga.check(ga.read(HARBOUR), as_of="2026-06-30"), HARBOUR, tmp_path / "out.xlsx")
    return openpyxl.load_workbook(tmp_path / "out.xlsx")


def test_every_row_that_a_finding_stands_on_is_marked_and_says_why(annotated: Any) -> None:
    report = ga.check(ga.read(HARBOUR), as_of="2026-06-30")
    for finding in report.findings:
        for place in (e.place for e in finding.evidence if e.place and not finding.noted):
            assert place.sheet is not None and place.row is not None  # noqa: PT018 (for the type checker)
            cells = [c for c in annotated[place.sheet][place.row] if c.value is not None]
            assert all(c.fill.fill_type == "solid" for c in cells)
            said = cells[0].comment.text
            assert finding.id in said or "more: see the report" in said
            assert said.count("\n> ") <= 5


def test_all_cells_keep_what_they_say_and_how_they_look(annotated: Any) -> None:
    before = openpyxl.load_workbook(HARBOUR)
    assert annotated.sheetnames == before.sheetnames
    for sheet in before:
        for row in sheet.iter_rows():
            for cell in row:
                other = annotated[sheet.title][cell.coordinate]
                assert (other.value, other.number_format) == (cell.value, cell.number_format)
                assert repr(other.font) == repr(cell.font)


def test_the_same_workbook_gives_the_same_bytes_and_stays_as_it_is(tmp_path: Path) -> None:
    before = HARBOUR.read_bytes()
    report = ga.check(ga.read(HARBOUR), as_of="2026-06-30")
    for name in ("a.xlsx", "b.xlsx"):
        write(report, HARBOUR, tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert HARBOUR.read_bytes() == before


def test_a_comment_of_the_users_own_is_kept(tmp_path: Path) -> None:
    from openpyxl.comments import Comment

    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "Goals"
    sheet.append(["Id", "Goal", "Priority", "Accountable"])
    sheet.append(["g1", "=1+1", "high", None])
    sheet["B2"].data_type = "s"
    sheet.append(["g2", "Build", "low", "Ana"])
    sheet["A2"].comment = Comment("ask Ana", "me")
    book.save(tmp_path / "in.xlsx")
    report = ga.check(ga.read(tmp_path / "in.xlsx"), as_of="2026-06-30", only=["OWN101"])
    write(report, tmp_path / "in.xlsx", tmp_path / "out.xlsx")
    said = openpyxl.load_workbook(tmp_path / "out.xlsx")["Goals"]["A2"].comment
    assert said is not None
    assert said.text.startswith("ask Ana\n\nOWN101")


def test_the_input_is_never_overwritten_and_only_a_workbook_is_annotated(tmp_path: Path) -> None:
    file = tmp_path / "in.xlsx"
    shutil.copy(HARBOUR, file)
    (tmp_path / "link.xlsx").symlink_to(file)
    report = ga.check(ga.read(file), as_of="2026-06-30")
    for path in (file, tmp_path / "link.xlsx", tmp_path / "out.csv"):
        with pytest.raises(UsageError):
            write(report, file, path)
    with pytest.raises(UsageError, match="only a workbook"):
        write(report, tmp_path, tmp_path / "out.xlsx")
    file.write_bytes(file.read_bytes() + b" ")
    with pytest.raises(InputError, match="has changed"):
        write(report, file, tmp_path / "out.xlsx")
