"""The coordination rules about dependencies between goals, and about those who do a goal (COO403-406, 409)."""

from __future__ import annotations

import numpy as np
import polars as pl

from graphalign.graph import Facts
from graphalign.graph.meetings import meetings
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
    steps_of,
    through,
    where,
)
from graphalign.model import Judged, Says, Tie
from graphalign.rules import rule
from graphalign.settings import RuleSettings
from graphalign.vocabulary import RACI

DEPENDS = Tie("goal", ("DEPENDS_ON",), "needed")
STEP = ["goal", "needed"]


@rule(
    "COO403",
    "silent-dependency",
    severity="high",
    subjects=("goal", "needed"),
    also=("partners", "others"),
    needs=("contact",),
    covered_on=lambda facts: facts.goal_owning_persons,
    recent=True,
    nothing="no active goal depends on another",
    supersedes=("COO404",),
    evidence=(
        DEPENDS,
        Tie("partners", ("COMMITS_TO", "ACCOUNTABLE_FOR"), "goal"),
        Tie("others", ("COMMITS_TO", "ACCOUNTABLE_FOR"), "needed"),
        Tie(None, ("ACCOUNTABLE_FOR",), "goal"),
        Tie(None, ("ACCOUNTABLE_FOR",), "needed"),
    ),
    message={
        "never": "{goal} ({partners}) depends on {needed} ({others}), and no dated contact between the two sides is "
        "recorded.",
        "late": "{goal} ({partners}) depends on {needed} ({others}), and the two sides last had contact on {last}, "
        "{days} days ago.",
    },
    remedy="Let the owners of {goal} and {needed} agree on what is handed over and when, and talk until it is.",
)
def silent_dependency(facts: Facts, _: RuleSettings) -> Judged:
    """A dependency between two active goals of which no partner has both, and no recent contact between a partner whose
    goal the one is and a partner whose goal the other is: none of their members in the last 90 days, and no member in
    common. Whose goal it is: partners of which a party commits to it or owns it. Judged are the dependencies between
    active goals.

    Why: a promise between organisations that nobody speaks about is first heard of when it is broken.

    Source: Malone & Crowston 1994 (managing dependencies); Cataldo, Herbsleb & Carley 2008.
    """
    needs = facts.dependencies
    across = where(needs, facts.apart(needs, "goal", "needed", facts.partners_of_goal).to_numpy())
    talk = named(facts.partner_contact, one="partner", other="other", last="last", recent="recent")
    goals = named(facts.partners_of_goal, one="partner", goal="goal")
    heard = [
        met.join(talk, on=["one", "other"]).group_by("step").agg(pl.col("last").max(), pl.col("recent").any())
        for met in meetings(goals, across)
    ]
    contact = pl.concat(heard).group_by("step").agg(pl.col("last").max(), pl.col("recent").any())
    rows = across.with_row_index("step").join(contact, on="step", how="left")
    rows = rows.filter(~pl.col("recent").fill_null(value=False))
    asked = facts.mask(rows["goal"]) | facts.mask(rows["needed"])
    whose = lists(only(facts.partners_of_goal, "goal", asked), "partners")
    theirs = named(whose, needed="goal", others="partners")
    days = (pl.lit(facts.as_of) - pl.col("last")).dt.total_days().alias("days")
    case = pl.when(pl.col("last").is_null()).then(pl.lit("never")).otherwise(pl.lit("late")).alias("case")
    rows = rows.join(whose, on="goal").join(theirs, on="needed").with_columns(days, case)
    return Judged(rows.select(*STEP, "partners", "others", "last", "days", "case"), needs.height)


@rule(
    "COO404",
    "uninformed-dependent",
    subjects=("goal", "needed"),
    also=("owners",),
    nothing="no owned goal depends on an active goal",
    evidence=(DEPENDS, Tie("owners", ("ACCOUNTABLE_FOR",), "goal"), Tie(None, RACI, "needed")),
    message="{goal} depends on {needed}, on which neither {owners} nor anybody of their partners has a role.",
    remedy="Have {owners} consulted on {needed}, or at least informed of it.",
)
def uninformed_dependent(facts: Facts, _: RuleSettings) -> Judged:
    """An active goal that is owned and depends on an active goal on which none of its owners, of their partners and of
    the parties of these is accountable, responsible, consulted or informed. Judged are the dependencies of owned active
    goals on active goals.

    Why: whoever waits for a result and has no part in it learns of its delay last.

    Source: RACI charting (PMBOK Guide, responsibility assignment matrix); Malone & Crowston 1994 (managing
    dependencies).
    """
    judged = only(facts.dependencies, "goal", facts.mask(facts.owned["goal"]))
    asked = facts.mask(judged["needed"])
    roles = once(*(named(only(facts.roles(t), "item", asked), needed="item", party="party") for t in RACI))
    # An owner without a partner can only have the role itself; all others have it through a partner in common.
    goal, needed = (column.to_numpy() for column in judged.get_columns())
    which, owner = onward(goal, steps_of(keys_of(facts.owned), facts.n))
    again, partner = onward(owner, facts.home)
    side = which.take(again)
    informed = np.zeros(judged.height, dtype=np.bool_)
    informed[which[held_by(keys_of(roles), packed(needed.take(which), owner))]] = True
    heard = keys_of(through(roles, facts.partners_of))
    informed[side[held_by(heard, packed(needed.take(side), partner))]] = True
    rows = where(judged, ~informed)
    owners = lists(only(facts.owned, "goal", facts.mask(rows["goal"])), "owners")
    return Judged(rows.join(owners, on="goal"), judged.height)


