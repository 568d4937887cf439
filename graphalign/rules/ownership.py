"""Ownership: whether each goal has one owner, a person who is there, acts, and is backed (OWN101-104, 109-112)."""

from __future__ import annotations

import numpy as np
import polars as pl

from graphalign.graph import Facts
from graphalign.graph.groups import with_two_apart
from graphalign.graph.pairs import (
    among,
    distinct,
    frame_of,
    held_by,
    keys_of,
    lists,
    named,
    once,
    only,
    onward,
    packed,
    through,
    where,
)
from graphalign.graph.runs import starts_of_runs
from graphalign.graph.walks import pairs_along, reaches_other
from graphalign.model import Judged, Says, Tie
from graphalign.rules import rule
from graphalign.settings import RuleSettings

ACCOUNTABLE = ("ACCOUNTABLE_FOR",)
WEIGHTY = ("high", "critical")


def owned_goals(facts: Facts) -> pl.DataFrame:
    """Return the active goals that have an owner: the columns of `Facts.goals`."""
    return only(facts.active_goals, "goal", facts.mask(facts.owned["goal"]))


def with_owners(facts: Facts, goals: pl.DataFrame) -> pl.DataFrame:
    """Return rows of owned goals with `owners`, a list."""
    return goals.join(lists(only(facts.owned, "goal", facts.mask(goals["goal"])), "owners"), on="goal")


@rule(
    "OWN101",
    "unowned-goal",
    subjects=("goal",),
    also=("parent", "doers"),
    needs=("accountable",),
    nothing="there is no active goal",
    evidence=(Says("goal", ("priority", "shared")), Tie("goal", ("CONTRIBUTES_TO",), "parent")),
    message={
        "shared": "Nobody is accountable for {goal}, an outcome the whole alliance shares.",
        "priority": "Nobody is accountable for {goal}, a goal of {priority} priority.",
        "done": "Nobody is accountable for {goal}, although the work is done by {doers}.",
        "parent": "Nobody is accountable for {goal} itself; {parent}, which it contributes to, has an owner.",
        "above": "Nobody is accountable for {goal} itself; a goal further above it has an owner.",
        "": "Nobody is accountable for {goal}, nobody does it, and no goal above it has an owner.",
    },
    remedy={
        "shared": "Agree on one person, from any partner, who answers for {goal} to the whole alliance.",
        "done": "Make one person accountable for {goal}, best one of those who do it already: {doers}.",
        "parent": "Ask the owner of {parent} to answer for {goal} too, or to name somebody who does.",
        "above": "Ask the owner of the goal above to answer for {goal} too, or to name somebody who does.",
        "": "Make one person accountable for {goal}, or drop it.",
    },
)
def unowned_goal(facts: Facts, _: RuleSettings) -> Judged:
    """An active goal without an owner.

    High when it is shared or of high or critical priority; else low when a party does it or a goal above it, active or
    proposed, is owned; else medium. `parent`, where it is low, is a goal it contributes to directly, an owned one
    first.

    Why: what nobody answers for is decided late, or by whoever is loudest, and when it slips nobody has to say so.

    Source: RACI charting asks for exactly one Accountable for each piece of work (PMBOK Guide, responsibility
    assignment matrix).
    """
    goals = facts.active_goals
    # A proposal has an owner too, who can be asked: only what is done or dropped is past asking.
    live = facts.goals.filter(pl.col("status").is_in(["active", "proposed"]))
    asked = facts.mask(live["goal"])
    owned = only(facts.owners, "goal", asked)["goal"]
    is_owned, reached = facts.mask(owned), facts.some_above(owned)
    rows = only(goals, "goal", ~is_owned)
    fires = facts.mask(rows["goal"])
    doers = lists(only(facts.doers, "goal", fires), "doers")
    goal, parent = (end.to_numpy() for end in only(facts.contributions, "goal", fires).get_columns())
    asks = asked.take(parent) & (goal != parent)
    goal, parent = goal.compress(asks), parent.compress(asks)
    far = np.where(is_owned, 0, np.where(reached, 1, 2)).take(parent)
    order = np.lexsort((parent, far, goal))
    nearest = order[starts_of_runs(pl.Series(goal[order]))]
    parents = pl.DataFrame({"goal": goal[nearest], "parent": parent[nearest], "owned": far[nearest] == 0})
    rows = rows.join(doers, on="goal", how="left").join(parents, on="goal", how="left")
    weighty = pl.col("priority").is_in(WEIGHTY).fill_null(value=False)
    done, above = pl.col("doers").is_not_null(), pl.Series(reached[rows["goal"].to_numpy()])
    case = (
        pl.when("shared").then(pl.lit("shared"))
        .when(weighty).then(pl.lit("priority"))
        .when(done).then(pl.lit("done"))
        .when(pl.col("owned")).then(pl.lit("parent"))
        .when(above).then(pl.lit("above"))
        .otherwise(pl.lit(""))
    )  # fmt: skip
    severity = (
        pl.when(pl.col("shared") | weighty).then(pl.lit("high"))
        .when(case == "").then(pl.lit("medium"))
        .otherwise(pl.lit("low"))
    )  # fmt: skip
    told = pl.when(severity == "low").then(pl.col("parent"))
    columns = ("goal", severity.alias("severity"), case.alias("case"), "priority", told.alias("parent"), "doers")
    return Judged(rows.select(columns), goals.height)


