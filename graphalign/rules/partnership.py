"""The engagement rules about partners and goals: who stands apart, who backs, who blocks."""

from __future__ import annotations

import polars as pl

from graphalign.graph import Facts
from graphalign.graph.contact import in_contact
from graphalign.graph.pairs import named, once, only
from graphalign.graph.shared import projection
from graphalign.model import Judged, Says, Tie
from graphalign.rules import rule
from graphalign.settings import RuleSettings
from graphalign.vocabulary import RACI


def active_goals_of(facts: Facts) -> pl.DataFrame:
    """(partner, goal): the active goals of each partner."""
    return facts.partners_of_goal.join(facts.active_goals, on="goal", how="semi").select("partner", "goal")


@projection
def related(facts: Facts) -> pl.DataFrame:
    """(partner, other): partners of which one is part of the other, both ways, and each with itself."""
    pairs = only(facts.partners_of, "party", facts.is_partner)
    return once(named(pairs, partner="partner", other="party"), named(pairs, partner="party", other="partner"))


@rule(
    "ENG306",
    "isolated-partner",
    subjects=("partner",),
    message="{partner} has members ({members}) and goals ({goals}), but no contact with another partner's "
    "members and no goal that another partner works on.",
    remedy="Find the goal of another partner that {partner} can help or that helps it, and name one person on "
    "each side to talk.",
    needs=("contact",),
    applies=("two partners",),
    covered_on=lambda facts: facts.goal_owning_persons,
    nothing="no partner has both members and active goals",
    also=("goal",),
    evidence=(
        Tie("partner", ("COMMITS_TO", "ACCOUNTABLE_FOR"), None),
        Tie(None, ("MEMBER_OF",), "partner"),
        Says("goal"),
    ),
)
def isolated_partner(facts: Facts, _: RuleSettings) -> Judged:
    """A partner that has members and active goals, no contact with another partner's members, and no goal that another
    works on. Another is one that is neither part of it nor the other way round.

    Why: a partner that neither talks nor works with another is in the alliance by name only.

    Source: Burt 1992 (structural holes).
    """
    goals = active_goals_of(facts)
    members = facts.members.group_by("partner").agg(pl.len().cast(pl.Int64).alias("members"))
    counted = goals.group_by("partner").agg(pl.len().cast(pl.Int64).alias("goals"), pl.col("goal").min())
    judged = counted.join(members, on="partner")
    kin = related(facts)
    silent = only(judged, "partner", ~in_contact(facts, facts.mask(judged["partner"]), kin))
    # Counted, not paired: how many work on the goal, less those of them that are kin, is linear.
    goals = goals.join(silent, on="partner", how="semi")
    works = facts.works_on.join(goals, on="goal", how="semi")
    everyone = works.group_by("goal").agg(pl.len().alias("all"))
    own = goals.join(kin, on="partner").join(works.rename({"partner": "other"}), on=["other", "goal"], how="semi")
    kindred = own.group_by("partner", "goal").agg(pl.len().alias("own"))
    among = goals.join(everyone, on="goal").join(kindred, on=["partner", "goal"], how="left")
    rows = silent.join(among.filter(pl.col("all") > pl.col("own").fill_null(0)), on="partner", how="anti")
    return Judged(rows.with_columns(pl.col("goals").alias("rank")), judged.height)


@rule(
    "ENG307",
    "unwilling-owner",
    severity="high",
    subjects=("goal", "owner"),
    message={
        "unaware": "{owner} is accountable for {goal}, but unaware.",
        "resistant": "{owner} is accountable for {goal}, but resistant.",
    },
    remedy={
        "unaware": "Tell {owner} that {goal} is theirs and agree what it asks, or give it another owner.",
        "resistant": "Settle with {owner} what stands against {goal}, or give it another owner.",
    },
    needs=("engagement",),
    nothing="no person of known engagement owns an active goal",
    evidence=(Tie("owner", ("ACCOUNTABLE_FOR",), "goal"), Says("owner", ("engagement",))),
)
def unwilling_owner(facts: Facts, _: RuleSettings) -> Judged:
    """An active goal and a person who owns it, and whose engagement is unaware or resistant. Owners of unknown
    engagement are not judged.

    Why: a goal moves no faster than the will of whoever answers for it.

    Source: PMBOK Guide, stakeholder engagement assessment matrix.
    """
    stance = facts.persons.select(pl.col("person").alias("owner"), "engagement").drop_nulls("engagement")
    judged = facts.owned.join(stance, on="owner")
    rows = judged.filter(pl.col("engagement").is_in(["unaware", "resistant"])).select(
        "goal", "owner", pl.col("engagement").alias("case")
    )
    return Judged(rows, judged.height)


