"""Ownership: whether work has a doer, only one team doing it, and shoulders that can carry it (OWN105-108)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from graphalign.graph import Facts
from graphalign.graph.groups import with_two_apart
from graphalign.graph.naming import similarity
from graphalign.graph.pairs import (
    SHIFT,
    Steps,
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
    repeated,
    steps_of,
    through,
    where,
)
from graphalign.graph.runs import starts_of_runs
from graphalign.graph.serving import work_at_goals
from graphalign.graph.walks import components, least_along, pairs_along
from graphalign.model import Judged, Option, Says, Tie
from graphalign.rules import rule
from graphalign.settings import RuleSettings

if TYPE_CHECKING:
    from numpy.typing import NDArray

ACCOUNTABLE, RESPONSIBLE = ("ACCOUNTABLE_FOR",), ("RESPONSIBLE_FOR",)
# So many pairs at a time: what is compared never outgrows memory, however names repeat.
PAIRS_AT_ONCE = 5_000_000


def responsible_for(facts: Facts) -> pl.DataFrame:
    """Return (responsibility, party): the parties responsible for each active responsibility."""
    active = facts.mask(facts.responsibilities["responsibility"])
    return once(named(only(facts.roles("RESPONSIBLE_FOR"), "item", active), responsibility="item", party="party"))


@rule(
    "OWN105",
    "unassigned-responsibility",
    subjects=("responsibility",),
    also=("goals",),
    needs=("responsible",),
    nothing="there is no active responsibility",
    evidence=(Says("responsibility"), Tie("responsibility", ("SERVES",), None)),
    judges_goals=False,
    message={
        "": "Nobody is responsible for {responsibility}.",
        "goal": "Nobody is responsible for {responsibility}, which serves {goals}.",
    },
    remedy={
        "": "Make somebody responsible for {responsibility}, or say that it is done or dropped.",
        "goal": "Ask the owner of {goals} who does {responsibility}, and make them responsible for it.",
    },
)
def unassigned_responsibility(facts: Facts, _: RuleSettings) -> Judged:
    """An active responsibility that no party is responsible for; somebody who has left is none.

    Why: work that is planned and nobody's is not done, and the goal it serves waits for it.

    Source: RACI charting asks for at least one Responsible for each piece of work (PMBOK Guide, responsibility
    assignment matrix).
    """
    done = facts.mask(responsible_for(facts)["responsibility"])
    rows = only(facts.responsibilities, "responsibility", ~done)
    goals = lists(only(facts.serves, "responsibility", ~done), "goals")
    rows = rows.join(goals, on="responsibility", how="left")
    case = pl.when(pl.col("goals").is_null()).then(pl.lit("")).otherwise(pl.lit("goal")).alias("case")
    return Judged(rows.with_columns(case), facts.responsibilities.height)


@rule(
    "OWN106",
    "duplicated-effort",
    subjects=("responsibility", "other"),
    also=("doers", "others", "goal"),
    candidates=("responsibility",),
    symmetric=True,
    judges_goals=False,
    nothing="no party is responsible for an active responsibility",
    evidence=(
        Tie("doers", RESPONSIBLE, "responsibility"),
        Tie("others", RESPONSIBLE, "other"),
        Tie("responsibility", ("SERVES",), None),
        Tie("other", ("SERVES",), None),
    ),
    options={
        "similarity": Option(0.6, "names are alike from this Jaccard similarity of their words", 0.05, 1),
        "most": Option(
            200, "a goal with more responsibilities than this is not searched for names that are alike", 1, 10_000
        ),
    },
    message={
        "same": "{responsibility} is done by {doers}, not all of whom have a partner in common.",
        "alike": "{responsibility} ({doers}) and {other} ({others}) look like the same work for {goal}, done twice: "
        "{doers} and {others} have no partner in common.",
    },
    remedy={
        "same": "Let {doers} agree on who does which part of {responsibility}, and write each part down on its own.",
        "alike": "Bring {doers} and {others} together: let one do it for both, or name the two by what differs.",
    },
)
def duplicated_effort(facts: Facts, settings: RuleSettings) -> Judged:
    """One responsibility, two of whose responsible parties are apart; or two that look alike, done by parties apart.

    Two look alike when the sets of words in their names (lower case, split on spaces) have Jaccard similarity >= 0.6
    and they serve the same goal, or a goal and its direct contributor; each has somebody responsible, and every
    responsible party of the one is apart from every one of the other. Not searched for the second, and said, at a goal
    that over 200 active responsibilities serve, directly or by serving a direct contributor. Judged are the active
    responsibilities that a party is responsible for.

    Why: the same work paid for twice, in two organisations that do not see each other's plans.

    Source: similarity of sets: Jaccard (1912); found by prefixes of rare words as in Chaudhuri, Ganti & Kaushik (2006).
    """
    done_by = responsible_for(facts)
    doers = lists(done_by, "doers")
    same = with_two_apart(facts, done_by).join(doers, on="responsibility")
    same = same.with_columns(
        pl.col("responsibility").alias("other"),
        pl.lit(None, dtype=pl.List(pl.UInt32)).alias("others"),
        pl.lit(None, dtype=pl.UInt32).alias("goal"),
        pl.lit("same").alias("case"),
    )
    groups, crowded = _at_goals(facts, settings["most"])
    groups = only(groups, "responsibility", _with_partners_only(facts, done_by))
    partners = through(done_by, facts.partners_of)
    alike = _alike(facts, groups, float(settings["similarity"]))
    parts = [where(two, facts.apart(two, "responsibility", "other", partners).to_numpy()) for two in alike]
    none = pl.DataFrame(schema=dict.fromkeys(("responsibility", "other", "goal"), pl.UInt32))
    pairs = pl.concat([none, *parts]).group_by("responsibility", "other").agg(pl.col("goal").min())
    theirs = named(doers, other="responsibility", others="doers")
    found = pairs.join(doers, on="responsibility").join(theirs, on="other")
    rows = pl.concat([same, found.with_columns(pl.lit("alike").alias("case")).select(same.columns)])
    most = settings["most"]
    at = f"{crowded} goals" if crowded > 1 else "1 goal"
    said = f"names were not compared at {at} with over {most} responsibilities" if crowded else ""
    return Judged(rows, doers.height, said)


def _at_goals(facts: Facts, most: int) -> tuple[pl.DataFrame, int]:
    """(goal, responsibility, here): the work at each goal that some serves directly; how many goals are left out."""
    # A goal that nothing serves directly has nothing to compare its contributors' work with.
    groups = only(work_at_goals(facts), "goal", facts.mask(facts.serves["goal"]))
    crowded = np.bincount(groups["goal"].to_numpy(), minlength=facts.n) > most
    return only(groups, "goal", ~crowded), int(np.count_nonzero(crowded))


def _with_partners_only(facts: Facts, done_by: pl.DataFrame) -> NDArray[np.bool_]:
    """Return the work each of whose responsible parties has a partner; other work cannot be apart from any."""
    homeless = facts.mask(only(done_by, "party", ~facts.mask(facts.partners_of["party"]))["responsibility"])
    return facts.mask(done_by["responsibility"]) & ~homeless


def _alike(facts: Facts, groups: pl.DataFrame, least: float) -> Iterator[pl.DataFrame]:
    """Yield (responsibility, other, goal): pairs at a goal with names alike, smaller first, some places at a time."""
    goal, work, here = (column.to_numpy() for column in groups.get_columns())
    words, rare = _rare_words(facts, facts.mask(groups["responsibility"]), least)
    # Who has a rare word at a goal meets there whoever has it too.
    which, word = onward(work, rare)
    place = packed(goal.take(which), word)
    # Most words are met once at a goal.
    again = repeated(place)
    which, place = which.compress(again), place.compress(again)
    order = np.argsort(place, kind="stable")
    which, place = which.take(order), place.take(order)
    start = starts_of_runs(pl.Series(place))
    size = np.diff(start, append=len(place))
    part = np.cumsum(size * size) // PAIRS_AT_ONCE
    there = Steps(np.append(start, len(place)).astype(np.int32), which.astype(np.uint32))
    firsts = np.flatnonzero(np.diff(part, prepend=-1)).tolist()
    for first, end in pairwise([*firsts, len(start)]):
        at, other = onward(np.repeat(np.arange(first, end), size[first:end]), there)
        one = which[start[first] :].take(at)
        counts = (work.take(one) < work.take(other)) & (here.take(one) | here.take(other))
        one, other = one.compress(counts), other.compress(counts)
        keys = packed(work.take(one), work.take(other))
        order = np.lexsort((goal.take(one), keys))
        order = order[starts_of_runs(pl.Series(keys[order]))]
        one, other = one.take(order), other.take(order)
        alike = similarity(work.take(one), work.take(other), words) >= least
        pairs = {"responsibility": work.take(one), "other": work.take(other), "goal": goal.take(one)}
        yield where(pl.DataFrame(pairs), alike)


def _rare_words(facts: Facts, mask: NDArray[np.bool_], least: float) -> tuple[Steps, Steps]:
    """Return the words of nodes' names, and so many of the rarest of each that two alike have one of them in common."""
    held = only(facts.words.held, "node", mask)
    use = np.bincount(held["word"].to_numpy(), minlength=1)
    # Words numbered by how rare they are, so that each node's come with its rarest first.
    rank = np.empty(len(use), dtype=np.uint32)
    rank[np.argsort(use, kind="stable")] = np.arange(len(use), dtype=np.uint32)
    keys = distinct(packed(held["node"].to_numpy(), rank[held["word"].to_numpy()]))
    words = steps_of(keys, facts.n)
    size = np.diff(words.first)
    # Two sets that are alike share one of their rarest words: so many that the others alone would be too few.
    few = size - np.ceil(size * least - 1e-9).astype(np.int64) + 1
    node = (keys >> SHIFT).astype(np.intp)
    nth = np.arange(len(keys)) - words.first.take(node)
    return words, steps_of(keys.compress(nth < few.take(node)), facts.n)


