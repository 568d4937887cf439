"""graphalign view, and check --with-graph that it reads."""

from __future__ import annotations

import importlib
import json
import os
import re
import subprocess
import sys
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from graphalign.cli import main

Run = Callable[..., Result]
Shell = Callable[..., "subprocess.CompletedProcess[str]"]
DAY = ("--as-of", "2026-06-30")
HARBOUR = Path(__file__).parents[2] / "samples" / "harbour-alliance.xlsx"
LATER = HARBOUR.with_name("harbour-alliance-2026h2.yaml")


def data(path: Path) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', path.read_text("utf-8"), re.DOTALL)
    assert found
    read: dict[str, Any] = json.loads(found[1])
    return read


def test_one_file_is_written_and_named_after_the_input(shell: Shell, tmp_path: Path) -> None:
    ended = shell("view", HARBOUR, *DAY, "--no-open", cwd=tmp_path)
    assert ended.returncode == 0, ended.stderr
    assert ended.stderr == f"{tmp_path.resolve() / 'harbour-alliance.html'}\n"
    assert ended.stdout == ""
    assert [p.name for p in tmp_path.iterdir()] == ["harbour-alliance.html"]
    held = data(tmp_path / "harbour-alliance.html")
    assert (held["title"], held["made"]["as_of"]) == ("harbour-alliance", "2026-06-30")


