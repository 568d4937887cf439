"""check: rules one after the other and several at once."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

import graphalign as ga
from graphalign.errors import UsageError

SAMPLES = Path(__file__).parents[1] / "samples"
AS_OF = "2026-06-30"


def test_rules_that_run_at_once_find_what_they_find_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = ga.read(SAMPLES / "harbour-alliance.xlsx")
    alone = ga.check(graph, as_of=AS_OF)
    monkeypatch.setattr(importlib.import_module("graphalign.check"), "MANY_NODES", 0)
    said: list[str] = []
    together = ga.check(graph, as_of=AS_OF, progress=said.append)
    assert together.to_frame().equals(alone.to_frame())
    assert together.results == alone.results
    assert sorted(said) == sorted(f"{r.rule.code} {r.rule.name}" for r in alone.results)


def test_what_goes_wrong_in_a_rule_is_not_lost_among_those_that_run_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.import_module("graphalign.check"), "MANY_NODES", 0)

    def stopped(what: str) -> None:
        if what.startswith("OWN105"):
            raise UsageError("stop", way_out="go on")

    with pytest.raises(UsageError, match="stop"):
        ga.check(ga.from_networkx(ga.example()), as_of=AS_OF, progress=stopped)
