"""graphalign stats."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

Run = Callable[..., Result]


def test_an_input_is_counted(run: Run, alliance: Path) -> None:
    held = json.loads(run("stats", alliance, "--as-of", "2026-06-30", "--format", "json").output)
    assert held["labels"] == {"Goal": 2, "Partner": 2, "Stakeholder": 2}
    assert held["types"] == {"MEMBER_OF": 2, "ACCOUNTABLE_FOR": 1, "RESPONSIBLE_FOR": 1}
    assert held["known"]["nodes"]["Stakeholder"]["power"] == 2
    assert held["known"]["nodes"]["Stakeholder"]["interest"] == 0
    assert held["density"] == round(4 / 30, 8)
    assert held["contact"]["with_contact"] == 0


def test_what_rules_cannot_stand_on_is_said_as_in_the_report(run: Run, alliance: Path) -> None:
    said = run("stats", alliance).output
    assert "no contact between people is recorded" in said
    assert "nobody is accountable for anything" not in said


def test_refused_rows_are_said(run: Run, alliance: Path) -> None:
    with (alliance / "relationships.csv").open("a", encoding="utf-8") as file:
        file.write("ana,ACCOUNTABLE_FOR,nothing-there\n")
    assert "1 of 11 rows refused" in run("stats", alliance).output
