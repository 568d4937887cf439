"""Walks over relationships, over whole sets of nodes at once; all end on any cycle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from graphalign.graph import plain
from graphalign.graph.pairs import LOW, Steps, distinct, frame_of, held_by, keys_of, onward, packed, steps_of

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
    keys = keys_of(step)
    seen = [distinct(keys_of(pairs))]
    n = int(max((seen[0] & LOW).max(initial=0), (keys & LOW).max(initial=0))) + 1
    steps = steps_of(keys, n)
    while len(seen[-1]):
        which, ends = onward((seen[-1] & LOW).astype(np.uint32), steps)
        reached = distinct(seen[-1].take(which) & ~LOW | ends)
        for before in seen:
            reached = reached.compress(~held_by(before, reached))
        seen.append(reached)
    return frame_of(distinct(np.concatenate(seen)), who, at)


PEELINGS = 12


def components(
    n: int, source: NDArray[np.uint32], target: NDArray[np.uint32], *, strong: bool = False
) -> NDArray[np.int32]:
    """Return each node's component, weakly or strongly connected (Tarjan 1972), numbered from 0.

    >>> components(3, np.array([0], dtype=np.uint32), np.array([2], dtype=np.uint32)).tolist()
    [0, 1, 0]
    """
    if strong:
        return _strong_components(n, source, target)
    if plain.few(len(source)):
        return plain.weak_components(n, source, target)
    from scipy.sparse import csgraph

    _, labels = csgraph.connected_components(_matrix(n, source, target), directed=False)
    return np.asarray(labels, dtype=np.int32)


def _strong_components(n: int, source: NDArray[np.uint32], target: NDArray[np.uint32]) -> NDArray[np.int32]:
    label, _ = _least_of_component(n, source, target)
    first = label == np.arange(n)
    return (np.cumsum(first, dtype=np.int32) - 1).take(label)


def _least_of_component(
    n: int, source: NDArray[np.uint32], target: NDArray[np.uint32]
) -> tuple[NDArray[np.int32], NDArray[np.intp]]:
    """Return the least node of each node's strongly connected component, and the nodes that may not be alone in it."""
    left = _unpeeled(n, source, target)
    label = np.arange(n, dtype=np.int32)
    held = np.zeros(n, dtype=np.bool_)
    held[source[left]] = held[target[left]] = True
    nodes = np.flatnonzero(held)
    if not len(nodes):
        return label, nodes
    number = np.cumsum(held, dtype=np.uint32) - np.uint32(1)
    ends = number[source[left]], number[target[left]]
    if plain.few(len(left)):
        parts = plain.strong_components(len(nodes), *ends)
    else:
        from scipy.sparse import csgraph

        _, parts = csgraph.connected_components(_matrix(len(nodes), *ends), directed=True, connection="strong")
    least = np.full(len(nodes), n, dtype=np.int32)
    np.minimum.at(least, parts, nodes.astype(np.int32))
    label[nodes] = least[parts]
    return label, nodes


def _unpeeled(n: int, source: NDArray[np.uint32], target: NDArray[np.uint32]) -> NDArray[np.intp]:
    """Return the steps that are left when what leads nowhere, or is led to from nowhere, is taken off time and again.

    What is taken off is on no circle. Belonging and goals are a few levels deep, so that little or nothing is left.
    """
    left = np.arange(len(source))
    for _ in range(PEELINGS):
        leads, led = np.zeros((2, n), dtype=np.bool_)
        leads[source[left]] = led[target[left]] = True
        goes_on = leads[target[left]] & led[source[left]]
        if goes_on.all():
            break
        left = left.compress(goes_on)
    return left


def on_circles(source: NDArray[np.uint32], target: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Return which steps lie on a circle.

    >>> on_circles(np.array([0, 1, 2], dtype=np.uint32), np.array([1, 0, 0], dtype=np.uint32)).tolist()
    [True, True, False]
    """
    parts = components(int(max(source.max(initial=0), target.max(initial=0))) + 1, source, target, strong=True)
    circle: NDArray[np.bool_] = parts[source] == parts[target]
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
    least, tangled = _least_of_component(n, source, target)
    if not len(tangled):
        return _below(n, steps_of(packed(source, target), n), np.flatnonzero(seeds))
    # Between components, each known by its least node, no walk runs in a circle.
    a, b = least[source], least[target]
    steps = steps_of(packed(a, b)[a != b], n)
    seeded = np.zeros(n, dtype=np.bool_)
    seeded[least[seeds]] = True
    result = _below(n, steps, np.flatnonzero(seeded))[least]
    # Within one, a node is reached from every other seed of it.
    of = least[tangled]
    others = np.bincount(of, weights=seeds[tangled])[of] - seeds[tangled]
    result[tangled] |= others > 0
    return result


def _below(n: int, steps: Steps, frontier: NDArray[Any]) -> NDArray[np.bool_]:
    """Return which nodes walks of one step or more lead to from these nodes, where no walk runs in a circle."""
    reached = np.zeros(n, dtype=np.bool_)
    last = np.empty(n, dtype=np.intp)
    while len(frontier):
        ends = onward(frontier, steps)[1]
        ends = ends.compress(~reached.take(ends))
        reached[ends] = True
        # Each once: the place that stays written is the one it is taken at.
        last[ends] = np.arange(len(ends))
        frontier = ends.compress(last.take(ends) == np.arange(len(ends)))
    return reached


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
