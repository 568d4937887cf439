"""check in the database: the report that files give, whatever its form, and nothing written on the way."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import graphalign as ga
from graphalign.baseline import compare, read_report
from graphalign.cli import main
from graphalign.errors import StoreError
from graphalign.neo4j import check as engine
from graphalign.neo4j.check import check
from graphalign.neo4j.connection import Connection
from graphalign.neo4j.push import push
from graphalign.neo4j.twins import Twin, twin_of
from graphalign.reports import render
from graphalign.settings import Settings
from graphalign.waivers import Waiver
from tests.neo4j.conftest import Reached
from tests.neo4j.test_twins import ALLIANCES
from tests.neo4j.twin_harness import store

ROOT = Path(__file__).parents[2]
HARBOUR = ROOT / "samples" / "harbour-alliance.yaml"
STARTUPS = ROOT / "samples" / "two-startups.yaml"
AS_OF = "2026-06-30"
SAME = ("notes", "rules", "findings", "waived", "baseline")


def document(report: ga.Report) -> dict[str, Any]:
    return dict(json.loads("".join(render(report, "json"))))


def parts(report: ga.Report) -> list[str]:
    """Return the parts of a report as JSON that must not depend on where it was made, byte for byte."""
    text = "".join(render(report, "json"))
    return [text[text.index('"rules": [') : text.index('"waived": [')], text[text.index('"waived": [') :]]


@pytest.mark.parametrize("name", ALLIANCES)
def test_the_report_is_that_of_the_files_byte_for_byte(connection: Connection, name: str) -> None:
    path, as_of = ALLIANCES[name]
    graph = ga.read(ROOT / path)
    store(connection, graph)
    assert parts(check(connection, as_of=as_of)) == parts(ga.check(graph, as_of=as_of))


@pytest.fixture
def pushed(database: Connection) -> ga.AlignmentGraph:
    """Give the sample that a database holds, pushed as a user does."""
    graph = ga.read(STARTUPS)
    push(database, graph)
    return graph


@pytest.mark.parametrize("form", ["terminal", "md", "sarif", "junit", "csv"])
def test_a_report_in_any_form_differs_from_that_of_the_files_in_what_was_read_alone(
    database: Connection, pushed: ga.AlignmentGraph, form: str
) -> None:
    there, here = check(database, as_of=AS_OF), ga.check(pushed, as_of=AS_OF)
    lines = "".join(render(there, form)).splitlines()
    expected = [line for line in "".join(render(here, form)).splitlines() if " read = " not in line]
    assert lines == expected


def test_settings_waivers_and_a_baseline_work_as_with_files(
    database: Connection, pushed: ga.AlignmentGraph, tmp_path: Path
) -> None:
    first = ga.check(pushed, as_of=AS_OF)
    known = first.findings[0]
    waiver = Waiver(known.rule, {k: (str(v),) for k, v in known.subjects.items()}, "known", date(2027, 1, 1), "ana")
    settings = replace(Settings().with_rule("OWN107", limit=1).with_rule("DAT903", enabled=False), waivers=(waiver,))
    earlier = tmp_path / "earlier.json"
    earlier.write_text("".join(render(first, "json")), encoding="utf-8")
    there, here = (
        compare(report, read_report(earlier))
        for report in (
            check(database, as_of="2026-07-20", settings=settings),
            ga.check(pushed, as_of="2026-07-20", settings=settings),
        )
    )
    assert {part: document(there)[part] for part in SAME} == {part: document(here)[part] for part in SAME}
    assert there.waived
    assert {r.rule.code: r.verdict for r in there.results}["DAT903"] == "disabled"


def test_only_the_rules_asked_for_are_run(database: Connection, pushed: ga.AlignmentGraph) -> None:
    assert pushed.nodes.height
    report = check(database, as_of=AS_OF, only=["unowned-goal", "DAT903"])
    assert [r.rule.code for r in report.results] == ["OWN101", "DAT903"]


def test_a_check_writes_nothing(database: Connection, pushed: ga.AlignmentGraph) -> None:
    assert pushed.nodes.height
    before = last_transaction(database)
    document(check(database, as_of=AS_OF))
    assert last_transaction(database) == before


def last_transaction(connection: Connection) -> object:
    return connection.read("SHOW DATABASES YIELD name, lastCommittedTxn, home WHERE home RETURN lastCommittedTxn")[0]


def changed(monkeypatch: pytest.MonkeyPatch, code: str, text: str) -> None:
    """Let a rule's statement be another that returns `goal` alone, as if its file were."""
    twin = twin_of(code)
    assert twin is not None
    other = replace(twin, rows=replace(twin.rows, text=text, columns=("goal",), params=()))

    def found(asked: str) -> Twin | None:
        return other if asked == code else twin_of(asked)

    monkeypatch.setattr(engine, "twin_of", found)


