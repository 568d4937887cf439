"""Conflict: goals and partners that pull against each other (CON201-206); of active and of proposed goals."""

from __future__ import annotations

import numpy as np
import polars as pl

from graphalign.graph import Facts
from graphalign.graph.nearest import nearest_common
from graphalign.graph.pairs import (
    distinct,
    frame_of,
    held_by,
    in_common,
    keys_of,
    lists,
    named,
    once,
    only,
    onward,
    packed,
    steps_of,
    where,
)
from graphalign.graph.priorities import PAIR, rank_agreement
from graphalign.graph.shared import projection
from graphalign.graph.walks import components
from graphalign.model import Judged, Option, Says, Tie
from graphalign.rules import rule
from graphalign.rules.partnership import related
from graphalign.settings import RuleSettings

DECLARED = Tie("goal", ("CONFLICTS_WITH",), "other")


@projection
def open_goals(facts: Facts) -> pl.DataFrame:
    """Return the goals that are active or proposed: the columns of `Facts.goals`."""
    return facts.goals.filter(pl.col("status").is_in(["active", "proposed"]))


def between_open(facts: Facts, kind: str, a: str, b: str) -> pl.DataFrame:
    """Return the relationships of one type between open goals: the ends as `a` and `b`, and their properties."""
    edges, is_open = facts.graph.of_type(kind), facts.mask(open_goals(facts)["goal"])
    between = only(only(edges, "source", is_open), "target", is_open)
    return named(between, **{a: "source", b: "target"}, **{held: held for held in between.columns[3:]})


@projection
def declared(facts: Facts) -> pl.DataFrame:
    """Return (goal, other): two goals of any status in declared conflict, each two once, the smaller id first."""
    pairs = facts.ends("CONFLICTS_WITH", "goal", "other")
    return once(where(pairs, pairs["goal"].to_numpy() != pairs["other"].to_numpy()))


def conflicts(facts: Facts) -> pl.DataFrame:
    """Return those of `declared` between open goals."""
    is_open = facts.mask(open_goals(facts)["goal"])
    return only(only(declared(facts), "goal", is_open), "other", is_open)


@rule(
    "CON201",
    "goal-conflict",
    subjects=("goal", "other"),
    also=("ours", "theirs"),
    symmetric=True,
    judges_proposed=True,
    nothing="no two goals are declared to be in conflict",
    evidence=(DECLARED, Says("goal"), Says("other")),
    message={
        "": "{goal} and {other} are declared to be in conflict.",
        "apart": "{goal}, a goal of {ours}, and {other}, a goal of {theirs}, are declared to be in conflict, and these "
        "have no partner in common.",
    },
    remedy={
        "": "Let the owners of {goal} and {other} agree which comes first and what each gives up, and write it down.",
        "apart": "Bring {ours} and {theirs} together to agree which comes first and what each gives up, and write it "
        "down.",
    },
)
def goal_conflict(facts: Facts, _: RuleSettings) -> Judged:
    """Two active or proposed goals in declared conflict.

    High when they are apart: both are goals of partners, and of none in common. Judged are the declared pairs, those
    of goals done or dropped included.

    Why: what one partner gains here another loses, and where they have no partner in common nobody must settle it.

    Source: conflicting goals between partners: Van Lamsweerde, Darimont & Letier (1998), Managing conflicts in
    goal-driven requirements engineering.
    """
    pairs = conflicts(facts)
    apart = facts.apart(pairs, "goal", "other", facts.partners_of_goal)
    asked = facts.mask(pairs["goal"]) | facts.mask(pairs["other"])
    whose = lists(only(facts.partners_of_goal, "goal", asked), "ours")
    rows = pairs.with_columns(
        pl.when(apart).then(pl.lit("high")).alias("severity"),
        pl.when(apart).then(pl.lit("apart")).otherwise(pl.lit("")).alias("case"),
    )
    rows = rows.join(whose, on="goal", how="left").join(
        named(whose, other="goal", theirs="ours"), on="other", how="left"
    )
    return Judged(rows, declared(facts).height)


@rule(
    "CON202",
    "torn-owner",
    subjects=("party", "goal", "other"),
    symmetric=True,
    judges_proposed=True,
    candidates=("goal", "other"),
    nothing="no two goals are declared to be in conflict",
    evidence=(Tie("party", ("ACCOUNTABLE_FOR",), "goal"), Tie("party", ("ACCOUNTABLE_FOR",), "other"), DECLARED),
    supersedes=("CON201",),
    message="{party} owns both {goal} and {other}, which are declared to be in conflict.",
    remedy="Give one of the two another owner, or decide with {party} which of them comes first.",
)
def torn_owner(facts: Facts, _: RuleSettings) -> Judged:
    """A party that owns both of two active or proposed goals in declared conflict.

    Judged are the declared pairs.

    Why: whoever answers for both must fail one of them, and decides alone which.

    Source: role conflict: Kahn, Wolfe, Quinn, Snoek & Rosenthal (1964), Organizational stress.
    """
    pairs = conflicts(facts)
    goal, other = (column.to_numpy() for column in pairs.get_columns())
    which, party = in_common(goal, other, keys_of(facts.owners), facts.n)
    rows = pl.DataFrame([pl.Series("party", party), *pairs[which].get_columns()])
    return Judged(rows, declared(facts).height)


