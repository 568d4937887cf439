"""The made-up alliance: the same for a seed, all of the vocabulary, sound, with defects to find."""

from __future__ import annotations

import polars as pl
import pytest

import graphalign as ga
from graphalign.vocabulary import LABELS, TYPES


def test_the_same_seed_makes_the_same_alliance() -> None:
    assert ga.generate(500, 4).equals(ga.generate(500, 4))
    assert not ga.generate(500, 4).equals(ga.generate(500, 5))


@pytest.mark.parametrize("n", [10, 11, 37, 100, 2000, 20_000])
def test_it_has_as_many_nodes_as_asked_and_five_relationships_each(n: int) -> None:
    graph = ga.generate(n, 1)
    assert graph.nodes.height == n
    assert graph.edges.height == pytest.approx(5 * n, rel=0.05)


def test_it_has_every_label_and_every_type() -> None:
    graph = ga.generate(2000, 1)
    assert set(graph.nodes["label"].cast(pl.String)) == set(LABELS)
    assert set(graph.edges["type"].cast(pl.String)) == set(TYPES)


@pytest.mark.parametrize("n", [10, 60, 3000])
def test_it_is_ordered_as_a_graph_is_and_links_what_may_be_linked(n: int) -> None:
    graph = ga.generate(n, 2)
    assert graph.ids.is_sorted()
    assert graph.ids.is_unique().all()
    assert (
        graph.edges.select("type", "source", "target")
        .with_columns(pl.col("type").cast(pl.String))
        .equals(
            graph.edges.select("type", "source", "target")
            .with_columns(pl.col("type").cast(pl.String))
            .sort("type", "source", "target")
        )
    )
    label = graph.nodes["label"].cast(pl.String)
    for name, kind in TYPES.items():
        part = graph.of_type(name)
        assert set(label.gather(part["source"])) <= set(kind.source)
        assert set(label.gather(part["target"])) <= set(kind.target)
        assert (part["source"] != part["target"]).all()
        assert part.drop("edge").is_unique().all()


def test_what_readers_refuse_is_not_in_it(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("sample") / "out"
    ga.write_graph(ga.generate(5000, 1), folder)
    data = ga.read(folder).data
    assert data.refusals == ()
    assert data.notes == ()


def test_its_defects_are_found_and_are_not_the_rule() -> None:
    report = ga.check(ga.generate(3000, 1), as_of="2026-06-30")
    verdicts = [r.verdict for r in report.results]
    assert verdicts.count("found") > len(verdicts) / 2
    # So few partners seldom weigh three goals in common.
    assert {r.rule.code for r in report.results if r.verdict in ("cannot judge", "not applicable")} <= {"CON206"}
    # Its people talk at random, not about their work: coordination it does not get right.
    assert all(r.found < r.judged * 0.55 for r in report.results if r.judged > 100 and r.rule.code[:3] != "COO")


@pytest.mark.parametrize(("nodes", "seed"), [(9, 1), (100, -1)])
def test_what_cannot_be_made_is_said(nodes: int, seed: int) -> None:
    with pytest.raises(ga.UsageError, match="ask for 10 nodes or more"):
        ga.generate(nodes, seed)
