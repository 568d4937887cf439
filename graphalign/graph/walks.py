"""Walks over relationships, over whole sets of nodes at once; all end on any cycle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from graphalign.graph import plain
from graphalign.graph.pairs import LOW, Steps, distinct, frame_of, keys_of, onward, packed, steps_of

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array


def pairs_along(pairs: pl.DataFrame, step: pl.DataFrame) -> pl.DataFrame:
    """Return the pairs and all that following a step from their second end leads to, at any depth.

    It ends on any cycle, as a round takes up only pairs not seen before.

    Parameters
    ----------
    pairs
        Two columns of node indices: who, and where it starts.
    step
        Two columns of node indices: from, to.

    Returns
    -------
    polars.DataFrame
        The columns of `pairs`, sorted, each pair once: the pairs given (no step) and all that are reached.

    >>> start = pl.DataFrame({"who": [7], "at": [0]}, schema={"who": pl.UInt32, "at": pl.UInt32})
    >>> circle = pl.DataFrame({"a": [0, 1], "b": [1, 0]}, schema={"a": pl.UInt32, "b": pl.UInt32})
    >>> pairs_along(start, circle).rows()
    [(7, 0), (7, 1)]
    """
    who, at = pairs.columns
    seen = frontier = distinct(keys_of(pairs))
    keys = keys_of(step)
    n = int(max((seen & LOW).max(initial=0), (keys & LOW).max(initial=0))) + 1
    steps = steps_of(keys, n)
    while len(frontier):
        which, ends = onward((frontier & LOW).astype(np.uint32), steps)
        reached = distinct(frontier[which] & ~LOW | ends)
        known = seen[np.minimum(np.searchsorted(seen, reached), len(seen) - 1)] == reached
        frontier = reached[~known]
        seen = distinct(np.concatenate([seen, frontier])) if len(frontier) else seen
    return frame_of(seen, who, at)


PEELINGS = 12


def components(
    n: int, source: NDArray[np.uint32], target: NDArray[np.uint32], *, strong: bool = False
) -> NDArray[np.int32]:
    """Return each node's component, weakly or strongly connected (Tarjan 1972), numbered from 0.

    >>> components(3, np.array([0], dtype=np.uint32), np.array([2], dtype=np.uint32)).tolist()
    [0, 1, 0]
    """
    if plain.few(len(source)):
        return (plain.strong_components if strong else plain.weak_components)(n, source, target)
    from scipy.sparse import csgraph

    _, labels = csgraph.connected_components(
        _matrix(n, source, target), directed=True, connection="strong" if strong else "weak"
    )
    return np.asarray(labels, dtype=np.int32)


def on_circles(source: NDArray[np.uint32], target: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Return which steps lie on a circle.

    >>> on_circles(np.array([0, 1, 2], dtype=np.uint32), np.array([1, 0, 0], dtype=np.uint32)).tolist()
    [True, True, False]
    """
    circle = np.zeros(len(source), dtype=np.bool_)
    left = np.arange(len(source))
    n = int(max(source.max(initial=0), target.max(initial=0))) + 1
    # What leads nowhere further is on no circle. Belonging is a few levels deep, so a few rounds mostly leave nothing.
    for _ in range(PEELINGS):
        leads = np.zeros(n, dtype=np.bool_)
        leads[source[left]] = True
        goes_on = leads[target[left]]
        if goes_on.all():
            break
        left = left[goes_on]
    if len(left):
        places, ends = np.unique(np.concatenate([source[left], target[left]]), return_inverse=True)
        a, b = ends[: len(left)].astype(np.uint32), ends[len(left) :].astype(np.uint32)
        parts = components(len(places), a, b, strong=True)
        circle[left] = parts[a] == parts[b]
    return circle


def reaches_other(
    n: int, source: NDArray[np.uint32], target: NDArray[np.uint32], seeds: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Return which nodes a walk of one step or more reaches from a seed that is not the node itself.

    Walks follow source -> target. On a cycle a node is reached from the others of it, never from itself alone, as
    "below ... never itself" asks. Linear in nodes and edges.

    >>> step = np.array([0, 1], dtype=np.uint32), np.array([1, 0], dtype=np.uint32)
    >>> reaches_other(2, *step, np.array([True, False])).tolist()
    [False, True]
    """
    if not seeds.any() or not len(source):
        return np.zeros(n, dtype=np.bool_)
    if not on_circles(source, target).any():
        return _below(n, steps_of(packed(source, target), n), np.flatnonzero(seeds))
    scc = components(n, source, target, strong=True)
    m = int(scc.max()) + 1
    within = np.bincount(scc, weights=seeds, minlength=m)
    a, b = scc[source], scc[target]
    between = a != b
    a, b = a[between], b[between]
    first = np.zeros(m, dtype=np.bool_)
    first[b[within[a] > 0]] = True
    reached = _reached(m, a, b, np.flatnonzero(first))
    result: NDArray[np.bool_] = reached[scc] | (within[scc] - seeds > 0)
    return result


def _below(n: int, steps: Steps, frontier: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Return which nodes walks of one step or more lead to from these nodes, where no walk runs in a circle."""
    reached = np.zeros(n, dtype=np.bool_)
    last = np.empty(n, dtype=np.intp)
    while len(frontier):
        ends = onward(frontier, steps)[1]
        ends = ends[~reached[ends]]
        reached[ends] = True
        # Each once: the place that stays written is the one it is taken at.
        last[ends] = np.arange(len(ends))
        frontier = ends[last[ends] == np.arange(len(ends))]
    return reached


def _reached(n: int, source: NDArray[Any], target: NDArray[Any], start: NDArray[Any]) -> NDArray[np.bool_]:
    """Return which nodes walks lead to from these nodes, themselves included."""
    if plain.few(len(source)):
        return plain.reached(n, source, target, start.tolist())
    from scipy.sparse import csgraph

    # A root that leads to every start: one linear walk answers for all.
    walk = _matrix(n + 1, np.concatenate([source, np.full(len(start), n)]), np.concatenate([target, start]))
    reached = np.zeros(n + 1, dtype=np.bool_)
    reached[csgraph.breadth_first_order(walk, n, return_predecessors=False)] = True
    return reached[:n]


def least_along(
    n: int, source: NDArray[np.uint32], target: NDArray[np.uint32], values: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return for each node the least value of itself and of all nodes from which a walk leads to it."""
    best = values.copy()
    moved = np.ones(n, dtype=np.bool_)
    while moved.any():
        live = moved[source]
        before = best.copy()
        np.minimum.at(best, target[live], best[source[live]])
        moved = best < before
    return best


def _matrix(n: int, source: NDArray[Any], target: NDArray[Any]) -> csr_array:
    from scipy.sparse import csr_array

    return csr_array((np.ones(len(source), dtype=np.bool_), (source, target)), shape=(n, n))
