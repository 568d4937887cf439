"""A made-up alliance of any size, the same for the same seed: for trials, examples and benchmarks."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from graphalign.errors import UsageError
from graphalign.generate.draw import TODAY, Ints, drawn
from graphalign.generate.frames import Shape, edge_frame, node_frame, twins
from graphalign.generate.words import CHANNELS
from graphalign.graph import AlignmentGraph

FEWEST = 10
MOST_PARTNERS = 200
EDGES_PER_NODE = 5
TALK_DAYS = 300
GROUP_SHARE = 0.03
# Goals by depth beneath an outcome of the alliance.
LEVELS = (1, 4, 8, 10, 7)


class People(NamedTuple):
    """Who can be picked: the persons in order of their partner, where each partner's begin, and how many they are."""

    rows: Ints
    begins: Ints
    sizes: Ints


def generate(nodes: int, seed: int = 1) -> AlignmentGraph:
    """Return a made-up alliance with all of the vocabulary, about five relationships a node and a share of defects.

    Parameters
    ----------
    nodes
        How many nodes, at least 10.
    seed
        The same seed makes the same alliance.

    Returns
    -------
    AlignmentGraph
        To be judged as of 2026-06-30: its communications are of the 300 days before.

    Raises
    ------
    graphalign.errors.UsageError
        If there are too few nodes, or the seed is negative.

    Examples
    --------
    >>> generate(100, seed=7)
    <AlignmentGraph: 100 nodes, 500 relationships>
    """
    if nodes < FEWEST or seed < 0:
        raise UsageError(
            f"cannot make {nodes} nodes from seed {seed}", way_out="ask for 10 nodes or more, and a seed of 0 or more"
        )
    rng = np.random.default_rng(seed)
    partners = int(np.clip(np.sqrt(nodes) / 2, 2, MOST_PARTNERS))
    goals, responsibilities, kpis = int(nodes * 0.2), int(nodes * 0.15), int(nodes * 0.05)
    shape = Shape(goals, kpis, partners, responsibilities, nodes - goals - responsibilities - kpis - partners)
    sized = 1 / np.sqrt(np.arange(1, partners + 1))
    homes = drawn(rng, np.arange(partners), sized, shape.stakeholders)
    groups = max(1, int(shape.stakeholders * GROUP_SHARE))
    level, parent, goal_home = _trees(rng, shape)
    edges = _belonging(rng, shape, homes, groups)
    people = _people(shape, homes, groups)
    edges |= _goals(rng, shape, level, parent)
    edges |= _work(rng, shape, people, goal_home, groups)
    edges |= _commitments(rng, shape, level, goal_home)
    left = EDGES_PER_NODE * nodes - sum(len(part["source"]) for part in edges.values())
    edges["COMMUNICATES_WITH"] = _talk(rng, nodes, people, left)
    return AlignmentGraph(node_frame(rng, shape, level, groups), edge_frame(edges))


# --- who belongs where, what serves what ----------------------------------------------------------------------


def _trees(rng: np.random.Generator, shape: Shape) -> tuple[Ints, Ints, Ints]:
    """Return each goal's level, its parent (itself at the top) and the partner it is a goal of."""
    n = shape.goals
    bounds = np.round(np.cumsum((0, *LEVELS)) / sum(LEVELS) * n).astype(np.int64)
    bounds[1] = max(1, bounds[1])
    bounds = np.maximum.accumulate(bounds)
    level, parent = np.zeros(n, dtype=np.int64), np.arange(n)
    home = rng.integers(0, shape.partners, n)
    for depth in range(1, len(LEVELS)):
        first, here, end = bounds[depth - 1], bounds[depth], bounds[depth + 1]
        if end <= here or here <= first:
            continue
        mine = np.arange(here, end)
        level[mine] = depth
        parent[mine] = rng.integers(first, here, end - here)
        inherits = rng.random(end - here) < 0.7
        home[mine[inherits]] = home[parent[mine[inherits]]]
    return level, parent, home


def _people(shape: Shape, homes: Ints, groups: int) -> People:
    persons = np.arange(groups, shape.stakeholders)
    order = persons[np.argsort(homes[persons], kind="stable")]
    sizes = np.bincount(homes[persons], minlength=shape.partners)
    return People(order + shape.starts[4], np.cumsum(sizes) - sizes, sizes)


