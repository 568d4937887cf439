"""The rules' twins without a server: the rows that the rules in Python find."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import graphalign as ga
from graphalign.explore import Embedded, embedded
from graphalign.explore.library import rule_parameters
from graphalign.findings import with_ids
from graphalign.graph import Facts
from graphalign.neo4j.check import InDatabase, framed
from graphalign.neo4j.twins import twins
from graphalign.settings import Settings

ROOT = Path(__file__).parents[2]
ALLIANCES = {
    "samples/harbour-alliance.yaml": date(2026, 6, 30),
    "../shared/data/rust-goals-2025h2": date(2026, 9, 1),
}
Held = tuple[ga.AlignmentGraph, Embedded, date]


@pytest.fixture(scope="module", params=ALLIANCES)
def held(request: pytest.FixtureRequest) -> Held:
    graph = ga.read(ROOT / request.param)
    return graph, embedded(graph), ALLIANCES[request.param]


@pytest.mark.parametrize("code", twins())
def test_a_rules_query_finds_in_memory_what_the_rule_finds(held: Held, code: str) -> None:
    graph, engine, day = held
    twin = twins()[code]
    if twin.rows.kglite:
        pytest.fail(f"{code} is said not to run: {twin.rows.kglite}")
    settings = Settings()
    found = framed(twin, engine.read(twin.rows.text, rule_parameters(code, engine, day, settings)))
    expected, judged, _ = twin.rule.run(Facts(graph, day, settings), settings.rule(twin.rule))
    expected = with_ids(expected, twin.rule, graph.ids)
    columns = [c for c in twin.rule.cluster or twin.rule.subjects if c in expected.columns]
    assert found.height == expected.height
    if found.height:
        assert sorted(map(str, found.select(columns).rows())) == sorted(map(str, expected.select(columns).rows()))
    counted = engine.read(twin.judged.text, InDatabase(engine, day, settings).parameters(twin.judged, twin.rule))
    assert counted[0]["persons" if twin.judged is twin.covered else "judged"] == judged
