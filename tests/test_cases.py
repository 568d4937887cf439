"""Each rule's cases, as data: what fires and what stays silent."""

from __future__ import annotations

import shlex
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from graphalign.check import check
from graphalign.graph.build import build
from graphalign.reading import flat_subjects
from graphalign.rules import catalogue
from graphalign.settings import Settings
from graphalign.tables import Statements
from graphalign.vocabulary import LABELS

FILES = sorted((Path(__file__).parent / "cases").glob("*.toml"))


def _cases() -> list[Any]:
    cases = []
    for path in FILES:
        document = tomllib.loads(path.read_text("utf-8"))
        for case in document["case"]:
            whole = {"as_of": document.get("as_of", date(2026, 6, 30)), "code": path.stem.split("-")[0], **case}
            cases.append(pytest.param(whole, id=f"{whole['code']}: {case['name']}"))
    return cases


def statements(text: str) -> Statements:
    """Return the statements that a case's lines make: nodes "Label id k=v", relationships "id TYPE id k=v"."""
    nodes, edges = [], []
    for number, line in enumerate(text.splitlines(), 1):
        words = shlex.split(line, comments=True)
        if not words:
            continue
        place = {"_file": "case", "_row": number}
        # A relationship has its type, in capitals, as the second word.
        if words[0] in LABELS or not words[1].isupper():
            nodes.append({"label": words[0], "id": words[1], **dict(w.split("=", 1) for w in words[2:]), **place})
        else:
            edges.append(
                {
                    "source": words[0],
                    "type": words[1],
                    "target": words[2],
                    **dict(w.split("=", 1) for w in words[3:]),
                    **place,
                }
            )
    return Statements(_frame(nodes, ["id", "label", "name"]), _frame(edges, ["source", "target", "type"]))


def _frame(rows: list[dict[str, Any]], first: list[str]) -> pl.DataFrame:
    columns = [*first, *sorted({k for r in rows for k in r if k not in first and not k.startswith("_")})]
    schema = {
        **dict.fromkeys(columns, pl.String),
        "_file": pl.String,
        "_sheet": pl.String,
        "_row": pl.UInt32,
        "_key": pl.String,
    }
    return pl.DataFrame([{c: r.get(c) for c in schema} for r in rows], schema=schema, orient="row")


def _short(finding: Any) -> str:
    subjects = [",".join(v) if isinstance(v, tuple) else v for v in finding.subjects.values()]
    return " ".join([*subjects, finding.severity, *(["noted"] if finding.noted else [])])


@pytest.mark.parametrize("case", _cases())
def test_a_rule_finds_what_its_case_says_and_nothing_else(case: dict[str, Any]) -> None:
    code = case["code"]
    settings = Settings().with_rule(code, **case["settings"]) if "settings" in case else Settings()
    graph = build(statements(case["graph"]), settings)
    assert not graph.data.refusals or case.get("refuses")
    report = check(graph, as_of=case["as_of"], settings=settings)
    result = next(r for r in report.results if r.rule.code == code)
    everything = [f for root in report.findings for f in (root, *root.folded)]
    found = sorted(_short(f) for f in everything if f.rule == code)
    expected = sorted(case.get("finds", []))
    assert found == expected
    assert len(expected) > 0 or "verdict" in case or case.get("silent"), "a case fires, is silent, or names a verdict"
    verdict = case.get("verdict", "found" if expected else None)
    if verdict:
        assert result.verdict == verdict, result.missing
    for key in ("judged", "left_out"):
        if key in case:
            assert getattr(result, key) == case[key]
    assert case.get("missing", "") in result.missing
    beneath = [
        " ".join([f.rule, *flat_subjects(f)]) for root in report.findings if root.rule == code for f in root.folded
    ]
    assert sorted(case.get("folded", beneath)) == sorted(beneath)
    for finding in everything:
        if finding.rule == code:
            assert finding.evidence, "every finding names what says so"
            assert finding.remedy


@pytest.mark.parametrize("code", catalogue())
def test_every_rule_has_cases_that_fire_and_cases_that_stay_silent(code: str) -> None:
    cases = [p.values[0] for p in _cases() if p.values[0]["code"] == code]
    assert any(c.get("finds") for c in cases), f"no case of {code} fires"
    assert any(not c.get("finds") and (c.get("silent") or c.get("verdict") == "clean") for c in cases), (
        f"no case of {code} is silent"
    )
