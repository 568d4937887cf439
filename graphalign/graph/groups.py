"""Questions about groups of parties, answered without looking at each pair of them."""

from __future__ import annotations

import polars as pl

from graphalign.graph.facts import Facts


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
    held = pairs.join(facts.partners_of, left_on=party, right_on="party")
    size = held.group_by(group).agg(pl.col(party).n_unique().alias("size"))
    sharing = held.group_by(group, "partner").agg(pl.len().alias("sharing"))
    # Where a partner is common to all nobody is apart; whoever shares with fewer than all, even counting those met
    # through several partners more than once, is apart from somebody. Only what is left is compared in pairs.
    most = sharing.group_by(group).agg(pl.col("sharing").max())
    open_groups = size.join(most, on=group).filter(pl.col("sharing") < pl.col("size")).select(group, "size")
    held = held.join(open_groups, on=group)
    met = (
        held.join(sharing, on=[group, "partner"])
        .group_by(group, party)
        .agg(pl.col("sharing").sum(), pl.col("size").first())
    )
    sure = met.filter(pl.col("sharing") < pl.col("size")).select(group).unique()
    rest = held.join(sure, on=group, how="anti")
    if rest.is_empty():
        return sure
    sets = rest.group_by(group, party).agg(pl.col("partner").sort()).unique([group, "partner"]).with_row_index("set")
    flat = sets.select(group, "set", "partner").explode("partner")
    meeting = flat.join(flat, on=[group, "partner"], suffix="_b").filter(pl.col("set") < pl.col("set_b"))
    met_pairs = meeting.select(group, "set", "set_b").unique().group_by(group).agg(pl.len().alias("met"))
    counted = sets.group_by(group).agg(pl.len().cast(pl.Int64).alias("sets")).join(met_pairs, on=group, how="left")
    apart = counted.filter(pl.col("met").fill_null(0) < pl.col("sets") * (pl.col("sets") - 1) // 2)
    return pl.concat([sure, apart.select(group)])
