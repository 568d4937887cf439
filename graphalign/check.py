"""check: the rules meet a graph, and each ends in one verdict."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import polars as pl

from graphalign.findings import fold, to_findings, with_ids
from graphalign.graph import Facts
from graphalign.model import Rule, RuleResult, as_day
from graphalign.report import Report
from graphalign.rules import APPLIES, NEEDS, catalogue, find_rule
from graphalign.settings import Settings
from graphalign.waivers import set_aside

if TYPE_CHECKING:
    from graphalign.graph import AlignmentGraph


def check(
    graph: AlignmentGraph,
    *,
    as_of: date | str | None = None,
    settings: Settings | None = None,
    only: Sequence[str] | None = None,
    progress: Callable[[str], None] | None = None,
) -> Report:
    """Run the rules on a graph.

    Parameters
    ----------
    graph
        The alliance.
    as_of
        The day to judge on; default today.
    settings
        Thresholds, severities and switches; default those of the rules.
    only
        Codes or names of the rules to run; default all.
    progress
        Told what is being done, for a progress display.

    Returns
    -------
    Report
        One verdict a rule, and the findings.

    Raises
    ------
    graphalign.errors.UsageError
        If `as_of` is no day, or `only` names an unknown rule.

    Examples
    --------
    >>> import graphalign as ga
    >>> report = ga.check(ga.from_networkx(ga.example()), as_of="2026-06-30")
    >>> [(f.rule, f.severity, f.message) for f in report.findings if f.rule == "OWN101"]
    [('OWN101', 'high', "Nobody is accountable for 'Deepen the quay', a goal of high priority.")]
    """
    day = datetime.now(UTC).astimezone().date() if as_of is None else as_day(as_of)
    chosen = settings or Settings()
    rules = (
        list(catalogue().values())
        if only is None
        else sorted({find_rule(w).code: find_rule(w) for w in only}.values(), key=_order)
    )
    facts = Facts(graph, day, chosen)
    results: list[RuleResult] = []
    tables: dict[str, pl.DataFrame] = {}
    for rule in rules:
        if progress:
            progress(f"{rule.code} {rule.name}")
        result, rows = _judge(rule, facts)
        if rows is not None:
            tables[rule.code] = to_findings(rule, with_ids(rows, rule, graph.ids), result.judged, chosen)
        results.append(result)
    by_code = {r.code: r for r in rules}
    kept, waived, notes = set_aside(fold(tables, by_code), by_code, chosen.waivers, day)
    ended = tuple(_ended(result, kept, waived) for result in results)
    return Report(graph, day, chosen, ended, kept, waived, notes)


def _ended(result: RuleResult, kept: Mapping[str, pl.DataFrame], waived: Mapping[str, pl.DataFrame]) -> RuleResult:
    """Return how a rule ended, given its findings; one that did not judge as it is."""
    code = result.rule.code
    if code not in kept:
        return result
    found, aside = kept[code].height, waived[code].height if code in waived else 0
    return replace(result, found=found, waived=aside, verdict="found" if found else "waived" if aside else "clean")


def _order(rule: Rule) -> int:
    return list(catalogue()).index(rule.code)


def _judge(rule: Rule, facts: Facts) -> tuple[RuleResult, pl.DataFrame | None]:
    """Run one rule; the rows are None where it did not judge."""
    settings = facts.settings.rule(rule)
    left_out = facts.proposed if rule.judges_goals and not rule.judges_proposed else 0
    result = RuleResult(rule, "disabled", left_out=left_out)
    if not settings.enabled:
        return result, None
    absent = [NEEDS[need] for need in rule.needs if need in facts.absent]
    if absent:
        return replace(result, verdict="cannot judge", missing="; ".join(absent)), None
    if rule.covered_on is not None:
        persons = rule.covered_on(facts).unique()
        coverage = facts.coverage(persons, recent=rule.recent)
        result = replace(result, coverage=coverage if len(persons) else None)
        if len(persons) and coverage < facts.settings.get("contact", "coverage"):
            return replace(
                result, verdict="cannot judge", missing=_uncovered(facts, len(persons), coverage, rule.recent)
            ), None
    for condition in rule.applies:
        if not _applies(condition, facts):
            return replace(result, verdict="not applicable", missing=APPLIES[condition]), None
    rows, judged, said = rule.run(facts, settings)
    if not judged:
        return replace(result, verdict="not applicable", missing=rule.nothing), None
    return replace(result, judged=judged, missing=said), rows


def _applies(condition: str, facts: Facts) -> bool:
    if condition == "shared goal":
        return bool(facts.goals["shared"].any())
    return facts.partners.height >= (2 if condition == "two partners" else 1)


def _uncovered(facts: Facts, persons: int, share: float, recent: bool) -> str:  # noqa: FBT001
    wanted = facts.settings.get("contact", "coverage")
    kind = f"a contact in the last {facts.window_days} days" if recent else "a recorded contact"
    return (
        f"only {share:.0%} of the {persons} persons it judges have {kind}, {wanted:.0%} are needed: "
        "add communications (who, with whom, date)"
    )
