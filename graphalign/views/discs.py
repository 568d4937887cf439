"""Discs: how the marks of a partner find their places inside its disc, without touching one another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

# The angle between one seed of a sunflower and the next, in radians.
GOLDEN = 2.39996
# What share of its disc a partner's bodies are first thought to fill.
FILL = 0.60
# How far from its outermost mark a disc's rim is.
RIM = 9.0
LEAST_RADIUS = 44.0
# How far into each other's margins two bodies may be left, and how much a disc may be blown up that they are not.
SQUEEZE, MOST_LOOSENED = 8.0, 3.0
# How much further than touching the list of neighbours looks, so that it lasts several rounds.
AHEAD = 12.0


@dataclass(frozen=True, eq=False)
class Bodies:
    """What is placed inside discs: a goal with all that is drawn beside it, a person, or anything loose.

    Parameters
    ----------
    radius
        Of each body, its margin included.
    disc
        The disc it stays in; the bodies of a disc stand together, in its order.
    inner
        Whether it wants to the side of its disc that faces the alliance, as goals do.
    pull
        (a, b, weight): what draws bodies to one another, in both directions, sorted by a.
    """

    radius: Floats
    disc: Ints
    inner: NDArray[np.bool_]
    pull: tuple[Ints, Ints, Floats]


def radii(bodies: Bodies, n: int) -> Floats:
    """Return how large each of n discs is thought to be before anything is placed."""
    area = np.bincount(bodies.disc, weights=bodies.radius**2, minlength=n)
    size: Floats = np.maximum(np.sqrt(area / FILL) + 14, LEAST_RADIUS)
    return size


def settle(
    bodies: Bodies, size: Floats, centre: tuple[Floats, Floats], fixed: tuple[Floats, Floats]
) -> tuple[Floats, Floats, Floats]:
    """Return where each body stands, from the centre of its disc, and how large the discs are then.

    A body starts on a sunflower on its side of the disc, goes a little of the way to what it has to do with, wherever
    that stands, and is pushed off what it touches; in the end each disc is drawn together.

    Parameters
    ----------
    bodies
        What is placed.
    size
        The radius of each disc.
    centre
        The centre of each disc: x, y.
    fixed
        Where what is outside the discs stands that `pull` numbers after the bodies: x, y.
    """
    x, y = _seeds(bodies, size, *centre)
    if len(x):
        x, y = _drawn(bodies, size, centre, fixed, x, y)
        x, y = _tightened(bodies, len(size), x, y)
    return _enclosed(bodies, len(size), x, y)


def _seeds(bodies: Bodies, size: Floats, cx: Floats, cy: Floats) -> tuple[Floats, Floats]:
    """Return a sunflower for the goals and one for the people of each disc."""
    ax, ay = _anchors(bodies, size, cx, cy)
    part = bodies.disc * 2 + bodies.inner
    m = np.bincount(part, minlength=2 * len(size))
    order = np.argsort(part, kind="stable")
    k = np.empty(len(part), dtype=np.int64)
    k[order] = np.arange(len(part)) - np.repeat(np.cumsum(m) - m, m)
    reach = 0.62 * size[bodies.disc] * np.sqrt((k + 0.5) / m[part])
    return ax + reach * np.cos(GOLDEN * k), ay + reach * np.sin(GOLDEN * k)


def _anchors(bodies: Bodies, size: Floats, cx: Floats, cy: Floats) -> tuple[Floats, Floats]:
    """Return where goals, on the side of the origin, and where people want to be; in a disc in the middle, above."""
    length = np.hypot(cx, cy)
    middle = length < 1e-9
    length[middle] = 1.0
    ux, uy = np.where(middle, 0, -cx / length), np.where(middle, -1, -cy / length)
    side = np.where(bodies.inner, 0.3, -0.3) * size[bodies.disc]
    return side * ux[bodies.disc], side * uy[bodies.disc]


def _drawn(
    bodies: Bodies, size: Floats, centre: tuple[Floats, Floats], fixed: tuple[Floats, Floats], x: Floats, y: Floats
) -> tuple[Floats, Floats]:
    """Return the bodies drawn to their anchors and to what they have to do with."""
    radius, disc = bodies.radius, bodies.disc
    (ax, ay), (ox, oy) = _anchors(bodies, size, *centre), (c[disc] for c in centre)
    a, b, w = bodies.pull
    moved = a < len(x)
    a, b, w = a[moved], b[moved], w[moved]
    total = np.bincount(a, weights=w, minlength=len(x))
    pulled = total > 0
    total[~pulled] = 1
    room = np.bincount(disc, weights=radius**2, minlength=len(size))
    room[room == 0] = 1
    swollen = radius * np.minimum(1.7, np.sqrt(0.8 * (size - 8) ** 2 / room))[disc]
    # Where there is less room than that, no body is thought smaller than it is.
    loose, exact = Crowd(np.maximum(swollen, radius), disc), Crowd(radius, disc)
    limit = np.maximum(size[disc] - radius - 4, 0)
    for t in range(60):
        d = 1 - t / 60
        if 0.35 * d > 0.02 and len(a):
            tx = np.bincount(a, weights=w * np.concatenate([x + ox, fixed[0]])[b], minlength=len(x)) / total - ox
            ty = np.bincount(a, weights=w * np.concatenate([y + oy, fixed[1]])[b], minlength=len(x)) / total - oy
            x = x + np.where(pulled, 0.35 * d * (tx - x), 0) + 0.12 * d * (ax - x)
            y = y + np.where(pulled, 0.35 * d * (ty - y), 0) + 0.12 * d * (ay - y)
        else:
            x, y = x + 0.12 * d * (ax - x), y + 0.12 * d * (ay - y)
        x, y = loose.pushed(x, y, 3) if t < 50 else exact.pushed(x, y, 6)
        far = np.hypot(x, y)
        inward = np.minimum(1, limit / np.maximum(far, 1e-9))
        x, y = x * inward, y * inward
    return x, y


def _tightened(bodies: Bodies, n: int, x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Return the bodies of each disc drawn together, until nothing touches."""
    crowd = Crowd(bodies.radius, bodies.disc)
    many = np.maximum(np.bincount(bodies.disc, minlength=n), 1)
    for k in range(50):
        mx, my = (np.bincount(bodies.disc, weights=v, minlength=n) / many for v in (x, y))
        d = 0.05 * (1 - k / 50)
        x, y = crowd.pushed(x + d * (mx[bodies.disc] - x), y + d * (my[bodies.disc] - y), 3)
    for _ in range(60):
        before = x, y
        x, y = crowd.pushed(x, y, 3)
        if max(np.abs(x - before[0]).max(), np.abs(y - before[1]).max()) < 0.3:
            break
    return _loosened(bodies, n, x, y)


