"""The seven parts of the alignment of two partners, each for all pairs at once.

A part is a frame with one row a pair: `a`, `b` (node indices, the smaller first), `value` and `count` (what it is, how
much it stands on), `level` (good, watch, poor, cannot judge), `why` it cannot be judged, and what it names: columns of
nodes or lists of nodes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from graphalign.alignment.matching import redundancy
from graphalign.alignment.priorities import agreement, shares
from graphalign.alignment.valuation import valuations

if TYPE_CHECKING:
    from graphalign.graph import Facts

PAIR = ["a", "b"]
MOST_NAMED = 5
LEVELS = pl.Enum(["good", "watch", "poor", "cannot judge"])


def pairs_of(facts: Facts) -> pl.DataFrame:
    """Return the pairs of partners, neither part of the other, as (a, b)."""
    partners = facts.partners.sort("partner")
    every = partners.rename({"partner": "a"}).join(partners.rename({"partner": "b"}), how="cross")
    inside = facts.belonging.rename({"party": "b", "container": "a"})
    around = facts.belonging.rename({"party": "a", "container": "b"})
    apart = every.filter(pl.col("a") < pl.col("b"))
    return apart.join(inside, on=PAIR, how="anti").join(around, on=PAIR, how="anti").sort(PAIR)


def _matched(table: pl.DataFrame, on: str, who: str = "partner") -> pl.DataFrame:
    """Return the table joined with itself on a column: (a, b, on, ...), other columns with suffixes _a and _b."""
    others = [c for c in table.columns if c not in (on, who)]
    left = table.rename({who: "a", **{c: f"{c}_a" for c in others}})
    right = table.rename({who: "b", **{c: f"{c}_b" for c in others}})
    return left.join(right, on=on).filter(pl.col("a") < pl.col("b"))


def _judged(frame: pl.DataFrame, facts: Facts, part: str, value: str, why: pl.Expr) -> pl.DataFrame:
    """Return the frame with `level` by the bounds of the part, and `why` where it cannot be judged."""
    good, watch = facts.settings.get("alignment", f"{part}_good"), facts.settings.get("alignment", f"{part}_watch")
    level = pl.when(pl.col(value) >= good).then(pl.lit("good")).when(pl.col(value) >= watch).then(pl.lit("watch"))
    return _unjudged(frame, level.otherwise(pl.lit("poor")), why)


def _unjudged(frame: pl.DataFrame, level: pl.Expr, why: pl.Expr) -> pl.DataFrame:
    frame = frame.with_columns(why.alias("why"))
    level = pl.when(pl.col("why").is_not_null()).then(pl.lit("cannot judge")).otherwise(level)
    return frame.with_columns(level.cast(LEVELS).alias("level"))


def _named(column: str) -> pl.Expr:
    return pl.col(column).sort().head(MOST_NAMED).alias(column)


def common_agenda(facts: Facts, pairs: pl.DataFrame) -> pl.DataFrame:
    """Compare what both commit to: `value` the overlap, `jaccard`, `a_alone` the heaviest that b lacks, `b_alone`."""
    held, said = shares(facts)
    order = held.sort("partner", "share", "goal", descending=[False, True, False]).with_columns(
        pl.int_range(pl.len(), dtype=pl.Int64).over("partner").alias("rank")
    )
    both = _matched(order.select("partner", "goal", "share", "rank"), "goal")
    sums = both.group_by(PAIR).agg(
        pl.min_horizontal("share_a", "share_b").sum().alias("value"),
        pl.len().cast(pl.Int64).alias("count"),
        _named("goal"),
    )
    frame = pairs.join(sums.rename({"goal": "goals"}), on=PAIR, how="left")
    sizes = order.group_by("partner").agg(pl.len().cast(pl.Int64).alias("n"))
    for side in PAIR:
        # Ranks start at 0: as long as the common goals take them up without a gap, the heaviest alone lies behind them.
        ranks = both.sort(*PAIR, f"rank_{side}").with_columns(
            pl.int_range(pl.len(), dtype=pl.Int64).over(PAIR).alias("at")
        )
        taken = ranks.group_by(PAIR).agg((pl.col(f"rank_{side}") == pl.col("at")).sum().cast(pl.Int64).alias("rank"))
        frame = frame.join(taken, on=PAIR, how="left").with_columns(pl.col("rank").fill_null(0))
        alone = order.select(pl.col("partner").alias(side), "rank", pl.col("goal").alias(f"{side}_alone"))
        frame = frame.join(alone, on=[side, "rank"], how="left").drop("rank")
        frame = frame.join(sizes.rename({"partner": side, "n": f"n_{side}"}), on=side, how="left")
    frame = frame.with_columns(pl.col("value", "count").fill_null(0), pl.col("n_a", "n_b").fill_null(0))
    union = pl.col("n_a") + pl.col("n_b") - pl.col("count")
    frame = frame.with_columns(
        (pl.col("count") / union).alias("jaccard"), pl.lit(said).alias("said"), pl.col("value").round(6)
    )
    verb = "has no active goal" if said else "commits to no active goal"
    why = pl.when((pl.col("n_a") == 0) | (pl.col("n_b") == 0)).then(pl.lit(f"one of them {verb}"))
    return _judged(frame, facts, "overlap", "value", why)


def same_priorities(facts: Facts, pairs: pl.DataFrame) -> pl.DataFrame:
    """Compare their weights by Kendall's tau-b over the goals that both weigh; `first` and `second` clash most."""
    frame = pairs.join(agreement(facts), on=PAIR, how="left")
    frame = frame.with_columns(pl.col("count").fill_null(0), pl.col("value").round(6))
    why = (
        pl.when(pl.col("count") < 3)
        .then(pl.lit("fewer than three goals that both weigh"))
        .when(pl.col("value").is_null())
        .then(pl.lit("one of them weighs all goals alike"))
    )
    return _judged(frame, facts, "priorities", "value", why)


