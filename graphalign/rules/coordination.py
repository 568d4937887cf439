"""The coordination rules about pairs: people and partners whose work meets, and who do not (COO401, 402, 407, 408)."""

from __future__ import annotations

import numpy as np
import polars as pl

from graphalign.graph import Facts
from graphalign.graph.meetings import (
    depending_pairs,
    in_parts,
    meetings,
    recent_pairs,
    with_somebody,
    working_pairs,
)
from graphalign.graph.naming import sets_of_words
from graphalign.graph.pairs import among, distinct, frame_of, keys_of, once, packed, where
from graphalign.graph.runs import starts_of_runs
from graphalign.model import Judged, Option, Tie
from graphalign.rules import rule
from graphalign.rules.partnership import related
from graphalign.settings import RuleSettings

WORK = ("ACCOUNTABLE_FOR", "RESPONSIBLE_FOR")
# How many goals a row carries for the sentence and the evidence; all are counted.
SHOWN = 5
PAIR = ["partner", "other"]


def work_of_persons(facts: Facts) -> pl.DataFrame:
    """Return (one, goal): the persons accountable for or doing each active goal, TA of Cataldo and others."""
    work = facts.owns_or_does.join(facts.active_goals, on="goal", how="semi")
    return work.join(facts.persons, left_on="party", right_on="person", how="semi").select(
        pl.col("party").alias("one"), "goal"
    )


def task_steps(facts: Facts) -> pl.DataFrame:
    """Return (goal, needed): the dependencies between active goals, and each goal with itself, TD likewise."""
    itself = facts.active_goals.select("goal", pl.col("goal").alias("needed"))
    return pl.concat([facts.dependencies.select("goal", "needed"), itself])


def must_coordinate(facts: Facts) -> pl.Series:
    """Return the persons whose work must coordinate with somebody else's."""
    return with_somebody(work_of_persons(facts), task_steps(facts))


