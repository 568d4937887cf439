"""Walks over packed pairs: what networkx answers, on any graph, circles included."""

from __future__ import annotations

import networkx as nx
import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from graphalign.graph import plain
from graphalign.graph.walks import components, on_circles, pairs_along, reaches_other

N = 9
Pairs = list[tuple[int, int]]
pairs = st.lists(st.tuples(st.integers(0, N - 1), st.integers(0, N - 1)), max_size=30)


def ends_of(given_pairs: Pairs) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    both = np.array(given_pairs, dtype=np.uint32).reshape(-1, 2)
    return both[:, 0].copy(), both[:, 1].copy()


def graph_of(given_pairs: Pairs) -> nx.DiGraph[int]:
    graph = nx.DiGraph(given_pairs)
    graph.add_nodes_from(range(N))
    return graph


@pytest.fixture(params=["plain", "scipy"])
def few(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain, "FEW", 5_000 if request.param == "plain" else -1)


@pytest.mark.usefixtures("few")
@given(pairs)
def test_components_and_circles_are_those_of_networkx(given_pairs: Pairs) -> None:
    graph, ends = graph_of(given_pairs), ends_of(given_pairs)
    strong = {frozenset(part) for part in nx.strongly_connected_components(graph)}
    for label, parts in (
        (components(N, *ends, strong=True), strong),
        (components(N, *ends), {frozenset(part) for part in nx.weakly_connected_components(graph)}),
    ):
        assert {frozenset(np.flatnonzero(label == i).tolist()) for i in range(label.max() + 1)} == parts
    together = [any({a, b} <= part for part in strong) for a, b in given_pairs]
    assert on_circles(*ends).tolist() == together


@pytest.mark.usefixtures("few")
@given(pairs, st.sets(st.integers(0, N - 1)))
def test_a_node_is_reached_from_seeds_that_are_not_itself(given_pairs: Pairs, seeds: set[int]) -> None:
    graph = graph_of(given_pairs)
    expected = [bool((nx.ancestors(graph, node) - {node}) & seeds) for node in range(N)]
    held = np.zeros(N, dtype=np.bool_)
    held[list(seeds)] = True
    assert reaches_other(N, *ends_of(given_pairs), held).tolist() == expected


@pytest.fixture(params=["one after the other", "at once"])
def followed(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graphalign.graph.pairs.FEW_EACH", 256 if request.param == "one after the other" else -1)


@pytest.mark.usefixtures("followed")
@given(pairs, pairs)
def test_pairs_along_steps_are_all_that_walks_lead_to(start: Pairs, steps: Pairs) -> None:
    graph = graph_of(steps)
    expected = {(who, end) for who, at in start for end in {at, *nx.descendants(graph, at)}}
    frames = [pl.DataFrame(dict(zip("ab", ends_of(given), strict=True))) for given in (start, steps)]
    assert pairs_along(*frames).rows() == sorted(expected)


def test_a_chain_longer_than_it_is_peeled_has_no_circle() -> None:
    source, target = np.arange(3_000, dtype=np.uint32), np.arange(1, 3_001, dtype=np.uint32)
    assert not on_circles(source, target).any()
    assert components(3_001, source, target, strong=True).max() == 3_000
    seeds = np.arange(3_001) == 0
    assert reaches_other(3_001, source, target, seeds).sum() == 3_000
