"""The catalogue: the families of rules, and the decorator that makes a function one."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from typing import Any, TypedDict, Unpack

import polars as pl

from graphalign.errors import UsageError
from graphalign.graph import Facts
from graphalign.model import FAMILIES, Judged, Option, Rule, Says, Severity, Tie
from graphalign.settings import RuleSettings

FAMILY_MODULES = (
    "ownership",
    "workload",
    "conflict",
    "engagement",
    "partnership",
    "coordination",
    "synergy",
    "dependence",
    "attainment",
    "outcome",
    "data",
)

# What a rule may stand on, and what to add when the whole graph has none of it.
NEEDS: Mapping[str, str] = {
    "accountable": "nobody is accountable for anything: add who owns each goal (Accountable)",
    "responsible": "nobody is responsible for anything: add who does each goal (Responsible)",
    "power": "no stakeholder has a power: add a Power column (0-10 or low, medium, high)",
    "engagement": "no stakeholder has an engagement: add a Current Engagement column (unaware .. leading)",
    "contact": "no contact between people is recorded: add communications (who, with whom, date)",
    "kpi": "there is no KPI: add KPIs and the goals they measure",
    "assessed": "nobody is assessed: add Power, Interest or Current Engagement of stakeholders",
}
APPLIES: Mapping[str, str] = {
    "partners": "there are no partners",
    "two partners": "there are fewer than two partners",
    "shared goal": "no goal is shared",
}

Run = Callable[[Facts, RuleSettings], Judged]


class RuleFields(TypedDict, total=False):
    """The optional fields of `graphalign.model.Rule`, as `rule` takes them."""

    also: tuple[str, ...]
    words: tuple[str, ...]
    needs: tuple[str, ...]
    applies: tuple[str, ...]
    nothing: str
    covered_on: Callable[[Facts], pl.Series] | None
    recent: bool
    evidence: tuple[Tie | Says, ...]
    supersedes: tuple[str, ...]
    cluster: tuple[str, str] | None
    grouped: bool
    symmetric: bool
    judges_goals: bool
    judges_proposed: bool
    noted_high: bool
    candidates: tuple[str, ...]
    options: Mapping[str, Option]


def rule(
    code: str,
    name: str,
    *,
    subjects: tuple[str, ...],
    message: str | Mapping[str, str],
    remedy: str | Mapping[str, str],
    severity: Severity = "medium",
    **fields: Unpack[RuleFields],
) -> Callable[[Run], Rule]:
    """Make a function a rule; its docstring is the rule's documentation.

    The docstring's first paragraph is the definition, a paragraph that starts with "Why:" says why it matters, one
    that starts with "Source:" names the literature. The other parameters are the fields of `graphalign.model.Rule`.

    Returns
    -------
    Callable
        A decorator that turns the function into a `Rule`.
    """

    def made(run: Run) -> Rule:
        paragraphs = [re.sub(r"\s+", " ", p) for p in re.split(r"\n\s*\n", inspect.getdoc(run) or "")]

        def told(word: str) -> str:
            return next((p.removeprefix(word).strip() for p in paragraphs if p.startswith(word)), "")

        return Rule(
            code=code,
            name=name,
            severity=severity,
            subjects=subjects,
            message={"": message} if isinstance(message, str) else message,
            remedy={"": remedy} if isinstance(remedy, str) else remedy,
            run=run,
            definition=paragraphs[0],
            why=told("Why:"),
            source=told("Source:"),
            **fields,
        )

    return made


@cache
def catalogue() -> Mapping[str, Rule]:
    """Return every rule by its code, in order of code within family."""
    rules: list[Rule] = []
    for module in FAMILY_MODULES:
        held: dict[str, Any] = vars(import_module(f"graphalign.rules.{module}"))
        rules += [r for r in held.values() if isinstance(r, Rule)]
    order = list(FAMILIES)
    return {r.code: r for r in sorted(rules, key=lambda r: (order.index(r.code[:3]), r.code))}


@cache
def _by_word() -> Mapping[str, Rule]:
    return {w.lower(): r for r in catalogue().values() for w in (r.code, r.name)}


def find_rule(word: str) -> Rule:
    """Return a rule by its code or name, case ignored.

    Raises
    ------
    graphalign.errors.UsageError
        If there is none; the nearest is named.

    >>> find_rule("own101").name
    'unowned-goal'
    """
    from difflib import get_close_matches

    by_word = _by_word()
    if word.lower() in by_word:
        return by_word[word.lower()]
    near = get_close_matches(word.lower(), by_word, 1, 0.4)
    way_out = f"did you mean {by_word[near[0]].code}?" if near else "see: graphalign rules"
    raise UsageError(f"there is no rule {word!r}", way_out=way_out)
