"""The reports: one function a format from a Report to text, and the table that finds it by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from graphalign.errors import UsageError

if TYPE_CHECKING:
    from graphalign.report import Report


class Shown(NamedTuple):
    """How a report for people is to look; what JSON says depends on none of it.

    Parameters
    ----------
    width, color
        Columns of the terminal, and whether it shows colours.
    limit
        How many findings to show of a rule in each severity.
    show_all
        Show all of them.
    explain_import
        Say which heading and word of the input became what.
    """

    width: int = 80
    color: bool = False
    limit: int = 5
    show_all: bool = False
    explain_import: bool = False


def _terminal(report: Report, shown: Shown) -> Iterable[str]:
    from graphalign.reports import terminal

    yield terminal.render(
        report,
        width=shown.width,
        color=shown.color,
        limit=shown.limit,
        show_all=shown.show_all,
        explain_import=shown.explain_import,
    )


def _json(report: Report, shown: Shown) -> Iterable[str]:  # noqa: ARG001 (JSON is never cut)
    from graphalign.document import chunks

    return chunks(report)


def _markdown(report: Report, shown: Shown) -> Iterable[str]:
    from graphalign.reports import markdown

    yield markdown.render(report, limit=shown.limit, show_all=shown.show_all, explain_import=shown.explain_import)


def _sarif(report: Report, shown: Shown) -> Iterable[str]:  # noqa: ARG001 (what machines read is never cut)
    from graphalign.reports import sarif

    return sarif.chunks(report)


def _junit(report: Report, shown: Shown) -> Iterable[str]:  # noqa: ARG001
    from graphalign.reports import junit

    return junit.chunks(report)


def _csv(report: Report, shown: Shown) -> Iterable[str]:  # noqa: ARG001
    from graphalign.reports import table

    return table.chunks(report)


FORMATS: Mapping[str, Callable[[Report, Shown], Iterable[str]]] = {
    "terminal": _terminal,
    "json": _json,
    "md": _markdown,
    "sarif": _sarif,
    "junit": _junit,
    "csv": _csv,
}


def render(report: Report, name: str, shown: Shown | None = None) -> Iterable[str]:
    """Return the report in a format, in parts in order, for standard output or `graphalign.output.write`.

    Parameters
    ----------
    report
        What a check found.
    name
        `terminal`, `json`, `md`, `sarif`, `junit` or `csv`; a workbook is made by `graphalign.reports.excel.write`.
    shown
        How it is to look.

    Raises
    ------
    graphalign.errors.UsageError
        If there is no such format.

    Examples
    --------
    >>> import graphalign as ga
    >>> report = ga.check(ga.from_networkx(ga.example()), as_of="2026-06-30")
    >>> "".join(render(report, "md")).splitlines()[0]
    '# Gap report as of 2026-06-30'
    """
    if name not in FORMATS:
        raise UsageError(f"there is no report format {name!r}", way_out=f"use {', '.join(FORMATS)}")
    return FORMATS[name](report, shown or Shown())
