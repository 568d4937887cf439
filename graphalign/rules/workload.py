"""Ownership: whether work has a doer, only one team doing it, and shoulders that can carry it (OWN105-108)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl

from graphalign.graph import Facts
from graphalign.graph.groups import with_two_apart
from graphalign.graph.pairs import keys_of, lists, once, only, repeated, through, where
from graphalign.graph.runs import starts_of_runs
from graphalign.graph.walks import components, least_along, pairs_along
from graphalign.model import Judged, Option, Says, Tie
from graphalign.rules import rule
from graphalign.settings import RuleSettings

ACCOUNTABLE, RESPONSIBLE = ("ACCOUNTABLE_FOR",), ("RESPONSIBLE_FOR",)
# So many pairs at a time: what is compared never outgrows memory, however names repeat.
PAIRS_AT_ONCE = 5_000_000


def responsible_for(facts: Facts) -> pl.DataFrame:
    """Return (responsibility, party): the parties responsible for each active responsibility."""
    active = facts.mask(facts.responsibilities["responsibility"])
    return once(
        only(facts.roles("RESPONSIBLE_FOR"), "item", active).select(pl.col("item").alias("responsibility"), "party")
    )


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
    groups = groups.join(_with_partners_only(facts, done_by), on="responsibility", how="semi")
    partners = through(done_by, facts.partners_of)
    parts = [_apart(part, partners) for part in _alike(facts, groups, float(settings["similarity"]))]
    pairs = pl.concat(parts).group_by("responsibility", "other").agg(pl.col("goal").min())
    theirs = doers.rename({"responsibility": "other", "doers": "others"})
    alike = pairs.join(doers, on="responsibility").join(theirs, on="other")
    rows = pl.concat([same, alike.with_columns(pl.lit("alike").alias("case")).select(same.columns)])
    most = settings["most"]
    where = f"{crowded} goals" if crowded > 1 else "1 goal"
    said = f"names were not compared at {where} with over {most} responsibilities" if crowded else ""
    return Judged(rows, doers.height, said)


def _at_goals(facts: Facts, most: int) -> tuple[pl.DataFrame, int]:
    """(goal, responsibility, here): what serves a goal (here) or a direct contributor; how many goals are left out."""
    here = facts.serves.select("goal", "responsibility", pl.lit(value=True).alias("here"))
    steps = facts.contributions.filter(pl.col("goal") != pl.col("parent"))
    under = facts.serves.join(steps, on="goal").select(
        pl.col("parent").alias("goal"), "responsibility", pl.lit(value=False).alias("here")
    )
    # A goal that nothing serves directly has nothing to compare its contributors' work with.
    under = under.join(here, on="goal", how="semi")
    groups = pl.concat([here, under]).group_by("goal", "responsibility").agg(pl.col("here").any())
    sizes = groups.group_by("goal").agg(pl.len().alias("size"))
    crowded = sizes.filter(pl.col("size") > most)
    return groups.join(crowded, on="goal", how="anti"), crowded.height


def _with_partners_only(facts: Facts, done_by: pl.DataFrame) -> pl.DataFrame:
    """(responsibility): those each of whose responsible parties has a partner; others cannot be apart from anybody."""
    homeless = facts.mask(only(done_by, "party", ~facts.mask(facts.partners_of["party"]))["responsibility"])
    held = facts.mask(done_by["responsibility"]) & ~homeless
    return pl.DataFrame({"responsibility": np.flatnonzero(held).astype(np.uint32)})


def _alike(facts: Facts, groups: pl.DataFrame, least: float) -> Iterator[pl.DataFrame]:
    """Yield (responsibility, other, goal): pairs at a goal with names alike, smaller first, some goals at a time."""
    held = only(facts.words.held, "node", facts.mask(groups["responsibility"]))
    use = np.bincount(held["word"].to_numpy(), minlength=1)
    # Words numbered by how rare they are, so that each node's come with its rarest first.
    rank = np.empty(len(use), dtype=np.uint32)
    rank[np.argsort(use, kind="stable")] = np.arange(len(use), dtype=np.uint32)
    words = once(held.select("node", pl.Series("word", rank[held["word"].to_numpy()])))
    start = starts_of_runs(words["node"])
    many = np.diff(start, append=words.height)
    size = np.repeat(many, many)
    # Two sets that alike share one of their rarest words: so many that the others alone would be too few.
    nth = np.arange(words.height) - np.repeat(start, many)
    rare = words.filter(pl.Series(nth <= size - np.ceil(size * least - 1e-9))).rename({"node": "responsibility"})
    words = words.with_columns(pl.Series("size", size.astype(np.int64)))
    chunk = (pl.col("pairs").cum_sum() // PAIRS_AT_ONCE).alias("chunk")
    sizes = (
        groups.group_by("goal").agg((pl.len().cast(pl.Int64) ** 2).alias("pairs")).sort("goal").select("goal", chunk)
    )
    at = groups.join(rare, on="responsibility")
    # Most words are met once at a goal: without them a join has little to do.
    at = where(at, repeated(keys_of(at, "goal", "word")))
    for part in at.join(sizes, on="goal").partition_by("chunk") or [groups.clear()]:
        if part.is_empty():
            yield pl.DataFrame(schema={"responsibility": pl.UInt32, "other": pl.UInt32, "goal": pl.UInt32})
            return
        at = part.drop("chunk")
        met = at.join(at.rename({"responsibility": "other"}), on=["goal", "word"])
        met = met.filter((pl.col("responsibility") < pl.col("other")) & (pl.col("here") | pl.col("here_right")))
        pairs = met.group_by("responsibility", "other").agg(pl.col("goal").min())
        theirs = only(words, "node", facts.mask(pl.concat([pairs["responsibility"], pairs["other"]])))
        common = (
            pairs.join(theirs, left_on="responsibility", right_on="node")
            .join(theirs.rename({"size": "size_other"}), left_on=["other", "word"], right_on=["node", "word"])
            .group_by("responsibility", "other")
            .agg(pl.len().alias("both"), pl.col("size", "size_other", "goal").first())
        )
        similarity = pl.col("both") / (pl.col("size") + pl.col("size_other") - pl.col("both"))
        yield common.filter(similarity >= least).select("responsibility", "other", "goal")


def _apart(pairs: pl.DataFrame, partners: pl.DataFrame) -> pl.DataFrame:
    """Those pairs whose responsible parties have no partner in common."""
    theirs = partners.rename({"responsibility": "other"})
    common = pairs.join(partners, on="responsibility").join(theirs, on=["other", "partner"], how="semi")
    return pairs.join(common, on=["responsibility", "other"], how="anti")


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
    people = facts.stakeholders.select("stakeholder", "kind", "status", "capacity").filter(status="active")
    capacity = people.filter((pl.col("kind") == "person") | pl.col("capacity").is_not_null())
    allowed = capacity.select(
        pl.col("stakeholder").alias("party"),
        "capacity",
        pl.col("capacity").fill_null(settings["limit"]).alias("allowed"),
    )
    owned = facts.owned.rename({"owner": "party"}).join(allowed, on="party")
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
    down = pl.DataFrame({"at": scc[step["parent"].to_numpy()], "to": scc[step["goal"].to_numpy()]})
    down = down.filter(pl.col("at") != pl.col("to")).unique()
    held = owned.with_columns(pl.Series("at", scc[owned["goal"].to_numpy()]))
    first = held.select("party", "at").unique().join(down, on="at").select("party", pl.col("to").alias("at"))
    reached = pairs_along(first, down)
    alone = held.filter(pl.len().over("party", "at") == 1)
    return alone.join(reached, on=["party", "at"], how="anti").drop("at")


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
    taken = once(*(facts.roles(t).select("item", "party") for t in (*ACCOUNTABLE, *RESPONSIBLE)))
    serving = through(facts.serves.select("goal", "responsibility"), taken).rename({"goal": "item"})
    ends = once(taken, serving)
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
    owned = only(facts.owned, "owner", facts.is_person).rename({"owner": "person"})
    sole = only(owned, "goal", alone)
    others = sole.rename({"goal": "parent"})
    inner = sole.join(step.filter(pl.col("goal") != pl.col("parent")), on="goal").join(
        others, on=["person", "parent"], how="semi"
    )
    sole = sole.join(inner, on=["person", "goal"], how="anti")
    rows = sole.group_by("person").agg(pl.len().cast(pl.Int64).alias("count"), pl.col("goal").sort().alias("goals"))
    rows = rows.filter(pl.col("count") >= settings["least"])
    return Judged(rows.select("person", pl.col("count").alias("rank"), "goals", "count"), owned["person"].n_unique())
