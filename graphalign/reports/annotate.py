"""A copy of the user's own workbook with the rows that findings stand on marked and commented."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphalign.errors import InputError, OutputError, UsageError
from graphalign.model import SEVERITIES, Finding
from graphalign.reports.book import cell_text, save
from graphalign.reports.wording import shortened

if TYPE_CHECKING:
    from graphalign.report import Report

ENDINGS = (".xlsx", ".xlsm")
MOST_FINDINGS = 5
MOST_SENTENCE = 400
FILLS = {"high": "F4B6B0", "medium": "FBD9A5", "low": "FFF2B8", "info": "DCE6F1"}


def refuse(source: Path, path: Path) -> None:
    """Refuse what cannot be annotated before any work is done.

    Raises
    ------
    graphalign.errors.UsageError
        If the input is no workbook, the copy would overwrite it, or would be of another kind.
    """
    if source.suffix.lower() not in ENDINGS or source.is_dir():
        raise UsageError("only a workbook can be annotated", where=str(source), way_out=f"give {' or '.join(ENDINGS)}")
    if path.suffix.lower() != source.suffix.lower():
        raise UsageError("is of another kind than the input", where=str(path), way_out=f"end it in {source.suffix}")
    if path.exists() and source.exists() and path.samefile(source):
        raise UsageError("is the input, which stays as it is", where=str(path), way_out="name another file")


def write(report: Report, source: Path, path: Path) -> None:
    """Write a copy of a workbook with what was found in it.

    Parameters
    ----------
    report
        What a check of it found.
    source
        The workbook; it stays as it is.
    path
        Where to. A row that a finding stands on is filled by the worst severity, and its first cell says which: code,
        severity, message and remedy, 5 findings at most, then how many more. What is noted is left out. Formatting,
        formulas and macros are kept as far as openpyxl keeps them (not pictures or charts).

    Raises
    ------
    graphalign.errors.UsageError
        If the input is no workbook, or the copy would overwrite it.
    graphalign.errors.InputError
        If the workbook has changed since it was read, or cannot be copied.
    graphalign.errors.OutputError
        If it cannot be written there.
    """
    import openpyxl

    refuse(source, path)
    try:
        data = source.read_bytes()
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", where=str(source), way_out="check the file") from None
    if hashlib.sha256(data).hexdigest() not in {s.sha256 for s in report.data.inputs}:
        raise InputError("has changed since it was read", where=str(source), way_out="run it again")
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), keep_vba=source.suffix.lower() == ".xlsm")
    except Exception as error:  # noqa: BLE001
        # Whatever openpyxl makes of a workbook that another library could read.
        raise InputError(
            f"cannot be copied ({type(error).__name__})", where=str(source), way_out="save it again as .xlsx"
        ) from None
    for (sheet, row), findings in _by_row(report, source.name).items():
        if sheet in book.sheetnames:
            _mark(book[sheet], row, findings)
    modified = book.properties.modified
    day = f"{modified:%Y-%m-%dT%H:%M:%SZ}" if modified else "2000-01-01T00:00:00Z"
    try:
        save(book, path, day)
    except OutputError:
        raise
    except Exception as error:  # noqa: BLE001
        raise OutputError(
            f"openpyxl cannot write it ({type(error).__name__})", where=str(path), way_out="save the input again"
        ) from None


def _by_row(report: Report, file: str) -> dict[tuple[str, int], list[Finding]]:
    rows: dict[tuple[str, int], list[Finding]] = {}
    for finding in report.findings:
        if finding.noted:
            continue
        for evidence in finding.evidence:
            place = evidence.place
            if place is None or place.file != file or place.sheet is None or place.row is None:
                continue
            held = rows.setdefault((place.sheet, place.row), [])
            if finding not in held:
                held.append(finding)
    return rows


def _mark(sheet: Any, row: int, findings: list[Finding]) -> None:  # noqa: ANN401 (a sheet of cells, not of a chart)
    from openpyxl.cell import MergedCell
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    if not hasattr(sheet, "iter_rows"):
        return
    cells = [c for c in sheet[row] if c.value is not None and not isinstance(c, MergedCell)]
    if not cells:
        return
    worst = min(findings, key=lambda f: SEVERITIES.index(f.severity)).severity
    for cell in cells:
        cell.fill = PatternFill("solid", fgColor=FILLS[worst])
    first = cells[0]
    said = [first.comment.text] if first.comment else []
    said += [_told(finding) for finding in findings[:MOST_FINDINGS]]
    if len(findings) > MOST_FINDINGS:
        said.append(f"and {len(findings) - MOST_FINDINGS:,} more: see the report")
    text = "\n\n".join(said)
    lines = sum(1 + len(line) // 55 for line in text.split("\n"))
    first.comment = Comment(cell_text(text), "graphalign", width=380, height=min(20 + 16 * lines, 500))


def _told(finding: Finding) -> str:
    sentences = (shortened(cell_text(t), MOST_SENTENCE) for t in (finding.message, finding.remedy))
    message, remedy = sentences
    return f"{finding.rule} {finding.name}, {finding.severity} ({finding.id})\n{message}\n> {remedy}"