def _of(rng: np.random.Generator, people: People, partners: Ints, skew: float = 1.0) -> Ints:
    """Return a person of each partner (of any, where it has none); a skew above 1 favours the same few."""
    drawn = rng.random(len(partners)) ** skew
    size = people.sizes[partners]
    own = people.begins[partners] + (drawn * size).astype(np.int64)
    anybody = (drawn * len(people.rows)).astype(np.int64)
    result: Ints = people.rows[np.where(size > 0, own, anybody).clip(max=len(people.rows) - 1)]
    return result


def _belonging(rng: np.random.Generator, shape: Shape, homes: Ints, groups: int) -> dict[str, dict[str, Any]]:
    first, here = shape.starts[2], shape.starts[4]
    persons = np.arange(groups, shape.stakeholders)
    fate = rng.random(len(persons))
    at_home = persons[fate > 0.03]
    # Two in a hundred work for two partners; one in ten sits in a group.
    dual, seated = persons[fate > 0.98], persons[rng.random(len(persons)) < 0.1]
    backed = np.arange(groups)[rng.random(groups) < 0.7]
    member = np.concatenate([at_home, dual, seated, backed])
    of = np.concatenate(
        [
            homes[at_home] + first,
            rng.integers(0, shape.partners, len(dual)) + first,
            rng.integers(0, groups, len(seated)) + here,
            homes[backed] + first,
        ]
    )
    parts = np.arange(1, shape.partners)
    parts = parts[rng.random(len(parts)) < 0.1]
    whole = (rng.random(len(parts)) * parts).astype(np.int64)
    people = _people(shape, homes, groups)
    # Reports to somebody earlier in the same house: a tree, never a circle.
    position = np.arange(len(people.rows)) - np.repeat(people.begins, people.sizes)
    boss = people.rows[
        np.repeat(people.begins, people.sizes) + (rng.random(len(position)) * position / 3).astype(np.int64)
    ]
    reports = (position > 0) & (rng.random(len(position)) < 0.5)
    return {
        "MEMBER_OF": _edges(member + here, of),
        "PART_OF": _edges(parts + first, whole + first),
        "REPORTS_TO": _edges(people.rows[reports], boss[reports]),
    }


