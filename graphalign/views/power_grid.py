"""The power/interest grid of the page (Mendelow 1991): the points, and who cannot be placed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from graphalign.vocabulary import ENGAGEMENT

if TYPE_CHECKING:
    from graphalign.graph import Facts

# More points than this are not to be told apart: then of each quadrant so many, those with most roles.
MOST_POINTS, MOST_ALIKE = 240, 60
MOST_UNKNOWN = 200
QUADRANTS = ("Manage closely", "Keep satisfied", "Keep informed", "Monitor")


def power_grid(facts: Facts) -> dict[str, Any]:
    """Return the active persons by power and interest.

    Returns
    -------
    dict
        `high` (the bound from which either counts as high), `points` ([node, power, interest, stance, roles]; stance as
        position in `stances`, -1 unknown; roles on goals and responsibilities), those of most power and interest first,
        of more than can be told apart those with most roles in each quadrant; `quadrants` ([name, how many of all]),
        `unknown` ([node, power, interest], one of the two null or both; those with most roles first), `of` ([placed,
        unknown] in all).
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
    standing = pl.col("power") + pl.col("interest")
    shown = placed
    if placed.height > MOST_POINTS:
        busiest = placed.sort("roles", standing, "person", descending=[True, True, False])
        shown = busiest.filter(pl.int_range(pl.len()).over(power, interest) < MOST_ALIKE)
    shown = shown.sort(standing, "roles", "person", descending=[True, True, False])
    points = shown.select("person", "power", "interest", "stance", "roles").iter_rows()
    return {
        "high": facts.high,
        "stances": list(ENGAGEMENT),
        "points": [list(p) for p in points],
        "quadrants": [list(q) for q in zip(QUADRANTS, sizes, strict=True)],
        "unknown": [list(u) for u in unknown.head(MOST_UNKNOWN).select("person", "power", "interest").iter_rows()],
        "of": [placed.height, unknown.height],
    }