@rule(
    "OWN102",
    "conflicting-ownership",
    subjects=("goal",),
    also=("owners",),
    needs=("accountable",),
    nothing="no active goal has an owner",
    evidence=(Tie("owners", ACCOUNTABLE, "goal"), Says("goal")),
    noted_high=True,
    message={
        "": "{goal} has {count} owners: {owners}.",
        "apart": "{goal} has {count} owners, {owners}, not all of whom have a partner in common.",
    },
    remedy={
        "": "Keep one of them accountable and the others responsible, or mark {goal} as co-owned if that is agreed.",
        "apart": "Let the partners agree on one owner of {goal}, the others being responsible, or mark it as co-owned.",
    },
)
def conflicting_ownership(facts: Facts, _: RuleSettings) -> Judged:
    """An active goal with two or more owners that is not marked as co-owned.

    High when two of the owners are apart, else medium. A partner or group does not count beside a party of it.

    Why: two who are each accountable can each wait for the other, or pull different ways; where they answer to
    different organisations, nobody above both can settle it.

    Source: RACI charting asks for exactly one Accountable for each piece of work (PMBOK Guide, responsibility
    assignment matrix).
    """
    owned = facts.owned
    owners = np.bincount(owned["goal"].to_numpy(), minlength=facts.n)
    co_owned = facts.mask(facts.goals.filter("co_owned")["goal"])
    several = only(owned, "goal", (owners > 1) & ~co_owned)
    count = pl.col("owners").list.len().cast(pl.Int64).alias("count")
    rows = lists(several, "owners").with_columns(count)
    apart = with_two_apart(facts, several)
    rows = rows.join(
        apart.with_columns(pl.lit("high").alias("severity"), pl.lit("apart").alias("case")), on="goal", how="left"
    )
    rows = rows.select(
        "goal", "severity", pl.col("case").fill_null(""), pl.col("count").alias("rank"), "owners", "count"
    )
    return Judged(rows, int(np.count_nonzero(owners)))


@rule(
    "OWN103",
    "paper-owner",
    subjects=("goal",),
    also=("owners",),
    needs=("responsible",),
    nothing="no active goal has an owner",
    evidence=(Tie("owners", ACCOUNTABLE, "goal"), Says("goal")),
    message="{goal} is owned by {owners}, but nobody does it, and nobody owns or does a goal below it.",
    remedy="Ask {owners} who does the work, and make them responsible for {goal} or for what serves it.",
)
def paper_owner(facts: Facts, _: RuleSettings) -> Judged:
    """An owned active goal that no party does, and below which no party owns or does a goal.

    Silent where no active responsibility serves it, no goal is below it and a person owns it: that person may be the
    doer.

    Why: an owner on paper only reports on work that nobody does.

    Source: RACI charting asks for at least one Responsible for each piece of work (PMBOK Guide, responsibility
    assignment matrix).
    """
    goals = owned_goals(facts)
    goal, parent = (column.to_numpy() for column in facts.contributions.get_columns())
    below = pl.Series(parent.compress(goal != parent))
    by_person = only(facts.owned, "owner", facts.is_person)["goal"]
    has_work = facts.mask(facts.serves["goal"]) | facts.mask(below)
    acted = facts.mask(facts.doers["goal"]) | facts.some_below(facts.owns_or_does["goal"])
    fires = ~acted & (has_work | ~facts.mask(by_person))
    rows = with_owners(facts, only(named(goals, goal="goal"), "goal", fires))
    return Judged(rows, goals.height)


