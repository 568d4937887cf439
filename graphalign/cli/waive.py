"""graphalign waive: set findings aside until a day, in the settings file, whose comments stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graphalign.cli.options import PATH, config_option, open_graph
from graphalign.cli.progress import progress
from graphalign.errors import SettingsError, UsageError

if TYPE_CHECKING:
    from graphalign.discussed import Discussed
    from graphalign.model import Finding
    from graphalign.report import Report
    from graphalign.waivers import Waiver


@click.command()
@click.argument("finding_id", metavar="[FINDING-ID]", required=False)
@click.argument("input", type=PATH, required=False)
@click.option(
    "--reason", default="", metavar="TEXT", help="Why, for those who read it later; with --from where no note says."
)
@click.option("--until", required=True, metavar="DATE", help="The last day it holds, as 2026-12-31.")
@click.option("--by", default="", metavar="NAME", help="Who says so.")
@click.option(
    "--from",
    "discussed",
    type=PATH,
    metavar="NOTES",
    help="Set aside all that is ticked as discussed in a file that the view exported, the notes being the reasons.",
)
@click.option("--as-of", metavar="DATE", help="The day the finding was found on; default today.")
@config_option
def waive(
    finding_id: str | None,
    input: Path | None,  # noqa: A002 (its name in the help)
    reason: str,
    until: str,
    by: str,
    discussed: Path | None,
    as_of: str | None,
    config: Path | None,
) -> None:
    """Set findings aside until a day.

    FINDING-ID is what reports print in brackets; with --from there is none. The waiver is written to --config, else to
    graphalign.toml beside INPUT, which is made where there is none. Reports then list the finding at the end, and
    --fail-on passes it over.
    """
    from graphalign.check import check
    from graphalign.configure import beside, settings_of_text
    from graphalign.discussed import read_discussed
    from graphalign.model import as_day
    from graphalign.output import write
    from graphalign.waivers import MOST_TEXT, with_waiver

    if discussed is not None and finding_id is not None and input is None:
        input, finding_id = Path(finding_id), None  # noqa: A001
    if input is None or (finding_id is None) == (discussed is None):
        raise UsageError(
            "name one finding and the input, or --from NOTES and the input", way_out="see graphalign waive -h"
        )
    last, day = as_day(until), None if as_of is None else as_day(as_of)
    for option, text, needed in (("--reason", reason, discussed is None), ("--by", by, False)):
        if ((needed or text) and not text.strip()) or len(text) > MOST_TEXT:
            raise UsageError(f"{option} says nothing or too much", way_out=f"write 1 to {MOST_TEXT:,} characters")
    items = [] if discussed is None else read_discussed(discussed)
    with progress() as told:
        graph, settings = open_graph(input, config, told)
        report = check(graph, as_of=day, settings=settings, progress=told)
    if last < report.as_of:
        raise UsageError(f"--until {last} is before {report.as_of}", way_out="give a later day, or --as-of")
    path = config or beside(input)
    held = {g.id: w for f, w in report.waived for g in _with_folded(f)}
    if finding_id is not None:
        finding = report.finding(finding_id)
        if finding.id in held:
            raise UsageError(
                f"{finding.id} is waived already, until {held[finding.id].until}",
                where=str(held[finding.id].place),
                way_out="change it there",
            )
        chosen = [(finding, reason)]
    else:
        chosen = _chosen(items, report, held, reason)
    text = _text(path)
    for finding, why in chosen:
        text = with_waiver(text, _waiver(finding, why, last, by))
    settings_of_text(text, path)
    if chosen:
        write(text, path)
    for finding, why in chosen:
        click.echo(f"{path}: {_said(_waiver(finding, why, last, by), finding)}", err=True)


def _chosen(
    items: Sequence[Discussed], report: Report, held: Mapping[str, Waiver], reason: str
) -> list[tuple[Finding, str]]:
    """Return the findings that are ticked, each with its reason; say of the others why they are passed over."""
    known = set(report.ids["id"])
    chosen = []
    for item in items:
        if not item.discussed:
            click.echo(f"{item.id}: passed over, as it is not ticked", err=True)
        elif item.id in held:
            click.echo(f"{item.id}: waived already, until {held[item.id].until}", err=True)
        elif item.id not in known:
            click.echo(f"{item.id}: passed over, as it is found no more", err=True)
        elif not (item.note.strip() or reason.strip()):
            raise UsageError(f"{item.id} has no note to be the reason", way_out="give --reason for those without")
        else:
            chosen.append((report.finding(item.id), item.note.strip() or reason))
    return chosen


def _waiver(finding: Finding, reason: str, until: date, by: str) -> Waiver:
    from graphalign.waivers import Waiver, glob_of

    subjects = {
        name: tuple(glob_of(i) for i in (ids if isinstance(ids, tuple) else (ids,)))
        for name, ids in finding.subjects.items()
    }
    return Waiver(finding.rule, subjects, _clean(reason), until, _clean(by))


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
