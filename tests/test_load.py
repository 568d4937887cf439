"""From a path to a graph: the real data sets, one CSV a kind, hostile cells."""

from __future__ import annotations

import csv
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphalign.graph.alignment_graph import AlignmentGraph
from graphalign.load import read
from graphalign.settings import Settings

DATA = Path(__file__).parents[1] / "../shared/data"


def account(graph: AlignmentGraph) -> None:
    """Assert that what was read was kept, merged or refused."""
    counts = graph.data.counts
    refused = [r for r in graph.data.refusals if r.what != "value"]
    assert sum(counts.refused.values()) == len(refused)
    merged = sum(n.count for n in graph.data.notes if "merged" in n.text)
    created = sum(n.count for n in graph.data.notes if "no table declares" in n.text)
    kept = graph.nodes.height + graph.edges.height - created + merged
    assert sum(counts.read.values()) == kept + len(refused)
    assert counts.values_refused == len(graph.data.refusals) - len(refused)


def write(folder: Path, **tables: str) -> Path:
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    return folder


def types(graph: AlignmentGraph) -> dict[str, int]:
    return {str(t): n for t, n in graph.edges.group_by("type").len().iter_rows()}


def labels(graph: AlignmentGraph) -> dict[str, int]:
    return {str(t): n for t, n in graph.nodes.group_by("label").len().iter_rows()}


def test_the_goals_of_the_rust_project_are_read_whole() -> None:
    graph = read(DATA / "rust-goals-2025h2")
    assert labels(graph) == {"Partner": 81, "Stakeholder": 239, "Goal": 270}
    assert types(graph) == {
        "ACCOUNTABLE_FOR": 307,
        "CONTRIBUTES_TO": 228,
        "MEMBER_OF": 469,
        "PART_OF": 69,
        "RESPONSIBLE_FOR": 70,
        "SPONSORS": 65,
    }
    assert graph.data.refusals == ()
    account(graph)


def test_the_experts_of_cpython_are_read_whole() -> None:
    graph = read(DATA / "cpython-experts")
    assert labels(graph) == {"Partner": 1, "Stakeholder": 70, "Goal": 154}
    assert types(graph) == {"ACCOUNTABLE_FOR": 75, "RESPONSIBLE_FOR": 233, "MEMBER_OF": 70}
    assert graph.data.refusals == ()
    account(graph)


@pytest.mark.parametrize("name", ["rust-goals-2025h2", "cpython-experts"])
def test_the_order_of_rows_and_columns_never_changes_the_graph(name: str, tmp_path: Path) -> None:
    for file in ("nodes.csv", "relationships.csv"):
        frame = pl.read_csv(DATA / name / file, infer_schema=False)
        frame.select(frame.columns[::-1]).sample(fraction=1, shuffle=True, seed=7).write_csv(tmp_path / file)
    assert read(tmp_path).equals(read(DATA / name))


def test_one_table_a_kind_is_read_with_references_by_name(tmp_path: Path) -> None:
    folder = write(
        tmp_path,
        partners="Organisation\nPort\nCity\n",
        stakeholders="Name;Organisation;Influence;Current Engagement\nAna;Port;H;Champion\nBen;City;85%;neutral\n",
        goals="Goal,Priority,Due date\nShore power,High,31.12.2026\n",
        raci='Goal,Responsible,Accountable\nShore power,"Ana, Ben",Ana\n',
        communications="Date,From,To\n46266,Ana,Ben\n",
    )
    graph = read(folder)
    assert labels(graph) == {"Partner": 2, "Stakeholder": 2, "Goal": 1}
    assert types(graph) == {"MEMBER_OF": 2, "RESPONSIBLE_FOR": 2, "ACCOUNTABLE_FOR": 1, "COMMUNICATES_WITH": 1}
    assert graph.nodes.filter(pl.col("label") == "Stakeholder")["power"].to_list() == [8.0, 8.5]
    assert not graph.data.refusals
    assert str(graph.place(graph.edges, 0)) == "raci.csv, row 2"
    account(graph)


