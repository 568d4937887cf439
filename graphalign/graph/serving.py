"""What work serves a goal: directly, or by serving a goal that contributes to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from graphalign.graph.pairs import distinct, frame_of, held_by, keys_of, onward, packed, steps_of
from graphalign.graph.shared import projection

if TYPE_CHECKING:
    from graphalign.graph.facts import Facts


@projection
def work_at_goals(facts: Facts) -> pl.DataFrame:
    """Return (goal, responsibility, here): the active responsibilities at each goal of any status, each two once.

    `here` are those that serve the goal itself; the others serve a goal that contributes to it directly.
    """
    served = keys_of(facts.serves, "goal", "responsibility")
    work, goal = (column.to_numpy() for column in facts.serves.get_columns())
    which, above = onward(goal, steps_of(keys_of(facts.contributions), facts.n))
    keys = distinct(np.concatenate([served, packed(above, work.take(which))]))
    here = pl.Series("here", held_by(distinct(served), keys))
    return frame_of(keys, "goal", "responsibility").hstack([here])
