"""What each goal is worth to each partner: GRL values (ITU-T Z.151), over all partners at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from graphalign.graph import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

MOST_ROUNDS = 2_000
MOST_CELLS = 4_000_000
SETTLED = 1e-9


def valuations(fixed: pl.DataFrame, contributions: pl.DataFrame) -> tuple[pl.DataFrame, pl.Series]:
    """Return the value of every goal to every partner that values it at all.

    A partner's own goals are fixed at 100, all others start from 0; each round a goal's value becomes the sum of
    value x weight / 100 over its contributors, clamped to -100..100, as many rounds as there are goals.

    Parameters
    ----------
    fixed
        (partner, goal): whose goals they are.
    contributions
        (goal, parent, weight), weight -100..100.

    Returns
    -------
    tuple
        (partner, goal, value) where value is not 0, and the partners whose values did not settle.

    >>> steps = pl.DataFrame(
    ...     {"goal": [0], "parent": [1], "weight": [-50.0]}, schema_overrides={"goal": pl.UInt32, "parent": pl.UInt32}
    ... )
    >>> own = pl.DataFrame({"partner": [9], "goal": [0]}, schema={"partner": pl.UInt32, "goal": pl.UInt32})
    >>> valuations(own, steps)[0].rows()
    [(9, 0, 100.0), (9, 1, -50.0)]
    """
    own = fixed.select("partner", "goal").unique().sort("partner", "goal")
    goals = pl.concat([own["goal"], contributions["goal"], contributions["parent"]]).unique().sort()
    partners = own["partner"].unique().sort()
    n = len(goals)
    row = partners.search_sorted(own["partner"]).to_numpy()
    column = goals.search_sorted(own["goal"]).to_numpy()
    source = goals.search_sorted(contributions["goal"]).to_numpy()
    target = goals.search_sorted(contributions["parent"]).to_numpy()
    step = _step(n, source, target, contributions["weight"].to_numpy() / 100)
    parts: list[pl.DataFrame] = []
    unsettled: list[int] = []
    width = max(1, MOST_CELLS // max(n, 1))
    for first in range(0, len(partners), width):
        chosen = (row >= first) & (row < first + width)
        value, moving = _settle(n, step, row[chosen] - first, column[chosen], min(width, len(partners) - first))
        goal, partner = np.nonzero(value)
        parts.append(
            pl.DataFrame(
                {"partner": partners.gather(partner + first), "goal": goals.gather(goal), "value": value[goal, partner]}
            )
        )
        unsettled += (np.nonzero(moving)[0] + first).tolist()
    empty = pl.DataFrame(schema={"partner": pl.UInt32, "goal": pl.UInt32, "value": pl.Float64})
    return pl.concat([empty, *parts]).sort("partner", "goal"), partners.gather(unsettled)


def _step(
    n: int, source: NDArray[np.intp], target: NDArray[np.intp], weight: NDArray[np.float64]
) -> Callable[[NDArray[np.float64]], NDArray[np.float64]]:
    """Return what carries the values of all partners (goals by partners) one step up."""
    if not plain.few(len(source)):
        from scipy.sparse import csr_array

        matrix = csr_array((weight, (target, source)), shape=(n, n))

        def multiplied(held: NDArray[np.float64]) -> NDArray[np.float64]:
            return np.asarray(matrix @ held)

        return multiplied

    def carried(held: NDArray[np.float64]) -> NDArray[np.float64]:
        after = np.zeros_like(held)
        np.add.at(after, target, weight[:, None] * held[source])
        return after

    return carried


def _settle(
    n: int,
    step: Callable[[NDArray[np.float64]], NDArray[np.float64]],
    row: NDArray[np.intp],
    column: NDArray[np.intp],
    width: int,
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return the values (goals by partners), and which partners' values still moved after the last round."""
    own = np.zeros((n, width), dtype=np.bool_)
    own[column, row] = True
    value = np.where(own, 100.0, 0.0)
    moving = np.ones(width, dtype=np.bool_)
    for _ in range(min(n, MOST_ROUNDS) + 1):
        held = value[:, moving]
        after = np.clip(step(held), -100.0, 100.0)
        after[own[:, moving]] = 100.0
        still = np.abs(after - held).max(axis=0, initial=0.0) > SETTLED
        value[:, moving] = after
        moving[np.nonzero(moving)[0][~still]] = False
        if not moving.any():
            break
    return value, moving
