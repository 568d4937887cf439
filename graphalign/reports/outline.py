"""What the reports for people show, and in which order: chosen once here, laid out by the terminal and Markdown.

Findings are read from their frames only as far as they are shown, so that a report on a million nodes costs little.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from string import Formatter
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import polars as pl

from graphalign.evidence import names_of
from graphalign.model import SEVERITIES, Comparison, Finding, Known, Refusal, Rule, RuleResult, Severity, Verdict
from graphalign.reading import read
from graphalign.reports.wording import shortened, visible
from graphalign.vocabulary import counted

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graphalign.graph import AlignmentGraph
    from graphalign.report import Report
    from graphalign.waivers import Waiver

# The severities whose findings are told one by one; those of `info` are one line a rule.
TOLD: tuple[Severity, ...] = ("high", "medium", "low")
# Rules whose low findings are one line a parent of the goal.
BY_PARENT = frozenset({"OWN101"})
MOST_IN_CLUSTER = 3
MOST_NAME = 40
MOST_PARENT = 64


class Line(NamedTuple):
    """Several findings in one line: what they have in common, the subjects of the first ones, how many there are.

    A name that several of the first ones bear is there once, with their number; `rest` counts what is not shown.
    """

    about: str
    names: tuple[str, ...]
    total: int
    rest: int


@dataclass(frozen=True)
class Group:
    """The findings of one rule and severity: those shown one by one, or lines; `rest` counts what is not shown.

    `remedy` is the one that all findings shown share or empty; `remedies` are those of lines, each with how many
    findings it is for. `folds` counts by rule what is folded beneath findings given as lines.
    """

    rule: Rule
    severity: Severity
    total: int
    findings: tuple[Finding, ...] = ()
    lines: tuple[Line, ...] = ()
    rest: int = 0
    remedy: str = ""
    remedies: tuple[tuple[str, int], ...] = ()
    folds: Mapping[str, int] = field(default_factory=dict)


class Silent(NamedTuple):
    """Rules that ended in one verdict for one reason, without findings."""

    verdict: Verdict
    reason: str
    results: tuple[RuleResult, ...]


class Told(NamedTuple):
    """The findings of one severity, by rule, and by id which goal is meant where a name alone does not tell."""

    severity: Severity
    groups: Sequence[Group]
    unclear: Mapping[str, str]


def told_one_by_one(report: Report, limit: int | None) -> Iterator[Told]:
    """Yield by severity the findings that are neither noted nor folded, at most `limit` a rule."""
    # To read findings is many small steps, few of them all at once; where all are shown, a severity at a time.
    for severities in ((severity,) for severity in TOLD) if limit is None else (TOLD,):
        chosen = {severity: report.chosen(severity=severity, noted=False) for severity in severities}
        shown = _shown(report, chosen, limit)
        unclear = _contexts(report, shown.values())
        for severity, by_code in chosen.items():
            groups = [_group(report, severity, c, rows, shown.get((severity, c)), limit) for c, rows in by_code.items()]
            yield Told(severity, groups, unclear)


def _shown(
    report: Report, chosen: Mapping[Severity, Mapping[str, NDArray[np.uint32]]], limit: int | None
) -> dict[tuple[Severity, str], tuple[Finding, ...]]:
    """Return by severity and rule the first of these findings, but for those given as lines."""
    first = {
        (severity, code): rows[:limit]
        for severity, by_code in chosen.items()
        for code, rows in by_code.items()
        if not (code in BY_PARENT and severity == "low")
    }
    picked: dict[str, list[NDArray[np.uint32]]] = {}
    for (_, code), rows in first.items():
        picked.setdefault(code, []).append(rows)
    found = {code: iter(some) for code, some in read(report, {c: np.concatenate(r) for c, r in picked.items()}).items()}
    return {(severity, code): tuple(islice(found[code], len(rows))) for (severity, code), rows in first.items()}


def _group(
    report: Report,
    severity: Severity,
    code: str,
    rows: NDArray[np.uint32],
    findings: tuple[Finding, ...] | None,
    limit: int | None,
) -> Group:
    """Return the findings of one rule and severity, as lines where none are shown one by one."""
    rule = report.rules[code]
    if findings is None:
        return _by_parent(report, rule, rows, limit)
    remedy = _shared_remedy(report, rule, findings, rows[: len(findings)])
    return Group(rule, severity, len(rows), findings, rest=len(rows) - len(findings), remedy=remedy)


def in_one_line(report: Report, *, noted: bool, limit: int | None) -> list[Group]:
    """Return the findings that are one line a rule: those noted, or else those of severity info."""
    chosen = report.chosen(noted=True) if noted else report.chosen(severity="info", noted=False)
    named = _named(report, {code: rows[:limit] for code, rows in chosen.items()})
    groups = []
    for code, rows in chosen.items():
        rule = report.rules[code]
        line = Line("", _once(named[code]), len(rows), len(rows) - len(named[code]))
        # Findings stand in their order of severity.
        severity: Severity = report.tables[code]["severity"][int(rows[0])]
        remedies, folds = _remedies(report, rule, rows), _folds(report, code, rows)
        groups.append(Group(rule, severity, len(rows), lines=(line,), remedies=remedies, folds=folds))
    return groups


def refusals(report: Report, limit: int | None) -> list[tuple[Refusal, int]]:
    """Return the refusals; with a limit one for each reason and table, with how many are alike, the most first."""
    if limit is None:
        return [(refusal, 1) for refusal in report.data.refusals]
    first: dict[tuple[str, str, str | None, str], Refusal] = {}
    counts: Counter[tuple[str, str, str | None, str]] = Counter()
    for refusal in report.data.refusals:
        key = (refusal.what, refusal.place.file, refusal.place.sheet, refusal.reason)
        first.setdefault(key, refusal)
        counts[key] += 1
    return sorted(((refusal, counts[key]) for key, refusal in first.items()), key=lambda pair: -pair[1])


def silent(report: Report) -> list[Silent]:
    """Return the rules without findings by verdict and reason: cannot judge, not applicable, waived, disabled."""
    order: tuple[Verdict, ...] = ("cannot judge", "not applicable", "waived", "disabled")
    groups: dict[tuple[Verdict, str], list[RuleResult]] = {}
    for result in report.results:
        if result.verdict in order:
            groups.setdefault((result.verdict, result.missing), []).append(result)
    whole = [Silent(verdict, reason, tuple(results)) for (verdict, reason), results in groups.items()]
    return sorted(whole, key=lambda s: order.index(s.verdict))


def of_verdict(report: Report, verdict: Verdict) -> list[RuleResult]:
    """Return the rules that ended in a verdict, in the catalogue's order."""
    return [r for r in report.results if r.verdict == verdict]


