"""The data rules: what is not known of people, who may be there twice, who belongs nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from graphalign.graph import Facts
from graphalign.graph.naming import NameWords, sums_of_words
from graphalign.graph.pairs import only, repeated
from graphalign.graph.runs import starts_of_runs
from graphalign.model import Judged, Option, Says, Tie
from graphalign.rules import rule
from graphalign.settings import RuleSettings
from graphalign.vocabulary import RACI

if TYPE_CHECKING:
    from numpy.typing import NDArray


@rule(
    "DAT901",
    "unassessed-stakeholder",
    severity="info",
    subjects=("stakeholder",),
    message={
        "role": "{stakeholder} has a part in {roles} goals or responsibilities, but power, interest and "
        "engagement are all unknown.",
        "one": "{stakeholder} has a part in a goal or responsibility, but power, interest and engagement are all "
        "unknown.",
        "wanted": "{stakeholder} is wanted {desired}, but power, interest and engagement are all unknown.",
    },
    remedy="Assess {stakeholder}: fill in Power, Interest and Current Engagement.",
    needs=("assessed",),
    nothing="no person has a RACI role or a desired engagement",
    judges_goals=False,
    evidence=(Says("stakeholder", ("desired_engagement",)), Tie("stakeholder", RACI, None)),
)
def unassessed_stakeholder(facts: Facts, _: RuleSettings) -> Judged:
    """A person with a RACI role or a desired engagement, of whom none of power, interest and engagement is known.

    Why: whoever is not assessed is missing from every picture of power and interest, and most rules of the
    Engagement family cannot judge them.

    Source: PMBOK Guide, stakeholder register (assessment information).
    """
    known = ("power", "interest", "engagement", "desired_engagement")
    people = facts.persons.select(pl.col("person").alias("stakeholder"), *known)
    people = people.with_columns(pl.Series("roles", facts.role_counts[people["stakeholder"].to_numpy()]))
    judged = people.filter((pl.col("roles") > 0) | pl.col("desired_engagement").is_not_null())
    found = judged.filter(pl.all_horizontal(pl.col("power", "interest", "engagement").is_null()))
    case = (
        pl.when(pl.col("roles") > 1)
        .then(pl.lit("role"))
        .when(pl.col("roles") == 1)
        .then(pl.lit("one"))
        .otherwise(pl.lit("wanted"))
    )
    rows = found.select(
        "stakeholder",
        "roles",
        pl.col("desired_engagement").alias("desired"),
        case.alias("case"),
        pl.col("roles").alias("rank"),
    )
    return Judged(rows, judged.height)


@rule(
    "DAT902",
    "possible-duplicate",
    severity="info",
    subjects=("members",),
    message="{members} may be the same {what}: their names have the same words, or nearly.",
    remedy="If they are one, keep one id for them and use it everywhere; if not, tell their names apart.",
    nothing="there is no person, partner or active goal",
    cluster=("node", "first"),
    options={
        "common": Option(
            3, "names of people or partners that differ by a word each need this many words in common", 2, 50
        ),
    },
)
def possible_duplicate(facts: Facts, settings: RuleSettings) -> Judged:
    """Persons, partners, or goals under the same parent or both under none, whose names have the same lower-case words
    in any order; and persons or partners whose names have at least three words in common, each leaving out at most
    one, which is no number.

    Why: a node that is there twice splits its roles and contacts, so that one half looks idle and the other
    overloaded, and gaps appear that are none.

    Source: token-set matching; Christen 2012, Data Matching (blocking).
    """
    parents = facts.active_goals.select(pl.col("goal").alias("node")).join(
        facts.contributions.rename({"goal": "node"}), on="node", how="left"
    )
    under = pl.col("parent").cast(pl.Int64).fill_null(-1)
    parts = [
        facts.persons.select(
            pl.col("person").alias("node"), pl.lit("person").alias("what"), pl.lit(-1, dtype=pl.Int64).alias("under")
        ),
        facts.partners.select(
            pl.col("partner").alias("node"), pl.lit("partner").alias("what"), pl.lit(-1, dtype=pl.Int64).alias("under")
        ),
        parents.select("node", pl.lit("goal").alias("what"), under.alias("under")),
    ]
    held = pl.concat(parts)
    blocks = _blocks(facts.words, facts.mask(held["node"]), settings["common"])
    keyed = held.join(blocks, on="node").filter(pl.col("whole") | (pl.col("what") != "goal"))
    key = ["what", "under", "a", "b"]
    rows = (
        keyed.with_columns(pl.col("node").min().over(key).alias("first"))
        .filter(pl.col("node") != pl.col("first"))
        .select("node", "first", "what")
        .unique()
    )
    return Judged(rows, held["node"].n_unique())


def _blocks(words: NameWords, mask: NDArray[np.bool_], common: int) -> pl.DataFrame:
    """(node, a, b, whole): sets of a node's words, all (`whole`) or all but one, that some other node may share.

    A set is known by two sums of its words' hashes, so that leaving one out is a subtraction and a name of n words
    costs n rows of fixed size, however long it is.
    """
    held = only(words.held, "node", mask)
    node, word = held["node"].to_numpy(), held["word"].to_numpy()
    start = starts_of_runs(held["node"])
    size = np.diff(np.r_[start, len(node)])
    fewer = np.flatnonzero(np.repeat(size, size) > common)
    sums = []
    for seed in (1, 2):
        drawn = words.text.hash(seed).to_numpy()[word]
        whole = sums_of_words(words, held, start, seed)
        sums.append(np.r_[whole, (np.repeat(whole, size) - drawn)[fewer]])
    shared = repeated(sums[0])
    at = np.r_[start, fewer][shared]
    full = np.flatnonzero(shared) < len(start)
    # A number tells apart what is otherwise alike (Berth 1, Berth 2), so it is never the word left out.
    number = (words.text.str.contains(r"\d") & ~words.text.str.contains(r"\p{L}")).to_numpy()[word[at]]
    sets = {"node": node[at], "a": sums[0][shared], "b": sums[1][shared], "whole": full}
    return pl.DataFrame(sets).filter(pl.Series(full | ~number))


@rule(
    "DAT903",
    "no-partner",
    severity="info",
    subjects=("stakeholder",),
    message="{stakeholder} belongs to no partner.",
    remedy="Say which partner {stakeholder} belongs to (Organisation), or that they stand outside on purpose "
    "with a waiver.",
    applies=("partners",),
    nothing="there is no person",
    judges_goals=False,
    evidence=(Tie("stakeholder", ("MEMBER_OF",), None),),
)
def no_partner(facts: Facts, _: RuleSettings) -> Judged:
    """A person who belongs to no partner, neither directly nor through groups.

    Why: what this person owns, does or says counts for no partner, so gaps between partners cannot be seen there.
    """
    people = facts.persons.select(pl.col("person").alias("stakeholder"))
    return Judged(only(people, "stakeholder", ~facts.mask(facts.partners_of["party"])), people.height)
