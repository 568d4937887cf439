"""Baselines: what is new counts, what is fixed is told, and a file that is no report ends in one sentence."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import graphalign as ga
from graphalign.baseline import compare, is_report, read_report, snapshot
from graphalign.errors import InputError
from graphalign.graph.build import build
from graphalign.reports import Shown, render
from graphalign.rules import catalogue
from graphalign.settings import Settings
from graphalign.tables import Statements
from graphalign.waivers import read_waivers

SCHEMA = json.loads((Path(__file__).parents[1] / "docs/report.schema.json").read_text("utf-8"))
DAY = "2026-06-30"


def graph(owned: Sequence[str], goals: Sequence[str] = ("g1", "g2", "g3"), *, high: bool = True) -> ga.AlignmentGraph:
    """Return goals, of high priority or none, those named owned by Ana."""
    import polars as pl

    priority = "high" if high else None
    nodes = pl.DataFrame(
        {
            "id": [*goals, "ana"],
            "label": ["Goal"] * len(goals) + ["Stakeholder"],
            "priority": [priority] * len(goals) + [None],
        },
        schema_overrides={"priority": pl.String},
    )
    edges = pl.DataFrame(
        {"source": ["ana"] * len(owned), "target": list(owned), "type": ["ACCOUNTABLE_FOR"] * len(owned)},
        schema={"source": pl.String, "target": pl.String, "type": pl.String},
    )
    return build(Statements(nodes, edges))


def checked(owned: Sequence[str], **more: Any) -> ga.Report:
    only = more.pop("only", ["OWN101"])
    settings = more.pop("settings", None)
    return ga.check(graph(owned, **more), as_of=DAY, only=only, settings=settings)


def subjects(report: ga.Report, ids: frozenset[str]) -> list[str]:
    return sorted(str(f.subjects["goal"]) for f in report.findings if f.id in ids)


@pytest.fixture
def kept(tmp_path: Path) -> Callable[[ga.Report], Path]:
    def written(report: ga.Report) -> Path:
        path = tmp_path / "report.json"
        path.write_text("".join(render(report, "json")), "utf-8")
        return path

    return written


def test_what_came_and_went_is_told(kept: Callable[[ga.Report], Path]) -> None:
    before, now = checked(["g1"]), checked(["g2"])
    found = compare(now, read_report(kept(before)))
    assert found.baseline is not None
    assert subjects(now, found.baseline.new) == ["g1"]
    assert subjects(now, found.baseline.open) == ["g3"]
    assert [k.subjects for k in found.baseline.fixed] == [("g2",)]
    assert found.findings == now.findings


def test_only_what_is_new_counts() -> None:
    before = snapshot(checked(["g1"]))
    assert checked(["g1"]).worst("high") == 2
    assert compare(checked(["g1"]), before).worst("low") == 0
    assert compare(checked(["g2"]), before).worst("high") == 1
    assert compare(checked(["g2"], high=False), before).worst("high") == 0
    assert compare(checked(["g2"], high=False), before).worst("medium") == 1


def test_a_report_read_back_is_the_report(kept: Callable[[ga.Report], Path]) -> None:
    report = ga.check(ga.read(Path(__file__).parents[1] / "samples/harbour-alliance.yaml"), as_of=DAY)
    path = kept(report)
    back, here = read_report(path), snapshot(report)
    assert (back.as_of, back.findings, back.verdicts, back.missing) == (
        here.as_of,
        here.findings,
        here.verdicts,
        here.missing,
    )
    assert list(back.findings) == list(here.findings)
    assert set(here.findings) == set(report.ids["id"])
    assert is_report(path)


def test_a_rule_that_did_not_judge_fixes_nothing() -> None:
    before = snapshot(checked(["g1"]))
    disabled = checked(["g1"], settings=Settings().with_rule("OWN101", enabled=False))
    for now in (checked([]), disabled, checked(["g1"], only=["OWN102"])):
        found = compare(now, before)
        assert found.baseline is not None
        assert found.baseline.fixed == ()
        assert [k.subjects for k in found.baseline.unjudged] == [("g2",), ("g3",)]


def test_a_goal_that_is_gone_is_fixed() -> None:
    found = compare(checked(["g1"], goals=["g1"]), snapshot(checked(["g1"])))
    assert found.baseline is not None
    assert len(found.baseline.fixed) == 2


def waiving(until: str) -> Settings:
    import tomllib

    text = f'[[waivers]]\nrule = "OWN101"\nsubjects = {{ goal = "g2" }}\nreason = "r"\nuntil = {until}\n'
    return Settings(waivers=read_waivers(tomllib.loads(text)["waivers"], catalogue(), "x.toml"))


def test_what_is_waived_is_neither_new_nor_fixed_and_counts_as_new_when_the_waiver_ends() -> None:
    plain, aside = checked(["g1"]), checked(["g1"], settings=waiving("2026-12-31"))
    one = compare(aside, snapshot(plain)).baseline
    assert one is not None
    assert (len(one.new), len(one.open), one.fixed, one.unjudged) == (0, 1, (), ())
    ended = compare(checked(["g1"], settings=waiving("2026-06-29")), snapshot(aside))
    assert ended.worst("high") == 1


@pytest.mark.parametrize("form", ["terminal", "md", "json"])
def test_reports_tell_what_is_new_and_what_is_fixed(form: str) -> None:
    found = compare(checked(["g2"]), snapshot(checked(["g1"])))
    text = "".join(render(found, form, Shown()))
    if form == "json":
        document = json.loads(text)
        jsonschema.validate(document, SCHEMA, format_checker=jsonschema.FormatChecker())
        assert [k["subjects"] for k in document["baseline"]["fixed"]] == [["g2"]]
        assert len(document["baseline"]["new"]) == len(document["baseline"]["open"]) == 1
    else:
        assert "ince the report of 2026-06-30: 1 new, 1 fixed, 1 still open" in text
        assert text.count("new]" if form == "terminal" else "(new)") == 1
        assert text.count("known]" if form == "terminal" else "(known)") == 1


def broken(change: Callable[[dict[str, Any]], object]) -> str:
    document = json.loads("".join(render(checked(["g1"]), "json")))
    change(document)
    return json.dumps(document)


def finding(document: dict[str, Any]) -> dict[str, Any]:
    first: dict[str, Any] = document["findings"][0]
    return first


HOSTILE: dict[str, Callable[[], str | bytes]] = {
    "empty": lambda: "",
    "no JSON": lambda: "goal,owner\n",
    "no UTF-8": lambda: b"\xff\xfe",
    "another document": lambda: '{"nodes": []}',
    "a list": lambda: "[]",
    "too deep": lambda: '{"schema": ' + "[" * 200_000,
    "an endless number": lambda: '{"schema": ' + "9" * 100_000 + "}",
    "another schema": lambda: broken(lambda d: d.update(schema="urn:graphalign:report:9")),
    "no findings": lambda: broken(lambda d: d.pop("findings")),
    "findings that are a number": lambda: broken(lambda d: d.update(findings=3)),
    "findings that are texts": lambda: broken(lambda d: d.update(findings=["x"])),
    "an id that is none": lambda: broken(lambda d: finding(d).update(id="../../x\x1b[31m")),
    "a rule that is none": lambda: broken(lambda d: finding(d).update(rule="x" * 10_000)),
    "a severity that is none": lambda: broken(lambda d: finding(d).update(severity="fatal")),
    "a message that is a list": lambda: broken(lambda d: finding(d).update(message=[])),
    "folded that is a text": lambda: broken(lambda d: finding(d).update(folded="x")),
    "a day that is none": lambda: broken(lambda d: d.update(as_of="soon")),
    "rules that are none": lambda: broken(lambda d: d.update(rules=[{}])),
    "subjects that are a list": lambda: broken(lambda d: finding(d).update(subjects=[])),
    "evidence of nothing": lambda: broken(lambda d: finding(d).update(evidence=[{}])),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_what_is_no_report_ends_in_one_sentence(case: str, tmp_path: Path) -> None:
    content = HOSTILE[case]()
    path = tmp_path / "old.json"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(InputError) as caught:
        read_report(path)
    assert len(str(caught.value)) < 400 + len(str(path))
    assert caught.value.way_out == "write one with graphalign check --format json"
    assert ("another schema ('urn:graphalign:report:9')" in str(caught.value)) == (case == "another schema")


def test_folds_of_any_depth_are_read(tmp_path: Path) -> None:
    document = json.loads("".join(render(checked(["g1"]), "json")))
    first = finding(document)
    for _ in range(300):
        document["findings"] = [{**first, "folded": document["findings"]}]
    path = tmp_path / "deep.json"
    path.write_text(json.dumps(document), "utf-8")
    assert len(read_report(path).findings) == 2


def test_a_file_that_is_not_there_and_a_folder_are_told(tmp_path: Path) -> None:
    for path in (tmp_path / "none.json", tmp_path):
        with pytest.raises(InputError, match="cannot be read"):
            read_report(path)
        assert not is_report(path)
