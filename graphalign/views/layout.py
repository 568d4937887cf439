"""The map: a region for each partner, what it has inside it, and what partners share between the regions.

Deterministic: the same graph gives the same places, whatever the order of its rows.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from graphalign.graph import Facts
from graphalign.settings import Settings
from graphalign.views import discs, marks, ring, shared
from graphalign.views.homes import NO_PARTNER, Homes, homes
from graphalign.views.molecules import Molecules, molecules
from graphalign.views.ties import pulls, sharing, talk, weights

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graphalign.graph import AlignmentGraph
    from graphalign.report import Report

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

# Above this many nodes only the regions are laid out, not what is in them.
MOST_MAPPED = 6000
LEAST_SHARED = 24.0
LEAST_GAP = 80.0


@dataclass(frozen=True, eq=False)
class Layout:
    """Where everything stands on the map, in world units, y downwards.

    Parameters
    ----------
    facts
        What was laid out.
    where
        Who belongs where; regions that are partners come first, in ring order.
    around
        All regions in ring order, last "No partner", which stands outside it.
    kind
        By node, its place in `graphalign.views.marks.MARKS`.
    weight
        By node, its importance among its kind, 1 to 3.
    x, y, r
        By node, where it stands and its mark's radius; NaN where it is not drawn: partners that are regions, and all
        nodes of a graph too large to draw.
    cx, cy, size
        By region, its disc; NaN and empty where nothing is drawn.
    talking, recent
        By pair of regions, how many pairs of their people talk, and did recently.
    ties
        By pair of regions, how much they have to do with each other.
    """

    facts: Facts
    where: Homes
    around: Ints
    kind: Ints
    weight: Floats
    x: Floats
    y: Floats
    r: Floats
    cx: Floats
    cy: Floats
    size: Floats
    talking: Floats
    recent: Floats
    ties: Floats

    @property
    def on_ring(self) -> Ints:
        """The regions on the ring, in order."""
        result: Ints = self.around[self.where.regions[self.around] != NO_PARTNER]
        return result

    @property
    def off_ring(self) -> Ints:
        """The region of what has no partner, where there is one."""
        result: Ints = self.around[self.where.regions[self.around] == NO_PARTNER]
        return result

    @property
    def drawn(self) -> bool:
        """Whether the nodes have places, not only the regions."""
        return self.facts.n <= MOST_MAPPED


def layout(graph: AlignmentGraph, report: Report | None = None) -> Layout:
    """Return the layout of an alliance.

    Parameters
    ----------
    graph
        The alliance.
    report
        What a check found in it: its day and settings say what is recent. Without one the day of the last contact is
        taken.

    Examples
    --------
    >>> import graphalign as ga
    >>> placed = layout(ga.from_networkx(ga.example()))
    >>> bool(np.isfinite(placed.x[placed.kind == marks.GOAL]).all())
    True
    """
    facts = _facts(graph, report)
    where = homes(facts)
    talking, _ = talk(facts, where)
    on_ring = np.flatnonzero(where.regions != NO_PARTNER)
    order = ring.order(weights(facts, where, talking)[np.ix_(on_ring, on_ring)])
    where, around = _in_order(where, on_ring[order])
    talking, recent = talk(facts, where)
    ties = weights(facts, where, talking)
    kind = marks.kinds(facts, where.shared)
    weight = marks.importance(facts, kind)
    nothing = np.full(facts.n, np.nan)
    empty = np.full(len(where.regions), np.nan)
    placed = Layout(
        facts, where, around, kind, weight, nothing, nothing, nothing, empty, empty, empty, talking, recent, ties
    )
    return _placed(placed) if placed.drawn else placed


def _facts(graph: AlignmentGraph, report: Report | None) -> Facts:
    if report is not None:
        return Facts(graph, report.as_of, report.settings)
    last = graph.of_type("COMMUNICATES_WITH")["date"].max()
    return Facts(graph, last if isinstance(last, date) else date(2000, 1, 1), Settings())


def _in_order(where: Homes, order: Ints) -> tuple[Homes, Ints]:
    """Return the homes with their partners in the order of the ring, and all regions in that order."""
    regions = where.regions
    real = order[regions[order] >= 0]
    pseudo = np.flatnonzero(regions < 0)
    new_order = np.concatenate([real, pseudo]).astype(np.int64)
    rank = np.empty(len(regions), dtype=np.int64)
    rank[new_order] = np.arange(len(regions))
    count = len(real)
    seats = np.concatenate([real, np.arange(count, len(where.partners))]).astype(np.int64)
    seat = np.empty(len(seats), dtype=np.int64)
    seat[seats] = np.arange(len(seats))

    def seated(places: Ints) -> Ints:
        return np.where(places >= 0, seat[np.maximum(places, 0)], -1) if len(seat) else places

    moved = replace(
        where,
        partners=where.partners[seats],
        regions=np.concatenate([np.arange(count), regions[pseudo]]).astype(np.int64),
        within=rank[where.within[seats]],
        home=seated(where.home),
        region=np.where(where.region >= 0, rank[np.maximum(where.region, 0)], -1) if len(rank) else where.region,
        more=(where.more[0], seated(where.more[1])),
    )
    return moved, np.concatenate([rank[order], rank[regions == NO_PARTNER]])


def _placed(plan: Layout) -> Layout:
    facts, where = plan.facts, plan.where
    radius = marks.sizes(plan.kind, plan.weight)
    which, region = sharing(where)
    group = molecules(radius, where.satellite_of)
    bodies, of_body, fixed = _bodies(plan, group)
    n = len(where.regions)
    size = discs.radii(bodies, n)
    least = LEAST_SHARED
    cx, cy = _ring(plan, size, group.radius[where.shared], least)
    fx, fy = shared.targets(which, region, len(where.shared), cx, cy)
    bodies = replace(bodies, pull=pulls(facts, fixed, len(of_body) + len(where.shared)))
    x, y, size = discs.settle(bodies, size, (cx, cy), (fx, fy))
    # What is shared is to be seen from afar: its size follows the map's, which follows what is shared.
    reach = group.radius[where.shared]
    for _ in range(3):
        side = max(np.ptp(np.concatenate([v - size, v + size])) if n else 0.0 for v in (cx, cy))
        least = _least(float(side), len(where.shared))
        radius[where.shared] = least
        group = molecules(radius, where.satellite_of)
        room = least * (1.3 + 0.8 / (1 + len(where.shared) / 40))
        reach = np.maximum(group.radius[where.shared], room)
        cx, cy = _ring(plan, size, reach, least)
    px, py = np.full(facts.n, np.nan), np.full(facts.n, np.nan)
    px[of_body], py[of_body] = x + cx[bodies.disc], y + cy[bodies.disc]
    tx, ty = shared.targets(which, region, len(where.shared), cx, cy)
    clear = np.maximum(1.25 * least, group.radius[where.shared]) + 6
    px[where.shared], py[where.shared] = shared.place(reach, tx, ty, (cx, cy, size), clear)
    px, py = group.placed(px, py)
    return replace(plan, x=px, y=py, r=np.where(np.isnan(px), np.nan, radius), cx=cx, cy=cy, size=size)


def _least(side: float, count: int) -> float:
    """Return the radius of a shared goal: larger on a larger map, but not where there are many."""
    return max(LEAST_SHARED, min(0.0135 * side, 140 / float(np.sqrt(max(count, 1)))))


def _ring(plan: Layout, size: Floats, reach: Floats, least: float) -> tuple[Floats, Floats]:
    """Return the centres of the regions around what is shared."""
    hole = float(np.sqrt((reach**2).sum() / 0.42))
    return ring.seats(size, plan.on_ring, plan.off_ring, max(LEAST_GAP, 2.6 * least), hole)


def _bodies(plan: Layout, group: Molecules) -> tuple[discs.Bodies, Ints, Ints]:
    """Return the bodies, the node of each, and by node its body or, beyond these, its place among shared goals."""
    where = plan.where
    n = len(where.home)
    alone = (where.satellite_of < 0) & (where.region >= 0)
    alone[where.partners[where.regions[where.regions >= 0]]] = False
    nodes = np.flatnonzero(alone)
    nodes = nodes[np.argsort(where.region[nodes], kind="stable")]
    body = np.full(n, -1)
    body[nodes] = np.arange(len(nodes))
    body[where.shared] = len(nodes) + np.arange(len(where.shared))
    beside = where.satellite_of >= 0
    body[beside] = body[where.satellite_of[beside]]
    none = np.zeros(0, np.int64)
    bodies = discs.Bodies(
        group.radius[nodes], where.region[nodes], plan.kind[nodes] == marks.GOAL, (none, none, np.zeros(0))
    )
    return bodies, nodes, body