def help_or_harm(facts: Facts, pairs: pl.DataFrame) -> pl.DataFrame:
    """Value what is not common (GRL): `support`, `harm`; and count dependencies each way: `a_needs`, `b_needs`."""
    held, _ = shares(facts)
    own = held.select("partner", "goal")
    steps = facts.graph.of_type("CONTRIBUTES_TO").select(
        pl.col("source").alias("goal"), pl.col("target").alias("parent"), pl.col("weight").fill_null(100.0)
    )
    values, unsettled = valuations(own, steps)
    values = values.join(facts.active_goals, on="goal", how="semi")
    common = _matched(own, "goal").select(*PAIR, "goal")
    both = _matched(values, "goal").join(common, on=[*PAIR, "goal"], how="anti")
    least = pl.min_horizontal(pl.col("value_a").abs(), pl.col("value_b").abs()) / 100
    agree = (pl.col("value_a") > 0) == (pl.col("value_b") > 0)
    sums = both.group_by(PAIR).agg(
        least.filter(agree).sum().alias("support"),
        least.filter(~agree).sum().alias("harm"),
        pl.len().cast(pl.Int64).alias("count"),
        pl.col("goal").filter(agree).sort().head(MOST_NAMED).alias("helped"),
        pl.col("goal").filter(~agree).sort().head(MOST_NAMED).alias("harmed"),
    )
    frame = pairs.join(sums, on=PAIR, how="left").join(_dependencies(facts), on=PAIR, how="left")
    frame = frame.with_columns(pl.col("support", "harm", "count", "a_needs", "b_needs").fill_null(0)).with_columns(
        pl.col("support", "harm").round(6)
    )
    why = (
        pl.when(pl.col("a").is_in(unsettled.implode()) | pl.col("b").is_in(unsettled.implode()))
        .then(pl.lit("the contributions run in circles and do not settle"))
        .when(pl.col("count") == 0)
        .then(pl.lit("no goal beside those in common is valued from both sides"))
    )
    level = (
        pl.when(pl.col("harm") == 0).then(pl.lit("good")).when(pl.col("harm") < pl.col("support")).then(pl.lit("watch"))
    )
    return _unjudged(frame, level.otherwise(pl.lit("poor")), why).with_columns(pl.col("harm").alias("value"))


