"""OWN101 names the goal above that is asked: read plainly from the graph, the answer is the same."""

from __future__ import annotations

from typing import Any

import networkx as nx
from hypothesis import example, given
from hypothesis import strategies as st

import graphalign as ga

GOALS = range(6)
Steps = set[tuple[int, int]]


def plainly(statuses: list[str], owned: set[int], steps: Steps) -> dict[str, str | None]:
    """Return, for each unowned active goal of low severity, the goal above that its finding names."""
    above: nx.DiGraph[Any] = nx.DiGraph()
    above.add_nodes_from(GOALS)
    above.add_edges_from((a, b) for a, b in steps if a != b)
    asked = {g for g in GOALS if statuses[g] in ("active", "proposed")}
    asking = owned & asked
    near = {g for g in GOALS if asking & nx.descendants(above, g)}
    found: dict[str, str | None] = {}
    for goal in GOALS:
        if statuses[goal] == "active" and goal not in owned and goal in near:
            parents = sorted(above.successors(goal), key=lambda p: (p not in asking, p not in asking | near, p))
            parents = [p for p in parents if p in asked]
            found[f"g{goal}"] = f"g{parents[0]}" if parents else None
    return found


@given(
    st.lists(st.sampled_from(["active", "active", "proposed", "done"]), min_size=6, max_size=6),
    st.sets(st.sampled_from(GOALS), min_size=1),
    st.sets(st.tuples(st.sampled_from(GOALS), st.sampled_from(GOALS)), max_size=14),
)
@example(["active"] * 6, {2, 3}, {(0, 1), (1, 3), (0, 2)})
@example(["active"] * 6, {4}, {(0, 1), (0, 2), (2, 4)})
def test_the_goal_above_is_an_owned_one_first_then_one_below_an_owned_one(
    statuses: list[str], owned: set[int], steps: Steps
) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_nodes_from((f"g{g}", {"label": "Goal", "status": statuses[g]}) for g in GOALS)
    graph.add_node("ana", label="Stakeholder", kind="person")
    graph.add_edges_from((("ana", f"g{g}") for g in sorted(owned)), type="ACCOUNTABLE_FOR")
    graph.add_edges_from(((f"g{a}", f"g{b}") for a, b in sorted(steps)), type="CONTRIBUTES_TO", weight=50)
    report = ga.check(ga.from_networkx(graph), as_of="2026-06-30", only=["OWN101"])
    rows = report.tables["OWN101"].to_dicts() if report.results[0].judged else []
    low = {row["goal"]: row["parent"] for row in rows if row["severity"] == "low"}
    assert low == plainly(statuses, owned, steps)
