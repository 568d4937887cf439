"""CON203, OUT502 and OUT504 against their definitions, read plainly on small random alliances."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta
from functools import cache
from typing import Any

import polars as pl
import pytest

from graphalign.check import check
from graphalign.graph.build import build
from graphalign.settings import Settings
from graphalign.tables import Statements

AS_OF = date(2026, 6, 30)
SEEDS = range(40)
Row = dict[str, Any]
STATUS = ("active", "active", "active", "proposed", "done", "dropped")


def some(rng: random.Random, share: float, **values: Any) -> Row:
    return {name: value for name, value in values.items() if rng.random() < share}


def made(seed: int) -> tuple[dict[str, Row], list[Row]]:
    rng = random.Random(seed)
    goals, kpis = [f"g{i:02}" for i in range(rng.randint(4, 14))], [f"k{i}" for i in range(6)]
    nodes: dict[str, Row] = {}
    for goal in goals:
        start, due = (AS_OF + timedelta(days=rng.randint(-200, 200)) for _ in range(2))
        nodes[goal] = (
            {"label": "Goal"} | some(rng, 0.6, status=rng.choice(STATUS)) | some(rng, 0.7, start=start, due=due)
        )
    for kpi in kpis:
        read = AS_OF - timedelta(days=rng.randint(0, 130))
        nodes[kpi] = (
            {"label": "Kpi"}
            | some(rng, 0.9, actual=float(rng.randint(0, 120)), target=rng.choice([0.0, 50.0, 100.0]))
            | some(rng, 0.6, baseline=rng.choice([0.0, 20.0, 50.0, 100.0]), measured_on=read)
            | some(rng, 0.6, direction=rng.choice(["up", "down", "keep"]), tolerance=rng.choice([0.0, 5.0, 20.0]))
            | some(rng, 0.2, cadence_days=rng.choice([30.0, 120.0]))
        )
    edges: dict[tuple[str, str, str], Row] = {}
    for kind, most in (("CONTRIBUTES_TO", 14), ("DEPENDS_ON", 8), ("CONFLICTS_WITH", 6)):
        for _ in range(rng.randint(0, most)):
            a, b = rng.choice(goals), rng.choice(goals)
            a, b = sorted((a, b)) if kind == "CONFLICTS_WITH" else (a, b)
            weight = some(rng, 0.4, weight=rng.choice([-50.0, 0.0, 20.0])) if kind == "CONTRIBUTES_TO" else {}
            edges[kind, a, b] = {"type": kind, "source": a, "target": b} | weight
    for kpi in kpis:
        for goal in rng.sample(goals, rng.choice([0, 1, 1, 2])):
            edges["MEASURES", kpi, goal] = {"type": "MEASURES", "source": kpi, "target": goal}
    return nodes, list(edges.values())


class Plain:
    """An alliance as dictionaries, with the design's words as plain functions."""

    def __init__(self, seed: int) -> None:
        self.nodes, self.edges = made(seed)

    def get(self, node: str, name: str) -> Any:
        return self.nodes[node].get(name)

    def is_open(self, goal: str, *status: str) -> bool:
        return self.nodes[goal].get("status", "active") in ("active", *status)

    def steps(self, start: str, way: str) -> dict[str, int]:
        """Return how many steps each goal is from `start`: up, or down by contribution and dependency."""
        found, queue = {start: 0}, [start]
        for here in queue:
            for edge in self.edges:
                gives = edge["type"] == "CONTRIBUTES_TO" and edge.get("weight", 100) > 0
                onward = {
                    "up": edge["target"] if gives and edge["source"] == here else None,
                    "down": edge["source"]
                    if gives and edge["target"] == here
                    else edge["target"]
                    if edge["type"] == "DEPENDS_ON" and edge["source"] == here
                    else None,
                }[way]
                if onward is not None and onward not in found:
                    found[onward] = found[here] + 1
                    queue.append(onward)
        return found

    def torn(self) -> set[tuple[str, ...]]:
        result: set[tuple[str, ...]] = set()
        for edge in self.edges:
            a, b = edge["source"], edge["target"]
            if edge["type"] != "CONFLICTS_WITH" or a == b or not all(self.is_open(g, "proposed") for g in (a, b)):
                continue
            ups = [{g: n for g, n in self.steps(x, "up").items() if g != x} for x in (a, b)]
            common = sorted((ups[0][g] + ups[1][g], g) for g in ups[0] if g in ups[1])
            common = [(n, g) for n, g in common if g not in (a, b) and self.is_open(g, "proposed")]
            if common:
                result.add((a, b, common[0][1]))
        return result

    def time(self, goal: str) -> tuple[date, date] | None:
        start, due = self.get(goal, "start"), self.get(goal, "due")
        return (start, due) if start and due and due > start else None

    def stale(self, kpi: str) -> bool:
        read = self.get(kpi, "measured_on")
        old = read is not None and (AS_OF - read).days > self.nodes[kpi].get("cadence_days", 92)
        return self.get(kpi, "actual") is None or old

    def ratio(self, kpi: str, goal: str) -> float | None:
        """Return attainment over the time passed, None where it is not judged."""
        actual, target, baseline = (self.get(kpi, n) for n in ("actual", "target", "baseline"))
        attained: float = (actual - baseline) / (target - baseline)
        time = self.time(goal)
        if time is None:
            return round(attained, 6)
        read = self.get(kpi, "measured_on") or AS_OF
        passed = 1.0 if time[1] < AS_OF else min(1.0, (read - time[0]).days / (time[1] - time[0]).days)
        return round(attained / passed, 6) if passed >= 0.1 else None

    def off(self, kpi: str, goal: str) -> str | None:
        """Return the severity of a KPI that is judged against its tolerance."""
        actual, target, direction = (self.get(kpi, n) for n in ("actual", "target", "direction"))
        tolerance = self.nodes[kpi].get("tolerance", abs(target) / 100)
        if direction == "keep" or self.get(kpi, "baseline") == target:
            off = {"up": target - actual, "down": actual - target}.get(direction, abs(actual - target))
            return "high" if off > 3 * tolerance + 1e-7 else "medium" if off > tolerance + 1e-7 else None
        start, due = self.get(goal, "start"), self.get(goal, "due")
        off = actual - target if direction == "down" else target - actual
        past = due is not None and due < AS_OF and not (start is not None and due <= start)
        return "medium" if past and off > tolerance + 1e-7 else None

    def judged(self) -> tuple[set[tuple[str, ...]], set[str]]:
        """Return what OUT502 finds, and the goals with a KPI below 0.7."""
        found: set[tuple[str, ...]] = set()
        behind: set[str] = set()
        for edge in self.edges:
            kpi, goal = edge["source"], edge["target"]
            if (
                edge["type"] != "MEASURES"
                or not self.is_open(goal)
                or self.stale(kpi)
                or self.get(kpi, "target") is None
            ):
                continue
            baseline = self.get(kpi, "baseline")
            if self.get(kpi, "direction") == "keep" or baseline in (None, self.get(kpi, "target")):
                severity = self.off(kpi, goal)
            else:
                ratio = self.ratio(kpi, goal)
                levels = ("high", "medium") if self.time(goal) else ("medium", "low")
                severity = None if ratio is None or ratio >= 0.9 else levels[ratio >= 0.7]
                behind |= {goal} if ratio is not None and ratio < 0.7 else set()
            if severity:
                found.add((kpi, goal, severity))
        return found, behind

    def at_risk(self) -> set[tuple[str, ...]]:
        behind = self.judged()[1]
        result: set[tuple[str, ...]] = set()
        for goal in (g for g in self.nodes if self.nodes[g]["label"] == "Goal" and self.is_open(g)):
            near = sorted((n, g) for g, n in self.steps(goal, "down").items() if g in behind and g != goal and n <= 4)
            result |= {(goal, near[0][1])} if near else set()
        return result

    def found(self) -> dict[str, set[tuple[str, ...]]]:
        def frame(rows: list[Row], *first: str) -> pl.DataFrame:
            columns = [*first, *sorted({c for r in rows for c in r} - set(first))]
            held = [{c: None if r.get(c) is None else str(r[c]) for c in columns} for r in rows]
            places = {"_file": pl.String, "_sheet": pl.String, "_row": pl.UInt32, "_key": pl.String}
            return pl.DataFrame(held, schema={**dict.fromkeys(columns, pl.String), **places}, orient="row")

        nodes = [{"id": i, **n} for i, n in self.nodes.items()]
        said = Statements(frame(nodes, "id", "label", "name"), frame(self.edges, "source", "target", "type"))
        report = check(build(said, Settings()), as_of=AS_OF, only=["CON203", "OUT502", "OUT504"])
        result: dict[str, set[tuple[str, ...]]] = {"CON203": set(), "OUT502": set(), "OUT504": set()}
        for finding in report.findings:
            severity = (finding.severity,) if finding.rule == "OUT502" else ()
            result[finding.rule].add((*(str(s) for s in finding.subjects.values()), *severity))
        return result


@cache
def both(seed: int) -> tuple[dict[str, set[tuple[str, ...]]], dict[str, set[tuple[str, ...]]]]:
    plain = Plain(seed)
    return plain.found(), {"CON203": plain.torn(), "OUT502": plain.judged()[0], "OUT504": plain.at_risk()}


@pytest.mark.parametrize("seed", SEEDS)
def test_the_rules_find_what_their_definitions_say(seed: int) -> None:
    found, expected = both(seed)
    assert found == expected


def test_every_one_of_them_finds_something_among_these_alliances() -> None:
    counts = Counter({code: sum(len(both(seed)[1][code]) for seed in SEEDS) for code in ("CON203", "OUT502", "OUT504")})
    assert min(counts.values()) >= 5
    assert {s for seed in SEEDS for *_, s in both(seed)[1]["OUT502"]} == {"high", "medium", "low"}
