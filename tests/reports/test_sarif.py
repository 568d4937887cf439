"""The report as SARIF.

The schema beside this file is that of SARIF 2.1.0 (OASIS, revision rtm.5) as the npm package @microsoft/jest-sarif
1.0.0-beta.0 ships it (MIT, Microsoft Corporation); no package on PyPI holds it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jsonschema
import pytest

import graphalign as ga
from graphalign.report import Report
from graphalign.reports.sarif import render

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((Path(__file__).parent / "sarif-2.1.0-rtm.5.json").read_text("utf-8"))
SAMPLES = sorted((ROOT / "samples").glob("harbour-alliance*"))


def valid(text: str) -> dict[str, Any]:
    """Return the run of a log that the schema accepts."""
    log = json.loads(text)
    jsonschema.Draft4Validator(SCHEMA, format_checker=jsonschema.FormatChecker()).validate(log)
    assert len(log["runs"]) == 1
    run: dict[str, Any] = log["runs"][0]
    return run


def test_the_schema_refuses_what_is_no_log(story: Report) -> None:
    log = json.loads(render(story))
    log["runs"][0]["results"][0]["level"] = "high"
    with pytest.raises(jsonschema.ValidationError):
        valid(json.dumps(log))


@pytest.mark.parametrize("name", ["story", "noted", "hostile"])
def test_a_report_fits_the_schema(name: str, request: pytest.FixtureRequest) -> None:
    report = request.getfixturevalue(name)
    run = valid(render(report))
    assert [r["partialFingerprints"]["graphalign/v1"] for r in run["results"]] == [f.id for f in report.findings]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.name)
def test_a_sample_fits_the_schema_and_every_result_has_a_place(path: Path) -> None:
    report = ga.check(ga.read(path), as_of="2026-06-30")
    run = valid(render(report))
    assert run["results"]
    for result in run["results"]:
        rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]
        assert rule["id"] == result["ruleId"]
        assert rule["help"]["text"]
        place = result["locations"][0]["physicalLocation"]
        artifact = run["artifacts"][place["artifactLocation"]["index"]]
        assert artifact["location"]["uri"] == place["artifactLocation"]["uri"]
        assert ("region" in place) == (path.suffix != ".xlsx")


def test_levels_follow_severities_and_what_is_noted_is_a_note(story: Report, noted: Report) -> None:
    levels = {(r["properties"]["severity"], r["level"]) for r in valid(render(story))["results"]}
    assert levels == {("high", "error"), ("medium", "warning"), ("low", "note"), ("info", "note")}
    assert {(r["properties"]["noted"], r["level"]) for r in valid(render(noted))["results"]} == {(True, "note")}


def test_a_row_below_a_quoted_line_break_has_the_line_it_begins_on(tmp_path: Path) -> None:
    (tmp_path / "goals.csv").write_text(
        'Id,Goal,Priority,Remark\ng1,Dig,high,"two\nlines, ""quoted"""\n\ng2,Build,high,\n', encoding="utf-8"
    )
    (tmp_path / "raci.csv").write_text("Goal,Accountable\ng3,Ana\n", encoding="utf-8")
    (tmp_path / "people.csv").write_text("Id,Name\nana,Ana\n", encoding="utf-8")
    report = ga.check(ga.read(tmp_path), as_of="2026-06-30", only=["OWN101"])
    places = {
        r["locations"][0]["logicalLocations"][-1]["fullyQualifiedName"]: r["locations"][0]["physicalLocation"]
        for r in valid(render(report))["results"]
    }
    assert (places["g1"]["region"]["startLine"], places["g2"]["region"]["startLine"]) == (2, 5)
    assert urlsplit(places["g2"]["artifactLocation"]["uri"]).scheme == "file"


def test_a_file_that_changed_since_it_was_read_has_no_lines(tmp_path: Path) -> None:
    file = tmp_path / "alliance.yaml"
    file.write_text("goals:\n  - {id: g1, priority: high}\n  - {id: g2, raci: {accountable: [ana]}}\n", "utf-8")
    report = ga.check(ga.read(file), as_of="2026-06-30", only=["OWN101"])
    place = valid(render(report))["results"][0]["locations"][0]
    assert place["physicalLocation"]["region"] == {"startLine": 2}
    assert place["logicalLocations"][0] == {"fullyQualifiedName": "goals[0]", "kind": "key"}
    file.write_text("\n\n" + file.read_text("utf-8"), "utf-8")
    assert "region" not in valid(render(report))["results"][0]["locations"][0]["physicalLocation"]


def test_a_row_of_a_workbook_is_a_logical_location() -> None:
    report = ga.check(ga.read(ROOT / "samples/harbour-alliance.xlsx"), as_of="2026-06-30", only=["OWN101"])
    location = valid(render(report))["results"][0]["locations"][0]
    assert location["logicalLocations"][0] == {"fullyQualifiedName": "Goals!45", "kind": "row"}


def test_further_evidence_is_related_and_what_is_folded_a_property() -> None:
    report = ga.check(ga.read(ROOT / "samples/harbour-alliance"), as_of="2026-06-30")
    results = valid(render(report))["results"]
    for result, finding in zip(results, report.findings, strict=True):
        placed = [e for e in finding.evidence if e.place]
        assert len(result["locations"]) + len(result.get("relatedLocations", [])) == max(1, len(placed))
        assert [f["id"] for f in result["properties"].get("folded", [])] == [f.id for f in finding.folded]
    assert any(f.folded for f in report.findings)


def test_no_text_of_the_data_becomes_a_link_or_a_placeholder(hostile: Report) -> None:
    run = valid(render(hostile))
    text = " ".join(r["message"]["text"] for r in run["results"])
    assert "\\[a" not in text or "[a" in text
    assert "{{braces}}" in text
    assert not any(c == "[" and text[i - 1] != "\\" for i, c in enumerate(text))


def test_refusals_and_rules_that_cannot_judge_are_notifications(story: Report) -> None:
    told = valid(render(story))["invocations"][0]["toolExecutionNotifications"]
    assert [n["level"] for n in told] == ["warning", "warning", "note"]
    assert told[0]["message"]["text"].startswith("relationship refused: Bo b")
    assert told[2]["associatedRule"]["id"] == "ENG304"


def test_two_renders_are_equal(hostile: Report) -> None:
    assert render(hostile) == render(hostile)
