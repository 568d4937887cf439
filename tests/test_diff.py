"""diff: findings new, fixed and open; what changed in the graph; which change is told with which finding."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import graphalign as ga
from graphalign.baseline import snapshot
from graphalign.errors import UsageError
from graphalign.reports.differences import render

DAY = "2026-06-30"
RELATIONSHIPS = "source,type,target,date,weight\n"


def read(folder: Path, name: str, nodes: str, ties: str) -> ga.AlignmentGraph:
    place = folder / name
    place.mkdir()
    (place / "nodes.csv").write_text("id,label,name,priority,status\n" + nodes, "utf-8")
    (place / "relationships.csv").write_text(RELATIONSHIPS + ties, "utf-8")
    return ga.read(place)


NODES = "ana,Stakeholder,Ana,,\nben,Stakeholder,Ben,,\ng1,Goal,One,high,\ng2,Goal,Two,high,\ng3,Goal,Three,high,\n"
TIES = (
    "ana,ACCOUNTABLE_FOR,g1,,\nben,ACCOUNTABLE_FOR,g2,,\n"
    "ana,COMMUNICATES_WITH,ben,2026-06-01,\ng1,CONTRIBUTES_TO,g3,,40\n"
)


@pytest.fixture
def told(tmp_path: Path) -> Callable[[str, str], ga.Diff]:
    """Compare the alliance above with another one."""

    def compared(nodes: str, ties: str) -> ga.Diff:
        return ga.diff(read(tmp_path, "old", NODES, TIES), read(tmp_path, "new", nodes, ties), as_of=DAY)

    return compared


def rows(diff: ga.Diff) -> list[tuple[Any, ...]]:
    assert diff.changes is not None
    return diff.changes.select("what", "how", "kind", "id", "target", "property", "old", "new").rows()


def caused(diff: ga.Diff, code: str) -> list[str]:
    assert diff.changes is not None
    ids = {k.id for k in (*diff.opened, *diff.fixed, *(now for _, now in diff.moved)) if k.rule == code}
    at = diff.causes.filter(diff.causes["id"].is_in(sorted(ids)))["change"]
    return [" ".join(v for v in row if v) for row in diff.changes[at].select("how", "kind", "id", "target").rows()]


def test_nothing_changed_where_nothing_did(told: Callable[[str, str], ga.Diff]) -> None:
    diff = told("".join(reversed(NODES.splitlines(keepends=True))), TIES)
    assert rows(diff) == []
    assert (diff.opened, diff.fixed, diff.moved) == ((), (), ())
    assert len(diff.open) > 0


def test_what_is_added_removed_and_changed_is_told(told: Callable[[str, str], ga.Diff]) -> None:
    diff = told(
        NODES.replace("ben,Stakeholder,Ben,,", "ben,Stakeholder,Ben,,left").replace(
            "g3,Goal,Three,high,\n", "g4,Goal,Four,,\n"
        ),
        TIES.replace("2026-06-01", "2026-06-02").replace("g1,CONTRIBUTES_TO,g3,,40", "g1,CONTRIBUTES_TO,g2,,40"),
    )
    assert rows(diff) == [
        ("node", "added", "Goal", "g4", None, None, None, None),
        ("node", "removed", "Goal", "g3", None, None, None, None),
        ("node", "changed", "Stakeholder", "ben", None, "status", None, "left"),
        ("relationship", "added", "COMMUNICATES_WITH", "ana", "ben", None, None, None),
        ("relationship", "removed", "COMMUNICATES_WITH", "ana", "ben", None, None, None),
        ("relationship", "added", "CONTRIBUTES_TO", "g1", "g2", None, None, None),
        ("relationship", "removed", "CONTRIBUTES_TO", "g1", "g3", None, None, None),
    ]


def test_a_property_of_a_relationship_and_a_column_that_is_new_are_told(told: Callable[[str, str], ga.Diff]) -> None:
    diff = told(NODES, TIES.replace(",,40", ",,60"))
    assert rows(diff) == [("relationship", "changed", "CONTRIBUTES_TO", "g1", "g3", "weight", "40", "60")]


def test_an_owner_taken_away_is_told_with_the_goal_that_nobody_owns(told: Callable[[str, str], ga.Diff]) -> None:
    diff = told(NODES, TIES.replace("ben,ACCOUNTABLE_FOR,g2,,\n", ""))
    assert [(k.rule, k.subjects) for k in diff.opened if k.rule == "OWN101"] == [("OWN101", ("g2",))]
    assert caused(diff, "OWN101") == ["removed ACCOUNTABLE_FOR ben g2"]


def test_an_owner_who_left_is_told_although_the_finding_is_about_the_goal(told: Callable[[str, str], ga.Diff]) -> None:
    diff = told(NODES.replace("ben,Stakeholder,Ben,,", "ben,Stakeholder,Ben,,left"), TIES)
    assert [k.subjects for k in diff.opened if k.rule == "OWN104"] == [("g2",)]
    assert caused(diff, "OWN104") == ["changed Stakeholder ben"]


def test_an_owner_found_is_told_with_what_it_mends(told: Callable[[str, str], ga.Diff]) -> None:
    diff = told(NODES, TIES + "ana,ACCOUNTABLE_FOR,g3,,\n")
    assert [k.subjects for k in diff.fixed if k.rule == "OWN101"] == [("g3",)]
    assert caused(diff, "OWN101") == ["added ACCOUNTABLE_FOR ana g3"]


def test_another_severity_is_told(told: Callable[[str, str], ga.Diff]) -> None:
    diff = told(NODES.replace("g3,Goal,Three,high,", "g3,Goal,Three,low,"), TIES)
    ((before, now),) = [pair for pair in diff.moved if pair[0].rule == "OWN101"]
    assert (before.severity, now.severity, now.subjects) == ("high", "medium", ("g3",))
    assert caused(diff, "OWN101") == ["changed Goal g3"]


def test_the_day_alone_changes_findings_and_it_is_said(tmp_path: Path) -> None:
    graph = read(tmp_path, "one", NODES, TIES)
    diff = ga.diff(graph, graph, as_of="2027-06-30", as_of_old=DAY)
    assert diff.causes.is_empty()
    assert (diff.old.as_of.year, diff.new.as_of.year) == (2026, 2027)


def test_reports_without_graphs_are_compared_by_their_findings(tmp_path: Path) -> None:
    old = ga.check(read(tmp_path, "old", NODES, TIES), as_of=DAY)
    new = ga.check(read(tmp_path, "new", NODES, TIES + "ana,ACCOUNTABLE_FOR,g3,,\n"), as_of=DAY)
    with_graphs, without = ga.diff(old, new), ga.diff(snapshot(old), snapshot(new))
    assert without.changes is None
    assert (without.opened, without.fixed) == (with_graphs.opened, with_graphs.fixed)
    assert "not told: that takes two inputs" in render(without, "text")


@pytest.mark.parametrize("form", ["text", "md", "json"])
def test_each_form_tells_the_finding_and_its_cause(told: Callable[[str, str], ga.Diff], form: str) -> None:
    text = render(told(NODES.replace("Two", "<b>Two</b>"), TIES.replace("ben,ACCOUNTABLE_FOR,g2,,\n", "")), form)
    if form == "json":
        document = json.loads(text)
        (found,) = [k for k in document["new"] if k["rule"] == "OWN101"]
        assert {document["changes"][at]["how"] for at in found["changes"]} == {"removed"}
    else:
        assert "removed: Ben is accountable for" in text
        assert "OWN101 new [" in text
        assert ("<b>Two</b>" in text) == (form == "text")
        assert form == "md" or max(map(len, text.splitlines())) <= 80


def test_an_unknown_form_is_refused(told: Callable[[str, str], ga.Diff]) -> None:
    with pytest.raises(UsageError, match="use text, json, md"):
        render(told(NODES, TIES), "html")