def test_it_is_opened_where_it_is_asked_for(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    monkeypatch.setattr(webbrowser, "open", seen.append)
    out = tmp_path / "a.html"
    assert run("view", HARBOUR, *DAY, "-o", out).exit_code == 0
    assert seen == []
    assert run("view", HARBOUR, *DAY, "-o", out, "--open").exit_code == 0
    assert seen == [out.as_uri()]


def test_a_report_with_its_graph_gives_the_page_of_its_input(run: Run, tmp_path: Path) -> None:
    report, direct, held = tmp_path / "report.json", tmp_path / "direct.html", tmp_path / "held.html"
    assert run("check", HARBOUR, *DAY, "--format", "json", "--with-graph", "-o", report).exit_code == 0
    assert run("view", HARBOUR, *DAY, "-o", direct).exit_code == 0
    assert run("view", report, "-o", held).exit_code == 0
    assert held.read_bytes() == direct.read_bytes()


def test_a_report_without_its_graph_says_how_to_get_one(run: Run, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    assert run("check", HARBOUR, *DAY, "--format", "json", "-o", report).exit_code == 0
    ended = run("view", report, "-o", tmp_path / "a.html")
    assert ended.exit_code == 2
    assert ended.stderr == (
        f"graphalign: {report}: is a report without its graph, which a view needs; "
        "write it again with graphalign check --format json --with-graph\n"
    )
    assert not (tmp_path / "a.html").exists()


def test_only_json_holds_the_graph(run: Run) -> None:
    ended = run("check", HARBOUR, *DAY, "--with-graph")
    assert (ended.exit_code, ended.stderr.count("\n")) == (2, 1)
    assert "add --format json" in ended.stderr


def test_the_baseline_is_on_the_page(run: Run, tmp_path: Path) -> None:
    before, out = tmp_path / "before.json", tmp_path / "a.html"
    assert run("check", HARBOUR, *DAY, "--format", "json", "-o", before).exit_code == 0
    ended = run("view", LATER, "--as-of", "2026-12-31", "--baseline", before, "-o", out)
    assert ended.exit_code == 0, ended.stderr
    said = data(out)["report"]["baseline"]
    checked = run("check", LATER, "--as-of", "2026-12-31", "--baseline", before, "--format", "json").output
    assert said == json.loads(checked)["baseline"]
    assert said["new"]
    assert said["fixed"]


def test_a_report_is_compared_with_a_baseline_too(run: Run, tmp_path: Path) -> None:
    before, now, out = tmp_path / "before.json", tmp_path / "now.json", tmp_path / "a.html"
    assert run("check", HARBOUR, *DAY, "--format", "json", "-o", before).exit_code == 0
    later = (LATER, "--as-of", "2026-12-31")
    assert run("check", *later, "--format", "json", "--with-graph", "-o", now).exit_code == 0
    assert run("view", now, "--baseline", before, "-o", out).exit_code == 0
    checked = run("check", *later, "--baseline", before, "--format", "json").output
    assert data(out)["report"]["baseline"] == json.loads(checked)["baseline"]


def test_with_pseudonyms_no_name_of_a_person_is_in_the_page(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "a.html"
    assert run("view", HARBOUR, *DAY, "--pseudonymise", "-o", out).exit_code == 0
    text = out.read_text("utf-8")
    held = data(out)
    assert held["made"]["pseudonymised"] is True
    assert "Person 01" in held["nodes"]["name"]
    for name in ("Helena", "Vasquez", "helena-vasquez", "Dimitris", "Kostas", "Rasmus Thorsen", "sofie-lund"):
        assert name not in text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--pseudonymise", "--baseline", "x.json"), "leave one out"),
        (("--only", "Hollesund Por"), "did you mean 'Hollesund Port Authority'?"),
        (("--as-of", "yesterday"), "write it as 2026-09-01"),
        (("--baseline", "nowhere.json"), "nowhere.json: cannot be read"),
        (("-o", "nowhere/a.html"), "nowhere: there is no such folder; make it first"),
    ],
)
def test_what_cannot_be_is_one_line(run: Run, tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    os.chdir(tmp_path)
    ended = run("view", HARBOUR, "-o", tmp_path / "a.html", *words)
    assert ended.exit_code == 2
    assert ended.stderr.count("\n") == 1
    assert said in ended.stderr
    assert not (tmp_path / "a.html").exists()


@pytest.mark.parametrize("option", [("--as-of", "2026-06-30"), ("--config", "x.toml"), ("--pseudonymise",)])
def test_a_report_is_judged_already(run: Run, tmp_path: Path, option: tuple[str, ...]) -> None:
    report = tmp_path / "report.json"
    assert run("check", HARBOUR, *DAY, "--format", "json", "--with-graph", "-o", report).exit_code == 0
    ended = run("view", report, *option, "-o", tmp_path / "a.html")
    assert ended.exit_code == 2
    assert f"{option[0]} is of no use with a report" in ended.stderr


def test_the_input_is_not_written_over(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "alliance.yaml"
    page.write_bytes((HARBOUR.parent / "two-startups.yaml").read_bytes())
    ended = run("view", page, *DAY, "-o", page)
    assert ended.exit_code == 2
    assert "is the input itself" in ended.stderr


@pytest.mark.parametrize("module", ["jinja2", "pyvis"])
def test_what_is_missing_is_named_with_the_way_to_get_it(shell: Shell, tmp_path: Path, module: str) -> None:
    # An installation without it: Python is told that there is none before anything is imported.
    (tmp_path / "sitecustomize.py").write_text(
        "import sys\n"
        "class Without:\n"
        f"    def find_spec(self, name, path=None, target=None):\n"
        f"        if name.split('.')[0] == {module!r}:\n"
        "            raise ModuleNotFoundError(name)\n"
        "import importlib.util\n"
        "found = importlib.util.find_spec\n"
        f"importlib.util.find_spec = lambda name, package=None: None if name == {module!r} else found(name, package)\n"
        "sys.meta_path.insert(0, Without())\n",
        "utf-8",
    )
    out = tmp_path / "a.html"
    ended = shell("view", HARBOUR, *DAY, "-o", out, env={**os.environ, "PYTHONPATH": str(tmp_path)})
    assert ended.returncode == 2
    assert ended.stderr == (
        f"graphalign: the view needs {module}, which is not installed; pip install 'graphalign[html]'\n"
    )
    assert not out.exists()


def test_a_change_while_the_page_is_written_for_the_first_time_is_not_missed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, out = tmp_path / "alliance.yaml", tmp_path / "a.html"
    source.write_text((HARBOUR.parent / "two-startups.yaml").read_text("utf-8"), "utf-8")
    view = importlib.import_module("graphalign.cli.view")
    written, write, rounds = [], view._write, iter(range(20))

    def watched(*args: Any, **more: Any) -> Any:
        left_out = write(*args, **more)
        written.append(source.read_text("utf-8"))
        if len(written) == 1:
            source.write_text(written[0] + "\n# a second thought\n", "utf-8")
        return left_out

    def waited(_: float) -> None:
        if len(written) > 1 or next(rounds, None) is None:
            raise KeyboardInterrupt

    monkeypatch.setattr(view, "_write", watched)
    monkeypatch.setattr("time.sleep", waited)
    result = CliRunner().invoke(main, ["view", str(source), *DAY, "-o", str(out), "--watch", "--no-open"])
    assert result.exit_code == 0, result.output
    assert [text.count("second thought") for text in written] == [0, 1]


def test_watched_the_page_is_written_again_when_the_input_changes(tmp_path: Path) -> None:
    source, out = tmp_path / "alliance.yaml", tmp_path / "a.html"
    text = (HARBOUR.parent / "two-startups.yaml").read_text("utf-8")
    source.write_text(text, "utf-8")
    command = [sys.executable, "-m", "graphalign", "view", source, *DAY, "-o", out, "--watch", "--no-open"]
    with subprocess.Popen([str(word) for word in command], stderr=subprocess.PIPE, text=True) as watching:
        assert watching.stderr
        try:
            lines = iter(watching.stderr.readline, "")
            assert next(line for line in lines if line.startswith("watching "))
            first = data(out)
            assert first["made"]["watching"]["input"] == "alliance.yaml"
            broken = text + "\n: : :\n"
            source.write_text(broken, "utf-8")
            assert "alliance.yaml" in next(line for line in lines if line.startswith("graphalign: "))
            assert data(out) == first
            source.write_text(
                text.replace("goals:", "goals:\n  - name: Quiet nights\n    priority: critical", 1), "utf-8"
            )
            assert next(line for line in lines if line.strip() == str(out))
            assert "Quiet nights" in data(out)["nodes"]["name"]
        finally:
            watching.terminate()
