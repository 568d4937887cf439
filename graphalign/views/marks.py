"""Marks: how each kind of node looks, one table for the page and for the network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graphalign.graph import Facts

# By partner: none is red or orange, which are findings.
PALETTE = ("#4a3fa3", "#2a7ac0", "#1f97a8", "#1d8560", "#7d8120", "#b98b13", "#9146a3", "#64707f")
# What has no partner.
GREY = "#8a929c"
HIGH, MEDIUM = "#b3122b", "#e07b00"


@dataclass(frozen=True)
class Mark:
    """How one kind of node looks.

    Parameters
    ----------
    kind
        What it is called, also in the legend.
    shape
        hexagon, ring, square, triangle, dot or disc.
    radius
        In world units, without what importance adds.
    line
        The width of its outline, in world units.
    filled
        Whether it is filled with its partner's colour.
    vis
        The shape that vis-network knows for it.
    """

    kind: str
    shape: str
    radius: float
    line: float
    filled: bool
    vis: str


# The kinds, by the numbers that a layout has.
MARKS = (
    # One that is drawn inside another's region; the others are the regions.
    Mark("partner", "disc", 11, 2, True, "dot"),
    Mark("shared goal", "hexagon", 24, 3, False, "hexagon"),
    Mark("goal", "hexagon", 11, 1, True, "hexagon"),
    Mark("key person", "ring", 7, 5, False, "dot"),
    Mark("person", "ring", 7, 2, False, "dot"),
    Mark("group", "double ring", 9, 2, False, "dot"),
    Mark("responsibility", "square", 7.5, 1.5, True, "square"),
    Mark("KPI", "triangle", 6.5, 1.5, False, "triangle"),
    Mark("other", "dot", 6, 1, True, "dot"),
)
PARTNER, SHARED, GOAL, KEY_PERSON, PERSON, GROUP, RESPONSIBILITY, KPI, OTHER = range(len(MARKS))
PRIORITIES = {"low": 1, "medium": 2, "high": 3, "critical": 3}


def text_colour(colour: str) -> str:
    """Return the colour of text in a partner's colour: darker, to be read on white.

    >>> text_colour("#4a3fa3")
    '#352d75'
    """
    parts = (int(int(colour[i : i + 2], 16) * 0.72) for i in (1, 3, 5))
    return "#" + "".join(f"{part:02x}" for part in parts)


def kinds(facts: Facts, shared: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the kind of each node, a place in `MARKS`."""
    graph = facts.graph
    result = np.full(facts.n, OTHER)
    for label, kind in (("Partner", PARTNER), ("Goal", GOAL), ("Responsibility", RESPONSIBILITY), ("Kpi", KPI)):
        result[graph.is_label(label)] = kind
    people = facts.stakeholders
    at = people["stakeholder"].to_numpy()
    high = (people["power"] >= facts.high).fill_null(value=False).to_numpy()
    result[at] = np.where((people["kind"] == "group").to_numpy(), GROUP, np.where(high, KEY_PERSON, PERSON))
    result[shared] = SHARED
    return result


def importance(facts: Facts, kind: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return what a node weighs among its kind, 1 to 3: a goal its priority, a person its power; 2 where unsaid."""
    result = np.full(facts.n, 2.0)
    goals = facts.goals
    priority = goals["priority"].replace_strict(PRIORITIES, default=2, return_dtype=pl.Float64).to_numpy()
    result[goals["goal"].to_numpy()] = priority
    people = facts.stakeholders
    power = people["power"].to_numpy()
    level = np.where(power >= facts.high, 3.0, np.where(power <= facts.low, 1.0, 2.0))
    result[people["stakeholder"].to_numpy()] = np.where(np.isnan(power), 2.0, level)
    result[kind == SHARED] = 3
    return result


def sizes(kind: NDArray[np.int64], weight: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the radius of each node, in world units: goals by priority, people by power."""
    radius = np.array([mark.radius for mark in MARKS])[kind]
    radius += np.where(kind == GOAL, 2.5 * weight, 0)
    radius += np.where((kind == PERSON) | (kind == KEY_PERSON), 2.0 * weight, 0)
    return radius
