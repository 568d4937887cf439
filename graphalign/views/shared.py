"""Shared goals: between the regions, outside every disc, each near those who share it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from graphalign.views.discs import GOLDEN, Crowd

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

ROUNDS = 120
# How often what still touches is pushed on.
MOST_PUSHES = 300
# Names are wider than high: neighbours side by side keep so much more distance than those above one another.
WIDE = 1.5


def targets(which: Ints, region: Ints, n: int, cx: Floats, cy: Floats) -> tuple[Floats, Floats]:
    """Return where each of n shared goals wants to be: near the middle of its regions, a little towards the origin.

    Parameters
    ----------
    which, region
        The regions that share each goal, once each.
    n
        How many shared goals there are.
    cx, cy
        The centres of the regions.
    """
    many = np.maximum(np.bincount(which, minlength=n), 1)
    x = np.bincount(which, weights=cx[region], minlength=n) / many
    y = np.bincount(which, weights=cy[region], minlength=n) / many
    return 0.8 * x, 0.8 * y


def place(
    radius: Floats, tx: Floats, ty: Floats, discs: tuple[Floats, Floats, Floats], clear: Floats
) -> tuple[Floats, Floats]:
    """Return where the shared goals stand: as near to their targets as the discs and the others allow.

    Parameters
    ----------
    radius
        The room each takes among the others.
    tx, ty
        Where each wants to be.
    discs
        The regions: x, y and radius.
    clear
        How far from the rim of every disc the middle of each stays.
    """
    n = len(radius)
    crowd = Crowd(radius, np.zeros(n, np.int64), 0.8)
    # Those that want the same place start around it.
    k = np.arange(n)
    reach = radius * 0.5 * np.sqrt(k % 64 + 0.5)
    x, y = tx + reach * np.cos(GOLDEN * k), ty + reach * np.sin(GOLDEN * k)
    for t in range(ROUNDS):
        d = 0.3 * (1 - t / ROUNDS)
        x, y = crowd.pushed((x + d * (tx - x)) / WIDE, y + d * (ty - y), 3)
        x, y = _outside(x * WIDE, y, discs, clear)
    for _ in range(MOST_PUSHES):
        before = x, y
        x, y = crowd.pushed(x / WIDE, y, 3)
        x, y = _outside(x * WIDE, y, discs, clear)
        if not n or max(np.abs(x - before[0]).max(), np.abs(y - before[1]).max()) < 0.05:
            break
    return x, y


def _outside(x: Floats, y: Floats, discs: tuple[Floats, Floats, Floats], clear: Floats) -> tuple[Floats, Floats]:
    """Return the points moved out of every disc, on the ray from its centre."""
    cx, cy, size = discs
    if not len(x) or not len(cx):
        return x, y
    k = np.arange(len(x))
    for _ in range(2):
        dx, dy = x[:, None] - cx[None, :], y[:, None] - cy[None, :]
        far = np.hypot(dx, dy)
        inside = size[None, :] + clear[:, None] - far
        deepest = np.argmax(inside, axis=1)
        least = inside[k, deepest]
        moved = least > 0
        if not moved.any():
            break
        far, dx, dy = far[k, deepest], dx[k, deepest], dy[k, deepest]
        centre = far < 1e-6
        dx, dy = np.where(centre, np.cos(GOLDEN * k), dx), np.where(centre, np.sin(GOLDEN * k), dy)
        far = np.where(centre, 1.0, far)
        step = np.where(moved, least, 0) / far
        x, y = x + step * dx, y + step * dy
    return x, y
