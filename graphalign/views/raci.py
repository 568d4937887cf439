"""The RACI matrix of the page: goals by parties, parties by partner, what is out of line framed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from graphalign.views.concerns import ids_of

if TYPE_CHECKING:
    from graphalign.graph import Facts
    from graphalign.report import Report
    from graphalign.views.homes import Homes

MOST_GOALS = 120
MOST_PARTIES = 360
# Bits of a cell: the four letters, then the same by way of a responsibility that serves the goal.
BITS = {"ACCOUNTABLE_FOR": 1, "RESPONSIBLE_FOR": 2, "CONSULTED_ON": 4, "INFORMED_OF": 8}
BY_WAY = 16
# Rules on a goal's owners: their findings frame who is accountable in the goal's row.
ON_OWNERS = ("OWN102", "OWN103", "OWN104", "OWN109", "OWN110", "OWN112", "ENG307")


def raci(facts: Facts, report: Report, homes: Homes) -> dict[str, Any]:
    """Return who has which role on which goal, directly or by a responsibility that serves it.

    Parameters
    ----------
    facts
        The facts.
    report
        Whose findings frame rows and cells.
    homes
        Where each node belongs.

    Returns
    -------
    dict
        `goals` (node indices, shared ones first, then by priority), `due` (of each), `parties` (by partner), `partner`
        of each (its place in `Homes.partners`, -1 none), `cells` ([row, column, letters] by the bits A 1, R 2, C 4, I
        8, the same times 16 by way of a responsibility), `findings` (ids, the worst first), `rows` ([row, finding]) and
        `framed` ([row, column, finding]) by their places in it, and `of` (how many goals and parties there are in all).
    """
    roles = _roles(facts)
    goals, all_goals = _goals(facts)
    roles = roles.join(goals.select("goal", "row"), on="goal")
    parties = _parties(roles, homes)
    cells = roles.join(parties.select("party", "column"), on="party").sort("row", "column")
    rows, framed = _marks(report, goals, parties, cells)
    found = report.roots.join(pl.concat([rows, framed], how="diagonal"), on="finding", how="semi")
    place = found.select("finding").with_row_index("place")
    everyone = facts.raci["party"].n_unique()
    return {
        "goals": goals["goal"].to_list(),
        "due": goals.join(facts.goals, on="goal", how="left", maintain_order="left")["due"].cast(pl.String).to_list(),
        "parties": parties["party"].to_list(),
        "partner": parties["partner"].to_list(),
        "cells": [list(c) for c in cells.select("row", "column", "letters").iter_rows()],
        "findings": ids_of(report, found),
        "rows": _placed(rows, place),
        "framed": _placed(framed, place),
        "of": [all_goals, everyone],
    }


def _placed(marks: pl.DataFrame, place: pl.DataFrame) -> list[list[int]]:
    held = marks.join(place, on="finding").drop("finding")
    return [list(m) for m in held.sort(held.columns).iter_rows()]


def _roles(facts: Facts) -> pl.DataFrame:
    """(goal, party, letters): the bits of the roles of each party on each goal."""
    roles = facts.raci.with_columns(pl.col("role").replace_strict(BITS, return_dtype=pl.UInt32).alias("bit"))
    direct = roles.select(pl.col("item").alias("goal"), "party", "bit")
    through = facts.serves.join(roles, left_on="responsibility", right_on="item")
    through = through.select("goal", "party", pl.col("bit") * BY_WAY)
    each = pl.concat([direct, through]).unique()
    return each.group_by("goal", "party").agg(pl.col("bit").sum().alias("letters"))


def _goals(facts: Facts) -> tuple[pl.DataFrame, int]:
    """Return the open goals shown as (goal, row), and how many there are."""
    goals = facts.goals.filter(pl.col("status").is_in(["active", "proposed"]))
    weight = pl.col("priority").replace_strict({"critical": 0, "high": 1, "medium": 2, "low": 3}, default=4)
    ranked = goals.sort(~pl.col("shared"), pl.col("status") != "active", weight, "goal").head(MOST_GOALS)
    return ranked.select("goal").with_row_index("row"), goals.height


def _parties(roles: pl.DataFrame, homes: Homes) -> pl.DataFrame:
    """(party, partner, column): those with a role here, by partner, the partner itself first; each once."""
    busy = roles.group_by("party").agg(pl.len().alias("roles")).sort("roles", "party", descending=[True, False])
    held = busy.head(MOST_PARTIES)
    other = ~held["party"].is_in(pl.Series(homes.partners, dtype=pl.UInt32).implode())
    place = pl.Series("partner", homes.home[held["party"].to_numpy()], dtype=pl.Int64)
    held = held.with_columns(place, other.alias("other"))
    return held.sort(pl.col("partner") < 0, "partner", "other", "party").with_row_index("column")


def _marks(
    report: Report, goals: pl.DataFrame, parties: pl.DataFrame, cells: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """(row, finding) and (row, column, finding): what is out of line in a row as a whole, and in a cell."""
    found = report.roots.filter(pl.col("rule").str.starts_with("OWN") | pl.col("rule").is_in(["ENG307", "ENG309"]))
    about = report.about.join(found.select("finding", "rule"), on="finding")
    of_goals = about.join(goals, left_on="node", right_on="goal").select("finding", "rule", "row")
    of_parties = about.join(parties, left_on="node", right_on="party").select("finding", "column")
    named = of_goals.join(of_parties, on="finding").join(cells, on=["row", "column"], how="semi")
    # Where the finding names no party of the row, the owners are what it is about.
    owners = cells.filter((pl.col("letters") & 1) > 0).select("row", "column")
    owned = of_goals.filter(pl.col("rule").is_in(ON_OWNERS)).join(owners, on="row")
    # Who carries too much, or all alone: every goal it owns.
    burdened = about.filter(pl.col("rule").is_in(["OWN107", "OWN108"])).join(parties, left_on="node", right_on="party")
    carried = burdened.select("finding", "column").join(owners, on="column")
    columns = ["row", "column", "finding"]
    framed = pl.concat([f.select(columns) for f in (named, owned, carried)]).unique().sort(columns)
    return of_goals.select("row", "finding").unique().sort("row", "finding"), framed
