"""Ties: how much regions have to do with each other, and what draws nodes to one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from graphalign.views.homes import Homes, ends

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graphalign.graph import Facts
    from graphalign.report import Report

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

# How strongly each type of relationship draws what it relates.
PULL = {
    "SERVES": 4.0,
    "MEASURES": 4.0,
    "ACCOUNTABLE_FOR": 3.0,
    "RESPONSIBLE_FOR": 2.0,
    "CONTRIBUTES_TO": 2.0,
    "DEPENDS_ON": 1.5,
    "CONFLICTS_WITH": 1.0,
    "SPONSORS": 1.0,
    "MEMBER_OF": 1.0,
    "PART_OF": 0.5,
    "CONSULTED_ON": 0.5,
    "INFORMED_OF": 0.5,
    "COMMUNICATES_WITH": 0.4,
}


def sharing(where: Homes) -> tuple[Ints, Ints]:
    """Return (which, region): the regions that share each shared goal, by its place in `Homes.shared`, once each."""
    node, partner = where.more
    place = np.full(len(where.home), -1)
    place[where.shared] = np.arange(len(where.shared))
    of_goal = place[node] >= 0
    width = max(len(where.regions), 1)
    key = np.unique(place[node[of_goal]] * width + where.within[partner[of_goal]])
    return key // width, key % width


def talk(facts: Facts, where: Homes) -> tuple[Floats, Floats]:
    """Return, by pair of regions, how many pairs of their people talk, and how many did recently; symmetric."""
    pairs = facts.contact.filter(pl.col("person") < pl.col("other"))
    recent = (pairs["last"] >= facts.since).fill_null(value=False).to_numpy()
    a, b = (where.region[pairs[c].to_numpy()] for c in ("person", "other"))
    return _counted(a, b, where), _counted(a[recent], b[recent], where)


def weights(facts: Facts, where: Homes, talking: Floats) -> Floats:
    """Return how much each two regions have to do with each other: what they share counts most.

    2 x shared goals + sqrt(talking pairs) + dependencies and conflicts across + sqrt(people in common) + 3 where one
    is part of the other.
    """
    n = len(where.regions)
    which, region = sharing(where)
    held = np.zeros((len(where.shared), n))
    held[which, region] = 1
    result = 2 * held.T @ held + np.sqrt(talking)
    for kind in ("DEPENDS_ON", "CONFLICTS_WITH"):
        source, target = ends(facts, kind)
        result += _counted(where.region[source], where.region[target], where)
    person, partner = where.more
    known = where.home[person] >= 0
    result += np.sqrt(_counted(where.region[person[known]], where.within[partner[known]], where))
    source, target = ends(facts, "PART_OF")
    result += 3 * (_counted(where.region[source], where.region[target], where) > 0)
    np.fill_diagonal(result, 0)
    return np.asarray(result)


def silent(report: Report, where: Homes) -> list[tuple[int, int, int]]:
    """Return (region, region, how many): dependencies between regions without recent contact (COO403)."""
    table = report.tables.get("COO403")
    if table is None or table.is_empty():
        return []
    index = report.graph.index
    region = []
    for column in ("goal", "needed"):
        nodes = table.select(pl.col(column).alias("id")).join(index, on="id", how="left", maintain_order="left")["node"]
        region.append(_some_region(where)[nodes.to_numpy()])
    counts = np.triu(_counted(region[0], region[1], where), 1)
    a, b = np.nonzero(counts)
    order = np.lexsort((b, a, -counts[a, b]))
    return [(int(a[i]), int(b[i]), int(counts[a[i], b[i]])) for i in order]


def _some_region(where: Homes) -> Ints:
    """Return the region of each node, for a shared goal the first of those that share it."""
    result = where.region.copy()
    which, region = sharing(where)
    first = np.flatnonzero(np.diff(which, prepend=-1))
    result[where.shared[which[first]]] = region[first]
    return result


def pulls(facts: Facts, body: Ints, count: int) -> tuple[Ints, Ints, Floats]:
    """Return (a, b, weight), both ways: what draws bodies to one another, sorted.

    Parameters
    ----------
    facts
        What is related.
    body
        The body of each node, -1 for none.
    count
        How many bodies there are.
    """
    parts = []
    for kind, weight in PULL.items():
        source, target = ends(facts, kind)
        a, b = body[source], body[target]
        keep = (a >= 0) & (b >= 0) & (a != b)
        parts += [(a[keep], b[keep], weight), (b[keep], a[keep], weight)]
    key = np.concatenate([a * count + b for a, b, _ in parts])
    value = np.concatenate([np.full(len(a), weight) for a, _, weight in parts])
    pairs, where = np.unique(key, return_inverse=True)
    drawn: Floats = np.bincount(where, weights=value, minlength=len(pairs)).astype(np.float64)
    return pairs // max(count, 1), pairs % max(count, 1), drawn


def _counted(a: Ints, b: Ints, where: Homes) -> Floats:
    """Return how often each two different regions are met, in either order; symmetric."""
    n = len(where.regions)
    across = (a >= 0) & (b >= 0) & (a != b)
    once = np.bincount(a[across] * n + b[across], minlength=n * n).reshape(n, n).astype(np.float64)
    return once + once.T
