"""The graph: AlignmentGraph, its facts on a day, walks, and the way in from statements and from networkx."""

from graphalign.graph.alignment_graph import AlignmentGraph
from graphalign.graph.facts import Facts

__all__ = ["AlignmentGraph", "Facts"]
