"""Asking a graph in memory: what it holds, what is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import graphalign as ga
from graphalign.errors import UsageError
from graphalign.explore import ask_graph, questions
from graphalign.explore.library import filled

SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.fixture(scope="module")
def harbour() -> ga.AlignmentGraph:
    return ga.read(SAMPLES / "harbour-alliance.yaml")


def test_the_engine_holds_every_node_and_every_relationship(harbour: ga.AlignmentGraph) -> None:
    assert ask_graph(harbour, "MATCH (n) RETURN count(n) AS n").rows == ((harbour.nodes.height,),)
    assert ask_graph(harbour, "MATCH ()-[r]->() RETURN count(r) AS n").rows == ((harbour.edges.height,),)


def test_properties_keep_their_types(harbour: ga.AlignmentGraph) -> None:
    row = ask_graph(
        harbour, "MATCH (g:Goal {id: 'berth-standard'}) RETURN g.due AS due, g.co_owned AS co_owned, g.name AS name"
    ).rows[0]
    assert row == (date(2026, 5, 31), True, "One plug for all berths and ships")


def test_a_title_is_a_title_and_a_name_a_name(harbour: ga.AlignmentGraph) -> None:
    answer = ask_graph(harbour, "MATCH (s:Stakeholder {id: 'amara-diallo'}) RETURN s.name AS name, s.title AS title")
    assert answer.rows == (("Amara Diallo", "Harbour master"),)


@pytest.mark.parametrize(
    "query",
    [
        "CREATE (n:Goal {id: 'x'})",
        "MATCH (n) SET n.name = 'x'",
        "MATCH (n) DETACH DELETE n",
        "MERGE (n:Goal {id: 'x'})",
    ],
)
def test_a_query_that_writes_is_refused(harbour: ga.AlignmentGraph, query: str) -> None:
    with pytest.raises(UsageError, match="only reading is allowed"):
        ask_graph(harbour, query)
    assert ask_graph(harbour, "MATCH (n) RETURN count(n) AS n").rows == ((harbour.nodes.height,),)


@pytest.mark.parametrize("query", ["MATCH (n", "RETURN", "MATCH (n) RETURN n.id FORMAT CSV", "MATCH (n) RETURN $x"])
def test_a_wrong_query_is_one_sentence(harbour: ga.AlignmentGraph, query: str) -> None:
    with pytest.raises(UsageError) as error:
        ask_graph(harbour, query)
    assert "\n" not in str(error.value)


def test_text_from_data_is_never_cypher() -> None:
    hostile = "x'}) DETACH DELETE n //"
    graph = ga.example()
    graph.add_node(hostile, label="Goal", name=hostile)
    held = ga.from_networkx(graph)
    answer = ask_graph(held, "MATCH (g:Goal) WHERE g.name = $name RETURN g.id AS id", {"name": hostile})
    assert answer.rows == ((hostile,),)


def test_labels_and_types_that_are_odd_are_held() -> None:
    graph = ga.example()
    graph.add_node("o", label="Odd `label`", name="odd")
    graph.add_edge("o", "g1", type="IS `ODD`")
    held = ga.from_networkx(graph)
    rows = ask_graph(
        held, "MATCH (o {id: 'o'})-[r]->(g) RETURN labels(o)[0] AS label, type(r) AS type, g.id AS id"
    ).rows
    assert rows == (("Odd `label`", "IS `ODD`", "g1"),)


@pytest.mark.parametrize("name", questions())
def test_every_question_answers_with_the_columns_that_it_names(harbour: ga.AlignmentGraph, name: str) -> None:
    question = questions()[name]
    if question.kglite:
        pytest.fail(f"{name} is said not to run: {question.kglite}")
    answer = ask_graph(harbour, question.text, filled(question, [], "2026-06-30"))
    assert answer.columns == question.columns
    assert answer.rows
    assert not answer.remarks
