"""graphalign check --baseline."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
DAY = ("--as-of", "2026-06-30")


@pytest.fixture
def earlier(run: Run, alliance: Path, tmp_path: Path) -> Path:
    path = tmp_path / "earlier.json"
    assert run("check", alliance, *DAY, "--format", "json", "-o", path).exit_code == 0
    return path


def test_what_was_known_fails_nothing_and_what_is_new_does(run: Run, alliance: Path, earlier: Path) -> None:
    fails = ("--fail-on", "low")
    assert run("check", alliance, *DAY, *fails).exit_code == 1
    assert run("check", alliance, *DAY, *fails, "--baseline", earlier).exit_code == 0
    nodes = alliance / "nodes.csv"
    nodes.write_text(nodes.read_text("utf-8") + "g9,Goal,A new one,,high\n", "utf-8")
    result = run("check", alliance, *DAY, *fails, "--baseline", earlier)
    assert result.exit_code == 1
    assert "1 new, 0 fixed" in result.output


def test_a_baseline_that_is_none_is_one_line_before_anything_is_read(run: Run, alliance: Path) -> None:
    result = run("check", alliance, *DAY, "--baseline", alliance / "nodes.csv")
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert "is no graphalign report" in result.stderr
    assert result.stdout == ""