@rule(
    "CON203",
    "torn-outcome",
    subjects=("goal", "other", "outcome"),
    judges_proposed=True,
    candidates=("goal", "other"),
    nothing="no two goals are declared to be in conflict",
    evidence=(
        DECLARED,
        Tie("goal", ("CONTRIBUTES_TO",), "outcome"),
        Tie("other", ("CONTRIBUTES_TO",), "outcome"),
        Tie("goal", ("CONTRIBUTES_TO",), None),
        Tie("other", ("CONTRIBUTES_TO",), None),
    ),
    supersedes=("CON201",),
    message={
        "": "{goal} and {other} are declared to be in conflict, and both contribute to {outcome}.",
        "far": "{goal} and {other} are declared to be in conflict, and both contribute, {steps} steps in all, to "
        "{outcome}.",
    },
    remedy="Ask the owner of {outcome} how much of {goal} and how much of {other} it needs, and to settle it.",
)
def torn_outcome(facts: Facts, _: RuleSettings) -> Judged:
    """Two active or proposed goals in declared conflict, both below one such goal: the nearest by the sum of steps.

    Of several as near it is the first by id. Steps are contributions of weight > 0, through goals of any status. Judged
    are the declared pairs.

    Why: the outcome counts on both, and cannot have both.

    Source: contributions between goals: GRL (ITU-T Z.151).
    """
    pairs = conflicts(facts)
    rows = nearest_common(facts, pairs, open_goals(facts)["goal"])
    case = pl.when(pl.col("steps") > 2).then(pl.lit("far")).otherwise(pl.lit("")).alias("case")
    return Judged(rows.with_columns(case, pl.col("steps").cast(pl.Int64)), declared(facts).height)


@rule(
    "CON204",
    "circular-goals",
    subjects=("kind", "goals"),
    words=("kind",),
    also=("needing", "giving"),
    cluster=("goal", "next"),
    judges_proposed=True,
    nothing="no active or proposed goal depends on another or contributes to one",
    evidence=(
        Tie("needing", ("DEPENDS_ON",), "needing"),
        Tie("giving", ("CONTRIBUTES_TO",), "giving"),
        Says("goals"),
    ),
    message={
        "needs": "{goals} depend on each other in a circle: none of them can be done first.",
        "needs itself": "{goals} depends on itself.",
        "gives": "{goals} contribute to each other in a circle, which may be a loop that strengthens itself.",
        "gives itself": "{goals} contributes to itself.",
    },
    remedy={
        "needs": "Find the dependency in this circle that is needed least or can be met in part, and take it out.",
        "needs itself": "Take this dependency out, or say on which other goal {goals} depends.",
        "gives": "Check that the circle is meant; if not, take out the contribution that is wrong.",
        "gives itself": "Take this contribution out, or say to which other goal {goals} contributes.",
    },
)
def circular_goals(facts: Facts, _: RuleSettings) -> Judged:
    """A cycle of dependencies (kind DEPENDS_ON), or of contributions of weight > 0 (kind CONTRIBUTES_TO), among active
    or proposed goals.

    High for dependencies, info for contributions, which may be a reinforcing loop. A goal that depends on or
    contributes to itself is one. A finding is a strongly connected component. Judged are the goals at either end of
    such a relationship.

    Why: what waits for itself never starts; what feeds itself may be meant, and should be known.

    Source: strongly connected components: Tarjan (1972); reinforcing loops: Sterman (2000), Business dynamics.
    """
    steps = [between_open(facts, kind, "goal", "next") for kind in ("DEPENDS_ON", "CONTRIBUTES_TO")]
    steps[1] = steps[1].filter(pl.col("weight").fill_null(100) > 0)
    needs, gives = (once(named(step, goal="goal", next="next")) for step in steps)
    found = [_on_cycles(facts, needs, "needs"), _on_cycles(facts, gives, "gives")]
    nodes = pl.concat([step[c].alias("goal") for step in (needs, gives) for c in ("goal", "next")])
    none = pl.lit(None, dtype=pl.UInt32)
    rows = [
        found[0].with_columns(kind=pl.lit("DEPENDS_ON"), severity=pl.lit("high"), needing="goal", giving=none),
        found[1].with_columns(kind=pl.lit("CONTRIBUTES_TO"), severity=pl.lit("info"), needing=none, giving="goal"),
    ]
    return Judged(pl.concat(rows), nodes.n_unique())


