"""The report as an Excel workbook: findings, alignment, a sheet a partner, what is waived, the quality of the data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from graphalign.graph import Facts
from graphalign.model import Finding
from graphalign.reading import flat_subjects
from graphalign.reports import outline
from graphalign.reports.book import cell_text, save, text_cell
from graphalign.reports.wording import visible
from graphalign.vocabulary import counted

if TYPE_CHECKING:
    from openpyxl import Workbook

    from graphalign.report import Report

MOST_ROWS = 1_048_575
MOST_PARTNERS = 40
MOST_TITLE = 31
MOST_EVIDENCE = 5
# Points a line of text takes, and the most that Excel gives a row.
LINE, HIGHEST = 13.5, 409.0
HEADS = {
    "Severity": 10,
    "Rule": 10,
    "Name": 24,
    "Finding": 70,
    "Remedy": 60,
    "Subjects": 30,
    "Partners": 30,
    "Counted": 12,
    "Evidence": 70,
    "File": 24,
    "Sheet": 18,
    "Row": 8,
    "Key": 24,
    "Id": 15,
}
# Each word with its colour: the word is there for whoever cannot tell the colours, or prints without.
COLOURS: Mapping[str, str] = {
    "high": "F4B6B0",
    "medium": "FBD9A5",
    "low": "FFF2B8",
    "info": "DCE6F1",
    "poor": "F4B6B0",
    "watch": "FBD9A5",
    "good": "CBE8C8",
    "cannot judge": "E3E3E3",
}
_NO_TITLE = re.compile(r"[\[\]:*?/\\]")


@dataclass
class Page:
    """A sheet to be: its title, its headings with their widths, its rows, the columns whose words have a colour."""

    title: str
    heads: Mapping[str, int]
    rows: Iterable[Sequence[Any]]
    coloured: frozenset[int] = field(default_factory=frozenset)


def write(report: Report, path: Path) -> None:
    """Write the report as a workbook, whole or not at all.

    Parameters
    ----------
    report
        What a check found.
    path
        Where to. The same report gives the same bytes.

    Raises
    ------
    graphalign.errors.OutputError
        If it cannot be written there.

    Examples
    --------
    >>> import graphalign as ga, openpyxl, tempfile
    >>> report = ga.check(ga.from_networkx(ga.example()), as_of="2026-06-30")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write(report, Path(folder, "report.xlsx"))
    ...     openpyxl.load_workbook(Path(folder, "report.xlsx")).sheetnames
    ['Findings', 'Alignment', 'City', 'Port', 'Data quality']
    """
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    for page in _pages(report):
        _add(book, page)
    save(book, path, f"{report.as_of}T00:00:00Z")


def _pages(report: Report) -> Iterator[Page]:
    facts = Facts(report.graph, report.as_of, report.settings)
    findings = report.findings
    names = report.graph.names
    partners = _partners(facts, findings)
    listed = ["; ".join(str(names[n]) for n in nodes) for nodes in partners]
    rows = [_row(f, whose, "noted" if f.noted else "yes") for f, whose in zip(findings, listed, strict=True)]
    folded = [
        _row(below, whose, f"under {f.id}")
        for f, whose in zip(findings, listed, strict=True)
        for below in _all_folded(f)
    ]
    yield Page("Findings", HEADS, (*rows, *folded)[:MOST_ROWS], frozenset({0}))
    yield _alignment(report)
    by_partner: dict[int, list[int]] = {}
    for at, nodes in enumerate(partners):
        for node in nodes:
            by_partner.setdefault(node, []).append(at)
    chosen = sorted(sorted(by_partner, key=lambda n: (-len(by_partner[n]), n))[:MOST_PARTNERS])
    taken = {"findings", "alignment", "waived", "data quality", "history"}
    for node in chosen:
        title = sheet_title(str(names[node]), taken)
        yield Page(title, HEADS, [rows[at] for at in by_partner[node]], frozenset({0}))
    if report.waived:
        yield _waived(report, facts)
    said = [
        ("report", "", f"as of {report.as_of}, by graphalign {report.version}: {outline.summary(report)}", None, ""),
        ("report", "", "rows of Findings", len(rows) + len(folded), f"{MOST_ROWS:,} are shown at most"),
        (
            "report",
            "",
            f"{counted(len(chosen), 'partner')} with a sheet, of {facts.partners.height:,}",
            len(chosen),
            f"those with findings, the most first, {MOST_PARTNERS} at most; Findings names the partners of each",
        ),
    ]
    yield _quality(report, said)


def _waived(report: Report, facts: Facts) -> Page:
    """Return what is set aside, each with the reason, the day until which it is, and who said so."""
    partners = _partners(facts, [finding for finding, _ in report.waived])
    names = report.graph.names
    rows = [
        (
            *_row(finding, "; ".join(str(names[n]) for n in nodes), "waived"),
            waiver.reason,
            waiver.until.isoformat(),
            waiver.by,
        )
        for (finding, waiver), nodes in zip(report.waived, partners, strict=True)
    ]
    return Page("Waived", {**HEADS, "Reason": 50, "Until": 12, "By": 20}, rows[:MOST_ROWS], frozenset({0}))


def _row(finding: Finding, partners: str, counted_as: str) -> tuple[Any, ...]:
    place = next((e.place for e in finding.evidence if e.place is not None), None)
    lines = [
        visible(e.text) + (f" [{visible(str(e.place))}]" if e.place is not None else "")
        for e in finding.evidence[:MOST_EVIDENCE]
    ]
    if len(finding.evidence) > MOST_EVIDENCE:
        lines.append(f"and {len(finding.evidence) - MOST_EVIDENCE:,} more")
    return (
        finding.severity,
        finding.rule,
        finding.name,
        finding.message,
        finding.remedy,
        "; ".join(flat_subjects(finding)),
        partners,
        counted_as,
        "\n".join(lines),
        place.file if place else None,
        place.sheet if place else None,
        place.row if place else None,
        place.key if place else None,
        finding.id,
    )


def _all_folded(finding: Finding) -> Iterator[Finding]:
    for below in finding.folded:
        yield below
        yield from _all_folded(below)


def _partners(facts: Facts, findings: Sequence[Finding]) -> list[list[int]]:
    """Return the partners (nodes) of each finding.

    A finding is a partner's when it is about the partner or a party of it; one about neither a partner nor a party of
    one is of those who work on its goals, or on what it is about besides.
    """
    subjects = pl.DataFrame(
        [(at, one) for at, f in enumerate(findings) for one in flat_subjects(f)],
        schema={"at": pl.UInt32, "id": pl.String},
        orient="row",
    ).join(facts.graph.index, on="id")
    belonging = facts.belonging.select(pl.col("party").alias("node"), pl.col("container").alias("partner"))
    parties = pl.concat(
        [
            facts.partners.select(pl.col("partner").alias("node"), "partner"),
            belonging.join(facts.partners, on="partner", how="semi"),
        ]
    ).unique()
    goals = pl.concat([facts.works_on.select("goal", "partner"), facts.partners_of_goal.select("goal", "partner")])
    measured = facts.graph.of_type("MEASURES").select(pl.col("source").alias("node"), pl.col("target").alias("goal"))
    served = facts.graph.of_type("SERVES").select(pl.col("source").alias("node"), pl.col("target").alias("goal"))
    done = facts.raci.select(pl.col("item").alias("node"), pl.col("party"))
    items = pl.concat(
        [
            goals.rename({"goal": "node"}),
            pl.concat([measured, served]).join(goals, on="goal").select("node", "partner"),
            done.join(parties.rename({"node": "party"}), on="party").select("node", "partner"),
        ]
    ).unique()
    direct = subjects.join(parties, on="node").select("at", "partner")
    others = subjects.join(direct, on="at", how="anti").join(items, on="node").select("at", "partner")
    result: list[list[int]] = [[] for _ in findings]
    for at, partner in pl.concat([direct, others]).unique().sort("at", "partner").iter_rows():
        result[at].append(partner)
    return result


def _alignment(report: Report) -> Page:
    """Return the matrix: a row a pair, each part's level and value, and why what could not be judged could not."""
    from graphalign.alignment import PARTS, alignment

    matrix = alignment(report.graph, as_of=report.as_of, settings=report.settings)
    heads = {"Partner": 28, "Other": 28, "Poor": 7, "To watch": 9, "Patterns": 34}
    for title, _ in PARTS.values():
        heads |= {title.capitalize(): 14, f"{title.capitalize()}, value": 12}
    heads["Not judged because"] = 70
    named = (
        {str(i): str(n) for i, n in zip(report.graph.ids, report.graph.names, strict=True)}
        if matrix.pairs.height
        else {}
    )

    def rows() -> Iterator[tuple[Any, ...]]:
        for row in matrix.to_frame().head(MOST_ROWS).iter_rows(named=True):
            cells: list[Any] = [named[row["partner"]], named[row["other"]], row["poor"], row["watch"]]
            cells.append("; ".join(row["patterns"]))
            for part in PARTS:
                value = row[f"{part}_value"] if row[f"{part}_level"] != "cannot judge" else None
                cells += [row[f"{part}_level"], round(value, 3) if isinstance(value, float) else value]
            why = [f"{PARTS[p][0]}: {row[f'{p}_why']}" for p in PARTS if row[f"{p}_level"] == "cannot judge"]
            yield (*cells, "; ".join(why))

    return Page("Alignment", heads, rows(), frozenset(range(5, 5 + 2 * len(PARTS), 2)))


