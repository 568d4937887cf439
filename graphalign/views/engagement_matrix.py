"""The stakeholder engagement assessment matrix of the page (PMBOK): where each person stands, and where it should."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from graphalign.vocabulary import ENGAGEMENT

if TYPE_CHECKING:
    from graphalign.graph import Facts

MOST_PEOPLE = 300


def engagement_matrix(facts: Facts) -> dict[str, Any]:
    """Return the persons whose engagement, current or desired, is known.

    Returns
    -------
    dict
        `levels` (their names, ascending), `people` ([node, current, desired, power, interest]; the first two as
        positions in `levels`, -1 unknown), widest gap first, of equals those of most power and interest; `of` (how many
        there are in all), `unknown` (how many active persons have neither).
    """
    level = pl.Enum(ENGAGEMENT)
    held = facts.persons.with_columns(
        pl.col(c).cast(level).to_physical().cast(pl.Int64).fill_null(-1) for c in ("engagement", "desired_engagement")
    )
    known = held.filter((pl.col("engagement") >= 0) | (pl.col("desired_engagement") >= 0))
    both = (pl.col("engagement") >= 0) & (pl.col("desired_engagement") >= 0)
    gap = pl.when(both).then(pl.col("desired_engagement") - pl.col("engagement")).otherwise(-9)
    standing = pl.sum_horizontal(pl.col("power").fill_null(0), pl.col("interest").fill_null(0))
    shown = known.sort(-gap, -standing, "person").head(MOST_PEOPLE)
    people = shown.select("person", "engagement", "desired_engagement", "power", "interest").iter_rows()
    return {
        "levels": list(ENGAGEMENT),
        "people": [list(p) for p in people],
        "of": known.height,
        "unknown": held.height - known.height,
    }
