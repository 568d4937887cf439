"""graphalign view: one HTML file to explore an alliance and what is out of line in it."""

from __future__ import annotations

from pathlib import Path

import click

from graphalign.cli.options import PATH, config_option, open_graph, put
from graphalign.cli.progress import progress


@click.command()
@click.argument("input", type=PATH)
@click.option("--as-of", metavar="DATE", help="The day to judge on, as 2026-06-30; default today.")
@click.option("-o", "--output", type=PATH, metavar="FILE", help="Where to write it; default INPUT with .html.")
@click.option("--open/--no-open", "show", default=None, help="Open it in the browser; default on a terminal only.")
@config_option
def view(
    input: Path,  # noqa: A002 (its name in the help)
    as_of: str | None,
    output: Path | None,
    show: bool | None,  # noqa: FBT001
    config: Path | None,
) -> None:
    """Write one HTML file to explore an alliance and what is out of line in it.

    INPUT is a workbook, a CSV or Parquet folder, a zip of it, YAML or JSON.
    """
    import json
    import sys
    import webbrowser

    from graphalign.check import check
    from graphalign.document import render
    from graphalign.model import as_day
    from graphalign.views import page

    day = None if as_of is None else as_day(as_of)
    with progress() as told:
        graph, settings = open_graph(input, config, told)
        report = check(graph, as_of=day, settings=settings, progress=told)
        out = output or input.with_suffix(".html")
        put(page(report, json.loads(render(report)), title=input.stem), out)
    if sys.stdout.isatty() if show is None else show:
        webbrowser.open(out.resolve().as_uri())
