"""graphalign rules and graphalign explain."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from click.testing import Result

from graphalign.rules import catalogue

Run = Callable[..., Result]


def test_every_rule_is_in_every_form_of_the_table(run: Run) -> None:
    text, markdown = run("rules").output, run("rules", "--format", "md").output
    held = json.loads(run("rules", "--format", "json").output)
    assert [r["code"] for r in held] == list(catalogue())
    for rule in catalogue().values():
        assert f"  {rule.code}  {rule.name} " in text
        assert f"\n| {rule.code} | {rule.name} |" in markdown
    assert max(map(len, text.splitlines())) <= 80


@pytest.mark.parametrize("code", list(catalogue()))
def test_a_rule_is_explained_with_its_settings(run: Run, code: str) -> None:
    rule = catalogue()[code]
    result = run("explain", code)
    assert result.exit_code == 0
    assert result.output.startswith(f"{code} {rule.name} (")
    for name in rule.options:
        assert f"\n  {name} = " in result.output
    assert " ".join(rule.definition.split())[:40] in " ".join(result.output.split())
    assert "{" not in result.output
    assert max(map(len, result.output.splitlines())) <= 80


def test_a_rule_is_found_by_name_and_explained_by_an_example(run: Run) -> None:
    result = run("explain", "unowned-goal")
    assert result.output.startswith("OWN101 ")
    assert "An example, from a made-up alliance\n  high: Nobody is accountable for " in result.output
