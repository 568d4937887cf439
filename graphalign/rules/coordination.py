"""The coordination rules about pairs: people and partners whose work meets, and who do not (COO401, 402, 407)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from graphalign.graph import Facts
from graphalign.graph.contact import with_common_member
from graphalign.graph.meetings import (
    depending_pairs,
    in_parts,
    meetings,
    recent_pairs,
    with_somebody,
    working_pairs,
)
from graphalign.graph.pairs import (
    among,
    distinct,
    frame_of,
    held_by,
    in_common,
    keys_of,
    lists,
    named,
    once,
    only,
    packed,
    places,
    where,
)
from graphalign.graph.priorities import PAIR
from graphalign.graph.runs import starts_of_runs
from graphalign.graph.shared import projection
from graphalign.model import Judged, Tie
from graphalign.rules import rule
from graphalign.rules.partnership import related
from graphalign.settings import RuleSettings

if TYPE_CHECKING:
    from numpy.typing import NDArray

WORK = ("ACCOUNTABLE_FOR", "RESPONSIBLE_FOR")
# How many goals a row carries for the sentence and the evidence; all are counted.
SHOWN = 5


@projection
def work_of_persons(facts: Facts) -> pl.DataFrame:
    """Return (one, goal): the persons accountable for or doing each active goal, TA of Cataldo and others."""
    work = only(only(facts.owns_or_does, "goal", facts.is_active_goal), "party", facts.is_person)
    return named(work, one="party", goal="goal")


@projection
def task_steps(facts: Facts) -> pl.DataFrame:
    """Return (goal, needed): the dependencies between active goals, and each goal with itself, TD likewise."""
    return once(facts.dependencies, named(facts.active_goals, goal="goal", needed="goal"))


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
    talk = distinct(keys_of(facts.contact.head(facts.contact.height // 2), "person", "other"))
    steps = task_steps(facts)
    silent, talking = [], [np.zeros(0, dtype=np.uint64)]
    for met in meetings(work_of_persons(facts), steps):
        two = keys_of(met, "one", "other")
        known = held_by(talk, two)
        talking.append(distinct(two.compress(known)))
        silent.append(where(met, ~known))
    # A pair that must coordinate is in contact, as the input says, or a finding: no more is held than is given back.
    met = pl.concat(silent)
    key = keys_of(met, "one", "other")
    order = np.argsort(key)
    key = key[order]
    new = np.diff(key, prepend=~key[:1]) != 0
    pairs = key.compress(new)
    # Each meeting point of a pair once, by pair and step: where each pair's begin, and how many there are.
    held = frame_of(distinct(packed(np.cumsum(new) - 1, met["step"].to_numpy()[order])), "pair", "step")
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
    together = once(working_pairs(facts), depending_pairs(facts))
    several = np.bincount(facts.members["partner"].to_numpy(), minlength=facts.n) > 1
    judged = only(only(together, "partner", several), "other", several)
    judged = where(judged, ~held_by(with_common_member(facts), keys_of(judged)) & ~among(judged, related(facts)))
    # Each contact across two partners, pair by pair: who talks on the one side, and who on the other.
    key = keys_of(facts.ties, *PAIR)
    asked = np.flatnonzero(held_by(keys_of(judged), key))
    order = asked.take(np.argsort(key.take(asked)))
    key, at, turned = key.take(order), places(facts.ties["at"]).take(order), facts.ties["turned"].to_numpy().take(order)
    person, other = (facts.contact[end].to_numpy().take(at) for end in ("person", "other"))
    one, two = np.where(turned, other, person), np.where(turned, person, other)
    start = starts_of_runs(pl.Series(key))
    ours, theirs = _alone(one, start), _alone(two, start)
    bridged = ours | theirs
    many = np.diff(start, append=len(key))
    held, by_one = np.repeat(bridged, many), np.repeat(ours, many)
    reached = packed(np.repeat(np.arange(len(start)), many), np.where(by_one, two, one)).compress(held)
    others = lists(frame_of(reached, "pair", "other"), "others")["others"]
    bridges = pl.DataFrame(
        {"person": np.where(ours, one[start], two[start])[bridged], "others": others, "pair": (ours & theirs)[bridged]}
    )
    rows = _stakes(facts, frame_of(key[start[bridged]], *PAIR).hstack(bridges.get_columns()))
    kind = pl.when(pl.col("needed").is_null()).then(pl.lit("common")).otherwise(pl.lit("needed"))
    case = kind + pl.when("pair").then(pl.lit(" pair")).otherwise(pl.lit(""))
    rank = pl.col("others").list.len().cast(pl.Int64).alias("rank")
    return Judged(rows.select(*PAIR, "person", "others", "goal", "needed", case.alias("case"), rank), judged.height)


def _alone(ends: NDArray[np.uint32], start: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Return which runs, given where they start, are of one and the same node."""
    if not len(start):
        return np.zeros(0, dtype=np.bool_)
    same: NDArray[np.bool_] = np.minimum.reduceat(ends, start) == np.maximum.reduceat(ends, start)
    return same