@rule(
    "OWN104",
    "departed-owner",
    severity="high",
    subjects=("goal",),
    also=("owners",),
    needs=("accountable",),
    nothing="nobody is accountable for an active goal",
    evidence=(Tie("owners", ACCOUNTABLE, "goal"), Says("owners", ("status",)), Says("goal")),
    supersedes=("OWN101",),
    message="Everyone accountable for {goal} has left: {owners}.",
    remedy="Hand {goal} over to somebody who is there, while what {owners} knew of it can still be asked for.",
)
def departed_owner(facts: Facts, _: RuleSettings) -> Judged:
    """An active goal for which somebody is accountable, and everyone accountable has left.

    Why: on paper the goal is in good hands; in fact it has been nobody's since they went.
    """
    said = named(facts.ends("ACCOUNTABLE_FOR", "party", "goal"), goal="goal", party="party")
    judged = facts.mask(said["goal"]) & facts.is_active_goal
    gone = only(said, "goal", judged & ~facts.mask(facts.accountable["goal"]))
    return Judged(lists(gone, "owners"), int(np.count_nonzero(judged)))


@rule(
    "OWN109",
    "powerless-owner",
    severity="low",
    subjects=("goal", "owner"),
    needs=("power",),
    nothing="no active goal of high or critical priority has an owner of known power",
    evidence=(
        Tie("owner", ACCOUNTABLE, "goal"),
        Says("owner", ("power",)),
        Tie("owner", ("REPORTS_TO",), None),
        Says("goal", ("priority",)),
    ),
    message={
        "": "{owner} owns {goal}, a goal of {priority} priority, with power {power} of 10, and nobody above {owner} "
        "has high power.",
        "alone": "{owner} owns {goal}, a goal of {priority} priority, with power {power} of 10, and reports to nobody.",
    },
    remedy={
        "": "Find {goal} a sponsor who can decide, or an owner with more say.",
        "alone": "Find {goal} a sponsor who can decide, or say to whom {owner} reports.",
    },
)
def powerless_owner(facts: Facts, _: RuleSettings) -> Judged:
    """An owner of an active goal of high or critical priority, of low power (3 or less) and without backing from above.

    Everyone the owner reports to, at any step, is of known power, and none of high power (7 or more); nobody above at
    all fires too. Judged are the owners whose power is known. The bounds are the settings `levels.low` and
    `levels.high`.

    Why: who answers for an important goal must be able to get decisions and means, by own power or by somebody above.

    Source: power as a dimension of stakeholders: Mendelow (1991).
    """
    weighty = facts.active_goals.filter(pl.col("priority").is_in(WEIGHTY)).select("goal", "priority")
    power = facts.stakeholders.select(pl.col("stakeholder").alias("owner"), "power")
    judged = facts.owned.join(weighty, on="goal").join(power.drop_nulls(), on="owner")
    backing = power.filter(pl.col("power").is_null() | (pl.col("power") >= facts.high))["owner"]
    source, target = (column.to_numpy() for column in facts.ends("REPORTS_TO", "who", "whom").get_columns())
    # Down from whoever is strong or unknown: whom they reach has backing, or cannot be told to lack it.
    backed = reaches_other(facts.n, target, source, facts.mask(backing))
    reporting = facts.mask(pl.Series(source.compress(source != target)))
    rows = judged.filter(pl.Series(~backed[judged["owner"].to_numpy()]) & (pl.col("power") <= facts.low))
    alone = pl.Series(reporting[rows["owner"].to_numpy()])
    case = pl.when(alone).then(pl.lit("")).otherwise(pl.lit("alone")).alias("case")
    return Judged(rows.select("goal", "owner", case, "priority", "power"), judged.height)


