"""graphalign view: one HTML file to explore an alliance and what is out of line in it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from graphalign.cli.options import PATH, config_option, open_graph, pseudonym_options, without_names
from graphalign.cli.progress import progress

if TYPE_CHECKING:
    from graphalign.report import Report

# How often --watch looks, in seconds, and how long the input is to be left alone before it is read.
PERIOD, REST = 0.5, 0.3


@click.command()
@click.argument("input", type=PATH)
@click.option("--as-of", metavar="DATE", help="The day to judge on, as 2026-06-30; default today.")
@click.option("-o", "--output", type=PATH, metavar="FILE", help="Where to write it; default INPUT's name with .html.")
@click.option("--open/--no-open", "show", default=None, help="Open it in the browser; default on a terminal only.")
@click.option(
    "--baseline",
    type=PATH,
    metavar="REPORT",
    help="An earlier report (check --format json): the page says what is new and what is fixed since.",
)
@click.option("--only", metavar="PARTNER", help="Show one partner, by id or name, and what it has to do with directly.")
@click.option("--watch", is_flag=True, help="Write it again whenever INPUT changes, until Ctrl-C.")
@pseudonym_options
@config_option
def view(  # noqa: PLR0917 (click passes them by name)
    input: Path,  # noqa: A002 (its name in the help)
    as_of: str | None,
    output: Path | None,
    show: bool | None,  # noqa: FBT001
    baseline: Path | None,
    only: str | None,
    watch: bool,  # noqa: FBT001
    pseudonymise: bool,  # noqa: FBT001
    pseudonym_key: Path | None,
    config: Path | None,
) -> None:
    """Write one HTML file to explore an alliance with.

    The file needs no server and no network; it can be mailed. INPUT is a workbook, a CSV or Parquet folder, a zip of
    it, YAML or JSON, or a report that check --format json --with-graph wrote.
    """
    from graphalign.baseline import is_report
    from graphalign.errors import UsageError

    held = is_report(input)
    if pseudonymise and baseline:
        raise UsageError(
            "--pseudonymise does not go with --baseline, which knows people by name", way_out="leave one out"
        )
    for option, given in (("--as-of", as_of), ("--config", config), ("--pseudonymise", pseudonymise)):
        if held and given:
            raise UsageError(f"{option} is of no use with a report, which is judged already", way_out="leave it out")
    out = output or Path.cwd() / f"{input.resolve().stem}.html"
    if out.resolve() == input.resolve():
        raise UsageError(f"{out} is the input itself", way_out="name another file with -o")
    make = partial(_of_report, input) if held else partial(_of_input, input, as_of, config, pseudonymise, pseudonym_key)
    write = partial(_write, make, baseline, only, out, watching=input.name if watch else None)
    paths = [p for p in (input, config, baseline) if p]
    seen = _state(paths)  # before it is read: a change while the page is written is one too
    write()
    if sys.stdout.isatty() if show is None else show:
        import webbrowser

        webbrowser.open(out.resolve().as_uri())
    if watch:
        _watch(paths, seen, write)


Made = tuple["Report", dict[str, Any] | None, bool]


def _of_input(
    path: Path,
    as_of: str | None,
    config: Path | None,
    pseudonymise: bool,  # noqa: FBT001
    key_file: Path | None,
    told: Callable[[str], None] | None,
) -> Made:
    from graphalign.check import check
    from graphalign.model import as_day

    day = None if as_of is None else as_day(as_of)
    graph, settings = open_graph(path, config, told)
    graph, settings = without_names(graph, settings, wanted=pseudonymise, key_file=key_file)
    return check(graph, as_of=day, settings=settings, progress=told), None, pseudonymise


def _of_report(path: Path, told: Callable[[str], None] | None) -> Made:
    from graphalign.views.held import read_held

    if told:
        told(f"reading {path.name}")
    return *read_held(path), False


def _write(
    make: Callable[[Callable[[str], None] | None], Made],
    baseline: Path | None,
    only: str | None,
    out: Path,
    *,
    watching: str | None,
) -> None:
    """Make the page and write it, whole or not at all; say what it leaves out."""
    left_out = _written(make, baseline, only, out, watching)
    from graphalign.reports.wording import visible

    for sentence in left_out:
        click.echo(visible(sentence), err=True)
    click.echo(f"{out}", err=True)


def _written(
    make: Callable[[Callable[[str], None] | None], Made],
    baseline: Path | None,
    only: str | None,
    out: Path,
    watching: str | None,
) -> list[str]:
    from graphalign.baseline import compare, read_report
    from graphalign.document import told_of
    from graphalign.output import write
    from graphalign.views import html, require

    require()
    from graphalign.views.content import content

    with progress() as told:
        report, document, pseudonymised = make(told)
        if baseline is not None:
            report = compare(report, read_report(baseline))
            document = document and {**document, "baseline": told_of(report.baseline)}
        if told:
            told(f"writing {out.name}")
        made: dict[str, Any] = {"pseudonymised": pseudonymised}
        if watching is not None:
            made["watching"] = {"input": watching, "written": _now()}
        data = content(report, document=document, made=made, only=only)
        write(html(data), out)
    left_out: list[str] = data["left_out"]
    return left_out


def _now() -> str:
    from datetime import UTC, datetime

    return datetime.now(UTC).astimezone().strftime("%H:%M:%S")


State = list[tuple[str, int, int]]


def _watch(paths: list[Path], seen: State, write: Callable[[], None]) -> None:
    """Write again whenever one of these files or folders is not as last seen and rests, until Ctrl-C."""
    import time

    from graphalign.cli.errors import say
    from graphalign.errors import GraphalignError

    click.echo(f"watching {', '.join(map(str, paths))}; Ctrl-C ends it", err=True)
    try:
        while True:
            time.sleep(PERIOD)
            now = _state(paths)
            if now == seen:
                continue
            time.sleep(REST)
            if _state(paths) != now:
                continue
            seen = now
            try:
                write()
            except GraphalignError as error:
                # Half of a change: the page stays as it was until the input is whole again.
                say(str(error))
    except KeyboardInterrupt:
        click.echo("", err=True)


def _state(paths: list[Path]) -> State:
    """Return what tells that something changed: the files with their times and sizes."""
    result = []
    for path in paths:
        for file in [path, *(sorted(path.rglob("*")) if path.is_dir() else [path.parent / "graphalign.toml"])]:
            try:
                said = file.stat()
            except OSError:
                continue
            result.append((str(file), said.st_mtime_ns, said.st_size))
    return result
