"""check: the rules meet a graph, and each ends in one verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np
import polars as pl

from graphalign.findings import fold, grouped, to_findings, with_ids
from graphalign.graph import Facts
from graphalign.graph.shared import shared
from graphalign.model import Judged, Rule, RuleResult, as_day
from graphalign.report import Report
from graphalign.rules import APPLIES, NEEDS, catalogue, find_rule
from graphalign.settings import Settings
from graphalign.waivers import set_aside

if TYPE_CHECKING:
    from graphalign.graph import AlignmentGraph

# So many rules run at once on so many nodes: numpy and Polars release the lock, and each rule holds what it works on.
AT_ONCE, MANY_NODES = 3, 20_000
# Begun first, so that none of these is left to run alone in the end.
LONGEST = ("OWN106", "ENG306", "DAT902", "COO401", "COO402", "COO408")


def check(
    graph: AlignmentGraph,
    *,
    as_of: date | str | None = None,
    settings: Settings | None = None,
    only: Sequence[str] | None = None,
    progress: Callable[[str], None] | None = None,
    more: Iterable[Ended] = (),
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
    more
        How further rules ended on this graph, with their rows: a user's own, which are reported after these.

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
    day = day_of(as_of)
    chosen = settings or Settings()
    ground = OnFrames(Facts(graph, day, chosen), group=True)
    at_once = AT_ONCE if graph.nodes.height >= MANY_NODES else 1
    return report_of(graph, day, chosen, chain(_each(ground, rules_among(only), progress, at_once), more))


def day_of(as_of: date | str | None) -> date:
    """Return the day to judge on: today where none is given."""
    return datetime.now(UTC).astimezone().date() if as_of is None else as_day(as_of)


def rules_among(only: Sequence[str] | None) -> list[Rule]:
    """Return the rules that these codes or names mean, in the catalogue's order; all where none are given."""
    if only is None:
        return list(catalogue().values())
    chosen = {find_rule(w).code for w in only}
    return [rule for code, rule in catalogue().items() if code in chosen]


class CannotJudgeError(Exception):
    """A ground gave up on one rule, for the reason that is its only argument; the others go on."""


class Coverage(NamedTuple):
    """How many persons a rule on contact judges, and the share of them who have one."""

    persons: int
    share: float


class Ground(Protocol):
    """What rules stand on: frames in memory, or a database. Everything above it is one code for both."""

    @property
    def settings(self) -> Settings:
        """Thresholds, severities and switches."""

    @property
    def proposed(self) -> int:
        """How many goals are proposed."""

    def lacks(self, need: str) -> bool:
        """Return whether the whole graph has none of one of `graphalign.rules.NEEDS`."""

    def applies(self, condition: str) -> bool:
        """Return whether one of `graphalign.rules.APPLIES` holds."""

    def coverage(self, rule: Rule) -> Coverage:
        """Return whose contact a rule on contact stands on."""

    def run(self, rule: Rule) -> Judged:
        """Return the rule's rows, nodes as ids, and how many candidates it judged."""


class OnFrames:
    """The ground of files: rules run in this process, on the frames of an AlignmentGraph.

    Rows are as the rule's twin in Cypher gives them, or, if `group`, those that make one finding are one already.
    """

    def __init__(self, facts: Facts, *, group: bool = False) -> None:
        self._facts, self._group = facts, group
        self.settings = facts.settings

    @shared
    def proposed(self) -> int:
        """See `Ground`."""
        return self._facts.proposed

    def lacks(self, need: str) -> bool:
        """See `Ground`."""
        return self._facts.lacks(need)

    def applies(self, condition: str) -> bool:
        """See `Ground`."""
        if condition == "shared goal":
            return bool(self._facts.goals["shared"].any())
        return self._facts.partners.height >= (2 if condition == "two partners" else 1)

    def coverage(self, rule: Rule) -> Coverage:
        """See `Ground`."""
        asked = self._facts.mask(rule.covered_on(self._facts) if rule.covered_on else pl.Series([], dtype=pl.UInt32))
        return Coverage(int(np.count_nonzero(asked)), self._facts.coverage(asked, recent=rule.recent))

    def run(self, rule: Rule) -> Judged:
        """See `Ground`."""
        rows, judged, said = rule.run(self._facts, self.settings.rule(rule))
        if self._group and rule.grouped and judged:
            rows = grouped(rule, rows)
        return Judged(with_ids(rows, rule, self._facts.graph.ids) if judged else rows, judged, said)


