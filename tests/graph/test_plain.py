"""Plain walks over few relationships: what scipy answers, on any graph."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.sparse import csgraph, csr_array

from graphalign.graph import plain

Ends = tuple[NDArray[np.uint32], NDArray[np.uint32]]
N = 9


def ends_of(pairs: list[tuple[int, int]]) -> Ends:
    both = np.array(pairs, dtype=np.uint32).reshape(-1, 2)
    return both[:, 0].copy(), both[:, 1].copy()


def matrix(source: NDArray[np.uint32], target: NDArray[np.uint32]) -> csr_array:
    return csr_array((np.ones(len(source), dtype=np.bool_), (source, target)), shape=(N, N))


def same_parts(a: NDArray[np.int32], b: NDArray[np.int32]) -> bool:
    return bool(((a[:, None] == a) == (b[:, None] == b)).all())


pairs = st.lists(st.tuples(st.integers(0, N - 1), st.integers(0, N - 1)), max_size=30)


@given(pairs)
def test_components_are_those_of_scipy(given_pairs: list[tuple[int, int]]) -> None:
    ends = ends_of(given_pairs)
    weak = csgraph.connected_components(matrix(*ends), connection="weak")[1]
    strong = csgraph.connected_components(matrix(*ends), connection="strong")[1]
    for found, theirs in ((plain.weak_components(N, *ends), weak), (plain.strong_components(N, *ends), strong)):
        assert same_parts(found, theirs)
        assert set(found) == set(range(len(set(found))))


@given(pairs)
def test_a_matching_is_as_large_as_that_of_scipy(given_pairs: list[tuple[int, int]]) -> None:
    ends = ends_of(given_pairs)
    theirs = csgraph.maximum_bipartite_matching(matrix(*ends), perm_type="column")
    assert int(plain.matched(*ends).sum()) == int((theirs >= 0).sum())


@pytest.mark.parametrize("length", [3_000])
def test_a_long_chain_ends_without_recursion(length: int) -> None:
    source, target = np.arange(length, dtype=np.uint32), np.arange(1, length + 1, dtype=np.uint32)
    assert plain.strong_components(length + 1, source, target).max() == length
    assert plain.weak_components(length + 1, source, target).max() == 0