def _goals(rng: np.random.Generator, shape: Shape, level: Ints, parent: Ints) -> dict[str, dict[str, Any]]:
    n = shape.goals
    lower = np.flatnonzero(parent != np.arange(n))
    again = lower[rng.random(len(lower)) < 0.04]
    # Against another goal, and a few contributions back up, which close a circle.
    harmful, back = rng.integers(0, n, n // 50), lower[rng.random(len(lower)) < 0.0005]
    source = np.concatenate([lower, again, harmful, parent[back]])
    target = np.concatenate(
        [parent[lower], (rng.random(len(again)) * again).astype(np.int64), rng.integers(0, n, len(harmful)), back]
    )
    weight = drawn(rng, [np.nan, 25.0, 50.0, 75.0, 100.0], [12, 2, 3, 2, 1], len(source))
    at = len(lower) + len(again)
    weight[at : at + len(harmful)] = drawn(rng, [-10.0, -25.0, -50.0, -75.0], [2, 3, 2, 1], len(harmful))
    later = np.flatnonzero(rng.random(n) < 0.45)
    near = np.maximum(later - 1 - rng.geometric(0.02, len(later)), 0)
    reversed_ = rng.random(len(later)) < 0.01
    served = rng.integers(0, n, n // 80), rng.integers(0, n, n // 80)
    tasks = np.arange(shape.responsibilities)
    serving = tasks[rng.random(len(tasks)) < 0.97]
    leaves = np.flatnonzero(level > 0) if (level > 0).any() else np.arange(n)
    goal_of = leaves[(rng.random(len(tasks)) * len(leaves)).astype(np.int64)]
    # One task in a hundred is the one before it, done again for the same goal.
    twin = np.flatnonzero(twins(len(tasks)))
    goal_of[twin] = goal_of[twin - 1]
    kpis = np.arange(shape.kpis)
    return {
        "CONTRIBUTES_TO": _edges(source, target, weight=weight),
        "DEPENDS_ON": _edges(np.where(reversed_, near, later), np.where(reversed_, later, near)),
        "CONFLICTS_WITH": _edges(*served, both_ways=True),
        "SERVES": _edges(serving + shape.starts[3], goal_of[serving]),
        "MEASURES": _edges(kpis + shape.starts[1], rng.integers(0, n, len(kpis))),
    }


def _work(rng: np.random.Generator, shape: Shape, people: People, home: Ints, groups: int) -> dict[str, dict[str, Any]]:
    goals, tasks = np.arange(shape.goals), np.arange(shape.responsibilities) + shape.starts[3]
    task_home = rng.integers(0, shape.partners, len(tasks))

    def some(share: float, of: Ints) -> Ints:
        return of[rng.random(len(of)) < share]

    owned, second = some(0.92, goals), some(0.04, goals)
    owner = _of(rng, people, home[owned], 2.5)
    kind = rng.random(len(owned))
    owner = np.where(kind < 0.03, home[owned] + shape.starts[2], owner)
    owner = np.where(kind > 0.97, rng.integers(0, groups, len(owned)) + shape.starts[4], owner)
    answerable = some(0.4, tasks)
    done, worked, helped = some(0.6, goals), some(0.94, tasks), some(0.2, tasks)

    def worker(on: Ints) -> Ints:
        return _of(rng, people, task_home[on - shape.starts[3]])

    consulted, informed = (
        rng.integers(0, shape.goals, int(shape.goals * 0.6)),
        rng.integers(0, shape.goals, int(shape.goals * 0.8)),
    )
    anybody = rng.integers(0, shape.partners, len(informed))
    sponsored = some(0.08, goals)
    return {
        "ACCOUNTABLE_FOR": _edges(
            np.concatenate([owner, _of(rng, people, rng.integers(0, shape.partners, len(second))), worker(answerable)]),
            np.concatenate([owned, second, answerable]),
        ),
        "RESPONSIBLE_FOR": _edges(
            np.concatenate([_of(rng, people, home[done]), worker(worked), worker(helped)]),
            np.concatenate([done, worked, helped]),
        ),
        "CONSULTED_ON": _edges(_of(rng, people, home[consulted]), consulted),
        "INFORMED_OF": _edges(_of(rng, people, anybody), informed),
        "SPONSORS": _edges(_of(rng, people, home[sponsored], 2.0), sponsored),
    }


def _commitments(rng: np.random.Generator, shape: Shape, level: Ints, home: Ints) -> dict[str, dict[str, Any]]:
    top, next_ = np.flatnonzero(level == 0), np.flatnonzero(level == 1)
    joined = np.repeat(top, rng.integers(1, 4, len(top)))
    goal = np.concatenate([top, next_, joined])
    partner = np.concatenate([home[top], home[next_], rng.integers(0, shape.partners, len(joined))])
    weight = np.where(rng.random(len(goal)) < 0.12, np.nan, rng.integers(1, 13, len(goal)) * 5.0)
    return {"COMMITS_TO": _edges(partner + shape.starts[2], goal, weight=weight)}


def _talk(rng: np.random.Generator, nodes: int, people: People, n: int) -> dict[str, Any]:
    """Return n communications: within a house mostly, the more the closer to the day."""
    asked = int(n * 1.25) + 2 * FEWEST
    one = rng.integers(0, len(people.rows), asked)
    partner = np.searchsorted(people.begins + people.sizes, one, side="right")
    within = rng.random(asked) < 0.7
    other = np.where(within, _of(rng, people, partner), people.rows[rng.integers(0, len(people.rows), asked)])
    ago = (TALK_DAYS * rng.random(asked) ** 1.5).astype(np.int64)
    undated = rng.random(asked) < 0.03
    day = np.where(undated, 0, TODAY - ago)
    channel = rng.integers(0, len(CHANNELS), asked)
    source, target = np.minimum(people.rows[one], other), np.maximum(people.rows[one], other)
    _, at = np.unique((source * nodes + target) * (TODAY + 1) + day, return_index=True)
    # One person in forty talks with nobody.
    silent = (source % 40 == 0) | (target % 40 == 0)
    at = at[(source[at] != target[at]) & ~silent[at]]
    # Those left over go at random, not from the end of the order.
    kept = np.sort(rng.permutation(at.size)[:n])
    at = at[kept]
    return {"source": source[at], "target": target[at], "date": day[at], "channel": channel[at]}


def _edges(
    source: Ints, target: Ints, *, weight: NDArray[np.float64] | None = None, both_ways: bool = False
) -> dict[str, Any]:
    """Return relationships in order, each once, none from a node to itself."""
    if both_ways:
        source, target = np.minimum(source, target), np.maximum(source, target)
    _, at = np.unique(source * np.int64(2**31) + target, return_index=True)
    at = at[source[at] != target[at]]
    result: dict[str, Any] = {"source": source[at], "target": target[at]}
    return result if weight is None else {**result, "weight": weight[at]}
