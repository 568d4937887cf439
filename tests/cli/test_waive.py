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


def notes(path: Path, *items: dict[str, object]) -> Path:
    path.write_text(json.dumps({"schema": "urn:graphalign:discussed:1", "items": items}), "utf-8")
    return path


def test_what_was_ticked_in_the_view_is_waived_with_its_note_as_the_reason(
    run: Run, alliance: Path, tmp_path: Path
) -> None:
    with (alliance / "nodes.csv").open("a", encoding="utf-8") as nodes:
        nodes.write("g3,Goal,Quiet nights,,critical\n")
    name = unowned(run, alliance)
    other = next(f["id"] for f in findings(run, alliance) if f["id"] != name)
    file = notes(
        tmp_path / "discussed.json",
        {"id": name, "rule": "OWN101", "discussed": True, "note": "Ana takes it in May", "on": "2026-06-30"},
        {"id": other, "rule": "", "discussed": False, "note": "ask again", "on": ""},
        {"id": "0" * 12, "rule": "OWN101", "discussed": True, "note": "long mended", "on": ""},
    )
    result = run("waive", "--from", file, alliance, *DAY, "--until", "2026-12-31", "--by", "board")
    assert result.exit_code == 0, result.stderr
    assert f"{other}: passed over, as it is not ticked" in result.stderr
    assert f"{'0' * 12}: passed over, as it is found no more" in result.stderr
    assert 'reason = "Ana takes it in May"' in (alliance / "graphalign.toml").read_text("utf-8")
    left = [f["id"] for f in findings(run, alliance)]
    assert name not in left
    assert other in left
    again = run("waive", "--from", file, alliance, *DAY, "--until", "2026-12-31")
    assert f"{name}: waived already, until 2026-12-31" in again.stderr


def test_a_tick_without_a_note_needs_a_reason(run: Run, alliance: Path, tmp_path: Path) -> None:
    name = unowned(run, alliance)
    file = notes(tmp_path / "discussed.json", {"id": name, "discussed": True})
    result = run("waive", "--from", file, alliance, *DAY, "--until", "2026-12-31")
    assert result.exit_code == 2
    assert f"{name} has no note to be the reason; give --reason" in result.stderr
    assert not (alliance / "graphalign.toml").exists()
    assert run("waive", "--from", file, alliance, *DAY, *WHY).exit_code == 0
    assert 'reason = "agreed with the board"' in (alliance / "graphalign.toml").read_text("utf-8")


@pytest.mark.parametrize(
    "text",
    [
        "no JSON",
        "[]",
        '{"schema": "urn:graphalign:report:1", "items": []}',
        '{"schema": "urn:graphalign:discussed:1", "items": [{"id": "../etc"}]}',
        '{"schema": "urn:graphalign:discussed:1", "items": [7]}',
        '{"schema": "urn:graphalign:discussed:1", "items": [{"id": "aba1a58003a6", "note": 7}]}',
    ],
)
def test_a_file_that_holds_no_ticks_is_refused_in_one_line(run: Run, alliance: Path, tmp_path: Path, text: str) -> None:
    file = tmp_path / "other.json"
    file.write_text(text, "utf-8")
    result = run("waive", "--from", file, alliance, *DAY, *WHY)
    assert result.exit_code == 2
    assert len(result.stderr.strip().splitlines()) == 1
    assert "export it from the view again" in result.stderr


def test_a_finding_and_notes_at_once_are_refused(run: Run, alliance: Path, tmp_path: Path) -> None:
    file = notes(tmp_path / "discussed.json")
    assert run("waive", "aba1a58003a6", alliance, "--from", file, *DAY, *WHY).exit_code == 2
    assert run("waive", alliance, *DAY, *WHY).exit_code == 2
