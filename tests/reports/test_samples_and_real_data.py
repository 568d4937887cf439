"""The reports of every sample and of both real data sets."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from rich.cells import cell_len

import graphalign as ga
from graphalign.report import Report
from graphalign.reports import Shown, render

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "docs/report.schema.json").read_text("utf-8"))
SAMPLES = [p for p in sorted((ROOT / "samples").iterdir()) if p.suffix in (".xlsx", ".yaml", ".json") or p.is_dir()]
REAL = [ROOT / "../shared/data" / name for name in ("rust-goals-2025h2", "cpython-experts")]


@pytest.fixture(scope="module", params=[*SAMPLES, *REAL], ids=lambda path: path.name)
def report(request: pytest.FixtureRequest) -> Report:
    return ga.check(ga.read(request.param), as_of="2026-06-30")


def test_its_json_fits_the_published_schema_and_holds_every_finding(report: Report) -> None:
    document = json.loads("".join(render(report, "json")))
    jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker()).validate(document)
    assert [f["id"] for f in document["findings"]] == [f.id for f in report.findings]
    data = document["data"]
    assert data["read"] == data["kept"] + data["refused"] == sum(f["read"] for f in data["files"])
    for rule in document["rules"]:
        assert rule["findings"] == sum(rule["counts"].values())


@pytest.mark.parametrize("show_all", [False, True])
def test_it_fits_eighty_columns_and_names_every_rule(report: Report, *, show_all: bool) -> None:
    text = "".join(render(report, "terminal", Shown(show_all=show_all, explain_import=True)))
    assert max(map(cell_len, text.splitlines())) <= 80
    for code in report.rules:
        assert code in text


def test_as_markdown_it_names_every_rule_in_its_table_of_verdicts(report: Report) -> None:
    verdicts = "".join(render(report, "md")).split("## Verdicts")[1]
    for result in report.results:
        assert f"| {result.rule.code} {result.rule.name} | {result.verdict} |" in verdicts
