"""Who is owed attention, and who got it: two projections of Facts that the engagement rules share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from graphalign.graph.pairs import only

if TYPE_CHECKING:
    from graphalign.graph.facts import Facts


def owed_attention(facts: Facts) -> pl.DataFrame:
    """Return the persons owed attention: `person`, its properties, and `works`.

    Owed attention are those of high power or interest, those wanted supportive or leading, and those who work: who
    are accountable or responsible for something active.
    """
    active = facts.is_active_goal | facts.mask(facts.responsibilities["responsibility"])
    working = np.zeros(facts.n, dtype=np.bool_)
    for kind in ("ACCOUNTABLE_FOR", "RESPONSIBLE_FOR"):
        working[only(facts.roles(kind), "item", active)["party"].to_numpy()] = True
    people = facts.persons.with_columns(pl.Series("works", working[facts.persons["person"].to_numpy()]))
    high = pl.any_horizontal(pl.col("power", "interest") >= facts.high).fill_null(value=False)
    wanted = pl.col("desired_engagement").is_in(["supportive", "leading"]).fill_null(value=False)
    return people.filter(high | wanted | pl.col("works"))


def outward_contact(facts: Facts) -> pl.DataFrame:
    """Return (person, other, last): of persons with a cadence, the contact that counts for it.

    The other has a partner that is not the person's, or owns an active goal.
    """
    asked = facts.mask(facts.persons.filter(pl.col("cadence_days").is_not_null())["person"])
    pairs = only(facts.contact, "person", asked)
    counts = facts.mask(facts.goal_owning_persons)[pairs["other"].to_numpy()]
    theirs = pairs.select("person", "other", pl.int_range(pl.len(), dtype=pl.UInt32).alias("at")).filter(~counts)
    theirs = theirs.join(facts.partners_of.rename({"party": "other"}), on="other")
    foreign = theirs.join(facts.partners_of.rename({"party": "person"}), on=["person", "partner"], how="anti")
    counts[foreign["at"].to_numpy()] = True
    return pairs.filter(counts)


def paced(facts: Facts) -> pl.DataFrame:
    """Return the persons with a cadence: `person`, its properties, `last` and `other`, the last dated outward contact.

    Of several on the last day `other` is the first by id. Who has undated outward contact only is left out: how long
    ago it was cannot be told.
    """
    outward = outward_contact(facts).sort("last", -pl.col("other").cast(pl.Int64), nulls_last=False)
    undated = pl.col("last").is_null().all().alias("undated")
    known = outward.group_by("person").agg(pl.col("last", "other").last(), undated)
    people = facts.persons.filter(pl.col("cadence_days").is_not_null()).join(known, on="person", how="left")
    return people.filter(~pl.col("undated").fill_null(value=False)).drop("undated")
