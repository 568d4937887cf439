"""The library's questions on a real server: the rows that kglite gives, paths to draw, nothing written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import graphalign as ga
from graphalign.errors import StoreError
from graphalign.explore import ask_graph, questions
from graphalign.explore.library import filled
from graphalign.neo4j.ask import ask
from graphalign.neo4j.connection import Connection
from graphalign.neo4j.push import push

ROOT = Path(__file__).parents[2]
ALLIANCES = {
    "samples/harbour-alliance.yaml": "2026-06-30",
    "samples/two-startups.yaml": "2026-06-30",
    "../shared/data/rust-goals-2025h2": "2026-09-01",
}
# Who and what is asked of, beside the defaults.
ASKED = {
    "samples/harbour-alliance.yaml": {
        "around-a-goal": ["goal=shore-power"],
        "blocking-a-goal": ["goal=Shore power at four berths"],
        "contacts-of-a-person": ["person=amara-diallo"],
        "goals-below": ["goal=clean-port"],
        "introductions": ["person=amara-diallo", "other=Felix Arnaud"],
        "lost-with-a-person": ["person=Sofie Lund"],
        "raci-below-a-goal": ["goal=rail-shift"],
    },
}


@pytest.mark.parametrize("alliance", ALLIANCES)
def test_every_question_has_the_same_answer_with_a_server_and_without(database: Connection, alliance: str) -> None:
    graph = ga.read(ROOT / alliance)
    push(database, graph, replace=True)
    for name, question in questions().items():
        for given in ([], ASKED.get(alliance, {}).get(name, [])):
            values = filled(question, given, ALLIANCES[alliance])
            there = ask(database, question.text, values)
            here = ask_graph(graph, question.text, values)
            assert there.columns == question.columns, name
            assert there.rows == here.rows, f"{name} {given}"


def test_the_pictures_return_paths(database: Connection) -> None:
    push(database, ga.read(ROOT / "samples/harbour-alliance.yaml"), replace=True)
    for name, question in questions().items():
        if question.paths:
            answer = ask(
                database, question.paths, dict.fromkeys(p for p in question.parameters if f"${p}" in question.paths)
            )
            assert answer.columns == ("path",), name
            first: list[dict[str, Any]] = answer.rows[0][0]
            assert "labels" in first[0], name
            assert "type" in first[1], name


@pytest.mark.parametrize(
    "query", ["CREATE (:Goal {id: 'x'})", "MATCH (n) SET n.name = 'x'", "MATCH (n) DETACH DELETE n"]
)
def test_a_question_that_writes_is_refused_by_the_server(database: Connection, query: str) -> None:
    push(database, ga.from_networkx(ga.example()), replace=True)
    with pytest.raises(StoreError, match="only reading is allowed"):
        ask(database, query)


def test_a_question_that_takes_too_long_is_ended(database: Connection) -> None:
    endless = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN sum(a * b) AS n"
    with pytest.raises(StoreError, match="longer than its time limit"):
        ask(database, endless, seconds=1)
