"""A made-up alliance of any size, the same for the same seed: for trials, examples and benchmarks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import polars as pl

from graphalign.errors import UsageError
from graphalign.graph import AlignmentGraph
from graphalign.graph.alignment_graph import POLARS
from graphalign.vocabulary import LABELS, TYPES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

FEWEST = 10
MOST_PARTNERS = 200
EDGES_PER_NODE = 5
AS_OF = date(2026, 6, 30)
TODAY = (AS_OF - date(1970, 1, 1)).days
TALK_DAYS = 300
GROUP_SHARE = 0.03
# Goals by depth beneath an outcome of the alliance.
LEVELS = (1, 4, 8, 10, 7)

FIRST = ("Ada Amir Ana Arne Bea Bo Carla Chen Dina Eli Emil Eva Farid Femi Gus Hana Hugo Ida Ines Ivo Jana Jonas Juno Kai Kofi Lena Lian Luca"
         " Maja Marek Mina Nils Noor Olga Omar Otto Pia Priya Ravi Rosa Runa Samir Siri Tariq Tess Timo Uma Vera Wim Yara Yusuf Zoe").split()  # fmt: skip
LAST = ("Abebe Adler Alves Bakker Berg Braun Costa Cruz Dahl Diaz Duarte Eriksen Fischer Fox Garcia Grant Haddad Hansen Holm Ito Jansen Kaya"
        " Keller Khan Kim Klein Koch Kovac Lund Malik Mertens Meyer Moreau Nakata Novak Okoro Olsen Park Petrov Quinn Rahman Rossi Ruiz Sato"
        " Silva Stein Tanaka Thorn Vargas Weber Wolf Zhou").split()  # fmt: skip
VERBS = "Build Cut Deepen Double Electrify Extend Finish Halve Open Prepare Renew Replace Secure Shorten Simplify Speed-up Test Widen".split()
THINGS = ("berths bridges buffers cables cranes customs-checks depots emissions ferries freight gates grids housing intake lanes"
          " licences locks night-trains noise permits pilots quays rail-slots records routes sensors sidings storage tariffs terminals"
          " training transfers tunnels waiting-times warehouses").split()  # fmt: skip
PLACES = "harbour-north harbour-south old-town river-mouth east-bank west-bank ring-road airport market-hall valley island border lagoon campus".split()
PARTNERS = "Port Line City Rail Customs Energy Water Transit Housing Health Freight Market Bridge Coast".split()
PLACE_NAMES = "Aster Birch Cedar Delta Ember Fjord Grove Heron Iris Juniper Kestrel Linden Maple North Orchid Pine".split()
TITLES = "Director Manager Officer Planner Engineer Analyst Adviser Coordinator".split()
CHANNELS = "meeting call mail workshop chat".split()
UNITS = "% days EUR hours tonnes".split()


class Shape(NamedTuple):
    """How many nodes of each label; in the order of their ids, so that row numbers are offsets."""

    goals: int
    kpis: int
    partners: int
    responsibilities: int
    stakeholders: int

    @property
    def starts(self) -> tuple[int, ...]:
        """The row of the first node of each."""
        return tuple(int(n) for n in np.cumsum((0, *self[:-1])))


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
        raise UsageError(f"cannot make {nodes} nodes from seed {seed}", way_out="ask for 10 nodes or more, and a seed of 0 or more")
    rng = np.random.default_rng(seed)
    partners = int(np.clip(np.sqrt(nodes) / 2, 2, MOST_PARTNERS))
    goals, responsibilities, kpis = int(nodes * 0.2), int(nodes * 0.15), int(nodes * 0.05)
    shape = Shape(goals, kpis, partners, responsibilities, nodes - goals - responsibilities - kpis - partners)
    sized = 1 / np.sqrt(np.arange(1, partners + 1))
    homes = _drawn(rng, np.arange(partners), sized, shape.stakeholders)
    groups = max(1, int(shape.stakeholders * GROUP_SHARE))
    level, parent, goal_home = _trees(rng, shape)
    edges = _belonging(rng, shape, homes, groups)
    people = _people(shape, homes, groups)
    edges |= _goals(rng, shape, level, parent)
    edges |= _work(rng, shape, people, goal_home, groups)
    edges |= _commitments(rng, shape, level, goal_home)
    left = EDGES_PER_NODE * nodes - sum(len(part["source"]) for part in edges.values())
    edges["COMMUNICATES_WITH"] = _talk(rng, nodes, people, left)
    return AlignmentGraph(_node_frame(rng, shape, level, homes, groups), _edge_frame(edges))


# --- who belongs where, what serves what ----------------------------------------------------------------------


def _drawn(rng: np.random.Generator, choices: Sequence[Any] | NDArray[Any], weights: Sequence[float] | NDArray[Any], n: int) -> NDArray[Any]:
    """Draw n of the choices by weight."""
    upto = np.cumsum(np.asarray(weights, dtype=np.float64))
    return np.asarray(choices)[np.searchsorted(upto, rng.random(n) * upto[-1], side="right").clip(max=len(choices) - 1)]


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
    of = np.concatenate([
        homes[at_home] + first,
        rng.integers(0, shape.partners, len(dual)) + first,
        rng.integers(0, groups, len(seated)) + here,
        homes[backed] + first,
    ])
    parts = np.arange(1, shape.partners)
    parts = parts[rng.random(len(parts)) < 0.1]
    whole = (rng.random(len(parts)) * parts).astype(np.int64)
    people = _people(shape, homes, groups)
    # Reports to somebody earlier in the same house: a tree, never a circle.
    position = np.arange(len(people.rows)) - np.repeat(people.begins, people.sizes)
    boss = people.rows[np.repeat(people.begins, people.sizes) + (rng.random(len(position)) * position / 3).astype(np.int64)]
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
    target = np.concatenate([parent[lower], (rng.random(len(again)) * again).astype(np.int64), rng.integers(0, n, len(harmful)), back])
    weight = _drawn(rng, [np.nan, 25.0, 50.0, 75.0, 100.0], [12, 2, 3, 2, 1], len(source))
    at = len(lower) + len(again)
    weight[at : at + len(harmful)] = _drawn(rng, [-10.0, -25.0, -50.0, -75.0], [2, 3, 2, 1], len(harmful))
    later = np.flatnonzero(rng.random(n) < 0.45)
    near = np.maximum(later - 1 - rng.geometric(0.02, len(later)), 0)
    reversed_ = rng.random(len(later)) < 0.01
    served = rng.integers(0, n, n // 80), rng.integers(0, n, n // 80)
    tasks = np.arange(shape.responsibilities)
    serving = tasks[rng.random(len(tasks)) < 0.97]
    leaves = np.flatnonzero(level > 0) if (level > 0).any() else np.arange(n)
    goal_of = leaves[(rng.random(len(tasks)) * len(leaves)).astype(np.int64)]
    # One task in a hundred is the one before it, done again for the same goal.
    twin = np.flatnonzero(_twins(len(tasks)))
    goal_of[twin] = goal_of[twin - 1]
    kpis = np.arange(shape.kpis)
    return {
        "CONTRIBUTES_TO": _edges(source, target, weight=weight),
        "DEPENDS_ON": _edges(np.where(reversed_, near, later), np.where(reversed_, later, near)),
        "CONFLICTS_WITH": _edges(*served, both_ways=True),
        "SERVES": _edges(serving + shape.starts[3], goal_of[serving]),
        "MEASURES": _edges(kpis + shape.starts[1], rng.integers(0, n, len(kpis))),
    }


def _twins(n: int) -> NDArray[np.bool_]:
    return np.arange(n) % 100 == 99


def _work(rng: np.random.Generator, shape: Shape, people: People, home: Ints, groups: int) -> dict[str, dict[str, Any]]:
    goals, tasks = np.arange(shape.goals), np.arange(shape.responsibilities) + shape.starts[3]
    task_home = rng.integers(0, shape.partners, len(tasks))

    def some(share: float, of: Ints) -> Ints:
        return of[rng.random(len(of)) < share]

    owned, second = some(0.92, goals), some(0.04, goals)
    owner = _of(rng, people, home[owned], 1.5)
    kind = rng.random(len(owned))
    owner = np.where(kind < 0.03, home[owned] + shape.starts[2], owner)
    owner = np.where(kind > 0.97, rng.integers(0, groups, len(owned)) + shape.starts[4], owner)
    answerable = some(0.4, tasks)
    done, worked, helped = some(0.6, goals), some(0.94, tasks), some(0.2, tasks)

    def worker(on: Ints) -> Ints:
        return _of(rng, people, task_home[on - shape.starts[3]])

    consulted, informed = rng.integers(0, shape.goals, int(shape.goals * 0.6)), rng.integers(0, shape.goals, int(shape.goals * 0.8))
    anybody = rng.integers(0, shape.partners, len(informed))
    sponsored = some(0.08, goals)
    return {
        "ACCOUNTABLE_FOR": _edges(
            np.concatenate([owner, _of(rng, people, rng.integers(0, shape.partners, len(second))), worker(answerable)]),
            np.concatenate([owned, second, answerable]),
        ),
        "RESPONSIBLE_FOR": _edges(
            np.concatenate([_of(rng, people, home[done]), worker(worked), worker(helped)]), np.concatenate([done, worked, helped])
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
    asked = int(n * 1.1) + FEWEST
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
    at = at[source[at] != target[at]]
    # Those left over go at random, not from the end of the order.
    kept = np.sort(rng.permutation(at.size)[:n])
    at = at[kept]
    return {"source": source[at], "target": target[at], "date": day[at], "channel": channel[at]}


def _edges(source: Ints, target: Ints, *, weight: NDArray[np.float64] | None = None, both_ways: bool = False) -> dict[str, Any]:
    """Return relationships in order, each once, none from a node to itself."""
    if both_ways:
        source, target = np.minimum(source, target), np.maximum(source, target)
    _, at = np.unique(source * np.int64(2**31) + target, return_index=True)
    at = at[source[at] != target[at]]
    result: dict[str, Any] = {"source": source[at], "target": target[at]}
    return result if weight is None else {**result, "weight": weight[at]}


# --- frames ---------------------------------------------------------------------------------------------------


def _edge_frame(edges: Mapping[str, Mapping[str, Any]]) -> pl.DataFrame:
    parts = []
    for name in sorted(TYPES):
        part = edges[name]
        n = len(part["source"])
        nothing = pl.Series([None], dtype=pl.String)
        columns = {
            "type": pl.repeat(name, n, eager=True),
            "source": pl.Series(part["source"], dtype=pl.UInt32),
            "target": pl.Series(part["target"], dtype=pl.UInt32),
            "weight": pl.Series(part["weight"]).fill_nan(None) if "weight" in part else pl.repeat(None, n, dtype=pl.Float64, eager=True),
            "date": pl.Series(part["date"], dtype=pl.Int32).replace(0, None).cast(pl.Date) if "date" in part else pl.repeat(None, n, dtype=pl.Date, eager=True),
            "channel": pl.Series(CHANNELS).gather(part["channel"]) if "channel" in part else nothing.new_from_index(0, n),
        }
        parts.append(pl.DataFrame(columns))
    frame = pl.concat(parts)
    return frame.with_columns(pl.col("type").cast(pl.Categorical), *_nowhere())


def _node_frame(rng: np.random.Generator, shape: Shape, level: Ints, homes: Ints, groups: int) -> pl.DataFrame:  # noqa: ARG001
    width = len(str(max(shape)))
    parts = [
        _labelled("Goal", "g", width, _names(rng, shape.goals, VERBS, THINGS, PLACES), _goal_columns(rng, level)),
        _labelled("Kpi", "k", width, _names(rng, shape.kpis, ["Share", "Number", "Cost", "Time", "Rate"], ["of"], THINGS, PLACES), _kpi_columns(rng, shape.kpis)),
        _labelled("Partner", "p", width, _names(rng, shape.partners, PLACE_NAMES, PARTNERS), {}),
        _labelled("Responsibility", "r", width, _task_names(rng, shape.responsibilities), {"status": _words(rng, shape.responsibilities, ["done", "proposed"], [4, 2], 94)}),
        _labelled("Stakeholder", "s", width, _people_names(rng, shape.stakeholders, groups), _stakeholder_columns(rng, shape.stakeholders, groups)),
    ]
    frame = pl.concat(parts, how="diagonal")
    order = list(dict.fromkeys(p for held in LABELS.values() for p in held))
    frame = frame.select("id", "label", "name", *(c for c in order if c in frame.columns))
    return frame.with_columns(pl.col("label").cast(pl.Categorical), *_nowhere())


def _labelled(label: str, prefix: str, width: int, names: pl.Series, columns: Mapping[str, pl.Series]) -> pl.DataFrame:
    numbers = pl.int_range(1, len(names) + 1, eager=True).cast(pl.String).str.zfill(width)
    typed = {name: column.cast(POLARS[LABELS[label][name].kind]) for name, column in columns.items()}
    return pl.DataFrame({"id": prefix + numbers, "label": pl.repeat(label, len(names), eager=True), "name": names, **typed})


def _nowhere() -> list[pl.Expr]:
    texts = [pl.lit(None, dtype=pl.String).alias(c) for c in ("_file", "_sheet", "_key")]
    return [texts[0], texts[1], pl.lit(None, dtype=pl.UInt32).alias("_row"), texts[2]]


def _names(rng: np.random.Generator, n: int, *words: Sequence[str]) -> pl.Series:
    """Return n different names of these words in turn; a number follows once all combinations are used."""
    combinations = int(np.prod([len(w) for w in words]))
    serial = np.arange(n)
    at = rng.permutation(combinations)[serial % combinations]
    name = pl.Series("name", [""] * min(n, 1)).new_from_index(0, n) if n else pl.Series("name", [], dtype=pl.String)
    for place, choice in enumerate(words):
        part = pl.Series(list(choice)).gather(at % len(choice))
        at //= len(choice)
        name = part if place == 0 else name + " " + part
    rounds = serial // combinations
    numbered = name + " " + pl.Series(rounds + 1).cast(pl.String)
    return numbered.zip_with(pl.Series(rounds > 0), name).alias("name")


def _task_names(rng: np.random.Generator, n: int) -> pl.Series:
    names = _names(rng, n, ["Plan", "Draft", "Check", "Run", "Report", "Buy", "Train"], ["the"], THINGS, PLACES)
    return names.shift(1).zip_with(pl.Series(_twins(n)), names)


def _people_names(rng: np.random.Generator, n: int, groups: int) -> pl.Series:
    persons = _names(rng, n - groups, FIRST, LAST)
    # One in five hundred was entered twice.
    twice = pl.Series(np.arange(n - groups) % 500 == 499)
    return pl.concat([_names(rng, groups, PLACE_NAMES, PLACES, ["board", "forum", "group"]), persons.shift(7).zip_with(twice, persons)])


def _words(rng: np.random.Generator, n: int, words: Sequence[str], weights: Sequence[float], unset: float) -> pl.Series:
    """Return n words by weight, null by the weight `unset`."""
    at = _drawn(rng, np.arange(len(words) + 1), [*weights, unset], n)
    return pl.Series([*words, None], dtype=pl.String).gather(at)


def _unset(rng: np.random.Generator, values: NDArray[Any], share: float) -> pl.Series:
    return pl.Series(values.astype(np.float64)).zip_with(pl.Series(rng.random(len(values)) >= share), pl.repeat(None, len(values), dtype=pl.Float64, eager=True))


def _goal_columns(rng: np.random.Generator, level: Ints) -> dict[str, pl.Series]:
    n = len(level)
    start = TODAY - rng.integers(0, 540, n)
    due = start + rng.integers(120, 1100, n)
    shared = (level == 0) & (rng.random(n) < 0.7)
    yes, no = pl.repeat(value=True, n=n, eager=True), pl.repeat(None, n, dtype=pl.Boolean, eager=True)
    return {
        "status": _words(rng, n, ["active", "done", "proposed", "dropped"], [10, 8, 7, 3], 72),
        "priority": _words(rng, n, ["low", "medium", "high", "critical"], [20, 35, 20, 5], 20),
        "shared": yes.zip_with(pl.Series(shared), no),
        "co_owned": yes.zip_with(pl.Series(rng.random(n) < 0.02), no),
        "start": _unset(rng, start, 0.1).cast(pl.Int32).cast(pl.Date),
        "due": _unset(rng, due, 0.1).cast(pl.Int32).cast(pl.Date),
    }


def _kpi_columns(rng: np.random.Generator, n: int) -> dict[str, pl.Series]:
    baseline = rng.integers(10, 200, n)
    target = np.round(baseline * rng.uniform(0.6, 1.8, n), 1)
    actual = np.round(baseline + (target - baseline) * rng.normal(0.6, 0.3, n), 1)
    direction = np.where(target >= baseline, 0, 1)
    return {
        "unit": _words(rng, n, UNITS, [1] * len(UNITS), 1),
        "baseline": _unset(rng, baseline, 0.1),
        "target": pl.Series(target),
        "actual": _unset(rng, actual, 0.1),
        "measured_on": _unset(rng, TODAY - rng.integers(0, 140, n), 0.1).cast(pl.Int32).cast(pl.Date),
        "cadence_days": _unset(rng, _drawn(rng, [30, 92], [1, 2], n), 0.4),
        "direction": pl.Series(["up", "down"]).gather(direction),
        "dimension": _words(rng, n, ["efficiency", "quality", "productivity", "customer_satisfaction", "turnaround_time", "profitability"], [1] * 6, 2),
    }


def _stakeholder_columns(rng: np.random.Generator, n: int, groups: int) -> dict[str, pl.Series]:
    is_group = pl.Series(np.arange(n) < groups)
    none = pl.repeat(None, n, dtype=pl.String, eager=True)

    def of_persons(values: pl.Series) -> pl.Series:
        return pl.repeat(None, n, dtype=values.dtype, eager=True).zip_with(is_group, values)

    power = 1 + rng.binomial(9, rng.beta(1.5, 2.2, n))
    stances, weights = ["unaware", "resistant", "neutral", "supportive", "leading"], [6, 10, 30, 26, 8]
    return {
        "kind": pl.repeat("group", n, eager=True).zip_with(is_group, none),
        "title": of_persons(_words(rng, n, TITLES, [1] * len(TITLES), 2)),
        "status": of_persons(_words(rng, n, ["left", "active"], [3, 7], 90)),
        "power": of_persons(_unset(rng, power, 0.1)),
        "interest": of_persons(_unset(rng, 1 + rng.binomial(9, rng.beta(2.2, 1.8, n)), 0.12)),
        "engagement": of_persons(_words(rng, n, stances, weights, 20)),
        "desired_engagement": of_persons(_words(rng, n, ["neutral", "supportive", "leading"], [20, 40, 8], 32)),
        "cadence_days": of_persons(_unset(rng, _drawn(rng, [14, 30, 92], [1, 2, 1], n), 0.9)),
        "capacity": of_persons(_unset(rng, rng.integers(2, 9, n), 0.97)),
    }
