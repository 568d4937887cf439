"""The power/interest grid of the page (Mendelow 1991): the points, and who cannot be placed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from graphalign.vocabulary import ENGAGEMENT

if TYPE_CHECKING:
    from graphalign.graph import Facts

MOST_POINTS = 240
MOST_UNKNOWN = 200
QUADRANTS = ("Manage closely", "Keep satisfied", "Keep informed", "Monitor")


def power_grid(facts: Facts) -> dict[str, Any]:
    """Return the active persons by power and interest.

    Returns
    -------
    dict
        `high` (the bound from which either counts as high), `points` ([node, power, interest, stance, roles]; stance as
        position in `stances`, -1 unknown; roles on goals and responsibilities), those of most power and interest first;
        `quadrants` ([name, how many of all]), `unknown` ([node, power, interest], one of the two null or both; those
        with most roles first), `of` ([placed, unknown] in all).
    """
    stance = pl.col("engagement").cast(pl.Enum(ENGAGEMENT)).to_physical().cast(pl.Int64).fill_null(-1)
    roles = pl.Series("roles", facts.role_counts[facts.persons["person"].to_numpy()])
    people = facts.persons.with_columns(stance.alias("stance"), roles)
    placed = people.drop_nulls(["power", "interest"])
    unknown = people.join(placed, on="person", how="anti").sort("roles", "person", descending=[True, False])
    power, interest = pl.col("power") >= facts.high, pl.col("interest") >= facts.high
    sizes = [
        int(placed.select((p & i).sum()).item())
        for p, i in ((power, interest), (power, ~interest), (~power, interest), (~power, ~interest))
    ]
    shown = placed.sort(-(pl.col("power") + pl.col("interest")), -pl.col("roles").cast(pl.Int64), "person")
    points = shown.head(MOST_POINTS).select("person", "power", "interest", "stance", "roles").iter_rows()
    return {
        "high": facts.high,
        "stances": list(ENGAGEMENT),
        "points": [list(p) for p in points],
        "quadrants": [list(q) for q in zip(QUADRANTS, sizes, strict=True)],
        "unknown": [list(u) for u in unknown.head(MOST_UNKNOWN).select("person", "power", "interest").iter_rows()],
        "of": [placed.height, unknown.height],
    }