def test_settings_give_words_their_meaning(tmp_path: Path) -> None:
    folder = write(tmp_path, goals="Goal,Status\nDig,parked\n", stakeholders="Name,Power\nAna,5\n")
    plain = read(folder)
    assert plain.nodes["status"].to_list() == [None, "active"]
    told = read(folder, Settings(words={"status": {"parked": "dropped"}}, scales={"power": "1-5"}))
    assert told.nodes["status"].to_list() == [None, "dropped"]
    assert told.nodes["power"].to_list() == [10.0, None]


def test_progress_is_told_before_the_graph_is_built(tmp_path: Path) -> None:
    said: list[str] = []
    read(write(tmp_path, goals="Goal\nDig\n"), progress=said.append)
    assert said[-1] == "building the graph"


CELLS = st.one_of(
    st.sampled_from(["", "Ana", "Ben", "Dig", "Ana; Ben", "Ana, Ben", "Silva, Ana", "TBD", "A/R", "-", "x"]),
    st.sampled_from(["", "1", "high", "nan", "1.9.2026", "=cmd()"]),
    st.text(st.characters(codec="utf-8"), max_size=12),
)
TABLES: dict[str, list[str]] = {
    "stakeholders": ["id", "Name", "Organisation", "Reports to", "Influence", "Status"],
    "goals": ["Goal", "Owner", "Parent goal", "Depends on", "Due", "Shared", "Budget"],
    "raci": ["Goal", "Ana", "Ben", "Responsible"],
    "communications": ["Date", "Participants", "Channel"],
    "nodes": ["id", "kind", "label", "name"],
    "relationships": ["source", "target", "kind", "label", "weight", "date"],
}


@settings(max_examples=60, deadline=None)
@given(st.data(), st.sets(st.sampled_from(sorted(TABLES)), min_size=1))
def test_whatever_the_cells_hold_read_is_kept_and_refused(data: Any, names: set[str]) -> None:
    with TemporaryDirectory() as folder:
        for name in sorted(names):
            width = len(TABLES[name])
            rows = data.draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=6))
            with Path(folder, f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows([TABLES[name], *rows])
        account(read(folder))


KINDS = {
    "nodes.csv": "id,label,type,category\ng1,goal,1,x\np1,Partner,2,\ns1,person,,y\ng1,goal,1,x\n",
    "stakeholders.csv": "Name,Type,Organisation\nAna,person,Port\nSteering board,group,Port; City\n",
    "goals.csv": "Goal,Category,Kind,Owner\nDig,a,b,Ana; Ben\nFill,a,,Ana\n",
    # A party may be called as a column of types is.
    "raci.csv": "Task,Rel\nDig,A\nFill,R\n",
    "plan.csv": "Task,Rel,Ben\nDig,A,R\nFill,R,A\n",
    "communications.csv": "Who,With,Date,Type\nAna,Ben,2026-05-01,mail\nBen,Cleo; Ana,2026-05-02,call\n",
    "relationships.csv": "source,relation,target,label\na,accountable,g,1\nb,responsible,g,2\n",
    "kpis.csv": "KPI,Type,Goal\nDays,time,Dig\nCost,money,Dig; Fill\n",
}


@pytest.mark.parametrize("name", KINDS)
def test_columns_that_say_what_a_row_is_are_read_as_text_is(tmp_path: Path, name: str) -> None:
    graphs = []
    # A blank row is read by the exact path, where every cell is text.
    for number, text in enumerate((KINDS[name], KINDS[name] + "\n,\n")):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / name).write_text(text)
        graphs.append(read(folder))
    fast, exact = graphs
    assert fast.nodes.height + len(fast.data.refusals)
    for one, other in ((fast.nodes, exact.nodes), (fast.edges, exact.edges)):
        assert one.schema == other.schema
        assert one.rows() == other.rows()
    assert fast.data.refusals == exact.data.refusals
    assert fast.data.meanings == exact.data.meanings
