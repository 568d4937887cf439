"""Who meets at a goal, or across a dependency: pairs made some at a time, so that memory follows the result."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from graphalign.graph import plain
from graphalign.graph.pairs import distinct, frame_of, keys_of, named, only, onward, packed, places, steps_of, where
from graphalign.graph.shared import projection

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graphalign.graph.facts import Facts

# So many pairs at a time, however many share a goal.
PAIRS_AT_ONCE = 5_000_000


def in_parts(left: pl.DataFrame, on: str, others: pl.Series) -> Iterator[pl.DataFrame]:
    """Yield the rows of a frame, in order, in parts that a join makes about `PAIRS_AT_ONCE` rows of.

    Parameters
    ----------
    left
        What is joined.
    on
        The column it is joined on, of node indices.
    others
        What it is joined with there; rows without such a value are left out.

    Yields
    ------
    polars.DataFrame
        Rows of `left`, at least one part, which may be empty.
    """
    at = places(left[on])
    size = np.bincount(places(others), minlength=int(at.max(initial=0)) + 1).take(at)
    if not size.all():
        left, size = where(left, size > 0), size.compress(size > 0)
    part = (np.cumsum(size) - size) // PAIRS_AT_ONCE
    starts = np.flatnonzero(np.diff(part, prepend=-1)) if len(part) else np.zeros(1, dtype=np.intp)
    for start, end in pairwise([*starts.tolist(), left.height]):
        yield left.slice(start, end - start)


def meetings(has: pl.DataFrame, steps: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Yield who meets whom over the steps between goals: the one has the goal, the other what it needs.

    Parameters
    ----------
    has
        (one, goal), each pair once: persons and their work, or partners and their goals.
    steps
        (goal, needed), each once; a goal with itself where those who share it meet.

    Yields
    ------
    polars.DataFrame
        (one, other, step), `one` the smaller, `step` a row of `steps`, whose order is kept. Two who both have both
        goals come twice.
    """
    goal, needed = steps["goal"].to_numpy(), steps["needed"].to_numpy()
    across = goal != needed
    whose = steps_of(keys_of(has, "goal", "one"), _beyond(has["goal"].to_numpy(), goal, needed))
    left = frame_of(np.sort(packed(*onward(goal, whose))), "step", "one")
    left = left.hstack([pl.Series("needed", needed.take(places(left["step"])))])
    for part in in_parts(left, "needed", has["goal"]):
        step, one, at = (column.to_numpy() for column in part.get_columns())
        which, other = onward(at, whose)
        step, one = step.take(which), one.take(which)
        # Over one goal each two come both ways, and each with itself.
        two = (one < other) | (across.take(step) & (one > other))
        one, other, step = one.compress(two), other.compress(two), step.compress(two)
        yield pl.DataFrame({"one": np.minimum(one, other), "other": np.maximum(one, other), "step": step})


def with_somebody(has: pl.DataFrame, steps: pl.DataFrame) -> pl.Series:
    """Return everybody who meets somebody as in `meetings`, each once, without making the pairs."""
    one, at = has["one"].to_numpy(), places(has["goal"])
    goal, needed = steps["goal"].to_numpy(), steps["needed"].to_numpy()
    n = _beyond(at, goal, needed)
    least, most = np.full(n, np.iinfo(np.uint32).max, dtype=np.uint32), np.zeros(n, dtype=np.uint32)
    np.minimum.at(least, at, one)
    np.maximum.at(most, at, one)
    both_ways = steps_of(packed(np.concatenate([goal, needed]), np.concatenate([needed, goal])), n)
    which, there = onward(at, both_ways)
    who, first, last = one.take(which), least.take(there), most.take(there)
    meets = (first <= last) & ((first != who) | (last != who))
    found = np.zeros(_beyond(one), dtype=np.bool_)
    found[who.compress(meets)] = True
    return pl.Series("one", np.flatnonzero(found), dtype=pl.UInt32)


def _beyond(*nodes: NDArray[Any]) -> int:
    """Return the first index that is beyond all of these nodes."""
    return 1 + max(int(some.max(initial=0)) for some in nodes)


def working_pairs(facts: Facts) -> pl.DataFrame:
    """Return (partner, other), the smaller first: partners who work on an active goal in common."""
    works = only(facts.works_on, "goal", facts.is_active_goal)
    if plain.few(works.height):
        partner, goal = (column.to_numpy() for column in works.get_columns())
        which, other = onward(goal, steps_of(packed(goal, partner), facts.n))
        return _two_apart(partner.take(which), other)
    return _pairs(facts, lambda matrix: _product(matrix(works), matrix(works).T))


@projection
def depending_pairs(facts: Facts) -> pl.DataFrame:
    """Return (partner, other), the smaller first: partners with a dependency between active goals of theirs."""
    needs, held = facts.dependencies, facts.partners_of_goal
    if plain.few(held.height + needs.height):
        whose = steps_of(keys_of(held), facts.n)
        which, one = onward(needs["goal"].to_numpy(), whose)
        again, other = onward(needs["needed"].to_numpy().take(which), whose)
        return _two_apart(one.take(again), other)

    def product(matrix: Any) -> Any:  # noqa: ANN401 (sparse matrices, which scipy does not type)
        from scipy.sparse import csr_array

        goals = matrix(held)
        ends = needs["goal"].to_numpy(), needs["needed"].to_numpy()
        steps = csr_array((np.ones(needs.height, dtype=np.bool_), ends), shape=(facts.n, facts.n))
        return _product(goals, _product(steps, goals.T))

    return _pairs(facts, product)


def _two_apart(one: NDArray[np.uint32], other: NDArray[np.uint32]) -> pl.DataFrame:
    """(partner, other): each two different partners once, the smaller first."""
    keys = packed(np.minimum(one, other), np.maximum(one, other)).compress(one != other)
    return frame_of(distinct(keys), "partner", "other")


def _product(left: Any, right: Any) -> Any:  # noqa: ANN401
    return left.tocsr() @ right.tocsr()


def _pairs(facts: Facts, product: Any) -> pl.DataFrame:  # noqa: ANN401
    from scipy.sparse import csr_array

    partners = facts.partners["partner"].sort().to_numpy()

    def matrix(pairs: pl.DataFrame) -> Any:  # noqa: ANN401
        ends = np.searchsorted(partners, pairs["partner"].to_numpy()), pairs["goal"].to_numpy()
        return csr_array((np.ones(pairs.height, dtype=np.bool_), ends), shape=(len(partners), facts.n))

    met = product(matrix).tocoo()
    return _two_apart(*(partners[at].astype(np.uint32) for at in met.coords))


@projection
def recent_pairs(facts: Facts) -> pl.DataFrame:
    """Return (partner, other), the smaller first: partners in recent contact, or with a member in common."""
    talk = named(facts.partner_contact, partner="partner", other="other")
    one, other = (column.to_numpy() for column in talk.get_columns())
    return where(talk, facts.partner_contact["recent"].to_numpy() & (one < other))
