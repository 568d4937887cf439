"""The ring: in which order regions stand around the alliance, and where their centres are."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import permutations
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

# Up to so many regions every order is tried.
MOST_TRIED = 8
# Screens are wide.
STRETCH = 1.3
# Above so many regions every other one stands further out.
MOST_ABREAST = 11


def order(weights: Floats) -> Ints:
    """Return the order around the ring that keeps what belongs together close: least sum of weight x ring distance.

    Up to 8 regions the best of all orders, above that one that no exchange of two and no reversal betters. The first
    region stays first, and of the two directions the one whose second is smaller is taken.

    Parameters
    ----------
    weights
        Symmetric: how much each two regions have to do with each other.

    >>> order(np.array([[0, 0, 5, 1], [0, 0, 1, 5], [5, 1, 0, 0], [1, 5, 0, 0]])).tolist()
    [0, 2, 1, 3]
    """
    n = len(weights)
    if n <= 3:
        return np.arange(n)
    tried = _all_orders(n) if n <= MOST_TRIED else _bettered(weights)[None, :]
    cost = (weights[tried[:, :, None], tried[:, None, :]] * _distances(n)).sum(axis=(1, 2))
    # Rounded, so that which of two equally good orders is taken does not hang on the last bit of a sum.
    best = tried[np.argmin(np.round(cost, 6))]
    return best if best[1] < best[-1] else np.concatenate([best[:1], best[:0:-1]])


@cache
def _all_orders(n: int) -> Ints:
    rest = np.array(list(permutations(range(1, n))), dtype=np.int64)
    rest = rest[rest[:, 0] < rest[:, -1]]
    return np.column_stack([np.zeros(len(rest), dtype=np.int64), rest])


def _distances(n: int) -> Floats:
    apart = np.abs(np.arange(n)[:, None] - np.arange(n)[None, :])
    result: NDArray[Any] = np.minimum(apart, n - apart)
    return result.astype(np.float64)


def _bettered(weights: Floats) -> Ints:
    """Return an order that no exchange of two regions and no reversal of a stretch betters."""
    n = len(weights)
    now = np.arange(n)
    distance = _distances(n)
    starts, stops = (i + 1 for i in np.triu_indices(n - 1, 1))
    places = np.arange(n)[None, :]
    inside = (places >= starts[:, None]) & (places <= stops[:, None])
    turned = np.where(inside, (starts + stops)[:, None] - places, places)
    for _ in range(4 * n):
        w = weights[np.ix_(now, now)]
        m = w @ distance
        own = np.diag(m)
        gain = m + m.T - own[:, None] - own[None, :] + 2 * w * distance
        gain[0, :] = gain[:, 0] = 0
        a, b = np.unravel_index(np.argmin(np.round(gain, 6)), gain.shape)
        if gain[a, b] < -1e-6:
            now[[a, b]] = now[[b, a]]
            continue
        cost = np.array([(weights[np.ix_(o, o)] * distance).sum() for o in now[turned]])
        best = int(np.argmin(np.round(cost, 6)))
        if cost[best] > (w * distance).sum() - 1e-6:
            break
        now = now[turned[best]]
    return now


def centres(radii: Floats, gap: float, hole: float) -> tuple[Floats, Floats]:
    """Return the centres (x, y) of discs standing around a hole, in order, the first at 12 o'clock (y points down).

    Two stand side by side; one stands in the middle. Where more than 11 would make a ring wider than the hole, every
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
        q = max((radii.sum() + gap) / 2, hole + gap / 2 + radii.mean())
        return np.array([-q, q]), np.zeros(2)
    out = np.zeros(n)
    least = hole + float(np.median(radii)) + gap / 2
    q, steps = _closed(radii, out, gap)
    if n > MOST_ABREAST and q > least:
        # With an odd number the last two stand abreast.
        out[1 : n - n % 2 : 2] = 1.75 * np.median(radii) + 0.75 * gap
        q, steps = _closed(radii, out, gap)
    q = max(q, least)
    # Where the hole makes the ring wider than its discs need, they share what is over.
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
