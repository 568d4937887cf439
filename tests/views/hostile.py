"""An alliance that attacks its page: markup, templates, script links, turned text and length in every field."""

from __future__ import annotations

from typing import Any

import networkx as nx

import graphalign as ga
from graphalign.graph import AlignmentGraph

# What runs or loads, were it ever taken for markup; `pwned` is what the tests look for.
ATTACKS = (
    "</script><img src=x onerror=\"window.pwned='image'\">",
    "<script>window.pwned='script'</script>",
    "{{7*7}} {% raw %} ${7*7} <%= 7*7 %>",
    "javascript:window.pwned='link'",
    "<svg onload=window.pwned='svg'><a xlink:href=javascript:window.pwned=1>",
    "\u202egnp.exe\u202c \u2067right to left\u2069 \u2028 \u2029",
    "' onmouseover='window.pwned=1' \" onfocus=\"window.pwned=1\" autofocus ` --> ]]> <!--",
    "__proto__",
    "x" * 10_000,
    "W" * 4_000 + " " + "\u0e49" * 100 + "\U0001f4a3" * 200,
)


def hostile_alliance() -> AlignmentGraph:
    """Return an alliance in which every id, name, property and remark is an attack."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()

    def text(at: int) -> str:
        return ATTACKS[at % len(ATTACKS)]

    def more(at: int) -> dict[str, Any]:
        return {"link": text(3), "remark": text(at), "constructor": text(at + 1), "<b>key</b>": text(at + 2)}

    ids: dict[str, list[str]] = {}
    for label, count in (("Partner", 5), ("Stakeholder", 14), ("Goal", 14), ("Responsibility", 8), ("Kpi", 6)):
        for at in range(count):
            node = f"{label[:1]}{at} {text(at)}"
            ids.setdefault(label, []).append(node)
            graph.add_node(node, label=label, name=f"{text(at)} {label} {at}", **more(at))
    partners, people, goals, work, kpis = ids.values()
    levels = ("unaware", "resistant", "neutral", "supportive", "leading")
    for at, person in enumerate(people):
        graph.nodes[person].update(title=text(at), power=float(at % 11), interest=float(10 - at % 11))
        graph.nodes[person].update(engagement=levels[at % 5], desired_engagement=levels[(at + 2) % 5])
        graph.add_edge(person, partners[at % 5], "MEMBER_OF", type="MEMBER_OF")
        graph.add_edge(person, goals[at], type="ACCOUNTABLE_FOR", **more(at))
        graph.add_edge(person, goals[(at + 3) % 14], type="ACCOUNTABLE_FOR")
        graph.add_edge(person, work[at % 8], type="RESPONSIBLE_FOR")
        day = "2026-06-01" if at % 2 else "2025-11-01"
        graph.add_edge(person, people[(at + 4) % 14], type="COMMUNICATES_WITH", date=day, channel=text(at))
    for at, goal in enumerate(goals):
        graph.nodes[goal].update(priority=("low", "medium", "high", "critical")[at % 4], shared=at % 5 == 0)
        graph.nodes[goal].update(due="2026-03-31" if at % 3 else "2026-12-31", start="2026-01-01")
        for step in range(1 + at % 3):
            graph.add_edge(partners[(at + step) % 5], goal, type="COMMITS_TO", weight=float(10 + at))
        graph.add_edge(goal, goals[(at + 1) % 14], type="DEPENDS_ON")
        graph.add_edge(goal, goals[(at + 5) % 14], type="CONFLICTS_WITH", reason=text(at))
        graph.add_edge(goal, goals[at - at % 5], type="CONTRIBUTES_TO") if at % 5 else None
    for at, piece in enumerate(work):
        graph.add_edge(piece, goals[at], type="SERVES")
    for at, kpi in enumerate(kpis):
        graph.nodes[kpi].update(unit=text(at), target=100.0, actual=20.0, baseline=0.0, measured_on="2026-06-01")
        graph.add_edge(kpi, goals[at], type="MEASURES")
    graph.add_node(f"odd {text(0)}", label=text(0), name=text(1))
    graph.add_edge(f"odd {text(0)}", goals[0], type=text(0))
    return ga.from_networkx(graph)
