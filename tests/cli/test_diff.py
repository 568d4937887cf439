"""graphalign diff."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
DAY = ("--as-of", "2026-06-30")


@pytest.fixture
def later(alliance: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "later"
    shutil.copytree(alliance, folder)
    nodes = folder / "nodes.csv"
    nodes.write_text(nodes.read_text("utf-8") + "g9,Goal,A new one,,high\n", "utf-8")
    return folder


def test_two_inputs_are_compared(run: Run, alliance: Path, later: Path) -> None:
    result = run("diff", alliance, later, *DAY)
    assert result.exit_code == 0, result.stderr
    assert "In short: 1 finding new, 0 fixed" in " ".join(result.output.split())
    assert "- added: Goal A new one" in result.output


def test_two_reports_are_compared_and_a_report_with_an_input(
    run: Run, alliance: Path, later: Path, tmp_path: Path
) -> None:
    for name, folder in (("old", alliance), ("new", later)):
        assert run("check", folder, *DAY, "--format", "json", "-o", tmp_path / f"{name}.json").exit_code == 0
    both = json.loads(run("diff", tmp_path / "old.json", tmp_path / "new.json", "--format", "json").output)
    mixed = json.loads(run("diff", tmp_path / "old.json", later, *DAY, "--format", "json").output)
    assert [k["rule"] for k in both["new"]] == ["OWN101"]
    assert both == mixed
    assert both["changes"] is None


def test_what_cannot_be_read_is_one_line(run: Run, alliance: Path, tmp_path: Path) -> None:
    result = run("diff", alliance, tmp_path / "none", *DAY)
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
