"""The command line as a whole: help, version, errors, exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from graphalign.cli import COMMANDS, main
from graphalign.cli.group import LazyGroup

Run = Callable[..., Result]
Shell = Callable[..., "subprocess.CompletedProcess[str]"]

HEAVY = ("polars", "numpy", "rich", "openpyxl", "networkx", "scipy", "yaml", "python_calamine", "rapidfuzz")


def imported_by(code: str) -> set[str]:
    """Return the top-level modules loaded once a program has run."""
    program = f"import sys\n{code}\nprint('|'.join(sorted(sys.modules)), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return {name.split(".")[0] for name in done.stderr.strip().split("|")}


def test_help_imports_no_heavy_module() -> None:
    loaded = imported_by("from graphalign.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass")
    assert "click" in loaded
    assert not loaded & set(HEAVY)


def test_a_command_does_not_look_for_garbage_when_it_ends() -> None:
    # What is registered first is called last: by then nothing is left for the collector to look through.
    program = """if True:
        import atexit, gc
        atexit.register(lambda: print(gc.get_freeze_count() > 1000, len(gc.get_objects()) < 100))
        from graphalign.cli import main
        try: main(['--version'])
        except SystemExit: pass
        print(gc.get_freeze_count())"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-2:] == ["0", "True True"]


def test_importing_the_package_imports_no_heavy_module() -> None:
    loaded = imported_by("import graphalign")
    assert "graphalign" in loaded
    assert not loaded & {*HEAVY, "click"}


@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help_lists_every_command_whole(run: Run, flag: str) -> None:
    result = run(flag)
    assert result.exit_code == 0
    for name in COMMANDS:
        assert f"\n  {name} " in result.output
    assert "..." not in result.output.split("Commands:")[1]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_says_what_it_does(run: Run, name: str) -> None:
    result = run(name, "-h")
    assert result.exit_code == 0
    assert result.output.startswith(f"Usage: main {name} ")
    command = getattr(import_module(f"graphalign.cli.{name}"), name)
    for option in (p for p in command.params if isinstance(p, click.Option)):
        assert option.help, option.name


def test_the_version_is_said(shell: Shell) -> None:
    done = shell("--version")
    assert done.returncode == 0
    assert done.stdout.startswith("graphalign 0.")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nonsense"], "No such command 'nonsense'"),
        (["stats"], "Missing argument 'INPUT'"),
        (["check"], "nothing says what to check; give INPUT"),
        (["check", "x", "--fail-on", "sometimes"], "'sometimes' is not one of"),
        (["check", "x", "--limit", "0"], "0 is not in the range"),
        (["check", "there-is-no-such.xlsx"], "there-is-no-such.xlsx"),
        (["check", "x", "--as-of", "yesterday"], "'yesterday' is not a day; write it as 2026-09-01"),
        (["explain", "OWN999"], "there is no rule 'OWN999'"),
        (["sample", "out", "--nodes", "3"], "3 is not in the range"),
        (["init", "alliance.docx"], "end it in .xlsx"),
    ],
)
def test_an_error_is_one_line_on_stderr_and_exit_code_2(
    shell: Shell, tmp_path: Path, words: list[str], said: str
) -> None:
    done = shell(*words, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("graphalign: ")
    assert len(done.stderr.splitlines()) == 1
    assert said in done.stderr


def test_debug_shows_the_traceback(shell: Shell) -> None:
    done = shell("--debug", "explain", "OWN999")
    assert done.returncode != 0
    assert "Traceback" in done.stderr
    assert "UsageError" in done.stderr


def failing(error: BaseException) -> click.Group:
    """Return a group like the real one, whose only command fails."""

    @click.command()
    def fail() -> None:
        raise error

    class Group(LazyGroup):
        def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
            return fail

    @click.group(cls=Group, commands_in="graphalign.cli", names=["fail"])
    @click.option("--debug", is_flag=True)
    def group(debug: bool) -> None:  # noqa: FBT001
        assert not debug

    return group


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (KeyboardInterrupt(), 130, "graphalign: stopped"),
        (PermissionError(13, "Permission denied", "secret.xlsx"), 2, "graphalign: secret.xlsx: permission denied"),
        (
            ZeroDivisionError("x"),
            2,
            "graphalign: this is a fault of graphalign (ZeroDivisionError); run it again as `graphalign --debug ...`",
        ),
        (MemoryError(), 2, "graphalign: the memory does not suffice"),
    ],
)
def test_what_goes_wrong_unexpectedly_is_one_line_too(error: BaseException, code: int, said: str) -> None:
    result = CliRunner().invoke(failing(error), ["fail"])
    assert result.exit_code == code
    assert result.stderr.startswith(said)
    assert len(result.stderr.splitlines()) == 1


def test_an_error_that_quotes_the_input_stays_on_one_line_and_sends_no_escape(shell: Shell, tmp_path: Path) -> None:
    done = shell("check", "a\nb\x1b[31m.xlsx", cwd=tmp_path)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "\x1b" not in done.stderr


def test_a_reader_that_leaves_early_is_no_error(alliance: Path) -> None:
    command = [sys.executable, "-m", "graphalign", "check", str(alliance), "--as-of", "2026-06-30", "--format", "json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        told = process.stderr.read()
        assert process.wait() == 141
    assert told == b""


def test_no_progress_is_shown_where_nobody_sees_it(shell: Shell, alliance: Path) -> None:
    done = shell("check", alliance, "--as-of", "2026-06-30")
    assert done.returncode == 0
    assert done.stderr == ""


@pytest.mark.parametrize("name", ["bash", "zsh", "fish"])
def test_the_completion_script_calls_graphalign(run: Run, name: str) -> None:
    result = run("completion", name)
    assert result.exit_code == 0
    assert f"_GRAPHALIGN_COMPLETE={name}_complete" in result.output


def test_a_shell_is_offered_the_commands() -> None:
    words = {"_GRAPHALIGN_COMPLETE": "bash_complete", "COMP_WORDS": "graphalign con", "COMP_CWORD": "1"}
    result = CliRunner(env=words).invoke(main, [], prog_name="graphalign", complete_var="_GRAPHALIGN_COMPLETE")
    offered = {line.split(",")[1] for line in result.output.splitlines()}
    assert offered == {"convert", "config"}


def test_names_survive_a_terminal_that_knows_ascii_only(alliance: Path) -> None:
    (alliance / "nodes.csv").write_text("id,label,name\ng1,Goal,Größe\n", encoding="utf-8")
    (alliance / "relationships.csv").unlink()
    env = {"PYTHONIOENCODING": "ascii", "PATH": ""}
    command = [sys.executable, "-m", "graphalign", "check", str(alliance), "--format", "json", "--as-of", "2026-06-30"]
    done = subprocess.run(command, capture_output=True, env=env, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.decode("ascii").replace("\\xf6", "o").replace("\\xdf", "s"))
