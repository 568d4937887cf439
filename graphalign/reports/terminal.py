"""The report for a terminal or a pipe: what to act on, worst first, at any width, with or without colour."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from graphalign.document import by_kind
from graphalign.model import Evidence, Finding, Known, Note, Place, RuleResult, Severity
from graphalign.output import encodable
from graphalign.reports import outline
from graphalign.reports.wording import listed, shortened, visible
from graphalign.vocabulary import counted

if TYPE_CHECKING:
    from graphalign.report import Report

LEAST_WIDTH = 40
MOST_EVIDENCE = 3
MOST_MESSAGE = 320
MOST_QUOTE = 160
MOST_NAME = 60
SHORT_ID = 8
STYLES: dict[Severity, str] = {"high": "bold red", "medium": "yellow", "low": "cyan", "info": "blue"}
HEADINGS: dict[Severity, str] = {
    "high": "HIGH - act on these first",
    "medium": "MEDIUM",
    "low": "LOW",
    "info": "INFO - worth knowing, a line a rule",
}
_WORD = re.compile(r"(\S+)(\s*)")
NOTED = "NOTED - so common here that it is custom; --fail-on does not count it"


class Row(NamedTuple):
    """A paragraph: its text, the column it stands at, what stands before its first line instead, its style."""

    text: str = ""
    indent: int = 0
    mark: str = ""
    style: str = ""


def render(
    report: Report,
    *,
    width: int = 80,
    color: bool = False,
    limit: int = 5,
    show_all: bool = False,
    explain_import: bool = False,
) -> str:
    r"""Return the report as lines of at most `width` columns.

    Parameters
    ----------
    report
        What a check found.
    width
        Columns of the terminal; at least 40.
    color
        Whether to use ANSI colours. Nothing is said by colour alone.
    limit
        How many findings to show of a rule in each severity.
    show_all
        Show all of them.
    explain_import
        Say which heading and word of the input became what.

    Examples
    --------
    >>> import graphalign as ga
    >>> report = ga.check(ga.from_networkx(ga.example()), as_of="2026-06-30")
    >>> render(report).splitlines()[0]
    'graphalign: gap report as of 2026-06-30'
    """
    rows = _rows(report, None if show_all else max(limit, 0), explain_import=explain_import)
    return "\n".join(_laid_out(rows, max(width, LEAST_WIDTH), color=color)) + "\n"


# --- what is said ------------------------------------------------------------------------------------------------


def _rows(report: Report, limit: int | None, *, explain_import: bool) -> Iterator[Row]:
    yield Row(f"graphalign: gap report as of {report.as_of}", style="bold")
    yield Row(f"In short: {outline.summary(report)}")
    yield Row()
    yield from _read(report, limit)
    if explain_import:
        yield from _meanings(report)
    for told in outline.told_one_by_one(report, limit):
        yield from _severity(report, told)
    yield from _one_liners(report, limit)
    yield from _verdicts(report)
    yield from _waived(report, limit)
    yield from _baseline(report, limit)
    yield Row(outline.summary(report), style="bold")


def _heading(text: str, style: str = "bold") -> Iterator[Row]:
    yield Row(text, style=style)


def _read(report: Report, limit: int | None) -> Iterator[Row]:
    """Say what was read, what was refused and how to mend it."""
    data, graph = report.data, report.graph
    yield from _heading("WHAT WAS READ")
    for source in data.inputs[:limit]:
        yield Row(f"{_data(source.path, MOST_QUOTE)} (sha256 {source.sha256[:SHORT_ID]})", 2)
    if limit is not None and len(data.inputs) > limit:
        yield Row(f"and {counted(len(data.inputs) - limit, 'more file')}: --all", 2)
    for held, noun in zip(graph.kinds, ("node", "relationship"), strict=True):
        kinds = ", ".join(f"{_data(name, MOST_NAME)} {n:,}" for name, n in by_kind(held))
        yield Row(counted(sum(held.values()), noun) + (f": {kinds}" if kinds else ""), 4, "  ")
    counts = data.counts
    read, refused = sum(counts.read.values()), sum(counts.refused.values())
    if counts.read:
        yield Row(f"{counted(read, 'row')} read = {read - refused:,} kept + {refused:,} refused", 4, "  ")
    if counts.values_read or counts.values_refused:
        kept = counts.values_read - counts.values_refused
        yield Row(
            f"{counted(counts.values_read, 'value')} read = {kept:,} kept + {counts.values_refused:,} refused", 4, "  "
        )
    yield Row()
    if data.refusals:
        yield from _heading(f"REFUSED - {counted(len(data.refusals), 'thing')} read and not kept")
        refusals = outline.refusals(report, limit)
        for refusal, alike in refusals[:limit]:
            said = f"{refusal.what} {_quoted(refusal.text)}: " if refusal.text else f"{refusal.what}: "
            yield Row(f"{_place(refusal.place)}: {said}{_data(refusal.reason, MOST_MESSAGE)}", 4, "  - ")
            if alike > 1:
                yield Row(f"and {alike - 1:,} more for this reason", 6, "    ")
        yield from _more(sum(n for _, n in refusals), sum(n for _, n in refusals[:limit]))
        yield Row()
    if report.notes:
        yield from _heading(f"SETTINGS - {counted(len(report.notes), 'thing')} to mend")
        yield from _notes(report.notes, limit)
    if data.notes:
        yield from _heading(f"NOTES - {counted(len(data.notes), 'choice')} made on the way")
        yield from _notes(data.notes, limit)


def _notes(notes: Sequence[Note], limit: int | None) -> Iterator[Row]:
    for note in notes[:limit]:
        place = f"{_place(note.place)}: " if note.place else ""
        times = f" ({note.count:,} times)" if note.count > 1 else ""
        yield Row(f"{place}{_data(note.text, MOST_MESSAGE)}{times}", 4, "  - ")
        if note.way_out:
            yield Row(_data(note.way_out, MOST_MESSAGE), 6, "    > ")
    yield from _more(len(notes), limit)
    yield Row()


def _meanings(report: Report) -> Iterator[Row]:
    yield from _heading("HOW IT WAS UNDERSTOOD - as written -> taken for (where)")
    for written, meant, where in report.data.meanings:
        yield Row(f"{_quoted(written)} -> {_data(meant, MOST_NAME)} ({_data(where, MOST_NAME)})", 4, "  ")
    if not report.data.meanings:
        yield Row("every heading and word was taken as written", 2)
    yield Row()


def _severity(report: Report, told: outline.Told) -> Iterator[Row]:
    severity, groups, unclear = told
    if not groups:
        return
    yield Row(f"{HEADINGS[severity]} ({sum(g.total for g in groups):,})", style=STYLES[severity])
    yield Row()
    for group in groups:
        yield Row(f"{group.rule.code} {group.rule.name}: {group.total:,} {severity}", style="bold")
        for finding in group.findings:
            yield from _finding(report, finding, unclear, with_remedy=not group.remedy)
        for line in group.lines:
            about = f"below {_quoted(line.about)}" if line.about else "no goal above"
            yield Row(f"{about} ({line.total:,}): {_names(line)}", 4, "  - ")
        yield from _folds(group, 2)
        if group.rest:
            yield Row(f"and {group.rest:,} more: --all", 4, "  ")
        if group.remedy:
            yield Row(f"Remedy: {_data(group.remedy, MOST_MESSAGE)}", 4, "  ", "green")
        yield from _remedies(group, 2)
        yield Row()


def _finding(report: Report, finding: Finding, unclear: Mapping[str, str], *, with_remedy: bool) -> Iterator[Row]:
    yield Row(_told(report, finding), 4, "  - ")
    for name, value in finding.subjects.items():
        if isinstance(value, str) and value in unclear:
            yield Row(f"{name}: the one {unclear[value]}", 8, "      ")
    for evidence in finding.evidence[:MOST_EVIDENCE]:
        yield Row(_evidence(evidence), 8, "      ", "dim")
    if len(finding.evidence) > MOST_EVIDENCE:
        yield Row(f"+{len(finding.evidence) - MOST_EVIDENCE:,} more", 8, "      ", "dim")
    yield from _explained(finding)
    if with_remedy:
        yield Row(f"Remedy: {_data(finding.remedy, MOST_MESSAGE)}", 8, "      ", "green")


def _short(finding: Finding | Known) -> str:
    return f"{_data(finding.message, MOST_MESSAGE)} [{finding.id[:SHORT_ID]}]"


def _told(report: Report, finding: Finding) -> str:
    age = outline.age(report, finding)
    return f"{_data(finding.message, MOST_MESSAGE)} [{finding.id[:SHORT_ID]}{f', {age}' if age else ''}]"


def _explained(finding: Finding) -> Iterator[Row]:
    for code, name in sorted({(f.rule, f.name) for f in finding.folded}):
        n = sum(f.rule == code for f in finding.folded)
        yield Row(f"also explains: {code} {name}" + (f" ({n})" if n > 1 else ""), 8, "      ")


def _one_liners(report: Report, limit: int | None) -> Iterator[Row]:
    for noted in (False, True):
        groups = outline.in_one_line(report, noted=noted, limit=limit)
        if not groups:
            continue
        total = sum(g.total for g in groups)
        heading = f"{NOTED if noted else HEADINGS['info']} ({total:,})"
        yield Row(heading, style="bold" if noted else STYLES["info"])
        yield Row()
        for group in groups:
            severity = f" {group.severity}" if noted else ""
            (line,) = group.lines
            yield Row(f"{group.rule.code} {group.rule.name}: {group.total:,}{severity}: {_names(line)}", 4, "  - ")
            yield from _folds(group, 4)
            yield from _remedies(group, 4)
        yield Row()


def _remedies(group: outline.Group, indent: int) -> Iterator[Row]:
    for remedy, n in group.remedies:
        whom = "" if n == group.total else f" for {n:,}"
        yield Row(f"Remedy{whom}: {_data(remedy, MOST_MESSAGE)}", indent + 2, " " * indent, "green")


def _folds(group: outline.Group, indent: int) -> Iterator[Row]:
    if group.folds:
        what = ", ".join(f"{code} ({n:,})" for code, n in group.folds.items())
        yield Row(f"also explains: {what}", indent + 2, " " * indent)


def _verdicts(report: Report) -> Iterator[Row]:
    yield from _heading(f"VERDICTS - {counted(len(report.results), 'rule')}")
    counts = report.counts()
    found = outline.of_verdict(report, "found")
    if found:
        yield Row("found", 2)
    for result in found:
        told = outline.tally(counts.get(result.rule.code, {}))
        yield Row(f"{_rule(result)}: {told}; judged {result.judged:,}{_coverage(result)}", 6, "    ")
    clean = outline.of_verdict(report, "clean")
    if clean:
        rules = ", ".join(f"{_rule(r)} ({r.judged:,}{_coverage(r)})" for r in clean)
        yield Row(f"clean (of how many judged): {rules}", 4, "  ")
    verdict = ""
    for group in outline.silent(report):
        if group.verdict != verdict:
            verdict = group.verdict
            yield Row(verdict, 2)
        rules = ", ".join(_rule(r) for r in group.results)
        if group.reason:
            yield Row(_data(group.reason, MOST_MESSAGE), 6, "    ")
            yield Row(rules, 8, "      ")
        else:
            yield Row(rules, 6, "    ")
    n, codes = outline.left_out(report)
    if n:
        yield Row(f"proposed goals left out: {n:,} (by {', '.join(codes)})", 4, "  ")
    yield Row()


def _waived(report: Report, limit: int | None) -> Iterator[Row]:
    groups = outline.waived(report)
    if not groups:
        return
    n = len(report.waived)
    yield from _heading(f"WAIVED - {counted(n, 'finding')} set aside until a day; --fail-on does not count them")
    for waiver, findings in groups:
        by = f", by {_data(waiver.by, MOST_NAME)}" if waiver.by else ""
        said = f"until {waiver.until}{by}: {_data(waiver.reason, MOST_MESSAGE)}"
        yield Row(f"{_data(str(waiver), MOST_QUOTE)} {said}", 4, "  - ")
        for finding in findings[:limit]:
            yield Row(f"{finding.severity}: {_short(finding)}", 8, "      ")
            yield from _explained(finding)
        if limit is not None and len(findings) > limit:
            yield Row(f"and {len(findings) - limit:,} more: --all", 8, "      ")
    yield Row()


def _baseline(report: Report, limit: int | None) -> Iterator[Row]:
    baseline = report.baseline
    if baseline is None:
        return
    total, new = outline.new_ones(report, limit)
    yield from _heading(f"BASELINE - {outline.since(report, baseline)}; --fail-on counts the new ones")
    if new:
        yield Row("new", 2)
    for finding in new:
        yield Row(f"{finding.severity}: {finding.rule} {_short(finding)}", 6, "    - ")
    yield from _more(total, limit)
    for title, held in (("fixed", baseline.fixed), ("cannot be told: the rule did not judge", baseline.unjudged)):
        known = outline.fixed_ones(held)
        if known:
            yield Row(title, 2)
        for one in known[:limit]:
            yield Row(f"{one.severity}: {one.rule} {_short(one)}", 6, "    - ")
        yield from _more(len(known), limit)
    yield Row()


def _rule(result: RuleResult) -> str:
    return f"{result.rule.code} {result.rule.name}"


def _coverage(result: RuleResult) -> str:
    return "" if result.coverage is None else f", contact known of {result.coverage:.0%}"


def _more(total: int, limit: int | None) -> Iterator[Row]:
    if limit is not None and total > limit:
        yield Row(f"and {total - limit:,} more: --all", 4, "  ")


# --- text from data ------------------------------------------------------------------------------------------------


def _data(text: str, most: int) -> str:
    return shortened(visible(text), most)


def _quoted(text: str) -> str:
    return f'"{_data(text, MOST_NAME)}"'


def _names(line: outline.Line) -> str:
    return listed([_data(n, MOST_QUOTE) for n in line.names], line.rest)


def _place(place: Place) -> str:
    return _data(str(place), MOST_QUOTE)


def _evidence(evidence: Evidence) -> str:
    said = _data(evidence.text, MOST_QUOTE)
    return f"{_place(evidence.place)}: {said}" if evidence.place else said


# --- how it is laid out --------------------------------------------------------------------------------------------


def _laid_out(rows: Iterator[Row], width: int, *, color: bool) -> Iterator[str]:
    """Yield lines of at most `width` columns; colours only where asked for."""
    for row in rows:
        for at, line in enumerate(_wrapped(encodable(row.text), width - row.indent)):
            before = row.mark if at == 0 and row.mark else " " * row.indent
            yield before + _colored(line, row.style) if color and row.style and line else (before + line).rstrip()


def _colored(text: str, style: str) -> str:
    from rich.color import ColorSystem
    from rich.style import Style

    return Style.parse(style).render(text, color_system=ColorSystem.STANDARD)


def _wrapped(text: str, width: int) -> list[str]:
    """Return text as lines of at most so many columns, broken between words, or within one that is longer than a line.

    >>> _wrapped("to be or nevertheless not", 6)
    ['to be', 'or', 'nevert', 'heless', 'not']
    """
    # Characters may take two columns, or none; what rich knows of them is loaded at once, all of rich is not.
    from rich.cells import cell_len, chop_cells

    if cell_len(text) <= width:
        return [text]
    lines, room = [""], width
    for word, space in _WORD.findall(text):
        size = cell_len(word)
        if size > room:
            parts = chop_cells(word, width) if size > width else [word]
            lines = [*(line for line in lines if line), *parts]
            room = width - cell_len(parts[-1])
        else:
            lines[-1] += word
            room -= size
        lines[-1] += space
        room -= len(space)
    return [line.rstrip() for line in lines]
