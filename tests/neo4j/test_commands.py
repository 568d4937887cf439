"""graphalign push, pull and export, as they are typed."""

from __future__ import annotations

import os
import subprocess
import sys
import termios
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import graphalign as ga
from graphalign.cli import main
from graphalign.neo4j.connection import Connection
from graphalign.neo4j.marker import read_marker
from tests.neo4j.conftest import Reached
from tests.neo4j.test_cut_off import half_load

SAMPLE = Path(__file__).parents[2] / "samples/harbour-alliance.xlsx"
WRONG: dict[str, str | None] = {"NEO4J_PASSWORD": "wr0ng-secret"}
Run = Callable[..., Result]


@pytest.fixture
def run(server: Reached) -> Run:
    """Run a command with the database in the environment."""
    known = {"NEO4J_URI": server.uri, "NEO4J_USERNAME": server.user, "NEO4J_PASSWORD": server.password}

    def ran(*args: object, **changed: str | None) -> Result:
        return CliRunner(env={**known, **changed}).invoke(main, [str(a) for a in args])

    return ran


def test_what_is_pushed_is_pulled_into_any_form(database: Connection, run: Run, tmp_path: Path) -> None:
    pushed = run("push", SAMPLE)
    assert pushed.exit_code == 0
    assert f"{database.where}: 142 nodes, 725 relationships in " in pushed.stderr
    assert " rows/s)" in pushed.stderr
    for name in ("out", "out.xlsx", "out.yaml"):
        pulled = run("pull", tmp_path / name)
        assert (pulled.exit_code, pulled.stderr) == (0, f"{tmp_path / name}: 142 nodes, 725 relationships\n")
        assert ga.read(tmp_path / name).equals(ga.read(SAMPLE))


def test_replace_leaves_nothing_else(database: Connection, run: Run, alliance_file: Path) -> None:
    assert run("push", SAMPLE).exit_code == 0
    assert run("push", alliance_file, "--replace").exit_code == 0
    assert database.read("MATCH (n:Entity) RETURN count(n) AS n") == [{"n": 2}]


@pytest.fixture
def alliance_file(tmp_path: Path) -> Path:
    """A goal and its owner."""
    file = tmp_path / "alliance.csv"
    file.write_text("Goal,Owner\nShore power,Ana Lima\n", encoding="utf-8")
    return file


def test_pseudonyms_go_into_the_database_and_no_name(database: Connection, run: Run, alliance_file: Path) -> None:
    assert run("push", alliance_file, "--pseudonymise").exit_code == 0
    assert "Lima" not in repr(database.read("MATCH (n) RETURN n {.*} AS n"))


def test_a_half_loaded_database_is_refused_by_whoever_reads_it(database: Connection, run: Run, tmp_path: Path) -> None:
    half_load(database)
    for command in (("pull", tmp_path / "out"), ("check", "--neo4j", os.environ.get("NEO4J_URI", database.where))):
        result = run(*command)
        assert result.exit_code == 2
        assert "the database holds half an alliance" in result.stderr
        assert result.stderr.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_a_wrong_password_is_one_line_and_not_in_it_even_with_debug(run: Run, tmp_path: Path) -> None:
    result = run("pull", tmp_path / "out", **WRONG)
    assert result.exit_code == 2
    assert "graphalign: " in result.stderr
    assert "the user or the password is wrong" in result.stderr
    assert result.stderr.count("\n") == 1
    debug = run("--debug", "pull", tmp_path / "out", **WRONG)
    assert "wr0ng-secret" not in debug.output + repr(debug.exception)


def test_the_password_may_be_in_a_file(database: Connection, run: Run, server: Reached, alliance_file: Path) -> None:
    held = alliance_file.with_name("secret")
    held.write_text(server.password + "\n", encoding="utf-8")
    options = ("--neo4j", server.uri, "--user", server.user, "--password-file", held)
    result = run("push", alliance_file, *options, NEO4J_URI=None, NEO4J_USERNAME=None, NEO4J_PASSWORD=None)
    assert result.exit_code == 0
    assert read_marker(database) is not None
    missing = run("push", alliance_file, "--password-file", alliance_file.with_name("none"))
    assert "none: the password cannot be read; name a text file that holds it" in missing.stderr


def test_a_password_that_nothing_says_is_asked_for_and_not_shown(
    database: Connection, server: Reached, alliance_file: Path
) -> None:
    ours, theirs = os.openpty()
    env = {k: v for k, v in os.environ.items() if k != "NEO4J_PASSWORD"} | {"NEO4J_URI": server.uri}
    # A terminal of its own, so that the password is asked for there and nowhere else.
    code = f"import fcntl; fcntl.ioctl(0, {termios.TIOCSCTTY}, 0); from graphalign.cli import main; main()"
    command = [sys.executable, "-c", code, "push", str(alliance_file), "--user", server.user]
    with subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env=env, start_new_session=True
    ) as asked:
        os.close(theirs)
        shown = b""
        while b"Password of" not in shown:
            shown += os.read(ours, 1000)
        os.write(ours, server.password.encode() + b"\n")
        while b"nodes" not in shown:
            shown += os.read(ours, 1000)
    assert asked.returncode == 0
    assert server.password.encode() not in shown
    assert read_marker(database) is not None


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"NEO4J_URI": None}, "no database is named; give --neo4j URI, or set NEO4J_URI"),
        ({"NEO4J_PASSWORD": None}, "the password of neo4j is not known; set NEO4J_PASSWORD, or give --password-file"),
        ({"NEO4J_URI": "bolt://neo4j:s3cret@localhost"}, "the URI holds a user or password"),
        ({"NEO4J_DATABASE": "nowhere"}, "there is no such database"),
    ],
    ids=["URI", "password", "password in URI", "database"],
)
def test_what_is_missing_is_said(run: Run, tmp_path: Path, changed: dict[str, str | None], message: str) -> None:
    result = run("pull", tmp_path / "out", **changed)
    assert result.exit_code == 2
    assert message in result.stderr
    assert "s3cret" not in result.output


def test_no_command_takes_a_password_as_an_argument() -> None:
    for command in ("push", "pull", "check"):
        told = CliRunner().invoke(main, [command, "--help"]).output
        assert "--password-file FILE" in told
        assert "--password " not in told


def test_export_prints_the_command_alone_on_standard_output(alliance_file: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["export", str(alliance_file), "--neo4j-import", str(tmp_path / "a b")])
    assert result.exit_code == 0
    load, constraints = result.stdout.splitlines()
    assert load.startswith("neo4j-admin database import full neo4j --overwrite-destination ")
    assert f"'--nodes={tmp_path / 'a b' / 'nodes.csv'}'" in load
    assert constraints == f"cypher-shell -d neo4j -f '{tmp_path / 'a b' / 'schema.cypher'}'"
    assert sorted(p.name for p in (tmp_path / "a b").iterdir()) == [
        "marker.csv",
        "nodes.csv",
        "relationships.csv",
        "schema.cypher",
    ]
