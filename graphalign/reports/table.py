"""The findings as CSV: one a line, the same columns in every report, no cell a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from graphalign.model import Finding
from graphalign.output import encodable
from graphalign.reading import flat_subjects
from graphalign.reports.wording import visible

if TYPE_CHECKING:
    from graphalign.report import Report

COLUMNS = (
    "id",
    "rule",
    "name",
    "severity",
    "noted",
    "folded_under",
    "message",
    "subjects",
    "remedy",
    "evidence",
    "file",
    "sheet",
    "row",
    "key",
    "waived",
)
# What makes a spreadsheet take a cell for a formula; the full-width signs count as the others in some.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def render(report: Report) -> str:
    """Return the findings as CSV; see `chunks`."""
    return "".join(chunks(report))


def chunks(report: Report) -> Iterator[str]:
    """Yield the findings as CSV (UTF-8, comma, LF), one a line, what is folded right after its finding.

    Parameters
    ----------
    report
        What a check found.

    Yields
    ------
    str
        The heading line, then a line a finding. `folded_under` is the id of the finding that explains it. `file`,
        `sheet`, `row` and `key` are the place of the first evidence; `evidence` tells all of it, parted by `; `.
        `waived` says until when and why a finding is set aside; those come last. A cell that a spreadsheet would take
        for a formula begins with an apostrophe; line breaks are spaces.

    Examples
    --------
    >>> import graphalign as ga
    >>> report = ga.check(ga.from_networkx(ga.example()), as_of="2026-06-30", only=["OWN101"])
    >>> render(report).splitlines()[1][:40]
    '1e77c0318a2d,OWN101,unowned-goal,high,no'
    """
    yield _line(COLUMNS)
    for finding in report.findings:
        yield from _beneath(finding)
    for finding, waiver in report.waived:
        by = f", {waiver.by}" if waiver.by else ""
        yield from _beneath(finding, waived=f"until {waiver.until}: {waiver.reason}{by}")


def _beneath(finding: Finding, under: str = "", waived: str = "") -> Iterator[str]:
    yield _line((*row(finding, under), waived))
    for folded in finding.folded:
        yield from _beneath(folded, finding.id, waived)


def row(finding: Finding, under: str = "") -> tuple[str, ...]:
    """Return a finding as the cells of `COLUMNS` but the last; not yet guarded against formulas."""
    place = next((e.place for e in finding.evidence if e.place is not None), None)
    evidence = "; ".join(f"{e.text} [{e.place}]" if e.place else e.text for e in finding.evidence)
    return (
        finding.id,
        finding.rule,
        finding.name,
        finding.severity,
        "yes" if finding.noted else "no",
        under,
        finding.message,
        "; ".join(flat_subjects(finding)),
        finding.remedy,
        evidence,
        (place and place.file) or "",
        (place and place.sheet) or "",
        str(place.row) if place and place.row is not None else "",
        (place and place.key) or "",
    )


def guarded(text: str) -> str:
    """Return text as a cell that no spreadsheet takes for a formula.

    >>> guarded("=1+1"), guarded("a=b")
    ("'=1+1", 'a=b')
    """
    shown = visible(encodable(text))
    return f"'{shown}" if shown.startswith(FORMULA) else shown


def _line(cells: tuple[str, ...]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow([guarded(cell) for cell in cells])
    return out.getvalue()