def left_out(report: Report) -> tuple[int, list[str]]:
    """Return how many proposed goals were left out, and the codes of the rules that left them out."""
    rules = [r for r in report.results if r.left_out]
    return max((r.left_out for r in rules), default=0), [r.rule.code for r in rules]


def waived(report: Report) -> list[tuple[Waiver, list[Finding]]]:
    """Return the waivers that set something aside, in their file's order, each with what it set aside."""
    groups: dict[int, list[Finding]] = {}
    waivers = report.settings.waivers
    for finding, waiver in report.waived:
        groups.setdefault(next(n for n, w in enumerate(waivers) if w is waiver), []).append(finding)
    return [(waivers[n], groups[n]) for n in sorted(groups)]


def new_ones(report: Report, limit: int | None) -> tuple[int, list[Finding]]:
    """Return how many findings are new since the baseline, and the first of them, the worst first."""
    if report.baseline is None or not report.baseline.new:
        return 0, []
    new = report.ids.filter(~pl.col("waived") & ~pl.col("folded") & pl.col("id").is_in(sorted(report.baseline.new)))
    found = [f for f in report.findings if f.id in report.baseline.new] if new.height else []
    return new.height, found[:limit]


def fixed_ones(known: Sequence[Known]) -> list[Known]:
    """Return these findings without those that fold beneath another of them."""
    ids = {k.id for k in known}
    return [k for k in known if k.beneath not in ids]


def since(report: Report, baseline: Comparison) -> str:
    """Return in a line what came and went since a baseline; what folds beneath another is not counted."""
    fixed, unjudged = len(fixed_ones(baseline.fixed)), len(fixed_ones(baseline.unjudged))
    roots = set(report.ids.filter(~pl.col("waived") & ~pl.col("folded"))["id"])
    new, still = len(roots & baseline.new), len(roots & baseline.open)
    told = f"since the report of {baseline.as_of}: {new:,} new, {fixed:,} fixed, {still:,} still open"
    return told + (f", {unjudged:,} cannot be told" if unjudged else "")


