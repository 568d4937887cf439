"""Small alliances to lay out, made to order."""

from __future__ import annotations

import networkx as nx

import graphalign as ga
from graphalign.graph import AlignmentGraph


def said(text: str) -> AlignmentGraph:
    """Return the graph of lines: "Label id" says a node, "id TYPE id" a relationship."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for line in text.strip().splitlines():
        first, second, *rest = line.split()
        if rest:
            graph.add_edge(first, rest[0], type=second)
        else:
            graph.add_node(second, label=first, name=second)
    return ga.from_networkx(graph)


def of_partners(count: int, people: int = 6, goals: int = 4) -> AlignmentGraph:
    """Return an alliance of so many partners, each with people and goals, two of them with a goal in common."""
    lines = []
    for p in range(count):
        lines.append(f"Partner p{p:02}")
        lines += [f"Stakeholder p{p:02}-s{i}" for i in range(people)]
        lines += [f"p{p:02}-s{i} MEMBER_OF p{p:02}" for i in range(people)]
        lines += [f"Goal p{p:02}-g{i}" for i in range(goals)]
        lines += [f"p{p:02} COMMITS_TO p{p:02}-g{i}" for i in range(goals)]
        lines += [f"p{p:02}-s{i % people} ACCOUNTABLE_FOR p{p:02}-g{i}" for i in range(goals if people else 0)]
        lines += [f"Responsibility p{p:02}-r{i}" for i in range(goals)]
        lines += [f"p{p:02}-r{i} SERVES p{p:02}-g0" for i in range(goals)]
        lines += [f"Kpi p{p:02}-k", f"p{p:02}-k MEASURES p{p:02}-g1"] if goals > 1 else []
    if count > 1:
        lines += ["Goal ours", "p00 COMMITS_TO ours", "p01 COMMITS_TO ours"]
    return said("\n".join(lines))
