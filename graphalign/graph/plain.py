"""Walks over few relationships in plain Python: importing scipy takes longer than they do.

Each gives what its twin in scipy gives; who asks decides by `few` which of the two walks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Up to so many relationships a walk takes milliseconds; loading scipy takes a quarter of a second.
FEW = 5_000


def few(n: int) -> bool:
    """Return whether so many relationships are few."""
    return n <= FEW


def weak_components(n: int, source: NDArray[np.uint32], target: NDArray[np.uint32]) -> NDArray[np.int32]:
    """Return each node's weakly connected component, numbered from 0 (union-find with path halving, Tarjan 1975).

    >>> weak_components(3, np.array([2], dtype=np.uint32), np.array([0], dtype=np.uint32)).tolist()
    [0, 1, 0]
    """
    above = list(range(n))

    def top(node: int) -> int:
        while above[node] != node:
            above[node] = above[above[node]]
            node = above[node]
        return node

    for a, b in zip(source.tolist(), target.tolist(), strict=True):
        one, other = sorted((top(a), top(b)))
        above[other] = one
    return _numbered([top(node) for node in range(n)])


def strong_components(n: int, source: NDArray[np.uint32], target: NDArray[np.uint32]) -> NDArray[np.int32]:
    """Return each node's strongly connected component, numbered from 0 (Tarjan 1972, without recursion).

    >>> circle = np.array([0, 1, 1], dtype=np.uint32), np.array([1, 0, 2], dtype=np.uint32)
    >>> strong_components(3, *circle).tolist()
    [0, 0, 1]
    """
    onward = _onward(source, target)
    label, low, number = [-1] * n, [0] * n, [0] * n
    count = 0
    open_: list[int] = []
    for root in onward:
        if number[root]:
            continue
        walk = [(root, iter(onward[root]))]
        count += 1
        number[root] = low[root] = count
        open_.append(root)
        while walk:
            node, rest = walk[-1]
            following = next(rest, None)
            if following is None:
                walk.pop()
                if walk:
                    low[walk[-1][0]] = min(low[walk[-1][0]], low[node])
                if low[node] == number[node]:
                    while label[node] < 0:
                        label[open_.pop()] = node
            elif not number[following]:
                count += 1
                number[following] = low[following] = count
                open_.append(following)
                walk.append((following, iter(onward.get(following, ()))))
            elif label[following] < 0:
                low[node] = min(low[node], number[following])
    return _numbered([node if at < 0 else at for node, at in enumerate(label)])


def matched(left: NDArray[np.uint32], right: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Return which of the left nodes have a partner in a maximum matching (augmenting paths, Kuhn 1955).

    >>> matched(np.array([0, 1], dtype=np.uint32), np.array([0, 0], dtype=np.uint32)).tolist()
    [True, False]
    """
    onward = _onward(left, right)
    holder: dict[int, int] = {}
    for node in onward:
        # A walk without recursion: whoever was reached through, so that the path can be turned round.
        through: dict[int, int] = {}
        open_ = [node]
        while open_:
            at = open_.pop()
            for other in onward[at]:
                if other not in through:
                    through[other] = at
                    if other not in holder:
                        open_ = []
                        _turned(other, node, through, holder)
                        break
                    open_.append(holder[other])
    result = np.zeros(int(left.max()) + 1 if len(left) else 0, dtype=np.bool_)
    result[list(holder.values())] = True
    return result


def _turned(end: int, start: int, through: dict[int, int], holder: dict[int, int]) -> None:
    """Give each right node on the path to `end` the left node that led to it."""
    held = {left: right for right, left in holder.items()}
    at = end
    while True:
        left = through[at]
        before = held.get(left)
        holder[at] = left
        if left == start or before is None:
            return
        at = before


def _onward(source: NDArray[np.uint32], target: NDArray[np.uint32]) -> dict[int, list[int]]:
    result: dict[int, list[int]] = {}
    for a, b in zip(source.tolist(), target.tolist(), strict=True):
        result.setdefault(a, []).append(b)
    return result


def _numbered(labels: list[int]) -> NDArray[np.int32]:
    numbers: dict[int, int] = {}
    return np.array([numbers.setdefault(label, len(numbers)) for label in labels], dtype=np.int32)
