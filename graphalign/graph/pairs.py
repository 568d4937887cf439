"""Pairs of node indices, each packed into one 64-bit number: sorting numbers is several times quicker than joining."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from numpy.typing import NDArray

LOW, SHIFT = np.uint64(0xFFFFFFFF), np.uint64(32)
# More than so many keys among more than so many others are looked for in order.
MANY = 1 << 16


def packed(high: NDArray[Any], low: NDArray[Any]) -> NDArray[np.uint64]:
    """Return pairs of 32-bit numbers as one number each, which sort as the pairs do."""
    keys = high.astype(np.uint64)
    keys <<= SHIFT
    np.bitwise_or(keys, low, out=keys, dtype=np.uint64, casting="unsafe")
    return keys


def distinct(keys: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return the keys sorted, each once; on large integers quicker than hashing.

    >>> distinct(np.array([3, 1, 3], dtype=np.uint64)).tolist()
    [1, 3]
    """
    new = np.ones(len(keys), dtype=np.bool_)
    if np.greater(keys[1:], keys[:-1], out=new[1:]).all():
        return keys
    keys = np.sort(keys)
    np.not_equal(keys[1:], keys[:-1], out=new[1:])
    return keys.compress(new)


def repeated(keys: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Return which keys occur more than once; a sort is several times as quick as a hash table.

    >>> repeated(np.array([3, 1, 3], dtype=np.uint64)).tolist()
    [True, False, True]
    """
    order = np.argsort(keys)
    same = np.zeros(len(keys) + 1, dtype=np.bool_)
    np.equal(keys[order[1:]], keys[order[:-1]], out=same[1:-1])
    found = np.zeros(len(keys), dtype=np.bool_)
    found[order] = same[1:] | same[:-1]
    return found


def keys_of(pairs: pl.DataFrame, high: str | None = None, low: str | None = None) -> NDArray[np.uint64]:
    """Return the pairs in two columns of a frame, by default its only ones, as one number each, in its order."""
    ends = pairs.get_columns() if high is None or low is None else (pairs[high], pairs[low])
    return packed(*(column.to_numpy() for column in ends))


def frame_of(keys: NDArray[np.uint64], high: str, low: str) -> pl.DataFrame:
    """Return sorted keys as a frame of two columns of node indices, which knows that its first column is sorted."""
    first = pl.Series(high, (keys >> SHIFT).astype(np.uint32)).set_sorted()
    return pl.DataFrame([first, pl.Series(low, (keys & LOW).astype(np.uint32))])


def once(*frames: pl.DataFrame) -> pl.DataFrame:
    """Return the pairs of frames of the same two columns, sorted, each once.

    >>> pairs = pl.DataFrame({"a": [2, 1, 2], "b": [5, 6, 5]}, schema={"a": pl.UInt32, "b": pl.UInt32})
    >>> once(pairs).rows()
    [(1, 6), (2, 5)]
    """
    high, low = frames[0].columns
    keys = [keys_of(frame, high, low) for frame in frames]
    return frame_of(distinct(keys[0] if len(keys) == 1 else np.concatenate(keys)), high, low)


def only(frame: pl.DataFrame, column: str, mask: NDArray[np.bool_]) -> pl.DataFrame:
    """Return the rows whose node in `column` the mask, by index, is true of."""
    return where(frame, mask.take(places(frame[column])))


def where(frame: pl.DataFrame, rows: NDArray[np.bool_]) -> pl.DataFrame:
    """Return the rows that the mask is true of: column by column, without a query to plan, which few rows wait for.

    >>> where(pl.DataFrame({"a": [1, 2], "b": [3, 4]}), np.array([False, True])).rows()
    [(2, 4)]
    """
    kept = pl.Series(rows)
    return pl.DataFrame([column.filter(kept) for column in frame.get_columns()])


def named(frame: pl.DataFrame, **columns: str) -> pl.DataFrame:
    """Return columns of a frame under other names, without a query to plan.

    >>> named(pl.DataFrame({"a": [1], "b": [2]}), y="b", a="a").rows(named=True)
    [{'y': 2, 'a': 1}]
    """
    return pl.DataFrame([frame[held].alias(name) for name, held in columns.items()])


def put(frame: pl.DataFrame, *columns: pl.Series) -> pl.DataFrame:
    """Return a frame with these columns, in place of those of their names or after all others, without a query to plan.

    >>> put(pl.DataFrame({"a": [1], "b": [2]}), pl.Series("c", [3]), pl.Series("a", [4])).rows()
    [(4, 2, 3)]
    """
    there = frame.columns
    result = frame.hstack([column for column in columns if column.name not in there])
    for column in columns:
        if column.name in there:
            result.replace_column(there.index(column.name), column)
    return result


def places(nodes: pl.Series) -> NDArray[np.intp]:
    """Return node indices as places in an array: turned into them once, they are taken twice as fast."""
    return nodes.to_numpy().astype(np.intp)


def among(pairs: pl.DataFrame, others: pl.DataFrame) -> NDArray[np.bool_]:
    """Return which pairs are among others; of these, columns of the same names count.

    >>> some = pl.DataFrame({"a": [1, 2], "b": [6, 5]}, schema={"a": pl.UInt32, "b": pl.UInt32})
    >>> among(some.select("b", "a"), some.head(1)).tolist()
    [True, False]
    """
    return held_by(distinct(keys_of(others, *pairs.columns)), keys_of(pairs))


def held_by(ordered: NDArray[np.uint64], keys: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Return which keys are among these, which are sorted.

    >>> held_by(np.array([1, 3], dtype=np.uint64), np.array([3, 2], dtype=np.uint64)).tolist()
    [True, False]
    """
    if not len(ordered):
        return np.zeros(len(keys), dtype=np.bool_)
    if min(len(ordered), len(keys)) > MANY and not (keys[1:] >= keys[:-1]).all():
        # To halve so often is to wait for memory: in order, one look begins where the last one ended.
        order = np.argsort(keys)
        result = np.empty(len(keys), dtype=np.bool_)
        result[order] = held_by(ordered, keys.take(order))
        return result
    at = np.searchsorted(ordered, keys)
    np.minimum(at, len(ordered) - 1, out=at)
    return np.equal(ordered.take(at), keys)


class Steps(NamedTuple):
    """Where steps lead: the ends of those from node i stand in `ends` from `first[i]` to before `first[i + 1]`."""

    first: NDArray[np.int32]
    ends: NDArray[np.uint32]


def steps_of(keys: NDArray[np.uint64], n: int) -> Steps:
    """Return the steps that packed pairs of (from, to) say, between n nodes."""
    keys = distinct(keys)
    # As the numbers that are counted, and added up, they are not turned into such first: that takes as long again.
    counts = np.bincount((keys >> SHIFT).view(np.int64), minlength=n).astype(np.int32)
    first = np.zeros(len(counts) + 1, dtype=np.int32)
    np.cumsum(counts, dtype=np.int32, out=first[1:])
    return Steps(first, (keys & LOW).astype(np.uint32))


# Up to so many steps from one node they are followed one after the other, which needs no places to be counted.
FEW_EACH = 256


def onward(at: NDArray[Any], steps: Steps) -> tuple[NDArray[np.intp], NDArray[np.uint32]]:
    """Return where steps lead from each of these nodes: which of them, and an end; one for each way, in no order.

    >>> steps = steps_of(packed(np.array([1, 1]), np.array([6, 5])), 7)
    >>> which, ends = onward(np.array([3, 1], dtype=np.uint32), steps)
    >>> which.tolist(), ends.tolist()
    ([1, 1], [5, 6])
    """
    start, count = _spans(at, steps)
    most = int(count.max(initial=0))
    if most <= FEW_EACH:
        nth = [np.flatnonzero(count)]
        for i in range(1, most):
            nth.append(nth[-1].compress(count.take(nth[-1]) > i))
        return np.concatenate(nth), np.concatenate([steps.ends.take(start.take(w) + i) for i, w in enumerate(nth)])
    which = np.repeat(np.arange(len(at)), count)
    # The place of each among the ends: where its node's begin, and how many of that node's came before.
    place = np.arange(len(which)) + np.repeat(start - (np.cumsum(count) - count), count)
    return which, steps.ends[place]


def leads(at: NDArray[Any], ends: NDArray[np.uint32], steps: Steps) -> NDArray[np.bool_]:
    """Return whether a step leads from each of these nodes to the end beside it.

    >>> steps = steps_of(packed(np.array([1, 1]), np.array([6, 5])), 7)
    >>> leads(np.array([1, 1, 3]), np.array([5, 4, 5], dtype=np.uint32), steps).tolist()
    [True, False, False]
    """
    start, count = _spans(at, steps)
    found = np.zeros(len(at), dtype=np.bool_)
    left, nth = np.flatnonzero(count), 0
    while len(left):
        found[left] = steps.ends.take(start.take(left) + nth) == ends.take(left)
        nth += 1
        left = left.compress((count.take(left) > nth) & ~found.take(left))
    return found


def in_common(
    one: NDArray[Any], other: NDArray[Any], keys: NDArray[np.uint64], n: int
) -> tuple[NDArray[np.intp], NDArray[np.uint32]]:
    """Return what the two of each pair both lead to: which pair, and an end; `keys` are sorted pairs of (from, to).

    >>> keys = packed(np.array([1, 1, 2]), np.array([5, 6, 6]))
    >>> which, ends = in_common(np.array([1, 2]), np.array([2, 0]), keys, 7)
    >>> which.tolist(), ends.tolist()
    ([0], [6])
    """
    which, ends = onward(one, steps_of(keys, n))
    both = held_by(keys, packed(other.take(which), ends))
    return which.compress(both), ends.compress(both)


def _spans(at: NDArray[Any], steps: Steps) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return where the steps from each of these nodes begin, and how many they are."""
    nodes = at.astype(np.intp, copy=False)
    start = steps.first.take(nodes)
    return start, steps.first[1:].take(nodes) - start


def through(pairs: pl.DataFrame, step: pl.DataFrame) -> pl.DataFrame:
    """Return (first of a pair, where the step leads from its second), sorted, each once.

    >>> step = pl.DataFrame({"a": [6, 6], "c": [9, 8]}, schema={"a": pl.UInt32, "c": pl.UInt32})
    >>> through(pl.DataFrame({"b": [1], "a": [6]}, schema={"b": pl.UInt32, "a": pl.UInt32}), step).rows()
    [(1, 8), (1, 9)]
    """
    who, at = (column.to_numpy() for column in pairs.get_columns())
    which, ends = onward(at, steps_of(keys_of(step), int(at.max(initial=0)) + 1))
    return frame_of(distinct(packed(who.take(which), ends)), pairs.columns[0], step.columns[1])


def lists(pairs: pl.DataFrame, name: str) -> pl.DataFrame:
    """Return each first node of pairs once, and beside it, as `name`, the sorted list of its second ones.

    >>> pairs = pl.DataFrame({"a": [2, 1, 2], "b": [5, 6, 4]}, schema={"a": pl.UInt32, "b": pl.UInt32})
    >>> lists(pairs, "bs").rows()
    [(1, [6]), (2, [4, 5])]
    """
    first, second = pairs.columns
    return once(pairs).group_by(first, maintain_order=True).agg(pl.col(second).alias(name))


def unlisted(column: pl.Series) -> pl.DataFrame:
    """Return what is in each list of a column: (row, value), in order; nothing of a list that is null or empty.

    >>> unlisted(pl.Series([["a", "b"], None, ["c"]])).rows()
    [(0, 'a'), (0, 'b'), (2, 'c')]
    """
    rows = pl.Series("row", np.arange(len(column), dtype=np.uint32))
    each = pl.DataFrame([rows, column.alias("value")]).explode("value")
    return each.drop_nulls("value") if each["value"].null_count() else each
