"""Outcome: whether goals are measured, measured lately, and how far they have come (OUT501-504)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from graphalign.graph import Facts
from graphalign.graph.measures import attainment, measured, readings
from graphalign.graph.pairs import distinct, held_by, keys_of, lists, named, once, only, onward, packed, steps_of, where
from graphalign.graph.runs import starts_of_runs
from graphalign.model import Judged, Option, Says, Tie
from graphalign.rules import rule
from graphalign.settings import RuleSettings

if TYPE_CHECKING:
    from numpy.typing import NDArray

STEPS = ("CONTRIBUTES_TO", "DEPENDS_ON")
FURTHEST = 4


def is_weighty() -> pl.Expr:
    """Return whether a goal is shared or of high or critical priority."""
    return pl.col("shared") | pl.col("priority").is_in(["high", "critical"]).fill_null(value=False)


@rule(
    "OUT501",
    "unmeasured-goal",
    severity="low",
    subjects=("goal",),
    needs=("kpi",),
    nothing="there is no active goal",
    evidence=(Says("goal", ("priority", "shared")),),
    message={
        "": "No KPI measures {goal}, a goal below it or a goal above it.",
        "weighty": "No KPI measures {goal}, a goal {weight}, nor a goal below it or above it.",
    },
    remedy="Agree with the owner of {goal} on one number that shows whether it is reached, with a baseline, a target "
    "and a date.",
)
def unmeasured_goal(facts: Facts, _: RuleSettings) -> Judged:
    """An active goal that no KPI measures, nor a goal below it, nor a goal above it.

    Medium when shared or of high or critical priority, else low. Judged are the active goals.

    Why: whether it is reached becomes a matter of opinion, and partners differ in theirs.

    Source: goal-question-metric: Basili, Caldiera & Rombach (1994).
    """
    goals = facts.active_goals
    on = measured(facts)["goal"]
    active_on = only(measured(facts), "goal", facts.is_active_goal)["goal"]
    known = facts.mask(on) | facts.some_below(on) | facts.some_above(active_on)
    rows = only(goals, "goal", ~known).with_columns(is_weighty().alias("heavy"))
    weight = pl.when("shared").then(pl.lit("the alliance shares")).otherwise(pl.format("of {} priority", "priority"))
    rows = rows.select(
        "goal",
        pl.when("heavy").then(pl.lit("medium")).otherwise(pl.lit("low")).alias("severity"),
        pl.when("heavy").then(pl.lit("weighty")).otherwise(pl.lit("")).alias("case"),
        weight.alias("weight"),
    )
    return Judged(rows, goals.height)


@rule(
    "OUT503",
    "stale-kpi",
    severity="low",
    subjects=("kpi",),
    also=("goals",),
    needs=("kpi",),
    nothing="no KPI measures an active goal or none",
    evidence=(Says("kpi", ("actual", "measured_on", "cadence_days")), Tie("kpi", ("MEASURES",), None)),
    options={
        "cadence_days": Option(92, "a KPI without a cadence of its own is stale after so many days", 0, 36_600),
    },
    message={
        "never": "{kpi} has never been read: it says nothing, good or bad.",
        "old": "{kpi} was last read on {measured_on}, {days} days ago, and is due every {cadence} days: what it says "
        "is out of date.",
    },
    remedy="Read {kpi} now and record the value with its date, or drop it.",
)
def stale_kpi(facts: Facts, settings: RuleSettings) -> Judged:
    """A KPI that measures an active goal, or no goal, and was never read, or read longer ago than its cadence (92 days
    where it has none).

    It is grey, never green: other rules do not judge it. An actual without a date counts as read today. Judged are the
    KPIs that measure an active goal or none.

    Why: an old number looks like knowledge, and decisions are taken on it.
    """
    ties = measured(facts)
    active = lists(only(ties, "goal", facts.is_active_goal), "goals")
    judged = readings(facts, settings["cadence_days"])
    judged = only(judged, "kpi", facts.mask(active["kpi"]) | ~facts.mask(ties["kpi"]))
    rows = judged.filter("stale").join(active, on="kpi", how="left")
    case = pl.when(pl.col("days").is_null()).then(pl.lit("never")).otherwise(pl.lit("old"))
    rows = rows.select(
        "kpi", "goals", "measured_on", "days", pl.col("cadence_days").alias("cadence"), case.alias("case"), rank="days"
    )
    return Judged(rows.with_columns(pl.col("rank").fill_null(0)), judged.height)


@rule(
    "OUT502",
    "kpi-off-target",
    subjects=("kpi", "goal"),
    needs=("kpi",),
    nothing="no KPI that measures an active goal can be judged: each is stale, has no target, or it is too early",
    evidence=(
        Says("kpi", ("baseline", "target", "actual", "measured_on", "direction", "tolerance")),
        Tie("kpi", ("MEASURES",), "goal"),
        Says("goal", ("start", "due")),
    ),
    options={
        "behind": Option(0.7, "high below this share of what should have been attained by now", 0, 1),
        "slow": Option(0.9, "medium below this share of what should have been attained by now", 0, 1),
        "soonest": Option(0.1, "not judged before this share of the goal's time has passed", 0.001, 1),
        "far": Option(3, "a KPI to keep is high when off by more than so many tolerances", 1, 1000),
    },
    message={
        "timed": "{kpi} has come {come} of the way from {baseline} to {target}, with {gone} of the time for {goal} "
        "passed.",
        "untimed": "{kpi} has come {come} of the way from {baseline} to {target}. {goal} has no start and due date to "
        "say how far it should be, so this is held against the whole target, 100%, and counts one step less severe.",
        "level": "{kpi} is at {actual}, off its target of {target} by {off}, where {allowed} is tolerated.",
        "late": "{kpi} is at {actual}, worse than its target of {target} by {off}, and {goal} was due on {due}.",
    },
    remedy={
        "": "Ask the owner of {goal} what holds {kpi} back, and agree what is done about it or that the target moves.",
        "untimed": "Give {goal} a start and a due date, and ask its owner what holds {kpi} back.",
    },
)
def kpi_off_target(facts: Facts, settings: RuleSettings) -> Judged:
    """A KPI of an active goal whose attainment, (actual - baseline) / (target - baseline), lags behind the share of the
    goal's time from start to due that had passed when it was read: below 0.7 of it high, below 0.9 medium.

    Not judged before 10 % of the time; after due all of it has passed. Without both dates (or with a due date not after
    the start) it is held against the whole target, one severity lower. Without a baseline: worse than the target (by
    direction; up unless said) by more than the tolerance, after due, medium; before due not judged. Direction keep, or
    target = baseline: off by more than the tolerance medium, by more than three tolerances high; where target =
    baseline with direction up or down, only worse counts. The tolerance is 1 % of the target unless said. A stale KPI
    (OUT503) is not judged. Numbers are rounded to 6 places before comparing. Judged are KPI and goal together.

    Why: a goal is late long before its due date; this says so while something can be done.

    Source: schedule performance in earned value management: PMBOK Guide.
    """
    cadence = facts.settings.rule(stale_kpi)["cadence_days"]
    judged = attainment(facts, cadence, settings["soonest"])
    behind, slow = pl.col("ratio") < settings["behind"], pl.col("ratio") < settings["slow"]
    over = pl.col("off") > pl.col("allowed")
    far = pl.col("off") > (pl.col("allowed") * settings["far"]).round(6, mode="half_away_from_zero")
    way = pl.col("way")
    severity = (
        pl.when(way == "timed").then(pl.when(behind).then(pl.lit("high")).when(slow).then(pl.lit("medium")))
        .when(way == "untimed").then(pl.when(behind).then(pl.lit("medium")).when(slow).then(pl.lit("low")))
        .when(way == "level").then(pl.when(over & far).then(pl.lit("high")).when(over).then(pl.lit("medium")))
        .otherwise(pl.when(over).then(pl.lit("medium")))
    )  # fmt: skip
    rows = judged.with_columns(severity.alias("severity")).drop_nulls("severity")
    rows = rows.select(
        "kpi",
        "goal",
        "severity",
        way.alias("case"),
        (1 - pl.col("ratio")).clip(-1e9, 1e9).fill_null(0).alias("rank"),
        *("baseline", "target", "actual", "off", "allowed", "due"),
        _percent("attained").alias("come"),
        _percent("passed").alias("gone"),
    )
    return Judged(rows, judged.height)


def _percent(share: str) -> pl.Expr:
    """Say a share in whole percent; what is out of all proportion is cut short."""
    whole = (pl.col(share).clip(-1e6, 1e6) * 100).round(0, mode="half_away_from_zero").cast(pl.Int64)
    return pl.format("{}%", whole)


@rule(
    "OUT504",
    "goal-at-risk",
    subjects=("goal", "cause"),
    also=("first", "second", "third"),
    candidates=("goal",),
    needs=("kpi",),
    nothing="no active goal depends on a goal or has one that contributes to it",
    evidence=(
        Tie("first", ("CONTRIBUTES_TO",), "goal"),
        Tie("goal", ("DEPENDS_ON",), "first"),
        Tie("second", ("CONTRIBUTES_TO",), "first"),
        Tie("first", ("DEPENDS_ON",), "second"),
        Tie("third", ("CONTRIBUTES_TO",), "second"),
        Tie("second", ("DEPENDS_ON",), "third"),
        *(Tie("cause", ("CONTRIBUTES_TO",), at) for at in ("goal", "first", "second", "third")),
        *(Tie(at, ("DEPENDS_ON",), "cause") for at in ("goal", "first", "second", "third")),
        Tie(None, ("MEASURES",), "cause"),
    ),
    options={"steps": Option(FURTHEST, "how many steps away the cause can be", 1, FURTHEST)},
    message={
        "1": "{goal} is at risk: it stands on {cause}, whose KPI is far behind.",
        "2": "{goal} is at risk: by way of {first} it stands on {cause}, whose KPI is far behind.",
        "3": "{goal} is at risk: by way of {first} and {second} it stands on {cause}, whose KPI is far behind.",
        "4": "{goal} is at risk: by way of {first}, {second} and {third} it stands on {cause}, whose KPI is far "
        "behind.",
    },
    remedy="Let the owners of {goal} and {cause} agree what {goal} does if {cause} comes late, and who tells whom.",
)
def goal_at_risk(facts: Facts, settings: RuleSettings) -> Judged:
    """An active goal that within four steps, each to a goal that contributes to it (weight > 0) or that it depends on,
    stands on another active goal with a KPI below 0.7 in OUT502.

    `cause` is the nearest such goal, of several the first by id; the path to it is the evidence. A goal is not its own
    cause. Walks pass goals of any status. Judged are the active goals that have a contributor or a dependency.

    Why: delay travels along contributions and dependencies, and those who wait at the other end hear of it last.

    Source: propagation of satisfaction along contributions and dependencies: GRL (ITU-T Z.151).
    """
    theirs = facts.settings.rule(kpi_off_target)
    read = attainment(facts, facts.settings.rule(stale_kpi)["cadence_days"], theirs["soonest"])
    causes = read.filter(pl.col("ratio") < theirs["behind"])["goal"].to_numpy()
    needs = facts.ends("DEPENDS_ON", "goal", "at")
    down = once(needs, named(facts.contributions, goal="parent", at="goal"))
    down = where(down, down["goal"].to_numpy() != down["at"].to_numpy())
    judged = only(facts.active_goals, "goal", facts.mask(down["goal"]))["goal"]
    reach = _reach(np.unique(causes), down, settings["steps"], facts.n)
    rows = where(reach, (reach["steps"].to_numpy() > 0) & (reach["goal"].to_numpy() != reach["cause"].to_numpy()))
    rows = only(rows, "goal", facts.is_active_goal)
    rows = named(rows[pl.Series(starts_of_runs(rows["goal"]))], goal="goal", cause="cause", steps="steps", first="via")
    for name, before in (("second", "first"), ("third", "second")):
        then = named(reach, **{before: "goal", "cause": "cause", name: "via"})
        rows = rows.join(then, on=[before, "cause"], how="left")
    way = (pl.when(pl.col(name) != pl.col("cause")).then(name).alias(name) for name in ("first", "second", "third"))
    rows = rows.select("goal", "cause", *way, case=pl.col("steps").cast(pl.String), rank=-pl.col("steps"))
    return Judged(rows, len(judged))


def _reach(causes: NDArray[np.uint32], down: pl.DataFrame, most: int, n: int) -> pl.DataFrame:
    """(goal, cause, steps, via): the two nearest causes of each goal, itself included, and the next goal on the way.

    Two are enough: where a goal is not its own cause, the second nearest of the goal before it is what it can pass on.
    They are in order of goal, steps and cause.
    """
    up = steps_of(keys_of(down, "at", "goal"), n)
    goal, cause, steps, via = causes, causes, np.zeros(len(causes), dtype=np.int64), causes
    for step in range(1, most + 1):
        last = steps == step - 1
        at, from_cause = goal.compress(last), cause.compress(last)
        which, above = onward(at, up)
        # The first goal by which each gets there, unless it is there already.
        found = packed(above, from_cause.take(which))
        order = np.lexsort((at.take(which), found))
        order = order[starts_of_runs(pl.Series(found[order]))]
        order = order.compress(~held_by(distinct(packed(goal, cause)), found[order]))
        which, fresh = which.take(order), above.take(order)
        goal, cause = np.concatenate([goal, fresh]), np.concatenate([cause, from_cause.take(which)])
        steps, via = np.concatenate([steps, np.full(len(fresh), step)]), np.concatenate([via, at.take(which)])
        order = np.lexsort((cause, steps, goal))
        start = starts_of_runs(pl.Series(goal[order]))
        many = np.diff(start, append=len(order))
        order = order.compress(np.arange(len(order)) - np.repeat(start, many) < 2)
        goal, cause, via = (nodes.take(order) for nodes in (goal, cause, via))
        steps = steps.take(order)
    return pl.DataFrame({"goal": goal, "cause": cause, "steps": steps, "via": via})
