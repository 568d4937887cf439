"""What is written reads back as the same graph, in every form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import graphalign as ga
from graphalign.graph.build import build
from graphalign.tables import Statements
from graphalign.vocabulary import ENGAGEMENT, LABELS, TYPES

REAL = Path(__file__).parents[2] / "../shared/data"
FORMS = [
    ("csv", "out"),
    ("zip", "out.zip"),
    ("workbook", "out.xlsx"),
    ("yaml", "out.yaml"),
    ("json", "out.json"),
    ("node-link", "out.json"),
    ("parquet", "out.parquet"),
]
forms = pytest.mark.parametrize(("form", "name"), FORMS, ids=[form for form, _ in FORMS])


def built(nodes: list[dict[str, Any]], edges: list[dict[str, Any]]) -> ga.AlignmentGraph:
    node_frame, edge_frame = (pl.DataFrame(rows, infer_schema_length=None) for rows in (nodes, edges))
    graph = build(Statements(node_frame, edge_frame))
    assert graph.data.refusals == ()
    return graph


def back(graph: ga.AlignmentGraph, form: str, path: Path) -> ga.AlignmentGraph:
    ga.write_graph(graph, path, form)
    again = ga.read(path)
    assert again.data.refusals == ()
    return again


def plain(graph: ga.AlignmentGraph) -> tuple[dict[str, Any], list[str]]:
    """Return nodes and relationships without the places where they were said."""
    held = graph.to_networkx()

    def bare(data: dict[str, Any]) -> dict[str, Any]:
        return {k: data[k] for k in sorted(data) if not k.startswith("_")}

    return {n: bare(d) for n, d in held.nodes(data=True)}, sorted(
        f"{a} {b} {bare(d)}" for a, b, d in held.edges(data=True)
    )


def same(one: ga.AlignmentGraph, other: ga.AlignmentGraph) -> bool:
    """Compare row by row first, so that a failure shows which."""
    (nodes, edges), (other_nodes, other_edges) = plain(one), plain(other)
    assert {k: (v, other_nodes.get(k)) for k, v in nodes.items() if v != other_nodes.get(k)} == {}
    assert len(nodes) == len(other_nodes)
    assert sorted(set(edges) ^ set(other_edges)) == []
    return one.equals(other)


@forms
def test_a_made_up_alliance_comes_back(tmp_path: Path, form: str, name: str) -> None:
    graph = ga.generate(400, 3)
    assert same(back(graph, form, tmp_path / name), graph)


@forms
@pytest.mark.parametrize("folder", ["rust-goals-2025h2", "cpython-experts"])
def test_real_data_comes_back(tmp_path: Path, form: str, name: str, folder: str) -> None:
    graph = ga.read(REAL / folder)
    assert same(back(graph, form, tmp_path / name), graph)


HOSTILE = [
    '=cmd|" /C calc"!A0',
    "+1",
    "-1",
    "@SUM(A1)",
    "#N/A",
    "a;b",
    "a, b",
    "quote \" and ' and \\",
    "two\nlines",
    "{a: b}",
    "- item",
    "yes",
    "null",
    "2026-01-01",
    "007",
    "1e5",
    "1_000",
    "&anchor",
    "*owner*",
    "Größe 漢字 🚢",
    "\u202eevil",
    "<b>x</b>",
    "x" * 10_000,
    "tab\there",
    "ID",
    "TBD",
]
# Whoever is called so is nobody.
NAMES = [text for text in HOSTILE if text not in ("TBD", "*owner*")]


@forms
def test_hostile_texts_come_back_as_they_are(tmp_path: Path, form: str, name: str) -> None:
    nodes = [{"id": f"g{i}", "label": "Goal", "name": text, "theme": f"t {text}"} for i, text in enumerate(HOSTILE)]
    people = [{"id": f"p{i}", "label": "Stakeholder", "name": text} for i, text in enumerate(NAMES)]
    edges = [{"source": f"p{i}", "type": "ACCOUNTABLE_FOR", "target": f"g{i}"} for i in range(len(NAMES))] + [
        {"source": "p0", "type": "CONSULTED_ON", "target": f"g{i}"} for i in range(len(HOSTILE))
    ]
    graph = built([*nodes, *people], edges)
    assert same(back(graph, form, tmp_path / name), graph)


@forms
def test_hostile_ids_come_back_as_they_are(tmp_path: Path, form: str, name: str) -> None:
    ids = [text for text in HOSTILE if "\n" not in text and "\t" not in text]
    nodes: list[dict[str, Any]] = [{"id": text, "label": "Goal", "name": f"Goal {i}"} for i, text in enumerate(ids)]
    nodes += [{"id": "a", "label": "Stakeholder", "name": None}, {"id": "b", "label": "Stakeholder", "name": "a"}]
    edges = [{"source": who, "type": "ACCOUNTABLE_FOR", "target": text} for text in ids for who in ("a", "b")]
    edges += [{"source": a, "type": "CONTRIBUTES_TO", "target": b} for a, b in pairwise(ids)]
    graph = built(nodes, edges)
    assert same(back(graph, form, tmp_path / name), graph)


@forms
def test_types_come_back(tmp_path: Path, form: str, name: str) -> None:
    typed = {
        "due": "2026-02-03",
        "shared": "yes",
        "budget": "2.5",
        "seen": "true",
        "since": "2020-01-01",
        "code": "007",
    }
    others = {"due": None, "shared": "no", "budget": "3", "seen": "false", "since": "2021-01-01", "code": "1"}
    nodes: list[dict[str, Any]] = [
        {"id": "1", "label": "Goal", "name": "12", **typed},
        {"id": "2", "label": "Goal", "name": "13", **others},
        {"id": "3", "label": "Stakeholder", "name": "14", "power": "7.5", "capacity": "3", "engagement": "leading"},
    ]
    edges: list[dict[str, Any]] = [
        {"source": "1", "type": "DEPENDS_ON", "target": "2", "remark": "first"},
        {"source": "1", "type": "CONTRIBUTES_TO", "target": "2", "weight": "-12.5"},
        {"source": "3", "type": "RESPONSIBLE_FOR", "target": "1", "remark": "half time"},
        {"source": "3", "type": "INFORMED_OF", "target": "2"},
    ]
    again = back(built(nodes, edges), form, tmp_path / name)
    assert same(again, built(nodes, edges))
    first = plain(again)[0]["1"]
    known = {
        "due": date(2026, 2, 3),
        "shared": True,
        "budget": 2.5,
        "seen": True,
        "since": date(2020, 1, 1),
        "code": "007",
    }
    assert first == {"label": "Goal", "name": "12", **known}


@forms
def test_what_is_outside_the_vocabulary_comes_back(tmp_path: Path, form: str, name: str) -> None:
    nodes = [
        {"id": "s", "label": "System", "name": "Billing", "owner": "ask Ana", "kind": "legacy"},
        {"id": "a", "label": "Stakeholder", "name": "Ana", "partner": "she has none"},
        {"id": "g", "label": "Goal", "name": "Go", "owner": "nobody's word", "part_of": "a plan"},
        {"id": "h", "label": "Goal", "name": "Stay", "raci": "text", "effort": "odd"},
    ]
    edges = [
        {"source": "a", "type": "RUNS", "target": "s", "since": "2020"},
        {"source": "a", "type": "ACCOUNTABLE_FOR", "target": "g"},
        {"source": "g", "type": "USES", "target": "s"},
    ]
    graph = build(
        Statements(pl.DataFrame(nodes, infer_schema_length=None), pl.DataFrame(edges, infer_schema_length=None))
    )
    assert same(back(graph, form, tmp_path / name), graph)


def alliances() -> st.SearchStrategy[tuple[list[dict[str, Any]], list[dict[str, Any]]]]:
    """Small alliances whose names collide with each other and with ids."""
    words = st.sampled_from(["a", "b", "A", "a b", "g1", "s1", "x;y", "=1", "12", "Ana Ruiz", "ana  ruiz"])
    ids = {label: [f"{label[0].lower()}{i}" for i in range(3)] for label in LABELS}
    nodes = st.tuples(
        *(
            st.fixed_dictionaries(
                {
                    "id": st.just(i),
                    "label": st.just(label),
                    "name": st.none() | words,
                    "engagement": (st.none() | st.sampled_from(ENGAGEMENT)) if label == "Stakeholder" else st.none(),
                }
            )
            for label, held in ids.items()
            for i in held
        )
    ).map(list)
    kinds = [
        (t, a, b)
        for t, k in TYPES.items()
        for a in k.source
        for b in k.target
        if t not in ("MEMBER_OF", "REPORTS_TO", "PART_OF") or a != b
    ]

    @st.composite
    def edge(draw: Callable[..., Any]) -> dict[str, Any]:
        kind, a, b = draw(st.sampled_from(kinds))
        source = draw(st.sampled_from(ids[a]))
        target = draw(st.sampled_from([i for i in ids[b] if i != source]))
        weight = str(draw(st.integers(1, 90))) if "weight" in TYPES[kind].properties and draw(st.booleans()) else None
        return {"source": source, "type": kind, "target": target, "weight": weight}

    def key(e: dict[str, Any]) -> tuple[str, ...]:
        return (
            e["type"],
            *(sorted((e["source"], e["target"])) if TYPES[e["type"]].both_ways else (e["source"], e["target"])),
        )

    return st.tuples(nodes, st.lists(edge(), min_size=1, max_size=25, unique_by=key))


@pytest.mark.parametrize(
    ("form", "name"), [f for f in FORMS if f[0] in ("workbook", "yaml", "csv")], ids=["csv", "workbook", "yaml"]
)
@settings(max_examples=30)
@given(alliance=alliances())
def test_whatever_the_names_are_the_graph_comes_back(
    tmp_path_factory: pytest.TempPathFactory,
    form: str,
    name: str,
    alliance: tuple[list[dict[str, Any]], list[dict[str, Any]]],
) -> None:
    graph = built(*alliance)
    assert same(back(graph, form, tmp_path_factory.mktemp("round") / name), graph)


@forms
def test_the_same_graph_gives_the_same_bytes(tmp_path: Path, form: str, name: str) -> None:
    graph = ga.generate(50, 2)
    made = []
    for turn in ("one", "two"):
        folder = tmp_path / turn
        folder.mkdir()
        ga.write_graph(graph, folder / name, form)
        made.append({p.name: p.read_bytes() for p in folder.rglob("*") if p.is_file()})
    assert made[0] == made[1] != {}
