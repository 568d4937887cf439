"""The coordination rule about different work for one goal by partners that never meet (COO408)."""

from __future__ import annotations

import polars as pl

from graphalign.graph import Facts
from graphalign.graph.meetings import depending_pairs, in_parts, recent_pairs
from graphalign.graph.naming import sets_of_words
from graphalign.graph.pairs import held_by, keys_of, once, where
from graphalign.model import Judged, Option, Tie
from graphalign.rules import rule
from graphalign.rules.partnership import related
from graphalign.settings import RuleSettings

PAIR = ["partner", "other"]


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
    judged = where(different, ~held_by(keys_of(related(facts)), keys_of(different, *PAIR)))
    linked = once(depending_pairs(facts), recent_pairs(facts))
    rows = where(judged, ~held_by(keys_of(linked), keys_of(judged, *PAIR)))
    return Judged(rows.with_columns(pl.lit(facts.window_days).alias("window")), judged.height)


def _different_work(facts: Facts, below: float) -> pl.DataFrame:
    """(partner, other, goal, work, other_work): each pair that does different work, at its first goal by id."""
    sets, tokens = sets_of_words(facts.words, facts.mask(facts.responsibilities["responsibility"]))
    work = _work_at_goals(facts).join(sets.rename({"node": "responsibility"}), on="responsibility")
    # Who does several pieces of the same name at a goal does, for this question, one.
    work = work.group_by("goal", "partner", "here", "words").agg(pl.col("responsibility").min())
    other = work.rename({"partner": "other", "responsibility": "other_work", "words": "other_words"}).drop("here")
    first = work.filter("here").drop("here").rename({"responsibility": "work"}).sort("goal", "work", "partner")
    found = pl.DataFrame(schema=dict.fromkeys((*PAIR, "goal", "work", "other_work"), pl.UInt32))
    # In order of the goals, so that a pair found in one part need not be looked at in the next.
    for part in in_parts(first, "goal", work["goal"]):
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
