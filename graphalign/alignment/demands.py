"""What the alignment of partners stands on beside goals and contact: who must coordinate, and what is measured."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from graphalign.graph import Facts

DEFAULT_CADENCE = 92


def must_coordinate(facts: Facts) -> pl.DataFrame:
    """Return whose work must coordinate: CR > 0 off its diagonal, CR = TA.TD.TA^T (Cataldo, Herbsleb & Carley 2008).

    TA: accountable for or doing an active goal. TD: dependencies between active goals, and each goal itself.

    Returns
    -------
    polars.DataFrame
        (person, other), both ways, each once.
    """
    assigned = facts.owns_or_does.join(facts.active_goals, on="goal", how="semi").select(
        pl.col("party").alias("person"), "goal"
    )
    assigned = assigned.join(facts.persons, on="person", how="semi").unique()
    others = assigned.rename({"person": "other"})
    same = assigned.join(others, on="goal").select("person", "other")
    needing = (
        assigned.join(facts.dependencies, on="goal")
        .join(others, left_on="needed", right_on="goal")
        .select("person", "other")
    )
    there = pl.concat([same, needing]).filter(pl.col("person") != pl.col("other"))
    return pl.concat([there, there.select(pl.col("other").alias("person"), pl.col("person").alias("other"))]).unique()


def measured_goals(facts: Facts) -> pl.DataFrame:
    """Return the goals that a KPI measures, and whether any of these KPIs is fresh.

    A KPI is stale when it was never read, or longer ago than its cadence; one read on no known day was read today.

    Returns
    -------
    polars.DataFrame
        (goal, fresh).
    """
    kpis = facts.kpis.select("kpi", "actual", "measured_on", pl.col("cadence_days").fill_null(DEFAULT_CADENCE))
    age = (pl.lit(facts.as_of) - pl.col("measured_on").fill_null(facts.as_of)) / timedelta(days=1)
    fresh = pl.col("actual").is_not_null() & (age <= pl.col("cadence_days"))
    ties = facts.graph.of_type("MEASURES").select(pl.col("source").alias("kpi"), pl.col("target").alias("goal"))
    return ties.join(kpis.select("kpi", fresh.alias("fresh")), on="kpi").group_by("goal").agg(pl.col("fresh").any())