def age(report: Report, finding: Finding) -> str:
    """Return whether a finding is new since the baseline or known from it; empty without one."""
    if report.baseline is None:
        return ""
    return "new" if finding.id in report.baseline.new else "known"


def tally(counts: Mapping[str, int]) -> str:
    """Return counts by severity in words, the worst first.

    >>> tally({"low": 2, "high": 1, "noted": 3})
    '1 high, 2 low, 3 noted'
    """
    return ", ".join(f"{counts[k]:,} {k}" for k in (*SEVERITIES, "noted", "folded", "waived") if counts.get(k))


def totals(report: Report) -> dict[str, int]:
    """Return the counts of all rules together: by severity, `noted`, `folded`, `waived`."""
    result: dict[str, int] = {}
    for counts in report.counts().values():
        for word, n in counts.items():
            result[word] = result.get(word, 0) + n
    return result


def summary(report: Report) -> str:
    """Return the whole report in a line: findings by severity, and how many rules could not judge."""
    clean = len(of_verdict(report, "clean"))
    found = tally(totals(report)) or f"nothing found ({counted(clean, 'rule')} clean)"
    unjudged = len(of_verdict(report, "cannot judge"))
    return found + (f"; {counted(unjudged, 'rule')} cannot judge" if unjudged else "")


def _shared_remedy(report: Report, rule: Rule, findings: Sequence[Finding], rows: NDArray[np.uint32]) -> str:
    """Return the remedy that all these findings share, but for the names in it; empty where there is none."""
    if len({f.remedy for f in findings}) == 1:
        return findings[0].remedy
    cases = set(report.tables[rule.code]["case"][rows])
    return _without_names(report, rule, cases.pop()) if len(cases) == 1 else ""


def _remedies(report: Report, rule: Rule, rows: NDArray[np.uint32]) -> tuple[tuple[str, int], ...]:
    """Return the remedies of findings given as lines, each with how many it is for, the most first."""
    if len(rows) == 1:
        return tuple((f.remedy, 1) for f in read(report, {rule.code: rows})[rule.code])
    counts: Counter[str] = Counter()
    for case, n in report.tables[rule.code]["case"][rows].value_counts().sort("case").iter_rows():
        counts[_without_names(report, rule, case)] += n
    return tuple((remedy, n) for remedy, n in counts.most_common() if remedy)


def _without_names(report: Report, rule: Rule, case: str) -> str:
    """Return a case's remedy with what its nodes are in place of their names; empty where it tells more than that."""
    template = rule.remedy.get(case, rule.remedy.get("", ""))
    known = {s: f"the {s}" for s in (*rule.subjects, *rule.also)} | dict(report.settings.rule(rule).options)
    if not {name for _, name, _, _ in Formatter().parse(template) if name is not None} <= known.keys():
        return ""
    told = template.format_map(known)
    return told[:1].upper() + told[1:]


def _folds(report: Report, code: str, rows: NDArray[np.uint32]) -> dict[str, int]:
    """Return by rule how many findings fold beneath these of a rule."""
    counts = ((other, int(np.isin(under, rows).sum())) for other, under, _ in report.folds.get(code, ()))
    return {f"{other} {report.rules[other].name}": n for other, n in counts if n}


def _named(report: Report, picked: Mapping[str, NDArray[np.uint32]]) -> dict[str, list[str]]:
    """Return by rule the subjects of each of these findings by name: the nodes of one finding joined."""
    held: dict[str, list[tuple[Any, ...]]] = {}
    for code, rows in picked.items():
        rule, table = report.rules[code], report.tables[code]
        held[code] = table.select(s for s in rule.subjects if s not in rule.words)[rows].rows()
    ids = [i for rows in held.values() for row in rows for v in row for i in (v if isinstance(v, list) else [v])]
    names = names_of(report.graph.named(ids), pl.Series("id", ids, dtype=pl.String)) if ids else {}

    def told(row: tuple[Any, ...]) -> str:
        return " / ".join(_cluster(names, v) if isinstance(v, list) else short(names[v]) for v in row)

    return {code: [told(row) for row in rows] for code, rows in held.items()}