@rule(
    "COO401",
    "coordination-gap",
    subjects=("person", "other"),
    also=("goal", "needed"),
    needs=("contact",),
    covered_on=must_coordinate,
    nothing="no two people have work that must coordinate",
    grouped=True,
    symmetric=True,
    evidence=(
        Tie("person", WORK, "goal"),
        Tie("person", WORK, "needed"),
        Tie("other", WORK, "goal"),
        Tie("other", WORK, "needed"),
        Tie("person", ("RESPONSIBLE_FOR",), "goal", through="SERVES"),
        Tie("person", ("RESPONSIBLE_FOR",), "needed", through="SERVES"),
        Tie("other", ("RESPONSIBLE_FOR",), "goal", through="SERVES"),
        Tie("other", ("RESPONSIBLE_FOR",), "needed", through="SERVES"),
        Tie("goal", ("DEPENDS_ON",), "needed"),
    ),
    message={
        "same": "{person} and {other} both work on {goal}, and no contact between them is recorded.",
        "needed": "{goal} depends on {needed}; {person} and {other} each work on one of them, and no contact between "
        "them is recorded.",
        "several": "The work of {person} and {other} meets at {rows} points, in {goal}, and no contact between them is "
        "recorded.",
    },
    remedy={
        "same": "Let {person} and {other} agree how their parts of {goal} fit together, and record that they talked.",
        "needed": "Let {person} and {other} agree what {goal} needs of {needed} and when, and record that they talked.",
        "several": "Bring {person} and {other} together over {goal}, and record that they talked.",
    },
)
def coordination_gap(facts: Facts, _: RuleSettings) -> Judged:
    """Two people whose work must coordinate and who have no contact of any date: each is accountable for or does an
    active goal, the same one, or one that depends on the other's. Judged are all pairs whose work must coordinate.

    Coordination requirements are CR = TA.TD.TA^T off its diagonal, TA who is accountable for or does which active goal,
    TD the dependencies between active goals and each goal with itself. Of a pair, those with most such meeting points
    come first.

    Why: where work depends on work and the people do not talk, it fits by luck; congruence of the two shortens the time
    to finish.

    Source: Cataldo, Herbsleb & Carley 2008 (socio-technical congruence).
    """
    talk = facts.contact.head(facts.contact.height // 2).select(pl.col("person").alias("one"), "other")
    steps = once(task_steps(facts))
    silent, talking = [], [np.zeros(0, dtype=np.uint64)]
    for met in meetings(work_of_persons(facts), steps):
        ends = met.select("one", "other")
        known = pl.Series(among(ends, talk))
        talking.append(distinct(keys_of(ends.filter(known))))
        silent.append(met.filter(~known))
    # A pair that must coordinate is in contact, as the input says, or a finding: no more is held than is given back.
    met = pl.concat(silent)
    key = keys_of(met, "one", "other")
    pairs = distinct(key)
    points = np.searchsorted(keys_of(steps), keys_of(met, "goal", "needed"))
    # Each meeting point of a pair once, by pair and step: where each pair's begin, and how many there are.
    held = frame_of(distinct(packed(np.searchsorted(pairs, key), points)), "pair", "step")
    start = starts_of_runs(held["pair"])
    count = np.diff(start, append=held.height)
    at = steps[held["step"]]
    own = np.repeat((at["goal"] == at["needed"]).to_numpy()[start], count)
    case = pl.when(pl.col("rank") > 1).then(pl.lit("several")).when(pl.Series(own)).then(pl.lit("same"))
    ends = frame_of(np.repeat(pairs, count), "person", "other")
    rows = ends.hstack(at).with_columns(pl.Series("rank", np.repeat(count, count), dtype=pl.Int64))
    rows = rows.with_columns(case.otherwise(pl.lit("needed")).alias("case"))
    return Judged(rows, len(pairs) + len(distinct(np.concatenate(talking))))


@rule(
    "COO402",
    "single-bridge",
    subjects=("partner", "other"),
    also=("person", "others", "goal", "needed"),
    needs=("contact",),
    covered_on=lambda facts: facts.goal_owning_persons,
    applies=("two partners",),
    nothing="no two partners of two members or more, none in common, have a goal in common or a dependency",
    symmetric=True,
    evidence=(Tie("person", ("COMMUNICATES_WITH",), "others"), Tie("goal", ("DEPENDS_ON",), "needed")),
    message={
        "common": "All contact between {partner} and {other}, who both work on {goal}, goes through {person}.",
        "common pair": "All contact between {partner} and {other}, who both work on {goal}, is that of {person} with "
        "{others}.",
        "needed": "All contact between {partner} and {other}, of whom one needs the other ({goal} depends on "
        "{needed}), goes through {person}.",
        "needed pair": "All contact between {partner} and {other}, of whom one needs the other ({goal} depends on "
        "{needed}), is that of {person} with {others}.",
    },
    remedy={
        "": "Bring a second person into the contact between {partner} and {other}, before {person} is ill, leaves or "
        "is needed elsewhere.",
    },
)
def single_bridge(facts: Facts, _: RuleSettings) -> Judged:
    """Two partners, neither part of the other, that work on an active goal in common or have a dependency between their
    active goals, each of two members or more, none in common, all of whose contact, of any date, touches one person of
    one side, or is one pair of people. Without any contact there is no bridge. Judged are such pairs of partners.

    Why: when the one person who spans the gap between two organisations goes, the tie between them goes too.

    Source: Burt 1992 (structural holes).
    """
    together = pl.concat([working_pairs(facts), depending_pairs(facts)]).unique()
    members = facts.members
    several = members.group_by("partner").agg(pl.len().alias("size")).filter(pl.col("size") > 1)
    common = members.join(members.rename({"partner": "other"}), on="member").select(PAIR).unique()
    judged = (
        together.join(several, on="partner", how="semi")
        .join(several, left_on="other", right_on="partner", how="semi")
        .join(common, on=PAIR, how="anti")
        .join(related(facts), on=PAIR, how="anti")
    )
    ties = where(facts.ties, among(facts.ties.select(PAIR), judged))
    ties = ties.hstack(facts.contact.select("person", pl.col("other").alias("with"))[ties["at"]])
    ends = [pl.when("turned").then(a).otherwise(b) for a, b in (("with", "person"), ("person", "with"))]
    ties = ties.select(*PAIR, ends[0].alias("one"), ends[1].alias("two"))
    bounds = ties.group_by(PAIR).agg(
        pl.col("one").min(),
        pl.col("one").max().alias("most"),
        pl.col("two").min(),
        pl.col("two").max().alias("most_two"),
    )
    ours, theirs = pl.col("one") == pl.col("most"), pl.col("two") == pl.col("most_two")
    found = bounds.filter(ours | theirs).with_columns((ours & theirs).alias("pair"), ours.alias("ours"))
    held = ties.join(found.select(*PAIR, "pair", "ours"), on=PAIR)
    bridge = pl.when("ours").then("one").otherwise("two").alias("person")
    reached = pl.when("ours").then("two").otherwise("one").alias("others")
    found = held.select(*PAIR, "pair", bridge, reached).group_by(*PAIR, "pair", "person").agg(pl.col("others").sort())
    rows = _stakes(facts, found).with_columns(pl.col("others").list.len().cast(pl.Int64).alias("rank"))
    kind = pl.when(pl.col("needed").is_null()).then(pl.lit("common")).otherwise(pl.lit("needed"))
    case = kind + pl.when("pair").then(pl.lit(" pair")).otherwise(pl.lit(""))
    return Judged(rows.select(*PAIR, "person", "others", "goal", "needed", case.alias("case"), "rank"), judged.height)


def _stakes(facts: Facts, pairs: pl.DataFrame) -> pl.DataFrame:
    """Return pairs of partners with `goal`, the first they both work on; else the first that depends on `needed`."""
    works = facts.works_on.join(facts.active_goals, on="goal", how="semi")
    sizes = works.group_by("partner").agg(pl.len().cast(pl.Int64).alias("size"))
    shared = [
        part.join(works, on="partner")
        .join(works.rename({"partner": "other"}), on=["other", "goal"], how="semi")
        .group_by(PAIR)
        .agg(pl.col("goal").min())
        for part in in_parts(pairs.select(PAIR).sort(PAIR), sizes, "partner")
    ]
    common = pl.concat(shared).group_by(PAIR).agg(pl.col("goal").min())
    rest = pairs.select(PAIR).join(common, on=PAIR, how="anti")
    goals = facts.partners_of_goal.select(pl.col("partner").alias("one"), "goal")
    across = [
        met.rename({"one": "partner"}).join(rest, on=PAIR, how="semi")
        for met in meetings(goals, facts.dependencies.select("goal", "needed"))
    ]
    needed = pl.concat(across).sort("goal", "needed").unique(PAIR, keep="first", maintain_order=True)
    none = pl.lit(None, dtype=pl.UInt32).alias("needed")
    return pairs.join(pl.concat([common.with_columns(none), needed.select(*PAIR, "goal", "needed")]), on=PAIR)


@rule(
    "COO407",
    "goals-without-talk",
    subjects=("partner", "other"),
    also=("goals",),
    needs=("contact",),
    covered_on=lambda facts: facts.goal_owning_persons,
    recent=True,
    applies=("two partners",),
    nothing="no two partners commit to the same active goal",
    symmetric=True,
    evidence=(Tie("partner", ("COMMITS_TO",), "goals"), Tie("other", ("COMMITS_TO",), "goals")),
    message={
        "never": "{partner} and {other} both commit to {goals}{more}, and no dated contact between their members is "
        "recorded.",
        "late": "{partner} and {other} both commit to {goals}{more}, and their members last had contact on {last}, "
        "{days} days ago.",
    },
    remedy="Put {partner} and {other} at one table about {goals}, and agree on who meets whom how often.",
)
def goals_without_talk(facts: Facts, _: RuleSettings) -> Judged:
    """Two partners, neither part of the other, that commit to the same active goal and have had no recent contact: none
    of a member of the one with a member of the other in the last 90 days, and no member in common. Judged are the pairs
    of partners that commit to the same active goal.

    Why: a common goal is kept common by talking about it; without that each pursues its own idea of it.

    Source: Kania & Kramer 2011 (collective impact: continuous communication).
    """
    commits = facts.commitments.join(facts.active_goals, on="goal", how="semi")
    has = commits.select(pl.col("partner").alias("one"), "goal").unique()
    talk, kin = recent_pairs(facts), related(facts)
    talking, counted = (
        [],
        pl.DataFrame(schema={"partner": pl.UInt32, "other": pl.UInt32, "count": pl.Int64, "goals": pl.List(pl.UInt32)}),
    )
    itself = facts.active_goals.select("goal", pl.col("goal").alias("needed"))
    for part in meetings(has, itself):
        met = part.rename({"one": "partner"}).join(kin, on=PAIR, how="anti")
        talking.append(met.select(PAIR).unique().join(talk, on=PAIR, how="semi"))
        some = met.join(talk, on=PAIR, how="anti").group_by(PAIR)
        more = some.agg(pl.len().cast(pl.Int64).alias("count"), pl.col("goal").bottom_k(SHOWN).alias("goals"))
        counted = _added(counted, more)
    last = facts.partner_contact.select(*PAIR, "last")
    rest = pl.col("count") - pl.col("goals").list.len()
    days = (pl.lit(facts.as_of) - pl.col("last")).dt.total_days()
    rows = counted.join(last, on=PAIR, how="left").select(
        *PAIR,
        pl.col("goals").list.sort(),
        pl.when(rest > 0).then(pl.format(" and {} more", rest)).otherwise(pl.lit("")).alias("more"),
        "last",
        days.alias("days"),
        pl.when(pl.col("last").is_null()).then(pl.lit("never")).otherwise(pl.lit("late")).alias("case"),
        pl.col("count").alias("rank"),
    )
    return Judged(rows, rows.height + pl.concat(talking).unique().height)


def _added(counted: pl.DataFrame, more: pl.DataFrame) -> pl.DataFrame:
    """Return pairs with their counts added up, and the first goals of both."""
    return (
        pl.concat([counted, more]).group_by(PAIR).agg(pl.col("count").sum(), pl.col("goals").explode().bottom_k(SHOWN))
    )


@rule(
    "COO408",
    "missed-synergy",
    severity="info",
    subjects=("partner", "other", "goal"),
    also=("work", "other_work"),
    candidates=("partner", "other"),
    needs=("contact",),
    covered_on=lambda facts: facts.goal_owning_persons,
    recent=True,
    applies=("two partners",),
    nothing="no two partners do different work for one goal",
    symmetric=True,
    evidence=(
        Tie("work", ("SERVES",), None),
        Tie("other_work", ("SERVES",), None),
        Tie(None, ("RESPONSIBLE_FOR",), "work"),
        Tie(None, ("RESPONSIBLE_FOR",), "other_work"),
    ),
    options={
        "similarity": Option(0.3, "work is different below this Jaccard similarity of the words in its name", 0, 1)
    },
    message="{partner} does {work} and {other} does {other_work}, both for {goal}, and the two have neither a "
    "dependency nor a contact in the last {window} days.",
    remedy="Let {partner} and {other} see what {work} and {other_work} could gain from each other.",
)
def missed_synergy(facts: Facts, settings: RuleSettings) -> Judged:
    """Two partners, neither part of the other, that do different work for one goal, with no dependency between their
    active goals and no recent contact. Parties of both are responsible for active responsibilities that serve the
    active goal, or of which one serves the goal and the other a direct contributor of it, and the sets of words in
    their names (lower case, split on spaces) have Jaccard similarity < 0.3; the first such goal by id. Judged are the
    pairs of partners that do different work for one active goal.

    Why: work that complements other work and never meets it is worth less than the two together.

    Source: Furlotti & Soda 2018 (complementarity of partners in alliances); the twin of OWN106.
    """
    different = _different_work(facts, float(settings["similarity"]))
    judged = different.join(related(facts), on=PAIR, how="anti")
    rows = judged.join(depending_pairs(facts), on=PAIR, how="anti").join(recent_pairs(facts), on=PAIR, how="anti")
    return Judged(rows.with_columns(pl.lit(facts.window_days).alias("window")), judged.height)


def _different_work(facts: Facts, below: float) -> pl.DataFrame:
    """(partner, other, goal, work, other_work): each pair that does different work, at its first goal by id."""
    sets, tokens = sets_of_words(facts.words, facts.mask(facts.responsibilities["responsibility"]))
    work = _work_at_goals(facts).join(sets.rename({"node": "responsibility"}), on="responsibility")
    # Who does several pieces of the same name at a goal does, for this question, one.
    work = work.group_by("goal", "partner", "here", "words").agg(pl.col("responsibility").min())
    other = work.rename({"partner": "other", "responsibility": "other_work", "words": "other_words"}).drop("here")
    sizes = work.group_by("goal").agg(pl.len().cast(pl.Int64).alias("size"))
    first = work.filter("here").drop("here").rename({"responsibility": "work"}).sort("goal", "work", "partner")
    found = pl.DataFrame(schema=dict.fromkeys((*PAIR, "goal", "work", "other_work"), pl.UInt32))
    # In order of the goals, so that a pair found in one part need not be looked at in the next.
    for part in in_parts(first, sizes, "goal"):
        met = part.join(other, on="goal").filter(
            (pl.col("partner") != pl.col("other")) & (pl.col("words") != pl.col("other_words"))
        )
        swap = pl.col("partner") > pl.col("other")
        ordered = [
            pl.when(swap).then(b).otherwise(a).alias(a)
            for x, y in (("partner", "other"), ("work", "other_work"), ("words", "other_words"))
            for a, b in ((x, y), (y, x))
        ]
        met = met.select("goal", *ordered).join(found, on=PAIR, how="anti")
        alike = _similarity(met.select("words", "other_words").unique(), tokens)
        met = met.join(alike.filter(pl.col("similarity") < below), on=["words", "other_words"], how="semi")
        met = met.sort("goal", "work", "other_work").unique(PAIR, keep="first", maintain_order=True)
        found = pl.concat([found, met.select(found.columns)])
    return found


def _work_at_goals(facts: Facts) -> pl.DataFrame:
    """(goal, here, responsibility, partner): whose parties do what for each active goal, here or at a contributor."""
    here = facts.serves.select("goal", "responsibility", pl.lit(value=True).alias("here"))
    steps = facts.contributions.filter(pl.col("goal") != pl.col("parent"))
    under = facts.serves.join(steps, on="goal").select(
        pl.col("parent").alias("goal"), "responsibility", pl.lit(value=False).alias("here")
    )
    at = pl.concat([here, under]).join(facts.active_goals, on="goal", how="semi")
    at = at.group_by("goal", "responsibility").agg(pl.col("here").any())
    done = facts.raci.filter(role="RESPONSIBLE_FOR").join(facts.partners_of, on="party")
    return at.join(done.select(pl.col("item").alias("responsibility"), "partner").unique(), on="responsibility")


def _similarity(pairs: pl.DataFrame, tokens: pl.DataFrame) -> pl.DataFrame:
    """Return pairs of sets of words (words, other_words) with their Jaccard similarity."""
    size = tokens.group_by("words").agg(pl.len().cast(pl.Int64).alias("size"))
    common = (
        pairs.join(tokens, on="words")
        .join(tokens.rename({"words": "other_words"}), on=["other_words", "word"])
        .group_by("words", "other_words")
        .agg(pl.len().cast(pl.Int64).alias("both"))
    )
    held = (
        pairs.join(common, on=["words", "other_words"], how="left")
        .join(size, on="words")
        .join(size.rename({"words": "other_words", "size": "other_size"}), on="other_words")
        .with_columns(pl.col("both").fill_null(0))
    )
    union = pl.col("size") + pl.col("other_size") - pl.col("both")
    return held.select("words", "other_words", (pl.col("both") / union).alias("similarity"))
