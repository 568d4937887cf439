"""OWN106: names that are alike, found by rare words, held to comparing every two."""

from __future__ import annotations

import importlib
from itertools import combinations

import networkx as nx
import numpy as np
import pytest

from graphalign.check import check
from graphalign.generate import generate
from graphalign.graph.interchange import from_networkx

WORDS = ("quay", "dredge", "plan", "permit", "crew", "crane", "survey", "tide")


def alliance(seed: int) -> tuple[nx.MultiDiGraph[str], dict[str, set[str]], dict[str, str]]:
    """Two goals, work for them of few words in any order, each done by a person of a partner of their own."""
    rng = np.random.default_rng(seed)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_nodes_from(["g0", "g1"], label="Goal")
    words, goal = {}, {}
    for i in range(14):
        work, who, partner = f"w{i:02}", f"p{i:02}", f"o{i:02}"
        said = rng.choice(WORDS, size=int(rng.integers(1, 5)), replace=False).tolist()
        words[work], goal[work] = set(said), f"g{rng.integers(0, 2)}"
        graph.add_node(work, label="Responsibility", name=" ".join(said))
        graph.add_node(who, label="Stakeholder")
        graph.add_node(partner, label="Partner")
        graph.add_edge(work, goal[work], type="SERVES")
        graph.add_edge(who, work, type="RESPONSIBLE_FOR")
        graph.add_edge(who, partner, type="MEMBER_OF")
    return graph, words, goal


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("least", [0.3, 0.6, 1.0])
def test_work_with_names_alike_is_what_comparing_every_two_finds(seed: int, least: float) -> None:
    from graphalign.settings import Settings

    graph, words, goal = alliance(seed)
    settings = Settings().with_rule("OWN106", similarity=least)
    report = check(from_networkx(graph), as_of="2026-06-30", settings=settings, only=["OWN106"])
    found = {(f.subjects["responsibility"], f.subjects["other"]) for f in report.findings}
    plainly = {
        (a, b)
        for a, b in combinations(sorted(words), 2)
        if goal[a] == goal[b] and len(words[a] & words[b]) / len(words[a] | words[b]) >= least
    }
    assert found == plainly


def test_names_compared_in_small_parts_are_found_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = generate(3_000, seed=5)
    whole = check(graph, as_of="2026-06-30", only=["OWN106"])
    monkeypatch.setattr(importlib.import_module("graphalign.rules.workload"), "PAIRS_AT_ONCE", 5)
    parts = check(graph, as_of="2026-06-30", only=["OWN106"])
    assert whole.findings == parts.findings
    assert whole.tables["OWN106"]["case"].to_list().count("alike") > 1
