"""The engagement rules about partners and goals: who stands apart, who backs, who blocks."""

from __future__ import annotations

import numpy as np
import polars as pl

from graphalign.graph import Facts
from graphalign.graph.contact import in_contact
from graphalign.graph.pairs import (
    distinct,
    held_by,
    in_common,
    keys_of,
    lists,
    named,
    once,
    only,
    onward,
    packed,
    places,
    steps_of,
)
from graphalign.graph.shared import projection
from graphalign.model import Judged, Says, Tie
from graphalign.rules import rule
from graphalign.settings import RuleSettings
from graphalign.vocabulary import RACI


def active_goals_of(facts: Facts) -> pl.DataFrame:
    """(partner, goal): the active goals of each partner."""
    return named(only(facts.partners_of_goal, "goal", facts.is_active_goal), partner="partner", goal="goal")


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
    partner, goal = (column.to_numpy() for column in goals.get_columns())
    many = np.bincount(partner, minlength=facts.n)
    members = np.bincount(places(facts.members["partner"]), minlength=facts.n)
    asked = (many > 0) & (members > 0)
    first = np.full(facts.n, facts.n, dtype=np.uint32)
    np.minimum.at(first, partner, goal)
    kin = related(facts)
    silent = asked & ~in_contact(facts, asked, kin)
    # Counted, not paired: how many work on the goal, less those of them that are kin, is linear.
    goals = only(goals, "partner", silent)
    at = places(goals["goal"])
    works = only(facts.works_on, "goal", facts.mask(goals["goal"]))
    everyone = np.bincount(places(works["goal"]), minlength=facts.n).take(at)
    which, other = onward(goals["partner"].to_numpy(), steps_of(keys_of(kin), facts.n))
    own = which.compress(held_by(distinct(keys_of(works)), packed(other, at.take(which))))
    together = everyone > np.bincount(own, minlength=len(at))
    apart = np.flatnonzero(silent & ~facts.mask(goals["partner"].filter(pl.Series(together))))
    counts = {"members": members[apart], "goals": many[apart], "rank": many[apart]}
    rows = pl.DataFrame({"partner": apart.astype(np.uint32), "goal": first[apart], **counts})
    return Judged(rows, int(np.count_nonzero(asked)))


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
    works = only(facts.works_on, "goal", facts.is_active_goal)
    shared = only(works, "goal", facts.mask(facts.active_goals.filter("shared")["goal"]))
    working = lists(shared, "goals")
    standing = facts.stakeholders.select(pl.col("stakeholder").alias("member"), "power", "interest", "engagement")
    members = facts.members.join(standing, on="member")
    sponsoring = facts.graph.of_type("SPONSORS")
    if not sponsoring.height:
        known = members.filter(pl.any_horizontal(pl.col("power", "interest", "engagement").is_not_null()))
        working = only(working, "partner", facts.mask(known["partner"]))
    member_of = steps_of(keys_of(facts.members, "member", "partner"), facts.n)
    which, partner = onward(sponsoring["source"].to_numpy(), member_of)
    sponsors = held_by(distinct(keys_of(works)), packed(partner, sponsoring["target"].to_numpy().take(which)))
    strong = members.filter((pl.col("power") >= facts.high) & pl.col("engagement").is_in(["supportive", "leading"]))
    backed = facts.mask(strong["partner"])
    backed[partner.compress(sponsors)] = True
    rows = only(working, "partner", ~backed)
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
    held = once(*(only(facts.roles(t), "party", facts.is_person) for t in RACI))
    roles = named(only(held, "item", facts.is_active_goal), person="party", goal="item")
    judged = int(np.count_nonzero(np.bincount(places(roles["goal"])) > 1))
    resists = (pl.col("engagement") == "resistant") & (pl.col("power") >= facts.high)
    against = facts.persons.filter(resists)
    resisting = facts.mask(against["person"])
    # Each contact of two of them once, then the goals of the one at which the other has a part too.
    pairs = only(only(facts.contact, "person", resisting), "other", resisting)
    person, other = (pairs[end].to_numpy() for end in ("person", "other"))
    person, other = person.compress(person < other), other.compress(person < other)
    which, goal = in_common(person, other, keys_of(roles), facts.n)
    power = np.zeros(facts.n)
    power[places(against["person"])] = against["power"].to_numpy()
    person, other = person.take(which), other.take(which)
    powers = {"power": power[person], "other_power": power[other], "rank": power[person] + power[other]}
    return Judged(pl.DataFrame({"goal": goal, "person": person, "other": other, **powers}), judged)
