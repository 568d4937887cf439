"""Groups two of whose parties are apart: counted, the answer is that of looking at each pair."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import networkx as nx
import polars as pl
from hypothesis import example, given
from hypothesis import strategies as st

import graphalign as ga
from graphalign.graph import Facts
from graphalign.graph.groups import with_two_apart
from graphalign.graph.pairs import once
from graphalign.settings import Settings

PERSONS, PARTNERS, GROUPS = 7, 5, 3


@given(
    st.lists(st.tuples(st.integers(0, PERSONS - 1), st.integers(0, PARTNERS - 1)), max_size=16),
    st.lists(st.tuples(st.integers(0, GROUPS - 1), st.integers(0, PERSONS - 1)), max_size=16),
)
# Two and two meet through two partners each: counted, each meets as many as there are, and yet they are apart.
@example([(a, b) for a in range(4) for b in ((0, 1) if a < 2 else (2, 3))], [(0, a) for a in range(4)])
def test_groups_with_two_apart_are_found_as_by_looking_at_each_pair(
    members: list[tuple[int, int]], held: list[tuple[int, int]]
) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_nodes_from([f"g{i}" for i in range(GROUPS)], label="Goal")
    graph.add_nodes_from([f"s{i}" for i in range(PERSONS)], label="Stakeholder", kind="person")
    graph.add_nodes_from([f"p{i}" for i in range(PARTNERS)], label="Partner")
    graph.add_edges_from(((f"s{a}", f"p{b}") for a, b in members), type="MEMBER_OF")
    facts = Facts(ga.from_networkx(graph), date(2026, 6, 30), Settings())
    place = {name: at for at, name in enumerate(facts.graph.ids)}
    partners = {i: {b for a, b in members if a == i} for i in range(PERSONS)}
    expected = {
        place[f"g{group}"]
        for group in range(GROUPS)
        for a, b in combinations(sorted({party for at, party in held if at == group}), 2)
        if partners[a] and partners[b] and not partners[a] & partners[b]
    }
    ends = {"goal": [place[f"g{a}"] for a, _ in held], "owner": [place[f"s{b}"] for _, b in held]}
    pairs = once(pl.DataFrame(ends, schema={"goal": pl.UInt32, "owner": pl.UInt32}))
    found = with_two_apart(facts, pairs)
    assert found.columns == ["goal"]
    assert sorted(found["goal"]) == sorted(expected)