def _dependencies(facts: Facts) -> pl.DataFrame:
    """Count the goals of the one alone that need a goal of the other alone, as (a, b, a_needs, b_needs)."""
    whose = facts.partners_of_goal
    ends = facts.dependencies.join(whose, on="goal").join(
        whose.rename({"goal": "needed", "partner": "other"}), on="needed"
    )
    ends = ends.filter(pl.col("partner") != pl.col("other"))
    mine = whose.rename({"goal": "needed"})
    theirs = whose.rename({"partner": "other"})
    ends = ends.join(mine, on=["needed", "partner"], how="anti").join(theirs, on=["goal", "other"], how="anti")
    low = pl.col("partner") < pl.col("other")
    ends = ends.with_columns(
        pl.min_horizontal("partner", "other").alias("a"), pl.max_horizontal("partner", "other").alias("b")
    )
    return ends.group_by(PAIR).agg(
        low.sum().cast(pl.Int64).alias("a_needs"), (~low).sum().cast(pl.Int64).alias("b_needs")
    )


def common_goals(facts: Facts) -> pl.DataFrame:
    """Return the active goals that both partners work on, as (a, b, goal)."""
    works = facts.works_on.join(facts.active_goals, on="goal", how="semi")
    return _matched(works, "goal").select(*PAIR, "goal")


def clear_roles(facts: Facts, pairs: pl.DataFrame, common: pl.DataFrame) -> pl.DataFrame:
    """Return the share of goals in common that have one owner or are co-owned, `both_act`, `contested`, `unowned`."""
    owners = facts.owners.group_by("goal").agg(pl.len().cast(pl.Int64).alias("owners"))
    goals = (
        facts.active_goals.select("goal", "co_owned")
        .join(owners, on="goal", how="left")
        .with_columns(pl.col("owners").fill_null(0))
    )
    acts = facts.acts_for.join(facts.active_goals, on="goal", how="semi")
    acting = _matched(acts, "goal").select(*PAIR, "goal", pl.lit(value=True).alias("both"))
    clear = (pl.col("owners") == 1) | pl.col("co_owned")
    sums = (
        common.join(goals, on="goal")
        .join(acting, on=[*PAIR, "goal"], how="left")
        .group_by(PAIR)
        .agg(
            clear.mean().alias("value"),
            pl.col("both").fill_null(value=False).mean().alias("both_act"),
            pl.len().cast(pl.Int64).alias("count"),
            pl.col("goal")
            .filter((pl.col("owners") > 1) & ~pl.col("co_owned"))
            .sort()
            .head(MOST_NAMED)
            .alias("contested"),
            pl.col("goal")
            .filter((pl.col("owners") == 0) & ~pl.col("co_owned"))
            .sort()
            .head(MOST_NAMED)
            .alias("unowned"),
        )
    )
    frame = pairs.join(sums, on=PAIR, how="left").with_columns(
        pl.col("count").fill_null(0), pl.col("value", "both_act").round(6)
    )
    return _judged(frame, facts, "roles", "value", pl.when(pl.col("count") == 0).then(pl.lit("no goal in common")))


def coordination(facts: Facts, pairs: pl.DataFrame, required: pl.DataFrame) -> pl.DataFrame:
    """Return congruence: the share in contact of the people whose work must coordinate; `silent` names the others."""
    members = _separate(facts)
    talks = facts.contact.select("person", "other", pl.lit(value=True).alias("talk"))
    both = _across(required, members).join(talks, on=["person", "other"], how="left")
    both = both.with_columns(pl.col("talk").fill_null(value=False))
    silent = pl.concat_list("person", "other").filter(~pl.col("talk")).head(MOST_NAMED).alias("silent")
    sums = (
        both.sort("person", "other")
        .group_by(PAIR, maintain_order=True)
        .agg(pl.col("talk").mean().alias("value"), pl.len().cast(pl.Int64).alias("count"), silent)
    )
    frame = pairs.join(sums, on=PAIR, how="left").with_columns(pl.col("count").fill_null(0), pl.col("value").round(6))
    why = (
        pl.when(pl.lit(facts.lacks("contact")))
        .then(pl.lit("no contact between people is recorded"))
        .when(pl.col("count") == 0)
        .then(pl.lit("no work of the one must coordinate with work of the other"))
    )
    return _judged(frame, facts, "congruence", "value", why)


def _separate(facts: Facts) -> pl.DataFrame:
    return facts.members.join(facts.persons, left_on="member", right_on="person", how="semi")


