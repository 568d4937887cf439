"""Homes: which region of the map each node stands in, and what partners share between the regions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graphalign.graph import Facts

    Ints = NDArray[np.int64]

# Above this many partners those that are part of another are drawn inside it: one region a top-level partner.
MOST_NESTED = 24
# Above this many regions the lightest partners share one, "Other partners".
MOST_REGIONS = 40
# What a region stands for when it is no partner.
NO_PARTNER, OTHER_PARTNERS = -1, -2
# How many steps up the goals an unclaimed goal looks for a home.
STEPS_UP = 4


@dataclass(frozen=True, eq=False)
class Homes:
    """Where everything belongs; partners, regions and nodes are numbers into each other's arrays.

    Parameters
    ----------
    partners
        The partners' nodes: first those that are a region, by id, then those drawn inside another's, by id.
    regions
        What each region stands for: a place in `partners`, `NO_PARTNER` or `OTHER_PARTNERS`.
    within
        The region of each partner.
    home
        By node, its place in `partners`; -1 for what is shared and for what nobody claims.
    region
        By node, its region; -1 for what is shared.
    satellite_of
        By node, the goal that a responsibility or KPI is drawn beside; -1 for all else.
    shared
        The nodes of the shared goals: they stand between the regions.
    more
        (node, partner): the partners of a shared goal and of what is drawn beside one, and a person's further ones;
        places in `partners`.
    merged
        How many partners are drawn inside the region of another.
    """

    partners: Ints
    regions: Ints
    within: Ints
    home: Ints
    region: Ints
    satellite_of: Ints
    shared: Ints
    more: tuple[Ints, Ints]
    merged: int


def homes(facts: Facts) -> Homes:
    """Return where every node of the graph belongs.

    A person belongs to the partner it is most often a member of, the first by id among equals; a goal to the partner
    that alone commits to it, else whose people alone own it, else do it, else to the home of the goal it contributes
    to; what serves or measures a goal to that goal's home. A goal that is said to be shared, or that several partners
    claim, has no home.

    Parameters
    ----------
    facts
        What the graph says; statuses play no part, as what is done is drawn too.
    """
    n = facts.n
    nodes, regions, within = _regions(facts)
    place = np.full(n, -1)
    place[nodes] = np.arange(len(nodes))
    home = np.full(n, -1)
    home[nodes] = place[nodes]
    memberships = _memberships(facts, place)
    home, more_people = _people(home, *memberships, within)
    claims, is_goal = _claims(facts, place, home), facts.graph.is_label("Goal")
    flagged = facts.mask(facts.goals.filter("shared")["goal"])
    shared = flagged.copy()
    more: list[tuple[Ints, Ints]] = [more_people]
    open_goals = is_goal.copy()
    for said_of, said_by in claims:
        keep = open_goals[said_of]
        goal, partner = _distinct(said_of[keep], said_by[keep], len(nodes))
        spread = _distinct(goal, within[partner], len(regions))[0]
        several = np.bincount(spread, minlength=n) > 1
        shared |= several
        first = _first(n, goal, partner)
        claimed = (first >= 0) & ~shared
        home[claimed] = first[claimed]
        among = shared[goal]
        more.append((goal[among], partner[among]))
        open_goals &= first < 0
    _inherit(facts, home, is_goal & (home < 0) & ~shared, shared)
    satellite_of = _satellites(facts, is_goal)
    at = np.flatnonzero(satellite_of >= 0)
    home[at] = home[satellite_of[at]]
    _loose(facts, home, satellite_of)
    region = np.where(home >= 0, within[np.maximum(home, 0)], len(regions)) if len(nodes) else np.zeros(n, np.int64)
    region[shared] = -1
    region[at] = region[satellite_of[at]]
    drawn = np.ones(n, dtype=np.bool_)
    drawn[nodes] = False
    if (region[drawn] == len(regions)).any():
        regions = np.append(regions, NO_PARTNER)
    merged = int((regions[within] != np.arange(len(nodes))).sum()) if len(nodes) else 0
    return Homes(
        nodes,
        regions,
        within,
        home,
        region,
        satellite_of,
        np.flatnonzero(shared),
        _more(more, at[shared[satellite_of[at]]], satellite_of, len(nodes)),
        merged,
    )


def ends(facts: Facts, kind: str) -> tuple[Ints, Ints]:
    """Return the sources and targets of the relationships of one type, as node indices."""
    frame = facts.graph.of_type(kind)
    return frame["source"].to_numpy().astype(np.int64), frame["target"].to_numpy().astype(np.int64)


def _regions(facts: Facts) -> tuple[Ints, Ints, Ints]:
    """Return the partners' nodes, what each region stands for, and the region of each partner."""
    nodes = np.sort(facts.partners["partner"].to_numpy().astype(np.int64))
    count = len(nodes)
    place = np.full(facts.n, -1)
    place[nodes] = np.arange(count)
    root = np.arange(count)
    if count > MOST_NESTED:
        source, target = (place[end] for end in ends(facts, "PART_OF"))
        inside = (source >= 0) & (target >= 0) & (source != target)
        parent = _first(count, source[inside], target[inside])
        up = np.where(parent >= 0, parent, root)
        # Being part of something never goes in a circle (that is refused at load): halving the way ends.
        for _ in range(int(np.ceil(np.log2(count))) + 1):
            up = up[up]
        root = up
    tops = np.unique(root)
    kept = tops
    if len(tops) > MOST_REGIONS:
        weight = np.zeros(count)
        members = facts.members
        np.add.at(weight, root[place[members["partner"].to_numpy()]], 1)
        by_weight = tops[np.lexsort((tops, -weight[tops]))]
        kept = np.sort(by_weight[: MOST_REGIONS - 1])
    is_kept = np.zeros(count, dtype=np.bool_)
    is_kept[kept] = True
    order = np.concatenate([kept, np.flatnonzero(~is_kept)])
    rank = np.empty(count, dtype=np.int64)
    rank[order] = np.arange(count)
    within = np.where(is_kept[root[order]], rank[root[order]], len(kept))
    regions = np.arange(len(kept))
    if len(kept) < len(tops):
        regions = np.append(regions, OTHER_PARTNERS)
    return nodes[order], regions, within


