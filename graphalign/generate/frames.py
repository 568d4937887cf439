"""The made-up nodes and relationships as frames: names, properties, order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from graphalign.generate.draw import TODAY, Ints, drawn
from graphalign.generate.words import (
    CHANNELS,
    FIRST,
    LAST,
    PARTNERS,
    PLACE_NAMES,
    PLACES,
    THINGS,
    TITLES,
    UNITS,
    VERBS,
)
from graphalign.graph.alignment_graph import POLARS
from graphalign.vocabulary import LABELS, TYPES


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


def twins(n: int) -> NDArray[np.bool_]:
    """Return which of n tasks repeat the one before."""
    result: NDArray[np.bool_] = np.arange(n) % 100 == 99
    return result


def edge_frame(edges: Mapping[str, Mapping[str, Any]]) -> pl.DataFrame:
    """Return the relationships as an AlignmentGraph holds them."""
    parts = []
    for name in sorted(TYPES):
        part = edges[name]
        n = len(part["source"])
        nothing = pl.Series([None], dtype=pl.String)
        columns = {
            "type": pl.repeat(name, n, eager=True),
            "source": pl.Series(part["source"], dtype=pl.UInt32),
            "target": pl.Series(part["target"], dtype=pl.UInt32),
            "weight": pl.Series(part["weight"]).fill_nan(None)
            if "weight" in part
            else pl.repeat(None, n, dtype=pl.Float64, eager=True),
            "date": pl.Series(part["date"], dtype=pl.Int32).replace(0, None).cast(pl.Date)
            if "date" in part
            else pl.repeat(None, n, dtype=pl.Date, eager=True),
            "channel": pl.Series(CHANNELS).gather(part["channel"])
            if "channel" in part
            else nothing.new_from_index(0, n),
        }
        parts.append(pl.DataFrame(columns))
    frame = pl.concat(parts)
    return frame.with_columns(pl.col("type").cast(pl.Categorical), *_nowhere())


def node_frame(rng: np.random.Generator, shape: Shape, level: Ints, groups: int) -> pl.DataFrame:
    """Return the nodes as an AlignmentGraph holds them."""
    width = len(str(max(shape)))
    parts = [
        _labelled("Goal", "g", width, _names(rng, shape.goals, VERBS, THINGS, PLACES), _goal_columns(rng, level)),
        _labelled(
            "Kpi",
            "k",
            width,
            _names(rng, shape.kpis, ["Share", "Number", "Cost", "Time", "Rate"], ["of"], THINGS, PLACES),
            _kpi_columns(rng, shape.kpis),
        ),
        _labelled("Partner", "p", width, _names(rng, shape.partners, PLACE_NAMES, PARTNERS), {}),
        _labelled(
            "Responsibility",
            "r",
            width,
            _task_names(rng, shape.responsibilities),
            {"status": _words(rng, shape.responsibilities, ["done", "proposed"], [4, 2], 94)},
        ),
        _labelled(
            "Stakeholder",
            "s",
            width,
            _people_names(rng, shape.stakeholders, groups),
            _stakeholder_columns(rng, shape.stakeholders, groups),
        ),
    ]
    frame = pl.concat(parts, how="diagonal")
    order = list(dict.fromkeys(p for held in LABELS.values() for p in held))
    frame = frame.select("id", "label", "name", *(c for c in order if c in frame.columns))
    return frame.with_columns(pl.col("label").cast(pl.Categorical), *_nowhere())


def _labelled(label: str, prefix: str, width: int, names: pl.Series, columns: Mapping[str, pl.Series]) -> pl.DataFrame:
    numbers = pl.int_range(1, len(names) + 1, eager=True).cast(pl.String).str.zfill(width)
    typed = {name: column.cast(POLARS[LABELS[label][name].kind]) for name, column in columns.items()}
    return pl.DataFrame(
        {"id": prefix + numbers, "label": pl.repeat(label, len(names), eager=True), "name": names, **typed}
    )


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
    return names.shift(1).zip_with(pl.Series(twins(n)), names)


def _people_names(rng: np.random.Generator, n: int, groups: int) -> pl.Series:
    persons = _names(rng, n - groups, FIRST, LAST)
    # One in five hundred was entered twice.
    twice = pl.Series(np.arange(n - groups) % 500 == 499)
    return pl.concat(
        [
            _names(rng, groups, PLACE_NAMES, PLACES, ["board", "forum", "group"]),
            persons.shift(7).zip_with(twice, persons),
        ]
    )


def _words(rng: np.random.Generator, n: int, words: Sequence[str], weights: Sequence[float], unset: float) -> pl.Series:
    """Return n words by weight, null by the weight `unset`."""
    at = drawn(rng, np.arange(len(words) + 1), [*weights, unset], n)
    return pl.Series([*words, None], dtype=pl.String).gather(at)


def _unset(rng: np.random.Generator, values: NDArray[Any], share: float) -> pl.Series:
    return pl.Series(values.astype(np.float64)).zip_with(
        pl.Series(rng.random(len(values)) >= share), pl.repeat(None, len(values), dtype=pl.Float64, eager=True)
    )


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
        "cadence_days": _unset(rng, drawn(rng, [30, 92], [1, 2], n), 0.4),
        "direction": pl.Series(["up", "down"]).gather(direction),
        "dimension": _words(
            rng,
            n,
            ["efficiency", "quality", "productivity", "customer_satisfaction", "turnaround_time", "profitability"],
            [1] * 6,
            2,
        ),
    }


def _stakeholder_columns(rng: np.random.Generator, n: int, groups: int) -> dict[str, pl.Series]:
    is_group = pl.Series(np.arange(n) < groups)
    none = pl.repeat(None, n, dtype=pl.String, eager=True)

    def of_persons(values: pl.Series) -> pl.Series:
        return pl.repeat(None, n, dtype=values.dtype, eager=True).zip_with(is_group, values)

    power = 1 + rng.binomial(9, rng.beta(1.5, 2.2, n))
    stances = ["unaware", "resistant", "neutral", "supportive", "leading"]
    engagement = _words(rng, n, stances, [5, 8, 28, 30, 9], 20)
    # Most are where they are wanted.
    wanted = _words(rng, n, ["neutral", "supportive", "leading"], [20, 40, 8], 32)
    desired = engagement.zip_with(pl.Series(rng.random(n) < 0.75), wanted)
    return {
        "kind": pl.repeat("group", n, eager=True).zip_with(is_group, none),
        "title": of_persons(_words(rng, n, TITLES, [1] * len(TITLES), 2)),
        "status": of_persons(_words(rng, n, ["left", "active"], [3, 7], 90)),
        "power": of_persons(_unset(rng, power, 0.1)),
        "interest": of_persons(_unset(rng, 1 + rng.binomial(9, rng.beta(2.2, 1.8, n)), 0.12)),
        "engagement": of_persons(engagement),
        "desired_engagement": of_persons(desired),
        "cadence_days": of_persons(_unset(rng, drawn(rng, [14, 30, 92], [1, 2, 1], n), 0.9)),
        "capacity": of_persons(_unset(rng, rng.integers(2, 9, n), 0.97)),
    }