def _across(ties: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """Return ties (person, other, both ways) as (a, b, person of a, other of b), members of both partners left out."""
    placed = ties.join(members.rename({"partner": "a", "member": "person"}), on="person").join(
        members.rename({"partner": "b", "member": "other"}), on="other"
    )
    placed = placed.filter(pl.col("a") < pl.col("b"))
    common = _matched(members, "member").select(*PAIR, "member")
    for end in ("person", "other"):
        placed = placed.join(common.rename({"member": end}), on=[*PAIR, end], how="anti")
    return placed


def contact(facts: Facts, pairs: pl.DataFrame) -> pl.DataFrame:
    """Return the days since the last contact, `recent_pairs`, redundancy `k`, `common_members`, `last` and by whom."""
    members = _separate(facts)
    ties = _across(facts.contact, members)
    latest = ties.sort("last", "person", "other", descending=[True, False, False], nulls_last=True).unique(
        PAIR, keep="first", maintain_order=True
    )
    sums = ties.group_by(PAIR).agg(
        pl.len().cast(pl.Int64).alias("count"),
        (pl.col("last") >= facts.since).sum().cast(pl.Int64).alias("recent_pairs"),
    )
    common = _matched(members, "member").group_by(PAIR).agg(pl.col("member").sort().alias("common_members"))
    sizes = members.group_by("partner").agg(pl.len().cast(pl.Int64).alias("n"))
    frame = (
        pairs.join(sums, on=PAIR, how="left")
        .join(latest.select(*PAIR, "last", "person", "other"), on=PAIR, how="left")
        .join(redundancy(ties.select(*PAIR, "person", "other")), on=PAIR, how="left")
        .join(common, on=PAIR, how="left")
        .join(sizes.rename({"partner": "a", "n": "size_a"}), on="a", how="left")
        .join(sizes.rename({"partner": "b", "n": "size_b"}), on="b", how="left")
        .with_columns(pl.col("count", "recent_pairs", "k", "size_a", "size_b").fill_null(0))
    )
    shared = pl.col("common_members").is_not_null()
    days = pl.when(shared).then(0).otherwise((pl.lit(facts.as_of) - pl.col("last")).dt.total_days())
    frame = frame.with_columns(days.cast(pl.Int64).alias("value"))
    good, watch = facts.settings.get("alignment", "contact_good"), facts.settings.get("alignment", "contact_watch")
    # One person whose leaving ends all contact, though there are others who could talk.
    thread = (pl.col("k") == 1) & (pl.col("size_a") > 1) & (pl.col("size_b") > 1) & ~shared
    level = (
        pl.when((pl.col("value") <= good) & ~thread)
        .then(pl.lit("good"))
        .when(pl.col("value") <= watch)
        .then(pl.lit("watch"))
    )
    why = (
        pl.when(pl.lit(facts.lacks("contact")))
        .then(pl.lit("no contact between people is recorded"))
        .when((pl.col("count") > 0) & pl.col("value").is_null())
        .then(pl.lit("their contacts have no dates"))
    )
    return _unjudged(frame, level.otherwise(pl.lit("poor")), why).with_columns(thread.alias("thread"))


def shared_measurement(
    facts: Facts, pairs: pl.DataFrame, common: pl.DataFrame, freshness: pl.DataFrame
) -> pl.DataFrame:
    """Return the share of goals in common with a fresh KPI, `stale` and `missing` counts, `blind` goals.

    `freshness` is (goal, fresh): whether any KPI that measures the goal is fresh.
    """
    sums = (
        common.join(freshness, on="goal", how="left")
        .group_by(PAIR)
        .agg(
            pl.col("fresh").fill_null(value=False).mean().alias("value"),
            pl.len().cast(pl.Int64).alias("count"),
            (~pl.col("fresh")).sum().cast(pl.Int64).alias("stale"),
            pl.col("fresh").is_null().sum().cast(pl.Int64).alias("missing"),
            pl.col("goal").filter(~pl.col("fresh").fill_null(value=False)).sort().head(MOST_NAMED).alias("blind"),
        )
    )
    frame = pairs.join(sums, on=PAIR, how="left")
    frame = frame.with_columns(pl.col("count", "stale", "missing").fill_null(0), pl.col("value").round(6))
    why = (
        pl.when(pl.lit(facts.lacks("kpi")))
        .then(pl.lit("there is no KPI"))
        .when(pl.col("count") == 0)
        .then(pl.lit("no goal in common"))
    )
    return _judged(frame, facts, "measurement", "value", why)
