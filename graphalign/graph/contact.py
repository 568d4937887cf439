"""Who is in contact: persons with persons, and partners through their members; projections of Facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from graphalign.graph.pairs import distinct, frame_of, keys_of, onward, packed
from graphalign.graph.runs import NEVER, latest_of_runs, starts_of_runs

if TYPE_CHECKING:
    from graphalign.graph.facts import Facts


def contact(facts: Facts) -> pl.DataFrame:
    """Return (person, other, last): active persons who talked by the as-of date, both ways.

    `last` is null if all of it is undated.
    """
    frame = facts.graph.of_type("COMMUNICATES_WITH").select("source", "target", "date")
    source, target = (frame[end].to_numpy() for end in ("source", "target"))
    counts = facts.is_person[source] & facts.is_person[target] & (source != target)
    frame = frame.filter(pl.Series(counts) & (frame["date"] <= facts.as_of).fill_null(value=True))
    # Sorted, with the smaller of the two as the source: a pair is one run of rows.
    first = starts_of_runs(frame["source"], frame["target"])
    pairs = frame.select("source", "target")[first].with_columns(latest_of_runs(frame["date"], first).alias("last"))
    there = pairs.select(pl.col("source").alias("person"), pl.col("target").alias("other"), "last")
    back = pairs.select(pl.col("target").alias("person"), pl.col("source").alias("other"), "last")
    return pl.concat([there, back])


def spoken(facts: Facts) -> pl.DataFrame:
    """Return (person, contacts, last): with how many others each person has contact, and the last dated one."""
    person = facts.contact["person"].to_numpy()
    contacts = np.bincount(person, minlength=facts.n)
    last = np.full(facts.n, NEVER, dtype=np.int32)
    np.maximum.at(last, person, facts.contact["last"].cast(pl.Int32).fill_null(NEVER).to_numpy())
    who = np.flatnonzero(contacts)
    day = pl.Series(last[who]).replace(NEVER, None).cast(pl.Date)
    return pl.DataFrame({"person": who.astype(np.uint32), "contacts": contacts[who], "last": day})


def ties(facts: Facts) -> pl.DataFrame:
    """Return (partner, other, at, turned): two partners, the smaller first, and the row of `contact` across them.

    The person there is of the one and the other of the other, or where `turned` the other way round.
    """
    half = facts.contact.height // 2  # each once: the other half says the same the other way
    person, other = (facts.contact[c].to_numpy()[:half] for c in ("person", "other"))
    which, ours = onward(person, facts.home)
    again, theirs = onward(other.take(which), facts.home)
    ours = ours.take(again)
    across = np.flatnonzero(ours != theirs)
    ours, theirs = ours.take(across), theirs.take(across)
    at = which.take(again.take(across)).astype(np.uint32)
    ends = {"partner": np.minimum(ours, theirs), "other": np.maximum(ours, theirs)}
    return pl.DataFrame({**ends, "at": at, "turned": ours > theirs})


def partner_contact(facts: Facts) -> pl.DataFrame:
    """Return (partner, other, last, recent): partners in contact, both ways.

    A common member is a recent contact, its `last` null.
    """
    key = keys_of(facts.ties.select("partner", "other"))
    talk = pl.DataFrame({"key": key, "last": facts.contact["last"].gather(facts.ties["at"])}).group_by("key").max()
    members = facts.members
    which, theirs = onward(members["member"].to_numpy(), facts.home)
    ours = members["partner"].to_numpy()[which]
    common = pl.DataFrame({"key": distinct(packed(ours, theirs)[ours < theirs])}).with_columns(common=True)
    both = talk.join(common, on="key", how="full", coalesce=True).sort("key")
    recent = (pl.col("last") >= facts.since).fill_null(value=False) | pl.col("common").fill_null(value=False)
    there = frame_of(both["key"].to_numpy(), "partner", "other").hstack(both.select("last", recent.alias("recent")))
    back = there.rename({"partner": "other", "other": "partner"}).select(there.columns)
    return pl.concat([there, back])