def _stakes(facts: Facts, pairs: pl.DataFrame) -> pl.DataFrame:
    """Return sorted pairs of partners with `goal`, the first they both work on; else the first that needs `needed`."""
    works = only(facts.works_on, "goal", facts.is_active_goal)
    keys = keys_of(pairs, *PAIR)
    goal, needed = np.zeros((2, len(keys)), dtype=np.uint32)
    has = np.zeros(len(keys), dtype=np.bool_)
    for part in in_parts(named(pairs, partner="partner", other="other"), "partner", works["partner"]):
        which, at = in_common(part["partner"].to_numpy(), part["other"].to_numpy(), keys_of(works), facts.n)
        # The first goal of each, by its place among all pairs.
        place = np.searchsorted(keys, keys_of(part)).take(which)
        first = _first_each(frame_of(distinct(packed(place, at)), "pair", "goal"))
        place = first["pair"].to_numpy()
        goal[place], has[place] = first["goal"].to_numpy(), True
    goals = named(facts.partners_of_goal, one="partner", goal="goal")
    rest = keys.compress(~has)
    across = [where(met, held_by(rest, keys_of(met, "one", "other"))) for met in meetings(goals, facts.dependencies)]
    first = _first_each(pl.concat(across).sort("one", "other", "step"), "one", "other")
    place, step = np.searchsorted(keys, keys_of(first, "one", "other")), places(first["step"])
    goal[place], needed[place] = (facts.dependencies[end].to_numpy().take(step) for end in ("goal", "needed"))
    return pairs.hstack([pl.Series("goal", goal), pl.Series("needed", needed).set(pl.Series(has), None)])


def _first_each(rows: pl.DataFrame, *by: str) -> pl.DataFrame:
    """Return the first row of each run, by default of equal values in the first column."""
    return rows[pl.Series(starts_of_runs(*(rows[c] for c in by or rows.columns[:1])))]


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
    has = once(named(only(facts.commitments, "goal", facts.is_active_goal), one="partner", goal="goal"))
    talk, kin = keys_of(recent_pairs(facts)), keys_of(related(facts))
    talking = [np.zeros(0, dtype=np.uint64)]
    counted = pl.DataFrame(
        schema={"partner": pl.UInt32, "other": pl.UInt32, "count": pl.Int64, "goals": pl.List(pl.UInt32)}
    )
    goals = facts.active_goals["goal"]
    for part in meetings(has, pl.DataFrame({"goal": goals, "needed": goals})):
        met = pl.DataFrame([part["one"].alias("partner"), part["other"], goals[part["step"]]])
        met = where(met, ~held_by(kin, keys_of(met, *PAIR)))
        pairs = keys_of(met, *PAIR)
        talks = held_by(talk, pairs)
        talking.append(distinct(pairs.compress(talks)))
        some = where(met, ~talks).group_by(PAIR)
        more = some.agg(pl.len().cast(pl.Int64).alias("count"), pl.col("goal").bottom_k(SHOWN).alias("goals"))
        counted = _added(counted, more)
    last = named(facts.partner_contact, partner="partner", other="other", last="last")
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
    return Judged(rows, rows.height + len(distinct(np.concatenate(talking))))


def _added(counted: pl.DataFrame, more: pl.DataFrame) -> pl.DataFrame:
    """Return pairs with their counts added up, and the first goals of both."""
    return (
        pl.concat([counted, more]).group_by(PAIR).agg(pl.col("count").sum(), pl.col("goals").explode().bottom_k(SHOWN))
    )
