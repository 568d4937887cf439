"""The twins: the rules in Cypher give what the rules in Python give, rows in order, on everything that there is."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import graphalign as ga
from graphalign.graph.build import build
from graphalign.neo4j.check import InDatabase
from graphalign.neo4j.connection import Connection
from graphalign.neo4j.twins import twins
from graphalign.rules import catalogue
from graphalign.settings import Settings
from tests.neo4j.random_graphs import graphs, random_graph
from tests.neo4j.twin_harness import AS_OF, assert_same, rows_here, store, union
from tests.test_cases import _cases, statements

ROOT = Path(__file__).parents[2]
RULES = list(catalogue().values())
MANY = 240
ALLIANCES = {
    "harbour": ("samples/harbour-alliance.yaml", "2026-06-30"),
    "harbour, half a year on": ("samples/harbour-alliance-2026h2.yaml", "2026-12-31"),
    "two startups": ("samples/two-startups.yaml", "2026-06-30"),
    "clean": ("samples/clean.yaml", "2026-06-30"),
    "rust": ("../shared/data/rust-goals-2025h2", "2026-09-01"),
    "cpython": ("../shared/data/cpython-experts", "2026-09-01"),
}


def test_every_rule_has_a_twin() -> None:
    assert list(twins()) == list(catalogue())


@pytest.mark.parametrize("code", catalogue())
def test_a_twin_gives_the_rows_of_its_rule_on_each_of_its_cases(connection: Connection, code: str) -> None:
    fired = 0
    for case in (p.values[0] for p in _cases()):
        if case["code"] != code:
            continue
        settings = Settings().with_rule(code, **case["settings"]) if "settings" in case else Settings()
        graph = build(statements(case["graph"]), settings)
        store(connection, graph)
        try:
            fired += assert_same(connection, graph, [catalogue()[code]], settings, case["as_of"])
        except AssertionError as error:
            raise AssertionError(f"{case['name']}: {error}") from error
    assert fired


@cache
def crowd() -> ga.AlignmentGraph:
    """Return many random alliances side by side: one database and one query a rule, instead of a plan a graph."""
    return union({f"{seed:04}": random_graph(seed) for seed in range(MANY)})


def test_all_rules_fire_on_the_random_graphs() -> None:
    silent = [rule.code for rule in RULES if not rows_here(crowd(), rule)]
    assert not silent


def test_the_twins_give_the_rows_of_their_rules_on_hundreds_of_random_graphs(connection: Connection) -> None:
    store(connection, crowd())
    assert_same(connection, crowd(), RULES, Settings())


def test_the_twins_follow_the_settings_as_their_rules_do(connection: Connection) -> None:
    part = union({f"{seed:04}": random_graph(seed) for seed in range(40)})
    chosen = Settings(
        {"contact": {"window_days": 20}, "levels": {"high": 5.0, "low": 4.0}},
        {rule.code: {name: _other(option) for name, option in rule.options.items()} for rule in RULES if rule.options},
    )
    store(connection, part)
    assert_same(connection, part, RULES, chosen)


def _other(option: ga.model.Option) -> ga.model.Value:
    """Return another value than the default, within bounds."""
    value = option.default
    if isinstance(value, bool):
        return not value
    if isinstance(value, str):
        return next(c for c in option.choices if c != value)
    if isinstance(value, int):
        return value - 1 if option.low is None or value - 1 >= option.low else value + 1
    return value * 0.8 if option.low is None or value * 0.8 >= option.low else value * 1.1


@pytest.mark.parametrize("name", ALLIANCES)
def test_the_twins_give_the_rows_of_their_rules_on_samples_and_real_data(connection: Connection, name: str) -> None:
    path, as_of = ALLIANCES[name]
    graph = ga.read(ROOT / path)
    store(connection, graph)
    assert_same(connection, graph, RULES, Settings(), ga.model.as_day(as_of))


@settings(max_examples=20, suppress_health_check=list(HealthCheck))
@given(drawn=st.lists(graphs(), min_size=1, max_size=6))
def test_the_twins_give_the_rows_of_their_rules_on_what_hypothesis_draws(
    connection: Connection, drawn: list[ga.AlignmentGraph]
) -> None:
    whole = union({f"{n:02}": graph for n, graph in enumerate(drawn)})
    store(connection, whole)
    assert_same(connection, whole, RULES, Settings())


def test_a_graph_that_lacks_what_rules_stand_on_is_judged_alike(connection: Connection) -> None:
    for seed in range(300, 312):
        graph = random_graph(seed)
        store(connection, graph)
        there = InDatabase(connection, AS_OF, Settings())
        assert there.inventory == InDatabase(connection, AS_OF, Settings()).inventory
        assert_same(connection, graph, RULES[seed % 3 :: 3], Settings())


@pytest.mark.parametrize("nodes", ["", "Partner p", "Partner p\nGoal g\nStakeholder s\nKpi k\nResponsibility r"])
def test_a_graph_without_relationships_or_without_anything_is_judged_alike(connection: Connection, nodes: str) -> None:
    graph = build(statements(nodes))
    store(connection, graph)
    assert_same(connection, graph, RULES, Settings())


@pytest.mark.parametrize("shape", ["ladder", "dense"])
def test_walks_end_where_paths_are_more_than_can_be_counted(connection: Connection, shape: str) -> None:
    graph = build(statements(_ladder(24) if shape == "ladder" else _dense(8)))
    store(connection, graph)
    limited = Settings({"neo4j": {"seconds": 30}})
    assert_same(connection, graph, RULES, limited)


def _ladder(layers: int) -> str:
    """Return goals, groups and people in layers of two, each tied to both of the next: 2 ** layers ways up."""
    lines = ["Partner p", "Stakeholder top kind=group", "top MEMBER_OF p", "Kpi k target=10 actual=1 baseline=0"]
    for n in range(layers):
        for side in "ab":
            lines += [
                f"Goal g{n:02}{side}",
                f"Stakeholder t{n:02}{side} kind=group",
                f"Stakeholder s{n:02}{side} power=1",
            ]
            for other in "ab" if n else "":
                below = f"{n - 1:02}{other}"
                lines += [
                    f"g{below} CONTRIBUTES_TO g{n:02}{side}",
                    f"g{below} DEPENDS_ON g{n:02}{side}",
                    f"t{below} MEMBER_OF t{n:02}{side}",
                    f"s{below} REPORTS_TO s{n:02}{side}",
                ]
    last = f"{layers - 1:02}a"
    lines += [f"t{last} MEMBER_OF top", "s00a MEMBER_OF t00a", "s00b MEMBER_OF t00b", f"k MEASURES g{last}"]
    lines += [f"s00a ACCOUNTABLE_FOR g{last}", "s00b ACCOUNTABLE_FOR g00a", "t00a ACCOUNTABLE_FOR g00a"]
    lines += ["p COMMITS_TO g00a", f"p COMMITS_TO g{last}", "g00a CONFLICTS_WITH g00b"]
    return "\n".join(lines)


def _dense(goals: int) -> str:
    """Return goals each of which contributes to and depends on each other one."""
    names = [f"g{n}" for n in range(goals)]
    lines = [f"Goal {g} priority=high" for g in names]
    lines += [f"{a} {kind} {b}" for a in names for b in names for kind in ("CONTRIBUTES_TO", "DEPENDS_ON") if a != b]
    people = ["Partner p", "Partner q", "Stakeholder s power=1", "Stakeholder t", "s MEMBER_OF p", "t MEMBER_OF q"]
    roles = [
        "s ACCOUNTABLE_FOR g0",
        "t RESPONSIBLE_FOR g7",
        "p COMMITS_TO g1",
        "q COMMITS_TO g2",
        "g1 CONFLICTS_WITH g2",
    ]
    return "\n".join([*lines, *people, *roles, "s COMMUNICATES_WITH t date=2026-06-01"])
