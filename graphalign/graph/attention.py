"""Who is owed attention, and who got it: two projections of Facts that the engagement rules share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from graphalign.graph.pairs import leads, only, onward, places, where
from graphalign.graph.runs import days_of, latest_by_node, numbers_of

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
    asked = facts.mask(facts.persons["person"].filter(facts.persons["cadence_days"].is_not_null()))
    pairs = only(facts.contact, "person", asked)
    person, other = (places(pairs[end]) for end in ("person", "other"))
    counts = facts.mask(facts.goal_owning_persons).take(other)
    which, partner = onward(other, facts.home)
    counts[which[~leads(person.take(which), partner, facts.home)]] = True
    return where(pairs, counts)


def paced(facts: Facts) -> pl.DataFrame:
    """Return the persons with a cadence: `person`, its properties, `last` and `other`, the last dated outward contact.

    Of several on the last day `other` is the first by id. Who has undated outward contact only is left out: how long
    ago it was cannot be told.
    """
    outward = outward_contact(facts)
    person, other = places(outward["person"]), outward["other"].to_numpy()
    day = numbers_of(outward["last"])
    latest = latest_by_node(person, day, facts.n)
    at_last = day == latest.take(person)
    first = np.full(facts.n, facts.n, dtype=np.uint32)
    np.minimum.at(first, person[at_last], other[at_last])
    people = facts.persons.filter(pl.col("cadence_days").is_not_null())
    who = places(people["person"])
    last = days_of(latest.take(who)).alias("last")
    whom = pl.Series("other", first.take(who)).replace(facts.n, None)
    return people.with_columns(last, whom).filter(last.is_not_null() | whom.is_null())
