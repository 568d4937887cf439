"""What partners commit to, in shares, and whether two of them rank what they share alike (Kendall's tau-b)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from graphalign.graph.priorities import rank_agreement

if TYPE_CHECKING:
    from graphalign.graph import Facts


def shares(facts: Facts) -> tuple[pl.DataFrame, str]:
    """Return what partners commit to, each goal with its share of the partner's weights.

    Parameters
    ----------
    facts
        The facts.

    Returns
    -------
    tuple
        (partner, goal, weight, share) over active goals, and what must be said of it: where nobody commits to anything,
        a partner's goals count in equal shares. Where one weight of a partner is missing, its shares are equal.
    """
    committed = facts.commitments.join(facts.active_goals, on="goal", how="semi").unique(
        ["partner", "goal"], keep="first"
    )
    said = ""
    if facts.commitments.is_empty():
        whose = facts.partners_of_goal.join(facts.active_goals, on="goal", how="semi")
        committed = whose.select("partner", "goal", pl.lit(None, dtype=pl.Float64).alias("weight"))
        said = "nobody commits to a goal: a partner's goals count in equal shares"
    whole = pl.col("weight").sum().over("partner")
    weighed = (pl.col("weight").null_count().over("partner") == 0) & (whole > 0)
    share = pl.when(weighed).then(pl.col("weight") / whole).otherwise(1 / pl.len().over("partner"))
    return committed.with_columns(share.alias("share"), weighed.alias("weighed")), said


def agreement(facts: Facts) -> pl.DataFrame:
    """Return Kendall's tau-b of each two partners' weights over the active goals both weigh, three or more.

    Returns
    -------
    polars.DataFrame
        (a, b, value, count, first, second): tau-b, null where one weighs all alike; how many goals; the two goals that
        they rank most against each other, null where they agree throughout.
    """
    found = rank_agreement(_weights(facts))
    opposed = pl.col("tau") < 1
    return found.select(
        pl.col("partner").alias("a"),
        pl.col("other").alias("b"),
        pl.col("tau").fill_nan(None).alias("value"),
        "count",
        *[pl.when(opposed & (pl.col("first") != pl.col("second"))).then(c).alias(c) for c in ("first", "second")],
    )


def discordant(facts: Facts, a: int, b: int) -> pl.DataFrame:
    """Return the pairs of goals that two partners rank in opposite order, as (goal, other), by index."""
    held = _weights(facts)
    both = held.filter(partner=a).join(held.filter(partner=b), on="goal").select("goal", "weight", "weight_right")
    twos = both.join(both, how="cross", suffix="_2").filter(pl.col("goal") < pl.col("goal_2"))
    ours, theirs = (pl.col(c) - pl.col(f"{c}_2") for c in ("weight", "weight_right"))
    return twos.filter(ours * theirs < 0).select("goal", pl.col("goal_2").alias("other")).sort("goal", "other")


def _weights(facts: Facts) -> pl.DataFrame:
    held = facts.commitments.join(facts.active_goals, on="goal", how="semi").drop_nulls("weight")
    return held.select("partner", "goal", "weight").unique(["partner", "goal"], keep="first", maintain_order=True)
