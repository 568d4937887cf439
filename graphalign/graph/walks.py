"""Walks over relationships, over whole sets of nodes at once; all end on any cycle."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from numpy.typing import NDArray


def pairs_along(pairs: pl.DataFrame, step: pl.DataFrame) -> pl.DataFrame:
    """Return the pairs and all that following a step from their second end leads to, at any depth.

    Parameters
    ----------
    pairs
        Two columns: who, and where it starts.
    step
        Two columns: from, to.

    Returns
    -------
    polars.DataFrame
        The columns of `pairs`, each pair once: the pairs given (no step) and all that are reached.
    """
    who, at = pairs.columns
    step = step.filter(pl.col(step.columns[0]) != pl.col(step.columns[1]))
    hop = step.rename({step.columns[0]: at, step.columns[1]: "_to"})
    seen = frontier = pairs.unique()
    if _acyclic(step):
        # Every walk ends by itself, so what was seen need not be taken out on each step, which is quicker.
        parts = [seen]
        while frontier.height:
            frontier = frontier.join(hop, on=at).select(who, pl.col("_to").alias(at)).unique()
            parts.append(frontier)
        return pl.concat(parts).unique()
    while frontier.height:
        onward = frontier.join(hop, on=at).select(who, pl.col("_to").alias(at)).unique()
        frontier = onward.join(seen, on=[who, at], how="anti")
        seen = pl.concat([seen, frontier])
    return seen


def _acyclic(step: pl.DataFrame) -> bool:
    """Whether no walk returns: no two nodes are in one strongly connected component (self-loops left out before)."""
    if step.is_empty():
        return True
    source, target = (step[c].to_numpy() for c in step.columns)
    n = int(max(source.max(), target.max())) + 1
    return int(components(n, source, target, strong=True).max()) == n - 1


def components(
    n: int, source: NDArray[np.uint32], target: NDArray[np.uint32], *, strong: bool = False
) -> NDArray[np.int32]:
    """Return each node's component, weakly or strongly connected (Tarjan 1972), numbered from 0.

    >>> components(3, np.array([0], dtype=np.uint32), np.array([2], dtype=np.uint32)).tolist()
    [0, 1, 0]
    """
    from scipy.sparse import csgraph

    _, labels = csgraph.connected_components(
        _matrix(n, source, target), directed=True, connection="strong" if strong else "weak"
    )
    return np.asarray(labels, dtype=np.int32)


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
    from scipy.sparse import csgraph

    scc = components(n, source, target, strong=True)
    m = int(scc.max()) + 1
    within = np.bincount(scc, weights=seeds, minlength=m)
    a, b = scc[source], scc[target]
    between = a != b
    a, b = a[between], b[between]
    first = np.unique(b[within[a] > 0])
    # A root that leads to every component one step past a seed: one linear walk answers for all seeds.
    walk = _matrix(m + 1, np.concatenate([a, np.full(len(first), m)]), np.concatenate([b, first]))
    reached = np.zeros(m + 1, dtype=np.bool_)
    reached[csgraph.breadth_first_order(walk, m, return_predecessors=False)] = True
    result: NDArray[np.bool_] = reached[scc] | (within[scc] - seeds > 0)
    return result


def least_along(
    n: int, source: NDArray[np.uint32], target: NDArray[np.uint32], values: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return for each node the least value of itself and of all nodes from which a walk source -> target leads to it."""
    best = values.copy()
    moved = np.ones(n, dtype=np.bool_)
    while moved.any():
        live = moved[source]
        before = best.copy()
        np.minimum.at(best, target[live], best[source[live]])
        moved = best < before
    return best


def _matrix(n: int, source: NDArray[np.integer], target: NDArray[np.integer]):  # type: ignore[no-untyped-def]
    from scipy.sparse import csr_array

    return csr_array((np.ones(len(source), dtype=np.bool_), (source, target)), shape=(n, n))
