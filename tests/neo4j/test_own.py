"""A user's own rules: run on the server and in memory, told as ours are, refused where their file does not fit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import graphalign as ga
from graphalign.cli import main
from graphalign.errors import InputError
from graphalign.neo4j.connection import Connection
from graphalign.neo4j.own import read_own_rules
from graphalign.neo4j.push import push
from tests.neo4j.conftest import Reached

STARTUPS = Path(__file__).parents[2] / "samples" / "two-startups.yaml"
LONELY = """\
// code: XYZ101
// name: goal-of-no-partner
// severity: medium
// subjects: goal
// message: No partner commits to {goal}, which is of {priority} priority.
// remedy: Ask who wants {goal}.
// Active goals that no partner commits to.
MATCH (g:Goal)
WHERE NOT EXISTS { (:Partner)-[:COMMITS_TO]->(g) }
RETURN g.id AS goal, coalesce(g.priority, 'no') AS priority
ORDER BY goal
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "rules"
    made.mkdir()
    (made / "XYZ101.cypher").write_text(LONELY, encoding="utf-8")
    return made


def run(*arguments: str, **env: str | None) -> Result:
    unset = dict.fromkeys(("NEO4J_URI", "NEO4J_USERNAME", "NEO4J_PASSWORD"))
    return CliRunner().invoke(main, ["check", "--as-of", "2026-06-30", *arguments], env={**unset, **env})


def report(*arguments: str, **env: str | None) -> dict[str, Any]:
    result = run("--format", "json", *arguments, **env)
    assert result.exit_code == 0, result.output
    return dict(json.loads(result.output))


def test_own_rules_are_reported_beside_ours_with_a_file_as_with_a_server(
    database: Connection, server: Reached, folder: Path
) -> None:
    push(database, ga.read(STARTUPS))
    known = {"NEO4J_USERNAME": server.user, "NEO4J_PASSWORD": server.password}
    there = report("--neo4j", server.uri, "--rules-dir", str(folder), "--only", "OWN101", **known)
    here = report(str(STARTUPS), "--rules-dir", str(folder), "--only", "OWN101")
    assert [there[part] for part in ("rules", "findings")] == [here[part] for part in ("rules", "findings")]
    found = [f for f in here["findings"] if f["rule"] == "XYZ101"]
    assert found
    assert [r["code"] for r in here["rules"]] == ["OWN101", "XYZ101"]
    assert all(f["evidence"][0]["file"] == STARTUPS.name for f in found)
    assert found[0]["message"].startswith("No partner commits to '")


@pytest.mark.parametrize("form", ["text", "md", "sarif", "junit", "csv", "xlsx"])
def test_every_form_tells_of_own_rules(folder: Path, tmp_path: Path, form: str) -> None:
    out = tmp_path / "report"
    result = run(str(STARTUPS), "--rules-dir", str(folder), "--format", form, "-o", str(out))
    assert (result.exit_code, result.output) == (0, "")
    assert form == "xlsx" or "XYZ101" in out.read_text("utf-8")


@pytest.mark.parametrize("engine", ["server", "memory"])
def test_an_own_rule_that_is_wrong_or_writes_cannot_judge_and_the_others_are_intact(
    database: Connection, server: Reached, folder: Path, engine: str
) -> None:
    push(database, ga.read(STARTUPS))
    wrong = LONELY.replace("XYZ101", "XYZ102").replace("MATCH (g:Goal)", "MATHC (g:Goal)")
    (folder / "XYZ102.cypher").write_text(wrong, encoding="utf-8")
    writes = LONELY.replace("XYZ101", "XYZ103").replace("MATCH (g:Goal)", "MATCH (g:Goal) SET g.name = 'mine' WITH g")
    (folder / "XYZ103.cypher").write_text(writes, encoding="utf-8")
    nodes = LONELY.replace("XYZ101", "XYZ104").replace("g.id AS goal", "g.due AS goal")
    (folder / "XYZ104.cypher").write_text(nodes, encoding="utf-8")
    known = {"NEO4J_USERNAME": server.user, "NEO4J_PASSWORD": server.password}
    asked = ("--neo4j", server.uri) if engine == "server" else (str(STARTUPS),)
    found = report(*asked, "--rules-dir", str(folder), "--only", "OWN101", **(known if engine == "server" else {}))
    verdicts = {r["code"]: (r["verdict"], r["missing"]) for r in found["rules"]}
    assert verdicts["XYZ101"] == ("found", "")
    assert {verdicts[code][0] for code in ("XYZ102", "XYZ103", "XYZ104")} == {"cannot judge"}
    assert "only reading is allowed" in verdicts["XYZ103"][1]
    assert "the column 'goal' holds what is no id" in verdicts["XYZ104"][1]
    assert database.read("MATCH (g:Goal {name: 'mine'}) RETURN count(g) AS n") == [{"n": 0}]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("// code: XYZ101", "// code: OWN101", "line 1: the file of OWN101 is to be named OWN101.cypher"),
        ("// code: XYZ101", "// code: mine", "line 1: 'mine' is no code"),
        ("// severity: medium", "// severity: dire", "line 3: 'dire' is no severity"),
        ("// subjects: goal", "// subjects: aim", "line 4: the RETURN gives no column 'aim'"),
        ("// subjects: goal", "// subjects: ", "line 4: there is none"),
        ("{priority} priority", "{weight} priority", "line 5: the RETURN gives no column 'weight'"),
        ("{priority} priority", "{priority.__class__} priority", "line 5: {priority.__class__} is no column"),
        ("{priority} priority", "{priority priority", "line 5: the braces do not pair"),
        ("// remedy: ", "// cure: ", "line 6: unknown header key 'cure'"),
        ("(:Partner)-", "(:Partner {id: $who})-", "the statement reads $who"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_with_its_line(folder: Path, old: str, new: str, says: str) -> None:
    assert old in LONELY
    (folder / "XYZ101.cypher").write_text(LONELY.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_own_rules(folder)
    assert str(error.value).startswith(f"{folder / 'XYZ101.cypher'}, line ")
    assert says in str(error.value)


def test_a_folder_without_rules_or_none_at_all_is_one_sentence(tmp_path: Path) -> None:
    for path, says in ((tmp_path, "holds no rule"), (tmp_path / "none", "cannot be read")):
        result = run(str(STARTUPS), "--rules-dir", str(path))
        assert result.exit_code == 2
        assert says in result.stderr
