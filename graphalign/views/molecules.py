"""Molecules: a goal with the responsibilities and KPIs drawn on circles around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

# Between a goal's rim and what stands around it, and between two of these.
GAP = 4.0
BESIDE = 2.2
# A fan opens so much wider than it must.
OPEN = 1.12
# Around every body.
MARGIN = 5.0


@dataclass(frozen=True, eq=False)
class Molecules:
    """Where the satellites of goals stand, before it is known which way each goal turns.

    Parameters
    ----------
    radius
        By node, of the disc around it and its satellites, margin included.
    ahead
        By node, how far before the middle of that disc the goal stands.
    satellite, goal
        Each satellite with its goal.
    distance, angle
        Where it stands, from its goal; 0 is straight behind it.
    """

    radius: Floats
    ahead: Floats
    satellite: Ints
    goal: Ints
    distance: Floats
    angle: Floats

    def placed(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """Return where all nodes stand, given the middles of the molecules; goals turn to the origin."""
        far = np.hypot(x, y)
        middle = far < 1e-9
        far[middle] = 1.0
        vx, vy = np.where(middle, 0, -x / far), np.where(middle, -1, -y / far)
        x, y = x + self.ahead * vx, y + self.ahead * vy
        g = self.goal
        cos, sin = np.cos(self.angle), np.sin(self.angle)
        bx, by = -vx[g], -vy[g]
        x[self.satellite] = x[g] + self.distance * (bx * cos - by * sin)
        y[self.satellite] = y[g] + self.distance * (by * cos + bx * sin)
        return x, y


def molecules(radius: Floats, satellite_of: Ints) -> Molecules:
    """Return the molecules of a graph.

    Few satellites stand in a fan, which leaves the goal at the front; many stand on whole circles.

    Parameters
    ----------
    radius
        Of the mark of each node.
    satellite_of
        By node, the goal it stands beside; -1 for others.
    """
    n = len(radius)
    satellite = np.flatnonzero(satellite_of >= 0)
    # The larger ones, responsibilities, come first.
    satellite = satellite[np.lexsort((satellite, -radius[satellite], satellite_of[satellite]))]
    goal = satellite_of[satellite]
    m = np.bincount(goal, minlength=n)
    largest = np.zeros(n)
    np.maximum.at(largest, goal, radius[satellite])
    place = np.arange(len(satellite)) - np.repeat(np.cumsum(m) - m, m)
    left, circle = m.copy(), np.zeros(len(satellite), np.int64)
    distance, angle = np.zeros(len(satellite)), np.zeros(len(satellite))
    whole, ahead = radius + MARGIN, np.zeros(n)
    rho = radius + largest + GAP
    first = True
    while (left > 0).any():
        step = np.where(left > 0, 2 * np.arcsin(np.minimum((largest + BESIDE / 2) / rho, 1)), 1)
        room = np.maximum(np.floor(2 * np.pi / step), 1).astype(np.int64)
        here = np.minimum(left, room)
        fan = (here * step * OPEN <= np.pi * 1.1) & (left <= room)
        step = np.where(fan, step * OPEN, 2 * np.pi / np.maximum(here, 1))
        on = (circle == 0) & (place >= 0) & (place < here[goal])
        distance[on], circle[on] = rho[goal[on]], 1
        angle[on] = (place - (here[goal] - 1) / 2)[on] * step[goal[on]]
        place = place - here[goal]
        some = left > 0
        whole[some] = (rho + largest + MARGIN)[some]
        if first:
            half = (here - 1) / 2 * step
            forward = some & fan & (half < np.pi / 2)
            # The smallest disc around the goal and the outermost of its fan, both touching the rim.
            ahead_of, outer = _front(radius, largest, rho, np.where(forward, half, 0))
            ahead[forward], whole[forward] = ahead_of[forward], outer[forward] + MARGIN
        left = left - here
        rho = rho + 2 * largest + GAP
        first = False
    return Molecules(whole, ahead, satellite, goal, distance, angle)


def _front(radius: Floats, largest: Floats, rho: Floats, half: Floats) -> tuple[Floats, Floats]:
    """Return how far the middle of a fan's disc is behind its goal, and that disc's radius."""
    q = radius - largest
    cosine = np.cos(half)
    d = np.minimum((rho**2 - q**2) / np.maximum(2 * (q + rho * cosine), 1e-6), rho * cosine)
    d = np.maximum(d, 0)
    edge = np.sqrt(rho**2 + d**2 - 2 * rho * d * cosine) + largest
    return d, np.maximum(np.maximum(radius + d, edge), np.abs(rho - d) + largest)
