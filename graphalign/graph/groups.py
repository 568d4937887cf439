"""Questions about groups of parties, answered without looking at each pair of them."""

from __future__ import annotations

import numpy as np
import polars as pl

from graphalign.graph.facts import Facts
from graphalign.graph.pairs import SHIFT, onward, packed, places, where


def with_two_apart(facts: Facts, pairs: pl.DataFrame) -> pl.DataFrame:
    """Return the groups two of whose parties are apart: both have partners, and none in common.

    Parameters
    ----------
    facts
        Whose partners count.
    pairs
        (group, party), each pair once, such as goals and their owners.

    Returns
    -------
    polars.DataFrame
        The first column of `pairs`: each such group once, in no order.
    """
    group, party = pairs.columns
    whose, who = places(pairs[group]), pairs[party].to_numpy()
    which, partner = onward(who, facts.home)
    shared, at, sharing = np.unique(packed(whose.take(which), partner), return_inverse=True, return_counts=True)
    has = np.bincount(which, minlength=len(who)) > 0
    size = np.bincount(whose[has], minlength=facts.n)
    # Where a partner is common to all nobody is apart; whoever shares with fewer than all, even counting those met
    # through several partners more than once, is apart from somebody. Only what is left is compared in pairs.
    most = np.zeros(facts.n, dtype=np.int64)
    np.maximum.at(most, (shared >> SHIFT).astype(np.intp), sharing)
    met = np.bincount(which, weights=sharing.take(at), minlength=len(who))
    open_, sure = most < size, np.zeros(facts.n, dtype=np.bool_)
    sure[whose[has & (met < size.take(whose))]] = True
    certain = pl.Series(group, np.flatnonzero(open_ & sure), dtype=pl.UInt32).to_frame()
    left = (open_ & ~sure).take(whose).take(which)
    if not left.any():
        return certain
    rest = where(pairs[which], left).with_columns(pl.Series("partner", partner[left]))
    sets = rest.group_by(group, party).agg(pl.col("partner").sort()).unique([group, "partner"]).with_row_index("set")
    flat = sets.select(group, "set", "partner").explode("partner")
    meeting = flat.join(flat, on=[group, "partner"], suffix="_b").filter(pl.col("set") < pl.col("set_b"))
    met_pairs = meeting.select(group, "set", "set_b").unique().group_by(group).agg(pl.len().alias("met"))
    counted = sets.group_by(group).agg(pl.len().cast(pl.Int64).alias("sets")).join(met_pairs, on=group, how="left")
    apart = counted.filter(pl.col("met").fill_null(0) < pl.col("sets") * (pl.col("sets") - 1) // 2)
    return pl.concat([certain, apart.select(group)])
