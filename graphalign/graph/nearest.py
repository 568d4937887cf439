"""Where two goals meet above: the nearest goal that both are below."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from graphalign.graph.walks import components

if TYPE_CHECKING:
    from graphalign.graph.facts import Facts

PAIR = ["goal", "other"]


def nearest_common(facts: Facts, pairs: pl.DataFrame, allowed: pl.Series) -> pl.DataFrame:
    """Return the nearest goal above both goals of each pair: the sum of steps is least, of several the smallest.

    Walks pass goals of any status, end on any cycle, and end for a pair as soon as nothing nearer can come.

    Parameters
    ----------
    facts
        Whose contributions of weight > 0 are followed.
    pairs
        (goal, other).
    allowed
        The goals that count where the walks meet.

    Returns
    -------
    polars.DataFrame
        (goal, other, outcome, steps): the pairs that have such a goal, in no order.
    """
    up = facts.contributions.filter(pl.col("goal") != pl.col("parent"))
    component = components(facts.n, up["goal"].to_numpy(), up["parent"].to_numpy())
    open_pairs = pairs.select(PAIR).unique()
    # Two goals that nothing connects are below no goal together.
    ends = [component[open_pairs[c].to_numpy()] for c in PAIR]
    open_pairs = open_pairs.filter(pl.Series(ends[0] == ends[1]))
    starts = pl.concat([open_pairs["goal"], open_pairs["other"].alias("goal")]).unique()
    seen = frontier = pl.DataFrame(
        {"start": starts, "at": starts, "steps": pl.zeros(len(starts), pl.UInt32, eager=True)}
    )
    best = pl.DataFrame(schema={"goal": pl.UInt32, "other": pl.UInt32, "outcome": pl.UInt32, "steps": pl.UInt32})
    depth = 0
    while frontier.height and open_pairs.height:
        depth += 1
        onward = (
            frontier.join(up.rename({"goal": "at"}), on="at").select("start", pl.col("parent").alias("at")).unique()
        )
        frontier = onward.join(seen, on=["start", "at"], how="anti").with_columns(
            pl.lit(depth, pl.UInt32).alias("steps")
        )
        seen = pl.concat([seen, frontier])
        best = _nearer(best, open_pairs, frontier, seen, allowed)
        # What is found from here on is at least one step further on one side, and a step on the other.
        settled = best.filter(pl.col("steps") < depth + 2)
        open_pairs = open_pairs.join(settled, on=PAIR, how="anti")
        live = pl.concat([open_pairs["goal"], open_pairs["other"].alias("goal")]).unique()
        frontier = frontier.filter(pl.col("start").is_in(live.implode()))
    return best


def _nearer(
    best: pl.DataFrame, pairs: pl.DataFrame, fresh: pl.DataFrame, seen: pl.DataFrame, allowed: pl.Series
) -> pl.DataFrame:
    """Return the best of each pair, once the goals freshly reached from either side are known."""
    fresh, seen = (
        f.filter(pl.col("steps") > 0).join(allowed.to_frame("at"), on="at", how="semi") for f in (fresh, seen)
    )
    found = [best]
    for one, other in (PAIR, PAIR[::-1]):
        met = pairs.join(fresh.rename({"start": one}), on=one).join(
            seen.rename({"start": other, "steps": "rest"}), on=[other, "at"]
        )
        met = met.filter((pl.col("at") != pl.col("goal")) & (pl.col("at") != pl.col("other")))
        found.append(met.select(*PAIR, pl.col("at").alias("outcome"), pl.col("steps") + pl.col("rest")))
    return pl.concat(found).sort("steps", "outcome").unique(PAIR, keep="first", maintain_order=True)
