"""The workbook for people: no formula, lists to choose from, notes, frozen headings."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import polars as pl
import pytest

import graphalign as ga
from graphalign.graph.build import build
from graphalign.tables import Statements
from graphalign.vocabulary import LABELS
from graphalign.writers.sheets import SHEETS
from graphalign.writers.template import write_template


def goals(*names: str) -> ga.AlignmentGraph:
    rows = [{"id": f"g{i}", "label": "Goal", "name": name} for i, name in enumerate(names)]
    return build(
        Statements(pl.DataFrame(rows), pl.DataFrame(schema=dict.fromkeys(("source", "target", "type"), pl.String)))
    )


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@A1", "#REF!"])
def test_a_text_is_never_a_formula(tmp_path: Path, start: str) -> None:
    ga.write_graph(goals(start), tmp_path / "out.xlsx")
    cell = openpyxl.load_workbook(tmp_path / "out.xlsx")["Goals"]["B2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (start, "s", True)


def test_a_text_longer_than_a_cell_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(ga.OutputError, match="40,000 characters does"):
        ga.write_graph(goals("x" * 40_000), tmp_path / "out.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_the_template_has_every_sheet_and_every_property_with_a_note(tmp_path: Path) -> None:
    write_template(tmp_path / "t.xlsx")
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    assert book.sheetnames == [sheet.title for sheet in SHEETS]
    for sheet in SHEETS:
        page = book[sheet.title]
        assert page.freeze_panes
        assert page.max_row > 1 or sheet.title == "Conflicts"
        for cell in page[1]:
            assert cell.comment, f"{sheet.title}: {cell.value}"
        if sheet.label:
            assert {c.property for c in sheet.columns} >= set(LABELS[sheet.label])


def test_every_column_of_words_offers_them(tmp_path: Path) -> None:
    write_template(tmp_path / "t.xlsx")
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    for sheet in SHEETS:
        offered = {str(d.sqref).split(":")[0]: d.formula1 for d in book[sheet.title].data_validations.dataValidation}
        wanted = {
            book[sheet.title].cell(2, at).coordinate: f'"{",".join(c.words)}"'
            for at, c in enumerate(sheet.columns, 1)
            if c.words
        }
        assert offered == wanted
    words = [p for held in LABELS.values() for p in held.values() if p.words]
    assert len(words) > 8
