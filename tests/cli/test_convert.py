"""graphalign convert, init and sample: files out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

import graphalign as ga

Run = Callable[..., Result]


@pytest.mark.parametrize("out", ["out", "out.zip", "out.xlsx", "out.yaml", "out.json", "out.parquet"])
def test_the_graph_stays_the_same(run: Run, alliance: Path, tmp_path: Path, out: str) -> None:
    result = run("convert", alliance, tmp_path / out)
    assert result.exit_code == 0, result.output
    assert ga.read(tmp_path / out).equals(ga.read(alliance))


def test_what_was_refused_is_said(run: Run, alliance: Path, tmp_path: Path) -> None:
    with (alliance / "relationships.csv").open("a", encoding="utf-8") as file:
        file.write("ana,ACCOUNTABLE_FOR,nothing-there\n")
    assert "; 1 refused while reading" in run("convert", alliance, tmp_path / "out.yaml").stderr


def test_an_input_is_never_written_over(run: Run, alliance: Path) -> None:
    before = (alliance / "nodes.csv").read_bytes()
    result = run("convert", alliance, alliance)
    assert result.exit_code == 2
    assert "IN and OUT are the same" in result.stderr
    assert (alliance / "nodes.csv").read_bytes() == before


def test_an_unknown_ending_is_refused_with_those_known(run: Run, alliance: Path, tmp_path: Path) -> None:
    result = run("convert", alliance, tmp_path / "out.docx")
    assert result.exit_code == 2
    assert ".xlsx" in result.stderr
    assert not (tmp_path / "out.docx").exists()


def test_the_workbook_to_fill_in_reads_back_clean(run: Run, tmp_path: Path) -> None:
    book = tmp_path / "alliance.xlsx"
    assert run("init", book).exit_code == 0
    graph = ga.read(book)
    assert graph.data.refusals == ()
    assert [note.text for note in graph.data.notes] == []
    assert graph.nodes.height == 10
    assert graph.edges.height == 17
    assert run("check", book, "--as-of", "2026-06-30").exit_code == 0


def test_init_replaces_a_file_only_when_told_to(run: Run, tmp_path: Path) -> None:
    book = tmp_path / "alliance.xlsx"
    book.write_bytes(b"mine")
    refused = run("init", book)
    assert refused.exit_code == 2
    assert "--force" in refused.stderr
    assert book.read_bytes() == b"mine"
    assert run("init", book, "--force").exit_code == 0
    assert ga.read(book).nodes.height == 10


def test_a_sample_is_the_same_for_the_same_seed(run: Run, tmp_path: Path) -> None:
    for name, seed in (("a", 5), ("b", 5), ("c", 6)):
        assert run("sample", tmp_path / name, "--nodes", 200, "--seed", seed).exit_code == 0
    a, b, c = ((tmp_path / name / "relationships.csv").read_bytes() for name in "abc")
    assert a == b != c
    graph = ga.read(tmp_path / "a")
    assert (graph.nodes.height, graph.edges.height) == (200, 1000)
    assert graph.data.refusals == ()
