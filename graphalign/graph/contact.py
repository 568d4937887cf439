"""Who is in contact: persons with persons, and partners through their members; projections of Facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from graphalign.graph.pairs import LOW, SHIFT, distinct, frame_of, held_by, keys_of, only, onward, packed, places
from graphalign.graph.runs import days_of, latest_by_node, numbers_of, starts_of_runs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graphalign.graph.facts import Facts

# So many contacts are looked at first: of a partner that talks at all some are mostly among them.
FIRST_LOOK = 1 << 17


def contact(facts: Facts) -> pl.DataFrame:
    """Return (person, other, last): active persons who talked by the as-of date, both ways.

    `last` is null if all of it is undated.
    """
    frame = facts.graph.of_type("COMMUNICATES_WITH")
    source, target, day = frame["source"].to_numpy(), frame["target"].to_numpy(), numbers_of(frame["date"])
    today = numbers_of(pl.Series([facts.as_of]))[0]
    counts = facts.is_person.take(source) & facts.is_person.take(target) & (source != target) & (day <= today)
    source, target, day = (values.compress(counts) for values in (source, target, day))
    # Sorted, with the smaller of the two as the source: a pair is one run of rows.
    first = starts_of_runs(pl.Series(source), pl.Series(target))
    a, b, last = source[first], target[first], np.maximum.reduceat(day, first) if len(first) else day[:0]
    ends = {"person": np.concatenate([a, b]), "other": np.concatenate([b, a])}
    return pl.DataFrame({**ends, "last": days_of(np.concatenate([last, last]))})


def spoken(facts: Facts) -> pl.DataFrame:
    """Return (contacts, last), a row a node: with how many others it has contact, and the last dated one."""
    person = places(facts.contact["person"])
    contacts = np.bincount(person, minlength=facts.n)
    last = latest_by_node(person, numbers_of(facts.contact["last"]), facts.n)
    return pl.DataFrame({"contacts": contacts, "last": days_of(last)})


def ties(facts: Facts) -> pl.DataFrame:
    """Return (partner, other, at, turned): two partners, the smaller first, and the row of `contact` across them.

    The person there is of the one and the other of the other, or where `turned` the other way round.
    """
    ours, theirs, at = _across(facts, *_each_once(facts))
    ends = {"partner": np.minimum(ours, theirs), "other": np.maximum(ours, theirs)}
    return pl.DataFrame({**ends, "at": at.astype(np.uint32), "turned": ours > theirs})


def _each_once(facts: Facts) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Return the two of each contact, in rows of `contact`: its other half says the same the other way."""
    half = facts.contact.height // 2
    return facts.contact["person"].to_numpy()[:half], facts.contact["other"].to_numpy()[:half]


def _across(facts: Facts, a: NDArray[np.uint32], b: NDArray[np.uint32]) -> tuple[NDArray[Any], ...]:
    """Return two partners, one of each person's, for every way they differ; and of which of the pairs."""
    which, ours = onward(a, facts.home)
    again, theirs = onward(b.take(which), facts.home)
    ours = ours.take(again)
    across = np.flatnonzero(ours != theirs)
    return ours.take(across), theirs.take(across), which.take(again.take(across))


def partner_contact(facts: Facts) -> pl.DataFrame:
    """Return (partner, other, last, recent): partners in contact, both ways.

    A common member is a recent contact, its `last` null.
    """
    key = keys_of(facts.ties, "partner", "other")
    talk = pl.DataFrame({"key": key, "last": facts.contact["last"].gather(facts.ties["at"])}).group_by("key").max()
    common = pl.DataFrame({"key": with_common_member(facts)}).with_columns(common=True)
    both = talk.join(common, on="key", how="full", coalesce=True).sort("key")
    recent = (pl.col("last") >= facts.since).fill_null(value=False) | pl.col("common").fill_null(value=False)
    there = frame_of(both["key"].to_numpy(), "partner", "other").hstack(both.select("last", recent.alias("recent")))
    back = there.rename({"partner": "other", "other": "partner"}).select(there.columns)
    return pl.concat([there, back])


def with_common_member(facts: Facts) -> NDArray[np.uint64]:
    """Return the pairs of partners, the smaller first, that have a member in common; packed, sorted, each once."""
    members = facts.members
    which, theirs = onward(members["member"].to_numpy(), facts.home)
    ours = members["partner"].to_numpy()[which]
    return distinct(packed(ours, theirs).compress(ours < theirs))


def in_contact(facts: Facts, asked: NDArray[np.bool_], kin: pl.DataFrame) -> NDArray[np.bool_]:
    """Return which partners, by index, are in contact with one that is not among their kin, of those `asked` at least.

    As `partner_contact` says; but looked for only until nobody is left to be found, which is seldom far.

    Parameters
    ----------
    facts
        Whose contacts count.
    asked
        Partners, by index.
    kin
        (partner, other): who does not count for whom, both ways.
    """
    related = distinct(keys_of(kin))
    found = np.zeros(facts.n, dtype=np.bool_)

    def enter(keys: NDArray[np.uint64]) -> None:
        keys = keys.compress(~held_by(related, keys))
        found[(keys >> SHIFT).astype(np.intp)] = found[(keys & LOW).astype(np.intp)] = True

    enter(with_common_member(facts))
    person, other = _each_once(facts)
    start, size = 0, FIRST_LOOK
    while start < len(person) and (asked & ~found).any():
        a, b = (ends[start : start + size] for ends in (person, other))
        if start:
            left = facts.mask(only(facts.members, "partner", asked & ~found)["member"])
            mine = left.take(a) | left.take(b)
            a, b = a.compress(mine), b.compress(mine)
        ours, theirs, _ = _across(facts, a, b)
        enter(distinct(packed(ours, theirs)))
        start, size = start + size, size * 4
    return found