def _loosened(bodies: Bodies, n: int, x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Return the bodies of each disc as far apart as it takes that no marks overlap, whatever the pushes left."""
    i, j = neighbours(x, y, bodies.radius, bodies.disc)
    needed = bodies.radius[i] + bodies.radius[j] - SQUEEZE
    factor = np.ones(n)
    np.maximum.at(factor, bodies.disc[i], needed / np.maximum(np.hypot(x[i] - x[j], y[i] - y[j]), 1e-6))
    grown = np.minimum(factor, MOST_LOOSENED)[bodies.disc]
    return x * grown, y * grown


def _enclosed(bodies: Bodies, n: int, x: Floats, y: Floats) -> tuple[Floats, Floats, Floats]:
    """Return the bodies about the centre of the smallest disc around them, and its radius (Badoiu & Clarkson 2003)."""
    many = np.bincount(bodies.disc, minlength=n)
    size = np.full(n, LEAST_RADIUS)
    if not len(x):
        return x, y, size
    start = np.cumsum(many) - many
    # One row a disc, filled up with its first body.
    within = np.arange(many.max())[None, :]
    at = np.minimum(start[:, None] + np.where(within < many[:, None], within, 0), len(x) - 1)
    px, py, pr = x[at], y[at], bodies.radius[at]
    full = np.maximum(many, 1)
    mx, my = (np.bincount(bodies.disc, weights=v, minlength=n) / full for v in (x, y))
    row = np.arange(n)
    for t in range(120):
        far = np.argmax((px - mx[:, None]) ** 2 + (py - my[:, None]) ** 2, axis=1)
        mx, my = mx + (px[row, far] - mx) / (t + 2), my + (py[row, far] - my) / (t + 2)
    reach = (np.hypot(px - mx[:, None], py - my[:, None]) + pr).max(axis=1)
    size = np.where(many > 0, np.maximum(reach + RIM - 5, LEAST_RADIUS), LEAST_RADIUS)
    return x - mx[bodies.disc], y - my[bodies.disc], size


class Crowd:
    """Bodies that push one another apart, each only those of its own disc.

    Parameters
    ----------
    radius
        Of each body.
    disc
        Whose it is.
    strength
        What share of an overlap one push mends.
    """

    def __init__(self, radius: Floats, disc: Ints, strength: float = 0.5) -> None:
        self.radius = radius
        self.disc = disc
        self.strength = strength
        self._at: tuple[Floats, Floats] | None = None

    def pushed(self, x: Floats, y: Floats, times: int) -> tuple[Floats, Floats]:
        """Return the bodies after so many pushes."""
        n = len(x)
        if n < 2:
            return x, y
        if self._at is None or max(np.abs(x - self._at[0]).max(), np.abs(y - self._at[1]).max()) > AHEAD / 4:
            self._look_around(x, y)
        # x and y in one array, and both ends of a pair in one index: most of the time goes into calls, not numbers.
        at = np.concatenate([x, y])
        for _ in range(times):
            reach = at.take(self._ends).reshape(2, 2, len(self._sum))
            away = reach[:, 0] - reach[:, 1]
            square = away * away
            apart = np.sqrt(square[0] + square[1])
            over = self._sum - apart
            hit = np.flatnonzero(over > 0)
            if not len(hit):
                break
            away, apart, over = away.take(hit, 1), apart.take(hit), over.take(hit)
            if apart.min() < 1e-6:
                same = apart < 1e-6
                angle = GOLDEN * self._ends[0, hit[same]]
                away[0, same], away[1, same], apart[same] = np.cos(angle), np.sin(angle), 1.0
            step = 1.2 * self.strength * over / apart
            push = (self._share.take(hit, 1) * step) * away[:, None]
            at = at + np.bincount(self._ends.take(hit, 1).ravel(), weights=push.ravel(), minlength=2 * n)
        return at[:n], at[n:]

    def _look_around(self, x: Floats, y: Floats) -> None:
        """Find all pairs of one disc that touch or nearly do, on a grid of cells as wide as the largest body."""
        self._at = x, y
        i, j = neighbours(x, y, self.radius, self.disc)
        self._ends = np.stack([i, j, i + len(x), j + len(x)])
        self._sum = self.radius[i] + self.radius[j]
        ri, rj = self.radius[i] ** 2, self.radius[j] ** 2
        # The smaller body gives way.
        share = rj / (ri + rj)
        self._share = np.stack([share, share - 1])


def neighbours(x: Floats, y: Floats, radius: Floats, disc: Ints) -> tuple[Ints, Ints]:
    """Return each pair of bodies of one disc that are less than `AHEAD` from touching, once.

    >>> neighbours(np.array([0.0, 50, 9]), np.zeros(3), np.full(3, 5.0), np.zeros(3, int))[0].size
    1
    """
    cell = 2 * float(radius.max()) + AHEAD
    column, row = np.floor((x - x.min()) / cell).astype(np.int64), np.floor((y - y.min()) / cell).astype(np.int64)
    # Empty rows and columns stand between, so that no neighbour is looked for across an edge.
    high = int(row.max()) + 3
    wide = int(column.max()) + 3
    key = (disc * wide + column) * high + row + 1
    order = np.argsort(key, kind="stable")
    key = key[order]
    place = np.arange(len(key))
    # Pairs are looked for in the cell itself, the one below it, and the three of the next column.
    here = _ranges(place + 1, np.searchsorted(key, key + 1, "right"))
    there = _ranges(np.searchsorted(key, key + high - 1, "left"), np.searchsorted(key, key + high + 1, "right"))
    i, j = (order[np.concatenate(both)] for both in zip(here, there, strict=True))
    near = (x[i] - x[j]) ** 2 + (y[i] - y[j]) ** 2 < (radius[i] + radius[j] + AHEAD) ** 2
    return i[near], j[near]


def _ranges(start: Ints, stop: Ints) -> tuple[Ints, Ints]:
    """Return (which, value) for all values of each range."""
    many = np.maximum(stop - start, 0)
    which = np.repeat(np.arange(len(start)), many)
    return which, np.arange(len(which)) - np.repeat(np.cumsum(many) - many - start, many)