@rule(
    "OWN110",
    "collective-owner",
    severity="low",
    subjects=("goal",),
    also=("owners",),
    nothing="no active goal is owned by partners or groups alone",
    evidence=(Tie("owners", ACCOUNTABLE, "goal"), Says("goal")),
    supersedes=("OWN103",),
    message="{goal} is owned by {owners} as a whole: no person who belongs there owns or does it, or a goal below it.",
    remedy="Ask {owners} for the name of the one person who answers for {goal}.",
)
def collective_owner(facts: Facts, _: RuleSettings) -> Judged:
    """An active goal whose owners are partners or groups, and no person who is a member of one acts on it.

    To act on it is to own or do it or a goal below it; a member belongs at any depth. Judged are the goals owned by
    partners or groups alone.

    Why: a team cannot be called; when everyone answers for something, everyone may think that somebody else does.

    Source: diffusion of responsibility (Darley & Latane 1968).
    """
    by_person = facts.mask(only(facts.owned, "owner", facts.is_person)["goal"])
    owners = only(facts.owned, "goal", ~by_person)
    # Up from what persons of these owners do; then whether one reaches a goal that a container of theirs owns.
    belonging = only(only(facts.belonging, "container", facts.mask(owners["owner"])), "party", facts.is_person)
    acts = only(facts.owns_or_does, "party", facts.mask(belonging["party"]))
    held = named(through(acts, belonging), owner="container", goal="goal")
    reached = pairs_along(held, facts.contributions)
    inside = where(owners, among(owners, reached))
    goals = facts.mask(owners["goal"])
    rows = lists(only(owners, "goal", ~facts.mask(inside["goal"])), "owners")
    return Judged(rows, int(np.count_nonzero(goals)))


@rule(
    "OWN111",
    "hollow-commitment",
    subjects=("partner", "goal"),
    nothing="no partner commits to an active goal",
    evidence=(Tie("partner", ("COMMITS_TO",), "goal"),),
    message="{partner} commits to {goal}, but nobody of {partner} owns or does it, or a goal below it.",
    remedy="Ask {partner} who will work on {goal}, or take the commitment back.",
)
def hollow_commitment(facts: Facts, _: RuleSettings) -> Judged:
    """A partner that commits to an active goal, and no party of which owns or does it or a goal below it.

    Why: a commitment that nobody works on is counted on by the others, and missed when it is due.
    """
    pairs = once(named(only(facts.commitments, "goal", facts.is_active_goal), partner="partner", goal="goal"))
    return Judged(where(pairs, ~among(pairs, facts.acts_for)), pairs.height)


@rule(
    "OWN112",
    "unbacked-owner",
    severity="low",
    subjects=("goal", "owner"),
    also=("homes", "committed"),
    nothing="no active goal that partners commit to is owned by a person who has a partner",
    evidence=(
        Tie("owner", ACCOUNTABLE, "goal"),
        Tie("committed", ("COMMITS_TO",), "goal"),
        Tie("owner", ("MEMBER_OF",), None),
    ),
    message="{owner} owns {goal}, which {committed} committed to, but not {homes}, where {owner} belongs.",
    remedy="Win the commitment of {homes}, or let {committed} name the owner of {goal}.",
)
def unbacked_owner(facts: Facts, _: RuleSettings) -> Judged:
    """A person who owns an active goal that partners commit to, and has partners, none of which does.

    Judged are such goals with each person who owns them and has a partner.

    Why: the owner works on it against the priorities of those who pay for the time.
    """
    pairs = once(named(only(facts.commitments, "goal", facts.is_active_goal), partner="partner", goal="goal"))
    owners = only(only(facts.owned, "goal", facts.mask(pairs["goal"])), "owner", facts.is_person)
    goal, owner = (column.to_numpy() for column in owners.get_columns())
    which, home = onward(owner, facts.home)
    backing = held_by(keys_of(pairs, "partner", "goal"), packed(home, goal.take(which)))
    judged, backed = np.bincount(which, minlength=len(goal)) > 0, np.zeros(len(goal), dtype=np.bool_)
    backed[which[backing]] = True
    found = (judged & ~backed).take(which)
    homes = lists(frame_of(distinct(packed(which, home).compress(found)), "row", "partner"), "homes")
    rows = where(owners, judged & ~backed).hstack([homes["homes"]])
    committed = lists(named(only(pairs, "goal", facts.mask(rows["goal"])), goal="goal", partner="partner"), "committed")
    return Judged(rows.join(committed, on="goal"), int(np.count_nonzero(judged)))
