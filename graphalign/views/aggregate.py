"""Partners: each as one disc, what they share gathered into hexagons; what a large alliance opens on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from graphalign.views import ring, shared
from graphalign.views.ties import sharing

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graphalign.views.layout import Layout

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

LEAST_RADIUS, GROWTH = 82.0, 36.0
GAP = 84.0
HEXAGON = 26.0
# Of the combinations of partners that share goals so many are drawn, those with most goals first.
MOST_HEXAGONS = 60
# How much larger than a disc of the aggregate the largest opened one may be.
MOST_OPENED = 3.3


@dataclass(frozen=True, eq=False)
class Aggregate:
    """The partners as discs.

    Parameters
    ----------
    cx, cy, size
        By region, its disc.
    group
        By shared goal (its place in `Homes.shared`), its hexagon; -1 where it has none.
    x, y
        Of each hexagon.
    regions
        Of each hexagon, the regions that share its goals.
    scale
        By what the map's distances are multiplied where a region is opened in place.
    left_out
        How many shared goals have no hexagon.
    """

    cx: Floats
    cy: Floats
    size: Floats
    group: Ints
    x: Floats
    y: Floats
    regions: list[list[int]]
    scale: float
    left_out: int


def aggregate(plan: Layout) -> Aggregate:
    """Return the partners as discs whose size grows with what is in them."""
    where = plan.where
    n = len(where.regions)
    inside = np.bincount(where.region[where.region >= 0], minlength=n)
    size = LEAST_RADIUS + GROWTH * np.sqrt(inside / max(inside.max(initial=1), 1))
    which, region = sharing(where)
    group, sets = _gathered(which, region, len(where.shared), n)
    hole = float(np.sqrt(len(sets) * (HEXAGON + 14) ** 2 / 0.42))
    cx, cy = ring.seats(size, plan.on_ring, plan.off_ring, GAP, hole)
    flat = np.concatenate([np.asarray(s, np.int64) for s in sets]) if sets else np.zeros(0, np.int64)
    owner = np.repeat(np.arange(len(sets)), [len(s) for s in sets]) if sets else flat
    tx, ty = shared.targets(owner, flat, len(sets), cx, cy)
    radius = np.full(len(sets), HEXAGON + 12)
    hx, hy = shared.place(radius, tx, ty, (cx, cy, size), radius)
    largest = float(plan.size.max()) if plan.drawn and n else 0.0
    scale = min(1.0, MOST_OPENED * float(size.max()) / largest) if largest else 1.0
    return Aggregate(cx, cy, size, group, hx, hy, sets, scale, int((group < 0).sum()))


def _gathered(which: Ints, region: Ints, count: int, n: int) -> tuple[Ints, list[list[int]]]:
    """Return the hexagon of each shared goal and the regions of each hexagon: one for each combination of regions."""
    if not count:
        return np.zeros(0, np.int64), []
    held = np.zeros((count, n), dtype=np.bool_)
    held[which, region] = True
    _, first, of_set, many = np.unique(held, axis=0, return_index=True, return_inverse=True, return_counts=True)
    order = np.lexsort((first, -many))[:MOST_HEXAGONS]
    rank = np.full(len(first), -1)
    rank[order] = np.arange(len(order))
    return rank[of_set.ravel()], [np.flatnonzero(held[first[i]]).tolist() for i in order]