def _memberships(facts: Facts, place: Ints) -> tuple[Ints, Ints]:
    """Return (stakeholder, place of partner): the partners it is a member of, the narrowest of nested ones."""
    step = pl.concat(
        [
            facts.graph.of_type(t).select(pl.col("source").alias("party"), pl.col("target").alias("container"))
            for t in ("MEMBER_OF", "PART_OF")
        ]
    )
    partners = facts.partners.rename({"partner": "container"})
    direct = step.join(partners, on="container", how="semi").join(
        partners.rename({"container": "party"}), on="party", how="anti"
    )
    reached = facts.belonging.join(partners, on="container", how="semi").join(
        partners.rename({"container": "party"}), on="party", how="anti"
    )
    through = reached.join(direct, on="party", how="anti")
    # Of nested partners the inner one: what another of the same person is part of is left out.
    both = pl.concat([direct, through]).unique()
    wider = both.join(facts.belonging.rename({"party": "container", "container": "wider"}), on="container")
    narrow = both.join(wider.select("party", pl.col("wider").alias("container")), on=["party", "container"], how="anti")
    return narrow["party"].to_numpy().astype(np.int64), place[narrow["container"].to_numpy()]


def _people(home: Ints, party: Ints, partner: Ints, within: Ints) -> tuple[Ints, tuple[Ints, Ints]]:
    """Return the homes with those of people, and (person, partner) for the partners they have besides."""
    if not len(party):
        return home, (party, partner)
    width = int(within.max()) + 1
    key = party * width + within[partner]
    _, where, often = np.unique(key, return_inverse=True, return_counts=True)
    order = np.lexsort((partner, -often[where], party))
    party, partner = party[order], partner[order]
    first = np.ones(len(party), dtype=np.bool_)
    first[1:] = party[1:] != party[:-1]
    home = home.copy()
    home[party[first]] = partner[first]
    return home, (party[~first], partner[~first])