def test_a_statement_that_would_write_is_denied_by_the_server(
    database: Connection, pushed: ga.AlignmentGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert pushed.nodes.height
    changed(monkeypatch, "OWN101", "CREATE (g:Goal {id: 'new'}) RETURN g.id AS goal")
    with pytest.raises(StoreError, match="only reading is allowed here"):
        check(database, as_of=AS_OF, only=["OWN101"])
    assert database.read("MATCH (g:Goal {id: 'new'}) RETURN count(g) AS made") == [{"made": 0}]


def test_a_rule_that_meets_the_time_limit_cannot_judge_and_the_others_are_intact(
    database: Connection, pushed: ga.AlignmentGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    endless = "UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b WITH sum(a * b) AS goal RETURN goal"
    changed(monkeypatch, "OWN101", endless)
    settings = Settings({"neo4j": {"seconds": 2}})
    there = check(database, as_of=AS_OF, settings=settings, only=["OWN101", "OWN102", "DAT903"])
    here = ga.check(pushed, as_of=AS_OF, settings=settings, only=["OWN101", "OWN102", "DAT903"])
    stopped = there.results[0]
    assert (stopped.verdict, stopped.found) == ("cannot judge", 0)
    assert stopped.missing.startswith("it took longer than 2 seconds in the database: give it more time")
    assert there.results[1:] == here.results[1:]
    assert there.of_rule("OWN102") == here.of_rule("OWN102")
    assert "it took longer than 2 seconds" in "".join(render(there, "terminal")).replace("\n   ", "")


def test_half_an_alliance_is_not_judged(database: Connection, pushed: ga.AlignmentGraph) -> None:
    assert pushed.nodes.height
    database.write("MATCH (m:Graphalign) SET m.state = 'loading'")
    with pytest.raises(StoreError, match="half an alliance"):
        check(database, as_of=AS_OF)


def run(server: Reached, *arguments: str) -> Result:
    env = {"NEO4J_URI": None, "NEO4J_USERNAME": server.user, "NEO4J_PASSWORD": server.password}
    return CliRunner().invoke(main, ["check", "--as-of", AS_OF, *arguments], env=env)


@pytest.mark.parametrize("form", ["text", "json", "md", "sarif", "junit", "csv", "xlsx"])
def test_the_command_writes_every_form(
    database: Connection, pushed: ga.AlignmentGraph, server: Reached, tmp_path: Path, form: str
) -> None:
    out = tmp_path / "report"
    result = run(server, "--neo4j", server.uri, "--format", form, "-o", str(out))
    assert (result.exit_code, result.output) == (0, "")
    if form != "xlsx":
        report = check(database, as_of=AS_OF)
        text = "".join(render(report, "terminal" if form == "text" else form))
        assert out.read_text("utf-8") == text
    assert out.stat().st_size > pushed.nodes.height


def test_fail_on_and_settings_are_heeded(pushed: ga.AlignmentGraph, server: Reached, tmp_path: Path) -> None:
    assert pushed.nodes.height
    assert run(server, "--neo4j", server.uri, "--fail-on", "high").exit_code == 1
    settings = tmp_path / "graphalign.toml"
    settings.write_text("[rules.OWN101]\nenabled = false\n", encoding="utf-8")
    result = run(server, "--neo4j", server.uri, "--config", str(settings), "--only", "OWN101", "--format", "json")
    assert json.loads(result.output)["rules"][0]["verdict"] == "disabled"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "nothing says what to check; give INPUT, or --neo4j URI for a database"),
        (("--neo4j", "bolt://h:1", "--pseudonymise"), "a check in a database knows people by name"),
        (("--neo4j", "bolt://h:1", "--annotate", "x.xlsx"), "only a workbook can be annotated, and a database is none"),
        (("--neo4j", "bolt://h:1", str(STARTUPS)), "both INPUT and --neo4j say what to check; give one of them"),
    ],
)
def test_what_does_not_go_together_is_one_sentence(arguments: tuple[str, ...], says: str) -> None:
    env = {"NEO4J_URI": None, "NEO4J_USERNAME": None, "NEO4J_PASSWORD": "x"}
    result = CliRunner().invoke(main, ["check", *arguments], env=env)
    assert result.exit_code == 2
    assert says in result.stderr
    assert result.stderr.count("\n") == 1