def _on_cycles(facts: Facts, steps: pl.DataFrame, case: str) -> pl.DataFrame:
    """(goal, next, rank, case): the steps on a cycle; rank is how many goals are on it and those it meets."""
    ends = steps["goal"].to_numpy(), steps["next"].to_numpy()
    label = components(facts.n, *ends, strong=True)
    size = np.bincount(label, minlength=1)[label[ends[0]]]
    on = (label[ends[0]] == label[ends[1]]) & ((size > 1) | (ends[0] == ends[1]))
    case_of = pl.when(pl.col("rank") > 1).then(pl.lit(case)).otherwise(pl.lit(f"{case} itself")).alias("case")
    return steps.with_columns(pl.Series("rank", size, dtype=pl.Int64)).filter(pl.Series(on)).with_columns(case_of)


@rule(
    "CON205",
    "working-against",
    subjects=("goal", "harmed"),
    also=("partners",),
    judges_proposed=True,
    nothing="no active or proposed goal is said to harm another (a contribution of weight below 0)",
    evidence=(
        Tie("goal", ("CONTRIBUTES_TO",), "harmed"),
        Tie("partners", ("COMMITS_TO", "ACCOUNTABLE_FOR"), "harmed"),
    ),
    options={"weight": Option(-25, "a contribution of this weight or less works against the other goal", -100, -0.01)},
    message="{goal} works against {harmed} (a contribution of {weighs}), which is a goal of {partners}; {goal} is not.",
    remedy="Let {partners} and those who want {goal} agree on how much harm to {harmed} is borne, and what makes up "
    "for it.",
)
def working_against(facts: Facts, settings: RuleSettings) -> Judged:
    """A contribution of weight -25 or less from one active or proposed goal to another, which is a goal of a partner
    whose goal the first is not.

    Judged are the contributions of weight < 0.

    Why: a partner bears harm for a goal it has no part in, and may learn of it too late.

    Source: negative contributions between goals: GRL (ITU-T Z.151).
    """
    edges = between_open(facts, "CONTRIBUTES_TO", "goal", "harmed").filter(pl.col("weight") < 0)
    judged = edges.group_by("goal", "harmed").agg(pl.col("weight").min().alias("weighs"))
    heavy = judged.filter(pl.col("weighs") <= settings["weight"])
    whose = keys_of(facts.partners_of_goal)
    which, partner = onward(heavy["harmed"].to_numpy(), steps_of(whose, facts.n))
    apart = ~held_by(whose, packed(heavy["goal"].to_numpy().take(which), partner))
    hurt = lists(frame_of(distinct(packed(which, partner).compress(apart)), "row", "partner"), "partners")
    rows = heavy[hurt["row"]].hstack([hurt["partners"]])
    return Judged(rows.with_columns((-pl.col("weighs")).alias("rank")), judged.height)


@rule(
    "CON206",
    "opposed-priorities",
    subjects=("partner", "other"),
    also=("first", "second"),
    symmetric=True,
    judges_proposed=True,
    applies=("two partners",),
    nothing="no two partners give weights to three or more goals that both commit to",
    evidence=(
        Tie("partner", ("COMMITS_TO",), "first"),
        Tie("other", ("COMMITS_TO",), "first"),
        Tie("partner", ("COMMITS_TO",), "second"),
        Tie("other", ("COMMITS_TO",), "second"),
    ),
    options={"least": Option(3, "how many goals both must commit to with a weight", 3, 10_000)},
    message="{partner} and {other} rank the {count} goals that both commit to in opposite orders (Kendall's tau-b "
    "{agreement}): {first} comes higher for {partner}, {second} for {other}.",
    remedy="Let {partner} and {other} agree which of {first} and {second} comes first for both, and weigh them anew.",
)
def opposed_priorities(facts: Facts, settings: RuleSettings) -> Judged:
    """Two partners, neither part of the other, that commit to three or more active or proposed goals in common, with
    Kendall's tau-b of their weights below 0.

    Goals without both weights are left out. Judged are the pairs with so many goals that both weigh.

    Why: both are for the same goals, and pull in turn when means are short and order decides.

    Source: tau-b: Kendall (1938), A new measure of rank correlation; Kendall (1945), The treatment of ties in ranking
    problems.
    """
    weights = facts.commitments.drop_nulls("weight").join(open_goals(facts), on="goal", how="semi")
    weights = weights.group_by("partner", "goal").agg(pl.col("weight").max())
    pairs = rank_agreement(weights, settings["least"])
    pairs = where(pairs, ~held_by(keys_of(related(facts)), keys_of(pairs, *PAIR)))
    tau = pl.col("tau").round(6, mode="half_away_from_zero")
    rows = pairs.filter(tau < 0)
    return Judged(
        rows.select(*PAIR, "first", "second", "count", tau.alias("agreement"), (-tau).alias("rank")), pairs.height
    )