Ended = tuple[RuleResult, pl.DataFrame | None]


def _each(
    ground: Ground, rules: Sequence[Rule], progress: Callable[[str], None] | None, at_once: int
) -> Iterable[Ended]:
    def ended(rule: Rule) -> Ended:
        if progress:
            progress(f"{rule.code} {rule.name}")
        return judge(rule, ground)

    if at_once == 1:
        yield from map(ended, rules)
        return
    from concurrent.futures import ThreadPoolExecutor

    pool = ThreadPoolExecutor(at_once)
    try:
        begun = {r.code: pool.submit(ended, r) for r in sorted(rules, key=lambda r: r.code not in LONGEST)}
        for rule in rules:
            yield begun.pop(rule.code).result()
    finally:
        pool.shutdown(cancel_futures=True)


def report_of(graph: AlignmentGraph, day: date, settings: Settings, ended: Iterable[Ended]) -> Report:
    """Return the report that rows make: the same from files and from a database.

    Parameters
    ----------
    graph
        Where names and evidence are looked up.
    day, settings
        What the rules were run with.
    ended
        How each rule ended, with its rows where it judged, in the catalogue's order; see `judge`.
    """
    results: list[RuleResult] = []
    tables: dict[str, pl.DataFrame] = {}
    for result, rows in ended:
        if rows is not None:
            tables[result.rule.code] = to_findings(result.rule, rows, result.judged, settings)
        results.append(result)
    by_code = {r.rule.code: r.rule for r in results}
    kept, waived, notes = set_aside(fold(tables, by_code), by_code, settings.waivers, day)
    return Report(graph, day, settings, tuple(_ended(r, kept, waived) for r in results), kept, waived, notes)


def _ended(result: RuleResult, kept: Mapping[str, pl.DataFrame], waived: Mapping[str, pl.DataFrame]) -> RuleResult:
    """Return how a rule ended, given its findings; one that did not judge as it is."""
    code = result.rule.code
    if code not in kept:
        return result
    found, aside = kept[code].height, waived[code].height if code in waived else 0
    return replace(result, found=found, waived=aside, verdict="found" if found else "waived" if aside else "clean")


def judge(rule: Rule, ground: Ground) -> Ended:
    """Run one rule on a ground: disabled, cannot judge, not applicable, or judged, in this order.

    Returns
    -------
    RuleResult
        Its verdict, but for what its findings say of it.
    polars.DataFrame or None
        Its rows, nodes as ids; None where it did not judge.
    """
    left_out = ground.proposed if rule.judges_goals and not rule.judges_proposed else 0
    result = RuleResult(rule, "disabled", left_out=left_out)
    if not ground.settings.rule(rule).enabled:
        return result, None
    absent = [NEEDS[need] for need in rule.needs if ground.lacks(need)]
    if absent:
        return replace(result, verdict="cannot judge", missing="; ".join(absent)), None
    try:
        if rule.covered_on is not None:
            persons, share = ground.coverage(rule)
            result = replace(result, coverage=share if persons else None)
            if persons and share < ground.settings.get("contact", "coverage"):
                raise CannotJudgeError(_uncovered(ground.settings, persons, share, rule.recent))  # noqa: TRY301
        lacking = next((c for c in rule.applies if not ground.applies(c)), None)
        rows, judged, said = Judged(pl.DataFrame(), 0) if lacking else ground.run(rule)
    except CannotJudgeError as reason:
        return replace(result, verdict="cannot judge", missing=str(reason)), None
    if not judged:
        return replace(result, verdict="not applicable", missing=APPLIES[lacking] if lacking else rule.nothing), None
    return replace(result, judged=judged, missing=said), rows


def _uncovered(settings: Settings, persons: int, share: float, recent: bool) -> str:  # noqa: FBT001
    wanted = settings.get("contact", "coverage")
    kind = f"a contact in the last {settings.get('contact', 'window_days')} days" if recent else "a recorded contact"
    return (
        f"only {share:.0%} of the {persons} persons it judges have {kind}, {wanted:.0%} are needed: "
        "add communications (who, with whom, date)"
    )
