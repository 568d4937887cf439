"""graphalign waive."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
DAY = ("--as-of", "2026-06-30")
WHY = ("--reason", "agreed with the board", "--until", "2026-12-31")


def findings(run: Run, alliance: Path) -> list[dict[str, str]]:
    held: list[dict[str, str]] = json.loads(run("check", alliance, *DAY, "--format", "json").output)["findings"]
    return held


def unowned(run: Run, alliance: Path) -> str:
    return next(f["id"] for f in findings(run, alliance) if f["rule"] == "OWN101" and f["severity"] == "high")


def test_a_finding_is_waived_by_the_id_that_the_report_prints(run: Run, alliance: Path) -> None:
    name = unowned(run, alliance)
    (alliance / "graphalign.toml").write_text("# ours\n[contact]\nwindow_days = 80 # less\n", "utf-8")
    assert run("check", alliance, *DAY, "--fail-on", "high", "--only", "OWN101").exit_code == 1
    result = run("waive", name[:8], alliance, *DAY, *WHY, "--by", "Ana")
    assert result.exit_code == 0, result.stderr
    assert "waived until 2026-12-31: OWN101" in result.stderr
    text = (alliance / "graphalign.toml").read_text("utf-8")
    assert text.startswith("# ours\n[contact]\nwindow_days = 80 # less\n\n[[waivers]]\n")
    assert name not in [f["id"] for f in findings(run, alliance)]
    assert run("check", alliance, *DAY, "--fail-on", "high", "--only", "OWN101").exit_code == 0


def test_a_file_is_made_where_there_is_none(run: Run, alliance: Path, tmp_path: Path) -> None:
    name = unowned(run, alliance)
    assert run("waive", name, alliance, *DAY, *WHY).exit_code == 0
    assert (alliance / "graphalign.toml").read_text("utf-8").startswith("[[waivers]]\n")
    (alliance / "graphalign.toml").unlink()
    named = tmp_path / "named.toml"
    named.write_text("", "utf-8")
    assert run("waive", name, alliance, *DAY, *WHY, "--config", named).exit_code == 0
    assert "[[waivers]]" in named.read_text("utf-8")
    assert not (alliance / "graphalign.toml").exists()


def test_an_unknown_id_is_refused_with_the_nearest(run: Run, alliance: Path) -> None:
    name = unowned(run, alliance)
    wrong = name[:-1] + ("0" if name[-1] != "0" else "1")
    result = run("waive", wrong, alliance, *DAY, *WHY)
    assert result.exit_code == 2
    assert f"no finding has the id '{wrong}'; did you mean {name} (" in result.stderr
    assert not (alliance / "graphalign.toml").exists()


def test_the_same_finding_is_not_waived_twice(run: Run, alliance: Path) -> None:
    name = unowned(run, alliance)
    assert run("waive", name, alliance, *DAY, *WHY).exit_code == 0
    before = (alliance / "graphalign.toml").read_bytes()
    result = run("waive", name, alliance, *DAY, *WHY)
    assert result.exit_code == 2
    assert "[[waivers]] 1" in result.stderr
    assert "waived already, until 2026-12-31; change it there" in result.stderr
    assert (alliance / "graphalign.toml").read_bytes() == before


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--reason", " ", "--until", "2026-12-31"), "--reason says nothing"),
        (("--reason", "x", "--until", "soon"), "'soon' is not a day"),
        (("--reason", "x", "--until", "2026-06-29"), "--until 2026-06-29 is before 2026-06-30"),
        (("--reason", "x"), "Missing option '--until'"),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_line(
    run: Run, alliance: Path, given: tuple[str, ...], said: str
) -> None:
    result = run("waive", unowned(run, alliance), alliance, *DAY, *given)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
    assert not (alliance / "graphalign.toml").exists()
