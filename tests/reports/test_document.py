"""The report as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from graphalign.document import chunks, render
from graphalign.report import Report

SCHEMA = json.loads((Path(__file__).parents[2] / "docs/report.schema.json").read_text("utf-8"))


def valid(text: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(text)
    jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker()).validate(document)
    return document


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("name", ["story", "noted", "hostile"])
def test_a_report_fits_the_published_schema(name: str, request: pytest.FixtureRequest) -> None:
    valid(render(request.getfixturevalue(name)))


@pytest.mark.parametrize(
    "path", [[], ["data"], ["rules", 0], ["findings", 0], ["findings", 0, "evidence", 0], ["settings"]]
)
def test_the_schema_refuses_a_key_it_does_not_know(story: Report, path: list[str | int]) -> None:
    document = json.loads(render(story))
    place = document
    for step in path:
        place = place[step]
    place["surprise"] = {}
    with pytest.raises(jsonschema.ValidationError):
        valid(json.dumps(document))


def test_the_account_is_told_in_total_and_by_file(story: Report) -> None:
    data = valid(render(story))["data"]
    assert (data["read"], data["kept"], data["refused"]) == (40, 38, 2)
    assert data["files"] == [{"file": "alliance.xlsx", "read": 40, "kept": 38, "refused": 2}]
    assert data["values"] == {"read": 90, "kept": 89, "refused": 1}
    assert data["nodes"] == {"Goal": 10, "Partner": 1, "Stakeholder": 12}
    assert data["refusals"][0] == {
        "what": "relationship",
        "text": "Bo b",
        "reason": "nobody goes by this name; did you mean Bob?",
        "file": "alliance.xlsx",
        "sheet": "RACI",
        "row": 9,
    }


def test_a_folded_finding_stands_beneath_its_cause_and_not_at_the_top(story: Report) -> None:
    findings = valid(render(story))["findings"]
    folded = [f for root in findings for f in root["folded"]]
    assert [(f["rule"], f["subjects"]) for f in folded] == [("OWN101", {"goal": "g0"})]
    assert folded[0]["id"] not in {f["id"] for f in findings}


def test_a_list_of_subjects_is_an_array(story: Report) -> None:
    clusters = [f["subjects"] for f in valid(render(story))["findings"] if f["rule"] == "DAT902"]
    assert clusters == [{"members": ["s00", "s01", "s02"]}, {"members": ["s04", "s05"]}]


def test_a_rule_tells_its_verdict_and_what_is_missing(story: Report) -> None:
    rules = {r["code"]: r for r in valid(render(story))["rules"]}
    assert rules["ENG304"]["verdict"] == "cannot judge"
    assert rules["ENG304"]["missing"] == "no contact between people is recorded: add communications"
    assert (rules["OWN104"]["coverage"], rules["OWN101"]["left_out"], rules["OWN101"]["findings"]) == (0.5, 3, 6)


def test_text_of_the_data_comes_back_to_the_letter(hostile: Report) -> None:
    document = valid(render(hostile))
    assert [n["text"] for n in document["data"]["notes"]] == [n.text for n in hostile.data.notes]


def test_text_is_written_as_itself_not_as_escapes(hostile: Report) -> None:
    assert "港湾当局" in render(hostile)


def test_what_utf8_cannot_hold_is_replaced(story: Report) -> None:
    from dataclasses import replace

    from graphalign.model import Note

    graph = replace(story.graph, data=replace(story.data, notes=(Note("lone \ud800 surrogate"),)))
    text = render(Report(graph, story.as_of, story.settings, story.results, story.tables))
    assert valid(text)["data"]["notes"][0]["text"] == "lone \ufffd surrogate"
    assert text.encode("utf-8")


def test_two_renders_are_equal(hostile: Report) -> None:
    assert render(hostile) == render(hostile)


def test_a_large_report_holds_every_finding_one_a_part(large: Callable[[int], Report]) -> None:
    report = large(5000)
    parts = list(chunks(report))
    assert len(valid("".join(parts))["findings"]) == 5000
    assert max(map(len, parts)) < 1000