def _quality(report: Report, said: Sequence[Sequence[Any]]) -> Page:
    """Return what was read and not kept, what was noted, and how each rule ended."""
    data = report.data
    rows: list[Sequence[Any]] = list(said)
    for file in sorted({*data.counts.read, *data.counts.refused}):
        read, refused = data.counts.read.get(file, 0), data.counts.refused.get(file, 0)
        rows.append(("file", file, f"{read:,} rows read = {read - refused:,} kept + {refused:,} refused", read, ""))
    values, bad = data.counts.values_read, data.counts.values_refused
    rows.append(("values", "", f"{values:,} values read = {values - bad:,} kept + {bad:,} refused", values, ""))
    rows += [("refused " + r.what, str(r.place), r.text, 1, r.reason) for r in data.refusals]
    rows += [("note", str(n.place or ""), n.text, n.count, n.way_out) for n in data.notes]
    rows += [
        ("rule", f"{r.rule.code} {r.rule.name}", f"{r.verdict}, {r.judged:,} judged", r.found, r.missing)
        for r in report.results
    ]
    heads = {"What": 18, "Where": 40, "Text": 80, "Count": 10, "Why, or what to do": 70}
    return Page("Data quality", heads, rows[:MOST_ROWS])


def sheet_title(name: str, taken: set[str]) -> str:
    """Return a title that Excel allows for a sheet and that is not yet taken; it is taken then.

    >>> taken = {"history"}
    >>> [sheet_title(name, taken) for name in ("A/B: [x]", "a-b- -x-", "History", "''")]
    ['A-B- -x-', 'a-b- -x- 2', 'History 2', 'Partner']
    """
    plain = _NO_TITLE.sub("-", cell_text(name)).strip("' ")[:MOST_TITLE].strip("' ") or "Partner"
    title, n = plain, 1
    while title.casefold() in taken:
        n += 1
        title = f"{plain[: MOST_TITLE - len(str(n)) - 1]} {n}"
    taken.add(title.casefold())
    return title