@rule(
    "ENG308",
    "no-sponsor",
    subjects=("partner",),
    message="{partner} works on shared outcomes ({goals}), and none of its members sponsors a goal it works on, "
    "or is both of high power and supportive or leading.",
    remedy="Find somebody of influence at {partner} who will sponsor {goals}, and record it.",
    applies=("shared goal",),
    nothing="no partner that works on an active shared goal has a member of known power, interest or engagement",
    also=("goals",),
    evidence=(
        Tie("partner", ("COMMITS_TO", "ACCOUNTABLE_FOR", "RESPONSIBLE_FOR"), "goals"),
        Says("goals", ("shared",)),
    ),
)
def no_sponsor(facts: Facts, _: RuleSettings) -> Judged:
    """A partner that works on an active shared goal, none of whose members sponsors an active goal it works on, or
    has high power and is supportive or leading. Judged where power, interest or engagement of a member is known, or
    the graph has any sponsor.

    Why: without a champion inside, a partner's contribution to the common outcome is the first thing cut.

    Source: PMBOK Guide (the role of the sponsor); Mendelow 1991.
    """
    works = facts.works_on.join(facts.active_goals, on="goal", how="semi")
    shared = works.join(facts.active_goals.filter("shared"), on="goal", how="semi")
    working = shared.group_by("partner").agg(pl.col("goal").sort().alias("goals"))
    standing = facts.stakeholders.select(pl.col("stakeholder").alias("member"), "power", "interest", "engagement")
    members = facts.members.join(standing, on="member")
    sponsoring = facts.graph.of_type("SPONSORS")
    if not sponsoring.height:
        known = members.filter(pl.any_horizontal(pl.col("power", "interest", "engagement").is_not_null()))
        working = working.join(known, on="partner", how="semi")
    backed = (
        sponsoring.select(pl.col("source").alias("member"), pl.col("target").alias("goal"))
        .join(facts.members, on="member")
        .join(works, on=["partner", "goal"], how="semi")
    )
    strong = members.filter((pl.col("power") >= facts.high) & pl.col("engagement").is_in(["supportive", "leading"]))
    rows = working.join(backed, on="partner", how="anti").join(strong, on="partner", how="anti")
    return Judged(rows.with_columns(pl.col("goals").list.len().alias("rank")), working.height)


@rule(
    "ENG309",
    "blocking-coalition",
    severity="high",
    subjects=("goal", "person", "other"),
    message="{person} and {other} both resist, have high power ({power} and {other_power}), talk to each "
    "other, and have a part in {goal}.",
    remedy="Before {goal} comes up for decision, ask {person} and {other} one by one what each would accept.",
    needs=("engagement",),
    nothing="no active goal has two people with a RACI role",
    symmetric=True,
    candidates=("goal",),
    evidence=(
        Tie("person", ("COMMUNICATES_WITH",), "other"),
        Tie("person", RACI, "goal"),
        Tie("other", RACI, "goal"),
        Says("person", ("power", "engagement")),
        Says("other", ("power", "engagement")),
    ),
)
def blocking_coalition(facts: Facts, _: RuleSettings) -> Judged:
    """An active goal, and two resistant people of high power who are in contact, each with a RACI role on the goal.
    Judged are the active goals on which two people or more have a RACI role.

    Why: one powerful opponent can be met; two who talk to each other and sit at the table can stop a goal.

    Source: Mitchell, Agle & Wood 1997 (power, legitimacy, urgency); PMBOK Guide, stakeholder engagement assessment
    matrix.
    """
    among = facts.mask(facts.persons["person"])[facts.raci["party"].to_numpy()]
    among &= facts.mask(facts.active_goals["goal"])[facts.raci["item"].to_numpy()]
    roles = facts.raci.filter(among).select(pl.col("party").alias("person"), pl.col("item").alias("goal"))
    several = roles.group_by("goal").agg((pl.col("person").min() < pl.col("person").max()).alias("several"))
    resists = (pl.col("engagement") == "resistant") & (pl.col("power") >= facts.high)
    against = facts.persons.filter(resists).select("person", "power")
    other = against.rename({"person": "other", "power": "other_power"})
    pairs = facts.contact.filter(pl.col("person") < pl.col("other")).join(against, on="person").join(other, on="other")
    theirs = roles.join(against, on="person", how="semi").unique()
    rows = pairs.join(theirs, on="person").join(theirs.rename({"person": "other"}), on=["other", "goal"], how="semi")
    judged = int(several["several"].sum())
    return Judged(
        rows.select(
            "goal", "person", "other", "power", "other_power", (pl.col("power") + pl.col("other_power")).alias("rank")
        ),
        judged,
    )
