"""What is waived is told to machines too, and does not count there."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import jsonschema
import openpyxl
import pytest
from defusedxml.ElementTree import fromstring

import graphalign as ga
from graphalign.report import Report
from graphalign.reports import excel, junit, sarif, table
from graphalign.settings import Settings
from graphalign.waivers import Waiver

HARBOUR = Path(__file__).parent.parent.parent / "samples" / "harbour-alliance.yaml"


@pytest.fixture(scope="module")
def report() -> Report:
    waiver = Waiver("OWN102", {"goal": ("*",)}, "=agreed <b>in</b> March", date(2026, 12, 31), "Ana")
    return ga.check(ga.read(HARBOUR), as_of="2026-06-30", settings=Settings(waivers=(waiver,)))


def test_in_sarif_a_waived_finding_is_suppressed_and_all_others_are_not(report: Report) -> None:
    log = json.loads(sarif.render(report))
    schema = json.loads((Path(__file__).parent / "sarif-2.1.0-rtm.5.json").read_text("utf-8"))
    jsonschema.Draft7Validator(schema).validate(log)
    results = log["runs"][0]["results"]
    suppressed = [r for r in results if r["suppressions"]]
    assert [r["ruleId"] for r in suppressed] == ["OWN102"]
    assert suppressed[0]["suppressions"][0]["justification"] == "=agreed <b>in</b> March"
    assert len(results) == len(report.findings) + len(report.waived)


def test_in_junit_a_waived_finding_is_skipped(report: Report) -> None:
    root = fromstring(junit.render(report))
    suite = next(s for s in root if s.get("name", "").startswith("OWN102"))
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("1", "0", "1")
    assert "waived until 2026-12-31" in (suite[0][0].text or "")


def test_in_csv_a_waived_finding_says_why_and_until_when(report: Report) -> None:
    rows = list(csv.DictReader(io.StringIO(table.render(report))))
    waived = {r["rule"]: r["waived"] for r in rows if r["waived"]}
    assert waived == {"OWN102": "until 2026-12-31: =agreed <b>in</b> March, Ana"}


def test_the_workbook_has_a_sheet_of_what_is_waived_with_reason_day_and_name_as_text(
    report: Report, tmp_path: Path
) -> None:
    excel.write(report, tmp_path / "report.xlsx")
    book = openpyxl.load_workbook(tmp_path / "report.xlsx")
    (row,) = book["Waived"].iter_rows(min_row=2)
    said = dict(zip((cell.value for cell in book["Waived"][1]), row, strict=True))
    assert [said[head].value for head in ("Rule", "Counted", "Reason", "Until", "By")] == [
        "OWN102",
        "waived",
        "=agreed <b>in</b> March",
        "2026-12-31",
        "Ana",
    ]
    assert said["Reason"].data_type == "s"
    assert said["Id"].value not in {cell.value for cell in book["Findings"]["N"]}