@rule(
    "COO405",
    "late-dependency",
    subjects=("goal", "needed"),
    nothing="no goal that has a due date depends on one that has",
    judges_proposed=True,
    evidence=(DEPENDS, Says("goal", ("due", "status")), Says("needed", ("due", "status"))),
    message="{goal} is due on {due} and depends on {needed}, which is due {after} later, on {needed_due}.",
    remedy="Bring {needed} forward to {due} or before, move {goal}, or take the dependency out.",
)
def late_dependency(facts: Facts, _: RuleSettings) -> Judged:
    """A dependency between two goals, each active or proposed, of which the one that is needed is due after the one
    that needs it. Judged are the dependencies between such goals that both have a due date.

    Why: a plan that asks for a result before what it stands on cannot be kept.

    Source: the critical path method (Kelley & Walker 1959).
    """
    dated = facts.goals.filter(pl.col("status").is_in(["active", "proposed"])).drop_nulls("due").select("goal", "due")
    judged = facts.all_dependencies.join(dated, on="goal").join(
        dated.rename({"goal": "needed", "due": "needed_due"}), on="needed"
    )
    days = (pl.col("needed_due") - pl.col("due")).dt.total_days()
    rows = judged.filter(pl.col("needed_due") > pl.col("due")).with_columns(
        pl.when(days == 1).then(pl.lit("a day")).otherwise(pl.format("{} days", days)).alias("after"),
        days.alias("rank"),
    )
    return Judged(rows, judged.height)


@rule(
    "COO406",
    "silent-team",
    subjects=("goal", "owner"),
    also=("doers",),
    needs=("contact",),
    covered_on=lambda facts: facts.goal_owning_persons,
    recent=True,
    nothing="no person owns an active goal that other persons do",
    evidence=(
        Tie("owner", ("ACCOUNTABLE_FOR",), "goal"),
        Tie("doers", ("RESPONSIBLE_FOR",), "goal"),
        Tie("doers", ("RESPONSIBLE_FOR",), "goal", through="SERVES"),
        Tie("owner", ("COMMUNICATES_WITH",), "doers"),
    ),
    message={
        "never": "{owner} is accountable for {goal}, and has no dated contact with any of those who do it: {doers}.",
        "late": "{owner} is accountable for {goal}, and last had contact with any of those who do it ({doers}) on "
        "{last}, {days} days ago.",
    },
    remedy="Let {owner} meet {doers} about {goal}, and again before three months have passed.",
)
def silent_team(facts: Facts, _: RuleSettings) -> Judged:
    """An active goal and a person who owns it, while other persons do it (responsible for it, or for an active
    responsibility that serves it) and the owner has had contact with none of these in the last 90 days. Judged are the
    persons who own an active goal that other persons do, for each such goal.

    Why: who answers for the work and does not hear from those who do it cannot steer it.

    Source: Cataldo, Herbsleb & Carley 2008 (socio-technical congruence).
    """
    owned = only(facts.owned, "owner", facts.is_person)
    done = only(facts.doers, "party", facts.is_person)
    many = np.bincount(done["goal"].to_numpy(), minlength=facts.n)[owned["goal"].to_numpy()]
    itself = among(owned, named(done, goal="goal", owner="party"))
    judged = where(owned, many > itself)
    # From the owner's contacts to the doers: no owner is paired with each doer of a goal that has many of both.
    contact = only(facts.contact, "person", facts.mask(judged["owner"]))
    contact = only(contact, "other", facts.mask(done["party"]))
    talk = judged.join(named(contact, owner="person", party="other", last="last"), on="owner")
    talk = where(talk, held_by(keys_of(done), keys_of(talk, "goal", "party")))
    spoken = talk.group_by("goal", "owner").agg(pl.col("last").max())
    held = judged.join(spoken, on=["goal", "owner"], how="left")
    found = held.filter(~(pl.col("last") >= facts.since).fill_null(value=False))
    which, party = onward(found["goal"].to_numpy(), steps_of(keys_of(done), facts.n))
    others = party != found["owner"].to_numpy().take(which)
    doers = lists(frame_of(distinct(packed(which, party).compress(others)), "row", "party"), "doers")
    days = (pl.lit(facts.as_of) - pl.col("last")).dt.total_days().alias("days")
    case = pl.when(pl.col("last").is_null()).then(pl.lit("never")).otherwise(pl.lit("late")).alias("case")
    rank = pl.col("doers").list.len().alias("rank")
    return Judged(found.hstack([doers["doers"]]).with_columns(days, case, rank), judged.height)


@rule(
    "COO409",
    "dropped-dependency",
    severity="high",
    subjects=("goal", "needed"),
    nothing="no active goal depends on another",
    evidence=(DEPENDS, Says("needed", ("status",))),
    message="{goal} depends on {needed}, which was dropped.",
    remedy="Find another way to what {goal} needs of {needed}, take {needed} up again, or drop {goal} too.",
)
def dropped_dependency(facts: Facts, _: RuleSettings) -> Judged:
    """An active goal that depends on a dropped goal. Judged are the dependencies of active goals on goals of any
    status.

    Why: what was dropped will not be delivered; whoever still counts on it has not been told, or has not re-planned.

    Source: Malone & Crowston 1994 (managing dependencies).
    """
    judged = only(facts.all_dependencies, "goal", facts.is_active_goal)
    dropped = facts.mask(facts.goals.filter(status="dropped")["goal"])
    return Judged(only(judged, "needed", dropped), judged.height)
