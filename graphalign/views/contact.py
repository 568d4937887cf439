"""The timeline of contact of the page: who of two partners talked when, which pairs are overdue, who has a rhythm."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

if TYPE_CHECKING:
    from graphalign.alignment import Alignment
    from graphalign.graph import Facts

MOST_PAIRS = 60
MOST_TALKS = 6000
MOST_PACED = 60
PAIR = ["a", "b"]


def contact_timeline(facts: Facts, matrix: Alignment) -> dict[str, Any]:
    """Return the dated communications between members of each two partners, as the alignment counts them.

    Members of both partners are left out, as in the alignment's contact; what is dated after the as-of date is a plan.

    Parameters
    ----------
    facts
        The facts.
    matrix
        The alignment of all pairs, whose contact says what is overdue.

    Returns
    -------
    dict
        `as_of` and `since` (days of the epoch 1970-01-01), `window` (days that are recent), `pairs` ([a, b, level,
        days since the last (null: none dated or a member of both), undated pairs of people, whether they must talk:
        a goal in common or a dependency, common members]), `talks` ([pair, day, person, other], by pair and day),
        `paced` ([person, cadence, last day or null, overdue]), `of` ([pairs, talks, paced] in all).
    """
    pairs, all_pairs = _pairs(facts, matrix)
    talks = _talks(facts, pairs)
    paced = facts.paced.with_columns(
        (pl.lit(facts.as_of) - pl.col("last")).dt.total_days().alias("days"), _day("last").alias("last")
    ).with_columns((pl.col("days").is_null() | (pl.col("days") > pl.col("cadence_days"))).alias("overdue"))
    paced = paced.sort(~pl.col("overdue"), -(pl.col("days").fill_null(10**6) - pl.col("cadence_days")), "person")
    shown = talks.tail(MOST_TALKS).sort("pair", "day", "person", "other")
    told = pairs.select(*PAIR, "level", "value", "undated", "needed", "common")
    return {
        "as_of": _epoch(facts.as_of),
        "since": _epoch(facts.since),
        "window": facts.window_days,
        "pairs": [list(p) for p in told.iter_rows()],
        "talks": [list(t) for t in shown.select("pair", "day", "person", "other").iter_rows()],
        "paced": [
            list(p) for p in paced.head(MOST_PACED).select("person", "cadence_days", "last", "overdue").iter_rows()
        ],
        "of": [all_pairs, talks.height, paced.height],
    }


def _day(column: str) -> pl.Expr:
    return pl.col(column).cast(pl.Int32).cast(pl.Int64)


def _epoch(day: Any) -> int:  # noqa: ANN401 (a date)
    return int(pl.Series([day]).cast(pl.Int32)[0])


def _pairs(facts: Facts, matrix: Alignment) -> tuple[pl.DataFrame, int]:
    """Return the pairs shown, those who must talk and do not first, and how many there are."""
    contact = matrix.parts["contact"].select(
        *PAIR, pl.col("level").cast(pl.String), "value", "count", pl.col("common_members").list.len().alias("common")
    )
    roles = matrix.parts["clear_roles"].select(*PAIR, pl.col("count").alias("goals"))
    needs = matrix.parts["help_or_harm"].select(*PAIR, (pl.col("a_needs") + pl.col("b_needs")).alias("needs"))
    held = contact.join(roles, on=PAIR).join(needs, on=PAIR).join(_undated(facts), on=PAIR, how="left")
    held = held.with_columns(
        ((pl.col("goals") > 0) | (pl.col("needs") > 0)).alias("needed"),
        pl.col("undated").fill_null(0).cast(pl.Int64),
        pl.col("common").fill_null(0).cast(pl.Int64),
    )
    order = {"poor": 0, "watch": 1, "good": 2, "cannot judge": 3}
    ranked = held.sort(
        ~pl.col("needed"),
        pl.col("level").replace_strict(order, default=4),
        -pl.col("goals"),
        -pl.col("value").fill_null(10**6),
        *PAIR,
    )
    return ranked.head(MOST_PAIRS).with_row_index("pair"), held.height


def _placed(facts: Facts, ties: pl.DataFrame) -> pl.DataFrame:
    """Return ties (person, other) with the pairs of partners they lie between, members of both left out."""
    members = facts.members.join(facts.persons, left_on="member", right_on="person", how="semi")
    there = members.rename({"partner": "a", "member": "person"})
    back = members.rename({"partner": "b", "member": "other"})
    both = pl.concat([ties, ties.rename({"person": "other", "other": "person"}).select(ties.columns)])
    found = both.join(there, on="person").join(back, on="other").filter(pl.col("a") < pl.col("b"))
    for end, partner in (("person", "b"), ("other", "a")):
        theirs = members.rename({"member": end, "partner": partner})
        found = found.join(theirs, on=[end, partner], how="anti")
    return found


def _undated(facts: Facts) -> pl.DataFrame:
    """Return (a, b, undated): how many pairs of people have contact without a date only."""
    ties = facts.contact.filter(pl.col("last").is_null() & (pl.col("person") < pl.col("other")))
    return _placed(facts, ties.select("person", "other")).group_by(PAIR).agg(pl.len().alias("undated"))


def _talks(facts: Facts, pairs: pl.DataFrame) -> pl.DataFrame:
    """(pair, day, person, other): each dated communication between the two, sorted by day."""
    person = facts.mask(facts.persons["person"])
    frame = facts.graph.of_type("COMMUNICATES_WITH").drop_nulls("date").filter(pl.col("source") != pl.col("target"))
    frame = frame.filter(person[frame["source"].to_numpy()] & person[frame["target"].to_numpy()])
    ties = frame.select(pl.col("source").alias("person"), pl.col("target").alias("other"), _day("date").alias("day"))
    found = _placed(facts, ties.unique()).join(pairs.select("pair", *PAIR), on=PAIR)
    return found.sort("day", "pair", "person", "other")
