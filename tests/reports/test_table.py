"""The findings as CSV."""

from __future__ import annotations

import csv
import io

import pytest

from graphalign.report import Report
from graphalign.reports.table import COLUMNS, FORMULA, guarded, render


def rows(report: Report) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(render(report), newline="")))


@pytest.mark.parametrize("name", ["story", "noted", "hostile"])
def test_each_finding_is_one_line_of_the_same_columns(name: str, request: pytest.FixtureRequest) -> None:
    report = request.getfixturevalue(name)
    text = render(report)
    assert text.splitlines()[0] == ",".join(COLUMNS)
    told = sum(1 + len(f.folded) for f in report.findings)
    assert len(rows(report)) == told == text.count("\n") - 1


def test_what_is_folded_names_the_finding_that_explains_it(story: Report) -> None:
    found = rows(story)
    folded = [r for r in found if r["folded_under"]]
    assert [(r["rule"], r["subjects"]) for r in folded] == [("OWN101", "g0")]
    assert folded[0]["folded_under"] == next(r["id"] for r in found if r["rule"] == "OWN102" and r["subjects"] == "g0")


def test_the_place_of_the_evidence_is_in_columns(story: Report) -> None:
    first = rows(story)[0]
    assert (first["file"], first["sheet"], first["row"], first["key"]) == ("alliance.xlsx", "Goals", "2", "")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1", "\x00=1"])
def test_no_cell_begins_as_a_formula_does(text: str) -> None:
    assert not guarded(text).startswith(FORMULA)


def test_no_cell_of_a_hostile_report_is_a_formula(hostile: Report) -> None:
    cells = [cell for row in csv.reader(io.StringIO(render(hostile), newline="")) for cell in row]
    assert not [c for c in cells if c.startswith(FORMULA)]
    assert any(c.startswith("'-") for c in cells)
