"""graphalign query and queries: names, files and Cypher; table, JSON and CSV; what goes wrong is one line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from graphalign.cli import main

SAMPLES = Path(__file__).parents[2] / "samples"
HARBOUR = str(SAMPLES / "harbour-alliance.xlsx")
AS_OF = ("--as-of", "2026-06-30")
Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.delenv("NEO4J_URI", raising=False)
    return lambda *words: CliRunner().invoke(main, words)


def test_a_question_of_the_library_is_answered_from_a_workbook(run: Run) -> None:
    result = run("query", "overdue-goals", HARBOUR, *AS_OF, "--format", "json")
    assert result.exit_code == 0
    assert [(row["goal"], row["days"]) for row in json.loads(result.stdout)] == [
        ("short-dwell", 91),
        ("berth-standard", 30),
    ]


def test_a_rule_is_asked_by_its_code(run: Run) -> None:
    result = run("query", "OWN104", HARBOUR, *AS_OF, "--format", "json")
    report = run("check", HARBOUR, *AS_OF, "--only", "OWN104", "--format", "json")
    found = [f["subjects"]["goal"] for f in json.loads(report.stdout)["findings"]]
    assert found
    assert [row["goal"] for row in json.loads(result.stdout)] == found


def test_cypher_itself_is_answered_as_a_table(run: Run) -> None:
    result = run("query", "MATCH (p:Partner) RETURN p.name AS partner ORDER BY partner LIMIT 2", HARBOUR)
    assert [line.strip() for line in result.stdout.splitlines()][-3:] == [
        "City of Hollesund",
        "Customs District West",
        "2 rows",
    ]


def test_a_file_of_ones_own_takes_parameters(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mine.cypher"
    path.write_text("MATCH (s:Stakeholder) WHERE s.power >= $power RETURN s.id AS id ORDER BY id", encoding="utf-8")
    result = run("query", str(path), HARBOUR, "-p", "power=9", "--format", "csv")
    assert result.exit_code == 0
    assert "helena-vasquez" in result.stdout.splitlines()


def test_a_cell_of_the_csv_is_no_formula(run: Run) -> None:
    result = run("query", "RETURN '=cmd()' AS cell", HARBOUR, "--format", "csv")
    assert result.stdout.splitlines() == ["cell", "'=cmd()"]


def test_a_walk_that_may_be_cut_short_is_said(run: Run) -> None:
    result = run("query", "MATCH (g:Goal)-[:CONTRIBUTES_TO*1..]->(h) RETURN count(h) AS n", HARBOUR)
    assert "10 hops" in result.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("brokerz", HARBOUR), "did you mean brokers?"),
        (("brokers",), "nothing says what to ask; give INPUT, or --neo4j URI"),
        (("brokers", HARBOUR, "--neo4j", "bolt://x"), "both INPUT and --neo4j say what to ask"),
        (("brokers", HARBOUR, "-p", "day=3"), "its parameters are: days, as_of"),
        (("MATCH (n) SET n.x = 1", HARBOUR), "the query writes, and only reading is allowed here"),
        (("MATCH (n RETURN n", HARBOUR), "the query cannot be run without a server"),
        (("brokers", "no-such.xlsx"), "there is no such file or folder"),
    ],
)
def test_what_goes_wrong_is_one_line(run: Run, words: tuple[str, ...], said: str) -> None:
    result = run("query", *words)
    assert result.exit_code == 2
    assert said in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_the_questions_are_listed_and_printed(run: Run) -> None:
    listed = run("queries").stdout
    assert "brokers" in listed
    assert max(map(len, listed.splitlines())) <= 80
    assert run("queries", "brokers").stdout.startswith("// title: Brokers between partners")
    assert "RETURN path" in run("queries", "around-a-goal", "--paths").stdout
    assert "unowned-goal" in run("queries", "--rules").stdout
    assert len(json.loads(run("queries", "--format", "json").stdout)) >= 25


def test_a_question_without_a_picture_names_those_that_have_one(run: Run) -> None:
    result = run("queries", "brokers", "--paths")
    assert result.exit_code == 2
    assert "around-a-goal" in result.stderr
