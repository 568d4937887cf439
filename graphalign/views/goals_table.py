"""The cascade of the page as a tree table: goals beneath goals, with owner, attainment of KPIs, due dates, risk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from graphalign.graph.measures import attainment, measured, readings
from graphalign.graph.walks import components
from graphalign.rules import catalogue

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphalign.graph import Facts
    from graphalign.report import Report

MOST_GOALS = 400
PRIORITIES = {"critical": 0, "high": 1, "medium": 2, "low": 3}


def goals_table(facts: Facts, report: Report) -> dict[str, Any]:
    """Return the goals as a tree, and what there is to say of each.

    A goal stands once: beneath the goal it contributes to (weight > 0) on the shortest way from the top, of several the
    first; the others it contributes to are named. At the top are goals that contribute to none, and one goal of each
    circle that nothing is above.

    Parameters
    ----------
    facts
        The facts.
    report
        Whose findings say which KPIs are off target (OUT502), stale (OUT503), and which goals at risk (OUT504).

    Returns
    -------
    dict
        `rows` ([goal, level, children here, children in all, status, priority, due, shared, co-owned], in the tree's
        order), `also` ({goal: goals it contributes to besides}), `owners` and `doers` ({goal: parties}), `work` ({goal:
        responsibilities}), `kpis` ([kpi, goal, state, attained, passed, ratio, baseline, target, actual, unit, read
        on]; state good, low, medium, high, stale, never or unjudged; null where there is none), `risk` ([goal, the way
        to the cause ...]), `of` (how many goals in all).
    """
    tree = _tree(facts)
    kept, beneath = _kept(tree), tree.group_by("parent").agg(pl.len().alias("n"))
    rows = _ordered(kept, dict(beneath.drop_nulls("parent").iter_rows()))
    shown = pl.DataFrame({"goal": [r[0] for r in rows]}, schema={"goal": pl.UInt32})
    told = shown.join(facts.goals, on="goal", how="left", maintain_order="left")
    said = told.select("status", "priority", pl.col("due").cast(pl.String), "shared", "co_owned").iter_rows()
    other = facts.contributions.join(kept.select("goal", "parent"), on="goal").filter(
        (pl.col("parent") != pl.col("parent_right")).fill_null(value=True) & (pl.col("parent") != pl.col("goal"))
    )
    return {
        "rows": [[*row, *values] for row, values in zip(rows, said, strict=True)],
        "also": _lists(other.select("goal", "parent"), shown),
        "owners": _lists(facts.owners, shown),
        "doers": _lists(facts.doers, shown),
        "work": _lists(facts.serves.select("goal", "responsibility"), shown),
        "kpis": _kpis(facts, report, shown),
        "risk": _risk(report, shown),
        "of": facts.goals.height,
    }


def _tree(facts: Facts) -> pl.DataFrame:
    """(goal, parent, level, rank): every goal with the one it stands beneath, null at the top."""
    order = facts.goals.with_columns(
        pl.col("priority").replace_strict(PRIORITIES, default=4).alias("weight"),
        pl.col("status").replace_strict({"active": 0, "proposed": 1, "done": 2}, default=3).alias("state"),
    ).sort(~pl.col("shared"), "state", "weight", "goal")
    rank = order.select("goal").with_row_index("rank")
    up = facts.contributions.filter(pl.col("goal") != pl.col("parent"))
    up = up.join(rank, on="goal", how="semi").join(rank, left_on="parent", right_on="goal")
    placed = frontier = _tops(rank.join(up, on="goal", how="anti"))
    while placed.height < rank.height:
        if frontier.is_empty():
            # Nothing is above these but each other: the first of each circle stands at the top.
            rest = rank.join(placed, on="goal", how="anti").sort("rank")
            part = components(facts.n, up["goal"].to_numpy(), up["parent"].to_numpy())[rest["goal"].to_numpy()]
            rest = rest.with_columns(pl.Series("part", part)).unique("part", keep="first", maintain_order=True)
            frontier = _tops(rest)
            placed = pl.concat([placed, frontier])
        found = up.join(frontier.select(pl.col("goal").alias("parent"), "level"), on="parent")
        found = found.join(placed, on="goal", how="anti").sort("level", "rank")
        frontier = found.unique("goal", keep="first", maintain_order=True).select("goal", "parent", pl.col("level") + 1)
        placed = pl.concat([placed, frontier])
    return placed.join(rank, on="goal")


def _tops(goals: pl.DataFrame) -> pl.DataFrame:
    none, zero = pl.lit(None, dtype=pl.UInt32), pl.lit(0, dtype=pl.Int64)
    return goals.select("goal", none.alias("parent"), zero.alias("level"))


def _kept(tree: pl.DataFrame) -> pl.DataFrame:
    """Return the part of the tree that is shown: the first ones by level, and so never a goal without its parent."""
    return tree.sort("level", "rank").head(MOST_GOALS)


def _ordered(kept: pl.DataFrame, beneath: Mapping[int, int]) -> list[list[int]]:
    """Return the goals in the order of the tree as [goal, level, children here, children in all]."""
    children: dict[int | None, list[int]] = {}
    levels: dict[int, int] = {}
    for goal, parent, level in kept.sort("rank").select("goal", "parent", "level").iter_rows():
        children.setdefault(parent, []).append(goal)
        levels[goal] = level
    rows, stack = [], list(reversed(children.get(None, [])))
    while stack:
        goal = stack.pop()
        own = children.get(goal, [])
        rows.append([goal, levels[goal], len(own), beneath.get(goal, 0)])
        stack += reversed(own)
    return rows


def _lists(pairs: pl.DataFrame, shown: pl.DataFrame) -> dict[str, list[int]]:
    goal, other = pairs.columns
    held = pairs.join(shown, on=goal, how="semi").unique().group_by(goal).agg(pl.col(other).sort()).sort(goal)
    return {str(g): list(others) for g, others in held.iter_rows()}


def _kpis(facts: Facts, report: Report, shown: pl.DataFrame) -> list[list[Any]]:
    rules = catalogue()
    cadence = facts.settings.rule(rules["OUT503"])["cadence_days"]
    pairs = measured(facts).join(shown, on="goal", how="semi").join(readings(facts, cadence), on="kpi")
    read = attainment(facts, cadence, facts.settings.rule(rules["OUT502"])["soonest"])
    judged = read.select("kpi", "goal", "attained", "passed", "ratio", pl.lit(value=True).alias("judged"))
    values = ("baseline", "target", "actual", "unit", "measured_on")
    held = pairs.select("kpi", "goal", "stale", *values).join(judged, on=["kpi", "goal"], how="left")
    held = held.join(_off_target(report), on=["kpi", "goal"], how="left")
    state = (
        pl.when(pl.col("actual").is_null()).then(pl.lit("never"))
        .when("stale").then(pl.lit("stale"))
        .when(pl.col("severity").is_not_null()).then("severity")
        .when(pl.col("judged").is_not_null()).then(pl.lit("good"))
        .otherwise(pl.lit("unjudged"))
    )  # fmt: skip
    numbers = [pl.col(c).clip(-1e6, 1e6).round(4) for c in ("attained", "passed", "ratio")]
    day = pl.col("measured_on").cast(pl.String)
    rows = held.select("kpi", "goal", state.alias("state"), *numbers, *values[:-1], day).sort("goal", "kpi")
    return [list(r) for r in rows.iter_rows()]


def _off_target(report: Report) -> pl.DataFrame:
    """(kpi, goal, severity) of the findings of OUT502, the folded and the waived ones included."""
    index = report.graph.index
    parts = [t["OUT502"] for t in (report.tables, report.waived_tables) if "OUT502" in t]
    frames = [part.select("kpi", "goal", pl.col("severity").cast(pl.String)) for part in parts]
    schema = {"kpi": pl.String, "goal": pl.String, "severity": pl.String}
    found = pl.concat([pl.DataFrame(schema=schema), *frames])
    for column in ("kpi", "goal"):
        ids = index.rename({"id": column, "node": "at"})
        found = found.join(ids, on=column).drop(column).rename({"at": column})
    return found


def _risk(report: Report, shown: pl.DataFrame) -> list[list[int]]:
    """Return the ways from goals at risk to their causes, as OUT504 has them."""
    if "OUT504" not in report.tables:
        return []
    at = report.graph.index
    ids = report.graph.ids.gather(shown["goal"])
    table = report.tables["OUT504"].filter(pl.col("goal").is_in(ids.implode()))
    steps = [c for c in ("goal", "first", "second", "third", "cause") if c in table.columns]
    named = [
        table.select(pl.col(c).alias("id")).join(at, on="id", how="left", maintain_order="left")["node"] for c in steps
    ]
    return [[step for step in way if step is not None] for way in zip(*named, strict=True)]