def short(name: str) -> str:
    """Return a name from data, harmless, as long as a list of names can hold."""
    return shortened(visible(name), MOST_NAME)


def _cluster(names: Mapping[str, str], ids: Sequence[str]) -> str:
    """Return the nodes of one finding in a few words."""
    shown = [short(names[i]) for i in ids]
    if len(set(shown)) == 1 and len(shown) > 1:
        return f"{shown[0]} ({len(shown)} of that name)"
    more = len(shown) - MOST_IN_CLUSTER
    return " = ".join(shown[:MOST_IN_CLUSTER]) + (f" = {more} more" if more > 0 else "")


def _contexts(report: Report, shown: Iterable[Sequence[Finding]]) -> dict[str, str]:
    """Return by id, for the goals findings are about whose name other nodes bear too, which one it is."""
    subjects = (finding.subjects for findings in shown for finding in findings)
    ids = sorted({v for named in subjects for v in named.values() if isinstance(v, str)})
    if not ids:
        return {}
    graph = report.graph.around(ids)
    asked = pl.DataFrame({"id": ids}, schema={"id": pl.String}).with_columns(
        node=graph.at(pl.Series(ids, dtype=pl.String))
    )
    asked = asked.drop_nulls()
    goal = graph.nodes["label"].gather(asked["node"]).cast(pl.String) == "Goal"
    unclear = asked.filter(goal & graph.named_alike.gather(asked["node"]))["id"]
    if unclear.is_empty():
        return {}
    above = _parents(graph, unclear)
    names = names_of(graph, above["parent"])
    found = {
        child: f'below "{shortened(visible(names[parent]), MOST_PARENT)}"'
        for child, parent in above.select("id", "parent").iter_rows()
    }
    return {i: found.get(i, f"with the id {shortened(visible(i), MOST_PARENT)}") for i in unclear}


def _parents(graph: AlignmentGraph, children: pl.Series) -> pl.DataFrame:
    """(id, parent): each goal with its direct parent of the smallest id."""
    asked = pl.DataFrame({"id": children.cast(pl.String), "source": graph.at(children)}).drop_nulls()
    step = graph.of_type("CONTRIBUTES_TO").filter(pl.col("weight").fill_null(100.0) > 0)
    step = step.filter(pl.col("source") != pl.col("target")).join(asked, on="source", maintain_order="right")
    # A smaller index is a smaller id.
    first = step.group_by("id").agg(pl.col("target").min())
    return first.select("id", graph.ids.gather(first["target"]).alias("parent")).sort("id")


def _once(names: Sequence[str]) -> tuple[str, ...]:
    """Return each name once, with how often it was there."""
    return tuple(f"{name} (x{n})" if n > 1 else name for name, n in Counter(names).items())


def _by_parent(report: Report, rule: Rule, rows: NDArray[np.uint32], limit: int | None) -> Group:
    """Return a goal rule's findings as one line a parent, the parents with most first."""
    subject = rule.subjects[0]
    part = report.tables[rule.code].select(subject)[rows]
    graph = report.graph.around(part[subject])
    first = _parents(graph, part[subject]).rename({"id": subject})
    placed = part.join(first, on=subject, how="left", maintain_order="left")
    by_parent = placed.group_by("parent").agg(pl.col(subject), pl.len().alias("n"))
    by_parent = by_parent.sort(pl.col("parent").is_null(), -pl.col("n").cast(pl.Int64), "parent")
    shown = by_parent if limit is None else by_parent.head(limit)
    first_names = shown.with_columns(
        pl.col(subject).list.sort() if limit is None else pl.col(subject).list.sort().list.head(limit)
    )
    ids = pl.concat([first_names[subject].explode(), first_names["parent"].drop_nulls()])
    names = names_of(graph, ids)
    lines = tuple(
        Line("" if parent is None else names[parent], _once([short(names[c]) for c in children]), n, n - len(children))
        for parent, children, n in first_names.select("parent", subject, "n").iter_rows()
    )
    return Group(
        rule,
        "low",
        part.height,
        lines=lines,
        rest=part.height - int(shown["n"].sum()),
        remedies=_remedies(report, rule, rows),
        folds=_folds(report, rule.code, rows),
    )