@rule(
    "OWN107",
    "overloaded-owner",
    subjects=("party",),
    also=("goals",),
    nothing="no person, nor anybody with a capacity, owns an active goal",
    evidence=(Says("party", ("capacity",)), Tie("party", ACCOUNTABLE, "goals")),
    options={"limit": Option(5, "how many active goals a person can own who has no capacity of their own", 0, 10_000)},
    message={
        "": "{party} owns {count} active goals, more than {allowed}: {goals}.",
        "capacity": "{party} owns {count} active goals, more than the capacity of {allowed}: {goals}.",
    },
    remedy="Hand over {excess} of these goals, or have those who do the work own them.",
)
def overloaded_owner(facts: Facts, settings: RuleSettings) -> Judged:
    """A person, or whoever has a capacity, who owns more active goals than it (5 where none is given).

    A goal that is below another active goal of the same owner, over any number of steps, is not counted. Judged are the
    persons, and the groups with a capacity, that own an active goal.

    Why: whoever owns too much decides late on all of it, and the others wait.
    """
    judged = (pl.col("status") == "active") & ((pl.col("kind") == "person") | pl.col("capacity").is_not_null())
    allowed = facts.stakeholders.filter(judged).select(
        pl.col("stakeholder").alias("party"),
        "capacity",
        pl.col("capacity").fill_null(settings["limit"]).alias("allowed"),
    )
    owned = named(facts.owned, party="owner", goal="goal").join(allowed, on="party")
    many = owned.filter(pl.len().over("party") > pl.col("allowed"))
    counted = _not_below_another(facts, many)
    rows = counted.group_by("party").agg(
        pl.len().cast(pl.Int64).alias("count"),
        pl.col("goal").sort().alias("goals"),
        pl.col("allowed", "capacity").first(),
    )
    rows = rows.filter(pl.col("count") > pl.col("allowed")).with_columns(
        (pl.col("count") - pl.col("allowed")).alias("excess")
    )
    case = pl.when(pl.col("capacity").is_null()).then(pl.lit("")).otherwise(pl.lit("capacity")).alias("case")
    rows = rows.select("party", case, pl.col("excess").alias("rank"), "goals", "count", "allowed", "excess")
    return Judged(rows, owned["party"].n_unique())


