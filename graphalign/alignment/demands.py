"""What the alignment of partners stands on beside goals and contact: who must coordinate, and what is measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from graphalign.graph.measures import measured, readings
from graphalign.graph.meetings import meetings
from graphalign.rules.attainment import stale_kpi
from graphalign.rules.coordination import task_steps, work_of_persons

if TYPE_CHECKING:
    from graphalign.graph import Facts


def coordinating(facts: Facts) -> pl.DataFrame:
    """Return whose work must coordinate: CR > 0 off its diagonal, CR = TA.TD.TA^T (Cataldo, Herbsleb & Carley 2008).

    Returns
    -------
    polars.DataFrame
        (person, other), both ways, each once.
    """
    parts = [met.select("one", "other").unique() for met in meetings(work_of_persons(facts), task_steps(facts))]
    there = pl.concat(parts).unique().rename({"one": "person"})
    return pl.concat([there, there.select(pl.col("other").alias("person"), pl.col("person").alias("other"))])


def measured_goals(facts: Facts) -> pl.DataFrame:
    """Return the goals that a KPI measures, and whether any of these KPIs is fresh, as OUT503 has it.

    Returns
    -------
    polars.DataFrame
        (goal, fresh).
    """
    kpis = readings(facts, facts.settings.rule(stale_kpi)["cadence_days"])
    ties = measured(facts).join(kpis.select("kpi", fresh=~pl.col("stale")), on="kpi")
    return ties.group_by("goal").agg(pl.col("fresh").any())
