"""graphalign check."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
Shell = Callable[..., "subprocess.CompletedProcess[str]"]

DAY = ("--as-of", "2026-06-30")


def test_the_report_says_what_is_out_of_line(run: Run, alliance: Path) -> None:
    result = run("check", alliance, *DAY)
    assert result.exit_code == 0
    assert "HIGH" in result.output.upper()
    assert "Deepen the quay" in result.output
    assert "\x1b" not in result.output


@pytest.mark.parametrize(("level", "code"), [("never", 0), ("high", 1), ("medium", 1), ("low", 1)])
def test_fail_on_counts_findings_at_or_above_it(shell: Shell, alliance: Path, level: str, code: int) -> None:
    assert shell("check", alliance, *DAY, "--only", "OWN101", "--fail-on", level).returncode == code


def test_fail_on_high_passes_over_what_is_lower(run: Run, alliance: Path) -> None:
    (alliance / "graphalign.toml").write_text('[rules.OWN101]\nseverity = "medium"\n', encoding="utf-8")
    assert run("check", alliance, *DAY, "--only", "OWN101", "--fail-on", "high").exit_code == 0
    assert run("check", alliance, *DAY, "--only", "OWN101", "--fail-on", "medium").exit_code == 1


def test_the_settings_beside_the_input_are_found_and_config_overrides_them(
    run: Run, alliance: Path, tmp_path: Path
) -> None:
    (alliance / "graphalign.toml").write_text("[rules.OWN101]\nenabled = false\n", encoding="utf-8")
    other = tmp_path / "other.toml"
    other.write_text('[rules.OWN101]\nseverity = "low"\n', encoding="utf-8")

    def severities(*more: object) -> list[str]:
        held = json.loads(run("check", alliance, *DAY, "--only", "OWN101", "--format", "json", *more).output)
        return [f["severity"] for f in held["findings"]]

    assert severities() == []
    assert severities("--config", other) == ["low"]


def test_a_wrong_setting_is_said_with_its_place(run: Run, alliance: Path) -> None:
    (alliance / "graphalign.toml").write_text("[rules.OWN107]\nlimits = 3\n", encoding="utf-8")
    result = run("check", alliance)
    assert result.exit_code == 2
    assert result.stderr == "graphalign: graphalign.toml, [rules.OWN107]: unknown key 'limits'; did you mean 'limit'?\n"


def test_only_runs_the_rules_named_by_code_or_name(run: Run, alliance: Path) -> None:
    result = run("check", alliance, *DAY, "--only", "own101, paper-owner", "--only", "DAT903", "--format", "json")
    assert [r["code"] for r in json.loads(result.output)["rules"]] == ["OWN101", "OWN103", "DAT903"]


@pytest.mark.parametrize("form", ["text", "json", "md"])
def test_a_report_in_a_file_is_the_one_on_standard_output(run: Run, alliance: Path, tmp_path: Path, form: str) -> None:
    shown = run("check", alliance, *DAY, "--format", form)
    kept = tmp_path / "report"
    written = run("check", alliance, *DAY, "--format", form, "-o", kept)
    assert written.output == ""
    assert kept.read_text("utf-8") == shown.output


def test_a_report_that_cannot_be_written_leaves_nothing(run: Run, alliance: Path, tmp_path: Path) -> None:
    result = run("check", alliance, *DAY, "-o", tmp_path / "none" / "report.md")
    assert result.exit_code == 2
    assert "there is no such folder" in result.stderr
    assert not (tmp_path / "none").exists()


def test_explain_import_says_what_a_heading_became(run: Run, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("Person,Influence\nAna,high\n", encoding="utf-8")
    without, with_it = (
        run("check", tmp_path / "people.csv", *DAY, *more).output for more in ([], ["--explain-import"])
    )
    assert "Influence" in with_it
    assert "Influence" not in without


def test_all_shows_what_the_limit_hides(run: Run, tmp_path: Path) -> None:
    rows = "".join(f"g{i},Goal,high\n" for i in range(9))
    folder = tmp_path / "many"
    folder.mkdir()
    (folder / "nodes.csv").write_text(f"id,label,priority\n{rows}ana,Stakeholder,\nh,Goal,\n", encoding="utf-8")
    (folder / "relationships.csv").write_text("source,type,target\nana,ACCOUNTABLE_FOR,h\n", encoding="utf-8")
    few, everything = (
        run("check", folder, *DAY, "--only", "OWN101", *more).output for more in (["--limit", "2"], ["--all"])
    )
    said = "Nobody is accountable for 'g"
    assert few.count(said) == 2
    assert everything.count(said) == 9


def test_colour_comes_when_asked_for(run: Run, alliance: Path) -> None:
    assert "\x1b[" in run("check", alliance, *DAY, "--color").output
    assert "\x1b[" not in run("check", alliance, *DAY, "--no-color").output


def test_the_same_input_gives_the_same_bytes(shell: Shell, alliance: Path) -> None:
    one, two = (shell("check", alliance, *DAY, "--format", "json").stdout for _ in range(2))
    assert one == two != ""
