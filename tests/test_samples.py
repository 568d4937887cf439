"""The samples: four forms of one graph, and each story gives the findings its README tells, and no others."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import graphalign as ga
from graphalign.model import Finding
from graphalign.reading import flat_subjects
from graphalign.rules import catalogue

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"
TOLD = tomllib.loads((Path(__file__).parent / "samples.toml").read_text("utf-8"))
FILES = {"harbour": "harbour-alliance.yaml", "two-startups": "two-startups.yaml", "clean": "clean.yaml"}
LATER = "harbour-alliance-2026h2.yaml"
FORMS = ("harbour-alliance.yaml", "harbour-alliance.json", "harbour-alliance.xlsx", "harbour-alliance")
STORIES = [(story, code) for story in ("harbour", "two-startups") for code in catalogue()]


@cache
def graph(name: str) -> ga.AlignmentGraph:
    return ga.read(SAMPLES / name)


@cache
def report(story: str) -> ga.Report:
    return ga.check(graph(FILES[story]), as_of=TOLD["as_of"])


def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_samples", ROOT / "tools" / "make_samples.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def written(finding: Finding) -> str:
    return " ".join(",".join(s) if isinstance(s, tuple) else s for s in finding.subjects.values())


def every(code: str, findings: tuple[Finding, ...]) -> list[Finding]:
    """Return the findings of a rule among these and all that folds beneath them, at any depth."""
    found = [f for f in findings if f.rule == code]
    for finding in findings:
        found += every(code, finding.folded)
    return found


def half_year_on() -> ga.Report:
    return ga.check(graph(LATER), as_of=TOLD["half-year"]["as_of"])


def only_in(one: ga.Report, other: ga.Report) -> list[str]:
    """Return the findings of one report that the other has not, folded or not."""
    others = {f.id for code in catalogue() for f in every(code, other.findings)}
    return sorted(f"{f.rule} {written(f)} {f.severity}" for f in one.findings if f.id not in others)


def codes(*path: str) -> dict[str, Any]:
    part: Any = TOLD
    for key in path:
        part = part.get(key, {})
    return dict(part)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_the_harbour_is_read_whole(form: str) -> None:
    data = graph(form).data
    assert data.refusals == ()
    assert sum(data.counts.refused.values()) == 0
    assert sum(data.counts.read.values()) > 700


@pytest.mark.parametrize("form", FORMS[1:])
def test_every_form_of_the_harbour_is_the_identical_graph(form: str) -> None:
    assert graph(form).equals(graph(FORMS[0]))


@pytest.mark.parametrize("form", FORMS)
def test_every_node_and_relationship_of_the_harbour_knows_where_it_was_said(form: str) -> None:
    held = graph(form)
    for frame in (held.nodes, held.edges):
        assert all(held.place(frame, at) is not None for at in range(0, frame.height, 7))


def test_the_derived_files_are_current() -> None:
    derived = maker().derived()
    texts = {path: data for path, data in derived.items() if path.suffix != ".xlsx"}
    assert [path.name for path, data in texts.items() if path.read_bytes() != data] == [], "run tools/make_samples.py"


def test_the_workbook_is_made_of_the_same_bytes_each_time() -> None:
    book = SAMPLES / "harbour-alliance.xlsx"
    assert maker().derived()[book] == maker().derived()[book]


@pytest.mark.parametrize(("story", "code"), STORIES)
def test_a_story_gives_the_findings_that_are_told(story: str, code: str) -> None:
    found = [f"{written(f)} {f.severity}{' noted' if f.noted else ''}" for f in report(story).of_rule(code)]
    assert sorted(found) == sorted(codes(story, "found").get(code, []))


@pytest.mark.parametrize("code", list(catalogue()))
def test_a_near_miss_in_the_harbour_stays_silent(code: str) -> None:
    said = [set(flat_subjects(f)) for f in every(code, report("harbour").findings)]
    near = [set(ids.split()) for ids in codes("harbour", "near")[code]]
    assert near
    assert [ids for ids in near if any(ids <= subjects for subjects in said)] == []


def test_what_folds_in_the_harbour_is_told() -> None:
    roots = [f for f in report("harbour").findings if f.folded]
    folded = {f"{f.rule} {written(f)}": [f"{c.rule} {written(c)}" for c in f.folded] for f in roots}
    assert folded == codes("harbour", "folded")


def test_every_rule_finds_something_in_the_harbour_and_nothing_is_a_custom() -> None:
    results = report("harbour").results
    assert {r.rule.code: r.verdict for r in results if r.verdict != "found"} == {}
    assert [f.id for f in report("harbour").findings if f.noted] == []


def test_the_second_half_year_is_read_whole_and_keeps_every_id() -> None:
    data = graph(LATER).data
    assert data.refusals == ()
    assert sum(data.counts.refused.values()) == 0
    assert set(graph(LATER).ids) - set(graph(FORMS[0]).ids) == {"truck-charging"}
    assert set(graph(FORMS[0]).ids) <= set(graph(LATER).ids)


def test_the_second_half_year_mends_what_is_told() -> None:
    assert only_in(report("harbour"), half_year_on()) == sorted(TOLD["half-year"]["fixed"])


def test_the_second_half_year_brings_what_is_told() -> None:
    assert only_in(half_year_on(), report("harbour")) == sorted(TOLD["half-year"]["new"])


def test_nothing_in_the_second_half_year_is_a_custom_and_every_rule_can_judge() -> None:
    assert [f.id for f in half_year_on().findings if f.noted] == []
    assert {r.rule.code: r.verdict for r in half_year_on().results if r.verdict not in ("found", "clean")} == {}


def test_every_rule_judges_the_clean_alliance_and_finds_nothing() -> None:
    results = report("clean").results
    assert {r.rule.code: (r.verdict, r.missing) for r in results if r.verdict != "clean"} == {}
    assert all(r.judged for r in results)
    assert graph(FILES["clean"]).data.refusals == ()


def test_two_startups_fit_on_a_slide() -> None:
    assert graph(FILES["two-startups"]).nodes.height == 12
    assert graph(FILES["two-startups"]).data.refusals == ()


def test_the_cases_of_a_rule_move_from_later_once_it_is_built() -> None:
    now = {*codes("harbour", "found"), *codes("harbour", "near")}
    assert now == set(catalogue())
    assert set(codes("later", "harbour", "found")).isdisjoint(now)
    assert set(codes("later", "harbour", "found")) == set(codes("later", "harbour", "near"))


def test_every_id_that_is_told_is_in_the_harbour() -> None:
    ids = set(graph(FORMS[0]).ids)
    words = {"high", "medium", "low", "info", "DEPENDS_ON", "CONTRIBUTES_TO"}
    told = [TOLD["harbour"], TOLD["later"]["harbour"]]
    cases = [case for part in told for key in ("found", "near") for rows in part[key].values() for case in rows]
    assert {word for case in cases for word in re.split(r"[ ,]", case)} - ids - words == set()


def test_the_readme_tells_a_case_and_a_near_miss_of_every_rule() -> None:
    rows = re.findall(
        r"^\| ([A-Z]{3}\d{3}) \| (.+) \| (.+) \|$", (SAMPLES / "README.md").read_text("utf-8"), re.MULTILINE
    )
    assert sorted(code for code, _, _ in rows) == sorted(
        {*codes("harbour", "found"), *codes("later", "harbour", "found")}
    )
