"""graphalign config: the settings in force, as text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

Run = Callable[..., Result]

SAID = '[contact]\nwindow_days = 60\n[words.status]\n"on hold" = "dropped"\n'


def test_it_lists_what_the_file_says(run: Run, alliance: Path) -> None:
    (alliance / "graphalign.toml").write_text(SAID, "utf-8")
    result = run("config", alliance)
    assert result.exit_code == 0
    assert "window_days = 60" in result.output
    assert "# graphalign.toml (default 90)" in result.output
    assert '"on hold" = "dropped"' in result.output
    assert "coverage" not in result.output


def test_show_lists_all(run: Run, alliance: Path) -> None:
    (alliance / "graphalign.toml").write_text(SAID, "utf-8")
    result = run("config", "--show", alliance)
    assert "[rules.OWN107]" in result.output
    (line,) = [line for line in result.output.splitlines() if "coverage = 0.3" in line]
    assert line.endswith("# default")


def test_json_says_where_each_came_from(run: Run, alliance: Path, tmp_path: Path) -> None:
    path = tmp_path / "other.toml"
    path.write_text(SAID, "utf-8")
    document = json.loads(run("config", "--show", alliance, "--config", path, "--format", "json").output)
    held = {(s["section"], s["key"]): s for s in document["settings"]}
    assert document["file"] == str(path)
    assert held["contact", "window_days"] == {
        "section": "contact",
        "key": "window_days",
        "value": 60,
        "default": 90,
        "from": "other.toml, [contact] window_days",
    }
    assert held["contact", "coverage"]["from"] == "default"


def test_without_a_file_it_says_so(run: Run, alliance: Path) -> None:
    assert run("config", alliance).output == ("No settings file: everything is at its default. --show lists it.\n")


def test_a_wrong_file_and_a_missing_input_are_one_line(run: Run, alliance: Path, tmp_path: Path) -> None:
    (alliance / "graphalign.toml").write_text("[contact]\nwindow = 3\n", "utf-8")
    wrong = run("config", alliance)
    assert wrong.exit_code == 2
    assert wrong.stderr.endswith("unknown key 'window'; did you mean 'window_days'?\n")
    assert run("config", tmp_path / "none").exit_code == 2
