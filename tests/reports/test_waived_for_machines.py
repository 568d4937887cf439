"""What is waived is told to machines too, and does not count there."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import jsonschema
import pytest
from defusedxml.ElementTree import fromstring

import graphalign as ga
from graphalign.report import Report
from graphalign.reports import junit, sarif, table
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
