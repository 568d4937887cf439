"""Outcome: whether goals lead to what the alliance shares, by several partners, in time (OUT505-507)."""

from __future__ import annotations

import numpy as np
import polars as pl

from graphalign.graph import Facts
from graphalign.graph.pairs import held_by, keys_of, lists, named, only, onward, packed, steps_of
from graphalign.model import Judged, Says, Tie
from graphalign.rules import rule
from graphalign.rules.attainment import is_weighty
from graphalign.rules.partnership import related
from graphalign.settings import RuleSettings


@rule(
    "OUT505",
    "orphan-goal",
    severity="info",
    subjects=("goal",),
    applies=("shared goal",),
    nothing="there is no active goal",
    evidence=(Says("goal", ("shared",)), Tie("goal", ("CONTRIBUTES_TO",), None)),
    message="{goal} leads to no goal that the alliance shares.",
    remedy="Say to which shared goal {goal} contributes, mark it as shared, or leave it out of the alliance.",
)
def orphan_goal(facts: Facts, _: RuleSettings) -> Judged:
    """An active goal that is not shared, and above which there is no shared active goal.

    Judged are the active goals.

    Why: effort that leads to nothing the partners agreed on is spent beside the alliance.

    Source: contributions between goals: GRL (ITU-T Z.151).
    """
    goals = facts.active_goals
    shared = goals.filter("shared")["goal"]
    led = facts.mask(shared) | facts.some_above(shared)
    return Judged(only(goals.select("goal"), "goal", ~led), goals.height)


@rule(
    "OUT506",
    "one-sided-outcome",
    subjects=("goal",),
    also=("partners",),
    applies=("two partners", "shared goal"),
    nothing="no shared goal is active",
    evidence=(Says("goal", ("shared",)), Tie("partners", ("COMMITS_TO", "ACCOUNTABLE_FOR", "RESPONSIBLE_FOR"), "goal")),
    message={
        "none": "{goal} is shared, but no partner works on it.",
        "one": "{goal} is shared, but only {partners} works on it.",
        "kin": "{goal} is shared, but only {partners} work on it, of which one is part of the other.",
    },
    remedy="Find a second partner that commits to {goal} or works on a goal below it, or share it no longer.",
)
def one_sided_outcome(facts: Facts, _: RuleSettings) -> Judged:
    """An active shared goal on which no two partners work of which neither is part of the other.

    Judged are the active shared goals.

    Why: what all want and one carries is that one's goal; the others have nothing at stake when it fails.

    Source: mutually reinforcing activities: Kania & Kramer (2011), Collective impact.
    """
    judged = named(facts.active_goals.filter("shared"), goal="goal")
    works = only(facts.works_on, "goal", facts.mask(judged["goal"]))
    partner, goal = (column.to_numpy() for column in works.get_columns())
    everyone = np.bincount(goal, minlength=facts.n)
    # A partner beside whom somebody works who is not kin: more work there than its kin do, itself counted.
    which, other = onward(partner, steps_of(keys_of(related(facts)), facts.n))
    kin = which.compress(held_by(keys_of(works), packed(other, goal.take(which))))
    several = np.zeros(facts.n, dtype=np.bool_)
    several[goal[np.bincount(kin, minlength=len(goal)) < everyone.take(goal)]] = True
    rows = only(judged, "goal", ~several)
    partners = lists(named(only(works, "goal", ~several), goal="goal", partner="partner"), "partners")
    rows = rows.join(partners, on="goal", how="left")
    many = pl.col("partners").list.len()
    case = (
        pl.when(many.is_null()).then(pl.lit("none"))
        .when(many == 1).then(pl.lit("one"))
        .otherwise(pl.lit("kin"))
    )  # fmt: skip
    return Judged(rows.select("goal", "partners", case.alias("case")), judged.height)


@rule(
    "OUT507",
    "overdue-goal",
    subjects=("goal",),
    nothing="no active goal has a due date",
    evidence=(Says("goal", ("due", "status", "priority", "shared")),),
    message="{goal} was due on {due}, {days} days ago, and is still active.",
    remedy="Ask the owner of {goal} whether it is done, when it will be, or whether it is given up, and record it.",
)
def overdue_goal(facts: Facts, _: RuleSettings) -> Judged:
    """An active goal whose due date is past.

    High when shared or of high or critical priority, else medium. Judged are the active goals with a due date.

    Why: either it is done and nobody said so, or others still plan on a date that has gone.
    """
    judged = facts.active_goals.drop_nulls("due")
    days = (pl.lit(facts.as_of) - pl.col("due")).dt.total_days()
    rows = judged.filter(pl.col("due") < facts.as_of).select(
        "goal",
        "due",
        days.alias("days"),
        days.alias("rank"),
        pl.when(is_weighty()).then(pl.lit("high")).alias("severity"),
    )
    return Judged(rows, judged.height)