def _not_below_another(facts: Facts, owned: pl.DataFrame) -> pl.DataFrame:
    """The rows of `owned` (party, goal, ...) whose goal is not below another goal of the same party there."""
    step = facts.contributions
    if owned.is_empty() or step.is_empty():
        return owned
    # On the strongly connected components a walk never returns: whatever is reached is below another goal, and of two
    # in one component each is below the other.
    scc = components(facts.n, step["goal"].to_numpy(), step["parent"].to_numpy(), strong=True).astype(np.uint32)
    at, to = scc[step["parent"].to_numpy()], scc[step["goal"].to_numpy()]
    down = frame_of(distinct(packed(at, to).compress(at != to)), "at", "to")
    party, at = owned["party"].to_numpy(), scc[owned["goal"].to_numpy()]
    held = packed(party, at)
    first = through(frame_of(distinct(held), "party", "at"), down)
    reached = pairs_along(named(first, party="party", at="to"), down)
    return where(owned, ~repeated(held) & ~held_by(distinct(keys_of(reached)), held))


@rule(
    "OWN108",
    "key-person",
    subjects=("person",),
    also=("goals",),
    needs=("responsible",),
    nothing="no person owns an active goal",
    evidence=(Tie("person", (*ACCOUNTABLE, *RESPONSIBLE), "goals"),),
    options={"least": Option(3, "how many goals must stand on one person alone", 1, 10_000)},
    message="{count} active goals stand on {person} alone, with nobody else accountable or responsible: {goals}.",
    remedy="Make a second person responsible for each of these goals, first where {person} would be missed soonest.",
)
def key_person(facts: Facts, settings: RuleSettings) -> Judged:
    """A person who owns three or more active goals for which nobody else is accountable or responsible.

    Nobody else, of the active stakeholders and the partners, is so for the goal, for an active responsibility that
    serves it, for a goal below it or for what serves that. A goal that contributes directly to another of these is not
    counted. Judged are the persons who own an active goal.

    Why: when this person is ill, leaves or is needed elsewhere, all of it stops at once.

    Source: the bus factor, or truck factor (Avelino, Passos, Hora & Valente 2016).
    """
    taken = once(*(named(facts.roles(t), item="item", party="party") for t in (*ACCOUNTABLE, *RESPONSIBLE)))
    serving = through(named(facts.serves, goal="goal", responsibility="responsibility"), taken)
    ends = once(taken, named(serving, item="goal", party="party"))
    item, party = (column.to_numpy() for column in ends.get_columns())
    first = starts_of_runs(ends["item"])
    # The least and the most of all parties on a goal and below it: one party when they are equal.
    step = facts.contributions
    walk = facts.n, step["goal"].to_numpy(), step["parent"].to_numpy()
    least, most = np.full(facts.n, facts.n, dtype=np.int64), np.full(facts.n, 1, dtype=np.int64)
    # Sorted by item and party: the first of an item is the least, the one before the next item's the most.
    least[item[first]], most[item[first]] = (
        party[first],
        -party[first + np.diff(first, append=len(party)) - 1].astype(np.int64),
    )
    alone = least_along(*walk, least) == -least_along(*walk, most)
    owned = named(only(facts.owned, "owner", facts.is_person), person="owner", goal="goal")
    sole = only(owned, "goal", alone)
    person, goal = (column.to_numpy() for column in sole.get_columns())
    child, parent = (column.to_numpy() for column in step.get_columns())
    which, above = onward(goal, steps_of(packed(child, parent).compress(child != parent), facts.n))
    inner = np.zeros(sole.height, dtype=np.bool_)
    inner[which[held_by(distinct(keys_of(sole)), packed(person.take(which), above))]] = True
    rows = lists(where(sole, ~inner), "goals")
    rows = rows.with_columns(pl.col("goals").list.len().cast(pl.Int64).alias("count"))
    rows = rows.filter(pl.col("count") >= settings["least"])
    return Judged(rows.select("person", pl.col("count").alias("rank"), "goals", "count"), owned["person"].n_unique())
