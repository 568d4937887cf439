"""What KPIs measure, how fresh they are, and how far each has come: projections that the outcome rules share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from graphalign.graph.pairs import once
from graphalign.graph.shared import projection

if TYPE_CHECKING:
    from graphalign.graph.facts import Facts

TOLERANCE = 0.01
PLACES = 6


@projection
def measured(facts: Facts) -> pl.DataFrame:
    """Return (kpi, goal): the goals of any status that each KPI measures, each two once."""
    return once(facts.ends("MEASURES", "kpi", "goal"))


@projection
def readings(facts: Facts, cadence: float) -> pl.DataFrame:
    """Return the KPIs with how old their reading is: the columns of `Facts.kpis`, `days` and `stale`.

    A KPI is stale when it was never read (no actual), or longer ago than its cadence (`cadence` days where it has
    none). An actual without a day was read today.
    """
    days = pl.when(pl.col("actual").is_not_null()).then(
        (pl.lit(facts.as_of) - pl.col("measured_on")).dt.total_days().fill_null(0)
    )
    kpis = facts.kpis.with_columns(days.alias("days"), pl.col("cadence_days").fill_null(cadence))
    return kpis.with_columns((pl.col("days").is_null() | (pl.col("days") > pl.col("cadence_days"))).alias("stale"))


@projection
def attainment(facts: Facts, cadence: float, soonest: float) -> pl.DataFrame:
    """Return how far each fresh KPI has come, for each active goal that it measures, where that can be judged.

    Parameters
    ----------
    facts
        The facts.
    cadence
        After how many days a KPI without a cadence is stale.
    soonest
        The share of the goal's time that must have passed.

    Returns
    -------
    polars.DataFrame
        (kpi, goal, way, ratio, off, allowed) and the properties that count; the numbers rounded to 6 places. `way` is
        `timed` (ratio is `attained`, the share of the way from baseline to target, over `passed`, the share of the time
        from start to due), `untimed` (the goal has no such time: ratio is `attained`), `level` (target = baseline or
        direction keep: `off` is how far off, `allowed` the tolerance) or `late` (no baseline, and the goal is past due:
        `off` is how much worse than the target).
    """
    fresh = readings(facts, cadence).filter(~pl.col("stale") & pl.col("target").is_not_null())
    goals = facts.active_goals.select("goal", "start", "due")
    pairs = fresh.join(measured(facts), on="kpi").join(goals, on="goal")
    # A due date that is not after the start is a slip: neither of the two dates can be held on to.
    pairs = pairs.with_columns(
        pl.when(~(pl.col("due") <= pl.col("start")).fill_null(value=False)).then(pl.col(c)) for c in ("start", "due")
    )
    level = (pl.col("direction") == "keep").fill_null(value=False) | (pl.col("target") == pl.col("baseline")).fill_null(
        value=False
    )
    timed = pl.col("start").is_not_null() & pl.col("due").is_not_null()
    past = (pl.col("due") < facts.as_of).fill_null(value=False)
    way = (
        pl.when(level).then(pl.lit("level"))
        .when(pl.col("baseline").is_null()).then(pl.when(past).then(pl.lit("late")))
        .when(timed).then(pl.lit("timed"))
        .otherwise(pl.lit("untimed"))
    )  # fmt: skip
    pairs = pairs.with_columns(way.alias("way"), past.alias("past")).drop_nulls("way")
    pairs = pairs.with_columns(_passed(facts), _attained(), _off(), _allowed())
    pairs = pairs.filter((pl.col("way") != "timed") | (pl.col("passed") >= soonest))
    ratio = pl.col("attained") / pl.when(pl.col("way") == "timed").then("passed").otherwise(1.0)
    counted = pl.col("way").is_in(["timed", "untimed"])
    return pairs.with_columns(_rounded(pl.when(counted).then(ratio)).alias("ratio"))


def _rounded(value: pl.Expr) -> pl.Expr:
    return value.round(PLACES, mode="half_away_from_zero")


def _passed(facts: Facts) -> pl.Expr:
    """Say which share of the time from start to due had passed when the KPI was read; all of it once past due."""
    read_on = pl.col("measured_on").fill_null(facts.as_of)
    gone = (read_on - pl.col("start")).dt.total_days() / (pl.col("due") - pl.col("start")).dt.total_days()
    share = pl.when(pl.col("past")).then(1.0).otherwise(gone.clip(upper_bound=1.0))
    return _rounded(pl.when(pl.col("way") == "timed").then(share)).alias("passed")


def _attained() -> pl.Expr:
    way = (pl.col("actual") - pl.col("baseline")) / (pl.col("target") - pl.col("baseline"))
    return pl.when(pl.col("way").is_in(["timed", "untimed"])).then(way).alias("attained")


def _off() -> pl.Expr:
    """Say how far off the target the KPI is, where it is to keep a level; how much worse, where it has a direction."""
    over = pl.col("actual") - pl.col("target")
    direction = (
        pl.when((pl.col("way") == "late") & pl.col("direction").is_null()).then(pl.lit("up")).otherwise("direction")
    )
    off = pl.when(direction == "up").then(-over).when(direction == "down").then(over).otherwise(over.abs())
    return _rounded(pl.when(pl.col("way").is_in(["level", "late"])).then(off)).alias("off")


def _allowed() -> pl.Expr:
    return _rounded(pl.coalesce("tolerance", pl.col("target").abs() * TOLERANCE)).alias("allowed")
