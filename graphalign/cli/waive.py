"""graphalign waive: set one finding aside until a day, in the settings file, whose comments stay."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from graphalign.cli.options import PATH, config_option, open_graph
from graphalign.cli.progress import progress
from graphalign.errors import SettingsError, UsageError

if TYPE_CHECKING:
    from graphalign.model import Finding
    from graphalign.waivers import Waiver


@click.command()
@click.argument("finding_id", metavar="FINDING-ID")
@click.argument("input", type=PATH)
@click.option("--reason", required=True, metavar="TEXT", help="Why, for those who read it later.")
@click.option("--until", required=True, metavar="DATE", help="The last day it holds, as 2026-12-31.")
@click.option("--by", default="", metavar="NAME", help="Who says so.")
@click.option("--as-of", metavar="DATE", help="The day the finding was found on; default today.")
@config_option
def waive(
    finding_id: str,
    input: Path,  # noqa: A002 (its name in the help)
    reason: str,
    until: str,
    by: str,
    as_of: str | None,
    config: Path | None,
) -> None:
    """Set one finding aside until a day.

    FINDING-ID is what reports print in brackets. The waiver is written to --config, else to graphalign.toml beside
    INPUT, which is made where there is none. Reports then list the finding at the end, and --fail-on passes it over.
    """
    from graphalign.check import check
    from graphalign.configure import beside, settings_of_text
    from graphalign.model import as_day
    from graphalign.output import write
    from graphalign.waivers import MOST_TEXT, Waiver, glob_of, with_waiver

    last, day = as_day(until), None if as_of is None else as_day(as_of)
    for option, text in (("--reason", reason), *((("--by", by),) if by else ())):
        if not text.strip() or len(text) > MOST_TEXT:
            raise UsageError(f"{option} says nothing or too much", way_out=f"write 1 to {MOST_TEXT:,} characters")
    with progress() as told:
        graph, settings = open_graph(input, config, told)
        report = check(graph, as_of=day, settings=settings, progress=told)
    if last < report.as_of:
        raise UsageError(f"--until {last} is before {report.as_of}", way_out="give a later day, or --as-of")
    finding = report.finding(finding_id)
    already = [w for f, w in report.waived for g in _with_folded(f) if g.id == finding.id]
    if already:
        raise UsageError(
            f"{finding.id} is waived already, until {already[0].until}",
            where=str(already[0].place),
            way_out="change it there",
        )
    subjects = {
        name: tuple(glob_of(i) for i in (ids if isinstance(ids, tuple) else (ids,)))
        for name, ids in finding.subjects.items()
    }
    waiver = Waiver(finding.rule, subjects, _clean(reason), last, _clean(by))
    path = config or beside(input)
    text = with_waiver(_text(path), waiver)
    settings_of_text(text, path)
    write(text, path)
    click.echo(f"{path}: {_said(waiver, finding)}", err=True)


def _with_folded(finding: Finding) -> list[Finding]:
    return [finding, *(g for f in finding.folded for g in _with_folded(f))]


def _clean(text: str) -> str:
    from graphalign.output import encodable

    return encodable(" ".join(text.split()))


def _text(path: Path) -> str:
    """Return a settings file as it is, line ends included; empty where there is none yet."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise SettingsError(f"cannot be read ({error.strerror})", where=str(path)) from None


def _said(waiver: Waiver, finding: Finding) -> str:
    from graphalign.reports.wording import visible

    beneath = len(_with_folded(finding)) - 1
    more = f", and {beneath} that it explains" if beneath else ""
    return f"waived until {waiver.until}{more}: {finding.rule} {visible(finding.message)}"
