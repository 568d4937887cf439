"""A tiny alliance for examples and documentation."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx


def example() -> nx.MultiDiGraph[str]:
    """Return an alliance of two partners, two people and two goals, one of which nobody owns.

    >>> import graphalign as ga
    >>> sorted(ga.example().nodes)
    ['ana', 'ben', 'city', 'g1', 'g2', 'port']
    """
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("port", label="Partner", name="Port")
    graph.add_node("city", label="Partner", name="City")
    graph.add_node("ana", label="Stakeholder", name="Ana", power=8.0, interest=9.0)
    graph.add_node("ben", label="Stakeholder", name="Ben")
    graph.add_node("g1", label="Goal", name="Shore power at every berth")
    graph.add_node("g2", label="Goal", name="Deepen the quay", priority="high")
    graph.add_edge("ana", "port", type="MEMBER_OF")
    graph.add_edge("ben", "city", type="MEMBER_OF")
    graph.add_edge("ana", "g1", type="ACCOUNTABLE_FOR")
    graph.add_edge("ben", "g1", type="RESPONSIBLE_FOR")
    graph.add_edge("g1", "g2", type="DEPENDS_ON")
    return graph
