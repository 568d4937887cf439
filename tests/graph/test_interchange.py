"""To networkx and back: each the exact inverse of the other."""

from __future__ import annotations

from datetime import date
from typing import Any

import networkx as nx
import numpy as np
import polars as pl
import pytest

from graphalign.errors import InputError
from graphalign.example import example
from graphalign.graph.alignment_graph import AlignmentGraph
from graphalign.graph.build import build
from graphalign.graph.interchange import from_networkx, to_networkx
from graphalign.tables import Statements
from graphalign.vocabulary import LABELS, TYPES, Property


def value(prop: Property, random: np.random.Generator) -> str:
    if prop.words:
        return str(random.choice(prop.words))
    if prop.kind == "date":
        return str(np.datetime64("2026-01-01") + int(random.integers(0, 400)))
    if prop.kind == "boolean":
        return str(random.choice(["yes", "no"]))
    low, high = prop.low or 0, prop.high or 50
    return str(int(random.integers(int(low) + 1, int(high)))) if prop.kind != "text" else f"text {random.integers(9)}"


def random_graph(seed: int) -> AlignmentGraph:
    """Build a graph that holds every label, type and property, some rows wrong, some properties of its own."""
    random = np.random.default_rng(seed)
    nodes: list[dict[str, Any]] = []
    for label, properties in [*LABELS.items(), ("Ship", {})]:
        for i in range(int(random.integers(1, 8))):
            row: dict[str, Any] = {
                "id": f"{label[0]}{i}",
                "label": label,
                "name": f"{label} {random.integers(5)}" if random.random() < 0.8 else None,
            }
            row |= {name: value(prop, random) for name, prop in properties.items() if random.random() < 0.5}
            row |= (
                {"theme": str(random.integers(3)), "code": f"0{i}", "since": "2026-01-01", "flag": "true"}
                if random.random() < 0.5
                else {}
            )
            nodes.append(
                {
                    **row,
                    "_file": "n.csv",
                    "_sheet": None if i % 2 else "Sheet",
                    "_row": i + 2,
                    "_key": f"k[{i}]" if i % 3 else None,
                }
            )
    ids = [n["id"] for n in nodes]
    edges: list[dict[str, Any]] = []
    for i in range(150):
        type_ = str(random.choice([*TYPES, "MOORS_AT"]))
        row = {"source": str(random.choice(ids)), "target": str(random.choice(ids)), "type": type_}
        row |= {
            name: value(prop, random)
            for name, prop in (TYPES[type_].properties if type_ in TYPES else {}).items()
            if random.random() < 0.7
        }
        edges.append({**row, "remark": f"r{i % 4}", "_file": "r.csv", "_row": i + 2})
    return build(
        Statements(pl.DataFrame(nodes, infer_schema_length=None), pl.DataFrame(edges, infer_schema_length=None))
    )


@pytest.mark.parametrize("seed", range(12))
def test_a_graph_that_went_to_networkx_and_back_is_the_same_to_the_last_place(seed: int) -> None:
    graph = random_graph(seed)
    assert graph.edges.height > 10
    back = from_networkx(to_networkx(graph))
    assert back.equals(graph, provenance=True)
    assert not back.data.refusals
    assert {c: t for c, t in back.nodes.schema.items() if c[0] != "_"} == {
        c: t for c, t in graph.nodes.schema.items() if c[0] != "_"
    }


def attributes(graph: nx.MultiDiGraph[str]) -> dict[str, dict[str, Any]]:
    return {node: graph.nodes[node] for node in graph}


def test_a_networkx_graph_that_came_back_has_the_same_attributes() -> None:
    there = to_networkx(from_networkx(example()))
    assert attributes(there) == attributes(example())
    assert sorted(there.edges(data="type")) == sorted(example().edges(data="type"))
    again = to_networkx(from_networkx(there))
    assert nx.utils.graphs_equal(again, there)


def test_what_is_unknown_is_left_out_and_days_are_days() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("g", label="Goal", due="1.9.2026", theme="x")
    graph.add_node("h", label="Goal")
    there = to_networkx(from_networkx(graph))
    assert attributes(there) == {
        "g": {"label": "Goal", "due": date(2026, 9, 1), "theme": "x"},
        "h": {"label": "Goal"},
    }


@pytest.mark.parametrize("kind", [nx.Graph, nx.DiGraph, nx.MultiGraph, nx.MultiDiGraph])
def test_any_class_of_networkx_graph_is_read(kind: type[nx.Graph[Any]]) -> None:
    graph = kind()
    graph.add_node(1, label="Stakeholder", power=8)
    graph.add_node(2, label="Goal")
    graph.add_node(3, label="Stakeholder")
    graph.add_edge(1, 2, type="ACCOUNTABLE_FOR")
    graph.add_edge(3, 1, type="COMMUNICATES_WITH")
    built = from_networkx(graph)
    assert built.edges.height == 2
    assert built.nodes["power"].to_list() == [8.0, None, None]
    assert not built.data.refusals


def test_the_key_of_an_edge_may_be_its_type() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("g", label="Goal")
    graph.add_node("a", label="Stakeholder")
    graph.add_edge("a", "g", key="ACCOUNTABLE_FOR")
    assert from_networkx(graph).of_type("ACCOUNTABLE_FOR").height == 1


def test_an_undirected_edge_goes_as_its_type_allows() -> None:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_node("g", label="Goal")
    graph.add_node("a", label="Stakeholder")
    graph.add_edge("g", "a", type="ACCOUNTABLE_FOR")
    assert from_networkx(graph).of_type("ACCOUNTABLE_FOR").height == 1


def unlabelled() -> nx.DiGraph[str]:
    return nx.DiGraph([("a", "b")])


def same_ids() -> nx.DiGraph[object]:
    graph: nx.DiGraph[object] = nx.DiGraph()
    graph.add_nodes_from([1, "1"], label="Goal")
    return graph


def undirected() -> nx.Graph[str]:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(["g", "h"], label="Goal")
    graph.add_edge("g", "h", type="DEPENDS_ON")
    return graph


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (unlabelled(), "no node has a label"),
        (same_ids(), "the same id"),
        (undirected(), "which way"),
        ([("a", "b")], "is no networkx graph"),
        (None, "is no networkx graph"),
    ],
)
def test_unusable_input_is_an_input_error_that_says_what_to_do(given: Any, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        from_networkx(given)
    assert caught.value.way_out


def test_odd_attributes_are_kept_as_text_or_refused_as_values() -> None:
    graph: nx.DiGraph[Any] = nx.DiGraph()
    graph.add_node(
        "g", label="Goal", tags=["x", "y"], size=float("inf"), mixed=1, half="\ud800", power=float("nan"), big=2**80
    )
    graph.add_node(("a", 1), label="Goal", mixed="one", size=1.5)
    built = from_networkx(graph)
    held = built.nodes.filter(pl.col("id") == "g")
    assert held.select("tags", "size", "mixed", "half", "big").row(0) == ("['x', 'y']", None, "1", "?", str(2**80))
    assert {r.what for r in built.data.refusals} == {"value"}


def test_an_empty_graph_goes_both_ways() -> None:
    built = from_networkx(nx.MultiDiGraph())
    assert built.nodes.is_empty()
    assert to_networkx(built).number_of_nodes() == 0
