"""What partners commit to, in shares, and whether two of them rank what they share alike (Kendall's tau-b)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from graphalign.graph import Facts

MOST_NAMED = 5


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


def agreement(commitments: pl.DataFrame) -> pl.DataFrame:
    """Return Kendall's tau-b of each two partners' weights over the goals both weigh.

    Parameters
    ----------
    commitments
        (partner, goal, weight).

    Returns
    -------
    polars.DataFrame
        (a, b, value, count, discordant): tau-b (Kendall 1945; null when one weighs all alike), the number of goals both
        weigh (three or more), and the first pairs of goals that they rank in opposite order, as lists of two.

    >>> weights = [(1, 7, 3.0), (1, 8, 2.0), (1, 9, 1.0), (2, 7, 1.0), (2, 8, 2.0), (2, 9, 3.0)]
    >>> schema = {"partner": pl.UInt32, "goal": pl.UInt32, "weight": pl.Float64}
    >>> agreement(pl.DataFrame(weights, schema=schema, orient="row")).select("value", "count").row(0)
    (-1.0, 3)
    """
    weighed = (
        commitments.drop_nulls("weight").select("partner", "goal", "weight").unique(["partner", "goal"], keep="first")
    )
    both = (
        weighed.rename({"partner": "a", "weight": "x"})
        .join(weighed.rename({"partner": "b", "weight": "y"}), on="goal")
        .filter(pl.col("a") < pl.col("b"))
        .with_columns(pl.len().over("a", "b").cast(pl.Int64).alias("count"))
        .filter(pl.col("count") > 2)
    )
    twos = both.join(
        both.select("a", "b", pl.col("goal").alias("goal2"), pl.col("x").alias("x2"), pl.col("y").alias("y2")),
        on=["a", "b"],
    )
    twos = twos.filter(pl.col("goal") < pl.col("goal2")).with_columns(
        (pl.col("x") - pl.col("x2")).sign().alias("dx"), (pl.col("y") - pl.col("y2")).sign().alias("dy")
    )
    untied = ((pl.col("dx") != 0).sum() * (pl.col("dy") != 0).sum()).cast(pl.Float64).sqrt()
    opposed = pl.concat_list("goal", "goal2").filter(pl.col("dx") * pl.col("dy") < 0).head(MOST_NAMED)
    return (
        twos.sort("a", "b", "goal", "goal2")
        .group_by("a", "b", maintain_order=True)
        .agg(
            (pl.col("dx") * pl.col("dy")).sum().alias("s"),
            untied.alias("n"),
            pl.col("count").first(),
            opposed.alias("discordant"),
        )
        .with_columns(pl.when(pl.col("n") > 0).then(pl.col("s") / pl.col("n")).alias("value"))
        .drop("s", "n")
    )
