"""Questions to an alliance, in Cypher: the library of them, and asking one without a server."""

from graphalign.explore.embedded import ask_graph
from graphalign.explore.library import Question, find_question, questions

__all__ = ["Question", "ask_graph", "find_question", "questions"]