def _add(book: Workbook, page: Page) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    sheet: Any = book.create_sheet(page.title)
    sheet.freeze_panes = "A2"
    sheet.sheet_properties.pageSetUpPr = _fit_to_width()
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.print_title_rows = "1:1"
    wrapped = Alignment(wrap_text=True, vertical="top")
    fills = {word: PatternFill("solid", fgColor=colour) for word, colour in COLOURS.items()}
    headings = []
    for at, (head, width) in enumerate(page.heads.items(), 1):
        sheet.column_dimensions[get_column_letter(at)].width = width
        cell = text_cell(sheet, head)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="DDE5EE")
        cell.alignment = wrapped
        headings.append(cell)
    rows = list(page.rows)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(page.heads))}{len(rows) + 1}"
    sheet.append(headings)
    widths = list(page.heads.values())
    sheet.row_dimensions[1].height = 2 * LINE
    for number, row in enumerate(rows, 2):
        cells: list[Any] = []
        lines = 1
        for at, value in enumerate(row):
            if value is None or value == "":
                cells.append(None)
                continue
            text = cell_text(value) if isinstance(value, str) else value
            cell = text_cell(sheet, text) if isinstance(value, str) else WriteOnlyCell(sheet, value)
            cell.alignment = wrapped
            if at in page.coloured and value in fills:
                cell.fill = fills[value]
            cells.append(cell)
            lines = max(lines, sum(1 + len(line) // widths[at] for line in str(text).split("\n")))
        # Not every program finds the height of wrapped text for itself.
        sheet.row_dimensions[number].height = min(lines * LINE, HIGHEST)
        sheet.append(cells)


def _fit_to_width() -> Any:  # noqa: ANN401
    from openpyxl.worksheet.properties import PageSetupProperties

    return PageSetupProperties(fitToPage=True)
