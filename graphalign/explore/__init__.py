"""Questions to an alliance, in Cypher: the library of them, and asking one without a server."""

from graphalign.explore.embedded import Embedded, ask_graph, embedded
from graphalign.explore.library import Question, find_question, questions

__all__ = ["Embedded", "Question", "ask_graph", "embedded", "find_question", "questions"]
