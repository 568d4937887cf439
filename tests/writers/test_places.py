"""Where files go: whole or not at all, nothing of others touched."""

from __future__ import annotations

from pathlib import Path

import pytest

import graphalign as ga


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "goals.csv").write_text("Goal\nmine\n", encoding="utf-8")
    with pytest.raises(ga.OutputError, match=r"holds other files \(goals.csv\); name an empty or a new folder"):
        ga.write_graph(ga.generate(20), tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["goals.csv"]


def test_the_settings_in_a_folder_stay_when_its_tables_are_replaced(tmp_path: Path) -> None:
    (tmp_path / "graphalign.toml").write_text("", encoding="utf-8")
    for seed in (1, 2):
        ga.write_graph(ga.generate(20, seed), tmp_path)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["graphalign.toml", "nodes.csv", "relationships.csv"]
    assert ga.read(tmp_path).equals(ga.generate(20, 2))


@pytest.mark.parametrize("name", ["none/out.yaml", "none/out.xlsx", "none/out.zip", "none/out"])
def test_a_folder_that_is_not_there_is_said(tmp_path: Path, name: str) -> None:
    with pytest.raises(ga.OutputError):
        ga.write_graph(ga.generate(20), tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    with pytest.raises(ga.OutputError, match="is a file; name a folder"):
        ga.write_graph(ga.generate(20), tmp_path / "out", "csv")
    assert (tmp_path / "out").read_text("utf-8") == "mine"


def test_an_unknown_form_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(ga.UsageError, match="there is no form 'word'; use csv, zip, workbook"):
        ga.write_graph(ga.generate(20), tmp_path / "out", "word")
