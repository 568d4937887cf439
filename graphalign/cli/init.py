"""graphalign init: a workbook to fill in."""

from __future__ import annotations

from pathlib import Path

import click

from graphalign.cli.options import PATH
from graphalign.errors import OutputError, UsageError


@click.command()
@click.argument("out", type=PATH, metavar="OUT.xlsx")
@click.option("--force", is_flag=True, help="Replace a file that is there.")
def init(out: Path, force: bool) -> None:  # noqa: FBT001
    """Write a workbook to fill in, with an example.

    It has drop-down lists, a note on every column and a filled example, which reads as it is.
    """
    from graphalign.writers.template import write_template

    if out.suffix.lower() != ".xlsx":
        raise UsageError("is no name for a workbook", where=str(out), way_out="end it in .xlsx")
    if out.exists() and not force:
        raise OutputError("is there already", where=str(out), way_out="name another file, or replace it with --force")
    write_template(out)
    click.echo(f"{out}: replace the example's rows with yours, then run: graphalign check {out}", err=True)
