"""The ring: in which order regions stand around the alliance, and where their centres are."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

# What it costs a region to leave its place by id, as a share of the ring distance of any two; and what has to do with
# the first region to stand behind it.
PRICE, LATE = 0.25, 1.0
# What is left of a screen beside the lists is a little wider than high.
STRETCH = 1.2
# Above so many regions every other one stands further out.
MOST_ABREAST = 14


def order(weights: Floats) -> Ints:
    """Return the order around the ring: by id, but with what has much to do with each other closer together.

    It lowers the sum of weight x ring distance by exchanging two regions at a time, the best exchange first. Each
    region that leaves its place by id must be worth a price, so that the picture stays the same when little changes:
    without it nearly every other alliance of similar partners turned round when one relationship in thirty was removed.
    The first region stays first, and what it has most to do with comes before 6 o'clock.

    Parameters
    ----------
    weights
        Symmetric: how much each two regions have to do with each other.

    >>> order(np.array([[0, 0, 5, 0], [0, 0, 0, 5], [5, 0, 0, 0], [0, 5, 0, 0]])).tolist()
    [0, 2, 1, 3]
    """
    n = len(weights)
    now = np.arange(n)
    whole = weights.sum()
    if n <= 3 or not whole:
        return now
    share = weights / whole
    distance = _distances(n)
    away = np.where(now[:, None] == now[None, :], 0, PRICE / 4)
    late = np.where(now > n / 2, LATE, 0)[:, None] * share[0][None, :]
    cost = away + late
    for _ in range(4 * n):
        met = share[np.ix_(now, now)]
        m = met @ distance
        own, seat = np.diag(m), cost[:, now]
        gain = 2 * (m + m.T - own[:, None] - own[None, :] + 2 * met * distance)
        gain += seat + seat.T - np.diag(seat)[:, None] - np.diag(seat)[None, :]
        gain[0, :] = gain[:, 0] = 0
        # Rounded, so that which of two equally good exchanges is made does not hang on the last bit of a sum.
        a, b = np.unravel_index(np.argmin(np.round(gain, 9)), gain.shape)
        if gain[a, b] > -1e-6:
            break
        now[[a, b]] = now[[b, a]]
    return now


def _distances(n: int) -> Floats:
    apart = np.abs(np.arange(n)[:, None] - np.arange(n)[None, :])
    result: Floats = np.minimum(apart, n - apart).astype(np.float64)
    return result


def seats(size: Floats, around: Ints, outside: Ints, gap: float, hole: float) -> tuple[Floats, Floats]:
    """Return the centres (x, y) of all regions: a ring about the origin, and what belongs to nobody outside it.

    Parameters
    ----------
    size
        The radius of each region.
    around
        The regions that stand on the ring, in order.
    outside
        Those that do not: to the lower left of the ring, where it leaves a corner; of a single disc to the right.
    gap, hole
        See `centres`.
    """
    cx, cy = np.zeros(len(size)), np.zeros(len(size))
    cx[around], cy[around] = centres(size[around], gap, hole)
    for i in outside.tolist() if len(around) else ():
        angle = np.arctan2(1, -STRETCH) if len(around) > 1 else 0.0
        cos, sin = np.cos(angle), np.sin(angle)
        # The last point on the ray at which a disc of the ring would be touched.
        along, beside = cx[around] * cos + cy[around] * sin, cy[around] * cos - cx[around] * sin
        touch = (size[around] + size[i] + 0.8 * gap) ** 2 - beside**2
        far = float((along + np.sqrt(np.maximum(touch, 0)))[touch > 0].max(initial=0))
        cx[i], cy[i] = far * cos, far * sin
    return cx, cy


def centres(radii: Floats, gap: float, hole: float) -> tuple[Floats, Floats]:
    """Return the centres (x, y) of discs standing around a hole, in order, the first at 12 o'clock (y points down).

    Two stand side by side; one stands in the middle. Where more than 14 would make a ring wider than the hole, every
    other one stands further out.

    Parameters
    ----------
    radii
        Of the discs, in order around the ring.
    gap
        The least distance of neighbours.
    hole
        The radius of what stands in the middle.
    """
    n = len(radii)
    if n <= 1:
        return np.zeros(n), np.zeros(n)
    if n == 2:
        q = max((radii.sum() + gap) / 2, hole + radii.mean())
        return np.array([-q, q]), np.zeros(2)
    out = np.zeros(n)
    least = hole + float(np.median(radii)) + gap / 2
    q, steps = _closed(radii, out, gap)
    if n > MOST_ABREAST and q > least:
        # With an odd number the last two stand abreast. The more room the ring wants, the further out.
        needed = min(1.0, (q - least) / (0.25 * least))
        out[1 : n - n % 2 : 2] = needed * (1.75 * np.median(radii) + 0.75 * gap)
        q, steps = _closed(radii, out, gap)
    if q < least:
        # Where the hole makes the ring wider than its discs need, what is over makes their steps more alike.
        q = least
        least_steps = _turn(radii, out, gap)(q)
        even = _bisect(lambda c: 2 * np.pi - float(np.maximum(least_steps, c).sum()), 0.0, 2 * np.pi)
        steps = np.maximum(least_steps, even)
    angle = -np.pi / 2 + np.concatenate([[0], np.cumsum(steps * (2 * np.pi / steps.sum()))[:-1]])
    return STRETCH * (q + out) * np.cos(angle), (q + out) * np.sin(angle)


def _closed(radii: Floats, out: Floats, gap: float) -> tuple[float, Floats]:
    """Return the radius of the ring that the discs fill, and the angle from each to the next."""
    angle_of = _turn(radii, out, gap)
    low, high = max(float(radii.max()) / 2, 1.0), 4 * float(radii.sum() + len(radii) * gap)
    q = _bisect(lambda q: float(angle_of(q).sum()) - 2 * np.pi, low, high)
    return q, angle_of(q)


def _turn(radii: Floats, out: Floats, gap: float) -> Callable[[float], Floats]:
    apart = radii + np.roll(radii, -1) + gap
    two_on = radii + np.roll(radii, -2) + gap
    out_next = np.roll(out, -1)

    def angles(q: float) -> Floats:
        a, b = q + out, q + out_next
        cosine = (a**2 + b**2 - apart**2) / (2 * a * b)
        angle = np.arccos(np.clip(cosine, -1, 1))
        if not out.any():
            return angle
        # On two rings those next but one stand abreast as well: a step is at least half of what they need.
        abreast = 2 * np.arcsin(np.minimum(two_on / (2 * a), 1))
        wide: Floats = np.maximum(angle, np.maximum(abreast, np.roll(abreast, 1)) / 2)
        return wide

    return angles


def _bisect(excess: Callable[[float], float], low: float, high: float) -> float:
    """Return where a falling function crosses 0."""
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if excess(middle) > 0 else (low, middle)
    return high
