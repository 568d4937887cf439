"""The report as Markdown, for a wiki or a pull request: nothing in the data is taken for markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from graphalign.document import by_kind
from graphalign.model import Evidence, Finding, Note, Place, RuleResult, Severity
from graphalign.output import encodable
from graphalign.reports import outline
from graphalign.reports.wording import listed, shortened, visible
from graphalign.vocabulary import counted

if TYPE_CHECKING:
    from graphalign.report import Report

MOST_EVIDENCE = 5
MOST_TEXT = 500
MOST_NAME = 100
HEADINGS: dict[Severity, str] = {"high": "High", "medium": "Medium", "low": "Low", "info": "Info"}
_MARKUP = re.compile(r"([\\`*_{}\[\]<>|~!^$])")
# What becomes a link, a mention or an issue number although no markup says so; a backslash would not stop it.
_LINKING = re.compile(r"[&@#]|:(?=//)|(?<=www)\.", re.IGNORECASE)
_LEADING = re.compile(r"^(\d{0,9})([.)](?=\s|$)|[-+=])")


def render(report: Report, *, limit: int = 5, show_all: bool = False, explain_import: bool = False) -> str:
    """Return the report as Markdown (CommonMark with tables).

    Parameters
    ----------
    report
        What a check found.
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
    >>> "### OWN101 unowned-goal" in render(report)
    True
    """
    most = None if show_all else max(limit, 0)
    lines = [f"# Gap report as of {report.as_of}", "", f"**{outline.summary(report)}**", ""]
    lines += _read(report, most)
    if explain_import:
        lines += _meanings(report)
    for told in outline.told_one_by_one(report, most):
        lines += _severity(report, told)
    lines += _one_liners(report, most)
    lines += _verdicts(report)
    lines += _waived(report, most)
    lines += _baseline(report, most)
    return encodable("\n".join(lines)) + "\n"


def escape(text: str, most: int = MOST_TEXT) -> str:
    r"""Return text from data so that Markdown shows it as it is, on one line.

    >>> escape("1. <b>bold</b> | [a](http://b) @ana")
    '1\\. \\<b\\>bold\\</b\\> \\| \\[a\\](http&#58;//b) &#64;ana'
    """
    shown = _LINKING.sub(lambda m: f"&#{ord(m[0])};", shortened(visible(text), most))
    # The entities just made hold no character that is escaped below.
    return _LEADING.sub(r"\1\\\2", _MARKUP.sub(r"\\\1", shown))


def _read(report: Report, limit: int | None) -> Iterator[str]:
    data, graph, counts = report.data, report.graph, report.data.counts
    yield from ("## What was read", "")
    for source in data.inputs[:limit]:
        yield f"- {escape(source.path)} (sha256 {source.sha256[:8]})"
    yield from _more(len(data.inputs), limit)
    read, refused = sum(counts.read.values()), sum(counts.refused.values())
    if counts.read:
        yield f"- {counted(read, 'row')} read = {read - refused:,} kept + {refused:,} refused"
    if counts.values_read or counts.values_refused:
        kept = counts.values_read - counts.values_refused
        yield f"- {counted(counts.values_read, 'value')} read = {kept:,} kept + {counts.values_refused:,} refused"
    for held, noun in zip(graph.kinds, ("node", "relationship"), strict=True):
        kinds = ", ".join(f"{escape(name, MOST_NAME)} {n:,}" for name, n in by_kind(held))
        yield f"- {counted(sum(held.values()), noun)}" + (f" ({kinds})" if kinds else "")
    yield ""
    if data.refusals:
        yield from (f"### Refused ({len(data.refusals):,})", "")
        refusals = outline.refusals(report, limit)
        for refusal, alike in refusals[:limit]:
            said = f" {escape(refusal.text, MOST_NAME)}" if refusal.text else ""
            yield f"- {_place(refusal.place)}: {refusal.what}{said}: {escape(refusal.reason)}"
            if alike > 1:
                yield f"  - and {alike - 1:,} more for this reason"
        yield from (*_more(sum(n for _, n in refusals), sum(n for _, n in refusals[:limit])), "")
    if report.notes:
        yield from (f"### Settings to mend ({len(report.notes):,})", "")
        yield from _notes(report.notes, limit)
    if data.notes:
        yield from (f"### Notes ({len(data.notes):,})", "")
        yield from _notes(data.notes, limit)


def _notes(notes: Sequence[Note], limit: int | None) -> Iterator[str]:
    for note in notes[:limit]:
        place = f"{_place(note.place)}: " if note.place else ""
        times = f" ({note.count:,} times)" if note.count > 1 else ""
        yield f"- {place}{escape(note.text)}{times}" + (f" ({escape(note.way_out)})" if note.way_out else "")
    yield from (*_more(len(notes), limit), "")


def _meanings(report: Report) -> Iterator[str]:
    yield from ("### How it was understood", "", "| written | taken for | where |", "|---|---|---|")
    for meaning in report.data.meanings:
        yield "| " + " | ".join(escape(word, MOST_NAME) for word in meaning) + " |"
    yield ""


def _severity(report: Report, told: outline.Told) -> Iterator[str]:
    severity, groups, unclear = told
    if groups:
        yield from (f"## {HEADINGS[severity]} ({sum(g.total for g in groups):,})", "")
    for group in groups:
        yield from (f"### {group.rule.code} {group.rule.name} ({group.total:,})", "")
        if group.remedy:
            yield from (f"Remedy: {escape(group.remedy)}", "")
        for remedy in _remedies(group):
            yield from (remedy, "")
        for finding in group.findings:
            yield from _finding(report, finding, unclear, with_remedy=not group.remedy)
        for line in group.lines:
            about = f"below {escape(line.about, MOST_NAME)}" if line.about else "no goal above"
            yield f"- {about} ({line.total:,}): {_names(line)}"
        if group.rest:
            yield f"- and {group.rest:,} more (`--all`)"
        if group.folds:
            yield f"- {_folds(group)}"
        yield ""


def _finding(report: Report, finding: Finding, unclear: Mapping[str, str], *, with_remedy: bool) -> Iterator[str]:
    age = outline.age(report, finding)
    yield f"- {escape(finding.message)} `{finding.id}`" + (f" ({age})" if age else "")
    for name, value in finding.subjects.items():
        if isinstance(value, str) and value in unclear:
            yield f"  - {name}: the one {escape(unclear[value])}"
    for evidence in finding.evidence[:MOST_EVIDENCE]:
        yield f"  - {_evidence(evidence)}"
    if len(finding.evidence) > MOST_EVIDENCE:
        yield f"  - and {len(finding.evidence) - MOST_EVIDENCE:,} more"
    for folded in finding.folded:
        yield f"  - also explains {folded.rule} {folded.name}: {escape(folded.message)}"
    if with_remedy:
        yield f"  - Remedy: {escape(finding.remedy)}"


def _one_liners(report: Report, limit: int | None) -> Iterator[str]:
    for noted in (False, True):
        groups = outline.in_one_line(report, noted=noted, limit=limit)
        if not groups:
            continue
        yield from (
            f"## {'Noted: so common here that it is custom' if noted else 'Info'} ({sum(g.total for g in groups):,})",
            "",
        )
        for group in groups:
            severity = f" {group.severity}" if noted else ""
            told = f"{group.total:,}{severity}: {_names(group.lines[0])}"
            more = [f"  - {_folds(group)}"] if group.folds else []
            more += [f"  - {remedy}" for remedy in _remedies(group)]
            yield from (f"- **{group.rule.code} {group.rule.name}**: {told}", *more)
        yield ""


def _verdicts(report: Report) -> Iterator[str]:
    yield from ("## Verdicts", "", "| rule | verdict | judged | findings |", "|---|---|---|---|")
    counts = report.counts()
    for result in report.results:
        if result.verdict == "found":
            told = outline.tally(counts.get(result.rule.code, {}))
            yield _verdict(result, told)
    for result in outline.of_verdict(report, "clean"):
        yield _verdict(result, "")
    for group in outline.silent(report):
        for result in group.results:
            yield _verdict(result, escape(group.reason))
    n, codes = outline.left_out(report)
    if n:
        yield from ("", f"Proposed goals left out: {n:,} (by {', '.join(codes)}).")


def _waived(report: Report, limit: int | None) -> Iterator[str]:
    groups = outline.waived(report)
    if not groups:
        return
    yield from ("", f"## Waived: set aside until a day ({len(report.waived):,})", "")
    for waiver, findings in groups:
        by = f", by {escape(waiver.by, MOST_NAME)}" if waiver.by else ""
        yield f"- {escape(str(waiver))} until {waiver.until}{by}: {escape(waiver.reason)}"
        for finding in findings[:limit]:
            yield f"  - {finding.severity}: {escape(finding.message)} `{finding.id}`"
            for folded in finding.folded:
                yield f"    - also explains {folded.rule} {folded.name}: {escape(folded.message)}"
        for more in _more(len(findings), limit):
            yield f"  {more}"


def _baseline(report: Report, limit: int | None) -> Iterator[str]:
    baseline = report.baseline
    if baseline is None:
        return
    total, new = outline.new_ones(report, limit)
    told = outline.since(report, baseline)
    yield from ("", "## Baseline", "", f"{told[0].upper()}{told[1:]}.", "")
    if new:
        yield from ("### New", "")
    yield from (f"- {f.severity}: {f.rule} {escape(f.message)} `{f.id}`" for f in new)
    yield from _more(total, limit)
    for title, held in (("Fixed", baseline.fixed), ("Cannot be told: the rule did not judge", baseline.unjudged)):
        known = outline.fixed_ones(held)
        if known:
            yield from ("", f"### {title}", "")
        yield from (f"- {k.severity}: {k.rule} {escape(k.message)} `{k.id}`" for k in known[:limit])
        yield from _more(len(known), limit)


def _verdict(result: RuleResult, told: str) -> str:
    contact = "" if result.coverage is None else f" (contact known of {result.coverage:.0%})"
    judged = f"{result.judged:,}" if result.verdict in ("found", "clean") else ""
    return f"| {result.rule.code} {result.rule.name} | {result.verdict} | {judged}{contact} | {told} |"


def _remedies(group: outline.Group) -> Iterator[str]:
    for remedy, n in group.remedies:
        yield f"Remedy{'' if n == group.total else f' for {n:,}'}: {escape(remedy)}"


def _folds(group: outline.Group) -> str:
    return "also explains " + ", ".join(f"{code} ({n:,})" for code, n in group.folds.items())


def _names(line: outline.Line) -> str:
    return listed([escape(n) for n in line.names], line.rest)


def _more(total: int, limit: int | None) -> Iterator[str]:
    if limit is not None and total > limit:
        yield f"- and {total - limit:,} more (`--all`)"


def _place(place: Place) -> str:
    return escape(str(place))


def _evidence(evidence: Evidence) -> str:
    said = escape(evidence.text)
    return f"{_place(evidence.place)}: {said}" if evidence.place else said
