"""COO402 says why two partners should talk: a goal that both work on, the first by id; else what one needs."""

from __future__ import annotations

from typing import Any

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

import graphalign as ga

GOALS = range(4)
Goals = set[int]


def alliance(line: Goals, port: Goals, needs: set[tuple[int, int]]) -> nx.MultiDiGraph[Any]:
    """Two partners of two people each, of whom two talk; what each commits to; which goal depends on which."""
    graph: nx.MultiDiGraph[Any] = nx.MultiDiGraph()
    graph.add_nodes_from((f"g{g}" for g in GOALS), label="Goal")
    for partner, people, goals in (("line", ("ada", "alf"), line), ("port", ("bea", "ben"), port)):
        graph.add_node(partner, label="Partner")
        graph.add_nodes_from(people, label="Stakeholder")
        graph.add_edges_from(((who, partner) for who in people), type="MEMBER_OF")
        graph.add_edges_from(((partner, f"g{g}") for g in sorted(goals)), type="COMMITS_TO")
    graph.add_edges_from(((f"g{a}", f"g{b}") for a, b in sorted(needs) if a != b), type="DEPENDS_ON")
    graph.add_edge("ada", "bea", type="COMMUNICATES_WITH", date="2026-06-01")
    # Contact is covered: whoever owns a goal has one.
    graph.add_node("g9", label="Goal")
    graph.add_edge("ada", "g9", type="ACCOUNTABLE_FOR")
    return graph


@given(
    st.sets(st.sampled_from(GOALS)),
    st.sets(st.sampled_from(GOALS)),
    st.sets(st.tuples(st.sampled_from(GOALS), st.sampled_from(GOALS)), max_size=6),
)
def test_the_first_goal_in_common_is_told_else_the_first_dependency_across(
    line: Goals, port: Goals, needs: set[tuple[int, int]]
) -> None:
    report = ga.check(ga.from_networkx(alliance(line, port, needs)), as_of="2026-06-30", only=["COO402"])
    found = [(r["goal"], r["needed"], r["case"]) for t in report.tables.values() for r in t.to_dicts()]
    across = sorted((a, b) for a, b in needs if a != b and ((a in line and b in port) or (a in port and b in line)))
    if line & port:
        assert found == [(f"g{min(line & port)}", None, "common pair")]
    elif across:
        assert found == [(f"g{across[0][0]}", f"g{across[0][1]}", "needed pair")]
    else:
        assert found == []