def _claims(facts: Facts, place: Ints, home: Ints) -> list[tuple[Ints, Ints]]:
    """Return (goal, place of partner) from the strongest claim to the weakest: committed, accountable, doing."""
    n = facts.n
    partner, goal = ends(facts, "COMMITS_TO")
    claims = [(goal, place[partner])]
    serving = ends(facts, "SERVES")
    served = _first(n, *serving)
    for kind in ("ACCOUNTABLE_FOR", "RESPONSIBLE_FOR"):
        party, item = ends(facts, kind)
        claims.append((np.where(served[item] >= 0, served[item], item), home[party]))
    return [(goal[partner >= 0], partner[partner >= 0]) for goal, partner in claims]


def _inherit(facts: Facts, home: Ints, homeless: NDArray[np.bool_], shared: NDArray[np.bool_]) -> None:
    """Give goals that nobody claims the home of a goal they contribute to, then of one that contributes to them."""
    source, target = ends(facts, "CONTRIBUTES_TO")
    for a, b in ((source, target), (target, source)):
        for _ in range(STEPS_UP):
            use = homeless[a] & (home[a] < 0) & (home[b] >= 0) & ~shared[b]
            if not use.any():
                break
            first = _first(facts.n, a[use], home[b[use]])
            found = first >= 0
            home[found] = first[found]


def _satellites(facts: Facts, is_goal: NDArray[np.bool_]) -> Ints:
    """Return by node the goal that a responsibility or KPI belongs beside, the first by id."""
    result = np.full(facts.n, -1)
    for kind, label in (("SERVES", "Responsibility"), ("MEASURES", "Kpi")):
        source, target = ends(facts, kind)
        right = facts.graph.is_label(label)[source] & is_goal[target]
        first = _first(facts.n, source[right], target[right])
        result = np.maximum(result, first)
    return result


def _loose(facts: Facts, home: Ints, satellite_of: Ints) -> None:
    """Give what is left (work that serves nothing, unknown labels) the home of the first node it is related to."""
    labels = facts.graph.nodes["label"].cast(pl.String)
    left = (~labels.is_in(["Goal", "Stakeholder", "Partner"])).fill_null(value=True).to_numpy() & (satellite_of < 0)
    if not left.any():
        return
    source, target = (facts.graph.edges[c].to_numpy().astype(np.int64) for c in ("source", "target"))
    a, b = np.concatenate([source, target]), np.concatenate([target, source])
    use = left[a] & (home[b] >= 0)
    first = _first(facts.n, a[use], home[b[use]])
    found = left & (first >= 0)
    home[found] = first[found]


def _more(pairs: list[tuple[Ints, Ints]], beside: Ints, satellite_of: Ints, width: int) -> tuple[Ints, Ints]:
    """Return (node, partner), sorted: `pairs`, and for each node of `beside` the partners of its goal."""
    held = pl.DataFrame({name: np.concatenate([p[at] for p in pairs]) for at, name in enumerate(("node", "partner"))})
    goals = pl.DataFrame({"of": beside, "node": satellite_of[beside]})
    more = goals.join(held, on="node").select(pl.col("of").alias("node"), "partner")
    both = pl.concat([held, more])
    return _distinct(both["node"].to_numpy(), both["partner"].to_numpy(), width)


def _first(n: int, who: Ints, what: Ints) -> Ints:
    """Return by `who` the smallest `what`, -1 for those without."""
    result = np.full(n, np.iinfo(np.int64).max)
    np.minimum.at(result, who, what)
    result[result == np.iinfo(np.int64).max] = -1
    return result


def _distinct(a: Ints, b: Ints, width: int) -> tuple[Ints, Ints]:
    """Return the pairs sorted, each once; `b` is below `width`."""
    key: NDArray[Any] = np.unique(a * max(width, 1) + b)
    return key // max(width, 1), key % max(width, 1)
